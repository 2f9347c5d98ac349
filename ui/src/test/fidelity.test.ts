// Whether customers were as they were meant to be, and models on this computer, over the in-memory
// product.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { FidelityDraft, RunDraft } from "../lib/api/generated";
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

async function choose(testid: string, option: RegExp) {
  const trigger = await screen.findByTestId(testid);
  trigger.focus();
  await user.keyboard("{Enter}");
  const options = await screen.findAllByRole("option", { hidden: true });
  await fireEvent.pointerUp(options.find((each) => option.test(each.textContent ?? ""))!);
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
});

describe("a result", () => {
  test("says above the drop that customers did not show their trait", async () => {
    open("#/runs/big");
    const said = await screen.findByTestId("not-as-asked");
    expect(said).toHaveTextContent("Customers asked for “Confusion: Strong” did not");
    const chart = screen.getByTestId("chart");
    expect(said.compareDocumentPosition(chart)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await user.click(within(said).getByRole("link", { name: "How this was measured" }));
    expect(
      screen.getByRole("heading", { name: "Were the customers as they were meant to be?" }),
    ).toHaveFocus();
  });

  test("keeps quiet above the chart when all customers were as asked", async () => {
    const shown = fakeProduct();
    open("#/runs/big", {
      run_fidelity: async (args) => ({ ...(await shown.run_fidelity(args)), shown: "shown" }),
    });
    expect(await screen.findByTestId("fidelity-sentence")).toBeVisible();
    expect(screen.queryByTestId("not-as-asked")).toBeNull();
  });

  test("shows asked, measured, whether it was there, and whether it held", async () => {
    open("#/runs/big");
    const rows = within(await screen.findByTestId("shown-table")).getAllByRole("row");
    expect(rows[1]).toHaveTextContent("Impatience: Strong");
    expect(rows[1]).toHaveTextContent("2.6 of 3");
    expect(rows[1]).toHaveTextContent("Shown");
    expect(rows[1]).toHaveTextContent("to the end");
    expect(rows[2]).toHaveTextContent("Not shown");
    expect(rows[2]).toHaveTextContent("too short to tell");
  });

  test("explains its figures in words", async () => {
    open("#/runs/big");
    await user.click(await screen.findByText("Does more asked show more?"));
    const table = screen.getByTestId("fidelity-table");
    expect(table).toHaveTextContent("91 %");
    expect(table).toHaveTextContent("86 to 95 %");
    expect(screen.getByText(/50 % is chance, 100 % is always/)).toBeVisible();
    expect(await screen.findByTestId("fidelity-chart-drawing")).toBeInTheDocument();
    await user.click(screen.getByText("Did they still tell the truth of their task?"));
    expect(screen.getByTestId("adherence-table")).toHaveTextContent("98 %");
    expect(screen.getByRole("link", { name: "Exchange a lamp (2)" })).toHaveAttribute(
      "href",
      "#/conversations/c-1-0-0",
    );
  });

  test("has a model read along only after saying what that costs, and can be stopped", async () => {
    open("#/runs/big");
    await user.click(await screen.findByRole("button", { name: "Have a model read along" }));
    expect(await screen.findByText("About 160 questions, about $0.42.")).toBeVisible();
    expect(calls("start_fidelity")).toHaveLength(0);
    await user.click(screen.getByTestId("reader-start"));
    await waitFor(() =>
      expect((calls("start_fidelity")[0]?.args as { draft: FidelityDraft }).draft).toEqual({
        run_id: "big",
        model: { endpoint: "house", model: "mistral-small" },
        most: 40,
        max_concurrency: 4,
      }),
    );
    expect(await screen.findByRole("progressbar", { name: "Reading messages" })).toBeVisible();
    await user.click(screen.getByTestId("stop-judging"));
    expect(await screen.findByText(/What was read is kept/)).toBeVisible();
  });

  test("still shows its chart when the customers cannot be read", async () => {
    open("#/runs/big", {
      run_fidelity: () => {
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
    expect(await screen.findByTestId("result-table")).toBeVisible();
  });
});

test("a customer's message carries its meter, opened in place", async () => {
  open("#/conversations/c-1-2-0");
  const marks = await screen.findByRole("button", {
    name: "Impatience: asked Strong, measured Strong (2.8)",
  });
  expect(marks).toHaveAttribute("aria-expanded", "false");
  await user.click(marks);
  expect(screen.getByTestId("meter-details")).toHaveTextContent("read from its words");
});

describe("models on this computer", () => {
  test("say licence, size, memory and checksum before they are fetched; fetching is stopped and goes on", async () => {
    open("#/models/local");
    const offered = await screen.findByRole("region", { name: "To fetch" });
    expect(offered).toHaveTextContent("licence Gemma terms of use");
    expect(offered).toHaveTextContent("3.2 GB");
    expect(offered).toHaveTextContent("needs about 4.8 GB of memory");
    await user.click(within(offered).getByText("Where it comes from"));
    expect(offered).toHaveTextContent(
      "6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
    );
    await user.click(within(offered).getByRole("button", { name: "Fetch" }));
    expect(await screen.findByRole("progressbar", { name: "Fetching Gemma 3 4B" })).toBeVisible();
    await user.click(screen.getByTestId("stop-local-model"));
    await waitFor(() => expect(screen.getAllByText(/Stopped at/)).toHaveLength(2));
    expect(screen.getAllByRole("button", { name: "Go on" })).toHaveLength(2);
  });

  test("are added from disk, measured, and then show traits", async () => {
    open("#/models/local", { choose_files: () => ["/home/someone/small.gguf"] });
    await user.click(await screen.findByRole("button", { name: "Add a model file" }));
    const measure = await screen.findByRole("button", { name: "Measure small" });
    await user.click(measure);
    expect(await screen.findByTestId("measure-effort")).toHaveTextContent("It costs nothing");
    await user.click(screen.getByTestId("start-measuring"));
    expect(await screen.findByRole("progressbar", { name: "Measuring small" })).toBeVisible();
    expect(calls("start_calibration")[0]!.args).toEqual({
      draft: {
        voice: { strategy: "local", endpoint: "local", model: "small.gguf", reanchor: false },
        traits: [],
      },
    });
  });

  test("warn when the words of a trait have changed, and hand directions out and in", async () => {
    open("#/models/local", { choose_files: () => ["/home/someone/v.gguf"] });
    expect(await screen.findByTestId("outdated")).toHaveTextContent("The words of Skepticism");
    await user.click(screen.getByText("Directions"));
    await user.click(
      await screen.findByRole("button", { name: "Save the direction of Confusion" }),
    );
    expect(calls("export_vector")[0]!.args).toEqual({
      model: "Qwen3-1.7B-Q4_K_M.gguf",
      trait_id: "confusion",
    });
    await user.click(screen.getByRole("button", { name: "Take its direction from a file" }));
    await waitFor(() =>
      expect(calls("import_vector")[0]?.args).toEqual({
        model: "Qwen3-1.7B-Q4_K_M.gguf",
        trait_id: "impatience",
        path: "/home/someone/v.gguf",
      }),
    );
  });

  test("are removed only after asking", async () => {
    open("#/models/local");
    await user.click(await screen.findByRole("button", { name: "Remove Qwen3 1.7B" }));
    expect(calls("delete_local_model")).toHaveLength(0);
    await user.click(await screen.findByTestId("confirm-remove-model"));
    const offered = screen.getByRole("region", { name: "To fetch" });
    expect(await within(offered).findByText("Qwen3 1.7B")).toBeVisible();
  });
});

describe("a new run", () => {
  const draft = () => (calls("preview_run").at(-1)?.args as { draft: RunDraft }).draft;

  test("is played by a model of this computer", async () => {
    open("#/new");
    await choose("customer-strategy", /on this computer/);
    await waitFor(() =>
      expect(draft().customer).toMatchObject({
        strategy: "local",
        endpoint: "local",
        model: "Qwen3-1.7B-Q4_K_M.gguf",
      }),
    );
  });

  test("reminds a customer that is told its traits, unless somebody says no", async () => {
    open("#/new");
    await user.click(await screen.findByText("More choices"));
    expect(screen.queryByTestId("reanchor")).toBeNull();
    await choose("customer-strategy", /that is told/);
    const remind = await screen.findByRole("checkbox", { name: /Remind the customer/ });
    expect(remind).toBeChecked();
    await user.click(remind);
    await waitFor(() => expect(draft().customer.reanchor).toBe(false));
  });
});
