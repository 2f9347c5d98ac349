//! Runs over a domain of tau2, where the customer has a phone in hand.

mod failures;
mod files;
mod kill;
mod seats;
mod stage;

use serde_json::json;
use tau_domain::{Ending, Outcome, Role};
use tau_runs::{RunPlan, RunsError, StateSide, Tau2Plan};
use tau_sim::tau2::AgentKind;

use stage::{Stage, extra};

#[tokio::test]
async fn ten_tasks_with_a_phone_in_the_customers_hand_are_played_and_the_phone_is_seen_to_change() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let run = stage.finish(stage.plan(AgentKind::Llm, 10, 1)).await;
    let conversations = stage.conversations(run).await;
    assert_eq!(conversations.len(), 20, "ten tasks under the baseline and with a trait");
    let passed = conversations.iter().filter(|each| each.row.outcome == Outcome::Passed).count();
    assert!(passed >= 5, "{passed} of 20 passed");
    let mut moved = 0;
    for conversation in &conversations {
        let (messages, states) = (&conversation.messages, conversation.states.as_ref().unwrap());
        assert_eq!(messages[0].role, Role::System);
        let device: serde_json::Value =
            serde_json::from_str(states.customer.as_ref().unwrap().as_str()).unwrap();
        assert!(device["device"].is_object(), "the phone at the beginning: {device}");
        for change in &states.changes {
            assert_eq!(messages[change.message as usize].role, Role::Tool);
            assert_ne!(change.before, change.after);
        }
        moved += usize::from(states.changes.iter().any(|it| it.side == StateSide::Customer));
        let told = extra(conversation);
        let info = &told["simulation"]["reward_info"];
        assert_eq!(info["reward"], conversation.trajectory.as_ref().unwrap().reward.value);
        assert!(info["env_assertions"].as_array().is_some_and(|all| !all.is_empty()), "{info}");
        assert!(info["reward_breakdown"]["ENV_ASSERTION"].is_number(), "{info}");
        // Whose message or answer it is.
        let by_customer = messages.iter().filter(|each| each.role == Role::User);
        assert!(by_customer.clone().any(|each| !each.tool_calls.is_empty()) || passed < 20);
        assert!(["user", "assistant"].iter().any(|side| {
            told["messages"].as_object().unwrap().values().any(|each| each["requestor"] == *side)
        }));
    }
    assert!(moved >= 15, "the phone changed in {moved} of 20");
}

#[tokio::test]
async fn an_agent_with_the_plan_and_one_alone_are_run_too() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::at(dir.path(), "mobile-workflow", None).await;
    let plan = stage.finish(stage.plan(AgentKind::Plan, 3, 1)).await;
    assert_eq!(stage.rows(plan).await.len(), 6);
    let alone = stage.finish(stage.plan(AgentKind::Solo, 6, 1)).await;
    let conversations = stage.conversations(alone).await;
    assert_eq!(conversations.len(), 6, "without a customer there is the baseline alone");
    for conversation in &conversations {
        assert!(conversation.messages.iter().all(|message| message.role != Role::User));
        assert_eq!(conversation.row.ending, Some(Ending::Terminated));
        assert_eq!(extra(conversation)["simulation"]["termination_reason"], "agent_stop");
    }
    let row = stage.runs.run(alone).await.unwrap();
    assert!(row.plan.is_solo() && row.plan.tau2.as_ref().unwrap().user() == "dummy_user");
}

#[tokio::test]
async fn a_conversation_that_is_too_long_ends_at_the_plans_limit_with_upstreams_word() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let mut plan = stage.plan(AgentKind::Llm, 2, 1);
    plan.limits.max_steps = 3;
    let run = stage.finish(plan).await;
    for conversation in stage.conversations(run).await {
        assert_eq!(conversation.row.ending, Some(Ending::StepLimit));
        assert_eq!(conversation.row.outcome, Outcome::Failed);
        let simulation = &extra(&conversation)["simulation"];
        assert_eq!(simulation["termination_reason"], "max_steps");
        assert_eq!(simulation["reward_info"]["db_check"], json!(null));
    }
}

#[tokio::test]
async fn both_models_are_given_upstreams_seed_of_the_trial() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let plan = RunPlan { seed: 300, ..stage.plan(AgentKind::Llm, 1, 2) };
    let run = stage.finish(plan).await;
    for conversation in stage.conversations(run).await {
        let seeds = [626_729, 373_753];
        let expected = seeds[conversation.row.trial as usize];
        assert_eq!(extra(&conversation)["simulation"]["seed"], expected);
    }
}

#[tokio::test]
async fn a_plan_keeps_whose_rules_hold_and_is_read_back_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let plan = stage.plan(AgentKind::Llm, 2, 1).checked().unwrap();
    let run = stage.runs.create(plan.clone()).await.unwrap();
    let kept = stage.runs.run(run).await.unwrap().plan;
    assert_eq!(kept, plan);
    let written = serde_json::to_value(&kept).unwrap();
    assert_eq!(written["tau2"]["profile"], "v1.0");
    assert_eq!(written["tau2"]["agent"], "llm_agent");
    assert_eq!(written["tau2"]["evaluation"], "all");
    assert_eq!((kept.grader.as_str(), kept.split_name()), ("tau2-v1.0", "base"));
    assert_eq!(kept.domain_fingerprint.len(), 64);
}

#[test]
fn runs_over_other_domains_are_stored_as_they_always_were() {
    let plan = crate::support::plan(1, 1, 1);
    let written = serde_json::to_value(&plan).unwrap();
    assert!(written.get("tau2").is_none(), "{written}");
    assert_eq!(serde_json::from_value::<RunPlan>(written).unwrap(), plan);
    let transcript = json!({"task": {"id": "t", "user_id": "u", "instruction": "", "actions": [], "outputs": []},
        "trajectory": {"messages": [], "ending": "step_limit", "differences": [], "steps": 1,
            "reward": {"value": 0.0, "state_matches": false, "outputs": [], "graded": false, "gold_hash": ""},
            "agent_usage": {"input_tokens": 0, "output_tokens": 0},
            "customer_usage": {"input_tokens": 0, "output_tokens": 0},
            "agent_cost_usd": null, "customer_cost_usd": null}});
    let old: tau_runs::Transcript = serde_json::from_value(transcript).unwrap();
    assert!(old.states.is_none() && old.judge.is_none());
    let again = serde_json::to_value(&old).unwrap();
    assert!(again.get("states").is_none() && again.get("judge").is_none());
}

#[tokio::test]
async fn what_cannot_be_played_together_is_refused_before_it_starts() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let refused = |plan: RunPlan| match plan.checked() {
        Err(RunsError::BadPlan(why)) => why,
        other => panic!("{other:?}"),
    };
    let ready = stage.plan(AgentKind::Llm, 1, 1);
    let human = tau_runs::CustomerStrategy::Human;
    for agent in [tau_runs::PERSON, tau_runs::OUTSIDE] {
        let mut both = ready.clone();
        both.agent.endpoint = agent.into();
        both.customer.strategy = human;
        assert!(refused(both).contains("one seat"));
    }
    let mut nobody = stage.plan(AgentKind::Solo, 1, 1);
    nobody.customer.strategy = human;
    assert!(refused(nobody).contains("no customer's seat"));
    let mut solo = ready.clone();
    solo.tau2 = Some(Box::new(Tau2Plan::new(&stage.definition, AgentKind::Solo, None)));
    assert!(refused(solo).contains("no kinds of customers"));
    let mut thinking = ready;
    thinking.customer.strategy = tau_runs::CustomerStrategy::React;
    assert!(refused(thinking).contains("language model"));
}

#[tokio::test]
async fn an_agent_gets_the_tasks_of_the_split_that_it_can_take() {
    let dir = tempfile::tempdir().unwrap();
    let stage = Stage::open(dir.path()).await;
    let tasks =
        |kind, split| Tau2Plan::new(&stage.definition, kind, split).tasks(&stage.definition);
    assert_eq!(tasks(AgentKind::Llm, Some("small")).unwrap().len(), 27);
    assert_eq!(tasks(AgentKind::Llm, None).unwrap().len(), 99);
    assert_eq!(tasks(AgentKind::Solo, Some("base")).unwrap().len(), 72);
    assert!(tasks(AgentKind::Llm, Some("no-such-split")).is_none());
    let chosen = tasks(AgentKind::Llm, Some("small")).unwrap();
    assert!(chosen.iter().all(|task| !task.title.is_empty()));
    assert!(chosen.windows(2).all(|pair| pair[0].index < pair[1].index));
}
