use super::*;
use crate::testing::plan;
use crate::{EpisodeId, RunId, RunPlan};

async fn with_run(plan: RunPlan) -> (tempfile::TempDir, Store, RunId) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let run = RunId::new();
    store
        .write(Change::InsertRun { run, plan: Box::new(plan.checked().unwrap()), now_ms: 1 })
        .await
        .unwrap();
    (dir, store, run)
}

fn reply(episode: EpisodeId, seq: u32) -> Change {
    Change::RecordReply { episode, role: "agent", seq, reply: "{}".into() }
}

#[tokio::test]
async fn the_linked_sqlite_is_one_that_cannot_corrupt_a_wal_database() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let found: String =
        sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&store.readers).await.unwrap();
    assert!(version(&found) >= version(OLDEST_SQLITE), "{found}");
    assert!(
        version("3.51.2") < version(OLDEST_SQLITE) && version("3.100.0") > version(OLDEST_SQLITE)
    );
}

#[tokio::test]
async fn the_database_is_durable_checked_and_written_by_one_hand() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let mode: String =
        sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.readers).await.unwrap();
    assert_eq!(mode, "wal");
    let keys: i64 =
        sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&store.readers).await.unwrap();
    let trusted: i64 =
        sqlx::query_scalar("PRAGMA trusted_schema").fetch_one(&store.readers).await.unwrap();
    let patience: i64 =
        sqlx::query_scalar("PRAGMA busy_timeout").fetch_one(&store.readers).await.unwrap();
    assert_eq!((keys, trusted, patience), (1, 0, 10_000));
    let refused = sqlx::query("DELETE FROM runs").execute(&store.readers).await.unwrap_err();
    assert!(refused.to_string().contains("readonly"), "{refused}");
}

#[tokio::test]
async fn a_second_program_is_told_that_the_folder_is_in_use() {
    let dir = tempfile::tempdir().unwrap();
    let first = Store::open(dir.path()).await.unwrap();
    let refused = Store::open(dir.path()).await.err().unwrap();
    assert_eq!(refused.code(), "in_use");
    first.close().await;
    drop(first);
    Store::open(dir.path()).await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    store.close().await;
    drop(store);
    let options = SqliteConnectOptions::new().filename(dir.path().join("runs.db"));
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9000, 'from the future', 1, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let refused = Store::open(dir.path()).await.err().unwrap();
    assert!(matches!(refused, RunsError::NewerDatabase { found: 9000, known } if known < 9000));
}

#[tokio::test]
async fn a_reply_is_recorded_once_and_never_overwritten() {
    let (_dir, store, run) = with_run(plan(1, 1)).await;
    let episode = store.pending(run).await.unwrap()[0].id;
    store.write(reply(episode, 0)).await.unwrap();
    assert_eq!(store.write(reply(episode, 0)).await.unwrap_err().code(), "database");
    store.write(reply(episode, 1)).await.unwrap();
    assert_eq!(store.replies(episode).await.unwrap().len(), 2);
}

#[tokio::test]
async fn in_a_group_a_change_that_fails_leaves_the_others_alone() {
    let (_dir, store, run) = with_run(plan(1, 1)).await;
    let episode = store.pending(run).await.unwrap()[0].id;
    let writes = (0..200).map(|number| store.write(reply(episode, number / 2)));
    let results = futures_util::future::join_all(writes).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 100);
    assert_eq!(store.replies(episode).await.unwrap().len(), 100);
}

#[tokio::test]
async fn deleting_a_run_deletes_everything_in_it() {
    let (_dir, store, run) = with_run(plan(3, 2)).await;
    let episode = store.pending(run).await.unwrap()[0].id;
    store.write(reply(episode, 0)).await.unwrap();
    assert_eq!(store.write(Change::Delete { run }).await.unwrap(), 1);
    for table in ["runs", "conditions", "episodes", "replies", "transcripts"] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let rows: i64 = sqlx::query_scalar(sql).fetch_one(&store.readers).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn text_in_a_search_is_taken_literally() {
    let (_dir, store, _) = with_run(RunPlan { name: "100% of it".into(), ..plan(1, 1) }).await;
    assert_eq!(store.runs("100% OF", Page::default()).await.unwrap().total, 1);
    assert_eq!(store.runs("1__%", Page::default()).await.unwrap().total, 0);
    assert_eq!(store.runs("", Page::default()).await.unwrap().total, 1);
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let (_dir, store, run) = with_run(plan(1, 1)).await;
    store.close().await;
    assert_eq!(store.write(Change::Delete { run }).await.unwrap_err(), RunsError::Closed);
}

#[tokio::test]
async fn a_verdict_replaces_that_of_the_same_source_and_goes_with_its_run() {
    let (_dir, store, run) = with_run(plan(2, 1)).await;
    let episode = store.pending(run).await.unwrap()[0].id;
    let verdict = |source: &str, body: &str| StoredDiagnosis {
        episode,
        source: source.into(),
        body: body.into(),
        model: String::new(),
        version: "1".into(),
        at_ms: 7,
    };
    let put = |source: &str, body: &str| Change::PutDiagnosis {
        verdict: Box::new(verdict(source, body)),
    };
    for (source, body) in [("rules", "{}"), ("model", "{}"), ("rules", r#"{"a":1}"#)] {
        store.write(put(source, body)).await.unwrap();
    }
    let kept = store.diagnoses_of_run(run).await.unwrap();
    assert_eq!(kept, [verdict("model", "{}"), verdict("rules", r#"{"a":1}"#)]);
    let dropped = Change::DropDiagnosis { episode, source: "model".into() };
    assert_eq!(store.write(dropped).await.unwrap(), 1);
    assert_eq!(store.diagnoses_of_episode(episode).await.unwrap().len(), 1);
    assert!(store.write(put("stranger", "{}")).await.is_err(), "three sources and no others");
    store.write(Change::Delete { run }).await.unwrap();
    assert!(store.diagnoses_of_run(run).await.unwrap().is_empty());
}

#[tokio::test]
async fn readings_replace_those_of_the_same_meter_and_go_with_their_run() {
    let (_dir, store, run) = with_run(plan(2, 1)).await;
    let pending = store.pending(run).await.unwrap();
    let (episode, other) = (pending[0].id, pending[1].id);
    let readings = |episode: EpisodeId, source: &str, body: &str| StoredReadings {
        episode,
        source: source.into(),
        body: body.into(),
        model: String::new(),
        version: "1".into(),
        at_ms: 7,
    };
    // One that is gone is left out and spoils nothing.
    let first = vec![
        readings(episode, "markers", "[]"),
        readings(EpisodeId(9_999), "markers", "[]"),
        readings(episode, "judge", "[]"),
    ];
    assert_eq!(store.write(Change::PutReadings { readings: first }).await.unwrap(), 2);
    let again = vec![readings(episode, "markers", "[1]")];
    store.write(Change::PutReadings { readings: again }).await.unwrap();
    let kept = store.readings_of_run(run).await.unwrap();
    assert_eq!(kept, [readings(episode, "judge", "[]"), readings(episode, "markers", "[1]")]);
    assert_eq!(store.readings_of_episode(episode).await.unwrap(), kept);
    let stranger = vec![readings(episode, "stranger", "[]")];
    assert!(store.write(Change::PutReadings { readings: stranger }).await.is_err());

    let comparison = |won: f64| StoredComparison {
        trait_id: "impatience".into(),
        higher: episode,
        higher_message: 1,
        lower: other,
        lower_message: 3,
        won,
        model: "judge-1".into(),
        version: "1".into(),
        at_ms: 7,
    };
    for won in [0.5, 1.0] {
        let put = Change::PutComparison { comparison: Box::new(comparison(won)) };
        store.write(put).await.unwrap();
    }
    assert_eq!(store.comparisons_of_run(run).await.unwrap(), [comparison(1.0)]);
    let odd = Change::PutComparison { comparison: Box::new(comparison(0.7)) };
    assert!(store.write(odd).await.is_err(), "won, lost or a tie and nothing else");
    store.write(Change::Delete { run }).await.unwrap();
    assert!(store.readings_of_run(run).await.unwrap().is_empty());
    assert!(store.comparisons_of_run(run).await.unwrap().is_empty());
}
