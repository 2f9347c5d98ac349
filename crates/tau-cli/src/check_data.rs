//! `check-data`: where the data is, and whether every domain in it opens.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use tau_api::Places;

use crate::domains::library;
use crate::error::CliError;
use crate::options::shown;

/// `check-data`.
#[derive(Debug, Args)]
pub struct CheckDataOptions {
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Opens every domain; exit 1 when there is none, or one cannot be used.
pub fn check(asked: &CheckDataOptions, places: &Places) -> Result<ExitCode, CliError> {
    let library = library(places);
    let (listing, tau2) = (library.list(), library.definitions());
    let of_tau_bench = listing.domains.iter().map(|entry| (&entry.id, false));
    let of_tau2 = tau2.definitions.iter().map(|entry| (&entry.id, true));
    let mut opened = Vec::new();
    let mut broken: Vec<(String, String)> = Vec::new();
    for (id, is_tau2) in of_tau_bench.chain(of_tau2) {
        let failed = match is_tau2 {
            true => library.definition(id).err(),
            false => library.get(id).err(),
        };
        match failed {
            None => opened.push(id.to_string()),
            Some(error) => broken.push((id.to_string(), error.to_string())),
        }
    }
    for pack in listing.broken.iter().chain(&tau2.broken) {
        let known = (pack.folder.clone(), pack.reason.clone());
        if !broken.contains(&known) {
            broken.push(known);
        }
    }
    let (shipped, data) = (shown(&places.shipped), shown(&places.data));
    if asked.json {
        let broken = broken.iter().map(|(what, why)| json!({"what": what, "why": why}));
        let broken: Vec<_> = broken.collect();
        let told = json!({"shipped": shipped, "data": data, "domains": opened, "broken": broken});
        println!("{told}");
    } else {
        println!("shipped with the program: {shipped}");
        println!("runs and imported domains: {data}");
        println!("{} domains open: {}", opened.len(), opened.join(", "));
        for (what, why) in &broken {
            println!("not usable: {what}: {why}");
        }
    }
    let sound = broken.is_empty() && !opened.is_empty();
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
