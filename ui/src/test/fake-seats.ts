// Seats in the in-memory product's mobile operator: what lies before whoever sits there.

import type { Seat, TextPart, ToolForm, Turn } from "../lib/api/generated";

function form(name: string, description: string, part: Partial<ToolForm> = {}): ToolForm {
  return { name, description, fields: [], terminates: false, ...part };
}

const line = {
  name: "line_id",
  description: "Number of the line: L and four digits.",
  kind: "text",
  required: true,
  choices: [],
} as const;

export const agentForms: ToolForm[] = [
  form("get_line", "Gives everything known about one line.", {
    fields: [{ ...line, choices: [] }],
  }),
  form("enable_roaming", "Lets a line be used abroad.", { fields: [{ ...line, choices: [] }] }),
  form("transfer_to_human_agents", "Hands the customer over to a colleague."),
];

export const customerForms: ToolForm[] = [
  form("check_status_bar", "Reads what the phone shows at its top."),
  form("check_network_status", "Reads how the phone is connected: signal, network, roaming."),
  form("run_speed_test", "Measures how fast the internet is."),
  form("toggle_airplane_mode", "Switches airplane mode on or off."),
  form("toggle_data", "Switches mobile data on or off."),
  form("toggle_roaming", "Switches roaming on the phone on or off."),
  form("set_network_mode_preference", "Chooses which kinds of network the phone may use.", {
    fields: [
      {
        name: "mode",
        description: "The choice.",
        kind: "choice",
        required: true,
        choices: ["4g_5g_preferred", "4g_only", "3g_only"],
      },
    ],
  }),
  form("check_apn_settings", "Reads the settings by which the phone reaches the internet."),
  form("reboot_device", "Switches the phone off and on again."),
  form("make_payment", "Pays the bill that was asked for."),
];

export const done = form("done", "Say that the work on the ticket is done.", { terminates: true });

export const opening = "You cannot get anything from the internet on your phone, no maps, no mail.";

export const card: TextPart[] = [
  {
    heading: "What you are like",
    text: "You are retired and got this phone from your daughter. You know where the settings are, and little more.",
  },
  {
    heading: "Why you call",
    text: `${opening} You want that to work again without waiting for every page.`,
  },
  {
    heading: "What you know",
    text: "You are Orson Delacroix. The number of your phone is 907-555-0146. You were born on 1957-04-04. You are abroad, in Vancouver, until the end of next week.",
  },
  {
    heading: "What you do not know",
    text: "You know neither your customer number nor the number of your line.",
  },
  {
    heading: "What to do",
    text: "You are content when a speed test on your phone says “Excellent”, and not before. You want nothing else.",
  },
];

export const ticket: TextPart[] = [
  {
    heading: "Your ticket",
    text: "Caller: Orson Delacroix, born 1957-04-04, number 907-555-0146; identified.\nTrouble: Mobile internet does not work. It is to work again, at full speed.\nPlace: abroad, in Vancouver.\nSettled when a speed test says “Excellent”.",
  },
];

export const greeting = "Hello, this is Ferrin Mobile. What can I do for you?";

export const lines: Record<Seat, string[]> = {
  customer: ["Please switch roaming on in your phone, and tell me what it says.", "Very good."],
  agent: ["My internet does not work. I am abroad.", "It says that roaming is on now."],
};

const tool = (
  name: string,
  sentence: string,
  result: string,
): Partial<Turn> & { speaker: "tool" } => ({
  speaker: "tool",
  tool: { name, sentence, ok: true, arguments: [], result },
});

export const answers: Record<string, string> = {
  check_status_bar: "Status Bar: 📵 No signal | 🔋 80%",
  toggle_roaming: "Data Roaming is now ON.\nStatus Bar: 📶 Good | 5G | 📱 Data Enabled | 🔋 80%",
  run_speed_test: "Speed test: 275 Mbps (Excellent).",
};

/** What was said and done so far, as each side knows it. */
export const soFar: Record<Seat, (Partial<Turn> & Pick<Turn, "speaker">)[]> = {
  customer: [
    { speaker: "customer", text: "My internet does not work. I am abroad." },
    { speaker: "agent", text: "I am sorry to hear that. What does the top of your screen show?" },
    tool("check_status_bar", "Looked up status bar · found", answers["check_status_bar"]!),
  ],
  agent: [
    { speaker: "customer", text: "My internet does not work. I am abroad." },
    tool(
      "get_line",
      "Looked up line L4110 · found",
      '{"line_id": "L4110", "roaming_enabled": false}',
    ),
  ],
};
