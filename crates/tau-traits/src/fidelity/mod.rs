//! Whether a customer shows its traits: what the meters read on each of its messages.
//!
//! A reading is a level on the scale of the slider, 0 (Off) to 4 (Extreme), whoever reads it. Three
//! can: markers that are counted in the text, which every message has; the projection on a local
//! model's directions, where a local voice stored one; and a judging model, where a person had it
//! asked. What becomes of the readings, the figures, is `tau-report`'s.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tau_domain::{Message, Role};

/// Who reads a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeterSource {
    /// Words and behaviour counted in the text.
    Markers,
    /// Projection of the message on the trait's direction in a local model.
    Basis,
    /// A judging model that saw the message alone.
    Judge,
}

impl MeterSource {
    /// All, in the order in which they are shown.
    pub const ALL: [MeterSource; 3] =
        [MeterSource::Markers, MeterSource::Basis, MeterSource::Judge];

    /// Its name in the store.
    pub fn name(self) -> &'static str {
        match self {
            MeterSource::Markers => "markers",
            MeterSource::Basis => "basis",
            MeterSource::Judge => "judge",
        }
    }

    /// The source of this name.
    pub fn of(name: &str) -> Option<MeterSource> {
        MeterSource::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// How much of a trait one message of a customer shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeterReading {
    /// Index of the message in its conversation.
    pub message: u32,
    /// The trait's id.
    #[serde(rename = "trait")]
    pub trait_id: String,
    /// 0 (Off) to 4 (Extreme).
    pub level: f64,
}

/// SHA-256, in hex, of some definitions: with it a stored reading can be told from one that would be
/// made today.
pub fn fingerprint(definitions: &[String]) -> String {
    let mut hash = Sha256::new();
    for text in definitions {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hex::encode(hash.finalize())
}

/// One message of a customer, as the agent heard it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Index of the message in its conversation.
    pub message: u32,
    /// The words, without the marker that ends a conversation.
    pub text: String,
}

/// What a customer said, message by message. A message without words (one that only ends the
/// conversation, say) shows no trait and is left out. `marker` is what simulated customers end a
/// conversation with.
pub fn spoken(messages: &[Message], marker: &str) -> Vec<Spoken> {
    let customers = messages.iter().enumerate().filter(|(_, each)| each.role == Role::User);
    customers
        .filter_map(|(at, message)| {
            let text = message.heard()?.replace(marker, "").trim().to_owned();
            (!text.is_empty()).then_some(Spoken { message: at as u32, text })
        })
        .collect()
}

/// Reads every message of a customer with one meter: `level` is given the message and the customer's
/// earlier ones, since repeating oneself is a trait too.
pub fn read(
    spoken: &[Spoken],
    trait_id: &str,
    level: impl Fn(&str, &[&str]) -> f64,
) -> Vec<MeterReading> {
    let texts: Vec<&str> = spoken.iter().map(|each| each.text.as_str()).collect();
    spoken
        .iter()
        .enumerate()
        .map(|(at, each)| MeterReading {
            message: each.message,
            trait_id: trait_id.to_owned(),
            level: level(&each.text, &texts[..at]),
        })
        .collect()
}

/// A third of a conversation, by the customer's messages. What customers say at the start (what they
/// want) and at the end (thanks) differs by itself, so messages are compared with messages of the same
/// third.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Third {
    /// The first.
    Early,
    /// The second.
    Middle,
    /// The last.
    Late,
}

impl Third {
    /// The third of the `at`-th of `count` messages, from 0. With one message everything is early; with
    /// two the second is late.
    pub fn of(at: usize, count: usize) -> Third {
        if count == 2 && at == 1 {
            return Third::Late;
        }
        match 3 * at / count.max(1) {
            0 => Third::Early,
            1 => Third::Middle,
            _ => Third::Late,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_ends_a_conversation_is_not_metered() {
        let messages = [
            Message::text(Role::System, "policy"),
            Message::text(Role::User, "Hello"),
            Message::text(Role::Assistant, "Hi"),
            Message::text(Role::User, "Bye. ###STOP###"),
            Message::text(Role::User, "###STOP###"),
        ];
        let said = spoken(&messages, "###STOP###");
        let texts: Vec<(u32, &str)> =
            said.iter().map(|each| (each.message, each.text.as_str())).collect();
        assert_eq!(texts, [(1, "Hello"), (3, "Bye.")]);
    }

    #[test]
    fn a_meter_is_given_the_customers_earlier_words() {
        let said: Vec<Spoken> =
            (0..3).map(|at| Spoken { message: 2 * at, text: format!("m{at}") }).collect();
        let read = read(&said, "impatience", |_, earlier| earlier.len() as f64);
        let levels: Vec<f64> = read.iter().map(|each| each.level).collect();
        assert_eq!(levels, [0.0, 1.0, 2.0]);
        assert_eq!((read[2].message, read[2].trait_id.as_str()), (4, "impatience"));
    }

    #[test]
    fn a_conversation_has_three_thirds_whatever_its_length() {
        let of = |count| (0..count).map(|at| Third::of(at, count)).collect::<Vec<_>>();
        use Third::{Early, Late, Middle};
        assert_eq!(of(1), [Early]);
        assert_eq!(of(2), [Early, Late]);
        assert_eq!(of(3), [Early, Middle, Late]);
        assert_eq!(of(7), [Early, Early, Early, Middle, Middle, Late, Late]);
    }
}
