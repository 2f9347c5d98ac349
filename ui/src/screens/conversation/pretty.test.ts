import { expect, test } from "vitest";
import { pretty } from "./pretty";

test("data is indented and stays letter for letter what the agent saw", () => {
  const text =
    '{"total": 12.50, "id": 12345678901234567890, "items": [{"a": "x, {y}"}], "none": []}';
  const indented = pretty(text);
  expect(indented).toContain('"total": 12.50,\n');
  expect(indented).toContain("12345678901234567890");
  expect(indented).toContain('"a": "x, {y}"');
  expect(indented).toContain('"none": []');
  expect(JSON.parse(indented)).toEqual(JSON.parse(text));
});

test("anything else is left alone", () => {
  expect(pretty("Error: no such order")).toBe("Error: no such order");
  expect(pretty("{broken")).toBe("{broken");
});
