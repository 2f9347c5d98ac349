//! The packs that the product ships pass their own check.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use tau_domain::Split;
use tau_packs::{Library, check_pack, open_pack};

/// The folders of `data/packs` by name: those of tau-bench's format, and those of tau2's.
fn folders() -> (Vec<PathBuf>, Vec<PathBuf>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
    let mut packs: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    packs.retain(|path| path.is_dir());
    packs.sort();
    packs.into_iter().partition(|pack| {
        let manifest = fs::read_to_string(pack.join("pack.toml")).unwrap();
        !manifest.lines().any(|line| line.starts_with("engine ="))
    })
}

fn packs() -> Vec<PathBuf> {
    folders().0
}

#[test]
fn every_shipped_pack_of_tau2_passes_its_check_without_a_warning() {
    for pack in folders().1 {
        let report = check_pack(&pack);
        assert!(report.problems.is_empty(), "{report}");
        assert!(report.facts.tasks >= 30, "{report}");
    }
}

#[test]
fn every_shipped_pack_passes_its_check() {
    let names: Vec<String> =
        packs().iter().map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["airline", "retail", "telecom", "telehealth"]);
    for pack in packs() {
        let report = check_pack(&pack);
        assert!(report.passed(), "{report}");
        assert!(report.facts.write_tools >= 3 && report.facts.rules >= 10, "{report}");
        assert!((10..=16).contains(&report.facts.tools), "{report}");
    }
}

#[test]
fn a_shipped_pack_with_a_workflow_is_listed_and_opened_as_two_domains() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs");
    let library = Library::new(vec![packs], PathBuf::from("nowhere"));
    let listing = library.definitions();
    assert!(listing.broken.is_empty(), "{listing:?}");
    let ids: Vec<String> = listing.definitions.iter().map(|entry| entry.id.to_string()).collect();
    assert_eq!(ids, ["mobile", "mobile-workflow"]);
    let [manual, workflow] =
        [0, 1].map(|n| library.definition(&listing.definitions[n].id).unwrap());
    assert_ne!(manual.policy, workflow.policy);
    assert_eq!(manual.fingerprint, workflow.fingerprint);
    assert_eq!(manual.tasks.len(), listing.definitions[0].tasks);
    assert!(manual.default_split().is_some() && manual.solo_policy.is_some());
}

#[test]
fn every_split_of_a_shipped_pack_has_enough_tasks_and_allows_about_as_often_as_it_denies() {
    for pack in packs() {
        let domain = open_pack(&pack).unwrap();
        for (split, least) in [(Split::Test, 20), (Split::Train, 15), (Split::Dev, 5)] {
            let tasks = &domain.tasks[&split];
            assert!(tasks.len() >= least, "{} {}: {}", domain.id, split.name(), tasks.len());
            let share = |wanted| {
                let count = tasks.iter().filter(|task| task.allowed == Some(wanted)).count();
                count * 100 / tasks.len()
            };
            // Who always agrees and who always refuses must both do badly.
            assert!(share(true) >= 20 && share(false) >= 20, "{} {}", domain.id, split.name());
        }
    }
}
