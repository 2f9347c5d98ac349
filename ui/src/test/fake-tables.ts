// Tables over several runs in the in-memory product.

import type { PassValue, RunSummary, TableCell } from "../lib/api/generated";
import * as data from "./fake-data";
import { gone, type Handlers } from "./handlers";

const columns = [
  ...data.conditions.slice(1),
  { id: "mix-2", name: "Impatience: Clear, Confusion: Clear", color: "#882255" },
  { id: "average", name: "Average", color: "" },
].map(({ id, name, color }) => ({ id, name, color }));

function cell(rate: number, baseline: number | null, missing: number): TableCell {
  const points = baseline === null ? null : (rate - baseline) * 100;
  return {
    rate,
    rate_interval: { low: Math.max(0, rate - 0.07), high: Math.min(1, rate + 0.07) },
    points,
    points_interval: points === null ? null : { low: points - 8.4, high: points + 8.4 },
    percent: points === null || baseline === null ? null : points / baseline,
    scored: 210 - missing,
    planned: 210,
    shown: null,
  };
}

/** Tables over the runs that `find` knows. */
export function tables(
  find: (id: string) => RunSummary,
): Pick<Handlers, "trait_table" | "pass_board" | "save_table"> {
  return {
    trait_table: ({ runs }) => {
      if (runs.length === 0) gone("Choose at least one run.");
      return {
        columns,
        rows: runs.map(find).map((run, index) => {
          const baseline = 0.79 - index * 0.06;
          return {
            run_id: run.id,
            name: run.name,
            domain: run.domain_title,
            model: run.agent,
            baseline: run.imported ? null : cell(baseline, null, index * 4),
            cells: columns.map((_, column) =>
              run.imported && column > 1
                ? null
                : cell(baseline - 0.04 * (column + 1), run.imported ? null : baseline, column),
            ),
          };
        }),
        notes:
          runs.length > 1
            ? [
                `“${find(runs[1]!).name}” was played with another customer: its figures cannot be compared with the others.`,
              ]
            : [],
      };
    },
    pass_board: ({ runs }) => ({
      ks: [1, 2, 3, 4],
      rows: runs.map(find).flatMap((run, index) =>
        data.conditions.slice(0, run.imported ? 1 : 3).map((condition, which) => ({
          run_id: run.id,
          name: run.name,
          domain: run.domain_title,
          model: run.agent,
          condition: condition.name,
          shown: null,
          tasks: 70,
          values: [1, 2, 3, 4].map((k): PassValue | null => {
            if (k > (run.imported ? 4 : 3)) return null;
            const value = (0.79 - index * 0.06 - which * 0.05) ** (0.6 + 0.4 * k);
            return {
              value,
              interval: { low: Math.max(0, value - 0.09), high: Math.min(1, value + 0.09) },
              tasks: 70 - k * index,
            };
          }),
        })),
      ),
      notes: [],
    }),
    save_table: ({ kind, format }) => ({
      path: `/home/someone/Documents/${kind}.${format === "markdown" ? "md" : format}`,
    }),
  };
}
