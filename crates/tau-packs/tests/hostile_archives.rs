//! Archives made by hand to do harm are refused.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use tau_packs::{Release, ReleaseError, ReleaseLimits};
use zip::write::{SimpleFileOptions, ZipWriter};

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated)
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, options()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open(bytes: &[u8], limits: ReleaseLimits) -> Result<Release, ReleaseError> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("release.zip");
    fs::write(&path, bytes).unwrap();
    Release::open(&path, limits)
}

fn refusal(bytes: &[u8]) -> String {
    open(bytes, ReleaseLimits::default()).err().expect("it must be refused").to_string()
}

/// Replaces text in the archive with text of the same length, in both places a name stands.
fn renamed(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if &bytes[at..at + from.len()] == from {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
    bytes
}

/// Where the first record of the directory starts.
fn directory(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap()
}

#[test]
fn a_plain_archive_is_read() {
    let mut release = open(&zipped(&[("a/b.txt", b"text")]), ReleaseLimits::default()).unwrap();
    assert_eq!(release.names(), ["a/b.txt"]);
    assert_eq!(release.read_text("a/b.txt").unwrap(), "text");
    assert!(release.read("a/c.txt").is_err());
}

#[test]
fn names_that_lead_outside_are_refused() {
    for name in [
        "../evil.py",
        "a/../../evil.py",
        "/etc/evil",
        "C:/evil",
        "a\\evil",
        "a//b",
        "CON.txt",
        "a/nul",
    ] {
        let text = refusal(&zipped(&[(name, b"x")]));
        assert!(text.starts_with("refused: entry"), "{name}: {text}");
    }
}

#[test]
fn links_are_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let text = refusal(&writer.finish().unwrap().into_inner());
    assert!(text.contains("a link"), "{text}");
}

#[test]
fn a_name_that_occurs_twice_is_refused() {
    let twice = renamed(zipped(&[("one.py", b"1"), ("two.py", b"2")]), b"two.py", b"one.py");
    assert!(refusal(&twice).contains("twice"));
    let folded = zipped(&[("one.py", b"1"), ("ONE.py", b"2")]);
    assert!(refusal(&folded).contains("twice"));
}

#[test]
fn too_many_entries_are_refused_before_the_directory_is_read() {
    let names: Vec<String> = (0..5_001).map(|n| format!("f{n}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    let found = open(&zipped(&entries), ReleaseLimits::default());
    assert!(matches!(found, Err(ReleaseError::TooManyEntries { found: 5_001, .. })));
}

#[test]
fn what_unpacks_to_far_more_than_it_occupies_is_refused() {
    let zeros = vec![0u8; 10 << 20];
    assert!(refusal(&zipped(&[("zeros", &zeros)])).contains("times its packed size"));
}

#[test]
fn a_declared_size_that_lies_is_found_while_reading() {
    let zeros = vec![0u8; 10 << 20];
    let mut bytes = zipped(&[("zeros", &zeros)]);
    // Unpacked size: 24 bytes into a record of the directory, 22 into the local header.
    let at = directory(&bytes) + 24;
    bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    bytes[22..26].copy_from_slice(&100u32.to_le_bytes());
    let mut release = open(&bytes, ReleaseLimits::default()).unwrap();
    let error = release.read("zeros").unwrap_err();
    assert!(matches!(error, ReleaseError::Ratio { .. } | ReleaseError::Damaged { .. }), "{error}");
}

#[test]
fn single_files_and_the_whole_have_a_limit() {
    let noise: Vec<u8> =
        (0..40_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let bytes = zipped(&[("a", &noise), ("b", &noise)]);
    let small = ReleaseLimits { entry_bytes: 100_000, ..ReleaseLimits::default() };
    assert!(matches!(open(&bytes, small), Err(ReleaseError::TooLarge { .. })));
    let whole = ReleaseLimits { total_bytes: 330_000, ..ReleaseLimits::default() };
    let mut release = match open(&bytes, whole) {
        Ok(release) => release,
        Err(error) => {
            assert!(matches!(error, ReleaseError::TooLarge { .. }), "{error}");
            return;
        }
    };
    release.read("a").unwrap();
    release.read("b").unwrap();
    assert!(matches!(release.read("a"), Err(ReleaseError::TooLarge { .. })));
}

#[test]
fn deep_nesting_is_refused() {
    let name = "d/".repeat(40) + "f";
    assert!(refusal(&zipped(&[(&name, b"x")])).contains("too deep"));
}

#[test]
fn a_cut_off_archive_is_refused_and_never_a_panic() {
    let whole = zipped(&[("a/b.txt", b"some text"), ("c.txt", b"more")]);
    for length in 0..whole.len() {
        if let Ok(mut release) = open(&whole[..length], ReleaseLimits::default()) {
            let _ = release.read("a/b.txt");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("real.py"), "x = 1").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("link.py")).unwrap();
    std::os::unix::fs::symlink("/etc", folder.path().join("dir")).unwrap();
    let release = Release::open(folder.path(), ReleaseLimits::default()).unwrap();
    assert_eq!(release.names(), ["real.py"]);
}
