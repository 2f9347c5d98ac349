//! The judging model: what it is shown, how its answers are read, and how many failures are judged.
#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use support::Line::{Agent, Calls, Customer};
use support::{conversation, shop, task};
use tau_diagnosis::{
    Author, Batch, Case, Cases, Diagnosis, Judge, JudgeError, Kind, Source, Spent, Tag, examine,
    judge_all,
};
use tau_domain::{Message, Role, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, Finish, ModelError, ModelErrorKind};
use tau_sim::testing::ScriptedModel;
use tau_sim::{CancellationToken, Wording};

const AUTHOR: &str = r#"{"author": "user", "first_turn": 3, "severity": "critical", "tags": ["premature_termination"], "description": "The customer left."}"#;
const KIND: &str =
    r#"{"kind": "goal_partially_completed", "description": "Nothing was returned."}"#;

fn case() -> Case {
    let domain = shop();
    let task = task(&domain, "retail-001");
    let trajectory = conversation(
        &domain,
        &task,
        &[
            Customer("I want to return the throw of FW-20837."),
            Calls("get_order", r#"{"order_id": "FW-20837"}"#),
            Customer("Too slow. ###STOP###"),
            Agent("never heard"),
        ],
    );
    let findings = examine(&domain, &task, &trajectory.messages, 0).lines();
    Case { task, trajectory, findings, traits: vec!["You have no time.".into()] }
}

fn judge(model: impl ChatModel + 'static) -> Judge {
    Judge::new(Arc::new(model), &Wording::shipped()).unwrap()
}

#[tokio::test]
async fn two_judgements_make_a_verdict_and_the_judge_sees_everything() {
    let model = Arc::new(ScriptedModel::saying([AUTHOR, KIND]));
    let judge = Judge::new(model.clone(), &Wording::shipped()).unwrap();
    let mut spent = Spent::default();
    let found = judge.judge(&case(), &mut spent).await.unwrap();
    assert_eq!((found.author, found.kind), (Author::User, Kind::GoalPartiallyCompleted));
    assert_eq!((found.first_turn, found.source), (Some(3), Source::Model));
    assert_eq!(found.tags, [Tag::PrematureTermination]);
    assert_eq!(found.kind_description, "Nothing was returned.");
    assert_eq!(spent.usage.input_tokens, 20);
    let asked = model.asked();
    let first = asked[0].messages[0].content.clone().unwrap();
    for part in [
        "You are Ingrid Solheim",
        "- return_items {\"order_id\"",
        "- 100.05",
        "Not done: Return items FW-20837.",
        "[1] Customer: I want to return",
        "[2] Agent calls get_order",
        "[3] Customer: Too slow. (leaves)",
        "- You have no time.",
        "grader_dispute",
    ] {
        assert!(first.contains(part), "{part} is missing in {first}");
    }
    let second = asked[1].messages[0].content.clone().unwrap();
    assert!(second.contains("user: The customer left."), "{second}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_asked_for_once_more_with_the_reason() {
    let model = Arc::new(ScriptedModel::saying(["It was the customer.", AUTHOR, KIND]));
    let judge = Judge::new(model.clone(), &Wording::shipped()).unwrap();
    judge.judge(&case(), &mut Spent::default()).await.unwrap();
    let again = &model.asked()[1].messages;
    assert_eq!(again.len(), 3);
    assert!(again[2].content.as_deref().unwrap().starts_with("That answer cannot be read: "));
}

#[tokio::test]
async fn a_model_that_answers_wrongly_twice_gives_an_error_and_no_guess() {
    let wrong = AUTHOR.replace("\"user\"", "\"both\"");
    let judge = judge(ScriptedModel::saying([wrong.clone(), wrong, KIND.into()]));
    let error = judge.judge(&case(), &mut Spent::default()).await.unwrap_err();
    let JudgeError::Unreadable { problem, answer } = &error else { panic!("{error}") };
    assert!(problem.contains("both") && answer.contains("both"));
    assert!(!error.stops_all());
}

/// Failures in memory.
#[derive(Default)]
struct Memory {
    kept: Mutex<BTreeMap<usize, Diagnosis>>,
    given_up: Mutex<Vec<(usize, String)>>,
    /// Stops after as many verdicts.
    stop_after: Option<(usize, CancellationToken)>,
}

#[async_trait]
impl Cases for Memory {
    type Id = usize;

    async fn load(&self, _: usize) -> Result<Case, String> {
        Ok(case())
    }

    async fn keep(&self, id: usize, verdict: Diagnosis) -> Result<(), String> {
        let mut kept = self.kept.lock().unwrap();
        kept.insert(id, verdict);
        if let Some((after, cancel)) = &self.stop_after
            && kept.len() >= *after
        {
            cancel.cancel();
        }
        Ok(())
    }

    async fn gave_up(&self, id: usize, error: &JudgeError) {
        self.given_up.lock().unwrap().push((id, error.to_string()));
    }
}

/// Answers every question after a while, and remembers how many it had at once; fails with `failure`
/// at every question of this number.
#[derive(Default)]
struct Patient {
    now: AtomicUsize,
    most: AtomicUsize,
    asked: AtomicUsize,
    failing: Option<(usize, ModelErrorKind)>,
}

#[async_trait]
impl ChatModel for Patient {
    fn name(&self) -> &str {
        "patient"
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        self.now.fetch_sub(1, Ordering::SeqCst);
        if let Some((from, kind)) = self.failing
            && number >= from
        {
            return Err(ModelError::new(kind, "No answer."));
        }
        let question = request.messages[0].content.as_deref().unwrap_or_default();
        let answer = if question.contains("Who caused it") { KIND } else { AUTHOR };
        Ok(ChatReply {
            message: Message::text(Role::Assistant, answer),
            usage: Usage { input_tokens: 1, output_tokens: 1 },
            finish: Finish::Stop,
            cost_usd: Some(0.5),
            attempts: 1,
        })
    }
}

#[tokio::test]
async fn a_batch_keeps_to_its_cap_and_its_concurrency() {
    let model = Arc::new(Patient::default());
    let judge = Judge::new(model.clone(), &Wording::shipped()).unwrap();
    let cases = Memory::default();
    let ids: Vec<usize> = (0..9).collect();
    let batch = Batch { most: 6, concurrency: 2 };
    let report = judge_all(&judge, &cases, &ids, batch, &CancellationToken::new()).await;
    assert_eq!((report.planned, report.left_out, report.judged), (6, 3, 6));
    assert_eq!((report.not_judged, report.stopped), (0, None));
    assert_eq!(report.spent.cost_usd, Some(6.0));
    assert_eq!(model.most.load(Ordering::SeqCst), 2);
    assert_eq!(cases.kept.lock().unwrap().keys().copied().collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5]);
}

#[tokio::test]
async fn what_was_judged_before_a_stop_is_kept() {
    let cancel = CancellationToken::new();
    let cases = Memory { stop_after: Some((2, cancel.clone())), ..Memory::default() };
    let batch = Batch { most: 50, concurrency: 1 };
    let ids: Vec<usize> = (0..20).collect();
    let report = judge_all(&judge(Patient::default()), &cases, &ids, batch, &cancel).await;
    assert_eq!((report.judged, report.not_judged), (2, 0));
    assert_eq!(report.stopped.as_deref(), Some("Stopped."));
    assert_eq!(cases.kept.lock().unwrap().len(), 2);
    assert!(cases.given_up.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_key_that_is_refused_ends_the_batch_and_a_lost_connection_does_not() {
    let batch = Batch { most: 50, concurrency: 1 };
    let ids: Vec<usize> = (0..5).collect();
    let bad_key = Patient { failing: Some((2, ModelErrorKind::BadKey)), ..Patient::default() };
    let cases = Memory::default();
    let cancel = CancellationToken::new();
    let report = judge_all(&judge(bad_key), &cases, &ids, batch, &cancel).await;
    assert_eq!((report.judged, report.not_judged), (1, 1));
    assert_eq!(report.stopped.as_deref(), Some("No answer."));
    assert!(!cancel.is_cancelled(), "the caller's other work goes on");

    let lost = Patient { failing: Some((2, ModelErrorKind::Unavailable)), ..Patient::default() };
    let cases = Memory::default();
    let report = judge_all(&judge(lost), &cases, &ids, batch, &cancel).await;
    assert_eq!((report.judged, report.not_judged, report.stopped), (1, 4, None));
    assert_eq!(cases.given_up.lock().unwrap().len(), 4);
}
