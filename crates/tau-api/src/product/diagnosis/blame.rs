//! The verdict that counts, for files to take along.

use std::collections::HashMap;

use tau_diagnosis::Tag;
use tau_runs::{EpisodeId, RunRow};

use crate::{ApiError, Product};

/// Whose fault a failure was, by the verdict that counts.
pub(crate) struct Blame {
    /// What a person calls the one at fault.
    pub author: &'static str,
    /// Why, in a sentence or two.
    pub description: String,
    /// The first turn where it went wrong.
    pub first_turn: Option<u32>,
    /// Names of the tags.
    pub tags: Vec<&'static str>,
}

impl Product {
    /// The verdicts that count on a run's failures. What the rules had not looked at is looked at now.
    pub(crate) async fn blames(&self, run: &RunRow) -> Result<HashMap<EpisodeId, Blame>, ApiError> {
        let failures = self.failures(run, None).await?;
        let blames = failures.into_iter().filter_map(|failure| {
            let verdict = &failure.verdicts.shown()?.verdict;
            let blame = Blame {
                author: verdict.author.label(),
                description: verdict.description.clone(),
                first_turn: verdict.first_turn,
                tags: verdict.tags.iter().copied().map(Tag::label).collect(),
            };
            Some((failure.row.id, blame))
        });
        Ok(blames.collect())
    }
}
