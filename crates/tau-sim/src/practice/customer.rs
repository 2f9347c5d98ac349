//! The practice customer.

use async_trait::async_trait;
use tau_domain::{Message, Role, Task, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError};
use tau_traits::{TraitMix, TraitSet};

use super::account::PracticeSlip;
use super::facts::{Facts, facts_of};
use super::reading::{AND_ALSO, CORRECTION, Shape};
use super::sounds::Sounds;
use super::speech::{digits_swapped, in_pieces, opening, scrambled, wishes};
use super::{Chance, PRACTICE_CUSTOMER};
use crate::STOP_MARKER;

// How the traits act, by level 0 to 4. Levels change what is said, never the grade.

/// Messages of the agent that an impatient customer puts up with; one of three more by chance.
const PATIENCE: [usize; 5] = [usize::MAX, 9, 5, 3, 1];
/// Details that an impatient customer gives in one answer.
const DETAILS: [usize; 5] = [usize::MAX, 4, 2, 1, 1];
/// Probability that a confused customer gets a detail wrong the first time.
const MIXED_UP: [f64; 5] = [0.0, 0.08, 0.25, 0.45, 0.65];
/// Probability that it is right when asked again.
const RECOLLECTED: [f64; 5] = [1.0, 0.95, 0.75, 0.5, 0.25];
/// Probability that a confused customer loses the thread at a confirmation.
const LOST: [f64; 5] = [0.0, 0.05, 0.15, 0.35, 0.55];
/// Times that a sceptical customer asks what a detail is for; one more by chance.
const REASONS: [usize; 5] = [0, 0, 0, 1, 2];
/// Times that a sceptical customer asks for proof before confirming; one more by chance.
const PROOFS: [usize; 5] = [0, 0, 1, 2, 3];
/// Probability that a sceptical customer refuses in the end.
const REFUSAL: [f64; 5] = [0.0, 0.02, 0.1, 0.3, 0.6];
/// Probability that an incoherent customer's detail comes in pieces.
const IN_PIECES: [f64; 5] = [0.0, 0.06, 0.28, 0.52, 0.75];
/// Share of an incoherent customer's words that go astray.
const ASTRAY: [f64; 5] = [0.0, 0.08, 0.25, 0.5, 0.75];

/// A customer that answers from its task and lives its traits: four of them in what it does, others in
/// how it sounds ([`PracticeCustomer::with_traits`]). See the module's text.
#[derive(Debug)]
pub struct PracticeCustomer {
    instruction: String,
    facts: Facts,
    chance: Chance,
    impatience: usize,
    confusion: usize,
    scepticism: usize,
    incoherence: usize,
    sounds: Sounds,
}

impl PracticeCustomer {
    /// The traits that it lives. Of any other trait it says lines of the level, so that the trait can
    /// be heard and measured, and is otherwise as ever: no such line costs a conversation its grade.
    pub const TRAITS: [&str; 4] = ["impatience", "confusion", "skeptical", "incoherence"];

    /// The customer of one conversation about `task`, with `mix`.
    pub fn new(task: &Task, mix: &TraitMix, seed: u64) -> Self {
        let level = |id: &str| usize::from(mix.strength(id).stop_when_on());
        PracticeCustomer {
            instruction: task.instruction.clone(),
            facts: facts_of(task),
            chance: Chance(seed),
            impatience: level("impatience"),
            confusion: level("confusion"),
            scepticism: level("skeptical"),
            incoherence: level("incoherence"),
            sounds: Sounds::of(mix, TraitSet::shipped()),
        }
    }

    /// The same with the lines of these traits, a person's own among them.
    pub fn with_traits(mut self, mix: &TraitMix, set: &TraitSet) -> Self {
        self.sounds = Sounds::of(mix, set);
        self
    }

    /// What is said after the agent has said all of `heard`.
    fn say(&self, heard: &[&str]) -> String {
        let said = self.speak(heard, &mut Vec::new());
        let answers = heard.last().is_some_and(|last| asks_to_confirm(&last.to_lowercase()));
        self.sounds.coloured(said, answers, self.chance, heard.len())
    }

    /// The first message.
    #[cfg(test)]
    pub(super) fn say_first(&self) -> String {
        self.say(&[])
    }

    /// The same as [`PracticeCustomer::say`] without lines, noting what the traits did to it.
    pub(super) fn speak(&self, heard: &[&str], slips: &mut Vec<PracticeSlip>) -> String {
        let turn = heard.len();
        let Some(last) = heard.last() else {
            let first = opening(&self.instruction);
            let first = match self.impatience {
                0 | 1 => format!("Hello. {first}"),
                2 => format!("{first} Quickly, please."),
                _ => format!("{first} And do it now, I have no time for this."),
            };
            return self.astray(&first, turn, slips);
        };
        let lower = last.to_lowercase();
        if lower.contains("anything else") || lower.contains("goodbye") {
            return STOP_MARKER.to_owned();
        }
        if self.has_had_enough(heard) {
            slips.push(PracticeSlip::Left);
            return format!("This is taking far too long. Forget it, I am leaving. {STOP_MARKER}");
        }
        if asks_to_confirm(&lower) {
            return self.confirm(heard, slips);
        }
        let labels = self.asked_for(&lower);
        if !labels.is_empty() {
            return self.answer(&labels, heard, slips);
        }
        if lower.contains('?')
            && (lower.contains("details") || lower.contains("number") || lower.contains("e-mail"))
            && !lower.contains("what exactly")
        {
            return "I do not have anything else at hand.".to_owned();
        }
        let told = wishes(&self.instruction).join(" ");
        self.astray(&told, turn, slips)
    }

    /// A wish as an incoherent customer puts it.
    fn astray(&self, wish: &str, turn: usize, slips: &mut Vec<PracticeSlip>) -> String {
        let said = scrambled(wish, ASTRAY[self.incoherence], self.chance, turn);
        if said != wish {
            slips.push(PracticeSlip::GarbledWish);
        }
        said
    }

    /// Whether an impatient customer leaves now. Long questions count twice.
    fn has_had_enough(&self, heard: &[&str]) -> bool {
        let spent: usize = heard
            .iter()
            .map(|text| 1 + usize::from(self.asked_for(&text.to_lowercase()).len() > 2))
            .sum();
        let spare = self.chance.pick("patience", 3);
        spent > PATIENCE[self.impatience].saturating_add(spare)
    }

    fn confirm(&self, heard: &[&str], slips: &mut Vec<PracticeSlip>) -> String {
        let turn = heard.len();
        let asked = heard.iter().filter(|text| asks_to_confirm(&text.to_lowercase())).count();
        if let Some(correction) = self.correction(heard, asked) {
            return correction;
        }
        if self.chance.happens(&format!("lost {turn}"), LOST[self.confusion]) {
            slips.push(PracticeSlip::LostTheThread);
            return "Wait, I lost you there. What is this about now?".to_owned();
        }
        let spare = usize::from(self.scepticism > 0 && self.chance.happens("proof", 0.5));
        if asked <= PROOFS[self.scepticism] + spare {
            const DOUBTS: [&str; 3] = [
                "Why should I agree to that? Where does your policy say so?",
                "Are you sure? Last time I was told something else. How do you know?",
                "And what proof do I have that this is right?",
            ];
            if self.scepticism > 0 {
                slips.push(PracticeSlip::Doubted);
                return DOUBTS[(asked - 1) % DOUBTS.len()].to_owned();
            }
        }
        if self.chance.happens("refusal", REFUSAL[self.scepticism]) {
            slips.push(PracticeSlip::Refused);
            return "No, I do not believe you. Leave everything as it is.".to_owned();
        }
        if self.chance.happens(&format!("unclear {turn}"), IN_PIECES[self.incoherence] * 0.8) {
            slips.push(PracticeSlip::UnclearAnswer);
            return scrambled(
                "well the thing is maybe tomorrow or the blue one",
                0.6,
                self.chance,
                turn,
            );
        }
        match self.impatience {
            0 | 1 => "Yes, please go ahead.".to_owned(),
            2 => "Yes, go ahead.".to_owned(),
            _ => "Yes, just do it already!".to_owned(),
        }
    }

    /// A confused customer notices, at the latest now, that something was wrong.
    fn correction(&self, heard: &[&str], asked: usize) -> Option<String> {
        if self.confusion == 0 || asked != 1 {
            return None;
        }
        let wrong: Vec<String> = self
            .facts
            .iter()
            .filter(|(label, _)| {
                let times = self.times_asked(label, heard);
                times > 0 && self.mixes_up(label, times)
            })
            .filter(|(label, _)| {
                self.chance.happens(&format!("notice {label}"), RECOLLECTED[self.confusion])
            })
            .map(|(label, values)| format!("{}: {}", capitalised(label), values.join(AND_ALSO)))
            .collect();
        (!wrong.is_empty()).then(|| format!("Wait, sorry, {CORRECTION}. {}", wrong.join("; ")))
    }

    /// The labels that the agent asks for, in the order in which they stand in its text.
    fn asked_for(&self, lower: &str) -> Vec<&str> {
        if !(lower.contains('?') || lower.contains("please") || lower.contains("provide")) {
            return Vec::new();
        }
        let plain = lower.replace("e-mail", "email");
        let mut found: Vec<(usize, &str)> = self
            .facts
            .keys()
            .filter_map(|label| {
                let whole = plain.find(label.as_str());
                let parts = || {
                    let mut places = label
                        .split(' ')
                        .filter(|word| !["number", "numbers"].contains(word))
                        .map(|word| plain.find(word));
                    let first = places.next()??;
                    places.all(|place| place.is_some()).then_some(first)
                };
                Some((whole.or_else(parts)?, label.as_str()))
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, label)| label).collect()
    }

    fn times_asked(&self, label: &str, heard: &[&str]) -> usize {
        heard.iter().filter(|text| self.asked_for(&text.to_lowercase()).contains(&label)).count()
    }

    /// Whether a confused customer gets this wrong when asked for it the `times`-th time.
    fn mixes_up(&self, label: &str, times: usize) -> bool {
        self.chance.happens(&format!("mix {label}"), MIXED_UP[self.confusion])
            && (2..=times).all(|again| {
                !self
                    .chance
                    .happens(&format!("recollect {label} {again}"), RECOLLECTED[self.confusion])
            })
    }

    fn answer(&self, labels: &[&str], heard: &[&str], slips: &mut Vec<PracticeSlip>) -> String {
        let turn = heard.len();
        let questions =
            heard.iter().filter(|text| !self.asked_for(&text.to_lowercase()).is_empty()).count();
        let spare = usize::from(self.scepticism > 1 && self.chance.happens("reason", 0.4));
        if self.scepticism > 0 && questions <= REASONS[self.scepticism] + spare {
            slips.push(PracticeSlip::Doubted);
            return "Why do you need that? How do I know this is safe with you?".to_owned();
        }
        let mut answers = Vec::new();
        for label in labels.iter().take(DETAILS[self.impatience]) {
            let times = self.times_asked(label, heard);
            answers.push(self.detail(label, times, turn, slips));
        }
        if labels.len() > DETAILS[self.impatience] {
            slips.push(PracticeSlip::HeldBack);
        }
        let answer = answers.join("; ");
        match self.impatience {
            0 | 1 => format!("Sure. {answer}"),
            2 => answer,
            _ => format!("{answer}. Now get on with it."),
        }
    }

    /// One detail, as this customer gives it.
    fn detail(
        &self,
        label: &str,
        times: usize,
        turn: usize,
        slips: &mut Vec<PracticeSlip>,
    ) -> String {
        let values = &self.facts[label];
        let what = format!("{label} {turn}");
        let told: Vec<String> = values
            .iter()
            .map(|value| {
                let value = if self.mixes_up(label, times) {
                    match digits_swapped(value, self.chance, &what)
                        .or_else(|| self.lookalike(value))
                    {
                        Some(other) => {
                            slips.push(PracticeSlip::WrongDetail(label.to_owned()));
                            other
                        }
                        None => {
                            slips.push(PracticeSlip::Forgot(label.to_owned()));
                            return String::new();
                        }
                    }
                } else {
                    value.clone()
                };
                if self.chance.happens(&format!("pieces {what}"), IN_PIECES[self.incoherence]) {
                    slips.push(PracticeSlip::GarbledDetail(label.to_owned()));
                    in_pieces(&value, self.chance, &what)
                } else {
                    value
                }
            })
            .collect();
        if told.iter().any(String::is_empty) {
            return format!("I cannot remember the {label} right now");
        }
        // An answer in pieces has lost its heading too.
        if told == *values
            || self.incoherence == 0
            || self.chance.happens(&format!("heading {what}"), 0.2)
        {
            format!("{}: {}", capitalised(label), told.join(AND_ALSO))
        } else {
            format!("it was {}", told.join(" or "))
        }
    }

    /// Another value of the task that looks the same.
    fn lookalike(&self, value: &str) -> Option<String> {
        let shape = Shape::of(value);
        self.facts
            .values()
            .flatten()
            .find(|other| *other != value && Shape::of(other) == shape)
            .cloned()
    }
}

fn asks_to_confirm(lower: &str) -> bool {
    lower.contains('?')
        && ["go ahead", "confirm", "proceed", "(yes/no)", "do you agree"]
            .iter()
            .any(|words| lower.contains(words))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[async_trait]
impl ChatModel for PracticeCustomer {
    fn name(&self) -> &str {
        PRACTICE_CUSTOMER
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        // The customer's view: the first message of the other side is the greeting.
        let heard: Vec<&str> = request
            .messages
            .iter()
            .filter(|message| message.role == Role::User)
            .skip(1)
            .filter_map(|message| message.content.as_deref())
            .collect();
        Ok(ChatReply {
            message: Message::text(Role::Assistant, self.say(&heard)),
            usage: Usage::default(),
            finish: Finish::Stop,
            cost_usd: Some(0.0),
            attempts: 1,
        })
    }
}
