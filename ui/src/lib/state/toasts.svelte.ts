// Short messages at the edge of the window, read out by screen readers.

import { toApiError } from "../api/host";

export interface Toast {
  id: number;
  text: string;
  tone: "info" | "problem";
}

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  /** Shows a message; problems stay longer. */
  show(text: string, tone: Toast["tone"] = "info"): void {
    const id = this.#next++;
    this.list = [...this.list.slice(-2), { id, text, tone }];
    setTimeout(() => this.dismiss(id), tone === "problem" ? 12_000 : 6_000);
  }

  /** Shows why something failed. */
  problem(cause: unknown): void {
    this.show(toApiError(cause).message, "problem");
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
