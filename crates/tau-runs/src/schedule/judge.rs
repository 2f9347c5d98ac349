//! What follows from a failure. Pure, so that the whole table can be read and tested here.

use std::collections::HashSet;
use std::time::Duration;

use tau_llm::ModelErrorKind;

use super::Pacing;
use crate::{EpisodeId, FailureKind, PlayFailure};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing would succeed until a person acts: the run pauses, the episode stays pending.
    Pause,
    /// The episode is tried again after a while.
    Again(Duration),
    /// The episode ends without a score.
    NotScored,
}

/// `attempts` counts those made, the failed one included.
pub(super) fn judge(kind: FailureKind, attempts: u32, pacing: &Pacing) -> Verdict {
    let may_pass = match kind {
        FailureKind::Setup | FailureKind::Model(ModelErrorKind::Journal) => return Verdict::Pause,
        FailureKind::Model(kind) if kind.pauses_provider() => return Verdict::Pause,
        FailureKind::Model(kind) => kind.retryable() || kind == ModelErrorKind::Cancelled,
        FailureKind::Useless | FailureKind::BrokeOff => true,
        FailureKind::Task | FailureKind::Bug => false,
    };
    if may_pass && attempts < pacing.attempts {
        let doublings = attempts.saturating_sub(1).min(6);
        Verdict::Again(pacing.retry_after * 2u32.pow(doublings))
    } else {
        Verdict::NotScored
    }
}

/// Watches the beginning of a run: when nothing has succeeded and five conversations have failed in
/// the same way, something is wrong that the next five hundred would only repeat.
#[derive(Default)]
pub(super) struct Opening {
    failed: HashSet<EpisodeId>,
    kind: Option<FailureKind>,
    over: bool,
}

/// Conversations that must fail alike.
const ALIKE: usize = 5;

impl Opening {
    pub(super) fn succeeded(&mut self) {
        self.over = true;
    }

    /// The sentence to pause with, when it is time.
    pub(super) fn failed(&mut self, episode: EpisodeId, failure: &PlayFailure) -> Option<String> {
        if self.over {
            return None;
        }
        if self.kind.is_some_and(|kind| kind != failure.kind) {
            self.over = true;
            return None;
        }
        self.kind = Some(failure.kind);
        self.failed.insert(episode);
        if self.failed.len() < ALIKE {
            return None;
        }
        self.over = true;
        Some(format!(
            "The first {ALIKE} conversations all failed in the same way: {}",
            failure.message
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(kind: ModelErrorKind) -> PlayFailure {
        PlayFailure { kind: FailureKind::Model(kind), message: "No answer.".into() }
    }

    #[test]
    fn what_needs_a_person_pauses_the_run_and_burns_no_attempt() {
        let pacing = Pacing::default();
        for kind in
            [ModelErrorKind::QuotaExhausted, ModelErrorKind::BadKey, ModelErrorKind::ModelNotFound]
        {
            assert_eq!(judge(FailureKind::Model(kind), 1, &pacing), Verdict::Pause);
        }
        assert_eq!(judge(FailureKind::Model(ModelErrorKind::Journal), 1, &pacing), Verdict::Pause);
        assert_eq!(judge(FailureKind::Setup, 1, &pacing), Verdict::Pause);
    }

    #[test]
    fn what_may_pass_is_tried_again_a_bounded_number_of_times() {
        let pacing =
            Pacing { attempts: 3, retry_after: Duration::from_secs(1), ..Pacing::default() };
        let kind = FailureKind::Model(ModelErrorKind::Unavailable);
        assert_eq!(judge(kind, 1, &pacing), Verdict::Again(Duration::from_secs(1)));
        assert_eq!(judge(kind, 2, &pacing), Verdict::Again(Duration::from_secs(2)));
        assert_eq!(judge(kind, 3, &pacing), Verdict::NotScored);
    }

    #[test]
    fn what_would_fail_again_is_not_tried_again() {
        let pacing = Pacing::default();
        for kind in [
            ModelErrorKind::ContextLength,
            ModelErrorKind::ContentFilter,
            ModelErrorKind::BadRequest,
        ] {
            assert_eq!(judge(FailureKind::Model(kind), 1, &pacing), Verdict::NotScored);
        }
        assert_eq!(judge(FailureKind::Bug, 1, &pacing), Verdict::NotScored);
    }

    #[test]
    fn replies_of_no_use_are_tried_again_without_them_and_a_task_that_cannot_be_played_is_not() {
        let pacing = Pacing::default();
        for kind in [FailureKind::Useless, FailureKind::BrokeOff] {
            assert!(matches!(judge(kind, 1, &pacing), Verdict::Again(_)));
            assert_eq!(judge(kind, pacing.attempts, &pacing), Verdict::NotScored);
            assert!(kind.forgets_replies());
        }
        assert_eq!(judge(FailureKind::Task, 1, &pacing), Verdict::NotScored);
        assert!(!FailureKind::Model(ModelErrorKind::Unavailable).forgets_replies());
    }

    #[test]
    fn five_conversations_that_fail_alike_at_the_start_stop_the_run() {
        let mut opening = Opening::default();
        for id in 0..4 {
            assert_eq!(opening.failed(EpisodeId(id), &failure(ModelErrorKind::Timeout)), None);
        }
        assert_eq!(
            opening.failed(EpisodeId(3), &failure(ModelErrorKind::Timeout)),
            None,
            "the same one again"
        );
        assert!(opening.failed(EpisodeId(4), &failure(ModelErrorKind::Timeout)).is_some());
    }

    #[test]
    fn one_success_or_another_kind_of_failure_calls_the_watch_off() {
        let mut opening = Opening::default();
        opening.succeeded();
        assert!(
            (0..9).all(|id| opening
                .failed(EpisodeId(id), &failure(ModelErrorKind::Timeout))
                .is_none())
        );
        let mut opening = Opening::default();
        opening.failed(EpisodeId(0), &failure(ModelErrorKind::Malformed));
        assert!(
            (1..9).all(|id| opening
                .failed(EpisodeId(id), &failure(ModelErrorKind::Timeout))
                .is_none())
        );
    }
}
