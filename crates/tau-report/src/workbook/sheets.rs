//! The sheets without charts.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::cells::{Look, figure, heads, text};
use super::{BookConversation, MOST_ROWS};
use crate::report::{ReportFacts, Words, method_sentences, task_lines};
use tau_charts::Bounds;

/// Width of a column of sentences, in characters.
const PROSE: f64 = 100.0;

pub(super) fn summary(
    sheet: &mut Worksheet,
    facts: &ReportFacts,
    words: Words,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, PROSE)?;
    text(sheet, (0, 0), &facts.name, Some(&look.title))?;
    let mut row = 1;
    let made = [("date", facts.generated.as_str().into()), ("product", (&facts.product).into())];
    text(sheet, (row, 0), &words.say("made", &made), None)?;
    row += 2;
    text(sheet, (row, 0), &words.of("section-key-finding"), Some(&look.head))?;
    let practice = facts.result.practice.then(|| words.of("practice-label"));
    let first = [facts.result.sentence.clone()];
    let lines = first.iter().chain(&practice).chain(&facts.cautions).chain(&facts.sensitivity);
    for line in lines.chain(&facts.result.notes) {
        text(sheet, (row, 1), line, Some(&look.prose))?;
        row += 1;
    }
    row += 1;
    let fixed = [
        (words.of("fact-domain"), facts.domain.clone()),
        (words.of("fact-agent"), facts.agent.clone()),
        (words.of("fact-customer"), facts.customer.clone()),
    ];
    text(sheet, (row, 0), &words.of("section-set-up"), Some(&look.head))?;
    row += 1;
    let named = fixed.iter().filter(|(_, value)| !value.is_empty());
    for (name, value) in named.chain(&facts.setup) {
        text(sheet, (row, 0), name, None)?;
        text(sheet, (row, 1), value, Some(&look.prose))?;
        row += 1;
    }
    Ok(())
}

/// The figures, a row a condition; rates in percent, differences in points.
pub(super) fn conditions(
    sheet: &mut Worksheet,
    facts: &ReportFacts,
    words: Words,
    look: &Look,
) -> Result<(), XlsxError> {
    let k = ("k", facts.result.trials.into());
    let names = [
        words.of("book-condition-id"),
        words.of("column-condition"),
        words.of("book-planned"),
        words.of("book-scored-count"),
        words.of("book-passed-count"),
        words.of("book-rate"),
        words.of("book-rate-low"),
        words.of("book-rate-high"),
        words.of("column-tasks"),
        words.of("column-left-out"),
        words.say("book-baseline-rate", &[("name", facts.baseline().into())]),
        words.of("book-change"),
        words.of("book-change-low"),
        words.of("book-change-high"),
        words.of("column-verdict"),
        words.of("book-p"),
        words.of("column-broke"),
        words.of("column-fixed"),
        words.say("book-pass-k", &[k]),
        words.of("column-customers-shown"),
    ];
    heads(sheet, 0, 0, &names, look)?;
    sheet.set_column_width(1, 32)?;
    sheet.set_freeze_panes(1, 2)?;
    for (line, row) in (1..).zip(&facts.result.rows) {
        let percent = |value: Option<f64>| value.map(|rate| rate * 100.0);
        let low = |bounds: Option<Bounds>| percent(bounds.map(|i| i.low));
        let high = |bounds: Option<Bounds>| percent(bounds.map(|i| i.high));
        let compared = |count: usize| row.difference.map(|_| count as f64);
        text(sheet, (line, 0), &row.condition_id, None)?;
        text(sheet, (line, 1), &row.name, None)?;
        let figures = [
            (2, Some(row.planned as f64), 0),
            (3, Some(row.scored as f64), 0),
            (4, Some(row.passed as f64), 0),
            (5, percent(row.rate), 1),
            (6, low(row.rate_interval), 1),
            (7, high(row.rate_interval), 1),
            (8, compared(row.tasks_compared), 0),
            (9, compared(row.tasks_fell_out), 0),
            (10, percent(row.baseline_rate), 1),
            (11, percent(row.difference), 1),
            (12, low(row.difference_interval), 1),
            (13, high(row.difference_interval), 1),
            (15, row.p_value, 4),
            (16, compared(row.broke), 0),
            (17, compared(row.fixed), 0),
            (18, percent(row.pass_k.rate), 1),
        ];
        for (column, value, places) in figures {
            figure(sheet, (line, column), value, places, look)?;
        }
        if let Some(verdict) = row.verdict {
            text(sheet, (line, 14), &words.verdict(verdict), None)?;
        }
        if let Some(check) = &row.check {
            text(sheet, (line, 19), &words.shown(check.shown), None)?;
        }
    }
    Ok(())
}

/// Every task: attempts that succeeded and attempts scored, a pair of columns a condition.
pub(super) fn tasks(
    sheet: &mut Worksheet,
    facts: &ReportFacts,
    words: Words,
    look: &Look,
) -> Result<(), XlsxError> {
    let mut names = vec![words.of("column-task"), words.of("column-title")];
    for row in &facts.result.rows {
        for id in ["book-passed", "book-scored"] {
            names.push(words.say(id, &[("name", (&row.name).into())]));
        }
    }
    heads(sheet, 0, 0, &names, look)?;
    sheet.set_column_width(1, 40)?;
    sheet.set_freeze_panes(1, 1)?;
    for (line, (task, counts)) in (1..).zip(task_lines(facts)) {
        text(sheet, (line, 0), task, None)?;
        text(sheet, (line, 1), facts.titles.get(task).map_or("", String::as_str), None)?;
        let counts = counts.into_iter().flat_map(|(passed, scored)| [passed, scored]);
        for (column, count) in (2..).zip(counts) {
            figure(sheet, (line, column), Some(count as f64), 0, look)?;
        }
    }
    Ok(())
}

/// Every conversation.
pub(super) fn conversations(
    sheet: &mut Worksheet,
    rows: impl IntoIterator<Item = BookConversation>,
    words: Words,
    look: &Look,
) -> Result<(), XlsxError> {
    let names = [
        "column-task",
        "column-title",
        "book-condition-id",
        "column-condition",
        "book-attempt",
        "book-outcome",
        "book-reward",
        "book-why",
        "book-messages",
        "book-tool-calls",
        "book-steps",
        "book-cost",
        "book-seconds",
        "book-fault",
        "book-tags",
    ];
    heads(sheet, 0, 0, &names.map(|id| words.of(id)), look)?;
    for (column, wide) in [(1, 32), (3, 28), (7, 60), (13, 24), (14, 32)] {
        sheet.set_column_width(column, wide)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    let mut line = 1;
    let mut beyond = 0;
    for row in rows {
        if line as usize > MOST_ROWS - 1 {
            beyond += 1;
            continue;
        }
        let texts = [
            (0, row.task_id.as_str()),
            (1, &row.task_title),
            (2, &row.condition_id),
            (3, &row.condition),
            (5, &words.outcome(row.outcome)),
            (7, &row.why),
            (13, &row.fault),
            (14, &row.tags),
        ];
        for (column, words) in texts {
            text(sheet, (line, column), words, None)?;
        }
        let count = |count: u32| Some(f64::from(count));
        let figures = [
            (4, count(row.trial + 1), 0),
            (6, row.reward, 0),
            (8, count(row.messages), 0),
            (9, count(row.tool_calls), 0),
            (10, count(row.steps), 0),
            (11, row.cost_usd, 4),
            (12, row.seconds, 1),
        ];
        for (column, value, places) in figures {
            figure(sheet, (line, column), value, places, look)?;
        }
        line += 1;
    }
    if beyond > 0 {
        let more = words.say("book-rows-cut", &[("count", usize::into(beyond))]);
        text(sheet, (line, 0), &more, None)?;
    } else if line > 1 {
        sheet.autofilter(0, 0, line - 1, names.len() as u16 - 1)?;
    }
    Ok(())
}

/// How the figures were made, and what they do not say.
pub(super) fn method(
    sheet: &mut Worksheet,
    facts: &ReportFacts,
    words: Words,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, PROSE)?;
    text(sheet, (0, 0), &words.of("section-method"), Some(&look.title))?;
    let mut lines = method_sentences(facts, words);
    lines.extend(facts.fidelity.iter().map(|one| one.sentence.clone()));
    lines.push(words.of("book-cut"));
    for (row, line) in (2..).zip(&lines) {
        text(sheet, (row, 0), line, Some(&look.prose))?;
    }
    Ok(())
}
