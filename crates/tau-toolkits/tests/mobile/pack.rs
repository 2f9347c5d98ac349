//! The pack and what conversations over its tasks are worth.

use std::path::Path;

use serde_json::Value as Json;
use tau_toolkits::grading::{Basis, Conversation, Evaluation, GradedTask, RewardInfo, grade};
use tau_toolkits::{Domain, Environment, Profile, Requestor, ToolCall, Turn, Value};

use crate::support::{ids, value};

pub fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/packs/mobile").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn json(name: &str) -> Json {
    serde_json::from_str(&text(name)).unwrap()
}

pub fn mobile(profile: Profile) -> Domain {
    let agent = Value::read_json(&text("db.json")).unwrap();
    let user = Value::read_json(&text("user_db.json")).unwrap();
    Domain::open("telecom", profile, &agent, Some(&user)).unwrap()
}

pub struct Task {
    pub id: String,
    pub graded: GradedTask,
    pub written: Json,
}

impl Task {
    pub fn actions(&self) -> Vec<ToolCall> {
        let actions = self.graded.criteria.as_ref().unwrap().actions.as_ref().unwrap();
        actions.iter().map(|action| action.call.clone()).collect()
    }

    /// Whether handing over is what is expected.
    pub fn handed_over(&self) -> bool {
        self.graded.criteria.as_ref().unwrap().basis.contains(&Basis::Action)
    }

    pub fn started(&self, domain: &Domain) -> Environment {
        let mut environment = domain.environment(&ids()).unwrap();
        environment.set_state(&self.graded.initial, &[]).unwrap();
        environment
    }
}

pub fn tasks() -> Vec<Task> {
    let written = json("tasks.json");
    let read = |task: &Json| Task {
        id: task["id"].as_str().unwrap().into(),
        graded: GradedTask::read(&value(task)).unwrap(),
        written: task.clone(),
    };
    written.as_array().unwrap().iter().map(read).collect()
}

/// The reward of a conversation in which these calls are made, with tools that answer as they do live.
/// Alone, the agent makes the customer's calls, too.
pub fn reward(domain: &Domain, task: &Task, calls: &[ToolCall], solo: bool) -> RewardInfo {
    let alone = || domain.solo_environment(&ids());
    let mut environment = if solo { alone() } else { domain.environment(&ids()) }.unwrap();
    environment.set_state(&task.graded.initial, &[]).unwrap();
    let mut turns = Vec::new();
    for (i, call) in calls.iter().enumerate() {
        let requestor = if solo { Requestor::Assistant } else { call.requestor };
        let call = ToolCall { id: format!("call_{i}"), requestor, ..call.clone() };
        let response = environment.get_response(&call);
        assert!(!response.error, "{}: {} gives {}", task.id, call.name, response.content);
        let by_user = requestor == Requestor::User;
        turns.push(Turn::Said { by_user, content: None, calls: Some(vec![call]) });
        turns.push(Turn::Answer { id: response.id, content: Some(response.content) });
    }
    let stop = Some("###STOP###".to_owned());
    turns.push(Turn::Said { by_user: !solo, content: stop, calls: None });
    let conversation = Conversation {
        domain,
        ids: &ids(),
        solo,
        turns: &turns,
        ending: if solo { "agent_stop" } else { "user_stop" },
        judged: None,
        lenient: false,
    };
    grade(&conversation, &task.graded, Evaluation::All).unwrap()
}
