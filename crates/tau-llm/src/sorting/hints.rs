//! How long to wait: in headers and in words.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

/// What an answer's headers say about waiting.
///
/// `retry-after-ms` (milliseconds) wins over `Retry-After`, which is seconds or an HTTP date that is
/// read against `now`. Where neither is, an allowance that is used up says when it begins anew.
pub(crate) fn wait_hint(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let read = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let number = |text: &str| text.parse::<f64>().ok();
    let milliseconds = read("retry-after-ms").and_then(number);
    if let Some(wait) = milliseconds.and_then(|wait| duration(wait / 1000.0)) {
        return Some(wait);
    }
    if let Some(text) = read("retry-after") {
        return number(text).and_then(duration).or_else(|| {
            let date = httpdate::parse_http_date(text).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        });
    }
    // OpenAI and Groq: how long until each allowance is whole again ("6m0s").
    let used_up = |name: &str| read(&format!("x-ratelimit-remaining{name}")) == Some("0");
    let spans = ["-requests", "-tokens"].into_iter().filter(|name| used_up(name));
    let longest = spans.filter_map(|name| span(read(&format!("x-ratelimit-reset{name}"))?)).max();
    // OpenRouter: the moment, in milliseconds since 1970.
    let moment = || {
        let reset = read("x-ratelimit-reset").filter(|_| used_up("")).and_then(number)?;
        let since_1970 = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs_f64();
        duration((reset / 1000.0 - since_1970).max(0.0))
    };
    longest.or_else(moment)
}

/// "Please try again in 7.66s", "retry after 20 seconds"; `words` in small letters.
pub(super) fn in_words(words: &str) -> Option<Duration> {
    let starts = ["try again in ", "retry in ", "retry after ", "try again after "];
    span(starts.iter().find_map(|start| words.split_once(start).map(|(_, rest)| rest))?)
}

/// The span of time with which a text begins: "2m59.5s", "350ms", "20 seconds", "1h".
fn span(text: &str) -> Option<Duration> {
    let mut rest = text.trim_start();
    let mut seconds = None;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let Ok(number) = rest[..end].trim_end_matches('.').parse::<f64>() else { break };
        let unit = rest[end..].trim_start();
        let length = unit.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(unit.len());
        let factor = match &unit[..length] {
            "ms" | "milliseconds" => 0.001,
            "s" | "sec" | "second" | "seconds" => 1.0,
            "m" | "min" | "minute" | "minutes" => 60.0,
            "h" | "hour" | "hours" => 3600.0,
            _ => return None,
        };
        seconds = Some(seconds.unwrap_or(0.0) + number * factor);
        rest = &unit[length..];
    }
    duration(seconds?)
}

/// Seconds, as far as they are a time: at most a day.
pub(super) fn duration(seconds: f64) -> Option<Duration> {
    (seconds.is_finite() && seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(86_400.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(headers: &[(&str, &str)]) -> Option<u128> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = reqwest::header::HeaderName::try_from(*name).unwrap();
            map.insert(name, value.parse().unwrap());
        }
        wait_hint(&map, now).map(|wait| wait.as_millis())
    }

    #[test]
    fn an_allowance_that_is_used_up_says_when_it_begins_anew() {
        let openai = [
            ("x-ratelimit-remaining-requests", "10"),
            ("x-ratelimit-reset-requests", "6m0s"),
            ("x-ratelimit-remaining-tokens", "0"),
            ("x-ratelimit-reset-tokens", "1m2.5s"),
        ];
        assert_eq!(hint(&openai), Some(62_500));
        assert_eq!(hint(&openai[..2]), None, "there are requests left");
        let openrouter = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1700000030000")];
        assert_eq!(hint(&openrouter), Some(30_000));
        assert_eq!(hint(&[openai[2], openai[3], ("retry-after", "7")]), Some(7_000));
    }

    #[test]
    fn a_wait_in_words_is_read_and_other_words_are_not() {
        for (words, milliseconds) in [
            ("please try again in 7.66s. visit", Some(7_660)),
            ("please try again in 2m59.56s.", Some(179_560)),
            ("please retry after 20 seconds.", Some(20_000)),
            ("please retry in 34.07s.", Some(34_070)),
            ("try again in 350ms", Some(350)),
            ("try again in a moment", None),
            ("try again in 3 fortnights", None),
            ("rate limit", None),
        ] {
            assert_eq!(in_words(words).map(|wait| wait.as_millis()), milliseconds, "{words}");
        }
    }
}
