// Light or dark: the person's choice, or the system's.

import type { ThemeChoice } from "../api/generated";
import { call } from "../api/host";
import { toasts } from "./toasts.svelte";

class Theme {
  choice = $state<ThemeChoice>("system");
  #systemDark = $state(false);
  readonly dark = $derived(
    this.choice === "dark" || (this.choice === "system" && this.#systemDark),
  );

  constructor() {
    const query = window.matchMedia?.("(prefers-color-scheme: dark)");
    if (!query) return;
    this.#systemDark = query.matches;
    query.addEventListener("change", (event) => (this.#systemDark = event.matches));
  }

  async load(): Promise<void> {
    try {
      this.choice = (await call("get_settings")).theme;
    } catch (cause) {
      toasts.problem(cause);
    }
  }

  async choose(choice: ThemeChoice): Promise<void> {
    this.choice = choice;
    try {
      await call("save_settings", { settings: { theme: choice } });
    } catch (cause) {
      toasts.problem(cause);
    }
  }
}

export const theme = new Theme();
