//! Mixes of traits and the conditions of a run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::set::{name_of, place};
use crate::{HIGHEST_LEVEL, Strength, TraitSet};

/// The id of the condition without any trait.
pub const BASELINE: &str = "baseline";

/// The most that the traits of a mix may amount to together, as the length of the vector of their
/// levels. Beyond it a simulator of any kind loses the thread of its task, so that its failures would
/// say nothing about the agent: two traits at Extreme (5.7) are within, three are not.
pub const JOINT_CAP: f64 = 6.0;

/// Longest id of a trait.
const LONGEST_ID: usize = 40;

/// What cannot be a mix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MixError {
    /// There is no such trait.
    #[error("there is no trait `{id}`; the traits are {known}")]
    UnknownTrait {
        /// What was asked for.
        id: String,
        /// The ids that exist, separated by commas.
        known: String,
    },
    /// What cannot be the id of a trait, whichever traits there are.
    #[error(
        "`{0}` cannot be the id of a trait: ids are small letters, digits and dashes, begin with a letter and have at most 40 characters"
    )]
    NoId(String),
    /// There is no such level.
    #[error("the levels of `{id}` go from 0 to {HIGHEST_LEVEL}, so {level} is none of them")]
    UnknownLevel {
        /// The trait's id.
        id: String,
        /// What was asked for.
        level: String,
    },
}

/// Whether this can be the id of a trait: `[a-z][a-z0-9-]{0,39}`.
pub fn is_trait_id(id: &str) -> bool {
    id.len() <= LONGEST_ID
        && id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.chars().all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-')
}

/// A strength for each of some traits. Traits that are not in it are off.
///
/// Any id is taken: which traits there are is for [`TraitMix::check`] to say. A level of 0 says off in
/// so many words: it means the same, but it is kept, so that a `trait_dict` taken from a command line
/// reaches a steer service as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, f64>", into = "BTreeMap<String, Strength>")]
pub struct TraitMix(BTreeMap<String, Strength>);

/// A mix as a simulator plays it.
#[derive(Clone, Debug, PartialEq)]
pub struct Capped {
    /// The mix within [`JOINT_CAP`].
    pub mix: TraitMix,
    /// What all levels were multiplied by; 1 when the mix was within the cap.
    pub factor: f64,
}

impl Capped {
    /// Whether less is played than was asked for.
    pub fn is_less(&self) -> bool {
        self.factor < 1.0
    }
}

impl TraitMix {
    /// A mix of these levels, from 0 to 4.
    ///
    /// # Errors
    /// When something cannot be a trait's id, or a level is none.
    pub fn new<I, S, L>(levels: I) -> Result<Self, MixError>
    where
        I: IntoIterator<Item = (S, L)>,
        S: Into<String>,
        L: Into<f64>,
    {
        let mut mix = BTreeMap::new();
        for (id, level) in levels {
            let (id, level) = (id.into(), level.into());
            if !is_trait_id(&id) {
                return Err(MixError::NoId(id));
            }
            match Strength::new(level) {
                Some(strength) => mix.insert(id, strength),
                None => return Err(MixError::UnknownLevel { id, level: level.to_string() }),
            };
        }
        Ok(TraitMix(mix))
    }

    /// The same of whole levels.
    ///
    /// # Errors
    /// As [`TraitMix::new`].
    pub fn of_stops<I, S>(levels: I) -> Result<Self, MixError>
    where
        I: IntoIterator<Item = (S, i64)>,
        S: Into<String>,
    {
        // Beyond 2^53 a whole number is no level either way.
        TraitMix::new(levels.into_iter().map(|(id, level)| (id, level as f64)))
    }

    /// Whether all its traits exist.
    ///
    /// # Errors
    /// [`MixError::UnknownTrait`] with the first that does not.
    pub fn check(&self, set: &TraitSet) -> Result<(), MixError> {
        match self.0.keys().find(|id| set.get(id).is_none()) {
            None => Ok(()),
            Some(id) => Err(MixError::UnknownTrait {
                id: id.clone(),
                known: set.ids().collect::<Vec<_>>().join(", "),
            }),
        }
    }

    /// The level of a trait, 0.0 to 4.0; 0 when it is off.
    pub fn level(&self, id: &str) -> f64 {
        self.strength(id).level()
    }

    /// The same as it is kept.
    pub fn strength(&self, id: &str) -> Strength {
        self.0.get(id).copied().unwrap_or_default()
    }

    /// The traits that are on with their levels: the shipped ones in the order in which they are
    /// shown, then others by id.
    pub fn active(&self) -> impl Iterator<Item = (&str, f64)> {
        self.strengths().map(|(id, strength)| (id, strength.level()))
    }

    /// The same as they are kept.
    pub fn strengths(&self) -> impl Iterator<Item = (&str, Strength)> {
        let mut on: Vec<(&str, Strength)> = self
            .0
            .iter()
            .filter(|(_, strength)| strength.is_on())
            .map(|(id, strength)| (id.as_str(), *strength))
            .collect();
        on.sort_by(|(one, _), (other, _)| place(one).cmp(&place(other)));
        on.into_iter()
    }

    /// The trait that is on, when it is the only one, with its strength.
    pub fn single(&self) -> Option<(&str, Strength)> {
        let mut on = self.strengths();
        on.next().filter(|_| on.next().is_none())
    }

    /// Whether no trait is on.
    pub fn is_baseline(&self) -> bool {
        self.0.values().all(|strength| !strength.is_on())
    }

    /// What a person reads, for instance `Impatience: Strong` or `Baseline`.
    pub fn label(&self, set: &TraitSet) -> String {
        let parts: Vec<String> = self
            .strengths()
            .map(|(id, strength)| format!("{}: {}", name_of(id, set), strength.name()))
            .collect();
        if parts.is_empty() { "Baseline".to_owned() } else { parts.join(" + ") }
    }

    /// A stable id, for instance `impatience-3` or `impatience-3+skeptical-1.5`; `baseline` without
    /// any trait. Mixes with the same effect have the same id.
    pub fn id(&self) -> String {
        let parts: Vec<String> =
            self.strengths().map(|(id, strength)| format!("{id}-{strength}")).collect();
        if parts.is_empty() { BASELINE.to_owned() } else { parts.join("+") }
    }

    /// How much it is in all: the length of the vector of its levels.
    pub fn joint(&self) -> f64 {
        self.0.values().map(|strength| strength.level().powi(2)).sum::<f64>().sqrt()
    }

    /// The mix within [`JOINT_CAP`]: all levels times one factor, so that their proportions stay.
    pub fn capped(&self) -> Capped {
        let joint = self.joint();
        if joint <= JOINT_CAP {
            return Capped { mix: self.clone(), factor: 1.0 };
        }
        let factor = JOINT_CAP / joint;
        let less =
            |strength: &Strength| Strength::new(strength.level() * factor).unwrap_or(Strength::OFF);
        let mix = self.0.iter().map(|(id, strength)| (id.clone(), less(strength))).collect();
        Capped { mix: TraitMix(mix), factor }
    }

    /// The levels as numbers, those that say off among them: what result files and the steer
    /// protocol call `trait_dict`.
    ///
    /// The number of the level is the number on the wire, as in the package tau-trait, where 0 says
    /// that a trait is not wanted and larger numbers say how much of it is.
    pub fn trait_dict(&self) -> &BTreeMap<String, Strength> {
        &self.0
    }
}

impl TryFrom<BTreeMap<String, f64>> for TraitMix {
    type Error = MixError;

    fn try_from(levels: BTreeMap<String, f64>) -> Result<Self, MixError> {
        TraitMix::new(levels)
    }
}

impl From<TraitMix> for BTreeMap<String, Strength> {
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
    /// The traits as a configuration file or a command line wrote them, where one did; a steer
    /// service gets them unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trait_dict: Option<Map<String, Value>>,
}

impl Condition {
    /// The condition without any trait, which every run has.
    pub fn baseline() -> Self {
        Condition::new(TraitMix::default())
    }

    /// The condition of a mix of shipped traits, named after it.
    pub fn new(mix: TraitMix) -> Self {
        Condition::of(mix, TraitSet::shipped())
    }

    /// The condition of a mix, named after it with the names of `set`.
    pub fn of(mix: TraitMix, set: &TraitSet) -> Self {
        Condition { id: mix.id(), name: mix.label(set), mix, trait_dict: None }
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
        assert_eq!(mix.label(TraitSet::shipped()), "Impatience: Strong + Skepticism: Slight");
        assert_eq!(mix.id(), "impatience-3+skeptical-1");
        assert!(!mix.is_baseline());
        let between = TraitMix::new([("skeptical", 1.5), ("my-own", 2.25)]).unwrap();
        assert_eq!(between.id(), "skeptical-1.5+my-own-2.25");
        assert_eq!(between.label(TraitSet::shipped()), "Skepticism: 1.5 + My own: 2.25");
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
        let text = r#"{"confusion":0,"impatience":1,"skeptical":2.5}"#;
        let mix: TraitMix = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(mix.trait_dict()).unwrap(), text);
        assert_eq!(serde_json::to_string(&mix).unwrap(), text);
    }

    #[test]
    fn conditions_stored_before_read_as_they_were() {
        let stored = r#"{"id":"impatience-3","name":"Impatience: Strong","mix":{"impatience":3}}"#;
        let read: Condition = serde_json::from_str(stored).unwrap();
        assert_eq!(read, Condition::new(TraitMix::new([("impatience", 3)]).unwrap()));
        assert_eq!(serde_json::to_string(&read).unwrap(), stored);
    }

    #[test]
    fn what_is_no_mix_is_refused_with_the_choices() {
        let rude = TraitMix::new([("rudeness", 1)]).unwrap();
        let error = rude.check(TraitSet::shipped()).unwrap_err();
        assert!(error.to_string().contains("impatience, confusion, skeptical, incoherence"));
        for id in ["", "Rude", "9to5", "a b", "a+b", &"a".repeat(41)] {
            assert_eq!(TraitMix::new([(id, 1)]), Err(MixError::NoId(id.to_owned())));
        }
        assert!(TraitMix::new([("impatience", 5)]).is_err());
        assert!(serde_json::from_str::<TraitMix>(r#"{"impatience":-1}"#).is_err());
    }

    #[test]
    fn too_much_at_once_is_scaled_down_and_keeps_its_proportions() {
        let pair = TraitMix::new([("impatience", 4), ("skeptical", 4)]).unwrap();
        assert_eq!(pair.capped(), Capped { mix: pair.clone(), factor: 1.0 });
        let all = TraitMix::new([
            ("impatience", 4),
            ("skeptical", 4),
            ("confusion", 4),
            ("incoherence", 2),
        ])
        .unwrap();
        let capped = all.capped();
        assert!(capped.is_less() && (capped.factor - 6.0 / 52.0f64.sqrt()).abs() < 1e-12);
        assert!((capped.mix.joint() - JOINT_CAP).abs() < 0.02);
        let share = capped.mix.level("incoherence") / capped.mix.level("impatience");
        assert!((share - 0.5).abs() < 0.01, "{share}");
    }
}
