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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plan;
    use tau_domain::{Message, Role};
    use tau_sim::testing::ScriptedModel;

    #[tokio::test(start_paused = true)]
    async fn a_practice_model_waits_before_each_reply_where_the_plan_says_so_and_says_the_same() {
        for (pause_ms, waited) in [(0, 0), (700, 1400)] {
            let mut plan = plan(1, 1);
            plan.limits.pause_ms = pause_ms;
            let model = at_pace(&plan, Box::new(ScriptedModel::saying(["One", "Two"])));
            let began = tokio::time::Instant::now();
            let asked = ChatRequest {
                messages: vec![Message::text(Role::User, "Hello")],
                ..ChatRequest::default()
            };
            for said in ["One", "Two"] {
                let heard = model.chat(&asked).await.unwrap();
                assert_eq!(heard.message.content.as_deref(), Some(said));
            }
            assert_eq!(began.elapsed(), Duration::from_millis(waited));
            assert_eq!(model.name(), "script");
        }
    }
}
