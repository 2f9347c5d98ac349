//! The parts of a result file as they are written.

use std::borrow::Cow;

use super::file::{Fault, ResultFile};
use super::scan::{Found, first, members};
use crate::RunsError;

impl ResultFile {
    /// The texts of the conversations, each with its number from 1.
    pub(super) fn texts(&self) -> impl Iterator<Item = (u32, Result<Cow<'_, str>, Fault>)> + '_ {
        self.found.iter().zip(1..).map(|((source, found), number)| {
            let text = found.text(&self.bytes[*source]);
            (number, text.map_err(|reason| self.fault_at(number, reason)))
        })
    }

    /// What is wrong with the conversation of this number.
    pub(super) fn fault_at(&self, number: u32, reason: String) -> Fault {
        let found = self.found.get(number as usize - 1);
        let line = found.map_or(1, |(_, found)| found.line);
        Fault { file: self.name().to_owned(), entry: Some(number), line, reason }
    }

    /// The file in `simulations` that the conversation of this number fills; `None` where all stand in one.
    pub(super) fn file_of(&self, number: u32) -> Option<&str> {
        let (source, _) = self.found.get(number as usize - 1)?;
        self.beside.get(source.checked_sub(1)?).map(String::as_str)
    }

    /// The members of the object that the first file is, each as it is written.
    ///
    /// # Errors
    /// When one is not UTF-8 text.
    pub(super) fn members(&self) -> Result<Vec<(String, &str)>, RunsError> {
        let bytes = &self.bytes[0];
        let at = first(bytes).map_or(0, |(at, _)| at);
        let (found, _) = members(bytes, at..bytes.len(), 1);
        let text = |(name, found): (String, Found)| {
            let text = std::str::from_utf8(&bytes[found.range.clone()]);
            text.map(|text| (name, text)).map_err(|_| self.refused("it is not UTF-8 text"))
        };
        found.into_iter().map(text).collect()
    }
}
