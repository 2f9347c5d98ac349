//! Made-up facts for tests of documents.

#![cfg(test)]

use tau_charts::{ChartSpec, Language};

use super::{ConditionFidelity, ReportChart, ReportFacts, Said, Speaker, WorstConversation};
use crate::samples::{episodes, named};
use crate::{BASELINE, EpisodeRow, ReportCondition, ResultSettings, drop_chart, run_result};

/// A run of two conditions with everything that a report can hold.
pub(crate) fn facts() -> ReportFacts {
    let conditions = [
        named(BASELINE, "Baseline", None, 0),
        named("x", "=Impatience <script>", Some("impatient customers"), 0),
    ];
    let rows =
        [episodes(BASELINE, 12, 1, |_, _| true), episodes("x", 12, 1, |task, _| task > 6)].concat();
    let settings = ResultSettings { practice: true, ..ResultSettings::default() };
    let result = run_result(&rows, &conditions, &settings);
    let chart = ChartSpec::Forest(drop_chart(&result, None));
    ReportFacts {
        language: Language::En,
        name: "Spring <release>".into(),
        domain: "Retail".into(),
        agent: "practice agent".into(),
        customer: "practice customer".into(),
        generated: "1 March 2026".into(),
        product: "Tau-Trait 1.0".into(),
        setup: vec![("Seed".into(), "7".into())],
        result,
        seed: 7,
        cautions: vec!["Stopped early & resumed.".into()],
        sensitivity: Some(
            "Without conversations whose customer was at fault it fell 50 points.".into(),
        ),
        fidelity: vec![ConditionFidelity {
            name: "=Impatience <script>".into(),
            shown: tau_charts::Shown::Shown,
            sentence: "Impatience was shown.".into(),
        }],
        rows,
        titles: [("task-000".to_owned(), "Return two lamps".to_owned())].into(),
        charts: vec![ReportChart { title: "Success & change".into(), spec: chart }],
        worst: vec![WorstConversation {
            task_id: "task-000".into(),
            condition: "=Impatience <script>".into(),
            trial: 0,
            reason: "Failed: the agent never said \"54\".".into(),
            fault: Some("Agent: it did not look up the price.".into()),
            excerpt: vec![
                Said { by: Speaker::Customer, text: "How much do I get back?".into() },
                Said { by: Speaker::Agent, text: "You will see.".into() },
            ],
        }],
    }
}

/// A run of twelve conditions and 115 tasks with names in several scripts.
pub(crate) fn large_facts(language: Language) -> ReportFacts {
    const NAMES: [&str; 12] = [
        "Baseline",
        "Impatience: Strong",
        "Ungeduldige und unaufmerksame Kundinnen und Kunden mit sehr langen Bezeichnungen: Extrem",
        "不耐烦的客户总是忘记自己的订单号码而且非常着急地要求马上得到答复",
        "عملاء غير صبورين ينسون رقم الطلب دائمًا",
        "לקוחות חסרי סבלנות",
        "<b>Bold & \"quoted\"</b>",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverband",
        "Нетерпеливые клиенты",
        "Confusion: Clear",
        "Skepticism: Slight",
        "x",
    ];
    let conditions: Vec<ReportCondition> = NAMES
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let id = if index == 0 { BASELINE.to_owned() } else { format!("c{index}") };
            named(&id, name, None, index.saturating_sub(1))
        })
        .collect();
    let rows: Vec<EpisodeRow> = conditions
        .iter()
        .enumerate()
        .flat_map(|(index, condition)| {
            let spread = index as u32;
            episodes(&condition.id, 115, 3, move |task, trial| {
                (task * 7 + trial * 3) % 20 >= 2 + spread * ((task + spread) % 3) / 2
            })
        })
        .collect();
    let result = run_result(&rows, &conditions, &ResultSettings::default());
    let chart = ReportChart {
        title: "Success and its change".into(),
        spec: ChartSpec::Forest(drop_chart(&result, None)),
    };
    let words = "I ordered two lamps last week and one of them arrived broken. ".repeat(4);
    let worst = WorstConversation {
        task_id: "task-003".into(),
        condition: NAMES[2].into(),
        trial: 1,
        reason: "Failed: the records do not match: 2 differences.".into(),
        fault: Some("Agent: it changed the wrong order.".into()),
        excerpt: vec![
            Said { by: Speaker::Customer, text: words.clone() },
            Said { by: Speaker::Agent, text: NAMES[3].into() },
            Said { by: Speaker::Tool, text: "Looked up order #W123: found".into() },
        ],
    };
    ReportFacts {
        language,
        name: "Twelve kinds of customers".into(),
        setup: (0..14)
            .map(|line| (format!("Setting {line}"), format!("{} {line}", NAMES[line % 12])))
            .collect(),
        cautions: vec![words, NAMES[4].into()],
        fidelity: NAMES[1..]
            .iter()
            .map(|name| ConditionFidelity {
                name: (*name).into(),
                shown: tau_charts::Shown::Weak,
                sentence: format!("“{name}”: shown at level 1.4 where 3 was asked for."),
            })
            .collect(),
        titles: (0..115).map(|task| (format!("task-{task:03}"), NAMES[task % 12].into())).collect(),
        charts: vec![chart; 3],
        worst: vec![worst; 6],
        rows,
        result,
        ..facts()
    }
}

/// Writes documents where `TAUTRAIT_DOCUMENTS` points, for a person to look at.
pub(crate) fn show(folder: &std::path::Path) {
    use crate::{Report, html_report, pages, workbook};
    for (name, facts) in [
        ("small", facts()),
        ("large", large_facts(Language::En)),
        ("large-ar", large_facts(Language::Ar)),
        ("large-zh", large_facts(Language::Zh)),
    ] {
        let report = Report::of(&facts);
        std::fs::write(folder.join(format!("{name}.html")), html_report(&report).unwrap()).unwrap();
        for (index, page) in pages(&report).unwrap().iter().enumerate() {
            std::fs::write(folder.join(format!("{name}-{:02}.svg", index + 1)), &page.svg).unwrap();
        }
        let pdf = crate::pdf_report(&report, 1_772_359_200_000).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), pdf).unwrap();
        let book = workbook(&facts, Vec::new(), 1_772_359_200_000).unwrap();
        std::fs::write(folder.join(format!("{name}.xlsx")), book).unwrap();
    }
}
