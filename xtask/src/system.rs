//! System packages (Debian and Ubuntu; elsewhere they must be there already).

use crate::shell::{self, Result};

/// What building and opening the app needs.
const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "ca-certificates",
];

/// What the tests need on top: a display, a browser, a driver for the real window, a password
/// store, pip for the upstream release that conformance is tested against, and the programs in which
/// exported workbooks and PDFs are opened.
const TEST: &[&str] = &[
    "xvfb",
    "xauth",
    "dbus",
    "webkit2gtk-driver",
    "gnome-keyring",
    "libsecret-tools",
    "fonts-noto-core",
    "chromium",
    "python3",
    "python3-pip",
    "libreoffice-calc-nogui",
    "poppler-utils",
];

/// Installs what is missing for building.
pub fn for_building() -> Result<()> {
    install(BUILD)
}

/// Installs what is missing for building and testing.
pub fn for_testing() -> Result<()> {
    install(&[BUILD, TEST].concat())
}

fn install(packages: &[&str]) -> Result<()> {
    if !shell::installed("apt-get") {
        println!("No apt-get here: these must be installed already: {}", packages.join(" "));
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|name| !present(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let prefix = if is_root() { "" } else { "sudo " };
    let script = format!(
        "{prefix}apt-get update -q && {prefix}env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y -q --no-install-recommends {}",
        missing.join(" ")
    );
    shell::step("install system packages", shell::program("sh", &["-c", &script]))
}

fn present(package: &str) -> bool {
    // Python from elsewhere serves as well as the system's.
    match package {
        "python3" if shell::installed("python3") => return true,
        "python3-pip" if shell::succeeds("python3", &["-m", "pip", "--version"]) => return true,
        _ => {}
    }
    shell::output("dpkg-query", &["-W", "-f=${Status}", package])
        .is_ok_and(|status| status.contains("install ok installed"))
}

fn is_root() -> bool {
    shell::output("id", &["-u"]).is_ok_and(|id| id.trim() == "0")
}
