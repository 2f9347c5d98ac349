//! From figures to the specifications of charts: which charts a run has, what each shows, and why one
//! cannot be drawn yet.

mod effort;
mod failures;
mod flips;
mod forest;
mod levels;
mod reliability;
mod runs;

use tau_charts::{ChartKind, ChartSpec, Heading, Language, Measure};
use tau_domain::Outcome;

use crate::cautions::{Caution, shown_note};
use crate::fidelity::{Fidelity, dose_chart};
use crate::rows::EpisodeRow;
use crate::say::say;
use crate::{ReportCondition, ResultRow, ResultSettings, RunResult};

pub use forest::drop_chart;
pub use runs::pictures_of_runs;

/// All that the charts of a run are made from.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// The figures, as [`crate::run_result`] gives them for the rest.
    pub result: &'a RunResult,
    /// Every planned conversation; the analysis of `settings` is applied here.
    pub rows: &'a [EpisodeRow],
    /// The conditions.
    pub conditions: &'a [ReportCondition],
    /// How they are read.
    pub settings: &'a ResultSettings,
    /// What was measured of the customers' traits.
    pub fidelity: Option<&'a Fidelity>,
    /// Whether the level of every trait is known: a file may name a trait and no level.
    pub levels_known: bool,
    /// The failure tags, id and name.
    pub tags: &'a [(&'a str, &'a str)],
}

/// A chart: its name and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Which.
    pub kind: ChartKind,
    /// Which of its variants; empty where there is one only.
    pub variant: &'static str,
    /// Its title.
    pub title: String,
    /// Its data without a title, or why there are none, as a sentence that says what to do.
    pub spec: Result<ChartSpec, String>,
}

/// The charts of a run, in the order of reading.
const OF_A_RUN: [(ChartKind, &str); 11] = [
    (ChartKind::Forest, "success"),
    (ChartKind::PassK, ""),
    (ChartKind::Response, ""),
    (ChartKind::Flips, ""),
    (ChartKind::Faults, ""),
    (ChartKind::Tags, ""),
    (ChartKind::Forest, "turns"),
    (ChartKind::Forest, "tool_calls"),
    (ChartKind::Forest, "cost"),
    (ChartKind::Forest, "seconds"),
    (ChartKind::Dose, ""),
];

/// All charts of a run.
pub fn pictures(study: &Study<'_>) -> Vec<Picture> {
    OF_A_RUN.iter().filter_map(|(kind, variant)| picture(study, *kind, variant)).collect()
}

/// One of them; `None` when there is no such chart. Without a variant it is the first of its kind.
pub fn picture(study: &Study<'_>, kind: ChartKind, variant: &str) -> Option<Picture> {
    let of_kind = |each: &&(ChartKind, &str)| each.0 == kind;
    let named = |each: &&(ChartKind, &'static str)| variant.is_empty() || each.1 == variant;
    let (kind, variant) = *OF_A_RUN.iter().filter(of_kind).find(named)?;
    let language = study.settings.language;
    let spec = match (kind, variant) {
        (ChartKind::Forest, "success") => scored(study)
            .map(|()| ChartSpec::Forest(drop_chart(study.result, None)))
            .ok_or("missing-nothing-scored"),
        (ChartKind::Forest, "turns") => effort::chart(study, Measure::Turns),
        (ChartKind::Forest, "tool_calls") => effort::chart(study, Measure::ToolCalls),
        (ChartKind::Forest, "cost") => effort::chart(study, Measure::Cost),
        (ChartKind::Forest, _) => effort::chart(study, Measure::Seconds),
        (ChartKind::PassK, _) => reliability::chart(study),
        (ChartKind::Response, _) => levels::chart(study),
        (ChartKind::Flips, _) => flips::chart(study),
        (ChartKind::Faults, _) => failures::faults(study),
        (ChartKind::Tags, _) => failures::tags(study),
        _ => study
            .fidelity
            .filter(|fidelity| study.levels_known && !fidelity.traits.is_empty())
            .map(|fidelity| ChartSpec::Dose(dose_chart(fidelity, language)))
            .ok_or("missing-dose"),
    };
    Some(Picture {
        kind,
        variant,
        title: title(kind, variant, language),
        spec: spec.map_err(|id| say(language, id, &[])),
    })
}

/// A chart that leaves the page: with its title in it, and with the cautions that stand above it there.
pub fn for_file(spec: ChartSpec, title: &str, cautions: &[Caution]) -> ChartSpec {
    let mut spec = spec;
    let heading = heading(&mut spec);
    heading.title = Some(title.to_owned());
    let known: Vec<String> = heading.notes.clone();
    let new = cautions.iter().filter(|caution| !known.contains(&caution.text));
    heading.notes.extend(new.map(|caution| caution.text.clone()));
    spec
}

fn heading(spec: &mut ChartSpec) -> &mut Heading {
    match spec {
        ChartSpec::Forest(chart) => &mut chart.heading,
        ChartSpec::Heat(chart) => &mut chart.heading,
        ChartSpec::PassK(chart) => &mut chart.heading,
        ChartSpec::Response(chart) => &mut chart.heading,
        ChartSpec::Flips(chart) => &mut chart.heading,
        ChartSpec::Faults(chart) => &mut chart.heading,
        ChartSpec::Tags(chart) => &mut chart.heading,
        ChartSpec::Slope(chart) => &mut chart.heading,
        ChartSpec::Dose(chart) => &mut chart.heading,
    }
}

/// A chart on a page that says these cautions once for all charts: without them in its notes.
pub fn for_page(spec: ChartSpec, cautions: &[Caution]) -> ChartSpec {
    let mut spec = spec;
    let said = |note: &String| cautions.iter().any(|caution| caution.text == *note);
    heading(&mut spec).notes.retain(|note| !said(note));
    spec
}

/// The title of a chart.
fn title(kind: ChartKind, variant: &str, language: Language) -> String {
    let id = match kind {
        ChartKind::Forest => format!("title-forest-{variant}"),
        ChartKind::Heat => format!("title-heat-{variant}"),
        ChartKind::PassK => "title-pass_k".to_owned(),
        ChartKind::Response => "title-response".to_owned(),
        ChartKind::Dose => "title-dose".to_owned(),
        ChartKind::Flips => "title-flips".to_owned(),
        ChartKind::Faults => "title-faults".to_owned(),
        ChartKind::Tags => "title-tags".to_owned(),
        ChartKind::Slope => "title-slope".to_owned(),
    };
    say(language, &id, &[])
}

/// What stands below every chart of a run: whose customers did not show their traits, whether a practice
/// model took part, whose prompts were used.
fn notes(result: &RunResult) -> Vec<String> {
    let language = result.language;
    let shown = result.rows.iter().filter_map(|row| shown_note(row, language));
    let practice = result.practice.then(|| say(language, "note-practice", &[]));
    let wording = result.wording.as_ref();
    let wording = wording.map(|name| say(language, "note-wording", &[("wording", name.into())]));
    shown.chain(practice).chain(wording).collect()
}

/// Whether anything has a score.
fn scored(study: &Study<'_>) -> Option<()> {
    (study.result.scored > 0).then_some(())
}

/// The rows of the table that are compared with the baseline.
fn compared<'a>(study: &Study<'a>) -> impl Iterator<Item = &'a ResultRow> {
    study.result.rows.iter().filter(|row| row.difference.is_some())
}

/// The conversations that the analysis leaves.
fn looked_at<'a>(study: &Study<'a>) -> Vec<&'a EpisodeRow> {
    study.settings.analysis.rows(study.rows)
}

/// Conversations of a condition with this outcome.
fn count(rows: &[&EpisodeRow], condition: &str, wanted: impl Fn(Outcome) -> bool) -> usize {
    rows.iter().filter(|row| row.condition_id == condition && wanted(row.outcome)).count()
}

#[cfg(test)]
mod tests;
