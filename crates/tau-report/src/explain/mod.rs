//! A conversation in plain words: why it passed or failed, what differs at its end, what each tool
//! call did. Pure functions of what a trajectory holds; nothing is guessed that is not in there.

mod difference;
mod recorded;
mod verdict;

pub use difference::{FieldLine, RecordLines, record_differences};
pub use recorded::{RecordedCheck, recorded_checks};
pub use tau_domain::plain::{named_arguments, tool_call, tool_line, tool_to_call};
pub use verdict::{why, why_not_scored};
