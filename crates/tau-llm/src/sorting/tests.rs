//! The table is the specification.

use std::time::SystemTime;

use super::*;
use ModelErrorKind::*;

fn sorted(status: u16, hint: Option<Duration>, body: &str) -> Sorted {
    Refusal { status, hint, class: "", body }.sorted()
}

#[test]
fn each_refusal_is_sorted_by_what_is_to_be_done_about_it() {
    let hint = Some(Duration::from_secs(2));
    #[rustfmt::skip]
    let table: &[(u16, Option<Duration>, &str, ModelErrorKind)] = &[
        (429, hint, r#"{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}"#, Throttled),
        (429, None, "", Throttled),
        (429, None, r#"{"error":{"message":"x","type":"insufficient_quota","code":"insufficient_quota"}}"#, QuotaExhausted),
        (429, hint, r#"{"error":{"message":"x","code":"insufficient_quota"}}"#, QuotaExhausted),
        (429, None, r#"{"error":{"message":"You exceeded your current quota, please check your plan"}}"#, QuotaExhausted),
        (429, hint, r#"{"error":{"code":429,"message":"You exceeded your current quota (per minute)","status":"RESOURCE_EXHAUSTED"}}"#, Throttled),
        (429, None, r#"{"error":{"code":"billing_hard_limit_reached","message":"x"}}"#, QuotaExhausted),
        (400, None, r#"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API"}}"#, QuotaExhausted),
        (402, None, r#"{"error":{"message":"Insufficient credits"}}"#, QuotaExhausted),
        (401, None, r#"{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}"#, BadKey),
        (403, None, r#"{"error":{"message":"Forbidden"}}"#, BadKey),
        (400, None, r#"{"error":{"message":"API key not valid","code":"invalid_api_key"}}"#, BadKey),
        (403, None, r#"{"error":{"message":"model requires moderation, input was flagged"}}"#, ContentFilter),
        (400, None, r#"{"error":{"code":"content_filter","message":"The response was filtered"}}"#, ContentFilter),
        (404, None, r#"{"error":{"message":"The model `gpt-9` does not exist","code":"model_not_found"}}"#, ModelNotFound),
        (404, None, "Not Found", ModelNotFound),
        (410, None, r#"{"error":{"message":"gone"}}"#, ModelNotFound),
        (400, None, r#"{"error":{"message":"The model `m` has been decommissioned"}}"#, ModelNotFound),
        (400, None, r#"{"error":{"code":"context_length_exceeded","message":"x"}}"#, ContextLength),
        (400, None, r#"{"object":"error","message":"This model's maximum context length is 8192 tokens"}"#, ContextLength),
        (413, None, r#"{"error":{"message":"prompt is too long: 300000 tokens"}}"#, ContextLength),
        (400, None, r#"{"error":{"message":"Unknown parameter"}}"#, BadRequest),
        (422, None, r#"{"detail":"field required"}"#, BadRequest),
        (302, None, "", BadRequest),
        (408, None, "", Timeout),
        (504, None, "<html>", Timeout),
        (500, None, r#"{"error":{"message":"The server had an error"}}"#, Unavailable),
        (502, None, "<html>bad gateway</html>", Unavailable),
        (503, hint, "", Unavailable),
        (529, None, r#"{"error":{"type":"overloaded_error","message":"Overloaded"}}"#, Unavailable),
    ];
    for (status, hint, body, kind) in table {
        assert_eq!(sorted(*status, *hint, body).kind, *kind, "{status} {body}");
    }
}

#[test]
fn an_unexplained_429_is_told_from_an_ordinary_one() {
    assert!(sorted(429, None, "{}").unexplained);
    assert!(!sorted(429, Some(Duration::from_secs(1)), "{}").unexplained);
    let ordinary = r#"{"error":{"message":"x","type":"rate_limit_error"}}"#;
    assert!(!sorted(429, None, ordinary).unexplained);
}

#[test]
fn a_hint_is_read_in_seconds_milliseconds_and_as_a_date() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let date = httpdate::fmt_http_date(now + Duration::from_secs(90));
    let past = httpdate::fmt_http_date(now - Duration::from_secs(90));
    let table: &[(&str, &str, Option<u64>)] = &[
        ("retry-after", "7", Some(7_000)),
        ("retry-after", "0.5", Some(500)),
        ("retry-after-ms", "1250", Some(1_250)),
        ("retry-after", &date, Some(90_000)),
        ("retry-after", &past, Some(0)),
        ("retry-after", "soon", None),
        ("retry-after", "-3", None),
        ("retry-after", "inf", None),
    ];
    for (name, value, wait) in table {
        let mut headers = reqwest::header::HeaderMap::new();
        headers
            .insert(reqwest::header::HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        assert_eq!(wait_hint(&headers, now), wait.map(Duration::from_millis), "{name}: {value}");
    }
}

#[test]
fn the_key_never_stays_in_the_providers_words() {
    let words = "Incorrect API key provided: sk-secret-1234. \u{0}Find yours";
    let clean = scrub(words, Some("sk-secret-1234"));
    assert_eq!(clean, "Incorrect API key provided: [key]. Find yours");
}

#[test]
fn long_words_are_cut_on_a_letter() {
    let clean = scrub(&"ä".repeat(5_000), None);
    assert!(clean.len() <= DETAIL_CAP && clean.ends_with('…'));
}
