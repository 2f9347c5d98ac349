//! A run as a workbook: its figures, every task, every conversation, and each chart as a native one
//! with its data.
//!
//! Whatever is text is written as text: no name, task or reason can become a formula. The same run
//! gives the same bytes; the time in its properties is passed in.

mod cells;
mod figures;
mod plot;
mod sheets;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use serde::{Deserialize, Serialize};
use tau_domain::Outcome;

use crate::report::{ReportFacts, Words};
use cells::{Look, SheetNames};

/// Rows of a sheet that hold conversations: Excel's 1,048,576 less head and last line.
const MOST_ROWS: usize = 1_048_574;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// A conversation as a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BookConversation {
    /// The task's id.
    pub task_id: String,
    /// The task's title; may be empty.
    pub task_title: String,
    /// The condition's id.
    pub condition_id: String,
    /// The condition's name.
    pub condition: String,
    /// Which attempt, from 0.
    pub trial: u32,
    /// What became of it.
    pub outcome: Outcome,
    /// The reward; `None` without a score.
    pub reward: Option<f64>,
    /// Why it ended so, in a sentence.
    pub why: String,
    /// Messages of customer and agent.
    pub messages: u32,
    /// Tool calls.
    pub tool_calls: u32,
    /// Agent steps.
    pub steps: u32,
    /// What it cost in US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
    /// How long it took in seconds; `None` when that is not known.
    pub seconds: Option<f64>,
    /// Whose fault a failure was; empty where nobody judged it.
    pub fault: String,
    /// Tags of the failure, separated by commas.
    pub tags: String,
}

/// Writes the workbook of a run. `created_ms` is the time in its properties, Unix time in
/// milliseconds.
///
/// # Errors
/// When the workbook cannot be put together, which limits are kept to avoid.
pub fn workbook(
    facts: &ReportFacts,
    conversations: impl IntoIterator<Item = BookConversation>,
    created_ms: i64,
) -> Result<Vec<u8>, WorkbookError> {
    let words = Words(facts.language);
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_timestamp(created_ms / 1000)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(cells::cut(&facts.name))
            .set_comment(cells::cut(&facts.product))
            .set_creation_datetime(&created),
    );
    let look = Look::new();
    let mut names = SheetNames::default();
    let mut sheet = |id: &str, number: usize| -> (String, rust_xlsxwriter::Worksheet) {
        let wanted = words.say(id, &[("number", number.into())]);
        let name = names.free(&wanted);
        let mut sheet = rust_xlsxwriter::Worksheet::new();
        sheet.set_right_to_left(facts.language.is_right_to_left());
        // On paper a sheet is as wide as a page, however long.
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        (name, sheet)
    };
    let mut sheets = Vec::new();
    let (name, mut one) = sheet("sheet-summary", 0);
    sheets::summary(&mut one, facts, words, &look)?;
    sheets.push((name, one));
    let (name, mut one) = sheet("sheet-conditions", 0);
    sheets::conditions(&mut one, facts, words, &look)?;
    sheets.push((name, one));
    let (name, mut one) = sheet("sheet-tasks", 0);
    sheets::tasks(&mut one, facts, words, &look)?;
    sheets.push((name, one));
    let (name, mut one) = sheet("sheet-conversations", 0);
    sheets::conversations(&mut one, conversations, words, &look)?;
    sheets.push((name, one));
    for (index, chart) in facts.charts.iter().enumerate() {
        let (name, mut one) = sheet("sheet-chart", index + 1);
        figures::figure(&mut one, &name, chart, words, &look)?;
        sheets.push((name, one));
    }
    let (name, mut one) = sheet("sheet-method", 0);
    sheets::method(&mut one, facts, words, &look)?;
    sheets.push((name, one));
    for (name, mut one) in sheets {
        one.set_name(name)?;
        book.push_worksheet(one);
    }
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests;
