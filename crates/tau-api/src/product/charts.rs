//! Charts: which there are, and drawn. How they leave the window: `chart_files`.

use tau_charts::{
    Cell, ChartSpec, DataTable, DoseChart, DoseSeries, Drawing, Language, Look, Theme,
};
use tau_report::{
    Caution, Picture, ResultSettings, TableRun, between_runs, for_file, picture, pictures,
    pictures_of_runs,
};

use super::Product;
use super::reading::{caution, checked_margin, read_analysis};
use super::results::drawing_failed;
use super::runs::read_run;
use super::trait_files::no_such_trait;
use super::voices::curves::{drawn, scale};
use crate::types::{
    Analysis, Chart, ChartInfo, ChartKind, ChartLook, ChartQuery, ChartTable, ChartTarget, Hotspot,
    LanguageInfo,
};
use crate::{ApiError, ErrorCode};

/// Draws the resamples and sign flips of charts of several runs, so that they repeat.
const SEED: u64 = 10;

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
        let (pictures, _) = self.pictures(&runs, &analysis, self::language(&language)).await?;
        let info = |picture: Picture| ChartInfo {
            kind: named(picture.kind),
            variant: picture.variant.to_owned(),
            title: picture.title,
            missing: picture.spec.err().unwrap_or_default(),
        };
        Ok(pictures.into_iter().map(info).collect())
    }

    /// Draws one.
    pub async fn draw_chart(&self, query: ChartQuery, look: ChartLook) -> Result<Chart, ApiError> {
        let language = language(&query.language);
        let (title, spec, cautions) = self.asked(&query).await?;
        let theme = if look.dark { Theme::Dark } else { Theme::Light };
        let look = Look::window(theme, look.width.clamp(400, 2000), language);
        let drawing = spec.draw(&look).map_err(|error| drawing_failed(&error))?;
        Ok(Chart {
            title,
            cautions: cautions.iter().map(caution).collect(),
            ..chart(&spec, drawing, language)
        })
    }

    /// The specification that a query means, for a file: with its title and its cautions inside.
    pub(crate) async fn spec(&self, query: &ChartQuery) -> Result<ChartSpec, ApiError> {
        let (title, spec, cautions) = self.asked(query).await?;
        Ok(for_file(spec, &title, &cautions))
    }

    /// Title, specification and cautions of the chart that a query means.
    async fn asked(
        &self,
        query: &ChartQuery,
    ) -> Result<(String, ChartSpec, Vec<Caution>), ApiError> {
        if query.kind == ChartKind::Dose && query.runs.is_empty() {
            let (title, spec) = self.voice_curves(&query.variant).await?;
            return Ok((title, spec, Vec::new()));
        }
        let language = language(&query.language);
        let (found, cautions) = match query.runs.as_slice() {
            [run] => {
                let row = self.runs.run(read_run(run)?).await?;
                let reading = self.reading(&row, &query.analysis, language).await?;
                let found = picture(&reading.study(), kind(query.kind), &query.variant);
                (found, reading.result.cautions)
            }
            several => {
                let (all, cautions) = self.pictures(several, &query.analysis, language).await?;
                let wanted = |each: &Picture| {
                    each.kind == kind(query.kind)
                        && (query.variant.is_empty() || each.variant == query.variant)
                };
                (all.into_iter().find(wanted), cautions)
            }
        };
        let found = found.ok_or_else(|| {
            ApiError::new(ErrorCode::BadRequest, "There is no such chart of what was chosen.")
        })?;
        let spec = found.spec.map_err(|missing| ApiError::new(ErrorCode::BadRequest, missing))?;
        Ok((found.title, spec, cautions))
    }

    /// The charts of a run or of several, and what is to be said above them.
    async fn pictures(
        &self,
        runs: &[String],
        analysis: &Analysis,
        language: Language,
    ) -> Result<(Vec<Picture>, Vec<Caution>), ApiError> {
        if let [run] = runs {
            let row = self.runs.run(read_run(run)?).await?;
            let reading = self.reading(&row, analysis, language).await?;
            return Ok((pictures(&reading.study()), reading.result.cautions));
        }
        if analysis.baseline.is_some() {
            return Err(ApiError::new(
                ErrorCode::BadRequest,
                "Several runs are compared with customers without traits. Leave the baseline as it is.",
            ));
        }
        checked_margin(analysis)?;
        let settings = ResultSettings {
            seed: SEED,
            analysis: read_analysis(analysis),
            language,
            ..ResultSettings::default()
        };
        let runs = self.ordered_runs(runs, analysis).await?;
        Ok((pictures_of_runs(&runs, &settings), between_runs(&runs, &settings)))
    }

    /// Runs as they are compared, in the order in which they were made.
    async fn ordered_runs(
        &self,
        ids: &[String],
        analysis: &Analysis,
    ) -> Result<Vec<TableRun>, ApiError> {
        let mut dated = Vec::with_capacity(ids.len());
        for mut run in self.table_runs(ids).await? {
            let row = self.runs.run(read_run(&run.id)?).await?;
            if analysis.leave_out_user_faults {
                run.rows = self.observed_rows(&row).await?;
            }
            dated.push((row.created_ms, run));
        }
        dated.sort_by_key(|(made, _)| *made);
        Ok(dated.into_iter().map(|(_, run)| run).collect())
    }

    /// The dose curves of a trait: every voice that was measured.
    async fn voice_curves(&self, trait_id: &str) -> Result<(String, ChartSpec), ApiError> {
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
                points,
                // Made from the points, in the language of the drawing.
                sentence: String::new(),
            });
        }
        let chart = DoseChart { trait_name: one.name.clone(), voices, ..DoseChart::default() };
        Ok((one.name.clone(), ChartSpec::Dose(chart)))
    }
}

/// The language of a tag, English where there are no words in it.
pub(crate) fn language(tag: &str) -> Language {
    Language::of_tag(tag).unwrap_or_default()
}

/// A kind of chart as the interface names it.
fn named(kind: tau_charts::ChartKind) -> ChartKind {
    use tau_charts::ChartKind as Kind;
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

/// The same the other way.
fn kind(kind: ChartKind) -> tau_charts::ChartKind {
    use tau_charts::ChartKind as Kind;
    match kind {
        ChartKind::Forest => Kind::Forest,
        ChartKind::Heat => Kind::Heat,
        ChartKind::PassK => Kind::PassK,
        ChartKind::Response => Kind::Response,
        ChartKind::Dose => Kind::Dose,
        ChartKind::Flips => Kind::Flips,
        ChartKind::Faults => Kind::Faults,
        ChartKind::Tags => Kind::Tags,
        ChartKind::Slope => Kind::Slope,
    }
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
