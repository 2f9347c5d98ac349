//! Runs with a cache of replies, with models on loopback that are counted.

mod fake_redis;
mod models;
mod server;

use std::sync::atomic::Ordering;

use tau_runs::{CacheAddress, CacheUse, Conversation, RunLimits, RunPlan, RunState};

use self::fake_redis::FakeRedis;
use self::models::{COST, Models, Theatre, tau_bench, tau2};

/// What was said, without the marks of where it came from.
fn said(conversations: &[Conversation]) -> String {
    let plain = |conversation: &Conversation| {
        let mut messages = conversation.messages.clone();
        messages.iter_mut().for_each(|message| message.cached = false);
        format!("{messages:?} {:?}", conversation.trajectory.as_ref().map(|t| &t.reward))
    };
    conversations.iter().map(plain).collect()
}

async fn a_second_run_asks_nobody(plan: impl Fn(&Theatre) -> RunPlan) {
    let dir = tempfile::tempdir().unwrap();
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, Models::start().await).await;
    let plan = plan(&theatre);
    let first = theatre.finish(plan.clone()).await;
    let asked = theatre.models.asked();
    assert!(asked > 8, "{asked}");
    let bought = theatre.conversations(first).await;
    assert!(bought.iter().flat_map(|each| &each.messages).all(|message| !message.cached));
    let progress = theatre.runs.progress(first).await.unwrap();
    let none = CacheUse { replies: asked, cached: 0, trouble: String::new() };
    assert_eq!(progress.cache, Some(none));
    assert!((progress.cost_usd.unwrap() - COST * f64::from(asked)).abs() < 1e-9);

    // Its limit is reached by the first reply that costs something.
    let limits = RunLimits { spend_cap_usd: Some(COST / 2.0), ..plan.limits };
    let second = theatre.finish(RunPlan { limits, ..plan.clone() }).await;
    assert_eq!(theatre.models.asked(), asked, "nobody is asked");
    let again = theatre.conversations(second).await;
    assert_eq!(said(&again), said(&bought));
    for conversation in &again {
        let row = &conversation.row;
        assert!(row.replies > 0 && row.cached_replies == row.replies, "{row:?}");
        assert_eq!(row.cost_usd, Some(0.0));
        let models: Vec<_> = conversation.messages.iter().filter(|m| m.cached).collect();
        assert_eq!(models.len() as u32, row.replies, "each reply is marked");
        let usage = conversation.trajectory.as_ref().unwrap().agent_usage;
        assert!(usage.input_tokens > 0, "what it once took is still told");
    }
    let progress = theatre.runs.progress(second).await.unwrap();
    let all = CacheUse { replies: asked, cached: asked, trouble: String::new() };
    assert_eq!((progress.cost_usd, progress.cache), (Some(0.0), Some(all)));

    for other in [
        RunPlan { seed: plan.seed + 1, ..plan.clone() },
        RunPlan { temperature: 0.5, ..plan.clone() },
        RunPlan { reply_cache: false, ..plan.clone() },
    ] {
        let before = theatre.models.asked();
        let off = !other.reply_cache;
        let run = theatre.finish(other).await;
        assert!(theatre.models.asked() > before, "something else is asked for");
        if off {
            assert_eq!(theatre.models.asked() - before, asked);
            assert_eq!(theatre.runs.progress(run).await.unwrap().cache, None);
        }
    }
    theatre.close().await;

    let elsewhere = Models::start().await;
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, elsewhere).await;
    theatre.finish(plan).await;
    assert_eq!(theatre.models.asked(), asked, "another address is another model");
}

#[tokio::test]
async fn a_second_run_in_a_domain_of_tau_bench_asks_nobody_and_ends_the_same() {
    a_second_run_asks_nobody(tau_bench).await;
}

#[tokio::test]
async fn a_second_run_in_a_domain_of_tau2_asks_nobody_and_ends_the_same() {
    a_second_run_asks_nobody(tau2).await;
}

#[tokio::test]
async fn a_file_in_tau2_s_shape_tells_which_replies_cost_nothing_and_is_read_back_so() {
    let dir = tempfile::tempdir().unwrap();
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, Models::start().await).await;
    theatre.finish(tau2(&theatre)).await;
    let run = theatre.finish(tau2(&theatre)).await;
    let path = dir.path().join("result.json");
    theatre.runs.write_result_file(run, &path).await.unwrap();
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(file["info"]["tautrait"]["reply_cache"], true);
    let simulation = &file["simulations"][0];
    assert_eq!((&simulation["agent_cost"], &simulation["user_cost"]), (&0.0.into(), &0.0.into()));
    let messages = simulation["messages"].as_array().unwrap();
    let spoken = messages.iter().filter(|message| message["role"] == "user");
    assert!(spoken.clone().count() > 1);
    for message in spoken {
        assert_eq!((&message["cost"], &message["raw_data"]["cached"]), (&0.0.into(), &true.into()));
        assert!(message["usage"]["prompt_tokens"].as_u64().unwrap() > 0);
    }
    let (opened, errors) = tau_runs::open_results(&[path], &theatre.library);
    assert!(errors.is_empty(), "{errors:?}");
    let again = opened[0].episodes[0].transcript().unwrap();
    let replies = again.trajectory.messages.iter().filter(|message| message.cached).count();
    assert_eq!(replies as u32, theatre.conversations(run).await[0].row.replies);
}

#[tokio::test]
async fn attempts_at_a_task_do_not_become_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, Models::start().await).await;
    for plan in [tau_bench(&theatre), tau2(&theatre)] {
        let run = theatre.finish(RunPlan { trials: 3, ..plan }).await;
        let cache = theatre.runs.progress(run).await.unwrap().cache.unwrap();
        assert_eq!(cache.cached, 0, "the customer's first words are asked for each time");
    }
}

#[tokio::test]
async fn a_run_without_the_cache_makes_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, Models::start().await).await;
    let plan = RunPlan { reply_cache: false, ..tau_bench(&theatre) };
    theatre.finish(plan).await;
    let files = std::fs::read_dir(dir.path().join("data")).unwrap();
    let names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains("cache")), "{names:?}");
}

#[tokio::test]
async fn a_damaged_file_costs_a_warning_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("data")).unwrap();
    std::fs::write(dir.path().join("data/reply-cache.sqlite"), vec![7; 9000]).unwrap();
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, Models::start().await).await;
    let run = theatre.finish(tau_bench(&theatre)).await;
    let cache = theatre.runs.progress(run).await.unwrap().cache.unwrap();
    assert_eq!((cache.replies, cache.cached), (theatre.models.asked(), 0));
    assert!(cache.trouble.contains("damaged"), "{}", cache.trouble);
}

#[tokio::test]
async fn two_data_folders_share_what_is_on_a_server() {
    let (redis, port) = FakeRedis::start(Some("s3cret")).await;
    let address: CacheAddress = format!("redis://:s3cret@127.0.0.1:{port}").parse().unwrap();
    let models = Models::start().await;
    let dirs = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut heard = Vec::new();
    for dir in &dirs {
        let theatre = Theatre::open(dir.path(), &address, models.clone()).await;
        let run = theatre.finish(tau_bench(&theatre)).await;
        heard.push(said(&theatre.conversations(run).await));
        theatre.close().await;
        let stored = std::fs::read(dir.path().join("data/runs.db")).unwrap();
        assert!(!stored.windows(6).any(|part| part == b"s3cret"), "no password is stored");
    }
    assert_eq!(heard[0], heard[1]);
    assert_eq!(redis.values.lock().unwrap().len() as u32, models.asked());
}

#[tokio::test]
async fn a_server_that_is_lost_in_the_middle_costs_a_warning_and_nothing_else() {
    let (redis, port) = FakeRedis::start(None).await;
    let address: CacheAddress = format!("redis://127.0.0.1:{port}").parse().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let theatre = Theatre::open(dir.path(), &address, Models::start().await).await;
    let first = theatre.finish(tau_bench(&theatre)).await;
    let asked = theatre.models.asked();
    // In the middle of the second run the server begins to hang up.
    let lost = redis.clone();
    let before = redis.commands.lock().unwrap().len();
    let watching = tokio::spawn(async move {
        while lost.commands.lock().unwrap().len() < before + 3 {
            tokio::task::yield_now().await;
        }
        lost.hangs_up.store(true, Ordering::SeqCst);
    });
    let second = theatre.finish(tau_bench(&theatre)).await;
    watching.await.unwrap();
    assert!(theatre.models.asked() > asked, "from then on the models are asked");
    let progress = theatre.runs.progress(second).await.unwrap();
    let cache = progress.cache.unwrap();
    assert!(cache.cached > 0 && cache.cached < cache.replies, "{cache:?}");
    assert!(cache.trouble.contains("could not be used"), "{}", cache.trouble);
    assert_eq!(progress.state, RunState::Finished);
    assert_eq!(
        theatre.runs.progress(first).await.unwrap().cache.unwrap().trouble,
        "",
        "the first run had none"
    );
}

#[tokio::test]
async fn a_conversation_that_failed_is_not_played_from_the_cache_again() {
    let dir = tempfile::tempdir().unwrap();
    let theatre = Theatre::open(dir.path(), &CacheAddress::File, Models::start().await).await;
    // Everybody says nothing at all until the run has given up.
    theatre.models.mute.store(true, Ordering::SeqCst);
    let plan = tau2(&theatre);
    let run = theatre.play(plan.clone()).await;
    assert!(theatre.runs.progress(run).await.unwrap().passed == 0);
    theatre.models.mute.store(false, Ordering::SeqCst);
    let run = theatre.finish(plan).await;
    assert_eq!(theatre.runs.progress(run).await.unwrap().cache.unwrap().cached, 0);
}
