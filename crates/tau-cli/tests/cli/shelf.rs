//! `domains`, `pack check`, `replay`, `sample`.

use std::path::{Path, PathBuf};

use crate::servers::{finish, json_line, tautrait};

fn shipped(pack: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs").join(pack)
}

#[test]
fn the_shipped_domains_are_listed() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, _) = finish(tautrait(dir.path(), None).args(["domains", "--json"]));
    assert_eq!(code, 0);
    let listing = json_line(&out);
    let ids: Vec<&str> =
        listing["domains"].as_array().unwrap().iter().map(|d| d["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["airline", "retail", "telecom", "telehealth"]);
    let (code, out, _) = finish(tautrait(dir.path(), None).arg("domains"));
    assert!(code == 0 && out.contains("retail") && out.contains("test 20"), "{out}");
}

#[test]
fn a_pack_that_is_sound_passes_its_check_and_a_folder_without_one_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, err) =
        finish(tautrait(dir.path(), None).args(["pack", "check"]).arg(shipped("retail")));
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, _) =
        finish(tautrait(dir.path(), None).args(["pack", "check", "--json"]).arg(dir.path()));
    assert_eq!(code, 1);
    assert!(!json_line(&out)["problems"].as_array().unwrap().is_empty());
}

#[test]
fn a_replay_needs_a_domain_and_a_recording() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, _) = finish(
        tautrait(dir.path(), None)
            .args(["replay", "--domain", "no:where", "--facts", "f", "--json"]),
    );
    assert_eq!((code, &json_line(&out)["error"]["code"]), (1, &serde_json::json!("domain")));
    let (code, out, _) = finish(tautrait(dir.path(), None).args([
        "replay",
        "--domain",
        "retail",
        "--facts",
        "no-such-file",
        "--json",
    ]));
    assert_eq!((code, &json_line(&out)["error"]["code"]), (1, &serde_json::json!("file")));
    let (code, _, err) = finish(tautrait(dir.path(), None).args(["replay", "--domain", "retail"]));
    assert!(code == 2 && err.contains("--facts"), "{err}");
}

#[test]
fn the_sample_writes_a_report_that_says_what_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let (code, out, err) = finish(
        tautrait(&dir.path().join("data"), None)
            .args(["sample", "--domain", "retail", "--json", "--out"])
            .arg(dir.path().join("reports")),
    );
    assert_eq!(code, 0, "{out}{err}");
    let line = json_line(&out);
    let report = std::fs::read_to_string(line["reports"][0]["report"].as_str().unwrap()).unwrap();
    assert!(
        report.contains("<svg") && report.to_lowercase().contains("practice"),
        "{}",
        report.len()
    );
}
