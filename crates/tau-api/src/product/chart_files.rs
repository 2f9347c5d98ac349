//! Charts that leave the window: saved, or put into the clipboard.

use tau_charts::{ChartSpec, Language, Look, PdfAbout, PdfPage, PngScale, pdf, png};

use super::Product;
use super::charts::language;
use super::results::drawing_failed;
use crate::host::Clip;
use crate::types::{ChartCopy, ChartFormat, ChartQuery, Exported};
use crate::{ApiError, ErrorCode};

/// Width of a chart that is saved or copied, in pixels: a slide's.
const WIDTH: u32 = 960;

impl Product {
    /// A chart as a file: its ending and its bytes.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] when the chart cannot be drawn of these runs.
    pub async fn chart_file(
        &self,
        query: &ChartQuery,
        format: ChartFormat,
    ) -> Result<(&'static str, Vec<u8>), ApiError> {
        file(&self.spec(query).await?, language(&query.language), format)
    }

    /// Saves one where the person says.
    pub async fn save_chart(
        &self,
        query: ChartQuery,
        format: ChartFormat,
    ) -> Result<Exported, ApiError> {
        let (ending, bytes) = self.chart_file(&query, format).await?;
        self.save_as(&self.chart_name(&query).await?, ending, &bytes).await
    }

    /// Puts one into the clipboard.
    pub async fn copy_chart(&self, query: ChartQuery, what: ChartCopy) -> Result<bool, ApiError> {
        let language = language(&query.language);
        let spec = self.spec(&query).await?;
        let clip = match what {
            ChartCopy::Picture => Clip::Picture(file(&spec, language, ChartFormat::Png2)?.1),
            ChartCopy::Table => Clip::Text(spec.table(language).to_tabs()),
            ChartCopy::Sentence => Clip::Text(spec.sentence(language)),
        };
        self.host.copy(clip).await.map_err(|reason| {
            ApiError::new(
                ErrorCode::Internal,
                "It could not be put into the clipboard. Save it as a file instead.",
            )
            .detail(reason)
            .retryable()
        })?;
        Ok(true)
    }

    /// What the file of a chart is called: the run, or how many, and the chart.
    async fn chart_name(&self, query: &ChartQuery) -> Result<String, ApiError> {
        let runs = match query.runs.as_slice() {
            [] => String::new(),
            [one] => self.runs.run(super::runs::read_run(one)?).await?.name,
            several => format!("{} runs", several.len()),
        };
        let kind = serde_json::to_value(query.kind).unwrap_or_default();
        Ok(format!("{runs} {} {}", kind.as_str().unwrap_or_default(), query.variant))
    }
}

/// A chart as a file: its ending and its bytes.
fn file(
    spec: &ChartSpec,
    language: Language,
    format: ChartFormat,
) -> Result<(&'static str, Vec<u8>), ApiError> {
    let drawn = || spec.draw(&Look::file(WIDTH, language)).map_err(|error| drawing_failed(&error));
    let picture = |scale| -> Result<_, ApiError> {
        Ok(("png", png(&drawn()?.svg, scale).map_err(|error| drawing_failed(&error))?))
    };
    match format {
        ChartFormat::Csv => Ok(("csv", spec.table(language).to_csv().into_bytes())),
        ChartFormat::Svg => Ok(("svg", drawn()?.svg.into_bytes())),
        ChartFormat::Png => picture(PngScale::One),
        ChartFormat::Png2 => picture(PngScale::Two),
        ChartFormat::Png3 => picture(PngScale::Three),
        ChartFormat::Pdf => {
            let drawing = drawn()?;
            let sentence = spec.sentence(language);
            let page = PdfPage {
                svg: &drawing.svg,
                width: drawing.width as f32,
                height: drawing.height as f32,
            };
            let about = PdfAbout {
                title: &sentence,
                language: language.tag(),
                subject: &drawing.text.join(" "),
                created: None,
            };
            Ok(("pdf", pdf(&[page], &about).map_err(|error| drawing_failed(&error))?))
        }
    }
}
