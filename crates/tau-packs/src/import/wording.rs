//! placeholder
use super::about::About;
use super::release::{Release, ReleaseError};
use super::report::FoundWording;
use crate::error::Fault;
use serde::{Deserialize, Serialize};
/// W.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpstreamWording {
    /// n
    pub name: String,
    /// t
    pub texts: std::collections::BTreeMap<String, String>,
}
impl UpstreamWording {
    pub(super) fn found(&self) -> FoundWording {
        FoundWording { name: self.name.clone(), prompts: self.texts.keys().cloned().collect() }
    }
}
pub(super) fn read_wordings(
    _: &mut Release,
    _: &About,
    _: &str,
    _: &mut Vec<Fault>,
) -> Result<Vec<UpstreamWording>, ReleaseError> {
    Ok(Vec::new())
}
