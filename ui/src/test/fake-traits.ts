// Traits, mixes and what their files say, of the in-memory product: twelve shipped ones, one with
// a very long name, and many of a person's own.

import type { MixPreset, TraitDetail, TraitDraft, TraitInfo } from "../lib/api/generated";
import { traits as first } from "./fake-data";
import { gone, type Handlers } from "./handlers";

type TraitCommands =
  | "list_traits"
  | "trait_problems"
  | "get_trait"
  | "check_trait"
  | "save_trait"
  | "delete_trait"
  | "export_trait"
  | "import_trait"
  | "list_presets"
  | "save_preset"
  | "delete_preset"
  | "check_mix"
  | "make_sweep";

const names = ["Off", "Slight", "Clear", "Strong", "Extreme"];
const colors = ["#E69F00", "#56B4E9", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#009E73"];

const further: [string, string, string][] = [
  ["impoliteness", "Impoliteness", "Leaves courtesy out and lets the agent feel it."],
  ["verbosity", "Verbosity", "Tells much more than the agent has to know."],
  ["distraction", "Distraction", "Is doing something else and loses the thread."],
  ["anxiety", "Anxiety", "Is worried that it goes wrong and wants to be calmed."],
  ["haggling", "Haggling", "Wants a better price, a voucher, something on top."],
  ["language-learner", "Language learner", "Writes in a language that is still being learned."],
  ["tech-averse", "Aversion to technology", "Dislikes links, apps and forms."],
  ["oversharing", "Oversharing", "Tells private matters that nobody asked about."],
];

/** As long as a name may get, and a compound that does not break by itself. */
export const longTrait = "Kundenzufriedenheitsbefragungsverweigerung aus Überzeugung, sehr";

function info(id: string, name: string, description: string, index: number, shipped: boolean) {
  return {
    id,
    shipped,
    name,
    description,
    color: colors[index % colors.length]!,
    levels: names.map((level, value) => ({
      value,
      name: level,
      sentence: value === 0 ? "Shows nothing of it." : `${description} ${level}.`,
      example: value === 0 ? "" : `A line at ${level} of ${name}.`,
    })),
  } satisfies TraitInfo;
}

function draftOf(trait: TraitInfo): TraitDraft {
  return {
    id: trait.id,
    name: trait.name,
    customers: `customers with ${trait.name.toLowerCase()}`,
    description: trait.description,
    levels: trait.levels.slice(1).map((level) => ({
      sentence: level.sentence,
      example: level.example,
      prompt: `You show ${trait.name.toLowerCase()}: ${level.name.toLowerCase()}.`,
      reminder: `Stay as you are: ${trait.name.toLowerCase()}.`,
    })),
    must_not: ["Never say that you play a customer.", "Give what the agent needs in the end."],
    words: ["right now", "hurry", "waiting", "at once"],
    pairs: Array.from({ length: 24 }, (_, index) => ({
      agent: `May I have your order number, please? (${index + 1})`,
      more: "You have it already. W2290, and be quick about it.",
      less: "Of course. It is W2290, take the time you need.",
    })),
  };
}

const cap = 6;
const joint = (levels: Record<string, number>) => Math.hypot(...Object.values(levels), 0);

/** Traits and mixes that live as long as the object; `named` gives a trait's name. */
export function traitFiles() {
  let traits: TraitInfo[] = [
    ...first,
    ...further.map(([id, name, text], index) => info(id, name, text, index + 4, true)),
    info("bot-doubt", longTrait, "Doubts that a machine can understand what is meant.", 5, false),
    ...Array.from({ length: 17 }, (_, index) =>
      info(
        `own-${index}`,
        `${["Nostalgia", "Thrift", "Hurry at the till", "Pride"][index % 4]} ${index + 1}`,
        "Made by somebody who met such customers and wanted to have them in a run.",
        index,
        false,
      ),
    ),
  ];
  const drafts = new Map(traits.map((trait) => [trait.id, draftOf(trait)]));
  let presets: MixPreset[] = [
    {
      id: "monday",
      name: "Monday morning",
      description: "In a hurry and not yet awake.",
      levels: { impatience: 3, confusion: 2 },
      shipped: true,
    },
    {
      id: "second-call",
      name: "Calls for the second time",
      description: "Was promised something and does not believe it any more.",
      levels: { impatience: 2, skeptical: 3, anxiety: 1.5 },
      shipped: true,
    },
    {
      id: "mine",
      name: "Messestandbesucherinnen und Messestandbesucher am letzten Tag, alle auf einmal",
      description: "",
      levels: { impatience: 4, "bot-doubt": 4, verbosity: 4 },
      shipped: false,
    },
  ];
  const find = (id: string) =>
    traits.find((trait) => trait.id === id) ??
    gone("This trait is not there any more. Runs keep the words they were played with.");
  const detail = (id: string): TraitDetail => {
    const trait = find(id);
    return {
      draft: drafts.get(id)!,
      shipped: trait.shipped,
      color: trait.color,
      hosted: id === "impatience" ? "impatience" : "",
      examples: trait.levels.map(({ value, name }) =>
        value === 0
          ? []
          : [`Another line at ${name}, about a phone bill.`, `And one about a lamp at ${name}.`],
      ),
      runs: trait.shipped ? 3 : 0,
    };
  };
  const check = (draft: TraitDraft) => [
    ...(draft.name ? [] : [{ field: "name", message: "Give it a name." }]),
    ...(draft.description
      ? []
      : [{ field: "description", message: "Say in a sentence what such customers are like." }]),
    ...draft.levels.flatMap(({ sentence, example }, index) => [
      ...(sentence
        ? []
        : [
            {
              field: `levels.${index}.sentence`,
              message: `Say what to expect at ${names[index + 1]}.`,
            },
          ]),
      ...(example
        ? []
        : [
            {
              field: `levels.${index}.example`,
              message: `Write a line for ${names[index + 1]}.`,
            },
          ]),
    ]),
  ];
  const label = (levels: Record<string, number>) =>
    traits
      .filter(({ id }) => (levels[id] ?? 0) > 0)
      .map(({ id, name }) => `${name}: ${names[levels[id]!] ?? levels[id]}`)
      .join(" + ");
  const keep = (draft: TraitDraft): TraitDetail => {
    const id =
      draft.id ||
      draft.name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
    const trait = info(id, draft.name, draft.description, traits.length, false);
    trait.levels = trait.levels.map((level, value) => ({
      ...level,
      ...(value > 0 && {
        sentence: draft.levels[value - 1]!.sentence,
        example: draft.levels[value - 1]!.example,
      }),
    }));
    traits = traits.some((each) => each.id === id)
      ? traits.map((each) => (each.id === id ? { ...trait, color: each.color } : each))
      : [...traits, trait];
    drafts.set(id, { ...draft, id });
    return detail(id);
  };

  const handlers: Pick<Handlers, TraitCommands> = {
    list_traits: () => traits,
    trait_problems: () => [],
    get_trait: ({ id }) => detail(id),
    check_trait: ({ draft }) => ({
      problems: check(draft),
      advice:
        draft.pairs.length < 20
          ? [
              `${draft.pairs.length} of 20 pairs: too few to steer a model on this computer. Other voices can play it.`,
            ]
          : [],
    }),
    save_trait: ({ draft }) => keep(draft),
    delete_trait: ({ id }) => {
      find(id);
      return (traits = traits.filter((trait) => trait.id !== id));
    },
    export_trait: ({ id }) => ({ path: `/home/someone/Documents/${id}.toml` }),
    import_trait: ({ path }) => {
      const name = path.split("/").at(-1)!.replace(".toml", "");
      return keep({ ...draftOf(traits[0]!), id: "", name });
    },
    list_presets: () => presets,
    save_preset: ({ preset }) =>
      (presets = [...presets, { ...preset, id: `own-${presets.length}`, shipped: false }]),
    delete_preset: ({ id }) => (presets = presets.filter((preset) => preset.id !== id)),
    check_mix: ({ levels }) => {
      const all = joint(levels);
      const factor = all > cap ? cap / all : 1;
      return {
        label: label(levels),
        joint: all,
        cap,
        factor,
        sentence:
          factor < 1
            ? `Together that is more than a voice can play. Each trait is played at ${Math.round(100 * factor)} % of its level; the proportions stay.`
            : "",
      };
    },
    make_sweep: ({ request: { kind, traits: ids, levels } }) => {
      const alone = ids.map((id) => levels.map((level) => ({ [id]: level })));
      const combine = (lists: Record<string, number>[][]) =>
        lists.reduce<Record<string, number>[]>(
          (made, list) => made.flatMap((mix) => list.map((one) => ({ ...mix, ...one }))),
          [{}],
        );
      const mixes =
        kind === "single"
          ? alone.flat()
          : kind === "pairs"
            ? alone.flatMap((one, index) =>
                alone.slice(index + 1).flatMap((other) => combine([one, other])),
              )
            : combine(alone.map((list) => [{}, ...list])).filter(
                (mix) => Object.keys(mix).length > 0,
              );
      return {
        conditions: mixes.map((levels) => ({ name: "", levels })),
        sentence: `${mixes.length} mixes of ${ids.length} traits.`,
      };
    },
  };
  return { handlers, find, label };
}
