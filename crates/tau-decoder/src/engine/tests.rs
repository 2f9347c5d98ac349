//! The engine on a tiny model: who shares a batch, what is kept, who leaves, and what breaks.

use std::sync::Arc;

use candle_core::quantized::GgmlDType;

use super::{Engine, EngineOptions, Finish, Generated, Job};
use crate::tiny::{Chance, Tiny, WIDTH};
use crate::{Capture, DecoderError, Feed, Push, Sampler, Sampling};

fn engine(lanes: usize, cache_bytes: usize) -> (tempfile::TempDir, Arc<Engine>) {
    let mut tiny = Tiny::new("llama", 2);
    tiny.kind = GgmlDType::Q8_0;
    let (folder, path) = tiny.stored();
    let options = EngineOptions { lanes, cache_bytes, ..EngineOptions::default() };
    let engine = Engine::start(&path, &options).unwrap();
    (folder, engine)
}

fn job(words: &str, seed: u64, steered: bool) -> Job {
    Job {
        messages: vec![
            ("system".into(), "Be a customer. ".repeat(12)),
            ("user".into(), words.into()),
        ],
        push: if steered { vec![(0, Chance(seed).vector(WIDTH, 0.5))] } else { vec![] },
        sampling: Sampling { temperature: 1.0, top_p: 1.0, repeat_penalty: 1.0, seed },
        max_tokens: 12,
        capture: true,
        ..Job::default()
    }
}

async fn write(engine: &Engine, job: Job) -> Generated {
    engine.generate(job).await.unwrap()
}

/// All but how much was still known.
fn same(a: &Generated, b: &Generated) -> bool {
    a == &Generated { prompt_kept: a.prompt_kept, ..b.clone() }
}

#[tokio::test]
async fn a_reply_is_the_same_alone_among_others_and_after_others() {
    let jobs: Vec<Job> =
        (0..5).map(|i| job(&"word ".repeat(i * 9), i as u64, i % 2 == 0)).collect();
    let mut alone = Vec::new();
    for job in &jobs {
        let (_folder, engine) = engine(1, 1 << 30);
        alone.push(write(&engine, job.clone()).await);
    }
    let (_folder, engine) = engine(3, 1 << 30);
    for _ in 0..2 {
        let waits: Vec<_> = jobs
            .iter()
            .map(|job| {
                let (engine, job) = (engine.clone(), job.clone());
                tokio::spawn(async move { write(&engine, job).await })
            })
            .collect();
        for (wait, alone) in waits.into_iter().zip(&alone) {
            let among = wait.await.unwrap();
            assert!(same(&among, alone), "{among:?}\n{alone:?}");
        }
    }
}

#[tokio::test]
async fn a_reply_is_what_the_decoder_gives_step_by_step() {
    let (_folder, engine) = engine(2, 1 << 30);
    let asked = job("Where is my order?", 4, true);
    let reply = write(&engine, asked.clone()).await;
    let expected = engine
        .call(move |decoder, text| {
            let messages: Vec<(&str, &str)> =
                asked.messages.iter().map(|(r, c)| (r.as_str(), c.as_str())).collect();
            let prompt = text.chat(&messages, true).unwrap();
            let from = prompt.len() - 1;
            let (layer, vector) = asked.push[0].clone();
            let push = [Push { layer, vector, from }];
            let mut sampler = Sampler::new(asked.sampling);
            let (mut lane, mut feed, mut reply) = (decoder.lane(), prompt, Vec::new());
            while reply.len() < 12 {
                let feeds = &mut [Feed {
                    lane: &mut lane,
                    tokens: &feed,
                    push: &push,
                    keep: 1,
                    capture: Capture::None,
                }];
                let fed = decoder.forward(feeds).unwrap();
                let id = sampler.draw(&fed[0].logits[0], &reply);
                if text.is_end(id) {
                    break;
                }
                reply.push(id);
                feed = vec![id];
            }
            reply
        })
        .await
        .unwrap();
    assert_eq!(reply.tokens, expected);
    let hidden = reply.hidden.unwrap();
    let read = expected.len() - usize::from(reply.finish == Finish::Length);
    assert_eq!((hidden.count, hidden.layers.len()), (read, 2));
}

#[tokio::test]
async fn the_next_turn_finds_what_was_read_without_a_push_and_says_the_same() {
    let (_folder, kept) = engine(2, 1 << 30);
    let first = job("Hello there", 1, true);
    let reply = write(&kept, first.clone()).await;
    let mut next = first;
    next.messages.push(("assistant".into(), reply.text));
    next.messages.push(("user".into(), "And now?".into()));
    let second = write(&kept, next.clone()).await;
    assert!(second.prompt_kept >= 128 && second.prompt_kept < reply.prompt_tokens);
    let (_folder, fresh) = engine(2, 1 << 30);
    let anew = write(&fresh, next).await;
    assert_eq!(anew.prompt_kept, 0);
    assert!(same(&anew, &second));
}

#[tokio::test]
async fn with_room_for_little_jobs_wait_and_all_are_answered() {
    let (_folder, engine) = engine(8, 1);
    let waits: Vec<_> = (0..4)
        .map(|i| {
            let engine = engine.clone();
            tokio::spawn(async move { write(&engine, job("x", i, false)).await })
        })
        .collect();
    for wait in waits {
        let reply = wait.await.unwrap();
        assert_eq!((reply.tokens.len() <= 12, reply.prompt_kept), (true, 0));
    }
}

#[tokio::test]
async fn a_stop_text_ends_the_reply_and_is_not_part_of_it() {
    let (_folder, engine) = engine(1, 1 << 30);
    let mut plain = job("x", 3, false);
    plain.max_tokens = 40;
    let whole = write(&engine, plain.clone()).await;
    let middle: String = whole.text.chars().skip(3).take(2).collect();
    let at = whole.text.find(&middle).unwrap();
    let stopped = write(&engine, Job { stop: vec![middle], ..plain }).await;
    assert_eq!((stopped.finish, stopped.text.as_str()), (Finish::Stop, &whole.text[..at]));
}

#[tokio::test]
async fn a_dropped_future_takes_its_job_back_and_others_go_on() {
    let (_folder, engine) = engine(1, 1 << 30);
    let mut long = job("x", 1, false);
    (long.max_tokens, long.capture) = (300, false);
    let waiting = tokio::spawn({
        let engine = engine.clone();
        async move { engine.generate(long).await }
    });
    // The job holds the only lane once a call has come back after it.
    engine.call(|_, _| ()).await.unwrap();
    waiting.abort();
    let start = std::time::Instant::now();
    write(&engine, job("y", 2, false)).await;
    assert!(start.elapsed().as_secs() < 60);
}

#[tokio::test]
async fn a_job_that_does_not_fit_is_refused_and_the_next_is_served() {
    let (_folder, engine) = engine(2, 1 << 30);
    let long = job(&"word ".repeat(300), 1, false);
    assert!(matches!(engine.generate(long).await, Err(DecoderError::Context { limit: 512, .. })));
    let mut wide = job("x", 1, false);
    wide.push = vec![(0, vec![1.0; 3])];
    assert!(matches!(engine.generate(wide).await, Err(DecoderError::Misfit(_))));
    let mut empty = job("x", 1, false);
    empty.max_tokens = 0;
    assert!(matches!(engine.generate(empty).await, Err(DecoderError::Misfit(_))));
    write(&engine, job("x", 1, false)).await;
}

#[tokio::test]
async fn a_call_that_panics_is_an_error_for_its_caller_alone() {
    let (_folder, engine) = engine(2, 1 << 30);
    let failed = engine.call(|_, _| -> u32 { panic!("no luck") }).await;
    assert!(matches!(failed, Err(DecoderError::Stopped(_))));
    assert_eq!(engine.call(|decoder, _| decoder.info().layers).await, Ok(2));
}

#[tokio::test]
async fn when_the_thread_panics_everybody_hears_why_and_nobody_hangs() {
    let (_folder, engine) = engine(1, 1 << 30);
    let waits: Vec<_> = (0..3)
        .map(|i| {
            let engine = engine.clone();
            let mut job = job("x", i, false);
            job.max_tokens = 300;
            tokio::spawn(async move { engine.generate(job).await })
        })
        .collect();
    engine.call(|_, _| ()).await.unwrap();
    engine.break_down();
    for wait in waits {
        let answer = wait.await.unwrap();
        // One may have been done before.
        if let Err(e) = answer {
            assert_eq!(e, DecoderError::Stopped("broken on purpose".into()));
        }
    }
    let after = engine.generate(job("y", 1, false)).await;
    assert_eq!(after, Err(DecoderError::Stopped("broken on purpose".into())));
}
