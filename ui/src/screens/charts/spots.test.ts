import { expect, test } from "vitest";
import { behind, neighbour } from "./spots";

/** Three across, two down. */
const cells = [0, 1].flatMap((row) =>
  [0, 1, 2].map((column) => ({ x: column * 100, y: row * 40, width: 90, height: 30 })),
);

test("arrows go to the neighbour on that side", () => {
  expect(neighbour(cells, 0, "ArrowRight")).toBe(1);
  expect(neighbour(cells, 1, "ArrowDown")).toBe(4);
  expect(neighbour(cells, 4, "ArrowUp")).toBe(1);
  expect(neighbour(cells, 5, "ArrowLeft")).toBe(4);
  expect(neighbour(cells, 1, "Home")).toBe(0);
  expect(neighbour(cells, 1, "End")).toBe(5);
});

test("where there is none they go on in the order of reading, and stop at the ends", () => {
  expect(neighbour(cells, 2, "ArrowRight")).toBe(3);
  expect(neighbour(cells, 3, "ArrowLeft")).toBe(2);
  expect(neighbour(cells, 5, "ArrowRight")).toBe(5);
  expect(neighbour(cells, 0, "ArrowUp")).toBe(0);
});

test("other keys and pictures without places lead nowhere", () => {
  expect(neighbour(cells, 0, "a")).toBeNull();
  expect(neighbour([], 0, "End")).toBeNull();
});

test("every place of a ragged picture is reached by arrows alone", () => {
  const ragged = Array.from({ length: 40 }, (_, index) => ({
    x: (index * 37) % 500,
    y: Math.floor(index / 6) * 30,
    width: 24,
    height: 24,
  }));
  const seen = new Set([0]);
  const waiting = [0];
  while (waiting.length > 0) {
    const here = waiting.pop()!;
    for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
      const next = neighbour(ragged, here, key);
      if (next !== null && !seen.has(next)) {
        seen.add(next);
        waiting.push(next);
      }
    }
  }
  expect(seen.size).toBe(ragged.length);
});

test("a place opens its own run's conversations, or those of the run of the chart", () => {
  const none = { run: null, condition: null, task: null, author: null, tag: null };
  expect(behind({ ...none, task: "a b", condition: "c" }, "7")).toBe(
    "#/runs/7/conversations?condition=c&task=a+b",
  );
  expect(behind({ ...none, run: "9", author: "grader", tag: "other" }, "7")).toBe(
    "#/runs/9/conversations?author=grader&tag=other",
  );
  expect(behind(none, null)).toBeNull();
});
