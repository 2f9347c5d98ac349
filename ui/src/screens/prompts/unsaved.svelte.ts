// Changes to prompts that were not saved yet; they outlast a look at another page.

class Unsaved {
  #texts = $state<Record<string, string>>({});

  /** The changed text of a prompt; null when nothing was changed. */
  get(wording: string, prompt: string): string | null {
    return this.#texts[`${wording} ${prompt}`] ?? null;
  }

  /** Keeps a changed text; null forgets it. */
  set(wording: string, prompt: string, text: string | null): void {
    if (text === null) delete this.#texts[`${wording} ${prompt}`];
    else this.#texts[`${wording} ${prompt}`] = text;
  }

  /** Forgets all changes to a wording. */
  forget(wording: string): void {
    for (const key of Object.keys(this.#texts)) {
      if (key.startsWith(`${wording} `)) delete this.#texts[key];
    }
  }
}

export const unsaved = new Unsaved();
