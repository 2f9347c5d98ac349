// The product in memory, for tests of the interface alone. Answers every command with data of
// the generated types, so a changed type breaks the tests at compile time.

import type { Progress, RunDraft, RunSummary, Settings } from "../lib/api/generated";
import type { DropListener } from "../lib/api/host";
import { bench, domainDetail } from "./fake-bench";
import { charts } from "./fake-charts";
import * as data from "./fake-data";
import { aloneConversation, livePhone, phoneConversation } from "./fake-phone";
import { faults, sideOf, tagsOf } from "./fake-faults";
import { fidelities } from "./fake-fidelity";
import { imports } from "./fake-imports";
import { models } from "./fake-models";
import { play } from "./fake-play";
import { prompts } from "./fake-prompts";
import { results, tasks, trials } from "./fake-results";
import { tables } from "./fake-tables";
import { traitFiles } from "./fake-traits";
import { voices } from "./fake-voices";
import type { Handlers } from "./handlers";

function progress(part: Partial<Progress>): Progress {
  const planned = tasks * data.conditions.length * trials;
  return {
    state: "finished",
    planned,
    finished: planned,
    running: 0,
    passed: 640,
    failed: 368,
    not_scored: 42,
    eta_seconds: null,
    cost_usd: null,
    message: "",
    ...part,
  };
}

function run(id: string, part: Partial<RunSummary>): RunSummary {
  const summary: RunSummary = {
    id,
    name: "Online shop, practice agent",
    domain: "retail",
    domain_title: "Online shop",
    agent: "Practice agent",
    customer: "Practice customer",
    practice: true,
    sample: false,
    imported: null,
    played: false,
    alone: false,
    state: "finished",
    created_at: "2026-11-20T14:03:00Z",
    progress: progress({}),
    headline:
      "With strongly impatient customers success fell by 18 points (95 % range 9 to 27; 70 tasks, 3 attempts).",
    ...part,
  };
  return { ...summary, state: summary.progress.state };
}

/** All commands over data that lives as long as the object. */
export function fakeProduct(): Handlers & { finish_run(args: { id: string }): void } {
  let settings: Settings = { theme: "system", language: null };
  let replyCache = { replies: 1234, bytes: 5_400_000 };
  let endpoints = [...data.endpoints];
  let runs = [
    run("live", {
      name: "Telecom with the house server",
      practice: false,
      agent: "mistral-small",
      headline: "",
      progress: progress({
        state: "running",
        finished: 87,
        running: 3,
        passed: 60,
        failed: 25,
        not_scored: 2,
        eta_seconds: 372,
        cost_usd: 1.12,
      }),
    }),
    run("paused", {
      name: "Paused because the service wants a key",
      practice: false,
      agent: "mistral-small",
      headline: "",
      progress: progress({
        state: "paused",
        finished: 12,
        message:
          "House server refuses the key. The run waits; nothing is lost. Enter a valid key, then go on.",
      }),
    }),
    run("play-customer", {
      name: "Played as the customer: Exchange a lamp (1)",
      played: true,
      headline: "",
      progress: progress({
        state: "running",
        planned: 1,
        finished: 0,
        running: 1,
        passed: 0,
        failed: 0,
        not_scored: 0,
      }),
    }),
    run("play-paused", {
      name: "Played while the key was not valid any more",
      played: true,
      headline: "",
      progress: progress({ state: "paused", planned: 1, finished: 0, passed: 0, failed: 0 }),
    }),
    run("file", {
      name: "gpt-4o on retail, as published",
      practice: false,
      agent: "gpt-4o",
      customer: "gpt-4o",
      imported: {
        format: "tau-bench",
        files: [
          "tool-calling-gpt-4o-0.0_range_0--1_user-gpt-4o-llm_0612201844.json",
          "second-half.json",
        ],
      },
      headline: "The agent passed 61 % of 115 tasks.",
    }),
    run("big", { sample: true, name: data.longName }),
    run("small", {
      progress: progress({ planned: 10, finished: 10, passed: 9, failed: 1, not_scored: 0 }),
    }),
  ];
  const find = (id: string) => {
    const found = runs.find((each) => each.id === id);
    if (!found) {
      throw {
        code: "not_found",
        message: "This run is not there any more.",
        detail: `run ${id}`,
        retryable: false,
        help: "",
      };
    }
    return found;
  };
  const change = (id: string, part: Partial<RunSummary>) => {
    const next = { ...find(id), ...part };
    runs = runs.map((each) => (each.id === id ? next : each));
    return next;
  };
  const state = (id: string, to: Progress["state"]) =>
    change(id, { state: to, progress: { ...find(id).progress, state: to, message: "" } });
  const done = (id: string) => (id === "live" ? 87 : id === "paused" ? 12 : 1e9);
  const cells = (id: string) =>
    Array.from({ length: tasks }, (_, task) =>
      data.conditions.map((_, condition) =>
        Array.from({ length: trials }, (_, attempt) => ({
          id: `${id === "live" ? "l" : "c"}-${task}-${condition}-${attempt}`,
          outcome: data.outcomeOf(task, condition, attempt, done(id)),
        })),
      ),
    );
  const domain = (id: string) => data.domains.find((each) => each.id === id) ?? data.domains[0]!;
  const planned = (draft: RunDraft) =>
    draft.task_ids?.length ??
    domain(draft.domain).splits.find((each) => each.split === draft.split)?.tasks ??
    0;

  const imported = imports();
  const files = traitFiles();
  const played = play(({ run_id, title, domain_title }) => {
    runs = [
      run(run_id, {
        name: `Played: ${title}`,
        domain_title,
        played: true,
        headline: "",
        progress: progress({ state: "running", planned: 1, finished: 0, passed: 0, failed: 0 }),
      }),
      ...runs,
    ];
  });
  return {
    ...bench(domain),
    ...charts(find),
    ...faults(),
    ...fidelities(find),
    ...imported.handlers,
    ...models(),
    ...played.handlers,
    ...prompts(),
    ...results(find),
    ...tables(find),
    ...files.handlers,
    ...voices(files.find, files.label),
    app_info: () => ({
      version: "0.1.0",
      data_dir: "/home/someone/.local/share/tau-trait-desktop",
      sqlite_version: "3.51.3",
      keychain: { available: true, message: "Keys are kept in the system's password store." },
      sample_run: "big",
    }),
    get_settings: () => settings,
    save_settings: (args) => (settings = args.settings),
    reply_cache_size: () => replyCache,
    empty_reply_cache: () => (replyCache = { replies: 0, bytes: 0 }),
    list_domains: () => [...data.domains.filter((each) => each.shipped), ...imported.domains()],
    get_domain: ({ id }) => domainDetail(domain(id)),
    list_tasks: ({ domain: id, split }) => data.tasksOf(domain(id), split),
    list_endpoints: () => endpoints,
    save_endpoint: ({ draft }) => {
      const id = draft.id || `e${endpoints.length}`;
      const before = endpoints.find((each) => each.id === id);
      const saved = { ...draft, id, key: before?.key ?? ("missing" as const) };
      endpoints = before
        ? endpoints.map((each) => (each.id === id ? saved : each))
        : [...endpoints, saved];
      return saved;
    },
    delete_endpoint: ({ id }) => (endpoints = endpoints.filter((each) => each.id !== id)),
    set_key: ({ endpoint }) => {
      endpoints = endpoints.map((each) =>
        each.id === endpoint ? { ...each, key: "stored" } : each,
      );
      return endpoints.find((each) => each.id === endpoint)!;
    },
    clear_key: ({ endpoint }) => {
      endpoints = endpoints.map((each) =>
        each.id === endpoint ? { ...each, key: "missing" } : each,
      );
      return endpoints.find((each) => each.id === endpoint)!;
    },
    test_endpoint: ({ endpoint }) =>
      endpoint === "house"
        ? {
            ok: true,
            message: "mistral-small answered in 0.4 s.",
            milliseconds: 412,
            models: ["a"],
          }
        : {
            ok: false,
            message: "Nobody answers at this address. Check it, and that the server runs.",
            milliseconds: 20,
            models: [],
          },
    preview_run: ({ draft }) => {
      const conversations = planned(draft) * (draft.conditions.length + 1) * draft.trials;
      return {
        name: "Online shop, practice agent",
        conditions: data.conditions.slice(0, draft.conditions.length + 1),
        tasks: planned(draft),
        conversations,
        cost:
          draft.agent.endpoint === "practice" && draft.customer.endpoint === "practice"
            ? { free: true, low: null, high: null, sentence: "Free: practice models only." }
            : { free: false, low: 3.1, high: 7.4, sentence: "About $3 to $7." },
        seconds: 90,
        smallest_drop: 24.2,
        sentence: `${conversations} conversations. The run can show drops of 25 points or more.`,
        problems: [
          ...(planned(draft) === 0
            ? [{ field: "task_ids", message: "Choose at least one task." }]
            : []),
          ...draft.conditions.flatMap((condition, index) =>
            Object.keys(condition.levels).length === 0
              ? [{ field: `conditions.${index}`, message: "All sliders are off." }]
              : [],
          ),
        ],
      };
    },
    draft_of_run: ({ id }) => ({ ...data.draft, name: `${find(id).name} (again)` }),
    start_run: ({ draft }) => {
      const started = run(`r${runs.length}`, {
        name: draft.name || "Online shop, practice agent",
        headline: "",
        progress: progress({ state: "running", finished: 0, passed: 0, failed: 0, not_scored: 0 }),
      });
      runs = [started, ...runs];
      return started;
    },
    finish_run: ({ id }) => {
      change(id, { state: "finished", progress: progress({}), headline: runs.at(-1)!.headline });
    },
    list_runs: ({ text, page }) => {
      const found = runs.filter((each) => each.name.toLowerCase().includes(text.toLowerCase()));
      return { total: found.length, rows: found.slice(page.offset, page.offset + page.limit) };
    },
    get_run: ({ id }) => ({
      summary: find(id),
      conditions: data.conditions,
      tasks,
      trials,
      setup: [
        { label: "Domain", value: "Online shop, version 1.0.0" },
        { label: "Agent", value: find(id).agent },
        { label: "Attempts", value: "3" },
      ],
    }),
    run_progress: ({ id }) => find(id).progress,
    run_grid: ({ id }) => ({
      conditions: data.conditions,
      trials,
      rows: cells(id).map((row, task) => ({
        task_id: String(task),
        title: data.tasksOf(data.domains[2]!, "test")[task]!.title,
        cells: row,
      })),
    }),
    pause_run: ({ id }) => state(id, "paused"),
    resume_run: ({ id }) => {
      played.resume(id);
      return state(id, "running");
    },
    cancel_run: ({ id }) => {
      played.cancel(id);
      return state(id, "cancelled");
    },
    retry_not_scored: ({ id }) => state(id, "running"),
    rename_run: ({ id, name }) => change(id, { name }),
    delete_run: ({ id }) => {
      find(id);
      runs = runs.filter((each) => each.id !== id);
      return true;
    },
    open_results: ({ paths }) => {
      const opened = paths.map((path, index) => {
        const file = path.split("/").at(-1) ?? path;
        return run(`file${runs.length + index}`, {
          name: file,
          practice: false,
          agent: "gpt-4o",
          imported: { format: "tau-trait", files: [file] },
        });
      });
      runs = [...opened, ...runs];
      return { runs: opened, problems: [] };
    },
    list_conversations: ({ query }) => {
      const all = cells(query.run_id).flatMap((row, task) =>
        row.flatMap((cell, condition) =>
          cell.map((each, attempt) => ({
            ...data.conversation(each.id, each.outcome, false).summary,
            title: data.tasksOf(data.domains[2]!, "test")[task]!.title,
            condition: data.conditions[condition]!.id,
            attempt: attempt + 1,
          })),
        ),
      );
      const found = all.filter(
        (each) =>
          (!query.outcome || each.outcome === query.outcome) &&
          (!query.condition || each.condition === query.condition) &&
          (!query.task || each.task_id === query.task) &&
          ((!query.author && !query.tag) || each.outcome === "failed") &&
          (!query.author || sideOf(each.id) === query.author) &&
          (!query.tag || tagsOf(each.id).includes(query.tag)) &&
          each.title.toLowerCase().includes(query.text.toLowerCase()),
      );
      const { offset, limit } = query.page;
      return { total: found.length, rows: found.slice(offset, offset + limit) };
    },
    get_conversation: ({ id }) => {
      const [kind, task, condition, attempt] = id.split("-");
      if (kind === "p") return phoneConversation(id);
      if (kind === "pl") return livePhone(id);
      if (kind === "pa") return aloneConversation(id);
      const outcome = data.outcomeOf(
        Number(task),
        Number(condition),
        Number(attempt),
        kind === "l" ? 87 : 1e9,
      );
      return data.conversation(id, outcome, outcome === "running" || outcome === "pending");
    },
  };
}

/** A host over the fake product; `tick` tells the interface that a run changed. */
export function fakeHost(product: Partial<Handlers> = {}) {
  const handlers = { ...fakeProduct(), ...product } as Record<string, (args: unknown) => unknown>;
  const listeners = new Set<(tick: { run_id: string; kind: "progress" }) => void>();
  const dropListeners = new Set<DropListener>();
  const calls: { name: string; args: unknown }[] = [];
  return {
    calls,
    call: async (name: string, args: unknown) => {
      calls.push({ name, args });
      return structuredClone(await handlers[name]!(args));
    },
    onTick(listener: (tick: { run_id: string; kind: "progress" }) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onDrop(listener: DropListener) {
      dropListeners.add(listener);
      return () => void dropListeners.delete(listener);
    },
    /** Lets files go over the window. */
    drop(...paths: string[]) {
      for (const listener of [...dropListeners]) listener.dropped(paths);
    },
    /** Drags files over the window, or away from it. */
    drag(here: boolean) {
      for (const listener of [...dropListeners]) listener.over(here);
    },
    tick(runId: string) {
      for (const listener of [...listeners]) listener({ run_id: runId, kind: "progress" });
    },
  };
}
