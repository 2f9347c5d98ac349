import { render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import App from "../App.svelte";
import { useHost } from "../lib/api/host";
import { go } from "../lib/router.svelte";
import TurnItem from "../screens/conversation/TurnItem.svelte";
import { conversation } from "./fake-data";
import { phoneConversation } from "./fake-phone";
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

describe("the cache of replies", () => {
  test("is emptied from the settings once one has agreed, with its size told before", async () => {
    open("#/settings");
    expect(await screen.findByTestId("reply-cache-size")).toHaveTextContent(
      "1,234 replies, 5.4 MB",
    );
    await user.click(screen.getByTestId("empty-cache"));
    expect(await screen.findByText(/1,234 replies are forgotten/)).toBeVisible();
    expect(calls("empty_reply_cache")).toHaveLength(0);
    await user.click(screen.getByTestId("confirm-empty-cache"));
    await waitFor(() =>
      expect(screen.getByTestId("reply-cache")).toHaveTextContent("Nothing is kept"),
    );
    expect(calls("empty_reply_cache")).toHaveLength(1);
  });

  test("is used by a run only when it is asked for", async () => {
    open("#/new");
    await user.click(await screen.findByText("More choices"));
    const box = screen.getByTestId("reply-cache");
    expect(box).not.toBeChecked();
    await user.click(box);
    await waitFor(() =>
      expect(calls("preview_run").at(-1)!.args).toMatchObject({ draft: { reply_cache: true } }),
    );
  });

  test("is named beside each message and call that came from it, and beside no other", () => {
    const { turns } = conversation("c-0-0-0", "failed", false);
    const { unmount } = render(TurnItem, { turn: { ...turns[0]!, cached: true } });
    expect(screen.getByTestId("cached-mark")).toHaveTextContent("from the cache");
    unmount();
    const call = phoneConversation("p-0-0-0").turns.find((turn) => turn.tool)!;
    const line = render(TurnItem, { turn: { ...call, cached: true } });
    expect(screen.getByTestId("tool-line")).toHaveTextContent("from the cache");
    line.unmount();
    render(TurnItem, { turn: turns[0]! });
    expect(screen.queryByTestId("cached-mark")).toBeNull();
  });

  test("is counted beside a conversation and in the list of conversations", async () => {
    const cached = { cached: 3, replies: 9 };
    open("#/conversations/c-0-0-0", {
      get_conversation: ({ id }) => {
        const plain = conversation(id, "passed", false);
        return { ...plain, summary: { ...plain.summary, cached } };
      },
    });
    expect(await screen.findByTestId("verdict")).toHaveTextContent("3 of 9 replies from the cache");
  });
});
