// The rarer choices of a new run: how agent and customer work, prompts, limits, another run's set-up.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { RunDraft } from "../lib/api/generated";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import { matching } from "../lib/ui/suggest";
import { costsMoney, spendCap } from "../screens/new-run/form";
import { endpoints } from "./fake-data";
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
const draft = () => (calls("preview_run").at(-1)?.args as { draft: RunDraft }).draft;

async function choose(testid: string, option: RegExp) {
  const trigger = await screen.findByTestId(testid);
  trigger.focus();
  await user.keyboard("{Enter}");
  // The list is placed by measuring, which there is none of here; it counts as hidden.
  const options = await screen.findAllByRole("option", { hidden: true });
  await fireEvent.pointerUp(options.find((each) => option.test(each.textContent ?? ""))!);
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
});

describe("the agent", () => {
  test("works as chosen, each way with a plain sentence", async () => {
    open("#/new");
    await user.click(await screen.findByText("How the agent works"));
    await choose("agent-strategy", /ReAct/);
    expect(screen.getByTestId("agent-works")).toHaveTextContent("Writes a thought and then one");
    await user.click(screen.getByTestId("parallel-calls"));
    await user.click(screen.getByTestId("text-calls"));
    await waitFor(() =>
      expect(draft()).toMatchObject({
        agent_strategy: "react",
        parallel_tool_calls: true,
        text_tool_calls: false,
      }),
    );
  });

  test("has a model that is found by typing among all that the service lists", async () => {
    open("#/new");
    await choose("agent-endpoint", /House server/);
    const model = await screen.findByTestId("agent-model");
    expect(model).toHaveValue("mistral-small");
    await user.click(model);
    expect(await screen.findByText(/And 9\d\d more/)).toBeVisible();
    expect(calls("list_models")).toHaveLength(1);
    await user.clear(model);
    await user.type(model, "model-99");
    expect(screen.getAllByTestId("agent-model-option")[0]).toHaveTextContent("model-99");
    await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await waitFor(() => expect(draft().agent.model).toBe("model-990"));
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  test("keeps a model that no list knows", async () => {
    open("#/new");
    await choose("agent-endpoint", /House server/);
    const model = await screen.findByTestId("agent-model");
    await user.clear(model);
    await user.type(model, "my-own");
    expect(screen.getByText(/it is used as typed/)).toBeVisible();
    await user.tab();
    await waitFor(() => expect(draft().agent.model).toBe("my-own"));
  });
});

describe("the customer", () => {
  test("thinks, checks or reconsiders; the service stays when the way changes", async () => {
    open("#/new");
    await choose("customer-strategy", /that is told/);
    await choose("customer-strategy", /checks itself/);
    expect(screen.getByTestId("customer-strategy")).toHaveAccessibleDescription(/written again/);
    await waitFor(() =>
      expect(draft().customer).toEqual({
        strategy: "verify",
        endpoint: "house",
        model: "mistral-small",
        reanchor: true,
      }),
    );
  });
});

describe("more choices", () => {
  test("a run that costs money can be given a limit", async () => {
    open("#/new");
    await screen.findByTestId("start-run");
    expect(screen.queryByTestId("spend-cap")).toBeNull();
    await choose("agent-endpoint", /House server/);
    const cap = await screen.findByTestId("spend-cap");
    await user.type(cap, "12,50");
    await user.tab();
    await waitFor(() => expect(draft().spend_cap_usd).toBe(12.5));
    await user.clear(cap);
    await user.tab();
    await waitFor(() => expect(draft().spend_cap_usd).toBeNull());
  });

  test("prompts are chosen, read, and the form is there again afterwards", async () => {
    open("#/new");
    await user.type(await screen.findByTestId("run-name"), "Mine");
    await user.click(screen.getByText("More choices"));
    await choose("wording", /Upstream wording/);
    await user.click(screen.getByTestId("checkpoint"));
    await waitFor(() =>
      expect(draft()).toMatchObject({ wording: "upstream:tau1", checkpoint: true }),
    );
    await user.click(screen.getByTestId("read-prompts"));
    await screen.findByTestId("prompt-text");
    expect(location.hash).toBe("#/prompts/upstream%3Atau1");
    await user.click(screen.getByTestId("back-to-form"));
    expect(await screen.findByTestId("run-name")).toHaveValue("Mine");
    await user.click(screen.getByText("More choices"));
    await choose("wording", /Our wording/);
    await waitFor(() => expect(draft().wording).toBe(""));
  });

  test("files dropped on the form do not cost what was filled in", async () => {
    open("#/new");
    await user.type(await screen.findByTestId("run-name"), "Half done");
    host.drop("/home/someone/tau-trait");
    await user.click(await screen.findByTestId("leave-release"));
    await screen.findAllByTestId("domain-row");
    go("#/new");
    expect(await screen.findByTestId("run-name")).toHaveValue("Half done");
  });

  test("a wording that is gone is named at its field", async () => {
    open("#/new?from=big", { list_wordings: () => [] });
    await user.click(await screen.findByText("More choices"));
    expect(await screen.findByText(/not there any more/)).toBeVisible();
  });
});

describe("another run's set-up", () => {
  test("fills the form from its page", async () => {
    open("#/runs/big/setup");
    await user.click(await screen.findByTestId("use-again"));
    await waitFor(() => expect(location.hash).toBe("#/new?from=big"));
    expect(await screen.findByTestId("trials")).toHaveValue("5");
    await waitFor(() => expect(draft()).toMatchObject({ agent_strategy: "react", seed: 7 }));
    expect(within(screen.getByTestId("agent-works")).getByText("ReAct")).toBeVisible();
    expect(screen.getByTestId("spend-cap")).toHaveValue("12.5");
  });

  test("that is gone says so and offers an empty form", async () => {
    open("#/new?from=nothing");
    expect(await screen.findByText(/not there any more/)).toBeVisible();
    await user.click(screen.getByText("Start with an empty form"));
    expect(await screen.findByTestId("trials")).toHaveValue("3");
  });
});

test("suggestions hold every word, those that begin with it first", () => {
  const list = ["a-small", "small-b", "c"].map((value) => ({ value }));
  expect(matching(list, "small").map(({ value }) => value)).toEqual(["small-b", "a-small"]);
  expect(matching(list, "small b").map(({ value }) => value)).toEqual(["small-b"]);
  expect(matching(list, " ")).toHaveLength(3);
});

test("a limit is a sum above nothing, or none", () => {
  expect(spendCap("$5")).toBe(5);
  expect(spendCap("0")).toBeNull();
  expect(spendCap("much")).toBeNull();
  expect(costsMoney("practice", endpoints)).toBe(false);
  expect(costsMoney("house", endpoints)).toBe(true);
});

describe("a run in a domain whose customers have tools", () => {
  test("is begun from the domain's page, with that domain chosen", async () => {
    open("#/domains/mobile");
    await user.click(await screen.findByTestId("run-here"));
    expect(await screen.findByTestId("domain")).toHaveTextContent("Mobile operator");
    await waitFor(() => expect(draft()).toMatchObject({ domain: "mobile", split: "base" }));
    expect(draft().tau2?.agent).toBe("llm_agent");
  });

  test("can be slow enough to read along, while practice models take part", async () => {
    open("#/new?domain=mobile");
    await user.click(await screen.findByTestId("unhurried"));
    await waitFor(() => expect(draft().unhurried).toBe(true));
    await choose("customer-strategy", /A language model that is told/);
    expect(screen.getByTestId("unhurried")).toBeInTheDocument();
    await choose("agent-endpoint", /House server/);
    await waitFor(() => expect(screen.queryByTestId("unhurried")).toBeNull());
  });
});
