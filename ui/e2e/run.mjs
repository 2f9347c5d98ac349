// Stories on a real product behind DEVSERVER_URL, with practice models: set sliders, watch the
// run, read a failed conversation, export, and find no barriers on the way.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { barriers, launch } from "./browser.mjs";
import { twoAtTheControls } from "./two-at-the-controls.mjs";

const address = process.env.DEVSERVER_URL;
if (!address) {
  console.error("Set DEVSERVER_URL to the address that tau-devserver printed.");
  process.exit(2);
}

const wait = 60_000;
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const page = await context.newPage();
page.setDefaultTimeout(wait);
const errors = [];
page.on("pageerror", (error) => errors.push(error.message));

const pictures = process.env.E2E_PICTURES;
let step = 0;
async function look(name) {
  step += 1;
  if (pictures) {
    await page.screenshot({ path: `${pictures}/${String(step).padStart(2, "0")}-${name}.png` });
  }
  assert.deepEqual(await barriers(page), [], `barriers on: ${name}`);
}

/** The places of a chart that open conversations. */
const mark = (chart = "chart") => page.getByTestId(chart).getByTestId("chart-hotspot");

/** Waits until a message at the window's edge says this. */
const said = (pattern) => page.getByTestId("toast").filter({ hasText: pattern }).first().waitFor();

async function story(name, play) {
  const start = Date.now();
  await play();
  console.log(`ok  ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
}

let failure;
try {
  let runAddress = "";

  await story("a person sets sliders and starts a run", async () => {
    await page.goto(`${address}/#/runs`);
    await page.getByTestId("new-run").click();
    const slider = page.getByTestId("trait-impatience").getByRole("slider");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await slider.getAttribute("aria-valuetext"), "Extreme");
    assert.match(await page.getByTestId("cell-impatience-0").innerText(), /Extreme/);
    await page.getByTestId("trials").fill("1");
    await page.getByTestId("run-name").fill("A run of the interface's test");
    await page.getByTestId("run-name").blur();
    await page.getByTestId("preview-sentence").waitFor();
    await look("new-run");
    await page.getByTestId("start-run").click();
    await page.waitForURL(/#\/runs\/[^/]+$/);
    runAddress = page.url();
  });

  await story("watches it until the result is there", async () => {
    const progress = page.getByTestId("run-progress");
    const sentence = page.getByTestId("result-sentence");
    await progress.or(sentence).first().waitFor();
    await sentence.waitFor({ state: "attached" });
    const text = await sentence.innerText();
    assert.ok(text.length > 20, `a sentence, not “${text}”`);
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), text);
    await page.getByTestId("chart-drawing").locator("svg").waitFor();
    assert.equal(await page.getByTestId("result-table").locator("tbody tr").count(), 5);
    await look("result");
  });

  await story("opens the conversations behind a mark of the chart", async () => {
    await mark().last().press("Enter");
    await page.waitForURL(/conversations\?condition=/);
    await page.getByTestId("conversation-row").first().waitFor();
    await look("conversations");
  });

  await story("reads a failed conversation and its neighbours", async () => {
    await page.goto(`${runAddress}/conversations?outcome=failed`);
    await page.getByTestId("conversation-row").first().click();
    const verdict = page.getByTestId("verdict");
    await verdict.waitFor();
    assert.equal(await verdict.getAttribute("data-outcome"), "failed");
    const line = page.getByTestId("tool-line").first();
    if ((await line.count()) > 0) {
      await line.click();
      await page.getByTestId("tool-details").waitFor();
    }
    await look("failed-conversation");
    const here = page.url();
    const forward = await page.getByTestId("next-conversation").isEnabled();
    await page.keyboard.press(forward ? "j" : "k");
    await page.waitForFunction((url) => location.href !== url, here);
    await verdict.waitFor();
  });

  await story("looks at the grid", async () => {
    await page.goto(`${runAddress}/conversations?view=grid`);
    await page.getByTestId("cell").first().waitFor();
    await look("grid");
  });

  await story("saves the chart in every format and the run in every document", async () => {
    await page.goto(runAddress);
    await page.getByTestId("chart-drawing").locator("svg").waitFor();
    const formats = { svg: "svg", png: "png", png2: "png", png3: "png", pdf: "pdf", csv: "csv" };
    for (const [format, ending] of Object.entries(formats)) {
      await page.getByTestId("chart-save").click();
      await page.getByTestId(`save-${format}`).click();
      await said(new RegExp(`Saved as .*\\.${ending}`));
    }
    for (const format of ["pdf", "html", "xlsx", "csv", "jsonl"]) {
      await page.getByTestId("export-menu").click();
      await page.getByTestId(`export-${format}`).click();
      await said(new RegExp(`Saved as .*\\.${format}`));
    }
  });

  await story("reads the chart as a table and copies what it says", async () => {
    await page.getByTestId("chart-as-table").click();
    const table = page.getByTestId("chart-table");
    await table.waitFor();
    assert.equal(await table.locator("tbody tr").count(), 5);
    await look("chart-table");
    await page.getByTestId("chart-as-table").click();
    for (const what of ["picture", "table", "sentence"]) {
      await page.getByTestId("chart-copy").click();
      await page.getByTestId(`copy-${what}`).click();
      await said(new RegExp(`${what} copied`, "i"));
    }
  });

  await story(
    "leaves a task out, sees the answer change, and goes back to as planned",
    async () => {
      const title = page.getByRole("heading", { level: 1 });
      const planned = await title.innerText();
      await page.getByTestId("open-reading").click();
      await page.getByTestId("task-pick").first().getByRole("checkbox").uncheck();
      await page.getByTestId("changed-afterwards").waitFor();
      await page.waitForFunction(
        (before) => document.querySelector("h1").textContent.trim() !== before,
        planned,
      );
      await look("reading");
      await page.getByTestId("as-planned").click();
      await page.waitForFunction(
        (before) => document.querySelector("h1").textContent.trim() === before,
        planned,
      );
    },
  );

  await story("takes a closer look at every other chart", async () => {
    await page.goto(runAddress);
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click();
      const drawn = page.getByTestId("gallery-chart-drawing").locator("svg");
      await drawn.or(page.getByTestId("not-yet")).first().waitFor();
      const name = (await tab.innerText()).toLowerCase().replaceAll(/\W+/g, "-");
      await page.getByTestId("gallery").scrollIntoViewIfNeeded();
      await look(`closer-${name}`);
    }
    await page.getByTestId("chart-tab-flips").click();
    // Until it is drawn, the marks are those of the chart before.
    await page.getByRole("heading", { name: "Tasks that changed sides" }).waitFor();
    // The first place of a row is the whole condition; behind it stand its tasks.
    await page.getByTestId("gallery-chart").locator("[data-task]").first().press("Enter");
    await page.waitForURL(/task=/);
    await page.getByTestId("conversation-row").first().waitFor();
    await look("narrowed");
    await page.goBack();
    await page.getByTestId("gallery-chart-drawing").locator("svg").waitFor();
    assert.match(page.url(), /chart=flips/);
  });

  await story("reads the result in German", async () => {
    await page.goto(runAddress);
    const title = page.getByRole("heading", { level: 1 });
    await page.getByTestId("chart-drawing").locator("svg").waitFor();
    const english = await title.innerText();
    await page.goto(`${address}/#/settings`);
    await page.getByTestId("settings-language").click();
    await page.getByRole("option", { name: "Deutsch" }).click();
    await page.goto(runAddress);
    await page.getByTestId("chart-drawing").locator("svg").waitFor();
    assert.equal(await page.getByTestId("chart").getAttribute("lang"), "de");
    assert.notEqual(await title.innerText(), english);
    await look("german");
    await page.goto(`${address}/#/settings`);
    await page.getByTestId("settings-language").click();
    await page.getByRole("option", { name: /^As the system/ }).click();
    await page.goto(runAddress);
    await page.getByTestId("chart-drawing").locator("svg").waitFor();
    assert.equal(await title.innerText(), english);
  });

  await story(
    "sends the report to somebody: a page that asks for nothing and runs nothing",
    async () => {
      const saved = page.waitForResponse((answer) => answer.url().endsWith("/call/export_run"));
      await page.getByTestId("export-menu").click();
      await page.getByTestId("export-html").click();
      const { path } = await (await saved).json();
      const report = await context.newPage();
      const asked = [];
      const complaints = [];
      report.on("request", (request) => asked.push(request.url()));
      report.on("console", (message) => complaints.push(message.text()));
      report.on("pageerror", (error) => complaints.push(error.message));
      await report.goto(pathToFileURL(path).href, { waitUntil: "load" });
      await report.evaluate(() => document.fonts.ready);
      const others = asked.filter((url) => !url.startsWith("data:"));
      assert.deepEqual(others, [report.url()], "nothing but the page itself");
      assert.deepEqual(complaints, []);
      assert.ok((await report.locator("figure svg").count()) > 0);
      // The page's policy lets its style in and no script.
      assert.equal(
        await report.locator("main").evaluate((el) => getComputedStyle(el).maxWidth),
        "960px",
      );
      assert.deepEqual(await barriers(report), []);
      if (pictures) await report.screenshot({ path: `${pictures}/report.png`, fullPage: true });
      await report.close();
    },
  );

  await story("takes the conversations along and opens them again", async () => {
    const saved = page.waitForResponse((answer) => answer.url().endsWith("/call/export_run"));
    await page.getByTestId("export-menu").click();
    await page.getByTestId("export-tau-trait").click();
    const { path } = await (await saved).json();
    await page.evaluate(
      (detail) => window.dispatchEvent(new CustomEvent("drop-paths", { detail })),
      [path],
    );
    await page.getByTestId("result-file").waitFor();
    await look("result-file");
    await page.getByTestId("open-results").click();
    await page.getByText("tau-trait format").first().waitFor();
    // What is opened shows the same success as the run it was taken from.
    const rates = async () => (await page.getByTestId("result-table").innerText()).match(/\d+ %/g);
    await page.getByTestId("result-table").waitFor();
    await page.getByTestId("chart-drawing").locator("svg").waitFor();
    await look("opened-result");
    const opened = await rates();
    await page.goto(runAddress);
    await page.getByTestId("result-table").waitFor();
    assert.deepEqual(opened?.slice().sort(), (await rates())?.slice().sort());
  });

  await story("asks why conversations failed, and judges one", async () => {
    await page.goto(`${runAddress}/faults`);
    await page.getByTestId("fault-sentence").waitFor();
    await look("faults");
    await page.getByTestId("fault-row").first().click();
    const why = page.getByTestId("why");
    await why.getByTestId("judge").waitFor();
    await why.getByTestId("judge").click();
    await why.getByTestId("judge-why").fill("It stopped too early.");
    await why.getByTestId("save-judgement").click();
    await why.getByTestId("judgement-person").first().waitFor();
    await look("why");
    await why.getByTestId("withdraw-judgement").click();
    await why.getByTestId("withdraw-judgement").waitFor({ state: "detached" });
  });

  await story("plays a customer through a whole conversation", async () => {
    await page.goto(`${address}/#/play?seat=customer`);
    await page.getByTestId("start-play").click();
    await page.getByTestId("task-card").waitFor();
    const agent = page.locator('[data-testid="play-turn"][data-speaker="agent"]');
    const over = page.getByTestId("play-over");
    for (const line of ["Hello, I need help with my order.", "Yes, please.", "Thank you."]) {
      const before = await agent.count();
      await page.getByTestId("play-text").fill(line);
      // Sending waits for one's turn.
      await page.getByTestId("play-send").click();
      await agent.nth(before).or(over).first().waitFor();
      if (await over.isVisible()) break;
    }
    await look("playing");
    if (!(await over.isVisible())) {
      await page.getByText("Your turn", { exact: true }).waitFor();
      await page.getByTestId("play-leave").click();
      await page.getByTestId("confirm-leave").click();
      await over.waitFor();
    }
    await look("played");
    await page.getByTestId("read-played").click();
    await page.getByTestId("verdict").waitFor();
  });

  await story("plays the agent with a tool", async () => {
    await page.goto(`${address}/#/play?seat=agent`);
    await page.getByTestId("start-play").click();
    await page.locator('[data-testid="play-turn"][data-speaker="customer"]').first().waitFor();
    await page.getByText("Your turn", { exact: true }).waitFor();
    await page.locator(`[data-tool^="get_"]`).first().click();
    const fields = page.getByTestId("tool-form").locator("input");
    for (let i = 0; i < (await fields.count()); i++) await fields.nth(i).fill("W0001");
    await look("tool");
    await page.getByTestId("use-tool").click();
    await page.getByTestId("tool-line").first().waitFor();
    await page.getByTestId("play-leave").click();
    await page.getByTestId("confirm-stop").click();
    await page.getByTestId("play-over").waitFor();
  });

  await story("puts two runs side by side and saves the table", async () => {
    await page.goto(`${address}/#/runs`);
    await page.getByTestId("compare").click();
    for (const name of [
      "A run of the interface's test",
      "Sample: practice agent in the online shop",
    ]) {
      await page.getByRole("checkbox", { name: `Compare ${name}`, exact: true }).check();
    }
    await page.getByTestId("compare-chosen").click();
    await page.getByTestId("trait-table").waitFor();
    await page.getByTestId("pass-board").waitFor();
    await page.getByTestId("heat-chart-drawing").locator("svg").waitFor();
    await look("compare");
    await page.getByTestId("save-traits").click();
    await page.getByTestId("save-csv").click();
    await page
      .getByTestId("toast")
      .filter({ hasText: /Saved as .*traits\.csv/ })
      .waitFor();
  });

  await story("adds a trait of one's own and hears it", async () => {
    await page.goto(`${address}/#/traits`);
    await page.getByTestId("trait-row").first().waitFor();
    assert.ok((await page.getByTestId("trait-row").count()) >= 12, "twelve traits come along");
    await page.getByTestId("add-trait").click();
    await page.getByTestId("trait-name").fill("Doubt in machines");
    await page
      .getByTestId("trait-description")
      .fill("Does not believe that a machine understands.");
    await page.getByTestId("save-trait").click();
    await page.getByTestId("trait-problems").waitFor();
    await look("new-trait-wrong");
    const levels = ["once", "now and then", "in every message", "and of nothing else"];
    for (const [index, often] of levels.entries()) {
      await page.getByTestId(`level-${index + 1}-sentence`).fill(`Asks for a person ${often}.`);
      await page
        .getByTestId(`level-${index + 1}-example`)
        .fill(`I want a human being, not a machine, ${often}.`);
    }
    await page.getByTestId("fold-words").locator("summary").click();
    await page.getByTestId("trait-words").fill("human being\nmachine");
    // What is written is there again after a look elsewhere.
    await page.goto(`${address}/#/traits`);
    await page.getByTestId("go-on-writing").click();
    assert.equal(await page.getByTestId("trait-name").inputValue(), "Doubt in machines");
    await look("new-trait");
    await page.getByTestId("save-trait").click();
    await page.getByTestId("write-message").click();
    const said = await page.getByTestId("spoken").innerText();
    assert.ok(said.trim().length > 0);
    await page.getByTestId("meters").getByText("Doubt in machines").waitFor();
    await page
      .getByTestId("hear-customer")
      .getByText("practice, not a real model", { exact: true })
      .waitFor();
    await look("heard");
  });

  await story(
    "mixes it with impatience, runs it, and sees how the customers came across",
    async () => {
      await page.getByTestId("choose-trait").click();
      await page.getByTestId("pick-impatience").click();
      await page.getByTestId("open-as-mix").click();
      await page.getByTestId("mix-strength").waitFor();
      await page.getByTestId("save-preset").click();
      await page.getByTestId("preset-name").fill("Hurried doubt");
      await page.getByTestId("keep-preset").click();
      await page.getByTestId("toast").filter({ hasText: "Hurried doubt" }).waitFor();
      await look("mix");
      await page.getByTestId("use-mix").click();
      const kind = await page.getByTestId("condition-0").innerText();
      assert.match(kind, /Impatience/);
      await page.getByTestId("trials").fill("1");
      await page.getByTestId("trials").blur();
      await page.getByTestId("open-sweep").click();
      await page
        .getByTestId("sweep-count")
        .getByText(/kinds? of customers, /)
        .waitFor();
      await look("sweep");
      await page.keyboard.press("Escape");
      await page.getByTestId("start-run").click();
      await page.waitForURL(/#\/runs\/[^/]+$/);
      await page.getByTestId("result-sentence").waitFor({ state: "attached" });
      const sentence = await page.getByTestId("fidelity-sentence").innerText();
      assert.ok(sentence.length > 20, `a sentence, not “${sentence}”`);
      assert.match(await page.getByTestId("shown-table").innerText(), /Doubt in machines/);
      await page.getByTestId("fidelity-traits").locator("summary").click();
      await page.getByTestId("fidelity-chart-drawing").locator("svg").waitFor();
      await look("fidelity");
      await mark().last().press("Enter");
      await page.getByTestId("conversation-row").first().click();
      await page.getByTestId("meter-marks").first().click();
      await page.getByTestId("meter-details").first().waitFor();
      await look("meters");
    },
  );

  await story("measures a voice and sees what the slider does", async () => {
    await page.goto(`${address}/#/traits/impatience`);
    await page.getByTestId("measure-voice").first().click();
    await page.getByTestId("start-measuring").click();
    await page.getByTestId("dose-chart-drawing").locator("svg").waitFor();
    await page.getByTestId("dose-chart-as-table").click();
    await page.getByTestId("chart-table").waitFor();
    await look("dose");
  });

  await twoAtTheControls({ page, address, story, look });

  await story("finds no barriers anywhere else, light or dark", async () => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.waitForFunction(
        (wanted) => document.documentElement.dataset.theme === wanted,
        colorScheme,
      );
      for (const place of [
        ...["runs", "traits", "traits/impatience", "new-trait", "mix", "domains"],
        ...["models", "models/local", "settings", "help"],
      ]) {
        await page.goto(`${address}/#/${place}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForFunction(() => !document.querySelector("main [role=status][aria-label]"));
        await look(`${place.replace("/", "-")}-${colorScheme}`);
      }
    }
  });

  assert.deepEqual(errors, [], "errors in the page");
} catch (error) {
  failure = error;
  if (pictures) await page.screenshot({ path: `${pictures}/failure.png` });
}
await browser.close();
if (failure) {
  console.error(failure);
  process.exit(1);
}
