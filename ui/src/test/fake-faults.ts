// Faults of the in-memory product: rules judge every failure, a model those it was asked about,
// and a person has the last word.

import type {
  Agreement,
  ConversationDiagnosis,
  DiagnosisJob,
  DiagnosisView,
  FaultAuthor,
  FaultCount,
  FaultKind,
  FaultTag,
} from "../lib/api/generated";
import { faultAuthorWord, faultKindWord } from "../lib/words";
import * as data from "./fake-data";
import type { Handlers } from "./handlers";

type FaultCommands =
  | "run_faults"
  | "list_faults"
  | "get_diagnosis"
  | "list_fault_tags"
  | "start_diagnosis"
  | "stop_diagnosis"
  | "correct_diagnosis"
  | "withdraw_correction";

export const tags: FaultTag[] = [
  ["missed_required_action", "Left something out", "Did not do or say what had to be done."],
  [
    "tool_call_argument_error",
    "Wrong detail in a call",
    "A tool was called with a wrong argument.",
  ],
  ["guideline_violation", "Broke a rule", "Acted against the policy."],
  ["hallucination", "Made something up", "Stated something that the records do not support."],
  ["premature_termination", "Left too early", "Ended the conversation before it was done."],
].map(([id, label, description]) => ({ id: id!, label: label!, description: description! }));

const kinds: FaultKind[] = [
  "goal_partially_completed",
  "used_wrong_tool_argument",
  "called_wrong_tool",
  "other",
];

/** Why the conversation with a phone failed. */
function ofPhone(id: string): ConversationDiagnosis {
  const rules: DiagnosisView = {
    source: "rules",
    by: "",
    author: "user",
    kind: "goal_partially_completed",
    description:
      "The agent asked for what was needed (Make payment), and the customer never did it: “I see a cloud.”",
    turn: 4,
    tags: ["missed_required_action"],
  };
  return {
    conversation_id: id,
    shown: rules,
    rules,
    model: null,
    person: null,
    findings: [{ sentence: "Not done. The customer: Make payment.", turn: null }],
    undecided: "",
  };
}

/** The failures of a run that is over. */
export function failures(): string[] {
  const found: string[] = [];
  for (let task = 0; task < 70; task++) {
    for (let condition = 0; condition < data.conditions.length; condition++) {
      for (let attempt = 0; attempt < 3; attempt++) {
        if (data.outcomeOf(task, condition, attempt, 1e9) === "failed") {
          found.push(`c-${task}-${condition}-${attempt}`);
        }
      }
    }
  }
  return found;
}

function dice(id: string): number {
  const [, task = "0", condition = "0", attempt = "0"] = id.split("-");
  return Number(task) * 13 + Number(condition) * 7 + Number(attempt) * 5;
}

function byRules(id: string): DiagnosisView {
  const n = dice(id);
  return {
    source: "rules",
    by: "",
    author: n % 11 === 0 ? "user" : n % 13 === 0 ? "environment" : "agent",
    kind: kinds[n % 4]!,
    description:
      "The address of order #W2290 was to become Gothenburg. The agent asked for it once, was refused, and did not look for another way.",
    turn: 5,
    tags: [tags[n % 5]!.id],
  };
}

/** Whose fault a failure is, before anybody corrects it. */
export const sideOf = (id: string): FaultAuthor => byRules(id).author;

/** The tags of a failure, before anybody corrects it. */
export const tagsOf = (id: string): readonly string[] => byRules(id).tags;

const byModel = (id: string): DiagnosisView => ({
  ...byRules(id),
  source: "model",
  by: "mistral-small",
  author: dice(id) % 5 === 0 ? "user" : "agent",
  description: "The customer asked for the change in time; the agent gave up after one refusal.",
});

/** Cohen's kappa over the authors, as the product computes it. */
function agreementOf(pairs: [FaultAuthor, FaultAuthor][]): Agreement | null {
  if (pairs.length === 0) return null;
  const n = pairs.length;
  const same = pairs.filter(([a, b]) => a === b).length / n;
  const chance = (["user", "agent", "environment"] as const)
    .map((each) => {
      const left = pairs.filter(([a]) => a === each).length / n;
      return left * (pairs.filter(([, b]) => b === each).length / n);
    })
    .reduce((a, b) => a + b, 0);
  const kappa = chance === 1 ? null : (same - chance) / (1 - chance);
  return {
    conversations: n,
    same_author: same,
    kappa,
    interval: kappa === null ? null : { low: kappa - 0.2, high: Math.min(1, kappa + 0.2) },
    sentence: `Of ${n} failures that both judged, people and the automatic judgement name the same side in ${Math.round(same * n)}. Beyond chance that is a kappa of ${(kappa ?? 0).toFixed(2)}.`,
  };
}

export function faults(): Pick<Handlers, FaultCommands> {
  const model = new Map<string, DiagnosisView>();
  const person = new Map<string, DiagnosisView>();
  let job: DiagnosisJob | null = null;
  const all = failures();
  all
    .filter((_, index) => index % 9 === 4)
    .forEach((id, index) =>
      person.set(id, {
        ...byRules(id),
        source: "person",
        author: index % 8 ? byRules(id).author : "user",
      }),
    );
  const shown = (id: string) => person.get(id) ?? model.get(id) ?? byRules(id);
  const of = (run: string) => (run === "file" ? [] : all);

  function diagnosis(id: string): ConversationDiagnosis {
    if (id.startsWith("p-")) return ofPhone(id);
    if (!all.includes(id)) {
      return {
        conversation_id: id,
        shown: null,
        rules: null,
        model: null,
        person: null,
        findings: [],
        undecided: "",
      };
    }
    return {
      conversation_id: id,
      shown: shown(id),
      rules: byRules(id),
      model: model.get(id) ?? null,
      person: person.get(id) ?? null,
      findings: [
        { sentence: "Asked for the address of order #W2290 to be changed · refused", turn: 5 },
        { sentence: "Did not say “12.50”", turn: null },
      ],
      undecided: "",
    };
  }

  function counted<T extends string>(
    ids: string[],
    names: readonly T[],
    of: (view: DiagnosisView) => readonly string[],
    label: (name: T) => string,
  ): FaultCount[] {
    return names
      .map((id) => ({
        id,
        label: label(id),
        count: ids.filter((each) => of(shown(each)).includes(id)).length,
      }))
      .filter(({ count }) => count > 0);
  }

  /** Some more are judged each time somebody looks. */
  function advance() {
    if (!job?.running) return;
    const next = all.filter((id) => !model.has(id)).slice(0, Math.min(7, job.planned - job.done));
    for (const id of next) model.set(id, byModel(id));
    const done = job.done + next.length;
    const running = done < job.planned && next.length > 0;
    job = { ...job, done, running, message: running ? "" : `${done} failures were judged.` };
  }

  function runFaults(run: string) {
    advance();
    const ids = of(run);
    const authors = counted(
      ids,
      ["agent", "user", "environment"] as const,
      (view) => [view.author],
      (id) => faultAuthorWord[id],
    );
    const share = (authors.find(({ id }) => id === "agent")?.count ?? 0) / Math.max(1, ids.length);
    return {
      failures: ids.length,
      judged: ids.filter((id) => model.has(id) || person.has(id)).length,
      sentence:
        ids.length === 0
          ? "No conversation failed."
          : `In ${Math.round(100 * share)} % of ${ids.length} failures the agent was at fault, mostly by leaving something out.`,
      authors,
      kinds: counted(
        ids,
        kinds,
        (view) => [view.kind],
        (id) => faultKindWord[id],
      ),
      tags: counted(
        ids,
        tags.map(({ id }) => id),
        (view) => view.tags,
        (id) => tags.find((tag) => tag.id === id)!.label,
      ),
      agreement: agreementOf(
        ids.flatMap((id) => {
          const mine = person.get(id);
          return mine ? [[mine.author, (model.get(id) ?? byRules(id)).author] as const] : [];
        }) as [FaultAuthor, FaultAuthor][],
      ),
      rate: ids.length ? 0.63 : null,
      rate_without_user_faults: ids.length ? 0.68 : null,
      job,
    };
  }

  return {
    run_faults: ({ id }) => runFaults(id),
    list_faults: ({ query }) => {
      const rows = of(query.run_id)
        .map((id) => ({
          conversation: data.conversation(id, "failed", false).summary,
          diagnosis: shown(id),
        }))
        .filter(
          ({ conversation, diagnosis }) =>
            (!query.author || diagnosis.author === query.author) &&
            (!query.kind || diagnosis.kind === query.kind) &&
            (!query.condition || conversation.condition === query.condition),
        );
      const { offset, limit } = query.page;
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    get_diagnosis: ({ conversation }) => diagnosis(conversation),
    list_fault_tags: () => tags,
    start_diagnosis: ({ draft }) => {
      const left = of(draft.run_id).filter((id) => !model.has(id)).length;
      job = {
        running: true,
        planned: Math.min(draft.most, left),
        done: 0,
        failed: 0,
        message: "",
      };
      return runFaults(draft.run_id);
    },
    stop_diagnosis: ({ run }) => {
      if (job) job = { ...job, running: false, message: "Stopped. What was judged is kept." };
      return runFaults(run);
    },
    correct_diagnosis: ({ correction: { conversation_id, ...view } }) => {
      person.set(conversation_id, { ...view, source: "person", by: "" });
      return diagnosis(conversation_id);
    },
    withdraw_correction: ({ conversation }) => {
      person.delete(conversation);
      return diagnosis(conversation);
    },
  };
}
