use std::sync::atomic::{AtomicI64, Ordering};

use tau_llm::{ChatRequest, Endpoint, EndpointKind, Origin};

use super::*;

fn key(number: u64) -> ReplyKey {
    let endpoint = Endpoint::new("e", "E", EndpointKind::OpenAiCompatible, "https://one.example");
    ReplyKey::of(&Origin::of(&endpoint, "m").unwrap(), number, &ChatRequest::default())
}

async fn keep(file: &ReplyFile, number: u64, data: &[u8]) {
    file.put(&[(key(number), data.to_vec())]).await.unwrap();
}

async fn found(file: &ReplyFile, number: u64) -> Option<Vec<u8>> {
    file.get(&key(number)).await.unwrap()
}

#[tokio::test]
async fn what_was_kept_is_found_by_the_next_who_opens_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReplyFile::within(dir.path());
    assert_eq!(file.size().await, CacheSize::default());
    assert!(!dir.path().join(FILE).exists(), "looking makes no file");
    assert_eq!(found(&file, 1).await, None);
    keep(&file, 1, b"one").await;
    keep(&file, 1, b"another").await;
    file.close().await;
    let again = ReplyFile::within(dir.path());
    assert_eq!(found(&again, 1).await.unwrap(), b"another");
    let size = again.size().await;
    assert!(size.replies == 1 && size.bytes > 0, "{size:?}");
}

#[tokio::test]
async fn two_processes_use_one_file_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let files =
        [ReplyFile::within(dir.path()), ReplyFile::within(dir.path())].map(std::sync::Arc::new);
    let writers: Vec<_> = (0..40_u64)
        .map(|number| {
            let file = files[number as usize % 2].clone();
            tokio::spawn(async move { keep(&file, number / 2, &number.to_be_bytes()).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for file in &files {
        for number in 0..20 {
            assert!(found(file, number).await.is_some(), "{number}");
        }
        assert_eq!(file.size().await.replies, 20);
    }
}

#[tokio::test]
async fn a_reply_is_kept_for_thirty_days() {
    static NOW: AtomicI64 = AtomicI64::new(0);
    let dir = tempfile::tempdir().unwrap();
    let now_ms: fn() -> i64 = || NOW.load(Ordering::SeqCst);
    let file = ReplyFile { now_ms, ..ReplyFile::within(dir.path()) };
    keep(&file, 1, b"one").await;
    let day = 24 * 60 * 60 * 1000;
    NOW.store(30 * day - 1, Ordering::SeqCst);
    assert!(found(&file, 1).await.is_some());
    NOW.store(30 * day, Ordering::SeqCst);
    assert_eq!(found(&file, 1).await, None);
    file.close().await;
    let later = ReplyFile { now_ms, ..ReplyFile::within(dir.path()) };
    keep(&later, 2, b"two").await;
    assert_eq!(later.size().await.replies, 1, "what is too old goes");
}

#[tokio::test]
async fn the_oldest_go_when_there_is_too_much() {
    static NOW: AtomicI64 = AtomicI64::new(0);
    let dir = tempfile::tempdir().unwrap();
    let now_ms: fn() -> i64 = || NOW.fetch_add(1, Ordering::SeqCst);
    let file = ReplyFile { now_ms, ..ReplyFile::within(dir.path()) };
    for number in 0..20 {
        keep(&file, number, &[0; 1000]).await;
    }
    file.close().await;
    let small = ReplyFile { now_ms, largest: 10_000, ..ReplyFile::within(dir.path()) };
    keep(&small, 20, b"x").await;
    assert_eq!(found(&small, 10).await, None);
    for number in 11..=20 {
        assert!(found(&small, number).await.is_some(), "{number}");
    }
}

#[tokio::test]
async fn a_damaged_file_says_so_and_can_be_emptied() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    std::fs::write(&path, vec![7; 5000]).unwrap();
    let file = ReplyFile::within(dir.path());
    let error = file.get(&key(1)).await.unwrap_err();
    assert!(error.0.contains("damaged"), "{error}");
    assert_eq!(file.size().await, CacheSize { replies: 0, bytes: 5000 });
    file.empty().await.unwrap();
    keep(&file, 1, b"one").await;
    assert!(found(&file, 1).await.is_some());
}

#[tokio::test]
async fn a_file_that_is_damaged_in_the_middle_says_so_too() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReplyFile::within(dir.path());
    for number in 0..50 {
        keep(&file, number, &[1; 3000]).await;
    }
    file.close().await;
    let path = dir.path().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4096..].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    let file = ReplyFile::within(dir.path());
    let error = file.get(&key(1)).await.unwrap_err();
    assert!(error.0.contains("damaged"), "{error}");
    file.empty().await.unwrap();
    assert_eq!(found(&file, 1).await, None);
}

#[tokio::test]
async fn an_empty_cache_takes_hardly_any_room() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReplyFile::within(dir.path());
    for number in 0..200 {
        keep(&file, number, &[1; 3000]).await;
    }
    let before = file.size().await;
    file.empty().await.unwrap();
    let after = file.size().await;
    assert_eq!((before.replies, after.replies), (200, 0));
    assert!(after.bytes < 100_000 && after.bytes < before.bytes / 4, "{before:?} {after:?}");
}

#[tokio::test]
async fn a_file_of_another_version_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let file = ReplyFile::within(dir.path());
    file.pool(0).await.unwrap().execute("PRAGMA user_version = 2").await.unwrap();
    file.close().await;
    let error = ReplyFile::within(dir.path()).get(&key(1)).await.unwrap_err();
    assert!(error.0.contains("another version"), "{error}");
}
