//! Having a voice say one message, by the same cast as in a run.

use std::sync::Arc;
use std::time::Instant;

use tau_domain::{Message, Reading, Role, Task};
use tau_runs::{CustomerPlan, ModelPlayer, VoiceCast};
use tau_sim::{Customer, ModelCustomer, Wording};
use tau_traits::{Condition, TraitMix, TraitSet};

use super::situations::OPENING;
use crate::{ApiError, ErrorCode};

/// A task of which only the customer's side is known.
fn task(matter: &str) -> Task {
    Task {
        id: "said".to_owned(),
        user_id: String::new(),
        instruction: matter.to_owned(),
        actions: Vec::new(),
        outputs: Vec::new(),
        title: String::new(),
        rules: Vec::new(),
        twin: None,
        allowed: None,
    }
}

/// What a simulated customer writes at the end of a conversation.
const STOP: &str = "###STOP###";

/// Somebody who can be asked for a message.
#[derive(Clone)]
pub(super) struct Speaker {
    pub player: Arc<ModelPlayer>,
    pub customer: CustomerPlan,
    pub traits: Arc<TraitSet>,
    pub wording: Arc<Wording>,
}

/// A message that was said.
pub(super) struct Spoken {
    pub text: String,
    pub reading: Option<Reading>,
    pub cost_usd: Option<f64>,
    pub seconds: f64,
}

impl Speaker {
    /// A message of a customer with `mix` who wants `matter`, in answer to `agent`; an empty `agent` is
    /// a greeting.
    ///
    /// # Errors
    /// When the voice cannot be set up or does not answer.
    pub(super) async fn say(
        &self,
        mix: &TraitMix,
        matter: &str,
        agent: &str,
        seed: u32,
    ) -> Result<Spoken, ApiError> {
        let task = task(matter);
        let condition = Condition::of(mix.clone(), &self.traits);
        let cast = VoiceCast {
            customer: &self.customer,
            condition: &condition,
            traits: &self.traits,
            wording: &self.wording,
            task: &task,
            seed: u64::from(seed),
            // What is heard here is said anew each time.
            replies: &None,
        };
        let voice = self.player.voice(&cast, |model| model).await.map_err(ApiError::from)?;
        let customer = ModelCustomer::new(self.customer.strategy, voice, &task, &self.wording)
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))?
            .with_seed(u64::from(seed));
        let heard = match agent.trim() {
            "" => Vec::new(),
            said => {
                vec![Message::text(Role::User, OPENING), Message::text(Role::Assistant, said)]
            }
        };
        let start = Instant::now();
        let reply = customer.reply(&heard).await.map_err(tau_runs::PlayFailure::from)?;
        Ok(Spoken {
            text: reply.text.replace(STOP, "").trim().to_owned(),
            reading: reply.reading,
            cost_usd: reply.cost_usd,
            seconds: start.elapsed().as_secs_f64(),
        })
    }
}
