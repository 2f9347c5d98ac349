//! What a file says of the rules and the data that it was made with.

use tau_domain::DomainId;
use tau_sim::tau2::AgentKind;
use tau_toolkits::Profile;
use tau_toolkits::grading::Evaluation;

use super::super::fields::Fields;
use super::super::file::{Header, ResultFile};
use super::{Regrade, RegradeError};
use crate::RunsError;

/// What a file says of how it was made.
pub(super) struct Made {
    /// Whose rules: said by files of this program, told by the file's fields otherwise.
    pub profile: Profile,
    /// Whether the file says nothing of its version, which then is the oldest.
    pub unsaid: bool,
    /// The domain with its source, in files of this program.
    domain: Option<String>,
    /// SHA-256 of the domain's content, in files of this program.
    pub data: Option<String>,
    /// What was looked at, where the file says it.
    pub evaluation: Option<Evaluation>,
    /// The seed of the run, in files of this program's runs.
    pub run_seed: Option<u64>,
    /// How an agent from outside worked.
    mode: Option<String>,
}

impl Made {
    /// Reads `info`.
    pub fn read(file: &ResultFile) -> Result<Made, RunsError> {
        let members = file.members()?;
        let info = members.iter().rev().find(|(name, _)| name == "info");
        let info = info.and_then(|(_, text)| Fields::read(text).ok()).unwrap_or_default();
        let ours = info.fields("tautrait");
        let is_run = ours.is_some();
        let ours = ours.unwrap_or_default();
        // A conversation with an agent from outside says it beside the rest.
        let said = |name: &str| ours.string(name).or_else(|| info.string(name));
        let told = match file.version() {
            "1.0" => Profile::V1_0,
            "0.2" => Profile::V0_2,
            _ => Profile::V0_1_2,
        };
        let profile = said("profile").and_then(|word| Profile::of(&word));
        let seed = info.get("seed").and_then(|seed| seed.parse().ok());
        Ok(Made {
            unsaid: profile.is_none() && told == Profile::V0_1_2,
            profile: profile.unwrap_or(told),
            domain: ours.string("domain"),
            data: said("data_sha256"),
            evaluation: ours.string("evaluation").and_then(|word| Evaluation::of(&word)),
            run_seed: seed.filter(|_| is_run),
            mode: info.string("agent_mode"),
        })
    }

    /// Whether the agent was alone: it, and that there was no customer.
    pub fn is_solo(&self, header: &Header) -> bool {
        let agent = self.mode.as_deref().unwrap_or(&header.agent_strategy);
        agent == AgentKind::Solo.name() && header.user_strategy == AgentKind::Solo.customer_name()
    }

    /// The domain whose data the conversations were about.
    pub fn domain(
        &self,
        how: &Regrade<'_>,
        profile: Profile,
        name: &str,
    ) -> Result<DomainId, RegradeError> {
        if let Some(id) = how.domain {
            return Ok(id.clone());
        }
        // With its source, where the file says it.
        let exact = self.domain.as_deref().or(name.contains(':').then_some(name));
        let exact = exact.and_then(|id| id.parse().ok());
        if let Some(id) = exact.filter(|id| how.library.is_definition(id)) {
            return Ok(id);
        }
        let plain = name.rsplit(':').next().unwrap_or(name);
        let mut known = how.library.definitions().definitions;
        known.retain(|entry| entry.id.name() == plain);
        if known.iter().any(|entry| entry.profile == profile.word()) {
            known.retain(|entry| entry.profile == profile.word());
        }
        match known.as_slice() {
            [] => Err(RegradeError::NoDomain { name: name.to_owned() }),
            [only] => Ok(only.id.clone()),
            several => Err(RegradeError::Ambiguous {
                name: plain.to_owned(),
                known: several.iter().map(|entry| entry.id.to_string()).collect(),
            }),
        }
    }
}
