//! The prompts that come with the product.

/// A prompt that comes with the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromptInfo {
    /// Its id, for instance `agent/react`.
    pub id: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// Who reads it and when.
    pub description: &'static str,
    /// The variables that a template of this id is given.
    pub variables: &'static [&'static str],
    /// Those of them that a template has to use: without them the model would not know its task.
    pub required: &'static [&'static str],
    /// The template.
    pub text: &'static str,
}

pub(super) const PROMPTS: [PromptInfo; 10] = [
    PromptInfo {
        id: "agent/tool-calling",
        title: "Agent: tool calling",
        description: "The agent's system prompt when tools are given to the model as such: the domain's policy alone, as in tau-bench.",
        variables: &["policy"],
        required: &["policy"],
        text: include_str!("../../../../data/prompts/agent/tool-calling.md"),
    },
    PromptInfo {
        id: "agent/act",
        title: "Agent: act",
        description: "The agent's system prompt when the model writes each action as text.",
        variables: &["policy", "tools"],
        required: &["policy", "tools"],
        text: include_str!("../../../../data/prompts/agent/act.md"),
    },
    PromptInfo {
        id: "agent/react",
        title: "Agent: ReAct",
        description: "The agent's system prompt when the model writes a thought and then an action as text.",
        variables: &["policy", "tools"],
        required: &["policy", "tools"],
        text: include_str!("../../../../data/prompts/agent/react.md"),
    },
    PromptInfo {
        id: "agent/few-shot",
        title: "Agent: few-shot",
        description: "The agent's system prompt with example conversations after the policy.",
        variables: &["policy", "examples"],
        required: &["policy", "examples"],
        text: include_str!("../../../../data/prompts/agent/few-shot.md"),
    },
    PromptInfo {
        id: "customer/llm",
        title: "Customer",
        description: "The system prompt of a model that plays the customer, also where its messages are checked (verify, reflection).",
        variables: &["instruction", "traits"],
        required: &["instruction"],
        text: include_str!("../../../../data/prompts/customer/llm.md"),
    },
    PromptInfo {
        id: "customer/react",
        title: "Customer: ReAct",
        description: "The system prompt of a customer that thinks before it speaks.",
        variables: &["instruction", "traits"],
        required: &["instruction"],
        text: include_str!("../../../../data/prompts/customer/react.md"),
    },
    PromptInfo {
        id: "customer/verify-check",
        title: "Customer: check of a message",
        description: "Asks whether a customer's message may be sent; an answer with the word \"true\" lets it through.",
        variables: &["transcript", "response"],
        required: &["transcript", "response"],
        text: include_str!("../../../../data/prompts/customer/verify-check.md"),
    },
    PromptInfo {
        id: "customer/reflection-rewrite",
        title: "Customer: reflection",
        description: "Asks for a better message after a check has turned one down; what follows \"Response:\" is used.",
        variables: &["transcript", "response"],
        required: &["transcript", "response"],
        text: include_str!("../../../../data/prompts/customer/reflection-rewrite.md"),
    },
    PromptInfo {
        id: "customer/traits",
        title: "Customer: traits",
        description: "Added to a customer's prompt that does not mention traits itself, when the mix has any.",
        variables: &["traits"],
        required: &["traits"],
        text: include_str!("../../../../data/prompts/customer/traits.md"),
    },
    PromptInfo {
        id: "customer/anchor",
        title: "Customer: reminder of traits",
        description: "Stands under the agent's message at each turn of a customer with traits, so that they do not fade. Each of the traits has a name, a level and a reminder; it is left out where a run says so, and without traits.",
        variables: &["traits"],
        required: &["traits"],
        text: include_str!("../../../../data/prompts/customer/anchor.md"),
    },
];

/// The prompts of agents and customers that come with the product, in the order in which they are
/// shown.
pub fn shipped_prompts() -> &'static [PromptInfo] {
    &PROMPTS
}

/// A shipped prompt by its id.
pub fn shipped_prompt(id: &str) -> Option<&'static PromptInfo> {
    PROMPTS.iter().find(|info| info.id == id)
}
