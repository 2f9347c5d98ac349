// Charts of the in-memory product: plain pictures of its own figures, with a table, words and places
// as the real ones have them.

import type {
  Analysis,
  Chart,
  ChartInfo,
  ChartKind,
  ChartLook,
  ChartQuery,
  ChartTarget,
  RunSummary,
} from "../lib/api/generated";
import * as data from "./fake-data";
import { failures, sideOf, tags, tagsOf } from "./fake-faults";
import { cautionsOf, cellsOf, resultSentence, rowsOf } from "./fake-results";
import { gone, type Handlers } from "./handlers";

type ChartCommands = "list_charts" | "draw_chart" | "save_chart" | "copy_chart" | "list_languages";

const titles: Record<string, [string, string]> = {
  "forest.success": ["Success and its change", "Erfolg und seine Änderung"],
  pass_k: ["How often all attempts succeed", "Wie oft alle Versuche gelingen"],
  response: ["Success over the strength of a trait", "Erfolg über der Stärke eines Merkmals"],
  flips: ["Tasks that broke and tasks that were fixed", "Gekippte Aufgaben"],
  faults: ["Whose fault failures were", "Wer an Fehlschlägen schuld war"],
  tags: ["What went wrong in failures", "Was bei Fehlschlägen schiefging"],
  "forest.turns": ["Turns a conversation", "Wechsel je Gespräch"],
  "forest.tool_calls": ["Tool calls a conversation", "Werkzeugaufrufe je Gespräch"],
  "forest.cost": ["Cost of a conversation", "Kosten eines Gesprächs"],
  "forest.seconds": ["Seconds a conversation", "Sekunden je Gespräch"],
  dose: ["Measured over asked level", "Gemessene über verlangter Stufe"],
  "heat.models": ["Drops by model", "Einbrüche nach Modell"],
  "heat.domains": ["Drops by domain", "Einbrüche nach Bereich"],
  slope: ["Two releases", "Zwei Fassungen"],
};

function titleOf(kind: ChartKind, variant: string, language: string): string {
  const [english, german] = titles[`${kind}.${variant}`] ?? titles[kind] ?? [kind, kind];
  return language.startsWith("de") ? german : english;
}

/** A line of a picture: what it is called, its figure, how long its bar is, and what it opens. */
interface Line {
  name: string;
  figure: string;
  share: number;
  color: string;
  opens: Partial<ChartTarget>;
}

const percent = (rate: number) => `${Math.round(100 * rate)} %`;
const signed = (points: number) => `${points < 0 ? "−" : "+"}${Math.abs(Math.round(points))}`;
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Bars down the page, a place over each line. */
function bars(
  lines: Line[],
  { dark, width }: ChartLook,
): Pick<Chart, "svg" | "hotspots" | "height"> {
  const ink = dark ? "#ebe8e1" : "#1b1d1f";
  const [left, right, row] = [220, 90, 32];
  const height = lines.length * row + 40;
  const room = width - left - right;
  const marks = lines.map(({ name, figure, share, color }, index) => {
    const y = 12 + index * row;
    const shown = name.length > 28 ? `${name.slice(0, 27)}…` : name;
    return (
      `<text x="12" y="${y + 20}" fill="${ink}" font-size="14" font-family="Noto Sans">${escaped(shown)}</text>` +
      `<rect x="${left}" y="${y + 6}" width="${Math.max(2, room * share)}" height="18" fill="${color || ink}"/>` +
      `<text x="${width - 12}" y="${y + 20}" text-anchor="end" fill="${ink}" font-size="14" font-family="Noto Sans">${escaped(figure)}</text>`
    );
  });
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${marks.join("")}</svg>`,
    height,
    hotspots: lines.map(({ name, figure, opens }, index) => ({
      opens: { run: null, condition: null, task: null, author: null, tag: null, ...opens },
      label: `${name}: ${figure}.`,
      x: 8,
      y: 12 + index * row,
      width: width - 16,
      height: row,
    })),
  };
}

function flips(analysis: Analysis): Line[] {
  const cells = cellsOf(analysis);
  return cells[1]!
    .flatMap(({ task, rate }, at) => {
      const before = cells[0]![at]!.rate;
      return rate === null || before === null || rate === before ? [] : [{ task, rate, before }];
    })
    .sort((a, b) => a.rate - a.before - (b.rate - b.before))
    .slice(0, 20)
    .map(({ task, rate, before }) => ({
      name: data.tasksOf(data.domains[2]!, "test")[Number(task)]!.title,
      figure: `${percent(before)} to ${percent(rate)}`,
      share: rate,
      color: rate < before ? "#d55e00" : "#009e73",
      opens: { task, condition: data.conditions[1]!.id },
    }));
}

/** Failures that an analysis leaves, counted. */
function counted<T extends { id: string; name: string }>(
  analysis: Analysis,
  of: (id: string) => readonly string[],
  names: readonly T[],
  opens: (id: string) => Partial<ChartTarget>,
): Line[] {
  const left = failures().filter((id) => !analysis.exclude_tasks.includes(id.split("-")[1]!));
  return names
    .map(({ id, name }) => {
      const n = left.filter((each) => of(each).includes(id)).length;
      return {
        name,
        figure: `${n} of ${left.length}`,
        share: left.length === 0 ? 0 : n / left.length,
        color: "#56b4e9",
        opens: opens(id),
      };
    })
    .filter(({ share }) => share > 0);
}

function effort(variant: string, analysis: Analysis): Line[] {
  const unit = { turns: "turns", tool_calls: "calls", cost: "$", seconds: "s" }[variant] ?? "";
  const base = { turns: 9, tool_calls: 4, cost: 0.02, seconds: 21 }[variant] ?? 1;
  return rowsOf(analysis).map(({ condition, name, color }, index) => ({
    name,
    figure: `${(base * (1 + index * 0.2)).toPrecision(2)} ${unit}`,
    share: (1 + index * 0.2) / 2,
    color,
    opens: { condition },
  }));
}

function linesOf(query: ChartQuery, runs: RunSummary[]): Line[] {
  const { kind, variant, analysis } = query;
  const rows = rowsOf(analysis);
  const conditions = (rate: (rate: number, index: number) => number): Line[] =>
    rows.map(({ condition, name, color, rate: own }, index) => ({
      name,
      figure: own === null ? "–" : percent(rate(own, index)),
      share: own === null ? 0 : rate(own, index),
      color,
      opens: { condition },
    }));
  switch (kind) {
    case "forest":
      if (variant !== "success") return effort(variant, analysis);
      return rows.map(({ condition, name, color, rate, difference }) => ({
        name,
        figure:
          rate === null
            ? "–"
            : difference === null
              ? percent(rate)
              : `${percent(rate)}, ${signed(difference)}`,
        share: rate ?? 0,
        color,
        opens: { condition },
      }));
    case "pass_k":
      return conditions((rate) => rate ** 3);
    case "response":
    case "dose":
      return conditions((rate) => rate);
    case "flips":
      return flips(analysis);
    case "faults":
      return counted(
        analysis,
        (id) => [sideOf(id)],
        [
          { id: "agent", name: "Agent" },
          { id: "user", name: "Customer" },
          { id: "environment", name: "Environment" },
        ],
        (author) => ({ author }),
      );
    case "tags":
      return counted(
        analysis,
        tagsOf,
        tags.map(({ id, label }) => ({ id, name: label })),
        (tag) => ({ tag }),
      );
    case "heat":
    case "slope":
      return runs.flatMap((run, at) =>
        rows.slice(1, 3).map(({ condition, name, color, difference }) => ({
          name: `${kind === "heat" && variant === "domains" ? run.domain_title : run.agent}, ${name}`,
          figure: `${signed((difference ?? 0) - at * 3)} points`,
          share: Math.min(1, (Math.abs(difference ?? 0) + at * 3) / 40),
          color,
          opens: { run: run.id, condition },
        })),
      );
  }
}

function chart(query: ChartQuery, look: ChartLook, runs: RunSummary[]): Chart {
  const lines = linesOf(query, runs);
  const german = query.language.startsWith("de");
  const title = titleOf(query.kind, query.variant, query.language);
  const success = query.kind === "forest" && query.variant === "success";
  const [first] = [...lines].sort((a, b) => b.share - a.share);
  return {
    title,
    sentence: success
      ? resultSentence(runs[0]!, query)
      : first
        ? `${title}: ${first.name}, ${first.figure}.`
        : german
          ? "Es gibt nichts zu zeigen."
          : "There is nothing to show.",
    ...bars(lines, look),
    width: look.width,
    text: lines.map(({ name, figure }) => `${name}: ${figure}.`),
    table: {
      columns: german ? ["Name", "Wert"] : ["Name", "Figure"],
      figures: [false, true],
      rows: lines.map(({ name, figure }) => [name, figure]),
    },
    cautions:
      runs.length > 1
        ? [
            {
              kind: "customer_model",
              text: `“${runs[1]!.name}” was played with another customer model than “${runs[0]!.name}”.`,
            },
          ]
        : runs.flatMap((run) => cautionsOf(run, query.analysis)),
  };
}

/** What can be drawn of one run; a run of single attempts has no answer to some questions. */
function ofRun(run: RunSummary, language: string): ChartInfo[] {
  const once = run.id === "small";
  const info = (kind: ChartKind, variant = "", missing = ""): ChartInfo => ({
    kind,
    variant,
    title: titleOf(kind, variant, language),
    missing,
  });
  return [
    info("forest", "success"),
    info(
      "pass_k",
      "",
      once ? "Each task was tried once. Set three attempts or more to see it." : "",
    ),
    info(
      "response",
      "",
      once ? "One level of each trait was run. Run a trait at two levels or more to see it." : "",
    ),
    info("flips"),
    info("faults"),
    info("tags", "", run.imported ? "No failure has a tag yet. Have the failures judged." : ""),
    info("forest", "turns"),
    info("forest", "tool_calls"),
    info("forest", "cost", run.practice ? "Practice models cost nothing." : ""),
    info("forest", "seconds"),
    info("dose"),
  ];
}

function ofRuns(runs: RunSummary[], language: string): ChartInfo[] {
  const info = (kind: ChartKind, variant: string, missing: string): ChartInfo => ({
    kind,
    variant,
    title: titleOf(kind, variant, language),
    missing,
  });
  return [
    info("heat", "models", ""),
    info("heat", "domains", ""),
    info("slope", "", runs.length === 2 ? "" : "Choose two runs, one of each release, to see it."),
  ];
}

/** Charts of the runs that `find` knows. */
export function charts(find: (id: string) => RunSummary): Pick<Handlers, ChartCommands> {
  return {
    list_charts: ({ runs, language }) => {
      const known = runs.map(find);
      return known.length === 1
        ? [...ofRun(known[0]!, language), ...ofRuns(known, language)]
        : ofRuns(known, language);
    },
    draw_chart: ({ query, look }) => {
      if (query.kind !== "dose" && query.runs.length === 0) gone("Choose at least one run.");
      return chart(query, look, query.runs.map(find));
    },
    save_chart: ({ query, format }) => ({
      path: `/home/someone/Documents/${query.kind}.${format.replace(/\d/, "")}`,
    }),
    copy_chart: () => true,
    list_languages: () =>
      (
        [
          ["en", "English"],
          ["de", "Deutsch"],
          ["es", "Español"],
          ["fr", "Français"],
          ["ru", "Русский"],
          ["zh", "中文"],
          ["ar", "العربية"],
        ] as const
      ).map(([tag, name]) => ({ tag, name, right_to_left: tag === "ar" })),
  };
}
