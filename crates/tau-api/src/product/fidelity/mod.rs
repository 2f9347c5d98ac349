//! Whether a run's customers showed the traits that they were asked for.

use super::Product;
use super::runs::{customer_name, read_run};
use crate::types::{Chart, ChartRequest, FidelityDraft, FidelityEstimate, RunFidelity, TraitShown};
use crate::{ApiError, ErrorCode};

impl Product {
    /// Whether the customers showed the traits that they were asked for.
    pub async fn run_fidelity(&self, id: String) -> Result<RunFidelity, ApiError> {
        let row = self.runs.run(read_run(&id)?).await?;
        let traits = row.plan.conditions.iter().any(|condition| !condition.is_baseline());
        Ok(RunFidelity {
            run_id: id,
            sentence: match traits {
                true => "The customers' messages have not been metered.".into(),
                false => "No customer of this run has a trait.".into(),
            },
            shown: traits.then_some(TraitShown::CannotTell),
            voice: customer_name(&row),
            meters: Vec::new(),
            conditions: Vec::new(),
            traits: Vec::new(),
            mixes: Vec::new(),
            adherence: Vec::new(),
            notes: Vec::new(),
            job: None,
        })
    }

    /// The measured level of each trait over the level asked for.
    pub async fn fidelity_chart(&self, request: ChartRequest) -> Result<Chart, ApiError> {
        self.runs.run(read_run(&request.run_id)?).await?;
        Err(nothing_metered())
    }

    /// What a judging model would be asked and cost.
    pub async fn estimate_fidelity(
        &self,
        draft: FidelityDraft,
    ) -> Result<FidelityEstimate, ApiError> {
        self.runs.run(read_run(&draft.run_id)?).await?;
        Err(nothing_metered())
    }

    /// Has customers' messages read by a judging model, blind to what they were asked for.
    pub async fn start_fidelity(&self, draft: FidelityDraft) -> Result<RunFidelity, ApiError> {
        self.runs.run(read_run(&draft.run_id)?).await?;
        Err(nothing_metered())
    }

    /// Stops that; what was read is kept.
    pub async fn stop_fidelity(&self, run: String) -> Result<RunFidelity, ApiError> {
        self.run_fidelity(run).await
    }
}

fn nothing_metered() -> ApiError {
    ApiError::new(
        ErrorCode::BadRequest,
        "Nothing has been metered in this run yet, so there is nothing to show.",
    )
}
