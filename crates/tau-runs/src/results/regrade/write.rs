//! A result file with new rewards. Everything else in it stays as it was written.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tau_toolkits::{Value, json_dumps, json_indented};

use super::super::fields::{Fields, list};
use super::super::file::ResultFile;
use super::{Regraded, Regrading};
use crate::RunsError;
use crate::checkpoint::{Beside, failed};
use crate::tau2::{beside, may_be_replaced, put_in_place};

/// What the name of a file with new rewards begins with (upstream's name for it).
const UPDATED: &str = "updated_";

/// A member of an object: its name, and its value as it is written.
type Member<'a> = (String, Cow<'a, str>);

impl ResultFile {
    /// Where the same result with new rewards goes: `updated_` and its name, in `folder` or beside it.
    pub fn updated_path(&self, folder: Option<&Path>) -> PathBuf {
        let path = match self.is_folder {
            // `results.json` is everybody's name.
            true => std::path::absolute(self.path()).unwrap_or_else(|_| self.path().to_owned()),
            false => self.path().to_owned(),
        };
        let named = if self.is_folder { path.parent().unwrap_or(&path) } else { &path };
        let mut name = OsString::from(UPDATED);
        // It is written as it is, not packed.
        match named.extension() {
            Some(end) if !self.is_folder && end.eq_ignore_ascii_case("gz") => {
                name.push(named.file_stem().unwrap_or_default());
            }
            _ => name.push(named.file_name().unwrap_or_default()),
        }
        let beside = named.parent().unwrap_or(Path::new(""));
        folder.unwrap_or(beside).join(name)
    }

    /// Writes the result with new rewards, whole or not at all: as one file, or as a folder where it is one.
    /// A conversation without a new reward has none; one that cannot be read is left out.
    ///
    /// # Errors
    /// [`RunsError::File`], also where a folder of that name holds something other than results.
    pub fn write_regraded(&self, regrading: &Regrading, path: &Path) -> Result<(), RunsError> {
        let told = |error: io::Error| failed(path, &error);
        if !self.is_folder {
            let mut beside = Beside::create(path).map_err(told)?;
            self.write(regrading, &mut beside.file)?;
            return beside.publish().map_err(told);
        }
        if !may_be_replaced(path).map_err(told)? {
            let other = "it is there and holds something other than results";
            return Err(told(io::Error::other(other)));
        }
        let folder = beside(path);
        let written =
            self.fill(regrading, &folder).and_then(|()| put_in_place(&folder, path).map_err(told));
        if written.is_err() {
            // What is left of it is of no use; the error says what happened.
            let _ = fs::remove_dir_all(&folder);
        }
        written
    }

    fn fill(&self, regrading: &Regrading, folder: &Path) -> Result<(), RunsError> {
        let told = |error: io::Error| failed(folder, &error);
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(told)?;
        }
        fs::create_dir_all(folder).map_err(told)?;
        let mut main = fs::File::create(folder.join("results.json")).map_err(told)?;
        self.write(regrading, &mut main)?;
        let by_number = by_number(regrading);
        for (number, text) in self.texts() {
            let (Some(regraded), Some(name), Ok(text)) =
                (by_number.get(&number), self.file_of(number), text)
            else {
                continue;
            };
            let simulations = folder.join("simulations");
            fs::create_dir_all(&simulations).map_err(told)?;
            let text = simulation(&text, regraded, regrading, 0);
            fs::write(simulations.join(name), text).map_err(told)?;
        }
        Ok(())
    }

    /// The file, or the one of a folder that holds what its simulations share.
    fn write(&self, regrading: &Regrading, out: &mut dyn Write) -> Result<(), RunsError> {
        let told = |error: io::Error| failed(self.path(), &error);
        let by_number = by_number(regrading);
        out.write_all(b"{").map_err(told)?;
        for (index, (name, text)) in self.members()?.into_iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(out, "{comma}\n  {}: ", quoted(&name)).map_err(told)?;
            let text: Cow<'_, str> = match name.as_str() {
                "info" => info(text, regrading).into(),
                "tasks" if regrading.fresh_tasks => tasks(text, regrading).into(),
                "simulation_index" => index_of(text, regrading).into(),
                "simulations" if self.beside.is_empty() => {
                    self.write_simulations(&by_number, regrading, out).map_err(told)?;
                    continue;
                }
                _ => text.into(),
            };
            out.write_all(text.as_bytes()).map_err(told)?;
        }
        out.write_all(b"\n}\n").map_err(told)
    }

    fn write_simulations(
        &self,
        by_number: &HashMap<u32, &Regraded>,
        regrading: &Regrading,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut before = "[\n    ";
        for (number, text) in self.texts() {
            if let (Some(regraded), Ok(text)) = (by_number.get(&number), text) {
                out.write_all(before.as_bytes())?;
                out.write_all(simulation(&text, regraded, regrading, 2).as_bytes())?;
                before = ",\n    ";
            }
        }
        out.write_all(if by_number.is_empty() { b"[]" } else { b"\n  ]" })
    }
}

fn by_number(regrading: &Regrading) -> HashMap<u32, &Regraded> {
    regrading.conversations.iter().map(|one| (one.number, one)).collect()
}

/// A simulation with its new reward.
fn simulation(text: &str, regraded: &Regraded, regrading: &Regrading, level: usize) -> String {
    let reward = match &regraded.after {
        Ok(info) => json_indented(&info.dump(regrading.profile), level + 1),
        Err(_) => "null".to_owned(),
    };
    laid_out(replaced(text, "reward_info", reward), level)
}

/// `info` with a word on who graded and with what: without it a score cannot be compared.
fn info(text: &str, regrading: &Regrading) -> String {
    let ours = Fields::read(text).ok().and_then(|info| info.get("tautrait")).unwrap_or("{}");
    let tasks = if regrading.fresh_tasks { "domain" } else { "file" };
    let said = Value::dict([
        ("profile", regrading.profile.word().into()),
        ("domain", regrading.domain.to_string().into()),
        ("data_sha256", regrading.fingerprint.as_str().into()),
        ("tasks", tasks.into()),
    ]);
    let ours = laid_out(replaced(ours, "regraded", json_indented(&said, 3)), 2);
    laid_out(replaced(text, "tautrait", ours), 1)
}

/// The tasks, those by which was graded in place of the file's own.
fn tasks(text: &str, regrading: &Regrading) -> String {
    let task = |text: &str| {
        let id = Fields::read(text).ok().and_then(|task| super::super::tau2::id_of(&task, "id"));
        let fresh = id.and_then(|id| regrading.tasks.get(&id));
        fresh.map_or_else(|| text.to_owned(), |task| json_indented(task, 2))
    };
    listed(list(text).unwrap_or_default().into_iter().map(task))
}

/// The index of a folder: new rewards, and only what is there.
fn index_of(text: &str, regrading: &Regrading) -> String {
    let Some(entries) = list(text) else { return text.to_owned() };
    let by_id: HashMap<&str, &Regraded> =
        regrading.conversations.iter().map(|one| (one.id.as_str(), one)).collect();
    let entry = |text: &str| {
        let id = Fields::read(text).ok()?.string("id")?;
        let reward = by_id.get(id.as_str())?.reward();
        let reward = reward.map_or("null".to_owned(), |reward| json_dumps(&Value::Float(reward)));
        Some(laid_out(replaced(text, "reward", reward), 2))
    };
    listed(entries.into_iter().filter_map(entry))
}

/// The members of an object, one of them with another value.
fn replaced<'a>(object: &'a str, name: &str, value: String) -> Vec<Member<'a>> {
    let fields = Fields::read(object).unwrap_or_default();
    let mut value = Some(value);
    let mut members: Vec<Member<'a>> = Vec::new();
    for (each, text) in fields.iter() {
        match (each == name, value.take_if(|_| each == name)) {
            (true, Some(value)) => members.push((each.to_owned(), value.into())),
            // Of several with one name there is one now.
            (true, None) => {}
            (false, _) => members.push((each.to_owned(), text.into())),
        }
    }
    members.extend(value.map(|value| (name.to_owned(), value.into())));
    members
}

/// An object over lines, as part of a document in which it stands `level` deep.
fn laid_out(members: Vec<Member<'_>>, level: usize) -> String {
    let indent = "  ".repeat(level);
    let line = |(name, value): &Member<'_>| format!("{indent}  {}: {value}", quoted(name));
    let lines: Vec<String> = members.iter().map(line).collect();
    format!("{{\n{}\n{indent}}}", lines.join(",\n"))
}

/// A list of the document's own members, each element as it is written.
fn listed(elements: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = elements.map(|element| format!("    {element}")).collect();
    if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) }
}

fn quoted(name: &str) -> String {
    json_dumps(&Value::str(name))
}
