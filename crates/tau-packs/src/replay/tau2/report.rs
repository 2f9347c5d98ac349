//! What came of replaying a recording of tau2.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

use super::Place;
use crate::replay::{Mismatch, Mismatches};

/// How many were compared, and how many of them are what was recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Compared.
    pub all: u64,
    /// Equal.
    pub equal: u64,
}

impl Compared {
    fn count(&mut self, same: bool) {
        self.all += 1;
        self.equal += u64::from(same);
    }
}

/// What a recording of tau2 holds, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingKind {
    /// Tasks with their expected actions, rewards of made-up conversations, prompts.
    Tasks,
    /// Walks over all tools.
    Walks,
    /// Calls with missing, unknown and odd arguments.
    OddCalls,
    /// Hashes of the data before anything happened, and policies.
    Initial,
    /// The text that is hashed.
    Preimage,
    /// What models are told of tools.
    Tools,
    /// Fields of models.
    Models,
    /// Numbers, strings, sums and seeds as Python writes and draws them.
    SmallPrint,
    /// Fingerprints of texts.
    Texts,
    /// How many tasks and actions there are.
    Counts,
}

impl RecordingKind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            RecordingKind::Tasks => "tasks",
            RecordingKind::Walks => "walks",
            RecordingKind::OddCalls => "odd calls",
            RecordingKind::Initial => "initial state",
            RecordingKind::Preimage => "hashed text",
            RecordingKind::Tools => "tools",
            RecordingKind::Models => "models",
            RecordingKind::SmallPrint => "numbers and strings",
            RecordingKind::Texts => "texts",
            RecordingKind::Counts => "counts",
        }
    }
}

/// What came of replaying a recording of tau2.
#[derive(Clone, Debug, Serialize)]
pub struct DefinitionReplayReport {
    /// What it holds.
    pub kind: RecordingKind,
    /// Records: tasks, walks or odd calls; 1 for a document that is one piece.
    pub records: u64,
    /// Calls of tools in them.
    pub calls: u64,
    /// What was compared, by what it is: `responses` are the texts that tools answered; `hashes` those of both
    /// sides at the start, after each call where recorded, at the end, and of what is expected; `assertions`
    /// are on the state; `rewards` those of made-up conversations, whole or in part; `prompts` what models are
    /// told; `facts` what is said of a task; and what the other kinds of recordings hold.
    #[serde(flatten)]
    pub compared: IndexMap<&'static str, Compared>,
    /// What was not compared, or was not equal for a known reason, by what it is. It is not among
    /// [`DefinitionReplayReport::compared`].
    pub allowed: BTreeMap<&'static str, u64>,
    /// The first 20 differences.
    pub mismatches: Vec<Mismatch>,
    /// Differences in all.
    #[serde(skip)]
    pub differences: u64,
}

impl DefinitionReplayReport {
    /// Whether everything that was compared was equal, and something was compared.
    pub fn all_equal(&self) -> bool {
        self.differences == 0 && self.total().all > 0
    }

    /// What was compared of one sort.
    pub fn of(&self, name: &str) -> Compared {
        self.compared.get(name).copied().unwrap_or_default()
    }

    /// What was compared in all.
    pub fn total(&self) -> Compared {
        let (all, equal) = self
            .compared
            .values()
            .fold((0, 0), |(all, equal), compared| (all + compared.all, equal + compared.equal));
        Compared { all, equal }
    }
}

impl fmt::Display for DefinitionReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} records, {} calls", self.kind.words(), self.records, self.calls)?;
        for (name, compared) in &self.compared {
            let name = format!("{name} equal:");
            writeln!(f, "  {name:18} {} of {}", compared.equal, compared.all)?;
        }
        for (what, count) in &self.allowed {
            writeln!(f, "  not compared: {count} {what}")?;
        }
        self.mismatches.iter().try_for_each(|mismatch| writeln!(f, "  {mismatch}"))
    }
}

/// Counts while replaying.
#[derive(Default)]
pub(super) struct Tally {
    pub records: u64,
    pub calls: u64,
    compared: IndexMap<&'static str, Compared>,
    allowed: BTreeMap<&'static str, u64>,
    mismatches: Mismatches,
}

impl Tally {
    /// Counts something compared.
    pub fn count(&mut self, name: &'static str, same: bool) {
        self.compared.entry(name).or_default().count(same);
    }

    /// Counts something that was not compared, or a difference, that has a reason.
    pub fn allow(&mut self, what: &'static str) {
        *self.allowed.entry(what).or_default() += 1;
    }

    /// Counts something compared, and keeps the difference where there is one.
    pub fn compare(
        &mut self,
        name: &'static str,
        place: &Place<'_>,
        what: &'static str,
        expected: &str,
        actual: &str,
    ) {
        self.count(name, expected == actual);
        if expected != actual {
            self.differs(place, None, what, expected, actual);
        }
    }

    /// Keeps a difference.
    pub fn differs(
        &mut self,
        place: &Place<'_>,
        call: Option<(String, String)>,
        what: &'static str,
        expected: &str,
        actual: &str,
    ) {
        let (name, arguments) = call.unzip();
        self.mismatches.add(Mismatch {
            record: place.record.to_owned(),
            call: place.call,
            name,
            arguments,
            what,
            expected: expected.to_owned(),
            actual: actual.to_owned(),
        });
    }

    pub fn done(self, kind: RecordingKind) -> DefinitionReplayReport {
        DefinitionReplayReport {
            kind,
            records: self.records,
            calls: self.calls,
            compared: self.compared,
            allowed: self.allowed,
            mismatches: self.mismatches.kept,
            differences: self.mismatches.all,
        }
    }
}
