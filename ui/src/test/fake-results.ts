// Results of the in-memory product, worked out from the same outcomes that its lists show: leaving a
// task out, another margin, another baseline change them as they would.

import type {
  Analysis,
  Caution,
  Interval,
  ResultRow,
  RunResult,
  RunSummary,
} from "../lib/api/generated";
import * as data from "./fake-data";
import { sideOf } from "./fake-faults";
import type { Handlers } from "./handlers";

export const tasks = 70;
export const trials = 3;
export const plannedMargin = 5;

/** What became of a task's attempts under a condition. */
export interface Cell {
  task: string;
  passed: number;
  scored: number;
  rate: number | null;
}

/** The scored attempts that an analysis leaves, a list a condition in their order. */
export function cellsOf(analysis: Analysis): Cell[][] {
  return data.conditions.map((_, condition) =>
    Array.from({ length: tasks }, (_, task) => {
      const outcomes = Array.from({ length: trials }, (_, attempt) => {
        const outcome = data.outcomeOf(task, condition, attempt, 1e9);
        const spoiled =
          analysis.leave_out_user_faults &&
          outcome === "failed" &&
          sideOf(`c-${task}-${condition}-${attempt}`) === "user";
        return spoiled ? "not_scored" : outcome;
      });
      const passed = outcomes.filter((each) => each === "passed").length;
      const scored = passed + outcomes.filter((each) => each === "failed").length;
      return { task: String(task), passed, scored, rate: scored === 0 ? null : passed / scored };
    }).filter(({ task }) => !analysis.exclude_tasks.includes(task)),
  );
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** The mean with its 95 % interval over tasks; null below ten of them. */
export function spread(values: number[]): { mean: number; interval: Interval | null } {
  const middle = mean(values);
  if (values.length < 10) return { mean: middle, interval: null };
  const variance =
    values.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (values.length - 1);
  const half = 2 * Math.sqrt(variance / values.length);
  return { mean: middle, interval: { low: middle - half, high: middle + half } };
}

function verdictOf(interval: Interval | null, margin: number): string {
  if (!interval) return "cannot tell";
  if (interval.high < 0) return "worse";
  if (interval.low > 0) return "better";
  return interval.low >= -margin && interval.high <= margin
    ? "no meaningful change"
    : "cannot tell";
}

/** A row a condition, the one to compare with first. */
export function rowsOf(analysis: Analysis): ResultRow[] {
  const cells = cellsOf(analysis);
  const baseline = Math.max(
    0,
    data.conditions.findIndex(({ id }) => id === (analysis.baseline ?? "baseline")),
  );
  const order = [baseline, ...data.conditions.keys()].filter(
    (index, at, list) => list.indexOf(index) === at,
  );
  return order.map((index) => {
    const { id, name, color } = data.conditions[index]!;
    const mine = cells[index]!;
    const rates = mine.flatMap(({ rate }) => (rate === null ? [] : [rate]));
    const pairs = mine.flatMap(({ rate }, at) => {
      const before = cells[baseline]![at]!.rate;
      return rate === null || before === null ? [] : [100 * (rate - before)];
    });
    const change = index === baseline || pairs.length === 0 ? null : spread(pairs);
    return {
      condition: id,
      name,
      color,
      planned: mine.length * trials,
      scored: mine.reduce((sum, each) => sum + each.scored, 0),
      passed: mine.reduce((sum, each) => sum + each.passed, 0),
      tasks: pairs.length,
      rate: rates.length ? mean(rates) : null,
      rate_interval: rates.length ? spread(rates).interval : null,
      difference: change?.mean ?? null,
      difference_interval: change?.interval ?? null,
      verdict:
        index === baseline
          ? ""
          : verdictOf(change?.interval ?? null, analysis.margin ?? plannedMargin),
      shown: index === 0 ? null : index === 2 ? "not_shown" : "shown",
      shown_note:
        index === 2
          ? "The customers did not show the trait (measured 0.3 of 3), so this change says little about it."
          : "",
    };
  });
}

const isPlanned = (analysis: Analysis) =>
  analysis.exclude_tasks.length === 0 &&
  analysis.margin === null &&
  analysis.baseline === null &&
  !analysis.leave_out_user_faults;

const round = (value: number) => Math.abs(Math.round(value));

/** What a result says, in one sentence. */
export function sentenceOf(rows: ResultRow[], language: string): string {
  const german = language.startsWith("de");
  const worst = rows
    .filter(({ difference }) => difference !== null)
    .sort((a, b) => a.difference! - b.difference!)[0];
  if (!worst) return german ? "Es bleibt nichts zu vergleichen." : "Nothing is left to compare.";
  const points = round(worst.difference!);
  const range = worst.difference_interval;
  const words = range ? `${round(range.high)} ${german ? "bis" : "to"} ${round(range.low)}` : "";
  return german
    ? `Unter „${worst.name}“ fiel der Erfolg um ${points} Punkte (95-%-Bereich ${words}; ${worst.tasks} Aufgaben × ${trials} Versuche).`
    : `With “${worst.name}” success fell by ${points} points (95 % range ${words}; ${worst.tasks} tasks, ${trials} attempts).`;
}

/** What a run's result says, read one way or another. */
export function resultSentence(
  run: RunSummary,
  { analysis, language }: { analysis: Analysis; language: string },
): string {
  return isPlanned(analysis) && !language.startsWith("de")
    ? run.headline
    : sentenceOf(rowsOf(analysis), language);
}

/** What stands above a run's figures. */
export function cautionsOf(run: RunSummary, analysis: Analysis): Caution[] {
  const found: Caution[] = [];
  if (run.id === "small") {
    found.push(
      { kind: "few_tasks", text: "Only 2 tasks were compared: counts, without ranges." },
      { kind: "stopped_early", text: "The run was stopped after 10 of 30 conversations." },
      {
        kind: "data",
        text: "The shop's data was changed between the easy and the difficult customers.",
      },
    );
  }
  if (run.progress.not_scored > 0) {
    found.push({
      kind: "not_scored",
      text: "42 of 1,050 conversations were not scored: the service was busy.",
    });
  }
  if (run.id === "big") {
    found.push({
      kind: "trait_not_shown",
      text: "Customers asked for “Confusion: Strong” did not come across so.",
    });
  }
  if (!isPlanned(analysis)) {
    found.push({ kind: "changed_afterwards", text: "The reading was changed after the run." });
  }
  return found;
}

/** Results of the runs that `find` knows. */
export function results(
  find: (id: string) => RunSummary,
): Pick<Handlers, "run_result" | "export_run"> {
  return {
    run_result: ({ request: { run_id, analysis, language } }): RunResult => {
      const run = find(run_id);
      const rows = rowsOf(analysis);
      const without = rowsOf({ ...analysis, leave_out_user_faults: true });
      const leftOut =
        rows.reduce((sum, { scored }) => sum + scored, 0) -
        without.reduce((sum, { scored }) => sum + scored, 0);
      return {
        sentence: resultSentence(run, { analysis, language }),
        notes: ["42 of 1,050 conversations were not scored: the service was busy."],
        practice: run.practice,
        cautions: cautionsOf(run, analysis),
        baseline: analysis.baseline ?? "baseline",
        margin: analysis.margin ?? plannedMargin,
        planned_margin: plannedMargin,
        excluded: analysis.exclude_tasks,
        sensitivity:
          leftOut === 0 || run.imported
            ? null
            : {
                sentence: `Without the ${leftOut} conversations that failed by the customer's fault: ${sentenceOf(without, language)}`,
                left_out: leftOut,
                rows: without,
              },
        rows,
      };
    },
    export_run: ({ format }) => ({ path: `/home/someone/Documents/result.${format}` }),
  };
}
