//! The chart in words: its one sentence, and a sentence a row.

use tau_stats::Verdict;

use super::unit::Unit;
use super::{ForestChart, ForestRow, Measure};
use crate::language::Arg;
use crate::{Language, Shown};

/// What a chart says: first whose customers did not show their trait, since a change under them says
/// nothing about it; then the largest clear loss (of success) or rise (of effort), and otherwise just
/// what can be said.
pub(super) fn sentence(chart: &ForestChart, language: Language) -> String {
    let teller = Teller::of(chart, language);
    let compared = chart.rows.iter().filter(|row| row.difference.is_some());
    let not_shown = compared
        .filter(|row| row.shown == Some(Shown::NotShown))
        .map(|row| teller.say("forest-not-shown", row, &[]));
    not_shown.chain([teller.change()]).collect::<Vec<_>>().join(" ")
}

/// The baseline and each condition in a sentence.
pub(super) fn rows(chart: &ForestChart, language: Language) -> Vec<String> {
    let teller = Teller::of(chart, language);
    chart.baseline.iter().chain(&chart.rows).map(|row| teller.row(row)).collect()
}

struct Teller<'a> {
    chart: &'a ForestChart,
    unit: Unit,
}

impl<'a> Teller<'a> {
    fn of(chart: &'a ForestChart, language: Language) -> Teller<'a> {
        Teller { chart, unit: Unit::of(chart, language) }
    }

    fn language(&self) -> Language {
        self.unit.language
    }

    /// A message about a row, told what every message may need.
    fn say(&self, id: &str, row: &ForestRow, more: &[(&str, Arg)]) -> String {
        let language = self.language();
        let yes = |known: bool| Arg::from(if known { "yes" } else { "no" });
        let scored = language.say("conversations", &[("n", row.scored.into())]);
        let mut args: Vec<(&str, Arg)> = vec![
            ("name", language.named(&row.name).into()),
            ("known", yes(row.customers.is_some())),
            ("customers", row.customers.clone().unwrap_or_default().into()),
            ("named", yes(self.chart.baseline_name.is_some())),
            ("baseline", self.chart.baseline_name.clone().unwrap_or_default().into()),
            ("measure", self.unit.measure_key().into()),
            ("scored", row.scored.into()),
            ("planned", row.planned.into()),
            ("passed", row.passed.into()),
            ("conversations", scored.into()),
            ("tasks", language.say("tasks", &[("n", row.tasks.into())]).into()),
            ("tasks-few", row.tasks.into()),
            ("design", self.design(row.tasks).into()),
        ];
        let value = |value: Option<f64>| value.map_or(String::new(), |v| self.unit.value(v));
        args.push(("rate", value(row.rate).into()));
        args.push(("baseline-rate", value(row.baseline).into()));
        if let Some(difference) = row.difference {
            args.push(("size", self.size(difference).into()));
            args.push(("change", self.signed(difference).into()));
        }
        args.push(("interval", yes(row.interval.is_some())));
        if let Some(interval) = row.interval {
            args.push(("range", self.unit.changes(interval).into()));
        }
        args.extend(more.iter().cloned());
        language.say(id, &args)
    }

    /// A change without its sign, in words: `12 points`; effort says its unit in the message.
    fn size(&self, difference: f64) -> String {
        match self.unit.measure {
            Measure::Success => self.language().plural_points(difference),
            _ => self.unit.size(difference),
        }
    }

    /// A change with its sign: `−12 points`, `+$0.01`.
    fn signed(&self, difference: f64) -> String {
        match self.unit.measure {
            Measure::Success => self.language().in_signed_points(difference),
            _ => self.unit.change(difference),
        }
    }

    fn design(&self, tasks: usize) -> String {
        design(self.language(), &self.language().say("tasks", &[("n", tasks.into())]), self.chart)
    }

    fn change(&self) -> String {
        let chart = self.chart;
        let all = || chart.baseline.iter().chain(&chart.rows);
        if all().all(|row| row.scored == 0) {
            return self.language().say("forest-nothing", &[]);
        }
        // Worst first: the lowest success, the most effort.
        let loss = |row: &ForestRow| match chart.measure {
            Measure::Success => row.difference.unwrap_or_default(),
            _ => -row.difference.unwrap_or_default(),
        };
        let mut compared: Vec<&ForestRow> =
            chart.rows.iter().filter(|row| row.difference.is_some()).collect();
        compared.sort_by(|a, b| loss(a).total_cmp(&loss(b)));
        let Some(worst) = compared.first() else {
            return all()
                .find(|row| row.scored > 0)
                .map_or_else(String::new, |row| self.alone(row));
        };
        if compared.iter().all(|row| row.interval.is_none()) {
            return self.few(worst);
        }
        let of = |verdict| -> Vec<&ForestRow> {
            compared.iter().filter(|row| row.verdict == Some(verdict)).copied().collect()
        };
        let (worse, better) = (of(Verdict::Worse), of(Verdict::Better));
        if let Some(row) = worse.first() {
            return self.changed(row, true, worse.len());
        }
        if let Some(row) = better.last() {
            return self.changed(row, false, better.len());
        }
        if of(Verdict::NoMeaningfulChange).len() == compared.len() {
            let margin = self.language().plural_points(chart.margin);
            let id = if compared.len() == 1 { "forest-unchanged" } else { "forest-unchanged-all" };
            return self.say(id, worst, &[("margin", margin.into())]);
        }
        self.cannot_tell(&compared)
    }

    fn changed(&self, row: &ForestRow, worse: bool, clear: usize) -> String {
        let id = match (self.unit.measure, worse) {
            (Measure::Success, true) => "forest-fell",
            (Measure::Success, false) => "forest-rose",
            (_, true) => "forest-more",
            (_, false) => "forest-less",
        };
        // A fall is told in sizes, the smaller end first: "fell 12 points (95 % CI 5 to 19)".
        let range = row.interval.map(|i| self.unit.sizes(i)).unwrap_or_default();
        let size = row.difference.map(|d| self.size(d)).unwrap_or_default();
        self.say(
            id,
            row,
            &[("range", range.into()), ("points", size.into()), ("clear", clear.into())],
        )
    }

    fn cannot_tell(&self, compared: &[&ForestRow]) -> String {
        // The largest shift that has an interval, to show what "cannot tell" amounts to.
        let shift = |row: &ForestRow| row.difference.unwrap_or_default().abs();
        let widest = compared
            .iter()
            .filter(|row| row.interval.is_some())
            .max_by(|a, b| shift(a).total_cmp(&shift(b)));
        let id = match (self.unit.measure, compared.len()) {
            (Measure::Success, 1) => "forest-cannot-tell",
            (Measure::Success, _) => "forest-cannot-tell-any",
            (_, 1) => "forest-effort-cannot-tell",
            _ => "forest-effort-cannot-tell-any",
        };
        widest.map_or_else(String::new, |row| self.say(id, row, &[]))
    }

    /// Too few tasks for an interval: counts alone.
    fn few(&self, row: &ForestRow) -> String {
        if self.unit.measure != Measure::Success {
            return self.say("forest-effort-few", row, &[]);
        }
        let (passed, scored) =
            self.chart.baseline.as_ref().map_or((0, 0), |row| (row.passed, row.scored));
        self.say(
            "forest-few",
            row,
            &[("baseline-passed", passed.into()), ("baseline-scored", scored.into())],
        )
    }

    /// Nothing to compare: the level of the baseline, or of the only condition with scores.
    fn alone(&self, row: &ForestRow) -> String {
        let baseline = self.chart.baseline.as_ref();
        let is_baseline = baseline.is_some_and(|b| b.condition_id == row.condition_id);
        let condition: Arg = if is_baseline { "baseline" } else { "other" }.into();
        match (self.unit.measure, row.rate_interval) {
            (Measure::Success, Some(i)) => {
                let range = self.language().percent_range(i.low, i.high);
                let more = [("condition", condition), ("range", range.into())];
                self.say("forest-alone", row, &more)
            }
            (Measure::Success, None) => {
                self.say("forest-alone-few", row, &[("condition", condition)])
            }
            _ => self.say("forest-effort-alone", row, &[]),
        }
    }

    fn row(&self, row: &ForestRow) -> String {
        if row.rate.is_none() {
            return self.say("forest-row-nothing", row, &[]);
        }
        let (Some(_), Some(difference)) = (row.baseline, row.difference) else {
            return self.say("forest-row-alone", row, &[]);
        };
        let way = match self.unit.change(difference) {
            zero if !zero.starts_with(['−', '+']) => "same",
            _ if difference < 0.0 => "lower",
            _ => "higher",
        };
        let verdict = verdict_word(row, &self.unit);
        let told = self.say("forest-row", row, &[("way", way.into()), ("verdict", verdict.into())]);
        let yet = match row.shown {
            Some(Shown::NotShown) => "forest-row-not-shown",
            Some(Shown::Weak) => "forest-row-weak",
            _ => return told,
        };
        format!("{told} {}", self.language().say(yet, &[]))
    }
}

/// `50 tasks × 3 attempts`.
pub(super) fn design(language: Language, tasks: &str, chart: &ForestChart) -> String {
    let attempts = language.say("attempts", &[("n", chart.trials.into())]);
    language.say("forest-design", &[("tasks", tasks.into()), ("attempts", attempts.into())])
}

/// What the comparison says, in a word or two.
pub(super) fn verdict_word(row: &ForestRow, unit: &Unit) -> String {
    let verdict = row.verdict.unwrap_or(Verdict::CannotTell);
    match (verdict, unit.measure) {
        (_, Measure::Success) | (Verdict::NoMeaningfulChange | Verdict::CannotTell, _) => {
            unit.language.verdict(verdict)
        }
        (Verdict::Worse, _) => unit.language.word("forest-verdict-more"),
        (Verdict::Better, _) => unit.language.word("forest-verdict-less"),
    }
}
