// A message that a customer was asked to write. Answers that come back after a newer question are
// dropped.

import type { ApiError, SpeakRequest, SpokenLine } from "$lib/api/generated";
import { call, toApiError } from "$lib/api/host";

export class Heard {
  /** What was asked for, in words. */
  label = $state("");
  line = $state.raw<SpokenLine | null>(null);
  error = $state.raw<ApiError | null>(null);
  speaking = $state(false);
  #asked = 0;

  /** Whether there is anything to show. */
  get any(): boolean {
    return this.speaking || this.line !== null || this.error !== null;
  }

  async ask(label: string, request: SpeakRequest): Promise<void> {
    const mine = ++this.#asked;
    this.label = label;
    this.speaking = true;
    this.error = null;
    try {
      const line = await call("speak", { request });
      if (mine === this.#asked) this.line = line;
    } catch (cause) {
      if (mine !== this.#asked) return;
      this.line = null;
      this.error = toApiError(cause);
    } finally {
      if (mine === this.#asked) this.speaking = false;
    }
  }

  forget(): void {
    this.#asked += 1;
    this.line = null;
    this.error = null;
    this.speaking = false;
  }
}
