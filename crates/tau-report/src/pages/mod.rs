//! The report as pages for print: A4, laid out as SVG, and as a PDF of these pages.
//!
//! Everything is measured before it is placed: headings stay with what follows, figures stay whole,
//! tables break between rows and repeat their heads.

mod paper;
mod table;

use tau_charts::{ChartError, Look, PdfAbout, PdfPage, RenderError, Theme, pdf};

use crate::report::{Block, Figure, Report, Words};
use paper::{ALERT, EDGE, End, HAIRLINE, HEIGHT, Paper, ROOM, SIDE, Type, WIDTH, line_svg};

/// A page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The page; lengths in it are points.
    pub svg: String,
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
}

/// Why a report could not be made for print.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The pages could not be written as PDF.
    #[error(transparent)]
    Pdf(#[from] RenderError),
}

/// The report as a PDF. `created_ms` is the time in its properties, Unix time in milliseconds.
///
/// # Errors
/// When a chart cannot be drawn or a page not be written.
pub fn pdf_report(report: &Report, created_ms: i64) -> Result<Vec<u8>, PrintError> {
    // Pages of a PDF are asked for in pixels of CSS, 96 to the inch.
    let pixels = |points: f64| (points * 96.0 / 72.0) as f32;
    let pages = pages(report)?;
    let pages: Vec<PdfPage<'_>> = pages
        .iter()
        .map(|page| PdfPage {
            svg: &page.svg,
            width: pixels(page.width),
            height: pixels(page.height),
        })
        .collect();
    let about = PdfAbout {
        title: &report.title,
        language: report.language.tag(),
        subject: &report.kicker,
        created: Some(created_ms / 1000),
    };
    Ok(pdf(&pages, &about)?)
}

/// Width in pixels at which charts are drawn before they are scaled to the page: their letters then
/// come out about as large as the report's.
const CHART_WIDTH: u32 = 760;
const BODY: Type = Type::regular(9.5);
const NOTE: Type = Type::regular(8.0).soft();
const SUBHEAD: Type = Type::bold(10.5);
const SECTION: Type = Type::bold(14.0);
const WHOLE: (f64, f64) = (SIDE, SIDE + ROOM);
/// No text of a report is longer; what is would be a run's own text gone wrong.
const MOST_LINES: usize = 60;
/// Most lines of something that was said.
const SAID_LINES: usize = 10;

/// Lays a report out on pages.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn pages(report: &Report) -> Result<Vec<Page>, ChartError> {
    let mirrored = report.language.is_right_to_left();
    let mut paper = Paper::new(mirrored);
    head(&mut paper, report);
    for section in &report.sections {
        heading(&mut paper, &section.heading, section.blocks.first());
        for (index, block) in section.blocks.iter().enumerate() {
            place(&mut paper, block, section.blocks.get(index + 1), report)?;
        }
    }
    let words = Words(report.language);
    let last = paper.sheets.len();
    let sheets = paper.sheets.into_iter().enumerate();
    Ok(sheets
        .map(|(index, body)| finished(report, words, mirrored, &body, index + 1, last))
        .collect())
}

fn head(paper: &mut Paper, report: &Report) {
    let title = Type::bold(22.0);
    paper.lines(&NOTE.wrap(&report.kicker, ROOM, 2), WHOLE, NOTE);
    paper.lines(&title.wrap(&report.title, ROOM, 5), WHOLE, title);
    paper.lines(&NOTE.wrap(&report.made, ROOM, 2), WHOLE, NOTE);
    paper.space(6.0);
}

/// A section's heading, together with the beginning of what it is above.
fn heading(paper: &mut Paper, text: &str, first: Option<&Block>) {
    let lines = SECTION.wrap(text, ROOM, 3);
    let height = 30.0 + lines.len() as f64 * SECTION.line;
    paper.need(height + first.map_or(0.0, beginning));
    paper.space(18.0);
    paper.rule(WHOLE, paper.y, 0.8, EDGE);
    paper.y += 8.0;
    paper.lines(&lines, WHOLE, SECTION);
    paper.y += 4.0;
}

/// About the least height with which a block can begin on a page.
fn beginning(block: &Block) -> f64 {
    match block {
        Block::Lead(text) => {
            lead_type().wrap(text, ROOM, MOST_LINES).len() as f64 * lead_type().line + 8.0
        }
        Block::Head(_) => 90.0,
        Block::Table(_) | Block::Caution(_) => 60.0,
        Block::Figure(_) | Block::Text(_) | Block::List(_) | Block::Facts(_) | Block::Said(_) => {
            36.0
        }
    }
}

const fn lead_type() -> Type {
    Type::bold(13.0)
}

fn place(
    paper: &mut Paper,
    block: &Block,
    next: Option<&Block>,
    report: &Report,
) -> Result<(), ChartError> {
    match block {
        Block::Lead(text) => {
            let kind = lead_type();
            let lines = kind.wrap(text, ROOM, MOST_LINES);
            paper.need((lines.len() as f64 * kind.line).min(Paper::whole()));
            paper.lines(&lines, WHOLE, kind);
            paper.space(6.0);
        }
        Block::Text(text) => {
            paper.lines(&BODY.wrap(text, ROOM, MOST_LINES), WHOLE, BODY);
            paper.space(5.0);
        }
        Block::Caution(text) => caution(paper, text),
        Block::Head(text) => {
            let lines = SUBHEAD.wrap(text, ROOM, 3);
            let height = lines.len() as f64 * SUBHEAD.line + 12.0;
            paper.need(height + next.map_or(0.0, beginning));
            paper.space(9.0);
            paper.lines(&lines, WHOLE, SUBHEAD);
            paper.space(3.0);
        }
        Block::List(lines) => {
            for line in lines {
                let lines = BODY.wrap(line, ROOM - 12.0, MOST_LINES);
                paper.need(BODY.line * (lines.len() as f64).min(3.0));
                let middle = paper.y + BODY.line / 2.0;
                paper.fill((SIDE + 1.0, SIDE + 4.0), (middle - 1.0, middle + 2.0), EDGE);
                paper.lines(&lines, (SIDE + 12.0, SIDE + ROOM), BODY);
                paper.space(2.0);
            }
            paper.space(4.0);
        }
        Block::Facts(facts) => {
            pairs(paper, facts, 6);
        }
        Block::Table(table) => {
            table::table(paper, table);
            paper.space(8.0);
        }
        Block::Figure(one) => figure(paper, one, report)?,
        Block::Said(lines) => {
            pairs(paper, lines, SAID_LINES);
        }
    }
    Ok(())
}

/// A caution: a bar beside it, so that it is seen without its colour.
fn caution(paper: &mut Paper, text: &str) {
    let lines = BODY.wrap(text, ROOM - 16.0, MOST_LINES);
    let height = lines.len() as f64 * BODY.line + 8.0;
    paper.need(height.min(Paper::whole()));
    let top = paper.y;
    paper.y += 4.0;
    let sheet = paper.sheets.len();
    paper.lines(&lines, (SIDE + 14.0, SIDE + ROOM), BODY);
    paper.y += 4.0;
    if paper.sheets.len() == sheet {
        paper.fill((SIDE, SIDE + 5.0), (top, paper.y), ALERT);
        paper.rule((SIDE + 5.0, SIDE + ROOM), top, 0.6, EDGE);
        paper.rule((SIDE + 5.0, SIDE + ROOM), paper.y, 0.6, EDGE);
    }
    paper.space(6.0);
}

/// Names and values beside each other.
fn pairs(paper: &mut Paper, pairs: &[(String, String)], most: usize) {
    let kind = Type::regular(9.0);
    let names = pairs.iter().map(|(name, _)| kind.width(name)).fold(40.0, f64::max).min(150.0);
    let value = (SIDE + names + 14.0, SIDE + ROOM);
    for (name, text) in pairs {
        let names = kind.wrap(name, names + 0.01, 3);
        let lines = kind.wrap(text, value.1 - value.0, most);
        paper.need(names.len().max(lines.len()).max(1) as f64 * kind.line);
        let top = paper.y;
        paper.lines(&names, WHOLE, kind.soft());
        let below = paper.y;
        paper.y = top;
        paper.lines(&lines, value, kind);
        paper.y = paper.y.max(below) + 1.5;
    }
    paper.space(6.0);
}

/// A figure with its title and sentence on one page, made smaller where it is higher than that.
fn figure(paper: &mut Paper, figure: &Figure, report: &Report) -> Result<(), ChartError> {
    let look = Look::window(Theme::Light, CHART_WIDTH, report.language);
    let drawing = figure.spec.draw(&look)?;
    let title = SUBHEAD.wrap(&figure.title, ROOM, 4);
    let sentence = BODY.wrap(&figure.sentence, ROOM, MOST_LINES);
    let n = NOTE.wrap(&figure.n, ROOM, 3);
    let words = title.len() as f64 * SUBHEAD.line
        + sentence.len() as f64 * BODY.line
        + n.len() as f64 * NOTE.line
        + 24.0;
    let (width, height) = (f64::from(drawing.width), f64::from(drawing.height));
    // Never larger than its letters would be beside the text.
    let across = (ROOM / width).min(0.75);
    let scale = across.min((Paper::whole() - words).max(80.0) / height);
    paper.need(words + height * scale);
    paper.space(12.0);
    paper.lines(&title, WHOLE, SUBHEAD);
    paper.space(2.0);
    paper.lines(&sentence, WHOLE, BODY);
    paper.space(4.0);
    let (wide, high) = (width * scale, height * scale);
    let left = SIDE + (ROOM - wide) / 2.0;
    let inner = drawing.svg.trim_start().strip_prefix("<svg").unwrap_or_default();
    // The chart's own size gives way to the place on the page; its view box stays.
    let inner = inner.split_once("viewBox").map_or("", |(_, rest)| rest);
    paper.put(&format!(
        "<svg x=\"{left:.2}\" y=\"{:.2}\" width=\"{wide:.2}\" height=\"{high:.2}\" viewBox{inner}",
        paper.y
    ));
    paper.y += high + 2.0;
    paper.lines(&n, WHOLE, NOTE);
    paper.space(6.0);
    Ok(())
}

/// A page with its foot.
fn finished(
    report: &Report,
    words: Words,
    mirrored: bool,
    body: &str,
    number: usize,
    of: usize,
) -> Page {
    let foot = HEIGHT - 38.0;
    let page = words.say("page", &[("page", number.into()), ("pages", of.into())]);
    let name = NOTE.wrap(&report.title, ROOM - NOTE.width(&page) - 30.0, 1);
    let name = name.first().map_or("", String::as_str);
    let line = |text: &str, end| line_svg(mirrored, text, WHOLE, foot, NOTE, end);
    Page {
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n{body}\
             <rect x=\"{SIDE}\" y=\"{:.2}\" width=\"{ROOM:.2}\" height=\"0.6\" fill=\"{HAIRLINE}\"/>\n{}\n{}\n</svg>\n",
            foot - 12.0,
            line(name, End::Start),
            line(&page, End::End),
        ),
        width: WIDTH,
        height: HEIGHT,
    }
}

#[cfg(test)]
mod tests;
