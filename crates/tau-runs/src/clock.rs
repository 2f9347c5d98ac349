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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_ten_digits_of_which_the_first_two_are_a_month() {
        let stamp = local_stamp();
        assert!(stamp.len() == 10 && stamp.bytes().all(|byte| byte.is_ascii_digit()), "{stamp}");
        assert!((1..=12).contains(&stamp[..2].parse::<u32>().unwrap()), "{stamp}");
    }
}
