//! A run in which the customer has a phone in hand, from the first click to the reason of a failure.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::harness::{self, Window};
use crate::story;

/// Longest time that a conversation at reading pace takes, on a busy machine.
const CONVERSATION: Duration = Duration::from_secs(120);

/// The address of a conversation whose customer does something with the phone: one that has not begun,
/// while there is one.
async fn to_watch(window: &Window) -> String {
    let script = r#"
        const handsOn = /data is switched off|on the phone|SIM card sits badly|3G alone/;
        const rows = [...document.querySelectorAll("[role='row']")].filter((row) =>
            handsOn.test(row.innerText));
        const cells = rows.flatMap((row) => [...row.querySelectorAll("[data-testid='cell']")]);
        const of = (outcome) => cells.find((cell) => cell.dataset.outcome === outcome);
        return (of("pending") ?? of("running"))?.getAttribute("href") ?? null;"#;
    let end = Instant::now() + CONVERSATION;
    loop {
        let found = window.client.execute(script, vec![]).await.expect("the page answers");
        if let Some(address) = found.as_str() {
            return address.to_owned();
        }
        assert!(Instant::now() < end, "no conversation to watch: {}", window.says().await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What the window says has changed of the phone, each state once, until the conversation has ended.
async fn watched(window: &Window) -> BTreeSet<String> {
    let script = r#"
        const words = (id) => document.querySelector(`[data-testid='${id}']`)?.innerText ?? null;
        return { changed: words("device-changed"), ended: words("ended") };"#;
    let mut seen = BTreeSet::new();
    let end = Instant::now() + CONVERSATION;
    loop {
        let now = window.client.execute(script, vec![]).await.expect("the page answers");
        if let Some(changed) = now["changed"].as_str()
            && seen.insert(changed.to_owned())
            && seen.len() == 2
        {
            window.shot("18-phone-changes").await;
        }
        if now["ended"].is_string() {
            return seen;
        }
        assert!(Instant::now() < end, "it never ends: {}", window.says().await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_runs_ten_tasks_sees_the_phone_change_and_reads_why_one_failed() {
    if !harness::possible() {
        return;
    }
    let data = tempfile::tempdir().expect("a data folder");
    story("two at the controls", async {
        let window = Window::open(data.path()).await;

        // From the domain's page to a run: ten of its tasks, easy customers and confused ones.
        window.go("#/domains/mobile").await;
        window.click("run-here").await;
        for out in ["condition-0", "condition-1", "condition-1"] {
            window.click(out).await;
            window.click("remove-condition").await;
        }
        assert!(window.words("condition-0").await.contains("Confusion"));
        window.click_words("Choose tasks").await;
        window.until_it_says("Choose at least one task").await;
        for place in 1..=10 {
            window.click_at(&format!("[aria-label='Tasks'] [aria-posinset='{place}'] input")).await;
        }
        window.until_it_says("10 of 72 tasks chosen").await;
        for _ in 0..2 {
            window.click_at("[aria-label='One less']:enabled").await;
        }
        window.click("unhurried").await;
        window.unfold("more-choices").await;
        window.rewrite("max_concurrency", "10").await;
        window.click("run-name").await;
        window.until_it_says("20 conversations").await;
        window.shot("17-ten-tasks").await;
        window.click("start-run").await;

        // One is read along: the phone is as it was, then it changes.
        window.part("run-progress").await;
        let run = window.here().await;
        let address = to_watch(&window).await;
        window.go(&address).await;
        let seen = watched(&window).await;
        assert!(seen.len() > 1, "the phone stays as it was: {seen:?}");
        window.shot("19-watched").await;

        // It ends in a result, and one that failed says what was not so at its end.
        window.go(&run).await;
        window.words("result-sentence").await;
        window.part("chart-drawing").await;
        window.shot("20-result-of-ten").await;
        window.go(&format!("{run}/conversations?outcome=failed")).await;
        window.click("conversation-row").await;
        let verdict = window.part("verdict").await;
        assert_eq!(verdict.attr("data-outcome").await.expect("its outcome"), Some("failed".into()));
        let unmet = window.css("[data-testid='checks'] [data-met='false']").await;
        let reason = unmet.text().await.expect("its words");
        assert!(reason.contains("is not so") && !reason.contains('_'), "{reason}");
        window.part("why").await;

        // At a message the phone is shown as it was then.
        window.click_at("[data-turn='3']").await;
        window.until_it_says("After turn 3").await;
        window.shot("21-why-it-failed").await;
        window.close().await;
    })
    .await;
}
