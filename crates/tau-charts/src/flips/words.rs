//! The strip in words and as a table.

use super::{Fate, Flip, FlipRow, FlipStrip};
use crate::language::Arg;
use crate::{Cell, DataTable, Language};

/// What a message about a row may need.
fn say(language: Language, id: &str, row: &FlipRow, more: &[(&str, Arg)]) -> String {
    let mut args: Vec<(&str, Arg)> = vec![
        ("name", language.named(&row.name).into()),
        ("broke", row.count(Fate::Broke).into()),
        ("same", row.count(Fate::Same).into()),
        ("fixed", row.count(Fate::Fixed).into()),
        ("compared", row.tasks.len().into()),
    ];
    args.extend(more.iter().cloned());
    language.say(id, &args)
}

/// The condition with the largest balance of broken tasks, in a sentence.
pub(super) fn sentence(chart: &FlipStrip, language: Language) -> String {
    let compared: Vec<&FlipRow> = chart.rows.iter().filter(|row| !row.tasks.is_empty()).collect();
    let count = |row: &FlipRow, fate| row.count(fate) as f64;
    // As shares, since conditions may have been compared on different numbers of tasks.
    let balance = |row: &FlipRow| {
        (count(row, Fate::Broke) - count(row, Fate::Fixed)) / row.tasks.len() as f64
    };
    // The first of equals.
    let worst = compared.iter().rev().max_by(|a, b| balance(a).total_cmp(&balance(b)));
    let Some(worst) = worst else {
        return language.say("flips-nothing", &[]);
    };
    let conditions = [("conditions", Arg::Count(compared.len()))];
    let still = |row: &&FlipRow| row.count(Fate::Same) == row.tasks.len();
    let id = match balance(worst) {
        _ if compared.iter().all(still) => "flips-none",
        balance if balance >= 0.0 => "flips-said",
        _ => "flips-balance-better",
    };
    say(language, id, worst, &conditions)
}

/// A condition in words.
pub(super) fn row(row: &FlipRow, language: Language) -> String {
    let id = if row.tasks.is_empty() { "flips-row-nothing" } else { "flips-row" };
    let told = say(language, id, row, &[]);
    match row.fell_out {
        0 => told,
        tasks => format!("{told} {}", language.say("flips-fell-out", &[("tasks", tasks.into())])),
    }
}

/// Neighbouring tasks of the same values, or one.
pub(super) fn tasks(row: &FlipRow, tasks: &[Flip], language: Language) -> String {
    let Some(first) = tasks.first() else {
        return String::new();
    };
    let more = [
        ("before", language.percent(first.baseline).into()),
        ("after", language.percent(first.rate).into()),
        ("task", language.named(&first.task_id).into()),
        ("tasks", tasks.len().into()),
    ];
    let id = if tasks.len() == 1 { "flips-task" } else { "flips-tasks" };
    say(language, id, row, &more)
}

/// A row a task and condition; rates in percent, changes in points.
pub(super) fn table(chart: &FlipStrip, language: Language) -> DataTable {
    let columns = ["id", "name", "task", "before", "after", "change", "group"];
    let figure = |value| Cell::figure(Some(value), 100.0, 2);
    let rows = chart.rows.iter().flat_map(|row| {
        row.tasks.iter().map(move |flip| {
            vec![
                Cell::text(&row.condition_id),
                Cell::text(&row.name),
                Cell::text(&flip.task_id),
                figure(flip.baseline),
                figure(flip.rate),
                figure(flip.rate - flip.baseline),
                Cell::text(language.say(group(Fate::of(flip)), &[])),
            ]
        })
    });
    DataTable {
        columns: columns
            .map(|column| language.say(&format!("flips-column-{column}"), &[]))
            .to_vec(),
        rows: rows.collect(),
    }
}

/// The message that names a group.
pub(super) fn group(fate: Fate) -> &'static str {
    match fate {
        Fate::Broke => "flips-group-broke",
        Fate::Same => "flips-group-same",
        Fate::Fixed => "flips-group-fixed",
    }
}

/// The message with the number of a group.
pub(super) fn count(fate: Fate) -> &'static str {
    match fate {
        Fate::Broke => "flips-broke",
        Fate::Same => "flips-same",
        Fate::Fixed => "flips-fixed",
    }
}
