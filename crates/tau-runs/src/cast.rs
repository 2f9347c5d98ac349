//! Playing episodes with models: the agent, the customer and the domain of a plan brought together.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use tau_domain::{Domain, DomainId, Message, Task};
use tau_llm::{
    ChatModel, ConversationCache, Endpoint, Journaled, Origin, ProviderLimits, ReplyCache,
    ReplyJournal, SpeakerRole, connect,
};
use tau_packs::Library;
use tau_sim::human::{HumanModel, Switchboard};
use tau_sim::{
    AgentSetup, CancellationToken, EpisodeFailure, EpisodeSpec, ModelCustomer, Observer, Players,
    PracticeAgent, PracticeCustomer, PracticeInText, Wording,
};
use tau_traits::hosted::{Listings, wire_dict};
use tau_traits::local::{LocalModels, LocalVoice};
use tau_traits::{
    Anchor, Condition, CustomerVoice, DoseCurve, Hosted, HostedLevel, Prompted, SteerClient,
    SteerService, TraitMix, TraitSet, Unsteered,
};

use crate::unhurried::at_pace;
use crate::{
    CustomerPlan, CustomerStrategy, EpisodePlayer, LiveEpisode, PERSON, PRACTICE, PendingEpisode,
    PlayFailure, RunPlan, Transcript,
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

/// Plays episodes with practice models, with models found in a [`Directory`] and with people.
///
/// Models are made anew for each conversation; connections and limits are shared below them. A
/// person's seat waits in the switchboard under the episode's id.
pub struct ModelPlayer {
    pub(crate) library: Arc<Library>,
    directory: Arc<dyn Directory>,
    limits: Arc<ProviderLimits>,
    listings: Listings,
    people: Option<Arc<Switchboard>>,
    visitors: Option<Arc<Switchboard>>,
    local: Option<Arc<LocalModels>>,
    replies: Option<Arc<ReplyCache>>,
}

impl ModelPlayer {
    /// A player over the domains of `library`.
    pub fn new(
        library: Arc<Library>,
        directory: Arc<dyn Directory>,
        limits: Arc<ProviderLimits>,
    ) -> Self {
        ModelPlayer {
            library,
            directory,
            limits,
            listings: Listings::default(),
            people: None,
            visitors: None,
            local: None,
            replies: None,
        }
    }

    /// The same with seats for people, who are asked through `switchboard`.
    pub fn with_people(mut self, switchboard: Arc<Switchboard>) -> Self {
        self.people = Some(switchboard);
        self
    }

    /// The same with seats for agents that come from outside ([`OUTSIDE`]) and are asked through
    /// `switchboard`.
    pub fn with_visitors(mut self, switchboard: Arc<Switchboard>) -> Self {
        self.visitors = Some(switchboard);
        self
    }

    /// The same with models of this computer.
    pub fn with_local(mut self, models: Arc<LocalModels>) -> Self {
        self.local = Some(models);
        self
    }

    /// The same with a cache of replies, for the plans that want one.
    pub fn with_reply_cache(mut self, replies: Arc<ReplyCache>) -> Self {
        self.replies = Some(replies);
        self
    }

    /// The cache of a conversation whose own seed is `seed`; `None` when the plan wants none.
    pub(crate) fn replies(&self, plan: &RunPlan, seed: u64) -> Replies {
        let cache = self.replies.as_ref().filter(|_| plan.reply_cache)?;
        Some(cache.conversation(seed))
    }

    /// The domain and the conversation to be played in it.
    fn scene<'a>(
        &self,
        plan: &RunPlan,
        episode: &'a PendingEpisode,
        live: &'a LiveEpisode,
    ) -> Result<Scene<'a>, PlayFailure> {
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
        let replies = self.replies(plan, spec.seed);
        Ok(Scene { domain, spec, episode, live, replies })
    }

    async fn agent(
        &self,
        plan: &RunPlan,
        scene: &Scene<'_>,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let spec = &scene.spec;
        match plan.agent.endpoint.as_str() {
            PRACTICE => {
                let practice = PracticeAgent::new(&scene.domain, &spec.task, spec.seed);
                let practice: Box<dyn ChatModel> = if plan.agent.strategy.acts_in_text() {
                    Box::new(PracticeInText::new(practice, plan.agent.strategy))
                } else {
                    Box::new(practice)
                };
                Ok(at_pace(plan, practice))
            }
            PERSON => self.person(scene.episode, scene.live, SpeakerRole::Agent),
            endpoint => self.model(endpoint, &plan.agent.model, &scene.replies).await,
        }
    }

    /// The voice of a customer, as runs and everybody else hear it. `wrap` gets each model behind it, for
    /// instance to journal what it is asked; the same calls go to the same wrapped model each time.
    ///
    /// # Errors
    /// When it cannot be set up: no such connection, no such model, a trait that it cannot show, or a
    /// person, who has no voice of ours.
    pub async fn voice(
        &self,
        cast: &VoiceCast<'_>,
        wrap: impl Fn(Box<dyn ChatModel>) -> Box<dyn ChatModel> + Send + Sync,
    ) -> Result<Box<dyn CustomerVoice>, PlayFailure> {
        let (customer, mix) = (cast.customer, &cast.condition.mix);
        match customer.strategy {
            CustomerStrategy::Practice => {
                let practice =
                    PracticeCustomer::new(cast.task, mix, cast.seed).with_traits(mix, cast.traits);
                Ok(Box::new(Unsteered::new(wrap(Box::new(practice)))))
            }
            CustomerStrategy::Human => Err(PlayFailure::setup(
                "A person speaks for themselves. Choose another kind of customer.",
            )),
            CustomerStrategy::TraitMix => {
                let (endpoint, key) = self.directory.find(&customer.endpoint).await?;
                let service = SteerService::new(&endpoint, key, self.limits.clone());
                let traits = wire_dict(&cast.measured(), cast.traits);
                // What the service cannot play is said before it is asked for the first line.
                self.listings.check(&service, &traits).await.map_err(setup)?;
                let setting = serde_json::Value::Object(traits.clone()).to_string();
                let origin = Origin::of(&endpoint, &customer.model)
                    .map(|origin| origin.with_setting(setting));
                let client = Box::new(SteerClient::new(service, traits));
                Ok(Box::new(Hosted::new(wrap(through(client, origin, cast.replies)))))
            }
            CustomerStrategy::Local => self.local_voice(cast, wrap).await,
            CustomerStrategy::Llm
            | CustomerStrategy::React
            | CustomerStrategy::Verify
            | CustomerStrategy::Reflection => {
                let model = self.model(&customer.endpoint, &customer.model, cast.replies).await?;
                let anchor = if customer.reanchor { cast.wording.anchor() } else { Anchor::Once };
                let voice = Prompted::new(wrap(model), mix, cast.traits, anchor)
                    .and_then(|voice| voice.with_curves(&customer.curves));
                Ok(Box::new(voice.map_err(customer_setup)?))
            }
        }
    }

    /// The voice of a model on this computer.
    async fn local_voice(
        &self,
        cast: &VoiceCast<'_>,
        wrap: impl Fn(Box<dyn ChatModel>) -> Box<dyn ChatModel> + Send + Sync,
    ) -> Result<Box<dyn CustomerVoice>, PlayFailure> {
        let models = self.local.as_ref().ok_or_else(|| {
            PlayFailure::setup(
                "There are no models on this computer here. Choose another customer.",
            )
        })?;
        let model = models.open(&cast.customer.model).await.map_err(setup)?;
        let basis = model.basis();
        let same = |curve: &DoseCurve| {
            let known = basis.as_ref().and_then(|basis| basis.curve(&curve.trait_id).ok());
            known.is_some_and(|known| known.points == curve.points)
        };
        if !cast.customer.curves.iter().all(same) {
            return Err(PlayFailure::setup(
                "The model was calibrated anew since this run was planned, so that its levels are others now. Start a new run.",
            ));
        }
        let speaks = model.steered(&cast.condition.mix).map_err(setup)?;
        let thinks = model.steered(&TraitMix::default()).map_err(setup)?;
        Ok(Box::new(LocalVoice::new(wrap(Box::new(speaks)), Box::new(thinks))))
    }

    /// The voice of a run's customer. All that the model behind it is asked, checks and rewritings
    /// included, is journaled in order, so that a conversation which is taken up again asks nothing
    /// twice.
    async fn customer(
        &self,
        plan: &RunPlan,
        scene: &Scene<'_>,
        journal: Arc<dyn ReplyJournal>,
    ) -> Result<Box<dyn CustomerVoice>, PlayFailure> {
        let practice = plan.customer.strategy == CustomerStrategy::Practice;
        let journaled = |model: Box<dyn ChatModel>| -> Box<dyn ChatModel> {
            let model = if practice { at_pace(plan, model) } else { model };
            Box::new(Journaled::new(model, journal.clone(), SpeakerRole::Customer))
        };
        if plan.customer.strategy == CustomerStrategy::Human {
            let person = self.person(scene.episode, scene.live, SpeakerRole::Customer)?;
            return Ok(Box::new(Unsteered::new(journaled(person))));
        }
        let traits = plan.trait_set();
        let cast = VoiceCast {
            customer: &plan.customer,
            condition: &scene.spec.condition,
            traits: &traits,
            wording: &plan.wording,
            task: &scene.spec.task,
            seed: scene.spec.seed,
            replies: &scene.replies,
        };
        self.voice(&cast, journaled).await
    }

    /// A model behind an endpoint, asked for what is not in the cache.
    pub(crate) async fn model(
        &self,
        endpoint: &str,
        model: &str,
        replies: &Replies,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let (endpoint, key) = self.directory.find(endpoint).await?;
        let connected = connect(&endpoint, model, key, self.limits.clone())?;
        Ok(through(connected, Origin::of(&endpoint, model), replies))
    }

    /// A person in a seat of this conversation.
    pub(crate) fn person(
        &self,
        episode: &PendingEpisode,
        live: &LiveEpisode,
        seat: SpeakerRole,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let nobody = "A person can take a seat only where there is one: in the app.";
        seated(self.people.as_ref(), nobody, episode, live, seat)
    }

    /// An agent from outside.
    pub(crate) fn visitor(
        &self,
        episode: &PendingEpisode,
        live: &LiveEpisode,
    ) -> Result<Box<dyn ChatModel>, PlayFailure> {
        let nobody = "This agent came from outside and is not connected any more. Its conversations are played where it connects: with tautrait mcp.";
        seated(self.visitors.as_ref(), nobody, episode, live, SpeakerRole::Agent)
    }
}

/// Whoever answers at a switchboard under the episode's id; `nobody` says that there is none.
fn seated(
    switchboard: Option<&Arc<Switchboard>>,
    nobody: &str,
    episode: &PendingEpisode,
    live: &LiveEpisode,
    seat: SpeakerRole,
) -> Result<Box<dyn ChatModel>, PlayFailure> {
    let switchboard = switchboard.ok_or_else(|| PlayFailure::setup(nobody))?;
    let model = HumanModel::new(switchboard.clone(), episode.id.to_string(), seat);
    Ok(Box::new(model.on_turn(live.notice())))
}

/// Who is to be spoken for, and by whom.
pub struct VoiceCast<'a> {
    /// Who plays the customer.
    pub customer: &'a CustomerPlan,
    /// The customer's traits.
    pub condition: &'a Condition,
    /// The words of the traits.
    pub traits: &'a TraitSet,
    /// The templates in use.
    pub wording: &'a Wording,
    /// What the customer wants.
    pub task: &'a Task,
    /// From it follows what the practice customer says.
    pub seed: u64,
    /// The cache from which its model's replies may come.
    pub replies: &'a Replies,
}

impl VoiceCast<'_> {
    /// The condition at the settings of a steer service (low, medium, high as 0, 1, 2) that were
    /// measured to show its levels. A curve that does not rise all the way tells nothing and is left
    /// aside; traits as a file wrote them go out as they are.
    fn measured(&self) -> Condition {
        let mix = &self.condition.mix;
        let setting = |(id, level): (&str, f64)| {
            let curve = self.customer.curves.iter().find(|curve| curve.trait_id == id)?;
            let dial = curve.monotone().then(|| curve.dial_for(level))?;
            let nearest = dial.round().clamp(0.0, 2.0) as usize;
            Some((id.to_owned(), f64::from(HostedLevel::ALL[nearest].level())))
        };
        let measured: BTreeMap<String, f64> = mix.active().filter_map(setting).collect();
        let level =
            |(id, asked): (&str, f64)| (id.to_owned(), measured.get(id).copied().unwrap_or(asked));
        // Every level is one of a mix already.
        let mix = TraitMix::new(mix.active().map(level)).unwrap_or_else(|_| mix.clone());
        Condition { mix, ..self.condition.clone() }
    }
}

/// What a conversation takes from the cache of replies; `None` when it is played without.
pub type Replies = Option<Arc<ConversationCache>>;

/// A model of which only what is not in the cache is asked, where there is a cache and its replies are
/// such as may be kept.
fn through(
    model: Box<dyn ChatModel>,
    origin: Option<Origin>,
    replies: &Replies,
) -> Box<dyn ChatModel> {
    match (origin, replies) {
        (Some(origin), Some(replies)) => Box::new(replies.model(model, origin)),
        _ => model,
    }
}

/// Keeps the replies of a conversation that came to a result, and tells what was wrong with the cache.
pub(crate) async fn kept(replies: &Replies, transcript: Transcript) -> Transcript {
    let Some(replies) = replies else { return transcript };
    replies.keep().await;
    Transcript { cache_trouble: replies.trouble(), ..transcript }
}

/// One conversation of a plan, found.
struct Scene<'a> {
    domain: Arc<Domain>,
    spec: EpisodeSpec,
    episode: &'a PendingEpisode,
    live: &'a LiveEpisode,
    replies: Replies,
}

/// How the agent of a plan is used in this conversation. A person needs no prompt: the policy and the
/// tools as they are.
fn agent_setup(plan: &RunPlan, scene: &Scene<'_>) -> Result<AgentSetup, PlayFailure> {
    let agent = &plan.agent;
    if agent.endpoint == PERSON {
        return Ok(AgentSetup::tool_calling(&scene.domain));
    }
    let displays = agent.few_shot.as_ref().map_or(&[][..], |few| few.displays.as_slice());
    let made =
        AgentSetup::new(agent.strategy, &scene.domain, &plan.wording, displays, scene.spec.seed)
            .map_err(|error| PlayFailure::setup(format!("The agent cannot be set up: {error}.")))?;
    Ok(AgentSetup {
        parallel_tool_calls: agent.parallel_tool_calls,
        text_tool_calls: agent.text_tool_calls,
        ..made
    })
}

pub(crate) fn setup(error: impl std::fmt::Display) -> PlayFailure {
    PlayFailure::setup(error.to_string())
}

pub(crate) fn customer_setup(error: impl std::fmt::Display) -> PlayFailure {
    PlayFailure::setup(format!("The customer cannot be set up: {error}."))
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
        if let Some(tau2) = &plan.tau2 {
            return self.play_tau2(plan, tau2, episode, journal, live).await;
        }
        let scene = self.scene(plan, episode, live)?;
        let agent_setup = agent_setup(plan, &scene)?;
        let agent = self.agent(plan, &scene).await?;
        let agent = Journaled::new(agent, journal.clone(), SpeakerRole::Agent);
        let voice = self.customer(plan, &scene, journal).await?;
        let strategy = plan.customer.strategy;
        let customer = ModelCustomer::new(strategy, voice, &scene.spec.task, &plan.wording)
            .map_err(customer_setup)?;
        // The scheduler stops a conversation by dropping it.
        let never = CancellationToken::new();
        let Scene { domain, spec, replies, .. } = scene;
        let players = Players { agent: &agent, setup: &agent_setup, customer: &customer };
        match tau_sim::play(domain, &spec, players, live, &never).await {
            Ok(trajectory) => Ok(kept(&replies, Transcript::new(spec.task, trajectory)).await),
            Err(EpisodeFailure::Model { error, .. }) => Err(error.into()),
            Err(failure) => Err(setup(failure)),
        }
    }
}
