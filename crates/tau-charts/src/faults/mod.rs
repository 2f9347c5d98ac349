//! Whose fault failures were: a stack a condition.

mod layout;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::canvas::svg;
use crate::language::args;
use crate::spec::Chart;
use crate::{Cell, ChartError, DataTable, Drawing, Heading, Language, Look};
use layout::Layout;

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultStack {
    /// Title and notes.
    pub heading: Heading,
    /// The conditions, the baseline first.
    pub rows: Vec<FaultRow>,
}

/// A condition's failures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FaultRow {
    /// The condition's id.
    pub condition_id: String,
    /// Its name.
    pub name: String,
    /// Conversations scored.
    pub scored: usize,
    /// Conversations without a score: infrastructure failures, never part of the stack.
    pub not_scored: usize,
    /// Failures that the customer caused.
    pub user: usize,
    /// Failures that the agent caused.
    pub agent: usize,
    /// Failures that the environment caused.
    pub environment: usize,
    /// Failures whose grading is in doubt.
    pub grader: usize,
    /// Failures that nobody has judged.
    pub unjudged: usize,
}

impl FaultRow {
    /// All failures.
    pub fn failed(&self) -> usize {
        self.user + self.agent + self.environment + self.grader + self.unjudged
    }
}

/// A part of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    User,
    Agent,
    Environment,
    Grader,
    Unjudged,
}

impl Part {
    /// In the order of the stack.
    const ALL: [Part; 5] =
        [Part::User, Part::Agent, Part::Environment, Part::Grader, Part::Unjudged];

    /// As [`crate::Opens::author`] has it.
    fn author(self) -> &'static str {
        match self {
            Part::User => "user",
            Part::Agent => "agent",
            Part::Environment => "environment",
            Part::Grader => "grader",
            Part::Unjudged => "unjudged",
        }
    }

    fn name(self, language: Language) -> String {
        language.word(match self {
            Part::User => "faults-user",
            Part::Agent => "faults-agent",
            Part::Environment => "faults-environment",
            Part::Grader => "faults-grader",
            Part::Unjudged => "faults-not-judged",
        })
    }

    fn of(self, row: &FaultRow) -> usize {
        match self {
            Part::User => row.user,
            Part::Agent => row.agent,
            Part::Environment => row.environment,
            Part::Grader => row.grader,
            Part::Unjudged => row.unjudged,
        }
    }
}

impl Chart for FaultStack {
    fn draw(&self, look: &Look) -> Result<Drawing, ChartError> {
        let layout = Layout::of(self, look.width, look.language);
        let text = self.text(look.language);
        let size = (layout.width, layout.height);
        let svg = svg(size, &text, look, |canvas| layout.paint(canvas, look.language))?;
        Ok(Drawing { svg, width: size.0, height: size.1, hotspots: layout.hotspots, text })
    }

    fn sentence(&self, language: Language) -> String {
        let sum = |of: fn(&FaultRow) -> usize| self.rows.iter().map(of).sum::<usize>();
        let (scored, failed) = (sum(|row| row.scored), sum(FaultRow::failed));
        let unjudged = sum(|row| row.unjudged);
        let id = match (scored, failed) {
            (0, _) => "faults-nothing",
            (_, 0) => "faults-none-failed",
            _ if unjudged == failed => "faults-unjudged",
            _ if unjudged == 0 => "faults-judged-all",
            _ => "faults-judged",
        };
        let args = args![
            "scored": scored,
            "failed": failed,
            "user": sum(|row| row.user),
            "agent": sum(|row| row.agent),
            "environment": sum(|row| row.environment),
            "grader": sum(|row| row.grader),
            "unjudged": unjudged,
        ];
        language.say(id, args)
    }

    fn text(&self, language: Language) -> Vec<String> {
        let row = |row: &FaultRow| {
            let id = if row.scored == 0 { "faults-row-nothing" } else { "faults-row" };
            let args = args![
                "name": language.named(&row.name),
                "scored": row.scored,
                "not-scored": row.not_scored,
                "failed": row.failed(),
                "share": language.percent(row.share(row.failed())),
                "user": row.user,
                "agent": row.agent,
                "environment": row.environment,
                "grader": row.grader,
                "unjudged": row.unjudged,
            ];
            language.say(id, args)
        };
        let text: Vec<String> = self.rows.iter().map(row).collect();
        if text.is_empty() { vec![language.word("faults-nothing")] } else { text }
    }

    fn table(&self, language: Language) -> DataTable {
        let columns = language.columns(&[
            "column-condition",
            "column-condition-id",
            "column-scored",
            "column-not-scored",
            "faults-column-failed",
            "faults-column-share",
            "faults-column-user",
            "faults-column-agent",
            "faults-column-environment",
            "faults-column-grader",
            "faults-column-unjudged",
        ]);
        let row = |row: &FaultRow| {
            let share = (row.scored > 0).then(|| row.share(row.failed()));
            let mut cells = vec![
                Cell::text(&row.name),
                Cell::text(&row.condition_id),
                Cell::count(row.scored),
                Cell::count(row.not_scored),
                Cell::count(row.failed()),
                Cell::figure(share, 100.0, 2),
            ];
            cells.extend(Part::ALL.map(|part| Cell::count(part.of(row))));
            cells
        };
        DataTable { rows: self.rows.iter().map(row).collect(), columns }
    }
}

impl FaultRow {
    /// A count as a share of the scored conversations; 0 where there are none.
    fn share(&self, count: usize) -> f64 {
        if self.scored == 0 { 0.0 } else { count as f64 / self.scored as f64 }
    }

    /// A part in words.
    fn part_sentence(&self, part: Part, language: Language) -> String {
        let id = match part {
            Part::User => "faults-part-user",
            Part::Agent => "faults-part-agent",
            Part::Environment => "faults-part-environment",
            Part::Grader => "faults-part-grader",
            Part::Unjudged => "faults-part-unjudged",
        };
        let n = part.of(self);
        let args = args![
            "name": language.named(&self.name),
            "n": n,
            "failed": self.failed(),
            "scored": self.scored,
            "share": language.percent(self.share(n)),
        ];
        language.say(id, args)
    }
}
