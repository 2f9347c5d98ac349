//! The report of a run: one document from which the page for a browser and the pages for print are
//! made.
//!
//! [`Report::of`] turns the facts of a run ([`ReportFacts`]) into headings, sentences, tables and
//! figures in the reader's language. What follows ([`crate::html_report`], [`crate::pages`]) only
//! lays that out, so both say the same.

mod appendix;
mod compose;
mod facts;
mod method;
#[cfg(test)]
pub(crate) mod samples;
mod words;
mod worst;

use tau_charts::{ChartSpec, Language};

pub(crate) use appendix::task_lines;
pub use facts::{ConditionFidelity, ReportChart, ReportFacts, Said, Speaker, WorstConversation};
pub(crate) use method::sentences as method_sentences;
pub(crate) use words::Words;
pub use worst::{WorstTask, worst_tasks};

/// A document about a run, in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The language of everything that is not a name.
    pub language: Language,
    /// What kind of document this is.
    pub kicker: String,
    /// The run's name.
    pub title: String,
    /// When and with what it was made.
    pub made: String,
    /// Its parts, in the order of reading.
    pub sections: Vec<Section>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// Something that stands in a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// The sentence to remember.
    Lead(String),
    /// A paragraph.
    Text(String),
    /// A caution that must not be missed.
    Caution(String),
    /// A heading within a section.
    Head(String),
    /// Sentences that belong together, one a line.
    List(Vec<String>),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// A chart.
    Figure(Box<Figure>),
    /// What was said, in order.
    Said(Vec<(String, String)>),
}

/// A table of texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns, and whether they hold figures.
    pub columns: Vec<(String, bool)>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// A chart with what is said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its number and title.
    pub title: String,
    /// What it says, in one sentence.
    pub sentence: String,
    /// How much stands behind it.
    pub n: String,
    /// The chart.
    pub spec: ChartSpec,
    /// Heading of its data, where a document folds them away.
    pub as_table: String,
    /// Heading of the chart in words, where a document folds them away.
    pub in_words: String,
}
