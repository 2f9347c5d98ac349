//! `charts` and `chart`: which charts runs have, and one of them as a file.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::json;
use tau_api::types::{Analysis, ChartFormat, ChartKind, ChartLook, ChartQuery};
use tau_api::{Places, Product, SavesInto};

use crate::error::CliError;
use crate::options::shown;
use crate::table::opened_or_found;
use crate::text::plain;

/// Width at which a chart is drawn to be told in words; it changes no figure.
const WIDTH: u32 = 960;

/// `charts`.
#[derive(Debug, Args)]
pub struct ChartsOptions {
    #[command(flatten)]
    read: ReadOptions,
}

/// `chart`.
#[derive(Debug, Args)]
pub struct ChartOptions {
    #[command(flatten)]
    read: ReadOptions,
    /// Which chart, as `tautrait charts RUN` lists them
    #[arg(long, value_enum, default_value_t = Kind::Forest)]
    kind: Kind,
    /// Which of its variants, for instance `turns` or `domains` [default: the first]
    #[arg(long, default_value = "")]
    variant: String,
    /// As what it is written; csv is the drawn data
    #[arg(long, value_enum, default_value_t = Format::Svg)]
    format: Format,
    /// The file [default: named after the chart, in this folder]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Which runs, and how they are read.
#[derive(Debug, Args)]
struct ReadOptions {
    /// Runs of the data folder by id or name, or result files, which are then kept there
    #[arg(required = true, value_name = "RUN")]
    runs: Vec<String>,
    /// Leave a task out; may be given more than once
    #[arg(long, value_name = "ID")]
    exclude_task: Vec<String>,
    /// Margin of no practical meaning in points [default: the run's]
    #[arg(long, value_name = "POINTS")]
    margin: Option<f64>,
    /// Condition to compare with [default: customers without traits]
    #[arg(long, value_name = "ID")]
    baseline: Option<String>,
    /// Leave out conversations that failed by the customer's fault
    #[arg(long)]
    without_customer_faults: bool,
    /// Language of what is written: en, de, es, fr, ru, zh or ar
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// Print one line of JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Which chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Kind {
    Forest,
    Heat,
    PassK,
    Response,
    Dose,
    Flips,
    Faults,
    Tags,
    Slope,
}

/// As what a chart is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A vector picture
    Svg,
    /// A picture as on an ordinary screen
    Png,
    /// Twice the pixels
    Png2,
    /// Three times the pixels
    Png3,
    /// A vector page
    Pdf,
    /// The drawn data
    Csv,
}

impl ChartsOptions {
    /// Whether the answer is wanted as JSON.
    pub fn json(&self) -> bool {
        self.read.json
    }
}

impl ChartOptions {
    /// Whether the answer is wanted as JSON.
    pub fn json(&self) -> bool {
        self.read.json
    }
}

impl ReadOptions {
    fn analysis(&self) -> Analysis {
        Analysis {
            exclude_tasks: self.exclude_task.clone(),
            margin: self.margin,
            baseline: self.baseline.clone(),
            leave_out_user_faults: self.without_customer_faults,
        }
    }

    /// A tag that no language has is refused rather than written in English.
    async fn checked_language(&self, product: &Product) -> Result<String, CliError> {
        let known = product.list_languages().await?;
        if known.iter().any(|each| each.tag == self.language) {
            return Ok(self.language.clone());
        }
        let tags: Vec<&str> = known.iter().map(|each| each.tag.as_str()).collect();
        Err(CliError::new("usage", format!("Charts are not written in “{}”.", self.language))
            .help(format!("There are {}.", tags.join(", "))))
    }
}

/// Lists the charts of a run, or of several side by side, and says of those that cannot be drawn yet what
/// to do.
pub async fn charts(asked: ChartsOptions, places: Places) -> Result<ExitCode, CliError> {
    let product = Product::open(places, Arc::new(SavesInto(".".into()))).await?;
    let listed = list(&product, &asked.read).await;
    product.shutdown().await;
    listed.map(|()| ExitCode::SUCCESS)
}

async fn list(product: &Product, asked: &ReadOptions) -> Result<(), CliError> {
    let runs = opened_or_found(product, &asked.runs).await?;
    let language = asked.checked_language(product).await?;
    let charts = product.list_charts(runs, asked.analysis(), language).await?;
    if asked.json {
        println!("{}", json!({ "charts": charts }));
        return Ok(());
    }
    for chart in charts {
        let kind = serde_json::to_value(chart.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default();
        println!("{}", plain(&format!("{kind:<10}{:<12}{}", chart.variant, chart.title)));
        if !chart.missing.is_empty() {
            println!("{:22}– {}", "", plain(&chart.missing));
        }
    }
    Ok(())
}

/// Writes one chart into a file, and says its sentence and cautions.
pub async fn chart(asked: ChartOptions, places: Places) -> Result<ExitCode, CliError> {
    let product = Product::open(places, Arc::new(SavesInto(".".into()))).await?;
    let written = write(&product, &asked).await;
    product.shutdown().await;
    written.map(|()| ExitCode::SUCCESS)
}

async fn write(product: &Product, asked: &ChartOptions) -> Result<(), CliError> {
    let query = ChartQuery {
        runs: opened_or_found(product, &asked.read.runs).await?,
        kind: kind(asked.kind),
        variant: asked.variant.clone(),
        analysis: asked.read.analysis(),
        language: asked.read.checked_language(product).await?,
    };
    let drawn = product.draw_chart(query.clone(), ChartLook { dark: false, width: WIDTH }).await?;
    let (ending, bytes) = product.chart_file(&query, format(asked.format)).await?;
    let path = asked.out.clone().unwrap_or_else(|| {
        let kind = serde_json::to_value(query.kind).unwrap_or_default();
        let parts = [kind.as_str().unwrap_or_default(), &query.variant];
        let name: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}.{ending}", name.join("-")).into()
    });
    std::fs::write(&path, bytes).map_err(|error| {
        CliError::new("file", format!("{} could not be written.", shown(&path)))
            .help(error.to_string())
    })?;
    if asked.read.json {
        let cautions: Vec<&str> = drawn.cautions.iter().map(|each| each.text.as_str()).collect();
        println!(
            "{}",
            json!({
                "file": shown(&path), "title": drawn.title, "sentence": drawn.sentence,
                "cautions": cautions, "text": drawn.text,
            })
        );
        return Ok(());
    }
    println!("{}", plain(&drawn.sentence));
    for caution in &drawn.cautions {
        println!("{}", plain(&caution.text));
    }
    println!("{}", shown(&path));
    Ok(())
}

fn kind(kind: Kind) -> ChartKind {
    match kind {
        Kind::Forest => ChartKind::Forest,
        Kind::Heat => ChartKind::Heat,
        Kind::PassK => ChartKind::PassK,
        Kind::Response => ChartKind::Response,
        Kind::Dose => ChartKind::Dose,
        Kind::Flips => ChartKind::Flips,
        Kind::Faults => ChartKind::Faults,
        Kind::Tags => ChartKind::Tags,
        Kind::Slope => ChartKind::Slope,
    }
}

fn format(format: Format) -> ChartFormat {
    match format {
        Format::Svg => ChartFormat::Svg,
        Format::Png => ChartFormat::Png,
        Format::Png2 => ChartFormat::Png2,
        Format::Png3 => ChartFormat::Png3,
        Format::Pdf => ChartFormat::Pdf,
        Format::Csv => ChartFormat::Csv,
    }
}
