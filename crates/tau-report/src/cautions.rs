//! What makes figures less than they seem, said wherever they are shown: no comparison in silence.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tau_charts::{Language, Shown};
use tau_domain::Outcome;
use tau_stats::MIN_TASKS;

use crate::result::{ResultSettings, RunResult, excluded, left_out};
use crate::rows::EpisodeRow;
use crate::say::{list, say};
use crate::table::{Refusal, TableRun, refused};

/// Most names of tasks in a sentence.
const MOST_NAMED: usize = 10;

/// A caution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caution {
    /// What it is about.
    pub kind: CautionKind,
    /// What it says.
    pub text: String,
}

/// What a caution is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CautionKind {
    /// The customers' model, or how it is used, differs between what is compared.
    CustomerModel,
    /// Prompts differ.
    Prompts,
    /// The rules of grading differ.
    Grader,
    /// The domain's data or tasks differ.
    Data,
    /// Something else of the set-up differs.
    SetUp,
    /// Too few tasks: counts only.
    FewTasks,
    /// The run was stopped before its end.
    StoppedEarly,
    /// Conversations without a score.
    NotScored,
    /// Tasks were left out, the margin or the baseline changed after the run.
    ChangedAfterwards,
    /// Customers did not show their traits.
    TraitNotShown,
    /// Replies were taken from the cache of replies.
    ReplyCache,
}

/// What is to be said of one run; `rows` are those that the analysis leaves.
pub(crate) fn of_run(
    result: &RunResult,
    rows: &[&EpisodeRow],
    settings: &ResultSettings,
) -> Vec<Caution> {
    let language = settings.language;
    let scored: BTreeSet<&str> =
        rows.iter().filter(|row| row.is_scored()).map(|row| row.task_id.as_str()).collect();
    let mut found = few_tasks(scored.len(), language);
    found.extend(counted(rows, settings.stopped, language));
    found.extend(changed_afterwards(
        &Changes {
            excluded: &result.excluded,
            margins: (result.planned_margin, result.margin),
            baseline: result.baseline_name.as_deref(),
            left_out: result.left_out,
        },
        language,
    ));
    found.extend(traits(result, language));
    found.extend(repeated(rows, language));
    found
}

/// Replies that were not asked for. Where there are several attempts, they are what does not count anew.
fn repeated(rows: &[&EpisodeRow], language: Language) -> Option<Caution> {
    let cached: u32 = rows.iter().map(|row| row.effort.cached_replies).sum();
    if cached == 0 {
        return None;
    }
    let total: u32 = rows.iter().map(|row| row.effort.replies).sum();
    let id = match rows.iter().any(|row| row.trial > 0) {
        true => "caution-reply-cache-attempts",
        false => "caution-reply-cache",
    };
    let args = [("cached", (cached as usize).into()), ("total", (total as usize).into())];
    Some(Caution { kind: CautionKind::ReplyCache, text: say(language, id, &args) })
}

fn few_tasks(tasks: usize, language: Language) -> Vec<Caution> {
    if !(1..MIN_TASKS).contains(&tasks) {
        return Vec::new();
    }
    let args = [("n", tasks.into()), ("least", MIN_TASKS.into())];
    let text = say(language, "caution-few-tasks", &args);
    vec![Caution { kind: CautionKind::FewTasks, text }]
}

/// Conversations that were not held because the run was stopped, and those without a score.
fn counted(rows: &[&EpisodeRow], stopped: bool, language: Language) -> Vec<Caution> {
    let with = |wanted: Outcome| rows.iter().filter(|row| row.outcome == wanted).count();
    let total = rows.len();
    let mut found = Vec::new();
    let open = with(Outcome::Pending) + with(Outcome::Running);
    if stopped && open > 0 {
        let args = [("open", open.into()), ("total", total.into())];
        let text = say(language, "caution-stopped", &args);
        found.push(Caution { kind: CautionKind::StoppedEarly, text });
    }
    let not_scored = with(Outcome::NotScored);
    if not_scored > 0 {
        let args = [("n", not_scored.into()), ("total", total.into())];
        let text = say(language, "caution-not-scored", &args);
        found.push(Caution { kind: CautionKind::NotScored, text });
    }
    found
}

/// What a person changed after the run.
struct Changes<'a> {
    excluded: &'a [String],
    /// Before and now, as rates.
    margins: (f64, f64),
    baseline: Option<&'a str>,
    left_out: usize,
}

fn changed_afterwards(changes: &Changes<'_>, language: Language) -> Vec<Caution> {
    let mut found = Vec::new();
    let mut add = |id: &str, args: &[_]| {
        let text = say(language, id, args);
        found.push(Caution { kind: CautionKind::ChangedAfterwards, text });
    };
    if !changes.excluded.is_empty() {
        let named = changes.excluded.iter().take(MOST_NAMED).map(String::as_str);
        let more = (changes.excluded.len() > MOST_NAMED).then_some("…");
        let tasks = list(language, named.chain(more));
        add("caution-excluded", &[("n", changes.excluded.len().into()), ("tasks", tasks.into())]);
    }
    let (planned, margin) = changes.margins;
    if (margin - planned).abs() > 1e-9 {
        let (planned, margin) = (language.size(planned), language.size(margin));
        add("caution-margin", &[("planned", planned.into()), ("margin", margin.into())]);
    }
    if let Some(name) = changes.baseline {
        add("caution-baseline", &[("name", name.into())]);
    }
    if changes.left_out > 0 {
        add("caution-left-out", &[("n", changes.left_out.into())]);
    }
    found
}

fn traits(result: &RunResult, language: Language) -> Vec<Caution> {
    let compared = result.rows.iter().filter(|row| row.difference.is_some());
    compared
        .filter_map(|row| {
            let text = shown_note(row, language)?;
            Some(Caution { kind: CautionKind::TraitNotShown, text })
        })
        .collect()
}

/// What a reader must know of customers who did not show their trait as asked for.
pub(crate) fn shown_note(row: &crate::ResultRow, language: Language) -> Option<String> {
    let check = row.check.as_ref()?;
    let id = match check.shown {
        Shown::NotShown => "caution-trait-not-shown",
        Shown::Weak => "caution-trait-weak",
        Shown::Shown | Shown::CannotTell => return None,
    };
    // The check's own sentence has the figures; it exists in English.
    if language == Language::En && !check.note.is_empty() {
        return Some(check.note.clone());
    }
    Some(say(language, id, &[("name", (&row.name).into())]))
}

/// What is to be said of runs that are compared: what differs between them besides agents and traits,
/// one caution a matter however many runs there are, and what is to be said of each. Runs of different
/// domains are not held against each other. The runs hold all their rows; `settings` say how they are
/// read.
pub fn between_runs(runs: &[TableRun], settings: &ResultSettings) -> Vec<Caution> {
    let (language, analysis) = (settings.language, &settings.analysis);
    let mut found = differences(runs, language);
    let scored = |run: &TableRun| {
        let rows = analysis.rows(&run.rows);
        let scored = rows.iter().filter(|row| row.is_scored());
        scored.map(|row| row.task_id.clone()).collect::<BTreeSet<_>>().len()
    };
    found.extend(few_tasks(runs.iter().map(scored).min().unwrap_or(0), language));
    for stopped in [true, false] {
        let of = runs.iter().filter(|run| run.stopped == stopped);
        let rows: Vec<&EpisodeRow> = of.flat_map(|run| analysis.rows(&run.rows)).collect();
        found.extend(counted(&rows, stopped, language));
    }
    let rows: Vec<&EpisodeRow> = runs.iter().flat_map(|run| analysis.rows(&run.rows)).collect();
    found.extend(repeated(&rows, language));
    let all: Vec<EpisodeRow> = runs.iter().flat_map(|run| run.rows.iter().cloned()).collect();
    found.extend(changed_afterwards(
        &Changes {
            excluded: &excluded(&all, analysis),
            margins: (settings.margin, settings.margin_in_use()),
            baseline: None,
            left_out: left_out(&all, analysis),
        },
        language,
    ));
    found
}

fn differences(runs: &[TableRun], language: Language) -> Vec<Caution> {
    let mut found = Vec::new();
    let domains: BTreeSet<&str> = runs.iter().map(|run| run.domain.as_str()).collect();
    for domain in domains {
        let runs: Vec<&TableRun> = runs.iter().filter(|run| run.domain == domain).collect();
        let mut labels: Vec<&str> = Vec::new();
        for (label, _) in runs.iter().flat_map(|run| &run.identity) {
            if !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
        for label in labels {
            let value = |run: &TableRun| {
                run.identity.iter().find(|(known, _)| known == label).map(|(_, v)| v.clone())
            };
            let Some(which) = which(&runs, value, language) else { continue };
            let (kind, id) = about(label);
            let args = [("what", label.into()), ("which", which.into())];
            found.push(Caution { kind, text: say(language, id, &args) });
        }
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        if let Some(which) = which(&runs, |run| known(&run.grader), language) {
            let text = say(language, "caution-grader", &[("which", which.into())]);
            found.push(Caution { kind: CautionKind::Grader, text });
        }
        if which(&runs, |run| known(&run.fingerprint), language).is_some() {
            let names = list(language, runs.iter().map(|run| run.name.as_str()));
            let text = say(language, "caution-data", &[("runs", names.into())]);
            found.push(Caution { kind: CautionKind::Data, text });
        }
    }
    found.sort_by_key(|caution| caution.kind);
    found
}

/// Why two runs must not be compared at all.
pub(crate) fn refusal_kind(run: &TableRun, other: &TableRun) -> Option<CautionKind> {
    refused(run, other).map(|refusal| match refusal {
        Refusal::Data => CautionKind::Data,
        Refusal::Grader => CautionKind::Grader,
    })
}

/// The values that runs have and which have which; `None` when all that is known is the same.
fn which(
    runs: &[&TableRun],
    value: impl Fn(&TableRun) -> Option<String>,
    language: Language,
) -> Option<String> {
    let mut values: Vec<(String, Vec<&str>)> = Vec::new();
    for run in runs {
        let Some(value) = value(run) else { continue };
        match values.iter_mut().find(|(known, _)| *known == value) {
            Some((_, names)) => names.push(&run.name),
            None => values.push((value, vec![&run.name])),
        }
    }
    (values.len() > 1).then(|| {
        let each = |(value, names): (String, Vec<&str>)| {
            let runs = list(language, names);
            say(language, "caution-which", &[("value", value.into()), ("runs", runs.into())])
        };
        values.into_iter().map(each).collect::<Vec<_>>().join("; ")
    })
}

/// What a part of a run's identity is about, and what is said of it.
fn about(label: &str) -> (CautionKind, &'static str) {
    match label {
        "customer's model" => (CautionKind::CustomerModel, "caution-customer-model"),
        "customer's strategy" => (CautionKind::CustomerModel, "caution-customer-strategy"),
        "wording" => (CautionKind::Prompts, "caution-prompts"),
        "tasks" => (CautionKind::Data, "caution-tasks"),
        "temperature" => (CautionKind::SetUp, "caution-temperature"),
        "most steps" => (CautionKind::SetUp, "caution-steps"),
        _ => (CautionKind::SetUp, "caution-set-up"),
    }
}

#[cfg(test)]
mod tests;
