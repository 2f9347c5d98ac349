//! Our own pack whose customers have a phone in their hands: all its tasks, with the manual and with the
//! workflow, by an agent with the plan and by one alone (`practice.rs` has the one with neither).

use std::path::Path;

use tau_packs::tau2::{Guidance, open_definition};
use tau_sim::tau2::{AgentKind, Ending};
use tau_sim::testing::calling;
use tau_toolkits::{Definition, Task, Value, json_dumps};

use crate::recorded::scripts;
use crate::support::{Stage, lines};

fn mobile(guidance: Guidance) -> Definition {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/mobile");
    open_definition(&pack, guidance).unwrap()
}

/// The conversation in which every expected action is taken.
fn stage(definition: Definition, task: Task, kind: AgentKind) -> Stage {
    if kind == AgentKind::Solo {
        let call = |name: &str, arguments: &str| calling(&[(name, arguments)]);
        let expected = task.actions().iter().map(|action| {
            call(&action.call.name, &json_dumps(&Value::Dict(action.call.arguments.clone())))
        });
        let agent = expected.chain([call("done", "{}")]).collect();
        return Stage::alone(definition, task, agent);
    }
    let (agent, customer) = scripts(&task);
    let mut stage = Stage::new(definition, task, agent, customer);
    stage.spec.agent = kind;
    stage
}

#[tokio::test]
async fn every_task_of_the_mobile_operator_is_played_to_its_end_with_the_plan_and_alone() {
    let mut played = 0;
    for guidance in [Guidance::Manual, Guidance::Workflow] {
        for kind in [AgentKind::Plan, AgentKind::Solo] {
            let mut definition = mobile(guidance);
            for task in definition.tasks.clone() {
                let what = format!("{}, {guidance:?}, {kind:?}", task.id);
                let stage = stage(definition, task, kind);
                let conversation = stage.play().await.unwrap();
                let alone = kind == AgentKind::Solo;
                let ending = if alone { Ending::AgentStop } else { Ending::UserStop };
                assert_eq!(conversation.trajectory.ending, ending, "{what}");
                let record = lines(&conversation.trajectory.entries);
                assert_eq!(conversation.grade.reward.reward, 1.0, "{what}: {record:#?}");
                // Far from the 200 steps that a conversation may take.
                assert!(conversation.trajectory.steps < 60, "{what}");
                definition = stage.definition;
                played += 1;
            }
        }
    }
    assert_eq!(played, 99 * 4);
}

#[tokio::test]
async fn both_sides_of_the_mobile_operator_are_told_the_packs_own_words() {
    for (guidance, part) in [
        (Guidance::Manual, "# Technical part: how phones and the network work"),
        (Guidance::Workflow, "# Technical part: step by step"),
    ] {
        let definition = mobile(guidance);
        let task = definition.task("data.roam-both.top-up-cap").unwrap().clone();
        let scenario = task.scenario.to_string();
        let stage = stage(definition, task, AgentKind::Plan);
        let conversation = stage.play().await.unwrap();
        let greeting = lines(&conversation.trajectory.entries).remove(0);
        assert_eq!(greeting, "agent: Hello, this is Ferrin Mobile. What can I do for you?");
        let told = |asked: &[tau_llm::ChatRequest]| asked[0].messages[0].content.clone().unwrap();
        let agent = told(&stage.agent_asked());
        assert!(agent.contains("<main_policy>\n# Support desk of Ferrin Mobile\n"), "{agent}");
        assert!(agent.contains(part), "{agent}");
        let step = "Have the customer do this on the phone: toggle_roaming()";
        assert!(agent.contains(step), "{agent}");
        let customer = told(&stage.customer_asked());
        assert!(customer.contains("You hold a phone in your hand"), "{customer}");
        assert!(customer.ends_with(&format!("<scenario>\n{scenario}\n</scenario>")), "{customer}");
        assert_eq!(stage.customer_asked()[0].tools.len(), 30);
        assert_eq!(stage.agent_asked()[0].tools.len(), 13);
    }
}
