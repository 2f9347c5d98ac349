//! The traits there are: the shipped ones and a person's own.

use std::sync::LazyLock;

use crate::{Trait, TraitMix, read_trait};

/// The ids of the shipped traits in the order in which they are shown. It is also the order in which
/// a mix is named, so that ids of stored conditions stay what they are: new ones go to the end.
pub const SHIPPED_IDS: [&str; 12] = [
    "impatience",
    "confusion",
    "skeptical",
    "incoherence",
    "impoliteness",
    "verbosity",
    "distraction",
    "anxiety",
    "haggling",
    "language-learner",
    "tech-averse",
    "oversharing",
];

/// The files of the shipped traits.
const FILES: [&str; SHIPPED_IDS.len()] = [
    include_str!("../../../data/traits/impatience.toml"),
    include_str!("../../../data/traits/confusion.toml"),
    include_str!("../../../data/traits/skeptical.toml"),
    include_str!("../../../data/traits/incoherence.toml"),
    include_str!("../../../data/traits/impoliteness.toml"),
    include_str!("../../../data/traits/verbosity.toml"),
    include_str!("../../../data/traits/distraction.toml"),
    include_str!("../../../data/traits/anxiety.toml"),
    include_str!("../../../data/traits/haggling.toml"),
    include_str!("../../../data/traits/language-learner.toml"),
    include_str!("../../../data/traits/tech-averse.toml"),
    include_str!("../../../data/traits/oversharing.toml"),
];

static SHIPPED: LazyLock<TraitSet> = LazyLock::new(|| TraitSet {
    // The files are part of the program; a test below reads each of them.
    traits: FILES.into_iter().map(|text| read_trait(text).expect("a trait file of ours")).collect(),
});

/// Why traits cannot be used together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TraitSetError {
    /// A trait of a person's own has the id of a shipped one.
    #[error(
        "the trait `{0}` comes with the app and cannot be replaced. Give your own another id, for instance `my-{0}`"
    )]
    Shipped(String),
    /// Two traits of a person's own have the same id.
    #[error("there are two traits with the id `{0}`. Give one of them another id")]
    Twice(String),
}

/// Traits by id, in the order in which they are shown: the shipped ones, then others by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraitSet {
    traits: Vec<Trait>,
}

impl TraitSet {
    /// The traits that come with the product.
    pub fn shipped() -> &'static TraitSet {
        &SHIPPED
    }

    /// The shipped traits and a person's own.
    ///
    /// # Errors
    /// When an id is there already.
    pub fn with_own(own: Vec<Trait>) -> Result<TraitSet, TraitSetError> {
        let mut set = TraitSet::shipped().clone();
        for each in own {
            if TraitSet::shipped().get(&each.id).is_some() {
                return Err(TraitSetError::Shipped(each.id));
            }
            if set.get(&each.id).is_some() {
                return Err(TraitSetError::Twice(each.id));
            }
            set.traits.push(Trait { own: true, ..each });
        }
        set.sort();
        Ok(set)
    }

    /// The shipped traits, with the definitions that a run was made with in the place of those of the
    /// same id: a run is played with the words it was planned with, whatever has changed since.
    pub fn of_run(definitions: &[Trait]) -> TraitSet {
        let mut set = TraitSet::shipped().clone();
        for each in definitions {
            let shipped = TraitSet::shipped().get(&each.id).is_some();
            set.traits.retain(|other| other.id != each.id);
            set.traits.push(Trait { own: !shipped, ..each.clone() });
        }
        set.sort();
        set
    }

    fn sort(&mut self) {
        self.traits.sort_by(|one, other| place(&one.id).cmp(&place(&other.id)));
    }

    /// The trait with this id.
    pub fn get(&self, id: &str) -> Option<&Trait> {
        self.traits.iter().find(|each| each.id == id)
    }

    /// The definitions of the traits that are on in any of these mixes, without pairs: what a run keeps
    /// of them.
    pub fn used_by<'a>(&self, mixes: impl IntoIterator<Item = &'a TraitMix>) -> Vec<Trait> {
        let mixes: Vec<&TraitMix> = mixes.into_iter().collect();
        let used = |each: &&Trait| mixes.iter().any(|mix| mix.strength(&each.id).is_on());
        self.traits.iter().filter(used).map(Trait::without_pairs).collect()
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Trait> {
        self.traits.iter()
    }

    /// Their ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.traits.iter().map(|each| each.id.as_str())
    }
}

impl<'a> IntoIterator for &'a TraitSet {
    type Item = &'a Trait;
    type IntoIter = std::slice::Iter<'a, Trait>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// By what ids are ordered: the shipped ones as they are shown, others after them by name.
pub(crate) fn place(id: &str) -> (usize, &str) {
    let shipped = SHIPPED_IDS.iter().position(|known| *known == id);
    (shipped.unwrap_or(SHIPPED_IDS.len()), id)
}

/// A name for a trait that is not in the set: its id as a person would write it.
pub(crate) fn name_of(id: &str, set: &TraitSet) -> String {
    match set.get(id) {
        Some(known) => known.name.clone(),
        None => {
            let words = id.replace('-', " ");
            let mut letters = words.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LEVEL_NAMES;

    fn own(id: &str) -> Trait {
        Trait { id: id.into(), name: id.into(), ..Trait::default() }
    }

    #[test]
    fn every_shipped_file_can_be_read_and_has_its_place() {
        for (text, id) in FILES.into_iter().zip(SHIPPED_IDS) {
            assert_eq!(read_trait(text).unwrap().id, id);
        }
        assert!(TraitSet::shipped().ids().eq(SHIPPED_IDS), "in the order in which they are shown");
    }

    #[test]
    fn every_trait_has_five_named_levels_with_words_for_each() {
        for each in TraitSet::shipped() {
            let names: Vec<&str> = each.levels.iter().map(|level| level.name.as_str()).collect();
            assert_eq!(names, LEVEL_NAMES, "{}", each.id);
            for (value, level) in (0u8..).zip(&each.levels) {
                assert_eq!(level.value, value);
                assert!(level.sentence.ends_with('.'), "{} {value}", each.id);
                assert!(!level.example.is_empty());
                assert_eq!(level.prompt.is_empty(), value == 0, "{} {value}", each.id);
            }
        }
    }

    #[test]
    fn a_persons_own_trait_stands_after_the_shipped_ones_and_never_in_their_place() {
        let set = TraitSet::with_own(vec![own("zeal"), own("awe")]).unwrap();
        let last: Vec<&str> = set.ids().skip(TraitSet::shipped().iter().len()).collect();
        assert_eq!(last, ["awe", "zeal"]);
        assert!(set.get("zeal").is_some_and(|each| each.own));
        let error = TraitSet::with_own(vec![own("impatience")]).unwrap_err();
        assert!(error.to_string().contains("my-impatience"), "{error}");
        assert_eq!(
            TraitSet::with_own(vec![own("awe"), own("awe")]),
            Err(TraitSetError::Twice("awe".into()))
        );
    }

    #[test]
    fn a_run_keeps_the_words_it_was_planned_with() {
        let mut then = TraitSet::shipped().get("impatience").unwrap().clone();
        then.levels[1].prompt = "As it was.".into();
        let set = TraitSet::of_run(&[then, own("awe")]);
        assert_eq!(set.get("impatience").unwrap().levels[1].prompt, "As it was.");
        assert_eq!(set.ids().next(), Some("impatience"), "in its place");
        assert!(set.get("awe").is_some_and(|each| each.own));
        assert_eq!(&TraitSet::of_run(&[]), TraitSet::shipped());
    }
}
