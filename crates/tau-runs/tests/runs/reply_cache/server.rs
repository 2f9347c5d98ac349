//! A cache on a Redis server.

use std::sync::atomic::Ordering;

use tau_llm::{ChatRequest, Endpoint, EndpointKind, Origin, ReplyKey, ReplyStore};
use tau_runs::{CacheAddress, ReplyServer};

use super::fake_redis::FakeRedis;

fn key(number: u64) -> ReplyKey {
    let endpoint = Endpoint::new("e", "E", EndpointKind::OpenAiCompatible, "https://one.example");
    ReplyKey::of(&Origin::of(&endpoint, "m").unwrap(), number, &ChatRequest::default())
}

fn at(port: u16) -> ReplyServer {
    ReplyServer::at(&format!("redis://127.0.0.1:{port}")).unwrap()
}

#[tokio::test]
async fn what_was_kept_is_found_by_others_and_for_thirty_days() {
    let (redis, port) = FakeRedis::start(None).await;
    let (one, other) = (at(port), at(port));
    assert_eq!(one.get(&key(1)).await.unwrap(), None);
    one.put(&[(key(1), b"a\r\n\0b".to_vec()), (key(2), b"two".to_vec())]).await.unwrap();
    assert_eq!(other.get(&key(1)).await.unwrap().unwrap(), b"a\r\n\0b");
    let name = format!("tautrait:reply:{}", key(1).hex());
    let commands = redis.commands.lock().unwrap();
    assert_eq!(commands[0], ["GET", &name]);
    assert_eq!(commands[1], ["SET", &name, "a\r\n\0b", "EX", "2592000"]);
    assert_eq!(redis.connections.load(Ordering::SeqCst), 2, "one connection for each");
}

#[tokio::test]
async fn a_connection_that_was_lost_is_made_again() {
    let (redis, port) = FakeRedis::start(None).await;
    let cache = at(port);
    cache.put(&[(key(1), b"one".to_vec())]).await.unwrap();
    redis.hang_up(1);
    assert_eq!(cache.get(&key(1)).await.unwrap().unwrap(), b"one");
    redis.cuts.store(true, Ordering::SeqCst);
    assert_eq!(cache.get(&key(1)).await.unwrap().unwrap(), b"one", "half a value is no value");
}

#[tokio::test]
async fn a_server_that_keeps_hanging_up_is_an_error_and_no_endless_loop() {
    let (redis, port) = FakeRedis::start(None).await;
    redis.hangs_up.store(true, Ordering::SeqCst);
    let cache = at(port);
    assert!(cache.get(&key(1)).await.is_err());
    assert_eq!(redis.connections.load(Ordering::SeqCst), 2);
    redis.hangs_up.store(false, Ordering::SeqCst);
    assert_eq!(cache.get(&key(1)).await.unwrap(), None, "it may come back");
}

#[tokio::test]
async fn nobody_there_is_an_error() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(at(nobody).get(&key(1)).await.is_err());
}

#[tokio::test]
async fn a_password_reaches_the_server_and_nobody_else() {
    let (_, port) = FakeRedis::start(Some("s3cret!")).await;
    let right = format!("redis://:s3cret%21@127.0.0.1:{port}/2");
    let cache = ReplyServer::at(&right).unwrap();
    cache.put(&[(key(1), b"one".to_vec())]).await.unwrap();
    assert_eq!(cache.name(), format!("Redis at 127.0.0.1:{port}"));
    let wrong = ReplyServer::at(&format!("redis://:wr0ng@127.0.0.1:{port}")).unwrap();
    let refused = wrong.get(&key(1)).await.unwrap_err();
    let address: CacheAddress = right.parse().unwrap();
    for told in [refused.to_string(), format!("{refused:?}"), format!("{address:?}")] {
        assert!(!told.contains("wr0ng") && !told.contains("s3cret"), "{told}");
    }
}

#[test]
fn an_address_that_cannot_be_used_is_refused_without_repeating_it() {
    for address in [
        "rediss://:s3cret@one.example",
        "redis://:s3cret@one.example:port",
        "http://me:s3cret@one.example",
        "s3cret",
        "redis://",
    ] {
        let Err(error) = address.parse::<CacheAddress>() else {
            assert_eq!(address, "redis://");
            continue;
        };
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    assert_eq!("file".parse(), Ok(CacheAddress::File));
}
