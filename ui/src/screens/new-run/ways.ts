// How an agent works and how a customer is played, in the words of the form.

import type { AgentStrategy, CustomerStrategy, Tau2Agent } from "$lib/api/generated";

interface Way<Strategy> {
  value: Strategy;
  label: string;
  note: string;
}

/** Ways to use the agent's model. */
export const agentWays: Way<AgentStrategy>[] = [
  {
    value: "tool-calling",
    label: "Tool calling",
    note: "The model is given the tools and calls them itself, as most agents do.",
  },
  {
    value: "react",
    label: "ReAct",
    note: "Writes a thought and then one action, as text: for models without tool calling.",
  },
  {
    value: "act",
    label: "Act",
    note: "Writes one action at a time, as text, without a thought before it.",
  },
  {
    value: "few-shot",
    label: "Few-shot",
    note: "Is shown solved examples of the domain before the conversation begins.",
  },
];

/** Ways an agent works where customers have tools too (tau2). */
export const tau2Ways: Way<Tau2Agent>[] = [
  {
    value: "llm_agent",
    label: "With the customer",
    note: "It talks with the customer and uses its own tools; the customer uses theirs.",
  },
  {
    value: "llm_agent_gt",
    label: "With the customer, told the steps",
    note: "It is given the expected steps: this tests the customer and the task, not the agent.",
  },
  {
    value: "llm_agent_solo",
    label: "Alone, on a ticket",
    note: "There is no customer: it reads a ticket and has the tools of both sides.",
  },
];

/** Ways to play the customer; a person takes a seat elsewhere. */
export const customerWays: Way<CustomerStrategy>[] = [
  {
    value: "practice",
    label: "Practice customer",
    note: "practice, not a real model: free and offline",
  },
  {
    value: "llm",
    label: "A language model that is told",
    note: "Its wish and its traits are described to it in words.",
  },
  {
    value: "react",
    label: "A language model that thinks first",
    note: "Writes a thought before each message; the agent never sees it.",
  },
  {
    value: "verify",
    label: "A language model that checks itself",
    note: "Each message is checked against its wish, and written again up to twice.",
  },
  {
    value: "reflection",
    label: "A language model that reconsiders",
    note: "A message that does not fit its wish is looked at and improved before it is sent.",
  },
  {
    value: "trait-mix",
    label: "A steered model",
    note: "Traits are set inside the model by a steering service.",
  },
  {
    value: "local",
    label: "A steered model on this computer",
    note: "Traits are set inside an open model that runs here: free, and nothing leaves the computer.",
  },
];
