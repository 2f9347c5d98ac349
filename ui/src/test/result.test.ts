// A result read, changed and taken along, over the in-memory product, used as a person uses it.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { Chart, ChartQuery, ConversationQuery, ResultRequest } from "../lib/api/generated";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import { fakeHost, fakeProduct } from "./fake-product";
import { user } from "./person";

let host: ReturnType<typeof fakeHost>;

function open(address: string, product?: Parameters<typeof fakeHost>[0]) {
  host = fakeHost(product);
  useHost(host);
  go(address, true);
  render(App);
}

const calls = (name: string) => host.calls.filter((call) => call.name === name);
const lastRequest = () => (calls("run_result").at(-1)!.args as { request: ResultRequest }).request;
const lastQuery = () => (calls("draw_chart").at(-1)!.args as { query: ChartQuery }).query;
const title = () => screen.getByRole("heading", { level: 1 });

const busy = {
  code: "internal",
  message: "The chart could not be drawn.",
  detail: "",
  retryable: true,
  help: "",
};

async function openReading() {
  await user.click(await screen.findByTestId("open-reading"));
  return screen.findByTestId("reading-panel");
}

async function choose(testid: string, option: RegExp) {
  const trigger = await screen.findByTestId(testid);
  trigger.focus();
  await user.keyboard("{Enter}");
  const options = await screen.findAllByRole("option", { hidden: true });
  await fireEvent.pointerUp(options.find((each) => option.test(each.textContent ?? ""))!);
}

/** The picture's marks once they are there. */
async function marks(testid = "chart") {
  const chart = await screen.findByTestId(testid);
  return within(chart).findAllByTestId("chart-hotspot");
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
});

describe("how a result is read", () => {
  test("leaving a task out changes the sentence, the chart and the table, and one click brings them back", async () => {
    open("#/runs/big");
    const before = await screen.findByTestId("result-sentence");
    expect(before).toHaveTextContent("fell by 18 points");
    expect(screen.queryByTestId("changed-afterwards")).toBeNull();
    const panel = await openReading();
    const [first] = await within(panel).findAllByTestId("task-pick");
    await user.click(within(first!).getByRole("checkbox"));
    expect(screen.getByTestId("changed-afterwards")).toHaveTextContent("1 task left out");
    await waitFor(() => expect(title()).toHaveTextContent(/69 tasks/));
    expect(lastRequest().analysis.exclude_tasks).toEqual(["0"]);
    await waitFor(() => expect(lastQuery().analysis.exclude_tasks).toEqual(["0"]));
    await user.click(screen.getByTestId("as-planned"));
    await waitFor(() => expect(title()).toHaveTextContent("fell by 18 points"));
    expect(screen.queryByTestId("changed-afterwards")).toBeNull();
    expect(within(first!).getByRole("checkbox")).toBeChecked();
  });

  test("tasks are searched, and those found are left out together", async () => {
    open("#/runs/big");
    const panel = await openReading();
    await within(panel).findAllByTestId("task-pick");
    await user.type(within(panel).getByRole("searchbox"), "chairs");
    expect(within(panel).getByText(/18 found/)).toBeVisible();
    await user.click(within(panel).getByTestId("leave-out-found"));
    await waitFor(() => expect(lastRequest().analysis.exclude_tasks).toHaveLength(18));
    expect(within(panel).getByText(/18 tasks of 70 left out/)).toBeVisible();
  });

  test("a search that finds no task says so", async () => {
    open("#/runs/big");
    const panel = await openReading();
    await within(panel).findAllByTestId("task-pick");
    await user.type(within(panel).getByRole("searchbox"), "submarine");
    expect(within(panel).getByText("No task matches.")).toBeVisible();
  });

  test("a margin is typed in points; the planned one counts as no change", async () => {
    open("#/runs/big");
    await openReading();
    const margin = screen.getByTestId("reading-margin");
    expect(margin).toHaveValue(5);
    await user.clear(margin);
    await user.type(margin, "8");
    expect(screen.getByTestId("changed-afterwards")).toHaveTextContent(
      "margin 8 instead of 5 points",
    );
    await waitFor(() => expect(lastRequest().analysis.margin).toBe(8));
    await user.clear(margin);
    await user.type(margin, "5");
    expect(screen.queryByTestId("changed-afterwards")).toBeNull();
  });

  test("another kind of customer is compared with", async () => {
    open("#/runs/big");
    await openReading();
    await choose("reading-baseline", /Confusion/);
    expect(screen.getByTestId("changed-afterwards")).toHaveTextContent(
      "compared with “Confusion: Strong”",
    );
    await waitFor(() =>
      expect(within(screen.getByTestId("result-table")).getAllByRole("row")[1]).toHaveTextContent(
        "Confusion: Strong",
      ),
    );
  });

  test("the result without the customer's faults stands beside the headline and is one click away", async () => {
    open("#/runs/big");
    const line = await screen.findByTestId("sensitivity");
    expect(line).toHaveTextContent(/Without the \d+ conversations that failed by the customer's/);
    await user.click(within(line).getByTestId("read-without-user-faults"));
    await waitFor(() => expect(lastRequest().analysis.leave_out_user_faults).toBe(true));
    expect(screen.getByTestId("changed-afterwards")).toHaveTextContent(
      "without failures by the customer's fault",
    );
    expect(screen.queryByTestId("sensitivity")).toBeNull();
  });

  test("many clicks are answered once", async () => {
    open("#/runs/big");
    const panel = await openReading();
    const rows = await within(panel).findAllByTestId("task-pick");
    await marks();
    const before = calls("run_result").length;
    for (const row of rows.slice(0, 5)) fireEvent.click(within(row).getByRole("checkbox"));
    await waitFor(() => expect(lastRequest().analysis.exclude_tasks).toHaveLength(5));
    expect(calls("run_result")).toHaveLength(before + 1);
  });

  test("the old picture and figures stay when they cannot be worked out anew", async () => {
    const product = fakeProduct();
    let broken = false;
    open("#/runs/big", {
      draw_chart: (args) => {
        if (broken) throw busy;
        return product.draw_chart(args);
      },
      run_result: (args) => {
        if (broken) throw { ...busy, message: "The result could not be worked out." };
        return product.run_result(args);
      },
    });
    const panel = await openReading();
    const [first] = await within(panel).findAllByTestId("task-pick");
    await marks();
    broken = true;
    await user.click(within(first!).getByRole("checkbox"));
    const old = await screen.findByTestId("chart-old");
    expect(old).toHaveTextContent("The chart could not be drawn. This is the picture from before.");
    expect(await screen.findByText("The result could not be worked out.")).toBeVisible();
    expect(screen.getByTestId("chart-drawing").querySelector("svg")).not.toBeNull();
    expect(screen.getByTestId("result-table")).toBeVisible();
    broken = false;
    await user.click(within(old).getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.queryByTestId("chart-old")).toBeNull());
  });

  test("the panel takes the focus and gives it back", async () => {
    open("#/runs/big");
    const panel = await openReading();
    await waitFor(() => expect(within(panel).getByRole("heading")).toHaveFocus());
    await user.click(within(panel).getByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.getByTestId("open-reading")).toHaveFocus());
  });

  test("goes into every file that is taken along", async () => {
    open("#/runs/big");
    const panel = await openReading();
    const [first] = await within(panel).findAllByTestId("task-pick");
    await user.click(within(first!).getByRole("checkbox"));
    await user.click(screen.getByTestId("export-menu"));
    await user.click(await screen.findByTestId("export-xlsx"));
    await waitFor(() => expect(calls("export_run")).toHaveLength(1));
    expect(calls("export_run")[0]!.args).toMatchObject({
      request: { run_id: "big", analysis: { exclude_tasks: ["0"] }, language: "en-US" },
      format: "xlsx",
    });
  });
});

describe("a closer look", () => {
  test("shows one chart at a time with its sentence; arrow keys go from one to the next", async () => {
    open("#/runs/big");
    const attempts = await screen.findByRole("tab", { name: "All attempts" });
    expect(attempts).toHaveAttribute("aria-selected", "true");
    expect(await screen.findByTestId("gallery-chart-sentence")).toHaveTextContent(
      "How often all attempts succeed",
    );
    attempts.focus();
    await user.keyboard("{ArrowRight}{ArrowRight}");
    const flips = screen.getByRole("tab", { name: "Tasks" });
    await waitFor(() => expect(flips).toHaveFocus());
    expect(flips).toHaveAttribute("aria-selected", "true");
    expect(location.hash).toBe("#/runs/big?chart=flips");
    expect(screen.getAllByRole("tab").filter((tab) => tab.tabIndex === 0)).toEqual([flips]);
    await user.keyboard("{End}");
    await waitFor(() => expect(screen.getByRole("tab", { name: "Effort" })).toHaveFocus());
  });

  test("says of a chart that cannot be drawn what to do, and asks for no picture", async () => {
    open("#/runs/small?chart=pass_k");
    const notice = await screen.findByTestId("not-yet");
    expect(notice).toHaveTextContent("Set three attempts or more to see it.");
    expect(within(notice).getByRole("link")).toHaveAttribute("href", "#/new?from=small");
    expect(screen.getByTestId("chart-tab-pass_k")).toHaveTextContent("(not yet)");
    const asked = calls("draw_chart").map(({ args }) => (args as { query: ChartQuery }).query.kind);
    expect(asked).not.toContain("pass_k");
  });

  test("of an opened file leads to where failures are judged", async () => {
    open("#/runs/file?chart=tags");
    const notice = await screen.findByTestId("not-yet");
    expect(within(notice).getByRole("link")).toHaveAttribute("href", "#/runs/file/faults");
  });

  test("effort is turns, tool calls, cost or seconds", async () => {
    open("#/runs/big?chart=forest.seconds");
    await marks("gallery-chart");
    expect(screen.getByRole("radio", { name: "Seconds" })).toBeChecked();
    await user.click(screen.getByRole("radio", { name: "Cost" }));
    expect(await screen.findByTestId("not-yet")).toHaveTextContent("Practice models cost nothing.");
  });

  test("is not there when nothing else can be drawn, and says when that cannot be known", async () => {
    open("#/runs/big", { list_charts: () => [] });
    await marks();
    expect(screen.queryByTestId("gallery")).toBeNull();
  });

  test("says what went wrong when the charts cannot be listed; the first one stays", async () => {
    open("#/runs/big", {
      list_charts: () => {
        throw { ...busy, message: "The disk is full." };
      },
    });
    expect(await screen.findByText("The disk is full.")).toBeVisible();
    expect((await marks()).length).toBeGreaterThan(0);
  });
});

describe("the marks of a chart", () => {
  test("one is in the tab order, arrow keys move, and the focused one says what it shows", async () => {
    open("#/runs/big");
    const spots = await marks();
    expect(spots.filter((spot) => spot.tabIndex === 0)).toEqual([spots[0]]);
    spots[0]!.focus();
    await user.keyboard("{ArrowDown}");
    expect(spots[1]).toHaveFocus();
    expect(screen.getByTestId("spot-tip")).toHaveTextContent(/Impatience: Strong: .* %/);
    expect(spots[1]).toHaveAccessibleDescription("Opens its conversations.");
    await user.keyboard("{End}");
    expect(spots.at(-1)).toHaveFocus();
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(location.hash).toBe("#/runs/big/conversations?condition=incoherence-3"),
    );
  });

  test("a side at fault opens its failures, which can be widened again", async () => {
    open("#/runs/big?chart=faults");
    const spots = await marks("gallery-chart");
    await user.click(spots.find((spot) => /Customer/.test(spot.getAttribute("aria-label")!))!);
    await waitFor(() => expect(location.hash).toBe("#/runs/big/conversations?author=user"));
    const narrowed = await screen.findByTestId("narrowed");
    expect(narrowed).toHaveTextContent("At fault: Customer");
    await screen.findAllByTestId("conversation-row");
    const query = (calls("list_conversations").at(-1)!.args as { query: ConversationQuery }).query;
    expect(query).toMatchObject({ author: "user", task: null, tag: null });
    await user.click(within(narrowed).getByRole("button", { name: /Customer/ }));
    await waitFor(() => expect(location.hash).toBe("#/runs/big/conversations"));
    expect(screen.queryByTestId("narrowed")).toBeNull();
  });

  test("a tag is named in the list that it opens", async () => {
    open("#/runs/big/conversations?tag=hallucination");
    expect(await screen.findByText("Made something up")).toBeVisible();
  });

  test("a flipped task is left out by X where it is drawn", async () => {
    open("#/runs/big?chart=flips");
    const spots = await marks("gallery-chart");
    const task = spots[0]!.dataset.task!;
    spots[0]!.focus();
    expect(spots[0]).toHaveAccessibleDescription(/X leaves the task out/);
    await user.keyboard("x");
    expect(await screen.findByText("The task is left out of the result")).toBeVisible();
    await waitFor(() => expect(lastRequest().analysis.exclude_tasks).toEqual([task]));
  });

  test("a flipped task is left out where its conversations are listed, and back there it shows", async () => {
    open("#/runs/big?chart=flips");
    const spots = await marks("gallery-chart");
    const task = spots[0]!.dataset.task!;
    await user.click(spots[0]!);
    await waitFor(() => expect(location.hash).toMatch(/conversations\?condition=.*task=/));
    await user.click(await screen.findByTestId("toggle-task"));
    expect(screen.getByTestId("toggle-task")).toHaveTextContent("Count this task again");
    await user.click(screen.getByTestId("tab-result"));
    expect(await screen.findByTestId("changed-afterwards")).toHaveTextContent("1 task left out");
    await waitFor(() => expect(lastRequest().analysis.exclude_tasks).toEqual([task]));
  });

  test("a row of the grid is left out by X or its button", async () => {
    open("#/runs/big/conversations?view=grid");
    const [cell] = await screen.findAllByTestId("cell");
    cell!.focus();
    await user.keyboard("x");
    expect(screen.getAllByText("(left out of the result)")).toHaveLength(1);
    await user.click(screen.getAllByTestId("grid-toggle")[1]!);
    expect(screen.getAllByText("(left out of the result)")).toHaveLength(2);
  });
});

describe("a chart", () => {
  test("is shown as a table and as a picture again", async () => {
    open("#/runs/big");
    await user.click(await screen.findByTestId("chart-as-table"));
    const table = screen.getByTestId("chart-table");
    expect(within(table).getByRole("rowheader", { name: "Baseline" })).toBeVisible();
    expect(screen.queryByTestId("chart-drawing")).toBeNull();
    await user.click(screen.getByTestId("chart-as-table"));
    expect(screen.getByTestId("chart-drawing")).toBeInTheDocument();
  });

  test("is saved in every format and named", async () => {
    open("#/runs/big?chart=faults");
    await marks("gallery-chart");
    for (const format of ["svg", "png", "png2", "png3", "pdf", "csv"]) {
      await waitFor(() => expect(document.body.style.pointerEvents).not.toBe("none"));
      await user.click(screen.getByTestId("gallery-chart-save"));
      await user.click(await screen.findByTestId(`save-${format}`));
      await waitFor(() =>
        expect(calls("save_chart").at(-1)?.args).toMatchObject({
          query: { runs: ["big"], kind: "faults" },
          format,
        }),
      );
    }
    expect(await screen.findByText("Saved as /home/someone/Documents/faults.csv")).toBeVisible();
  });

  test("is copied as picture, table or sentence; a clipboard out of reach is said", async () => {
    let reached = true;
    open("#/runs/big", { copy_chart: () => reached });
    await user.click(await screen.findByTestId("chart-copy"));
    await user.click(await screen.findByTestId("copy-picture"));
    expect(await screen.findByText("Picture copied")).toBeVisible();
    reached = false;
    await waitFor(() => expect(document.body.style.pointerEvents).not.toBe("none"));
    await user.click(screen.getByTestId("chart-copy"));
    await user.click(await screen.findByTestId("copy-sentence"));
    expect(await screen.findByText(/The clipboard cannot be reached/)).toBeVisible();
  });

  test("with nothing in it says so in its table", async () => {
    const empty: Chart = {
      title: "Success",
      sentence: "There is nothing to compare yet.",
      svg: "<svg xmlns='http://www.w3.org/2000/svg'></svg>",
      width: 600,
      height: 60,
      hotspots: [],
      text: [],
      table: { columns: [], figures: [], rows: [] },
      cautions: [],
    };
    open("#/runs/big", { draw_chart: () => empty });
    await user.click(await screen.findByTestId("chart-as-table"));
    expect(screen.getByText("There are no figures behind this chart yet.")).toBeVisible();
  });
});

describe("cautions", () => {
  test("stand above the chart with a word for what each is about; several open on request", async () => {
    open("#/runs/small");
    const banner = await screen.findByTestId("cautions");
    expect(banner).toHaveTextContent("Few tasks: Only 2 tasks were compared");
    expect(banner).not.toHaveTextContent("Stopped early");
    await user.click(within(banner).getByRole("button", { name: "2 more to keep in mind" }));
    expect(banner).toHaveTextContent("Stopped early: The run was stopped after 10 of 30");
    expect(banner).toHaveTextContent("Other data:");
    expect(banner.compareDocumentPosition(screen.getByTestId("chart"))).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
  });

  test("are said once: neither at the chart nor below among the notes", async () => {
    open("#/runs/big");
    await marks();
    expect(screen.getAllByText(/42 of 1,050 conversations were not scored/)).toHaveLength(1);
    expect(screen.queryByText(/“Confusion: Strong” did not come across so/)).toBeNull();
  });
});

describe("the language of charts", () => {
  test("is the system's until one is chosen, and then asked for everywhere", async () => {
    open("#/settings");
    expect(await screen.findByTestId("settings-language")).toHaveTextContent(
      "As the system (English)",
    );
    await choose("settings-language", /Deutsch/);
    await waitFor(() =>
      expect(calls("save_settings")[0]!.args).toEqual({
        settings: { theme: "system", language: "de" },
      }),
    );
    go("#/runs/big");
    await waitFor(() => expect(title()).toHaveTextContent(/fiel der Erfolg um \d+ Punkte/));
    await marks();
    expect(lastQuery().language).toBe("de");
    expect(screen.getByTestId("chart")).toHaveAttribute("lang", "de");
  });

  test("stays as it was when it cannot be kept", async () => {
    open("#/settings", {
      save_settings: () => {
        throw { ...busy, message: "The settings could not be saved. Is the disk full?" };
      },
    });
    await choose("settings-language", /Español/);
    expect(await screen.findByText(/Is the disk full/)).toBeVisible();
    expect(screen.getByTestId("settings-language")).toHaveTextContent("As the system");
  });
});
