//! A result file on disk: read whole within bounds, its format told apart, its entries found.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fields::Fields;
use super::name::{NameParts, read_name};
use super::scan::{Broken, Found, elements, first, members};
use super::{Entry, tau1, tau2};
use crate::RunsError;

/// Largest result, all its files together and unpacked, in bytes.
pub const LARGEST_RESULT: u64 = 200 * 1024 * 1024;

/// Whose format a file is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultFormat {
    /// tau-bench, and the package tau-trait without a word about traits.
    TauBench,
    /// tau-trait: some entry or the file's name says which traits the customers had.
    TauTrait,
    /// tau2-bench.
    Tau2,
}

impl ResultFormat {
    /// The name in storage and in the interface.
    pub fn name(self) -> &'static str {
        match self {
            ResultFormat::TauBench => "tau-bench",
            ResultFormat::TauTrait => "tau-trait",
            ResultFormat::Tau2 => "tau2",
        }
    }
}

/// Something in a file that cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// The entry's number, from 1; `None` for the file as a whole.
    pub entry: Option<u32>,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong, in words.
    pub reason: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.entry {
            Some(entry) => {
                write!(
                    out,
                    "{}, conversation {entry} (line {}): {}.",
                    self.file, self.line, self.reason
                )
            }
            None => write!(out, "{}, line {}: {}.", self.file, self.line, self.reason),
        }
    }
}

/// What a file says about how its conversations came about; what it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// How the agent works; for tau2 what it is (`llm_agent`).
    pub agent_strategy: String,
    /// The agent's model.
    pub model: String,
    /// The customer's model.
    pub user_model: String,
    /// How the customer speaks; for tau2 what it is (`user_simulator`).
    pub user_strategy: String,
    /// The domain by the file's own name.
    pub domain: String,
    /// The agent's sampling temperature.
    pub temperature: Option<f64>,
    /// The seed of the run.
    pub seed: Option<u64>,
    /// Steps after which a conversation ended.
    pub max_steps: Option<u32>,
}

/// A result file that was opened. Its conversations are read one at a time, see
/// [`ResultFile::entries`].
pub struct ResultFile {
    path: PathBuf,
    name: String,
    sha256: String,
    format: ResultFormat,
    version: String,
    pub(crate) parts: NameParts,
    pub(crate) header: Header,
    /// Whether it was asked for by its folder, or is one of several files of a folder.
    pub(super) is_folder: bool,
    /// The files of the result: one, or metadata and one for each conversation.
    pub(super) bytes: Vec<Vec<u8>>,
    /// Names of the files after the first, in `simulations`.
    pub(super) beside: Vec<String>,
    /// Which of the files, and where in it.
    pub(super) found: Vec<(usize, Found)>,
    faults: Vec<Fault>,
    pub(crate) tau2: Option<tau2::Context>,
}

impl ResultFile {
    /// Opens a result file, plain or gzipped, or a folder of tau2's that holds `results.json`.
    ///
    /// # Errors
    /// [`RunsError::File`] when it cannot be read, [`RunsError::NotResults`] when it is too large
    /// or nothing in it is a result. A part that is wrong is listed in [`ResultFile::faults`].
    pub fn open(path: &Path) -> Result<ResultFile, RunsError> {
        let is_folder = path.is_dir();
        let path = if is_folder { path.join("results.json") } else { path.to_owned() };
        let name = shown_name(&path);
        let mut left = LARGEST_RESULT;
        let bytes = read(&path, &mut left)?;
        let mut file = ResultFile {
            sha256: String::new(),
            format: ResultFormat::TauBench,
            version: String::new(),
            parts: read_name(&name),
            header: Header::default(),
            is_folder,
            bytes: vec![bytes],
            beside: Vec::new(),
            found: Vec::new(),
            faults: Vec::new(),
            tau2: None,
            path,
            name,
        };
        match first(&file.bytes[0]) {
            Some((at, b'[')) => file.open_list(at),
            Some((at, b'{')) => file.open_tau2(at, &mut left)?,
            _ => return Err(file.refused("it is not JSON: a list of results was expected")),
        }
        if file.found.is_empty() {
            let reason = match file.faults.first() {
                Some(fault) => format!("line {}: {}", fault.line, fault.reason),
                None => "there are no conversations in it".to_owned(),
            };
            return Err(file.refused(&reason));
        }
        let mut hash = Sha256::new();
        for each in &file.bytes {
            hash.update((each.len() as u64).to_le_bytes());
            hash.update(each);
        }
        file.sha256 = hex(&hash.finalize());
        file.settle()?;
        Ok(file)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its name; for a folder of tau2's the folder's.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of its content, in hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Whose format it is in.
    pub fn format(&self) -> ResultFormat {
        self.format
    }

    /// Which version of the format, as far as it can be told: for tau2 `v0.1.2`, `0.2` or `1.0`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Conversations in it, readable or not.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What is wrong with the file as a whole, for instance that it ends in the middle.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What it says of how its conversations came about.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The conversations, one at a time, in the file's order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Result<Entry, Fault>> + '_ {
        self.texts().map(|(number, text)| {
            let text = text?;
            let read = match &self.tau2 {
                Some(context) => tau2::entry(&text, context),
                None => tau1::entry(&text),
            };
            read.map_err(|reason| self.fault_at(number, reason))
        })
    }

    pub(super) fn refused(&self, reason: &str) -> RunsError {
        RunsError::NotResults { path: self.path.clone(), reason: reason.to_owned() }
    }

    fn fault(&mut self, broken: Broken) {
        self.faults.push(Fault {
            file: self.name.clone(),
            entry: None,
            line: broken.line,
            reason: format!("{} (column {})", broken.reason, broken.column),
        });
    }

    fn open_list(&mut self, at: usize) {
        let line = line_of(&self.bytes[0], at);
        let (found, broken) = elements(&self.bytes[0], at..self.bytes[0].len(), line);
        self.found = found.into_iter().map(|found| (0, found)).collect();
        if let Some(broken) = broken {
            self.fault(broken);
        }
    }

    fn open_tau2(&mut self, at: usize, left: &mut u64) -> Result<(), RunsError> {
        let line = line_of(&self.bytes[0], at);
        let (members, broken) = members(&self.bytes[0], at..self.bytes[0].len(), line);
        if let Some(broken) = broken {
            self.fault(broken);
        }
        let member = |name: &str| {
            members.iter().rev().find(|(key, _)| key == name).map(|(_, found)| found.clone())
        };
        let (Some(info), Some(tasks)) = (member("info"), member("tasks")) else {
            return Err(self.refused(
                "it is neither a list of results (tau-bench, tau-trait) nor an object with info, tasks and simulations (tau2)",
            ));
        };
        let (tasks, broken) = elements(&self.bytes[0], tasks.range.clone(), tasks.line);
        if let Some(broken) = broken {
            self.fault(broken);
        }
        let info =
            info.text(&self.bytes[0]).map_err(|reason| self.refused(&format!("info: {reason}")))?;
        let mut context = tau2::Context::default();
        self.header =
            context.read_info(&info).map_err(|reason| self.refused(&format!("info: {reason}")))?;
        let name = self.name.clone();
        for task in &tasks {
            let read = task.text(&self.bytes[0]).and_then(|text| context.read_task(&text));
            if let Err(reason) = read {
                let reason = format!("a task cannot be read: {reason}");
                self.faults.push(Fault {
                    file: name.clone(),
                    entry: None,
                    line: task.line,
                    reason,
                });
            }
        }
        let inline = member("simulations");
        let beside = self.path.with_file_name("simulations");
        if let Some(found) = inline.filter(|found| found.range.len() > 2 || !beside.is_dir()) {
            let (found, broken) = elements(&self.bytes[0], found.range.clone(), found.line);
            self.found = found.into_iter().map(|found| (0, found)).collect();
            if let Some(broken) = broken {
                self.fault(broken);
            }
        } else if beside.is_dir() {
            self.open_simulations(&beside, member("simulation_index"), left)?;
            (context.folder, self.is_folder) = (true, true);
        }
        self.format = ResultFormat::Tau2;
        self.tau2 = Some(context);
        Ok(())
    }

    /// tau2's format "dir": one file a simulation, in the order of the index where there is one.
    fn open_simulations(
        &mut self,
        folder: &Path,
        index: Option<Found>,
        left: &mut u64,
    ) -> Result<(), RunsError> {
        let unreadable = |error: std::io::Error| RunsError::File {
            path: folder.to_owned(),
            reason: error.to_string(),
        };
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .map_err(unreadable)?
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".json"))
            .collect();
        there.sort();
        let mut listed: Vec<String> = Vec::new();
        if let Some(index) = index {
            let (found, _) = elements(&self.bytes[0], index.range.clone(), index.line);
            for each in found {
                let text = each.text(&self.bytes[0]).unwrap_or_default();
                let id = Fields::read(&text).ok().and_then(|entry| entry.string("id"));
                listed.extend(id.map(|id| format!("{id}.json")));
            }
        }
        for name in listed.iter().filter(|name| !there.contains(*name)) {
            let reason = format!("simulations/{name} is in the index and not in the folder");
            self.faults.push(Fault { file: self.name.clone(), entry: None, line: 1, reason });
        }
        let place =
            |name: &String| listed.iter().position(|other| other == name).unwrap_or(usize::MAX);
        there.sort_by_key(place);
        for name in there {
            let bytes = read(&folder.join(&name), left)?;
            let start = first(&bytes).map_or(0, |(at, _)| at);
            let (found, broken) = whole(&bytes, start..bytes.len());
            match (found, broken) {
                (Some(found), _) => {
                    self.bytes.push(bytes);
                    self.beside.push(name);
                    self.found.push((self.bytes.len() - 1, found));
                }
                (None, broken) => {
                    let (line, reason) = broken.map_or((1, "it is empty".to_owned()), |broken| {
                        (broken.line, broken.reason)
                    });
                    let reason = format!("simulations/{name}: {reason}");
                    self.faults.push(Fault { file: self.name.clone(), entry: None, line, reason });
                }
            }
        }
        Ok(())
    }

    /// What is known only from the entries: the variant of the format.
    fn settle(&mut self) -> Result<(), RunsError> {
        if let Some(context) = &self.tau2 {
            let first = self.found.first().map(|(source, found)| (*source, found.clone()));
            let text = first.and_then(|(source, found)| {
                found.text(&self.bytes[source]).ok().map(std::borrow::Cow::into_owned)
            });
            self.version = context.version(text.as_deref().unwrap_or("{}"));
            return Ok(());
        }
        let readable = self.entries().flatten().next();
        let Some(entry) = readable else {
            let reason = match self.entries().next() {
                Some(Err(fault)) => fault.reason,
                _ => "there are no conversations in it".to_owned(),
            };
            return Err(self.refused(&format!("its entries are not results: {reason}")));
        };
        if entry.traits.is_some() || self.parts.traits != super::name::Traits::Unsaid {
            self.format = ResultFormat::TauTrait;
        }
        self.version = entry.version.to_owned();
        self.header = Header {
            agent_strategy: self.parts.agent_strategy.clone(),
            model: self.parts.model.clone(),
            user_model: self.parts.user_model.clone(),
            user_strategy: self.parts.user_strategy.clone(),
            domain: match self.parts.domain.as_str() {
                "" => tau1::domain_of(&entry),
                named => named.to_owned(),
            },
            temperature: self.parts.temperature,
            seed: None,
            max_steps: None,
        };
        Ok(())
    }
}

fn shown_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // tau2's newest version calls every file so and puts the name on the folder.
    match path.parent().and_then(Path::file_name) {
        Some(folder) if name == "results.json" && !folder.is_empty() => {
            folder.to_string_lossy().into_owned()
        }
        _ => name,
    }
}

/// One value that fills a file.
fn whole(bytes: &[u8], range: Range<usize>) -> (Option<Found>, Option<Broken>) {
    // A list around it makes it an element.
    let mut listed = Vec::with_capacity(range.len() + 2);
    listed.push(b'[');
    listed.extend_from_slice(&bytes[range.clone()]);
    listed.push(b']');
    let line = line_of(bytes, range.start);
    let (mut found, broken) = elements(&listed, 0..listed.len(), line);
    match (found.pop(), broken, found.is_empty()) {
        (Some(mut only), None, true) => {
            only.range = only.range.start - 1 + range.start..only.range.end - 1 + range.start;
            (Some(only), None)
        }
        (_, broken, _) => (None, broken),
    }
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    let lines = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// A file's bytes, unpacked where it is gzipped; `left` bytes may be read.
fn read(path: &Path, left: &mut u64) -> Result<Vec<u8>, RunsError> {
    let failed = |error: std::io::Error| RunsError::File {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    let mut take = |reader: &mut dyn Read| -> std::io::Result<()> {
        reader.take(*left + 1).read_to_end(&mut bytes).map(drop)
    };
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz")) {
        take(&mut GzDecoder::new(file)).map_err(failed)?;
    } else {
        take(&mut &file).map_err(failed)?;
    }
    if bytes.len() as u64 > *left {
        let most = LARGEST_RESULT / 1024 / 1024;
        let reason = format!("it is larger than {most} MB, the most that is opened");
        return Err(RunsError::NotResults { path: path.to_owned(), reason });
    }
    *left -= bytes.len() as u64;
    Ok(bytes)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
