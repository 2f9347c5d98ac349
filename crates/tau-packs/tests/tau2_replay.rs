//! Recordings of tau2, held against the imported release: what a person who types `replay` gets.

#![allow(clippy::unwrap_used)]

mod support;

use std::path::Path;
use std::sync::OnceLock;

use tau_packs::{Library, RecordingKind, RecordingRow, Recordings, import_release};
use tau_toolkits::Profile;

struct Imported {
    // Removed when the tests are over.
    _folder: tempfile::TempDir,
    library: Library,
}

/// The release, imported once for all tests; `None` where it is not here.
fn library() -> Option<&'static Library> {
    static IMPORTED: OnceLock<Option<Imported>> = OnceLock::new();
    let import = || {
        let wheel = support::tau2_wheel()?;
        let folder = tempfile::tempdir().unwrap();
        let library = Library::new(Vec::new(), folder.path().to_owned());
        import_release(&wheel, "tau2", &library).unwrap();
        Some(Imported { _folder: folder, library })
    };
    IMPORTED.get_or_init(import).as_ref().map(|imported| &imported.library)
}

/// A recording in one domain.
fn replayed(domain: &str, profile: Option<Profile>, recording: &Path) -> Option<RecordingRow> {
    let id = format!("tau2:{domain}").parse().unwrap();
    Some(Recordings::of_domain(library()?, &id).unwrap().file(recording, profile))
}

fn written(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = support::files(&[("recording.json", text)]);
    let path = folder.path().join("recording.json");
    (folder, path)
}

#[test]
fn recorded_calls_are_made_and_what_a_recording_holds_is_told_by_its_content() {
    let Some(facts) = support::facts("tau2") else { return };
    use RecordingKind::{OddCalls, Tasks, Walks};
    for (file, profile, kind, records, calls) in [
        ("wheel_airline.jsonl", Profile::V0_2, Tasks, 50, 148),
        ("head_airline.jsonl", Profile::V1_0, Tasks, 50, 142),
        ("head_airline_walks.jsonl", Profile::V1_0, Walks, 5, 150),
        ("head_airline_probes.json", Profile::V1_0, OddCalls, 43, 43),
    ] {
        let path = facts.join(format!("{file}.gz"));
        let Some(row) = replayed("airline", Some(profile), &path) else { return };
        let told = row.report.as_ref().unwrap();
        assert!(row.all_equal(), "{file}: {told}");
        assert_eq!((told.kind, told.records, told.calls), (kind, records, calls), "{file}");
        assert_eq!(told.of("responses").equal, calls, "{file}");
        let total = told.total();
        assert_eq!(total.all, total.equal, "{file}");
    }
}

#[test]
fn the_newer_mock_domain_stands_on_the_customer_s_data_that_was_recorded() {
    let (Some(library), Some(facts)) = (library(), support::facts("tau2")) else { return };
    let id = "tau2:mock".parse().unwrap();
    let report = Recordings::of_domain(library, &id).unwrap().folder(&facts, None).unwrap();
    assert!(report.all_equal(), "{report}");
    let other = |row: &RecordingRow| row.domain.as_ref().is_some_and(|of| *of != id);
    assert!(!report.files.iter().any(other), "only what is of the domain that was named: {report}");
    assert!(report.files.iter().any(|row| row.file == "head_misc.json.gz"), "{report}");
    let lent: Vec<&str> = report
        .files
        .iter()
        .filter(|row| row.customer_data.as_deref() == Some("head_mock_preimage_user.json.gz"))
        .map(|row| row.file.as_str())
        .collect();
    assert_eq!(lent.len(), 6, "{lent:?}");
    // Alone it cannot be held, and it is said what is missing.
    let alone = tempfile::tempdir().unwrap();
    let path = alone.path().join("head_mock.jsonl.gz");
    std::fs::copy(facts.join("head_mock.jsonl.gz"), &path).unwrap();
    let row = replayed("mock", Some(Profile::V1_0), &path).unwrap();
    let error = row.error.unwrap();
    assert!(error.contains("needs the customer's database"), "{error}");
    assert!(error.contains("head_mock_preimage_user.json.gz"), "{error}");
}

#[test]
fn a_recording_is_held_by_its_own_upstream_s_rules_or_the_difference_is_told() {
    let Some(facts) = support::facts("tau2") else { return };
    let walks = facts.join("head_retail_walks.jsonl.gz");
    let Some(own) = replayed("retail", None, &walks) else { return };
    // Before 1.0 there is no such tool.
    let told = own.report.as_ref().unwrap().to_string();
    assert!(!own.all_equal() && told.contains("Tool 'get_item_details' not found."), "{told}");
    let row = replayed("airline", None, &facts.join("wheel_retail.jsonl.gz")).unwrap();
    assert!(row.error.is_some() || !row.all_equal(), "another domain's recording");
}

#[test]
fn what_differs_is_found_in_every_kind_of_recording() {
    let Some(facts) = support::facts("tau2") else { return };
    for (file, domain, from, to) in [
        ("wheel_airline_initial.json", "airline", "124e39a6", "124e39a7"),
        ("wheel_mock_preimage_agent.json", "mock", "A test task", "A text task"),
        ("wheel_mock_schemas.json", "mock", "Create a new task", "Create a old task"),
        ("wheel_models.json", "mock", "\"flight_number\"", "\"flight_nummer\""),
        ("wheel_misc.json", "mock", "626729", "626728"),
        ("wheel_text_fingerprints.json", "mock", "e00faa515230c864", "e00faa515230c865"),
        ("wheel_stats.json", "mock", "553", "554"),
        ("wheel_mock.jsonl", "mock", "Important Meeting", "Important Melting"),
    ] {
        let Some(text) = support::tau2_facts(file) else { return };
        assert!(text.contains(from), "{file}");
        let (_folder, path) = written(&text.replace(from, to));
        let Some(row) = replayed(domain, None, &path) else { return };
        assert!(!row.all_equal(), "{file}: {:?}", row.report);
        let (_folder, path) = written(&text);
        let row = replayed(domain, None, &path).unwrap();
        assert!(row.all_equal(), "{file}: {:?} {:?}", row.error, row.report);
    }
    assert!(facts.exists());
}

#[test]
fn what_is_no_recording_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", "the recording is empty"),
        ("hello", "line 1: "),
        ("{\"task\": 1}", "neither a task with its actions"),
        ("{\"a\": {}}", "neither side of this domain has data of these parts: a"),
        ("[1, 2]", "line 1: not an object"),
        ("{\"task_id\": \"gone\"}", "there is no task gone"),
        ("{\"walk\": 0, \"steps\": [{\"name\": \"x\"}]}", "line 1: "),
        (
            "{\"probes\": [{\"name\": \"get_users\", \"arguments\": []}]}",
            "arguments is not an object",
        ),
        (&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "line 1: "),
    ] {
        let (_folder, path) = written(text);
        let Some(row) = replayed("mock", None, &path) else { return };
        let error = row.error.unwrap_or_else(|| panic!("{text}: {:?}", row.report));
        assert!(error.contains(reason), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording.json");
    std::fs::write(&path, b"{\"task_id\": \"\xff\"}").unwrap();
    let Some(row) = replayed("mock", None, &path) else { return };
    let error = row.error.unwrap();
    assert!(error.contains("UTF-8") || error.contains("utf-8"), "{error}");
}
