//! Pack folders of tau2 (format 2): data and words for the native tools of `tau-toolkits`.
//!
//! | file | what |
//! |---|---|
//! | `pack.toml` | [`Manifest`] |
//! | `policy.md`, `policy_solo.md` | what an agent is to follow, with a customer and alone |
//! | `manual.md`, `workflow.md`, `workflow_solo.md` | telecom: the part on the customer's device |
//! | `db.json` or `.toml`, `user_db.json` or `.toml` | the databases of both sides |
//! | `tasks.json`, `split_tasks.json` | tasks in upstream's shape, names of parts of them |
//! | `tools.json` | the tools as models read of them |
//! | `wording/*.md` | what models are told |
//!
//! A folder on the telecom toolkit with a `workflow.md` is two domains, as upstream has it: the second is
//! called after the first with `-workflow` and differs in its policy alone.

mod check;
mod files;
mod listing;
mod manifest;
mod open;
mod played;
mod policy;

pub(crate) use check::check;
pub(crate) use files::Files;
pub use listing::{DefinitionEntry, DefinitionListing};
pub(crate) use manifest::{ENGINE, FORMAT, MANIFEST, is_tau2};
pub use manifest::{Manifest, ToolFile};
pub use open::open_definition;
pub(crate) use open::{SPLITS, TASKS, TOOLS, TaskFile, open_files, wording_file};
pub(crate) use played::{Script, play};
pub use policy::Guidance;
