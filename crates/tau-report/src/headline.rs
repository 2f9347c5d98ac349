//! The one sentence above a result: the worst trait if one is clearly worse, and otherwise just
//! what can be said.

use tau_stats::{Comparison, Verdict};

use crate::result::{BASELINE, ReportCondition, ResultRow};
use tau_charts::Shown;
use tau_charts::words;

/// What the sentence is made from; the slices run in parallel.
pub(crate) struct Facts<'a> {
    pub rows: &'a [ResultRow],
    pub conditions: &'a [&'a ReportCondition],
    pub comparisons: &'a [Option<Comparison>],
    pub trials: usize,
    pub margin: f64,
}

/// A condition and its comparison.
type Compared<'a> = (&'a ReportCondition, &'a Comparison);

/// The headline of a run. Where customers did not show the traits that they were asked for, that comes
/// before what became of success: a drop under them says nothing about their traits.
pub(crate) fn sentence(facts: &Facts<'_>) -> String {
    let compared = facts.conditions.iter().zip(facts.comparisons).filter(|(_, c)| c.is_some());
    let before: Vec<&str> = compared
        .filter_map(|(condition, _)| condition.check.as_ref())
        .filter(|check| check.shown == Shown::NotShown)
        .map(|check| check.note.as_str())
        .collect();
    before.into_iter().chain([change(facts).as_str()]).collect::<Vec<_>>().join(" ")
}

fn change(facts: &Facts<'_>) -> String {
    if facts.rows.iter().all(|row| row.scored == 0) {
        return "Nothing has been scored yet.".to_owned();
    }
    let mut compared: Vec<Compared<'_>> = facts
        .conditions
        .iter()
        .zip(facts.comparisons)
        .filter_map(|(condition, c)| Some((*condition, c.as_ref()?)))
        .collect();
    compared.sort_by(|a, b| a.1.difference.total_cmp(&b.1.difference));
    let Some(lowest) = compared.first() else {
        return alone(facts);
    };
    if compared.iter().all(|(_, c)| c.interval.is_none()) {
        return too_few(lowest, facts);
    }
    let of = |verdict| -> Vec<&Compared<'_>> {
        compared.iter().filter(|(_, c)| c.verdict == verdict).collect()
    };
    let (worse, better) = (of(Verdict::Worse), of(Verdict::Better));
    if let Some(worst) = worse.first() {
        let among = match worse.len() {
            1 => String::new(),
            n => format!(", the largest of {n} clear drops"),
        };
        return changed(worst, "fell", facts.trials, &among);
    }
    if let Some(best) = better.last() {
        return changed(best, "rose", facts.trials, "");
    }
    if of(Verdict::NoMeaningfulChange).len() == compared.len() {
        return unchanged(&compared, facts);
    }
    cannot_tell(&compared, facts)
}

/// `With impatient customers`, or `Under “Impatience: Strong”` where there are no words for them.
fn under(condition: &ReportCondition) -> String {
    match &condition.customers {
        Some(customers) => format!("With {customers}"),
        None => format!("Under “{}”", condition.name),
    }
}

fn customers(condition: &ReportCondition) -> String {
    condition.customers.clone().unwrap_or_else(|| format!("“{}”", condition.name))
}

fn design(tasks: usize, trials: usize) -> String {
    format!("{} × {}", words::count(tasks, "task"), words::count(trials, "attempt"))
}

fn changed((condition, c): &Compared<'_>, verb: &str, trials: usize, among: &str) -> String {
    // The interval of a fall is given as sizes, smaller first: "fell 12 points (CI 5 to 19)".
    let range = c.interval.map_or_else(String::new, |i| {
        let (a, b) = if verb == "fell" { (i.high, i.low) } else { (i.low, i.high) };
        format!("95 % CI {} to {}; ", words::size(a), words::size(b))
    });
    format!(
        "{} success {verb} {} ({range}{}){among}.",
        under(condition),
        words::plural_points(c.difference),
        design(c.tasks, trials),
    )
}

fn unchanged(compared: &[Compared<'_>], facts: &Facts<'_>) -> String {
    let margin = words::plural_points(facts.margin);
    match compared {
        [(condition, c)] => format!(
            "{} success did not change by a meaningful amount: the interval stays within {margin} of no change ({}).",
            under(condition),
            design(c.tasks, facts.trials)
        ),
        _ => format!(
            "No trait changed success by a meaningful amount: every interval stays within {margin} of no change."
        ),
    }
}

fn cannot_tell(compared: &[Compared<'_>], facts: &Facts<'_>) -> String {
    // The largest shift that has an interval, to show what "cannot tell" amounts to.
    let widest = compared
        .iter()
        .filter(|(_, c)| c.interval.is_some())
        .max_by(|a, b| a.1.difference.abs().total_cmp(&b.1.difference.abs()));
    let detail = widest.and_then(|(_, c)| {
        let i = c.interval?;
        Some(format!(
            "{} points, 95 % CI {}; {}",
            words::points(c.difference),
            words::points_range(i.low, i.high),
            design(c.tasks, facts.trials)
        ))
    });
    let detail = detail.unwrap_or_default();
    match (compared, widest) {
        ([(condition, _)], _) => format!(
            "We cannot tell whether {} changes success: the interval includes no change ({detail}).",
            match &condition.customers {
                Some(customers) => format!("a conversation with {customers}"),
                None => customers(condition),
            }
        ),
        (_, Some((condition, _))) => format!(
            "We cannot tell whether any trait changes success: every interval includes no change (largest shift, {}: {detail}).",
            customers(condition)
        ),
        (_, None) => "We cannot tell whether any trait changes success.".to_owned(),
    }
}

/// Counts only: too few tasks for an interval.
fn too_few((condition, c): &Compared<'_>, facts: &Facts<'_>) -> String {
    let row = |id: &str| facts.rows.iter().find(|r| r.condition_id == id);
    let counted =
        |id: &str| row(id).map_or_else(String::new, |r| format!("{} of {}", r.passed, r.scored));
    let place = match &condition.customers {
        Some(customers) => format!("With {customers}"),
        None => under(condition),
    };
    format!(
        "{place} {} conversations succeeded, without traits {}; {} are too few to say more.",
        counted(&condition.id),
        counted(BASELINE),
        words::count(c.tasks, "task"),
    )
}

/// Nothing to compare: the success rate of the baseline, or of the only condition with scores.
fn alone(facts: &Facts<'_>) -> String {
    let Some(row) = facts.rows.iter().find(|r| r.scored > 0) else {
        return "Nothing has been scored yet.".to_owned();
    };
    let place = if row.is_baseline() {
        "The agent succeeded".to_owned()
    } else {
        format!("Under “{}” the agent succeeded", row.name)
    };
    match (row.rate, row.rate_interval) {
        (Some(rate), Some(i)) => format!(
            "{place} in {} of conversations (95 % CI {}; {} scored).",
            words::percent(rate),
            words::percent_range(i.low, i.high),
            words::count(row.scored, "conversation")
        ),
        _ => format!(
            "{place} in {} of {}.",
            words::thousands(row.passed),
            words::count(row.scored, "conversation")
        ),
    }
}

#[cfg(test)]
mod tests {
    use crate::fidelity::TraitCheck;
    use crate::samples::{condition, episodes, named};
    use crate::{BASELINE, EpisodeRow, ReportCondition, ResultSettings, run_result};
    use tau_charts::{ChartSpec, Language, Shown};

    fn sentence(rows: &[Vec<EpisodeRow>], conditions: &[ReportCondition]) -> String {
        run_result(&rows.concat(), conditions, &ResultSettings::default()).sentence
    }

    fn impatient() -> ReportCondition {
        named("impatience", "Impatience", Some("impatient customers"), 0)
    }

    #[test]
    fn a_clear_drop_is_named_with_its_size_interval_and_design() {
        // Fifty tasks: ten lose all three attempts, one in five: mean −20 points; sd .4041,
        // half = 2.0096 * .4041 / 7.0711 = 11.5 points.
        let text = sentence(
            &[
                episodes(BASELINE, 50, 3, |_, _| true),
                episodes("impatience", 50, 3, |i, _| i % 5 != 0),
            ],
            &[condition(BASELINE, 0), impatient()],
        );
        assert_eq!(
            text,
            "With impatient customers success fell 20 points (95 % CI 9 to 31; 50 tasks × 3 attempts)."
        );
    }

    #[test]
    fn customers_who_did_not_show_their_trait_are_told_of_before_the_drop() {
        let note = "The customers of “Impatience” did not show the trait (measured 0.2 of 3), so the change says nothing about it.";
        let checked = |shown| ReportCondition {
            check: Some(TraitCheck { shown, note: note.to_owned() }),
            ..impatient()
        };
        let rows = [
            episodes(BASELINE, 50, 3, |_, _| true),
            episodes("impatience", 50, 3, |i, _| i % 5 != 0),
        ];
        let not_shown = [condition(BASELINE, 0), checked(Shown::NotShown)];
        let text = sentence(&rows, &not_shown);
        assert!(
            text.starts_with(&format!("{note} With impatient customers success fell 20")),
            "{text}"
        );
        let result = run_result(&rows.concat(), &not_shown, &ResultSettings::default());
        assert_eq!(result.rows[1].verdict_word, "worse (trait not shown)");
        let chart = ChartSpec::Forest(crate::drop_chart(&result, None));
        assert!(crate::drop_chart(&result, None).heading.notes.contains(&note.to_owned()));
        assert!(
            chart.text(Language::En)[1].ends_with("Yet the customers did not show the trait."),
            "{:?}",
            chart.text(Language::En)
        );
        assert!(chart.table(Language::En).to_csv().contains("not shown"));
        let weak = [condition(BASELINE, 0), checked(Shown::Weak)];
        let result = run_result(&rows.concat(), &weak, &ResultSettings::default());
        assert!(result.sentence.starts_with("With impatient customers"));
        assert!(result.notes.contains(&note.to_owned()), "{:?}", result.notes);
        let shown = [condition(BASELINE, 0), checked(Shown::Shown)];
        let result = run_result(&rows.concat(), &shown, &ResultSettings::default());
        assert!(!result.notes.contains(&note.to_owned()) && result.rows[1].verdict_word == "worse");
    }

    #[test]
    fn of_several_drops_the_worst_is_named() {
        let text = sentence(
            &[
                episodes(BASELINE, 50, 2, |_, _| true),
                episodes("a", 50, 2, |i, _| i % 5 != 0),
                episodes("b", 50, 2, |i, _| i % 2 != 0),
            ],
            &[condition(BASELINE, 0), condition("a", 0), condition("b", 1)],
        );
        assert!(text.starts_with("Under “b” success fell 50 points (95 % CI 36 to 64;"), "{text}");
        assert!(text.ends_with("), the largest of 2 clear drops."), "{text}");
    }

    #[test]
    fn a_rise_is_called_a_rise() {
        let text = sentence(
            &[
                episodes(BASELINE, 50, 2, |i, _| i % 2 == 0),
                episodes("impatience", 50, 2, |_, _| true),
            ],
            &[condition(BASELINE, 0), impatient()],
        );
        assert!(text.starts_with("With impatient customers success rose 50 points"), "{text}");
    }

    #[test]
    fn when_the_interval_includes_no_change_the_sentence_says_that_we_cannot_tell() {
        let one = [
            episodes(BASELINE, 20, 2, |i, _| i % 2 == 0),
            episodes("impatience", 20, 2, |i, _| i % 2 == 0 && i != 2),
        ];
        let text = sentence(&one, &[condition(BASELINE, 0), impatient()]);
        assert_eq!(
            text,
            "We cannot tell whether a conversation with impatient customers changes success: the interval includes no change (−5 points, 95 % CI −15 to +5; 20 tasks × 2 attempts)."
        );
        let two = [one.concat(), episodes("b", 20, 2, |i, _| i % 2 == 0)];
        let text = sentence(&two, &[condition(BASELINE, 0), impatient(), condition("b", 1)]);
        assert!(
            text.starts_with("We cannot tell whether any trait changes success: every interval includes no change (largest shift, impatient customers: −5 points"),
            "{text}"
        );
    }

    #[test]
    fn a_narrow_interval_around_zero_is_no_meaningful_change() {
        // Four hundred tasks, one of them broke and one fixed.
        let text = sentence(
            &[
                episodes(BASELINE, 400, 2, |i, _| i != 0),
                episodes("impatience", 400, 2, |i, _| i != 1),
            ],
            &[condition(BASELINE, 0), impatient()],
        );
        assert!(
            text.starts_with(
                "With impatient customers success did not change by a meaningful amount"
            ),
            "{text}"
        );
    }

    #[test]
    fn below_ten_tasks_there_are_counts_alone() {
        let text = sentence(
            &[episodes(BASELINE, 5, 2, |_, _| true), episodes("impatience", 5, 2, |i, _| i > 1)],
            &[condition(BASELINE, 0), impatient()],
        );
        assert_eq!(
            text,
            "With impatient customers 6 of 10 conversations succeeded, without traits 10 of 10; 5 tasks are too few to say more."
        );
    }

    #[test]
    fn a_baseline_alone_reports_its_rate() {
        let text =
            sentence(&[episodes(BASELINE, 20, 2, |i, _| i % 2 == 0)], &[condition(BASELINE, 0)]);
        assert!(
            text.starts_with("The agent succeeded in 50 % of conversations (95 % CI "),
            "{text}"
        );
    }
}
