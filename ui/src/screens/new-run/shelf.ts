// A form that a person leaves for a moment, to read prompts or to add a service, is there again
// when they come back to it.

import type { RunDraft } from "$lib/api/generated";

let kept: RunDraft | null = null;

/** Puts a form aside. */
export function putAside(draft: RunDraft): void {
  kept = draft;
}

/** Whether a form waits. */
export function isAside(): boolean {
  return kept !== null;
}

/** Takes it back, once. */
export function takeBack(): RunDraft | null {
  const draft = kept;
  kept = null;
  return draft;
}
