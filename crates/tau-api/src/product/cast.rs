//! Who plays a run's conversations: models with their keys, customers with their traits.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tau_domain::{Domain, DomainId, Message};
use tau_llm::{ChatModel, Journaled, OpenAiCompatible, ProviderLimits, ReplyJournal, SpeakerRole};
use tau_packs::Library;
use tau_runs::{
    CustomerStrategy, EpisodePlayer, LiveEpisode, PendingEpisode, PlayFailure, RunPlan, Transcript,
};
use tau_sim::{
    CancellationToken, EpisodeFailure, EpisodeSpec, ModelCustomer, Observer, PracticeAgent, PracticeCustomer,
};
use tau_traits::{Condition, SteerClient};

use super::models::address;
use crate::endpoints::{Endpoints, PRACTICE, StoredEndpoint};
use crate::keys::Keys;

/// Finds domain, models and keys for each conversation. Models are made anew for each: connections
/// and limits are shared below them.
pub(crate) struct Cast {
    pub(crate) library: Arc<Library>,
    pub(crate) endpoints: Arc<Endpoints>,
    pub(crate) keys: Keys,
    pub(crate) limits: Arc<ProviderLimits>,
}

/// Passes messages on to whoever watches the conversation.
struct Watching<'a>(&'a LiveEpisode);

impl Observer for Watching<'_> {
    fn message(&self, message: &Message) {
        self.0.say(message);
    }
}

#[async_trait]
impl EpisodePlayer for Cast {
    async fn play(
        &self,
        plan: &Arc<RunPlan>,
        episode: &PendingEpisode,
        journal: Arc<dyn ReplyJournal>,
        live: &LiveEpisode,
    ) -> Result<Transcript, PlayFailure> {
        let (domain, spec) = self.scene(plan, episode)?;
        let agent = self.agent(plan, &domain, &spec).await?;
        let agent = Journaled::new(agent, Arc::clone(&journal), SpeakerRole::Agent);
        let customer = self.customer_model(plan, &domain, &spec).await?;
        let customer = Journaled::new(customer, journal, SpeakerRole::Customer);
        let customer = ModelCustomer::new(strategy(plan), Box::new(customer), &spec.task, &spec.condition.mix)?;
        // The scheduler stops a conversation by dropping it.
        let never = CancellationToken::new();
        let trajectory = tau_sim::play(domain, &spec, &agent, &customer, &Watching(live), &never).await;
        match trajectory {
            Ok(trajectory) => Ok(Transcript { task: spec.task, trajectory }),
            Err(EpisodeFailure::Model { error, .. }) => Err(error.into()),
            Err(failure) => Err(PlayFailure::setup(failure.to_string())),
        }
    }
}

impl Cast {
    /// The domain and the conversation to be played in it.
    fn scene(&self, plan: &RunPlan, episode: &PendingEpisode) -> Result<(Arc<Domain>, EpisodeSpec), PlayFailure> {
        let id: DomainId = plan.domain.parse().map_err(|error| setup(&error))?;
        let domain = self.library.get(&id).map_err(|error| setup(&error))?;
        if domain.fingerprint != plan.domain_fingerprint {
            return Err(PlayFailure::setup(
                "The domain has changed since this run began. Start a new run.",
            ));
        }
        let task = domain.task(plan.split, &episode.task).cloned().ok_or_else(|| {
            PlayFailure::setup(format!("The domain has no task {} any more.", episode.task))
        })?;
        let condition: &Condition = plan
            .conditions
            .iter()
            .find(|condition| condition.id == episode.condition)
            .ok_or_else(|| PlayFailure::setup(format!("The plan has no condition {}.", episode.condition)))?;
        let seed = plan.episode_seed(&task.id, episode.trial);
        let spec = EpisodeSpec {
            task,
            condition: condition.clone(),
            trial: episode.trial,
            seed,
            max_steps: plan.limits.max_steps,
            temperature: Some(plan.temperature),
            sampling_seed: Some(seed),
        };
        Ok((domain, spec))
    }

    async fn agent(
        &self,
        plan: &RunPlan,
        domain: &Arc<Domain>,
        spec: &EpisodeSpec,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        if plan.agent.endpoint == PRACTICE {
            return Ok(Box::new(PracticeAgent::new(Arc::clone(domain), spec)));
        }
        let (endpoint, key) = self.reach(&plan.agent.endpoint).await?;
        let model = OpenAiCompatible::new(&address(&endpoint), &plan.agent.model, key, Arc::clone(&self.limits));
        Ok(Box::new(model))
    }

    async fn customer_model(
        &self,
        plan: &RunPlan,
        domain: &Arc<Domain>,
        spec: &EpisodeSpec,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let customer = &plan.customer;
        if customer.strategy == CustomerStrategy::Practice {
            return Ok(Box::new(PracticeCustomer::new(Arc::clone(domain), spec)));
        }
        let (endpoint, key) = self.reach(&customer.endpoint).await?;
        let (address, limits) = (address(&endpoint), Arc::clone(&self.limits));
        Ok(match customer.strategy {
            CustomerStrategy::TraitMix => {
                Box::new(SteerClient::new(&address, key, spec.condition.mix.clone(), limits))
            }
            CustomerStrategy::Llm | CustomerStrategy::Practice => {
                Box::new(OpenAiCompatible::new(&address, &customer.model, key, limits))
            }
        })
    }

    async fn reach(&self, endpoint: &str) -> Result<(StoredEndpoint, Option<SecretString>), PlayFailure> {
        let endpoint = self.endpoints.get(endpoint).map_err(|error| setup(&error))?;
        let (_, key) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        Ok((endpoint, key))
    }
}

fn strategy(plan: &RunPlan) -> tau_sim::CustomerStrategy {
    match plan.customer.strategy {
        CustomerStrategy::Practice => tau_sim::CustomerStrategy::Practice,
        CustomerStrategy::Llm => tau_sim::CustomerStrategy::Llm,
        CustomerStrategy::TraitMix => tau_sim::CustomerStrategy::TraitMix,
    }
}

fn setup(error: &dyn std::fmt::Display) -> PlayFailure {
    PlayFailure::setup(error.to_string())
}
