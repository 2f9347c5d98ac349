//! Playing the episodes of a run: so many at a time, in the planned order, until nothing is left or
//! somebody says stop.

mod driver;
mod episode;
mod judge;

use std::time::Duration;

pub(crate) use driver::{Handle, StopOrder, drive};

/// How patient the scheduler is.
#[derive(Clone, Copy, Debug)]
pub struct Pacing {
    /// Attempts at an episode before it counts as not scored.
    pub attempts: u32,
    /// Wait before the second attempt; doubles from attempt to attempt. Models have already retried
    /// by themselves when an episode fails.
    pub retry_after: Duration,
    /// How long replies in flight may still arrive after "pause".
    pub grace: Duration,
}

impl Default for Pacing {
    fn default() -> Self {
        Pacing { attempts: 3, retry_after: Duration::from_secs(5), grace: Duration::from_secs(8) }
    }
}
