//! What is wrong with a draft, each field with what to do.

use tau_domain::{Domain, Task};
use tau_runs::PlannedTask;
use tau_traits::{Condition, TraitMix, TraitSet};

use super::super::library::{count, read_split, title};
use super::super::models::key_is_missing;
use crate::ApiError;
use crate::endpoints::PRACTICE;
use crate::types::{
    ConditionDraft, CustomerStrategy, Endpoint, EndpointKind, FieldProblem, RunDraft,
};

/// Most attempts of a task.
const MOST_TRIALS: u32 = 100;
/// Most conversations at the same time.
const MOST_AT_ONCE: u32 = 64;
/// Most agent steps of a conversation.
const MOST_STEPS: u32 = 200;

#[derive(Default)]
pub(in crate::product) struct Problems(pub(super) Vec<FieldProblem>);

impl Problems {
    pub(in crate::product) fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldProblem { field: field.into(), message: message.into() });
    }

    fn within(&mut self, field: &str, what: &str, number: u32, most: u32) {
        if !(1..=most).contains(&number) {
            self.add(field, format!("{what}: choose a number from 1 to {most}."));
        }
    }

    pub(super) fn numbers(&mut self, draft: &RunDraft) {
        self.within("trials", "Attempts per task", draft.trials, MOST_TRIALS);
        self.within(
            "max_concurrency",
            "Conversations at the same time",
            draft.max_concurrency,
            MOST_AT_ONCE,
        );
        self.within("max_steps", "Steps of a conversation", draft.max_steps, MOST_STEPS);
        if !(0.0..=2.0).contains(&draft.temperature) {
            self.add("temperature", "Temperature: choose a number from 0 to 2.");
        }
        if draft.spend_cap_usd.is_some_and(|cap| !cap.is_finite() || cap <= 0.0) {
            self.add("spend_cap_usd", "Spend at most: give an amount above 0, or leave it empty.");
        }
        if draft.name.chars().count() > 200 {
            self.add("name", "The name is longer than 200 letters.");
        }
    }

    /// The conditions that can be read, the baseline first.
    pub(super) fn conditions(
        &mut self,
        drafts: &[ConditionDraft],
        traits: &TraitSet,
    ) -> Vec<Condition> {
        let mut conditions = vec![Condition::baseline()];
        for (index, draft) in drafts.iter().enumerate() {
            let field = format!("conditions.{index}");
            let made = TraitMix::new(draft.levels.clone());
            let mix = match made.and_then(|mix| mix.check(traits).map(|()| mix)) {
                Ok(mix) => mix,
                Err(error) => {
                    self.add(&field, error.to_string());
                    continue;
                }
            };
            let mut condition = Condition::of(mix, traits);
            if condition.is_baseline() {
                self.add(&field, "All sliders are off: that is the baseline, which is there already. Move one or remove the column.");
            } else if conditions.iter().any(|other| other.mix == condition.mix) {
                self.add(
                    &field,
                    format!("\"{}\" is there twice. Change or remove one.", condition.name),
                );
            } else {
                if !draft.name.trim().is_empty() {
                    condition.name = draft.name.trim().to_owned();
                }
                conditions.push(condition);
            }
        }
        if drafts.is_empty() {
            self.add(
                "conditions",
                "Choose at least one kind of customer to compare with the baseline.",
            );
        }
        conditions
    }

    pub(super) fn agent(&mut self, draft: &RunDraft, endpoints: &[Endpoint]) {
        if draft.agent.endpoint != PRACTICE {
            self.model("agent", &draft.agent.endpoint, Some(&draft.agent.model), endpoints);
        }
    }

    pub(super) fn customer(&mut self, draft: &RunDraft, endpoints: &[Endpoint]) {
        let customer = &draft.customer;
        match customer.strategy {
            CustomerStrategy::Practice => {}
            CustomerStrategy::Human => self.add(
                "customer.strategy",
                "To play the customer yourself, open a task and choose \"Play the customer\".",
            ),
            CustomerStrategy::TraitMix => {
                self.model("customer", &customer.endpoint, None, endpoints);
            }
            // Told with the model's own state.
            CustomerStrategy::Local => {}
            CustomerStrategy::Llm
            | CustomerStrategy::React
            | CustomerStrategy::Verify
            | CustomerStrategy::Reflection => {
                self.model("customer", &customer.endpoint, Some(&customer.model), endpoints);
            }
        }
    }

    /// A model that talks (`model` is its name) or a steer service (`None`).
    pub(super) fn model(
        &mut self,
        role: &str,
        id: &str,
        model: Option<&str>,
        endpoints: &[Endpoint],
    ) {
        let Some(endpoint) = endpoints.iter().find(|endpoint| endpoint.id == id) else {
            return self.add(
                &format!("{role}.endpoint"),
                format!("Choose where the {role}'s model is reached."),
            );
        };
        let fits = match endpoint.kind {
            EndpointKind::Steer => model.is_none(),
            EndpointKind::OutsideAgent => role == "agent",
            _ => model.is_some(),
        };
        if !fits {
            return self.add(
                &format!("{role}.endpoint"),
                format!(
                    "{} cannot play the {role} this way. Choose another connection.",
                    endpoint.name
                ),
            );
        }
        if key_is_missing(endpoint) {
            self.add(
                &format!("{role}.endpoint"),
                format!("{} needs a key. Enter it under Models & keys.", endpoint.name),
            );
        }
        if model.is_some_and(|model| model.trim().is_empty()) {
            self.add(&format!("{role}.model"), format!("Choose the {role}'s model."));
        }
    }

    pub(super) fn tasks(
        &mut self,
        draft: &RunDraft,
        domain: &Domain,
    ) -> Result<Vec<PlannedTask>, ApiError> {
        let all =
            domain.tasks.get(&read_split(&draft.split)?).map(Vec::as_slice).unwrap_or_default();
        let planned = |(index, task): (usize, &Task)| PlannedTask {
            id: task.id.clone(),
            index: count(index),
            title: title(&task.title, &task.instruction),
        };
        let chosen = |task: &Task| draft.task_ids.as_ref().is_none_or(|ids| ids.contains(&task.id));
        let tasks: Vec<PlannedTask> =
            all.iter().enumerate().filter(|(_, task)| chosen(task)).map(planned).collect();
        if tasks.is_empty() {
            self.add("task_ids", "Choose at least one task.");
        }
        Ok(tasks)
    }
}
