//! Whole stories in the real window: what a person does, from the first click to the saved chart.
//!
//! Needs Xvfb and WebKitWebDriver (`cargo xtask test` installs them); skipped loudly without.

#[path = "window/characters.rs"]
mod characters;
#[path = "window/harness.rs"]
mod harness;
#[path = "window/prepared.rs"]
mod prepared;
#[path = "window/speakers.rs"]
mod speakers;
#[path = "window/two_at_the_controls.rs"]
mod two_at_the_controls;

use std::time::Duration;

use harness::Window;

/// Nothing a story does takes longer than this, even on a busy machine.
const STORY: Duration = Duration::from_secs(240);

async fn story(name: &str, told: impl Future<Output = ()>) {
    tokio::time::timeout(STORY, told).await.unwrap_or_else(|_| panic!("the story {name} hung"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_makes_a_run_with_sliders_reads_a_failed_conversation_and_takes_the_chart_along() {
    if !harness::possible() {
        return;
    }
    let data = tempfile::tempdir().expect("a data folder");
    story("first run", async {
        let window = Window::open(data.path()).await;

        // The first start opens on the sample, which says what it is.
        window.words("result-sentence").await;
        window.until_it_says("practice").await;
        window.shot("1-sample").await;

        // A run of one's own, with the impatience slider at the end.
        window.go("#/new").await;
        window.part("trait-impatience").await;
        window.shot("2-new-run").await;
        window.set_slider("trait-impatience", 4).await;
        window.click("start-run").await;

        // It opens at once and fills, and ends in one sentence.
        let sentence = window.words("result-sentence").await;
        assert!(sentence.contains("impatient") || sentence.contains("customers"), "{sentence}");
        window.part("chart-drawing").await;
        window.shot("3-result").await;
        let run = window.here().await;

        // Behind a row of the chart stand its conversations; a failed one says why.
        window.click("chart-hotspot").await;
        window.part("conversation-row").await;
        window.shot("4-conversations").await;
        window.go(&format!("{run}/conversations?view=grid")).await;
        window.part("cell").await;
        window.shot("5-grid").await;
        window.go(&format!("{run}/conversations?outcome=failed")).await;
        window.click("conversation-row").await;
        let verdict = window.part("verdict").await;
        assert_eq!(verdict.attr("data-outcome").await.expect("its outcome"), Some("failed".into()));
        window.shot("6-failed-conversation").await;

        // In one that passed, the agent has used its tools; a line opens in place.
        window.go(&format!("{run}/conversations?outcome=passed")).await;
        window.click("conversation-row").await;
        window.click("tool-line").await;
        window.part("tool-details").await;
        window.shot("7-tool-call").await;

        // The chart goes along as a picture or into the clipboard, the result as a report and a workbook.
        window.go(&run).await;
        for format in ["svg", "png", "csv"] {
            window.click("chart-save").await;
            window.click(&format!("save-{format}")).await;
            window.until_saved(format).await;
        }
        for (what, told) in [
            ("picture", "Picture copied"),
            ("table", "Table copied"),
            ("sentence", "Sentence copied"),
        ] {
            window.click("chart-copy").await;
            window.click(&format!("copy-{what}")).await;
            window.until_it_says(told).await;
        }
        for format in ["html", "pdf", "xlsx"] {
            window.click("export-menu").await;
            window.click(&format!("export-{format}")).await;
            window.until_saved(format).await;
        }
        window.close().await;
    })
    .await;

    let saved = |ending: &str| {
        let folder = std::fs::read_dir(data.path().join("saved")).expect("the saved files");
        let mut paths = folder.flatten().map(|entry| entry.path());
        let path = paths.find(|path| path.extension().is_some_and(|found| found == ending));
        std::fs::read(path.unwrap_or_else(|| panic!("no {ending}"))).expect("its bytes")
    };
    assert!(saved("svg").starts_with(b"<svg") || saved("svg").starts_with(b"<?xml"));
    assert!(saved("png").starts_with(b"\x89PNG"));
    assert!(saved("pdf").starts_with(b"%PDF"));
    assert!(saved("xlsx").starts_with(b"PK"));
    assert!(String::from_utf8(saved("html")).expect("text").contains("Impatience"));
    assert!(String::from_utf8(saved("csv")).expect("text").contains("Impatience"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thoughts_and_held_back_drafts_stand_beside_what_was_heard() {
    if !harness::possible() {
        return;
    }
    let data = tempfile::tempdir().expect("a data folder");
    let address = speakers::start().await;
    let conversation = prepared::thoughtful_conversation(data.path(), &address).await;
    story("thoughts", async {
        let window = Window::open(data.path()).await;
        window.go(&conversation).await;
        window.part("verdict").await;

        // What was heard is there; the form in which the model wrote it is not.
        window.until_it_says(speakers::OPENING).await;
        window.until_it_says(speakers::QUESTION).await;
        let said = window.says().await;
        assert!(!said.contains("Action:") && !said.contains(speakers::THOUGHT), "{said}");
        assert!(!said.contains(speakers::DRAFT), "{said}");

        // The call that the agent wrote as text is a line like any other.
        window.click("tool-line").await;
        assert!(window.words("tool-details").await.contains("somebody@mail.example"));

        // What nobody heard opens in its place.
        window.click("thought").await;
        assert!(window.words("thought-text").await.contains(speakers::THOUGHT));
        window.click("drafts").await;
        assert!(window.words("drafts-text").await.contains(speakers::DRAFT));
        window.shot("8-thoughts").await;
        window.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_plays_a_customer_through_a_whole_conversation() {
    if !harness::possible() {
        return;
    }
    let data = tempfile::tempdir().expect("a data folder");
    story("playing the customer", async {
        let window = Window::open(data.path()).await;
        window.go("#/play?domain=retail&split=test&task=retail-001&seat=customer").await;
        window.click("start-play").await;

        // The card says who one is; the practice agent waits for the first word.
        let card = window.words("task-card").await;
        assert!(card.contains("Ingrid Solheim") && card.contains("FW-20837"), "{card}");
        window.shot("9-play").await;
        window
            .say("Hello. I want to return the wool throw of order FW-20837 to my Visa card.")
            .await;

        // It is answered until the agent has nothing more to do, or ends the conversation itself.
        let mut answers = 0;
        while let Some(said) = window.agent_after(answers).await {
            answers += 1;
            assert!(answers < 20, "the agent goes on for ever; it says: {said}");
            if said.contains("anything else") {
                window.click("play-leave").await;
                window.click("confirm-leave").await;
                break;
            }
            let asks = said.contains("postcode") && !said.contains("(yes/no)");
            let answer = match asks {
                true => "My name is Ingrid Solheim and my postcode is 5003.",
                false => "Yes, please.",
            };
            window.say(answer).await;
        }
        window.part("play-over").await;
        window.shot("10-played").await;

        // It was graded like any other conversation, and can be read like one.
        window.click("read-played").await;
        let verdict = window.part("verdict").await;
        let outcome = verdict.attr("data-outcome").await.expect("its outcome");
        assert_eq!(outcome.as_deref(), Some("passed"), "{}", window.says().await);
        window.until_it_says("Yes, please.").await;
        window.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_adds_a_trait_hears_it_mixes_it_with_impatience_and_runs_it() {
    if !harness::possible() {
        return;
    }
    const NAME: &str = "Doubt in machines";
    const DEMAND: &str = "I want a human being and no machine, please put me through to a person.";
    const HURRY: &str = "Hurry up, right now! How much longer does this take?!";
    let data = tempfile::tempdir().expect("a data folder");
    let levels = [
        ("Mentions once that a person would be nicer.", "A person would be nicer, but go on."),
        ("Asks now and then for a person.", "Is there a person I could talk to?"),
        ("Asks for a person in every message.", "I want a human being and no machine."),
        ("Talks of nothing but a person.", "No machine. A human being. Now put me through."),
    ];
    let own = levels.iter().map(|(sentence, _)| (*sentence).to_owned()).collect();
    let address = characters::start(vec![
        characters::Character { told: own, says: DEMAND },
        characters::Character {
            told: prepared::told_of(data.path(), "impatience").await,
            says: HURRY,
        },
    ])
    .await;
    prepared::service(data.path(), &address).await;
    story("a trait of one's own", async {
        let window = Window::open(data.path()).await;

        // A short form makes a trait; nothing of it is code.
        window.go("#/traits").await;
        window.click("add-trait").await;
        window.write("trait-name", NAME).await;
        window.write("trait-description", "Does not believe that a machine understands.").await;
        for (index, (sentence, example)) in levels.iter().enumerate() {
            window.write(&format!("level-{}-sentence", index + 1), sentence).await;
            window.write(&format!("level-{}-example", index + 1), example).await;
        }
        window.unfold("fold-words").await;
        window.write("trait-words", "human being, machine, a person").await;
        window.shot("11-new-trait").await;
        window.click("save-trait").await;

        // It is heard in a real voice's words, beside the same customer without it.
        window.part("hear-customer").await;
        window.choose("hear-voice", "loopback").await;
        window.click("hear-beside").await;
        window.click("write-message").await;
        let heard = window.all_words("spoken", 2).await;
        assert!(heard[0].contains(DEMAND), "{heard:?}");
        assert!(!heard[1].contains(DEMAND), "{heard:?}");
        let meter = window.words("meters").await;
        assert!(meter.contains(NAME) && meter.contains("asked Strong"), "{meter}");
        window.shot("12-heard").await;

        // Mixed with impatience, the customer shows both.
        window.click("choose-trait").await;
        window.click("pick-impatience").await;
        window.click_through("open-as-mix", "use-mix").await;
        window.click("write-message").await;
        let both = window.words("spoken").await;
        assert!(both.contains(DEMAND) && both.contains(HURRY), "{both}");
        window.shot("13-mixed").await;

        // The mix is one kind of customer of a new run.
        window.click("use-mix").await;
        let kind = window.words("condition-0").await;
        assert!(kind.contains(NAME) && kind.contains("Impatience"), "{kind}");
        window.choose("customer-strategy", "A language model that is told").await;
        for _ in 0..2 {
            window.click_at("[aria-label='One less']:enabled").await;
        }
        window.shot("14-run-of-it").await;
        window.click("start-run").await;

        // The result says whether the customers were as they were meant to be.
        window.words("result-sentence").await;
        window.part("chart-drawing").await;
        let fidelity = window.words("fidelity-sentence").await;
        assert!(!fidelity.trim().is_empty());
        let shown = window.words("shown-table").await;
        assert!(shown.contains(NAME) && shown.contains("Impatience"), "{shown}");
        assert!(shown.contains("Shown") && !shown.contains("Not shown"), "{shown}\n{fidelity}");
        window.unfold("fidelity-mixes").await;
        let mix = window.words("mix-figures").await;
        assert!(mix.contains(NAME) && mix.contains("Impatience"), "{mix}");
        window.shot("15-fidelity").await;

        // And each message says how much of it is in there.
        let mark = "[data-testid='chart-hotspot']:not([data-condition='baseline'])";
        window.css(mark).await.click().await.expect("its conversations open");
        window.click("conversation-row").await;
        window.click("meter-marks").await;
        let details = window.words("meter-details").await;
        assert!(details.contains(NAME) && details.contains("Impatience"), "{details}");
        window.shot("16-meter").await;
        window.close().await;
    })
    .await;
}
