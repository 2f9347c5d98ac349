//! The time, in the one form in which it is stored.

use std::time::{SystemTime, UNIX_EPOCH};

/// Unix time in milliseconds. For dates only: durations come from the monotonic clock, and order
/// from sequence numbers.
#[allow(clippy::disallowed_methods)] // the store is one of the few that read the clock
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_millis() as i64)
}

/// Now as `MMDDHHMMSS` in local time, the stamp in the names of upstream's result files.
pub fn local_stamp() -> String {
    use chrono::{Local, TimeZone};
    let now = Local.timestamp_millis_opt(now_ms());
    now.earliest().map(|now| now.format("%m%d%H%M%S").to_string()).unwrap_or_default()
}

/// A moment (Unix time in milliseconds) in local time without zone, as Python's `isoformat` writes it in
/// tau2's results: with microseconds, without a fraction where there is none.
pub fn local_moment(ms: i64) -> String {
    use chrono::{Local, TimeZone};
    let pattern =
        if ms.rem_euclid(1000) == 0 { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M:%S%.6f" };
    let moment = Local.timestamp_millis_opt(ms).earliest();
    moment.map(|moment| moment.format(pattern).to_string()).unwrap_or_default()
}

/// A moment (Unix time in milliseconds) in local time as `YYYYMMDD_HHMMSS`, the stamp in the names of result
/// files of tau2 1.0.
pub(crate) fn local_second(ms: i64) -> String {
    use chrono::{Local, TimeZone};
    let moment = Local.timestamp_millis_opt(ms).earliest();
    moment.map(|moment| moment.format("%Y%m%d_%H%M%S").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_python_writes_it() {
        assert!(local_moment(1_700_000_000_120).ends_with(".120000"));
        let whole = local_moment(1_700_000_000_000);
        assert!(whole.len() == 19 && whole.as_bytes()[10] == b'T', "{whole}");
    }

    #[test]
    fn a_second_is_written_as_newer_result_files_are_named() {
        let second = local_second(1_700_000_000_120);
        assert!(second.len() == 15 && second.as_bytes()[8] == b'_', "{second}");
        assert!(second.starts_with("202311"), "{second}");
    }

    #[test]
    fn a_stamp_is_ten_digits_of_which_the_first_two_are_a_month() {
        let stamp = local_stamp();
        assert!(stamp.len() == 10 && stamp.bytes().all(|byte| byte.is_ascii_digit()), "{stamp}");
        assert!((1..=12).contains(&stamp[..2].parse::<u32>().unwrap()), "{stamp}");
    }
}
