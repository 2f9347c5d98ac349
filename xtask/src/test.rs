//! `cargo xtask test`: everything that continuous integration checks.

use std::process::Command;

use crate::shell::{self, Result};
use crate::{system, tidy, ui, upstream};

/// Formatting, lint, types and tests of Rust and the interface, the real window included.
pub fn test() -> Result<()> {
    system::for_testing()?;
    upstream::fetch();

    shell::step("formatting", shell::program("cargo", &["fmt", "--all", "--check"]))?;
    ui::build()?;
    ui::npm("formatting of the interface", &["run", "format"])?;
    ui::npm("types of the interface", &["run", "check"])?;
    ui::npm("tests of the interface", &["run", "test"])?;

    tidy::tidy()?;
    shell::step(
        "lint",
        shell::program(
            "cargo",
            &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"],
        ),
    )?;
    shell::step("tests", under_a_password_store(&["cargo", "test", "--locked", "--workspace"]))?;
    browser()
}

/// A command with a session bus and an unlocked password store of its own, so that the tests of
/// keys neither touch the person's nor depend on there being one.
fn under_a_password_store(command: &[&str]) -> Command {
    let script = shell::root().join("tests/with-password-store.sh");
    let script = script.to_string_lossy().into_owned();
    let mut arguments = vec!["--", "sh", &script];
    arguments.extend(command);
    let mut command = shell::program("dbus-run-session", &arguments);
    command.env("TAUTRAIT_WHEEL", upstream::wheel());
    command
}

/// The screens in Chromium, against the same commands over HTTP.
fn browser() -> Result<()> {
    ui::npm("screens in the browser", &["run", "e2e"])
}
