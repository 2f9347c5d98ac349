//! What a person takes along of a run: report, workbook, figures, conversations.

mod conversations;
mod excerpts;

use tau_charts::ChartSpec;
use tau_domain::Outcome;
use tau_report::fidelity::Fidelity;
use tau_report::{
    BookConversation, ConditionFidelity, Report, ReportChart, ReportFacts, drop_chart, for_page,
    html_report, pdf_report, pictures, workbook,
};
use tau_runs::{ConversationFilter, EpisodeRow, Page, RunRow};

use super::Product;
use super::charts::language;
use super::conversations::why;
use super::results::drawing_failed;
use super::runs::{agent_name, customer_name, read_run, setup};
use crate::types::{ExportFormat, Exported, ResultRequest};
use crate::{ApiError, ErrorCode};

/// Conversations read from the store at once.
const AT_ONCE: u32 = 500;

impl Product {
    /// Saves it where the person says.
    pub async fn export_run(
        &self,
        request: ResultRequest,
        format: ExportFormat,
    ) -> Result<Exported, ApiError> {
        let row = self.runs.run(read_run(&request.run_id)?).await?;
        let (ending, bytes) = match format {
            ExportFormat::Jsonl => return self.save_conversations(&row).await,
            ExportFormat::TauTrait => {
                ("json", self.runs.export_tau_trait(row.id).await?.into_bytes())
            }
            ExportFormat::Csv => {
                let language = language(&request.language);
                let reading = self.reading(&row, &request.analysis, language).await?;
                let chart = ChartSpec::Forest(drop_chart(&reading.result, None));
                ("csv", chart.table(language).to_csv().into_bytes())
            }
            ExportFormat::Html => {
                let report = Report::of(&self.facts(&row, &request).await?);
                let page = html_report(&report).map_err(|error| drawing_failed(&error))?;
                ("html", page.into_bytes())
            }
            ExportFormat::Pdf => {
                let report = Report::of(&self.facts(&row, &request).await?);
                let pages = pdf_report(&report, row.updated_ms);
                ("pdf", pages.map_err(|error| not_made(&error))?)
            }
            ExportFormat::Xlsx => {
                let facts = self.facts(&row, &request).await?;
                let conversations = self.book_conversations(&row).await?;
                let book = workbook(&facts, conversations, row.updated_ms);
                ("xlsx", book.map_err(|error| not_made(&error))?)
            }
        };
        self.save_as(&row.name, ending, &bytes).await
    }

    /// All that a report of a run is made from, read as the person asks.
    async fn facts(&self, row: &RunRow, request: &ResultRequest) -> Result<ReportFacts, ApiError> {
        let language = language(&request.language);
        let reading = self.reading(row, &request.analysis, language).await?;
        let study = reading.study();
        let charts = pictures(&study).into_iter().filter_map(|picture| {
            let spec = for_page(picture.spec.ok()?, &reading.result.cautions);
            Some(ReportChart { title: picture.title, spec })
        });
        let rows: Vec<tau_report::EpisodeRow> =
            reading.settings.analysis.rows(&reading.rows).into_iter().cloned().collect();
        let fixed = ["Domain", "Agent", "Customer"];
        let unsaid = |value: &str| value == tau_runs::NOT_IN_FILE;
        let lines = setup(row)
            .into_iter()
            .filter(|line| !fixed.contains(&line.label.as_str()) && !unsaid(&line.value));
        let named = |name: String| if unsaid(&name) { String::new() } else { name };
        let titles = row.plan.tasks.iter().filter(|task| !task.title.is_empty());
        let date = crate::time::rfc3339(row.updated_ms);
        let result = &reading.result;
        Ok(ReportFacts {
            language,
            name: row.name.clone(),
            domain: self.domain_title(&row.plan.domain),
            agent: named(agent_name(row)),
            customer: named(customer_name(row)),
            generated: date.split('T').next().unwrap_or_default().to_owned(),
            product: concat!("Tau-Trait Desktop ", env!("CARGO_PKG_VERSION")).to_owned(),
            setup: lines.map(|line| (line.label, line.value)).collect(),
            seed: reading.settings.seed,
            cautions: result.cautions.iter().map(|caution| caution.text.clone()).collect(),
            sensitivity: reading.sensitivity().map(|other| other.sentence),
            fidelity: study.fidelity.map(customers_shown).unwrap_or_default(),
            charts: charts.collect(),
            worst: self.worst(row, &rows, result).await?,
            rows,
            titles: titles.map(|task| (task.id.clone(), task.title.clone())).collect(),
            result: result.clone(),
        })
    }

    /// Every conversation as a row of the workbook.
    async fn book_conversations(&self, row: &RunRow) -> Result<Vec<BookConversation>, ApiError> {
        let blames = self.blames(row).await?;
        let mut found = Vec::new();
        for episode in self.all_episodes(row).await? {
            let blame = blames.get(&episode.id);
            found.push(BookConversation {
                reward: match episode.outcome {
                    Outcome::Passed => Some(1.0),
                    Outcome::Failed => Some(0.0),
                    _ => None,
                },
                why: why(&episode),
                fault: blame.map(|blame| blame.author.to_owned()).unwrap_or_default(),
                tags: blame.map(|blame| blame.tags.join(", ")).unwrap_or_default(),
                messages: episode.messages,
                tool_calls: episode.tool_calls,
                steps: episode.steps,
                cost_usd: episode.cost_usd,
                seconds: seconds(&episode),
                outcome: episode.outcome,
                trial: episode.trial,
                task_id: episode.task_id,
                task_title: episode.task_title,
                condition_id: episode.condition_id,
                condition: episode.condition_name,
            });
        }
        Ok(found)
    }

    /// The entries of all conversations, in the order of lists.
    async fn all_episodes(&self, row: &RunRow) -> Result<Vec<EpisodeRow>, ApiError> {
        let mut all = Vec::new();
        loop {
            let page = Page { offset: all.len() as u32, limit: AT_ONCE };
            let found =
                self.runs.conversations(row.id, &ConversationFilter::default(), page).await?;
            let last = found.rows.len() < AT_ONCE as usize;
            all.extend(found.rows);
            if last {
                return Ok(all);
            }
        }
    }
}

/// Whether the customers of each condition showed their traits, where something was metered.
fn customers_shown(fidelity: &Fidelity) -> Vec<ConditionFidelity> {
    let metered = fidelity.conditions.iter().filter(|one| one.metered > 0);
    metered
        .map(|one| ConditionFidelity {
            name: one.name.clone(),
            shown: one.shown,
            sentence: one.sentence.clone(),
        })
        .collect()
}

/// How long a conversation took; `None` where a file does not say.
fn seconds(episode: &EpisodeRow) -> Option<f64> {
    (episode.duration_ms > 0).then(|| episode.duration_ms as f64 / 1000.0)
}

fn not_made(error: &dyn std::fmt::Display) -> ApiError {
    ApiError::new(ErrorCode::Internal, "The file could not be made.").detail(error)
}
