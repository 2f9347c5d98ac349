//! The whole of waiting, on a clock that only moves when everybody waits. What is asserted is the
//! provider's ledger: how many calls reached it, and when.

use super::*;
use std::sync::Mutex;

use ModelErrorKind::{QuotaExhausted, Throttled, Unavailable};

const LATENCY: Duration = Duration::from_millis(100);

/// A provider that answers each call after [`LATENCY`], as `answer` says for the number of the call
/// (from 0) and the time since the beginning.
struct Provider {
    start: Instant,
    ledger: Mutex<Vec<Duration>>,
    answer: Box<dyn Fn(usize, Duration) -> Result<(), Fault> + Send + Sync>,
}

impl Provider {
    fn new(
        answer: impl Fn(usize, Duration) -> Result<(), Fault> + Send + Sync + 'static,
    ) -> Arc<Provider> {
        let start = Instant::now();
        Arc::new(Provider { start, ledger: Mutex::default(), answer: Box::new(answer) })
    }

    async fn ask(&self) -> Result<(), Fault> {
        let at = self.start.elapsed();
        let number = {
            let mut ledger = self.ledger.lock().unwrap();
            ledger.push(at);
            ledger.len() - 1
        };
        tokio::time::sleep(LATENCY).await;
        (self.answer)(number, at)
    }

    fn ledger(&self) -> Vec<Duration> {
        self.ledger.lock().unwrap().clone()
    }
}

fn throttled(hint: Option<u64>, unexplained: bool) -> Result<(), Fault> {
    let hint = hint.map(Duration::from_secs);
    Err(Fault { hint, unexplained, ..Fault::new(Throttled, "status 429") })
}

fn down() -> Result<(), Fault> {
    Err(Fault::new(Unavailable, "status 503"))
}

/// `tasks` calls at once through one bucket; how each of them ended.
async fn all(
    bucket: &Arc<Bucket>,
    provider: &Arc<Provider>,
    tasks: usize,
) -> Vec<Result<u32, ModelErrorKind>> {
    let calls: Vec<_> = (0..tasks)
        .map(|_| {
            let (bucket, provider) = (bucket.clone(), provider.clone());
            tokio::spawn(async move {
                let policy = CallPolicy::default();
                let ended = with_patience(&bucket, &policy, || provider.ask()).await;
                ended.map(|((), attempts)| attempts).map_err(|given_up| given_up.kind)
            })
        })
        .collect();
    let mut ended = Vec::new();
    for call in calls {
        ended.push(call.await.unwrap());
    }
    ended
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

#[tokio::test(start_paused = true)]
async fn nobody_calls_before_the_hint_has_passed_and_then_one_call_probes() {
    // The case that froze another harness for the rest of a run: every refusal asks for 89 seconds.
    let provider =
        Provider::new(|_, at| if at < seconds(300) { throttled(Some(89), false) } else { Ok(()) });
    let bucket = Bucket::new(20);
    let ended = all(&bucket, &provider, 500).await;
    assert!(ended.iter().all(Result::is_ok), "all wait, none fails");

    let ledger = provider.ledger();
    assert!(ledger[..20].iter().all(|at| *at == Duration::ZERO), "the first burst");
    let mut last = LATENCY;
    for probe in &ledger[20..24] {
        assert!(*probe >= last + seconds(89), "a call before the hint had passed");
        last = *probe + LATENCY;
    }
    assert_eq!(ledger.len(), 20 + 3 + 500, "one probe a window, and nothing bought twice");
    assert_eq!(bucket.limit(), 20, "the number of calls at once has recovered");
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_refusals_cuts_the_number_of_calls_once() {
    let provider =
        Provider::new(|number, _| if number < 16 { throttled(Some(1), false) } else { Ok(()) });
    let bucket = Bucket::new(16);
    all(&bucket, &provider, 16).await;
    let ledger = provider.ledger();
    assert_eq!(ledger.len(), 32);
    // 16 refusals cut to 8; the probe and seven successes of that round make one more.
    let after_probe: Vec<_> = ledger[17..].to_vec();
    let round = after_probe.iter().filter(|at| **at < after_probe[0] + LATENCY).count();
    assert_eq!(round, 8, "{after_probe:?}");
    assert_eq!(bucket.limit(), 9);
}

#[tokio::test(start_paused = true)]
async fn a_rate_without_hints_is_found_and_kept() {
    // Twenty calls a second, counted in whole seconds, as providers count.
    let seen: Mutex<std::collections::HashMap<u64, u32>> = Mutex::default();
    let provider = Provider::new(move |_, at| {
        let mut seen = seen.lock().unwrap();
        let count = seen.entry(at.as_secs()).or_default();
        *count += 1;
        if *count > 20 { throttled(None, false) } else { Ok(()) }
    });
    let bucket = Bucket::new(40);
    let ended = all(&bucket, &provider, 600).await;
    assert!(ended.iter().all(Result::is_ok));
    let ledger = provider.ledger();
    let ratio = ledger.len() as f64 / 600.0;
    assert!(ratio < 1.4, "{ratio} calls for each reply");
    let later: Vec<_> = ledger.iter().filter(|at| **at > seconds(5)).collect();
    let most = later
        .iter()
        .map(|at| {
            later.iter().filter(|other| other.as_millis() / 10 == at.as_millis() / 10).count()
        })
        .max();
    assert!(most.unwrap() <= 20, "no burst of all who wait: {most:?}");
}

#[tokio::test(start_paused = true)]
async fn a_fifth_of_all_calls_failing_costs_a_quarter_more_calls_and_no_reply() {
    // A fixed sequence with a fifth of failures and no pattern in it (splitmix64).
    let provider = Provider::new(|number, _| {
        let mut z = (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        if (z ^ (z >> 31)).is_multiple_of(5) { down() } else { Ok(()) }
    });
    let ended = all(&Bucket::new(8), &provider, 1_000).await;
    assert!(ended.iter().all(Result::is_ok));
    let ratio = provider.ledger().len() as f64 / 1_000.0;
    assert!(ratio > 1.15 && ratio <= 1.3, "{ratio}");
}

#[tokio::test(start_paused = true)]
async fn a_dead_provider_is_probed_by_one_call_at_a_time_and_used_again_when_it_is_back() {
    let provider = Provider::new(|_, at| if at < seconds(120) { down() } else { Ok(()) });
    let bucket = Bucket::new(8);
    let ended = all(&bucket, &provider, 50).await;
    let ledger = provider.ledger();
    let while_down: Vec<_> = ledger.iter().filter(|at| **at < seconds(120)).copied().collect();
    assert!(while_down.len() <= 8 + 8, "{} calls to a dead provider", while_down.len());
    for pair in while_down[8..].windows(2) {
        assert!(
            pair[1] - pair[0] > LATENCY + seconds(2),
            "one probe, then a pause: {while_down:?}"
        );
    }
    assert!(ended.iter().all(Result::is_ok), "those who waited got their replies");
    let back = ledger.iter().find(|at| **at >= seconds(120)).unwrap();
    assert!(*back < seconds(200), "found out within the longest pause: {back:?}");
    assert_eq!(ledger.len(), while_down.len() + 50);
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_dead_provider_ends() {
    let provider = Provider::new(|_, _| down());
    let start = Instant::now();
    let ended = all(&Bucket::new(4), &provider, 20).await;
    assert!(ended.iter().all(|end| *end == Err(Unavailable)), "{ended:?}");
    assert!(start.elapsed() < seconds(700), "{:?}", start.elapsed());
    assert!(provider.ledger().len() < 40, "{}", provider.ledger().len());
}

#[tokio::test(start_paused = true)]
async fn refusals_without_a_reason_count_once_a_burst_and_five_bursts_are_a_quota() {
    let provider =
        Provider::new(|number, _| if number < 16 { throttled(None, true) } else { Ok(()) });
    let ended = all(&Bucket::new(16), &provider, 16).await;
    assert!(
        ended.iter().all(Result::is_ok),
        "sixteen at once are one sign, not sixteen: {ended:?}"
    );

    let provider = Provider::new(|_, _| throttled(None, true));
    let ended = all(&Bucket::new(4), &provider, 1).await;
    assert_eq!(ended, [Err(QuotaExhausted)]);
    assert_eq!(provider.ledger().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_given_up_leaves_its_place_to_the_next() {
    let provider =
        Provider::new(|number, _| if number == 0 { throttled(Some(10), false) } else { Ok(()) });
    let bucket = Bucket::new(4);
    let policy = CallPolicy::default();
    let first = with_patience(&bucket, &policy, || provider.ask());
    // Long enough to be the probe, and then the run is cancelled.
    let _ = tokio::time::timeout(seconds(10) + LATENCY + LATENCY / 2, first).await;
    let second = with_patience(&bucket, &policy, || provider.ask());
    let ended = tokio::time::timeout(seconds(60), second).await.expect("the gate is not stuck");
    assert!(ended.is_ok());
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_run_at_once_than_allowed_and_another_bucket_waits_for_nobody() {
    let provider = Provider::new(|_, _| Ok(()));
    all(&Bucket::new(3), &provider, 9).await;
    let ledger = provider.ledger();
    for at in &ledger {
        assert!(ledger.iter().filter(|other| **other == *at).count() <= 3);
    }

    let held = Bucket::new(1);
    let refusing = Provider::new(|_, _| throttled(Some(3_600), false));
    assert_eq!(all(&held, &refusing, 1).await, [Err(Throttled)], "longer than anybody's patience");
    assert_eq!(all(&held, &refusing, 1).await, [Err(Throttled)], "and known to the next at once");
    assert_eq!(refusing.ledger().len(), 1);
    assert_eq!(all(&Bucket::new(1), &provider, 1).await, [Ok(1)]);
}
