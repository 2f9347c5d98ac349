//! `say` and `calibrate`: hearing a voice, and measuring what its levels do.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tau_api::types::{CalibrationDraft, CalibrationView, SpeakRequest, VoiceCurves, VoiceInfo};
use tau_api::{Places, Product, SavesInto};

use crate::error::CliError;

/// How often a calibration is asked how far it is.
const EACH: Duration = Duration::from_millis(300);

/// `say`.
#[derive(Clone, Debug, Args)]
pub struct SayOptions {
    /// Who speaks: `practice`, a connection of the app with its model (`openai/gpt-4o`), a steer
    /// connection, or the file name of a model on this computer
    #[arg(long, default_value = "practice")]
    pub voice: String,
    /// The customer's traits as JSON, levels 0 to 4: {"impatience": 3, "skeptical": 1.5}
    #[arg(long, default_value = "{}")]
    pub trait_dict: String,
    /// What the agent said last [default: a greeting]
    #[arg(long, default_value = "")]
    pub agent: String,
    /// What the customer wants [default: an everyday matter]
    #[arg(long, default_value = "")]
    pub situation: String,
    /// Another number gives another message
    #[arg(long, default_value_t = 0)]
    pub seed: u32,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// `calibrate`.
#[derive(Clone, Debug, Args)]
pub struct CalibrateOptions {
    /// The file name of a model on this computer, or another voice as `say` takes it
    pub model: String,
    /// Ids of the traits [default: all that it can show]
    #[arg(long, num_args = 1.., value_delimiter = ',')]
    pub traits: Vec<String>,
    /// Go ahead without asking, also where a provider's model is asked and costs money
    #[arg(long)]
    pub yes: bool,
    /// Print one line of JSON instead of text
    #[arg(long)]
    pub json: bool,
}

/// Has a voice say one message.
pub async fn say(asked: SayOptions, places: Places) -> Result<ExitCode, CliError> {
    let levels: BTreeMap<String, f64> =
        serde_json::from_str(&asked.trait_dict).map_err(|error| {
            CliError::new("usage", "The option --trait-dict is no JSON object of numbers.")
                .help(error.to_string())
        })?;
    let product = Product::open(places, Arc::new(SavesInto(".".into()))).await?;
    let said = async {
        let voice = find(&product, &asked.voice).await?;
        let request = SpeakRequest {
            voice: voice.choice,
            levels,
            situation: asked.situation,
            agent: asked.agent,
            seed: asked.seed,
        };
        Ok::<_, CliError>(product.speak(request).await?)
    };
    let said = said.await;
    product.shutdown().await;
    let said = said?;
    if asked.json {
        println!("{}", json!(said));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", said.text);
    for read in &said.meter {
        eprintln!(
            "  {}: {:.1} measured by {}, {} asked",
            read.name, read.measured, read.source, read.asked
        );
    }
    said.notes.iter().for_each(|note| eprintln!("  {note}"));
    Ok(ExitCode::SUCCESS)
}

/// Measures a voice and prints its curves.
pub async fn calibrate(asked: CalibrateOptions, places: Places) -> Result<ExitCode, CliError> {
    let product = Product::open(places, Arc::new(SavesInto(".".into()))).await?;
    let done = measured(&product, &asked).await;
    product.shutdown().await;
    let view = done?;
    if asked.json {
        println!("{}", json!(view));
    } else if let Some(curves) = &view.curves {
        print(curves);
    }
    if view.state == "done" {
        return Ok(ExitCode::SUCCESS);
    }
    Err(CliError::new("calibration", view.message))
}

async fn measured(
    product: &Product,
    asked: &CalibrateOptions,
) -> Result<CalibrationView, CliError> {
    let voice = find(product, &asked.model).await?;
    let before = product.calibration(voice.id.clone()).await?;
    if before.calls > 0 && !asked.yes {
        return Err(CliError::new(
            "usage",
            format!("Measuring {} asks its model for up to {} messages.", voice.name, before.calls),
        )
        .help("Give --yes to go ahead, and --traits to measure fewer traits."));
    }
    let draft = CalibrationDraft { voice: voice.choice, traits: asked.traits.clone() };
    let mut view = product.start_calibration(draft).await?;
    let bar = indicatif::ProgressBar::new(u64::from(view.planned)).with_style(
        indicatif::ProgressStyle::with_template("{pos} of {len} {wide_bar} {msg}")
            .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar()),
    );
    while view.state == "running" {
        bar.set_length(u64::from(view.planned));
        bar.set_position(u64::from(view.done));
        bar.set_message(view.step.clone());
        tokio::select! {
            () = tokio::time::sleep(EACH) => view = product.calibration(voice.id.clone()).await?,
            _ = tokio::signal::ctrl_c() => {
                view = product.stop_calibration(voice.id.clone()).await?;
            }
        }
    }
    bar.finish_and_clear();
    Ok(view)
}

fn print(curves: &VoiceCurves) {
    println!("{} ({})", curves.name, curves.made_at);
    for curve in &curves.curves {
        let points: Vec<String> = curve
            .points
            .iter()
            .map(|point| {
                format!(
                    "{:.1}: {:.2} [{:.2}, {:.2}]",
                    point.level, point.effect, point.low, point.high
                )
            })
            .collect();
        println!("  {} ({}): {}", curve.trait_id, curve.unit, curve.sentence);
        println!("    {}", points.join("  "));
    }
}

/// The voice that a person means: by its id, its model's name, `CONNECTION/MODEL` or its connection.
async fn find(product: &Product, wanted: &str) -> Result<VoiceInfo, CliError> {
    let mut voices = product.list_voices().await?;
    let named = |voice: &VoiceInfo| {
        let choice = &voice.choice;
        let whole = format!("{}/{}", choice.endpoint, choice.model);
        [voice.id.as_str(), whole.as_str(), choice.model.as_str(), choice.endpoint.as_str()]
            .iter()
            .position(|name| *name == wanted)
    };
    let best = (0..voices.len()).filter_map(|at| Some((named(&voices[at])?, at))).min();
    match best {
        Some((_, at)) => Ok(voices.swap_remove(at)),
        None => {
            let known: Vec<String> = voices.iter().map(|voice| voice.id.clone()).collect();
            Err(CliError::new("usage", format!("There is no voice {wanted}."))
                .help(format!("There are: {}.", known.join(", "))))
        }
    }
}
