// Runs side by side over the in-memory product, used as a person uses it.

import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import App from "../App.svelte";
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

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
});

test("runs are ticked in the list and then stand side by side", async () => {
  open("#/runs");
  await user.click(await screen.findByTestId("compare"));
  const boxes = await screen.findAllByTestId("choose-run");
  expect(screen.getByTestId("compare-chosen")).toBeDisabled();
  await user.click(boxes.at(-1)!);
  await user.click(boxes.at(-2)!);
  expect(screen.getByTestId("compare-bar")).toHaveTextContent("2 runs ticked.");
  await user.click(screen.getByTestId("compare-chosen"));
  await waitFor(() => expect(location.hash).toBe("#/compare?runs=small%2Cbig"));
  expect(await screen.findByTestId("trait-table")).toHaveTextContent("Impatience: Strong");
  expect(calls("trait_table").at(-1)!.args).toEqual({ runs: ["small", "big"] });
});

test("each figure says its drop in points, its range and how many were scored", async () => {
  open("#/compare?runs=big");
  const table = await screen.findByTestId("trait-table");
  const row = within(table).getAllByRole("row")[1]!;
  const cell = within(row).getAllByRole("cell")[2]!;
  expect(cell).toHaveTextContent("71 %");
  expect(cell).toHaveTextContent("−8 points");
  expect(cell).toHaveTextContent("−16 to 0");
  expect(cell).toHaveTextContent("−10 % of baseline");
  expect(cell).toHaveTextContent("scored 209 of 210");
  expect(within(cell).getByRole("link")).toHaveAttribute(
    "href",
    "#/runs/big/conversations?condition=confusion-3",
  );
  // Nobody played the average.
  expect(within(within(row).getAllByRole("cell").at(-1)!).queryByRole("link")).toBeNull();
  const board = screen.getByTestId("pass-board");
  expect(board).toHaveTextContent("all of 3");
  expect(board).toHaveTextContent("too few attempts");
});

test("what cannot be compared is said, and what was not played", async () => {
  open("#/compare?runs=big,small,file");
  expect(await screen.findByTestId("compare-notes")).toHaveTextContent("cannot be compared");
  expect(within(screen.getByTestId("trait-table")).getAllByText("not played").length).toBe(5);
});

test("runs that share a row do not lead to the conversations of only one of them", async () => {
  open("#/compare?runs=big,small", {
    trait_table: () => ({
      columns: [{ id: "impatience-3", name: "Impatience: Strong", color: "#D55E00" }],
      rows: [
        {
          run_id: "big",
          name: "First, Second",
          domain: "Online shop",
          model: "gpt-4o",
          baseline: null,
          cells: [
            {
              rate: 0.5,
              rate_interval: null,
              points: -10,
              points_interval: null,
              percent: null,
              scored: 10,
              planned: 10,
              shown: null,
            },
          ],
        },
      ],
      notes: [],
    }),
  });
  const table = await screen.findByTestId("trait-table");
  expect(table).toHaveTextContent("First, Second");
  expect(within(within(table).getAllByRole("cell")[1]!).queryByRole("link")).toBeNull();
});

test("drops are drawn by model or by domain, and each mark opens its own run", async () => {
  open("#/compare?runs=big,file");
  const heat = await screen.findByTestId("heat-chart");
  const spots = await within(heat).findAllByTestId("chart-hotspot");
  expect(await screen.findByTestId("heat-chart-sentence")).toHaveTextContent("Drops by model");
  await user.click(screen.getByRole("radio", { name: "By domain" }));
  expect(await screen.findByText(/^Drops by domain: /)).toBeVisible();
  expect(spots.at(-1)!).toHaveAccessibleName(/gpt-4o, Confusion: Strong/);
  await user.click(
    (
      await within(screen.getByTestId("heat-chart")).findAllByRole("button", { name: /Confusion/ })
    ).at(-1)!,
  );
  await waitFor(() =>
    expect(location.hash).toBe("#/runs/file/conversations?condition=confusion-3"),
  );
});

test("two releases are drawn side by side, and what differs between them is said once", async () => {
  open("#/compare?runs=big,file");
  expect(await screen.findByTestId("slope-chart-drawing")).toBeInTheDocument();
  await waitFor(() =>
    expect(screen.getAllByText(/was played with another customer model/)).toHaveLength(1),
  );
  expect(screen.getByTestId("heat-chart-cautions")).toHaveTextContent("Other customer model:");
});

test("with more or fewer runs it says how two releases are compared", async () => {
  open("#/compare?runs=big,small,file");
  expect(await screen.findByTestId("slope-chart-missing")).toHaveTextContent("Choose two runs");
});

test("the tables stay when the charts cannot be listed", async () => {
  open("#/compare?runs=big,small", {
    list_charts: () => {
      throw {
        code: "storage",
        message: "The disk is full.",
        detail: "",
        retryable: true,
        help: "",
      };
    },
  });
  expect(await screen.findByText("The disk is full.")).toBeVisible();
  expect(screen.getByTestId("trait-table")).toBeVisible();
});

test("a run is taken out of the comparison", async () => {
  open("#/compare?runs=big,small");
  await screen.findByTestId("trait-table");
  const [, second] = await screen.findAllByTestId("compared-run");
  await user.click(within(second!).getByRole("button"));
  await waitFor(() => expect(location.hash).toBe("#/compare?runs=big"));
  await waitFor(() => expect(screen.queryByTestId("compare-notes")).toBeNull());
});

test("both tables are saved in three formats", async () => {
  open("#/compare?runs=big");
  for (const kind of ["traits", "board"]) {
    for (const format of ["csv", "markdown", "json"]) {
      // A menu that closes lets go of the page a moment later.
      await waitFor(() => expect(document.body.style.pointerEvents).not.toBe("none"));
      await user.click(await screen.findByTestId(`save-${kind}`));
      await user.click(await screen.findByTestId(`save-${format}`));
      await waitFor(() =>
        expect(calls("save_table").at(-1)?.args).toEqual({ runs: ["big"], kind, format }),
      );
    }
  }
  expect(await screen.findByText("Saved as /home/someone/Documents/board.json")).toBeVisible();
});

test("without runs it says how to choose some", async () => {
  open("#/compare");
  expect(await screen.findByText("Choose the runs to compare")).toBeVisible();
  expect(screen.getByTestId("choose-runs")).toHaveAttribute("href", "#/runs?compare=");
  expect(calls("trait_table")).toHaveLength(0);
});

test("a run that is gone is named, and the rest is offered", async () => {
  open("#/compare?runs=big,nowhere");
  expect(await screen.findByText("This run is not there any more.")).toBeVisible();
  expect(await screen.findByText(/nowhere \(not there any more\)/)).toBeVisible();
});
