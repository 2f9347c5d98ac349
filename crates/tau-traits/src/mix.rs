//! Mixes of traits and the conditions of a run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{HIGHEST_LEVEL, all_traits, trait_by_id};

/// The id of the condition without any trait.
pub const BASELINE: &str = "baseline";

/// What cannot be a mix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MixError {
    /// There is no such trait.
    #[error("there is no trait `{0}`; the traits are {list}", list = trait_list())]
    UnknownTrait(String),
    /// There is no such level.
    #[error("the levels of `{id}` go from 0 to {HIGHEST_LEVEL}, so {level} is none of them")]
    UnknownLevel {
        /// The trait's id.
        id: String,
        /// What was asked for.
        level: i64,
    },
}

fn trait_list() -> String {
    let ids: Vec<&str> = all_traits().iter().map(|each| each.id.as_str()).collect();
    ids.join(", ")
}

/// A level for each of some traits. Traits that are not in it are off.
///
/// A level of 0 says off in so many words: it means the same, but it is kept, so that a `trait_dict`
/// taken from a command line reaches a steer service as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, i64>", into = "BTreeMap<String, u8>")]
pub struct TraitMix(BTreeMap<String, u8>);

impl TraitMix {
    /// A mix of these levels.
    ///
    /// # Errors
    /// When a trait or a level does not exist.
    pub fn new<I, S>(levels: I) -> Result<Self, MixError>
    where
        I: IntoIterator<Item = (S, i64)>,
        S: Into<String>,
    {
        let mut mix = BTreeMap::new();
        for (id, level) in levels {
            let id = id.into();
            if trait_by_id(&id).is_none() {
                return Err(MixError::UnknownTrait(id));
            }
            match u8::try_from(level) {
                Ok(value) if value <= HIGHEST_LEVEL => mix.insert(id, value),
                _ => return Err(MixError::UnknownLevel { id, level }),
            };
        }
        Ok(TraitMix(mix))
    }

    /// The level of a trait; 0 when it is off.
    pub fn level(&self, id: &str) -> u8 {
        self.0.get(id).copied().unwrap_or(0)
    }

    /// The traits that are on, in the order in which traits are shown, with their levels.
    pub fn active(&self) -> impl Iterator<Item = (&'static crate::Trait, u8)> + '_ {
        all_traits().iter().filter_map(|each| {
            let level = self.level(&each.id);
            (level > 0).then_some((each, level))
        })
    }

    /// Whether no trait is on.
    pub fn is_baseline(&self) -> bool {
        self.active().next().is_none()
    }

    /// What a person reads, for instance `Impatience: Strong` or `Baseline`.
    pub fn label(&self) -> String {
        let parts: Vec<String> = self
            .active()
            .map(|(each, level)| format!("{}: {}", each.name, each.levels[usize::from(level)].name))
            .collect();
        if parts.is_empty() { "Baseline".to_owned() } else { parts.join(" + ") }
    }

    /// A stable id, for instance `impatience-3` or `impatience-3+skeptical-1`; `baseline` without
    /// any trait. Mixes with the same effect have the same id.
    pub fn id(&self) -> String {
        let parts: Vec<String> =
            self.active().map(|(each, level)| format!("{}-{level}", each.id)).collect();
        if parts.is_empty() { BASELINE.to_owned() } else { parts.join("+") }
    }

    /// What goes over the steer protocol as `trait_dict`.
    ///
    /// The number of the level is the number on the wire, as in the package tau-trait, where 0 says
    /// that a trait is not wanted and larger numbers say how much of it is. (A later version of the
    /// hosted service names 0, 1 and 2 low, medium and high and clips there; it leaves traits out
    /// that are off, as this mix does.)
    pub fn trait_dict(&self) -> &BTreeMap<String, u8> {
        &self.0
    }

    /// What a language model is told that plays this customer, one text for each trait that is on.
    pub fn prompt_texts(&self) -> Vec<&'static str> {
        self.active().map(|(each, level)| each.levels[usize::from(level)].prompt.as_str()).collect()
    }
}

impl TryFrom<BTreeMap<String, i64>> for TraitMix {
    type Error = MixError;

    fn try_from(levels: BTreeMap<String, i64>) -> Result<Self, MixError> {
        TraitMix::new(levels)
    }
}

impl From<TraitMix> for BTreeMap<String, u8> {
    fn from(mix: TraitMix) -> Self {
        mix.0
    }
}

/// One condition of a run: the customers that all its conversations are with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    /// Unique within a run; `baseline` for the condition without traits.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// The customer's traits.
    pub mix: TraitMix,
}

impl Condition {
    /// The condition without any trait, which every run has.
    pub fn baseline() -> Self {
        Condition::new(TraitMix::default())
    }

    /// The condition of a mix, named after it.
    pub fn new(mix: TraitMix) -> Self {
        Condition { id: mix.id(), name: mix.label(), mix }
    }

    /// Whether it is the one without any trait.
    pub fn is_baseline(&self) -> bool {
        self.mix.is_baseline()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mix_is_named_by_what_is_on() {
        let mix = TraitMix::new([("skeptical", 1), ("impatience", 3), ("confusion", 0)]).unwrap();
        assert_eq!(mix.label(), "Impatience: Strong + Skepticism: Slight");
        assert_eq!(mix.id(), "impatience-3+skeptical-1");
        assert_eq!(mix.prompt_texts().len(), 2);
        assert!(!mix.is_baseline());
    }

    #[test]
    fn a_mix_of_zeros_is_the_baseline() {
        let mix = TraitMix::new([("impatience", 0)]).unwrap();
        let condition = Condition::new(mix);
        assert!(condition.is_baseline());
        assert_eq!((condition.id.as_str(), condition.name.as_str()), ("baseline", "Baseline"));
        assert_eq!(Condition::baseline().id, BASELINE);
    }

    #[test]
    fn a_trait_dict_reaches_the_wire_as_it_was_written() {
        let text = r#"{"confusion":0,"impatience":1}"#;
        let mix: TraitMix = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(mix.trait_dict()).unwrap(), text);
        assert_eq!(serde_json::to_string(&mix).unwrap(), text);
    }

    #[test]
    fn what_is_no_mix_is_refused_with_the_choices() {
        let unknown = TraitMix::new([("rudeness", 1)]).unwrap_err();
        assert!(unknown.to_string().contains("impatience, confusion, skeptical, incoherence"));
        assert!(TraitMix::new([("impatience", 5)]).is_err());
        assert!(serde_json::from_str::<TraitMix>(r#"{"impatience":-1}"#).is_err());
    }
}
