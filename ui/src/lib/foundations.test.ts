import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { toApiError } from "./api/host";
import type { Attachment } from "svelte/attachments";
import { markdownToHtml } from "./markdown";
import { noFaultFilter, noFilter, parse, to } from "./router.svelte";
import { throttle } from "./state/live";
import { Resource } from "./state/resource.svelte";
import { showDrawing, showText } from "./markup";
import { visibleRows } from "./ui/windowing";

describe("addresses", () => {
  test("a filter survives the way into the address and back", () => {
    const filter = {
      view: "grid",
      outcome: "failed",
      condition: "impatience-3",
      task: "a/b?c",
      author: "grader",
      tag: "hallucination",
      text: "lamp & chair",
    } as const;
    expect(parse(to.conversations("7", filter))).toEqual({
      page: "run",
      id: "7",
      tab: "conversations",
      chart: "",
      query: filter,
      faults: { author: "grader", kind: "", condition: "impatience-3" },
    });
  });

  test("a domain with a colon and a slash in its name is found again", () => {
    expect(parse(to.domain("tau1:a/b"))).toEqual({ page: "domain", id: "tau1:a/b", part: "" });
  });

  test("a run opens on its result", () => {
    expect(parse("#/runs/7")).toEqual({
      page: "run",
      id: "7",
      tab: "result",
      chart: "",
      query: noFilter,
      faults: noFaultFilter,
    });
    expect(parse(to.run("7", "forest.cost"))).toMatchObject({
      tab: "result",
      chart: "forest.cost",
    });
  });

  test("runs side by side and a task to be played survive the way into the address and back", () => {
    expect(parse(to.compare(["a", "b/c"]))).toEqual({ page: "compare", runs: ["a", "b/c"] });
    expect(parse(to.chooseRuns(["a"]))).toEqual({ page: "runs", chosen: ["a"] });
    expect(parse(to.runs())).toEqual({ page: "runs", chosen: null });
    const choice = { domain: "tau1:retail", split: "test", task: "7", seat: "agent" } as const;
    expect(parse(to.playSetup(choice))).toEqual({ page: "play-setup", query: choice });
    expect(parse(to.play("r1"))).toEqual({ page: "play", id: "r1" });
    expect(parse(to.faults("7", { author: "user" }))).toMatchObject({
      tab: "faults",
      faults: { author: "user", kind: "", condition: "" },
    });
  });

  test("an address that is none says so", () => {
    expect(parse("#/nowhere").page).toBe("missing");
    expect(parse("#/runs/7/nowhere").page).toBe("missing");
    expect(parse("#/domains/%E0%A4%A")).toEqual({ page: "domain", id: "%E0%A4%A", part: "" });
  });
});

describe("long lists", () => {
  test("only rows in view are drawn, with some to spare", () => {
    expect(visibleRows(2800, 280, 28, 500, 5)).toEqual({ start: 95, end: 115 });
  });

  test("the ends of the list are respected", () => {
    expect(visibleRows(0, 280, 28, 4)).toEqual({ start: 0, end: 4 });
    expect(visibleRows(99_999, 280, 28, 20).end).toBe(20);
    expect(visibleRows(0, 280, 28, 0)).toEqual({ start: 0, end: 0 });
  });
});

describe("ticks", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("a burst is answered once at its start and once at its end", () => {
    const action = vi.fn();
    const run = throttle(action, 500);
    for (let i = 0; i < 100; i++) run();
    expect(action).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(500);
    expect(action).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(5000);
    expect(action).toHaveBeenCalledTimes(2);
  });

  test("a stopped one stays silent", () => {
    const action = vi.fn();
    const run = throttle(action, 500);
    run();
    run();
    run.stop();
    vi.advanceTimersByTime(1000);
    expect(action).toHaveBeenCalledTimes(1);
  });
});

describe("answers", () => {
  test("a slow answer never overwrites a newer one", async () => {
    const answers: ((value: string) => void)[] = [];
    const resource = new Resource(() => new Promise<string>((resolve) => answers.push(resolve)));
    const first = resource.refresh();
    const second = resource.refresh();
    answers[1]!("new");
    answers[0]!("old");
    await Promise.all([first, second]);
    expect(resource.value).toBe("new");
  });

  test("what was shown stays when asking again fails", async () => {
    let fail = false;
    const resource = new Resource(() =>
      fail ? Promise.reject(new Error("x")) : Promise.resolve(1),
    );
    await resource.refresh();
    fail = true;
    await resource.refresh();
    expect(resource.value).toBe(1);
    expect(resource.error?.detail).toBe("x");
  });

  test("an error of the product is passed on as it is", () => {
    const error = { code: "storage", message: "m", detail: "", retryable: true, help: "" };
    expect(toApiError(error)).toBe(error);
    expect(toApiError("oh").code).toBe("internal");
  });
});

describe("texts from elsewhere", () => {
  /** The element's content once the markup is shown in it. */
  function shown(show: (markup: string) => Attachment, markup: string): HTMLElement {
    const element = document.createElement("div");
    show(markup)(element);
    return element;
  }

  test("a policy shows its structure and none of its raw HTML, links or pictures", () => {
    const page = shown(
      showText,
      markdownToHtml(
        "# Rules\n\n- **Refuse**\n\n<img src=x onerror=alert(1)> [go](https://example.org) ![p](x.png)",
      ),
    );
    expect(page.querySelector("h1")?.textContent).toBe("Rules");
    expect(page.querySelector("strong")?.textContent).toBe("Refuse");
    expect(page.querySelectorAll("img, a, script")).toHaveLength(0);
    expect(page.textContent).toContain("<img src=x");
  });

  test("HTML that got past the reader of Markdown still cannot act", () => {
    const page = shown(showText, "<p onclick=alert(1)>ok</p><script>alert(1)</script><img src=x>");
    expect(page.innerHTML).toBe("<p>ok</p>");
  });

  test("a chart keeps its shapes and loses everything that acts", () => {
    const clean = shown(
      showDrawing,
      '<svg xmlns="http://www.w3.org/2000/svg" width="600"><text x="1" fill="#000" onclick="alert(1)">Success</text><script>alert(1)</script><a href="https://example.org"><rect width="3"/></a><image href="x.png"/></svg>',
    ).innerHTML;
    expect(clean).toContain("Success");
    expect(clean).toContain('fill="#000"');
    expect(clean).not.toMatch(/script|onclick|href|<image/);
  });
});
