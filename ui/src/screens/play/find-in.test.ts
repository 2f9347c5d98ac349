import { expect, test } from "vitest";
import { markAll } from "./find-in";

function page(html: string): HTMLElement {
  const root = document.createElement("div");
  root.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  return root;
}

test("every occurrence is marked, whatever its letters' size, and the text stays the same", () => {
  const root = page("<h2>Returns</h2><p>A return within 30 days. No return after.</p>");
  const before = root.textContent;
  expect(markAll(root, "return").map((mark) => mark.textContent)).toEqual([
    "Return",
    "return",
    "return",
  ]);
  expect(root.textContent).toBe(before);
});

test("another search takes the old marks away", () => {
  const root = page("<p>exchange or return</p>");
  markAll(root, "exchange");
  expect(markAll(root, "return")).toHaveLength(1);
  expect(root.querySelectorAll("mark")).toHaveLength(1);
  expect(markAll(root, "")).toEqual([]);
  expect(root.innerHTML).toBe("<p>exchange or return</p>");
});
