//! Killing the process, again and again, while a run goes on.
//!
//! The test runs itself as a child (one test of this very program, told by an environment variable
//! what to do) and kills it with SIGKILL at random moments. What was really bought is read from a
//! ledger that the models keep, not from the product's own books.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tau_runs::{ConversationFilter, Page, RunId, RunPlan, RunState, Runs};

use crate::support::{Scripted, plan};

const DIR: &str = "TAU_RUNS_KILL_TEST_DIR";
const KILLS: usize = 20;
const TASKS: u32 = 150;
const TURNS: u32 = 6;
const AT_ONCE: u32 = 8;

fn player(dir: &Path) -> Arc<Scripted> {
    Arc::new(Scripted::new(TURNS, Duration::from_millis(3)).with_ledger_file(&dir.join("ledger")))
}

/// The child: drives the run to its end, writing down what it was told is finished.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_of_the_kill_test() {
    let Some(dir) = std::env::var_os(DIR).map(PathBuf::from) else { return };
    let runs = Runs::open(&dir.join("data"), player(&dir)).await.unwrap();
    let run: RunId = std::fs::read_to_string(dir.join("run")).unwrap().parse().unwrap();
    let mut ticks = runs.subscribe();
    runs.start(run).await.unwrap();
    let mut seen =
        std::fs::File::options().create(true).append(true).open(dir.join("seen")).unwrap();
    loop {
        let finished = finished(&runs, run).await;
        use std::io::Write;
        let line: Vec<String> = finished.iter().map(ToString::to_string).collect();
        seen.write_all(format!("{}\n", line.join(" ")).as_bytes()).unwrap();
        if runs.progress(run).await.unwrap().state == RunState::Finished {
            break;
        }
        let _ = tokio::time::timeout(Duration::from_millis(300), ticks.recv()).await;
    }
    runs.shutdown().await;
}

async fn finished(runs: &Runs, run: RunId) -> Vec<i64> {
    let page = Page { offset: 0, limit: 10_000 };
    let filter = ConversationFilter::default();
    let rows = runs.conversations(run, &filter, page).await.unwrap().rows;
    rows.iter().filter(|row| row.ending.is_some()).map(|row| row.id.0).collect()
}

fn child(dir: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child_of_the_kill_test", "--nocapture"])
        .env(DIR, dir)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the child was told is finished, each id as often as it was told; a line cut off by the kill
/// does not count.
fn told(dir: &Path) -> HashSet<i64> {
    let text = std::fs::read_to_string(dir.join("seen")).unwrap_or_default();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.split_whitespace().map(|id| id.parse().unwrap()).collect()
}

/// Conversations in the result file that is kept up to date.
fn results(dir: &Path) -> usize {
    let Ok(text) = std::fs::read(dir.join("result.json")) else { return 0 };
    serde_json::from_slice::<Vec<serde_json::Value>>(&text).unwrap().len()
}

#[tokio::test]
async fn twenty_kills_lose_nothing_that_was_finished_and_double_nothing() {
    let began = Instant::now();
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let run = {
        let runs = Runs::open(&dir.join("data"), player(dir)).await.unwrap();
        let checkpoint = Some(dir.join("result.json"));
        let plan = RunPlan { checkpoint, ..plan(TASKS, 1, AT_ONCE) };
        let run = runs.create(plan).await.unwrap();
        std::fs::write(dir.join("run"), run.to_string()).unwrap();
        runs.shutdown().await;
        run
    };

    // Moments from a fixed seed: the schedule of the machine is random enough.
    let mut moment = 0x2545_F491_4F6C_DD1D_u64;
    let mut while_going_on = 0;
    let mut written = 0;
    for kill in 0..KILLS {
        let mut child = child(dir);
        moment =
            moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // From the moment at which the child is at work, so that slow starts are not what is killed.
        let before = std::fs::metadata(dir.join("ledger")).map_or(0, |ledger| ledger.len());
        let at_work =
            || std::fs::metadata(dir.join("ledger")).map_or(0, |ledger| ledger.len()) > before;
        let waiting = Instant::now();
        while !at_work()
            && child.try_wait().unwrap().is_none()
            && waiting.elapsed() < Duration::from_secs(10)
        {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        tokio::time::sleep(Duration::from_millis((moment >> 33) % 160)).await;
        while_going_on += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();

        // The result file is a whole list at every moment, and never shrinks.
        let now = results(dir);
        assert!(now >= written, "kill {kill}: {now} results where {written} were");
        written = now;
        let told = told(dir);
        let runs = Runs::open(&dir.join("data"), player(dir)).await.unwrap();
        let kept: HashSet<i64> = finished(&runs, run).await.into_iter().collect();
        assert!(told.is_subset(&kept), "kill {kill}: lost {:?}", told.difference(&kept));
        assert_eq!(runs.progress(run).await.unwrap().state, RunState::Paused);
        assert_eq!(runs.store().integrity_check().await.unwrap(), "ok");
        runs.shutdown().await;
    }
    assert!(while_going_on >= KILLS - 2, "only {while_going_on} kills met a run that was going on");

    let mut last = child(dir);
    assert!(last.wait().unwrap().success());
    assert!(written > 0, "the result file was there before the end");
    assert_eq!(results(dir), TASKS as usize * 2);
    let runs = Runs::open(&dir.join("data"), player(dir)).await.unwrap();
    let progress = runs.progress(run).await.unwrap();
    let planned = TASKS * 2;
    assert_eq!(
        (progress.state, progress.finished, progress.not_scored),
        (RunState::Finished, planned, 0)
    );
    assert_eq!((progress.passed, progress.failed), (planned / 2, planned / 2));
    assert_eq!(runs.store().integrity_check().await.unwrap(), "ok");

    let mut bought: HashMap<String, u32> = HashMap::new();
    for line in std::fs::read_to_string(dir.join("ledger")).unwrap().lines() {
        *bought.entry(line.to_owned()).or_default() += 1;
    }
    let unique = bought.len() as u32;
    let total: u32 = bought.values().sum();
    assert_eq!(unique, planned * TURNS * 2, "every reply of every conversation was bought");
    let again = total - unique;
    eprintln!(
        "{KILLS} kills in {:.1} s, {while_going_on} while going on: {total} replies bought, {again} of them again",
        began.elapsed().as_secs_f64()
    );
    assert!(again <= KILLS as u32 * AT_ONCE, "{again} bought again, more than were in flight");
}
