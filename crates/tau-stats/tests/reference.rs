//! Estimators against values of scipy, statsmodels and krippendorff
//! (`tests/reference/make.py` made `reference.json`).

#![allow(clippy::unwrap_used)]

use serde::Deserialize;
use tau_stats::{
    DEFAULT_MARGIN, Interval, Scale, TaskOutcomes, clustered_mean, compare, dose_response, holm,
    kappa, krippendorff_alpha, mcnemar_exact, pass_k, rate, sign_flip,
};

#[derive(Deserialize)]
struct Reference {
    studies: Vec<Study>,
    sign_flips: Vec<SignFlips>,
    mcnemar: Vec<(usize, usize, f64)>,
    holm: Vec<Adjusted>,
    clustered: Vec<Clusters>,
    slopes: Vec<Slopes>,
    kappas: Vec<Kappas>,
    alphas: Vec<Alphas>,
}

#[derive(Deserialize)]
struct Study {
    baseline: Vec<Vec<u8>>,
    treated: Vec<Vec<u8>>,
    rate: f64,
    rate_interval: (f64, f64),
    difference: f64,
    difference_interval: (f64, f64),
    k: usize,
    pass_k: f64,
}

#[derive(Deserialize)]
struct SignFlips {
    differences: Vec<f64>,
    p: f64,
}

#[derive(Deserialize)]
struct Adjusted {
    p: Vec<f64>,
    adjusted: Vec<f64>,
}

#[derive(Deserialize)]
struct Clusters {
    rows: Vec<(u32, f64)>,
    mean: f64,
    standard_error: f64,
    interval: (f64, f64),
}

#[derive(Deserialize)]
struct Slopes {
    levels: Vec<f64>,
    attempts: Vec<Vec<Vec<u8>>>,
    slope: f64,
    interval: (f64, f64),
}

#[derive(Deserialize)]
struct Kappas {
    pairs: Vec<(u8, u8)>,
    kappa: f64,
    interval: (f64, f64),
}

#[derive(Deserialize)]
struct Alphas {
    units: Vec<Vec<Option<f64>>>,
    alpha: Alpha,
}

#[derive(Deserialize)]
struct Alpha {
    nominal: f64,
    ordinal: f64,
    interval: f64,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("reference/reference.json")).unwrap()
}

fn tasks<'a>(rows: impl IntoIterator<Item = &'a Vec<u8>>) -> Vec<TaskOutcomes> {
    rows.into_iter()
        .enumerate()
        .map(|(i, row)| TaskOutcomes {
            task: format!("{i:03}"),
            trials: row.iter().map(|passed| *passed == 1).collect(),
            not_scored: 0,
        })
        .collect()
}

#[track_caller]
fn same(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-9, "{ours} is not {theirs}");
}

#[track_caller]
fn same_interval(ours: Option<Interval>, theirs: (f64, f64)) {
    let ours = ours.unwrap();
    same(ours.low, theirs.0);
    same(ours.high, theirs.1);
}

#[test]
fn rates_differences_and_pass_k_are_the_references() {
    for study in reference().studies {
        let (before, after) = (tasks(&study.baseline), tasks(&study.treated));
        let found = rate(&before);
        same(found.estimate.unwrap(), study.rate);
        same_interval(found.interval, study.rate_interval);
        let compared = compare(&before, &after, DEFAULT_MARGIN, 1).unwrap();
        same(compared.difference, study.difference);
        same_interval(compared.interval, study.difference_interval);
        same(pass_k(&before, study.k).estimate.unwrap(), study.pass_k);
    }
}

#[test]
fn tests_and_their_correction_are_the_references() {
    let reference = reference();
    for each in reference.sign_flips {
        same(sign_flip(&each.differences, 1).p_value, each.p);
    }
    for (broke, fixed, p) in reference.mcnemar {
        same(mcnemar_exact(broke, fixed), p);
    }
    for each in reference.holm {
        for (ours, theirs) in holm(&each.p).into_iter().zip(each.adjusted) {
            same(ours, theirs);
        }
    }
}

#[test]
fn a_clustered_mean_is_the_references() {
    for each in reference().clustered {
        let found = clustered_mean(each.rows).unwrap();
        same(found.mean, each.mean);
        same(found.standard_error.unwrap(), each.standard_error);
        same_interval(found.interval, each.interval);
    }
}

#[test]
fn a_dose_response_is_the_references() {
    for each in reference().slopes {
        let columns: Vec<Vec<TaskOutcomes>> = (0..each.levels.len())
            .map(|level| tasks(each.attempts.iter().map(|task| &task[level])))
            .collect();
        let levels: Vec<(f64, &[TaskOutcomes])> =
            each.levels.iter().copied().zip(columns.iter().map(Vec::as_slice)).collect();
        let found = dose_response(&levels).unwrap();
        same(found.slope, each.slope);
        same_interval(found.interval, each.interval);
    }
}

#[test]
fn agreement_is_the_references() {
    let reference = reference();
    for each in reference.kappas {
        let found = kappa(&each.pairs);
        same(found.kappa.unwrap(), each.kappa);
        same_interval(found.interval, each.interval);
    }
    for each in reference.alphas {
        let found = |scale| krippendorff_alpha(&each.units, scale).unwrap();
        same(found(Scale::Nominal), each.alpha.nominal);
        same(found(Scale::Ordinal), each.alpha.ordinal);
        same(found(Scale::Interval), each.alpha.interval);
    }
}
