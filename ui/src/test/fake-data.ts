// Data for the in-memory product of the tests: long names, many rows, every state.

import type {
  ConditionInfo,
  ConversationDetail,
  DomainSummary,
  Endpoint,
  Outcome,
  RunDraft,
  TaskSummary,
  TraitInfo,
} from "../lib/api/generated";

const levels = ["Off", "Slight", "Clear", "Strong", "Extreme"];

function trait(id: string, name: string, color: string, lines: [string, string][]): TraitInfo {
  return {
    id,
    shipped: true,
    name,
    color,
    description: `What happens when a customer shows ${name.toLowerCase()}.`,
    levels: levels.map((level, value) => ({
      value,
      name: level,
      sentence: lines[value]?.[0] ?? "",
      example: lines[value]?.[1] ?? "",
    })),
  };
}

export const traits: TraitInfo[] = [
  trait("impatience", "Impatience", "#D55E00", [
    ["Takes the time that is needed.", ""],
    ["Friendly, but lets you know that time is short.", "Could we keep this quick?"],
    [
      "Sighs at every extra question and answers only part of a long one.",
      "Yes, the lamp. Can you?",
    ],
    [
      "Pushes for the result, skips questions, and threatens to leave when it drags on.",
      "Do it now.",
    ],
    ["Snaps at any question and leaves when it is not settled at once.", "Forget it, goodbye."],
  ]),
  trait("confusion", "Confusion", "#0072B2", [
    ["Knows what it is about.", ""],
    ["Hesitates now and then.", "I think it was the blue one?"],
    ["Mixes up details and corrects itself.", "No wait, the other order."],
    ["Forgets numbers and mixes up orders.", "Which number do you mean?"],
    ["Loses the thread and answers something else.", "Was this about my bill?"],
  ]),
  trait("skeptical", "Skepticism", "#CC79A7", [
    ["Trusts what the agent says.", ""],
    ["Asks once more to be sure.", "Are you certain?"],
    ["Wants reasons before agreeing.", "Why would that be so?"],
    ["Asks for proof before confirming anything.", "Show me the rule."],
    ["Doubts everything and refuses to confirm.", "I do not believe you."],
  ]),
  trait("incoherence", "Incoherence", "#009E73", [
    ["Writes clearly.", ""],
    ["Leaves out a word here and there.", "Want return the lamp."],
    ["Jumps between topics.", "The lamp, and also, the rain."],
    ["Sentences break off and mix.", "Order the I mean lamp it."],
    ["Hardly a sentence makes sense.", "Lamp order rain the no."],
  ]),
];

export const longName =
  "Quarterly check of the support agent with difficult customers, before the release";

/** What domains have in common in which the agent alone has tools. */
export const classic = {
  customer_tools: 0,
  kind: "tau_bench",
  rules: "",
} as const;

export const domains: DomainSummary[] = [
  {
    id: "retail",
    title: "Online shop",
    description: "Orders, returns and exchanges of a shop for home and garden.",
    version: "1.0.0",
    shipped: true,
    splits: [{ split: "test", tasks: 20 }],
    tools: 15,
    ...classic,
  },
  {
    id: "telecom",
    title: "Telecom operator",
    description: "Contracts, bills and faults of a mobile and broadband operator.",
    version: "1.0.0",
    shipped: true,
    splits: [{ split: "test", tasks: 20 }],
    tools: 14,
    ...classic,
  },
  {
    id: "tau1:retail",
    title: "Retail as imported from a release with a name that does not want to end at all, really",
    description: "Imported.",
    version: "0.1.1",
    shipped: false,
    splits: [
      { split: "test", tasks: 115 },
      { split: "train", tasks: 500 },
      { split: "dev", tasks: 20 },
    ],
    tools: 16,
    ...classic,
  },
  {
    id: "mobile",
    title: "Mobile operator, two at the controls",
    description:
      "The support desk of a mobile operator. The agent sees the account, the customer holds the phone: a fault is mended only when both do their part.",
    version: "1.0.0",
    shipped: true,
    splits: [
      { split: "base", tasks: 72 },
      { split: "test", tasks: 24 },
      { split: "full", tasks: 99 },
    ],
    tools: 3,
    customer_tools: 4,
    kind: "tau2",
    rules: "v1.0",
  },
];

export function tasksOf(domain: DomainSummary, split: string): TaskSummary[] {
  const n = domain.splits.find((each) => each.split === split)?.tasks ?? 0;
  const mobile = ["service.sim-out.unpaid-asked", "data.roam-line.top-up-cap", "mms.storage"];
  const id = (index: number) =>
    domain.kind === "tau2" ? `${mobile[index % 3]}.${index + 1}` : String(index);
  return Array.from({ length: n }, (_, index) => ({
    id: id(index),
    index,
    title: `${["Exchange a lamp", "Return two chairs", "Change the address", "Cancel an order"][index % 4]} (${index + 1})`,
    instruction:
      "You are Mara Lindqvist in postcode 30112. You bought a lamp and two chairs and want to exchange the lamp for the brighter one. If that is not possible, you want your money back.",
    allowed: domain.shipped && domain.kind === "tau_bench" ? index % 2 === 0 : null,
    fits_alone: domain.kind === "tau2" && index % 3 !== 2,
  }));
}

export const endpoints: Endpoint[] = [
  {
    id: "practice",
    name: "Practice models (not real models)",
    kind: "practice",
    base_url: "",
    models: ["practice agent", "practice customer"],
    key: "not_needed",
    provider: "",
  },
  {
    id: "house",
    name: "House server",
    kind: "openai_compatible",
    base_url: "http://localhost:8000/v1",
    models: ["mistral-small", "qwen3-32b-instruct-with-a-name-that-is-long"],
    key: "stored",
    provider: "vllm",
  },
  {
    id: "steer",
    name: "Steering box",
    kind: "steer",
    base_url: "http://localhost:9000/steer",
    models: [],
    key: "missing",
    provider: "",
  },
];

export const conditions: ConditionInfo[] = [
  { id: "baseline", name: "Baseline", levels: {}, color: "" },
  ...traits.map((each) => ({
    id: `${each.id}-3`,
    name: `${each.name}: Strong`,
    levels: { [each.id]: 3 },
    color: each.color,
  })),
];

/** Outcomes that look like a run, the same at every call. */
export function outcomeOf(task: number, condition: number, attempt: number, done: number): Outcome {
  const order = (task * 5 + condition) * 3 + attempt;
  if (order >= done + 3) return "pending";
  if (order >= done) return "running";
  const dice = (task * 31 + condition * 17 + attempt * 7) % 20;
  if (dice === 0) return "not_scored";
  return dice < 4 + condition * 2 ? "failed" : "passed";
}

const long =
  "I would like to exchange the lamp that I bought last month for the brighter one. It arrived with a scratch, and to be honest the light is too weak for the room. ".repeat(
    14,
  );

/** A turn whose speaker showed everything there was. */
export const outward = { thought: "", drafts: [], meter: [] };

export function conversation(id: string, outcome: Outcome, live: boolean): ConversationDetail {
  const failed = outcome === "failed";
  const [, taskText = "0", conditionText = "0", attemptText = "0"] = id.split("-");
  const condition = conditions[Number(conditionText)] ?? conditions[0]!;
  const number = (task: number) => `c-${task}-${conditionText}-${attemptText}`;
  const task = Number(taskText);
  return {
    summary: {
      id,
      run_id: id.startsWith("l-") ? "live" : "big",
      task_id: taskText,
      title: `Exchange a lamp (${task + 1})`,
      condition: condition.id,
      condition_name: condition.name,
      attempt: Number(attemptText) + 1,
      outcome,
      why: failed ? "Address not changed." : live ? "" : "All as expected.",
      messages: 6,
      tool_calls: 2,
    },
    instruction: long,
    ticket: null,
    traits: "",
    practice: true,
    turns: [
      { number: 1, speaker: "customer", text: long, tool: null, ...outward },
      {
        number: 2,
        speaker: "agent",
        text: "Gladly. Which order is it about?",
        tool: null,
        ...outward,
      },
      {
        number: 3,
        speaker: "customer",
        text: "W2290 <b>or so</b>. Do it now.",
        tool: null,
        thought: "I am in a hurry, so I give the number and nothing else.",
        drafts: [
          {
            text: "You are right, I will wait. My number is W2290.",
            verdict: "Too patient for this customer.",
          },
        ],
        meter: [
          {
            trait_id: "impatience",
            name: "Impatience",
            color: "#d55e00",
            asked: 3,
            measured: 2.8,
            level: "Strong",
            source: "markers",
          },
        ],
      },
      {
        number: 4,
        speaker: "tool",
        text: "",
        tool: {
          name: "get_order_details",
          sentence: "Looked up order #W2290 · found",
          ok: true,
          arguments: [{ name: "order_id", value: "#W2290" }],
          result:
            '{"order_id": "#W2290", "total": 12.50, "items": [{"name": "Lamp"}], "notes": []}',
        },
        ...outward,
      },
      {
        number: 5,
        speaker: "tool",
        text: "",
        tool: {
          name: "modify_address",
          sentence: "Changed the address of order #W2290 · refused: the order was already sent",
          ok: false,
          arguments: [
            { name: "order_id", value: "#W2290" },
            { name: "city", value: "Gothenburg" },
          ],
          result: "Error: order cannot be modified",
        },
        ...outward,
      },
      {
        number: 6,
        speaker: "agent",
        text: "I am sorry, that order is on its way.",
        tool: null,
        ...outward,
      },
    ],
    verdict: live
      ? ""
      : failed
        ? "Failed: the order was left as it was"
        : "Passed: all as expected",
    differences: failed
      ? [
          {
            record: "orders · #W2290",
            fields: [
              { field: "address.city", expected: "Gothenburg", actual: "Malmö" },
              { field: "items.0.note", expected: "", actual: "extra" },
            ],
          },
        ]
      : [],
    graded: !live && outcome !== "not_scored",
    outputs: [
      { text: "12.50", said: !failed },
      { text: "3 to 5 days", said: true },
    ],
    expected_actions: ["Look up order #W2290", "Change its address to Gothenburg"],
    previous: task > 0 ? number(task - 1) : null,
    next: number(task + 1),
    baseline: condition.id === "baseline" ? null : `c-${task}-0-${attemptText}`,
  };
}

/** A set-up as a stored run gives it back. */
export const draft: RunDraft = {
  name: "",
  domain: "telecom",
  split: "test",
  task_ids: null,
  agent: { endpoint: "house", model: "mistral-small" },
  customer: { strategy: "verify", endpoint: "house", model: "mistral-small", reanchor: true },
  conditions: [{ name: "", levels: { impatience: 4 } }],
  trials: 5,
  seed: 7,
  max_concurrency: 8,
  temperature: 0.2,
  max_steps: 30,
  agent_strategy: "react",
  parallel_tool_calls: false,
  text_tool_calls: true,
  wording: "mine:short",
  checkpoint: true,
  reply_cache: true,
  spend_cap_usd: 12.5,
  unhurried: false,
};
