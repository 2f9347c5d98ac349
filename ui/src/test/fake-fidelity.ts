// Whether customers showed their traits, in the in-memory product: one trait shown, one not.

import type { MeasuredLevel, RunFidelity, RunSummary } from "../lib/api/generated";
import * as data from "./fake-data";
import { gone, type Handlers } from "./handlers";

function measured(level: number, step: number, shown: MeasuredLevel["shown"]): MeasuredLevel {
  return {
    source: "markers",
    level,
    interval: { low: level - 0.2, high: level + 0.2 },
    baseline: level - step,
    step,
    step_interval: { low: step - 0.3, high: step + 0.3 },
    shown,
    messages: 840,
    conversations: 202,
    tasks: 70,
  };
}

function fidelity(run: RunSummary): RunFidelity {
  const [first, second] = [data.conditions[1]!, data.conditions[2]!];
  return {
    run_id: run.id,
    sentence: `Customers asked for “${first.name}” came across so (measured 2.6 of 3), to the end. Customers asked for “${second.name}” did not (measured 0.3 of 3).`,
    shown: "not_shown",
    voice: run.customer,
    meters: [
      {
        source: "markers",
        name: "Markers",
        description: "Words and behaviour counted in each message.",
        conversations: 202,
        of: 202,
      },
    ],
    conditions: [
      {
        condition: first.id,
        name: first.name,
        color: first.color,
        shown: "shown",
        sentence: "Came across as strong (measured 2.6 of 3), to the end.",
        traits: [
          {
            trait_id: "impatience",
            name: "Impatience",
            asked: 3,
            asked_name: "Strong",
            shown: "shown",
            stronger_than_asked: false,
            sentence: "Came across as strong (measured 2.6 of 3), to the end.",
            measured: [measured(2.6, 2.3, "shown")],
            stability: {
              early: 2.7,
              late: 2.5,
              change: -0.1,
              interval: { low: -0.4, high: 0.2 },
              ratio: 0.93,
              word: "holds",
              conversations: 180,
            },
          },
        ],
        planned: 210,
        metered: 202,
      },
      {
        condition: second.id,
        name: second.name,
        color: second.color,
        shown: "not_shown",
        sentence: "Did not come across so (measured 0.3 of 3, without traits 0.2).",
        traits: [
          {
            trait_id: "confusion",
            name: "Confusion",
            asked: 3,
            asked_name: "Strong",
            shown: "not_shown",
            stronger_than_asked: false,
            sentence: "Did not come across so (measured 0.3 of 3, without traits 0.2).",
            measured: [measured(0.3, 0.1, "not_shown")],
            stability: null,
          },
        ],
        planned: 210,
        metered: 202,
      },
    ],
    traits: [
      {
        trait_id: "impatience",
        name: "Impatience",
        color: first.color,
        source: "markers",
        pairwise: 0.91,
        pairwise_interval: { low: 0.86, high: 0.95 },
        pairs: 1260,
        tasks: 70,
        points: [
          {
            condition: "baseline",
            asked: 0,
            measured: 0.3,
            interval: { low: 0.2, high: 0.4 },
            conversations: 202,
            tasks: 70,
          },
          {
            condition: first.id,
            asked: 3,
            measured: 2.6,
            interval: { low: 2.4, high: 2.8 },
            conversations: 202,
            tasks: 70,
          },
        ],
        slope: 0.77,
        slope_interval: { low: 0.67, high: 0.87 },
        monotone: true,
        sentence: "In 91 % of pairs the customer asked for more shows more.",
      },
    ],
    mixes: [],
    adherence: [
      {
        condition: "baseline",
        name: "Baseline",
        conversations: 202,
        invented: 3,
        withheld: 1,
        user_faults: 4,
        kept: 0.98,
        kept_interval: { low: 0.95, high: 0.99 },
        sentence: "In 198 of 202 conversations the customer told the truth of its task.",
        examples: [
          {
            conversation_id: "c-1-0-0",
            title: "Exchange a lamp (2)",
            kind: "invented",
            fact: "#W999",
            turn: 3,
            sentence: "Named #W999, which is neither in its instruction nor was said to it.",
          },
        ],
      },
    ],
    notes: [],
    job: null,
  };
}

/** Fidelity of the runs that `find` knows. */
export function fidelities(
  find: (id: string) => RunSummary,
): Pick<Handlers, "run_fidelity" | "estimate_fidelity" | "start_fidelity" | "stop_fidelity"> {
  let job: RunFidelity["job"] = null;
  return {
    run_fidelity: ({ id }) => ({ ...fidelity(find(id)), job }),
    estimate_fidelity: ({ draft }) => ({
      conversations: draft.most,
      questions: draft.most * 4,
      cost: 0.42,
      sentence: `About ${draft.most * 4} questions, about $0.42.`,
    }),
    start_fidelity: ({ draft }) => {
      if (draft.most === 0) gone("Have at least one conversation read.");
      job = { running: true, planned: draft.most * 4, done: 0, failed: 0, cost: null, message: "" };
      return { ...fidelity(find(draft.run_id)), job };
    },
    stop_fidelity: ({ run }) => {
      job = job && { ...job, running: false, message: "Stopped. What was read is kept." };
      return { ...fidelity(find(run)), job };
    },
  };
}
