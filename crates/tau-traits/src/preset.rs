//! Mixes that come with the product: customers that a support desk knows.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::TraitMix;

/// A mix with a name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Preset {
    /// Its id, unique among them.
    pub id: String,
    /// What a person reads.
    pub name: String,
    /// Who that is, in a sentence.
    pub description: String,
    /// The levels of its traits.
    #[serde(rename = "levels")]
    pub mix: TraitMix,
}

#[derive(Deserialize)]
struct File {
    presets: Vec<Preset>,
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    // The file is part of the program; the test below reads it.
    let read: File = toml::from_str(include_str!("../../../data/mixes.toml")).expect("our mixes");
    read.presets
});

/// The presets, in the order in which they are shown.
pub fn presets() -> &'static [Preset] {
    &PRESETS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::TraitSet;

    #[test]
    fn every_preset_is_a_mix_of_shipped_traits_that_is_played_as_it_says() {
        assert!((6..=8).contains(&presets().len()));
        for preset in presets() {
            preset.mix.check(TraitSet::shipped()).unwrap();
            assert!(preset.mix.active().count() > 1, "{}: a mix, not a trait", preset.id);
            assert!(!preset.mix.capped().is_less(), "{}: within the cap", preset.id);
            assert!(preset.description.ends_with('.') && !preset.name.is_empty());
        }
        let ids: BTreeSet<&str> = presets().iter().map(|preset| preset.id.as_str()).collect();
        let mixes: BTreeSet<String> = presets().iter().map(|preset| preset.mix.id()).collect();
        assert_eq!((ids.len(), mixes.len()), (presets().len(), presets().len()));
    }
}
