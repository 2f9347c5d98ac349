//! What is not a reward of 0.

use async_trait::async_trait;
use serde_json::json;
use tau_domain::{Message, Usage};
use tau_llm::{ChatReply, Finish, ModelError, ModelErrorKind};
use tau_sim::tau2::{Ending, Failure, Players, SimulatedCustomer, Speaker};
use tau_sim::testing::{ScriptedModel, calling};
use tau_sim::{CancellationToken, Silent, Wording};
use tau_toolkits::Profile;
use tau_toolkits::grading::Evaluation;
use tau_traits::{CustomerVoice, Sampling, Unsteered, VoiceKind};

use crate::support::{
    MILK, PROFILES, STOP, Stage, lines, mock, phone, says, task, todo, two_faults,
};

#[tokio::test]
async fn a_model_that_cannot_be_reached_is_no_reward() {
    for profile in PROFILES {
        // The scripts end: the agent's first, then the customer's.
        for (customer, who) in [(vec![says("Hi.")], Speaker::Agent), (vec![], Speaker::Customer)] {
            let stage = Stage::mock(profile, vec![], customer);
            let failure = stage.play().await.unwrap_err();
            let Failure::Model { whose, error } = failure else { panic!("{failure}") };
            assert_eq!((whose, error.kind), (who, ModelErrorKind::Unavailable));
        }
    }
}

#[tokio::test]
async fn a_reply_that_nothing_can_be_done_with_is_asked_for_again() {
    for profile in PROFILES {
        let agent = vec![
            calling(&[("create_task", r#"{"user_id": "#)]),
            says("  "),
            calling(&[("create_task", "[]")]),
            calling(&[("create_task", MILK)]),
            says("Noted."),
        ];
        let customer = vec![says(""), says("Hi."), says(STOP)];
        let stage = Stage::mock(profile, agent, customer);
        let played = stage.play().await.unwrap();
        assert_eq!(played.grade.reward.reward, 1.0, "{profile:?}");
        assert_eq!(lines(&played.trajectory.entries).len(), 6);
        assert_eq!(
            played.trajectory.agent_usage.input_tokens, 50,
            "what was of no use was paid too"
        );
        assert_eq!(played.trajectory.entries[2].usage.unwrap().input_tokens, 40);
        // The same question each time: what was of no use is not in anybody's history.
        let asked = stage.agent_asked();
        assert!(asked[..4].iter().all(|request| request.messages == asked[0].messages));

        let stage = Stage::mock(profile, vec![], vec![says(""), says(""), says(""), says("")]);
        let failure = stage.play().await.unwrap_err();
        let useless = matches!(&failure, Failure::Useless { whose: Speaker::Customer, .. });
        assert!(useless, "{failure}");
    }
}

#[tokio::test]
async fn a_conversation_that_is_cancelled_ends_at_once() {
    let stage = Stage::mock(Profile::V1_0, vec![], vec![]);
    let voice = Box::new(Unsteered::new(Box::new(ScriptedModel::saying(["Hi."]))));
    let (definition, task) = (&stage.definition, &stage.task);
    let customer = SimulatedCustomer::new(definition, task, voice, &Wording::shipped()).unwrap();
    let players = Players { agent: &*stage.agent, customer: Some(&customer), judge: None };
    let cancel = CancellationToken::new();
    cancel.cancel();
    let played =
        tau_sim::tau2::play(definition, task, &stage.spec, players, &Silent, &cancel).await;
    assert!(matches!(played, Err(Failure::Cancelled)));
}

/// A voice that can speak and nothing else, as the steer service.
struct Talker;

#[async_trait]
impl CustomerVoice for Talker {
    fn name(&self) -> &str {
        "talker"
    }

    fn kind(&self) -> VoiceKind {
        VoiceKind::Hosted
    }

    async fn say(&self, _: Vec<Message>, _: Sampling) -> Result<ChatReply, ModelError> {
        let (usage, message) = (Usage::default(), says(STOP));
        Ok(ChatReply { message, usage, finish: Finish::Stop, cost_usd: None, attempts: 1 })
    }
}

#[tokio::test]
async fn a_voice_that_only_speaks_plays_where_the_customer_has_no_tools() {
    let stage = Stage::mock(Profile::V0_2, vec![], vec![]);
    let played = stage.play_with(Some(Box::new(Talker)), &Silent).await.unwrap();
    assert_eq!(played.trajectory.ending, Ending::UserStop);
    let stage = Stage::new(phone("telecom", Profile::V0_2), two_faults(), vec![], vec![]);
    let failure = stage.play_with(Some(Box::new(Talker)), &Silent).await.unwrap_err();
    let Failure::Model { whose: Speaker::Customer, error } = failure else { panic!("{failure}") };
    assert_eq!(error.kind, ModelErrorKind::BadRequest);
    assert!(error.message.starts_with("talker can speak for a customer but"), "{}", error.message);
}

fn judged(profile: Profile, judge: Option<ScriptedModel>) -> Stage {
    let mut json = todo();
    json["evaluation_criteria"] = json!({
        "nl_assertions": ["The agent was kind."], "reward_basis": ["NL_ASSERTION"]});
    let mut stage =
        Stage::new(mock(profile), task(json), vec![says("Dear.")], vec![says("Hi."), says(STOP)]);
    stage.judge = judge.map(std::sync::Arc::new);
    stage
}

#[tokio::test]
async fn assertions_in_words_are_put_to_a_judge_where_the_profile_looks_at_them() {
    let verdict = |met: bool| {
        json!({"results": [{"expectedOutcome": "E", "metExpectation": met, "reasoning": "R"}]})
            .to_string()
    };
    for profile in [Profile::V0_1_2, Profile::V1_0] {
        for (met, reward) in [(true, 1.0), (false, 0.0)] {
            // An answer that is no JSON is asked for again.
            let judge = ScriptedModel::saying(["Well.".to_owned(), verdict(met)]);
            let stage = judged(profile, Some(judge));
            let grade = stage.play().await.unwrap().grade;
            assert_eq!(grade.reward.reward, reward, "{profile:?}");
            assert_eq!(grade.judge_usage.input_tokens, 20);
            let asked = stage.judge.as_ref().unwrap().asked();
            assert_eq!(asked[1].messages[0].content.as_deref(), Some("Judge."));
            let shown = asked[1].messages[1].content.clone().unwrap();
            assert!(shown.contains("user: Hi.\nassistant: Dear.\nuser: ###STOP###"), "{shown}");
            assert!(shown.contains("['The agent was kind.']"), "{shown}");
        }
        let failure = judged(profile, None).play().await.unwrap_err();
        assert!(matches!(&failure, Failure::Setup(why) if why.contains("judge")), "{failure}");
    }
    // 0.2 does not look at them by itself, and grades nothing that rests on them.
    let failure = judged(Profile::V0_2, None).play().await.unwrap_err();
    assert!(matches!(failure, Failure::Grading(_)), "{failure}");
    let mut stage = judged(Profile::V0_2, Some(ScriptedModel::saying([verdict(true)])));
    stage.spec.evaluation = Evaluation::AllWithNlAssertions;
    assert_eq!(stage.play().await.unwrap().grade.reward.reward, 1.0);
}

#[tokio::test]
async fn a_conversation_that_was_cut_off_is_shown_to_no_judge() {
    let mut stage = judged(Profile::V1_0, Some(ScriptedModel::default()));
    stage.spec.max_steps = 1;
    let played = stage.play().await.unwrap();
    let end = (played.trajectory.ending, played.grade.reward.reward);
    assert_eq!(end, (Ending::MaxSteps, 0.0));
    assert!(stage.judge.unwrap().asked().is_empty());
}
