//! Domains of tau2, as they are shown: both sides' tools, and tasks with a scenario.

use std::sync::Arc;

use tau_domain::plain::tool_to_call;
use tau_domain::{DomainId, SourceKind};
use tau_packs::tau2::DefinitionEntry;
use tau_toolkits::{
    Definition, Instructions, Requestor, Task, ToolCall, Toolkit, Value, json_dumps,
};

use super::super::Product;
use super::super::schema::tool_info;
use super::{count, no_such_domain, no_such_split, opened, title};
use crate::ApiError;
use crate::types::{
    DomainDetail, DomainKind, DomainName, DomainSummary, Seat, SplitSummary, TableInfo,
    TaskSummary, ToolInfo,
};

/// The set of tasks of a domain that names none.
const ALL: &str = "all";

impl Product {
    /// Whether a domain of this id is one of tau2.
    pub(crate) fn is_definition(&self, id: &str) -> bool {
        id.parse::<DomainId>().is_ok_and(|id| self.library.is_definition(&id))
    }

    /// An opened domain of tau2.
    pub(crate) async fn definition(&self, id: &str) -> Result<Arc<Definition>, ApiError> {
        let parsed: DomainId = id.parse().map_err(|_| no_such_domain(id))?;
        let library = Arc::clone(&self.library);
        opened(id, move || library.definition(&parsed)).await
    }

    /// One with its policies and both sides' tools.
    pub(super) async fn definition_detail(&self, id: &str) -> Result<DomainDetail, ApiError> {
        let definition = self.definition(id).await?;
        let listed = self.library.definitions().definitions;
        let entry = listed.iter().find(|entry| entry.id == definition.id);
        let entry = entry.ok_or_else(|| no_such_domain(id))?;
        let siblings = listed.iter().filter(|other| {
            let (one, two) = (entry.id.name(), other.id.name());
            let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
            entry.id.source() == other.id.source()
                && long.strip_suffix(tau_packs::tau2::Guidance::WORKFLOW) == Some(short)
        });
        let domain = &definition.domain;
        Ok(DomainDetail {
            summary: summary(entry),
            policy: definition.policy.clone(),
            solo_policy: definition.solo_policy.clone(),
            tools: tools(&definition.agent_tools, domain.agent()),
            customer_tools: match (&definition.user_tools, domain.user()) {
                (Some(told), Some(user)) => tools(told, user),
                _ => Vec::new(),
            },
            siblings: siblings
                .map(|other| DomainName { id: other.id.to_string(), title: other.title.clone() })
                .collect(),
            tables: tables(&domain.agent().dump()),
            notes: Vec::new(),
        })
    }
}

/// The list entry.
pub(super) fn summary(entry: &DefinitionEntry) -> DomainSummary {
    DomainSummary {
        id: entry.id.to_string(),
        title: entry.title.clone(),
        description: entry.description.clone(),
        version: entry.version.clone(),
        shipped: entry.source.kind == SourceKind::Shipped,
        splits: if entry.splits.is_empty() {
            vec![SplitSummary { split: ALL.to_owned(), tasks: count(entry.tasks) }]
        } else {
            base_first(&entry.splits)
        },
        tools: count(entry.agent_tools),
        customer_tools: count(entry.user_tools.unwrap_or_default()),
        kind: DomainKind::Tau2,
        rules: entry.profile.clone(),
    }
}

/// The sets of tasks in their order, the one that is taken where nobody says which before the others.
fn base_first(splits: &[(String, usize)]) -> Vec<SplitSummary> {
    let (base, others): (Vec<_>, Vec<_>) =
        splits.iter().partition(|(name, _)| name == Definition::BASE);
    base.into_iter()
        .chain(others)
        .map(|(name, tasks)| SplitSummary { split: name.clone(), tasks: count(*tasks) })
        .collect()
}

/// A side's tools: what models are told of them, and what they do.
fn tools(told: &[tau_domain::ToolSpec], side: &dyn Toolkit) -> Vec<ToolInfo> {
    told.iter()
        .map(|tool| {
            let kind = side.tool_kind(&tool.name);
            tool_info(tool, false, kind.map(tau_toolkits::ToolKind::mutates))
        })
        .collect()
}

/// The tables of a database with their number of records.
fn tables(database: &Value) -> Vec<TableInfo> {
    let Some(database) = database.as_model() else { return Vec::new() };
    let names = database.class.fields.iter().map(|field| field.name);
    names
        .zip(&database.fields)
        .filter_map(|(name, table)| {
            let records = match table {
                Value::Dict(records) => records.len(),
                Value::List(records) => records.len(),
                _ => return None,
            };
            Some(TableInfo { name: name.to_owned(), records: count(records) })
        })
        .collect()
}

/// The tasks of a set.
pub(super) fn tasks(definition: &Definition, split: &str) -> Result<Vec<TaskSummary>, ApiError> {
    let named = (split != ALL || definition.splits.contains_key(ALL)).then_some(split);
    let tasks = definition.select(named).ok_or_else(|| no_such_split(split))?;
    Ok(tasks
        .into_iter()
        .enumerate()
        .map(|(index, task)| task_summary(definition, index, task))
        .collect())
}

/// A task in a list.
pub(super) fn task_summary(definition: &Definition, index: usize, task: &Task) -> TaskSummary {
    let purpose = task.description.as_ref().and_then(|told| told.purpose.clone());
    let instruction = wishes(task);
    let alone = definition.solo_policy.is_some() && task.ticket.is_some();
    TaskSummary {
        id: task.id.clone(),
        index: count(index),
        title: title(purpose.unwrap_or_default().trim(), &instruction),
        instruction,
        allowed: None,
        fits_alone: alone && task.fits_solo(),
    }
}

/// What the customer wants, and what it knows.
fn wishes(task: &Task) -> String {
    match &task.scenario.instructions {
        Instructions::Text(text) => text.trim().to_owned(),
        Instructions::Structured { reason_for_call, known_info, .. } => {
            let parts = [Some(reason_for_call), known_info.as_ref()];
            let parts: Vec<&str> = parts.into_iter().flatten().map(|part| part.trim()).collect();
            parts.join("\n\n")
        }
    }
}

/// A task by what its customer wants: what its title says only those may know who look at it from outside.
pub(crate) fn opening_words(task: &Task) -> String {
    title("", &wishes(task))
}

/// On whose side a call is made.
pub(crate) fn seat_of(requestor: Requestor) -> Seat {
    match requestor {
        Requestor::Assistant => Seat::Agent,
        Requestor::User => Seat::Customer,
    }
}

/// A call that is to be made, as a sentence.
pub(super) fn call_line(call: &ToolCall) -> String {
    tool_to_call(&call.name, &json_dumps(&Value::Dict(call.arguments.clone())))
}
