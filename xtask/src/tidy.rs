//! `cargo xtask tidy`: what the compiler does not check.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::shell::{self, Result};

/// The rooms and their floors. A room may use only rooms on lower floors.
const FLOORS: &[(&str, u8)] = &[
    ("tau-python", 0),
    ("tau-domain", 1),
    ("tau-toolkits", 2),
    ("tau-llm", 2),
    ("tau-decoder", 2),
    ("tau-stats", 2),
    ("tau-packs", 3),
    ("tau-charts", 3),
    ("tau-traits", 3),
    ("tau-sim", 4),
    ("tau-runs", 5),
    ("tau-diagnosis", 5),
    ("tau-report", 6),
    ("tau-api", 7),
    ("tau-trait-desktop", 8),
    ("tau-cli", 8),
    ("tau-devserver", 8),
    ("xtask", 9),
];

/// The only package that may know Tauri.
const DESKTOP: &str = "tau-trait-desktop";

/// Longest source file, in lines: past it a file is several rooms.
const LONGEST_FILE: usize = 600;

/// Checks everything and reports all findings together.
pub fn tidy() -> Result<()> {
    println!("\n==> tidy");
    let mut findings = Vec::new();
    rooms(&mut findings)?;
    files(&shell::root(), &mut findings)?;
    if findings.is_empty() {
        println!("<== tidy: nothing to mend");
        return Ok(());
    }
    Err(format!("tidy found {} things:\n  {}", findings.len(), findings.join("\n  ")))
}

fn rooms(findings: &mut Vec<String>) -> Result<()> {
    let text =
        shell::output("cargo", &["metadata", "--format-version", "1", "--no-deps", "--locked"])?;
    let metadata: Value =
        serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))?;
    let floors: BTreeMap<&str, u8> = FLOORS.iter().copied().collect();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(floor) = floors.get(name) else {
            findings.push(format!(
                "{name}: a room without a floor; add it to xtask/src/tidy.rs and ARCHITECTURE.md"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let uses = dependency["name"].as_str().unwrap_or_default();
            // Tests may look down any stairs, but never up either.
            if let Some(lower) = floors.get(uses)
                && lower >= floor
            {
                findings.push(format!("{name} (floor {floor}) uses {uses} (floor {lower})"));
            }
            if (uses == "tauri" || uses.starts_with("tauri-")) && name != DESKTOP {
                findings.push(format!("{name} depends on {uses}: only {DESKTOP} may know Tauri"));
            }
        }
    }
    Ok(())
}

fn files(root: &Path, findings: &mut Vec<String>) -> Result<()> {
    for name in
        shell::output("git", &["ls-files", "--cached", "--others", "--exclude-standard"])?.lines()
    {
        let source =
            [".rs", ".ts", ".svelte", ".sql", ".md", ".toml", ".sh", ".css", ".py", ".html"]
                .iter()
                .any(|ending| name.ends_with(ending));
        let Ok(text) = fs::read_to_string(root.join(name)) else { continue };
        if !source || name.ends_with("generated.ts") {
            continue;
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE
            && (name.ends_with(".rs") || name.ends_with(".ts") || name.ends_with(".svelte"))
        {
            findings
                .push(format!("{name}: {lines} lines; past {LONGEST_FILE} it is several rooms"));
        }
        pure(name, &text, findings);
        if name.starts_with("ui/src/")
            && !name.starts_with("ui/src/lib/api/")
            && text.contains("@tauri-apps/")
        {
            findings.push(format!("{name}: only ui/src/lib/api may know Tauri"));
        }
        if name.ends_with(".svelte") && text.contains("{@html") {
            findings
                .push(format!("{name}: {{@html}} puts text of a model into the page as markup"));
        }
    }
    Ok(())
}

/// What the source of some rooms may not name. Tests may: they stand in files or folders of their own,
/// or at the end of a file below `#[cfg(test)]`.
fn pure(name: &str, text: &str, findings: &mut Vec<String>) {
    let rust =
        name.ends_with(".rs") && (name.starts_with("crates/") || name.starts_with("src-tauri/"));
    if !rust || ["/tests/", "/tests.rs", "/benches/"].iter().any(|part| name.contains(part)) {
        return;
    }
    if text.contains("#![cfg(test)]") {
        return;
    }
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    if !name.starts_with("crates/tau-devserver/") && code.contains("TcpListener") {
        findings.push(format!("{name}: only the test server may listen on a port"));
    }
    let inner = [
        "crates/tau-python/",
        "crates/tau-domain/",
        "crates/tau-toolkits/",
        "crates/tau-stats/",
        "crates/tau-charts/",
        "crates/tau-report/",
    ];
    if inner.iter().any(|room| name.starts_with(room))
        && ["std::fs", "std::env::var", "std::net", "std::process"]
            .iter()
            .any(|io| code.contains(io))
    {
        findings.push(format!("{name}: this room reads and writes nothing; pass it in"));
    }
}
