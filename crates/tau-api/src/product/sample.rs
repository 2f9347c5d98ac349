//! The finished run on which the app opens.

use tau_runs::RunPlan;
use tau_sim::PracticeCustomer;

use super::Product;
use crate::types::{
    AgentStrategy, ConditionDraft, CustomerChoice, CustomerStrategy, ModelChoice, RunDraft,
};
use crate::{ApiError, endpoints::PRACTICE};

/// The shipped domain of the sample.
const DOMAIN: &str = "retail";
/// Level of each trait in the sample: Strong.
const LEVEL: f64 = 3.0;
/// Attempts per task: enough for an interval that says something.
const TRIALS: u32 = 3;

impl Product {
    /// Makes the sample run at the first start: the practice models play it in seconds, and it goes
    /// on in the background while the window is already open. A later start finds it there; a person
    /// who deleted it does not get it again.
    pub async fn ensure_sample(&self) {
        if let Err(error) = self.make_sample().await {
            tracing::warn!(%error, "no sample run");
        }
    }

    async fn make_sample(&self) -> Result<(), ApiError> {
        if let Some(run) = self.runs.sample().await? {
            // Interrupted by a kill at the first start: it goes on.
            return Ok(self.runs.start(run).await?);
        }
        let marker = self.places.data.join("sample-made");
        if marker.exists() {
            return Ok(());
        }
        let run = self.runs.create(self.sample_plan().await?).await?;
        self.runs.start(run).await?;
        crate::files::write_whole(&marker, b"").map_err(|error| {
            ApiError::new(crate::ErrorCode::Storage, "The data folder cannot be written.")
                .detail(error)
        })
    }

    async fn sample_plan(&self) -> Result<RunPlan, ApiError> {
        let mut draft = self.sample_draft(DOMAIN).await?;
        draft.name = "Sample: practice agent in the online shop".into();
        let mut plan = self.plan(&draft).await?;
        plan.sample = true;
        Ok(plan)
    }

    /// A draft that shows what a result looks like: every trait that the practice customer lives, at Strong, alone, over the test
    /// tasks of a domain, played by the practice models.
    ///
    /// # Errors
    /// None at present; it asks as a host would.
    pub async fn sample_draft(&self, domain: &str) -> Result<RunDraft, ApiError> {
        let conditions = PracticeCustomer::TRAITS
            .into_iter()
            .map(|id| ConditionDraft { name: String::new(), levels: [(id.into(), LEVEL)].into() })
            .collect();
        Ok(RunDraft {
            name: String::new(),
            domain: domain.into(),
            split: "test".into(),
            task_ids: None,
            agent: ModelChoice { endpoint: PRACTICE.into(), model: String::new() },
            customer: CustomerChoice {
                reanchor: false,
                strategy: CustomerStrategy::Practice,
                endpoint: PRACTICE.into(),
                model: String::new(),
            },
            conditions,
            trials: TRIALS,
            seed: 10,
            max_concurrency: 2,
            temperature: 0.0,
            max_steps: 30,
            agent_strategy: AgentStrategy::ToolCalling,
            parallel_tool_calls: false,
            text_tool_calls: false,
            wording: String::new(),
            checkpoint: false,
            reply_cache: false,
            spend_cap_usd: None,
            unhurried: false,
            tau2: None,
        })
    }
}
