// Something asked of the product: absent, there, or failed. Answers that come back after a newer
// question are dropped, so a slow reply never overwrites a fresh one.

import type { ApiError } from "../api/generated";
import { toApiError } from "../api/host";

export class Resource<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  loading = $state(false);
  #asked = 0;
  #load: () => Promise<T>;

  constructor(load: () => Promise<T>) {
    this.#load = load;
  }

  /** Asks again; what is shown stays until the answer is there. */
  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    this.loading = true;
    try {
      const value = await this.#load();
      if (mine !== this.#asked) return;
      this.value = value;
      this.error = null;
    } catch (cause) {
      if (mine !== this.#asked) return;
      this.error = toApiError(cause);
    } finally {
      if (mine === this.#asked) this.loading = false;
    }
  }

  /** Forgets the present value and asks. */
  async reload(): Promise<void> {
    this.value = null;
    this.error = null;
    await this.refresh();
  }
}
