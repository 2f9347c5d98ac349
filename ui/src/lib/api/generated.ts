// Generated from crates/tau-api by `UPDATE_TYPES=1 cargo test -p tau-api`. Do not edit.

/** What became of one conversation. */
export type Outcome = "passed" | "failed" | "not_scored" | "pending" | "running";

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
 * A drawn chart.
 */
export type Chart = { 
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
text: Array<string>, };

/**
 * Which chart to draw and how.
 */
export type ChartRequest = { 
/**
 * The run.
 */
run_id: string, 
/**
 * Dark colours.
 */
dark: boolean, 
/**
 * Width in pixels, 600 to 2000.
 */
width: number, };

/**
 * A trait mix as the person sets it.
 */
export type ConditionDraft = { 
/**
 * What it is called; empty lets the app choose ("Impatience: Strong").
 */
name: string, 
/**
 * Trait id to level 0 to 4.
 */
levels: { [key in string]: number }, };

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
 * Trait id to level 1 to 4; empty for the baseline.
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
baseline: string | null, };

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
tool_calls: number, };

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
model: string, };

/**
 * How traits reach the simulated customer.
 */
export type CustomerStrategy = "practice" | "llm" | "trait-mix";

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
 * The agent's tools.
 */
tools: Array<ToolInfo>, 
/**
 * Tables of the database with their number of records.
 */
tables: Array<TableInfo>, 
/**
 * Problems found when it was opened; empty when there are none.
 */
notes: Array<string>, };

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
 * Number of tools.
 */
tools: number, };

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
key: KeyState, };

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
models: Array<string>, };

/**
 * How an endpoint is spoken to.
 */
export type EndpointKind = "practice" | "openai_compatible" | "steer";

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
 * What to save.
 */
export type ExportFormat = "svg" | "png" | "csv" | "html" | "tau_trait";

/**
 * What was saved and where.
 */
export type Exported = { 
/**
 * The file; `None` when the person cancelled.
 */
path: string | null, };

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
 * The condition behind it.
 */
condition: string, 
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
message: string, };

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
verdict: string, };

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
max_steps: number, };

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
 * Choices of the person that outlive the window.
 */
export type Settings = { 
/**
 * `system`, `light` or `dark`.
 */
theme: ThemeChoice, };

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
 * Who speaks.
 */
export type Speaker = "customer" | "agent" | "tool";

/**
 * How many tasks a split holds.
 */
export type SplitSummary = { 
/**
 * `test`, `train` or `dev`.
 */
split: string, 
/**
 * Number of tasks.
 */
tasks: number, };

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
allowed: boolean | null, };

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
 * A tool of the agent.
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
terminates: boolean, };

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
result: string, };

/**
 * A trait of customers.
 */
export type TraitInfo = { 
/**
 * `impatience`, `confusion`, `skeptical`, `incoherence`.
 */
id: string, 
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
tool: ToolTurn | null, };


/** Every command: its arguments and its result. */
export interface Commands {
  /** What the app is and where it keeps things. */
  app_info: { arguments: Record<string, never>; result: AppInfo };
  /** Choices that outlive the window. */
  get_settings: { arguments: Record<string, never>; result: Settings };
  /** Keeps them. */
  save_settings: { arguments: { settings: Settings }; result: Settings };
  /** The domains, shipped ones first. */
  list_domains: { arguments: Record<string, never>; result: Array<DomainSummary> };
  /** One domain with policy and tools. */
  get_domain: { arguments: { id: string }; result: DomainDetail };
  /** The tasks of a split. */
  list_tasks: { arguments: { domain: string; split: string }; result: Array<TaskSummary> };
  /** The traits with their levels. */
  list_traits: { arguments: Record<string, never>; result: Array<TraitInfo> };
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
  /** The result: sentence and table. */
  run_result: { arguments: { id: string }; result: RunResult };
  /** The chart of the result. */
  run_chart: { arguments: { request: ChartRequest }; result: Chart };
  /** Saves the result where the person says. */
  export_run: { arguments: { id: string; format: ExportFormat }; result: Exported };
  /** Conversations of a run. */
  list_conversations: { arguments: { query: ConversationQuery }; result: ConversationPage };
  /** One conversation, or as far as it went. */
  get_conversation: { arguments: { id: string }; result: ConversationDetail };
}
