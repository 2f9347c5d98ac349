//! What a plan over a domain of tau2 says beyond others.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use tau_sim::tau2::{AgentKind, DEFAULT_MAX_ERRORS};
use tau_toolkits::grading::{Basis, Evaluation};
use tau_toolkits::{Definition, Profile, Task};

use super::record::title;
use crate::clock::{local_moment, local_second};
use crate::{CustomerStrategy, OUTSIDE, PERSON, PRACTICE, PlannedTask, RunPlan, RunsError};

/// Endpoint of the customer of an agent who works alone: there is none.
pub const NOBODY: &str = "nobody";

/// What a plan over a domain of tau2 says beyond others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tau2Plan {
    /// Whose rules hold.
    #[serde(with = "words")]
    pub profile: Profile,
    /// How the agent acts: `llm_agent`, `llm_agent_gt` or `llm_agent_solo`. Who is the customer follows.
    #[serde(with = "words")]
    pub agent: AgentKind,
    /// The split that the tasks are of; `None` for tasks of the whole domain.
    #[serde(default)]
    pub split: Option<String>,
    /// Failed calls after which a conversation ends (not counted before 0.2).
    pub max_errors: u32,
    /// Whether a message with both text and calls is its sender's error (since 0.2).
    #[serde(default)]
    pub strict: bool,
    /// Seconds that a conversation may take (since 1.0).
    #[serde(default)]
    pub timeout_s: Option<u32>,
    /// What is looked at when a conversation is graded.
    #[serde(with = "words")]
    pub evaluation: Evaluation,
    /// Who judges assertions in words, where tasks have some that count.
    #[serde(default)]
    pub judge: Option<JudgePlan>,
    /// The policy, and the guidelines of a customer without tools, as they were: result files hold them.
    pub policy: String,
    /// See [`Tau2Plan::policy`].
    pub guidelines: String,
}

/// A model that judges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgePlan {
    /// Id of the endpoint.
    pub endpoint: String,
    /// The model's name there.
    pub model: String,
}

impl Tau2Plan {
    /// A plan with upstream's defaults over tasks of `split`. In 0.2 a reward that rests on assertions in
    /// words can only be had when they are asked for, so they are.
    pub fn new(definition: &Definition, agent: AgentKind, split: Option<&str>) -> Tau2Plan {
        let profile = definition.profile;
        let rests = |task: &Task| {
            let criteria = task.graded.criteria.as_ref();
            criteria.is_some_and(|criteria| criteria.basis.contains(&Basis::NlAssertion))
        };
        let evaluation = match profile {
            Profile::V0_2 if definition.tasks.iter().any(rests) => Evaluation::AllWithNlAssertions,
            _ => Evaluation::All,
        };
        let alone = agent == AgentKind::Solo;
        let policy = definition.solo_policy.as_ref().filter(|_| alone);
        Tau2Plan {
            profile,
            agent,
            split: split.map(str::to_owned),
            max_errors: DEFAULT_MAX_ERRORS,
            strict: false,
            timeout_s: None,
            evaluation,
            judge: None,
            policy: policy.unwrap_or(&definition.policy).clone(),
            guidelines: definition.wording.user.clone(),
        }
    }

    /// Upstream's name of the customer.
    pub fn user(&self) -> &'static str {
        self.agent.customer_name()
    }

    /// Whether the agent works alone.
    pub fn is_solo(&self) -> bool {
        self.agent == AgentKind::Solo
    }

    /// The rules of grading, as they are written beside a score.
    pub fn grader(&self) -> String {
        format!("tau2-{}", self.profile.word())
    }

    /// Upstream's word for what is looked at.
    pub fn evaluation_word(&self) -> &'static str {
        self.evaluation.word()
    }

    /// The tasks of the plan's split that its agent can take, in the domain's order, each with its place
    /// in the domain; `None` when there is no such split.
    pub fn tasks(&self, definition: &Definition) -> Option<Vec<PlannedTask>> {
        let chosen = definition.select(self.split.as_deref())?;
        let chosen: std::collections::HashSet<&str> =
            chosen.iter().map(|task| task.id.as_str()).collect();
        let planned = |(index, task): (usize, &Task)| PlannedTask {
            id: task.id.clone(),
            index: u32::try_from(index).unwrap_or(u32::MAX),
            title: title(task),
        };
        let tasks = definition.tasks.iter().enumerate();
        let tasks =
            tasks.filter(|(_, task)| chosen.contains(task.id.as_str()) && self.agent.takes(task));
        Some(tasks.map(planned).collect())
    }

    /// Whether one of these tasks cannot be graded without a judge.
    pub fn needs_judge(&self, definition: &Definition, tasks: &[PlannedTask]) -> bool {
        tasks.iter().filter_map(|planned| definition.task(&planned.id)).any(|task| {
            let criteria = task.graded.criteria.as_ref();
            criteria.is_some_and(|criteria| criteria.asks_judge(self.profile, self.evaluation))
        })
    }

    /// The name that upstream's runner gives a result file: when, domain, agent and customer, each with the
    /// last part of its model's name. `now_ms` is Unix time; it is written as the upstream of the profile writes
    /// it, but for what no file may be called on every system.
    pub fn result_name(&self, plan: &RunPlan, now_ms: i64) -> String {
        let stamp = match self.profile {
            Profile::V1_0 => local_second(now_ms),
            _ => local_moment(now_ms),
        };
        let last = |endpoint: &str, name: &str| match endpoint {
            PRACTICE => PRACTICE.to_owned(),
            _ => name.rsplit('/').next().unwrap_or_default().to_owned(),
        };
        let domain = plan.domain.rsplit(':').next().unwrap_or_default();
        let agent = last(&plan.agent.endpoint, &plan.agent.model);
        let user = last(&plan.customer.endpoint, &plan.customer.model);
        let mut parts = vec![stamp.as_str(), domain, self.agent.name(), &agent, self.user(), &user];
        parts.retain(|part| !part.is_empty());
        let bad = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
        format!("{}.json", parts.join("_").replace(bad, "-"))
    }

    /// Refuses what cannot be played together.
    pub(crate) fn check(&self, plan: &RunPlan) -> Result<(), RunsError> {
        let bad = |message: &str| Err(RunsError::BadPlan(message.to_owned()));
        let customer_sits = plan.customer.strategy == CustomerStrategy::Human;
        if self.is_solo() && customer_sits {
            return bad(
                "An agent who works alone has no customer, so there is no customer's seat to take.",
            );
        }
        if customer_sits && [PERSON, OUTSIDE].contains(&plan.agent.endpoint.as_str()) {
            return bad("A person takes one seat. Choose a model for the other.");
        }
        if plan.agent.strategy != crate::AgentStrategy::ToolCalling {
            return bad(
                "In this domain an agent calls tools. Choose the way of working \"tool-calling\".",
            );
        }
        use CustomerStrategy::{React, Reflection, Verify};
        if matches!(plan.customer.strategy, React | Verify | Reflection) {
            return bad(
                "In this domain a customer speaks once and uses its tools. Choose a plain language model.",
            );
        }
        if self.max_errors == 0 {
            return bad("Failed calls after which a conversation ends must be at least 1.");
        }
        if self.is_solo() && plan.conditions.iter().any(|condition| !condition.is_baseline()) {
            return bad(
                "An agent who works alone has no customer, so there are no kinds of customers to compare.",
            );
        }
        Ok(())
    }
}

/// What is stored by a word.
trait Word: Sized {
    fn word(&self) -> &'static str;
    fn of(word: &str) -> Option<Self>;
}

impl Word for Profile {
    fn word(&self) -> &'static str {
        Profile::word(*self)
    }

    fn of(word: &str) -> Option<Profile> {
        Profile::of(word)
    }
}

impl Word for AgentKind {
    fn word(&self) -> &'static str {
        self.name()
    }

    fn of(word: &str) -> Option<AgentKind> {
        word.parse().ok()
    }
}

impl Word for Evaluation {
    fn word(&self) -> &'static str {
        Evaluation::word(*self)
    }

    fn of(word: &str) -> Option<Evaluation> {
        Evaluation::of(word)
    }
}

mod words {
    use super::{Deserialize, Deserializer, Serializer, Word, de};

    pub(super) fn serialize<T: Word, S: Serializer>(of: &T, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(of.word())
    }

    pub(super) fn deserialize<'de, T: Word, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        let word = String::deserialize(from)?;
        T::of(&word).ok_or_else(|| de::Error::custom(format!("{word:?} is not known here")))
    }
}
