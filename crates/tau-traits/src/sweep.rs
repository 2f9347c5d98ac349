//! Sweeps: many mixes over some traits and levels, made in one go.

use std::collections::BTreeSet;

use crate::{MixError, TraitMix};

/// Most mixes of a sweep. A run has that many times its tasks and trials as conversations; what is
/// larger is more likely a slip than a wish.
pub const MOST_MIXES: usize = 256;

/// Why there is no such sweep.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SweepError {
    /// It would be too many mixes.
    #[error(
        "that would be {asked} mixes, and a sweep has at most {MOST_MIXES}. Choose fewer traits or fewer levels"
    )]
    TooMany {
        /// How many; "more than a billion" when nobody would count them.
        asked: String,
    },
    /// A trait or a level cannot be in a mix.
    #[error(transparent)]
    Mix(#[from] MixError),
}

/// Each trait alone at each level: |ids| x |levels| mixes, trait by trait.
///
/// # Errors
/// [`SweepError`].
pub fn single(ids: &[&str], levels: &[f64]) -> Result<Vec<TraitMix>, SweepError> {
    limited(ids.len().checked_mul(levels.len()))?;
    let mut mixes = Vec::new();
    for id in ids {
        mixes.extend(levels.iter().map(|level| vec![(*id, *level)]));
    }
    made(mixes)
}

/// Every two traits at every two levels: |ids| (|ids| - 1) / 2 x |levels|^2 mixes.
///
/// # Errors
/// [`SweepError`].
pub fn pairs(ids: &[&str], levels: &[f64]) -> Result<Vec<TraitMix>, SweepError> {
    let couples = ids.len().checked_mul(ids.len().saturating_sub(1)).map(|twice| twice / 2);
    let each = levels.len().checked_mul(levels.len());
    limited(couples.and_then(|couples| couples.checked_mul(each?)))?;
    let mut mixes = Vec::new();
    for (place, one) in ids.iter().enumerate() {
        for other in &ids[place + 1..] {
            for level in levels {
                mixes.extend(levels.iter().map(|second| vec![(*one, *level), (*other, *second)]));
            }
        }
    }
    made(mixes)
}

/// Every combination of the traits, each off or at one of the levels, all off left out (that is the
/// baseline, which every run has): (|levels| + 1)^|ids| - 1 mixes.
///
/// # Errors
/// [`SweepError`].
pub fn full(ids: &[&str], levels: &[f64]) -> Result<Vec<TraitMix>, SweepError> {
    let exponent = u32::try_from(ids.len()).ok();
    let all = exponent.and_then(|ids| (levels.len() + 1).checked_pow(ids));
    limited(all.map(|all| all - 1))?;
    let mut mixes: Vec<Vec<(&str, f64)>> = vec![Vec::new()];
    for id in ids {
        let without = mixes.clone();
        for level in levels {
            mixes.extend(without.iter().map(|mix| {
                let mut with = mix.clone();
                with.push((*id, *level));
                with
            }));
        }
    }
    made(mixes.into_iter().filter(|mix| !mix.is_empty()))
}

fn limited(count: Option<usize>) -> Result<(), SweepError> {
    match count {
        Some(count) if count <= MOST_MIXES => Ok(()),
        Some(count) if count <= 1_000_000_000 => {
            Err(SweepError::TooMany { asked: count.to_string() })
        }
        _ => Err(SweepError::TooMany { asked: "more than a billion".to_owned() }),
    }
}

/// The mixes, those of the same effect once and without the baseline.
fn made<'a>(
    levels: impl IntoIterator<Item = Vec<(&'a str, f64)>>,
) -> Result<Vec<TraitMix>, SweepError> {
    let mut seen = BTreeSet::new();
    let mut mixes = Vec::new();
    for each in levels {
        let mix = TraitMix::new(each)?;
        if !mix.is_baseline() && seen.insert(mix.id()) {
            mixes.push(mix);
        }
    }
    Ok(mixes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(mixes: &[TraitMix]) -> Vec<String> {
        mixes.iter().map(TraitMix::id).collect()
    }

    #[test]
    fn single_traits_go_trait_by_trait() {
        let mixes = single(&["impatience", "skeptical"], &[1.0, 2.5]).unwrap();
        assert_eq!(ids(&mixes), ["impatience-1", "impatience-2.5", "skeptical-1", "skeptical-2.5"]);
    }

    #[test]
    fn pairs_are_all_pairs_at_all_levels_and_none_twice() {
        let mixes = pairs(&["impatience", "confusion", "skeptical"], &[1.0, 3.0]).unwrap();
        assert_eq!(mixes.len(), 3 * 4);
        assert_eq!(ids(&mixes)[1], "impatience-1+confusion-3");
        assert!(mixes.iter().all(|mix| mix.active().count() == 2));
        let unique: BTreeSet<String> = ids(&mixes).into_iter().collect();
        assert_eq!(unique.len(), mixes.len());
    }

    #[test]
    fn the_full_sweep_is_every_combination_but_the_baseline() {
        let mixes = full(&["impatience", "confusion"], &[2.0, 4.0]).unwrap();
        assert_eq!(mixes.len(), 3 * 3 - 1);
        let names = ids(&mixes);
        for name in ["impatience-2", "confusion-4", "impatience-4+confusion-2"] {
            assert!(names.contains(&name.to_owned()), "{names:?}");
        }
        let twice = full(&["impatience"], &[2.0, 2.0, 0.0]).unwrap();
        assert_eq!(ids(&twice), ["impatience-2"], "the same customers once");
    }

    #[test]
    fn what_nobody_would_run_is_refused_with_its_size() {
        let many: Vec<&str> = crate::SHIPPED_IDS.to_vec();
        let error = full(&many, &[1.0, 2.0, 3.0, 4.0]).unwrap_err().to_string();
        assert!(error.contains("244140624 mixes") && error.contains("fewer traits"), "{error}");
        let forty = ["impatience"; 40];
        let error = full(&forty, &[1.0, 2.0, 3.0]).unwrap_err().to_string();
        assert!(error.contains("more than a billion"), "{error}");
        assert!(pairs(&many, &[1.0, 2.0]).is_err());
        assert!(matches!(single(&["impatience"], &[5.0]), Err(SweepError::Mix(_))));
    }
}
