// How the results of a run are read: what a person changed after the run without running anything.
// Kept while the window is open, so that leaving a task out where its conversations are listed shows
// in the result.

import type { Analysis, ResultRequest } from "../api/generated";
import { preferences } from "./preferences.svelte";

/** Nothing changed: as it was set before the run. */
export const asPlanned: Readonly<Analysis> = {
  exclude_tasks: [],
  margin: null,
  baseline: null,
  leave_out_user_faults: false,
};

export class Reading {
  readonly runId: string;
  analysis = $state.raw<Analysis>({ ...asPlanned });

  constructor(runId: string) {
    this.runId = runId;
  }

  // Getters, for a `$derived` belongs to the screen that was there when it was made and stands still
  // once that screen is left; a reading outlives screens.

  get changed(): boolean {
    const { exclude_tasks, margin, baseline, leave_out_user_faults } = this.analysis;
    return (
      exclude_tasks.length > 0 || margin !== null || baseline !== null || leave_out_user_faults
    );
  }

  /** Changes whenever figures, charts and sentences are to be worked out anew. */
  get key(): string {
    return JSON.stringify([this.analysis, preferences.tag]);
  }

  /** What commands about the result are asked with. */
  request(): ResultRequest {
    return { run_id: this.runId, analysis: this.analysis, language: preferences.tag };
  }

  leavesOut(task: string): boolean {
    return this.analysis.exclude_tasks.includes(task);
  }

  leaveOut(...tasks: string[]): void {
    const added = tasks.filter((task) => !this.leavesOut(task));
    this.change({ exclude_tasks: [...this.analysis.exclude_tasks, ...new Set(added)] });
  }

  takeBack(...tasks: string[]): void {
    const back = new Set(tasks);
    this.change({ exclude_tasks: this.analysis.exclude_tasks.filter((task) => !back.has(task)) });
  }

  /** Leaves a task out, or takes it back; true when it is left out now. */
  toggle(task: string): boolean {
    if (this.leavesOut(task)) this.takeBack(task);
    else this.leaveOut(task);
    return this.leavesOut(task);
  }

  change(part: Partial<Analysis>): void {
    this.analysis = { ...this.analysis, ...part };
  }

  reset(): void {
    this.analysis = { ...asPlanned };
  }
}

const readings = new Map<string, Reading>();

/** How the results of a run are read. */
export function readingOf(runId: string): Reading {
  let found = readings.get(runId);
  if (!found) readings.set(runId, (found = new Reading(runId)));
  return found;
}

/** Reads every run as planned again. */
export function forgetReadings(): void {
  readings.clear();
}
