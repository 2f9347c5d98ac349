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
use super::search::{Dose, Gauge, best_layer, candidates, layer_effect, strengths};
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
    let of_layers = if kept_layer.is_some() { 0 } else { 4 * layers_to_try.len() as u32 };
    let each = READING + of_layers + STRENGTH + 3 * u32::from(HIGHEST_LEVEL);
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
    let mut bench = Bench::new(reader, neutral, &basis.residual_norm)?;
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
        let mut gauge = one.on(&mut bench, &mut ledger, Stage::Strength)?;
        measured.push(strengths(&mut gauge, layer)?);
    }
    if measured.iter().all(Option::is_none) {
        return Err(nothing());
    }
    let fresh = NeutralLines::new(reader, &NEUTRAL_CHECK)?;
    let mut bench = Bench::new(reader, fresh, &basis.residual_norm)?;
    let mut done = Vec::new();
    for (one, points) in prepared.into_iter().zip(measured) {
        let curve = points.map(|doses| curve(one.id, &basis.provenance, &doses));
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

/// What measuring takes: a model, neutral lines and how likely they are unsteered, and the unit of
/// strength at each layer.
struct Bench<'a> {
    reader: &'a Reader,
    neutral: NeutralLines,
    plain: f64,
    norms: &'a [f32],
}

impl<'a> Bench<'a> {
    fn new(
        reader: &'a Reader,
        mut neutral: NeutralLines,
        norms: &'a [f32],
    ) -> Result<Self, LocalError> {
        let plain = neutral.surprise(reader, None)?;
        Ok(Bench { reader, neutral, plain, norms })
    }

    fn along(&self, layer: usize, rho: f64, unit: &[f32]) -> Along {
        let length = rho as f32 * self.norms[layer];
        Along { layer, vector: unit.iter().map(|x| x * length).collect() }
    }
}

/// One trait's lines on the bench.
struct OnBench<'a, 'b> {
    bench: &'a mut Bench<'b>,
    ledger: &'a mut Ledger<'b>,
    stage: Stage,
    id: &'a str,
    lines: PairLines,
    /// The contrast of each pair, unsteered.
    plain: Vec<f64>,
    /// For each layer the trait's direction, along which neutral lines are read.
    whole: &'a [Vec<f32>],
    /// The directions with which pairs are read.
    parts: &'a [Vec<Vec<f32>>],
}

impl Gauge for OnBench<'_, '_> {
    fn damage(&mut self, layer: usize, rho: f64) -> Result<f64, LocalError> {
        self.ledger.next(self.stage, self.id, 1)?;
        let along = self.bench.along(layer, rho, &self.whole[layer]);
        let bench = &mut *self.bench;
        Ok(bench.neutral.surprise(bench.reader, Some(&along))? - bench.plain)
    }

    fn rises(&mut self, layer: usize, rho: f64) -> Result<Vec<f64>, LocalError> {
        self.ledger.next(self.stage, self.id, 2)?;
        let parts = self.parts.iter().map(|units| self.bench.along(layer, rho, &units[layer]));
        let found = self.lines.contrasts(self.bench.reader, &parts.collect::<Vec<_>>())?;
        Ok(found.iter().zip(&self.plain).map(|(steered, plain)| steered - plain).collect())
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

    /// The same, ready to be measured.
    fn on<'a, 'b>(
        &'a self,
        bench: &'a mut Bench<'b>,
        ledger: &'a mut Ledger<'b>,
        stage: Stage,
    ) -> Result<OnBench<'a, 'b>, LocalError> {
        let mut lines = self.lines(bench.reader)?;
        let plain = lines.contrasts(bench.reader, &[])?;
        let (whole, parts) = (&self.known.units, &self.across);
        Ok(OnBench { bench, ledger, stage, id: self.id, lines, plain, whole, parts })
    }
}

fn layer_for<'b>(
    bench: &mut Bench<'b>,
    prepared: &[Prepared<'_>],
    candidates: &[usize],
    ledger: &mut Ledger<'b>,
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
    let mut effects = Vec::new();
    for one in prepared {
        // The lines of one trait at a time: each holds a lane, which on a large model is large.
        let mut gauge = one.on(bench, ledger, Stage::Layer)?;
        let found = candidates.iter().map(|layer| layer_effect(&mut gauge, *layer));
        effects.push(found.collect::<Result<Vec<_>, _>>()?);
    }
    tracing::debug!(?candidates, ?effects, "effects by layer");
    Ok(best_layer(&candidates, &effects))
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
    let mut read = |along: Option<&Along>| -> Result<(Vec<f64>, f64), LocalError> {
        let contrasts = lines.contrasts(reader, along.map_or(&[], std::slice::from_ref))?;
        Ok((contrasts, neutral.surprise(reader, along)?))
    };
    let ((plain, before), (steered, after)) = (read(None)?, read(Some(&along))?);
    let rises = steered.iter().zip(&plain).map(|(steered, plain)| steered - plain).collect();
    Ok(Measured { rises, damage: after - before })
}

/// The slider's five stops on held-out pairs and fresh neutral lines.
fn check<'b>(
    bench: &mut Bench<'b>,
    one: &Prepared<'_>,
    layer: usize,
    curve: &DoseCurve,
    ledger: &mut Ledger<'b>,
) -> Result<DoseCurve, LocalError> {
    let pairs: Vec<(&Pair, usize)> = one.held_out.iter().map(|pair| (*pair, 0)).collect();
    let mut lines = PairLines::new(bench.reader, one.id, &pairs)?;
    let plain = lines.contrasts(bench.reader, &[])?;
    let parts = [one.known.units.clone()];
    let (whole, id, stage) = (&one.known.units, one.id, Stage::Check);
    let mut gauge = OnBench { bench, ledger, stage, id, lines, plain, whole, parts: &parts };
    let off = Dose { rho: 0.0, rises: vec![0.0; pairs.len()], damage: Some(0.0) };
    let mut points = vec![point(0.0, &off)];
    for level in 1..=HIGHEST_LEVEL {
        let rho = curve.dial_for(f64::from(level));
        let rises = gauge.rises(layer, rho)?;
        let damage = Some(gauge.damage(layer, rho)?);
        points.push(point(f64::from(level), &Dose { rho, rises, damage }));
    }
    Ok(DoseCurve { points, ..curve.clone() })
}

fn curve(trait_id: &str, provenance: &Provenance, doses: &[Dose]) -> DoseCurve {
    let mut curve = DoseCurve {
        voice: provenance.model_name.clone(),
        trait_id: trait_id.to_owned(),
        unit: EffectUnit::Contrast,
        points: doses.iter().map(|dose| point(0.0, dose)).collect(),
        made_at: provenance.made_at.clone(),
    };
    let levels: Vec<f64> = curve.points.iter().map(|point| curve.level_of(point.effect)).collect();
    curve.points.iter_mut().zip(levels).for_each(|(point, level)| point.level = level);
    curve
}

fn point(level: f64, dose: &Dose) -> DosePoint {
    let mean = tau_stats::task_mean(&dose.rises);
    let effect = mean.estimate.unwrap_or(0.0);
    // Too few pairs for an interval of the library's standards have the one of two standard errors.
    let spread = 2.0 * mean.standard_error.unwrap_or(0.0);
    let (low, high) =
        mean.interval.map_or((effect - spread, effect + spread), |ends| (ends.low, ends.high));
    let n = dose.rises.len() as u32;
    DosePoint { level, dial: dose.rho, effect, low, high, n, damage: dose.damage }
}
