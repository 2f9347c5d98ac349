//! Traits and mixes as files: reading, checking and keeping a person's own.

mod check;
mod draft;
mod mixes;
mod own;

use std::path::Path;
use std::sync::Arc;

use tau_runs::Page;
use tau_traits::{Trait, TraitSet, write_trait};

pub(crate) use self::mixes::OwnMixes;
pub(crate) use self::own::OwnTraits;
use super::Product;
use super::library::count;
use crate::files::write_whole;
use crate::types::{Exported, TraitCheck, TraitDetail, TraitDraft, TraitInfo};
use crate::{ApiError, ErrorCode};

/// Runs read at a time while those of a trait are counted.
const RUNS_A_PAGE: u32 = 200;

/// The shipped traits and those of the person's own below the data folder, for programs that do not open
/// a [`Product`].
pub fn trait_set(data: &Path) -> Arc<TraitSet> {
    OwnTraits::open(data).set()
}

impl Product {
    /// The traits as they are now, shipped ones first.
    pub(crate) fn trait_set(&self) -> Arc<TraitSet> {
        self.own_traits.set()
    }

    /// What is wrong with trait files of the person's own, a sentence or two a file.
    pub async fn trait_problems(&self) -> Result<Vec<String>, ApiError> {
        self.own_traits.reload();
        Ok(self.own_traits.problems())
    }

    /// One trait with all that its file says.
    pub async fn get_trait(&self, id: String) -> Result<TraitDetail, ApiError> {
        let set = self.trait_set();
        let one = set.get(&id).ok_or_else(|| no_such_trait(&id))?;
        Ok(TraitDetail {
            draft: draft::draft(one),
            shipped: !one.own,
            color: tau_charts::trait_color(usize::from(one.colour)),
            hosted: one.hosted.clone().unwrap_or_default(),
            examples: one.levels.iter().map(|level| level.examples.clone()).collect(),
            runs: self.runs_with(&id).await?,
        })
    }

    /// Runs in which a trait is on under any condition.
    async fn runs_with(&self, id: &str) -> Result<u32, ApiError> {
        let (mut offset, mut found) = (0, 0);
        loop {
            let page = self.runs.list("", Page { offset, limit: RUNS_A_PAGE }).await?;
            let uses = |row: &&tau_runs::RunRow| {
                row.plan.conditions.iter().any(|condition| condition.mix.level(id) > 0.0)
            };
            found += count(page.rows.iter().filter(uses).count());
            offset += RUNS_A_PAGE;
            if offset >= page.total {
                return Ok(found);
            }
        }
    }

    /// Whether a trait can be kept.
    pub async fn check_trait(&self, draft: TraitDraft) -> Result<TraitCheck, ApiError> {
        Ok(check::check(&draft, &self.trait_set()))
    }

    /// Keeps a trait of the person's own.
    pub async fn save_trait(&self, draft: TraitDraft) -> Result<TraitDetail, ApiError> {
        let set = self.trait_set();
        if let Some(problem) = check::check(&draft, &set).problems.into_iter().next() {
            return Err(ApiError::new(ErrorCode::BadRequest, problem.message).detail(problem.field));
        }
        let id = match draft.id.as_str() {
            "" => draft::free_id(&draft.name, &set),
            known => known.to_owned(),
        };
        let one = draft::made(&draft, id.clone(), set.get(&id), &set);
        self.keep_trait(&one)?;
        self.get_trait(id).await
    }

    fn keep_trait(&self, one: &Trait) -> Result<(), ApiError> {
        self.own_traits.keep(one).map_err(|error| {
            ApiError::new(ErrorCode::Storage, "The trait could not be saved. Is the disk full?")
                .detail(error)
                .retryable()
        })
    }

    /// Removes one; runs that used it keep its words.
    pub async fn delete_trait(&self, id: String) -> Result<Vec<TraitInfo>, ApiError> {
        let set = self.trait_set();
        let one = set.get(&id).ok_or_else(|| no_such_trait(&id))?;
        if !one.own {
            return Err(ApiError::new(
                ErrorCode::Conflict,
                format!("{} comes with the app and cannot be removed.", one.name),
            ));
        }
        self.own_traits.remove(&id).map_err(|error| {
            ApiError::new(ErrorCode::Storage, "The trait's file could not be removed.")
                .detail(error)
        })?;
        self.list_traits().await
    }

    /// Saves a trait's file where the person says.
    pub async fn export_trait(&self, id: String) -> Result<Exported, ApiError> {
        let set = self.trait_set();
        let one = set.get(&id).ok_or_else(|| no_such_trait(&id))?;
        let Some(path) = self.host.choose_save_path(&format!("{id}.toml")).await else {
            return Ok(Exported { path: None });
        };
        write_whole(&path, write_trait(one).as_bytes()).map_err(|error| {
            ApiError::new(
                ErrorCode::Storage,
                "The file could not be written. Choose another folder or make room.",
            )
            .detail(format!("{}: {error}", path.display()))
        })?;
        Ok(Exported { path: Some(path.display().to_string()) })
    }

    /// Keeps the trait of a file. A trait of the same id that is another one stays beside it.
    pub async fn import_trait(&self, path: String) -> Result<TraitDetail, ApiError> {
        let read = own::open(Path::new(&path)).map_err(|why| {
            ApiError::new(
                ErrorCode::BadRequest,
                "This file cannot be used as a trait. Mend what is named below and try again.",
            )
            .detail(why)
        })?;
        let set = self.trait_set();
        let same = |known: &Trait| {
            let other = Trait { own: known.own, id: known.id.clone(), ..read.clone() };
            *known == other
        };
        if let Some(known) = set.iter().find(|known| same(known)) {
            return self.get_trait(known.id.clone()).await;
        }
        let taken = set.get(&read.id).is_some();
        let id = if taken { draft::free_id(&read.id, &set) } else { read.id.clone() };
        let name = free_name(&read.name, &set);
        self.keep_trait(&Trait { id: id.clone(), name, own: true, ..read })?;
        self.get_trait(id).await
    }
}

/// The name, or the name with a number where another trait has it.
fn free_name(name: &str, set: &TraitSet) -> String {
    let taken = |name: &str| set.iter().any(|each| each.name.to_lowercase() == name.to_lowercase());
    if !taken(name) {
        return name.to_owned();
    }
    let numbered = (2u32..).map(|number| format!("{name} {number}"));
    numbered.into_iter().find(|name| !taken(name)).unwrap_or_default()
}

pub(crate) fn no_such_trait(id: &str) -> ApiError {
    ApiError::new(
        ErrorCode::NotFound,
        format!("There is no trait \"{id}\" any more. Choose one from the list."),
    )
}
