import { describe, expect, test } from "vitest";
import { domains, endpoints, traits } from "../../test/fake-data";
import {
  agentEndpoints,
  conditionName,
  conditionProblem,
  customerEndpoints,
  fitDomain,
  freshDraft,
  isSolo,
  problemsAt,
  wholeNumber,
} from "./form";

describe("the New run form", () => {
  test("opens on practice models and each trait alone at Strong", () => {
    const draft = freshDraft(domains, traits, endpoints);
    expect(draft.agent.endpoint).toBe("practice");
    expect(draft.customer.strategy).toBe("practice");
    expect(draft.conditions.map(({ levels }) => levels)).toEqual([
      { impatience: 3 },
      { confusion: 3 },
      { skeptical: 3 },
      { incoherence: 3 },
    ]);
    expect(draft.task_ids).toBeNull();
  });

  test("names a mix after its traits and levels until the person names it", () => {
    const mix = { name: "", levels: { confusion: 1, impatience: 4 } };
    expect(conditionName(mix, traits)).toBe("Impatience: Extreme, Confusion: Slight");
    expect(conditionName({ ...mix, name: " Angry " }, traits)).toBe("Angry");
    expect(conditionName({ name: "", levels: {} }, traits)).toBe("No traits yet");
  });

  test("offers each role only the services that can play it", () => {
    const names = (list: { id: string }[]) => list.map(({ id }) => id);
    expect(names(agentEndpoints(endpoints))).toEqual(["practice", "house"]);
    expect(names(customerEndpoints("llm", endpoints))).toEqual(["house"]);
    expect(names(customerEndpoints("trait-mix", endpoints))).toEqual(["steer"]);
    const own = { ...endpoints[1]!, id: "own", kind: "outside_agent" as const };
    expect(names(agentEndpoints([own]))).toEqual(["own"]);
    expect(customerEndpoints("llm", [own])).toEqual([]);
  });

  test("fits a draft to a domain in which customers have tools, and back", () => {
    const [shop] = domains;
    const mobile = domains.find((each) => each.kind === "tau2")!;
    const draft = freshDraft(domains, traits, endpoints);
    draft.customer = { ...draft.customer, strategy: "trait-mix", endpoint: "steer" };
    draft.agent_strategy = "react";
    fitDomain(draft, mobile);
    expect(draft.tau2).toEqual({ agent: "llm_agent", max_errors: 10, judge: null });
    expect([draft.max_steps, draft.agent_strategy]).toEqual([200, "tool-calling"]);
    expect(draft.customer.strategy, "a steered model cannot use tools").toBe("practice");
    draft.tau2!.agent = "llm_agent_solo";
    fitDomain(draft, mobile);
    expect(isSolo(draft), "what was chosen stays").toBe(true);
    fitDomain(draft, shop);
    expect("tau2" in draft).toBe(false);
    expect([draft.max_steps, isSolo(draft)]).toEqual([30, false]);
  });

  test("puts a problem at its field and at no other", () => {
    const problems = [
      { field: "agent.model", message: "Choose a model." },
      { field: "conditions.1", message: "All sliders are off." },
      { field: "conditions.10", message: "There twice." },
    ];
    expect(problemsAt(problems, "agent")).toBe("Choose a model.");
    expect(problemsAt(problems, "agent.endpoint")).toBe("");
    expect(conditionProblem(problems, 1)).toBe("All sliders are off.");
    expect(conditionProblem(problems, 0)).toBe("");
  });

  test("numbers stay whole and within bounds", () => {
    expect(wholeNumber("3.4", 1, 10)).toBe(3);
    expect(wholeNumber("99", 1, 10)).toBe(10);
    expect(wholeNumber("", 1, 10)).toBe(1);
    expect(wholeNumber("many", 1, 10)).toBe(1);
  });
});
