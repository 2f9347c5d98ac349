//! From facts to the document: question, findings, set-up.

use super::{Block, Figure, Report, ReportFacts, Section, Table, Words, appendix, method, worst};

impl Report {
    /// The report of a run.
    pub fn of(facts: &ReportFacts) -> Report {
        let words = Words(facts.language);
        let made =
            [("date", facts.generated.as_str().into()), ("product", (&facts.product).into())];
        Report {
            language: facts.language,
            kicker: words.of("report-of-a-run"),
            title: facts.name.clone(),
            made: words.say("made", &made),
            sections: vec![
                key_finding(facts, words),
                question(facts, words),
                set_up(facts, words),
                findings(facts, words),
                worst::section(facts, words),
                method::section(facts, words),
                appendix::section(facts, words),
            ],
        }
    }
}

fn key_finding(facts: &ReportFacts, words: Words) -> Section {
    let mut blocks = vec![Block::Lead(facts.result.sentence.clone())];
    if facts.result.practice {
        blocks.push(Block::Caution(words.of("practice-label")));
    }
    blocks.extend(facts.cautions.iter().cloned().map(Block::Caution));
    blocks.extend(facts.sensitivity.iter().cloned().map(Block::Text));
    Section { heading: words.of("section-key-finding"), blocks }
}

fn question(facts: &ReportFacts, words: Words) -> Section {
    let known = |name: &str| ("known", if name.is_empty() { "no" } else { "yes" }.into());
    let mut blocks = vec![Block::Text(words.say(
        "question",
        &[
            known(&facts.agent),
            ("agent", (&facts.agent).into()),
            ("domain", (&facts.domain).into()),
        ],
    ))];
    let customer = [known(&facts.customer), ("customer", (&facts.customer).into())];
    match facts.result.rows.as_slice() {
        [] => {}
        [only] => blocks.push(Block::Text(
            words
                .say("question-alone", &[&customer[..], &[("name", (&only.name).into())]].concat()),
        )),
        rows => {
            blocks.push(Block::Text(words.say("question-customers", &customer)));
            blocks.push(Block::List(rows.iter().map(|row| row.name.clone()).collect()));
        }
    }
    Section { heading: words.of("section-question"), blocks }
}

fn set_up(facts: &ReportFacts, words: Words) -> Section {
    let fixed = [
        ("fact-domain", &facts.domain),
        ("fact-agent", &facts.agent),
        ("fact-customer", &facts.customer),
    ];
    let fixed = fixed.map(|(id, value)| (words.of(id), value.clone()));
    let size = [("tasks", facts.tasks().into()), ("conditions", facts.result.rows.len().into())];
    let named = fixed.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = named.chain(facts.setup.iter().cloned()).collect();
    Section {
        heading: words.of("section-set-up"),
        blocks: vec![Block::Text(words.say("contents-of-run", &size)), Block::Facts(lines)],
    }
}

fn findings(facts: &ReportFacts, words: Words) -> Section {
    let mut blocks =
        vec![Block::Head(words.of("table-results")), Block::Table(results(facts, words))];
    if !facts.result.notes.is_empty() {
        blocks.push(Block::List(facts.result.notes.clone()));
    }
    if facts.charts.is_empty() {
        blocks.push(Block::Text(words.of("no-charts")));
    }
    let n = words.say(
        "figure-n",
        &[
            ("tasks", facts.tasks().into()),
            ("scored", facts.result.scored.into()),
            ("planned", facts.result.planned.into()),
        ],
    );
    for (index, chart) in facts.charts.iter().enumerate() {
        let title = [("number", (index + 1).into()), ("title", (&chart.title).into())];
        blocks.push(Block::Figure(Box::new(Figure {
            title: words.say("figure", &title),
            sentence: chart.spec.sentence(facts.language),
            n: n.clone(),
            spec: chart.spec.clone(),
            as_table: words.of("as-table"),
            in_words: words.of("in-words"),
        })));
    }
    Section { heading: words.of("section-findings"), blocks }
}

/// The result, a row a condition.
fn results(facts: &ReportFacts, words: Words) -> Table {
    let compares = facts.compares();
    let mut columns = vec![
        (words.of("column-condition"), false),
        (words.of("column-scored"), true),
        (words.of("column-success"), true),
    ];
    if compares {
        columns.push((words.of("column-change"), true));
        columns.push((words.of("column-verdict"), false));
    }
    let rows = facts.result.rows.iter().map(|row| {
        let mut cells = vec![
            row.name.clone(),
            words.scored(row.scored, row.planned),
            words.rate(row.rate, row.rate_interval),
        ];
        if compares {
            cells.push(words.change(row.difference, row.difference_interval));
            cells.push(row.verdict.map(|verdict| words.verdict(verdict)).unwrap_or_default());
        }
        cells
    });
    Table { columns, rows: rows.collect() }
}
