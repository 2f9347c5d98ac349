//! Tables as text, Markdown, comma-separated values and JSON.

use super::{PassBoard, PassCell, PassLine, TraitCell, TraitLine, TraitTable};
use crate::fidelity::Shown;
use tau_charts::csv_cell;
use tau_charts::{Bounds, words};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Columns for a terminal.
    Text,
    /// A Markdown table.
    Markdown,
    /// Comma-separated values, one line a figure, in percent and points.
    Csv,
    /// The figures as JSON.
    Json,
}

/// The mark at a figure whose baseline differs in more than the customers.
const MARK: &str = " !";

/// The table of traits. Text and Markdown come twice: in points, and in per cent of the baseline.
pub fn render_traits(table: &TraitTable, format: TableFormat) -> String {
    match format {
        TableFormat::Json => json(table),
        TableFormat::Csv => traits_csv(table),
        TableFormat::Text | TableFormat::Markdown => {
            let mut text = String::new();
            for (title, shown) in [
                ("Change in points, with 95 % intervals", points as fn(&TraitCell) -> String),
                ("Change in per cent of the baseline", percent),
            ] {
                let mut rows = vec![heads(table)];
                rows.extend(table.lines.iter().map(|line| row(line, shown)));
                text.push_str(&titled(title, &rows, 2, format));
            }
            text + &notes(&table.notes, format)
        }
    }
}

/// The pass^k board.
pub fn render_board(board: &PassBoard, format: TableFormat) -> String {
    match format {
        TableFormat::Json => json(board),
        TableFormat::Csv => board_csv(board),
        TableFormat::Text | TableFormat::Markdown => {
            let heads = ["Domain", "Model", "Customers", "Scored"].map(str::to_owned);
            let ks = board.ks.iter().map(|k| format!("pass^{k}"));
            let mut rows: Vec<Vec<String>> = vec![heads.into_iter().chain(ks).collect()];
            rows.extend(board.lines.iter().map(|line| {
                let named = [
                    line.domain.clone(),
                    model(&line.model, &line.strategy),
                    line.condition.clone() + unshown(line.shown),
                    counted(line.scored, line.planned),
                ];
                let cells = line.cells.iter().map(|cell| pass(line, cell.as_ref()));
                named.into_iter().chain(cells).collect()
            }));
            titled("pass^k: the chance that k attempts all succeed", &rows, 3, format)
                + &notes(&board.notes, format)
        }
    }
}

fn heads(table: &TraitTable) -> Vec<String> {
    let named = ["Domain", "Model", "Baseline"].map(str::to_owned);
    named.into_iter().chain(table.columns.iter().map(|column| column.name.clone())).collect()
}

fn row(line: &TraitLine, shown: fn(&TraitCell) -> String) -> Vec<String> {
    let baseline = line.baseline.as_ref().map_or_else(|| "–".to_owned(), success);
    let mut row = vec![line.domain.clone(), model(&line.model, &line.strategy), baseline];
    row.extend(line.cells.iter().map(|cell| cell.as_ref().map_or_else(|| "–".to_owned(), shown)));
    row
}

fn model(model: &str, strategy: &str) -> String {
    match (model, strategy) {
        ("", _) => "not in the file".to_owned(),
        (model, "" | "tool-calling") => model.to_owned(),
        (model, strategy) => format!("{model} ({strategy})"),
    }
}

fn success(cell: &TraitCell) -> String {
    let figure = match (cell.rate, cell.rate_interval) {
        (None, _) => "not scored".to_owned(),
        (Some(rate), None) => words::percent(rate),
        (Some(rate), Some(i)) => {
            format!("{} ({})", words::percent(rate), words::percent_range(i.low, i.high))
        }
    };
    figure + &beside(cell)
}

fn points(cell: &TraitCell) -> String {
    match cell.difference {
        Some(difference) => {
            let figure = words::difference(difference, cell.difference_interval);
            figure + mark(cell) + &beside(cell) + unshown(cell.shown)
        }
        // Without a baseline the success itself is all there is to say.
        None => success(cell),
    }
}

fn percent(cell: &TraitCell) -> String {
    let Some(relative) = cell.relative else { return "–".to_owned() };
    let range = |i: Bounds| format!(" ({})", words::points_range(i.low, i.high));
    let interval = cell.relative_interval.map(range).unwrap_or_default();
    let unshown = unshown(cell.shown);
    format!("{} %{interval}{}{}{unshown}", words::points(relative), mark(cell), beside(cell))
}

/// What is wrong with the customers' traits, beside the figure that it puts in doubt.
fn unshown(shown: Option<Shown>) -> &'static str {
    match shown {
        Some(Shown::NotShown) => " (trait not shown)",
        Some(Shown::Weak) => " (trait weak)",
        _ => "",
    }
}

fn mark(cell: &TraitCell) -> &'static str {
    if cell.marked { MARK } else { "" }
}

/// How many were scored, and of how many where that is not all.
fn beside(cell: &TraitCell) -> String {
    if cell.scored < cell.planned {
        format!(" [{}]", counted(cell.scored, cell.planned))
    } else {
        format!(" [{}]", words::thousands(cell.scored))
    }
}

fn counted(scored: usize, planned: usize) -> String {
    format!("{} of {}", words::thousands(scored), words::thousands(planned))
}

fn pass(line: &PassLine, cell: Option<&PassCell>) -> String {
    let Some(cell) = cell else { return "–".to_owned() };
    let interval =
        cell.interval.map(|i| format!(" ({:.3} to {:.3})", i.low, i.high)).unwrap_or_default();
    let fewer = if cell.tasks < line.tasks {
        format!(" [{}]", words::count(cell.tasks, "task"))
    } else {
        String::new()
    };
    format!("{:.3}{interval}{fewer}", cell.value)
}

fn titled(title: &str, rows: &[Vec<String>], left: usize, format: TableFormat) -> String {
    match format {
        TableFormat::Markdown => format!("### {}\n\n{}\n", title, markdown(rows, left)),
        _ => format!("{title}\n\n{}\n", aligned(rows)),
    }
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at));
            cells.map(|cell| plain(cell).chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let cell = plain(cell);
            let pad = width + 2 - cell.chars().count();
            line.push_str(&cell);
            line.push_str(&" ".repeat(pad));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn markdown(rows: &[Vec<String>], left: usize) -> String {
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell).replace('|', "\\|")).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
        if number == 0 {
            let rule = |at: usize| if at < left { ":---" } else { "---:" };
            let rules: Vec<&str> = (0..row.len()).map(rule).collect();
            text.push_str(&format!("| {} |\n", rules.join(" | ")));
        }
    }
    text
}

/// Nothing in a name can steer a terminal or break a line.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn notes(notes: &[String], format: TableFormat) -> String {
    let bullet = if format == TableFormat::Markdown { "- " } else { "" };
    notes.iter().map(|note| format!("{bullet}{}\n", plain(note))).collect()
}

fn json(figures: &impl serde::Serialize) -> String {
    // Plain data always becomes JSON.
    serde_json::to_string_pretty(figures).unwrap_or_default() + "\n"
}

fn number(value: Option<f64>, factor: f64) -> String {
    value.map_or_else(String::new, |value| format!("{:.2}", value * factor))
}

fn lines_of(rows: Vec<Vec<String>>) -> String {
    let line =
        |row: Vec<String>| row.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(",");
    rows.into_iter().map(|row| line(row) + "\r\n").collect()
}

fn traits_csv(table: &TraitTable) -> String {
    let heads = "domain,model,agent_strategy,condition,name,scored,planned,tasks,success_percent,success_low,success_high,change_points,change_low,change_high,change_percent_of_baseline,change_percent_low,change_percent_high,verdict,marked,trait";
    let mut rows = vec![heads.split(',').map(str::to_owned).collect::<Vec<_>>()];
    for line in &table.lines {
        let baseline = [("baseline", "Baseline", line.baseline.as_ref())];
        let cells = table.columns.iter().zip(&line.cells);
        let cells = cells.map(|(c, cell)| (c.id.as_str(), c.name.as_str(), cell.as_ref()));
        for (id, name, cell) in baseline.into_iter().chain(cells) {
            let Some(cell) = cell else { continue };
            let ends = |bounds: Option<Bounds>| {
                [number(bounds.map(|b| b.low), 100.0), number(bounds.map(|b| b.high), 100.0)]
            };
            let mut row = vec![
                line.domain.clone(),
                line.model.clone(),
                line.strategy.clone(),
                id.to_owned(),
                name.to_owned(),
                cell.scored.to_string(),
                cell.planned.to_string(),
                cell.tasks.to_string(),
                number(cell.rate, 100.0),
            ];
            row.extend(ends(cell.rate_interval));
            row.push(number(cell.difference, 100.0));
            row.extend(ends(cell.difference_interval));
            row.push(number(cell.relative, 100.0));
            row.extend(ends(cell.relative_interval));
            row.push(cell.verdict.clone());
            row.push(if cell.marked { "yes".to_owned() } else { String::new() });
            row.push(cell.shown.map_or_else(String::new, |shown| shown.word().to_owned()));
            rows.push(row);
        }
    }
    lines_of(rows)
}

fn board_csv(board: &PassBoard) -> String {
    let heads = "domain,model,agent_strategy,customers,scored,planned,k,pass_k,low,high,tasks,tasks_in_all,trait";
    let mut rows = vec![heads.split(',').map(str::to_owned).collect::<Vec<_>>()];
    for line in &board.lines {
        for (k, cell) in board.ks.iter().zip(&line.cells) {
            let Some(cell) = cell else { continue };
            let end = |value: Option<f64>| value.map_or_else(String::new, |v| format!("{v:.4}"));
            rows.push(vec![
                line.domain.clone(),
                line.model.clone(),
                line.strategy.clone(),
                line.condition.clone(),
                line.scored.to_string(),
                line.planned.to_string(),
                k.to_string(),
                format!("{:.4}", cell.value),
                end(cell.interval.map(|i| i.low)),
                end(cell.interval.map(|i| i.high)),
                cell.tasks.to_string(),
                line.tasks.to_string(),
                line.shown.map_or_else(String::new, |shown| shown.word().to_owned()),
            ]);
        }
    }
    lines_of(rows)
}
