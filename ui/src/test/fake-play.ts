// Playing in the in-memory product: the other side answers when somebody looks again.

import type { PlayDraft, PlayView, Seat, ToolField, ToolForm, Turn } from "../lib/api/generated";
import * as data from "./fake-data";
import * as phone from "./fake-seats";
import { gone, type Handlers } from "./handlers";

type PlayCommands = "start_play" | "play_view" | "play_move";

function field(name: string, part: Partial<ToolField> = {}): ToolField {
  return { name, description: "", kind: "text", required: true, choices: [], ...part };
}

export const toolForms: ToolForm[] = [
  {
    name: "get_order_details",
    description: "Gives the order with its items and its address.",
    terminates: false,
    fields: [field("order_id", { description: "The order's number, such as #W2290." })],
  },
  {
    name: "exchange_items",
    description: "Exchanges items of a delivered order for others of the same product.",
    terminates: false,
    fields: [
      field("order_id", { description: "The order's number." }),
      field("item_ids", { kind: "list", description: "The items to exchange." }),
      field("reason", { kind: "choice", choices: ["damaged", "wrong item", "not liked"] }),
      field("surcharge", { kind: "number", required: false, description: "In dollars." }),
      field("parcels", { kind: "whole", description: "How many parcels come back." }),
      field("express", { kind: "yes_no", required: false }),
      field("remarks", { kind: "json", required: false, description: "Anything else." }),
    ],
  },
  ...Array.from({ length: 12 }, (_, index) => ({
    name: `look_up_policy_${index}`,
    description: "Looks something up.",
    terminates: false,
    fields: [field("subject")],
  })),
  {
    name: "transfer_to_human_agents",
    description: "Hands the customer over to a person. The conversation ends.",
    terminates: true,
    fields: [field("summary", { description: "What the person has to know." })],
  },
];

const policy = [
  "# What the agent may do",
  "- Exchange **once** per order.\n- Refuse what is not listed.",
  "## Returns",
  "A return is taken within 30 days. After that a return is refused.",
  ...Array.from(
    { length: 14 },
    (_, index) =>
      `## Case ${index + 1}\n\nAsk for the order's number first, then look it up, and say what you are going to do before you do it.`,
  ),
].join("\n\n");

const agentLines = [
  "Hello! Which order is it about?",
  "Thank you. I can exchange it for the brighter one. Shall I?",
  "Done. The new lamp arrives in 3 to 5 days.",
];
const customerLines = [
  "Hi, I want to exchange the lamp that I bought last month.",
  "It is order #W2290, and please be quick.",
  "Yes, do that.",
];

interface Session {
  view: PlayView;
  lines: string[];
}

function fresh(id: string, seat: Seat, draft: Partial<PlayDraft>): Session {
  const domain = data.domains.find((each) => each.id === draft.domain) ?? data.domains[0]!;
  const task = data.tasksOf(domain, draft.split ?? "test")[Number(draft.task_id ?? 0)];
  const traits = data.traits
    .filter((trait) => (draft.levels?.[trait.id] ?? 0) > 0)
    .map((trait) => `${trait.name}: ${trait.levels[draft.levels![trait.id]!]!.name}`);
  const endpoint = seat === "customer" ? draft.agent?.endpoint : draft.customer?.endpoint;
  const practice = endpoint === undefined || endpoint === "practice";
  const both = domain.kind === "tau2";
  const alone = draft.tau2?.agent === "llm_agent_solo";
  const wants = [{ heading: "Who you are and what you want", text: task?.instruction ?? "" }];
  const tools = (): ToolForm[] => {
    if (!both) return seat === "agent" ? toolForms : [];
    if (alone) return [...phone.agentForms, ...phone.customerForms, phone.done];
    return seat === "agent" ? phone.agentForms : phone.customerForms;
  };
  const card = () => {
    if (alone) return phone.ticket;
    if (seat === "agent") return [];
    return both ? phone.card : wants;
  };
  const view: PlayView = {
    run_id: id,
    conversation_id: "c-1-0-0",
    seat,
    domain_title: domain.title,
    title: both ? phone.opening : (task?.title ?? "Exchange a lamp (1)"),
    card: card(),
    alone,
    traits: traits.join(", "),
    policy: seat === "agent" ? policy : "",
    tools: tools(),
    other: alone
      ? ""
      : practice
        ? seat === "customer"
          ? "Practice agent (practice, not a real model)"
          : "Practice customer (practice, not a real model)"
        : "mistral-small at House server",
    turns: [],
    your_turn: seat === "customer" || alone,
    status: seat === "customer" || alone ? "" : "The customer is writing",
    state: "running",
    over: false,
    verdict: "",
  };
  const lines = both ? phone.lines[seat] : seat === "customer" ? agentLines : customerLines;
  // Where both sides act, a greeting stands before everything.
  const greeted = both && !alone ? add(view, { speaker: "agent", text: phone.greeting }) : view;
  return { view: greeted, lines: [...lines] };
}

function add(view: PlayView, turn: Partial<Turn> & Pick<Turn, "speaker">): PlayView {
  const next: Turn = {
    number: view.turns.length + 1,
    text: "",
    tool: null,
    thought: "",
    drafts: [],
    meter: [],
    ...turn,
  };
  return { ...view, turns: [...view.turns, next] };
}

const over = (view: PlayView, verdict: string): PlayView => ({
  ...view,
  your_turn: false,
  over: true,
  state: "finished",
  status: "",
  verdict,
});

/** `started` hears of each new conversation, so that it is a run like any other. */
export function play(started: (view: PlayView) => void): {
  handlers: Pick<Handlers, PlayCommands>;
  /** Goes on with a conversation that waits. */
  resume(id: string): void;
  /** Gives one up. */
  cancel(id: string): void;
} {
  const sessions = new Map<string, Session>();
  const talk = fresh("play-customer", "customer", { levels: { impatience: 3 } });
  for (const line of customerLines.slice(0, 2)) {
    talk.view = add(talk.view, { speaker: "customer", text: line });
    talk.view = add(talk.view, { speaker: "agent", text: talk.lines.shift()! });
  }
  const desk = fresh("play-agent", "agent", { levels: { impatience: 3 } });
  desk.view = {
    ...add(desk.view, { speaker: "customer", text: desk.lines.shift()! }),
    your_turn: true,
    status: "",
  };
  sessions.set("play-customer", talk);
  sessions.set("play-agent", desk);
  sessions.set("play-paused", {
    lines: [],
    view: {
      ...talk.view,
      run_id: "play-paused",
      your_turn: false,
      state: "paused",
      status:
        "House server refuses the key. The conversation waits; nothing is lost. Enter a valid key, then go on.",
    },
  });
  sessions.set("play-over", {
    lines: [],
    view: over({ ...talk.view, run_id: "play-over" }, "Passed: all as expected"),
  });
  const roaming = { domain: "mobile", split: "base", task_id: "0" };
  const holding = fresh("play-phone", "customer", roaming);
  for (const turn of phone.soFar.customer) holding.view = add(holding.view, turn);
  const helping = fresh("play-phone-agent", "agent", roaming);
  for (const turn of phone.soFar.agent) helping.view = add(helping.view, turn);
  helping.view = { ...helping.view, your_turn: true, status: "" };
  const solo = { agent: "llm_agent_solo", max_errors: 10, judge: null } as const;
  const ticket = fresh("play-ticket", "agent", { ...roaming, tau2: solo });
  for (const session of [holding, helping, ticket]) sessions.set(session.view.run_id, session);
  const find = (id: string) => sessions.get(id) ?? gone("This conversation is not there any more.");

  /** The other side says its next line, once it was waited for. */
  function answer(session: Session): PlayView {
    const { view, lines } = session;
    if (view.your_turn || view.over || view.state !== "running") return view;
    const line = lines.shift();
    const speaker = view.seat === "customer" ? "agent" : "customer";
    if (line === undefined) {
      session.view = over(view, "Failed: order #W2290 was left as it was");
    } else {
      session.view = { ...add(view, { speaker, text: line }), your_turn: true, status: "" };
    }
    return session.view;
  }

  const handlers: Pick<Handlers, PlayCommands> = {
    start_play: ({ draft }) => {
      const id = `played-${sessions.size}`;
      sessions.set(id, fresh(id, draft.seat, draft));
      started(find(id).view);
      return find(id).view;
    },
    play_view: ({ run }) => {
      return answer(find(run));
    },
    play_move: ({ run, step }) => {
      const session = find(run);
      const { view } = session;
      if (step.kind === "leave") {
        return (session.view = over(view, "Passed: all as expected"));
      }
      if (step.kind === "say") {
        session.view = {
          ...add(view, { speaker: view.seat, text: step.text }),
          your_turn: false,
          status: view.seat === "customer" ? "The agent is writing" : "The customer is writing",
        };
        return session.view;
      }
      const form = view.tools.find((each) => each.name === step.tool)!;
      const ok = step.arguments["order_id"] !== "W0";
      const result = phone.answers[form.name] ?? '{"status": "done"}';
      session.view = add(view, {
        speaker: "tool",
        tool: {
          name: form.name,
          sentence: `Used ${form.name.replaceAll("_", " ")} · ${ok ? "done" : "refused: no such order"}`,
          ok,
          arguments: Object.entries(step.arguments).map(([name, value]) => ({ name, value })),
          result: ok ? result : "Error: no such order",
        },
      });
      if (form.terminates) session.view = over(session.view, "Passed: all as expected");
      return session.view;
    },
  };
  return {
    handlers,
    cancel(id) {
      const session = sessions.get(id);
      if (session) session.view = { ...over(session.view, ""), state: "cancelled" };
    },
    resume(id) {
      const session = sessions.get(id);
      if (session) {
        session.view = { ...session.view, state: "running", your_turn: true, status: "" };
      }
    },
  };
}
