//! The tables at the end: all figures, the customers, every task.

use std::collections::BTreeMap;

use tau_domain::Outcome;

use super::{Block, ReportFacts, Section, Table, Words};

/// Tasks that the table lists; the workbook has all.
const LISTED: usize = 300;

pub(super) fn section(facts: &ReportFacts, words: Words) -> Section {
    let mut blocks =
        vec![Block::Head(words.of("appendix-results")), Block::Table(figures(facts, words))];
    if !facts.fidelity.is_empty() {
        let columns = vec![
            (words.of("column-condition"), false),
            (words.of("column-customers-shown"), false),
        ];
        let row = |one: &super::ConditionFidelity| vec![one.name.clone(), one.sentence.clone()];
        blocks.push(Block::Head(words.of("appendix-fidelity")));
        blocks
            .push(Block::Table(Table { columns, rows: facts.fidelity.iter().map(row).collect() }));
    }
    blocks.push(Block::Head(words.of("appendix-tasks")));
    let (key, table, more) = tasks(facts, words);
    blocks.push(Block::Text(words.of("appendix-elsewhere")));
    blocks.push(Block::Text(words.say("appendix-tasks-key", &[("columns", key.into())])));
    blocks.push(Block::Table(table));
    if more > 0 {
        blocks.push(Block::Text(words.say("appendix-more", &[("count", more.into())])));
    }
    Section { heading: words.of("section-appendix"), blocks }
}

fn figures(facts: &ReportFacts, words: Words) -> Table {
    let compares = facts.compares();
    let mut columns = vec![(words.of("column-condition"), false)];
    if compares {
        for id in ["column-tasks", "column-left-out", "column-broke", "column-fixed", "column-p"] {
            columns.push((words.of(id), true));
        }
    }
    columns.push((words.say("column-pass-k", &[("k", facts.result.trials.into())]), true));
    let rows = facts.result.rows.iter().map(|row| {
        let mut cells = vec![row.name.clone()];
        if compares {
            let counts = [row.tasks_compared, row.tasks_fell_out, row.broke, row.fixed];
            cells.extend(counts.map(|count| match row.difference {
                Some(_) => facts.language.thousands(count),
                None => String::new(),
            }));
            cells.push(row.p_value.map_or_else(String::new, |p| facts.language.p_value(p)));
        }
        cells.push(words.rate(row.pass_k.rate, row.pass_k.interval));
        cells
    });
    Table { rows: rows.collect(), columns }
}

/// Succeeded and scored attempts of a task, by condition.
pub(crate) type TaskLine<'a> = (&'a str, Vec<(usize, usize)>);

/// Every task in the order of its split, with a pair of counts a condition of the result.
pub(crate) fn task_lines(facts: &ReportFacts) -> Vec<TaskLine<'_>> {
    let place: BTreeMap<&str, usize> = facts
        .result
        .rows
        .iter()
        .enumerate()
        .map(|(i, row)| (row.condition_id.as_str(), i))
        .collect();
    let mut tasks: BTreeMap<(u32, &str), Vec<(usize, usize)>> = BTreeMap::new();
    for row in &facts.rows {
        let Some(column) = place.get(row.condition_id.as_str()) else { continue };
        let counts = tasks
            .entry((row.task_index, row.task_id.as_str()))
            .or_insert_with(|| vec![(0, 0); place.len()]);
        let passed = usize::from(row.outcome == Outcome::Passed);
        let scored = usize::from(matches!(row.outcome, Outcome::Passed | Outcome::Failed));
        counts[*column].0 += passed;
        counts[*column].1 += scored;
    }
    tasks.into_iter().map(|((_, task), counts)| (task, counts)).collect()
}

/// The key to the columns, the table, and how many tasks did not fit.
fn tasks(facts: &ReportFacts, words: Words) -> (String, Table, usize) {
    let rows = &facts.result.rows;
    let key: Vec<String> =
        rows.iter().enumerate().map(|(i, row)| format!("{} = {}", letter(i), row.name)).collect();
    let mut columns = vec![(words.of("column-task"), false)];
    columns.extend((0..rows.len()).map(|index| (letter(index), true)));
    let lines = task_lines(facts);
    let more = lines.len().saturating_sub(LISTED);
    let cell = |(passed, scored): (usize, usize)| match scored {
        0 => "–".to_owned(),
        _ => format!("{passed}/{scored}"),
    };
    let table = lines.into_iter().take(LISTED).map(|(task, counts)| {
        let name = match facts.titles.get(task) {
            Some(title) if !title.is_empty() => format!("{task} · {title}"),
            _ => task.to_owned(),
        };
        std::iter::once(name).chain(counts.into_iter().map(cell)).collect()
    });
    (key.join(" · "), Table { columns, rows: table.collect() }, more)
}

/// A, B, ..., Z, AA, AB, ...: names of columns.
fn letter(index: usize) -> String {
    let last = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letter(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_on_after_z() {
        assert_eq!([0, 25, 26, 51, 52].map(letter), ["A", "Z", "AA", "AZ", "BA"]);
    }
}
