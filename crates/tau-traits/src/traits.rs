//! The four traits and their levels, read from `data/traits`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The highest level, called Extreme.
pub const HIGHEST_LEVEL: u8 = 4;

/// One trait of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trait {
    /// The id that steer services know it by: `impatience`, `confusion`, `skeptical` or
    /// `incoherence`.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// Customers who have it, as they stand in a sentence: "impatient customers".
    pub customers: String,
    /// One sentence about what it is.
    pub description: String,
    /// Index of its colour in the Okabe-Ito palette's coloured entries; the same wherever the trait
    /// is drawn.
    pub colour: u8,
    /// Levels 0 to 4: Off, Slight, Clear, Strong, Extreme.
    pub levels: Vec<Level>,
}

/// One level of a trait.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// 0 to 4.
    #[serde(default)]
    pub value: u8,
    /// Off, Slight, Clear, Strong or Extreme.
    pub name: String,
    /// What to expect of a customer at this level.
    pub sentence: String,
    /// A line that this customer would say.
    pub example: String,
    /// What a language model is told that plays this customer; empty for Off.
    pub prompt: String,
}

const FILES: [&str; 4] = [
    include_str!("../../../data/traits/impatience.toml"),
    include_str!("../../../data/traits/confusion.toml"),
    include_str!("../../../data/traits/skeptical.toml"),
    include_str!("../../../data/traits/incoherence.toml"),
];

static TRAITS: LazyLock<Vec<Trait>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|text| {
            // The files are part of the program; the tests below read them.
            let mut read: Trait = toml::from_str(text).expect("a trait file of the program");
            for (value, level) in (0..).zip(&mut read.levels) {
                level.value = value;
            }
            read
        })
        .collect()
});

/// All traits, in the order in which they are shown.
pub fn all_traits() -> &'static [Trait] {
    &TRAITS
}

/// The trait with this id.
pub fn trait_by_id(id: &str) -> Option<&'static Trait> {
    TRAITS.iter().find(|each| each.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trait_has_five_named_levels_with_words_for_each() {
        assert_eq!(all_traits().len(), 4);
        for each in all_traits() {
            let names: Vec<&str> = each.levels.iter().map(|level| level.name.as_str()).collect();
            assert_eq!(names, ["Off", "Slight", "Clear", "Strong", "Extreme"], "{}", each.id);
            for (value, level) in (0u8..).zip(&each.levels) {
                assert_eq!(level.value, value);
                assert!(level.sentence.ends_with('.'), "{} {value}", each.id);
                assert!(!level.example.is_empty());
                assert_eq!(level.prompt.is_empty(), value == 0, "{} {value}", each.id);
            }
        }
    }

    #[test]
    fn traits_keep_their_ids_and_have_colours_of_their_own() {
        let ids: Vec<&str> = all_traits().iter().map(|each| each.id.as_str()).collect();
        assert_eq!(ids, ["impatience", "confusion", "skeptical", "incoherence"]);
        let colours: std::collections::BTreeSet<u8> =
            all_traits().iter().map(|each| each.colour).collect();
        assert_eq!(colours.len(), 4);
        assert!(trait_by_id("skeptical").is_some() && trait_by_id("skepticism").is_none());
    }
}
