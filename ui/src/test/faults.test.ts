// Why conversations failed, over the in-memory product, used as a person uses it.

import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";
import App from "../App.svelte";
import type { DiagnosisCorrection, DiagnosisDraft, FaultQuery } from "../lib/api/generated";
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

async function choose(testid: string, option: string) {
  const trigger = await screen.findByTestId(testid);
  trigger.focus();
  await user.keyboard("{Enter}");
  // The list is placed by measuring, which there is none of here; it counts as hidden.
  const options = await screen.findAllByRole("option", { hidden: true });
  await fireEvent.pointerUp(options.find((each) => each.textContent?.trim() === option)!);
}

beforeEach(() => {
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, value: 600 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
});

describe("a run", () => {
  test("says whose fault its failures were, in a sentence, a bar and figures", async () => {
    open("#/runs/big");
    await user.click(await screen.findByTestId("tab-faults"));
    expect(await screen.findByTestId("fault-sentence")).toHaveTextContent("the agent was at fault");
    const bar = within(screen.getByTestId("fault-authors")).getByRole("img");
    expect(bar).toHaveAccessibleName(/Agent: \d+ failures, \d+ %; Customer: \d+ failures, \d+ %/);
    expect(screen.getByTestId("fault-kinds")).toHaveTextContent("Wrong action");
    expect(screen.getByTestId("fault-rates")).toHaveTextContent("63 %");
    expect(screen.getByTestId("fault-rates")).toHaveTextContent("68 %");
    expect(screen.getByTestId("fault-agreement")).toHaveTextContent(
      /name the same side in \d+.*kappa of 0\.\d\d/,
    );
  });

  test("lists the failures of one side, each opening its conversation", async () => {
    open("#/runs/big/faults");
    expect((await screen.findAllByTestId("fault-row")).length).toBeLessThan(40);
    const side = screen.getByTestId("fault-author-user");
    const [, many] = /Customer\s*(\d+)/.exec(side.textContent ?? "")!;
    await user.click(side);
    await waitFor(() => expect(location.hash).toBe("#/runs/big/faults?author=user"));
    expect(await screen.findByText(`${many} failures`)).toBeVisible();
    const query = (calls("list_faults").at(-1)!.args as { query: FaultQuery }).query;
    expect(query).toMatchObject({ run_id: "big", author: "user", kind: null });
    const [row] = await screen.findAllByTestId("fault-row");
    expect(row).toHaveAttribute("data-author", "user");
    expect(row!.getAttribute("href")).toMatch(/^#\/conversations\/c-/);
  });

  test("has its failures judged by a model, and stops on request", async () => {
    open("#/runs/big/faults");
    await user.click(await screen.findByTestId("judge-failures"));
    const most = await screen.findByTestId("judge-most");
    await fireEvent.change(most, { target: { value: "300" } });
    await waitFor(() => expect(screen.getByTestId("judge-start")).toBeEnabled());
    expect(screen.getByTestId("judge-start")).toHaveTextContent("Judge up to 300 failures");
    await user.click(screen.getByTestId("judge-start"));
    expect(await screen.findByTestId("judging")).toHaveTextContent(/\d+ of 300 judged/);
    const { draft } = calls("start_diagnosis")[0]!.args as { draft: DiagnosisDraft };
    expect(draft).toEqual({
      run_id: "big",
      model: { endpoint: "house", model: "mistral-small" },
      most: 300,
      max_concurrency: 4,
    });
    const before = calls("run_faults").length;
    host.tick("big");
    await waitFor(() => expect(calls("run_faults").length).toBeGreaterThan(before));
    // A dialog that closes lets go of the page a moment later.
    await waitFor(() => expect(document.body.style.pointerEvents).not.toBe("none"));
    await user.click(screen.getByTestId("stop-judging"));
    expect(await screen.findByTestId("judged")).toHaveTextContent("What was judged is kept");
    expect(screen.getByTestId("fault-agreement")).toHaveTextContent(
      /A model or a person judged \d+ of 367/,
    );
  });

  test("without failures says so", async () => {
    open("#/runs/file/faults");
    expect(await screen.findByText("No conversation failed")).toBeVisible();
  });

  test("whose domain is not here says that nothing can be said", async () => {
    open("#/runs/big/faults", {
      run_faults: () => ({
        failures: 3,
        judged: 0,
        sentence: "Nothing can be said about these failures: the domain is not here.",
        authors: [],
        kinds: [],
        tags: [],
        agreement: null,
        rate: 0.5,
        rate_without_user_faults: 0.5,
        job: null,
      }),
    });
    expect(await screen.findByTestId("fault-sentence")).toHaveTextContent("Nothing can be said");
    expect(screen.queryByTestId("fault-authors")).toBeNull();
    expect(screen.getByTestId("judge-failures")).toBeEnabled();
  });

  test("from a file says which, and offers nothing that would play it", async () => {
    open("#/runs/file");
    expect(
      await screen.findByText(/Opened from tool-calling-gpt-4o.* and 1 more \(tau-bench format\)/),
    ).toBeVisible();
    await screen.findByTestId("result-table");
    expect(screen.queryByTestId("retry-not-scored")).toBeNull();
    expect(screen.queryByTestId("resume-run")).toBeNull();
  });
});

describe("a conversation that failed", () => {
  test("says who was at fault; a finding leads to its turn", async () => {
    open("#/conversations/c-1-2-0");
    const why = await screen.findByTestId("why");
    expect(await within(why).findByTestId("judgement-rules")).toHaveTextContent("By the rules");
    await user.click(within(why).getByTestId("finding"));
    expect(document.activeElement).toHaveAttribute("data-turn", "5");
    expect(screen.getByTestId("went-wrong")).toHaveTextContent("Here it first went wrong");
    const marks = screen.getAllByTestId("mark");
    expect(marks[0]).toHaveAccessibleName(/Turn 3: Something else was nearly said/);
    await user.click(marks[0]!);
    expect(document.activeElement).toHaveAttribute("data-turn", "3");
  });

  test("is judged by a person, whose judgement counts until it is taken back", async () => {
    open("#/conversations/c-1-2-0");
    await user.click(await screen.findByTestId("judge"));
    await choose("judge-author", "Customer");
    const turn = screen.getByTestId("judge-turn");
    await user.clear(turn);
    await user.type(turn, "99");
    expect(screen.getByText(/Give a turn from 1 to 6/)).toBeVisible();
    expect(screen.getByTestId("save-judgement")).toBeDisabled();
    await user.clear(turn);
    await user.type(turn, "3");
    await user.click(await screen.findByLabelText("Left too early"));
    await user.type(screen.getByTestId("judge-why"), "Too short.");
    await user.click(screen.getByTestId("save-judgement"));
    const mine = await screen.findAllByTestId("judgement-person");
    expect(mine[0]).toHaveTextContent("Too short.");
    const { correction } = calls("correct_diagnosis")[0]!.args as {
      correction: DiagnosisCorrection;
    };
    expect(correction).toMatchObject({ conversation_id: "c-1-2-0", author: "user", turn: 3 });
    expect(correction.tags).toContain("premature_termination");
    await user.click(screen.getByTestId("withdraw-judgement"));
    await waitFor(() => expect(screen.queryByTestId("judgement-person")).toBeNull());
  });

  test("that passed has nothing to explain", async () => {
    open("#/conversations/c-3-0-0");
    await screen.findByTestId("verdict");
    expect(screen.getByTestId("verdict")).toHaveAttribute("data-outcome", "passed");
    expect(screen.queryByTestId("why")).toBeNull();
    expect(calls("get_diagnosis")).toHaveLength(0);
  });
});

describe("what the other side did not hear", () => {
  test("is folded away and opens in place", async () => {
    open("#/conversations/c-1-2-0");
    const thought = await screen.findByTestId("thought");
    expect(screen.queryByTestId("thought-text")).toBeNull();
    await user.click(thought);
    expect(screen.getByTestId("thought-text")).toHaveTextContent("I am in a hurry");
    await user.click(screen.getByTestId("drafts"));
    expect(screen.getByTestId("drafts-text")).toHaveTextContent("Too patient for this customer.");
  });
});
