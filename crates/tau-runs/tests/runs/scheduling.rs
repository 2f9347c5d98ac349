//! Starting, pausing, failing, going on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tau_domain::Outcome;
use tau_llm::ModelErrorKind;
use tau_runs::{ConversationFilter, Pacing, Page, RunId, RunPlan, RunState, Runs, TickKind};

use crate::support::{Fault, Scripted, plan};

const FAST: Duration = Duration::from_millis(1);

fn pacing() -> Pacing {
    Pacing {
        attempts: 3,
        retry_after: Duration::from_millis(20),
        grace: Duration::from_millis(500),
    }
}

struct Bench {
    dir: tempfile::TempDir,
    player: Arc<Scripted>,
    runs: Runs,
}

impl Bench {
    async fn with(player: Scripted) -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let player = Arc::new(player);
        let runs = Runs::open_with(dir.path(), player.clone(), pacing()).await.unwrap();
        Bench { dir, player, runs }
    }

    async fn start(&self, plan: RunPlan) -> RunId {
        let run = self.runs.create(plan).await.unwrap();
        self.runs.start(run).await.unwrap();
        run
    }

    /// Closes everything and opens it again, as a new process would.
    async fn reopen(self) -> Bench {
        self.runs.shutdown().await;
        let Bench { dir, player, runs } = self;
        drop(runs);
        let runs = Runs::open_with(dir.path(), player.clone(), pacing()).await.unwrap();
        Bench { dir, player, runs }
    }

    async fn until(&self, run: RunId, what: impl Fn(&tau_runs::Progress) -> bool) {
        let started = Instant::now();
        while !what(&self.runs.progress(run).await.unwrap()) {
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{:?}",
                self.runs.progress(run).await
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[tokio::test]
async fn a_run_plays_every_conversation_once() {
    let bench = Bench::with(Scripted::new(3, FAST)).await;
    let run = bench.start(plan(6, 2, 4)).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!(progress.state, RunState::Finished);
    assert_eq!((progress.planned, progress.finished), (24, 24));
    assert_eq!((progress.passed, progress.failed, progress.not_scored), (12, 12, 0));
    assert_eq!(bench.player.ledger().bought(), 24 * 6);
    assert!((progress.cost_usd.unwrap() - 24.0 * 0.03).abs() < 1e-9);
    assert_eq!(progress.eta_seconds, None);
}

#[tokio::test]
async fn a_paused_run_goes_on_without_repeating_or_buying_anything_twice() {
    let bench = Bench::with(Scripted::new(4, Duration::from_millis(4))).await;
    let run = bench.start(plan(10, 1, 3)).await;
    bench.until(run, |progress| progress.finished >= 4).await;
    bench.runs.pause(run).await.unwrap();
    let paused = bench.runs.progress(run).await.unwrap();
    assert_eq!((paused.state, paused.running), (RunState::Paused, 0));
    assert!(paused.finished < 20);
    let bench = bench.reopen().await;
    bench.runs.start(run).await.unwrap();
    bench.runs.wait(run).await;
    assert_eq!(bench.runs.progress(run).await.unwrap().finished, 20);
    assert_eq!(bench.player.ledger().bought(), 20 * 8, "every reply was bought exactly once");
}

#[tokio::test]
async fn what_needs_a_person_pauses_the_run_with_one_sentence() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    bench.player.fault("3", Fault::Model(ModelErrorKind::QuotaExhausted, u32::MAX));
    let run = bench.start(plan(8, 1, 1)).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.kind.as_str()), (RunState::Paused, "quota_exhausted"));
    assert_eq!(progress.message, "It was QuotaExhausted.");
    assert_eq!(progress.not_scored, 0, "the conversation is still to be played");
    bench.player.heal();
    bench.runs.start(run).await.unwrap();
    bench.runs.wait(run).await;
    assert_eq!(bench.runs.progress(run).await.unwrap().state, RunState::Finished);
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_again_and_leaves_no_trace() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    bench.player.fault("2", Fault::Model(ModelErrorKind::Unavailable, 2));
    let run = bench.start(plan(4, 1, 2)).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.passed, progress.failed, progress.not_scored), (4, 4, 0));
}

#[tokio::test]
async fn a_failure_of_the_line_is_never_a_failure_of_the_agent() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    bench.player.fault("2", Fault::Model(ModelErrorKind::Unavailable, u32::MAX));
    let run = bench.start(plan(4, 1, 2)).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.passed, progress.failed, progress.not_scored), (2, 4, 2));
    assert_eq!(progress.state, RunState::Finished);
    let filter =
        ConversationFilter { outcome: Some(Outcome::NotScored), ..ConversationFilter::default() };
    let rows = bench.runs.conversations(run, &filter, Page::default()).await.unwrap().rows;
    assert!(
        rows.iter().all(|row| row.kind == "unavailable" && row.message == "It was Unavailable."),
        "{rows:?}"
    );
    bench.player.heal();
    assert_eq!(bench.runs.retry_not_scored(run).await.unwrap(), 2);
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.passed, progress.not_scored), (4, 0));
}

#[tokio::test]
async fn a_panic_in_one_conversation_ends_that_one_only() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    bench.player.fault("1", Fault::Panic);
    let run = bench.start(plan(4, 1, 2)).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.finished, progress.not_scored), (8, 2));
    let filter = ConversationFilter { task: Some("1".into()), ..ConversationFilter::default() };
    let row = bench.runs.conversations(run, &filter, Page::default()).await.unwrap().rows.remove(0);
    assert_eq!(row.kind, "bug");
    assert!(row.message.contains("a bug on purpose"), "{}", row.message);
}

#[tokio::test]
async fn a_run_whose_first_five_conversations_fail_alike_stops_before_the_rest() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    bench.player.fault_everywhere(Some(Fault::Model(ModelErrorKind::BadRequest, u32::MAX)));
    let run = bench.start(plan(50, 1, 2)).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!(progress.state, RunState::Paused);
    assert!(
        progress.message.starts_with("The first 5 conversations all failed"),
        "{}",
        progress.message
    );
    assert!(progress.finished < 10, "{progress:?}");
}

#[tokio::test]
async fn the_spending_limit_pauses_the_run() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    let mut capped = plan(20, 1, 1);
    capped.limits.spend_cap_usd = Some(0.10);
    let run = bench.start(capped).await;
    bench.runs.wait(run).await;
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.kind.as_str()), (RunState::Paused, "spend_cap"));
    assert!(progress.cost_usd.unwrap() < 0.15, "{progress:?}");
}

#[tokio::test]
async fn a_cancelled_run_keeps_what_is_done_and_cannot_go_on() {
    let bench = Bench::with(Scripted::new(3, Duration::from_millis(4))).await;
    let run = bench.start(plan(20, 1, 2)).await;
    bench.until(run, |progress| progress.finished >= 3).await;
    bench.runs.cancel(run).await.unwrap();
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!(progress.state, RunState::Cancelled);
    assert!(progress.finished >= 3 && progress.finished < 40);
    assert_eq!(bench.runs.start(run).await.unwrap_err().code(), "wrong_state");
}

#[tokio::test]
async fn closing_the_program_takes_less_than_two_seconds_even_when_models_hang() {
    let bench = Bench::with(Scripted::new(3, FAST)).await;
    bench.player.fault_everywhere(Some(Fault::Hang));
    let run = bench.start(plan(20, 1, 8)).await;
    bench.until(run, |progress| progress.running == 8).await;
    let started = Instant::now();
    let bench = bench.reopen().await;
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    let progress = bench.runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.kind.as_str()), (RunState::Paused, "closed"));
}

#[tokio::test]
async fn pausing_waits_for_the_reply_in_flight_so_that_it_is_not_bought_again() {
    let bench = Bench::with(Scripted::new(2, Duration::from_millis(150))).await;
    let run = bench.start(plan(1, 1, 2)).await;
    bench.until(run, |progress| progress.running == 2).await;
    bench.runs.pause(run).await.unwrap();
    assert_eq!(bench.player.ledger().bought(), 2, "the two in flight arrived and are journaled");
    bench.runs.start(run).await.unwrap();
    bench.runs.wait(run).await;
    assert_eq!(bench.player.ledger().bought(), 8);
}

#[tokio::test]
async fn ticks_are_few_and_small_and_follow_the_commit() {
    let bench = Bench::with(Scripted::new(2, FAST)).await;
    let mut ticks = bench.runs.subscribe();
    let started = Instant::now();
    let run = bench.start(plan(100, 1, 8)).await;
    bench.runs.wait(run).await;
    let seconds = started.elapsed().as_secs_f64();
    let mut progress = 0;
    let mut last = None;
    while let Ok(tick) = ticks.try_recv() {
        assert!(serde_json::to_string(&tick).unwrap().len() < 2_000);
        progress += u32::from(tick.kind == TickKind::Progress);
        last = Some(tick.kind);
    }
    assert!(f64::from(progress) <= seconds * 10.0 + 2.0, "{progress} in {seconds} s");
    assert_eq!(last, Some(TickKind::State));
}

#[tokio::test]
async fn a_running_conversation_can_be_read() {
    let bench = Bench::with(Scripted::new(50, Duration::from_millis(5))).await;
    let run = bench.start(plan(1, 1, 1)).await;
    bench.until(run, |progress| progress.running == 1).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let grid = bench.runs.grid(run).await.unwrap();
    let cell = grid.cells.iter().find(|cell| cell.outcome == Outcome::Running).unwrap();
    let conversation = bench.runs.conversation(cell.episode).await.unwrap();
    assert_eq!(conversation.row.outcome, Outcome::Running);
    assert!(conversation.trajectory.is_none() && !conversation.messages.is_empty());
    bench.runs.pause(run).await.unwrap();
    let partial = bench.runs.conversation(cell.episode).await.unwrap();
    assert_eq!(partial.row.outcome, Outcome::Pending);
    assert!(partial.messages.len() >= conversation.messages.len(), "the journal has it all");
    assert_eq!(partial.messages[..conversation.messages.len()], conversation.messages[..]);
}
