// What the in-memory product answers to each command.

import type { Commands } from "../lib/api/generated";

export type Handlers = {
  [C in keyof Commands]: (
    args: Commands[C]["arguments"],
  ) => Commands[C]["result"] | Promise<Commands[C]["result"]>;
};

/** Rejects as the product does when something is not there any more. */
export function gone(message: string): never {
  throw { code: "not_found", message, detail: "", retryable: false, help: "" };
}
