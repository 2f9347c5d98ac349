//! What a draft's voice makes of its mixes: what it cannot play keeps a run from starting, and what it
//! plays otherwise than asked is told.

use std::collections::BTreeSet;

use tau_traits::Condition;

use super::super::Product;
use super::problems::Problems;
use crate::ApiError;
use crate::types::{CustomerStrategy, RunDraft};

impl Product {
    /// What keeps a model of this computer from playing the customers.
    pub(super) async fn voice_problems(
        &self,
        draft: &RunDraft,
        conditions: &[Condition],
        problems: &mut Problems,
    ) -> Result<(), ApiError> {
        if draft.customer.strategy != CustomerStrategy::Local {
            return Ok(());
        }
        if draft.customer.model.trim().is_empty() {
            problems.add("customer.model", "Choose a model of this computer for the customer.");
            return Ok(());
        }
        let voice = match self.voice(&draft.customer).await {
            Ok(voice) => voice,
            Err(error) => {
                problems.add("customer.model", error.message);
                return Ok(());
            }
        };
        if !voice.ready {
            problems.add("customer.model", voice.note);
            return Ok(());
        }
        let known = voice.traits.unwrap_or_default();
        let missing = self.names(conditions, |id| !known.iter().any(|one| one == id));
        if !missing.is_empty() {
            problems.add(
                "customer.model",
                format!(
                    "{} was not calibrated for {}. Calibrate it for that on the page Traits, or take the trait out of the run.",
                    voice.name,
                    missing.join(", ")
                ),
            );
        }
        Ok(())
    }

    /// What a reader of a draft must know of its customers, a sentence each.
    pub(super) fn customers_told(&self, draft: &RunDraft, conditions: &[Condition]) -> Vec<String> {
        let mut told = Vec::new();
        for condition in conditions {
            let capped = condition.mix.capped();
            if capped.is_less() {
                told.push(format!(
                    "{} is more than a customer can be at once: each trait is played at {:.0} % of its level.",
                    condition.name,
                    capped.factor * 100.0
                ));
            }
        }
        if draft.customer.strategy == CustomerStrategy::Practice {
            let known = tau_sim::PracticeCustomer::TRAITS;
            let silent = self.names(conditions, |id| !known.contains(&id));
            if !silent.is_empty() {
                told.push(format!(
                    "The practice customer does not live {}: it only says example lines of it.",
                    silent.join(", ")
                ));
            }
        }
        told
    }

    /// Names of the traits in use for which `wanted` holds, each once.
    fn names(&self, conditions: &[Condition], wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let set = self.trait_set();
        let used: BTreeSet<&str> = conditions
            .iter()
            .flat_map(|condition| condition.mix.active().map(|(id, _)| id))
            .filter(|id| wanted(id))
            .collect();
        used.into_iter()
            .map(|id| set.get(id).map_or_else(|| id.to_owned(), |one| one.name.clone()))
            .collect()
    }
}
