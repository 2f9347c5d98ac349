//! `domains` and `pack check`.

use std::process::ExitCode;

use serde_json::json;
use tau_api::Places;
use tau_packs::{Library, check_pack};

use crate::error::CliError;
use crate::options::{CheckOptions, DomainsOptions};

/// The domains at hand.
pub fn library(places: &Places) -> Library {
    Library::new(vec![places.shipped.join("packs")], places.data.clone())
}

/// Lists the domains.
pub fn list(asked: &DomainsOptions, places: &Places) -> Result<ExitCode, CliError> {
    let library = library(places);
    let (listing, tau2) = (library.list(), library.definitions());
    if asked.json {
        let mut told = json!(listing);
        told["definitions"] = json!(tau2.definitions);
        let broken = listing.broken.iter().chain(&tau2.broken).collect::<Vec<_>>();
        told["broken"] = json!(broken);
        println!("{told}");
        return Ok(ExitCode::SUCCESS);
    }
    for domain in &listing.domains {
        let tasks: Vec<String> =
            domain.tasks.iter().map(|(split, count)| format!("{} {count}", split.name())).collect();
        println!(
            "{:24} {} ({} {})",
            domain.id.to_string(),
            tasks.join(", "),
            domain.source.name,
            domain.version
        );
        println!("{:24} {}", "", domain.title);
    }
    for domain in &tau2.definitions {
        let splits: Vec<String> =
            domain.splits.iter().map(|(name, count)| format!("{name} {count}")).collect();
        println!(
            "{:24} {} tasks{}{} ({} {}, rules of tau2 {})",
            domain.id.to_string(),
            domain.tasks,
            if splits.is_empty() { "" } else { ": " },
            splits.join(", "),
            domain.source.name,
            domain.version,
            domain.profile,
        );
        println!("{:24} {}", "", domain.title);
    }
    for broken in listing.broken.iter().chain(&tau2.broken) {
        eprintln!("not usable: {}: {}", broken.folder, broken.reason);
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks a pack; exit 1 when something must be changed.
pub fn check(asked: &CheckOptions) -> Result<ExitCode, CliError> {
    let report = check_pack(&asked.dir);
    if asked.json {
        println!("{}", json!(report));
    } else {
        println!("{report}");
    }
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
