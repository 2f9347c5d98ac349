//! Importing the released package.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use tau_domain::Split;
use tau_packs::import_release;

#[test]
fn the_wheel_gives_four_domains_with_every_task_and_tool() {
    let Some(wheel) = support::wheel() else { return };
    let (_data_dir, library, report) = support::imported(&wheel);
    assert_eq!((report.package.as_str(), report.version.as_str()), ("tau_trait", "0.1.1"));
    // Telecom's file of dev tasks holds nothing but comments.
    let unused: Vec<String> = report.unused.iter().map(ToString::to_string).collect();
    assert_eq!(unused, ["tau_trait/envs/telecom/tasks_dev.py: no list TASKS_DEV"], "{report}");
    let computed: usize = report.domains.iter().map(|domain| domain.computed_values).sum();
    assert!(computed >= 3, "values that helper functions work out over the data: {computed}");
    let found: BTreeMap<String, (usize, Vec<usize>)> = report
        .domains
        .iter()
        .map(|domain| {
            let tasks =
                Split::ALL.iter().map(|split| domain.tasks.get(split).copied().unwrap_or(0));
            (domain.id.to_string(), (domain.tools.len(), tasks.collect()))
        })
        .collect();
    let expected = [
        ("tau1:airline", 14, [60, 0, 0]),
        ("tau1:retail", 16, [120, 500, 20]),
        ("tau1:telecom", 15, [2, 1, 0]),
        ("tau1:telehealth", 17, [12, 1, 1]),
    ];
    for (id, tools, tasks) in expected {
        assert_eq!(found[id], (tools, tasks.to_vec()), "{id}");
    }
    let telehealth = support::domain(&library, "telehealth");
    let twelfth = &telehealth.tasks[&Split::Test][2];
    assert!(twelfth.outputs.iter().any(|output| output.ends_with("/APPT025")), "{twelfth:?}");
    assert_eq!(library.list().domains.len(), 4);
}

#[test]
fn importing_again_replaces_the_source_and_a_refused_release_leaves_it_as_it_was() {
    let Some(wheel) = support::wheel() else { return };
    let (data_dir, library, first) = support::imported(&wheel);
    let before = support::domain(&library, "airline");
    let again = import_release(&wheel, "tau1", &library).unwrap();
    assert_eq!(again.domains[0].fingerprint, first.domains[0].fingerprint);
    let after = support::domain(&library, "airline");
    assert!(!std::sync::Arc::ptr_eq(&before, &after), "the domain is opened anew");
    assert_eq!(before.fingerprint, after.fingerprint);

    let broken = data_dir.path().join("broken.zip");
    fs::write(&broken, b"PK\x05\x06 not a zip").unwrap();
    assert!(import_release(&broken, "tau1", &library).is_err());
    assert!(import_release(&wheel, "../up", &library).is_err());
    let left: Vec<_> = fs::read_dir(data_dir.path().join("sources")).unwrap().flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(library.list().domains.len(), 4);
}
