// Playing a conversation over the in-memory product, used as a person uses it.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { PlayDraft, PlayMove } from "../lib/api/generated";
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
const moves = () => calls("play_move").map(({ args }) => (args as { step: PlayMove }).step);

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Element.prototype.scrollTo ??= () => {};
});

describe("the set-up", () => {
  test("a task in a domain's list opens it with seat and task chosen", async () => {
    open("#/domains/retail");
    await user.click(await screen.findByLabelText(/Tasks/));
    const [link] = await screen.findAllByTestId("play-agent");
    expect(link).toHaveAttribute("href", "#/play?domain=retail&split=test&task=0&seat=agent");
    await user.click(link!);
    expect(await screen.findByTestId("play-setup")).toHaveTextContent("You get the policy");
    await waitFor(() =>
      expect(screen.getByTestId("play-task")).toHaveTextContent("Exchange a lamp (1)"),
    );
  });

  test("starts what was chosen and opens the conversation", async () => {
    open("#/play?domain=retail&split=test&task=3&seat=customer");
    await user.click(await screen.findByTestId("choose-trait"));
    await user.click(screen.getByTestId("pick-impatience"));
    const row = await screen.findByTestId("trait-impatience");
    await user.click(within(row).getByText("Strong"));
    await waitFor(() => expect(screen.getByTestId("start-play")).toBeEnabled());
    await user.click(screen.getByTestId("start-play"));
    await waitFor(() => expect(location.hash).toMatch(/^#\/play\/played-/));
    const { draft } = calls("start_play")[0]!.args as { draft: PlayDraft };
    expect(draft).toMatchObject({
      domain: "retail",
      task_id: "3",
      seat: "customer",
      agent: { endpoint: "practice" },
      levels: { impatience: 3 },
    });
    expect(await screen.findByTestId("task-card")).toHaveTextContent("Impatience: Strong");
    // What the level means is said, so that it can be played.
    expect(await screen.findByText(/Pushes for the result/)).toBeVisible();
  });

  test("says what is missing when the conversation cannot start", async () => {
    open("#/play?domain=retail&task=0", {
      start_play: () => {
        throw {
          code: "key_missing",
          message: "House server has no key yet. Enter one under Models & keys.",
          detail: "",
          retryable: false,
          help: "",
        };
      },
    });
    await waitFor(() => expect(screen.getByTestId("start-play")).toBeEnabled());
    await user.click(screen.getByTestId("start-play"));
    expect(await screen.findByText(/has no key yet/)).toBeVisible();
    expect(screen.getByText("Open Models & keys")).toHaveAttribute("href", "#/models");
  });
});

describe("whoever plays the customer", () => {
  test("plays a whole conversation with the keyboard alone", async () => {
    open("#/play?domain=retail&split=test&task=0&seat=customer");
    await waitFor(() => expect(screen.getByTestId("start-play")).toBeEnabled());
    screen.getByTestId("start-play").focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("task-card")).toHaveTextContent("You are Mara Lindqvist");
    const box = screen.getByTestId("play-text");
    await waitFor(() => expect(box).toHaveFocus());
    await user.keyboard("Hello,{Shift>}{Enter}{/Shift}I want to exchange a lamp.{Enter}");
    await waitFor(() =>
      expect(moves()).toEqual([{ kind: "say", text: "Hello,\nI want to exchange a lamp." }]),
    );
    expect(screen.getByTestId("play-status")).toHaveTextContent("The agent is writing");
    expect(screen.getByTestId("play-send")).toBeDisabled();
    await waitFor(() => expect(box).toHaveValue(""));
    const run = location.hash.split("/").at(-1)!;
    host.tick(run);
    expect(await screen.findByText("Hello! Which order is it about?")).toBeVisible();
    expect(screen.getByTestId("play-status")).toHaveTextContent("Your turn");
    for (const line of ["W2290", "Yes"]) {
      await user.type(box, `${line}{Enter}`);
      host.tick(run);
      await waitFor(() => expect(screen.getByTestId("play-status")).toHaveTextContent("Your turn"));
    }
    screen.getByTestId("play-leave").focus();
    await user.keyboard("{Enter}");
    await user.click(await screen.findByTestId("confirm-leave"));
    expect(await screen.findByTestId("play-over")).toHaveTextContent("Passed: all as expected");
    expect(moves().at(-1)).toEqual({ kind: "leave" });
    expect(screen.getByTestId("read-played")).toHaveAttribute("href", "#/conversations/c-1-0-0");
  });

  test("hears new messages announced, and not what the agent thinks", async () => {
    open("#/play/play-customer", {
      play_view: () => ({
        run_id: "play-customer",
        conversation_id: "c",
        seat: "customer",
        domain_title: "Online shop",
        title: "Exchange a lamp",
        card: [{ heading: "What you want", text: "You want a lamp." }],
        alone: false,
        traits: "",
        policy: "",
        tools: [],
        other: "Agent",
        turns: [
          {
            number: 1,
            speaker: "agent",
            text: "Hello!",
            tool: null,
            thought: "A difficult one.",
            drafts: [{ text: "Go away", verdict: "rude" }],
            meter: [],
          },
        ],
        your_turn: true,
        status: "",
        state: "running",
        over: false,
        verdict: "",
      }),
    });
    const log = await screen.findByTestId("play-log");
    expect(log).toHaveAttribute("aria-live", "polite");
    expect(log).toHaveTextContent("Hello!");
    expect(screen.queryByTestId("thought")).toBeNull();
    expect(screen.queryByTestId("drafts")).toBeNull();
  });

  test("keeps the text when it could not be sent", async () => {
    open("#/play/play-customer", {
      play_move: () => {
        throw {
          code: "conflict",
          message: "Not your turn.",
          detail: "",
          retryable: true,
          help: "",
        };
      },
    });
    const box = await screen.findByTestId("play-text");
    await user.type(box, "Hello{Enter}");
    expect(await screen.findByText("Not your turn.")).toBeVisible();
    expect(box).toHaveValue("Hello");
  });

  test("is told why the conversation waits and goes on", async () => {
    open("#/play/play-paused");
    expect(await screen.findByTestId("play-paused")).toHaveTextContent("refuses the key");
    await user.click(screen.getByTestId("play-go-on"));
    await waitFor(() => expect(calls("resume_run")).toHaveLength(1));
    expect(await screen.findByTestId("play-status")).toHaveTextContent("Your turn");
  });

  test("goes on from the list of runs", async () => {
    open("#/runs");
    const link = await screen.findByText("Played as the customer: Exchange a lamp (1)");
    expect(link).toHaveAttribute("href", "#/play/play-customer");
  });
});

describe("whoever plays the agent", () => {
  test("fills in a tool's form, is told what is missing, and sees the result", async () => {
    open("#/play/play-agent");
    const tools = await screen.findAllByTestId("tool");
    await user.click(tools[1]!);
    await user.click(screen.getByTestId("use-tool"));
    expect(moves()).toEqual([]);
    expect(screen.getAllByText("This has to be filled in.")).toHaveLength(4);
    await waitFor(() => expect(screen.getByTestId("argument-order_id")).toHaveFocus());
    await user.type(screen.getByTestId("argument-order_id"), "#W2290");
    await user.type(screen.getByTestId("argument-item_ids"), "1001{Enter}1002");
    screen.getByTestId("argument-reason").focus();
    await user.keyboard("{Enter}");
    // The list is placed by measuring, which there is none of here; it counts as hidden.
    const [first] = await screen.findAllByRole("option", { hidden: true });
    await fireEvent.pointerUp(first!);
    expect(screen.getByTestId("argument-reason")).toHaveTextContent("damaged");
    await user.type(screen.getByTestId("argument-parcels"), "1.5");
    await user.click(screen.getByTestId("use-tool"));
    expect(screen.getByText("Write a whole number, such as 3.")).toBeVisible();
    await user.clear(screen.getByTestId("argument-parcels"));
    await user.type(screen.getByTestId("argument-parcels"), "1");
    await user.click(screen.getByTestId("use-tool"));
    await waitFor(() =>
      expect(moves()).toEqual([
        {
          kind: "use_tool",
          tool: "exchange_items",
          arguments: {
            order_id: "#W2290",
            item_ids: "1001\n1002",
            reason: "damaged",
            parcels: "1",
          },
        },
      ]),
    );
    expect(await screen.findByTestId("tool-line")).toHaveTextContent("Used exchange items · done");
  });

  test("is told at the field what the product does not take", async () => {
    open("#/play/play-agent", {
      play_move: () => {
        throw {
          code: "bad_request",
          message: "Look at “order_id”: there is no such order.",
          detail: "order_id",
          retryable: false,
          help: "",
        };
      },
    });
    await user.click((await screen.findAllByTestId("tool"))[0]!);
    const box = screen.getByTestId("argument-order_id");
    await user.type(box, "7{Enter}");
    expect(await screen.findByText(/there is no such order/)).toBeVisible();
    expect(box).toHaveAttribute("aria-invalid", "true");
    await waitFor(() => expect(box).toHaveFocus());
    await user.type(box, "8");
    expect(screen.queryByText(/there is no such order/)).toBeNull();
  });

  test("reads and searches the policy", async () => {
    open("#/play/play-agent");
    await screen.findAllByTestId("tool");
    await user.click(screen.getByLabelText("Policy", { selector: "input" }));
    await user.type(screen.getByTestId("policy-search"), "return");
    expect(await screen.findByText("Place 1 of 3")).toBeVisible();
    await user.keyboard("{Enter}{Enter}{Enter}");
    expect(screen.getByText("Place 1 of 3")).toBeVisible();
    await user.keyboard("x");
    expect(screen.getByText(/Nothing in the policy reads/)).toBeVisible();
  });

  test("answers the customer in words and may stop", async () => {
    open("#/play/play-agent");
    await user.type(await screen.findByTestId("play-text"), "Which order?{Enter}");
    await waitFor(() => expect(moves()).toEqual([{ kind: "say", text: "Which order?" }]));
    await user.click(screen.getByTestId("play-leave"));
    await user.click(await screen.findByTestId("confirm-stop"));
    await waitFor(() => expect(calls("cancel_run")).toHaveLength(1));
  });
});

describe("where customers have a device", () => {
  test("whoever plays the customer has a card, and the device as forms", async () => {
    open("#/play/play-phone");
    const side = await screen.findByLabelText("Your side");
    expect(within(side).getByTestId("task-card")).toHaveTextContent("You are Orson Delacroix");
    expect(side).toHaveTextContent("The agent neither sees your device");
    // The device is known by looking: nothing else shows its state.
    expect(screen.queryByTestId("device")).toBeNull();
    await user.click(screen.getByLabelText(/Your device/, { selector: "input" }));
    await user.click(document.querySelector<HTMLElement>('[data-tool="toggle_roaming"]')!);
    await user.click(screen.getByTestId("use-tool"));
    await waitFor(() =>
      expect(moves()).toEqual([{ kind: "use_tool", tool: "toggle_roaming", arguments: {} }]),
    );
    // What it answers is open at once: it is what one acts on.
    const details = await screen.findAllByTestId("tool-details");
    expect(details.at(-1)).toHaveTextContent("Data Roaming is now ON.");
    await user.type(screen.getByTestId("play-text"), "It says ON.{Enter}");
    await waitFor(() => expect(moves()).toHaveLength(2));
    await user.click(screen.getByTestId("play-leave"));
    expect(await screen.findByTestId("confirm-stop")).toBeVisible();
  });

  test("whoever plays the agent has the agent's tools and nothing of the device", async () => {
    open("#/play/play-phone-agent");
    const tools = await screen.findAllByTestId("tool");
    expect(tools.map((each) => each.dataset["tool"])).toEqual([
      "get_line",
      "enable_roaming",
      "transfer_to_human_agents",
    ]);
    expect(screen.getByText(/^A customer of: Mobile operator/)).toBeVisible();
    expect(screen.queryByText(/toggle_roaming/)).toBeNull();
  });

  test("an agent alone has a ticket, everybody's tools, and nobody to write to", async () => {
    open("#/play/play-ticket");
    expect(await screen.findByTestId("task-card")).toHaveTextContent("Caller: Orson Delacroix");
    expect(screen.queryByTestId("play-text")).toBeNull();
    expect(screen.queryByText("On the other side:")).toBeNull();
    await user.click(screen.getByLabelText(/Tools/, { selector: "input" }));
    await user.click(document.querySelector<HTMLElement>('[data-tool="toggle_roaming"]')!);
    await user.click(screen.getByTestId("use-tool"));
    await user.click(screen.getByText("All tools"));
    await user.click(document.querySelector<HTMLElement>('[data-tool="done"]')!);
    expect(screen.getByTestId("use-tool")).toHaveTextContent("Use it and end the conversation");
    await user.click(screen.getByTestId("use-tool"));
    expect(await screen.findByTestId("play-over")).toHaveTextContent("Passed: all as expected");
  });

  test("the set-up offers a ticket, and asks for a judge only when one is needed", async () => {
    let told = false;
    open("#/play?domain=mobile&split=base&seat=agent", {
      start_play: () => {
        told = true;
        throw {
          code: "bad_request",
          message: "Some of these tasks ask for things in words. Choose a model that judges them.",
          detail: "tau2.judge",
          retryable: false,
          help: "",
        };
      },
    });
    await user.click(await screen.findByTestId("play-alone"));
    expect(screen.queryByText("The other side")).toBeNull();
    expect(screen.queryByText("Who judges")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("start-play")).toBeEnabled());
    await user.click(screen.getByTestId("start-play"));
    await waitFor(() => expect(told).toBe(true));
    const { draft } = calls("start_play")[0]!.args as { draft: PlayDraft };
    expect(draft.tau2).toEqual({ agent: "llm_agent_solo", max_errors: 10, judge: null });
    expect(await screen.findByText("Who judges")).toBeVisible();
    await user.click(screen.getByTestId("choose-judge"));
    await user.click(screen.getByTestId("start-play"));
    await waitFor(() => expect(calls("start_play")).toHaveLength(2));
    const again = (calls("start_play")[1]!.args as { draft: PlayDraft }).draft;
    expect(again.tau2?.judge?.endpoint).toBe("house");
  });

  test("a task of such a domain can be played, and its tools tried", async () => {
    open("#/domains/mobile");
    await user.click(await screen.findByLabelText(/Tasks/));
    const [link] = await screen.findAllByTestId("play-customer");
    expect(link).toHaveAttribute("href", expect.stringContaining("domain=mobile"));
    expect((await screen.findAllByText("Try the tools"))[0]).toBeVisible();
  });
});
