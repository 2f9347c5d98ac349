//! The prompted voice: a language model that is told in words how its customer is.
//!
//! Told once, in the system prompt, a trait fades over a long conversation: the more was said since,
//! the less the model heeds it. So the voice says it again at each turn, in a marked note under the
//! other side's last message. The note is part of what is asked and not of the conversation: it is
//! made anew each time, and nobody else sees it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;
use tau_domain::{Message, Role, ToolSpec};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError};

use crate::{
    CustomerVoice, DoseCurve, LEVEL_NAMES, Level, Sampling, Strength, Trait, TraitMix, TraitSet,
    VoiceKind,
};

/// Most steps that rendering a note may take; ours takes about thirty.
const FUEL: u64 = 50_000;

/// Whether a customer is reminded of its traits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At each turn, by a note: a minijinja template of `traits`, a list of `{name, level, reminder}`.
    EachTurn(String),
    /// Only in the system prompt: as plans are played that were made before there were notes, rules of
    /// a trait and a cap, so that a conversation which is taken up again is still the same one.
    Once,
}

/// The note at each turn cannot be made of its template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the note that reminds a customer of its traits cannot be made: {0}")]
pub struct AnchorError(String);

/// A trait as a note names it.
#[derive(Serialize)]
struct Reminder<'a> {
    name: &'a str,
    level: &'static str,
    reminder: &'a str,
}

/// A trait of the mix and the stop at which it is played.
struct Played {
    definition: Trait,
    strength: Strength,
    stop: u8,
}

/// A language model that is told the traits of a mix.
pub struct Prompted {
    model: Box<dyn ChatModel>,
    traits: Vec<Played>,
    anchor: Anchor,
    note: Option<String>,
}

impl Prompted {
    /// `model` as a customer with `mix`, in the words of `set`. Traits that `set` does not have are
    /// left out; whether there are any is for [`TraitMix::check`] to say. A level between two stops
    /// is played at the nearer one.
    ///
    /// # Errors
    /// When the note cannot be made.
    pub fn new(
        model: Box<dyn ChatModel>,
        mix: &TraitMix,
        set: &TraitSet,
        anchor: Anchor,
    ) -> Result<Self, AnchorError> {
        let capped = match anchor {
            Anchor::EachTurn(_) => mix.capped().mix,
            Anchor::Once => mix.clone(),
        };
        let played = |(id, strength): (&str, Strength)| {
            let definition = set.get(id)?.without_pairs();
            Some(Played { definition, strength, stop: strength.stop_when_on() })
        };
        let traits = capped.strengths().filter_map(played).collect();
        Prompted { model, traits, anchor, note: None }.noted()
    }

    /// The same with what was measured of this model: a level is then played at the stop that shows
    /// its share of the trait's effect. A curve that does not rise all the way tells nothing and is
    /// left aside.
    ///
    /// # Errors
    /// When the note cannot be made.
    pub fn with_curves(mut self, curves: &[DoseCurve]) -> Result<Self, AnchorError> {
        for played in &mut self.traits {
            let curve = curves.iter().find(|curve| curve.trait_id == played.definition.id);
            if let Some(curve) = curve.filter(|curve| curve.monotone()) {
                let dial = curve.dial_for(played.strength.level()).clamp(0.0, 4.0);
                played.stop = Strength::new(dial).map_or(played.stop, |dial| dial.stop().max(1));
            }
        }
        self.noted()
    }

    /// The stops at which the traits are played, 1 to 4, by id.
    pub fn stops(&self) -> BTreeMap<&str, u8> {
        self.traits.iter().map(|played| (played.definition.id.as_str(), played.stop)).collect()
    }

    /// With the note that belongs to its stops.
    fn noted(mut self) -> Result<Self, AnchorError> {
        self.note = match &self.anchor {
            Anchor::EachTurn(template) if !self.traits.is_empty() => {
                Some(note(template, &self.traits)?)
            }
            _ => None,
        };
        Ok(self)
    }
}

impl Played {
    fn level(&self) -> Option<&Level> {
        self.definition.levels.get(usize::from(self.stop))
    }
}

/// The note of a turn.
fn note(template: &str, traits: &[Played]) -> Result<String, AnchorError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let traits: Vec<Reminder<'_>> = traits
        .iter()
        .filter_map(|played| {
            let level = played.level()?;
            Some(Reminder {
                name: &played.definition.name,
                level: LEVEL_NAMES[usize::from(played.stop)],
                reminder: level.reminded(),
            })
        })
        .collect();
    let note = environment
        .render_str(template, context! { traits })
        .map_err(|error| AnchorError(error.to_string()))?;
    Ok(note.trim().to_owned())
}

/// `history` with the note under what the other side said last.
fn anchored(mut history: Vec<Message>, note: &str) -> Vec<Message> {
    match history.last_mut() {
        Some(last) if last.role == Role::User => {
            let said = last.content.take().unwrap_or_default();
            last.content = Some(format!("{said}\n\n{note}"));
        }
        _ => history.push(Message::text(Role::User, note)),
    }
    history
}

#[async_trait]
impl CustomerVoice for Prompted {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn kind(&self) -> VoiceKind {
        VoiceKind::Prompted
    }

    /// The prompts of the levels, then what the customer must not do, each thing once.
    fn told(&self) -> Vec<String> {
        let levels = self.traits.iter().filter_map(Played::level);
        let mut told: Vec<String> = levels.map(|level| level.prompt.clone()).collect();
        if matches!(self.anchor, Anchor::EachTurn(_)) {
            for rule in self.traits.iter().flat_map(|played| &played.definition.must_not) {
                if !told.contains(rule) {
                    told.push(rule.clone());
                }
            }
        }
        told
    }

    async fn say(
        &self,
        history: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.act(history, &[], sampling).await
    }

    /// The note stands under what the other side said; after a tool's result it is a message of its own.
    async fn act(
        &self,
        history: Vec<Message>,
        tools: &[ToolSpec],
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        let history = match &self.note {
            Some(note) => anchored(history, note),
            None => history,
        };
        let request = ChatRequest { tools: tools.to_vec(), ..sampling.request(history) };
        self.model.chat(&request).await
    }

    async fn ask(
        &self,
        messages: Vec<Message>,
        sampling: Sampling,
    ) -> Result<ChatReply, ModelError> {
        self.model.chat(&sampling.request(messages)).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::{DosePoint, EffectUnit};
    use tau_domain::Usage;
    use tau_llm::Finish;

    const NOTE: &str = "[{% for each in traits %}{{ each.name }} {{ each.level }}: {{ each.reminder }};{% endfor %}]\n";

    #[derive(Clone, Default)]
    struct Listener(Arc<Mutex<Vec<ChatRequest>>>);

    #[async_trait]
    impl ChatModel for Listener {
        fn name(&self) -> &str {
            "listener"
        }

        async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
            self.0.lock().unwrap().push(request.clone());
            Ok(ChatReply {
                message: Message::text(Role::Assistant, "Yes."),
                usage: Usage::default(),
                finish: Finish::Stop,
                cost_usd: None,
                attempts: 1,
            })
        }
    }

    fn set() -> TraitSet {
        let level = |value: u8| Level {
            value,
            prompt: format!("prompt {value}"),
            reminder: format!("reminder {value}"),
            ..Level::default()
        };
        let made = |id: &str, name: &str| Trait {
            id: id.into(),
            name: name.into(),
            must_not: vec!["Never make things up.".into(), format!("Never forget {id}.")],
            levels: (0..5).map(level).collect(),
            ..Trait::default()
        };
        TraitSet::with_own(vec![made("zeal", "Zeal"), made("awe", "Awe")]).unwrap()
    }

    fn voice(mix: &[(&str, f64)], anchor: Anchor) -> (Prompted, Listener) {
        let listener = Listener::default();
        let mix = TraitMix::new(mix.iter().copied()).unwrap();
        (Prompted::new(Box::new(listener.clone()), &mix, &set(), anchor).unwrap(), listener)
    }

    fn history() -> Vec<Message> {
        vec![Message::text(Role::System, "s"), Message::text(Role::User, "Which order?")]
    }

    #[tokio::test]
    async fn each_turn_ends_in_a_note_and_a_question_out_of_the_role_does_not() {
        let each_turn = Anchor::EachTurn(NOTE.into());
        let (voice, listener) = voice(&[("zeal", 3.0), ("awe", 1.4)], each_turn);
        voice.say(history(), Sampling::default()).await.unwrap();
        voice.ask(history(), Sampling::default()).await.unwrap();
        let asked = listener.0.lock().unwrap();
        let last =
            |request: &ChatRequest| request.messages.last().unwrap().content.clone().unwrap();
        assert_eq!(
            last(&asked[0]),
            "Which order?\n\n[Awe Slight: reminder 1;Zeal Strong: reminder 3;]"
        );
        assert_eq!(last(&asked[1]), "Which order?");
        assert_eq!(asked[0].messages[0].content.as_deref(), Some("s"));
    }

    #[tokio::test]
    async fn without_traits_and_in_plans_from_before_nothing_is_added() {
        let nobody = voice(&[("zeal", 0.0)], Anchor::EachTurn(NOTE.into()));
        let before = voice(&[("zeal", 3.0)], Anchor::Once);
        for (voice, listener) in [&nobody, &before] {
            voice.say(history(), Sampling::default()).await.unwrap();
            assert_eq!(listener.0.lock().unwrap()[0].messages, history());
        }
        assert!(nobody.0.told().is_empty());
        assert_eq!(before.0.told(), ["prompt 3"]);
    }

    #[test]
    fn the_prompt_says_the_level_and_each_rule_once() {
        let (voice, _) = voice(&[("zeal", 2.5), ("awe", 4.0)], Anchor::EachTurn(NOTE.into()));
        assert_eq!(
            voice.told(),
            [
                "prompt 4",
                "prompt 3",
                "Never make things up.",
                "Never forget awe.",
                "Never forget zeal.",
            ]
        );
    }

    #[test]
    fn what_was_measured_of_a_model_moves_its_stops() {
        let point = |dial: f64, effect: f64| DosePoint {
            level: dial,
            dial,
            effect,
            low: effect,
            high: effect,
            n: 8,
            damage: None,
        };
        // Half of the effect is there at the first stop already.
        let curve = |effects: [f64; 5]| DoseCurve {
            voice: "listener".into(),
            trait_id: "zeal".into(),
            unit: EffectUnit::Markers,
            points: (0..5u8).map(|n| point(f64::from(n), effects[usize::from(n)])).collect(),
            made_at: String::new(),
        };
        let zeal = || voice(&[("zeal", 2.0)], Anchor::EachTurn(NOTE.into())).0;
        assert_eq!(zeal().stops()["zeal"], 2);
        let early = zeal().with_curves(&[curve([0.0, 2.0, 2.8, 3.4, 4.0])]).unwrap();
        assert_eq!(early.stops()["zeal"], 1);
        assert_eq!(early.told()[0], "prompt 1");
        let broken = zeal().with_curves(&[curve([0.0, 2.0, 1.0, 3.4, 4.0])]).unwrap();
        assert_eq!(broken.stops()["zeal"], 2, "a curve that falls tells nothing");
    }

    #[test]
    fn a_note_that_cannot_be_made_is_refused_before_anything_is_said() {
        let mix = TraitMix::new([("zeal", 1)]).unwrap();
        for template in
            ["{{ customers }}", "{% for x in traits %}", "{% for a in range(99999) %}{% endfor %}"]
        {
            let anchor = Anchor::EachTurn(template.into());
            let made = Prompted::new(Box::new(Listener::default()), &mix, &set(), anchor);
            assert!(made.is_err(), "{template}");
        }
    }
}
