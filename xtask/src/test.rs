//! `cargo xtask test`: everything that continuous integration checks.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::shell::{self, Result};
use crate::{system, tidy, ui, upstream};

/// Formatting, lint, types and tests of Rust and the interface, the real window included.
pub fn test() -> Result<()> {
    system::for_testing()?;
    upstream::fetch();
    upstream::fetch_model();

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
    command.env("TAUTRAIT_TAU2_WHEEL", upstream::tau2_wheel());
    command.env("TAUTRAIT_GGUF", upstream::model());
    // The decoder computes on one thread, which sleeps while it waits: other tests want the cores.
    command.env("CANDLE_NUM_THREADS", "1").env("RAYON_NUM_THREADS", "1");
    command.env("CANDLE_BARRIER_POOL_SPIN_LIMIT", "0");
    command
}

/// The screens in Chromium, against the same commands over HTTP on loopback.
fn browser() -> Result<()> {
    let data = shell::target().join("browser-test");
    let _ = std::fs::remove_dir_all(&data);
    let server = shell::target().join("debug/tau-devserver");
    let mut server = shell::program(&server.to_string_lossy(), &[])
        .env("TAUTRAIT_DATA_DIR", &data)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("could not start the test server: {error}"))?;
    let mut address = String::new();
    let told = match server.stdout.take() {
        Some(output) => BufReader::new(output).read_line(&mut address).is_ok(),
        None => false,
    };
    let tested = if told && !address.trim().is_empty() {
        let mut command = ui::npm_command(&["run", "e2e"]);
        command.env("DEVSERVER_URL", address.trim());
        shell::step("screens in the browser", command)
    } else {
        Err("the test server did not say where it is".to_owned())
    };
    let _ = server.kill();
    let _ = server.wait();
    tested
}
