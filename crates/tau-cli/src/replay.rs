//! `replay`: recorded calls run again, equal or not.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use tau_api::Places;
use tau_domain::DomainId;
use tau_packs::{Library, ReplayError, replay_definition, replay_facts, replay_trajectories};
use tau_toolkits::Profile;

use crate::domains::library;
use crate::error::CliError;
use crate::options::{ReplayOptions, shown};

/// Replays; exit 0 only when everything is equal.
pub fn replay(asked: &ReplayOptions, places: &Places) -> Result<ExitCode, CliError> {
    let id: DomainId = asked.domain.parse()?;
    let library = library(places);
    if library.is_definition(&id) {
        return replay_tau2(asked, &library, &id);
    }
    if asked.profile.is_some() {
        return Err(CliError::new(
            "usage",
            format!("{id} is no domain of tau2: it has no profile."),
        ));
    }
    let domain = library.get(&id)?;
    if let Some(file) = &asked.facts {
        let report =
            replay_facts(&domain, open(file)?).map_err(|error| unreadable(file, &error))?;
        return print(&report, report.all_equal(), asked.json);
    }
    let Some(file) = &asked.trajectories else {
        return Err(CliError::new("usage", "Give --facts FILE or --trajectories FILE."));
    };
    let report =
        replay_trajectories(&domain, open(file)?).map_err(|error| unreadable(file, &error))?;
    print(&report, report.all_equal(), asked.json)
}

/// A recording of tau2, by the domain's own rules or by those of the release that it was made with.
fn replay_tau2(
    asked: &ReplayOptions,
    library: &Library,
    id: &DomainId,
) -> Result<ExitCode, CliError> {
    let Some(file) = &asked.facts else {
        return Err(CliError::new(
            "usage",
            format!("{id} is a domain of tau2: give --facts FILE."),
        ));
    };
    let definition = library.definition(id)?;
    let profile = match &asked.profile {
        None => definition.profile,
        Some(word) => Profile::of(word).ok_or_else(|| {
            let known: Vec<&str> = Profile::ALL.into_iter().map(Profile::word).collect();
            CliError::new("usage", format!("There is no profile {word}."))
                .help(format!("There are: {}.", known.join(", ")))
        })?,
    };
    let domain = library.domain_by(id, profile)?;
    let report = replay_definition(&definition, &domain, open(file)?)
        .map_err(|error| unreadable(file, &error))?;
    print(&report, report.all_equal(), asked.json)
}

fn open(file: &Path) -> Result<File, CliError> {
    File::open(file).map_err(|error| CliError::new("file", format!("{}: {error}", shown(file))))
}

fn unreadable(file: &Path, error: &ReplayError) -> CliError {
    CliError::new("recording", format!("{}: {error}", shown(file)))
}

fn print(
    report: &(impl Serialize + std::fmt::Display),
    equal: bool,
    json: bool,
) -> Result<ExitCode, CliError> {
    if json {
        println!("{}", serde_json::json!(report));
    } else {
        print!("{report}");
        println!("{}", if equal { "all equal" } else { "not equal" });
    }
    Ok(if equal { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
