import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import type { ConversationDetail } from "$lib/api/generated";
import Details from "../screens/conversation/Details.svelte";
import ToolLine from "../screens/conversation/ToolLine.svelte";
import { conversation } from "./fake-data";

const switched = {
  name: "toggle_airplane_mode",
  sentence: "Toggled airplane mode · Airplane Mode is now OFF",
  ok: true,
  arguments: [],
  result: "Airplane Mode is now OFF",
  seat: "customer" as const,
  changes: [
    {
      seat: "customer" as const,
      record: "Device",
      field: "airplane mode",
      before: "yes",
      after: "no",
    },
  ],
};

/** A conversation in which the customer has a phone. */
function withPhone(): ConversationDetail {
  const plain = conversation("c-0-0-0", "failed", false);
  const turn = {
    number: 7,
    speaker: "tool" as const,
    text: "",
    thought: "",
    drafts: [],
    meter: [],
  };
  return {
    ...plain,
    turns: [...plain.turns, { ...turn, tool: switched }],
    device: [{ name: "Device", fields: [{ name: "airplane mode", value: "yes", changed: false }] }],
    checks: [
      { text: "the phone has service", met: true },
      { text: "no more data was booked", met: false },
    ],
  };
}

describe("a conversation in which the customer has a device", () => {
  test("tells what was checked, and does not speak of records that were not compared", () => {
    render(Details, { conversation: withPhone(), live: false });
    const checks = within(screen.getByTestId("checks"));
    expect(checks.getByText("is so")).toBeVisible();
    expect(checks.getByText("is not so")).toBeVisible();
    expect(screen.queryByTestId("differences")).toBeNull();
  });

  test("shows the device at the end and at the beginning", async () => {
    render(Details, { conversation: withPhone(), live: false });
    const device = within(screen.getByTestId("device"));
    expect(device.getByText("no")).toHaveAttribute("data-changed");
    await userEvent.click(device.getByText("At the beginning"));
    expect(device.getByText("yes")).not.toHaveAttribute("data-changed");
  });

  test("tells whose call it was and what it changed", () => {
    render(ToolLine, { tool: switched });
    expect(screen.getAllByText("Customer").length).toBeGreaterThan(0);
    expect(within(screen.getByTestId("tool-changes")).getByText("airplane mode")).toBeVisible();
  });
});
