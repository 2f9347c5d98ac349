//! The report as one HTML file: no script, nothing fetched, everything escaped.

use serde::{Deserialize, Serialize};
use tau_charts::{ChartError, ChartSpec, Language, Look, Theme, embedded_css, words};
use tau_domain::Outcome;

use crate::drop_chart;
use crate::result::{ReportCondition, ResultRow, ResultSettings, run_result};
use crate::rows::EpisodeRow;
use tau_charts::words::escape;

/// Width of the chart in the report, in pixels.
const CHART_WIDTH: u32 = 960;

/// All that a report is made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportInput {
    /// The run's name.
    pub name: String,
    /// The domain's title.
    pub domain: String,
    /// The agent: its model or "practice agent".
    pub agent: String,
    /// The simulated customer: its model or "practice customer".
    pub customer: String,
    /// The date to print, as it shall read.
    pub generated: String,
    /// The conditions, in the order to list them.
    pub conditions: Vec<ReportCondition>,
    /// Every planned conversation.
    pub rows: Vec<EpisodeRow>,
    /// Margin, seed, and whether a practice model takes part.
    pub settings: ResultSettings,
    /// Further facts of the set-up: name and value.
    pub setup: Vec<(String, String)>,
    /// Further remarks of the reader's concern.
    pub notes: Vec<String>,
    /// Why conversations ended as they did, where that is known.
    pub explained: Vec<Explained>,
}

/// A sentence about one conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// The task's id.
    pub task_id: String,
    /// The condition's id.
    pub condition_id: String,
    /// Which attempt, from 0.
    pub trial: u32,
    /// Why it passed or failed.
    pub sentence: String,
}

/// Outcome as mark and word: never by colour alone.
pub(crate) fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "● passed",
        Outcome::Failed => "○ failed",
        Outcome::NotScored => "– not scored",
        Outcome::Pending => "not run yet",
        Outcome::Running => "going on",
    }
}

/// The facts of the set-up, the fixed ones first.
pub(crate) fn facts(input: &ReportInput) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> =
        [("Domain", &input.domain), ("Agent", &input.agent), ("Customer", &input.customer)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
    facts.extend(input.setup.iter().cloned());
    facts.push(("Report made".to_owned(), input.generated.clone()));
    facts
}

/// Writes the report. It opens without a network and runs no script, which its policy also forbids.
pub fn html_report(input: &ReportInput) -> Result<String, ChartError> {
    let result = run_result(&input.rows, &input.conditions, &input.settings);
    let chart = ChartSpec::Forest(drop_chart(&result, None));
    let chart = chart.draw(&Look::window(Theme::Light, CHART_WIDTH, Language::En))?;
    let practice = if input.settings.practice {
        "<p class=\"label\">Practice, not a real model</p>"
    } else {
        ""
    };
    let notes: String = result
        .cautions
        .iter()
        .map(|caution| &caution.text)
        .chain(&result.notes)
        .chain(&input.notes)
        .map(|note| format!("<li>{}</li>", escape(note)))
        .collect();
    let notes = if notes.is_empty() { notes } else { format!("<ul>{notes}</ul>") };
    let table: String = result.rows.iter().map(table_row).collect();
    let facts: String = facts(input)
        .iter()
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>", escape(name), escape(value)))
        .collect();
    let body = format!(
        "<h1>{name}</h1>{practice}\n<p class=\"sentence\">{sentence}</p>\n\
<figure>{svg}</figure>\n\
<h2>Figures</h2>\n<div class=\"wide\"><table><thead><tr><th>Condition</th><th>Scored</th><th>Success (95 % CI)</th><th>Change in points (95 % CI)</th><th>Verdict</th><th>p</th><th>Tasks compared</th><th>All {k} attempts succeed</th></tr></thead>\n<tbody>{table}</tbody></table></div>\n{notes}\n\
<h2>Set-up</h2>\n<dl>{facts}</dl>\n\
<h2>Conversations</h2>\n<div class=\"wide\"><table><thead><tr><th>Task</th><th>Condition</th><th>Attempt</th><th>Outcome</th><th>Why</th></tr></thead>\n<tbody>{conversations}</tbody></table></div>\n",
        name = escape(&input.name),
        sentence = escape(&result.sentence),
        svg = chart.svg,
        k = result.trials,
        conversations = conversations(input),
    );
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<title>{name}</title>\n<style>{font}{STYLE}</style></head>\n<body><main>\n{body}\n\
</main></body></html>\n",
        name = escape(&input.name),
        font = embedded_css(&body),
    ))
}

fn table_row(row: &ResultRow) -> String {
    let cells = [
        escape(&row.name),
        format!("{} of {}", words::thousands(row.scored), words::thousands(row.planned)),
        escape(&row.rate_text),
        escape(&row.difference_text),
        escape(&row.verdict_word),
        row.p_value.map_or_else(String::new, |p| escape(&words::p_value(p))),
        compared(row),
        row.pass_k.rate.map_or_else(String::new, words::percent),
    ];
    let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
    format!("<tr>{cells}</tr>\n")
}

fn compared(row: &ResultRow) -> String {
    match (row.is_baseline(), row.tasks_fell_out) {
        (true, _) => String::new(),
        (_, 0) => row.tasks_compared.to_string(),
        (_, out) => format!("{} ({out} left out)", row.tasks_compared),
    }
}

fn conversations(input: &ReportInput) -> String {
    use std::collections::HashMap;
    let names: HashMap<&str, &str> =
        input.conditions.iter().map(|c| (c.id.as_str(), c.name.as_str())).collect();
    let reasons: HashMap<(&str, &str, u32), &str> = input
        .explained
        .iter()
        .map(|e| ((e.task_id.as_str(), e.condition_id.as_str(), e.trial), e.sentence.as_str()))
        .collect();
    let place: HashMap<&str, usize> =
        input.conditions.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
    let mut rows: Vec<&EpisodeRow> = input.rows.iter().collect();
    rows.sort_by_key(|r| (r.task_index, place.get(r.condition_id.as_str()), r.trial));
    rows.into_iter()
        .map(|row| {
            let key = (row.task_id.as_str(), row.condition_id.as_str(), row.trial);
            let condition = names.get(key.1).copied().unwrap_or(key.1);
            format!(
                "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                escape(key.0),
                escape(condition),
                row.trial + 1,
                outcome_words(row.outcome),
                escape(reasons.get(&key).copied().unwrap_or_default()),
            )
        })
        .collect()
}

/// Paper and ink, the window's tokens.
const STYLE: &str = "body{margin:0;background:#faf9f6;color:#1b1d1f;font:14px/1.5 \"Noto Sans\",sans-serif}\
main{max-width:960px;margin:0 auto;padding:40px 24px}\
h1{font-size:26px;line-height:1.3;margin:0 0 8px;overflow-wrap:anywhere}h2{font-size:18px;margin:40px 0 8px}\
.sentence{font-size:18px;max-width:720px}.label{display:inline-block;margin:0;padding:2px 8px;border:1px solid #8d8a82;font-size:12px}\
figure{margin:24px 0;overflow-x:auto}.wide{overflow-x:auto}\
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid #e0dcd3;overflow-wrap:anywhere}\
th{font-size:12px;color:#4c5156}ul{padding-left:20px;color:#4c5156;max-width:720px}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px}dt{color:#4c5156}dd{margin:0;overflow-wrap:anywhere}\
@media print{body{background:#fff}main{padding:0}tr,figure{break-inside:avoid}}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BASELINE;
    use crate::samples::{episodes, named};

    pub(crate) fn input() -> ReportInput {
        ReportInput {
            name: "Spring <release>".into(),
            domain: "Retail".into(),
            agent: "practice agent".into(),
            customer: "practice customer".into(),
            generated: "1 March 2026".into(),
            conditions: vec![
                named(BASELINE, "Baseline", None, 0),
                named("x", "<script>alert(1)</script>", Some("impatient customers"), 0),
            ],
            rows: [episodes(BASELINE, 12, 1, |_, _| true), episodes("x", 12, 1, |i, _| i > 6)]
                .concat(),
            settings: ResultSettings { practice: true, ..ResultSettings::default() },
            setup: vec![("Seed".into(), "7".into())],
            notes: vec!["Stopped early & resumed.".into()],
            explained: vec![Explained {
                task_id: "task-000".into(),
                condition_id: "x".into(),
                trial: 0,
                sentence: "Failed: the agent never said \"54\".".into(),
            }],
        }
    }

    #[test]
    fn the_page_stands_alone_and_runs_nothing() {
        let page = html_report(&input()).unwrap();
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains("<script"));
        assert!(!page.contains("src=\"http") && !page.contains("href="));
        assert_eq!(page.matches("<svg ").count(), 1);
    }

    #[test]
    fn the_page_holds_sentence_label_table_set_up_and_every_conversation() {
        let page = html_report(&input()).unwrap();
        assert!(page.contains("With impatient customers success fell 58 points"));
        assert!(page.contains("Practice, not a real model"));
        assert!(page.contains("<h1>Spring &lt;release&gt;</h1>"));
        assert!(page.contains("<dt>Seed</dt><dd>7</dd>"));
        assert!(page.contains("Stopped early &amp; resumed."));
        assert_eq!(page.matches("● passed").count(), 17);
        assert_eq!(page.matches("○ failed").count(), 7);
        assert!(page.contains("never said &quot;54&quot;"));
    }

    #[test]
    fn a_real_model_carries_no_practice_label() {
        let mut input = input();
        input.settings.practice = false;
        assert!(!html_report(&input).unwrap().contains("Practice, not"));
    }
}
