//! Playing one episode in a domain of tau2.

use std::sync::Arc;
use std::time::Duration;

use tau_domain::DomainId;
use tau_llm::{ChatModel, Journaled, ModelError, ModelErrorKind, ReplyJournal, SpeakerRole};
use tau_sim::tau2::{self, Failure, Players, SimulatedCustomer, Spec, trial_seeds};
use tau_sim::{CancellationToken, DualPracticeAgent, DualPracticeCustomer, episode_seed};
use tau_toolkits::{Definition, Task};
use tau_traits::{Condition, CustomerVoice, Unsteered};

use super::Tau2Plan;
use super::record::{self, Told};
use super::watch::Watch;
use crate::cast::{ModelPlayer, Replies, VoiceCast, customer_setup, kept, setup};
use crate::unhurried::at_pace;
use crate::{
    CustomerStrategy, FailureKind, LiveEpisode, OUTSIDE, PERSON, PRACTICE, PendingEpisode,
    PlayFailure, RunPlan, Transcript,
};

/// One conversation of a plan, found.
struct Scene<'a> {
    plan: &'a RunPlan,
    tau2: &'a Tau2Plan,
    definition: &'a Definition,
    task: &'a Task,
    condition: &'a Condition,
    episode: &'a PendingEpisode,
    /// From it follow the practice models and the ids that tools draw.
    seed: u64,
    /// Upstream's seed of the trial, which both models are given.
    trial_seed: u64,
    replies: Replies,
}

impl ModelPlayer {
    /// Plays an episode of a plan over a domain of tau2.
    ///
    /// # Errors
    /// As [`crate::EpisodePlayer::play`].
    pub(crate) async fn play_tau2(
        &self,
        plan: &RunPlan,
        tau2: &Tau2Plan,
        episode: &PendingEpisode,
        journal: Arc<dyn ReplyJournal>,
        live: &LiveEpisode,
    ) -> Result<Transcript, PlayFailure> {
        let definition = self.definition(plan).await?;
        let mut scene = scene(plan, tau2, episode, &definition)?;
        scene.replies = self.replies(plan, scene.seed);
        let agent = self.tau2_agent(&scene, live).await?;
        let agent = Journaled::new(agent, journal.clone(), SpeakerRole::Agent);
        let customer = match tau2.is_solo() {
            true => None,
            false => Some(self.tau2_customer(&scene, journal, live).await?),
        };
        let judge = match &tau2.judge {
            Some(judge) => Some(self.model(&judge.endpoint, &judge.model, &scene.replies).await?),
            None => None,
        };
        let spec = spec(&scene);
        let players =
            Players { agent: &agent, customer: customer.as_ref(), judge: judge.as_deref() };
        let watch = Watch::new(live, &tau2.policy);
        // The scheduler stops a conversation by dropping it.
        let never = CancellationToken::new();
        let began = crate::clock::now_ms();
        // A judge is asked only when all replies are in the journal: failing there costs none of them.
        let played = tau2::play(&definition, scene.task, &spec, players, &watch, &never).await?;
        let ended = crate::clock::now_ms();
        let seen = watch.seen();
        let told = Told { tau2, task: scene.task, seed: scene.trial_seed, began, ended };
        Ok(kept(&scene.replies, record::transcript(&told, played, seen)).await)
    }

    /// The domain of a plan, as it was when the plan was made.
    async fn definition(&self, plan: &RunPlan) -> Result<Arc<Definition>, PlayFailure> {
        let id: DomainId = plan.domain.parse().map_err(setup)?;
        let library = self.library.clone();
        // A domain may be ten megabytes of tasks.
        let opened = tokio::task::spawn_blocking(move || library.definition(&id)).await;
        let definition = opened.map_err(setup)?.map_err(setup)?;
        if definition.fingerprint != plan.domain_fingerprint {
            return Err(PlayFailure::setup(
                "The domain has changed since this run was planned. Start a new run.",
            ));
        }
        Ok(definition)
    }

    async fn tau2_agent(
        &self,
        scene: &Scene<'_>,
        live: &LiveEpisode,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let agent = &scene.plan.agent;
        match agent.endpoint.as_str() {
            PRACTICE => {
                let practice = DualPracticeAgent::new(scene.definition, scene.task, scene.seed);
                Ok(at_pace(scene.plan, Box::new(practice)))
            }
            PERSON => self.person(scene.episode, live, SpeakerRole::Agent),
            OUTSIDE => self.visitor(scene.episode, live),
            endpoint => self.model(endpoint, &agent.model, &scene.replies).await,
        }
    }

    async fn tau2_customer(
        &self,
        scene: &Scene<'_>,
        journal: Arc<dyn ReplyJournal>,
        live: &LiveEpisode,
    ) -> Result<SimulatedCustomer, PlayFailure> {
        let journaled = |model: Box<dyn ChatModel>| -> Box<dyn ChatModel> {
            Box::new(Journaled::new(model, journal.clone(), SpeakerRole::Customer))
        };
        let Scene { plan, definition, task, condition, seed, ref replies, .. } = *scene;
        let traits = plan.trait_set();
        use CustomerStrategy::{Human, Local, Practice, TraitMix};
        let voice: Box<dyn CustomerVoice> = match plan.customer.strategy {
            Practice => {
                let practice = DualPracticeCustomer::new(task, &condition.mix, &traits, seed);
                Box::new(Unsteered::new(journaled(at_pace(plan, Box::new(practice)))))
            }
            Human => {
                let person = self.person(scene.episode, live, SpeakerRole::Customer)?;
                Box::new(Unsteered::new(journaled(person)))
            }
            TraitMix | Local
                if definition.user_tools_of(task).is_some_and(|tools| !tools.is_empty()) =>
            {
                return Err(PlayFailure::setup(
                    "This customer can speak but not use the tools that customers have in this domain. Choose a language model that calls tools.",
                ));
            }
            _ => {
                let task = record::task_in_words(task);
                let cast = VoiceCast {
                    customer: &plan.customer,
                    condition,
                    traits: &traits,
                    wording: &plan.wording,
                    task: &task,
                    seed,
                    replies,
                };
                self.voice(&cast, journaled).await?
            }
        };
        let customer = SimulatedCustomer::new(definition, task, voice, &plan.wording);
        Ok(customer.map_err(customer_setup)?.with_seed(scene.trial_seed))
    }
}

fn scene<'a>(
    plan: &'a RunPlan,
    tau2: &'a Tau2Plan,
    episode: &'a PendingEpisode,
    definition: &'a Definition,
) -> Result<Scene<'a>, PlayFailure> {
    let gone =
        |what: &str, name: &str| PlayFailure::setup(format!("There is no {what} {name} any more."));
    let task = definition.task(&episode.task).ok_or_else(|| gone("task", &episode.task))?;
    let condition = plan.conditions.iter().find(|condition| condition.id == episode.condition);
    let condition = condition.ok_or_else(|| gone("condition", &episode.condition))?;
    let trials = trial_seeds(plan.seed, episode.trial as usize + 1);
    Ok(Scene {
        plan,
        tau2,
        definition,
        task,
        condition,
        episode,
        seed: episode_seed(plan.seed, &task.id, episode.trial),
        trial_seed: trials.last().copied().unwrap_or(plan.seed),
        replies: None,
    })
}

fn spec(scene: &Scene<'_>) -> Spec {
    let Scene { plan, tau2, .. } = *scene;
    Spec {
        seed: scene.seed,
        sampling_seed: Some(scene.trial_seed),
        temperature: Some(plan.temperature),
        max_steps: plan.limits.max_steps,
        max_errors: tau2.max_errors,
        strict: tau2.strict,
        timeout: tau2.timeout_s.map(|seconds| Duration::from_secs(u64::from(seconds))),
        // Whoever sits in the seat calls by calling; what they write is what they say.
        text_tool_calls: plan.agent.text_tool_calls
            && ![PERSON, OUTSIDE].contains(&plan.agent.endpoint.as_str()),
        evaluation: tau2.evaluation,
        ..Spec::new(tau2.agent)
    }
}

impl From<Failure> for PlayFailure {
    fn from(failure: Failure) -> PlayFailure {
        let kind = match failure {
            Failure::Model { error, .. } => return error.into(),
            Failure::Cancelled => {
                return ModelError::new(ModelErrorKind::Cancelled, failure.to_string()).into();
            }
            Failure::Useless { .. } => FailureKind::Useless,
            Failure::BrokeOff(_) => FailureKind::BrokeOff,
            Failure::Setup(_) | Failure::Grading(_) => FailureKind::Task,
        };
        PlayFailure { kind, message: failure.to_string() }
    }
}
