//! Why a conversation passed or failed, in one sentence.

use tau_domain::plain::short;
use tau_domain::{Ending, Reward, StateDifference};

use tau_charts::words;

/// The verdict of a scored conversation. `steps` is the number of agent steps taken.
pub fn why(ending: Ending, reward: &Reward, differences: &[StateDifference], steps: u32) -> String {
    match ending {
        Ending::StepLimit => {
            return format!("Failed: the conversation reached the limit of {steps} steps.");
        }
        Ending::AgentError if !reward.graded => {
            return "Failed: a reply of the agent could not be acted on.".to_owned();
        }
        _ => {}
    }
    if reward.value >= 1.0 {
        return if reward.outputs.is_empty() {
            "Passed: the records match what was expected.".to_owned()
        } else {
            "Passed: the records match, and the customer was told what had to be said.".to_owned()
        };
    }
    let mut reasons = Vec::new();
    if !reward.state_matches {
        reasons.push(match differences.len() {
            0 => "the records do not match".to_owned(),
            n => format!("the records do not match: {}", words::count(n, "difference")),
        });
    }
    let unsaid: Vec<String> = reward
        .outputs
        .iter()
        .filter(|output| !output.found)
        .map(|output| short(&output.output))
        .collect();
    if !unsaid.is_empty() {
        reasons.push(format!("the agent never said {}", words::list(&unsaid)));
    }
    if reasons.is_empty() {
        return "Failed.".to_owned();
    }
    format!("Failed: {}.", reasons.join("; "))
}

/// Why a conversation has no score; `cause` is what went wrong in words.
pub fn why_not_scored(cause: &str) -> String {
    let cause = short(cause);
    match cause.trim_end_matches('.') {
        "" => "Not scored: it could not be finished.".to_owned(),
        cause => format!("Not scored: {cause}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tau_domain::OutputCheck;

    fn reward(value: f64, state_matches: bool, outputs: &[(&str, bool)]) -> Reward {
        Reward {
            value,
            state_matches,
            outputs: outputs
                .iter()
                .map(|(output, found)| OutputCheck { output: (*output).to_owned(), found: *found })
                .collect(),
            graded: true,
            gold_hash: String::new(),
        }
    }

    #[test]
    fn each_way_to_fail_has_its_sentence() {
        let two =
            vec![StateDifference { path: vec!["orders".into()], expected: None, actual: None }; 2];
        let stopped = Ending::CustomerStopped;
        assert_eq!(
            why(stopped, &reward(0.0, false, &[]), &two, 9),
            "Failed: the records do not match: 2 differences."
        );
        assert_eq!(
            why(stopped, &reward(0.0, true, &[("54.20", false), ("10", true)]), &[], 9),
            "Failed: the agent never said 54.20."
        );
        assert_eq!(
            why(stopped, &reward(0.0, false, &[("a", false), ("b", false)]), &two[..1], 9),
            "Failed: the records do not match: 1 difference; the agent never said a and b."
        );
        assert_eq!(
            why(Ending::StepLimit, &reward(0.0, false, &[]), &[], 30),
            "Failed: the conversation reached the limit of 30 steps."
        );
    }

    #[test]
    fn a_pass_says_what_was_right() {
        let terminated = Ending::Terminated;
        assert_eq!(
            why(terminated, &reward(1.0, true, &[]), &[], 4),
            "Passed: the records match what was expected."
        );
        assert!(why(terminated, &reward(1.0, true, &[("5", true)]), &[], 4).contains("told"));
    }

    #[test]
    fn what_has_no_score_is_not_called_a_failure() {
        assert_eq!(why_not_scored("the provider is busy."), "Not scored: the provider is busy.");
        assert_eq!(why_not_scored(" "), "Not scored: it could not be finished.");
    }
}
