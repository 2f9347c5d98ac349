//! The tool bench: tools called by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Seat, ToolForm, ToolTurn};

/// A call on the bench.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BenchCall {
    /// Whose tool.
    pub seat: Seat,
    /// The tool's name.
    pub tool: String,
    /// Its arguments as the form holds them: argument to text.
    pub arguments: BTreeMap<String, String>,
}

/// The bench after its calls.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BenchView {
    /// The agent's tools.
    pub agent_tools: Vec<ToolForm>,
    /// The customer's tools; empty where the customer has none.
    pub customer_tools: Vec<ToolForm>,
    /// What came of each call, in order.
    pub steps: Vec<BenchStep>,
    /// What differs from the beginning now.
    pub changed: Vec<StateChange>,
    /// All that is on the customer's side; empty where the customer has no tools.
    pub device: Vec<DevicePart>,
    /// What the task asks of the end, and whether it is so now; empty without a task.
    pub checks: Vec<BenchCheck>,
}

/// A call and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BenchStep {
    /// Whose tool.
    pub seat: Seat,
    /// The call and its answer.
    pub tool: ToolTurn,
    /// What it changed, on both sides.
    pub changes: Vec<StateChange>,
}

/// A place where two states differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StateChange {
    /// On whose side: the agent's records, or the customer's device.
    pub seat: Seat,
    /// The record in words: "Line L4107", "Device".
    pub record: String,
    /// The field within it: "roaming enabled"; empty when the whole record came or went.
    pub field: String,
    /// What it was; `None` where nothing was.
    pub before: Option<String>,
    /// What it is; `None` where nothing is.
    pub after: Option<String>,
}

/// A part of what is on the customer's side.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DevicePart {
    /// What it is called: "Device", "Surroundings".
    pub name: String,
    /// What is in it.
    pub fields: Vec<DeviceField>,
}

/// Something on the customer's side.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeviceField {
    /// What it is called: "airplane mode".
    pub name: String,
    /// What it is now.
    pub value: String,
    /// Whether the calls changed it.
    pub changed: bool,
}

/// Something that the task asks of the end.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BenchCheck {
    /// What, as a sentence.
    pub text: String,
    /// Whether it is so now.
    pub met: bool,
    /// Whether success rests on it.
    pub counts: bool,
}
