// Prompts of the in-memory product.

import type { PromptView, WordingInfo } from "../lib/api/generated";
import type { Handlers } from "./handlers";

type PromptCommands = "list_wordings" | "save_wording" | "delete_wording" | "check_prompt";

function prompt(id: string, title: string, variables: string[], description: string): PromptView {
  return {
    id,
    title,
    description,
    variables,
    text: `# ${title}\n\nYou do what is asked, in short sentences.\n\n${variables.map((name) => `{{ ${name} }}`).join("\n\n")}\n`,
    changed: false,
  };
}

const shipped: PromptView[] = [
  prompt("agent/tool-calling", "Agent: tool calling", ["policy"], "The agent's instructions."),
  prompt("agent/react", "Agent: ReAct", ["policy", "tools"], "For an agent that thinks aloud."),
  prompt("agent/act", "Agent: Act", ["policy", "tools"], "For an agent that only acts."),
  prompt("agent/few-shot", "Agent: examples", ["policy", "examples"], "With solved examples."),
  prompt("customer/llm", "Customer", ["instruction", "traits"], "What the customer is told."),
  prompt(
    "customer/react",
    "Customer that thinks first",
    ["instruction", "traits"],
    "Thought kept.",
  ),
  prompt("customer/verify-check", "Check of an answer", ["transcript", "response"], "Yes or no."),
  prompt("customer/reflection-rewrite", "Second try", ["transcript", "response"], "A better one."),
];

function wording(part: Pick<WordingInfo, "id" | "name" | "kind">, texts: Record<string, string>) {
  return {
    ...part,
    hash: `9f86d081${part.id.length}`,
    prompts: shipped.map((each) => ({
      ...each,
      text: texts[each.id] ?? each.text,
      changed: texts[each.id] !== undefined && texts[each.id] !== each.text,
    })),
  } satisfies WordingInfo;
}

export function prompts(): Pick<Handlers, PromptCommands> {
  let wordings: WordingInfo[] = [
    wording({ id: "shipped", name: "Our wording", kind: "shipped" }, {}),
    wording(
      { id: "mine:short", name: "Shorter answers", kind: "mine" },
      { "agent/tool-calling": "Answer in one sentence.\n\n{{ policy }}\n" },
    ),
    wording(
      { id: "upstream:tau1", name: "Upstream wording (tau-trait 0.1.1)", kind: "upstream" },
      { "agent/tool-calling": "{{ policy }}\n", "customer/llm": "{{ instruction }}\n" },
    ),
  ];
  return {
    list_wordings: () => wordings,
    save_wording: ({ draft }) => {
      const id = draft.id || `mine:${wordings.length}`;
      const saved = wording({ id, name: draft.name, kind: "mine" }, draft.texts);
      wordings = wordings.some((each) => each.id === id)
        ? wordings.map((each) => (each.id === id ? saved : each))
        : [...wordings, saved];
      return saved;
    },
    delete_wording: ({ id }) => (wordings = wordings.filter((each) => each.id !== id)),
    check_prompt: ({ id, text }) => {
      const known = shipped.find((each) => each.id === id)?.variables ?? [];
      const lines = text.split("\n");
      for (const [index, line] of lines.entries()) {
        for (const [, name] of line.matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
          if (!known.includes(name!)) {
            return {
              ok: false,
              message: `There is no “${name}” here. This prompt knows ${known.join(", ")}.`,
              line: index + 1,
              sample: "",
            };
          }
        }
      }
      const sample = text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => `[the ${name}]`);
      return { ok: true, message: "", line: null, sample };
    },
  };
}
