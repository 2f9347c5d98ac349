// Which charts stand below the first one of a result, in which order, and what they are called.

import type { ChartInfo, ChartKind } from "$lib/api/generated";

export interface ChartTab {
  /** As the address carries it. */
  id: string;
  name: string;
  /** The charts behind it; one, or the variants of a kind. */
  charts: ChartInfo[];
}

/** In the order of the questions that people ask. */
const names: [ChartKind, string][] = [
  ["pass_k", "All attempts"],
  ["response", "Levels"],
  ["flips", "Tasks"],
  ["faults", "Whose fault"],
  ["tags", "What went wrong"],
  ["forest", "Effort"],
];

/** What a chart that cannot be drawn yet waits for, where a page of the run leads there. */
export const wayOn: Partial<Record<ChartKind, "faults" | "again">> = {
  faults: "faults",
  tags: "faults",
  pass_k: "again",
  response: "again",
};

export const variantName: Record<string, string> = {
  turns: "Turns",
  tool_calls: "Tool calls",
  cost: "Cost",
  seconds: "Seconds",
};

/** The tabs; without the first chart of the page, and the curves that stand beside the customers. */
export function tabsOf(charts: ChartInfo[]): ChartTab[] {
  return names
    .map(([kind, name]) => ({
      id: kind,
      name,
      charts: charts.filter((chart) => chart.kind === kind && chart.variant !== "success"),
    }))
    .filter(({ charts }) => charts.length > 0);
}

/** The tab and the chart that an address such as `forest.cost` means; the first where it means none. */
export function shownOf(
  tabs: ChartTab[],
  address: string,
): { tab: ChartTab; chart: ChartInfo } | null {
  const [id, variant = ""] = address.split(".", 2);
  const tab = tabs.find((each) => each.id === id) ?? tabs[0];
  if (!tab) return null;
  const chart =
    tab.charts.find((each) => each.variant === variant) ??
    tab.charts.find((each) => each.missing === "") ??
    tab.charts[0]!;
  return { tab, chart };
}
