// Sets of prompts: what a copy holds, and where a prompt goes wrong.

import type { PromptView, WordingDraft, WordingInfo, WordingKind } from "$lib/api/generated";

export const kindWord: Record<WordingKind, string> = {
  shipped: "comes with the app",
  mine: "your own copy",
  upstream: "as published",
};

export const kindLead: Record<WordingKind, string> = {
  shipped: "This comes with the app and stays as it is. Make your own copy to change it.",
  mine: "Your own copy. Finished runs keep the prompts that they were played with.",
  upstream:
    "As published, to compare a run with published figures. It stays as it is; make your own copy to change it.",
};

/** The prompts in groups by who reads them, in their order. */
export function groups(prompts: PromptView[]): { name: string; prompts: PromptView[] }[] {
  const names: Record<string, string> = {
    agent: "Agent",
    customer: "Customer",
    diagnosis: "Judging failures",
  };
  const found: { name: string; prompts: PromptView[] }[] = [];
  for (const prompt of prompts) {
    const reader = prompt.id.split("/")[0] ?? "";
    const name = names[reader] ?? reader;
    const group = found.find((each) => each.name === name);
    if (group) group.prompts.push(prompt);
    else found.push({ name, prompts: [prompt] });
  }
  return found;
}

/** The texts that a wording holds of its own, with one prompt set to another text. */
export function textsWith(
  wording: WordingInfo,
  shipped: WordingInfo | undefined,
  edit?: { id: string; text: string },
): WordingDraft["texts"] {
  const ours = new Map(shipped?.prompts.map(({ id, text }) => [id, text]));
  const texts = wording.prompts.map(
    ({ id, text }) => [id, edit?.id === id ? edit.text : text] as const,
  );
  return Object.fromEntries(texts.filter(([id, text]) => ours.get(id) !== text));
}

/** How a wording differs, in words: `2 of 9 prompts differ from ours`. */
export function difference({ kind, prompts }: WordingInfo): string {
  if (kind === "shipped") return `${prompts.length} prompts`;
  const changed = prompts.filter((prompt) => prompt.changed).length;
  if (changed === 0) return "the same as ours so far";
  return `${changed} of ${prompts.length} prompts ${changed === 1 ? "differs" : "differ"} from ours`;
}

/** Where a line of a text begins and ends; null when there is no such line. */
export function lineRange(text: string, line: number): [number, number] | null {
  const lines = text.split("\n");
  const found = lines[line - 1];
  if (found === undefined) return null;
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return [start, start + found.length];
}
