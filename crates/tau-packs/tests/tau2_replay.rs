//! Recorded calls of tau2, replayed in the imported release: what a person who types `replay` gets.

#![allow(clippy::unwrap_used)]

mod support;

use tau_domain::DomainId;
use tau_packs::{DefinitionReplayReport, Library, import_release, replay_definition};
use tau_toolkits::{Domain, Profile, Value};

fn library() -> Option<(tempfile::TempDir, Library)> {
    let wheel = support::tau2_wheel()?;
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Vec::new(), folder.path().to_owned());
    import_release(&wheel, "tau2", &library).unwrap();
    Some((folder, library))
}

fn replayed(
    library: &Library,
    domain: &str,
    profile: Profile,
    recording: &str,
) -> Option<DefinitionReplayReport> {
    let id = DomainId::imported("tau2", domain).unwrap();
    let path = support::facts(&format!("tau2/{recording}.gz"))?;
    let definition = library.definition(&id).unwrap();
    let domain = library.domain_by(&id, profile).unwrap();
    let file = std::fs::File::open(path).unwrap();
    Some(replay_definition(&definition, &domain, file).unwrap())
}

#[test]
fn every_recording_of_either_version_is_replayed_without_a_difference() {
    let Some((_folder, library)) = library() else { return };
    for (domain, profile, recording, records, calls) in [
        ("mock", Profile::V0_2, "wheel_mock.jsonl", 9, 7),
        ("airline", Profile::V0_2, "wheel_airline.jsonl", 50, 148),
        ("retail", Profile::V0_2, "wheel_retail.jsonl", 114, 553),
        ("airline", Profile::V1_0, "head_airline.jsonl", 50, 142),
        ("airline", Profile::V1_0, "head_airline_walks.jsonl", 5, 0),
        ("airline", Profile::V1_0, "head_airline_probes.json", 0, 0),
        ("retail", Profile::V1_0, "head_retail.jsonl", 114, 550),
        ("retail", Profile::V1_0, "head_retail_walks.jsonl", 5, 0),
        ("retail", Profile::V1_0, "head_retail_probes.json", 0, 0),
        ("telecom", Profile::V1_0, "head_telecom_quarter.jsonl", 572, 0),
        ("telecom", Profile::V1_0, "head_telecom_walks.jsonl", 38, 0),
        ("telecom", Profile::V1_0, "head_telecom_probes.json", 0, 0),
    ] {
        let Some(report) = replayed(&library, domain, profile, recording) else { return };
        println!("{recording}: {report}");
        assert!(report.all_equal(), "{recording}: {report}");
        assert!(report.calls > 0 && report.responses.equal == report.calls, "{recording}");
        assert!(records == 0 || report.records == records, "{recording}: {}", report.records);
        assert!(calls == 0 || report.calls == calls, "{recording}: {}", report.calls);
    }
}

#[test]
fn the_newer_mock_domain_is_replayed_over_the_customer_s_data_that_was_recorded() {
    let Some((_folder, library)) = library() else { return };
    let Some(user) = support::tau2_facts("head_mock_preimage_user.json") else { return };
    let definition = library.definition(&"tau2:mock".parse().unwrap()).unwrap();
    let agent = std::fs::read_to_string(library.source_dir("tau2").join("mock/db.json")).unwrap();
    let read = |text: &str| Value::read_json(text).unwrap();
    let domain = Domain::open("mock", Profile::V1_0, &read(&agent), Some(&read(&user))).unwrap();
    for (recording, records, calls) in
        [("head_mock.jsonl", 10, 8), ("head_mock_probes.json", 17, 17)]
    {
        let Some(path) = support::facts(&format!("tau2/{recording}.gz")) else { return };
        let file = std::fs::File::open(path).unwrap();
        let report = replay_definition(&definition, &domain, file).unwrap();
        println!("{recording}: {report}");
        assert!(report.all_equal(), "{recording}: {report}");
        assert_eq!((report.records, report.calls), (records, calls), "{recording}");
    }
}

#[test]
fn a_recording_is_replayed_by_its_own_upstream_s_rules_or_the_difference_is_told() {
    let Some((_folder, library)) = library() else { return };
    let own = replayed(&library, "retail", Profile::V0_2, "head_retail_walks.jsonl");
    let Some(own) = own else { return };
    // Before 1.0 there is no such tool.
    let told = own.to_string();
    assert!(!own.all_equal() && told.contains("Tool 'get_item_details' not found."), "{told}");
}

#[test]
fn a_release_without_a_customer_s_data_cannot_stand_for_one_that_has_some() {
    let Some((_folder, library)) = library() else { return };
    let id = DomainId::imported("tau2", "mock").unwrap();
    let refused = library.domain_by(&id, Profile::V1_0).err().unwrap().to_string();
    assert!(refused.contains("needs the customer's database"), "{refused}");
}
