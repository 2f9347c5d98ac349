//! The tool bench: tools called by hand on a fresh environment.
//!
//! A bench is nothing but its list of calls, played from the beginning each time somebody looks: to take
//! one back is to leave it out, and nothing has to be kept or cleaned up. Native tools take microseconds.

mod domain;
mod state;
mod tau2;

pub(super) use state::change;
pub(super) use tau2::parts;

use super::Product;
use super::library::read_split;
use crate::types::{BenchCall, BenchView};
use crate::{ApiError, ErrorCode};

/// More calls than anybody makes by hand.
const MOST_CALLS: usize = 500;

impl Product {
    /// Tools called by hand on a fresh environment, one call after the other. Without a task (an empty
    /// id) the data is as the domain has it.
    pub async fn try_tools(
        &self,
        domain: String,
        task: String,
        split: String,
        calls: Vec<BenchCall>,
    ) -> Result<BenchView, ApiError> {
        if calls.len() > MOST_CALLS {
            let message = format!("A bench takes {MOST_CALLS} calls. Start anew to go on.");
            return Err(ApiError::new(ErrorCode::BadRequest, message));
        }
        if self.is_definition(&domain) {
            let definition = self.definition(&domain).await?;
            return played(move || tau2::play(&definition, &task, &calls)).await;
        }
        let opened = self.domain(&domain).await?;
        let split = read_split(&split)?;
        played(move || domain::play(&opened, split, &task, &calls)).await
    }
}

/// Tools compute: on a thread of its own.
async fn played(
    play: impl FnOnce() -> Result<BenchView, ApiError> + Send + 'static,
) -> Result<BenchView, ApiError> {
    tokio::task::spawn_blocking(play).await.map_err(|panic| {
        ApiError::new(ErrorCode::Internal, "The tool broke off. Please report this.").detail(panic)
    })?
}
