// A Chromium of the system, and the accessibility check that every page has to pass.
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
}

/** Serious and critical findings of axe, as one line each, on a page that has come to rest. */
export async function barriers(page) {
  await page.waitForFunction(() =>
    document.getAnimations().every((each) => each.playState !== "running"),
  );
  // What was decided before the last frame is painted after it.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help} at ${node.target} (${node.any[0]?.message ?? ""})`),
    );
}
