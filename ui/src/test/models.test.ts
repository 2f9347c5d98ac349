// Connections to models, and what models cost.

import { render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { EndpointDraft } from "../lib/api/generated";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import { addressProblem } from "../screens/models/endpoint-form";
import { blanks, filled } from "../screens/models/address";
import { dollars, priceProblems, priceText } from "../screens/models/price-form";
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
const saved = () => (calls("save_endpoint").at(-1)?.args as { draft: EndpointDraft }).draft;

async function start(provider: string) {
  open("#/models");
  await user.click(await screen.findByTestId("add-endpoint"));
  await user.click(await screen.findByTestId(`provider-${provider}`));
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
});

describe("a new connection", () => {
  test("to a known provider needs only the key, and then shows its models", async () => {
    await start("openai");
    expect(screen.getByTestId("endpoint-name")).toHaveValue("OpenAI");
    expect(screen.getByText("https://openai.example/keys")).toBeVisible();
    await user.type(screen.getByTestId("key-input"), "secret-key");
    await user.click(screen.getByTestId("save-endpoint"));
    await waitFor(() => expect(calls("set_key")).toHaveLength(1));
    expect(saved()).toMatchObject({
      provider: "openai",
      kind: "openai_compatible",
      models: ["gpt-4o", "gpt-4o-mini", "gpt-5"],
    });
    expect(document.body.innerHTML).not.toContain("secret-key");
    await waitFor(() => expect(calls("list_models")).toHaveLength(1));
  });

  test("is found by typing a part of the provider's name", async () => {
    open("#/models");
    await user.click(await screen.findByTestId("add-endpoint"));
    await user.type(await screen.findByLabelText("Search providers"), "azu");
    expect(
      within(screen.getByRole("list", { name: "Providers" })).getAllByRole("listitem"),
    ).toHaveLength(1);
    await user.type(screen.getByLabelText("Search providers"), "zzz");
    expect(screen.getByText(/No provider here is called/)).toBeVisible();
    expect(screen.getByTestId("provider-other")).toBeVisible();
  });

  test("asks for each blank of the address once, and puts it in", async () => {
    await start("vertex");
    await user.click(screen.getByTestId("save-endpoint"));
    expect(await screen.findAllByText("Fill this in.")).toHaveLength(2);
    expect(calls("save_endpoint")).toHaveLength(0);
    await user.type(screen.getByTestId("blank-region"), "europe-west4");
    await user.type(screen.getByTestId("blank-project"), "mine");
    await user.click(screen.getByTestId("save-endpoint"));
    await waitFor(() => expect(calls("save_endpoint")).toHaveLength(1));
    expect(saved().base_url).toBe(
      "https://europe-west4-aiplatform.googleapis.com/v1/projects/mine/locations/europe-west4",
    );
  });

  test("takes the whole address by hand where its blanks do not fit", async () => {
    await start("vertex");
    await user.click(screen.getByText("Type the whole address"));
    await user.clear(screen.getByTestId("endpoint-url"));
    await user.type(screen.getByTestId("endpoint-url"), "https://aiplatform.example/v1");
    await user.click(screen.getByTestId("save-endpoint"));
    await waitFor(() => expect(saved().base_url).toBe("https://aiplatform.example/v1"));
  });

  test("to an address typed by hand: one that is none is refused at the field", async () => {
    await start("other");
    await user.type(screen.getByTestId("endpoint-url"), "somewhere");
    await user.click(screen.getByTestId("save-endpoint"));
    expect(await screen.findByText(/This is no address/)).toBeVisible();
    await waitFor(() => expect(screen.getByTestId("endpoint-url")).toHaveFocus());
    expect(calls("save_endpoint")).toHaveLength(0);
  });

  test("takes a published key only when asked to", async () => {
    await start("collinear");
    expect(screen.getByTestId("key-input")).toHaveValue("");
    expect(screen.getByTestId("demo-key")).toHaveTextContent("not for production");
    await user.click(screen.getByTestId("demo-key"));
    expect(screen.getByTestId("key-input")).toHaveValue("public-demo-key");
    await user.click(screen.getByTestId("save-endpoint"));
    await waitFor(() => expect(calls("set_key")).toHaveLength(1));
    expect(saved().provider).toBe("collinear");
  });

  test("to a steering service has no models", async () => {
    await start("steer");
    expect(screen.queryByTestId("endpoint-models")).toBeNull();
  });

  test("to an agent of one's own asks for its whole address and names it", async () => {
    await start("http-agent");
    expect(screen.getByText(/The whole address that it answers at/)).toBeVisible();
    expect(screen.getByLabelText("Names")).toHaveValue("agent");
    await user.type(screen.getByTestId("endpoint-url"), "http://localhost:8000/agent");
    await user.click(screen.getByTestId("save-endpoint"));
    await waitFor(() => expect(saved().base_url).toBe("http://localhost:8000/agent"));
    expect(saved()).toMatchObject({ kind: "outside_agent", models: ["agent"] });
  });

  test("can still be typed by hand when the providers cannot be listed", async () => {
    open("#/models", {
      list_providers: () => {
        throw { code: "storage", message: "Broken.", detail: "", retryable: true, help: "" };
      },
    });
    await user.click(await screen.findByTestId("add-endpoint"));
    expect(await screen.findByText("Broken.")).toBeVisible();
    await user.click(screen.getByTestId("provider-other"));
    expect(screen.getByTestId("endpoint-url")).toBeVisible();
  });
});

describe("a connection", () => {
  test("a test says what happened and what to do", async () => {
    open("#/models");
    const tests = await screen.findAllByTestId("test-endpoint");
    await user.click(tests[1]!);
    expect(await screen.findByTestId("test-answer")).toHaveTextContent("Nobody answers");
  });

  test("fetches its models, finds one among a thousand and offers it", async () => {
    open("#/models");
    await user.click((await screen.findAllByTestId("find-models"))[0]!);
    const rows = await screen.findAllByTestId("listed-model");
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]).toHaveTextContent("to begin with");
    expect(rows[0]).toHaveTextContent("$0.10 read");
    await user.type(screen.getByLabelText("Search models"), "model-999");
    await user.click(within(screen.getByTestId("listed-model")).getByRole("checkbox"));
    await user.click(screen.getByTestId("save-models"));
    await waitFor(() => expect(saved().models).toContain("model-999"));
    expect(saved().models).toContain("mistral-small");
  });

  test("whose service does not answer says so and asks again", async () => {
    open("#/models", {
      list_models: () => ({ recommended: ["to-try"], models: [], message: "Nobody answers." }),
    });
    await user.click((await screen.findAllByTestId("find-models"))[0]!);
    expect(await screen.findByTestId("model-list-message")).toHaveTextContent("Nobody answers.");
    const rows = screen.getAllByTestId("listed-model");
    expect(rows.map((row) => row.textContent?.trim())).toContainEqual(
      expect.stringMatching(/^to-try/),
    );
    await user.click(screen.getByText("Ask again"));
    await waitFor(() => expect(calls("list_models")).toHaveLength(2));
  });
});

describe("prices", () => {
  test("show the date of the table and the person's own first", async () => {
    open("#/models/prices");
    expect(await screen.findByText(/as of 1 November 2026/)).toBeVisible();
    const rows = screen.getAllByTestId("price-row");
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]).toHaveTextContent("qwen3-32b*");
    expect(rows[0]).toHaveTextContent("yours");
  });

  test("a price of one's own is checked before it is kept", async () => {
    open("#/models/prices");
    await user.click(await screen.findByTestId("add-price"));
    await user.type(screen.getByTestId("price-model"), "my*model");
    await user.type(screen.getByTestId("price-input"), "cheap");
    await user.click(screen.getByTestId("save-price"));
    expect(await screen.findByText(/stands only at the end/)).toBeVisible();
    expect(calls("save_price")).toHaveLength(0);
    await user.clear(screen.getByTestId("price-model"));
    await user.type(screen.getByTestId("price-model"), "my-model*");
    await user.clear(screen.getByTestId("price-input"));
    await user.type(screen.getByTestId("price-input"), "1,25");
    await user.type(screen.getByTestId("price-output"), "5");
    await user.click(screen.getByTestId("save-price"));
    await waitFor(() =>
      expect(calls("save_price")[0]?.args).toEqual({
        price: { model: "my-model*", input: 1.25, output: 5, mine: true },
      }),
    );
    expect(screen.getAllByTestId("price-row")[0]).toHaveTextContent("my-model*");
    await user.click(screen.getAllByTestId("delete-price")[0]!);
    await waitFor(() => expect(screen.queryByTitle("my-model*")).toBeNull());
  });

  test("numbers are read as people write them", () => {
    expect(dollars("2.50")).toBe(2.5);
    expect(dollars(" $0,15 ")).toBe(0.15);
    expect(dollars("-1")).toBeNull();
    expect(dollars("")).toBeNull();
    expect(dollars("99999")).toBeNull();
    expect(priceText(0.075)).toBe("$0.075");
    expect(priceText(10)).toBe("$10.00");
    expect(priceProblems({ model: "*", input: "1", output: "1" }).model).not.toBe("");
  });
});

test("an address with blanks is filled in", () => {
  const address = "https://{a}.example/{b}/{a}";
  expect(blanks(address)).toEqual(["a", "b"]);
  expect(filled(address, { a: "x" })).toBe("https://x.example/{b}/x");
  expect(addressProblem(filled(address, { a: "x" }))).toBe("Replace {b} by your own.");
  expect(addressProblem("https://x.example")).toBe("");
});
