//! The slopes in words and as a table.

use tau_stats::Verdict;

use super::{SlopeChart, SlopeLine};
use crate::language::Arg;
use crate::{Bounds, Cell, DataTable, Language};

/// What a message about a line may need.
fn say(
    chart: &SlopeChart,
    language: Language,
    id: &str,
    line: &SlopeLine,
    more: &[(&str, Arg)],
) -> String {
    let yes = |known: bool| Arg::from(if known { "yes" } else { "no" });
    let rates = |interval: Option<Bounds>| {
        Arg::from(interval.map_or(String::new(), |i| language.percent_range(i.low, i.high)))
    };
    let mut args: Vec<(&str, Arg)> = vec![
        ("left", language.named(&chart.left).into()),
        ("right", language.named(&chart.right).into()),
        ("name", language.named(&line.name).into()),
        ("condition", if line.is_baseline { "baseline" } else { "other" }.into()),
        ("before", language.percent(line.left).into()),
        ("after", language.percent(line.right).into()),
        ("former", yes(line.left_interval.is_some())),
        ("latter", yes(line.right_interval.is_some())),
        ("before-range", rates(line.left_interval)),
        ("after-range", rates(line.right_interval)),
        ("between", yes(line.interval.is_some())),
        ("points", language.plural_points(line.difference).into()),
        ("change", language.in_signed_points(line.difference).into()),
        ("tasks", language.tasks(line.tasks).into()),
        ("n", line.tasks.into()),
        ("conditions", chart.lines.len().into()),
    ];
    let range = line.interval.map_or(String::new(), |i| language.points_range(i.low, i.high));
    args.push(("range", range.into()));
    args.extend(more.iter().cloned());
    language.say(id, &args)
}

/// The largest clear drop, then the largest clear rise, and otherwise what can be said.
pub(super) fn sentence(chart: &SlopeChart, language: Language) -> String {
    let mut lines: Vec<&SlopeLine> = chart.lines.iter().filter(|line| line.tasks > 0).collect();
    lines.sort_by(|a, b| a.difference.total_cmp(&b.difference));
    let Some(lowest) = lines.first() else {
        return language.say("slope-nothing", &[]);
    };
    if lines.iter().all(|line| line.interval.is_none()) {
        return say(chart, language, "slope-few", lowest, &[]);
    }
    let of = |verdict| -> Vec<&SlopeLine> {
        lines.iter().filter(|line| line.verdict == verdict).copied().collect()
    };
    let (worse, better) = (of(Verdict::Worse), of(Verdict::Better));
    let clear = |id: &str, line: &SlopeLine, clear: usize| {
        let range = line.interval.map_or(String::new(), |i| language.sizes(i));
        say(chart, language, id, line, &[("range", range.into()), ("clear", clear.into())])
    };
    if let Some(line) = worse.first() {
        return clear("slope-fell", line, worse.len());
    }
    if let Some(line) = better.last() {
        return clear("slope-rose", line, better.len());
    }
    // The largest shift that has an interval shows what the verdict amounts to.
    let shift = |line: &SlopeLine| line.difference.abs();
    let told = lines.iter().filter(|line| line.interval.is_some());
    let widest = told.max_by(|a, b| shift(a).total_cmp(&shift(b))).unwrap_or(lowest);
    let unchanged = of(Verdict::NoMeaningfulChange).len() == lines.len();
    let id = match (unchanged, lines.len()) {
        (true, 1) => "slope-unchanged",
        (true, _) => "slope-unchanged-all",
        (false, 1) => "slope-cannot-tell",
        (false, _) => "slope-cannot-tell-any",
    };
    say(chart, language, id, widest, &[])
}

/// A line in words.
pub(super) fn row(chart: &SlopeChart, line: &SlopeLine, language: Language) -> String {
    let change = language.points(line.difference);
    let way = match line.difference {
        _ if change == "0" => "same",
        d if d < 0.0 => "lower",
        _ => "higher",
    };
    let verdict = language.verdict(line.verdict);
    say(chart, language, "slope-row", line, &[("way", way.into()), ("verdict", verdict.into())])
}

/// A row a condition; rates in percent, changes in points.
pub(super) fn table(chart: &SlopeChart, language: Language) -> DataTable {
    let run = |name: &str| {
        let run = [("run", Arg::from(language.named(name)))];
        ["rate", "rate-low", "rate-high"]
            .map(|column| language.say(&format!("slope-column-{column}"), &run))
    };
    let named = |column: &str| language.say(&format!("slope-column-{column}"), &[]);
    let columns = ["id", "name", "tasks"]
        .map(named)
        .into_iter()
        .chain(run(&chart.left))
        .chain(run(&chart.right))
        .chain(["change", "low", "high", "verdict"].map(named));
    let figure = |value| Cell::figure(value, 100.0, 2);
    let row = |line: &SlopeLine| {
        vec![
            Cell::text(&line.condition_id),
            Cell::text(&line.name),
            Cell::count(line.tasks),
            figure(Some(line.left)),
            figure(line.left_interval.map(|i| i.low)),
            figure(line.left_interval.map(|i| i.high)),
            figure(Some(line.right)),
            figure(line.right_interval.map(|i| i.low)),
            figure(line.right_interval.map(|i| i.high)),
            figure(Some(line.difference)),
            figure(line.interval.map(|i| i.low)),
            figure(line.interval.map(|i| i.high)),
            Cell::text(language.verdict(line.verdict)),
        ]
    };
    DataTable { columns: columns.collect(), rows: chart.lines.iter().map(row).collect() }
}
