//! How the two sides are played: the names under which upstream's command line knows the strategies
//! (`run.py`, `envs/user.py`), and those that exist here only.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How the agent's model is made to act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentStrategy {
    /// The policy is the system prompt and the tools are given to the model as such.
    #[default]
    ToolCalling,
    /// The tools stand in the system prompt and the model writes each action as text.
    Act,
    /// As [`AgentStrategy::Act`], with a thought before each action (arXiv 2210.03629).
    React,
    /// As [`AgentStrategy::ToolCalling`], with example conversations after the policy.
    FewShot,
}

/// Who plays the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerStrategy {
    /// A language model that is told the traits in words.
    Llm,
    /// A language model that thinks before it speaks; the agent hears only what it says.
    React,
    /// A language model whose messages are checked before they are sent, up to three drafts.
    Verify,
    /// A language model whose message is checked and, when turned down, thought over and rewritten.
    Reflection,
    /// A person.
    Human,
    /// A steer service that is told the traits as `trait_dict`.
    TraitMix,
    /// A language model on this computer whose activations are steered.
    Local,
    /// The practice customer: offline, free, not a real model.
    Practice,
}

/// A name that no strategy has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {whose} strategy {name:?}; there are {known}")]
pub struct UnknownStrategy {
    /// `agent` or `customer`.
    pub whose: &'static str,
    /// What was asked for.
    pub name: String,
    /// The names that exist, separated by commas.
    pub known: String,
}

impl AgentStrategy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [AgentStrategy; 4] = [
        AgentStrategy::ToolCalling,
        AgentStrategy::Act,
        AgentStrategy::React,
        AgentStrategy::FewShot,
    ];

    /// The name on the command line, in files and in storage.
    pub fn name(self) -> &'static str {
        match self {
            AgentStrategy::ToolCalling => "tool-calling",
            AgentStrategy::Act => "act",
            AgentStrategy::React => "react",
            AgentStrategy::FewShot => "few-shot",
        }
    }

    /// The id of its prompt.
    pub fn prompt(self) -> &'static str {
        match self {
            AgentStrategy::ToolCalling => "agent/tool-calling",
            AgentStrategy::Act => "agent/act",
            AgentStrategy::React => "agent/react",
            AgentStrategy::FewShot => "agent/few-shot",
        }
    }

    /// Whether the model writes its actions as text, tools and all.
    pub fn acts_in_text(self) -> bool {
        matches!(self, AgentStrategy::Act | AgentStrategy::React)
    }
}

impl CustomerStrategy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [CustomerStrategy; 8] = [
        CustomerStrategy::Llm,
        CustomerStrategy::React,
        CustomerStrategy::Verify,
        CustomerStrategy::Reflection,
        CustomerStrategy::Human,
        CustomerStrategy::TraitMix,
        CustomerStrategy::Local,
        CustomerStrategy::Practice,
    ];

    /// The name on the command line, in files and in storage.
    pub fn name(self) -> &'static str {
        match self {
            CustomerStrategy::Llm => "llm",
            CustomerStrategy::React => "react",
            CustomerStrategy::Verify => "verify",
            CustomerStrategy::Reflection => "reflection",
            CustomerStrategy::Human => "human",
            CustomerStrategy::TraitMix => "trait-mix",
            CustomerStrategy::Local => "local",
            CustomerStrategy::Practice => "practice",
        }
    }

    /// Whether a language model plays it, which is told role and traits in a prompt of ours.
    pub fn is_prompted(self) -> bool {
        matches!(
            self,
            CustomerStrategy::Llm
                | CustomerStrategy::React
                | CustomerStrategy::Verify
                | CustomerStrategy::Reflection
        )
    }
}

impl fmt::Display for AgentStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for CustomerStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AgentStrategy {
    type Err = UnknownStrategy;

    fn from_str(name: &str) -> Result<Self, UnknownStrategy> {
        Self::ALL.into_iter().find(|each| each.name() == name).ok_or_else(|| UnknownStrategy {
            whose: "agent",
            name: name.to_owned(),
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}

impl FromStr for CustomerStrategy {
    type Err = UnknownStrategy;

    fn from_str(name: &str) -> Result<Self, UnknownStrategy> {
        Self::ALL.into_iter().find(|each| each.name() == name).ok_or_else(|| UnknownStrategy {
            whose: "customer",
            name: name.to_owned(),
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strategy_has_one_name_everywhere() {
        for each in AgentStrategy::ALL {
            assert_eq!(each.name().parse(), Ok(each));
            assert_eq!(serde_json::to_value(each).unwrap(), each.name());
        }
        for each in CustomerStrategy::ALL {
            assert_eq!(each.name().parse(), Ok(each));
            assert_eq!(serde_json::to_value(each).unwrap(), each.name());
        }
        let error = "reactt".parse::<AgentStrategy>().unwrap_err().to_string();
        assert!(error.contains("tool-calling, act, react, few-shot"), "{error}");
    }
}
