//! A run over a domain of tau2 whose process is killed in the middle.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tau_domain::Message;
use tau_runs::{Conversation, RunState};
use tau_sim::tau2::AgentKind;

use super::stage::Stage;

const DIR: &str = "TAU_RUNS_TAU2_KILL_TEST_DIR";

/// The child: drives the run to its end.
#[tokio::test]
async fn child_of_the_kill_test() {
    let Some(dir) = std::env::var_os(DIR).map(PathBuf::from) else { return };
    let stage = Stage::open(&dir).await;
    let run = std::fs::read_to_string(dir.join("run")).unwrap().parse().unwrap();
    stage.runs.start(run).await.unwrap();
    stage.runs.wait(run).await;
    stage.runs.shutdown().await;
}

fn finished(dir: &Path) -> usize {
    let Ok(text) = std::fs::read(dir.join("result.json")) else { return 0 };
    let file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    file["simulations"].as_array().unwrap().len()
}

/// What was said and what it was worth, without the times of it.
fn told(conversations: &[Conversation]) -> Vec<(String, u32, Vec<Message>, f64, usize)> {
    let one = |each: &Conversation| {
        let (row, reward) = (&each.row, each.trajectory.as_ref().unwrap().reward.value);
        let changes = each.states.as_ref().unwrap().changes.len();
        let who = format!("{} {}", row.task_id, row.condition_id);
        (who, row.trial, each.messages.clone(), reward, changes)
    };
    conversations.iter().map(one).collect()
}

#[tokio::test]
async fn a_run_that_was_killed_goes_on_and_comes_to_what_it_would_have_come_to() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let run = {
        let stage = Stage::open(dir).await;
        let mut plan = stage.plan(AgentKind::Llm, 10, 10);
        plan.checkpoint = Some(dir.join("result.json"));
        let run = stage.runs.create(plan).await.unwrap();
        std::fs::write(dir.join("run"), run.to_string()).unwrap();
        stage.runs.shutdown().await;
        run
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tau2::kill::child_of_the_kill_test", "--nocapture"])
        .env(DIR, dir)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..3000 {
        if finished(dir) > 0 || child.try_wait().unwrap().is_some() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let met = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    let written = finished(dir);

    let stage = Stage::open(dir).await;
    let before = stage.runs.progress(run).await.unwrap();
    assert!(!met || before.state == RunState::Paused, "{before:?}");
    assert!(before.finished as usize >= written && written > 0, "{written}, {before:?}");
    stage.runs.start(run).await.unwrap();
    stage.runs.wait(run).await;
    let after = stage.runs.progress(run).await.unwrap();
    assert_eq!((after.state, after.finished, after.not_scored), (RunState::Finished, 200, 0));
    assert_eq!(finished(dir), 200);

    // The same plan, never interrupted.
    let whole = stage.finish(stage.plan(AgentKind::Llm, 10, 10)).await;
    let (one, other) = (stage.conversations(run).await, stage.conversations(whole).await);
    assert_eq!(told(&one), told(&other));
    eprintln!("killed with {} of 200 finished (while going on: {met})", before.finished);
}
