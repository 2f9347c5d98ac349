//! What came of replaying recorded calls of tau2.

use std::collections::BTreeMap;
use std::fmt;

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
    pub(super) fn count(&mut self, same: bool) {
        self.all += 1;
        self.equal += u64::from(same);
    }
}

/// What came of replaying recorded calls of tau2.
#[derive(Clone, Debug, Serialize)]
pub struct DefinitionReplayReport {
    /// Records: tasks, walks or odd calls.
    pub records: u64,
    /// Calls in them.
    pub calls: u64,
    /// Texts that tools answered.
    pub responses: Compared,
    /// Hashes of both sides: at the start, after each call where recorded, at the end, and of what is expected.
    pub hashes: Compared,
    /// Assertions on the state.
    pub assertions: Compared,
    /// Rewards of made-up conversations, whole or in part.
    pub rewards: Compared,
    /// Prompts.
    pub prompts: Compared,
    /// Differences that are known and have a reason, by what they are. Those of the first kind are among the
    /// responses that are not equal, the others are not among what was compared.
    pub allowed: BTreeMap<&'static str, u64>,
    /// The first 20 differences.
    pub mismatches: Vec<Mismatch>,
    /// Differences in all.
    #[serde(skip)]
    pub differences: u64,
}

impl DefinitionReplayReport {
    /// Whether everything that was compared was equal.
    pub fn all_equal(&self) -> bool {
        self.differences == 0
    }
}

impl fmt::Display for DefinitionReplayReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} records, {} calls", self.records, self.calls)?;
        for (name, compared) in [
            ("responses", self.responses),
            ("hashes", self.hashes),
            ("assertions", self.assertions),
            ("rewards", self.rewards),
            ("prompts", self.prompts),
        ] {
            if compared.all > 0 {
                let name = format!("{name} equal:");
                writeln!(f, "  {name:18} {} of {}", compared.equal, compared.all)?;
            }
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
    pub responses: Compared,
    pub hashes: Compared,
    pub assertions: Compared,
    pub rewards: Compared,
    pub prompts: Compared,
    allowed: BTreeMap<&'static str, u64>,
    mismatches: Mismatches,
}

impl Tally {
    /// Counts a difference that has a reason.
    pub fn allow(&mut self, what: &'static str) {
        *self.allowed.entry(what).or_default() += 1;
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

    pub fn done(self) -> DefinitionReplayReport {
        DefinitionReplayReport {
            records: self.records,
            calls: self.calls,
            responses: self.responses,
            hashes: self.hashes,
            assertions: self.assertions,
            rewards: self.rewards,
            prompts: self.prompts,
            allowed: self.allowed,
            mismatches: self.mismatches.kept,
            differences: self.mismatches.all,
        }
    }
}
