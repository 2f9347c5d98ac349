import { expect, test } from "vitest";
import type { FieldKind, ToolForm } from "$lib/api/generated";
import { filled, problemOf, problemsOf } from "./tool-values";

const field = (kind: FieldKind, required = true, choices: string[] = []) => ({
  name: kind,
  description: "",
  kind,
  required,
  choices,
});

test("what a tool needs has to be filled in, the rest may be left empty", () => {
  expect(problemOf(field("text"), "  ")).not.toBe("");
  expect(problemOf(field("text", false), "")).toBe("");
});

test("each kind of input takes only what fits it", () => {
  expect(problemOf(field("number"), "12.5")).toBe("");
  expect(problemOf(field("number"), "twelve")).not.toBe("");
  expect(problemOf(field("whole"), "-3")).toBe("");
  expect(problemOf(field("whole"), "3.5")).not.toBe("");
  expect(problemOf(field("yes_no"), "true")).toBe("");
  expect(problemOf(field("choice", true, ["a", "b"]), "c")).toContain("a, b");
  expect(problemOf(field("json"), '{"a": [1]}')).toBe("");
  expect(problemOf(field("json"), "{a}")).not.toBe("");
});

test("only what is filled in goes to the tool, lists one entry a line", () => {
  const tool: ToolForm = {
    name: "exchange",
    description: "",
    terminates: false,
    fields: [field("text"), field("list"), field("number", false)],
  };
  expect(filled(tool, { text: " as typed ", list: " 1 \n\n2\n", number: " " })).toEqual({
    text: " as typed ",
    list: "1\n2",
  });
  expect(Object.keys(problemsOf(tool, { number: "x" }))).toEqual(["text", "list", "number"]);
});
