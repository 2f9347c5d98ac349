// Addresses of the interface, kept in the part of the URL after `#`, so that back, forward and
// reload work in the window as in a browser.

export type RunTab = "result" | "conversations" | "faults" | "setup";

export type Route =
  | { page: "runs"; chosen: string[] | null }
  | { page: "new-run"; from: string }
  | { page: "run"; id: string; tab: RunTab; query: ConversationFilter; faults: FaultFilter }
  | { page: "compare"; runs: string[] }
  | { page: "conversation"; id: string }
  | { page: "play-setup"; query: PlayChoice }
  | { page: "play"; id: string }
  | { page: "traits" }
  | { page: "domains" }
  | { page: "domain"; id: string }
  | { page: "import" }
  | { page: "models"; tab: "services" | "prices" }
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
  text: string;
}

export const noFilter: ConversationFilter = { view: "list", outcome: "", condition: "", text: "" };

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
            query: filterOf(params),
            faults: faultFilterOf(params),
          }
        : { page: "missing" };
    case "new":
      return { page: "new-run", from: params.get("from") ?? "" };
    case "compare":
      return { page: "compare", runs: listOf(params.get("runs")) };
    case "play":
      return id ? { page: "play", id } : { page: "play-setup", query: playChoiceOf(params) };
    case "conversations":
      return id ? { page: "conversation", id } : { page: "missing" };
    case "domains":
      return id ? { page: "domain", id } : { page: "domains" };
    case "models":
      return { page: "models", tab: id === "prices" ? "prices" : "services" };
    case "prompts":
      return id ? { page: "wording", id, prompt: params.get("prompt") ?? "" } : { page: "prompts" };
    case "import":
    case "traits":
    case "settings":
    case "help":
      return { page: place };
    default:
      return { page: "missing" };
  }
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
    text: params.get("text") ?? "",
  };
}

/** Addresses to link to. */
export const to = {
  runs: () => "#/runs",
  newRun: () => "#/new",
  /** The form filled in as another run was. */
  newRunLike: (id: string) => `#/new?from=${encodeURIComponent(id)}`,
  run: (id: string) => `#/runs/${encodeURIComponent(id)}`,
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
      text: filter.text,
    })}`,
  conversation: (id: string) => `#/conversations/${encodeURIComponent(id)}`,
  traits: () => "#/traits",
  domains: () => "#/domains",
  domain: (id: string) => `#/domains/${encodeURIComponent(id)}`,
  import: () => "#/import",
  models: () => "#/models",
  prices: () => "#/models/prices",
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
