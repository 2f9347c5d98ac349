//! A player whose conversations are scripted, with a ledger of the replies it sold.

use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tau_domain::{Ending, Message, OutputCheck, Reward, Role, Task, Trajectory, Usage};
use tau_llm::{
    ChatModel, ChatReply, ChatRequest, Finish, Journaled, ModelError, ModelErrorKind, ReplyJournal,
    SpeakerRole,
};
use tau_runs::{
    EpisodePlayer, LiveEpisode, PendingEpisode, PlayFailure, RunLimits, RunPlan, Transcript,
};

/// `tasks` tasks under the baseline and under strong impatience, shuffled.
pub fn plan(tasks: u32, trials: u32, max_concurrency: u32) -> RunPlan {
    RunPlan {
        name: "Scripted".into(),
        shuffle: true,
        limits: RunLimits { max_concurrency, ..RunLimits::default() },
        ..tau_runs::testing::plan(tasks, trials)
    }
}

/// What goes wrong with an episode, by task id.
#[derive(Clone)]
pub enum Fault {
    /// The agent's model fails this often before it works; `u32::MAX` for always.
    Model(ModelErrorKind, u32),
    /// The program has a bug.
    Panic,
    /// Never answers.
    Hang,
}

/// Plays `turns` exchanges and then passes on even tasks, fails on odd ones.
pub struct Scripted {
    turns: u32,
    latency: Duration,
    faults: Mutex<HashMap<String, Fault>>,
    fault_everywhere: Mutex<Option<Fault>>,
    ledger: Arc<Ledger>,
}

/// Replies that were bought. A line is written before the reply is handed out, as a provider would
/// count it.
#[derive(Default)]
pub struct Ledger {
    file: Option<Mutex<File>>,
    count: AtomicU32,
}

impl Ledger {
    pub fn bought(&self) -> u32 {
        self.count.load(Ordering::SeqCst)
    }

    fn sell(&self, line: &str) {
        self.count.fetch_add(1, Ordering::SeqCst);
        if let Some(file) = &self.file {
            file.lock().unwrap().write_all(format!("{line}\n").as_bytes()).unwrap();
        }
    }
}

impl Scripted {
    pub fn new(turns: u32, latency: Duration) -> Scripted {
        Scripted {
            turns,
            latency,
            faults: Mutex::default(),
            fault_everywhere: Mutex::default(),
            ledger: Arc::default(),
        }
    }

    pub fn with_ledger_file(mut self, path: &Path) -> Scripted {
        let file = File::options().create(true).append(true).open(path).unwrap();
        self.ledger = Arc::new(Ledger { file: Some(Mutex::new(file)), count: AtomicU32::new(0) });
        self
    }

    pub fn ledger(&self) -> Arc<Ledger> {
        self.ledger.clone()
    }

    pub fn fault(&self, task: &str, fault: Fault) {
        self.faults.lock().unwrap().insert(task.to_owned(), fault);
    }

    pub fn fault_everywhere(&self, fault: Option<Fault>) {
        *self.fault_everywhere.lock().unwrap() = fault;
    }

    pub fn heal(&self) {
        self.faults.lock().unwrap().clear();
        self.fault_everywhere(None);
    }

    fn next_fault(&self, task: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().unwrap();
        if let Some(Fault::Model(_, left)) = faults.get_mut(task) {
            if *left == 0 {
                return None;
            }
            *left = left.saturating_sub(1);
        }
        faults.get(task).cloned().or_else(|| self.fault_everywhere.lock().unwrap().clone())
    }
}

struct ScriptedModel {
    name: String,
    latency: Duration,
    ledger: Arc<Ledger>,
    said: AtomicU32,
    fault: Option<Fault>,
}

#[async_trait]
impl ChatModel for ScriptedModel {
    fn name(&self) -> &str {
        &self.name
    }

    async fn chat(&self, request: &ChatRequest) -> Result<ChatReply, ModelError> {
        match &self.fault {
            Some(Fault::Model(kind, _)) => {
                return Err(ModelError::new(*kind, format!("It was {kind:?}.")));
            }
            Some(Fault::Panic) => panic!("a bug on purpose"),
            Some(Fault::Hang) => std::future::pending::<()>().await,
            None => {}
        }
        tokio::time::sleep(self.latency).await;
        let turn = request.messages.len();
        self.ledger.sell(&format!("{} {turn}", self.name));
        self.said.fetch_add(1, Ordering::SeqCst);
        Ok(ChatReply {
            message: Message::text(Role::Assistant, format!("{} at {turn}", self.name)),
            usage: Usage { input_tokens: 10, output_tokens: 5 },
            finish: Finish::Stop,
            cost_usd: Some(0.01),
            attempts: 1,
        })
    }
}

#[async_trait]
impl EpisodePlayer for Scripted {
    async fn play(
        &self,
        plan: &Arc<RunPlan>,
        episode: &PendingEpisode,
        journal: Arc<dyn ReplyJournal>,
        live: &LiveEpisode,
    ) -> Result<Transcript, PlayFailure> {
        let who = format!("{}/{}/{}", episode.task, episode.condition, episode.trial);
        let model = |role: &str, fault| ScriptedModel {
            name: format!("{role} {who}"),
            latency: self.latency,
            ledger: self.ledger.clone(),
            said: AtomicU32::new(0),
            fault,
        };
        let fault = self.next_fault(&episode.task);
        let agent = Journaled::new(model("agent", fault), journal.clone(), SpeakerRole::Agent);
        let customer = Journaled::new(model("customer", None), journal, SpeakerRole::Customer);
        let mut messages = vec![Message::text(Role::System, "The policy.")];
        for _ in 0..self.turns {
            for speaker in [&customer, &agent] {
                let request = ChatRequest { messages: messages.clone(), ..ChatRequest::default() };
                let mut message = speaker.chat(&request).await?.message;
                if std::ptr::eq(speaker, &customer) {
                    message.role = Role::User;
                }
                live.say(&message);
                messages.push(message);
            }
        }
        let index: u32 = episode.task.parse().unwrap();
        let passed = index.is_multiple_of(2);
        let planned = plan.tasks.iter().find(|task| task.id == episode.task).unwrap();
        Ok(Transcript::new(
            Task {
                id: planned.id.clone(),
                user_id: "u".into(),
                instruction: "Exchange it.".into(),
                actions: Vec::new(),
                outputs: vec!["10".into()],
                title: planned.title.clone(),
                rules: Vec::new(),
                twin: None,
                allowed: None,
            },
            Trajectory {
                messages,
                ending: Ending::CustomerStopped,
                reward: Reward {
                    value: if passed { 1.0 } else { 0.0 },
                    state_matches: true,
                    outputs: vec![OutputCheck { output: "10".into(), found: passed }],
                    graded: true,
                    gold_hash: "h".into(),
                },
                differences: Vec::new(),
                agent_usage: Usage { input_tokens: 10, output_tokens: 5 },
                customer_usage: Usage::default(),
                agent_cost_usd: Some(0.01 * f64::from(self.turns)),
                customer_cost_usd: None,
                steps: self.turns,
            },
        ))
    }
}

fn found(path: PathBuf, what: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("SKIPPED: {} is not there ({what})\n", path.display()),
    );
    None
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of recorded answers, or a loud skip.
pub fn facts(name: &str) -> Option<PathBuf> {
    let beside = || repository().join("../shared/facts");
    let root = std::env::var_os("TAUTRAIT_FACTS").map_or_else(beside, PathBuf::from);
    found(root.join(name), "recorded conversations; set TAUTRAIT_FACTS")
}

/// The release with which they were recorded, or a loud skip.
pub fn wheel() -> Option<PathBuf> {
    let usual = || repository().join("target/upstream/tau_trait-0.1.1-py3-none-any.whl");
    let path = std::env::var_os("TAUTRAIT_WHEEL").map_or_else(usual, PathBuf::from);
    found(path, "the released wheel; set TAUTRAIT_WHEEL")
}
