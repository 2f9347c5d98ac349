// Prompts: reading them, and changing them in a copy of one's own.

import { render, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { WordingDraft } from "../lib/api/generated";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import { lineRange } from "../screens/prompts/wording";
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
const saved = () => (calls("save_wording").at(-1)?.args as { draft: WordingDraft }).draft;

async function write(text: string) {
  const editor = await screen.findByTestId("prompt-editor");
  await user.clear(editor);
  await user.click(editor);
  await user.paste(text);
}

describe("prompts", () => {
  test("are found from the settings, each wording with how far it differs", async () => {
    open("#/settings");
    await user.click(await screen.findByTestId("open-prompts"));
    const rows = await screen.findAllByTestId("wording-row");
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/Our wording.*8 prompts.*comes with the app/),
      expect.stringMatching(/Shorter answers.*1 of 8 prompts differs.*your own copy/),
      expect.stringMatching(/Upstream wording.*2 of 8 prompts differ.*as published/),
    ]);
  });

  test("of the app and of a benchmark are to read, with their variables, not to change", async () => {
    open("#/prompts/upstream%3Atau1");
    expect(await screen.findByTestId("prompt-text")).toHaveTextContent("{{ policy }}");
    expect(screen.queryByTestId("prompt-editor")).toBeNull();
    expect(screen.queryByTestId("delete-wording")).toBeNull();
    expect(screen.getByTestId("prompt-customer/llm")).toHaveTextContent("differs from ours");
    await user.click(screen.getByTestId("prompt-agent/react"));
    await waitFor(() =>
      expect(location.hash).toBe("#/prompts/upstream%3Atau1?prompt=agent%2Freact"),
    );
    expect(await screen.findByRole("heading", { name: "Agent: ReAct" })).toBeVisible();
    expect(screen.getByText("{{ tools }}", { selector: "code" })).toBeVisible();
    await user.click(screen.getByText("How it looks when it is sent"));
    expect(await screen.findByTestId("sample-text")).toHaveTextContent("[the tools]");
  });

  test("are changed in a copy of one's own", async () => {
    open("#/prompts/upstream%3Atau1");
    await user.click(await screen.findByTestId("copy-wording"));
    const name = await screen.findByTestId("wording-name");
    expect(name).toHaveValue("Copy of Upstream wording (tau-trait 0.1.1)");
    await user.clear(name);
    await user.type(name, "Mine");
    await user.click(screen.getByTestId("confirm-name"));
    expect(await screen.findByTestId("prompt-editor")).toHaveValue("{{ policy }}\n");
    expect(saved()).toEqual({
      id: "",
      name: "Mine",
      texts: { "agent/tool-calling": "{{ policy }}\n", "customer/llm": "{{ instruction }}\n" },
    });
  });
});

describe("a copy of one's own", () => {
  test("is checked while it is written and saved only when it can be used", async () => {
    open("#/prompts/mine%3Ashort");
    await write("Be brief.\n\n{{ policies }}");
    const check = screen.getByTestId("prompt-check");
    await waitFor(() => expect(check).toHaveTextContent("There is no “policies” here"));
    expect(screen.getByTestId("save-prompt")).toBeDisabled();
    await user.click(within(check).getByText("Line 3"));
    const editor = screen.getByTestId<HTMLTextAreaElement>("prompt-editor");
    expect([editor.selectionStart, editor.selectionEnd]).toEqual([11, 25]);
    await write("Be brief.\n\n{{ policy }}");
    await waitFor(() => expect(check).toHaveTextContent("It can be used."));
    await user.click(screen.getByTestId("save-prompt"));
    await waitFor(() =>
      expect(saved()).toEqual({
        id: "mine:short",
        name: "Shorter answers",
        texts: { "agent/tool-calling": "Be brief.\n\n{{ policy }}" },
      }),
    );
    await waitFor(() => expect(screen.getByTestId("save-prompt")).toBeDisabled());
  });

  test("keeps what was not saved while another prompt is looked at", async () => {
    open("#/prompts/mine%3Ashort");
    await write("Not yet. {{ policy }}");
    await waitFor(() =>
      expect(screen.getByTestId("prompt-agent/tool-calling")).toHaveTextContent("not saved"),
    );
    await user.click(screen.getByTestId("prompt-customer/llm"));
    await screen.findByRole("heading", { name: "Customer" });
    await user.click(screen.getByTestId("prompt-agent/tool-calling"));
    await waitFor(() =>
      expect(screen.getByTestId("prompt-editor")).toHaveValue("Not yet. {{ policy }}"),
    );
    await user.click(screen.getByTestId("undo-prompt"));
    await waitFor(() =>
      expect(screen.getByTestId("prompt-agent/tool-calling")).not.toHaveTextContent("not saved"),
    );
  });

  test("takes our wording back, which then is no text of its own any more", async () => {
    open("#/prompts/mine%3Ashort");
    await user.click(await screen.findByTestId("use-ours"));
    await waitFor(() => expect(screen.getByTestId("save-prompt")).toBeEnabled());
    await user.click(screen.getByTestId("save-prompt"));
    await waitFor(() => expect(saved().texts).toEqual({}));
  });

  test("that cannot be saved says why and keeps the text", async () => {
    open("#/prompts/mine%3Ashort", {
      save_wording: () => {
        throw { code: "storage", message: "The disk is full.", detail: "", retryable: true };
      },
    });
    await write("Keep me. {{ policy }}");
    await waitFor(() => expect(screen.getByTestId("save-prompt")).toBeEnabled());
    await user.click(screen.getByTestId("save-prompt"));
    expect(await screen.findByText("The disk is full.")).toBeVisible();
    expect(screen.getByTestId("prompt-editor")).toHaveValue("Keep me. {{ policy }}");
    await user.click(screen.getByTestId("undo-prompt"));
  });

  test("is renamed, and deleted only after asking", async () => {
    open("#/prompts/mine%3Ashort");
    await user.click(await screen.findByTestId("rename-wording"));
    const name = await screen.findByTestId("wording-name");
    await user.clear(name);
    await user.type(name, "Other");
    await user.click(screen.getByTestId("confirm-name"));
    await waitFor(() =>
      expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Other"),
    );
    await user.click(screen.getByTestId("delete-wording"));
    expect(calls("delete_wording")).toHaveLength(0);
    await user.click(await screen.findByTestId("confirm-delete-wording"));
    await waitFor(() => expect(location.hash).toBe("#/prompts"));
    expect(await screen.findAllByTestId("wording-row")).toHaveLength(2);
  });

  test("that is gone says so", async () => {
    open("#/prompts/mine%3Anothing");
    expect(await screen.findByText(/not there any more/)).toBeVisible();
    expect(screen.getByText("All wordings")).toHaveAttribute("href", "#/prompts");
  });
});

test("a line of a text is found by its number", () => {
  expect(lineRange("ab\ncd\n", 2)).toEqual([3, 5]);
  expect(lineRange("ab", 3)).toBeNull();
});
