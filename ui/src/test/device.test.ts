import { render, screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import Details from "../screens/conversation/Details.svelte";
import GradeParts from "../screens/conversation/GradeParts.svelte";
import ToolLine from "../screens/conversation/ToolLine.svelte";
import { aloneConversation, phoneConversation } from "./fake-phone";

const withPhone = () => phoneConversation("p-0-0-0");
const switched = withPhone().turns.find((turn) => turn.tool?.seat === "customer")!.tool!;

describe("a conversation in which the customer has a device", () => {
  test("does not speak of records that were not compared", () => {
    render(Details, { conversation: withPhone(), live: false });
    expect(screen.queryByTestId("differences")).toBeNull();
  });

  test("tells why it was not solved: each part, what was found instead, and where", async () => {
    const onturn = vi.fn();
    render(GradeParts, { account: withPhone().account!, passed: false, onturn });
    expect(screen.getByText("Why it was not solved")).toBeVisible();
    const [deciding] = screen.getAllByTestId("grade-part");
    expect(deciding).toHaveAttribute("data-all", "false");
    expect(
      within(deciding!).getByText("There was no connection: mobile data was off."),
    ).toBeVisible();
    await userEvent.click(within(deciding!).getByText("turn 3"));
    expect(onturn).toHaveBeenCalledWith(3);
    // What does not decide is told apart.
    await userEvent.click(screen.getByText("Looked at, but not decisive"));
    const [, steps, records] = screen.getAllByTestId("grade-part");
    const aside = screen.getByTestId("not-decisive");
    expect(aside).toContainElement(steps!);
    expect(aside).toContainElement(records!);
    expect(aside).not.toContainElement(deciding!);
    const [bill, device] = within(records!).getAllByTestId("end-record");
    expect(bill).toHaveTextContent("should be Paid, was Awaiting Payment");
    expect(device).toHaveTextContent("should be on, was off");
  });

  test("tells what was checked of one that was solved, and how a cut short one stood", () => {
    const account = withPhone().account!;
    const met = { ...account, parts: [{ ...account.parts[0]!, met: true }] };
    const { unmount } = render(GradeParts, { account: met, passed: true });
    expect(screen.getByText("What was checked at the end")).toBeVisible();
    expect(screen.queryByTestId("not-decisive")).toBeNull();
    unmount();
    const ending = "The conversation was cut short: the limit of steps was reached.";
    render(GradeParts, { account: { ...account, cut_short: true, ending }, passed: false });
    expect(screen.getByTestId("ending")).toHaveTextContent("the limit of steps");
    expect(screen.getByText(/a failure whatever was done/)).toBeVisible();
  });

  test("shows the device at the end and at the beginning", async () => {
    render(Details, { conversation: withPhone(), live: false });
    const device = within(screen.getByTestId("device"));
    await userEvent.click(device.getByText("Device", { selector: "summary *" }));
    const part = within(device.getAllByTestId("device-part")[0]!);
    expect(part.getByText(/excellent/)).toHaveAttribute("data-changed");
    expect(within(device.getByTestId("device-changed")).getByText("excellent")).toBeVisible();
    expect(within(device.getByTestId("status-bar")).getByText(/Signal excellent/)).toBeVisible();
    await userEvent.click(device.getByText("At the beginning"));
    expect(device.queryByText(/excellent/)).toBeNull();
    expect(device.queryByTestId("device-changed")).toBeNull();
    expect(part.getByText("none")).not.toHaveAttribute("data-changed");
    expect(within(device.getByTestId("status-bar")).getByText("Airplane mode")).toBeVisible();
  });

  test("shows the device as it was at the message that is read", async () => {
    const conversation = withPhone();
    const call = conversation.turns.find((turn) => turn.tool === switched || turn.tool?.changes)!;
    const { rerender } = render(Details, { conversation, live: false, at: call.number - 1 });
    const device = within(screen.getByTestId("device"));
    expect(device.getByLabelText(`After turn ${call.number - 1}`)).toBeChecked();
    expect(device.getByText("Nothing.")).toBeVisible();
    await rerender({ conversation, live: false, at: call.number });
    expect(device.getByLabelText(`After turn ${call.number}`)).toBeChecked();
    expect(within(device.getByTestId("device-changed")).getByText("airplane mode")).toBeVisible();
    await userEvent.click(device.getByLabelText("At the end"));
    expect(device.getByLabelText("At the end")).toBeChecked();
  });

  test("in which the agent works alone has a ticket, and no customer who wanted something", () => {
    render(Details, { conversation: aloneConversation("pa-0-0-0"), live: false });
    expect(screen.getByText("The ticket")).toBeVisible();
    expect(screen.getByText(/no service since this morning/)).toBeVisible();
    expect(screen.queryByText("What the customer knew and wanted")).toBeNull();
  });

  test("tells whose call it was and what it changed", () => {
    render(ToolLine, { tool: switched });
    expect(screen.getAllByText("Customer").length).toBeGreaterThan(0);
    expect(within(screen.getByTestId("tool-changes")).getByText("airplane mode")).toBeVisible();
  });
});
