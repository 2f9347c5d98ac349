//! Table `conditions`: the trait mixes of a run, for queries that need their names.

use sqlx::SqliteConnection;

use crate::{RunId, RunPlan, RunsError};

pub(super) async fn insert(
    to: &mut SqliteConnection,
    run: RunId,
    plan: &RunPlan,
) -> Result<(), RunsError> {
    for (position, condition) in plan.conditions.iter().enumerate() {
        let mix = serde_json::to_string(&condition.mix)
            .map_err(|error| RunsError::BadPlan(error.to_string()))?;
        sqlx::query("INSERT INTO conditions (run, position, id, name, mix) VALUES (?, ?, ?, ?, ?)")
            .bind(run.to_string())
            .bind(position as i64)
            .bind(&condition.id)
            .bind(&condition.name)
            .bind(mix)
            .execute(&mut *to)
            .await?;
    }
    Ok(())
}
