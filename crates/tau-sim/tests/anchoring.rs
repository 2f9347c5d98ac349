//! Traits over a long conversation: a customer told in words is reminded of them at each turn, the
//! meter reads each of its messages, and what fades is seen to fade.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tau_domain::{Domain, Ending, Message, Role, Split, Trajectory, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError};
use tau_sim::testing::ScriptedModel;
use tau_sim::{
    AgentSetup, CancellationToken, CustomerStrategy, EpisodeSpec, ModelCustomer, Players,
    STOP_MARKER, Silent, Wording, play,
};
use tau_traits::meter::Markers;
use tau_traits::{Anchor, Condition, Prompted, Trait, TraitMix, TraitSet};

/// Turns of the conversation.
const TURNS: usize = 20;
/// Turns after which the model has forgotten what it was told at the start.
const MEMORY: usize = 8;

/// A model that plays what it is told for a while. It goes by the request alone: a trait that the
/// system prompt tells it shows in its first messages, and later only if the last message speaks of it
/// again.
struct Forgetful {
    of: Trait,
    level: usize,
    asked: Mutex<Vec<ChatRequest>>,
}

impl Forgetful {
    fn says(&self, request: &ChatRequest) -> String {
        let text = |message: &Message| message.content.clone().unwrap_or_default();
        let turn = request.messages.iter().filter(|each| each.role == Role::Assistant).count();
        if turn == TURNS {
            return STOP_MARKER.to_owned();
        }
        let level = &self.of.levels[self.level];
        let told = text(&request.messages[0]).contains(&level.prompt);
        let reminded = text(request.messages.last().unwrap()).contains(&level.reminder);
        let knows = told && (turn < MEMORY || reminded);
        let lines: Vec<&str> =
            if knows { level.lines().collect() } else { self.of.levels[0].lines().collect() };
        lines[turn % lines.len()].to_owned()
    }
}

#[async_trait]
impl ChatModel for Forgetful {
    fn name(&self) -> &str {
        "forgetful"
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        self.asked.lock().unwrap().push(request.clone());
        Ok(ChatReply {
            message: Message::text(Role::Assistant, self.says(request)),
            usage: Usage::default(),
            finish: Finish::Stop,
            cost_usd: None,
            attempts: 1,
        })
    }
}

fn domain() -> Arc<Domain> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/telecom");
    Arc::new(tau_packs::open_pack(&dir).unwrap())
}

/// A conversation of twenty turns with a forgetful customer, and what its model was asked.
async fn played(id: &str, anchor: Anchor) -> (Trajectory, Vec<ChatRequest>) {
    let domain = domain();
    let mix = TraitMix::new([(id, 3)]).unwrap();
    let task = domain.tasks[&Split::Test][0].clone();
    let spec = EpisodeSpec::new(task, Condition::new(mix.clone()), 0, 1);
    let of = TraitSet::shipped().get(id).unwrap().clone();
    let model = Arc::new(Forgetful { of, level: 3, asked: Mutex::default() });
    let voice = Prompted::new(Box::new(model.clone()), &mix, TraitSet::shipped(), anchor).unwrap();
    let customer =
        ModelCustomer::new(CustomerStrategy::Llm, Box::new(voice), &spec.task, &Wording::shipped())
            .unwrap();
    let agent = ScriptedModel::saying((0..TURNS).map(|turn| format!("And what about {turn}?")));
    let setup = AgentSetup::tool_calling(&domain);
    let players = Players { agent: &agent, setup: &setup, customer: &customer };
    let cancel = CancellationToken::new();
    let trajectory = play(domain.clone(), &spec, players, &Silent, &cancel).await.unwrap();
    let asked = model.asked.lock().unwrap().clone();
    (trajectory, asked)
}

/// The meter's level of each message of the customer, the mark of the end left out.
fn metered(id: &str, trajectory: &Trajectory) -> Vec<f64> {
    let markers = Markers::new(TraitSet::shipped().get(id).unwrap());
    let said: Vec<&str> = trajectory
        .messages
        .iter()
        .filter(|message| message.role == Role::User)
        .filter_map(Message::heard)
        .filter(|text| !text.contains(STOP_MARKER))
        .collect();
    (0..said.len()).map(|turn| markers.score(said[turn], &said[..turn]).level).collect()
}

/// Means of the first and of the last third of the turns.
fn early_and_late(levels: &[f64]) -> (f64, f64) {
    let third = levels.len() / 3;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    (mean(&levels[..third]), mean(&levels[levels.len() - third..]))
}

#[tokio::test]
async fn at_each_of_twenty_turns_the_model_is_reminded_and_the_meter_reads_what_it_said() {
    let (trajectory, asked) = played("impatience", Wording::shipped().anchor()).await;
    assert_eq!(trajectory.ending, Ending::CustomerStopped);
    assert_eq!(asked.len(), TURNS + 1);
    let strong = &TraitSet::shipped().get("impatience").unwrap().levels[3];
    for (turn, request) in asked.iter().enumerate() {
        let texts: Vec<&str> =
            request.messages.iter().map(|message| message.content.as_deref().unwrap()).collect();
        let (last, before) = texts.split_last().unwrap();
        assert!(last.contains(&strong.reminder), "turn {turn}: {last}");
        assert!(
            before[1..].iter().all(|text| !text.contains(&strong.reminder)),
            "turn {turn}: a note is of one turn and stays in no history"
        );
    }
    let in_transcript = |message: &Message| {
        message.content.as_deref().is_some_and(|text| text.contains(&strong.reminder))
    };
    assert!(!trajectory.messages.iter().any(in_transcript), "nobody else sees it");
    let levels = metered("impatience", &trajectory);
    assert_eq!(levels.len(), TURNS);
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    assert!((2.0..=4.0).contains(&mean), "asked for 3, read {mean:.2}: {levels:.1?}");
}

#[tokio::test]
async fn a_trait_that_is_told_once_fades_and_the_meter_says_so_and_reminded_it_stays() {
    for id in TraitSet::shipped().ids() {
        let (once, _) = played(id, Anchor::Once).await;
        let (reminded, _) = played(id, Wording::shipped().anchor()).await;
        let (early, late) = early_and_late(&metered(id, &once));
        assert!(late < early - 1.0, "{id}, told once: {early:.2} and later {late:.2}");
        let (early, late) = early_and_late(&metered(id, &reminded));
        assert!((late - early).abs() < 0.75, "{id}, reminded: {early:.2} and later {late:.2}");
    }
}
