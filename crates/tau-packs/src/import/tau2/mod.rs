//! Releases of tau2: data and words of its domains, for the native tools.
//!
//! The code of such a release is read for what it tells models (instructions, descriptions of tools) and for
//! nothing else; what its tools do is ours. So a domain is taken only if its tools are those that we have.

mod docstring;
mod known;
mod schema;
mod syntax;
mod tools;
mod wording;

pub(crate) use known::is_known_wording;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tau_toolkits::{Definition, Profile, Wording};

use super::about::About;
use super::release::{Release, ReleaseError};
use super::source::Modules;
use crate::error::{Fault, PackError};
use crate::format::ManifestSource;
use crate::tau2::{
    ENGINE, FORMAT, Files, Guidance, MANIFEST, Manifest, SPLITS, TASKS, TOOLS, TaskFile,
    open_files, wording_file,
};

/// The domains that there are tools for, with what a person reads of each.
const DOMAINS: [(&str, &str, &str); 4] = [
    ("airline", "Airline", "Reservations of an airline: booking, changing, cancelling, refunds."),
    ("mock", "Mock", "A handful of tasks on a to-do list, for trying things out."),
    ("retail", "Retail", "Orders of an online shop: cancelling, changing, returning, exchanging."),
    (
        "telecom",
        "Telecom",
        "A mobile operator: lines and bills, and the phone in the customer's own hands.",
    ),
];

/// Upstream's files of a domain with the names that a pack gives them.
const FILES: [(&str, &str); 12] = [
    ("policy.md", "policy.md"),
    ("policy_solo.md", "policy_solo.md"),
    ("main_policy.md", "policy.md"),
    ("main_policy_solo.md", "policy_solo.md"),
    ("tech_support_manual.md", "manual.md"),
    ("tech_support_workflow.md", "workflow.md"),
    ("tech_support_workflow_solo.md", "workflow_solo.md"),
    ("db.json", "db.json"),
    ("db.toml", "db.toml"),
    ("user_db.json", "user_db.json"),
    ("user_db.toml", "user_db.toml"),
    ("split_tasks.json", SPLITS),
];

/// A domain of a release as a pack.
pub(super) struct ReadTau2 {
    /// Its name, which is also the name of its folder.
    pub name: String,
    /// The pack's files.
    pub files: BTreeMap<String, String>,
    /// Its domains, opened.
    pub definitions: Vec<Definition>,
    /// Texts of it that are none of the releases that this product was held against.
    pub strange: Vec<String>,
}

/// The folder to read for a path that a person gave: a release's `data` folder does not hold the code with
/// the words, the folder around it does.
pub(super) fn root_of(path: &Path) -> PathBuf {
    if !path.join("tau2/domains").is_dir() {
        return path.to_owned();
    }
    let Ok(path) = path.canonicalize() else { return path.to_owned() };
    let around = path.ancestors().skip(1).take(2);
    let holds = |folder: &&Path| {
        ["src/tau2", "tau2"].iter().any(|package| folder.join(package).join("agent").is_dir())
    };
    around.into_iter().find(holds).map_or_else(|| path.clone(), Path::to_owned)
}

/// Reads the domains of tau2 in a release; none where there are none.
pub(super) fn read(
    release: &mut Release,
    about: &About,
    source: &str,
    faults: &mut Vec<Fault>,
) -> Result<Vec<ReadTau2>, ReleaseError> {
    let Some(data) = data_folder(release.names()) else { return Ok(Vec::new()) };
    let profile = profile(release, &data);
    let Some(outside) = code_folder(release.names()) else {
        let reason = "the descriptions of the tools and the instructions of the models are in the \
                      release's code, which is not here: give the checkout or the wheel";
        faults.push(Fault { file: data, line: None, reason: reason.to_owned() });
        return Ok(Vec::new());
    };
    let mut modules = Modules::new(release, &outside);
    let guidelines = format!("{data}user_simulator/");
    let wording = wording::read(&mut modules, &guidelines, faults)?;
    let mut packs = Vec::new();
    for name in domains(modules.release.names(), &data) {
        let folder = format!("{data}domains/{name}/");
        let Some((_, title, description)) = DOMAINS.iter().find(|(known, ..)| *known == name)
        else {
            let reason = "there are no tools for this domain here".to_owned();
            faults.push(Fault { file: folder, line: None, reason });
            continue;
        };
        let Some(wording) = &wording else { continue };
        let manifest = Manifest {
            id: name.clone(),
            title: (*title).to_owned(),
            description: (*description).to_owned(),
            version: about.full_version(),
            format: FORMAT,
            licence: about.licence.clone(),
            engine: ENGINE.to_owned(),
            toolkit: name.clone(),
            profile: profile.word().to_owned(),
            source: Some(ManifestSource { name: source.to_owned(), version: about.full_version() }),
        };
        let mut files = BTreeMap::new();
        put(&mut files, MANIFEST, toml::to_string(&manifest).map_err(|e| e.to_string()), faults);
        if let Some(notice) = &about.notice {
            files.insert("LICENCE".to_owned(), notice.clone());
        }
        put_wording(&mut files, wording);
        put_content(&mut files, modules.release, &folder, profile)?;
        let mut tools = tools::read(&mut modules, &name, faults)?;
        // Before 1.0 nobody plays the customer of the mock domain with tools.
        tools.user = tools.user.filter(|all| !all.is_empty());
        put(
            &mut files,
            TOOLS,
            serde_json::to_string_pretty(&tools).map_err(|e| e.to_string()),
            faults,
        );
        faults.append(&mut modules.faults);
        match opened(&files, &name) {
            Ok(definitions) => {
                let strange: BTreeSet<String> =
                    definitions.iter().flat_map(known::strange).collect();
                let strange = strange.into_iter().collect();
                packs.push(ReadTau2 { name, files, definitions, strange });
            }
            Err(error) => faults.push(told(&folder, error)),
        }
    }
    Ok(packs)
}

fn opened(files: &BTreeMap<String, String>, toolkit: &str) -> Result<Vec<Definition>, PackError> {
    let files = Files::Held(files);
    let all = Guidance::of(&files, toolkit);
    all.into_iter().map(|guidance| open_files(&files, guidance)).collect()
}

fn told(folder: &str, error: PackError) -> Fault {
    match error {
        PackError::Invalid { file, line, message } => {
            Fault { file: format!("{folder}{file}"), line, reason: message }
        }
        other => Fault { file: folder.to_owned(), line: None, reason: other.to_string() },
    }
}

fn put(
    files: &mut BTreeMap<String, String>,
    name: &str,
    text: Result<String, String>,
    faults: &mut Vec<Fault>,
) {
    match text {
        Ok(text) => {
            files.insert(name.to_owned(), text);
        }
        Err(reason) => faults.push(Fault { file: name.to_owned(), line: None, reason }),
    }
}

fn put_wording(files: &mut BTreeMap<String, String>, wording: &Wording) {
    let plan = wording.plan.as_ref();
    let ended = [
        ("agent", Some(&wording.agent)),
        ("solo", wording.solo.as_ref()),
        ("plan", plan.map(|plan| &plan.instruction)),
        ("plan_step", plan.map(|plan| &plan.step)),
        ("plan_user_step", plan.map(|plan| &plan.user_step)),
        ("greeting", Some(&wording.greeting)),
        ("judge", wording.judge.as_ref()),
    ];
    for (name, text) in ended {
        if let Some(text) = text {
            files.insert(wording_file(name), format!("{text}\n"));
        }
    }
    files.insert(wording_file("user"), wording.user.clone());
    if let Some(text) = &wording.user_tools {
        files.insert(wording_file("user_tools"), text.clone());
    }
}

/// Data, policies and tasks.
fn put_content(
    files: &mut BTreeMap<String, String>,
    release: &mut Release,
    folder: &str,
    profile: Profile,
) -> Result<(), ReleaseError> {
    for (theirs, ours) in FILES {
        let file = format!("{folder}{theirs}");
        if release.has(&file) {
            files.insert(ours.to_owned(), release.read_text(&file)?);
        }
    }
    let tasks = format!("{folder}{TASKS}");
    let full = format!("{folder}tasks_full.json");
    // Before there were splits, `tasks.json` of telecom was what is the split `base` today.
    if profile == Profile::V0_1_2 && release.has(&full) {
        let mut splits = indexmap::IndexMap::new();
        for (split, file) in [
            ("base", tasks.clone()),
            ("full", full.clone()),
            ("small", format!("{folder}tasks_small.json")),
        ] {
            if release.has(&file) {
                splits.insert(split, ids(&release.read_text(&file)?));
            }
        }
        if let Ok(text) = serde_json::to_string_pretty(&splits) {
            files.insert(SPLITS.to_owned(), text);
        }
        files.insert(TASKS.to_owned(), release.read_text(&full)?);
    } else if release.has(&tasks) {
        files.insert(TASKS.to_owned(), release.read_text(&tasks)?);
    }
    Ok(())
}

fn ids(tasks: &str) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Named {
        id: String,
    }
    // A file that cannot be read is told of when the pack is opened.
    let tasks = serde_json::from_str::<TaskFile<Named>>(tasks).map(TaskFile::tasks);
    tasks.unwrap_or_default().into_iter().map(|task| task.id).collect()
}

/// The folder `tau2` of the data, with a slash at its end: the outermost one with domains in it.
fn data_folder(names: &[String]) -> Option<String> {
    let of = |name: &String| {
        let (folder, file) = name.rsplit_once('/')?;
        let (domains, _) = folder.rsplit_once('/')?;
        let data = domains.strip_suffix("tau2/domains")?;
        let whole = file == TASKS && (data.is_empty() || data.ends_with('/'));
        whole.then(|| format!("{data}tau2/"))
    };
    names.iter().filter_map(of).min_by_key(String::len)
}

/// The path before the package `tau2`: empty in a wheel, `src/` in a checkout.
fn code_folder(names: &[String]) -> Option<String> {
    let of = |name: &String| {
        let outside = name.strip_suffix("tau2/agent/llm_agent.py")?;
        (outside.is_empty() || outside.ends_with('/')).then(|| outside.to_owned())
    };
    names.iter().filter_map(of).min_by_key(String::len)
}

/// The names of the folders of domains.
fn domains(names: &[String], data: &str) -> BTreeSet<String> {
    let folder = format!("{data}domains/");
    let of = |name: &String| {
        let (domain, file) = name.strip_prefix(&folder)?.split_once('/')?;
        (file == TASKS || file.starts_with("tasks")).then(|| domain.to_owned())
    };
    names.iter().filter_map(of).collect()
}

/// Which upstream a release is of, by what only it has.
fn profile(release: &Release, data: &str) -> Profile {
    let has = |file: &str| release.has(&format!("{data}domains/{file}"));
    if has("mock/user_db.json") || has("mock/user_db.toml") {
        Profile::V1_0
    } else if DOMAINS.iter().any(|(domain, ..)| has(&format!("{domain}/{SPLITS}"))) {
        Profile::V0_2
    } else {
        Profile::V0_1_2
    }
}
