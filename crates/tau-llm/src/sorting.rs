//! Sorting of what providers answer when they do not answer the question.
//!
//! Status codes alone do not say what to do: the same 429 means "slow down" or "your money is
//! gone", and a full context comes as 400, 413 or 422. The table in the tests is the specification.

use std::time::Duration;

use serde_json::Value;

use self::hints::{duration, in_words};
use crate::ModelErrorKind;

mod hints;

pub(crate) use hints::wait_hint;

/// How much of a provider's words is kept.
const DETAIL_CAP: usize = 2_000;

/// A provider's refusal, sorted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sorted {
    /// What kind of failure it is.
    pub kind: ModelErrorKind,
    /// How long the provider asks to wait.
    pub hint: Option<Duration>,
    /// A 429 that gives neither a known reason nor a hint.
    pub unexplained: bool,
    /// The provider's message, as far as one could be found.
    pub words: String,
}

/// An answer that is an error, as it came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal<'a> {
    /// The HTTP status.
    pub status: u16,
    /// What the headers say about waiting.
    pub hint: Option<Duration>,
    /// The name of the error where a header has it (Bedrock), or an empty string.
    pub class: &'a str,
    /// The body.
    pub body: &'a str,
}

impl Refusal<'_> {
    /// What is to be done about it.
    pub(crate) fn sorted(self) -> Sorted {
        let parsed: Option<Value> = serde_json::from_str(self.body).ok();
        // Gemini wraps the error into a list where it could have streamed.
        let parsed = parsed.map(|value| match value {
            Value::Array(mut list) if !list.is_empty() => list.swap_remove(0),
            other => other,
        });
        let error = parsed.as_ref().map(|value| match value.get("error") {
            Some(error) if !error.is_null() => error,
            _ => value,
        });
        let field = |name: &str| match error.and_then(|error| error.get(name)) {
            Some(Value::String(text)) => text.to_lowercase(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let words = error.and_then(words_of).unwrap_or_else(|| self.body.to_owned());
        let lower = words.to_lowercase().replace('\u{2019}', "'");
        // `ThrottlingException:http://...`, or `com.amazon.coral#ThrottlingException` in the body.
        let class = self.class.split(':').next().unwrap_or_default();
        let class = class.rsplit('#').next().unwrap_or_default().to_lowercase();
        let google = Google::read(error);
        let said = Said {
            names: [field("code"), field("type"), field("status"), class, google.reason],
            words: &lower,
        };
        let hint = self.hint.or(google.hint).or_else(|| in_words(&lower));
        let kind = if google.per_day && self.status == 429 {
            ModelErrorKind::QuotaExhausted
        } else {
            kind_of(self.status, hint.is_some(), &said)
        };
        let known = said.named_like("rate_limit")
            || said.is_named(&["throttlingexception", "modelnotreadyexception"])
            || said.says(&[
                "rate limit",
                "too many requests",
                "capacity",
                "overloaded",
                "busy",
                "try again",
                "retry your request",
            ]);
        Sorted {
            kind,
            hint,
            unexplained: kind == ModelErrorKind::Throttled && hint.is_none() && !known,
            words,
        }
    }
}

/// What a refusal says of itself.
struct Said<'a> {
    /// Codes and classes, in small letters.
    names: [String; 5],
    /// The message, in small letters.
    words: &'a str,
}

impl Said<'_> {
    fn is_named(&self, names: &[&str]) -> bool {
        self.names.iter().any(|name| names.contains(&name.as_str()))
    }

    fn named_like(&self, part: &str) -> bool {
        self.names.iter().any(|name| name.contains(part))
    }

    fn says(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.words.contains(phrase))
    }
}

/// The message in an error, however deep the provider puts it.
fn words_of(error: &Value) -> Option<String> {
    match error {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => {
            ["message", "Message", "detail", "error", "msg"].iter().find_map(|name| {
                fields.get(*name).filter(|inner| !inner.is_array()).and_then(words_of)
            })
        }
        _ => None,
    }
}

/// What Google's `details` add to a refusal (`google.rpc`).
#[derive(Default)]
struct Google {
    /// `RetryInfo`.
    hint: Option<Duration>,
    /// `QuotaFailure` names a quota of a day: waiting a minute does not help.
    per_day: bool,
    /// `ErrorInfo`.
    reason: String,
}

impl Google {
    fn read(error: Option<&Value>) -> Google {
        let mut google = Google::default();
        let details = error.and_then(|error| error.get("details")).and_then(Value::as_array);
        for detail in details.into_iter().flatten() {
            let text = |name: &str| detail.get(name).and_then(Value::as_str);
            if let Some(delay) = text("retryDelay") {
                let seconds = delay.trim_end_matches('s').parse().ok();
                google.hint = seconds.and_then(duration);
            }
            if let Some(reason) = text("reason") {
                google.reason = reason.to_lowercase();
            }
            let violations = detail.get("violations").and_then(Value::as_array);
            google.per_day |= violations.into_iter().flatten().any(|violation| {
                let id = violation.get("quotaId").and_then(Value::as_str);
                id.is_some_and(|id| id.contains("PerDay"))
            });
        }
        google
    }
}

fn kind_of(status: u16, hinted: bool, said: &Said<'_>) -> ModelErrorKind {
    let refused = (400..500).contains(&status);
    if status == 402 || (refused && is_quota(hinted, said)) {
        return ModelErrorKind::QuotaExhausted;
    }
    let filtered = said.is_named(&[
        "content_filter",
        "content_policy_violation",
        "moderation_blocked",
        "invalid_prompt",
    ]) || said.says(&[
        "content management policy",
        "content policy",
        "content filter",
        "requires moderation",
        "flagged by",
        "blocked by content filtering",
    ]);
    if refused && status != 429 && filtered {
        return ModelErrorKind::ContentFilter;
    }
    if said.is_named(&[
        "invalid_api_key",
        "api_key_invalid",
        "unauthenticated",
        "authentication_error",
    ]) || (status == 400
        && said.says(&["incorrect api key", "invalid api key", "api key not valid"]))
    {
        return ModelErrorKind::BadKey;
    }
    if is_too_long(status, said) {
        return ModelErrorKind::ContextLength;
    }
    if matches!(status, 404 | 410) || (refused && is_no_model(said)) {
        return ModelErrorKind::ModelNotFound;
    }
    match status {
        401 | 403 => ModelErrorKind::BadKey,
        408 | 504 => ModelErrorKind::Timeout,
        // 424: Bedrock says that the model itself failed; 499: Google, that the call was cut off.
        409 | 424 | 425 | 499 => ModelErrorKind::Unavailable,
        429 => ModelErrorKind::Throttled,
        500..=599 => ModelErrorKind::Unavailable,
        _ => ModelErrorKind::BadRequest,
    }
}

fn is_quota(hinted: bool, said: &Said<'_>) -> bool {
    said.is_named(&["insufficient_quota", "credit_balance_exhausted", "insufficient_balance", "credits_exhausted"])
        || said.names.iter().any(|name| name.starts_with("billing_"))
        || said.says(&[
            "credit balance is too low",
            "insufficient balance",
            "insufficient credits",
            // xAI answers 403 to a team without money.
            "used all available credits",
            "doesn't have any credits",
            "spending limit",
            // Fireworks answers 412.
            "account suspended",
            // OpenRouter's allowance for free models, Bedrock's of a day.
            "free-models-per-day",
            "tokens per day",
            "enable billing",
        ])
        // Some providers use this sentence for a rate limit too; then they say how long to wait.
        || (!hinted && said.says(&["exceeded your current quota"]))
}

fn is_too_long(status: u16, said: &Said<'_>) -> bool {
    let says =
        said.is_named(&["context_length_exceeded", "string_above_max_length", "request_too_large"])
            || said.says(&[
                "maximum context length",
                "context window",
                "context length",
                "prompt is too long",
                "input is too long",
                "too many input tokens",
                "exceeds the maximum number of tokens",
                "exceeds maximum number of tokens",
                // Together: "`inputs` tokens + `max_new_tokens` must be <= 4097".
                "`inputs` tokens",
            ]);
    // One request larger than the allowance of a minute never passes, however long it waits.
    status == 413
        || (matches!(status, 400 | 422) && says)
        || (status == 429 && said.says(&["request too large"]))
}

fn is_no_model(said: &Said<'_>) -> bool {
    said.is_named(&[
        "model_not_found",
        "model_not_available",
        "model_deprecated",
        "deploymentnotfound",
        "resourcenotfoundexception",
        "not_found_error",
    ]) || said.says(&["no models loaded", "access to the model", "model identifier is invalid"])
        || (said.words.contains("model")
            && said.says(&[
                "does not exist",
                "not found",
                "decommissioned",
                "not a valid model",
                "invalid model",
                "has been deprecated",
                "model is deprecated",
                "end of its life",
                // Bedrock: some models answer only under the id of an inference profile.
                "on-demand throughput isn't supported",
            ]))
}

/// The error inside an answer that says 200: the status it stands for, and the error as a body of its
/// own. OpenRouter puts it at the top or into the first choice, Anthropic beside a `type`.
pub(crate) fn error_inside(text: &str) -> Option<(u16, String)> {
    // Cheap look first: a good answer can be megabytes. Inside a string the quotes are escaped.
    if !text.contains("\"error\"") {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let choice = value.get("choices").and_then(|choices| choices.get(0));
    let error = [value.get("error"), choice.and_then(|choice| choice.get("error"))]
        .into_iter()
        .flatten()
        .find(|error| error.is_object() || error.is_string())?;
    let code = error.get("code").and_then(|code| match code {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    });
    let code = code.and_then(|code| u16::try_from(code).ok());
    let class = error.get("type").and_then(Value::as_str).unwrap_or_default();
    let status = code.filter(|code| (400..600).contains(code)).unwrap_or(match class {
        "invalid_request_error" => 400,
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "rate_limit_error" => 429,
        "overloaded_error" => 529,
        _ => 502,
    });
    Some((status, serde_json::json!({ "error": error }).to_string()))
}

/// What the model said, where a provider refuses to pass it on as it is: Groq (`tool_use_failed`) hands
/// a call that it could not parse over beside the error. Upstream takes such a call for the agent's
/// message, and so do we; to ask again would be to roll the dice until the call parses.
pub(crate) fn said_in_refusal(status: u16, body: &str) -> Option<String> {
    if status != 400 || !body.contains("tool_use_failed") {
        return None;
    }
    let value: Value = serde_json::from_str(body).ok()?;
    let error = value.get("error")?;
    let said = error.get("failed_generation")?.as_str().filter(|said| !said.is_empty())?;
    (error.get("code")?.as_str()? == "tool_use_failed").then(|| {
        let message = serde_json::json!({ "role": "assistant", "content": said });
        serde_json::json!({ "choices": [{ "message": message, "finish_reason": "stop" }] })
            .to_string()
    })
}

/// A provider's words as they may be shown and stored: without the key, without control characters,
/// at most 2,000 bytes.
pub(crate) fn scrub(words: &str, key: Option<&str>) -> String {
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
mod tests;
