// Traits that are being written and were not saved yet; they outlast a look at another page.

import type { TraitDraft } from "$lib/api/generated";

class UnsavedTraitDrafts {
  #drafts = $state.raw<Record<string, TraitDraft>>({});

  /** All of them, by what they were started from. */
  get all(): { key: string; draft: TraitDraft }[] {
    return Object.entries(this.#drafts).map(([key, draft]) => ({ key, draft }));
  }

  /** What was written; null when nothing was. */
  get(key: string): TraitDraft | null {
    return this.#drafts[key] ?? null;
  }

  set(key: string, draft: TraitDraft): void {
    this.#drafts = { ...this.#drafts, [key]: draft };
  }

  forget(key: string): void {
    const { [key]: _, ...rest } = this.#drafts;
    this.#drafts = rest;
  }
}

export const unsavedTraits = new UnsavedTraitDrafts();

/** What a trait that is being written is found again by. */
export function draftKey(id: string, copy: string): string {
  return id ? `edit ${id}` : copy ? `copy ${copy}` : "new";
}
