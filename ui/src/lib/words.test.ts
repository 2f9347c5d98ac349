import { describe, expect, test } from "vitest";
import type { Progress } from "./api/generated";
import { count, duration, moment, money, percent, points, progressLine } from "./words";

const progress: Progress = {
  state: "running",
  planned: 240,
  finished: 87,
  running: 4,
  passed: 60,
  failed: 27,
  not_scored: 0,
  eta_seconds: 372,
  cost_usd: 1.12,
  message: "",
};

describe("words", () => {
  test("a run under way is told in one line", () => {
    expect(progressLine(progress)).toBe("87 of 240 conversations, about 6 min to go, $1.12 so far");
  });

  test("what is not known is left out", () => {
    expect(progressLine({ ...progress, eta_seconds: null, cost_usd: null })).toBe(
      "87 of 240 conversations",
    );
  });

  test("a paused run promises no time", () => {
    expect(progressLine({ ...progress, state: "paused" })).not.toContain("to go");
  });

  test("one thing is singular, many have separators", () => {
    expect(count(1, "task")).toBe("1 task");
    expect(count(1200, "task")).toBe("1,200 tasks");
  });

  test("times are coarse", () => {
    expect(duration(20)).toBe("less than a minute");
    expect(duration(372)).toBe("about 6 min");
    expect(duration(9000)).toBe("about 2.5 hours");
  });

  test("small sums keep what matters", () => {
    expect(money(0.0042)).toBe("$0.004");
    expect(money(1.1)).toBe("$1.10");
  });

  test("points carry a true minus, and almost nothing is nothing", () => {
    expect(points(-12.4)).toBe("−12");
    expect(points(3)).toBe("+3");
    expect(points(-0.3)).toBe("0");
  });

  test("a rate that is not known is a dash", () => {
    expect(percent(0.625)).toBe("63 %");
    expect(percent(null)).toBe("–");
  });

  test("recent days have names", () => {
    const now = new Date(2026, 10, 21, 12, 0);
    expect(moment(new Date(2026, 10, 21, 9, 5).toISOString(), now)).toBe("today 09:05");
    expect(moment(new Date(2026, 10, 20, 23, 59).toISOString(), now)).toBe("yesterday 23:59");
    expect(moment(new Date(2026, 9, 3).toISOString(), now)).toBe("3 Oct 2026");
  });
});
