// Domains, tasks and the tool bench of the in-memory product: a phone with three switches and a line.

import type {
  BenchCall,
  BenchStep,
  BenchView,
  DomainDetail,
  DomainSummary,
  StateChange,
  TaskDetail,
  ToolArgument,
  ToolForm,
  ToolInfo,
} from "../lib/api/generated";
import * as data from "./fake-data";
import { gone, type Handlers } from "./handlers";

function argument(name: string, part: Partial<ToolArgument> = {}): ToolArgument {
  const description = "Number of the line: L and four digits.";
  return { name, description, kind: "text", required: true, choices: [], default: null, ...part };
}

function tool(name: string, description: string, part: Partial<ToolInfo> = {}): ToolInfo {
  return { name, description, terminates: false, changes: false, arguments: [], ...part };
}

const agentTools = [
  tool("get_line", "Gives everything known about one line.", { arguments: [argument("line_id")] }),
  tool("enable_roaming", "Lets a line be used abroad.", {
    changes: true,
    arguments: [argument("line_id")],
  }),
  tool("refuel_data", "Adds data to a line; the next bill says what it costs.", {
    changes: true,
    arguments: [
      argument("line_id"),
      argument("gb_amount", { kind: "number", description: "How many gigabytes to add." }),
      argument("note", { required: false, default: "nothing", description: "" }),
    ],
  }),
];

const customerTools = [
  tool("check_status_bar", "Reads what the phone shows at its top."),
  tool("toggle_airplane_mode", "Switches airplane mode on or off.", { changes: true }),
  tool("toggle_roaming", "Switches roaming on the phone on or off.", { changes: true }),
  tool("set_network_mode_preference", "Chooses which kinds of network the phone may use.", {
    changes: true,
    arguments: [
      argument("mode", {
        kind: "choice",
        description: "The choice.",
        choices: ["4g_5g_preferred", "3g_only"],
      }),
    ],
  }),
];

const classicTools = Array.from({ length: 15 }, (_, index) =>
  tool(`get_order_details_${index}`, "Gives the order with its items and its address.", {
    changes: null,
    terminates: index === 14,
    arguments: [argument("order_id", { description: "The order's number." })],
  }),
);

const policy =
  "# What the agent may do\n\n- Exchange **once** per order.\n- Refuse what is not listed.\n\n<script>alert(1)</script>\n\n## Returns\n\nWithin 30 days.";

/** A domain to read. */
export function domainDetail(summary: DomainSummary): DomainDetail {
  const both = summary.kind === "tau2";
  return {
    summary,
    policy: both ? `<main_policy>\n${policy}\n</main_policy>` : policy,
    solo_policy: both
      ? "# Working alone\n\nRead the ticket, mend the fault, say that it is done."
      : null,
    tools: both ? agentTools : classicTools,
    customer_tools: both ? customerTools : [],
    siblings: both
      ? [{ id: "mobile-workflow", title: "Mobile operator, two at the controls (workflow)" }]
      : [],
    tables: [
      { name: "customers", records: 60 },
      { name: "orders", records: 1150 },
    ],
    notes: [],
  };
}

const form = ({ name, description, terminates, arguments: taken }: ToolInfo): ToolForm => ({
  name,
  description,
  terminates,
  fields: taken.map((each) => ({
    name: each.name,
    description: each.description,
    kind: each.kind === "number" ? "number" : each.kind === "choice" ? "choice" : "text",
    required: each.required,
    choices: each.choices,
  })),
});

type State = Record<string, string>;

const beginning: State = {
  "line/roaming enabled": "no",
  "line/data refueling gb": "0.0",
  "device/airplane mode": "yes",
  "device/roaming enabled": "no",
  "device/network mode preference": "4g_5g_preferred",
  "device/app statuses › messaging › permissions › storage": "yes",
};

function changesOf(before: State, after: State): StateChange[] {
  return Object.keys(before)
    .filter((key) => before[key] !== after[key])
    .map((key) => {
      const [side, field] = key.split("/");
      return {
        seat: side === "line" ? "agent" : "customer",
        record: side === "line" ? "Line L4107" : "Device",
        field: field!,
        before: before[key]!,
        after: after[key]!,
      };
    });
}

/** Plays one call; gives the state after it, or why it was refused. */
function played(state: State, { tool, arguments: given }: BenchCall): State | string {
  const flip = (key: string) => ({ ...state, [key]: state[key] === "yes" ? "no" : "yes" });
  if (given["line_id"] !== undefined && given["line_id"] !== "L4107") return "Line not found";
  switch (tool) {
    case "enable_roaming":
      return { ...state, "line/roaming enabled": "yes" };
    case "refuel_data":
      return { ...state, "line/data refueling gb": given["gb_amount"] ?? "" };
    case "toggle_airplane_mode":
      return flip("device/airplane mode");
    case "toggle_roaming":
      return flip("device/roaming enabled");
    case "set_network_mode_preference":
      return { ...state, "device/network mode preference": given["mode"] ?? "" };
    default:
      return state;
  }
}

function benchOf(summary: DomainSummary, task: string, calls: BenchCall[]): BenchView {
  const both = summary.kind === "tau2";
  let state = beginning;
  const steps: BenchStep[] = calls.map((call) => {
    const next = played(state, call);
    const ok = typeof next !== "string";
    const changes = ok ? changesOf(state, next) : [];
    if (ok) state = next;
    return {
      seat: call.seat,
      tool: {
        name: call.tool,
        sentence: call.tool,
        ok,
        arguments: Object.entries(call.arguments).map(([name, value]) => ({ name, value })),
        result: ok
          ? call.tool.startsWith("get_")
            ? '{"line_id": "L4107", "status": "Active", "roaming_enabled": false, "data_used_gb": 7.4}'
            : "Done."
          : `Error: ${next}`,
      },
      changes,
    };
  });
  const fields = Object.keys(state).filter((key) => key.startsWith("device/"));
  return {
    agent_tools: (both ? agentTools : classicTools).map(form),
    customer_tools: both ? customerTools.map(form) : [],
    steps,
    changed: changesOf(beginning, state),
    device: both
      ? [
          {
            name: "Device",
            fields: fields.map((key) => ({
              name: key.slice(7),
              value: state[key]!,
              changed: state[key] !== beginning[key],
            })),
          },
          { name: "Surroundings", fields: [{ name: "is abroad", value: "yes", changed: false }] },
        ]
      : [],
    checks: task
      ? [
          {
            text: "Customer's side: Mobile data status (expected status yes)",
            met: state["device/airplane mode"] === "no",
            counts: true,
          },
          {
            text: "Agent's records: Line roaming (line id L4107, roaming yes)",
            met: state["line/roaming enabled"] === "yes",
            counts: true,
          },
          {
            text: "Records and device are as the expected steps leave them.",
            met: false,
            counts: false,
          },
        ]
      : [],
  };
}

function taskDetail(summary: DomainSummary, split: string, id: string): TaskDetail {
  const tasks = data.tasksOf(summary, split || summary.splits[0]!.split);
  const found = tasks.find((each) => each.id === id) ?? gone("This task is not there any more.");
  const both = summary.kind === "tau2";
  return {
    summary: found,
    scenario: both
      ? [
          {
            heading: "What the customer is like",
            text: "You drive a delivery van and write during your break. Short sentences are enough.",
          },
          { heading: "Why the customer calls", text: "Abroad the phone has no mobile data." },
          { heading: "What the customer knows", text: found.instruction },
        ]
      : [{ heading: "What the customer knows and wants", text: found.instruction }],
    notes: both ? [{ heading: "What it tests", text: "Roaming is off on both sides." }] : [],
    ticket: both
      ? "Caller: Caspian Reyes, number 907-555-0136; identified.\nTrouble: no data abroad."
      : "",
    beginning: both
      ? [
          "Customer's side: Set user location (abroad yes)",
          "Agent's records: Disable roaming (line id L4107)",
        ]
      : [],
    expected: both
      ? [
          {
            seat: "agent",
            tool: "enable_roaming",
            sentence: "Enable roaming L4107",
            arguments: { line_id: "L4107" },
          },
          {
            seat: "customer",
            tool: "toggle_airplane_mode",
            sentence: "Toggle airplane mode",
            arguments: {},
          },
        ]
      : [],
    checks: both ? ["Customer's side: Mobile data status (expected status yes)"] : [],
    decided_by: both
      ? ["What has to be so on both sides at the end is so."]
      : ["The records are as the expected steps leave them."],
  };
}

/** The commands over these. */
export function bench(
  domain: (id: string) => DomainSummary,
): Pick<Handlers, "get_task" | "try_tools"> {
  return {
    get_task: ({ domain: id, split, task }) => taskDetail(domain(id), split, task),
    try_tools: ({ domain: id, split, task, calls }) => {
      // A task that is gone is told as the product tells it.
      if (task) taskDetail(domain(id), split, task);
      return benchOf(domain(id), task, calls);
    },
  };
}
