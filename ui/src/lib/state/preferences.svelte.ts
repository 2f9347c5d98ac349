// What the person chose once for the whole window: light or dark, and the language of charts and
// reports. Either may be left to the system.

import type { Settings, ThemeChoice } from "../api/generated";
import { call } from "../api/host";
import { toasts } from "./toasts.svelte";

class Preferences {
  theme = $state<ThemeChoice>("system");
  /** Tag of the chosen language; null: the system's. */
  language = $state<string | null>(null);
  #systemDark = $state(false);
  readonly dark = $derived(this.theme === "dark" || (this.theme === "system" && this.#systemDark));
  /** Tag of the language that charts and reports are asked for in. */
  readonly tag = $derived(this.language ?? systemLanguage());

  constructor() {
    const query = window.matchMedia?.("(prefers-color-scheme: dark)");
    if (!query) return;
    this.#systemDark = query.matches;
    query.addEventListener("change", (event) => (this.#systemDark = event.matches));
  }

  async load(): Promise<void> {
    try {
      this.#take(await call("get_settings"));
    } catch (cause) {
      toasts.problem(cause);
    }
  }

  /** Changes one of them; what is shown changes at once, and back when it could not be kept. */
  async choose(part: Partial<Settings>): Promise<void> {
    const before: Settings = { theme: this.theme, language: this.language };
    const settings = { ...before, ...part };
    this.#take(settings);
    try {
      await call("save_settings", { settings });
    } catch (cause) {
      this.#take(before);
      toasts.problem(cause);
    }
  }

  /** As before anything was chosen or read. */
  forget(): void {
    this.#take({ theme: "system", language: null });
  }

  #take({ theme, language }: Settings): void {
    this.theme = theme;
    this.language = language;
  }
}

/** The system's language, as the window is told it. */
export function systemLanguage(): string {
  return navigator.language || "en";
}

export const preferences = new Preferences();
