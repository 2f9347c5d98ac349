import { describe, expect, it } from "vitest";
import type { DevicePart, StateChange, Turn } from "$lib/api/generated";
import { deviceAfter } from "./device";

const device: DevicePart[] = [
  {
    name: "Device",
    fields: [
      { name: "airplane mode", value: "yes", changed: false },
      { name: "roaming", value: "no", changed: false },
    ],
  },
];

function turn(...changes: Partial<StateChange>[]): Turn {
  const whole = changes.map((change) => ({
    seat: "customer" as const,
    record: "Device",
    field: "",
    before: null,
    after: null,
    ...change,
  }));
  return {
    number: 1,
    speaker: "tool",
    text: "",
    thought: "",
    drafts: [],
    meter: [],
    tool: { name: "t", sentence: "", ok: true, arguments: [], result: "", changes: whole },
  };
}

const values = (parts: DevicePart[]) =>
  parts.flatMap((part) => part.fields.map((field) => [field.name, field.value, field.changed]));

describe("the device in the course of a conversation", () => {
  it("is as it was where nothing happened", () => {
    expect(deviceAfter(device, [])).toEqual(device);
  });

  it("has every change of the customer's side put in, and is marked where it differs", () => {
    const off = { field: "airplane mode", before: "yes", after: "no" };
    const elsewhere = { seat: "agent" as const, record: "Line L1", field: "roaming", after: "yes" };
    expect(values(deviceAfter(device, [turn(off, elsewhere)]))).toEqual([
      ["airplane mode", "no", true],
      ["roaming", "no", false],
    ]);
    expect(device[0]?.fields[0]?.value).toBe("yes");
  });

  it("is not marked where something was changed back, and shows what is new", () => {
    const off = { field: "airplane mode", before: "yes", after: "no" };
    const on = { field: "airplane mode", before: "no", after: "yes" };
    const bill = { record: "Payment request", field: "amount due", after: "42.5" };
    expect(values(deviceAfter(device, [turn(off), turn(on), turn(bill)]))).toEqual([
      ["airplane mode", "yes", false],
      ["roaming", "no", false],
      ["amount due", "42.5", true],
    ]);
  });
});
