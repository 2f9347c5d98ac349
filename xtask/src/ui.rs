//! The interface: its packages, its build, its types.

use std::fs;
use std::process::Command;

use crate::shell::{self, Result};

/// Installs the interface's packages (when the lock file changed) and builds it.
///
/// `ui/dist` must exist before cargo looks at the desktop package, which embeds it.
pub fn build() -> Result<()> {
    packages()?;
    npm("build the interface", &["run", "build"])
}

/// Installs the interface's packages when the lock file changed.
pub fn packages() -> Result<()> {
    if !shell::installed("npm") {
        return Err("Node with npm is needed and was not found".into());
    }
    let ui = shell::root().join("ui");
    let lock =
        fs::read(ui.join("package-lock.json")).map_err(|e| format!("ui/package-lock.json: {e}"))?;
    let stamp = ui.join("node_modules/.lock-installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    npm("install the interface's packages", &["ci", "--no-audit", "--no-fund"])?;
    fs::write(&stamp, lock).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// Runs npm in `ui/`.
pub fn npm(title: &str, arguments: &[&str]) -> Result<()> {
    shell::step(title, npm_command(arguments))
}

/// An npm command in `ui/`.
pub fn npm_command(arguments: &[&str]) -> Command {
    let mut command = shell::program("npm", arguments);
    command.current_dir(shell::root().join("ui"));
    command
}

/// Writes `ui/src/lib/api/generated.ts` from `crates/tau-api`.
pub fn write_types() -> Result<()> {
    let mut command =
        shell::program("cargo", &["test", "--package", "tau-api", "--lib", "typescript"]);
    command.env("UPDATE_TYPES", "1");
    shell::step("write the interface's types", command)
}
