// The story of a run in which the customer has a phone in hand: ten tasks, the phone is seen to change
// while a conversation goes on, and why one failed is read.
import assert from "node:assert/strict";

/** Tasks in which the customer does something with the phone, by words of their names. */
const handsOn = /data is switched off|on the phone|SIM card sits badly|3G alone/;

/** Plays it on `page` of the product at `address`; `story` and `look` as in run.mjs. */
export async function twoAtTheControls({ page, address, story, look }) {
  const id = (testid) => page.getByTestId(testid);
  /** The box of a task by its place; only the rows in view are there. */
  const task = (nth) => page.locator(`[aria-label="Tasks"] [aria-posinset="${nth}"] input`);
  let runAddress = "";

  await story("reads what the mobile operator is, and chooses it for a run", async () => {
    await page.goto(`${address}/#/domains`);
    await page
      .getByRole("link", { name: "Mobile operator, two at the controls", exact: true })
      .click();
    await id("run-here").waitFor();
    await look("mobile-policy");
    await page.getByText("Tools (43)", { exact: true }).click();
    await page.getByRole("heading", { name: "30 tools of the customer" }).waitFor();
    await page.getByText("Tasks", { exact: true }).click();
    await page.getByText("Mobile data is switched off", { exact: false }).first().waitFor();
    await look("mobile-tasks");
    await id("run-here").click();
    assert.match(await id("domain").innerText(), /Mobile operator, two at the controls/);
  });

  await story("starts ten tasks, and is told where it was careless", async () => {
    // One kind of customer beside the easy ones: the confused.
    for (const out of [0, 1, 1]) {
      await id(`condition-${out}`).click();
      await id("remove-condition").click();
    }
    assert.match(await id("condition-0").innerText(), /Confusion/);
    await page.getByText("Choose tasks").click();
    await id("problems").getByText("Choose at least one task").waitFor();
    assert.ok(await id("start-run").isDisabled(), "nothing can be started without a task");
    await look("mobile-no-task");
    for (let nth = 1; nth <= 10; nth++) await task(nth).check();
    await page.getByText("10 of 72 tasks chosen").waitFor();
    await id("trials").fill("999999");
    await id("trials").blur();
    assert.equal(await id("trials").inputValue(), "10", "as many as there may be");
    await id("trials").fill("1");
    await id("trials").blur();
    await id("unhurried").check();
    await page.getByText("More choices").click();
    await id("max_concurrency").fill("10");
    await id("max_concurrency").blur();
    const name = page.getByLabel("Name", { exact: true }).locator("visible=true");
    await name.fill(`Phones, ${"and a name that does not want to end ".repeat(4)}`);
    await name.blur();
    await id("preview-sentence").getByText("20 conversations").waitFor();
    await look("mobile-new-run");
    await id("start-run").click();
    await page.waitForURL(/#\/runs\/[^/]+$/);
    runAddress = page.url();
  });

  await story("pauses it, and goes on", async () => {
    await id("pause-run").click();
    await id("resume-run").click();
    await id("pause-run").waitFor();
    await id("cell").first().waitFor();
    await look("mobile-live");
  });

  await story("watches the phone change while the conversation goes on", async () => {
    // A conversation that has not begun is read from its beginning.
    const row = page.getByRole("row").filter({ hasText: handsOn });
    const waiting = row.locator('[data-testid="cell"][data-outcome="pending"]');
    const going = row.locator('[data-testid="cell"][data-outcome="running"]');
    await ((await waiting.count()) > 0 ? waiting : going).first().click();
    const changed = id("device-changed");
    await changed.waitFor();
    const seen = new Set();
    while (!(await id("ended").isVisible())) {
      seen.add(await changed.innerText());
      if (seen.size === 2) await look("mobile-watching");
      await page.waitForTimeout(150);
    }
    seen.add(await changed.innerText());
    assert.ok(seen.size > 1, `the phone changes: ${[...seen].join(" / ")}`);
    assert.ok((await id("tool-changes").count()) > 0, "each call says what it changed");
    await look("mobile-watched");
  });

  await story("reads why one failed, and how the phone stood at a message", async () => {
    await page.goto(runAddress);
    await id("result-sentence").waitFor({ state: "attached" });
    await id("chart-drawing").locator("svg").waitFor();
    await look("mobile-result");
    await page.goto(`${runAddress}/conversations?outcome=failed`);
    await id("conversation-row").first().click();
    await id("verdict").waitFor();
    assert.equal(await id("verdict").getAttribute("data-outcome"), "failed");
    const unmet = id("checks").locator('[data-met="false"]').first();
    await unmet.waitFor();
    const reason = (await unmet.innerText()).replace(/\s*is not so\s*$/, "").trim();
    assert.doesNotMatch(reason, /assert|_/, "in words, not in names of functions");
    assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /^Failed/);
    await id("why").waitFor();
    await page.locator("[data-turn]").nth(2).click();
    await id("device").getByText("After turn 3").waitFor();
    await look("mobile-failed");
  });

  await story("lets the agent work alone on tickets", async () => {
    await page.goto(`${address}/#/new?domain=mobile-workflow`);
    await page.getByText("How the agent works").click();
    await id("agent-strategy").click();
    await page.getByRole("option", { name: /Alone, on a ticket/ }).click();
    await page.getByText("Choose tasks").click();
    for (let nth = 1; nth <= 3; nth++) await task(nth).check();
    await id("trials").fill("1");
    await id("trials").blur();
    await id("preview-sentence").getByText("without a customer").waitFor();
    await look("mobile-alone");
    await id("start-run").click();
    await page.waitForURL(/#\/runs\/[^/]+$/);
    await id("result-sentence").waitFor({ state: "attached" });
    const alone = page.url();
    await page.goto(`${alone}/conversations`);
    await id("conversation-row").first().click();
    await id("verdict").waitFor();
    await look("mobile-alone-read");
  });
}
