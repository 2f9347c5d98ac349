//! Domains, tasks and traits, as they are shown.

mod definitions;
mod tasks;

use std::sync::Arc;

use tau_domain::{Domain, DomainId, SourceKind, Split};
use tau_packs::{DomainEntry, LibraryError};
use tau_python::Heap;

pub(super) use definitions::{opening_words, seat_of};
pub(super) use tasks::{assertion_line, card};

use super::Product;
use super::schema::tool_info;
use crate::types::{
    DomainDetail, DomainKind, DomainSummary, SplitSummary, TableInfo, TaskSummary, TraitInfo,
    TraitLevel,
};
use crate::{ApiError, ErrorCode};

/// Letters of an instruction that stand in for a missing title.
const TITLE_LETTERS: usize = 70;

impl Product {
    /// The domains, shipped ones first.
    pub async fn list_domains(&self) -> Result<Vec<DomainSummary>, ApiError> {
        let mut summaries = Vec::new();
        for entry in self.library.list().domains {
            // A domain that cannot be opened is still listed; opening it says why.
            let tools =
                self.domain(&entry.id.to_string()).await.map_or(0, |domain| domain.tools.len());
            summaries.push(summary(&entry, tools));
        }
        let tau2 = self.library.definitions().definitions;
        summaries.extend(tau2.iter().map(definitions::summary));
        summaries.sort_by_key(|domain| !domain.shipped);
        Ok(summaries)
    }

    /// One domain with policy and tools.
    pub async fn get_domain(&self, id: String) -> Result<DomainDetail, ApiError> {
        if self.is_definition(&id) {
            return self.definition_detail(&id).await;
        }
        let domain = self.domain(&id).await?;
        let entry = self.library.list().domains.into_iter().find(|entry| entry.id == domain.id);
        let entry = entry.ok_or_else(|| no_such_domain(&id))?;
        Ok(DomainDetail {
            summary: summary(&entry, domain.tools.len()),
            policy: domain.policy.clone(),
            solo_policy: None,
            tools: domain
                .tools
                .iter()
                .map(|tool| tool_info(tool, domain.terminates(&tool.name), None))
                .collect(),
            customer_tools: Vec::new(),
            siblings: Vec::new(),
            tables: tables(&domain),
            notes: Vec::new(),
        })
    }

    /// The tasks of a split.
    pub async fn list_tasks(
        &self,
        domain: String,
        split: String,
    ) -> Result<Vec<TaskSummary>, ApiError> {
        if self.is_definition(&domain) {
            let definition = self.definition(&domain).await?;
            return definitions::tasks(&definition, &split);
        }
        let domain = self.domain(&domain).await?;
        let tasks = domain.tasks.get(&read_split(&split)?).map(Vec::as_slice).unwrap_or_default();
        Ok(tasks.iter().enumerate().map(|(index, task)| tasks::summary(index, task)).collect())
    }

    /// The traits with their levels.
    pub async fn list_traits(&self) -> Result<Vec<TraitInfo>, ApiError> {
        // Files come and go behind the app's back.
        self.own_traits.reload();
        let shown = |each: &tau_traits::Trait| TraitInfo {
            id: each.id.clone(),
            shipped: !each.own,
            name: each.name.clone(),
            description: each.description.clone(),
            color: tau_charts::trait_color(usize::from(each.colour)),
            levels: each
                .levels
                .iter()
                .map(|level| TraitLevel {
                    value: u32::from(level.value),
                    name: level.name.clone(),
                    sentence: level.sentence.clone(),
                    example: level.example.clone(),
                })
                .collect(),
        };
        Ok(self.trait_set().iter().map(shown).collect())
    }

    /// An opened domain. Opening reads files, so it happens on a thread of its own.
    pub(crate) async fn domain(&self, id: &str) -> Result<Arc<Domain>, ApiError> {
        let parsed: DomainId = id.parse().map_err(|_| no_such_domain(id))?;
        let library = Arc::clone(&self.library);
        opened(id, move || library.get(&parsed)).await
    }
}

/// Opens a domain on a thread of its own.
async fn opened<T: Send + Sync + 'static>(
    id: &str,
    open: impl FnOnce() -> Result<Arc<T>, LibraryError> + Send + 'static,
) -> Result<Arc<T>, ApiError> {
    let opened = tokio::task::spawn_blocking(open).await.map_err(|panic| {
        ApiError::new(ErrorCode::Internal, format!("The domain {id} could not be opened."))
            .detail(panic)
    })?;
    opened.map_err(|error| match error {
        LibraryError::Unknown { .. } => no_such_domain(id).detail(error),
        LibraryError::Open { .. } => ApiError::new(
            ErrorCode::Storage,
            format!("The domain {id} is there but cannot be opened."),
        )
        .detail(error),
    })
}

fn no_such_domain(id: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("There is no domain \"{id}\". Choose one from the list."),
    )
}

/// The tables of a domain's data with their number of records.
fn tables(domain: &Domain) -> Vec<TableInfo> {
    let data = Heap::new(Arc::clone(&domain.base));
    let root = data.root();
    let tables = data.entries(&root).into_iter().flatten();
    tables
        .map(|(name, records)| TableInfo {
            name: name.value().as_str().unwrap_or_default().to_owned(),
            records: count(
                data.entries(records)
                    .map(|map| map.len())
                    .or_else(|| data.items(records).map(<[_]>::len))
                    .unwrap_or_default(),
            ),
        })
        .collect()
}

/// The split of this name.
pub(crate) fn read_split(name: &str) -> Result<Split, ApiError> {
    Split::ALL.into_iter().find(|split| split.name() == name).ok_or_else(|| no_such_split(name))
}

fn no_such_split(name: &str) -> ApiError {
    ApiError::new(ErrorCode::BadRequest, format!("There is no set of tasks called \"{name}\"."))
}

pub(crate) fn no_such_task(id: &str) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("There is no task \"{id}\" in this domain."))
}

/// A task's title, or the start of its instruction when it has none.
pub(crate) fn title(title: &str, instruction: &str) -> String {
    if !title.is_empty() {
        return title.to_owned();
    }
    let mut letters = instruction.chars();
    let start: String = letters.by_ref().take(TITLE_LETTERS).collect();
    if letters.next().is_none() { start } else { format!("{}…", start.trim_end()) }
}

/// A count as it crosses the boundary.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn summary(entry: &DomainEntry, tools: usize) -> DomainSummary {
    DomainSummary {
        id: entry.id.to_string(),
        title: entry.title.clone(),
        description: entry.description.clone(),
        version: entry.version.clone(),
        shipped: entry.source.kind == SourceKind::Shipped,
        splits: entry
            .tasks
            .iter()
            .map(|(split, tasks)| SplitSummary { split: split.name().into(), tasks: count(*tasks) })
            .collect(),
        tools: count(tools),
        customer_tools: 0,
        kind: DomainKind::TauBench,
        rules: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_without_a_title_is_called_by_its_first_words() {
        assert_eq!(title("Return a lamp", "You are ..."), "Return a lamp");
        assert_eq!(title("", "short"), "short");
        let long = title("", &"wörter ".repeat(30));
        assert!(long.ends_with('…') && long.chars().count() <= TITLE_LETTERS + 1);
    }
}
