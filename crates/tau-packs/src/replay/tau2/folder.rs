//! Recordings of tau2 as files: one, or a folder of them, each held against the domain that it is of.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use serde::Serialize;
use tau_domain::DomainId;
use tau_toolkits::{Definition, Domain, Profile, Value};

use super::{Compared, DefinitionReplayReport, replay_definition};
use crate::library::{Library, LibraryError};
use crate::replay::{ReplayError, recording_text};

/// How recordings are named after the release that they were made with.
const RELEASES: [(&str, Profile); 3] =
    [("v0.1.2", Profile::V0_1_2), ("wheel", Profile::V0_2), ("head", Profile::V1_0)];

/// The domains that recordings are held against: one, or all of a release.
pub struct Recordings<'l> {
    library: &'l Library,
    release: Vec<DomainId>,
    only: Option<DomainId>,
    /// Opened once for all recordings: a database can be large.
    domains: RefCell<HashMap<(DomainId, Profile), Rc<Lent>>>,
}

/// The tools over a domain's data, and the file that the customer's is from where the release has none.
struct Lent {
    domain: Domain,
    customer_data: Option<String>,
}

/// One file and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct RecordingRow {
    /// The file's name.
    pub file: String,
    /// The domain; `None` for a file about all of a release.
    pub domain: Option<DomainId>,
    /// Whose rules it was held against.
    pub rules: &'static str,
    /// The recorded customer's data that the release does not have, where it was taken from another file.
    pub customer_data: Option<String>,
    /// What came of it.
    #[serde(flatten)]
    pub report: Option<DefinitionReplayReport>,
    /// Why nothing came of it.
    pub error: Option<String>,
}

/// What came of a folder of recordings.
#[derive(Clone, Debug, Serialize)]
pub struct RecordingsReport {
    /// The files by name.
    pub files: Vec<RecordingRow>,
}

impl<'l> Recordings<'l> {
    /// Against one domain of tau2; files about all of its release are held against that.
    ///
    /// # Errors
    /// When there is none of that name, or it cannot be opened.
    pub fn of_domain(library: &'l Library, id: &DomainId) -> Result<Self, LibraryError> {
        library.definition(id)?;
        let of_source = Self::of_source(library, id.source());
        Ok(Recordings { only: Some(id.clone()), ..of_source })
    }

    /// Against all domains of tau2 of a source; of those that ship with the app, where it is none.
    pub fn of_source(library: &'l Library, source: Option<&str>) -> Self {
        let listed = library.definitions().definitions;
        let of = listed.into_iter().filter(|entry| entry.id.source() == source);
        let release = of.map(|entry| entry.id).collect();
        Recordings { library, release, only: None, domains: RefCell::default() }
    }

    /// Holds one file against the domain, by its own rules or by those of `profile`.
    pub fn file(&self, path: &Path, profile: Option<Profile>) -> RecordingRow {
        let id = self.only.as_ref().or_else(|| self.named(path).0).or(self.release.first());
        self.row(path, id, id.cloned(), profile)
    }

    /// Holds every recording of a folder against the domain that its name gives, by the rules of the release that
    /// its name gives: `head_retail_walks.jsonl.gz`. Files of other domains than the chosen one are left out.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn folder(
        &self,
        folder: &Path,
        profile: Option<Profile>,
    ) -> Result<RecordingsReport, ReplayError> {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
        paths.retain(|path| stem(path).is_some());
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let (id, release) = self.named(&path);
            if id.is_some() && self.only.is_some() && id != self.only.as_ref() {
                continue;
            }
            let of = id.or(self.only.as_ref()).or(self.release.first());
            files.push(self.row(&path, of, id.cloned(), profile.or(release)));
        }
        if files.is_empty() {
            return Err(ReplayError::Empty);
        }
        Ok(RecordingsReport { files })
    }

    /// The domain and the release that a file's name gives.
    fn named(&self, path: &Path) -> (Option<&DomainId>, Option<Profile>) {
        let stem = stem(path).unwrap_or_default();
        let of = |(word, profile): &(&str, Profile)| {
            Some((*profile, stem.strip_prefix(word)?.strip_prefix('_')?))
        };
        let (release, rest) = RELEASES
            .iter()
            .find_map(of)
            .map_or((None, stem.as_str()), |(profile, rest)| (Some(profile), rest));
        let domain = rest.split('_').next().unwrap_or_default();
        (self.release.iter().find(|known| known.name() == domain), release)
    }

    fn row(
        &self,
        path: &Path,
        of: Option<&DomainId>,
        domain: Option<DomainId>,
        profile: Option<Profile>,
    ) -> RecordingRow {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (rules, report, customer_data) = (profile.map_or("", Profile::word), None, None);
        let mut row = RecordingRow { file, domain, rules, customer_data, report, error: None };
        match self.hold(path, of, profile, &mut row) {
            Ok(report) => row.report = Some(report),
            Err(error) => row.error = Some(error),
        }
        row
    }

    fn hold(
        &self,
        path: &Path,
        of: Option<&DomainId>,
        profile: Option<Profile>,
        row: &mut RecordingRow,
    ) -> Result<DefinitionReplayReport, String> {
        let id = of.ok_or("there is no domain of tau2 to hold it against")?;
        let definition = self.library.definition(id).map_err(|error| error.to_string())?;
        let profile = profile.unwrap_or(definition.profile);
        row.rules = profile.word();
        let lent = self.domain(path, id, profile)?;
        // What names no domain holds nothing of its data.
        if row.domain.is_some() {
            row.customer_data.clone_from(&lent.customer_data);
        }
        let release = |name: &str| self.sibling(id, name);
        let file = File::open(path).map_err(|error| error.to_string())?;
        let report = replay_definition(&definition, &lent.domain, &release, file);
        report.map_err(|error| error.to_string())
    }

    /// Another domain of the same release.
    fn sibling(&self, id: &DomainId, name: &str) -> Result<Arc<Definition>, String> {
        let sibling = match id.source() {
            Some(source) => DomainId::imported(source, name),
            None => DomainId::shipped(name),
        };
        let sibling = sibling.map_err(|error| error.to_string())?;
        self.library.definition(&sibling).map_err(|error| error.to_string())
    }

    /// The tools by a profile. A customer's database that the release does not have is taken from the recording of
    /// it that lies beside: that text is the whole database.
    fn domain(&self, path: &Path, id: &DomainId, profile: Profile) -> Result<Rc<Lent>, String> {
        let key = (id.clone(), profile);
        if let Some(known) = self.domains.borrow().get(&key) {
            return Ok(known.clone());
        }
        let opened = match self.library.domain_by(id, profile) {
            Ok(domain) => Lent { domain, customer_data: None },
            Err(error) => self.lent(path, id, profile, &error.to_string())?,
        };
        let opened = Rc::new(opened);
        self.domains.borrow_mut().insert(key, opened.clone());
        Ok(opened)
    }

    fn lent(
        &self,
        path: &Path,
        id: &DomainId,
        profile: Profile,
        error: &str,
    ) -> Result<Lent, String> {
        let stem = stem(path).unwrap_or_default();
        let named = stem.split_once(id.name()).map(|(before, _)| before.to_owned());
        let word = RELEASES.iter().find(|(word, _)| stem.starts_with(word));
        let before = named.or_else(|| word.map(|(word, _)| format!("{word}_")));
        let Some(before) = before else { return Err(error.to_owned()) };
        let name = format!("{before}{}_preimage_user.json", id.name());
        let here = [name.clone(), format!("{name}.gz")];
        let Some(beside) = here.iter().find(|name| path.with_file_name(name).exists()) else {
            return Err(format!("{error} (it is looked for beside the recording, as {name}.gz)"));
        };
        let read = File::open(path.with_file_name(beside)).map_err(ReplayError::from);
        let text = read.and_then(recording_text).map_err(|error| format!("{beside}: {error}"))?;
        let user = Value::read_json(&text).map_err(|why| format!("{beside}: {why}"))?;
        let domain = self.library.domain_with(id, profile, Some(&user));
        let domain = domain.map_err(|error| error.to_string())?;
        Ok(Lent { domain, customer_data: Some(beside.clone()) })
    }
}

/// The name of a recording without its ending; `None` for another file.
fn stem(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let stem = name.strip_suffix(".jsonl").or_else(|| name.strip_suffix(".json"))?;
    Some(stem.to_owned())
}

impl RecordingRow {
    /// Whether everything that was compared was equal, and something was.
    pub fn all_equal(&self) -> bool {
        self.report.as_ref().is_some_and(DefinitionReplayReport::all_equal)
    }
}

impl RecordingsReport {
    /// Whether every file was equal in everything.
    pub fn all_equal(&self) -> bool {
        self.files.iter().all(RecordingRow::all_equal)
    }

    fn reports(&self) -> impl Iterator<Item = &DefinitionReplayReport> {
        self.files.iter().filter_map(|row| row.report.as_ref())
    }

    /// What was not compared, each once, in the order of the files.
    fn reasons(&self) -> Vec<&'static str> {
        let mut reasons = Vec::new();
        for reason in self.reports().flat_map(|report| report.allowed.keys()) {
            if !reasons.contains(reason) {
                reasons.push(*reason);
            }
        }
        reasons
    }
}

/// A table in Markdown, what was not compared under numbers that are told below it.
impl fmt::Display for RecordingsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = self.reasons();
        writeln!(f, "| file | rules | holds | compared | equal | not compared |")?;
        writeln!(f, "|---|---|---|---:|---:|---|")?;
        for row in &self.files {
            let RecordingRow { file, rules, report, error, .. } = row;
            let Some(report) = report else {
                writeln!(
                    f,
                    "| {file} | {rules} | | | | {} |",
                    error.as_deref().unwrap_or_default()
                )?;
                continue;
            };
            let Compared { all, equal } = report.total();
            let left: Vec<String> = report
                .allowed
                .iter()
                .filter_map(|(reason, count)| {
                    let number = reasons.iter().position(|known| known == reason)? + 1;
                    Some(format!("{count} ({number})"))
                })
                .collect();
            let (kind, left) = (report.kind.words(), left.join(", "));
            writeln!(f, "| {file} | {rules} | {kind} | {all} | {equal} | {left} |")?;
        }
        let sum = |of: fn(&DefinitionReplayReport) -> u64| self.reports().map(of).sum::<u64>();
        let (all, equal) = (sum(|report| report.total().all), sum(|report| report.total().equal));
        let left = sum(|report| report.allowed.values().sum());
        writeln!(f, "| {} files | | | {all} | {equal} | {left} |", self.files.len())?;
        if !reasons.is_empty() {
            writeln!(f)?;
        }
        for (number, reason) in reasons.iter().enumerate() {
            writeln!(f, "{}. {reason}", number + 1)?;
        }
        let lent =
            self.files.iter().filter_map(|row| Some((&row.file, row.customer_data.as_ref()?)));
        for (at, (file, data)) in lent.enumerate() {
            let before = if at == 0 { "\n" } else { "" };
            writeln!(f, "{before}- {file}: the customer's data is that of {data}")?;
        }
        for row in self.files.iter().filter(|row| !row.all_equal()) {
            if let Some(report) = &row.report {
                write!(f, "\n{}: {report}", row.file)?;
            }
        }
        Ok(())
    }
}
