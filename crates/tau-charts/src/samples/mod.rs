//! What tests of charts share: four sets of data and pictures kept in the repository.
//!
//! Each chart makes its own data of a [`Sample`] in a file of its own beside this one.
#![cfg(test)]

mod dose;
mod faults;
pub(crate) mod flips;
pub(crate) mod forest;
mod heat;
mod layout;
mod pass_k;
mod pictures;
mod response;
pub(crate) mod slope;
mod tags;

use std::path::Path;

use crate::Drawing;
pub(crate) use dose::dose;
pub(crate) use faults::faults;
pub(crate) use heat::heat;
pub(crate) use layout::{assert_tidy, written};
pub(crate) use pass_k::pass_k;
pub(crate) use pictures::{keep_pictures, spread};
pub(crate) use response::response;
pub(crate) use tags::tags;

/// How much there is to draw, and how kind it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sample {
    /// 3 tasks, 1 attempt, 1 trait: below the ten tasks that an interval takes.
    Tiny,
    /// 50 tasks, 3 attempts, 4 traits, some conversations not scored.
    Typical,
    /// 115 tasks, 8 traits, 12 models where a chart has models; as many rows as a chart gets.
    Large,
    /// Names of [`PATHOLOGICAL_NAMES`], nothing scored, all passed, one task.
    Pathological,
}

impl Sample {
    /// All of them.
    pub const ALL: [Sample; 4] =
        [Sample::Tiny, Sample::Typical, Sample::Large, Sample::Pathological];

    /// Its name in the name of a kept picture.
    pub fn name(self) -> &'static str {
        match self {
            Sample::Tiny => "tiny",
            Sample::Typical => "typical",
            Sample::Large => "large",
            Sample::Pathological => "pathological",
        }
    }
}

/// Names that no picture may break on: long, of one endless word, from right to left, without spaces,
/// with markup and with nothing.
pub(crate) const PATHOLOGICAL_NAMES: [&str; 9] = [
    "A name that goes on for about eighty letters, since somebody will surely do that one day",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverband",
    "不耐烦的客户总是忘记自己的订单号码而且非常着急地要求马上得到答复",
    "عملاء غير صبورين ينسون رقم الطلب دائمًا",
    "לקוחות חסרי סבלנות",
    "<b>Bold & \"quoted\"</b>",
    "",
    "Нетерпеливые клиенты, ё",
    "x",
];

/// Compares `text` with the kept file `snapshots/<name>`; `UPDATE_SNAPSHOTS=1` rewrites it instead.
/// `name` carries the ending (`forest-tiny-light-720.svg`). Pictures of large data are kept once only,
/// in one theme and width.
pub(crate) fn snapshot(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        return;
    }
    if let Some(complaint) = complaint(name, std::fs::read_to_string(&path).ok().as_deref(), text) {
        panic!("{complaint}");
    }
}

/// What is wrong with `text` against the kept file, and what to do about it.
fn complaint(name: &str, kept: Option<&str>, text: &str) -> Option<String> {
    let file = format!("crates/tau-charts/snapshots/{name}");
    let again = "look at the new picture (TAUTRAIT_CHARTS=<folder> keeps all that tests draw) and, \
                 if it is right, run the test with UPDATE_SNAPSHOTS=1";
    let Some(kept) = kept else {
        return Some(format!("{file} is missing: {again}"));
    };
    // A checkout on Windows may have other line ends.
    let kept = kept.replace("\r\n", "\n");
    if kept == text {
        return None;
    }
    let line = kept.lines().zip(text.lines()).take_while(|(old, new)| old == new).count();
    let nth = |text: &str| text.lines().nth(line).unwrap_or("(its end)").to_owned();
    Some(format!(
        "{file} differs from line {} on:\n  kept: {}\n  drawn: {}\n{again}",
        line + 1,
        nth(&kept),
        nth(text)
    ))
}

/// Writes a picture where `TAUTRAIT_CHARTS` points, for a person to look at; without it nothing.
pub(crate) fn show(name: &str, drawing: &Drawing) {
    if let Some(folder) = std::env::var_os("TAUTRAIT_CHARTS") {
        std::fs::write(Path::new(&folder).join(name), &drawing.svg).unwrap();
    }
}

#[test]
fn a_picture_that_differs_or_was_never_kept_is_told_of_with_its_file_and_line() {
    assert_eq!(complaint("x.svg", Some("one\r\ntwo\r\n"), "one\ntwo\n"), None);
    let differs = complaint("x.svg", Some("one\ntwo\n"), "one\nzwei\n").unwrap();
    assert!(
        differs.starts_with("crates/tau-charts/snapshots/x.svg differs from line 2"),
        "{differs}"
    );
    assert!(differs.contains("two") && differs.contains("zwei"), "{differs}");
    let longer = complaint("x.svg", Some("one\n"), "one\ntwo\n").unwrap();
    assert!(longer.contains("kept: (its end)"), "{longer}");
    let missing = complaint("x.svg", None, "one").unwrap();
    assert!(missing.contains("missing") && missing.contains("UPDATE_SNAPSHOTS=1"), "{missing}");
}
