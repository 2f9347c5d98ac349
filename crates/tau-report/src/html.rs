//! The report as one HTML file: no script, nothing fetched, everything escaped.

use base64::Engine;
use sha2::{Digest, Sha256};
use tau_charts::words::escape;
use tau_charts::{Cell, ChartError, DataTable, Look, Theme, embedded_css};

use crate::report::{Block, Figure, Report, Table};

/// Width of a chart in the report, in pixels.
const CHART_WIDTH: u32 = 912;

/// Writes the report as a page for a browser. It opens without a network and runs no script, which
/// its policy also forbids; of styles the policy admits the page's own and no other.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn html_report(report: &Report) -> Result<String, ChartError> {
    let (language, title) = (report.language, escape(&report.title));
    let mut body = format!(
        "<header><p class=\"kicker\">{kicker}</p>\n<h1 dir=\"auto\">{title}</h1>\n<p class=\"made\">{made}</p></header>\n",
        kicker = escape(&report.kicker),
        made = escape(&report.made),
    );
    for section in &report.sections {
        body.push_str(&format!("<section><h2>{}</h2>\n", escape(&section.heading)));
        for block in &section.blocks {
            body.push_str(&html(block, report)?);
            body.push('\n');
        }
        body.push_str("</section>\n");
    }
    let style = embedded_css(&body) + STYLE;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    Ok(format!(
        "<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\n\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hash}'; font-src data:; base-uri 'none'; form-action 'none'\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
<title>{title}</title>\n<style>{style}</style></head>\n<body><main>\n\
{body}</main></body></html>\n",
        tag = language.tag(),
        direction = if language.is_right_to_left() { "rtl" } else { "ltr" },
    ))
}

fn html(block: &Block, report: &Report) -> Result<String, ChartError> {
    Ok(match block {
        Block::Lead(text) => paragraph("lead", text),
        Block::Text(text) => paragraph("text", text),
        Block::Caution(text) => format!("<p class=\"caution\" role=\"note\">{}</p>", escape(text)),
        Block::Head(text) => format!("<h3>{}</h3>", escape(text)),
        Block::List(lines) => {
            let lines: String =
                lines.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
            format!("<ul>{lines}</ul>")
        }
        Block::Facts(facts) => {
            let facts = facts.iter().map(|(name, value)| {
                format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>", escape(name), escape(value))
            });
            format!("<dl>{}</dl>", facts.collect::<String>())
        }
        Block::Table(table) => html_table(table),
        Block::Figure(figure) => html_figure(figure, report)?,
        Block::Said(lines) => {
            let lines = lines.iter().map(|(by, text)| {
                format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>", escape(by), escape(text))
            });
            format!("<dl class=\"said\">{}</dl>", lines.collect::<String>())
        }
    })
}

fn paragraph(class: &str, text: &str) -> String {
    format!("<p class=\"{class}\">{}</p>", escape(text))
}

fn html_figure(figure: &Figure, report: &Report) -> Result<String, ChartError> {
    let language = report.language;
    let drawing = figure.spec.draw(&Look::window(Theme::Light, CHART_WIDTH, language))?;
    let words: String =
        drawing.text.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
    Ok(format!(
        "<figure><h3>{}</h3>\n<p class=\"sentence\">{}</p>\n<div class=\"wide\" dir=\"ltr\">{}</div>\n\
<figcaption>{}</figcaption>\n<details><summary>{}</summary><ul>{words}</ul></details>\n\
<details><summary>{}</summary>{}</details></figure>",
        escape(&figure.title),
        escape(&figure.sentence),
        drawing.svg,
        escape(&figure.n),
        escape(&figure.in_words),
        escape(&figure.as_table),
        html_table(&drawn(&figure.spec.table(language))),
    ))
}

/// A chart's data as a table of texts.
fn drawn(data: &DataTable) -> Table {
    let is_figure = |column: usize| {
        let mut cells = data.rows.iter().filter_map(|row| row.get(column));
        cells.any(|cell| matches!(cell, Cell::Number { .. }))
    };
    let columns = data.columns.iter().enumerate();
    Table {
        columns: columns.map(|(index, name)| (name.clone(), is_figure(index))).collect(),
        rows: data.rows.iter().map(|row| row.iter().map(Cell::shown).collect()).collect(),
    }
}

fn html_table(table: &Table) -> String {
    let class = |index: usize| match table.columns.get(index) {
        Some((_, true)) => " class=\"figure\"",
        _ => "",
    };
    let heads = table.columns.iter().enumerate().map(|(index, (name, _))| {
        format!("<th scope=\"col\"{}>{}</th>", class(index), escape(name))
    });
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(index, cell)| match index {
            0 => format!("<th scope=\"row\" dir=\"auto\">{}</th>", escape(cell)),
            _ => format!("<td{}>{}</td>", class(index), escape(cell)),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    });
    format!(
        "<div class=\"wide\"><table><thead><tr>{}</tr></thead>\n<tbody>{}</tbody></table></div>",
        heads.collect::<String>(),
        rows.collect::<String>(),
    )
}

/// Paper and ink, the window's tokens.
const STYLE: &str = ":root{color-scheme:light}body{margin:0;background:#faf9f6;color:#1b1d1f;font:14px/1.5 \"Noto Sans\",sans-serif}\
main{max-width:960px;margin:0 auto;padding:40px 24px}\
h1{font-size:26px;line-height:1.3;margin:0 0 4px;overflow-wrap:anywhere}\
h2{font-size:19px;margin:44px 0 8px;padding-top:12px;border-top:1px solid #8d8a82}\
h3{font-size:15px;margin:28px 0 6px;overflow-wrap:anywhere}\
.kicker,.made{margin:0;color:#4c5156;font-size:12px}\
p{max-width:720px;overflow-wrap:anywhere}\
.lead{font-size:19px;line-height:1.4;font-weight:700;margin:12px 0}\
.caution{padding:8px 12px;border:1px solid #8d8a82;border-inline-start:6px solid #d55e00;background:#fff}\
.sentence{margin:4px 0 12px;font-size:15px}\
figure{margin:36px 0}figcaption,summary{color:#4c5156;font-size:12px}summary{padding:4px 0;cursor:pointer}\
.wide{overflow-x:auto}\
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}\
th,td{text-align:start;vertical-align:top;padding:6px 0;padding-inline-end:12px;border-bottom:1px solid #e0dcd3;overflow-wrap:break-word;max-width:320px}\
thead th{font-size:12px;color:#4c5156;vertical-align:bottom}tbody th{font-weight:400}\
.figure{text-align:end}\
ul{padding-inline-start:20px;max-width:720px;overflow-wrap:anywhere}\
dl{display:grid;grid-template-columns:minmax(80px,max-content) 1fr;gap:4px 24px}dt{color:#4c5156}dd{margin:0;overflow-wrap:anywhere}\
.said{padding-inline-start:12px;border-inline-start:3px solid #e0dcd3}dd{white-space:pre-line}\
@media print{body{background:#fff}main{padding:0}tr,figure{break-inside:avoid}h2,h3{break-after:avoid}}";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::facts;

    fn page() -> String {
        html_report(&Report::of(&facts())).unwrap()
    }

    /// Names of all attributes. Values are quoted and hold neither quotes nor brackets.
    fn attributes(page: &str) -> Vec<&str> {
        let tags = page.split('<').skip(1).filter_map(|part| Some(part.split_once('>')?.0));
        let outside = tags.flat_map(|tag| tag.split('"').step_by(2));
        outside.filter_map(|piece| piece.trim().strip_suffix('=')?.rsplit(' ').next()).collect()
    }

    #[test]
    fn the_page_stands_alone_and_runs_nothing() {
        let page = page();
        assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
        assert!(!page.contains("<script") && !page.contains("<style "));
        for attribute in attributes(&page) {
            assert!(attribute != "style" && !attribute.starts_with("on"), "{attribute}");
        }
        for fetching in ["src=\"", "href", "url(http", "url(//", "@import", "<link", "<iframe"] {
            assert!(!page.contains(fetching), "{fetching}");
        }
        let addresses = page.matches("http://").count() + page.matches("https://").count();
        let names = page.matches("xmlns=\"http://www.w3.org/2000/svg\"").count();
        assert_eq!(addresses, names, "the name of SVG's vocabulary is the only address");
        assert_eq!(names, facts().charts.len());
    }

    #[test]
    fn the_policy_admits_the_pages_own_style_by_its_hash() {
        let page = page();
        let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style));
        assert!(page.contains(&format!("style-src 'sha256-{hash}'")));
        assert_eq!(page.matches("<style>").count(), 1, "charts bring no style of their own");
    }

    #[test]
    fn nothing_of_a_run_is_markup() {
        let mut facts = facts();
        let evil = "<img src=x onerror=alert(1)>&\"'";
        facts.name = evil.into();
        facts.agent = evil.into();
        facts.domain = evil.into();
        facts.customer = evil.into();
        facts.generated = evil.into();
        facts.product = evil.into();
        facts.setup = vec![(evil.into(), evil.into())];
        facts.cautions = vec![evil.into()];
        facts.sensitivity = Some(evil.into());
        facts.result.sentence = evil.into();
        facts.result.notes = vec![evil.into()];
        for row in &mut facts.result.rows {
            row.name = evil.into();
        }
        for row in &mut facts.rows {
            row.task_id = evil.into();
        }
        facts.titles.insert(evil.into(), evil.into());
        for chart in &mut facts.charts {
            chart.title = evil.into();
        }
        for one in &mut facts.fidelity {
            (one.name, one.sentence) = (evil.into(), evil.into());
        }
        for one in &mut facts.worst {
            (one.task_id, one.condition, one.reason) = (evil.into(), evil.into(), evil.into());
            one.fault = Some(evil.into());
            one.excerpt.iter_mut().for_each(|said| said.text = evil.into());
        }
        facts.result.excluded = vec![evil.into()];
        let page = html_report(&Report::of(&facts)).unwrap();
        assert!(!page.contains("<img") && !page.contains("&\"'"));
        assert!(page.matches("&lt;img src=x onerror=alert(1)&gt;").count() > 20);
    }

    #[test]
    fn the_page_holds_every_part() {
        let page = page();
        assert!(page.contains("<h1 dir=\"auto\">Spring &lt;release&gt;</h1>"));
        assert!(page.contains("With impatient customers success fell 58 points"));
        assert!(page.contains("Practice, not a real model"));
        assert!(page.contains("<dt>Seed</dt><dd dir=\"auto\">7</dd>"));
        assert!(page.contains("Stopped early &amp; resumed."));
        assert!(page.contains("never said &quot;54&quot;"));
        assert!(page.contains("Figure 1. "));
        assert!(page.contains("n = 12 tasks, 24 of 24 conversations scored."));
        for heading in Report::of(&facts()).sections {
            assert!(page.contains(&format!("<h2>{}</h2>", heading.heading)));
        }
    }

    #[test]
    fn a_real_model_carries_no_practice_label() {
        let mut facts = facts();
        facts.result.practice = false;
        let page = html_report(&Report::of(&facts)).unwrap();
        assert!(!page.contains("Practice, not a real model: the figures"));
    }

    #[test]
    fn an_arabic_page_runs_from_right_to_left() {
        let mut facts = facts();
        facts.language = tau_charts::Language::Ar;
        let page = html_report(&Report::of(&facts)).unwrap();
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    }
}
