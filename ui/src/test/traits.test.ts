// Traits over the in-memory product: read, heard, written, mixed, swept, measured.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { RunDraft, SpeakRequest, TraitDraft } from "../lib/api/generated";
import { useHost } from "../lib/api/host";
import { levelPlace, levelWord, mixWords, withLevel } from "../lib/levels";
import { go, parse, to } from "../lib/router.svelte";
import { withoutDoubles } from "../screens/new-run/form";
import { unsavedTraits } from "../screens/traits/unsaved-traits.svelte";
import { traits } from "./fake-data";
import { fakeHost } from "./fake-product";
import { longTrait } from "./fake-traits";
import { user } from "./person";

let host: ReturnType<typeof fakeHost>;

function open(address: string, product?: Parameters<typeof fakeHost>[0]) {
  host = fakeHost(product);
  useHost(host);
  go(address, true);
  render(App);
}

const calls = (name: string) => host.calls.filter((call) => call.name === name);
const spoken = () => calls("speak").map(({ args }) => (args as { request: SpeakRequest }).request);

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
  for (const { key } of unsavedTraits.all) unsavedTraits.forget(key);
});

describe("the list of traits", () => {
  test("holds own and shipped ones, is searched, and leads to each trait's page", async () => {
    open("#/traits");
    const own = await screen.findByRole("region", { name: "Your own" });
    expect(within(own).getByText(longTrait)).toBeVisible();
    const shipped = screen.getByRole("region", { name: "Come with the app" });
    expect(within(shipped).getAllByTestId("trait-row")).toHaveLength(12);
    await user.type(screen.getByRole("searchbox", { name: "Search traits" }), "private matters");
    expect(screen.getAllByTestId("trait-row")).toHaveLength(1);
    expect(screen.getByRole("link", { name: /Oversharing/ })).toHaveAttribute(
      "href",
      "#/traits/oversharing",
    );
  });

  test("takes a trait from a file and opens it", async () => {
    open("#/traits", { choose_files: () => ["/home/someone/Pride of place.toml"] });
    await user.click(await screen.findByRole("button", { name: "Open a trait file" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Pride of place" })).toBeVisible();
  });

  test("deletes a mix of one's own after asking, and no shipped one", async () => {
    open("#/traits");
    const rows = await screen.findAllByTestId("mix-row");
    expect(within(rows[0]!).queryByRole("button")).toBeNull();
    await user.click(within(rows.at(-1)!).getByRole("button"));
    expect(calls("delete_preset")).toHaveLength(0);
    await user.click(await screen.findByTestId("confirm-delete-preset"));
    await waitFor(() => expect(screen.getAllByTestId("mix-row")).toHaveLength(rows.length - 1));
  });
});

describe("a trait's page", () => {
  test("reads out lines of each level", async () => {
    open("#/traits/impatience");
    const strong = await screen.findByTestId("level-3");
    expect(strong).toHaveTextContent("Pushes for the result");
    await user.click(within(strong).getByRole("button", { name: "More lines: Strong" }));
    expect(strong).toHaveTextContent("Another line at Strong, about a phone bill.");
  });

  test("has a customer write a message and shows what was asked and measured", async () => {
    open("#/traits/impatience");
    await user.click(await screen.findByRole("button", { name: "Write a message" }));
    expect(await screen.findByTestId("spoken")).toHaveTextContent("Do it now.");
    expect(spoken()[0]).toMatchObject({
      voice: { strategy: "practice" },
      levels: { impatience: 3 },
      seed: 1,
    });
    const meter = screen.getByTestId("meter-impatience");
    expect(meter).toHaveTextContent("asked Strong");
    expect(meter).toHaveTextContent("measured Strong (2.6)");
    expect(meter).toHaveTextContent("read from its words");
    expect(
      within(screen.getByTestId("hear-customer")).getByText("practice, not a real model"),
    ).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Another" }));
    await waitFor(() => expect(spoken().at(-1)!.seed).toBe(2));
  });

  test("puts two levels side by side, with the situation one wants", async () => {
    open("#/traits/impatience");
    const panel = await screen.findByTestId("hear-customer");
    await user.click(within(panel).getByText("The situation"));
    await user.type(screen.getByLabelText("What the customer wants"), "A refund.");
    await user.click(screen.getByLabelText("Beside it, the same customer at another level"));
    await user.click(screen.getByRole("radio", { name: "Slight" }));
    await user.click(screen.getByRole("button", { name: "Write a message" }));
    await waitFor(() => expect(screen.getAllByTestId("spoken")).toHaveLength(2));
    expect(spoken().map(({ levels }) => levels)).toEqual([{ impatience: 3 }, { impatience: 1 }]);
    expect(spoken().every(({ situation }) => situation === "A refund.")).toBe(true);
  });

  test("says why a voice cannot speak, and asks it nothing", async () => {
    open("#/traits/bot-doubt");
    // The practice customer speaks in any case, and what it cannot show is said.
    expect(await screen.findByText(/It cannot show Kunden.*; a real model can/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Write a message" })).toBeEnabled();
    const trigger = await screen.findByTestId("hear-voice");
    trigger.focus();
    await user.keyboard("{Enter}");
    const options = await screen.findAllByRole("option", { hidden: true });
    expect(options[0]).toHaveTextContent("practice, not a real model");
    await fireEvent.pointerUp(options.find((each) => /Qwen3/.test(each.textContent ?? ""))!);
    expect(await screen.findByText(`This voice cannot show ${longTrait}.`)).toBeVisible();
    expect(screen.getByRole("button", { name: "Write a message" })).toBeDisabled();
    expect(spoken()).toHaveLength(0);
  });

  test("says what went wrong when a message could not be written, and tries again", async () => {
    open("#/traits/impatience", {
      list_voices: () => [
        {
          id: "practice",
          name: "Practice customer",
          kind: "practice",
          choice: { strategy: "practice", endpoint: "practice", model: "", reanchor: false },
          ready: true,
          note: "",
          traits: null,
          calibrated_at: null,
        },
      ],
      speak: () => {
        throw {
          code: "provider",
          message: "The service is busy. Try it again.",
          detail: "",
          retryable: true,
          help: "",
        };
      },
    });
    await user.click(await screen.findByRole("button", { name: "Write a message" }));
    expect(await screen.findByText("The service is busy. Try it again.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(calls("speak")).toHaveLength(2));
  });

  test("says what measuring a voice takes before it begins, shows how far it is, and stops", async () => {
    open("#/traits/impatience");
    await user.click(
      await screen.findByRole("button", {
        name: "Measure mistral-small (House server), told in words",
      }),
    );
    expect(await screen.findByTestId("measure-effort")).toHaveTextContent(
      "288 calls of a service that may cost money",
    );
    expect(calls("start_calibration")).toHaveLength(0);
    await user.click(screen.getByTestId("start-measuring"));
    expect(await screen.findByRole("progressbar", { name: /Measuring mistral/ })).toBeVisible();
    expect(calls("start_calibration")[0]!.args).toMatchObject({
      draft: { traits: ["impatience"], voice: { model: "mistral-small" } },
    });
    await user.click(screen.getByTestId("stop-measuring"));
    expect(await screen.findByText("Stopped. What was measured before stays.")).toBeVisible();
  });

  test("shows the curve of each voice in words and as a table", async () => {
    open("#/traits/impatience");
    expect(await screen.findByText(/More asked was more shown/)).toBeVisible();
    expect(screen.getByText(/cannot be told apart/)).toBeVisible();
    await user.click(await screen.findByTestId("dose-chart-as-table"));
    const table = within(screen.getByTestId("chart-table"));
    expect(table.getAllByRole("row")).toHaveLength(6);
  });

  test("that is gone says so and leads back", async () => {
    open("#/traits/nowhere");
    expect(await screen.findByText(/This trait is not there any more/)).toBeVisible();
    expect(screen.getByRole("link", { name: "All traits" })).toHaveAttribute("href", "#/traits");
  });

  test("deletes a trait of one's own after saying what stays", async () => {
    open("#/traits/bot-doubt");
    await user.click(await screen.findByTestId("trait-menu"));
    await user.click(await screen.findByTestId("delete-trait"));
    expect(await screen.findByText(/No run used it/)).toBeVisible();
    await user.click(screen.getByTestId("confirm-delete-trait"));
    await waitFor(() => expect(location.hash).toBe("#/traits"));
  });
});

async function fillIn() {
  await user.type(await screen.findByLabelText("Name"), "Suspicion of machines");
  await user.type(screen.getByLabelText("What such customers are like"), "Doubt that it works.");
  for (const level of ["Slight", "Clear", "Strong", "Extreme"]) {
    await user.type(screen.getByLabelText(`${level}: what to expect`), `Doubts, ${level}.`);
    await user.type(screen.getByLabelText(`${level}: a line they would say`), `Are you a bot?`);
  }
}

describe("adding a trait", () => {
  test("says at each field what is missing, once one tries or leaves it", async () => {
    open("#/new-trait");
    const name = await screen.findByLabelText("Name");
    await waitFor(() => expect(calls("check_trait").length).toBeGreaterThan(0));
    expect(name).not.toBeInvalid();
    await user.click(screen.getByTestId("save-trait"));
    expect(await screen.findByTestId("trait-problems")).toHaveTextContent("Give it a name.");
    expect(name).toBeInvalid();
    await waitFor(() => expect(name).toHaveFocus());
    expect(screen.getByLabelText("Clear: what to expect")).toBeInvalid();
    expect(calls("save_trait")).toHaveLength(0);
  });

  test("saves it and opens the place where it is heard", async () => {
    open("#/new-trait");
    await fillIn();
    await user.click(screen.getByText("Words that show it"));
    await user.type(screen.getByLabelText("Words and phrases"), "bot, machine{Enter}a person");
    expect(await screen.findByText(/too few to steer a model/)).toBeVisible();
    await user.click(screen.getByTestId("save-trait"));
    await waitFor(() => expect(location.hash).toBe("#/traits/suspicion-of-machines?hear=1"));
    const { draft } = calls("save_trait")[0]!.args as { draft: TraitDraft };
    expect(draft.words).toEqual(["bot", "machine", "a person"]);
    expect(draft.levels.map(({ sentence }) => sentence)).toHaveLength(4);
    await waitFor(() =>
      expect(screen.getByRole("heading", { name: "Hear this customer" })).toHaveFocus(),
    );
    expect(unsavedTraits.all).toEqual([]);
  });

  test("keeps what was written when one leaves, and offers to go on", async () => {
    open("#/new-trait");
    await user.type(await screen.findByLabelText("Name"), "Half done");
    go("#/traits");
    expect(await screen.findByText("Half done")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Go on writing" }));
    expect(await screen.findByLabelText("Name")).toHaveValue("Half done");
    await user.click(screen.getByRole("button", { name: "Throw away" }));
    await waitFor(() => expect(location.hash).toBe("#/traits"));
    expect(screen.queryByText("Half done")).toBeNull();
  });

  test("starts from a shipped one", async () => {
    open("#/traits/impatience");
    await user.click(await screen.findByRole("link", { name: "Make my own copy" }));
    expect(await screen.findByLabelText("Name")).toHaveValue("Copy of Impatience");
    await user.click(screen.getByText("The same thing said both ways"));
    expect(screen.getByTestId("pair-23-more")).toHaveValue(
      "You have it already. W2290, and be quick about it.",
    );
  });

  test("changes one of one's own and keeps its id", async () => {
    open("#/traits/bot-doubt/edit");
    const name = await screen.findByLabelText("Name");
    await user.clear(name);
    await user.type(name, "Doubt");
    await user.click(screen.getByTestId("save-trait"));
    await waitFor(() => expect(calls("save_trait")).toHaveLength(1));
    expect(calls("save_trait")[0]!.args).toMatchObject({
      draft: { id: "bot-doubt", name: "Doubt" },
    });
  });
});

describe("a mix", () => {
  test("starts from a preset, is changed by half steps, kept, and used in a run", async () => {
    open("#/mix?preset=monday");
    const slider = await screen.findByRole("slider", { name: /Confusion/ });
    expect(slider).toHaveAttribute("aria-valuetext", "Clear");
    await user.click(screen.getByRole("button", { name: "Half steps: Confusion" }));
    await fireEvent.input(slider, { target: { value: "2.5" } });
    expect(slider).toHaveAttribute("aria-valuetext", "between Clear and Strong");
    await user.click(screen.getByRole("button", { name: "Keep this mix" }));
    await user.type(await screen.findByLabelText("Name"), "Tuesday");
    await user.click(screen.getByTestId("keep-preset"));
    await waitFor(() =>
      expect(calls("save_preset")[0]?.args).toMatchObject({
        preset: { name: "Tuesday", levels: { impatience: 3, confusion: 2.5 } },
      }),
    );
    await user.click(screen.getByRole("button", { name: "Use it in a new run" }));
    await waitFor(() => expect(location.hash).toMatch(/^#\/new\?with=/));
    await waitFor(() =>
      expect(
        (calls("preview_run").at(-1)?.args as { draft: RunDraft }).draft.conditions,
      ).toMatchObject([{ levels: { impatience: 3, confusion: 2.5 } }]),
    );
  });

  test("over the cap says what is played instead", async () => {
    open("#/mix?preset=mine");
    expect(await screen.findByTestId("mix-capped")).toHaveTextContent("87 % of its level");
    await user.click(screen.getByRole("button", { name: "Take out: Verbosity" }));
    await waitFor(() => expect(screen.queryByTestId("mix-capped")).toBeNull());
  });

  test("shows sliders of its own traits only; others are found by their words", async () => {
    open("#/mix?with=impatience:3");
    await screen.findByTestId("trait-impatience");
    expect(screen.getAllByRole("slider")).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Mix with another trait" }));
    await user.type(screen.getByRole("searchbox", { name: "Search traits" }), "voucher");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(await screen.findByRole("slider", { name: /Haggling/ })).toHaveFocus();
    expect(location.hash).toBe("#/mix?with=impatience%3A3%2Chaggling%3A2");
  });
});

describe("several kinds of customers at once", () => {
  test("says how many conversations they make before they are added", async () => {
    open("#/new");
    await user.click(await screen.findByTestId("open-sweep"));
    const counted = await screen.findByTestId("sweep-count");
    await waitFor(() =>
      expect(counted).toHaveTextContent("6 kinds of customers, 360 conversations"),
    );
    await user.click(screen.getByRole("checkbox", { name: "Slight" }));
    await waitFor(() => expect(counted).toHaveTextContent("24 kinds of customers"));
    await user.click(screen.getByRole("radio", { name: "All combinations" }));
    await waitFor(() => expect(counted).toHaveTextContent("80 kinds of customers"));
    await user.click(screen.getByTestId("sweep-replace"));
    await waitFor(() =>
      expect(
        (calls("preview_run").at(-1)?.args as { draft: RunDraft }).draft.conditions,
      ).toHaveLength(80),
    );
  });
});

test("levels have names at their stops and numbers between them", () => {
  expect(levelWord(3)).toBe("Strong");
  expect(levelWord(2.5)).toBe("2.5");
  expect(levelPlace(2.5)).toBe("between Clear and Strong");
  expect(mixWords({ confusion: 1.5, impatience: 4 }, traits)).toBe(
    "Impatience: Extreme, Confusion: 1.5",
  );
  expect(withLevel({ impatience: 3 }, "impatience", 0)).toEqual({});
});

test("mixes survive the way into the address and back; equal ones count once", () => {
  const mix = { name: "Monday & more", levels: { impatience: 3, "own-trait": 1.5 } };
  expect(parse(to.newRunWith(mix))).toEqual({ page: "new-run", from: "", mix, domain: "" });
  expect(parse("#/mix?with=a:9,b:x")).toEqual({ page: "mix", preset: "", mix: null });
  expect(
    withoutDoubles([
      { name: "One", levels: { a: 1, b: 2 } },
      { name: "Two", levels: { b: 2, a: 1 } },
    ]),
  ).toHaveLength(1);
});

describe("files that are dropped", () => {
  test("a trait's file becomes a trait, a model's file a model", async () => {
    open("#/runs");
    await screen.findAllByTestId("run-menu");
    host.drop("/home/someone/Pride of place.toml");
    expect(await screen.findByRole("heading", { level: 1, name: "Pride of place" })).toBeVisible();
    host.drop("/home/someone/small.GGUF");
    await waitFor(() => expect(location.hash).toBe("#/models/local"));
    expect(calls("add_local_model")[0]!.args).toEqual({ path: "/home/someone/small.GGUF" });
    expect(await screen.findByText("small.GGUF")).toBeVisible();
    expect(calls("look_at")).toHaveLength(0);
  });
});
