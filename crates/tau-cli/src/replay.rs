//! `replay`: recorded calls run again, equal or not.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;
use tau_api::Places;
use tau_domain::DomainId;
use tau_packs::{Recordings, ReplayError, replay_facts, replay_trajectories};
use tau_toolkits::Profile;

use crate::domains::library;
use crate::error::CliError;
use crate::options::{ReplayOptions, shown};

/// Replays; exit 0 only when everything is equal.
pub fn replay(asked: &ReplayOptions, places: &Places) -> Result<ExitCode, CliError> {
    let id: DomainId = asked.domain.parse()?;
    let library = library(places);
    let is_source = || library.sources().iter().any(|source| source.record.name == asked.domain);
    let recordings = if library.is_definition(&id) {
        Some(Recordings::of_domain(&library, &id)?)
    } else if is_source() {
        Some(Recordings::of_source(&library, Some(&asked.domain)))
    } else {
        None
    };
    if let Some(recordings) = recordings {
        let Some(file) = &asked.facts else {
            return Err(CliError::new(
                "usage",
                format!("{} is of tau2: give --facts FILE or --facts FOLDER.", asked.domain),
            ));
        };
        return replay_tau2(asked, &recordings, file);
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

/// Recordings of tau2: a file, by the domain's own rules or by those of the release that it was made with; or a
/// folder of them, each by those that its name gives.
fn replay_tau2(
    asked: &ReplayOptions,
    recordings: &Recordings<'_>,
    file: &Path,
) -> Result<ExitCode, CliError> {
    let profile = asked.profile.as_deref().map(profile_of).transpose()?;
    if file.is_dir() {
        let told = |error: ReplayError| unreadable(file, &error);
        let report = recordings.folder(file, profile).map_err(told)?;
        return print(&report, report.all_equal(), asked.json);
    }
    // What cannot be opened is told as what it is.
    open(file)?;
    let row = recordings.file(file, profile);
    let equal = row.all_equal();
    if let Some(error) = row.error {
        return Err(CliError::new("recording", format!("{}: {error}", shown(file))));
    }
    let Some(report) = row.report else {
        return Err(CliError::new("recording", format!("{}: nothing came of it", shown(file))));
    };
    if let (Some(beside), false) = (&row.customer_data, asked.json) {
        println!("The customer's data, which this release does not have, is taken from {beside}.");
    }
    print(&report, equal, asked.json)
}

fn profile_of(word: &str) -> Result<Profile, CliError> {
    Profile::of(word).ok_or_else(|| {
        let known: Vec<&str> = Profile::ALL.into_iter().map(Profile::word).collect();
        CliError::new("usage", format!("There is no profile {word}."))
            .help(format!("There are: {}.", known.join(", ")))
    })
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
