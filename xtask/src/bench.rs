//! `cargo xtask bench`: performance claims, as ratios within one run.

use crate::shell::{self, Result};
use crate::upstream;

/// Runs a bench by name.
pub fn bench(arguments: &[String]) -> Result<()> {
    match arguments.first().map(String::as_str) {
        Some("env") => env(&arguments[1..]),
        Some("steer") => steer(&arguments[1..]),
        Some("coverage") => coverage(&arguments[1..]),
        other => Err(format!(
            "no bench is called {:?}; there are: env, steer, coverage",
            other.unwrap_or_default()
        )),
    }
}

/// Our environments beside upstream's Python on the same recorded conversations.
fn env(options: &[String]) -> Result<()> {
    upstream::fetch();
    let wheel = upstream::wheel();
    let wheel = wheel.to_string_lossy();
    let mut arguments = vec![
        "bench",
        "--quiet",
        "--package",
        "tau-packs",
        "--bench",
        "env",
        "--",
        "--wheel",
        &wheel,
    ];
    arguments.extend(options.iter().map(String::as_str));
    let status = shell::program("cargo", &arguments)
        .status()
        .map_err(|error| format!("cargo bench: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("bench env failed ({status})")) }
}

/// Steering on a small language model: what it costs and whether more of it does more.
fn steer(options: &[String]) -> Result<()> {
    upstream::fetch_model();
    let model = upstream::model();
    let model = model.to_string_lossy();
    let mut arguments = vec![
        "bench",
        "--quiet",
        "--package",
        "tau-traits",
        "--bench",
        "steer",
        "--",
        "--model",
        &model,
    ];
    arguments.extend(options.iter().map(String::as_str));
    // One thread, which sleeps while it waits: CPU seconds are the figure that is compared.
    let status = shell::program("cargo", &arguments)
        .env("CANDLE_NUM_THREADS", "1")
        .env("RAYON_NUM_THREADS", "1")
        .env("CANDLE_BARRIER_POOL_SPIN_LIMIT", "0")
        .status()
        .map_err(|error| format!("cargo bench: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("bench steer failed ({status})")) }
}

/// How often the intervals that we show hold the truth, by simulation.
fn coverage(options: &[String]) -> Result<()> {
    let mut arguments =
        vec!["bench", "--quiet", "--package", "tau-stats", "--bench", "coverage", "--"];
    arguments.extend(options.iter().map(String::as_str));
    let status = shell::program("cargo", &arguments)
        .status()
        .map_err(|error| format!("cargo bench: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("bench coverage failed ({status})")) }
}
