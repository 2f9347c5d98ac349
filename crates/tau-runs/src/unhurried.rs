//! Practice models that take their time. They answer at once, faster than anybody reads.

use std::time::Duration;

use async_trait::async_trait;
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError};

use crate::RunPlan;

/// A model that waits before each reply.
struct Unhurried {
    model: Box<dyn ChatModel>,
    pause: Duration,
}

/// A practice model at the pace of the plan. It stands below the journal: what is recalled from there
/// does not wait.
pub(crate) fn at_pace(plan: &RunPlan, practice: Box<dyn ChatModel>) -> Box<dyn ChatModel> {
    match plan.limits.pause_ms {
        0 => practice,
        pause => {
            let pause = Duration::from_millis(u64::from(pause));
            Box::new(Unhurried { model: practice, pause })
        }
    }
}

#[async_trait]
impl ChatModel for Unhurried {
    fn name(&self) -> &str {
        self.model.name()
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        tokio::time::sleep(self.pause).await;
        self.model.chat(request).await
    }
}
