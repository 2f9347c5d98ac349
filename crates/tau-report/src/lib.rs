//! What a run says: one sentence, a table, a chart, a page to send on, and conversations explained.
//!
//! Everything here is a function of plain data: rows in, text or pictures out. Nothing reads a
//! store, a file or a clock (a date to print is passed in), so the same run gives the same bytes
//! on screen and in every export.
//!
//! - [`run_result`] computes the figures (through `tau-stats`) over the conversations that an [`Analysis`]
//!   leaves, with the headline and the [`Caution`]s; [`sensitivity`] is the same without the customers'
//!   faults; [`between_runs`] says what differs between runs that are compared.
//! - [`pictures`] are the specifications of a run's charts, or why there is none yet;
//!   [`pictures_of_runs`] those of several runs. `tau-charts` draws them.
//! - [`Report`] is a whole report as a document; [`html_report`] lays it out for a browser, [`pages`]
//!   for print.
//! - [`workbook`] is a run as a workbook, [`write_line`] a conversation as a line of JSON.
//! - [`explain`] turns a conversation's grade, state differences and tool calls into plain words.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cautions;
pub mod explain;
pub mod fidelity;
mod headline;
mod html;
mod lines;
mod pages;
mod pictures;
mod report;
mod result;
mod rows;
mod say;
mod sensitivity;
mod table;
mod workbook;

#[cfg(test)]
mod samples;

pub use cautions::{Caution, CautionKind, between_runs};
pub use html::html_report;
pub use lines::{
    ConditionLine, ConversationLine, Costs, FaultLine, MessageLine, Replies, RunLine, TaskLine,
    Tokens, write_line,
};
pub use pages::{Page, PrintError, pages, pdf_report};
pub use pictures::{
    Picture, Study, drop_chart, for_file, for_page, picture, pictures, pictures_of_runs,
};
pub use report::{
    Block, ConditionFidelity, Figure, Report, ReportChart, ReportFacts, Said, Section, Speaker,
    Table, WorstConversation, WorstTask, worst_tasks,
};
pub use result::{
    AskedTrait, BASELINE, PassKRow, ReportCondition, ResultRow, ResultSettings, RunResult,
    run_result,
};
pub use rows::{Analysis, AtFault, Effort, EpisodeRow, Fault};
pub use sensitivity::{Sensitivity, sensitivity};
pub use table::{
    AVERAGE, PassBoard, PassCell, PassLine, TableCondition, TableFormat, TableRun, TraitCell,
    TraitColumn, TraitLine, TraitTable, pass_board, render_board, render_traits, trait_table,
};
pub use workbook::{BookConversation, WorkbookError, workbook};
