import { expect, test } from "vitest";
import type { ConversationDiagnosis, Turn } from "$lib/api/generated";
import { marksOf, spread } from "./marks";

const turn = (number: number, part: Partial<Turn> = {}): Turn => ({
  number,
  speaker: "agent",
  text: "Hello",
  tool: null,
  thought: "",
  drafts: [],
  meter: [],
  ...part,
});
const refused = { name: "t", sentence: "Asked · refused", ok: false, arguments: [], result: "" };
const diagnosis: ConversationDiagnosis = {
  undecided: "",
  conversation_id: "c",
  shown: {
    source: "rules",
    by: "",
    author: "agent",
    kind: "other",
    description: "",
    turn: 3,
    tags: [],
  },
  rules: null,
  model: null,
  person: null,
  findings: [
    { sentence: "Left out", turn: null },
    { sentence: "Wrong city", turn: 4 },
  ],
};

test("a turn has one mark, the gravest: where it went wrong, what differs, what was refused", () => {
  const turns = [
    turn(1),
    turn(2, { drafts: [{ text: "No", verdict: "" }] }),
    turn(3, { tool: refused }),
    turn(4, { tool: refused }),
    turn(5, { tool: refused }),
  ];
  expect(marksOf(turns, diagnosis).map(({ turn, tone, words }) => [turn, tone, words])).toEqual([
    [2, "warn", "Something else was nearly said"],
    [3, "fail", "Here it first went wrong"],
    [4, "fail", "Wrong city"],
    [5, "fail", "Asked · refused"],
  ]);
  expect(marksOf(turns, null).map((mark) => mark.turn)).toEqual([2, 3, 4, 5]);
});

test("marks keep apart and stay on the strip", () => {
  const tops = spread([0.5, 0.51, 0.52, 0.99, 1], 200, 24);
  tops.slice(1).forEach((top, index) => expect(top - tops[index]!).toBeGreaterThanOrEqual(24));
  expect(Math.min(...tops)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...tops)).toBeLessThanOrEqual(176);
});
