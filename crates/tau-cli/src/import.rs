//! `import`: looking at a release, keeping it, and fetching a published one.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use tau_api::Places;
use tau_packs::{
    CancellationToken, DownloadError, Fetcher, ImportReport, Published, import_release,
    inspect_release, published_releases,
};

use crate::domains::library;
use crate::error::CliError;
use crate::options::shown;

/// `import`.
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// The release: a folder, a wheel, a zip or a .tar.gz
    #[arg(required_unless_present_any = ["release", "releases"])]
    pub path: Option<PathBuf>,
    /// Name for the source; its domains are then called NAME:DOMAIN [default: the release's own]
    #[arg(long)]
    pub name: Option<String>,
    /// Say what is in it, and keep nothing
    #[arg(long)]
    pub preview: bool,
    /// Fetch a published release from its public archive instead
    #[arg(long, value_name = "ID", conflicts_with_all = ["path", "name"])]
    pub release: Option<String>,
    /// List the published releases
    #[arg(long, conflicts_with_all = ["path", "release"])]
    pub releases: bool,
    /// Fetch without asking
    #[arg(long, requires = "release", conflicts_with = "path")]
    pub yes: bool,
    /// Fetch from a copy of the archives at this address instead of their own hosts
    #[arg(long, hide = true, env = "TAUTRAIT_ARCHIVE_MIRROR", value_name = "URL")]
    pub mirror: Option<String>,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Imports a release and prints what was found and what could not be used.
pub async fn import(asked: &ImportOptions, places: &Places) -> Result<ExitCode, CliError> {
    if asked.releases {
        return list(asked.json);
    }
    if let Some(id) = &asked.release {
        return fetch(id, asked, places).await;
    }
    let Some(path) = &asked.path else {
        return Err(CliError::new("usage", "Give the release, or --release ID."));
    };
    let refused = |error: &dyn std::fmt::Display| {
        CliError::new("import", format!("{}: {error}", shown(path)))
    };
    let preview = match (asked.preview, &asked.name) {
        (false, Some(_)) => None,
        _ => Some(inspect_release(path).map_err(|error| refused(&error))?),
    };
    if let Some(preview) = preview.as_ref().filter(|_| asked.preview) {
        match asked.json {
            true => println!("{}", json!(preview)),
            false => print!("{preview}"),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let name = match (&asked.name, &preview) {
        (Some(name), _) => name.clone(),
        (None, Some(preview)) => preview.suggested_name(),
        (None, None) => String::new(),
    };
    let report = import_release(path, &name, &library(places)).map_err(|error| refused(&error))?;
    print(&report, asked.json);
    Ok(ExitCode::SUCCESS)
}

fn print(report: &ImportReport, json: bool) {
    match json {
        true => println!("{}", json!(report)),
        false => print!("{report}"),
    }
}

fn list(json: bool) -> Result<ExitCode, CliError> {
    let releases = published_releases();
    if json {
        println!("{}", json!(releases));
        return Ok(ExitCode::SUCCESS);
    }
    for release in releases {
        println!("{:12} {} ({})", release.id, release.description, release.licence);
        println!("{:12} {} at {}", "", release.repository, release.commit);
    }
    Ok(ExitCode::SUCCESS)
}

async fn fetch(id: &str, asked: &ImportOptions, places: &Places) -> Result<ExitCode, CliError> {
    let releases = published_releases();
    let Some(release) = releases.iter().find(|release| release.id == *id) else {
        let known: Vec<&str> = releases.iter().map(|release| release.id.as_str()).collect();
        return Err(CliError::new("usage", format!("There is no published release {id}."))
            .help(format!("There are: {}.", known.join(", "))));
    };
    let folder = places.data.join("downloads");
    let made = match &asked.mirror {
        Some(mirror) => Fetcher::with_mirror(&folder, mirror),
        None => Fetcher::new(&folder),
    };
    let fetcher = made.map_err(|error| told(&error))?;
    let size = match release.bytes {
        Some(bytes) => Some(bytes),
        // Some hosts answer no question for the size alone; that is no reason not to try.
        None => fetcher.size(release).await.unwrap_or_else(|error| {
            eprintln!("The size could not be asked for: {error}");
            None
        }),
    };
    describe(release, size, fetcher.received(release));
    if !asked.yes && !agreed()? {
        return Err(CliError::new("cancelled", "Nothing was fetched."));
    }
    let progress = indicatif::ProgressBar::new(size.unwrap_or_default()).with_style(style());
    let fetched = fetcher
        .fetch(release, &stopped_by_ctrl_c(), &mut |step| {
            if let Some(total) = step.total {
                progress.set_length(total);
            }
            progress.set_position(step.received);
        })
        .await;
    progress.finish_and_clear();
    let archive = fetched.map_err(|error| told(&error))?;
    eprintln!("{} bytes, SHA-256 {}", archive.bytes, archive.sha256);
    let report = fetcher.keep(release, &archive, &library(places)).map_err(|e| told(&e))?;
    print(&report, asked.json);
    Ok(ExitCode::SUCCESS)
}

fn style() -> indicatif::ProgressStyle {
    indicatif::ProgressStyle::with_template("{bytes} of {total_bytes} {wide_bar} {eta}")
        .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar())
}

fn describe(release: &Published, size: Option<u64>, here: u64) {
    eprintln!("{}: {}", release.title, release.description);
    eprintln!("  from     {}", release.archive);
    eprintln!("  commit   {}", release.commit);
    eprintln!("  licence  {}", release.licence);
    match size {
        Some(bytes) => eprintln!("  size     {:.1} MB", bytes as f64 / 1e6),
        None => eprintln!(
            "  size     not known before; at most {} MB are fetched",
            tau_packs::LARGEST_ARCHIVE >> 20
        ),
    }
    match &release.sha256 {
        Some(sha256) => eprintln!("  sha256   {sha256}"),
        None => eprintln!("  sha256   shown once it is here; the host promises no stable bytes"),
    }
    eprintln!("  {}", release.check_in_words());
    if here > 0 {
        eprintln!("  {here} bytes of it are here from an earlier try");
    }
}

fn agreed() -> Result<bool, CliError> {
    if !std::io::stdin().is_terminal() {
        return Err(CliError::new("usage", "Fetching needs a yes.").help("Give --yes."));
    }
    eprint!("Fetch it? [y/N] ");
    let mut answer = String::new();
    let asked = std::io::stderr().flush().and_then(|()| std::io::stdin().read_line(&mut answer));
    asked.map_err(|error| CliError::new("file", error.to_string()))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Ctrl-C ends the transfer, and what is here stays.
fn stopped_by_ctrl_c() -> CancellationToken {
    let stop = CancellationToken::new();
    let hand = stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            hand.cancel();
        }
    });
    stop
}

fn told(error: &DownloadError) -> CliError {
    let help = match error {
        DownloadError::Network(_) | DownloadError::Stopped => {
            "What is here stays; the same command goes on from there."
        }
        DownloadError::Status(_) => "Try again later, or get the release from its repository.",
        DownloadError::Import(_) | DownloadError::Checksum { .. } => {
            "Nothing was kept. Get the release from its repository and import the folder."
        }
        _ => "",
    };
    CliError::new("download", error.to_string()).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use std::path::Path;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        import: ImportOptions,
    }

    #[test]
    fn a_release_is_given_by_path_or_by_name_and_never_both() {
        let parse = |words: &[&str]| {
            Line::try_parse_from(["import"].into_iter().chain(words.iter().copied()))
                .map(|line| line.import)
        };
        let by_path = parse(&["some/folder", "--preview"]).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(by_path.path.as_deref(), Some(Path::new("some/folder")));
        assert!(parse(&["--release", "tau-bench", "--yes"]).is_ok());
        assert!(parse(&["--releases"]).is_ok());
        for wrong in
            [&[][..], &["folder", "--release", "tau-bench"], &["folder", "--yes"], &["--name", "x"]]
        {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
