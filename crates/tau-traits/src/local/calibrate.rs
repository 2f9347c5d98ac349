//! Calibration: from a model and the pairs of some traits to directions, a layer, and a slider whose
//! levels are equal steps of measured effect. It takes minutes and is done once for each model.
//!
//! Three sets of lines are kept apart, so that no figure is flattered by what it is measured on:
//! directions come from a trait's pairs; layer and strengths are chosen on the same pairs, but each is
//! measured with a direction that the other three quarters made; and the slider is then checked, with the
//! final direction, on held-out pairs and on neutral lines that no choice has seen. The last figures are
//! the ones that are shown.

use std::sync::Arc;

use tau_decoder::Engine;
use tokio_util::sync::CancellationToken;

use super::basis::{Provenance, Record, Source, TraitBasis, TraitDirections, pairs_sha256};
use super::extract::{PairMeans, directions, folds, stats};
use super::frame::{NEUTRAL, NEUTRAL_CHECK};
use super::lines::{Along, NeutralLines, PairLines, Reader};
use super::progress::{Ledger, READING, STRENGTH};
use super::search::{Dose, candidates, choose_layer, strengths};
use super::{Injection, LocalError, Stage, Step};
use crate::{DoseCurve, DosePoint, EffectUnit, HIGHEST_LEVEL, Pair, Trait};

/// Pairs that a direction needs at least, held-out ones included. TraitBasis (arXiv 2510.04491) makes
/// do with four; two more are held out.
pub const LEAST_PAIRS: usize = 6;

/// Parts of a trait's pairs, each of which judges the direction that the others made.
const FOLDS: usize = 4;
/// Pairs of each part on which layers and strengths are measured.
const PAIRS_OF_FOLD: usize = 2;
/// Pairs whose prompts are held at once while directions are taken.
const READ_TOGETHER: usize = 12;

/// A trait whose pairs were read.
struct Prepared<'a> {
    id: &'a str,
    train: Vec<&'a Pair>,
    held_out: Vec<&'a Pair>,
    known: TraitDirections,
    /// The parts of the pairs, and for each part and layer the direction that the others made.
    folds: Vec<Vec<usize>>,
    across: Vec<Vec<Vec<f32>>>,
}

/// Calibrates a model for `traits`.
///
/// What `old` knows of other traits is kept, and then its layer is kept too; otherwise the layer is chosen
/// anew. Directions that came as a control vector stay as they are, and their strength is measured. A trait
/// that shows no effect is kept with its directions and without a curve, so that its slider is refused.
///
/// # Errors
/// When a trait has too few pairs, the model cannot read its lines, none of the traits shows an effect, or
/// `stop` was called.
pub(crate) fn calibrate(
    engine: &Arc<Engine>,
    old: Option<&TraitBasis>,
    traits: &[&Trait],
    provenance: Provenance,
    progress: &mut dyn FnMut(Step),
    stop: &CancellationToken,
) -> Result<TraitBasis, LocalError> {
    let reader = &Reader::new(engine.clone());
    let old = old.filter(|old| old.provenance.frame_sha256 == provenance.frame_sha256);
    let stays = |id: &str| !traits.iter().any(|one| one.id == id);
    let kept_layer = old.filter(|old| old.calibrated().any(stays)).and_then(|old| old.layer);
    let layers_to_try = match kept_layer {
        Some(layer) => vec![layer],
        None => candidates(engine.info().layers),
    };
    let of_layers = if kept_layer.is_some() { 0 } else { 2 * layers_to_try.len() as u32 };
    let each = READING + of_layers + STRENGTH + u32::from(HIGHEST_LEVEL);
    let planned = each * traits.len() as u32;
    let mut ledger = Ledger { progress, stop, done: 0, planned };

    let mut neutral = NeutralLines::new(reader, &NEUTRAL)?;
    let mut basis = TraitBasis::empty(provenance, neutral.residual_norm(reader)?);
    if let Some(old) = old {
        basis.traits = old.traits.clone();
    }
    let mut prepared = Vec::new();
    for one in traits {
        ledger.next(Stage::Reading, &one.id, READING)?;
        prepared.push(read_pairs(reader, one, old)?);
    }
    let mut bench = Bench { reader, neutral: &mut neutral, norms: &basis.residual_norm };
    let layer = match kept_layer {
        Some(layer) => Some(layer),
        None => layer_for(&mut bench, &prepared, &layers_to_try, &mut ledger)?,
    };
    let nothing = || LocalError::NoEffect {
        model: basis.provenance.model_name.clone(),
        trait_id: traits.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", "),
    };
    let layer = layer.ok_or_else(nothing)?;
    let mut measured = Vec::new();
    for one in &prepared {
        measured.push(measure_strength(&mut bench, one, layer, &mut ledger)?);
    }
    if measured.iter().all(Option::is_none) {
        return Err(nothing());
    }
    let mut fresh = NeutralLines::new(reader, &NEUTRAL_CHECK)?;
    let mut bench = Bench { reader, neutral: &mut fresh, norms: &basis.residual_norm };
    let mut done = Vec::new();
    for (one, points) in prepared.into_iter().zip(measured) {
        let curve = points.map(|points| curve(one.id, &basis.provenance, &points));
        let check = match &curve {
            Some(curve) => Some(check(&mut bench, &one, layer, curve, &mut ledger)?),
            None => {
                tracing::warn!(
                    trait_id = one.id,
                    layer,
                    "steering along this trait shows no effect"
                );
                None
            }
        };
        let mut known = one.known;
        (known.record.curve, known.record.check) = (curve, check);
        done.push((one.id.to_owned(), known));
    }
    basis.layer = Some(layer);
    basis.traits.extend(done);
    Ok(basis)
}

/// Reads all lines of a trait and takes its directions from them.
fn read_pairs<'a>(
    reader: &Reader,
    one: &'a Trait,
    old: Option<&TraitBasis>,
) -> Result<Prepared<'a>, LocalError> {
    let (train, held_out) = split(one)?;
    let means = |pairs: &[&Pair]| -> Result<Vec<PairMeans>, LocalError> {
        // A part at a time: a lane of a large model is large.
        let mut found = Vec::new();
        for part in pairs.chunks(READ_TOGETHER) {
            let part: Vec<(&Pair, usize)> = part.iter().map(|pair| (*pair, 0)).collect();
            found.extend(PairLines::new(reader, &one.id, &part)?.means(reader)?);
        }
        Ok(found)
    };
    let brought = old
        .and_then(|old| old.traits.get(&one.id))
        .filter(|known| known.record.source == Source::ControlVector);
    let (train_means, held_means) = (means(&train)?, means(&held_out)?);
    let all: Vec<&PairMeans> = train_means.iter().collect();
    let held: Vec<&PairMeans> = held_means.iter().collect();
    let folds = folds(&train, FOLDS);
    let (found, across) = match brought {
        // Nothing was fitted to these pairs, so every one of them may judge it.
        Some(brought) => {
            let found: Vec<_> = brought.units.iter().map(|unit| (unit.clone(), 0.0)).collect();
            (found, vec![brought.units.clone(); FOLDS])
        }
        None => {
            let without = |fold: &Vec<usize>| -> Vec<Vec<f32>> {
                let others = (0..train_means.len()).filter(|at| !fold.contains(at));
                let others: Vec<&PairMeans> = others.map(|at| &train_means[at]).collect();
                directions(&others).into_iter().map(|(unit, _)| unit).collect()
            };
            (directions(&all), folds.iter().map(without).collect())
        }
    };
    let record = Record {
        source: brought.map_or(Source::MeanDifference, |brought| brought.record.source),
        pairs_sha256: pairs_sha256(one),
        pairs: train.len(),
        curve: None,
        check: None,
    };
    let stats = stats(&all, &held, &found);
    let units = found.into_iter().map(|(unit, _)| unit).collect();
    let known = TraitDirections { units, stats, record };
    Ok(Prepared { id: &one.id, train, held_out, known, folds, across })
}

/// The pairs that make a direction, and those that do not. Where a trait holds none out, every fourth of
/// its pairs is.
fn split(one: &Trait) -> Result<(Vec<&Pair>, Vec<&Pair>), LocalError> {
    let found = one.pairs.len() + one.held_out.len();
    if found < LEAST_PAIRS || one.pairs.len() < LEAST_PAIRS - 2 {
        let (trait_id, needed) = (one.id.clone(), LEAST_PAIRS);
        return Err(LocalError::TooFewPairs { trait_id, found, needed });
    }
    if !one.held_out.is_empty() {
        return Ok((one.pairs.iter().collect(), one.held_out.iter().collect()));
    }
    let of = |held: bool| -> Vec<&Pair> {
        let chosen = one.pairs.iter().enumerate().filter(|(at, _)| (at % 4 == 3) == held);
        chosen.map(|(_, pair)| pair).collect()
    };
    Ok((of(false), of(true)))
}

/// What measuring takes: a model, neutral lines, and the unit of strength at each layer.
struct Bench<'a> {
    reader: &'a Reader,
    neutral: &'a mut NeutralLines,
    norms: &'a [f32],
}

impl Bench<'_> {
    /// What the lines are without steering.
    fn still(&mut self, lines: &mut PairLines) -> Result<Dose, LocalError> {
        let neutral = self.neutral.surprise(self.reader, None)?;
        Ok(Dose { contrast: lines.contrasts(self.reader, &[])?, neutral })
    }

    /// What they are at one strength: neutral lines along `whole`, each pair along that of `parts` which
    /// it is measured with.
    fn dose(
        &mut self,
        lines: &mut PairLines,
        layer: usize,
        rho: f64,
        whole: &[f32],
        parts: &[&[f32]],
    ) -> Result<Dose, LocalError> {
        let length = rho as f32 * self.norms[layer];
        let along =
            |unit: &[f32]| Along { layer, vector: unit.iter().map(|x| x * length).collect() };
        let neutral = self.neutral.surprise(self.reader, Some(&along(whole)))?;
        let parts: Vec<Along> = parts.iter().map(|unit| along(unit)).collect();
        Ok(Dose { contrast: lines.contrasts(self.reader, &parts)?, neutral })
    }
}

impl Prepared<'_> {
    /// Some pairs of each part, spread over it.
    fn lines(&self, reader: &Reader) -> Result<PairLines, LocalError> {
        let mut chosen = Vec::new();
        for (part, members) in self.folds.iter().enumerate() {
            let count = PAIRS_OF_FOLD.min(members.len());
            chosen.extend(
                (0..count).map(|at| (self.train[members[at * members.len() / count]], part)),
            );
        }
        PairLines::new(reader, self.id, &chosen)
    }

    fn parts(&self, layer: usize) -> Vec<&[f32]> {
        self.across.iter().map(|units| units[layer].as_slice()).collect()
    }
}

fn layer_for(
    bench: &mut Bench<'_>,
    prepared: &[Prepared<'_>],
    candidates: &[usize],
    ledger: &mut Ledger<'_>,
) -> Result<Option<usize>, LocalError> {
    // A control vector may leave layers out.
    let there = |layer: &usize| {
        prepared.iter().all(|one| one.known.units[*layer].iter().any(|x| *x != 0.0))
    };
    let mut candidates: Vec<usize> = candidates.iter().copied().filter(there).collect();
    if candidates.is_empty() {
        let all: Vec<usize> = (1..bench.norms.len()).filter(there).collect();
        candidates = all.iter().copied().step_by(all.len().div_ceil(5).max(1)).collect();
    }
    if let [only] = candidates[..] {
        return Ok(Some(only));
    }
    let mut still = Vec::new();
    for one in prepared {
        let mut own = one.lines(bench.reader)?;
        still.push(bench.still(&mut own)?);
    }
    // The lines of one trait at a time: each holds a lane, which on a large model is large.
    let mut open: Option<(usize, PairLines)> = None;
    choose_layer(&candidates, &still, |at, layer, rho| {
        let one = &prepared[at];
        ledger.next(Stage::Layer, one.id, 1)?;
        let mut lines = match open.take() {
            Some((of, lines)) if of == at => lines,
            _ => one.lines(bench.reader)?,
        };
        let unit = &one.known.units[layer];
        let dose = bench.dose(&mut lines, layer, rho, unit, &one.parts(layer));
        open = Some((at, lines));
        dose
    })
}

/// What a mix does to lines that nothing was fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The rise of the contrast on each held-out pair of the trait, in nats a token.
    pub rises: Vec<f64>,
    /// The rise of the negative log likelihood of [`NEUTRAL_CHECK`], in nats a token.
    pub damage: f64,
}

impl Measured {
    /// The mean rise of the contrast.
    pub fn effect(&self) -> f64 {
        self.rises.iter().sum::<f64>() / self.rises.len().max(1) as f64
    }
}

/// Measures what adding a vector does to a trait's held-out pairs and to neutral lines.
pub(crate) fn measured(
    reader: &Reader,
    one: &Trait,
    injection: &Injection,
) -> Result<Measured, LocalError> {
    let (_, held_out) = split(one)?;
    let pairs: Vec<(&Pair, usize)> = held_out.into_iter().map(|pair| (pair, 0)).collect();
    let mut lines = PairLines::new(reader, &one.id, &pairs)?;
    let mut neutral = NeutralLines::new(reader, &NEUTRAL_CHECK)?;
    let along = Along { layer: injection.layer, vector: injection.vector.clone().into() };
    let mut dose = |along: Option<&Along>| -> Result<Dose, LocalError> {
        let contrast = lines.contrasts(reader, along.map_or(&[], std::slice::from_ref))?;
        Ok(Dose { contrast, neutral: neutral.surprise(reader, along)? })
    };
    let (still, steered) = (dose(None)?, dose(Some(&along))?);
    Ok(Measured { rises: steered.rises(&still), damage: steered.damage(&still) })
}

/// Points of a curve: strength, the rise of each pair's contrast, and the damage.
type Points = Vec<(f64, Vec<f64>, f64)>;

fn measure_strength(
    bench: &mut Bench<'_>,
    one: &Prepared<'_>,
    layer: usize,
    ledger: &mut Ledger<'_>,
) -> Result<Option<Points>, LocalError> {
    let mut lines = one.lines(bench.reader)?;
    let still = bench.still(&mut lines)?;
    let found = strengths(&still, |rho| {
        ledger.next(Stage::Strength, one.id, 1)?;
        bench.dose(&mut lines, layer, rho, &one.known.units[layer], &one.parts(layer))
    })?;
    let point = |(rho, dose): &(f64, Dose)| (*rho, dose.rises(&still), dose.damage(&still));
    Ok(found.map(|points| points.iter().map(point).collect()))
}

/// The slider's five stops on held-out pairs and fresh neutral lines.
fn check(
    bench: &mut Bench<'_>,
    one: &Prepared<'_>,
    layer: usize,
    curve: &DoseCurve,
    ledger: &mut Ledger<'_>,
) -> Result<DoseCurve, LocalError> {
    let pairs: Vec<(&Pair, usize)> = one.held_out.iter().map(|pair| (*pair, 0)).collect();
    let mut lines = PairLines::new(bench.reader, one.id, &pairs)?;
    let still = bench.still(&mut lines)?;
    let unit = &one.known.units[layer];
    let mut points = vec![point(0.0, 0.0, &vec![0.0; pairs.len()], 0.0)];
    for level in 1..=HIGHEST_LEVEL {
        ledger.next(Stage::Check, one.id, 1)?;
        let rho = curve.dial_for(f64::from(level));
        let dose = bench.dose(&mut lines, layer, rho, unit, &[unit])?;
        points.push(point(f64::from(level), rho, &dose.rises(&still), dose.damage(&still)));
    }
    Ok(DoseCurve { points, ..curve.clone() })
}

fn curve(trait_id: &str, provenance: &Provenance, points: &Points) -> DoseCurve {
    let mut curve = DoseCurve {
        voice: provenance.model_name.clone(),
        trait_id: trait_id.to_owned(),
        unit: EffectUnit::Contrast,
        points: points
            .iter()
            .map(|(rho, rises, damage)| point(0.0, *rho, rises, *damage))
            .collect(),
        made_at: provenance.made_at.clone(),
    };
    let levels: Vec<f64> = curve.points.iter().map(|point| curve.level_of(point.effect)).collect();
    curve.points.iter_mut().zip(levels).for_each(|(point, level)| point.level = level);
    curve
}

fn point(level: f64, dial: f64, rises: &[f64], damage: f64) -> DosePoint {
    let mean = tau_stats::task_mean(rises);
    let effect = mean.estimate.unwrap_or(0.0);
    let (low, high) = mean.interval.map_or((effect, effect), |ends| (ends.low, ends.high));
    DosePoint { level, dial, effect, low, high, n: rises.len() as u32, damage: Some(damage) }
}
