import { describe, expect, it } from "vitest";
import type { DevicePart, StateChange, Turn } from "$lib/api/generated";
import { changedOf, deviceAfter, grouped, statusBar } from "./device";

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

describe("what the phone shows", () => {
  const phone = (...fields: [string, string][]): DevicePart[] => [
    {
      name: "Device",
      fields: fields.map(([name, value]) => ({ name, value, changed: name === "data enabled" })),
    },
  ];
  const texts = (parts: DevicePart[]) => statusBar(parts).map((sign) => sign.text);

  it("stands in its status bar, with what was changed marked", () => {
    const parts = phone(
      ["sim card status", "active"],
      ["network signal strength", "good"],
      ["network technology connected", "5G"],
      ["data enabled", "no"],
      ["wifi connected", "yes"],
      ["battery level", "64"],
    );
    expect(texts(parts)).toEqual(["Signal good", "5G", "Mobile data off", "Wi-Fi", "Battery 64 %"]);
    expect(statusBar(parts).filter((sign) => sign.changed)).toEqual([
      { text: "Mobile data off", changed: true },
    ]);
  });

  it("says that there is no service, and why", () => {
    const away: [string, string] = ["network signal strength", "none"];
    expect(texts(phone(["airplane mode", "yes"], away))).toEqual(["Airplane mode", "No service"]);
    expect(texts(phone(["sim card status", "locked_pin"], away))).toEqual([
      "SIM locked pin",
      "No service",
    ]);
    expect(texts(phone(["sim card missing", "yes"], away))[0]).toBe("No SIM card");
  });

  it("is nothing where there is no phone", () => {
    expect(statusBar([{ name: "Notes", fields: [] }])).toEqual([]);
  });
});

describe("what changed of the device", () => {
  it("is told with what it was, and what is new has no before", () => {
    const turns = [
      turn({ field: "roaming", before: "no", after: "yes" }),
      turn({ record: "Payment request", field: "paid", after: "no" }),
    ];
    expect(changedOf(device, deviceAfter(device, turns))).toEqual([
      { seat: "customer", record: "Device", field: "roaming", before: "no", after: "yes" },
      { seat: "customer", record: "Payment request", field: "paid", before: null, after: "no" },
    ]);
  });

  it("is found under the first part of its name where many begin alike", () => {
    const field = (name: string) => ({ name, value: "no", changed: false });
    const { own, groups } = grouped({
      name: "Device",
      fields: [field("vpn connected"), field("apps › mail › sms"), field("apps › mail › storage")],
    });
    expect(own.map(({ name }) => name)).toEqual(["vpn connected"]);
    expect(groups.map(({ name, fields }) => [name, fields.map((each) => each.name)])).toEqual([
      ["apps", ["mail › sms", "mail › storage"]],
    ]);
  });
});
