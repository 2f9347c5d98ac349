// Addresses of the interface, kept in the part of the URL after `#`, so that back, forward and
// reload work in the window as in a browser.

export type RunTab = "result" | "conversations" | "faults" | "setup";

export type ModelsTab = "services" | "local" | "prices";

export type Route =
  | { page: "runs"; chosen: string[] | null }
  | { page: "new-run"; from: string; mix: NamedMix | null; domain: string }
  | {
      page: "run";
      id: string;
      tab: RunTab;
      /** The chart that the result shows below its first one; empty for any. */
      chart: string;
      query: ConversationFilter;
      faults: FaultFilter;
    }
  | { page: "compare"; runs: string[] }
  | { page: "conversation"; id: string }
  | { page: "play-setup"; query: PlayChoice }
  | { page: "play"; id: string }
  | { page: "traits" }
  | { page: "trait"; id: string; hear: boolean }
  | { page: "trait-form"; id: string; copy: string }
  | { page: "mix"; preset: string; mix: NamedMix | null }
  | { page: "domains" }
  | { page: "domain"; id: string; part: string }
  | { page: "task"; id: string; split: string; task: string }
  | { page: "bench"; id: string; split: string; task: string }
  | { page: "import" }
  | { page: "models"; tab: ModelsTab }
  | { page: "prompts" }
  | { page: "wording"; id: string; prompt: string }
  | { page: "settings" }
  | { page: "help" }
  | { page: "missing" };

/** What the Conversations tab shows; part of the address, so that it can be returned to. */
export interface ConversationFilter {
  view: "grid" | "list";
  outcome: string;
  condition: string;
  /** A task's id. */
  task: string;
  /** A side at fault: `user`, `agent`, `environment`, `grader` or `unjudged`. */
  author: string;
  /** A failure tag's id. */
  tag: string;
  text: string;
}

export const noFilter: ConversationFilter = {
  view: "list",
  outcome: "",
  condition: "",
  task: "",
  author: "",
  tag: "",
  text: "",
};

/** Whether a filter leaves conversations out. */
export function isNarrowed({ view: _, ...filter }: ConversationFilter): boolean {
  return Object.values(filter).some((value) => value !== "");
}

/** Which failures the tab "Why it failed" lists; part of the address like the other filter. */
export interface FaultFilter {
  author: string;
  kind: string;
  condition: string;
}

export const noFaultFilter: FaultFilter = { author: "", kind: "", condition: "" };

/** What is to be played, as far as it is chosen already. */
export interface PlayChoice {
  domain: string;
  split: string;
  task: string;
  seat: "customer" | "agent";
}

/** A mix of traits with what it is called; the name may be empty. */
export interface NamedMix {
  name: string;
  levels: Record<string, number>;
}

/** Reads an address such as `#/runs/7/conversations?outcome=failed`. */
export function parse(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#/, "").split("?", 2);
  const parts = path.split("/").filter(Boolean).map(decode);
  const params = new URLSearchParams(search);
  const [place, id, tab] = parts;
  switch (place) {
    case undefined:
      return { page: "runs", chosen: null };
    case "runs":
      if (!id) return { page: "runs", chosen: chosenOf(params) };
      return tab === undefined || isRunTab(tab)
        ? {
            page: "run",
            id,
            tab: tab ?? "result",
            chart: params.get("chart") ?? "",
            query: filterOf(params),
            faults: faultFilterOf(params),
          }
        : { page: "missing" };
    case "new":
      return {
        page: "new-run",
        from: params.get("from") ?? "",
        mix: mixOf(params),
        domain: params.get("domain") ?? "",
      };
    case "traits":
      if (!id) return { page: "traits" };
      if (tab === "edit") return { page: "trait-form", id, copy: "" };
      return tab === undefined
        ? { page: "trait", id, hear: params.has("hear") }
        : { page: "missing" };
    case "new-trait":
      return { page: "trait-form", id: "", copy: params.get("copy") ?? "" };
    case "mix":
      return { page: "mix", preset: params.get("preset") ?? "", mix: mixOf(params) };
    case "compare":
      return { page: "compare", runs: listOf(params.get("runs")) };
    case "play":
      return id ? { page: "play", id } : { page: "play-setup", query: playChoiceOf(params) };
    case "conversations":
      return id ? { page: "conversation", id } : { page: "missing" };
    case "domains":
      return id ? domainRoute(id, parts.slice(2), params) : { page: "domains" };
    case "models":
      return { page: "models", tab: id === "prices" || id === "local" ? id : "services" };
    case "prompts":
      return id ? { page: "wording", id, prompt: params.get("prompt") ?? "" } : { page: "prompts" };
    case "import":
    case "settings":
    case "help":
      return { page: place };
    default:
      return { page: "missing" };
  }
}

/** A domain's page, one of its tasks, or its tool bench. */
function domainRoute(id: string, [place, task]: string[], params: URLSearchParams): Route {
  const split = params.get("split") ?? "";
  if (place === undefined) return { page: "domain", id, part: params.get("part") ?? "" };
  if (place === "tasks" && task) return { page: "task", id, split, task };
  if (place === "tools") return { page: "bench", id, split, task: params.get("task") ?? "" };
  return { page: "missing" };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function isRunTab(tab: string): tab is RunTab {
  return tab === "result" || tab === "conversations" || tab === "faults" || tab === "setup";
}

function listOf(text: string | null): string[] {
  return (text ?? "").split(",").filter(Boolean);
}

/** A mix as addresses carry it, `impatience:3,confusion:1.5`; null when there is none. */
function mixOf(params: URLSearchParams): NamedMix | null {
  const levels: Record<string, number> = {};
  for (const part of listOf(params.get("with"))) {
    const [trait, text] = part.split(":");
    const level = Number(text);
    if (trait && level > 0 && level <= 4) levels[trait] = level;
  }
  return Object.keys(levels).length > 0 ? { name: params.get("called") ?? "", levels } : null;
}

function mixSearch({ name, levels }: NamedMix): string {
  const parts = Object.entries(levels).map(([trait, level]) => `${trait}:${level}`);
  return searchOf({ with: parts.join(","), called: name });
}

/** The runs ticked for a comparison; null when none is being made. */
function chosenOf(params: URLSearchParams): string[] | null {
  return params.has("compare") ? listOf(params.get("compare")) : null;
}

function faultFilterOf(params: URLSearchParams): FaultFilter {
  return {
    author: params.get("author") ?? "",
    kind: params.get("kind") ?? "",
    condition: params.get("condition") ?? "",
  };
}

function playChoiceOf(params: URLSearchParams): PlayChoice {
  return {
    domain: params.get("domain") ?? "",
    split: params.get("split") ?? "",
    task: params.get("task") ?? "",
    seat: params.get("seat") === "agent" ? "agent" : "customer",
  };
}

/** `?` and what is filled in, or nothing. */
function searchOf(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value) params.set(name, value);
  const search = params.toString();
  return search ? `?${search}` : "";
}

function filterOf(params: URLSearchParams): ConversationFilter {
  return {
    view: params.get("view") === "grid" ? "grid" : "list",
    outcome: params.get("outcome") ?? "",
    condition: params.get("condition") ?? "",
    task: params.get("task") ?? "",
    author: params.get("author") ?? "",
    tag: params.get("tag") ?? "",
    text: params.get("text") ?? "",
  };
}

/** Addresses to link to. */
export const to = {
  runs: () => "#/runs",
  newRun: () => "#/new",
  /** The form filled in as another run was. */
  newRunLike: (id: string) => `#/new?from=${encodeURIComponent(id)}`,
  /** The form with this domain chosen. */
  newRunIn: (domain: string) => `#/new${searchOf({ domain })}`,
  run: (id: string, chart = "") => `#/runs/${encodeURIComponent(id)}${searchOf({ chart })}`,
  faults: (id: string, filter: Partial<FaultFilter> = {}) =>
    `#/runs/${encodeURIComponent(id)}/faults${searchOf({ ...filter })}`,
  /** The list of runs with check boxes. */
  chooseRuns: (runs: string[] = []) => `#/runs?compare=${runs.map(encodeURIComponent).join(",")}`,
  compare: (runs: string[]) => `#/compare${searchOf({ runs: runs.join(",") })}`,
  playSetup: (choice: Partial<PlayChoice> = {}) => `#/play${searchOf({ ...choice })}`,
  play: (run: string) => `#/play/${encodeURIComponent(run)}`,
  setup: (id: string) => `#/runs/${encodeURIComponent(id)}/setup`,
  conversations: (id: string, filter: Partial<ConversationFilter> = {}) =>
    `#/runs/${encodeURIComponent(id)}/conversations${searchOf({
      view: filter.view === "grid" ? "grid" : "",
      outcome: filter.outcome,
      condition: filter.condition,
      task: filter.task,
      author: filter.author,
      tag: filter.tag,
      text: filter.text,
    })}`,
  conversation: (id: string) => `#/conversations/${encodeURIComponent(id)}`,
  /** The form with one kind of customer: this mix. */
  newRunWith: (mix: NamedMix) => `#/new${mixSearch(mix)}`,
  traits: () => "#/traits",
  trait: (id: string) => `#/traits/${encodeURIComponent(id)}`,
  /** A trait's page, at the place where one hears such a customer. */
  hearTrait: (id: string) => `#/traits/${encodeURIComponent(id)}?hear=1`,
  editTrait: (id: string) => `#/traits/${encodeURIComponent(id)}/edit`,
  newTrait: (copy = "") => `#/new-trait${searchOf({ copy })}`,
  mix: (mix: NamedMix | null = null) => `#/mix${mix ? mixSearch(mix) : ""}`,
  preset: (id: string) => `#/mix${searchOf({ preset: id })}`,
  domains: () => "#/domains",
  domain: (id: string, part = "") => `#/domains/${encodeURIComponent(id)}${searchOf({ part })}`,
  task: (domain: string, split: string, task: string) =>
    `#/domains/${encodeURIComponent(domain)}/tasks/${encodeURIComponent(task)}${searchOf({ split })}`,
  /** The tool bench of a domain, on one of its tasks or on its own data. */
  bench: (domain: string, split = "", task = "") =>
    `#/domains/${encodeURIComponent(domain)}/tools${searchOf({ split, task })}`,
  import: () => "#/import",
  models: () => "#/models",
  prices: () => "#/models/prices",
  localModels: () => "#/models/local",
  prompts: () => "#/prompts",
  wording: (id: string, prompt = "") =>
    `#/prompts/${encodeURIComponent(id)}${prompt ? `?prompt=${encodeURIComponent(prompt)}` : ""}`,
  settings: () => "#/settings",
  help: () => "#/help",
};

class Router {
  route = $state.raw<Route>(parse(location.hash));

  constructor() {
    window.addEventListener("hashchange", () => {
      this.route = parse(location.hash);
    });
  }
}

export const router = new Router();

/** Opens a page. `replace` keeps the present one out of the history. */
export function go(address: string, replace = false): void {
  if (!replace) {
    location.hash = address;
    return;
  }
  history.replaceState(null, "", address);
  router.route = parse(address);
}
