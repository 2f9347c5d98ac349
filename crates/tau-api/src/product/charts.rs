//! Charts: which there are, drawn, saved, copied.

use tau_charts::dose_sentence;
use tau_charts::{
    Cell, ChartSpec, DataTable, DoseChart, DoseSeries, Drawing, Language, Look, Theme,
};
use tau_report::drop_chart;
use tau_report::fidelity::dose_chart;

use super::Product;
use super::results::drawing_failed;
use super::runs::read_run;
use super::trait_files::no_such_trait;
use super::voices::curves::{drawn, scale};
use crate::types::{
    Analysis, Chart, ChartInfo, ChartKind, ChartLook, ChartQuery, ChartTable, ChartTarget, Hotspot,
    LanguageInfo,
};
use crate::{ApiError, ErrorCode};

impl Product {
    /// The languages of charts and reports.
    pub async fn list_languages(&self) -> Result<Vec<LanguageInfo>, ApiError> {
        let info = |language: Language| LanguageInfo {
            tag: language.tag().to_owned(),
            name: language.name().to_owned(),
            right_to_left: language.is_right_to_left(),
        };
        Ok(Language::ALL.into_iter().map(info).collect())
    }

    /// The charts of a run, or of several side by side.
    pub async fn list_charts(
        &self,
        runs: Vec<String>,
        analysis: Analysis,
        language: String,
    ) -> Result<Vec<ChartInfo>, ApiError> {
        let _ = (runs, analysis, language);
        Ok(Vec::new())
    }

    /// Draws one.
    pub async fn draw_chart(&self, query: ChartQuery, look: ChartLook) -> Result<Chart, ApiError> {
        let language = language(&query.language);
        let spec = self.spec(&query).await?;
        let theme = if look.dark { Theme::Dark } else { Theme::Light };
        let look = Look::window(theme, look.width.clamp(400, 2000), language);
        let drawing = spec.draw(&look).map_err(|error| drawing_failed(&error))?;
        Ok(chart(&spec, drawing, language))
    }

    /// The specification that a query means.
    pub(crate) async fn spec(&self, query: &ChartQuery) -> Result<ChartSpec, ApiError> {
        match (query.kind, query.runs.as_slice()) {
            (ChartKind::Dose, []) => self.voice_curves(&query.variant).await,
            (ChartKind::Dose, [run]) => {
                let row = self.runs.run(read_run(run)?).await?;
                Ok(ChartSpec::Dose(dose_chart(&self.fidelity_figures(&row).await?.fidelity)))
            }
            (ChartKind::Forest, [run]) => {
                let row = self.runs.run(read_run(run)?).await?;
                Ok(ChartSpec::Forest(drop_chart(&self.figures(&row).await?, None)))
            }
            _ => Err(ApiError::new(ErrorCode::Internal, "Not yet.")),
        }
    }

    /// The dose curves of a trait: every voice that was measured.
    async fn voice_curves(&self, trait_id: &str) -> Result<ChartSpec, ApiError> {
        let set = self.trait_set();
        let one = set.get(trait_id).ok_or_else(|| no_such_trait(trait_id))?;
        let mut voices = Vec::new();
        for measured in self.measured().await? {
            let Some(curve) = measured.curves.iter().find(|curve| curve.trait_id == one.id) else {
                continue;
            };
            let (scale, points) = (scale(curve.unit), drawn(curve));
            voices.push(DoseSeries {
                name: measured.name,
                color: voices.len(),
                scale,
                sentence: dose_sentence(scale, &points, curve.monotone()),
                points,
            });
        }
        Ok(ChartSpec::Dose(DoseChart { trait_name: one.name.clone(), voices }))
    }
}

/// The language of a tag, English where there are no words in it.
pub(crate) fn language(tag: &str) -> Language {
    Language::of_tag(tag).unwrap_or_default()
}

/// A drawing as the interface is given it.
fn chart(spec: &ChartSpec, drawing: Drawing, language: Language) -> Chart {
    Chart {
        title: String::new(),
        sentence: spec.sentence(language),
        svg: drawing.svg,
        width: drawing.width,
        height: drawing.height,
        hotspots: drawing.hotspots.into_iter().map(hotspot).collect(),
        text: drawing.text,
        table: table(&spec.table(language)),
        cautions: Vec::new(),
    }
}

fn hotspot(spot: tau_charts::Hotspot) -> Hotspot {
    Hotspot {
        opens: ChartTarget {
            run: spot.opens.run,
            condition: spot.opens.condition,
            task: spot.opens.task,
            author: spot.opens.author,
            tag: spot.opens.tag,
        },
        label: spot.label,
        x: spot.x,
        y: spot.y,
        width: spot.width,
        height: spot.height,
    }
}

fn table(table: &DataTable) -> ChartTable {
    let figures = (0..table.columns.len())
        .map(|column| {
            let cells = || table.rows.iter().filter_map(|row| row.get(column));
            cells().any(|cell| matches!(cell, Cell::Number { .. }))
                && cells().all(|cell| !matches!(cell, Cell::Text(_)))
        })
        .collect();
    let rows = table.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect();
    ChartTable { columns: table.columns.clone(), figures, rows }
}
