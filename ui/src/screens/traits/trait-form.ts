// The form of a trait of one's own.

import type { TraitDetail, TraitDraft } from "$lib/api/generated";

/** An empty form: four levels to be written. */
export function emptyTrait(): TraitDraft {
  return {
    id: "",
    name: "",
    customers: "",
    description: "",
    levels: Array.from({ length: 4 }, () => ({
      sentence: "",
      example: "",
      prompt: "",
      reminder: "",
    })),
    must_not: [],
    words: [],
    pairs: [],
  };
}

/** A trait's text as the start of another one. */
export function copyOf({ draft }: TraitDetail): TraitDraft {
  return { ...draft, id: "", name: `Copy of ${draft.name}` };
}

/** Lines of a text box; empty ones do not count. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Words and phrases of a text box, one a line or parted by commas. */
export function wordsOf(text: string): string[] {
  return [...new Set(linesOf(text.replaceAll(",", "\n")))];
}

/** The draft as it is sent: text trimmed, pairs that nobody filled in left out. */
export function tidy(draft: TraitDraft): TraitDraft {
  return {
    ...draft,
    name: draft.name.trim(),
    customers: draft.customers.trim(),
    description: draft.description.trim(),
    levels: draft.levels.map((level) => ({
      sentence: level.sentence.trim(),
      example: level.example.trim(),
      prompt: level.prompt.trim(),
      reminder: level.reminder.trim(),
    })),
    pairs: draft.pairs
      .map(({ agent, more, less }) => ({
        agent: agent.trim(),
        more: more.trim(),
        less: less.trim(),
      }))
      .filter(({ agent, more, less }) => agent || more || less),
  };
}

/** Whether two drafts say the same. */
export function same(one: TraitDraft, other: TraitDraft): boolean {
  return JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));
}
