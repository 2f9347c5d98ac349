// What a person can do to a run, with failures shown as messages.

import type { ExportFormat, ResultRequest } from "../api/generated";
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

/** Saves a result, read as the person reads it, where they say, and names the file. */
export async function saveResult(request: ResultRequest, format: ExportFormat): Promise<void> {
  try {
    const { path } = await call("export_run", { request, format });
    if (path) toasts.show(`Saved as ${path}`);
  } catch (cause) {
    toasts.problem(cause);
  }
}
