//! Notes about conversations, in a file that tau2's `view` writes too (upstream `scripts/view_simulations.py`).

use std::fs::OpenOptions;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tau_charts::csv_cell;

use super::list::Row;
use crate::error::CliError;
use crate::options::shown;
use crate::text::plain;

/// The columns, with upstream's names.
const COLUMNS: [&str; 10] = [
    "timestamp",
    "simulation_id",
    "task_id",
    "trial",
    "duration",
    "reward",
    "db_match",
    "results_file",
    "sim_index",
    "note",
];

/// Where notes about a result are kept: where it is said, else beside it.
pub fn path(said: Option<&Path>, result: &Path) -> PathBuf {
    match said {
        Some(path) => path.to_owned(),
        None => result.with_file_name("simulation_notes.csv"),
    }
}

/// Appends a note.
///
/// # Errors
/// When there is nothing to note, or the file cannot be written.
pub fn add(
    path: &Path,
    result: &Path,
    number: usize,
    row: &Row,
    note: &str,
) -> Result<(), CliError> {
    let note = plain(note.trim());
    if note.is_empty() {
        return Err(CliError::new("usage", "Write the note after :n."));
    }
    let number_of = |number: Option<f64>| number.map(|n| format!("{n:?}")).unwrap_or_default();
    // As Python writes them.
    let truth = row.db_match.map(|truth| if truth { "True" } else { "False" });
    let cells = [
        tau_runs::local_moment(tau_runs::now_ms()),
        row.id.clone(),
        row.task_id.clone(),
        row.trial.to_string(),
        number_of(row.duration),
        number_of(row.reward),
        truth.unwrap_or_default().to_owned(),
        shown(result),
        number.to_string(),
        note,
    ];
    append(path, &cells).map_err(|error| CliError::new("file", format!("{}: {error}", shown(path))))
}

/// Appends a line in one piece, under the columns' names where the file is new.
fn append(path: &Path, cells: &[String]) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let line =
        |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(",") + "\r\n";
    let mut text = String::new();
    if file.metadata()?.len() == 0 {
        text.push_str(&line(&mut COLUMNS.iter().map(|name| (*name).to_owned())));
    } else {
        // Somebody may have cut the last line short.
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            text.push_str("\r\n");
        }
    }
    text.push_str(&line(&mut cells.iter().map(|cell| csv_cell(&plain(cell)))));
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_appended_under_their_names_and_none_becomes_a_formula() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("simulation_notes.csv");
        append(&path, &["=1+1".to_owned(), "a, \"b\"".to_owned()]).unwrap();
        std::fs::write(&path, std::fs::read_to_string(&path).unwrap().trim_end()).unwrap();
        append(&path, &["\x1b[2Jc".to_owned(), "-0.5".to_owned()]).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], COLUMNS.join(","));
        assert_eq!(lines[1..], ["'=1+1,\"a, \"\"b\"\"\"", "[2Jc,-0.5"]);
    }
}
