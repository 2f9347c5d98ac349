//! What the window asks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tau_domain::Outcome;
use tau_runs::{ConversationFilter, Page, RunId, RunPlan, Runs};

use crate::support::{Scripted, plan};

async fn finished(plan: RunPlan) -> (tempfile::TempDir, Runs, RunId) {
    let dir = tempfile::tempdir().unwrap();
    let player = Arc::new(Scripted::new(2, Duration::ZERO));
    let runs = Runs::open(dir.path(), player).await.unwrap();
    let run = runs.create(plan).await.unwrap();
    runs.start(run).await.unwrap();
    runs.wait(run).await;
    (dir, runs, run)
}

#[tokio::test]
async fn the_grid_is_tasks_by_conditions_by_trials() {
    let (_dir, runs, run) = finished(plan(3, 2, 4)).await;
    let grid = runs.grid(run).await.unwrap();
    assert_eq!(grid.conditions, ["baseline", "impatience-3"]);
    assert_eq!((grid.tasks.len(), grid.trials, grid.cells.len()), (3, 2, 12));
    let outcomes: Vec<Outcome> = grid.cells.iter().map(|cell| cell.outcome).collect();
    assert!(outcomes[0..4].iter().all(|outcome| *outcome == Outcome::Passed));
    assert!(outcomes[4..8].iter().all(|outcome| *outcome == Outcome::Failed));
    let rows = runs.outcomes(run).await.unwrap();
    assert_eq!(rows.len(), 12);
    assert_eq!(
        (rows[2].condition_id.as_str(), rows[2].task_index, rows[2].trial),
        ("impatience-3", 0, 0)
    );
}

#[tokio::test]
async fn conversations_are_filtered_and_paged() {
    let (_dir, runs, run) = finished(plan(12, 1, 4)).await;
    let failed = ConversationFilter {
        outcome: Some(Outcome::Failed),
        condition: Some("impatience-3".into()),
        ..ConversationFilter::default()
    };
    let first = runs.conversations(run, &failed, Page { offset: 0, limit: 4 }).await.unwrap();
    assert_eq!((first.total, first.rows.len()), (6, 4));
    let rest = runs.conversations(run, &failed, Page { offset: 4, limit: 4 }).await.unwrap();
    assert_eq!(rest.rows.len(), 2);
    assert!(
        first
            .rows
            .iter()
            .chain(&rest.rows)
            .all(|row| row.outcome == Outcome::Failed && row.task_index % 2 == 1)
    );
    let text = ConversationFilter { text: "NUMBER 11".into(), ..ConversationFilter::default() };
    assert_eq!(runs.conversations(run, &text, Page::default()).await.unwrap().total, 2);
    let none =
        ConversationFilter { outcome: Some(Outcome::Running), ..ConversationFilter::default() };
    assert_eq!(runs.conversations(run, &none, Page::default()).await.unwrap().total, 0);
}

#[tokio::test]
async fn a_conversation_comes_with_its_task_its_neighbours_and_its_baseline() {
    let (_dir, runs, run) = finished(plan(2, 1, 1)).await;
    let cells = runs.grid(run).await.unwrap().cells;
    let second = runs.conversation(cells[1].episode).await.unwrap();
    assert_eq!(second.place.previous, Some(cells[0].episode));
    assert_eq!(second.place.next, Some(cells[2].episode));
    assert_eq!(second.place.baseline, Some(cells[0].episode));
    assert_eq!(second.row.condition_name, "Impatience: Strong");
    assert_eq!((second.row.messages, second.row.tool_calls, second.row.steps), (4, 0, 2));
    assert!(second.row.preview.starts_with("customer 0/impatience-3/0"));
    assert_eq!(second.task.unwrap().instruction, "Exchange it.");
    assert_eq!(second.trajectory.unwrap().messages.len(), 5);
    let first = runs.conversation(cells[0].episode).await.unwrap();
    assert_eq!((first.place.previous, first.place.baseline), (None, None));
}

#[tokio::test]
async fn runs_are_listed_newest_first_renamed_and_deleted() {
    let (_dir, runs, run) = finished(plan(1, 1, 1)).await;
    let later = runs.create(RunPlan { name: "Later".into(), ..plan(1, 1, 1) }).await.unwrap();
    let ids: Vec<RunId> =
        runs.list("", Page::default()).await.unwrap().rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, [later, run]);
    runs.rename(run, "  Another name ").await.unwrap();
    assert_eq!(runs.list("another", Page::default()).await.unwrap().rows[0].name, "Another name");
    assert_eq!(runs.rename(run, " ").await.unwrap_err().code(), "bad_plan");
    runs.delete(run).await.unwrap();
    assert_eq!(runs.delete(run).await.unwrap_err().code(), "no_such_run");
    assert_eq!(runs.list("", Page::default()).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_thousand_conversations_are_listed_in_milliseconds() {
    let (_dir, runs, run) = finished(plan(250, 2, 16)).await;
    let began = Instant::now();
    let rows = runs
        .conversations(run, &ConversationFilter::default(), Page { offset: 900, limit: 50 })
        .await
        .unwrap();
    let page = began.elapsed();
    let began = Instant::now();
    let grid = runs.grid(run).await.unwrap();
    let whole = began.elapsed();
    let began = Instant::now();
    runs.progress(run).await.unwrap();
    let figures = began.elapsed();
    eprintln!("page {page:?}, grid {whole:?}, progress {figures:?}");
    assert_eq!((rows.total, rows.rows.len(), grid.cells.len()), (1000, 50, 1000));
    // Generous: these machines are shared.
    assert!(
        page < Duration::from_millis(200) && whole < Duration::from_millis(400),
        "{page:?} {whole:?}"
    );
    assert!(figures < Duration::from_millis(100), "{figures:?}");
}

#[tokio::test]
async fn a_run_is_written_in_the_result_format_of_tau_trait() {
    let (_dir, runs, run) = finished(plan(2, 1, 1)).await;
    let mut file = Vec::new();
    let exported = runs.write_tau_trait(run, Some("impatience-3"), &mut file).await.unwrap();
    assert_eq!((exported.written, exported.not_scored), (2, 0));
    let mut list: Vec<serde_json::Value> = serde_json::from_slice(&file).unwrap();
    list.sort_by_key(|result| result["task_id"].as_u64());
    assert_eq!(list[1]["reward"], 0.0);
    assert_eq!(list[1]["trial"], 0);
    assert_eq!(
        list[1]["info"],
        serde_json::json!({
            "task": {"user_id": "u", "actions": [], "instruction": "Exchange it.", "outputs": ["10"]},
            "source": "user",
            "user_cost": 0.0,
            "reward_info": {"reward": 0.0, "info": {"r_outputs": 0.0, "outputs": {"10": false}}, "actions": []},
            "trait_dict": {"impatience": 3},
        })
    );
    let traj = list[1]["traj"].as_array().unwrap();
    assert_eq!(
        traj[1],
        serde_json::json!({"role": "user", "content": "customer 1/impatience-3/0 at 1"})
    );
    assert_eq!(
        traj[2],
        serde_json::json!({"content": "agent 1/impatience-3/0 at 2", "role": "assistant", "tool_calls": null,
            "function_call": null, "annotations": []})
    );
    let both = runs.export_tau_trait(run).await.unwrap();
    let both: Vec<serde_json::Value> = serde_json::from_str(&both).unwrap();
    assert_eq!(both.len(), 4);
    assert!(
        both.iter()
            .any(|result| result["info"]["trait_dict"] == serde_json::json!({"impatience": 3}))
    );
}

#[tokio::test]
async fn a_result_file_that_was_kept_up_to_date_ends_as_the_export() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("results/kept.json");
    let kept = RunPlan { checkpoint: Some(path.clone()), ..plan(6, 2, 4) };
    let (_dir, runs, run) = finished(kept).await;
    assert_eq!(std::fs::read_to_string(&path).unwrap(), runs.export_tau_trait(run).await.unwrap());
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing but the file is left");
}

#[tokio::test]
async fn a_result_file_that_cannot_be_written_is_told_before_anything_is_bought() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let path = folder.path().join("file/kept.json");
    let (_dir, runs, run) = finished(RunPlan { checkpoint: Some(path), ..plan(6, 1, 4) }).await;
    let progress = runs.progress(run).await.unwrap();
    assert_eq!((progress.state, progress.finished), (tau_runs::RunState::Paused, 0));
    assert!(progress.message.starts_with("The result file cannot be written."), "{progress:?}");
}
