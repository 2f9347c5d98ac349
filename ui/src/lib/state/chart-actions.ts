// What a person takes along from a chart, with failures shown as messages.

import type { ChartCopy, ChartFormat, ChartQuery } from "../api/generated";
import { call } from "../api/host";
import { toasts } from "./toasts.svelte";

const copied: Record<ChartCopy, string> = {
  picture: "Picture copied",
  table: "Table copied",
  sentence: "Sentence copied",
};

/** Saves a chart where the person says, and names the file. */
export async function saveChart(query: ChartQuery, format: ChartFormat): Promise<void> {
  try {
    const { path } = await call("save_chart", { query, format });
    if (path) toasts.show(`Saved as ${path}`);
  } catch (cause) {
    toasts.problem(cause);
  }
}

/** Puts a part of a chart into the clipboard. */
export async function copyChart(query: ChartQuery, what: ChartCopy): Promise<void> {
  try {
    const done = await call("copy_chart", { query, what });
    toasts.show(done ? copied[what] : "The clipboard cannot be reached. Save the chart instead.");
  } catch (cause) {
    toasts.problem(cause);
  }
}
