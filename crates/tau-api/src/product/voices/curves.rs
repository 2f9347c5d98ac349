//! What was measured of voices that speak: one small file a voice. Models on this computer keep theirs
//! beside their directions.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tau_charts::{DoseScale, Language, dose_sentence};
use tau_traits::{DoseCurve, EffectUnit};

use crate::files::write_whole;
use crate::types;

/// Below the data folder.
const FOLDER: &str = "curves";

/// The curves of one voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// The voice's id.
    pub voice: String,
    /// What a person called it then.
    pub name: String,
    /// One a trait.
    pub curves: Vec<DoseCurve>,
}

impl Measured {
    /// When the last of them was measured.
    pub(super) fn made_at(&self) -> String {
        self.curves.iter().map(|curve| curve.made_at.clone()).max().unwrap_or_default()
    }
}

/// The file of a voice. Ids hold whatever a model's maker likes, so that the name is made of letters
/// and told apart by a hash.
fn file(data: &Path, voice: &str) -> PathBuf {
    let letters: String = voice
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .take(60)
        .collect();
    let hash = hex::encode(Sha256::digest(voice.as_bytes()));
    data.join(FOLDER).join(format!("{letters}-{}.json", &hash[..8]))
}

/// What was measured of a voice.
pub(super) fn of_voice(data: &Path, voice: &str) -> Option<Measured> {
    let read = read(&file(data, voice))?;
    (read.voice == voice).then_some(read)
}

/// What was measured of all voices, by their ids. A file that cannot be read is left alone and left out.
pub(super) fn all(data: &Path) -> Vec<Measured> {
    let entries = std::fs::read_dir(data.join(FOLDER)).into_iter().flatten().flatten();
    let mut all: Vec<Measured> = entries.filter_map(|entry| read(&entry.path())).collect();
    all.sort_by(|one, other| one.voice.cmp(&other.voice));
    all
}

fn read(path: &Path) -> Option<Measured> {
    let bytes = std::fs::read(path).ok()?;
    serde_json::from_slice(&bytes)
        .inspect_err(|error| {
            tracing::warn!(path = %path.display(), %error, "a file of curves cannot be read");
        })
        .ok()
}

/// Keeps a curve; the voice's other traits keep theirs.
///
/// # Errors
/// Whatever the file system says.
pub(super) fn keep(data: &Path, voice: &str, name: &str, curve: DoseCurve) -> std::io::Result<()> {
    let mut measured = of_voice(data, voice).unwrap_or_else(|| Measured {
        voice: voice.to_owned(),
        name: String::new(),
        curves: Vec::new(),
    });
    name.clone_into(&mut measured.name);
    measured.curves.retain(|known| known.trait_id != curve.trait_id);
    measured.curves.push(curve);
    let text = serde_json::to_vec_pretty(&measured).map_err(std::io::Error::other)?;
    write_whole(&file(data, voice), &text)
}

/// Curves as the interface sees them.
pub(super) fn shown(voice: &str, name: &str, curves: &[DoseCurve]) -> types::VoiceCurves {
    types::VoiceCurves {
        voice: voice.to_owned(),
        name: name.to_owned(),
        made_at: curves.iter().map(|curve| curve.made_at.clone()).max().unwrap_or_default(),
        curves: curves.iter().map(shown_curve).collect(),
    }
}

fn shown_curve(curve: &DoseCurve) -> types::DoseCurve {
    let point = |point: &tau_traits::DosePoint| types::DosePoint {
        level: point.level,
        dial: point.dial,
        effect: point.effect,
        low: point.low,
        high: point.high,
        n: point.n,
    };
    let monotone = curve.monotone();
    let points = drawn(curve);
    let mut sentence = dose_sentence(scale(curve.unit), &points, monotone, Language::En);
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    types::DoseCurve {
        trait_id: curve.trait_id.clone(),
        unit: unit(curve.unit).to_owned(),
        points: curve.points.iter().map(point).collect(),
        monotone,
        sentence,
    }
}

/// The points of a curve as a chart takes them.
pub(crate) fn drawn(curve: &DoseCurve) -> Vec<tau_charts::DosePoint> {
    let mut points: Vec<tau_charts::DosePoint> = curve
        .points
        .iter()
        .map(|point| tau_charts::DosePoint {
            level: point.level,
            effect: point.effect,
            low: point.low,
            high: point.high,
            ..Default::default()
        })
        .collect();
    points.sort_by(|one, other| one.level.total_cmp(&other.level));
    points
}

/// On which scale a unit is drawn.
pub(crate) fn scale(unit: EffectUnit) -> DoseScale {
    match unit {
        EffectUnit::Markers | EffectUnit::Judge => DoseScale::Level,
        EffectUnit::Contrast => DoseScale::Contrast,
    }
}

fn unit(unit: EffectUnit) -> &'static str {
    match unit {
        EffectUnit::Markers => "markers",
        EffectUnit::Contrast => "contrast",
        EffectUnit::Judge => "judge",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_traits::DosePoint;

    fn curve(trait_id: &str, made_at: &str) -> DoseCurve {
        let point = |level: f64| DosePoint {
            level,
            dial: level,
            effect: level * 0.8,
            low: level * 0.7,
            high: level * 0.9,
            n: 10,
            damage: None,
        };
        DoseCurve {
            voice: "m".into(),
            trait_id: trait_id.into(),
            unit: EffectUnit::Markers,
            points: (0..=4u8).map(|level| point(f64::from(level))).collect(),
            made_at: made_at.into(),
        }
    }

    #[test]
    fn curves_are_kept_by_voice_and_trait_and_measured_anew_one_by_one() {
        let data = tempfile::tempdir().unwrap();
        for (voice, id, at) in [
            ("llm:a:m", "impatience", "2026-01-01"),
            ("llm:a:m", "skeptical", "2026-01-02"),
            ("llm:a:M", "impatience", "2026-01-03"),
            ("llm:a:m", "impatience", "2026-01-04"),
        ] {
            keep(data.path(), voice, "A model", curve(id, at)).unwrap();
        }
        let one = of_voice(data.path(), "llm:a:m").unwrap();
        let ids: Vec<&str> = one.curves.iter().map(|curve| curve.trait_id.as_str()).collect();
        assert_eq!((ids, one.made_at().as_str()), (vec!["skeptical", "impatience"], "2026-01-04"));
        assert_eq!(all(data.path()).len(), 2, "names that differ in case alone are two voices");
        assert!(of_voice(data.path(), "llm:a:x").is_none());
    }

    #[test]
    fn a_curve_is_told_in_a_sentence() {
        let shown = shown("v", "A model", &[curve("impatience", "2026-01-01")]);
        assert_eq!(
            shown.curves[0].sentence,
            "From level 0.0 at Off to level 3.2 at Extreme; more asked was more shown at each step."
        );
        assert!(shown.curves[0].monotone);
    }
}
