//! `cargo xtask run`: from nothing to the open window.

use crate::shell::{self, Result};
use crate::{system, ui};

/// Builds everything and opens the app; without a display it runs the sample evaluation instead.
pub fn run() -> Result<()> {
    system::for_building()?;
    ui::build()?;
    shell::step("build", shell::program("cargo", &["build", "--locked", "--workspace"]))?;
    let built = shell::target().join("debug");
    if has_display() {
        let app = built.join("tau-trait-desktop");
        return shell::step("open the app", shell::program(&app.to_string_lossy(), &[]));
    }
    println!(
        "\nThere is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window cannot open."
    );
    println!(
        "Running the sample evaluation without it instead, on the shipped data and the practice models."
    );
    let cli = built.join("tautrait");
    let out = shell::target().join("sample");
    shell::step(
        "sample evaluation",
        shell::program(&cli.to_string_lossy(), &["sample", "--out", &out.to_string_lossy()]),
    )
}

fn has_display() -> bool {
    cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
