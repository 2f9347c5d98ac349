// The main screens over the in-memory product, used as a person uses them.

import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { RunDraft } from "../lib/api/generated";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import { fakeHost } from "./fake-product";
import { user } from "./person";

let host: ReturnType<typeof fakeHost>;

function open(address: string, product?: Parameters<typeof fakeHost>[0]) {
  host = fakeHost(product);
  useHost(host);
  go(address, true);
  render(App);
}

const calls = (name: string) => host.calls.filter((call) => call.name === name);
const lastDraft = (name: string) => (calls(name).at(-1)?.args as { draft: RunDraft }).draft;

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
});

describe("home", () => {
  test("labels the sample and shows each run's sentence and progress", async () => {
    open("#/runs");
    expect(await screen.findByText("Sample, made by practice models")).toBeVisible();
    expect(screen.getAllByText(/success fell by 18 points/)).toHaveLength(2);
    expect(screen.getByText(/87 of 1,050 conversations, about 6 min to go, \$1.12/)).toBeVisible();
  });

  test("deletes a run only after asking", async () => {
    open("#/runs");
    const [menu] = await screen.findAllByTestId("run-menu");
    await user.click(menu!);
    await user.click(await screen.findByText("Delete"));
    expect(calls("delete_run")).toHaveLength(0);
    await user.click(await screen.findByTestId("confirm-delete"));
    await waitFor(() =>
      expect(calls("delete_run")).toEqual([{ name: "delete_run", args: { id: "live" } }]),
    );
    await waitFor(() => expect(screen.queryByText("Telecom with the house server")).toBeNull());
  });

  test("says what to do when there are no runs", async () => {
    open("#/runs", { list_runs: () => ({ total: 0, rows: [] }) });
    expect(await screen.findByText("No runs yet")).toBeVisible();
    expect(screen.getByText("Set up the first run")).toHaveAttribute("href", "#/new");
  });

  test("says what happened when the list cannot be read, and tries again", async () => {
    let broken = true;
    const error = {
      code: "storage",
      message: "The disk is full.",
      detail: "",
      retryable: true,
      help: "",
    };
    open("#/runs", {
      list_runs: () => {
        if (broken) throw error;
        return { total: 0, rows: [] };
      },
    });
    expect(await screen.findByText("The disk is full.")).toBeVisible();
    broken = false;
    await user.click(screen.getByText("Try again"));
    expect(await screen.findByText("No runs yet")).toBeVisible();
  });
});

describe("new run", () => {
  test("moving a slider changes the selected condition, its table and the draft", async () => {
    open("#/new");
    await user.click(await screen.findByTestId("condition-1"));
    expect(screen.queryByTestId("trait-impatience")).toBeNull();
    await user.click(screen.getByTestId("choose-trait"));
    await user.click(screen.getByTestId("pick-impatience"));
    const row = screen.getByTestId("trait-impatience");
    const slider = within(row).getByRole("slider");
    expect(slider).toHaveAttribute("aria-valuetext", "Clear");
    await user.click(within(row).getByText("Extreme"));
    expect(slider).toHaveAttribute("aria-valuetext", "Extreme");
    expect(screen.getByTestId("cell-impatience-1")).toHaveTextContent("Extreme");
    expect(within(row).getByText(/Snaps at any question/)).toBeVisible();
    await waitFor(() =>
      expect(lastDraft("preview_run").conditions[1]?.levels).toEqual({
        impatience: 4,
        confusion: 3,
      }),
    );
  });

  test("the example line is heard on request", async () => {
    open("#/new");
    const row = await screen.findByTestId("trait-impatience");
    expect(within(row).queryByText("Do it now.")).toBeNull();
    await user.click(within(row).getByText("Hear it"));
    expect(within(row).getByText("Do it now.")).toBeVisible();
  });

  test("starts with what was set and opens the run", async () => {
    open("#/new");
    await screen.findByTestId("condition-0");
    await user.click(screen.getByTestId("remove-condition"));
    await user.click(screen.getByLabelText("One more"));
    await user.type(screen.getByTestId("run-name"), "Mine");
    await user.click(await screen.findByTestId("start-run"));
    await waitFor(() => expect(location.hash).toMatch(/^#\/runs\/r\d/));
    const draft = lastDraft("start_run");
    expect(draft.name).toBe("Mine");
    expect(draft.trials).toBe(4);
    expect(draft.conditions).toHaveLength(3);
    expect(await screen.findByTestId("run-progress")).toBeVisible();
  });

  test("cannot start while no task is chosen, and says so", async () => {
    open("#/new");
    await screen.findByTestId("start-run");
    await user.click(screen.getByLabelText("Choose tasks"));
    await waitFor(() => expect(screen.getByTestId("start-run")).toBeDisabled());
    expect(screen.getByTestId("problems")).toHaveTextContent("Choose at least one task.");
    await user.click((await screen.findAllByRole("checkbox"))[3]!);
    await waitFor(() => expect(screen.getByTestId("start-run")).toBeEnabled());
    expect(lastDraft("preview_run").task_ids).toEqual(["2"]);
  });
});

describe("a run", () => {
  test("under way shows its progress and asks again when it changes", async () => {
    open("#/runs/live");
    expect(await screen.findByTestId("run-progress")).toHaveTextContent("87 of 1,050");
    const before = calls("get_run").length;
    host.tick("another");
    host.tick("live");
    await waitFor(() => expect(calls("get_run").length).toBe(before + 1));
  });

  test("under way leads to a conversation that goes on", async () => {
    open("#/runs/live");
    await user.click(await screen.findByTestId("read-one"));
    expect(await screen.findByText("This conversation is going on")).toBeVisible();
  });

  test("under way has no failures to explain yet; the address shows its progress", async () => {
    open("#/runs/live/faults");
    expect(await screen.findByTestId("run-progress")).toBeVisible();
    expect(screen.queryByTestId("tab-faults")).toBeNull();
    expect(calls("run_faults")).toHaveLength(0);
  });

  test("that is paused says why and offers the next step", async () => {
    open("#/runs/paused");
    expect(await screen.findByTestId("run-message")).toHaveTextContent("refuses the key");
    await user.click(screen.getByText("Try to go on"));
    await waitFor(() => expect(calls("resume_run")).toHaveLength(1));
  });

  test("with 1,050 conversations draws only the rows in view", async () => {
    open("#/runs/big/conversations");
    const rows = await screen.findAllByTestId("conversation-row");
    expect(rows.length).toBeLessThan(40);
    expect(screen.getByText("1,050 conversations")).toBeVisible();
  });

  test("in the grid one cell is in the tab order and arrow keys move it", async () => {
    open("#/runs/big/conversations?view=grid");
    const cells = await screen.findAllByTestId("cell");
    expect(cells.filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
    cells[0]!.focus();
    await user.keyboard("{ArrowRight}{ArrowDown}");
    await waitFor(() => expect(document.activeElement).toHaveAttribute("data-at", "1:1"));
    expect(document.activeElement).toHaveAccessibleName(
      /Return two chairs \(2\), Baseline, attempt 2: (Passed|Failed|Not scored)/,
    );
  });

  test("finished is titled by its sentence; its chart opens the conversations behind it", async () => {
    open("#/runs/big");
    expect(await screen.findByTestId("result-sentence")).toHaveTextContent("fell by 18 points");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("fell by 18 points");
    const spots = await screen.findAllByTestId("chart-hotspot");
    await user.click(spots[1]!);
    await waitFor(() =>
      expect(location.hash).toBe("#/runs/big/conversations?condition=impatience-3"),
    );
  });

  test("exports and names the file", async () => {
    open("#/runs/big");
    await user.click(await screen.findByTestId("export-menu"));
    await user.click(await screen.findByTestId("export-pdf"));
    expect(await screen.findByText("Saved as /home/someone/Documents/result.pdf")).toBeVisible();
  });
});

describe("a conversation", () => {
  test("that failed shows expected against actual and what was not said", async () => {
    open("#/conversations/c-1-2-0");
    expect(await screen.findByTestId("verdict")).toHaveTextContent("Failed");
    const differences = screen.getByTestId("differences");
    expect(differences).toHaveTextContent("1 record did not end as expected");
    expect(differences).toHaveTextContent("Gothenburg");
    expect(differences).toHaveTextContent("Malmö");
    expect(screen.getByText("not said")).toBeVisible();
  });

  test("opens a tool's line in place", async () => {
    open("#/conversations/c-1-2-0");
    const [line] = await screen.findAllByTestId("tool-line");
    expect(screen.queryByTestId("tool-details")).toBeNull();
    await user.click(line!);
    expect(screen.getByTestId("tool-details")).toHaveTextContent('"total": 12.50');
  });

  test("J and K go to the neighbours and B to the easy customer", async () => {
    open("#/conversations/c-1-2-0");
    await screen.findByTestId("verdict");
    await user.keyboard("j");
    await waitFor(() => expect(location.hash).toBe("#/conversations/c-2-2-0"));
    await screen.findByText("Exchange a lamp (3)");
    await user.keyboard("k");
    await waitFor(() => expect(location.hash).toBe("#/conversations/c-1-2-0"));
    await screen.findByText("Exchange a lamp (2)");
    await user.keyboard("b");
    await waitFor(() => expect(location.hash).toBe("#/conversations/c-1-0-0"));
  });

  test("that goes on is read along", async () => {
    open("#/conversations/l-5-4-0");
    expect(await screen.findByText("This conversation is going on")).toBeVisible();
    const before = calls("get_conversation").length;
    host.tick("live");
    await waitFor(() => expect(calls("get_conversation").length).toBeGreaterThan(before));
  });
});

describe("keys of the window", () => {
  test("Ctrl K finds a run and opens it", async () => {
    open("#/runs");
    await screen.findAllByTestId("run-row");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByPlaceholderText(/Find a run/), "Quarterly");
    await screen.findByRole("option", { name: /Quarterly/ });
    await user.keyboard("{Enter}");
    await waitFor(() => expect(location.hash).toBe("#/runs/big"));
  });

  test("? lists the keys, but not while typing", async () => {
    open("#/new");
    await user.type(await screen.findByTestId("run-name"), "?");
    expect(screen.queryByRole("dialog")).toBeNull();
    (document.activeElement as HTMLElement).blur();
    await user.keyboard("?");
    expect(await screen.findByRole("dialog")).toHaveTextContent("Next conversation");
  });
});
