//! What stands on the pages, read back from their SVG.

use super::*;
use crate::report::Table;
use crate::report::samples::{facts, large_facts};
use tau_charts::Language;
use tau_charts::letters::{Weight, width};

/// A text on a page: where its baseline begins and ends, and what it says.
#[derive(Debug)]
struct Text {
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    words: String,
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    Some(tag.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0)
}

fn plain(text: &str) -> String {
    let marks = |c: char| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&").chars().filter(|c| marks(*c)).collect()
}

/// The report's own texts: those of charts stand in an inner SVG.
fn texts(page: &Page) -> Vec<Text> {
    let mut depth = 0;
    let mut found = Vec::new();
    for part in page.svg.split('<').skip(1) {
        if part.starts_with("svg") {
            depth += 1;
        } else if part.starts_with("/svg") {
            depth -= 1;
        } else if depth == 1 && part.starts_with("text ") {
            let (tag, words) = part.split_once('>').unwrap();
            let number = |name| attribute(tag, name).unwrap().parse::<f64>().unwrap();
            let weight = if attribute(tag, "font-weight") == Some("700") {
                Weight::Bold
            } else {
                Weight::Regular
            };
            let words = plain(words);
            let (x, size) = (number("x"), number("font-size"));
            let wide = f64::from(width(&words, size as f32, weight));
            let left = if attribute(tag, "text-anchor") == Some("end") { x - wide } else { x };
            found.push(Text { left, right: left + wide, y: number("y"), size, words });
        }
    }
    assert_eq!(depth, 0, "every SVG is closed");
    found
}

/// Nothing leaves the page or stands on something else.
fn assert_in_order(pages: &[Page]) {
    for (number, page) in pages.iter().enumerate() {
        let texts = texts(page);
        for (index, one) in texts.iter().enumerate() {
            let at = format!("page {}: {one:?}", number + 1);
            assert!(one.left >= SIDE - 0.5 && one.right <= WIDTH - SIDE + 0.5, "{at}");
            assert!(one.y > 40.0 && one.y < HEIGHT - 30.0, "{at}");
            for other in &texts[index + 1..] {
                let apart = one.right <= other.left + 0.5
                    || other.right <= one.left + 0.5
                    || (one.y - other.y).abs() >= 0.9 * one.size.min(other.size);
                assert!(apart, "{at} and {other:?}");
            }
        }
        for inner in page.svg.split("<svg x=").skip(1) {
            let tag = format!(" x={}", inner.split_once('>').unwrap().0);
            let number = |name| attribute(&tag, name).unwrap().parse::<f64>().unwrap();
            assert!(number("x") >= SIDE - 0.5 && number("y") > 40.0);
            assert!(number("x") + number("width") <= WIDTH - SIDE + 0.5);
            assert!(number("y") + number("height") <= HEIGHT - 60.0);
        }
    }
}

fn all_words(pages: &[Page]) -> String {
    pages.iter().flat_map(texts).map(|text| text.words + " ").collect()
}

#[test]
fn a_report_of_any_size_stays_on_its_pages() {
    assert_in_order(&pages(&Report::of(&facts())).unwrap());
    let large = pages(&Report::of(&large_facts(Language::En))).unwrap();
    assert!(large.len() > 5);
    assert_in_order(&large);
}

#[test]
fn an_arabic_report_stands_mirrored() {
    let pages = pages(&Report::of(&large_facts(Language::Ar))).unwrap();
    assert_in_order(&pages);
    let first = &texts(&pages[0])[0];
    assert!((first.right - (WIDTH - SIDE)).abs() < 0.5, "{first:?}");
    assert!(pages[0].svg.contains('\u{202b}'));
}

#[test]
fn the_pages_say_what_the_report_says() {
    let report = Report::of(&facts());
    let said = all_words(&pages(&report).unwrap());
    let mut texts = vec![report.title.clone(), report.made.clone()];
    for section in &report.sections {
        texts.push(section.heading.clone());
        for block in &section.blocks {
            match block {
                Block::Lead(text)
                | Block::Text(text)
                | Block::Caution(text)
                | Block::Head(text) => {
                    texts.push(text.clone());
                }
                Block::List(lines) => texts.extend(lines.iter().cloned()),
                Block::Facts(pairs) | Block::Said(pairs) => {
                    texts.extend(pairs.iter().map(|(_, value)| value.clone()));
                }
                Block::Figure(figure) => {
                    texts.extend([figure.title.clone(), figure.sentence.clone()])
                }
                Block::Table(_) => {}
            }
        }
    }
    for text in texts {
        assert!(said.contains(text.trim()), "{text}\nis not in\n{said}");
    }
}

#[test]
fn pages_are_numbered_and_name_the_run() {
    let pages = pages(&Report::of(&large_facts(Language::En))).unwrap();
    for (index, page) in pages.iter().enumerate() {
        let said = all_words(std::slice::from_ref(page));
        assert!(said.contains(&format!("Page {} of {}", index + 1, pages.len())));
        assert!(said.contains("Twelve kinds of customers"));
    }
}

#[test]
fn a_table_that_goes_on_repeats_its_head() {
    let columns = vec![("Task".to_owned(), false), ("Succeeded".to_owned(), true)];
    let rows = (0..150).map(|task| vec![format!("task-{task}"), "3/3".to_owned()]);
    let mut paper = Paper::new(false);
    table::table(&mut paper, &Table { columns, rows: rows.collect() });
    assert!(paper.sheets.len() > 2);
    for sheet in &paper.sheets {
        assert_eq!(sheet.matches(">Succeeded</text>").count(), 1);
    }
    let all = paper.sheets.concat();
    for task in 0..150 {
        assert_eq!(all.matches(&format!(">task-{task}</text>")).count(), 1);
    }
}

#[test]
fn the_same_report_gives_the_same_pages() {
    let report = Report::of(&large_facts(Language::En));
    assert_eq!(pages(&report).unwrap(), pages(&report).unwrap());
    if let Some(folder) = std::env::var_os("TAUTRAIT_DOCUMENTS") {
        crate::report::samples::show(std::path::Path::new(&folder));
    }
}
