//! What the models of a conversation are told, put together as upstream puts it together. The sentences are
//! data that come with an import or a pack; the frames around them are upstream's:
//! `agent/llm_agent.py`, `user/user_simulator.py`.

use crate::history::Requestor;
use crate::task::Task;

/// The sentences that a domain's models are told, without the frames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The agent's instruction.
    pub agent: String,
    /// The instruction of an agent who works alone; it names the tool that ends the work.
    pub solo: Option<String>,
    /// What an agent is told who is given the expected actions.
    pub plan: Option<PlanWording>,
    /// The guidelines of a simulated customer without tools, with its last line end where the file has one.
    pub user: String,
    /// The guidelines of one with tools; the others where there are none.
    pub user_tools: Option<String>,
    /// What the agent says first.
    pub greeting: String,
    /// What a judge of assertions in words is told.
    pub judge: Option<String>,
}

/// What an agent is told who is given the expected actions. `{call}` stands for a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanWording {
    /// The instruction.
    pub instruction: String,
    /// A step that the agent takes itself.
    pub step: String,
    /// A step that it has the customer take.
    pub user_step: String,
}

impl Wording {
    /// The place of a call in a step.
    pub const CALL: &str = "{call}";

    /// The system prompt of an agent.
    pub fn agent_prompt(&self, policy: &str) -> String {
        framed(&self.agent, policy)
    }

    /// The system prompt of an agent who is given the expected actions; `None` where there is no wording.
    pub fn plan_prompt(&self, policy: &str, task: &Task) -> Option<String> {
        let plan = self.plan.as_ref()?;
        let step = |(number, action): (usize, &crate::grading::Action)| {
            let frame = match action.call.requestor {
                Requestor::Assistant => &plan.step,
                Requestor::User => &plan.user_step,
            };
            format!("[Step {}] {}", number + 1, frame.replace(Self::CALL, &action.written()))
        };
        let steps: Vec<String> = task.actions().iter().enumerate().map(step).collect();
        let steps = steps.join("\n");
        let frame = framed(&plan.instruction, policy);
        Some(format!("{frame}\n<resolution_steps>\n{steps}\n</resolution_steps>"))
    }

    /// The system prompt of an agent who works alone; `None` where there is no wording. A task without a
    /// ticket reads `None` there, as upstream's does.
    pub fn solo_prompt(&self, policy: &str, task: &Task) -> Option<String> {
        let ticket = task.ticket.as_deref().unwrap_or("None");
        let frame = framed(self.solo.as_ref()?, policy);
        Some(format!("{frame}\n<ticket>\n{ticket}\n</ticket>"))
    }

    /// The system prompt of a simulated customer: the guidelines that fit what it has, and its scenario.
    pub fn user_prompt(&self, has_tools: bool, scenario: &str) -> String {
        let guidelines = match &self.user_tools {
            Some(with_tools) if has_tools => with_tools,
            _ => &self.user,
        };
        format!("{guidelines}\n\n<scenario>\n{scenario}\n</scenario>")
    }
}

fn framed(instruction: &str, policy: &str) -> String {
    format!("<instructions>\n{instruction}\n</instructions>\n<policy>\n{policy}\n</policy>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn wording() -> Wording {
        Wording {
            agent: "Help.".into(),
            solo: Some("Alone.".into()),
            plan: Some(PlanWording {
                instruction: "Plan.".into(),
                step: "Do {call}.".into(),
                user_step: "Ask for {call}.".into(),
            }),
            user: "Play.\n".into(),
            ..Wording::default()
        }
    }

    fn task() -> Task {
        let json = r#"{"id": "a", "user_scenario": {"instructions": "x"}, "evaluation_criteria":
            {"actions": [{"action_id": "1", "name": "f", "arguments": {"n": true}},
            {"action_id": "2", "name": "g", "arguments": {}, "requestor": "user"}]}}"#;
        Task::read(&Value::read_json(json).unwrap()).unwrap()
    }

    #[test]
    fn each_model_is_told_its_own_in_upstream_s_frame() {
        let wording = wording();
        let agent = "<instructions>\nHelp.\n</instructions>\n<policy>\nBe {fair}.\n</policy>";
        assert_eq!(wording.agent_prompt("Be {fair}."), agent);
        let plan = wording.plan_prompt("P", &task()).unwrap();
        let steps = "[Step 1] Do f(n=True).\n[Step 2] Ask for g().";
        assert!(plan.ends_with(&format!("<resolution_steps>\n{steps}\n</resolution_steps>")));
        let solo = wording.solo_prompt("P", &task()).unwrap();
        assert!(solo.ends_with("</policy>\n<ticket>\nNone\n</ticket>"), "{solo}");
        let user = "Play.\n\n\n<scenario>\nx\n</scenario>";
        assert_eq!(wording.user_prompt(true, "x"), user);
    }
}
