// The New run form: what the person chose, and the draft made from it.

import type {
  ConditionDraft,
  CustomerStrategy,
  DomainSummary,
  Endpoint,
  FieldProblem,
  RunDraft,
  TraitInfo,
} from "$lib/api/generated";
import { mixWords, strong } from "$lib/levels";

/** Kinds of customers that a first run compares. */
const firstKinds = 4;

/** The first traits of the list, each alone at Strong: what a first run compares. */
export function defaultConditions(traits: TraitInfo[]): ConditionDraft[] {
  return traits.slice(0, firstKinds).map((trait) => ({ name: "", levels: { [trait.id]: strong } }));
}

/** The same mixes count once, whatever they are called. */
export function withoutDoubles(conditions: ConditionDraft[]): ConditionDraft[] {
  const seen = new Set<string>();
  return conditions.filter(({ levels }) => {
    const key = JSON.stringify(Object.entries(levels).sort());
    return !seen.has(key) && seen.add(key);
  });
}

/** What a condition is called when the person gave it no name: `Impatience: Strong`. */
export function conditionName(condition: ConditionDraft, traits: TraitInfo[]): string {
  if (condition.name.trim()) return condition.name.trim();
  return mixWords(condition.levels, traits) || "No traits yet";
}

/** Endpoints that can play the customer that way. */
export function customerEndpoints(strategy: CustomerStrategy, endpoints: Endpoint[]): Endpoint[] {
  return endpoints.filter(({ kind }) => {
    if (strategy === "practice") return kind === "practice";
    if (strategy === "local") return false;
    if (strategy === "trait-mix") return kind === "steer";
    return kind !== "practice" && kind !== "steer" && kind !== "outside_agent";
  });
}

/** Endpoints that can be the agent. */
export function agentEndpoints(endpoints: Endpoint[]): Endpoint[] {
  return endpoints.filter((endpoint) => endpoint.kind !== "steer");
}

/** The form as it opens: practice models, the first domain, four conditions. */
export function freshDraft(
  domains: DomainSummary[],
  traits: TraitInfo[],
  endpoints: Endpoint[],
): RunDraft {
  const practice = endpoints.find((endpoint) => endpoint.kind === "practice");
  const model = { endpoint: practice?.id ?? "practice", model: practice?.models[0] ?? "" };
  const domain = domains[0];
  return {
    name: "",
    domain: domain?.id ?? "",
    split: firstSplit(domain),
    task_ids: null,
    agent: { ...model },
    customer: { strategy: "practice", ...model, reanchor: true },
    conditions: defaultConditions(traits),
    trials: 3,
    seed: 1,
    max_concurrency: 4,
    temperature: 0,
    max_steps: 30,
    agent_strategy: "tool-calling",
    parallel_tool_calls: false,
    text_tool_calls: true,
    wording: "",
    checkpoint: false,
    reply_cache: false,
    spend_cap_usd: null,
    unhurried: false,
  };
}

/** Steps that a conversation may take: in tau2 each message and each round of calls is one. */
const mostSteps = { tau_bench: 30, tau2: 200 };

/** Failed calls after which a conversation of tau2's ends. */
export const mostErrors = 10;

/** Makes a draft fit the kind of its domain: what else is said there, and the usual number of steps. */
export function fitDomain(draft: RunDraft, domain: DomainSummary | undefined): void {
  const kind = domain?.kind ?? "tau_bench";
  if (kind === "tau2") {
    if (draft.tau2) return;
    draft.tau2 = { agent: "llm_agent", max_errors: mostErrors, judge: null };
    draft.agent_strategy = "tool-calling";
    draft.parallel_tool_calls = false;
    if (!usesTools(draft.customer.strategy)) {
      draft.customer = { ...draft.customer, strategy: "practice", endpoint: "practice", model: "" };
    }
    if (draft.max_steps === mostSteps.tau_bench) draft.max_steps = mostSteps.tau2;
  } else if (draft.tau2) {
    delete draft.tau2;
    if (draft.max_steps === mostSteps.tau2) draft.max_steps = mostSteps.tau_bench;
  }
}

/** Whether a customer played that way can use tools. */
export function usesTools(strategy: CustomerStrategy): boolean {
  return strategy === "practice" || strategy === "llm";
}

/** Whether there is no customer in these conversations. */
export function isSolo(draft: RunDraft): boolean {
  return draft.tau2?.agent === "llm_agent_solo";
}

/** The split a domain opens with: `test` when it has one; in tau2 the product's first, its base. */
export function firstSplit(domain: DomainSummary | undefined): string {
  const filled = (domain?.splits ?? []).filter((split) => split.tasks > 0);
  const test = filled.find((split) => split.split === "test");
  return ((domain?.kind === "tau2" ? null : test) ?? filled[0])?.split ?? "test";
}

/** What is wrong with a field or anything below it (`agent` covers `agent.model`). */
export function problemsAt(problems: FieldProblem[], ...fields: string[]): string {
  return problems
    .filter(({ field }) =>
      fields.some(
        (each) => field === each || field.startsWith(`${each}.`) || field.startsWith(`${each}[`),
      ),
    )
    .map(({ message }) => message)
    .join(" ");
}

/** What is wrong with one condition, where the problem names its position. */
export function conditionProblem(problems: FieldProblem[], index: number): string {
  return problemsAt(problems, `conditions.${index}`, `conditions[${index}]`);
}

/** A whole number within bounds; the lower bound when the text is none. */
export function wholeNumber(text: string, low: number, high: number): number {
  const value = Math.round(Number(text));
  if (text.trim() === "" || !Number.isFinite(value)) return low;
  return Math.min(high, Math.max(low, value));
}

/** A sum in dollars; null when the text is empty or none. */
export function spendCap(text: string): number | null {
  const value = Number(text.trim().replace(/^\$/, "").replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) || value <= 0 ? null : value;
}

/** Whether a customer played that way is told its traits in words, and can be reminded of them. */
export function isTold(strategy: CustomerStrategy): boolean {
  return ["llm", "react", "verify", "reflection"].includes(strategy);
}

/** Whether practice models take part, who answer faster than anybody reads. */
export function isPractice(draft: RunDraft, endpoints: Endpoint[]): boolean {
  const agent = endpoints.find((endpoint) => endpoint.id === draft.agent.endpoint);
  return agent?.kind === "practice" || (!isSolo(draft) && draft.customer.strategy === "practice");
}

/** Whether asking this endpoint can cost anything. */
export function costsMoney(id: string, endpoints: Endpoint[]): boolean {
  return endpoints.some((endpoint) => endpoint.id === id && endpoint.kind !== "practice");
}
