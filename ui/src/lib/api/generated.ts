// Generated from crates/tau-api by `UPDATE_TYPES=1 cargo test -p tau-api`. Do not edit.

/** What became of one conversation. */
export type Outcome = "passed" | "failed" | "not_scored" | "pending" | "running";

/**
 * A conversation in which a fact was not told truly.
 */
export type AdherenceExample = { 
/**
 * The conversation.
 */
conversation_id: string, 
/**
 * The task's title.
 */
title: string, 
/**
 * What was done.
 */
kind: AdherenceKind, 
/**
 * The fact.
 */
fact: string, 
/**
 * The turn where it shows, from 1.
 */
turn: number | null, 
/**
 * In a sentence.
 */
sentence: string, };

/**
 * What a customer did to a fact.
 */
export type AdherenceKind = "invented" | "withheld";

/**
 * How the agent's model is made to act.
 */
export type AgentStrategy = "tool-calling" | "act" | "react" | "few-shot";

/**
 * How far automatic judgements and people's agree.
 */
export type Agreement = { 
/**
 * Conversations that both judged.
 */
conversations: number, 
/**
 * Share of equal judgements of who was at fault, 0 to 1.
 */
same_author: number, 
/**
 * Cohen's kappa of who was at fault; `None` when it is not defined.
 */
kappa: number | null, 
/**
 * Its 95 % interval.
 */
interval: Interval | null, 
/**
 * What that means, in a sentence.
 */
sentence: string, };

/**
 * How a result is to be read: what a person may change after the run without running anything.
 */
export type Analysis = { 
/**
 * Tasks to leave out, by id.
 */
exclude_tasks: Array<string>, 
/**
 * Margin in points; `None`: the one set before the run.
 */
margin: number | null, 
/**
 * The condition to compare with; `None`: the one without traits.
 */
baseline: string | null, 
/**
 * Leave out conversations that failed by the customer's fault.
 */
leave_out_user_faults: boolean, };

/**
 * A failure as it crosses the boundary to a host.
 */
export type ApiError = { 
/**
 * What kind of problem.
 */
code: ErrorCode, 
/**
 * What happened and what to do next, for a person.
 */
message: string, 
/**
 * Technical particulars, for a bug report; may be empty.
 */
detail: string, 
/**
 * Whether the same request may succeed later.
 */
retryable: boolean, 
/**
 * Where in the help this is explained; may be empty.
 */
help: string, };

/**
 * What the app is and where it keeps things.
 */
export type AppInfo = { 
/**
 * The product's version.
 */
version: string, 
/**
 * Folder of the database and of imported domains.
 */
data_dir: string, 
/**
 * Version of the bundled SQLite.
 */
sqlite_version: string, 
/**
 * Whether keys can be kept.
 */
keychain: KeychainStatus, 
/**
 * The finished sample run to open on, when there is one.
 */
sample_run: string | null, };

/**
 * A model's trait directions.
 */
export type BasisInfo = { 
/**
 * Names of the traits with a direction.
 */
traits: Array<string>, 
/**
 * The layer that is steered, from 0.
 */
layer: number, 
/**
 * Layers of the model.
 */
layers: number, 
/**
 * When it was made.
 */
made_at: string, 
/**
 * Traits whose words have changed since.
 */
outdated: Array<string>, };

/**
 * A call on the bench.
 */
export type BenchCall = { 
/**
 * Whose tool.
 */
seat: Seat, 
/**
 * The tool's name.
 */
tool: string, 
/**
 * Its arguments as the form holds them: argument to text.
 */
arguments: { [key in string]: string }, };

/**
 * Something that the task asks of the end.
 */
export type BenchCheck = { 
/**
 * What, as a sentence.
 */
text: string, 
/**
 * Whether it is so now.
 */
met: boolean, 
/**
 * Whether success rests on it.
 */
counts: boolean, };

/**
 * A call and what came of it.
 */
export type BenchStep = { 
/**
 * Whose tool.
 */
seat: Seat, 
/**
 * The call and its answer.
 */
tool: ToolTurn, 
/**
 * What it changed, on both sides.
 */
changes: Array<StateChange>, };

/**
 * The bench after its calls.
 */
export type BenchView = { 
/**
 * The agent's tools.
 */
agent_tools: Array<ToolForm>, 
/**
 * The customer's tools; empty where the customer has none.
 */
customer_tools: Array<ToolForm>, 
/**
 * What came of each call, in order.
 */
steps: Array<BenchStep>, 
/**
 * What differs from the beginning now.
 */
changed: Array<StateChange>, 
/**
 * All that is on the customer's side; empty where the customer has no tools.
 */
device: Array<DevicePart>, 
/**
 * What the task asks of the end, and whether it is so now; empty without a task.
 */
checks: Array<BenchCheck>, };

/**
 * What a run took from the cache of replies.
 */
export type CacheUse = { 
/**
 * Replies of models in finished conversations.
 */
replies: number, 
/**
 * Those of them that were taken from the cache.
 */
cached: number, 
/**
 * What was wrong with the cache, in a sentence; empty when nothing was.
 */
trouble: string, };

/**
 * Replies that were not asked for.
 */
export type CachedReplies = { 
/**
 * Taken from the cache.
 */
cached: number, 
/**
 * Replies of models in all.
 */
replies: number, };

/**
 * A calibration to be started.
 */
export type CalibrationDraft = { 
/**
 * The voice, as a run's customer.
 */
voice: CustomerChoice, 
/**
 * Ids of the traits; empty for all it can show.
 */
traits: Array<string>, };

/**
 * Where a calibration stands.
 */
export type CalibrationView = { 
/**
 * The voice's id.
 */
voice: string, 
/**
 * `none`, `running`, `done`, `stopped` or `failed`.
 */
state: string, 
/**
 * What is being done, in a sentence.
 */
step: string, 
/**
 * Steps done.
 */
done: number, 
/**
 * Steps in all.
 */
planned: number, 
/**
 * Seconds to go; `None` when unknown.
 */
eta_seconds: number | null, 
/**
 * Calls of a paid model that it takes in all; 0 for none.
 */
calls: number, 
/**
 * What was measured so far or last.
 */
curves: VoiceCurves | null, 
/**
 * What went wrong; empty when nothing did.
 */
message: string, };

/**
 * A caution above figures.
 */
export type Caution = { 
/**
 * What it is about.
 */
kind: CautionKind, 
/**
 * What it says, in the language asked for.
 */
text: string, };

/**
 * What a caution is about.
 */
export type CautionKind = "customer_model" | "prompts" | "grader" | "data" | "set_up" | "few_tasks" | "stopped_early" | "not_scored" | "changed_afterwards" | "trait_not_shown" | "reply_cache";

/**
 * A drawn chart.
 */
export type Chart = { 
/**
 * Its title.
 */
title: string, 
/**
 * What it says, in one sentence.
 */
sentence: string, 
/**
 * The drawing.
 */
svg: string, 
/**
 * Width in pixels.
 */
width: number, 
/**
 * Height in pixels.
 */
height: number, 
/**
 * Places that open the conversations behind them.
 */
hotspots: Array<Hotspot>, 
/**
 * The chart in words, one sentence a row.
 */
text: Array<string>, 
/**
 * The drawn data.
 */
table: ChartTable, 
/**
 * What makes it less than it seems.
 */
cautions: Array<Caution>, };

/**
 * What of a chart is copied.
 */
export type ChartCopy = "picture" | "table" | "sentence";

/**
 * As what a chart is saved.
 */
export type ChartFormat = "svg" | "png" | "png2" | "png3" | "pdf" | "csv";

/**
 * A chart that can be drawn.
 */
export type ChartInfo = { 
/**
 * Which.
 */
kind: ChartKind, 
/**
 * Which of its variants; empty where there is one only.
 */
variant: string, 
/**
 * Its title, in the language asked for.
 */
title: string, 
/**
 * Why it cannot be drawn yet, as a sentence that says what to do; empty when it can.
 */
missing: string, };

/**
 * Which chart.
 */
export type ChartKind = "forest" | "heat" | "pass_k" | "response" | "dose" | "flips" | "faults" | "tags" | "slope";

/**
 * How a chart is to look in the window.
 */
export type ChartLook = { 
/**
 * Dark colours.
 */
dark: boolean, 
/**
 * Width in pixels, 400 to 2000.
 */
width: number, };

/**
 * A chart over runs, as it is to be read.
 */
export type ChartQuery = { 
/**
 * The runs: one for a result, several for a comparison, none for the curves of a trait.
 */
runs: Array<string>, 
/**
 * Which chart.
 */
kind: ChartKind, 
/**
 * Which of its variants; empty where there is one only.
 */
variant: string, 
/**
 * How results are to be read.
 */
analysis: Analysis, 
/**
 * Language tag of what the chart writes; English where there are no words in it.
 */
language: string, };

/**
 * The drawn data of a chart.
 */
export type ChartTable = { 
/**
 * Names of the columns, with units.
 */
columns: Array<string>, 
/**
 * Whether each column holds figures.
 */
figures: Array<boolean>, 
/**
 * Rows, as they read.
 */
rows: Array<Array<string>>, };

/**
 * Conversations behind a place of a chart; what is `None` does not narrow them.
 */
export type ChartTarget = { 
/**
 * Of this run; `None`: of the run that the chart is about.
 */
run: string | null, 
/**
 * Of this condition.
 */
condition: string | null, 
/**
 * Of this task.
 */
task: string | null, 
/**
 * Failures by the fault of `user`, `agent`, `environment`, `grader`, or `unjudged`.
 */
author: string | null, 
/**
 * Failures with this tag.
 */
tag: string | null, };

/**
 * Whether customers of a condition told the truth of their task.
 */
export type ConditionAdherence = { 
/**
 * The condition's id.
 */
condition: string, 
/**
 * The condition's name.
 */
name: string, 
/**
 * Conversations looked at.
 */
conversations: number, 
/**
 * Of these with a fact that the customer made up.
 */
invented: number, 
/**
 * Of these with a fact that was needed, asked for and never told.
 */
withheld: number, 
/**
 * Failures that the rules, a model or a person ascribe to the customer.
 */
user_faults: number, 
/**
 * Share of conversations without any of the first two, 0 to 1; `None` without conversations.
 */
kept: number | null, 
/**
 * Its 95 % interval by task; `None` below 10 tasks.
 */
kept_interval: Interval | null, 
/**
 * In a sentence.
 */
sentence: string, 
/**
 * Conversations to open, at most twelve.
 */
examples: Array<AdherenceExample>, };

/**
 * A trait mix as the person sets it.
 */
export type ConditionDraft = { 
/**
 * What it is called; empty lets the app choose ("Impatience: Strong").
 */
name: string, 
/**
 * Trait id to level 0 to 4, to the hundredth.
 */
levels: { [key in string]: number }, };

/**
 * One condition's traits.
 */
export type ConditionFidelity = { 
/**
 * The condition's id.
 */
condition: string, 
/**
 * The condition's name.
 */
name: string, 
/**
 * Its colour as `#rrggbb`.
 */
color: string, 
/**
 * The worst of its traits.
 */
shown: TraitShown, 
/**
 * In a sentence.
 */
sentence: string, 
/**
 * Its traits.
 */
traits: Array<ShownTrait>, 
/**
 * Conversations planned.
 */
planned: number, 
/**
 * Conversations metered; what could not be scored is in no figure.
 */
metered: number, };

/**
 * A condition of a run.
 */
export type ConditionInfo = { 
/**
 * Stable within the run; `baseline` is the one without traits.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Trait id to level, above 0 to 4; empty for the baseline.
 */
levels: { [key in string]: number }, 
/**
 * Its colour in every chart, as `#rrggbb`; the baseline's is ink and given as an empty string.
 */
color: string, };

/**
 * A whole conversation, or as far as it went.
 */
export type ConversationDetail = { 
/**
 * The list entry.
 */
summary: ConversationSummary, 
/**
 * What the customer knew and wanted.
 */
instruction: string, 
/**
 * What the agent was given to read where it works alone; there is no customer then. `None` elsewhere.
 */
ticket: string | null, 
/**
 * The customer's traits, for instance `Impatience: Strong`; empty for the baseline.
 */
traits: string, 
/**
 * Whether a practice model takes part.
 */
practice: boolean, 
/**
 * What was said, in order.
 */
turns: Array<Turn>, 
/**
 * The verdict in one sentence.
 */
verdict: string, 
/**
 * Where the end state differs from the expected one, grouped by record.
 */
differences: Array<RecordDifference>, 
/**
 * Whether the end state was compared.
 */
graded: boolean, 
/**
 * What the agent had to say, and whether it did.
 */
outputs: Array<OutputLine>, 
/**
 * The task's gold actions, each as a sentence.
 */
expected_actions: Array<string>, 
/**
 * The conversation before this one in the run's list; `None` at the start.
 */
previous: string | null, 
/**
 * The conversation after this one.
 */
next: string | null, 
/**
 * The same task and attempt without traits; `None` for the baseline itself.
 */
baseline: string | null, 
/**
 * What the customer had in hand at the beginning, part by part. What calls changed of it stands with
 * the calls, under the same names. Absent where customers have no tools, and where nobody watched.
 */
device?: Array<DevicePart>, 
/**
 * What was checked at the end, where a grade has several parts (tau2). Absent elsewhere, and while the
 * conversation is not finished.
 */
account?: GradeAccount, };

/**
 * All judgements of one conversation.
 */
export type ConversationDiagnosis = { 
/**
 * The conversation.
 */
conversation_id: string, 
/**
 * The one that counts: a person's before a model's before the rules'. `None` when the
 * conversation did not fail.
 */
shown: DiagnosisView | null, 
/**
 * What the rules say.
 */
rules: DiagnosisView | null, 
/**
 * What a model says.
 */
model: DiagnosisView | null, 
/**
 * What a person says.
 */
person: DiagnosisView | null, 
/**
 * What differs from the expected conversation, found without any model.
 */
findings: Array<Finding>, 
/**
 * Why the rules cannot say whose fault it was, in a sentence; empty where they can.
 */
undecided: string, };

/**
 * A page of conversations.
 */
export type ConversationPage = { 
/**
 * Conversations that match, on all pages.
 */
total: number, 
/**
 * This page.
 */
rows: Array<ConversationSummary>, };

/**
 * Which conversations of a run to list.
 */
export type ConversationQuery = { 
/**
 * The run.
 */
run_id: string, 
/**
 * Only this outcome.
 */
outcome: Outcome | null, 
/**
 * Only this condition.
 */
condition: string | null, 
/**
 * Only the task with this id.
 */
task: string | null, 
/**
 * Only failures by the fault of `user`, `agent` or `environment`, whose grade is in doubt (`grader`),
 * or that nobody has judged (`unjudged`).
 */
author: string | null, 
/**
 * Only failures with this tag (see `list_fault_tags`).
 */
tag: string | null, 
/**
 * Only tasks whose title or id holds this text.
 */
text: string, 
/**
 * Which rows.
 */
page: PageRequest, };

/**
 * A conversation in a list.
 */
export type ConversationSummary = { 
/**
 * Its id.
 */
id: string, 
/**
 * The run's id.
 */
run_id: string, 
/**
 * The task's id.
 */
task_id: string, 
/**
 * The task's title.
 */
title: string, 
/**
 * The condition's id.
 */
condition: string, 
/**
 * The condition's name.
 */
condition_name: string, 
/**
 * Attempt, from 1.
 */
attempt: number, 
/**
 * What became of it.
 */
outcome: Outcome, 
/**
 * Why, in a sentence; empty while it is not finished.
 */
why: string, 
/**
 * Messages of customer and agent.
 */
messages: number, 
/**
 * Tool calls.
 */
tool_calls: number, 
/**
 * How many of its replies were taken from the cache of replies. Absent where none was.
 */
cached?: CachedReplies, };

/**
 * What a run will cost in US dollars.
 */
export type CostEstimate = { 
/**
 * Nothing: practice models only.
 */
free: boolean, 
/**
 * Lower end; `None` when prices are not known.
 */
low: number | null, 
/**
 * Upper end; `None` when prices are not known.
 */
high: number | null, 
/**
 * The estimate in words.
 */
sentence: string, };

/**
 * How the customer is played.
 */
export type CustomerChoice = { 
/**
 * How traits reach the customer.
 */
strategy: CustomerStrategy, 
/**
 * The endpoint's id.
 */
endpoint: string, 
/**
 * The model's name there; empty for the steer protocol.
 */
model: string, 
/**
 * Whether a model that is told its traits in words is reminded of them at each turn, so that
 * they do not fade.
 */
reanchor: boolean, };

/**
 * How traits reach the simulated customer.
 */
export type CustomerStrategy = "practice" | "llm" | "react" | "verify" | "reflection" | "human" | "trait-mix" | "local";

/**
 * Something on the customer's side.
 */
export type DeviceField = { 
/**
 * What it is called: "airplane mode".
 */
name: string, 
/**
 * What it is now.
 */
value: string, 
/**
 * Whether the calls changed it.
 */
changed: boolean, };

/**
 * A part of what is on the customer's side.
 */
export type DevicePart = { 
/**
 * What it is called: "Device", "Surroundings".
 */
name: string, 
/**
 * What is in it.
 */
fields: Array<DeviceField>, };

/**
 * A person's own judgement.
 */
export type DiagnosisCorrection = { 
/**
 * The conversation.
 */
conversation_id: string, 
/**
 * Who was at fault.
 */
author: FaultAuthor, 
/**
 * What went wrong.
 */
kind: FaultKind, 
/**
 * Why; may be empty.
 */
description: string, 
/**
 * The first turn where it went wrong.
 */
turn: number | null, 
/**
 * Finer tags, by id.
 */
tags: Array<string>, };

/**
 * Failures to be judged by a model.
 */
export type DiagnosisDraft = { 
/**
 * The run.
 */
run_id: string, 
/**
 * The judging model.
 */
model: ModelChoice, 
/**
 * Most failures to judge.
 */
most: number, 
/**
 * Questions at the same time.
 */
max_concurrency: number, };

/**
 * Failures being judged by a model.
 */
export type DiagnosisJob = { 
/**
 * Whether it is going on.
 */
running: boolean, 
/**
 * Failures to judge.
 */
planned: number, 
/**
 * Judged.
 */
done: number, 
/**
 * Could not be judged, because the model could not be asked or answered unreadably.
 */
failed: number, 
/**
 * What is going on or went wrong.
 */
message: string, };

/**
 * Who says so.
 */
export type DiagnosisSource = "rules" | "model" | "person";

/**
 * One judgement of a failed conversation.
 */
export type DiagnosisView = { 
/**
 * Who says so.
 */
source: DiagnosisSource, 
/**
 * The model's name, when a model says so.
 */
by: string, 
/**
 * Who was at fault.
 */
author: FaultAuthor, 
/**
 * What went wrong.
 */
kind: FaultKind, 
/**
 * In a sentence or two.
 */
description: string, 
/**
 * The first turn where it went wrong, from 1.
 */
turn: number | null, 
/**
 * Finer tags, by id (see `list_fault_tags`).
 */
tags: Array<string>, };

/**
 * A domain with everything a person may want to read about it.
 */
export type DomainDetail = { 
/**
 * The list entry.
 */
summary: DomainSummary, 
/**
 * The policy the agent is given (Markdown).
 */
policy: string, 
/**
 * The policy of an agent who works alone, from a ticket; `None` where there is no such work.
 */
solo_policy: string | null, 
/**
 * The agent's tools.
 */
tools: Array<ToolInfo>, 
/**
 * The customer's tools.
 */
customer_tools: Array<ToolInfo>, 
/**
 * Domains that differ from it in the policy alone.
 */
siblings: Array<DomainName>, 
/**
 * Tables of the database with their number of records.
 */
tables: Array<TableInfo>, 
/**
 * Problems found when it was opened; empty when there are none.
 */
notes: Array<string>, };

/**
 * Whose conversations a domain's are.
 */
export type DomainKind = "tau_bench" | "tau2";

/**
 * A domain by its name.
 */
export type DomainName = { 
/**
 * Its id.
 */
id: string, 
/**
 * What a person calls it.
 */
title: string, };

/**
 * A domain in a list.
 */
export type DomainSummary = { 
/**
 * `retail`, or `SOURCE:NAME` for an imported one.
 */
id: string, 
/**
 * What a person calls it.
 */
title: string, 
/**
 * One or two sentences.
 */
description: string, 
/**
 * Version of the pack or release.
 */
version: string, 
/**
 * Whether it came with the app.
 */
shipped: boolean, 
/**
 * Tasks per split.
 */
splits: Array<SplitSummary>, 
/**
 * Number of the agent's tools.
 */
tools: number, 
/**
 * Number of the customer's tools.
 */
customer_tools: number, 
/**
 * Whose conversations they are.
 */
kind: DomainKind, 
/**
 * Whose rules hold (`v1.0`), where a benchmark has several; empty otherwise.
 */
rules: string, };

/**
 * What moving a slider does in one voice.
 */
export type DoseCurve = { 
/**
 * The trait's id.
 */
trait_id: string, 
/**
 * What the effect is measured in: `markers`, `contrast` or `judge`.
 */
unit: string, 
/**
 * From Off to Extreme.
 */
points: Array<DosePoint>, 
/**
 * Whether more asked was more shown, at every step.
 */
monotone: boolean, 
/**
 * The curve in a sentence.
 */
sentence: string, };

/**
 * A point of the dose-response.
 */
export type DoseLevel = { 
/**
 * The condition's id.
 */
condition: string, 
/**
 * The level asked for; 0 for the baseline.
 */
asked: number, 
/**
 * Mean measured level.
 */
measured: number, 
/**
 * Its 95 % interval; `None` below 10 tasks.
 */
interval: Interval | null, 
/**
 * Conversations read.
 */
conversations: number, 
/**
 * Tasks they are about.
 */
tasks: number, };

/**
 * One point of a dose curve.
 */
export type DosePoint = { 
/**
 * The slider, 0 to 4.
 */
level: number, 
/**
 * The voice's own strength there.
 */
dial: number, 
/**
 * What was measured.
 */
effect: number, 
/**
 * Lower end of its 95 % interval.
 */
low: number, 
/**
 * Upper end.
 */
high: number, 
/**
 * Messages or lines behind it.
 */
n: number, };

/**
 * Where a download stands.
 */
export type Download = { 
/**
 * Where it stands.
 */
state: DownloadState, 
/**
 * Bytes that are here.
 */
received: number, 
/**
 * Bytes in all; `None` while the server has not said.
 */
total: number | null, 
/**
 * SHA-256 of the archive once it is whole; empty before.
 */
sha256: string, 
/**
 * What happened and what to do next.
 */
message: string, };

/**
 * Where a download stands.
 */
export type DownloadState = "fetching" | "stopped" | "reading" | "kept" | "failed";

/**
 * Something that was nearly said.
 */
export type DraftLine = { 
/**
 * The text.
 */
text: string, 
/**
 * Why it was not sent; may be empty.
 */
verdict: string, };

/**
 * What a file or folder that was dropped or chosen turned out to be.
 */
export type Dropped = { 
/**
 * A benchmark release, when it is one.
 */
release: ReleasePreview | null, 
/**
 * Result files, when there are any.
 */
results: Array<ResultFilePreview>, 
/**
 * What could not be recognised, each with its reason and what to do.
 */
unknown: Array<string>, };

/**
 * A record that did not end as expected.
 */
export type EndRecord = { 
/**
 * Whose: the agent's records, or the customer's device.
 */
seat: Seat, 
/**
 * The record: "Line L1002", "Device".
 */
record: string, 
/**
 * The fields that differ; one without a name where the whole record is there or is not.
 */
fields: Array<FieldDifference>, };

/**
 * A place where models are asked.
 */
export type Endpoint = { 
/**
 * Its id; `practice` is built in.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * How it is spoken to.
 */
kind: EndpointKind, 
/**
 * Where it is; empty for the practice models.
 */
base_url: string, 
/**
 * Models the person listed or fetched.
 */
models: Array<string>, 
/**
 * Whether a key is stored.
 */
key: KeyState, 
/**
 * The provider it was made from; empty for an address typed by hand.
 */
provider: string, };

/**
 * An endpoint as the person fills it in. An empty `id` makes a new one.
 */
export type EndpointDraft = { 
/**
 * Empty for a new one.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * How it is spoken to.
 */
kind: EndpointKind, 
/**
 * Where it is.
 */
base_url: string, 
/**
 * Models to offer.
 */
models: Array<string>, 
/**
 * The provider it is made from; empty for an address typed by hand.
 */
provider: string, };

/**
 * How an endpoint is spoken to.
 */
export type EndpointKind = "practice" | "openai_compatible" | "azure_openai" | "anthropic" | "gemini" | "bedrock" | "vertex" | "steer" | "outside_agent";

/**
 * What a test of an endpoint gave.
 */
export type EndpointTest = { 
/**
 * Whether a model answered.
 */
ok: boolean, 
/**
 * What happened and what to do next.
 */
message: string, 
/**
 * How long the answer took, in milliseconds.
 */
milliseconds: number, 
/**
 * Models that the endpoint lists; empty when it does not say.
 */
models: Array<string>, };

/**
 * What kind of problem, for programs; people read `message`.
 */
export type ErrorCode = "bad_request" | "not_found" | "conflict" | "in_use" | "keychain" | "key_missing" | "provider" | "storage" | "cancelled" | "internal";

/**
 * A call that a task expects.
 */
export type ExpectedCall = { 
/**
 * Who is to make it.
 */
seat: Seat, 
/**
 * The tool.
 */
tool: string, 
/**
 * It as a sentence: "Reseat sim card".
 */
sentence: string, 
/**
 * The arguments as a form holds them: argument to text.
 */
arguments: { [key in string]: string }, };

/**
 * What to save.
 */
export type ExportFormat = "html" | "pdf" | "xlsx" | "jsonl" | "csv" | "tau_trait";

/**
 * What was saved and where.
 */
export type Exported = { 
/**
 * The file; `None` when the person cancelled.
 */
path: string | null, };

/**
 * Who was at fault (upstream `auto_error_identification.py`).
 */
export type FaultAuthor = "user" | "agent" | "environment";

/**
 * A number of failures.
 */
export type FaultCount = { 
/**
 * The author's, kind's or tag's id.
 */
id: string, 
/**
 * What a person calls it.
 */
label: string, 
/**
 * How many failures.
 */
count: number, };

/**
 * What went wrong (upstream `auto_error_identification.py`).
 */
export type FaultKind = "called_wrong_tool" | "used_wrong_tool_argument" | "goal_partially_completed" | "other";

/**
 * A page of failures.
 */
export type FaultPage = { 
/**
 * Failures that match, on all pages.
 */
total: number, 
/**
 * This page.
 */
rows: Array<FaultRow>, };

/**
 * Which failures of a run to list.
 */
export type FaultQuery = { 
/**
 * The run.
 */
run_id: string, 
/**
 * Only this author.
 */
author: FaultAuthor | null, 
/**
 * Only this kind.
 */
kind: FaultKind | null, 
/**
 * Only this condition.
 */
condition: string | null, 
/**
 * Which rows.
 */
page: PageRequest, };

/**
 * A failure in a list.
 */
export type FaultRow = { 
/**
 * The conversation.
 */
conversation: ConversationSummary, 
/**
 * The judgement that counts.
 */
diagnosis: DiagnosisView, };

/**
 * A finer tag.
 */
export type FaultTag = { 
/**
 * Its id.
 */
id: string, 
/**
 * What a person calls it.
 */
label: string, 
/**
 * What it means.
 */
description: string, };

/**
 * Conversations to be read by a judging model.
 */
export type FidelityDraft = { 
/**
 * The run.
 */
run_id: string, 
/**
 * The judging model.
 */
model: ModelChoice, 
/**
 * Most conversations to read; they are drawn evenly over conditions and tasks.
 */
most: number, 
/**
 * Questions at the same time.
 */
max_concurrency: number, };

/**
 * What a judging model would be asked and cost.
 */
export type FidelityEstimate = { 
/**
 * Conversations it would read.
 */
conversations: number, 
/**
 * Questions it would be asked.
 */
questions: number, 
/**
 * US dollars; `None` when the price is not known.
 */
cost: number | null, 
/**
 * In a sentence.
 */
sentence: string, };

/**
 * A judging model at work on a run's messages.
 */
export type FidelityJob = { 
/**
 * Whether it is going on.
 */
running: boolean, 
/**
 * Questions to ask.
 */
planned: number, 
/**
 * Answered.
 */
done: number, 
/**
 * Not answered, because the model could not be asked or answered unreadably.
 */
failed: number, 
/**
 * What it cost so far in US dollars, where prices are known.
 */
cost: number | null, 
/**
 * What is going on or went wrong.
 */
message: string, };

/**
 * A field that is not as it should be.
 */
export type FieldDifference = { 
/**
 * The field's path within the record; "whole record" when it is missing or extra.
 */
field: string, 
/**
 * What was expected; empty when nothing was.
 */
expected: string, 
/**
 * What is there; empty when nothing is.
 */
actual: string, };

/**
 * What kind of input an argument takes.
 */
export type FieldKind = "text" | "number" | "whole" | "yes_no" | "choice" | "list" | "json";

/**
 * Something to mend in a form.
 */
export type FieldProblem = { 
/**
 * The field's name in the draft, for instance `agent.model`.
 */
field: string, 
/**
 * What to do.
 */
message: string, };

/**
 * One thing that differs from the expected conversation.
 */
export type Finding = { 
/**
 * The difference in a sentence.
 */
sentence: string, 
/**
 * The turn where it shows, from 1.
 */
turn: number | null, };

/**
 * A grade of several parts.
 */
export type GradeAccount = { 
/**
 * How the conversation ended, in a sentence, where that says more than that it is over; else empty.
 */
ending: string, 
/**
 * Whether it was cut short, which is a failure whatever was done; the parts then say how things stood.
 */
cut_short: boolean, 
/**
 * The parts, those that success rests on first.
 */
parts: Array<GradePart>, 
/**
 * What a reader must know of how this was found; else empty.
 */
note: string, };

/**
 * A part of a grade.
 */
export type GradePart = { 
/**
 * What it is about, for a heading.
 */
title: string, 
/**
 * Whether success rests on it.
 */
counts: boolean, 
/**
 * Whether all of it is met.
 */
met: boolean, 
/**
 * What it is made of.
 */
points: Array<GradePoint>, 
/**
 * Where the end differs from the expected one, by record: the agent's records, then the device.
 */
differences: Array<EndRecord>, };

/**
 * One thing that was checked at the end of a conversation.
 */
export type GradePoint = { 
/**
 * What should be so.
 */
text: string, 
/**
 * Whether it is; `None` where nobody has looked.
 */
met: boolean | null, 
/**
 * What was found instead; may be empty.
 */
remark: string, 
/**
 * The turn where that shows.
 */
turn: number | null, };

/**
 * One conversation in the grid.
 */
export type GridCell = { 
/**
 * The conversation's id.
 */
id: string, 
/**
 * What became of it.
 */
outcome: Outcome, };

/**
 * A task's row.
 */
export type GridRow = { 
/**
 * The task's id.
 */
task_id: string, 
/**
 * The task's title.
 */
title: string, 
/**
 * Per condition (in the grid's order), per attempt.
 */
cells: Array<Array<GridCell>>, };

/**
 * A place in a chart that can be focused and opened.
 */
export type Hotspot = { 
/**
 * The conversations behind it.
 */
opens: ChartTarget, 
/**
 * What it shows, in words.
 */
label: string, 
/**
 * Left edge in pixels.
 */
x: number, 
/**
 * Top edge in pixels.
 */
y: number, 
/**
 * Width in pixels.
 */
width: number, 
/**
 * Height in pixels.
 */
height: number, };

/**
 * Something in a release that cannot be used.
 */
export type ImportFault = { 
/**
 * The file within the release.
 */
file: string, 
/**
 * The line, from 1; `None` when the whole file is meant.
 */
line: number | null, 
/**
 * Why.
 */
reason: string, };

/**
 * Where a run's conversations came from, when it was not run here.
 */
export type ImportedInfo = { 
/**
 * `tau-bench`, `tau-trait`, `tau2`.
 */
format: string, 
/**
 * The names of its files.
 */
files: Array<string>, };

/**
 * An imported source.
 */
export type ImportedSource = { 
/**
 * Its name: the part before the colon of its domains.
 */
name: string, 
/**
 * The release's own name.
 */
package: string, 
/**
 * Its version or commit.
 */
version: string, 
/**
 * Its licence; empty when it does not say.
 */
licence: string, 
/**
 * Ids of its domains.
 */
domains: Array<string>, 
/**
 * Titles of the prompts that it brought.
 */
wording: Array<string>, 
/**
 * What could not be used.
 */
faults: Array<ImportFault>, };

/**
 * An interval.
 */
export type Interval = { 
/**
 * Lower end.
 */
low: number, 
/**
 * Upper end.
 */
high: number, };

/**
 * Whether a key is there. The key itself never leaves Rust.
 */
export type KeyState = "stored" | "session_only" | "environment" | "missing" | "not_needed";

/**
 * The system's password store.
 */
export type KeychainStatus = { 
/**
 * Whether keys can be kept there now.
 */
available: boolean, 
/**
 * Which store it is, or why there is none and what to do.
 */
message: string, };

/**
 * A language that charts and reports can be written in.
 */
export type LanguageInfo = { 
/**
 * Its tag, for instance `de`.
 */
tag: string, 
/**
 * Its name in itself.
 */
name: string, 
/**
 * Whether it is written from right to left.
 */
right_to_left: boolean, };

/**
 * One level of a trait as a person writes it.
 */
export type LevelDraft = { 
/**
 * What to expect, in a sentence.
 */
sentence: string, 
/**
 * A line that such a customer would say.
 */
example: string, 
/**
 * What a model is told that plays this customer; empty lets the app use the sentence.
 */
prompt: string, 
/**
 * The reminder of each turn; empty lets the app use the sentence.
 */
reminder: string, };

/**
 * A model in a list.
 */
export type ListedModel = { 
/**
 * The name by which it is asked for.
 */
id: string, 
/**
 * What it is and what it costs, in a few words; may be empty.
 */
note: string, };

/**
 * An open-weight model that can play customers on this computer.
 */
export type LocalModelInfo = { 
/**
 * Its id: the file's name.
 */
id: string, 
/**
 * What a person reads.
 */
name: string, 
/**
 * What it is good for, in a sentence.
 */
note: string, 
/**
 * Its licence.
 */
licence: string, 
/**
 * Where the licence can be read; may be empty.
 */
licence_page: string, 
/**
 * Where it is fetched from; empty for a file of the person's own.
 */
address: string, 
/**
 * The file's size in bytes.
 */
size_bytes: number, 
/**
 * Memory it needs in bytes, about.
 */
memory_bytes: number, 
/**
 * SHA-256 of the file in hex: of the file here, else the published one; empty when unknown.
 */
sha256: string, 
/**
 * Where it stands.
 */
state: LocalModelState, 
/**
 * Bytes that are here while it is fetched.
 */
received: number, 
/**
 * Why it cannot be used; empty when it can.
 */
message: string, 
/**
 * Its basis of trait directions; `None` before the first calibration.
 */
basis: BasisInfo | null, };

/**
 * Where a local model stands.
 */
export type LocalModelState = "missing" | "fetching" | "partial" | "ready" | "broken";

/**
 * A level that one meter measured.
 */
export type MeasuredLevel = { 
/**
 * The meter.
 */
source: MeterSource, 
/**
 * Mean level; `None` when nothing was read.
 */
level: number | null, 
/**
 * Its 95 % interval; `None` below 10 tasks.
 */
interval: Interval | null, 
/**
 * Mean level of the same trait without traits.
 */
baseline: number | null, 
/**
 * Difference to the baseline over the tasks that both have.
 */
step: number | null, 
/**
 * Its 95 % interval, paired by task; `None` below 10 tasks.
 */
step_interval: Interval | null, 
/**
 * What this meter alone says.
 */
shown: TraitShown, 
/**
 * Messages read.
 */
messages: number, 
/**
 * Conversations read.
 */
conversations: number, 
/**
 * Tasks compared.
 */
tasks: number, };

/**
 * A meter that has read something.
 */
export type MeterInfo = { 
/**
 * Who reads.
 */
source: MeterSource, 
/**
 * What a person calls it: "markers", "judge (gpt-4o)".
 */
name: string, 
/**
 * What it does, in a sentence.
 */
description: string, 
/**
 * Conversations that it has read.
 */
conversations: number, 
/**
 * Of this many that are over.
 */
of: number, };

/**
 * How much of a trait a message shows.
 */
export type MeterReading = { 
/**
 * The trait's id.
 */
trait_id: string, 
/**
 * The trait's name.
 */
name: string, 
/**
 * Its colour as `#rrggbb`.
 */
color: string, 
/**
 * The level that was asked, 0 to 4.
 */
asked: number, 
/**
 * The level that was measured, 0 to 4.
 */
measured: number, 
/**
 * Its name: Off, Slight, Clear, Strong, Extreme.
 */
level: string, 
/**
 * How: `markers`, `direction` or `judge`.
 */
source: string, };

/**
 * Who reads a level.
 */
export type MeterSource = "markers" | "basis" | "judge";

/**
 * What a mix amounts to.
 */
export type MixCheck = { 
/**
 * What a person reads: "Impatience: Strong + Skepticism: Slight".
 */
label: string, 
/**
 * Joint strength, the length of the levels taken as a vector.
 */
joint: number, 
/**
 * Most that is played.
 */
cap: number, 
/**
 * Each trait is played at this share of its level; 1 when the mix is within the cap.
 */
factor: number, 
/**
 * That in words; empty within the cap.
 */
sentence: string, };

/**
 * A mix of traits: whether each can be recognised.
 */
export type MixFidelity = { 
/**
 * The condition's id.
 */
condition: string, 
/**
 * The condition's name.
 */
name: string, 
/**
 * Its traits.
 */
traits: Array<RecognisedTrait>, 
/**
 * Whether all were; `None` when that cannot be told.
 */
all_kept: boolean | null, 
/**
 * In a sentence.
 */
sentence: string, };

/**
 * A mix with a name.
 */
export type MixPreset = { 
/**
 * Its id.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * One sentence; may be empty for a person's own.
 */
description: string, 
/**
 * Trait id to level, 0 to 4, fractions allowed.
 */
levels: { [key in string]: number }, 
/**
 * Whether it came with the app.
 */
shipped: boolean, };

/**
 * A model at an endpoint.
 */
export type ModelChoice = { 
/**
 * The endpoint's id.
 */
endpoint: string, 
/**
 * The model's name there.
 */
model: string, };

/**
 * The models that an endpoint lists.
 */
export type ModelList = { 
/**
 * A few to begin with, of those that are there.
 */
recommended: Array<string>, 
/**
 * All, by name.
 */
models: Array<ListedModel>, 
/**
 * Why there are none and what to do; empty when all is well.
 */
message: string, };

/**
 * A label and a value.
 */
export type NamedValue = { 
/**
 * What.
 */
name: string, 
/**
 * Its value as text.
 */
value: string, };

/**
 * What became of opening result files.
 */
export type OpenedResults = { 
/**
 * The runs that show them.
 */
runs: Array<RunSummary>, 
/**
 * What could not be used, a sentence each.
 */
problems: Array<string>, };

/**
 * Something the agent had to say.
 */
export type OutputLine = { 
/**
 * The text.
 */
text: string, 
/**
 * Whether it was said.
 */
said: boolean, };

/**
 * A range of a longer list.
 */
export type PageRequest = { 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Most rows to return.
 */
limit: number, };

/**
 * A contrastive pair: two answers to one message, which differ in the trait only.
 */
export type PairDraft = { 
/**
 * What the agent said.
 */
agent: string, 
/**
 * The answer with much of the trait.
 */
more: string, 
/**
 * The same answer without it.
 */
less: string, };

/**
 * pass^k for each run and condition, as tau-bench's board.
 */
export type PassBoard = { 
/**
 * The k of the columns, from 1.
 */
ks: Array<number>, 
/**
 * One row a run and condition.
 */
rows: Array<PassRow>, 
/**
 * What a reader must know.
 */
notes: Array<string>, };

/**
 * A row of the board.
 */
export type PassRow = { 
/**
 * The run.
 */
run_id: string, 
/**
 * The run's name.
 */
name: string, 
/**
 * The domain.
 */
domain: string, 
/**
 * The agent's model.
 */
model: string, 
/**
 * The condition's name.
 */
condition: string, 
/**
 * Whether the customers showed the condition's traits; `None` for the baseline, and where nothing
 * was metered.
 */
shown: TraitShown | null, 
/**
 * Tasks in all.
 */
tasks: number, 
/**
 * One value a k; `None` where no task has that many scored attempts.
 */
values: Array<PassValue | null>, };

/**
 * pass^k: the chance that k attempts at the same task all succeed.
 */
export type PassValue = { 
/**
 * 0 to 1.
 */
value: number, 
/**
 * Its 95 % interval; `None` below 10 tasks.
 */
interval: Interval | null, 
/**
 * Tasks with all k attempts scored.
 */
tasks: number, };

/**
 * A conversation to be played.
 */
export type PlayDraft = { 
/**
 * The domain's id.
 */
domain: string, 
/**
 * `test`, `train` or `dev`; in a domain of tau2 the name of a split, or `all`.
 */
split: string, 
/**
 * The task's id.
 */
task_id: string, 
/**
 * The person's seat.
 */
seat: Seat, 
/**
 * The agent's model; not used when the person plays the agent.
 */
agent: ModelChoice, 
/**
 * How that model is used.
 */
agent_strategy: AgentStrategy, 
/**
 * The simulated customer; not used when the person plays the customer.
 */
customer: CustomerChoice, 
/**
 * The customer's traits: id to level; for a person they are a wish on the task's card.
 */
levels: { [key in string]: number }, 
/**
 * What is said beyond that in a domain of tau2: whether the agent works alone, who judges. Absent for
 * other domains, and where the defaults will do.
 */
tau2?: Tau2Draft, };

/**
 * What the person does at their turn.
 */
export type PlayMove = { "kind": "say", 
/**
 * The text.
 */
text: string, } | { "kind": "use_tool", 
/**
 * The tool's name.
 */
tool: string, 
/**
 * Its arguments as the form holds them: argument to text.
 */
arguments: { [key in string]: string }, } | { "kind": "leave" };

/**
 * A played conversation as it stands.
 */
export type PlayView = { 
/**
 * The run behind it.
 */
run_id: string, 
/**
 * The conversation's id, for the reader.
 */
conversation_id: string, 
/**
 * The person's seat.
 */
seat: Seat, 
/**
 * The domain's title.
 */
domain_title: string, 
/**
 * The task in a few words that somebody in this seat may know.
 */
title: string, 
/**
 * What somebody in this seat is told of the task: who the customer is and what it wants, or the ticket
 * of an agent alone. Empty for an agent with a customer.
 */
card: Array<TextPart>, 
/**
 * Whether the person works alone: there is nobody to talk to.
 */
alone: boolean, 
/**
 * How the customer is, in words; empty for none.
 */
traits: string, 
/**
 * The policy, for whoever plays the agent; empty for the customer.
 */
policy: string, 
/**
 * The tools of this seat; a customer has some where the domain gives customers a device.
 */
tools: Array<ToolForm>, 
/**
 * Who sits on the other side, labelled when it is a practice model; empty for an agent alone.
 */
other: string, 
/**
 * What was said so far.
 */
turns: Array<Turn>, 
/**
 * Whether it is the person's turn.
 */
your_turn: boolean, 
/**
 * What is going on, in a sentence ("The agent is looking something up").
 */
status: string, 
/**
 * Where the run stands.
 */
state: RunState, 
/**
 * Whether the conversation is over.
 */
over: boolean, 
/**
 * The verdict once it is over; empty before.
 */
verdict: string, };

/**
 * A domain of a release.
 */
export type PreviewedDomain = { 
/**
 * Its name within the release.
 */
name: string, 
/**
 * Tasks per split.
 */
splits: Array<SplitSummary>, 
/**
 * Tasks in all.
 */
tasks: number, 
/**
 * Number of the agent's tools.
 */
tools: number, 
/**
 * Number of the customer's tools.
 */
customer_tools: number, 
/**
 * Tables with their number of records; `None` where they are not counted.
 */
tables: number | null, 
/**
 * Records of all tables; `None` where they are not counted.
 */
records: number | null, 
/**
 * Gold actions of all tasks.
 */
actions: number, 
/**
 * Whose conversations they are.
 */
kind: DomainKind, 
/**
 * Whose rules hold (`v1.0`), where a benchmark has several; empty otherwise.
 */
rules: string, 
/**
 * Texts that are in no release that the app knows: figures under them do not compare with others.
 */
strange: Array<string>, };

/**
 * What a model costs.
 */
export type PriceInfo = { 
/**
 * The model's name, or the start of it with a `*`.
 */
model: string, 
/**
 * US dollars per million tokens read.
 */
input: number, 
/**
 * US dollars per million tokens written.
 */
output: number, 
/**
 * Whether the person set it; it then wins over the table that comes with the app.
 */
mine: boolean, };

/**
 * What models cost, as far as the app knows.
 */
export type PriceTable = { 
/**
 * The date of the table that comes with the app.
 */
as_of: string, 
/**
 * The prices, the person's own first.
 */
prices: Array<PriceInfo>, };

/**
 * Figures of a run so far.
 */
export type Progress = { 
/**
 * Where it stands.
 */
state: RunState, 
/**
 * Conversations planned.
 */
planned: number, 
/**
 * Conversations ended, scored or not.
 */
finished: number, 
/**
 * Conversations going on.
 */
running: number, 
/**
 * Reward 1.
 */
passed: number, 
/**
 * Reward 0.
 */
failed: number, 
/**
 * Could not be scored.
 */
not_scored: number, 
/**
 * Seconds to go; `None` when unknown.
 */
eta_seconds: number | null, 
/**
 * Spent so far in US dollars; `None` when prices are not known.
 */
cost_usd: number | null, 
/**
 * Why it is paused or what is wrong; empty when all is well.
 */
message: string, 
/**
 * What was taken from the cache of replies. Absent for a run without it.
 */
cache?: CacheUse, };

/**
 * Whether a template can be used.
 */
export type PromptCheck = { 
/**
 * Whether it can.
 */
ok: boolean, 
/**
 * What is wrong and what to do; empty when nothing is.
 */
message: string, 
/**
 * The line where it is wrong, from 1.
 */
line: number | null, 
/**
 * How it looks with sample values.
 */
sample: string, };

/**
 * One prompt of a wording.
 */
export type PromptView = { 
/**
 * `agent/react`, `customer/llm`, ...
 */
id: string, 
/**
 * What a person calls it.
 */
title: string, 
/**
 * Who gets it, and when.
 */
description: string, 
/**
 * Names that the template may use.
 */
variables: Array<string>, 
/**
 * The template.
 */
text: string, 
/**
 * Whether it differs from the shipped one.
 */
changed: boolean, };

/**
 * A provider that the app knows.
 */
export type ProviderInfo = { 
/**
 * Its id.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * How it is spoken to.
 */
kind: EndpointKind, 
/**
 * Its address; with `{...}` for what the person must fill in.
 */
base_url: string, 
/**
 * Whether it needs a key.
 */
needs_key: boolean, 
/**
 * Where a key is made; empty when there is no such page.
 */
key_page: string, 
/**
 * A key that the provider publishes for everybody to try it with, not for production; empty when
 * there is none. It is offered and never used by itself.
 */
demo_key: string, 
/**
 * A few models to begin with.
 */
recommended: Array<string>, 
/**
 * What else a person should know; may be empty.
 */
note: string, };

/**
 * A release that can be fetched from its public archive.
 */
export type PublishedRelease = { 
/**
 * Its id in the list.
 */
id: string, 
/**
 * What a person calls it.
 */
title: string, 
/**
 * What it holds, in a sentence.
 */
description: string, 
/**
 * The repository, as people write it.
 */
repository: string, 
/**
 * The pinned revision.
 */
revision: string, 
/**
 * Its licence.
 */
licence: string, 
/**
 * How its content is checked, in a sentence.
 */
check: string, 
/**
 * Size in bytes as far as known before asking the server.
 */
bytes: number | null, 
/**
 * The source it was kept as; `None` when it is not there.
 */
kept_as: string | null, 
/**
 * Where its download stands.
 */
download: Download | null, };

/**
 * One trait of a mix.
 */
export type RecognisedTrait = { 
/**
 * The trait's id.
 */
trait_id: string, 
/**
 * The trait's name.
 */
name: string, 
/**
 * Whether its meter stands above the baseline's by more than chance; `None` when that cannot be
 * told.
 */
recognised: boolean | null, 
/**
 * Share of conversations whose level is above the baseline's of the same task and attempt, ties
 * half, 0 to 1.
 */
share: number | null, };

/**
 * The differences within one record.
 */
export type RecordDifference = { 
/**
 * The record: "orders · W123".
 */
record: string, 
/**
 * The fields that differ.
 */
fields: Array<FieldDifference>, };

/**
 * What a release holds, found without keeping anything.
 */
export type ReleasePreview = { 
/**
 * The file or folder.
 */
path: string, 
/**
 * The release's own name; empty when it has none.
 */
package: string, 
/**
 * Its version or commit; empty when it does not say.
 */
version: string, 
/**
 * Its licence ("MIT"); empty when it does not say.
 */
licence: string, 
/**
 * A name for the source that is allowed.
 */
suggested_name: string, 
/**
 * Whether a source of that name is there already: keeping would replace it.
 */
replaces: boolean, 
/**
 * Its domains.
 */
domains: Array<PreviewedDomain>, 
/**
 * Titles of the prompts whose upstream wording was found.
 */
wording: Array<string>, 
/**
 * What cannot be used.
 */
faults: Array<ImportFault>, };

/**
 * How much is in the cache of replies.
 */
export type ReplyCacheSize = { 
/**
 * Replies.
 */
replies: number, 
/**
 * Bytes on the disk.
 */
bytes: number, };

/**
 * What a result file holds, found without keeping anything.
 */
export type ResultFilePreview = { 
/**
 * Where it is.
 */
path: string, 
/**
 * Its name.
 */
file: string, 
/**
 * `tau-bench`, `tau-trait`, `tau2`.
 */
format: string, 
/**
 * The domain as far as it can be told; empty otherwise.
 */
domain: string, 
/**
 * The agent's model as far as it can be told; empty otherwise.
 */
model: string, 
/**
 * Conversations in it.
 */
conversations: number, 
/**
 * Of these with a reward that says something about the agent.
 */
scored: number, 
/**
 * Of these passed.
 */
passed: number, 
/**
 * Names of its conditions.
 */
conditions: Array<string>, 
/**
 * What cannot be used, a sentence each.
 */
problems: Array<string>, 
/**
 * The run that shows it already; `None` when it was not opened yet.
 */
open_as: string | null, };

/**
 * Which result, and how it is to be read.
 */
export type ResultRequest = { 
/**
 * The run.
 */
run_id: string, 
/**
 * How it is to be read.
 */
analysis: Analysis, 
/**
 * Language tag of what is written; English where there are no words in it.
 */
language: string, };

/**
 * A condition's figures.
 */
export type ResultRow = { 
/**
 * The condition's id.
 */
condition: string, 
/**
 * The condition's name.
 */
name: string, 
/**
 * Its colour as `#rrggbb`; empty for the baseline.
 */
color: string, 
/**
 * Conversations planned.
 */
planned: number, 
/**
 * Conversations scored.
 */
scored: number, 
/**
 * Conversations passed.
 */
passed: number, 
/**
 * Tasks compared with the baseline.
 */
tasks: number, 
/**
 * Success rate, 0 to 1; `None` when nothing was scored.
 */
rate: number | null, 
/**
 * 95 % interval of the rate; `None` below 10 tasks.
 */
rate_interval: Interval | null, 
/**
 * Difference from the baseline in points; `None` for the baseline.
 */
difference: number | null, 
/**
 * 95 % interval of the difference in points; `None` below 10 tasks.
 */
difference_interval: Interval | null, 
/**
 * `worse`, `better`, `no meaningful change`, `cannot tell`; empty for the baseline.
 */
verdict: string, 
/**
 * Whether the customers showed the condition's traits; `None` for the baseline, and where nothing
 * was metered. A drop of a condition that is not `shown` says little about its traits.
 */
shown: TraitShown | null, 
/**
 * The same in words; empty where it was shown.
 */
shown_note: string, };

/**
 * A run with its plan.
 */
export type RunDetail = { 
/**
 * The list entry.
 */
summary: RunSummary, 
/**
 * The conditions, the baseline first.
 */
conditions: Array<ConditionInfo>, 
/**
 * Number of tasks.
 */
tasks: number, 
/**
 * Attempts per task and condition.
 */
trials: number, 
/**
 * What was set, as label and value, for the Set-up tab.
 */
setup: Array<SetupLine>, };

/**
 * A run as the person fills it in.
 */
export type RunDraft = { 
/**
 * What the run is called; empty lets the app choose.
 */
name: string, 
/**
 * The domain's id.
 */
domain: string, 
/**
 * `test`, `train` or `dev`.
 */
split: string, 
/**
 * Ids of the tasks; `None` takes the whole split.
 */
task_ids: Array<string> | null, 
/**
 * The model under test.
 */
agent: ModelChoice, 
/**
 * The simulated customer.
 */
customer: CustomerChoice, 
/**
 * Trait mixes; the baseline is added without asking.
 */
conditions: Array<ConditionDraft>, 
/**
 * Attempts per task and condition, at least 1.
 */
trials: number, 
/**
 * Makes the run repeatable.
 */
seed: number, 
/**
 * Conversations at the same time, at least 1.
 */
max_concurrency: number, 
/**
 * Sampling temperature of the agent.
 */
temperature: number, 
/**
 * Most agent steps per conversation (upstream: 30).
 */
max_steps: number, 
/**
 * How the agent's model is used.
 */
agent_strategy: AgentStrategy, 
/**
 * Whether several tool calls in one message are all carried out; upstream keeps the first.
 */
parallel_tool_calls: boolean, 
/**
 * Whether tool calls that a model writes as text are read.
 */
text_tool_calls: boolean, 
/**
 * The prompts in use: the id of a wording; empty for the shipped one.
 */
wording: string, 
/**
 * Whether a result file of tau-trait is kept up to date while the run goes on.
 */
checkpoint: boolean, 
/**
 * Whether replies to the same question are taken from the cache of replies.
 */
reply_cache: boolean, 
/**
 * The run pauses when it has cost this much in US dollars.
 */
spend_cap_usd: number | null, 
/**
 * Whether practice models take their time, so that a person can read along.
 */
unhurried: boolean, 
/**
 * What else is said of a run over a domain of tau2, where `split` is one of the domain's own and `all`
 * stands for all tasks. Absent for other domains, and where the defaults will do.
 */
tau2?: Tau2Draft, };

/**
 * The faults of a run.
 */
export type RunFaults = { 
/**
 * Failed conversations.
 */
failures: number, 
/**
 * Of these with a judgement of a model or a person.
 */
judged: number, 
/**
 * The result in one sentence.
 */
sentence: string, 
/**
 * Failures by who was at fault.
 */
authors: Array<FaultCount>, 
/**
 * Failures by what went wrong.
 */
kinds: Array<FaultCount>, 
/**
 * Failures by finer tag, most frequent first.
 */
tags: Array<FaultCount>, 
/**
 * How far the automatic judgement and people agree; `None` while nobody has judged.
 */
agreement: Agreement | null, 
/**
 * Success rate over all scored conversations, 0 to 1.
 */
rate: number | null, 
/**
 * The same without the conversations that failed by the customer's fault: how much the result
 * hangs on the simulated customer.
 */
rate_without_user_faults: number | null, 
/**
 * The work of a model that is going on or was done last.
 */
job: DiagnosisJob | null, };

/**
 * Whether a run's customers showed their traits, at the level asked for, to the end.
 */
export type RunFidelity = { 
/**
 * The run.
 */
run_id: string, 
/**
 * The answer in one sentence.
 */
sentence: string, 
/**
 * The worst of the conditions; `None` when the run has no condition with a trait.
 */
shown: TraitShown | null, 
/**
 * Who played the customer: voice and model.
 */
voice: string, 
/**
 * The meters that have read something.
 */
meters: Array<MeterInfo>, 
/**
 * The conditions with traits, in the run's order.
 */
conditions: Array<ConditionFidelity>, 
/**
 * Fidelity and dose-response of each trait, once for each meter.
 */
traits: Array<TraitFigures>, 
/**
 * The mixes: whether each trait of a mix can be recognised.
 */
mixes: Array<MixFidelity>, 
/**
 * Whether customers still told the truth of their task; the baseline first.
 */
adherence: Array<ConditionAdherence>, 
/**
 * What a reader must know besides.
 */
notes: Array<string>, 
/**
 * The work of a judging model that is going on or was done last.
 */
job: FidelityJob | null, };

/**
 * Tasks by conditions by attempts.
 */
export type RunGrid = { 
/**
 * The columns, the baseline first.
 */
conditions: Array<ConditionInfo>, 
/**
 * Attempts within a cell.
 */
trials: number, 
/**
 * One row a task, in the plan's order.
 */
rows: Array<GridRow>, };

/**
 * A page of runs.
 */
export type RunPage = { 
/**
 * Runs that match, on all pages.
 */
total: number, 
/**
 * This page.
 */
rows: Array<RunSummary>, };

/**
 * What a draft would do, before anything is spent.
 */
export type RunPreview = { 
/**
 * The name it would get.
 */
name: string, 
/**
 * The conditions, the baseline first.
 */
conditions: Array<ConditionInfo>, 
/**
 * Tasks per condition.
 */
tasks: number, 
/**
 * Conversations in all.
 */
conversations: number, 
/**
 * What it will cost.
 */
cost: CostEstimate, 
/**
 * How long it will take in seconds; `None` when unknown.
 */
seconds: number | null, 
/**
 * Smallest drop in points that it could show (80 % power); `None` below 10 tasks.
 */
smallest_drop: number | null, 
/**
 * The summary in one sentence or two.
 */
sentence: string, 
/**
 * What keeps it from starting; empty when it can start.
 */
problems: Array<FieldProblem>, };

/**
 * What came out of a run.
 */
export type RunResult = { 
/**
 * The one sentence above the chart.
 */
sentence: string, 
/**
 * Further facts a reader must know ("8 of 100 not scored").
 */
notes: Array<string>, 
/**
 * Whether a practice model takes part.
 */
practice: boolean, 
/**
 * What makes the figures less than they seem, as banners above them.
 */
cautions: Array<Caution>, 
/**
 * The condition that the others are compared with.
 */
baseline: string, 
/**
 * The margin of no practical meaning that the verdicts were read with, in points.
 */
margin: number, 
/**
 * The margin that was set before the run, in points.
 */
planned_margin: number, 
/**
 * Tasks left out by the person.
 */
excluded: Array<string>, 
/**
 * The result without the conversations whose customer was at fault; `None` where nothing is
 * known of faults, or no customer was at fault.
 */
sensitivity: Sensitivity | null, 
/**
 * One row a condition, the baseline first.
 */
rows: Array<ResultRow>, };

/**
 * Where a run stands.
 */
export type RunState = "running" | "paused" | "finished" | "cancelled";

/**
 * A run in a list.
 */
export type RunSummary = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The domain's id.
 */
domain: string, 
/**
 * The domain's title.
 */
domain_title: string, 
/**
 * The agent's model, labelled when it is a practice model.
 */
agent: string, 
/**
 * The customer's model, labelled when it is a practice model.
 */
customer: string, 
/**
 * Whether a practice model takes part: the figures say nothing about a real agent.
 */
practice: boolean, 
/**
 * Whether it is the sample that came with the app.
 */
sample: boolean, 
/**
 * The files it was opened from; `None` when it was run here.
 */
imported: ImportedInfo | null, 
/**
 * Whether a person takes part in it.
 */
played: boolean, 
/**
 * Whether the agent works alone, on tickets: there are no customers.
 */
alone: boolean, 
/**
 * Where it stands.
 */
state: RunState, 
/**
 * When it was made.
 */
created_at: string, 
/**
 * Figures so far.
 */
progress: Progress, 
/**
 * The result in one sentence; empty while there is none.
 */
headline: string, };

/**
 * Which seat the person takes.
 */
export type Seat = "customer" | "agent";

/**
 * The result without conversations whose customer was at fault.
 */
export type Sensitivity = { 
/**
 * In one sentence, beside the headline.
 */
sentence: string, 
/**
 * Conversations left out.
 */
left_out: number, 
/**
 * One row a condition, as in the result.
 */
rows: Array<ResultRow>, };

/**
 * Choices of the person that outlive the window.
 */
export type Settings = { 
/**
 * `system`, `light` or `dark`.
 */
theme: ThemeChoice, 
/**
 * Language tag of charts and reports; `None`: as the system has it.
 */
language: string | null, };

/**
 * One line of a run's set-up.
 */
export type SetupLine = { 
/**
 * What was set.
 */
label: string, 
/**
 * To what.
 */
value: string, };

/**
 * One trait of a condition: asked for and measured.
 */
export type ShownTrait = { 
/**
 * The trait's id.
 */
trait_id: string, 
/**
 * The trait's name.
 */
name: string, 
/**
 * The level asked for.
 */
asked: number, 
/**
 * Its name: "Strong", or "3.5" between two stops.
 */
asked_name: string, 
/**
 * Whether it was there.
 */
shown: TraitShown, 
/**
 * Whether it was clearly stronger than asked for.
 */
stronger_than_asked: boolean, 
/**
 * In a sentence.
 */
sentence: string, 
/**
 * What each meter measured; the one that decides first.
 */
measured: Array<MeasuredLevel>, 
/**
 * Early against late, by the meter that decides; `None` where conversations are too short.
 */
stability: Stability | null, };

/**
 * One message to be said.
 */
export type SpeakRequest = { 
/**
 * Who speaks.
 */
voice: CustomerChoice, 
/**
 * Trait id to level, 0 to 4, fractions allowed.
 */
levels: { [key in string]: number }, 
/**
 * What the customer wants, in a sentence or two; empty takes an everyday matter.
 */
situation: string, 
/**
 * What the agent said last; empty takes a greeting.
 */
agent: string, 
/**
 * Another number gives another message.
 */
seed: number, };

/**
 * Who speaks.
 */
export type Speaker = "customer" | "agent" | "tool";

/**
 * How many tasks a split holds.
 */
export type SplitSummary = { 
/**
 * `test`, `train` or `dev`; domains of tau2 name theirs themselves.
 */
split: string, 
/**
 * Number of tasks.
 */
tasks: number, };

/**
 * A message that was said.
 */
export type SpokenLine = { 
/**
 * The message.
 */
text: string, 
/**
 * What the meter reads of it.
 */
meter: Array<MeterReading>, 
/**
 * What a reader must know of it: capped, said again, simulated.
 */
notes: Array<string>, 
/**
 * Whether the practice customer said it.
 */
practice: boolean, 
/**
 * What it cost in US dollars; `None` when prices are not known.
 */
cost_usd: number | null, 
/**
 * Seconds it took.
 */
seconds: number, };

/**
 * How a trait goes over a conversation.
 */
export type Stability = { 
/**
 * Mean level in the first third.
 */
early: number, 
/**
 * Mean level in the last third.
 */
late: number, 
/**
 * Late minus early, less what the baseline does by itself.
 */
change: number, 
/**
 * Its 95 % interval; `None` below 10 tasks.
 */
interval: Interval | null, 
/**
 * Late as a share of early, both above the baseline; `None` when there was nothing early.
 */
ratio: number | null, 
/**
 * `fades`, `holds`, `grows` or `cannot tell`.
 */
word: string, 
/**
 * Conversations with at least three messages of the customer.
 */
conversations: number, };

/**
 * A place where two states differ.
 */
export type StateChange = { 
/**
 * On whose side: the agent's records, or the customer's device.
 */
seat: Seat, 
/**
 * The record in words: "Line L4107", "Device".
 */
record: string, 
/**
 * The field within it: "roaming enabled"; empty when the whole record came or went.
 */
field: string, 
/**
 * What it was; `None` where nothing was.
 */
before: string | null, 
/**
 * What it is; `None` where nothing is.
 */
after: string | null, };

/**
 * A sweep's mixes, ready for a run.
 */
export type Sweep = { 
/**
 * The mixes.
 */
conditions: Array<ConditionDraft>, 
/**
 * That in a sentence, with what was capped.
 */
sentence: string, };

/**
 * Which mixes to make of some traits and levels.
 */
export type SweepKind = "single" | "pairs" | "full";

/**
 * A sweep to be made.
 */
export type SweepRequest = { 
/**
 * Which mixes.
 */
kind: SweepKind, 
/**
 * Ids of the traits.
 */
traits: Array<string>, 
/**
 * Levels, each above 0 and at most 4.
 */
levels: Array<number>, };

/**
 * A condition's figures within a run.
 */
export type TableCell = { 
/**
 * Success rate, 0 to 1; `None` when nothing was scored.
 */
rate: number | null, 
/**
 * Its 95 % interval.
 */
rate_interval: Interval | null, 
/**
 * Difference from the baseline in points.
 */
points: number | null, 
/**
 * Its 95 % interval in points, paired by task.
 */
points_interval: Interval | null, 
/**
 * Difference in per cent of the baseline's rate.
 */
percent: number | null, 
/**
 * Conversations scored.
 */
scored: number, 
/**
 * Conversations planned.
 */
planned: number, 
/**
 * Whether the customers showed the condition's traits; `None` where nothing was metered.
 */
shown: TraitShown | null, };

/**
 * A column of the table.
 */
export type TableColumn = { 
/**
 * The condition's id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its colour as `#rrggbb`.
 */
color: string, };

/**
 * How to save it.
 */
export type TableFormat = "csv" | "markdown" | "json";

/**
 * A table of a domain's database.
 */
export type TableInfo = { 
/**
 * Its name.
 */
name: string, 
/**
 * Number of records.
 */
records: number, };

/**
 * Which table to save.
 */
export type TableKind = "traits" | "board";

/**
 * A task with everything a person may want to read about it.
 */
export type TaskDetail = { 
/**
 * The list entry.
 */
summary: TaskSummary, 
/**
 * What the customer is like and is told, part by part.
 */
scenario: Array<TextPart>, 
/**
 * What was said about the task for people; no model reads it.
 */
notes: Array<TextPart>, 
/**
 * The request in writing, for an agent who works alone; empty for none.
 */
ticket: string, 
/**
 * What is done to the records and the device before the conversation begins, step by step.
 */
beginning: Array<string>, 
/**
 * What is expected to be done, in order.
 */
expected: Array<ExpectedCall>, 
/**
 * What has to be so at the end, each as a sentence.
 */
checks: Array<string>, 
/**
 * What decides about success.
 */
decided_by: Array<string>, };

/**
 * A task in a list.
 */
export type TaskSummary = { 
/**
 * Its id within the split.
 */
id: string, 
/**
 * Position within the split, from 0.
 */
index: number, 
/**
 * A few words; the start of the instruction when the task has no title.
 */
title: string, 
/**
 * What the customer knows and wants.
 */
instruction: string, 
/**
 * Whether the policy allows the request, where the task says so.
 */
allowed: boolean | null, 
/**
 * Whether an agent alone can take it: there is a ticket, and the task can be done without a customer.
 */
fits_alone: boolean, };

/**
 * How an agent acts in a domain of tau2, by upstream's names.
 */
export type Tau2Agent = "llm_agent" | "llm_agent_gt" | "llm_agent_solo";

/**
 * What is said of a run over a domain of tau2 beyond others.
 */
export type Tau2Draft = { 
/**
 * How the agent acts.
 */
agent: Tau2Agent, 
/**
 * Failed calls after which a conversation ends (upstream: 10).
 */
max_errors: number, 
/**
 * Who judges what a task asks in words; needed where a task does.
 */
judge: ModelChoice | null, };

/**
 * A text with a heading.
 */
export type TextPart = { 
/**
 * The heading.
 */
heading: string, 
/**
 * The text.
 */
text: string, };

/**
 * Which colours the window uses.
 */
export type ThemeChoice = "system" | "light" | "dark";

/**
 * The signal that something changed; the window then asks for what it shows.
 */
export type Tick = { 
/**
 * The run that changed.
 */
run_id: string, 
/**
 * What changed.
 */
kind: TickKind, };

/**
 * What a tick is about.
 */
export type TickKind = "progress" | "state" | "list";

/**
 * What a tool takes.
 */
export type ToolArgument = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is.
 */
description: string, 
/**
 * Its type in words: "text", "whole number", "list of texts".
 */
kind: string, 
/**
 * Whether it must be given.
 */
required: boolean, 
/**
 * The values that it may have, where they are few.
 */
choices: Array<string>, 
/**
 * What it is when it is not given, where the domain says so.
 */
default: string | null, };

/**
 * An argument of a tool.
 */
export type ToolField = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is.
 */
description: string, 
/**
 * What kind of input it takes.
 */
kind: FieldKind, 
/**
 * Whether it must be given.
 */
required: boolean, 
/**
 * The allowed values of a choice.
 */
choices: Array<string>, };

/**
 * A tool as a form.
 */
export type ToolForm = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it does.
 */
description: string, 
/**
 * Its arguments.
 */
fields: Array<ToolField>, 
/**
 * Whether it ends the conversation.
 */
terminates: boolean, };

/**
 * A tool of the agent or of the customer.
 */
export type ToolInfo = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it does.
 */
description: string, 
/**
 * Whether it ends the conversation.
 */
terminates: boolean, 
/**
 * Whether it may change records; `None` where the domain does not say.
 */
changes: boolean | null, 
/**
 * What it takes.
 */
arguments: Array<ToolArgument>, };

/**
 * A tool call and its result.
 */
export type ToolTurn = { 
/**
 * The tool's name.
 */
name: string, 
/**
 * One plain line: "Looked up order W123 · found".
 */
sentence: string, 
/**
 * Whether the tool answered without an error.
 */
ok: boolean, 
/**
 * Whether it changed data that the agent was to leave alone or to change.
 */
arguments: Array<NamedValue>, 
/**
 * The result as the agent saw it.
 */
result: string, 
/**
 * Whose tool it is, where customers have some too. Absent elsewhere: the agent's.
 */
seat?: Seat, 
/**
 * What the call changed on either side, where that was watched. Absent elsewhere.
 */
changes?: Array<StateChange>, };

/**
 * Whether a trait can be kept.
 */
export type TraitCheck = { 
/**
 * What keeps it from being saved, with the field's name (`levels.2.sentence`).
 */
problems: Array<FieldProblem>, 
/**
 * What would make it better: too few pairs for a local direction, lengths that give it away.
 */
advice: Array<string>, };

/**
 * A trait with all that its file says, for its page.
 */
export type TraitDetail = { 
/**
 * The trait as a person edits it.
 */
draft: TraitDraft, 
/**
 * Whether it came with the app; such a trait is copied, not changed.
 */
shipped: boolean, 
/**
 * Its colour in every chart, as `#rrggbb`.
 */
color: string, 
/**
 * Its name on the hosted steer API; empty when the service does not know it.
 */
hosted: string, 
/**
 * Further lines of such customers per level, 0 to 4.
 */
examples: Array<Array<string>>, 
/**
 * Runs that used it and keep its words.
 */
runs: number, };

/**
 * A trait as a person writes it.
 */
export type TraitDraft = { 
/**
 * The id; empty for a new trait: the app makes one of the name.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * Customers who have it, as they stand in a sentence ("impatient customers"); empty lets the
 * app say "customers with NAME".
 */
customers: string, 
/**
 * What such customers are like.
 */
description: string, 
/**
 * Levels 1 to 4, Slight to Extreme.
 */
levels: Array<LevelDraft>, 
/**
 * What such a customer must not do, a sentence each.
 */
must_not: Array<string>, 
/**
 * Words and phrases that show it, for the trait meter.
 */
words: Array<string>, 
/**
 * The same thing said with much of the trait and without it.
 */
pairs: Array<PairDraft>, };

/**
 * Fidelity and dose-response of one trait, by one meter.
 */
export type TraitFigures = { 
/**
 * The trait's id.
 */
trait_id: string, 
/**
 * The trait's name.
 */
name: string, 
/**
 * Its colour as `#rrggbb`.
 */
color: string, 
/**
 * The meter.
 */
source: MeterSource, 
/**
 * Share of pairs of messages, of the same task, attempt and part of the conversation, in which the
 * higher level is put above the lower, 0 to 1; ties count half. `None` without pairs.
 */
pairwise: number | null, 
/**
 * Its 95 % interval by task; `None` below 10 tasks.
 */
pairwise_interval: Interval | null, 
/**
 * Pairs compared.
 */
pairs: number, 
/**
 * Tasks they come from.
 */
tasks: number, 
/**
 * Measured level over asked level, the baseline first.
 */
points: Array<DoseLevel>, 
/**
 * Measured levels per asked level (least squares within each task); 1 is as asked.
 */
slope: number | null, 
/**
 * Its 95 % interval; `None` below 10 tasks.
 */
slope_interval: Interval | null, 
/**
 * Whether each higher level measured higher; `None` with less than two levels.
 */
monotone: boolean | null, 
/**
 * In a sentence or two.
 */
sentence: string, };

/**
 * A trait of customers.
 */
export type TraitInfo = { 
/**
 * `impatience`, or the id of a person's own.
 */
id: string, 
/**
 * Whether it came with the app.
 */
shipped: boolean, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * What such customers are like.
 */
description: string, 
/**
 * Its colour in every chart, as `#rrggbb`.
 */
color: string, 
/**
 * The five levels from Off to Extreme.
 */
levels: Array<TraitLevel>, };

/**
 * One stop of a trait's slider.
 */
export type TraitLevel = { 
/**
 * 0 (Off) to 4 (Extreme).
 */
value: number, 
/**
 * Off, Slight, Clear, Strong, Extreme.
 */
name: string, 
/**
 * What this level means, in a sentence.
 */
sentence: string, 
/**
 * A line that such a customer would say; empty at Off.
 */
example: string, };

/**
 * Whether a trait was there.
 */
export type TraitShown = "shown" | "weak" | "not_shown" | "cannot_tell";

/**
 * Success and its drop per trait, one row a run.
 */
export type TraitTable = { 
/**
 * The columns: conditions that occur in any of the runs, the baseline left out.
 */
columns: Array<TableColumn>, 
/**
 * One row a run.
 */
rows: Array<TraitTableRow>, 
/**
 * What a reader must know before comparing rows (another customer, another wording, ...).
 */
notes: Array<string>, };

/**
 * A run's row.
 */
export type TraitTableRow = { 
/**
 * The run.
 */
run_id: string, 
/**
 * The run's name.
 */
name: string, 
/**
 * The domain.
 */
domain: string, 
/**
 * The agent's model, labelled when it is a practice model.
 */
model: string, 
/**
 * The baseline's figures; `None` when the run has none.
 */
baseline: TableCell | null, 
/**
 * One cell a column; `None` where the run lacks the condition.
 */
cells: Array<TableCell | null>, };

/**
 * Something said or done.
 */
export type Turn = { 
/**
 * From 1.
 */
number: number, 
/**
 * Who.
 */
speaker: Speaker, 
/**
 * The text; empty for a tool call.
 */
text: string, 
/**
 * The tool call, when it is one.
 */
tool: ToolTurn | null, 
/**
 * What the speaker thought before; the other side did not see it. Empty for none.
 */
thought: string, 
/**
 * What the speaker was about to say and was held back from, oldest first.
 */
drafts: Array<DraftLine>, 
/**
 * How much of each trait of the run a customer's message shows; empty for others, and where
 * nothing was metered.
 */
meter: Array<MeterReading>, 
/**
 * True where the message was taken from the cache of replies instead of being asked for; absent
 * elsewhere.
 */
cached?: boolean, };

/**
 * The dose curves of one voice.
 */
export type VoiceCurves = { 
/**
 * The voice's id.
 */
voice: string, 
/**
 * Its name.
 */
name: string, 
/**
 * When they were measured.
 */
made_at: string, 
/**
 * One per trait.
 */
curves: Array<DoseCurve>, };

/**
 * Somebody who can play a customer.
 */
export type VoiceInfo = { 
/**
 * Stable id, made of strategy, endpoint and model.
 */
id: string, 
/**
 * What a person reads.
 */
name: string, 
/**
 * How traits reach it.
 */
kind: VoiceKind, 
/**
 * As a run's customer.
 */
choice: CustomerChoice, 
/**
 * Whether it can speak now.
 */
ready: boolean, 
/**
 * What is missing, or what to know of it; may be empty.
 */
note: string, 
/**
 * Ids of the traits it can show; `None` for any.
 */
traits: Array<string> | null, 
/**
 * When its levels were measured last; `None` when they never were.
 */
calibrated_at: string | null, };

/**
 * How traits reach a customer.
 */
export type VoiceKind = "prompted" | "hosted" | "local" | "practice";

/**
 * A person's own copy. An empty `id` makes a new one.
 */
export type WordingDraft = { 
/**
 * Empty for a new one.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Prompt id to template, for those that differ from the shipped ones.
 */
texts: { [key in string]: string }, };

/**
 * A set of prompts that a run can use.
 */
export type WordingInfo = { 
/**
 * `shipped`, `mine:...` or `upstream:SOURCE`.
 */
id: string, 
/**
 * What a person calls it.
 */
name: string, 
/**
 * Whose it is.
 */
kind: WordingKind, 
/**
 * SHA-256 of all its texts: part of a run's identity.
 */
hash: string, 
/**
 * All its prompts, those it shares with the shipped ones included.
 */
prompts: Array<PromptView>, };

/**
 * Whose words they are.
 */
export type WordingKind = "shipped" | "mine" | "upstream";


/** Every command: its arguments and its result. */
export interface Commands {
  /** What the app is and where it keeps things. */
  app_info: { arguments: Record<string, never>; result: AppInfo };
  /** Choices that outlive the window. */
  get_settings: { arguments: Record<string, never>; result: Settings };
  /** Keeps them. */
  save_settings: { arguments: { settings: Settings }; result: Settings };
  /** How much is in the cache of replies. */
  reply_cache_size: { arguments: Record<string, never>; result: ReplyCacheSize };
  /** Forgets all replies in the cache; runs keep their conversations. */
  empty_reply_cache: { arguments: Record<string, never>; result: ReplyCacheSize };
  /** The domains, shipped ones first. */
  list_domains: { arguments: Record<string, never>; result: Array<DomainSummary> };
  /** One domain with policy and tools. */
  get_domain: { arguments: { id: string }; result: DomainDetail };
  /** The tasks of a split. */
  list_tasks: { arguments: { domain: string; split: string }; result: Array<TaskSummary> };
  /** One task with all that is known about it. */
  get_task: { arguments: { domain: string; task: string; split: string }; result: TaskDetail };
  /** Tools called by hand on a fresh environment: what came of these calls, one after the other. */
  try_tools: { arguments: { domain: string; task: string; split: string; calls: Array<BenchCall> }; result: BenchView };
  /** The traits with their levels. */
  list_traits: { arguments: Record<string, never>; result: Array<TraitInfo> };
  /** What is wrong with trait files of the person's own, a sentence or two a file. */
  trait_problems: { arguments: Record<string, never>; result: Array<string> };
  /** One trait with all that its file says. */
  get_trait: { arguments: { id: string }; result: TraitDetail };
  /** Whether a trait can be kept. */
  check_trait: { arguments: { draft: TraitDraft }; result: TraitCheck };
  /** Keeps a trait of the person's own. */
  save_trait: { arguments: { draft: TraitDraft }; result: TraitDetail };
  /** Removes one; runs that used it keep its words. */
  delete_trait: { arguments: { id: string }; result: Array<TraitInfo> };
  /** Saves a trait's file where the person says. */
  export_trait: { arguments: { id: string }; result: Exported };
  /** Keeps the trait of a file. */
  import_trait: { arguments: { path: string }; result: TraitDetail };
  /** Mixes with a name, shipped ones first. */
  list_presets: { arguments: Record<string, never>; result: Array<MixPreset> };
  /** Keeps a mix under a name. */
  save_preset: { arguments: { preset: MixPreset }; result: Array<MixPreset> };
  /** Removes one of the person's own. */
  delete_preset: { arguments: { id: string }; result: Array<MixPreset> };
  /** What a mix amounts to. */
  check_mix: { arguments: { levels: { [key in string]: number } }; result: MixCheck };
  /** The mixes of a sweep. */
  make_sweep: { arguments: { request: SweepRequest }; result: Sweep };
  /** Who can play a customer. */
  list_voices: { arguments: Record<string, never>; result: Array<VoiceInfo> };
  /** Has one say a message. */
  speak: { arguments: { request: SpeakRequest }; result: SpokenLine };
  /** Measures what the levels do in a voice. */
  start_calibration: { arguments: { draft: CalibrationDraft }; result: CalibrationView };
  /** How far that is. */
  calibration: { arguments: { voice: string }; result: CalibrationView };
  /** Stops it; what was measured before stays. */
  stop_calibration: { arguments: { voice: string }; result: CalibrationView };
  /** What was measured, voice by voice. */
  list_curves: { arguments: Record<string, never>; result: Array<VoiceCurves> };
  /** Open-weight models for this computer: recommended ones, and those that are here. */
  list_local_models: { arguments: Record<string, never>; result: Array<LocalModelInfo> };
  /** Fetches one; goes on where it stopped. */
  fetch_local_model: { arguments: { id: string }; result: LocalModelInfo };
  /** Stops fetching; what is here stays. */
  stop_local_model: { arguments: { id: string }; result: LocalModelInfo };
  /** Takes a model file from disk. */
  add_local_model: { arguments: { path: string }; result: LocalModelInfo };
  /** Removes a model with its basis. */
  delete_local_model: { arguments: { id: string }; result: Array<LocalModelInfo> };
  /** Takes a trait's direction from a control vector of llama.cpp. */
  import_vector: { arguments: { model: string; trait_id: string; path: string }; result: LocalModelInfo };
  /** Saves a trait's direction as one. */
  export_vector: { arguments: { model: string; trait_id: string }; result: Exported };
  /** Where models are reached; the practice models first. */
  list_endpoints: { arguments: Record<string, never>; result: Array<Endpoint> };
  /** Adds or changes one. */
  save_endpoint: { arguments: { draft: EndpointDraft }; result: Endpoint };
  /** Removes one and its key. */
  delete_endpoint: { arguments: { id: string }; result: Array<Endpoint> };
  /** Keeps a key in the system's password store. It never comes back. */
  set_key: { arguments: { endpoint: string; key: string }; result: Endpoint };
  /** Removes a key. */
  clear_key: { arguments: { endpoint: string }; result: Endpoint };
  /** Asks the endpoint one tiny question. */
  test_endpoint: { arguments: { endpoint: string; model: string }; result: EndpointTest };
  /** The providers that the app knows. */
  list_providers: { arguments: Record<string, never>; result: Array<ProviderInfo> };
  /** The models that an endpoint lists now. */
  list_models: { arguments: { endpoint: string }; result: ModelList };
  /** What models cost. */
  list_prices: { arguments: Record<string, never>; result: PriceTable };
  /** Sets a price of the person's own. */
  save_price: { arguments: { price: PriceInfo }; result: PriceTable };
  /** Removes one. */
  delete_price: { arguments: { model: string }; result: PriceTable };
  /** What dropped or chosen files are. */
  look_at: { arguments: { paths: Array<string> }; result: Dropped };
  /** Asks the person for files or a folder; empty when they cancel. */
  choose_files: { arguments: { folder: boolean }; result: Array<string> };
  /** Keeps a release's domains under a name. */
  keep_release: { arguments: { path: string; name: string }; result: ImportedSource };
  /** What was imported. */
  list_sources: { arguments: Record<string, never>; result: Array<ImportedSource> };
  /** Removes an imported source with its domains. */
  delete_source: { arguments: { name: string }; result: Array<ImportedSource> };
  /** Releases that can be fetched from their public archives. */
  list_releases: { arguments: Record<string, never>; result: Array<PublishedRelease> };
  /** Fetches one and keeps its domains; goes on where it stopped. */
  fetch_release: { arguments: { id: string }; result: PublishedRelease };
  /** Stops fetching; what is here stays. */
  stop_fetching: { arguments: { id: string }; result: PublishedRelease };
  /** Opens result files as runs. */
  open_results: { arguments: { paths: Array<string> }; result: OpenedResults };
  /** The wordings: shipped, own, from imported releases. */
  list_wordings: { arguments: Record<string, never>; result: Array<WordingInfo> };
  /** Keeps an own copy. */
  save_wording: { arguments: { draft: WordingDraft }; result: WordingInfo };
  /** Removes an own copy. */
  delete_wording: { arguments: { id: string }; result: Array<WordingInfo> };
  /** Whether a template can be used, and how it looks. */
  check_prompt: { arguments: { id: string; text: string }; result: PromptCheck };
  /** What a draft would do and cost, and what is missing in it. */
  preview_run: { arguments: { draft: RunDraft }; result: RunPreview };
  /** Stores the run and starts it; gives its id. */
  start_run: { arguments: { draft: RunDraft }; result: RunSummary };
  /** Runs, newest first, whose name, domain or model holds the text. */
  list_runs: { arguments: { text: string; page: PageRequest }; result: RunPage };
  /** One run. */
  get_run: { arguments: { id: string }; result: RunDetail };
  /** Only its figures; cheap enough to ask at every tick. */
  run_progress: { arguments: { id: string }; result: Progress };
  /** Tasks by conditions by attempts. */
  run_grid: { arguments: { id: string }; result: RunGrid };
  /** Stops after the replies in flight; what is done is kept. */
  pause_run: { arguments: { id: string }; result: RunSummary };
  /** Goes on where it stopped. */
  resume_run: { arguments: { id: string }; result: RunSummary };
  /** Gives the rest up; what is done is kept. */
  cancel_run: { arguments: { id: string }; result: RunSummary };
  /** Plans the conversations that could not be scored once more. */
  retry_not_scored: { arguments: { id: string }; result: RunSummary };
  /** Gives it another name. */
  rename_run: { arguments: { id: string; name: string }; result: RunSummary };
  /** Deletes it with its conversations. */
  delete_run: { arguments: { id: string }; result: boolean };
  /** The result: sentence and table, read as the person asks. */
  run_result: { arguments: { request: ResultRequest }; result: RunResult };
  /** Saves it where the person says. */
  export_run: { arguments: { request: ResultRequest; format: ExportFormat }; result: Exported };
  /** The languages of charts and reports. */
  list_languages: { arguments: Record<string, never>; result: Array<LanguageInfo> };
  /** The charts of a run, or of several side by side. */
  list_charts: { arguments: { runs: Array<string>; analysis: Analysis; language: string }; result: Array<ChartInfo> };
  /** Draws one. */
  draw_chart: { arguments: { query: ChartQuery; look: ChartLook }; result: Chart };
  /** Saves one where the person says. */
  save_chart: { arguments: { query: ChartQuery; format: ChartFormat }; result: Exported };
  /** Puts one into the clipboard. */
  copy_chart: { arguments: { query: ChartQuery; what: ChartCopy }; result: boolean };
  /** Conversations of a run. */
  list_conversations: { arguments: { query: ConversationQuery }; result: ConversationPage };
  /** One conversation, or as far as it went. */
  get_conversation: { arguments: { id: string }; result: ConversationDetail };
  /** The faults of a run's failures. */
  run_faults: { arguments: { id: string }; result: RunFaults };
  /** The failures behind them. */
  list_faults: { arguments: { query: FaultQuery }; result: FaultPage };
  /** All judgements of one conversation. */
  get_diagnosis: { arguments: { conversation: string }; result: ConversationDiagnosis };
  /** The finer tags. */
  list_fault_tags: { arguments: Record<string, never>; result: Array<FaultTag> };
  /** Has failures judged by a model. */
  start_diagnosis: { arguments: { draft: DiagnosisDraft }; result: RunFaults };
  /** Stops that; what was judged is kept. */
  stop_diagnosis: { arguments: { run: string }; result: RunFaults };
  /** Keeps a person's judgement, which wins. */
  correct_diagnosis: { arguments: { correction: DiagnosisCorrection }; result: ConversationDiagnosis };
  /** Takes it back. */
  withdraw_correction: { arguments: { conversation: string }; result: ConversationDiagnosis };
  /** Whether the customers showed the traits that they were asked for. */
  run_fidelity: { arguments: { id: string }; result: RunFidelity };
  /** What a judging model would be asked and cost. */
  estimate_fidelity: { arguments: { draft: FidelityDraft }; result: FidelityEstimate };
  /** Has customers' messages read by a judging model, blind to what they were asked for. */
  start_fidelity: { arguments: { draft: FidelityDraft }; result: RunFidelity };
  /** Stops that; what was read is kept. */
  stop_fidelity: { arguments: { run: string }; result: RunFidelity };
  /** Starts a conversation in which the person takes a seat. */
  start_play: { arguments: { draft: PlayDraft }; result: PlayView };
  /** It as it stands. */
  play_view: { arguments: { run: string }; result: PlayView };
  /** The person's move. */
  play_move: { arguments: { run: string; step: PlayMove }; result: PlayView };
  /** Runs side by side: success and its drop per trait. */
  trait_table: { arguments: { runs: Array<string> }; result: TraitTable };
  /** Runs side by side: pass^k. */
  pass_board: { arguments: { runs: Array<string> }; result: PassBoard };
  /** Saves one of them where the person says. */
  save_table: { arguments: { runs: Array<string>; kind: TableKind; format: TableFormat }; result: Exported };
  /** A run's set-up as a draft for another one. */
  draft_of_run: { arguments: { id: string }; result: RunDraft };
}
