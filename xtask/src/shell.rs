//! Running other programs, from the repository's root.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What went wrong, for a person.
pub type Result<T> = std::result::Result<T, String>;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program to run in the repository's root.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// Says what is done, does it, and says how long it took.
pub fn step(title: &str, mut command: Command) -> Result<()> {
    println!("\n==> {title}");
    let start = Instant::now();
    let status = command.status().map_err(|error| {
        format!("{title}: could not start {:?}: {error}", command.get_program())
    })?;
    println!("<== {title}: {:.1} s", start.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err(format!("{title} failed ({status})")) }
}

/// Runs quietly and says whether it succeeded.
pub fn succeeds(name: &str, arguments: &[&str]) -> bool {
    program(name, arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs and returns what it printed.
pub fn output(name: &str, arguments: &[&str]) -> Result<String> {
    let output = program(name, arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("could not start {name}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name} {} failed ({})", arguments.join(" "), output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is on the path.
pub fn installed(name: &str) -> bool {
    succeeds("sh", &["-c", &format!("command -v {name}")])
}
