//! Mixes with a name, what a mix amounts to, and sweeps over many.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tau_traits::{Condition, JOINT_CAP, TraitMix, TraitSet, presets, sweep};

use super::super::Product;
use crate::files::write_whole;
use crate::types::{ConditionDraft, MixCheck, MixPreset, Sweep, SweepKind, SweepRequest};
use crate::{ApiError, ErrorCode};

/// Below the data folder.
const FILE: &str = "mixes.toml";
/// Longest name, in letters.
const LONGEST_NAME: usize = 60;
/// Most mixes of a sweep; a run with more columns is no table that anybody reads.
const MOST: usize = 64;

/// Mixes of the person's own, in one small file.
pub(crate) struct OwnMixes {
    file: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
struct Stored {
    #[serde(default)]
    presets: Vec<Preset>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Preset {
    id: String,
    name: String,
    #[serde(default)]
    description: String,
    levels: TraitMix,
}

impl OwnMixes {
    /// The mixes in the file below `data`.
    pub(crate) fn within(data: &Path) -> OwnMixes {
        OwnMixes { file: data.join(FILE) }
    }

    fn read(&self) -> Result<Stored, ApiError> {
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Stored::default());
            }
            Err(error) => return Err(self.unreadable(&error)),
        };
        toml::from_str(&text).map_err(|error| self.unreadable(&error))
    }

    fn write(&self, stored: &Stored) -> Result<(), ApiError> {
        let text = toml::to_string_pretty(stored).map_err(|error| {
            ApiError::new(ErrorCode::Internal, "The mixes could not be written.").detail(error)
        })?;
        write_whole(&self.file, text.as_bytes()).map_err(|error| {
            ApiError::new(ErrorCode::Storage, "The mix could not be saved. Is the disk full?")
                .detail(error)
                .retryable()
        })
    }

    fn unreadable(&self, error: &dyn std::fmt::Display) -> ApiError {
        ApiError::new(
            ErrorCode::Storage,
            "The file of your mixes cannot be read. Mend it, or move it away to start with none.",
        )
        .detail(format!("{}: {error}", self.file.display()))
    }
}

impl Product {
    /// Mixes with a name, shipped ones first.
    pub async fn list_presets(&self) -> Result<Vec<MixPreset>, ApiError> {
        let shown =
            |id: &str, name: &str, description: &str, mix: &TraitMix, shipped: bool| MixPreset {
                id: id.to_owned(),
                name: name.to_owned(),
                description: description.to_owned(),
                levels: mix.active().map(|(id, level)| (id.to_owned(), level)).collect(),
                shipped,
            };
        let mut list: Vec<MixPreset> = presets()
            .iter()
            .map(|one| shown(&one.id, &one.name, &one.description, &one.mix, true))
            .collect();
        let own = self.own_mixes.read()?.presets;
        list.extend(
            own.iter().map(|one| shown(&one.id, &one.name, &one.description, &one.levels, false)),
        );
        Ok(list)
    }

    /// Keeps a mix under a name.
    pub async fn save_preset(&self, preset: MixPreset) -> Result<Vec<MixPreset>, ApiError> {
        let bad = |message: &str| ApiError::new(ErrorCode::BadRequest, message);
        let name = preset.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(bad("Give the mix a name of 1 to 60 letters."));
        }
        let levels = self.read_mix(&preset.levels)?;
        if levels.is_baseline() {
            return Err(bad("All sliders are off. Move at least one before the mix gets a name."));
        }
        let listed = self.list_presets().await?;
        let same = |one: &&MixPreset| {
            one.id != preset.id && one.name.to_lowercase() == name.to_lowercase()
        };
        if listed.iter().any(|one| same(&one)) {
            return Err(bad("There is a mix of this name already. Choose another one."));
        }
        let mut stored = self.own_mixes.read()?;
        let description = preset.description.trim().to_owned();
        match stored.presets.iter_mut().find(|one| one.id == preset.id) {
            Some(known) => *known = Preset { id: preset.id, name, description, levels },
            None => {
                let taken = |id: &str| listed.iter().any(|one| one.id == id);
                let id = (1u32..).map(|number| format!("mine-{number}")).find(|id| !taken(id));
                let id = id.unwrap_or_default();
                stored.presets.push(Preset { id, name, description, levels });
            }
        }
        self.own_mixes.write(&stored)?;
        self.list_presets().await
    }

    /// Removes one of the person's own.
    pub async fn delete_preset(&self, id: String) -> Result<Vec<MixPreset>, ApiError> {
        if presets().iter().any(|one| one.id == id) {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                "This mix comes with the app and cannot be removed.",
            ));
        }
        let mut stored = self.own_mixes.read()?;
        stored.presets.retain(|one| one.id != id);
        self.own_mixes.write(&stored)?;
        self.list_presets().await
    }

    /// What a mix amounts to.
    pub async fn check_mix(&self, levels: BTreeMap<String, f64>) -> Result<MixCheck, ApiError> {
        let mix = self.read_mix(&levels)?;
        let factor = mix.capped().factor;
        Ok(MixCheck {
            label: mix.label(&self.trait_set()),
            joint: mix.joint(),
            cap: JOINT_CAP,
            factor,
            sentence: capped_sentence(factor),
        })
    }

    /// The mixes of a sweep.
    pub async fn make_sweep(&self, request: SweepRequest) -> Result<Sweep, ApiError> {
        let bad = |message: String| ApiError::new(ErrorCode::BadRequest, message);
        let set = self.trait_set();
        if request.traits.is_empty() || request.levels.is_empty() {
            return Err(bad("Choose at least one trait and one level.".to_owned()));
        }
        if request.kind == SweepKind::Pairs && request.traits.len() < 2 {
            return Err(bad("Pairs take at least two traits. Choose another one.".to_owned()));
        }
        if let Some(id) = request.traits.iter().find(|id| set.get(id).is_none()) {
            return Err(super::no_such_trait(id));
        }
        if request.levels.iter().any(|level| !(*level > 0.0 && *level <= 4.0)) {
            return Err(bad("Levels of a sweep are above 0 and at most 4.".to_owned()));
        }
        let count = size(&request);
        if count > MOST as f64 {
            return Err(bad(format!(
                "That is {count:.0} mixes, and a run takes {MOST} at most. Choose fewer traits or levels."
            )));
        }
        let ids: Vec<&str> = request.traits.iter().map(String::as_str).collect();
        let mixes = match request.kind {
            SweepKind::Single => sweep::single(&ids, &request.levels),
            SweepKind::Pairs => sweep::pairs(&ids, &request.levels),
            SweepKind::Full => sweep::full(&ids, &request.levels),
        };
        let mixes = mixes.map_err(|error| bad(error.to_string()))?;
        let capped = mixes.iter().filter(|mix| mix.capped().is_less()).count();
        let mut sentence = match mixes.len() {
            1 => "1 kind of customer.".to_owned(),
            more => format!("{more} kinds of customers."),
        };
        if capped > 0 {
            sentence.push_str(&format!(
                " {capped} of them are more than a customer can be at once, and are played within the cap."
            ));
        }
        let conditions = mixes
            .into_iter()
            .filter(|mix| !mix.is_baseline())
            .map(|mix| draft(mix, &set))
            .collect();
        Ok(Sweep { conditions, sentence })
    }

    /// A mix of traits that exist.
    fn read_mix(&self, levels: &BTreeMap<String, f64>) -> Result<TraitMix, ApiError> {
        TraitMix::new(levels.clone())
            .and_then(|mix| mix.check(&self.trait_set()).map(|()| mix))
            .map_err(|error| ApiError::new(ErrorCode::BadRequest, error.to_string()))
    }
}

fn draft(mix: TraitMix, set: &TraitSet) -> ConditionDraft {
    let condition = Condition::of(mix, set);
    ConditionDraft {
        levels: condition.mix.active().map(|(id, level)| (id.to_owned(), level)).collect(),
        name: condition.name,
    }
}

/// Mixes that a sweep makes, before any is made.
fn size(request: &SweepRequest) -> f64 {
    let (traits, levels) = (request.traits.len() as f64, request.levels.len() as f64);
    match request.kind {
        SweepKind::Single => traits * levels,
        SweepKind::Pairs => traits * (traits - 1.0) / 2.0 * levels * levels,
        SweepKind::Full => (levels + 1.0).powf(traits) - 1.0,
    }
}

/// What the cap does to a mix; empty within it.
pub(crate) fn capped_sentence(factor: f64) -> String {
    if factor >= 1.0 {
        return String::new();
    }
    format!(
        "Together that is more than a customer can be without losing the thread. Each trait is played at {:.0} % of its level.",
        factor * 100.0
    )
}
