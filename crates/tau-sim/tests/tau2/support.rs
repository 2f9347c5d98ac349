//! Small domains on tau2's toolkits, and conversations in them with scripted models.

use std::sync::{Arc, Mutex};

use serde_json::{Value as Json, json};
use tau_domain::{DomainId, Message, Role, SourceInfo, SourceKind, ToolSpec};
use tau_llm::{ChatModel, ChatRequest};
use tau_sim::tau2::{
    AgentKind, Entry, Failure, Observer, Played, Players, SimulatedCustomer, Spec,
};
use tau_sim::testing::ScriptedModel;
use tau_sim::{CancellationToken, Silent, Wording as Prompts};
use tau_toolkits::{
    Definition, Domain, Environment, PlanWording, Profile, Requestor, Task, Toolkit, Value, Wording,
};
use tau_traits::{CustomerVoice, Unsteered};

pub const PROFILES: [Profile; 3] = [Profile::V0_1_2, Profile::V0_2, Profile::V1_0];

pub const GREETING: &str = "Good day. What is it about?";
pub const STOP: &str = "###STOP###";

/// The engine's own reading of JSON: numbers keep their kind.
pub fn value(json: &Json) -> Value {
    Value::read_json(&json.to_string()).unwrap()
}

fn tools(toolkit: &dyn Toolkit) -> Vec<ToolSpec> {
    let spec = |tool: tau_toolkits::Tool| {
        let parameters = tool.parameters.iter().map(|each| (each.name.to_owned(), json!({})));
        let parameters: serde_json::Map<String, Json> = parameters.collect();
        ToolSpec {
            name: tool.name.to_owned(),
            description: format!("What {} does.", tool.name),
            parameters: json!({"type": "object", "properties": parameters}),
        }
    };
    toolkit.tools().into_iter().map(spec).collect()
}

/// A definition over a domain with short sentences of our own.
pub fn definition(domain: Domain, tasks: Vec<Task>) -> Definition {
    let alone = !matches!(domain.name(), "airline" | "retail");
    let wording = Wording {
        agent: "Help.".into(),
        solo: Some("Work alone, then call done.".into()),
        plan: Some(PlanWording {
            instruction: "Follow the steps.".into(),
            step: "Call {call}.".into(),
            user_step: "Have them call {call}.".into(),
        }),
        user: "You call somebody.".into(),
        user_tools: Some("You call somebody, phone in hand.".into()),
        greeting: GREETING.into(),
        judge: Some("Judge.".into()),
    };
    Definition {
        id: DomainId::shipped(domain.name()).unwrap(),
        title: domain.name().into(),
        description: String::new(),
        version: "1".into(),
        source: SourceInfo { name: "test".into(), version: "1".into(), kind: SourceKind::Shipped },
        profile: domain.profile(),
        policy: "Be fair.".into(),
        solo_policy: alone.then(|| "Be fair, alone.".into()),
        agent_tools: tools(domain.agent()),
        user_tools: domain.user().map(tools),
        done: alone.then(|| ToolSpec {
            name: "done".into(),
            description: "Ends the work.".into(),
            parameters: json!({"type": "object", "properties": {}}),
        }),
        wording,
        tasks,
        splits: Default::default(),
        fingerprint: String::new(),
        domain: Arc::new(domain),
    }
}

pub fn task(json: Json) -> Task {
    Task::read(&value(&json)).unwrap()
}

/// A task of the mock domain: a to-do is to be made for Ann, and the agent has to say "noted".
pub fn todo() -> Json {
    json!({
        "id": "todo",
        "user_scenario": {"persona": "Calm.", "instructions": "You want a to-do named Milk."},
        "ticket": "Ann wants a to-do named Milk.",
        "evaluation_criteria": {
            "actions": [{"action_id": "a", "name": "create_task",
                "arguments": {"user_id": "ann", "title": "Milk"}}],
            "communicate_info": ["noted"],
        },
    })
}

/// The same for an agent who has nobody to say anything to.
pub fn quiet_todo() -> Json {
    let mut todo = todo();
    todo["evaluation_criteria"]["communicate_info"] = json!([]);
    todo
}

pub const MILK: &str = r#"{"user_id": "ann", "title": "Milk"}"#;
pub const MADE: &str =
    r#"{"task_id": "task_1", "title": "Milk", "description": null, "status": "pending"}"#;

pub fn mock(profile: Profile) -> Definition {
    let agent =
        json!({"tasks": {}, "users": {"ann": {"user_id": "ann", "name": "Ann", "tasks": []}}});
    let note = json!({"notification_id": "n1", "message": "Hello"});
    let user = json!({"notifications": {"n1": note}});
    let domain = Domain::open("mock", profile, &value(&agent), Some(&value(&user))).unwrap();
    definition(domain, Vec::new())
}

/// A phone company with one customer, and her phone.
pub fn phone(name: &str, profile: Profile) -> Definition {
    let address = json!({"street": "1 Elm", "city": "Ulm", "state": "X", "zip_code": "1"});
    let agent = json!({
        "plans": [{"plan_id": "P1", "name": "Plain", "data_limit_gb": 5.0, "price_per_month": 9.0,
            "data_refueling_price_per_gb": 2.0}],
        "customers": [{"customer_id": "C1", "full_name": "Ann", "date_of_birth": "1990-01-01",
            "email": "a@example.com", "phone_number": "555-1", "address": address,
            "account_status": "Active", "line_ids": ["L1"], "bill_ids": ["B1"]}],
        "lines": [{"line_id": "L1", "phone_number": "555-1", "status": "Active", "plan_id": "P1"}],
        "bills": [{"bill_id": "B1", "customer_id": "C1", "period_start": "2025-01-01",
            "period_end": "2025-01-31", "issue_date": "2025-02-01", "total_due": 9.0,
            "due_date": "2025-02-10", "status": "Overdue"}],
    });
    let domain = Domain::open(name, profile, &value(&agent), Some(&value(&json!({})))).unwrap();
    definition(domain, Vec::new())
}

/// Airplane mode is on, and a bill is to be paid: one fault for each side's tools.
pub fn two_faults() -> Task {
    let user = |name: &str, arguments: Json| json!({"env_type": "user", "func_name": name, "arguments": arguments});
    let agent = |name: &str, arguments: Json| json!({"env_type": "assistant", "func_name": name, "arguments": arguments});
    let expect = |id: &str, by: &str, name: &str, arguments: Json| json!({"action_id": id, "requestor": by, "name": name, "arguments": arguments});
    task(json!({
        "id": "two-faults",
        "user_scenario": {"instructions": "Your phone has no service."},
        "ticket": "Ann's phone has no service.",
        "initial_state": {"initialization_actions": [
            user("set_user_info", json!({"name": "Ann", "phone_number": "555-1"})),
            user("turn_airplane_mode_on", json!({})),
        ]},
        "evaluation_criteria": {
            "actions": [
                expect("0", "user", "toggle_airplane_mode", json!({})),
                expect("1", "assistant", "send_payment_request",
                    json!({"customer_id": "C1", "bill_id": "B1"})),
                expect("2", "user", "make_payment", json!({})),
            ],
            "env_assertions": [
                user("assert_service_status", json!({"expected_status": "connected"})),
                agent("assert_no_overdue_bill", json!({"overdue_bill_id": "B1"})),
            ],
            "reward_basis": ["ENV_ASSERTION", "ACTION"],
        },
    }))
}

/// Keeps what it is told.
#[derive(Default)]
pub struct Diary {
    pub entries: Mutex<Vec<Entry>>,
    /// Both hashes, each time the state was told.
    pub states: Mutex<Vec<(String, Option<String>)>>,
}

impl Observer for Diary {
    fn entry(&self, entry: &Entry) {
        self.entries.lock().unwrap().push(entry.clone());
    }

    fn state(&self, environment: &Environment) {
        let hashes = (environment.agent_hash(), environment.user_hash());
        self.states.lock().unwrap().push(hashes);
    }
}

/// What models say, and what they were asked.
pub struct Stage {
    pub definition: Definition,
    pub task: Task,
    pub spec: Spec,
    pub agent: Arc<ScriptedModel>,
    pub customer: Option<Arc<ScriptedModel>>,
    pub judge: Option<Arc<ScriptedModel>>,
}

pub fn says(text: &str) -> Message {
    Message::text(Role::Assistant, text)
}

impl Stage {
    pub fn new(
        definition: Definition,
        task: Task,
        agent: Vec<Message>,
        customer: Vec<Message>,
    ) -> Stage {
        Stage {
            definition,
            task,
            spec: Spec::new(AgentKind::Llm),
            agent: Arc::new(ScriptedModel::new(agent)),
            customer: Some(Arc::new(ScriptedModel::new(customer))),
            judge: None,
        }
    }

    /// In the mock domain.
    pub fn mock(profile: Profile, agent: Vec<Message>, customer: Vec<Message>) -> Stage {
        Stage::new(mock(profile), task(todo()), agent, customer)
    }

    /// An agent alone.
    pub fn alone(definition: Definition, task: Task, agent: Vec<Message>) -> Stage {
        let stage = Stage::new(definition, task, agent, Vec::new());
        Stage { spec: Spec::new(AgentKind::Solo), customer: None, ..stage }
    }

    pub async fn play(&self) -> Result<Played, Failure> {
        self.play_before(&Silent).await
    }

    pub async fn play_before(&self, observer: &dyn Observer) -> Result<Played, Failure> {
        let voice = self.customer.clone().map(|model| {
            let voice: Box<dyn CustomerVoice> = Box::new(Unsteered::new(Box::new(model)));
            voice
        });
        self.play_with(voice, observer).await
    }

    pub async fn play_with(
        &self,
        voice: Option<Box<dyn CustomerVoice>>,
        observer: &dyn Observer,
    ) -> Result<Played, Failure> {
        let (definition, task) = (&self.definition, &self.task);
        let customer = voice.map(|voice| {
            SimulatedCustomer::new(definition, task, voice, &Prompts::shipped()).unwrap()
        });
        let players = Players {
            agent: &*self.agent,
            customer: customer.as_ref(),
            judge: self.judge.as_deref().map(|judge| -> &dyn ChatModel { judge }),
        };
        let cancel = CancellationToken::new();
        tau_sim::tau2::play(definition, task, &self.spec, players, observer, &cancel).await
    }

    /// What the agent's model was asked.
    pub fn agent_asked(&self) -> Vec<ChatRequest> {
        self.agent.asked()
    }

    /// What the customer's model was asked.
    pub fn customer_asked(&self) -> Vec<ChatRequest> {
        self.customer.as_ref().unwrap().asked()
    }
}

/// A record as lines: who, what is said, what is called or answered.
pub fn lines(entries: &[Entry]) -> Vec<String> {
    let line = |entry: &Entry| {
        let who = match (entry.message.role, entry.requestor) {
            (Role::Tool, Requestor::Assistant) => "tool for agent",
            (Role::Tool, Requestor::User) => "tool for customer",
            (_, Requestor::Assistant) => "agent",
            (_, Requestor::User) => "customer",
        };
        let mut line = format!("{who}:");
        if let Some(text) = &entry.message.content {
            line.push_str(&format!(" {text}"));
        }
        for call in &entry.message.tool_calls {
            line.push_str(&format!(" [{}]", call.name));
        }
        line + if entry.error { " !" } else { "" }
    };
    entries.iter().map(line).collect()
}

/// A request without its system message, as roles and texts.
pub fn seen(request: &ChatRequest) -> Vec<(Role, String)> {
    let seen = |message: &Message| {
        let calls: String =
            message.tool_calls.iter().map(|call| format!("[{}]", call.name)).collect();
        (message.role, message.content.clone().unwrap_or_default() + &calls)
    };
    assert_eq!(request.messages[0].role, Role::System);
    request.messages[1..].iter().map(seen).collect()
}
