//! Every recorded answer of the released package, replayed through its imported domains.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs::{self, File};
use std::path::Path;

use tau_packs::{replay_facts, replay_trajectories};

/// Domain, tasks of the gold recording, fewest calls of the recording of malformed calls.
const DOMAINS: [(&str, u64, u64); 4] =
    [("retail", 640, 300), ("airline", 60, 144), ("telecom", 3, 1_500), ("telehealth", 14, 1_482)];

#[test]
fn gold_and_malformed_calls_are_answered_as_recorded() {
    let (Some(wheel), Some(facts)) = (support::wheel(), support::facts("tau1")) else { return };
    replays_exactly(&wheel, &facts);
}

#[test]
fn a_checkout_answers_as_the_wheel_does() {
    let (Some(wheel), Some(facts)) = (support::wheel(), support::facts("tau1")) else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("tau-trait-0123456789abcdef0123456789abcdef01234567");
    let mut archive = zip::ZipArchive::new(File::open(&wheel).unwrap()).unwrap();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        // As a checkout has it: no metadata of a wheel, but a project file.
        let name = entry.name().to_owned();
        if entry.is_file() && !name.contains(".dist-info/") {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::io::copy(&mut entry, &mut File::create(path).unwrap()).unwrap();
        }
    }
    support::write_files(&root, &[("setup.py", "setup(name=\"tau_trait\", version=\"0.1.1\")\n")]);
    replays_exactly(folder.path(), &facts);
}

/// Imports a release and replays all recorded answers through it.
fn replays_exactly(release: &Path, facts: &Path) {
    let (_data_dir, library, _) = support::imported(release);
    let mut failures = Vec::new();
    for (name, tasks, odd_calls) in DOMAINS {
        let domain = support::domain(&library, name);
        let file = File::open(facts.join(format!("wheel_{name}.jsonl.gz"))).unwrap();
        let gold = replay_facts(&domain, file).unwrap();
        println!("{name}, gold: {gold}");
        if !(gold.all_equal() && gold.tasks == tasks) {
            failures.push(format!("{name}, gold: {gold}"));
        }
        let file = File::open(facts.join(format!("wheel_{name}_fuzz.jsonl.gz"))).unwrap();
        let odd = replay_facts(&domain, file).unwrap();
        // The differing texts are printed: each needs a reason.
        println!("{name}, malformed: {odd}");
        let texts_hold = odd.observations_equal * 100 >= odd.calls * 99;
        if !(texts_hold && odd.hashes_equal == odd.tasks && odd.tasks >= odd_calls) {
            failures.push(format!("{name}, malformed: {odd}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn recorded_conversations_get_the_recorded_rewards() {
    let (Some(wheel), Some(facts)) = (support::wheel(), support::facts("tau1/trajectories")) else {
        return;
    };
    let (_data_dir, library, _) = support::imported(&wheel);
    for (name, conversations, calls) in [("retail", 120, 850), ("airline", 60, 370)] {
        let domain = support::domain(&library, name);
        let file = File::open(facts.join(format!("impatience_{name}.json.gz"))).unwrap();
        let report = replay_trajectories(&domain, file).unwrap();
        assert!(report.all_equal(), "{name}: {report}");
        assert_eq!((report.trajectories, report.calls), (conversations, calls), "{name}");
    }
}
