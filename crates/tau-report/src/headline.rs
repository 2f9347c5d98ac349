//! The one sentence above a result: what its chart says.

use tau_charts::ChartSpec;

use crate::{RunResult, drop_chart};

/// The headline of a run, in the result's language.
pub(crate) fn sentence(result: &RunResult) -> String {
    ChartSpec::Forest(drop_chart(result, None)).sentence(result.language)
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
            text.starts_with("The customers of “Impatience” did not show the trait, so the change says nothing about it. With impatient customers success fell 20"),
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
        assert!(result.cautions.iter().any(|each| each.text == note), "{:?}", result.cautions);
        let shown = [condition(BASELINE, 0), checked(Shown::Shown)];
        let result = run_result(&rows.concat(), &shown, &ResultSettings::default());
        assert!(result.cautions.is_empty() && result.rows[1].verdict_word == "worse");
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
