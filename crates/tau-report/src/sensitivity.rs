//! The result once more without the conversations in which the customer was at fault: beside the
//! headline, never instead of it, so that nothing is dropped in silence.

use serde::{Deserialize, Serialize};

use crate::result::{ReportCondition, ResultRow, ResultSettings, run_result};
use crate::rows::{Analysis, EpisodeRow};
use crate::say::say;

/// That result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// In one sentence.
    pub sentence: String,
    /// Conversations that make the difference.
    pub conversations: usize,
    /// One row a condition, as in the result.
    pub rows: Vec<ResultRow>,
}

/// The other reading of a result: without customers' faults, and with them where the analysis leaves
/// them out. `None` where nobody looked for faults, and where no customer was at fault.
pub fn sensitivity(
    rows: &[EpisodeRow],
    conditions: &[ReportCondition],
    settings: &ResultSettings,
) -> Option<Sensitivity> {
    let analysis = &settings.analysis;
    let turned = Analysis { leave_out_user_faults: false, ..analysis.clone() };
    let listed = |row: &&&EpisodeRow| conditions.iter().any(|c| c.id == row.condition_id);
    let looked_at = turned.rows(rows);
    let faults = looked_at.iter().filter(listed).filter(|row| row.is_user_fault()).count();
    if faults == 0 {
        return None;
    }
    let id =
        if analysis.leave_out_user_faults { "sensitivity-with" } else { "sensitivity-without" };
    let other = ResultSettings {
        analysis: Analysis {
            leave_out_user_faults: !analysis.leave_out_user_faults,
            ..analysis.clone()
        },
        ..settings.clone()
    };
    let result = run_result(rows, conditions, &other);
    let args = [("n", faults.into()), ("sentence", result.sentence.into())];
    Some(Sensitivity {
        sentence: say(settings.language, id, &args),
        conversations: faults,
        rows: result.rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{condition, episodes, judged, named};
    use crate::{AtFault, BASELINE};

    /// Forty tasks; of the sixteen that an impatient customer breaks, eight are the customer's fault.
    fn run() -> (Vec<EpisodeRow>, [ReportCondition; 2]) {
        let rows = [episodes(BASELINE, 40, 1, |_, _| true), episodes("x", 40, 1, |i, _| i % 5 > 1)]
            .concat();
        let rows = judged(rows, |row| {
            Some(if row.task_index % 5 == 0 { AtFault::User } else { AtFault::Agent })
        });
        (rows, [condition(BASELINE, 0), named("x", "Impatience", Some("impatient customers"), 0)])
    }

    #[test]
    fn the_result_without_the_customers_faults_stands_beside_the_result() {
        let (rows, conditions) = run();
        let settings = ResultSettings::default();
        let result = run_result(&rows, &conditions, &settings);
        assert_eq!((result.rows[1].scored, result.rows[1].passed), (40, 24));
        let other = sensitivity(&rows, &conditions, &settings).unwrap();
        assert_eq!(other.conversations, 8);
        assert_eq!((other.rows[1].scored, other.rows[1].passed), (32, 24));
        assert_eq!(other.rows[1].tasks_fell_out, 8);
        assert!(
            other.sentence.starts_with(
                "Without the 8 conversations in which the customer was at fault: With impatient customers success fell 25 points (95 % CI "
            ),
            "{}",
            other.sentence
        );
    }

    #[test]
    fn where_they_are_left_out_the_result_with_them_stands_beside_it_and_a_caution_says_so() {
        let (rows, conditions) = run();
        let analysis = Analysis { leave_out_user_faults: true, ..Analysis::default() };
        let settings = ResultSettings { analysis, ..ResultSettings::default() };
        let result = run_result(&rows, &conditions, &settings);
        assert_eq!((result.left_out, result.rows[1].scored), (8, 32));
        assert!(
            result.cautions.iter().any(|each| each.text
                == "8 conversations that failed by the customer's fault were left out after the run."),
            "{:?}",
            result.cautions
        );
        let other = sensitivity(&rows, &conditions, &settings).unwrap();
        assert_eq!((other.conversations, other.rows[1].scored), (8, 40));
        assert!(other.sentence.starts_with("With the 8 conversations that were left out"));
    }

    #[test]
    fn without_a_fault_of_a_customer_there_is_nothing_to_set_beside() {
        let (rows, conditions) = run();
        let settings = ResultSettings::default();
        let unjudged = judged(rows.clone(), |_| None);
        assert_eq!(sensitivity(&unjudged, &conditions, &settings), None);
        let agents = judged(rows.clone(), |_| Some(AtFault::Agent));
        assert_eq!(sensitivity(&agents, &conditions, &settings), None);
        // The only faults are in tasks that are left out anyway.
        let out = rows.iter().filter(|row| row.task_index % 5 == 0).map(|row| row.task_id.clone());
        let analysis = Analysis { exclude_tasks: out.collect(), ..Analysis::default() };
        let settings = ResultSettings { analysis, ..ResultSettings::default() };
        assert_eq!(sensitivity(&rows, &conditions, &settings), None);
    }
}
