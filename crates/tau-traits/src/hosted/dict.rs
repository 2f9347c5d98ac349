//! `trait_dict`: traits and levels as configuration files, command lines and the wire write them.
//!
//! | here | the wire | words in files | numbers in tau-trait's files |
//! |---|---|---|---|
//! | Off | left out | `low` beside something stronger | 0 |
//! | Slight | `low` | `low` | |
//! | Clear | `medium` | `medium` | 1 |
//! | Strong | `high` | `high` | 2 |
//! | Extreme | `high` | | |
//!
//! The service's own levels are three (`low`, `medium`, `high`, in the SDK also 0, 1, 2) and none of
//! them is off: a trait that is not wanted is left out. tau-trait's configurations name all four traits
//! all the same, the one that is measured at `medium` or `high` (1 or 2) and the others at `low` (0),
//! and its results count such customers as having that one trait. So a level that is the lowest beside
//! a stronger one says "not this one", and `low` for itself is the lowest level of the trait.
//!
//! Our own files and command line count 0 to 4 ([`Numbers::Slider`]), tau-trait's files 0 to 2
//! ([`Numbers::Service`]); its command line takes the path of a file, so the two do not meet.

use serde_json::{Map, Value};

use crate::{Condition, HIGHEST_LEVEL, HostedLevel, MixError, Strength, TraitMix, TraitSet};

/// What a number in a `trait_dict` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// Our levels, 0 to 4.
    Slider,
    /// The service's, 0 to 2, as tau-trait's files and the SDK count them.
    Service,
}

/// Why something is no `trait_dict`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DictError {
    /// It is not an object.
    #[error("it is not an object with a level for each trait")]
    NoObject,
    /// A level is none.
    #[error(
        "`{level}` is no level of `{id}`: levels are low, medium and high, or numbers from 0 to {highest}"
    )]
    NoLevel {
        /// The trait.
        id: String,
        /// What was written.
        level: String,
        /// The highest number.
        highest: u8,
    },
    /// The levels make no mix.
    #[error(transparent)]
    Mix(#[from] MixError),
}

/// A `trait_dict` as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadDict {
    /// Our levels.
    pub mix: TraitMix,
    /// The same as it was written, where the service understands it as it is.
    pub trait_dict: Option<Map<String, Value>>,
}

impl ReadDict {
    /// The condition of these customers, named with the names of `set`.
    pub fn condition(self, set: &TraitSet) -> Condition {
        Condition { trait_dict: self.trait_dict, ..Condition::of(self.mix, set) }
    }
}

/// Reads a `trait_dict`, in which traits go by our ids or by the service's names. Numbers above the
/// service's can only be ours, so a file that has one counts in our levels altogether.
///
/// # Errors
/// When it is none, with what is wrong.
pub fn read_trait_dict(
    written: &Value,
    numbers: Numbers,
    set: &TraitSet,
) -> Result<ReadDict, DictError> {
    let Value::Object(written) = written else { return Err(DictError::NoObject) };
    let highest = f64::from(HostedLevel::High.number());
    let ours = numbers == Numbers::Slider
        || written.values().any(|level| number(level).is_some_and(|level| level > highest));
    let numbers = if ours { Numbers::Slider } else { Numbers::Service };
    let mut levels = Vec::new();
    for (name, level) in written {
        let read = read_level(level, numbers).ok_or_else(|| DictError::NoLevel {
            id: name.clone(),
            level: level.as_str().map_or_else(|| level.to_string(), str::to_owned),
            highest: if ours { HIGHEST_LEVEL } else { HostedLevel::High.number() },
        })?;
        levels.push((id_of(name, set), read));
    }
    let stronger =
        levels.iter().any(|(_, read)| matches!(read, Read::Level(level) if *level > 0.0));
    let mix = TraitMix::new(levels.into_iter().map(|(id, read)| {
        let level = match read {
            Read::Level(level) => level,
            Read::Low if stronger => 0.0,
            Read::Low => f64::from(HostedLevel::Low.level()),
        };
        (id, level)
    }))?;
    let in_words = written.values().all(|level| !level.is_number());
    let as_written = (!written.is_empty() && (in_words || !ours)).then(|| written.clone());
    Ok(ReadDict { mix, trait_dict: as_written })
}

/// What a steer service is sent for a condition: what was written, or the levels in its own words. A
/// trait goes by the name that the service knows it by.
pub fn wire_dict(condition: &Condition, set: &TraitSet) -> Map<String, Value> {
    if let Some(written) = &condition.trait_dict {
        return written.clone();
    }
    let sent = |(id, strength): (&str, Strength)| {
        let level = HostedLevel::of(strength)?;
        let hosted = set.get(id).and_then(|each| each.hosted.clone());
        Some((hosted.unwrap_or_else(|| id.to_owned()), Value::from(level.label())))
    };
    condition.mix.capped().mix.strengths().filter_map(sent).collect()
}

/// A level that a name or a file says in a word: `low`, `medium`, `high`, or one of our numbers. `low`
/// reads as Off, because a name has no others beside it to tell.
pub fn level_of_word(word: &str) -> Option<u8> {
    match HostedLevel::named(word) {
        Some(HostedLevel::Low) => Some(0),
        Some(level) => Some(level.level()),
        None => word.trim().parse().ok().filter(|level| *level <= HIGHEST_LEVEL),
    }
}

enum Read {
    Level(f64),
    /// The word `low`, which means one thing alone and another beside a stronger trait.
    Low,
}

fn number(level: &Value) -> Option<f64> {
    match level {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    }
}

fn read_level(level: &Value, numbers: Numbers) -> Option<Read> {
    if let Some(number) = number(level) {
        return match numbers {
            Numbers::Slider => Strength::new(number).map(|level| Read::Level(level.level())),
            Numbers::Service => HostedLevel::ALL
                .into_iter()
                .find(|hosted| f64::from(hosted.number()) == number)
                .map(|hosted| match hosted {
                    HostedLevel::Low => Read::Level(0.0),
                    other => Read::Level(f64::from(other.level())),
                }),
        };
    }
    match HostedLevel::named(level.as_str()?)? {
        HostedLevel::Low => Some(Read::Low),
        other => Some(Read::Level(f64::from(other.level()))),
    }
}

fn id_of(name: &str, set: &TraitSet) -> String {
    let hosted = || set.iter().find(|each| each.hosted.as_deref() == Some(name));
    match set.get(name).or_else(hosted) {
        Some(each) => each.id.clone(),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(written: Value, numbers: Numbers) -> Result<ReadDict, DictError> {
        read_trait_dict(&written, numbers, TraitSet::shipped())
    }

    fn label(written: Value, numbers: Numbers) -> String {
        read(written, numbers).unwrap().condition(TraitSet::shipped()).name
    }

    #[test]
    fn tau_traits_configurations_have_the_one_trait_that_they_measure() {
        let words = json!({"impatience": "high", "confusion": "low", "skeptical": "low", "incoherence": "low"});
        assert_eq!(label(words.clone(), Numbers::Service), "Impatience: Strong");
        assert_eq!(label(words, Numbers::Slider), "Impatience: Strong");
        let medium = json!({"impatience": "low", "confusion": "low", "skeptical": "Medium", "incoherence": "low"});
        assert_eq!(label(medium, Numbers::Service), "Skepticism: Clear");
        let numbers = json!({"impatience": 1, "confusion": 0, "skeptical": 2, "incoherence": 0});
        assert_eq!(label(numbers, Numbers::Service), "Impatience: Clear + Skepticism: Strong");
        let quoted = json!({"impatience": "1", "confusion": "0"});
        assert_eq!(label(quoted, Numbers::Service), "Impatience: Clear");
    }

    #[test]
    fn the_lowest_level_for_itself_is_slight_and_0_is_off() {
        assert_eq!(label(json!({"impatience": "low"}), Numbers::Service), "Impatience: Slight");
        assert_eq!(label(json!({"impatience": 0, "confusion": 0}), Numbers::Service), "Baseline");
        assert_eq!(label(json!({}), Numbers::Service), "Baseline");
    }

    #[test]
    fn our_own_numbers_are_the_slider() {
        let ours = json!({"impatience": 1, "skeptical": 3.5, "confusion": 0});
        assert_eq!(label(ours, Numbers::Slider), "Impatience: Slight + Skepticism: 3.5");
        // 3 cannot be the service's, so 1 is not either.
        let ours = json!({"impatience": 1, "skeptical": 3});
        assert_eq!(label(ours, Numbers::Service), "Impatience: Slight + Skepticism: Strong");
    }

    #[test]
    fn what_the_service_understands_goes_to_it_as_it_was_written() {
        let set = TraitSet::shipped();
        for written in [
            json!({"incoherence": "medium", "confusion": "low"}),
            json!({"confusion": 0, "impatience": 1}),
        ] {
            let condition = read(written.clone(), Numbers::Service).unwrap().condition(set);
            assert_eq!(Value::Object(wire_dict(&condition, set)), written);
        }
        let ours = read(json!({"confusion": 0, "impatience": 4}), Numbers::Slider).unwrap();
        let sent = wire_dict(&ours.condition(set), set);
        assert_eq!(Value::Object(sent), json!({"impatience": "high"}));
    }

    #[test]
    fn every_level_has_its_word_on_the_wire_and_off_has_none() {
        let set = TraitSet::shipped();
        let sent = |level: f64| {
            let mix = TraitMix::new([("skeptical", level)]).unwrap();
            wire_dict(&Condition::new(mix), set).get("skeptical").cloned()
        };
        let words: Vec<Option<Value>> = [0.0, 0.2, 1.0, 1.5, 2.0, 2.6, 3.0, 4.0].map(sent).into();
        let expected = [
            None,
            Some("low"),
            Some("low"),
            Some("medium"),
            Some("medium"),
            Some("high"),
            Some("high"),
            Some("high"),
        ];
        assert_eq!(words, expected.map(|word| word.map(Value::from)));
    }

    #[test]
    fn a_mix_beyond_the_cap_is_sent_as_it_is_played() {
        let set = TraitSet::shipped();
        let ids = ["impatience", "confusion", "skeptical", "incoherence"];
        let mix = TraitMix::new(ids.map(|id| (id, 4.0))).unwrap();
        let sent = wire_dict(&Condition::new(mix), set);
        assert_eq!(sent.len(), 4);
        assert!(sent.values().all(|level| level == "high"), "3 of 4 is still high: {sent:?}");
    }

    #[test]
    fn what_is_no_level_is_refused_with_the_choices() {
        for (written, numbers, part) in [
            (
                json!({"impatience": "often"}),
                Numbers::Slider,
                "`often` is no level of `impatience`",
            ),
            (json!({"impatience": [1]}), Numbers::Service, "numbers from 0 to 2"),
            (json!({"impatience": 1.5}), Numbers::Service, "numbers from 0 to 2"),
            (json!({"impatience": 5}), Numbers::Service, "numbers from 0 to 4"),
            (json!({"impatience": -1}), Numbers::Slider, "numbers from 0 to 4"),
            (json!({"impatience": null}), Numbers::Slider, "`null` is no level"),
            (json!(["impatience"]), Numbers::Slider, "not an object"),
            (json!({"Not An Id": 1}), Numbers::Slider, "cannot be the id"),
        ] {
            let why = read(written.clone(), numbers).unwrap_err().to_string();
            assert!(why.contains(part), "{written}: {why}");
        }
    }

    #[test]
    fn names_of_files_say_levels_in_the_same_words() {
        let read = ["low", "medium", "HIGH", "3", "5", "x"].map(level_of_word);
        assert_eq!(read, [Some(0), Some(2), Some(3), Some(3), None, None]);
    }
}
