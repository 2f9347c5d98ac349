//! The time, in the one form in which it is stored.

use std::time::{SystemTime, UNIX_EPOCH};

/// Unix time in milliseconds. For dates only: durations come from the monotonic clock, and order
/// from sequence numbers.
#[allow(clippy::disallowed_methods)] // the store is one of the few that read the clock
pub(crate) fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_millis() as i64)
}
