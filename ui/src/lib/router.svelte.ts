// Addresses of the interface, kept in the part of the URL after `#`, so that back, forward and
// reload work in the window as in a browser.

export type RunTab = "result" | "conversations" | "setup";

export type Route =
  | { page: "runs" }
  | { page: "new-run" }
  | { page: "run"; id: string; tab: RunTab; query: ConversationFilter }
  | { page: "conversation"; id: string }
  | { page: "traits" }
  | { page: "domains" }
  | { page: "domain"; id: string }
  | { page: "models" }
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

/** Reads an address such as `#/runs/7/conversations?outcome=failed`. */
export function parse(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#/, "").split("?", 2);
  const parts = path.split("/").filter(Boolean).map(decode);
  const params = new URLSearchParams(search);
  const [place, id, tab] = parts;
  switch (place) {
    case undefined:
      return { page: "runs" };
    case "runs":
      if (!id) return { page: "runs" };
      if (tab === undefined || tab === "result" || tab === "conversations" || tab === "setup") {
        return { page: "run", id, tab: tab ?? "result", query: filterOf(params) };
      }
      return { page: "missing" };
    case "new":
      return { page: "new-run" };
    case "conversations":
      return id ? { page: "conversation", id } : { page: "missing" };
    case "domains":
      return id ? { page: "domain", id } : { page: "domains" };
    case "traits":
    case "models":
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
  run: (id: string) => `#/runs/${encodeURIComponent(id)}`,
  setup: (id: string) => `#/runs/${encodeURIComponent(id)}/setup`,
  conversations: (id: string, filter: Partial<ConversationFilter> = {}) => {
    const params = new URLSearchParams();
    if (filter.view === "grid") params.set("view", "grid");
    if (filter.outcome) params.set("outcome", filter.outcome);
    if (filter.condition) params.set("condition", filter.condition);
    if (filter.text) params.set("text", filter.text);
    const search = params.toString();
    return `#/runs/${encodeURIComponent(id)}/conversations${search ? `?${search}` : ""}`;
  },
  conversation: (id: string) => `#/conversations/${encodeURIComponent(id)}`,
  traits: () => "#/traits",
  domains: () => "#/domains",
  domain: (id: string) => `#/domains/${encodeURIComponent(id)}`,
  models: () => "#/models",
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
