//! What went wrong: how much of the conversations carries each failure tag, against the baseline.

use serde::{Deserialize, Serialize};

use crate::{Bounds, Column, Heading};

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagBars {
    /// Title and notes.
    pub heading: Heading,
    /// The conditions, the baseline first.
    pub columns: Vec<Column>,
    /// Whether the first column is the baseline.
    pub has_baseline: bool,
    /// The tags, most frequent first.
    pub rows: Vec<TagRow>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagRow {
    /// Its id.
    pub tag: String,
    /// Its name, in the language of the product.
    pub name: String,
    /// One cell a column.
    pub cells: Vec<TagCell>,
}

/// How often a tag was given under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagCell {
    /// Conversations with it.
    pub count: usize,
    /// Conversations scored.
    pub scored: usize,
    /// Share of the conversations, tasks counting the same, 0 to 1.
    pub share: Option<f64>,
    /// Paired difference of the share from the baseline; `None` for the baseline.
    pub difference: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
}

// TODO: drawn next.
impl crate::spec::Chart for TagBars {
    fn draw(&self, _: &crate::Look) -> Result<crate::Drawing, crate::ChartError> {
        Err(crate::ChartError::Drawing("not drawn yet".to_owned()))
    }
    fn sentence(&self, _: crate::Language) -> String {
        String::new()
    }
    fn text(&self, _: crate::Language) -> Vec<String> {
        Vec::new()
    }
    fn table(&self, _: crate::Language) -> crate::DataTable {
        crate::DataTable::default()
    }
}
