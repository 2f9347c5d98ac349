//! Playing a run with a progress bar, and writing its result file.

use std::io::IsTerminal;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tau_runs::{
    Progress, ResultName, RunId, RunPlan, RunState, Runs, local_stamp, now_ms, traits_part,
};

use super::tau2;
use crate::error::CliError;
use crate::options::{RunOptions, shown};

/// Plays the run until it stops; `true` when a person stopped it.
pub async fn drive(runs: &Runs, run: RunId, quiet: bool) -> Result<bool, CliError> {
    let mut ticks = runs.subscribe();
    if runs.progress(run).await?.state != RunState::Finished {
        runs.start(run).await?;
    }
    let bar = bar(quiet);
    let ended = runs.wait(run);
    tokio::pin!(ended);
    let interrupted = loop {
        show(&bar, &runs.progress(run).await?);
        tokio::select! {
            () = &mut ended => break false,
            _ = ticks.recv() => {}
            pressed = tokio::signal::ctrl_c() => {
                if pressed.is_ok() {
                    bar.set_message("pausing, replies in flight are kept");
                    runs.pause(run).await?;
                    break true;
                }
            }
        }
    };
    show(&bar, &runs.progress(run).await?);
    bar.finish();
    Ok(interrupted)
}

fn bar(quiet: bool) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if quiet || !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} conversations  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn show(bar: &ProgressBar, progress: &Progress) {
    bar.set_length(u64::from(progress.planned));
    bar.set_position(u64::from(progress.finished));
    let mut message = format!("{} passed, {} failed", progress.passed, progress.failed);
    if progress.not_scored > 0 {
        message += &format!(", {} not scored", progress.not_scored);
    }
    if let Some(seconds) = progress.eta_seconds {
        let seconds = seconds.ceil() as u64;
        message += &format!(", {}:{:02} to go", seconds / 60, seconds % 60);
    }
    if let Some(cost) = progress.cost_usd {
        message += &format!(", ${cost:.2}");
    }
    bar.set_message(message);
}

/// Writes the result file whole or not at all; its path. While the run goes on it is kept up to date
/// under the same name.
pub async fn write_result(runs: &Runs, run: RunId, asked: &RunOptions) -> Result<String, CliError> {
    let plan = runs.run(run).await?.plan;
    if let Some(path) = &asked.tau2.save_to {
        return tau2::save(runs, run, path).await;
    }
    let path = match (&asked.result_fp, &plan.checkpoint) {
        (Some(path), _) | (None, Some(path)) => path.clone(),
        (None, None) => asked.log_dir.join(name(asked, &plan)),
    };
    runs.write_result_file(run, &path).await?;
    Ok(shown(&path))
}

/// The result file of a new run that is kept up to date. Absolute, so that a run that is resumed elsewhere
/// finds it. A folder is written at the end.
pub fn result_path(asked: &RunOptions, plan: &RunPlan) -> Option<PathBuf> {
    let path = match (&asked.tau2.save_to, &asked.result_fp) {
        (Some(path), _) if !tau2::is_file(path) => return None,
        (Some(path), _) | (None, Some(path)) => path.clone(),
        (None, None) => asked.log_dir.join(name(asked, plan)),
    };
    Some(std::path::absolute(&path).unwrap_or(path))
}

fn name(asked: &RunOptions, plan: &RunPlan) -> String {
    if let Some(tau2) = &plan.tau2 {
        return tau2.result_name(plan, now_ms());
    }
    let resumed = asked.resume.is_some();
    ResultName {
        agent_strategy: plan.agent.strategy.name(),
        model: if resumed { &plan.agent.model } else { &asked.model },
        temperature: plan.temperature,
        start_index: asked.start_index,
        end_index: asked.end_index,
        user_model: if resumed { &plan.customer.model } else { &asked.user_model },
        user_strategy: if resumed { plan.customer.strategy.name() } else { &asked.user_strategy },
        traits: traits_part(&plan.conditions).as_deref(),
        stamp: &local_stamp(),
    }
    .to_string()
}
