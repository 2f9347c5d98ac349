// What a person can do to a run, with failures shown as messages.

import type { ExportFormat } from "../api/generated";
import { call } from "../api/host";
import { toasts } from "./toasts.svelte";

export type RunCommand = "pause_run" | "resume_run" | "cancel_run" | "retry_not_scored";

/** Does it; true when it worked. */
export async function command(name: RunCommand, id: string): Promise<boolean> {
  try {
    await call(name, { id });
    return true;
  } catch (cause) {
    toasts.problem(cause);
    return false;
  }
}

/** Saves a result where the person says, and names the file. */
export async function saveResult(id: string, format: ExportFormat): Promise<void> {
  try {
    const { path } = await call("export_run", { id, format });
    if (path) toasts.show(`Saved as ${path}`);
  } catch (cause) {
    toasts.problem(cause);
  }
}
