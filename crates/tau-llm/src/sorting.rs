//! Sorting of what providers answer when they do not answer the question.
//!
//! Status codes alone do not say what to do: the same 429 means "slow down" or "your money is
//! gone", and a full context comes as 400, 413 or 422. The table in the tests is the specification.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::ModelErrorKind;

/// How much of a provider's words is kept.
const DETAIL_CAP: usize = 2_000;

/// A provider's refusal, sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted {
    /// What kind of failure it is.
    pub kind: ModelErrorKind,
    /// How long the provider asks to wait.
    pub hint: Option<Duration>,
    /// A 429 that gives neither a known reason nor a hint.
    pub unexplained: bool,
    /// The provider's message, as far as one could be found.
    pub words: String,
}

/// What an answer's headers say about waiting.
///
/// `retry-after-ms` (milliseconds) wins over `Retry-After`, which is seconds or an HTTP date that is
/// read against `now`.
pub fn wait_hint(headers: &reqwest::header::HeaderMap, now: SystemTime) -> Option<Duration> {
    let read = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let seconds = |text: &str, unit: f64| {
        let value: f64 = text.parse().ok()?;
        (value.is_finite() && value >= 0.0)
            .then(|| Duration::from_secs_f64((value / unit).min(86_400.0)))
    };
    if let Some(wait) = read("retry-after-ms").and_then(|text| seconds(text, 1000.0)) {
        return Some(wait);
    }
    let text = read("retry-after")?;
    seconds(text, 1.0).or_else(|| {
        let date = httpdate::parse_http_date(text).ok()?;
        Some(date.duration_since(now).unwrap_or_default())
    })
}

/// Sorts an answer that is an error: its status, the hint in its headers, and its body.
pub fn sort_answer(status: u16, hint: Option<Duration>, body: &str) -> Sorted {
    let parsed: Option<Value> = serde_json::from_str(body).ok();
    let error = parsed.as_ref().map(|value| value.get("error").unwrap_or(value));
    let field = |name: &str| match error.and_then(|error| error.get(name)) {
        Some(Value::String(text)) => text.to_lowercase(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let (code, class) = (field("code"), field("type"));
    let words = error
        .and_then(|error| match error {
            Value::String(text) => Some(text.clone()),
            _ => ["message", "detail", "error"]
                .iter()
                .find_map(|name| error.get(name)?.as_str().map(str::to_owned)),
        })
        .unwrap_or_else(|| body.to_owned());
    let lower = words.to_lowercase();

    let kind = kind_of(status, hint.is_some(), &code, &class, &lower);
    let known = format!("{code} {class}").contains("rate_limit")
        || lower.contains("rate limit")
        || lower.contains("too many requests");
    Sorted {
        kind,
        hint,
        unexplained: kind == ModelErrorKind::Throttled && hint.is_none() && !known,
        words,
    }
}

fn kind_of(status: u16, hinted: bool, code: &str, class: &str, words: &str) -> ModelErrorKind {
    let coded = |names: &[&str]| names.iter().any(|name| code == *name || class == *name);
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));

    let quota = coded(&["insufficient_quota", "credit_balance_exhausted", "insufficient_balance"])
        || code.starts_with("billing_")
        || class.starts_with("billing_")
        || says(&["credit balance is too low", "insufficient balance", "insufficient credits"])
        // Some providers use this sentence for a rate limit too; then they say how long to wait.
        || (!hinted && says(&["exceeded your current quota"]));
    if status == 402 || ((400..500).contains(&status) && quota) {
        return ModelErrorKind::QuotaExhausted;
    }
    let filtered = coded(&["content_filter", "content_policy_violation", "moderation_blocked"])
        || says(&[
            "content management policy",
            "content policy",
            "requires moderation",
            "flagged by",
        ]);
    if (400..500).contains(&status) && status != 429 && filtered {
        return ModelErrorKind::ContentFilter;
    }
    if coded(&["invalid_api_key"]) {
        return ModelErrorKind::BadKey;
    }
    let too_long = coded(&["context_length_exceeded", "string_above_max_length"])
        || says(&[
            "maximum context length",
            "context window",
            "context length",
            "prompt is too long",
            "input is too long",
            "exceeds the maximum number of tokens",
        ]);
    if matches!(status, 400 | 413 | 422) && too_long {
        return ModelErrorKind::ContextLength;
    }
    let no_model = coded(&["model_not_found", "model_not_available", "model_deprecated"])
        || (words.contains("model")
            && says(&[
                "does not exist",
                "not found",
                "deprecated",
                "decommissioned",
                "not a valid model",
            ]));
    if matches!(status, 404 | 410) || ((400..500).contains(&status) && no_model) {
        return ModelErrorKind::ModelNotFound;
    }
    match status {
        401 | 403 => ModelErrorKind::BadKey,
        408 | 504 => ModelErrorKind::Timeout,
        409 | 425 => ModelErrorKind::Unavailable,
        429 => ModelErrorKind::Throttled,
        500..=599 => ModelErrorKind::Unavailable,
        _ => ModelErrorKind::BadRequest,
    }
}

/// A provider's words as they may be shown and stored: without the key, without control characters,
/// at most 2,000 bytes.
pub fn scrub(words: &str, key: Option<&str>) -> String {
    let mut text = match key {
        Some(key) if key.len() >= 4 => words.replace(key, "[key]"),
        _ => words.to_owned(),
    };
    text.retain(|letter| !letter.is_control() || letter == '\n');
    if text.len() > DETAIL_CAP {
        let mut end = DETAIL_CAP - '…'.len_utf8();
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use ModelErrorKind::*;

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
            assert_eq!(sort_answer(*status, *hint, body).kind, *kind, "{status} {body}");
        }
    }

    #[test]
    fn an_unexplained_429_is_told_from_an_ordinary_one() {
        assert!(sort_answer(429, None, "{}").unexplained);
        assert!(!sort_answer(429, Some(Duration::from_secs(1)), "{}").unexplained);
        let ordinary = r#"{"error":{"message":"x","type":"rate_limit_error"}}"#;
        assert!(!sort_answer(429, None, ordinary).unexplained);
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
            headers.insert(
                reqwest::header::HeaderName::try_from(*name).unwrap(),
                value.parse().unwrap(),
            );
            assert_eq!(
                wait_hint(&headers, now),
                wait.map(Duration::from_millis),
                "{name}: {value}"
            );
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
}
