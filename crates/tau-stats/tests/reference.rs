//! Estimators against values of scipy, statsmodels and krippendorff
//! (`tests/reference/make.py` made `reference.json`).

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use serde::Deserialize;
use tau_stats::{
    DEFAULT_MARGIN, Interval, Scale, Spread, TaskMeasure, TaskOutcomes, clustered_mean, compare,
    compare_measure, compare_pass_k, dose_response, holm, kappa, krippendorff_alpha, mcnemar_exact,
    pass_k, rate, sign_flip, smallest_detectable_drop,
};

#[derive(Deserialize)]
struct Reference {
    made_with: BTreeMap<String, String>,
    studies: Vec<Study>,
    sign_flips: Vec<SignFlips>,
    mcnemar: Vec<(usize, usize, f64)>,
    holm: Vec<Adjusted>,
    clustered: Vec<Clusters>,
    slopes: Vec<Slopes>,
    kappas: Vec<Kappas>,
    alphas: Vec<Alphas>,
    flats: Vec<Flat>,
    plans: Vec<(usize, usize, f64)>,
    measures: Vec<Measures>,
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
    pass_k_interval: (f64, f64),
    pass_k_difference: f64,
    pass_k_difference_interval: (f64, f64),
}

#[derive(Deserialize)]
struct Flat {
    baseline: Vec<Vec<u8>>,
    treated: Vec<Vec<u8>>,
    interval: (f64, f64),
}

#[derive(Deserialize)]
struct Measures {
    baseline: Vec<Vec<f64>>,
    treated: Vec<Vec<f64>>,
    difference: f64,
    interval: (f64, f64),
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
        let chance = pass_k(&before, study.k);
        same(chance.estimate.unwrap(), study.pass_k);
        same_interval(chance.interval, study.pass_k_interval);
        let chances = compare_pass_k(&before, &after, study.k, DEFAULT_MARGIN, 1).unwrap();
        same(chances.difference, study.pass_k_difference);
        same_interval(chances.interval, study.pass_k_difference_interval);
    }
}

#[test]
fn where_no_task_differs_from_another_the_interval_is_newcombes() {
    for flat in reference().flats {
        let (before, after) = (tasks(&flat.baseline), tasks(&flat.treated));
        let compared = compare(&before, &after, DEFAULT_MARGIN, 1).unwrap();
        same_interval(compared.interval, flat.interval);
    }
}

#[test]
fn the_smallest_drop_that_a_plan_can_see_is_the_references() {
    for (tasks, trials, drop) in reference().plans {
        same(smallest_detectable_drop(Spread::default(), tasks, trials).unwrap(), drop);
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
fn the_paired_difference_of_a_measure_is_the_references() {
    for each in reference().measures {
        let side = |rows: &[Vec<f64>]| -> Vec<TaskMeasure> {
            let task = |(i, values): (usize, &Vec<f64>)| TaskMeasure {
                task: format!("{i:03}"),
                values: values.clone(),
            };
            rows.iter().enumerate().map(task).collect()
        };
        let found = compare_measure(&side(&each.baseline), &side(&each.treated)).unwrap();
        same(found.difference, each.difference);
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

/// The table of docs/reference.md, from the references themselves: what is compared with what, on how
/// many data sets, how many figures. `UPDATE_DOCS=1` rewrites it.
#[test]
fn the_documents_list_every_comparison() {
    let reference = reference();
    let studies = reference.studies.len();
    let versions = &reference.made_with;
    let rows = [
        ("success rate, Wilson's interval at the effective sample size", "statsmodels", studies, 3),
        ("paired difference, t interval", "scipy", studies, 3),
        (
            "paired difference where no task differs, Newcombe's interval",
            "statsmodels",
            reference.flats.len(),
            2,
        ),
        ("pass^k with interval", "scipy, statsmodels", studies, 3),
        ("paired difference of pass^k, t interval", "scipy", studies, 3),
        (
            "paired difference of a measure (turns, cost), t interval",
            "scipy",
            reference.measures.len(),
            3,
        ),
        ("sign-flip permutation test", "scipy", reference.sign_flips.len(), 1),
        ("exact McNemar test", "statsmodels", reference.mcnemar.len(), 1),
        (
            "Holm's correction",
            "statsmodels",
            reference.holm.iter().map(|each| each.p.len()).sum(),
            1,
        ),
        (
            "mean with clustered standard error and interval",
            "statsmodels",
            reference.clustered.len(),
            4,
        ),
        ("slope per level, t interval", "scipy", reference.slopes.len(), 3),
        ("smallest detectable drop", "scipy", reference.plans.len(), 1),
        ("Cohen's kappa with interval", "statsmodels", reference.kappas.len(), 3),
        (
            "Krippendorff's alpha, nominal, ordinal, interval",
            "krippendorff",
            reference.alphas.len(),
            3,
        ),
    ];
    let mut text = String::from(
        "# Estimators against reference software\n\nEvery figure below equals the reference's to 1e-9 \
         (`crates/tau-stats/tests/reference.rs`).\nThe data are drawn by \
         `crates/tau-stats/tests/reference/make.py` from a fixed seed; the answers are those of\n",
    );
    let named: Vec<String> =
        versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    text += &format!(
        "{}.\n\n| estimator | reference | data sets | figures |\n|---|---|---|---|\n",
        named.join(", ")
    );
    for (estimator, software, sets, figures) in rows {
        text += &format!("| {estimator} | {software} | {sets} | {} |\n", sets * figures);
    }
    text += "\nThe bootstrap of ratios has its own draws and cannot equal another's; how often its intervals hold \
             the truth is in\n[coverage.md](coverage.md), with all others.\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(written, text, "UPDATE_DOCS=1 rewrites docs/reference.md");
}
