//! Policies as upstream puts them together: `domains/telecom/environment.py`.

use super::files::Files;
use crate::error::PackError;

/// Which guidance on the customer's device an agent of telecom is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guidance {
    /// The manual; also what stands for the policy of a domain without a device.
    Manual,
    /// The workflow.
    Workflow,
}

impl Guidance {
    /// What the domain with the workflow is called after the other one.
    pub const WORKFLOW: &str = "-workflow";

    /// The domain's name in a pack of this id.
    pub fn domain_name(self, pack: &str) -> String {
        match self {
            Guidance::Manual => pack.to_owned(),
            Guidance::Workflow => format!("{pack}{}", Self::WORKFLOW),
        }
    }

    /// The domain's title in a pack of this title.
    pub fn title(self, pack: &str) -> String {
        match self {
            Guidance::Manual => pack.to_owned(),
            Guidance::Workflow => format!("{pack} (workflow)"),
        }
    }

    /// What there is in a pack: every pack has the first, a pack of telecom may have the second.
    pub(crate) fn of(files: &Files<'_>, toolkit: &str) -> Vec<Guidance> {
        let mut all = vec![Guidance::Manual];
        if toolkit == "telecom" && files.has("workflow.md") {
            all.push(Guidance::Workflow);
        }
        all
    }
}

/// The policy of an agent with a customer, and of one who works alone where the folder has one.
pub(crate) fn read(
    files: &Files<'_>,
    toolkit: &str,
    guidance: Guidance,
) -> Result<(String, Option<String>), PackError> {
    let policy = files.text("policy.md")?;
    let solo = files.maybe("policy_solo.md")?;
    if toolkit != "telecom" {
        return Ok((policy, solo));
    }
    let (device, device_alone) = match guidance {
        Guidance::Manual => {
            let manual = files.text("manual.md")?;
            (manual.clone(), manual)
        }
        Guidance::Workflow => {
            let workflow = files.text("workflow.md")?;
            let alone = files.maybe("workflow_solo.md")?;
            (workflow.clone(), alone.unwrap_or(workflow))
        }
    };
    Ok((joined(&policy, &device), solo.map(|solo| joined(&solo, &device_alone))))
}

fn joined(policy: &str, device: &str) -> String {
    format!(
        "<main_policy>\n{policy}\n</main_policy>\n<tech_support_policy>\n{device}\n</tech_support_policy>"
    )
}
