// How a result is read, in words.

import type { Analysis, ConditionInfo } from "$lib/api/generated";
import { count } from "$lib/words";

/** What of the plan was changed after the run, a few words a change. */
export function changes(
  analysis: Analysis,
  conditions: ConditionInfo[],
  plannedMargin: number | null,
): string[] {
  const list: string[] = [];
  const out = analysis.exclude_tasks.length;
  if (out > 0) list.push(`${count(out, "task")} left out`);
  if (analysis.margin !== null) {
    const planned = plannedMargin === null ? "" : ` instead of ${plannedMargin}`;
    list.push(`margin ${analysis.margin}${planned} points`);
  }
  if (analysis.baseline !== null) {
    const name = conditions.find(({ id }) => id === analysis.baseline)?.name ?? analysis.baseline;
    list.push(`compared with “${name}”`);
  }
  if (analysis.leave_out_user_faults) list.push("without failures by the customer's fault");
  return list;
}

/** A margin as a person typed it: points between 0 and 50; null when it is none. */
export function readMargin(text: string): number | null {
  const value = Number(text.replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  return Math.min(50, Math.max(0, Math.round(value * 10) / 10));
}
