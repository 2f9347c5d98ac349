//! How the figures were made, and what they do not say.

use tau_domain::Outcome;
use tau_stats::MIN_TASKS;

use super::{Block, ReportFacts, Section, Words};

/// Most ids of tasks left out that a sentence names.
const NAMED: usize = 20;

pub(super) fn section(facts: &ReportFacts, words: Words) -> Section {
    Section {
        heading: words.of("section-method"),
        blocks: vec![Block::List(sentences(facts, words))],
    }
}

/// The method in sentences; also a sheet of the workbook.
pub(crate) fn sentences(facts: &ReportFacts, words: Words) -> Vec<String> {
    let language = facts.language;
    let result = &facts.result;
    let mut lines = vec![words.of("method-unit"), words.of("method-rate")];
    if facts.compares() {
        let margin = language.size(result.margin);
        lines.push(words.say("method-difference", &[("baseline", facts.baseline().into())]));
        lines.push(words.say("method-verdicts", &[("margin", margin.as_str().into())]));
        if (result.margin - result.planned_margin).abs() > 1e-9 {
            let planned = language.size(result.planned_margin);
            let args = [("planned", planned.into()), ("margin", margin.into())];
            lines.push(words.say("method-margin-changed", &args));
        }
        // A seed is a name, not a count: it is not grouped.
        lines.push(words.say("method-test", &[("seed", facts.seed.to_string().into())]));
    }
    lines.push(words.say("method-few", &[("n", MIN_TASKS.into())]));
    if result.trials > 1 {
        lines.push(words.say("method-pass-k", &[("k", result.trials.into())]));
    }
    let planned = ("planned", result.planned.into());
    let with =
        |wanted: fn(Outcome) -> bool| facts.rows.iter().filter(|r| wanted(r.outcome)).count();
    let missing = with(|outcome| outcome == Outcome::NotScored);
    if missing > 0 {
        let args = [("count", missing.into()), planned.clone()];
        lines.push(words.say("method-not-scored", &args));
    }
    let open = with(|outcome| matches!(outcome, Outcome::Pending | Outcome::Running));
    if open > 0 {
        lines.push(words.say("method-open", &[("count", open.into()), planned]));
    }
    if !result.excluded.is_empty() {
        let excluded = &result.excluded;
        let mut named = excluded.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        if excluded.len() > NAMED {
            named.push_str(", …");
        }
        let args = [("count", excluded.len().into()), ("tasks", named.into())];
        lines.push(words.say("method-excluded", &args));
    }
    if result.left_out > 0 {
        lines.push(words.say("method-left-out", &[("count", result.left_out.into())]));
    }
    lines.extend(
        ["method-sample", "method-independence", "method-customers", "method-effort"]
            .map(|id| words.of(id)),
    );
    lines
}
