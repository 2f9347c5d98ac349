//! Playing episodes with models: the agent, the customer and the domain of a plan brought together.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tau_domain::{Domain, DomainId, Message};
use tau_llm::{
    ChatModel, Endpoint, Journaled, OpenAiCompatible, ProviderLimits, ReplyJournal, SpeakerRole,
};
use tau_packs::Library;
use tau_sim::{
    CancellationToken, EpisodeFailure, EpisodeSpec, ModelCustomer, Observer, PracticeAgent,
    PracticeCustomer,
};
use tau_traits::SteerClient;

use crate::{
    CustomerStrategy, EpisodePlayer, LiveEpisode, PRACTICE, PendingEpisode, PlayFailure, RunPlan,
    Transcript,
};

/// Finds the address and the key behind an endpoint's id. The host's part: keys stay with it.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Where `endpoint` is, and its key where there is one.
    ///
    /// # Errors
    /// When there is no such endpoint; the run pauses with the message.
    async fn find(&self, endpoint: &str) -> Result<(Endpoint, Option<SecretString>), PlayFailure>;
}

/// Plays episodes with practice models and with models found in a [`Directory`].
///
/// Models are made anew for each conversation; connections and limits are shared below them.
pub struct ModelPlayer {
    library: Arc<Library>,
    directory: Arc<dyn Directory>,
    limits: Arc<ProviderLimits>,
}

impl ModelPlayer {
    /// A player over the domains of `library`.
    pub fn new(
        library: Arc<Library>,
        directory: Arc<dyn Directory>,
        limits: Arc<ProviderLimits>,
    ) -> Self {
        ModelPlayer { library, directory, limits }
    }

    /// The domain and the conversation to be played in it.
    fn scene(
        &self,
        plan: &RunPlan,
        episode: &PendingEpisode,
    ) -> Result<(Arc<Domain>, EpisodeSpec), PlayFailure> {
        let id: DomainId = plan.domain.parse().map_err(setup)?;
        let domain = self.library.get(&id).map_err(setup)?;
        if domain.fingerprint != plan.domain_fingerprint {
            return Err(PlayFailure::setup(
                "The domain has changed since this run was planned. Start a new run.",
            ));
        }
        let gone = |what: &str, name: &str| {
            PlayFailure::setup(format!("There is no {what} {name} any more."))
        };
        let task =
            domain.task(plan.split, &episode.task).ok_or_else(|| gone("task", &episode.task))?;
        let condition = plan
            .conditions
            .iter()
            .find(|condition| condition.id == episode.condition)
            .ok_or_else(|| gone("condition", &episode.condition))?;
        let mut spec = EpisodeSpec::new(task.clone(), condition.clone(), episode.trial, plan.seed);
        spec.sampling_seed = Some(spec.seed);
        spec.max_steps = plan.limits.max_steps;
        spec.temperature = Some(plan.temperature);
        Ok((domain, spec))
    }

    async fn agent(
        &self,
        plan: &RunPlan,
        domain: &Arc<Domain>,
        spec: &EpisodeSpec,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        if plan.agent.endpoint == PRACTICE {
            return Ok(Box::new(PracticeAgent::new(domain, &spec.task, spec.seed)));
        }
        let (endpoint, key) = self.directory.find(&plan.agent.endpoint).await?;
        Ok(Box::new(OpenAiCompatible::new(&endpoint, &plan.agent.model, key, self.limits.clone())))
    }

    async fn customer(
        &self,
        plan: &RunPlan,
        spec: &EpisodeSpec,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let mix = &spec.condition.mix;
        if plan.customer.strategy == CustomerStrategy::Practice {
            return Ok(Box::new(PracticeCustomer::new(&spec.task, mix, spec.seed)));
        }
        let (endpoint, key) = self.directory.find(&plan.customer.endpoint).await?;
        let limits = self.limits.clone();
        Ok(match plan.customer.strategy {
            CustomerStrategy::TraitMix => {
                Box::new(SteerClient::new(&endpoint, key, mix.clone(), limits))
            }
            CustomerStrategy::Llm => {
                Box::new(OpenAiCompatible::new(&endpoint, &plan.customer.model, key, limits))
            }
            other => {
                return Err(PlayFailure::setup(format!(
                    "The customer strategy {other} cannot be played yet. Choose llm."
                )));
            }
        })
    }
}

fn setup(error: impl std::fmt::Display) -> PlayFailure {
    PlayFailure::setup(error.to_string())
}

impl Observer for LiveEpisode {
    fn message(&self, message: &Message) {
        self.say(message);
    }
}

#[async_trait]
impl EpisodePlayer for ModelPlayer {
    async fn play(
        &self,
        plan: &Arc<RunPlan>,
        episode: &PendingEpisode,
        journal: Arc<dyn ReplyJournal>,
        live: &LiveEpisode,
    ) -> Result<Transcript, PlayFailure> {
        let (domain, spec) = self.scene(plan, episode)?;
        let agent = self.agent(plan, &domain, &spec).await?;
        let agent = Journaled::new(agent, journal.clone(), SpeakerRole::Agent);
        let customer = self.customer(plan, &spec).await?;
        let customer = Journaled::new(customer, journal, SpeakerRole::Customer);
        let customer = ModelCustomer::new(
            plan.customer.strategy,
            Box::new(customer),
            &spec.task,
            &spec.condition.mix,
        )?;
        // The scheduler stops a conversation by dropping it.
        let never = CancellationToken::new();
        match tau_sim::play(domain, &spec, &agent, &customer, live, &never).await {
            Ok(trajectory) => Ok(Transcript { task: spec.task, trajectory }),
            Err(EpisodeFailure::Model { error, .. }) => Err(error.into()),
            Err(failure) => Err(setup(failure)),
        }
    }
}
