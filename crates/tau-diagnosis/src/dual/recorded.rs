//! What is stored beside a conversation of tau2's, in upstream's words: its task, why it ended, and its grade
//! with every part (upstream `data_model/simulation.py`, `RewardInfo`).

use tau_toolkits::grading::{Action, Assertion, Basis};
use tau_toolkits::{Task, Value};

/// A conversation's grade as it stands in a file or in the store.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorded {
    /// The task, where it is told.
    pub(super) task: Option<Task>,
    /// Why the conversation ended, in upstream's word.
    pub(super) ending: String,
    /// Whether it was played and graded here.
    pub(super) played_here: bool,
    /// Whether anything was looked at: upstream does not look at what ended early.
    pub(super) graded: bool,
    /// Whether the databases are what the expected actions leave.
    pub(super) database: Option<bool>,
    /// The assertions on the state.
    pub(super) assertions: Vec<(Assertion, Option<bool>)>,
    /// The expected actions.
    pub(super) actions: Vec<(Action, Option<bool>)>,
    /// What had to be said.
    pub(super) said: Vec<(String, Option<bool>)>,
    /// What a judging model was asked, what it found, and why.
    pub(super) judged: Vec<(String, Option<bool>, String)>,
    /// What the reward is the product of.
    pub(super) basis: Vec<Basis>,
}

impl Recorded {
    /// Reads what is stored; `None` for a conversation that is not of tau2.
    pub(super) fn read(extra: &str) -> Option<Recorded> {
        let extra = Value::read_json(extra).ok()?;
        let simulation = member(&extra, "simulation");
        simulation.as_dict()?;
        let info = member(&simulation, "reward_info");
        let mut recorded = Recorded {
            task: Task::read(&member(&extra, "task")).ok(),
            ending: text(&simulation, "termination_reason").unwrap_or_default(),
            played_here: truth(&extra, "played_here") == Some(true),
            database: truth(&member(&info, "db_check"), "db_match"),
            ..Recorded::default()
        };
        recorded.assertions = each(&info, "env_assertions", |check| {
            let assertion = Assertion::read(&member(check, "env_assertion")).ok()?;
            Some((assertion, truth(check, "met")))
        });
        recorded.actions = each(&info, "action_checks", |check| {
            Some((Action::read(&member(check, "action")).ok()?, truth(check, "action_match")))
        });
        recorded.said = each(&info, "communicate_checks", |check| {
            Some((text(check, "info")?, truth(check, "met")))
        });
        recorded.judged = each(&info, "nl_assertions", |check| {
            let why = text(check, "justification").unwrap_or_default();
            Some((text(check, "nl_assertion")?, truth(check, "met"), why))
        });
        recorded.graded = recorded.database.is_some()
            || !recorded.assertions.is_empty()
            || !recorded.actions.is_empty()
            || !recorded.said.is_empty()
            || !recorded.judged.is_empty();
        // A file of the first release does not say the basis; its breakdown does.
        let named = each(&info, "reward_basis", |word| Basis::of(word.as_str()?));
        let factors = member(&info, "reward_breakdown");
        let factors = factors.as_dict().map(|factors| factors.keys().filter_map(|k| Basis::of(k)));
        recorded.basis = match (named.is_empty(), factors) {
            (true, Some(factors)) => factors.collect(),
            _ => named,
        };
        recorded.fill_in();
        Some(recorded)
    }

    /// What was not looked at stands as the task has it, so that it can be looked at now.
    fn fill_in(&mut self) {
        let Some(criteria) = self.task.as_ref().and_then(|task| task.graded.criteria.clone())
        else {
            return;
        };
        if self.basis.is_empty() || !self.graded {
            self.basis = criteria.basis;
        }
        if self.graded {
            return;
        }
        let open = |one| (one, None);
        self.assertions =
            criteria.env_assertions.into_iter().flatten().map(|a| (a, None)).collect();
        self.actions =
            criteria.actions.into_iter().flatten().map(|action| (action, None)).collect();
        self.said = criteria.communicate_info.into_iter().flatten().map(open).collect();
        let judged = criteria.nl_assertions.into_iter().flatten();
        self.judged = judged.map(|one| (one, None, String::new())).collect();
    }

    /// Whether there is an end to compare with: where a task names neither actions nor assertions, upstream
    /// compares nothing.
    pub(super) fn has_plan(&self) -> bool {
        let criteria = self.task.as_ref().and_then(|task| task.graded.criteria.as_ref());
        criteria
            .is_some_and(|criteria| criteria.actions.is_some() || criteria.env_assertions.is_some())
    }

    /// Whether the reward rests on a part.
    pub(super) fn counts(&self, basis: Basis) -> bool {
        self.basis.contains(&basis)
    }
}

/// A member of an object; null when there is none.
fn member(value: &Value, name: &str) -> Value {
    value.as_dict().and_then(|object| object.get(name)).cloned().unwrap_or(Value::None)
}

fn text(value: &Value, name: &str) -> Option<String> {
    member(value, name).as_str().map(str::to_owned)
}

fn truth(value: &Value, name: &str) -> Option<bool> {
    match member(value, name) {
        Value::Bool(truth) => Some(truth),
        _ => None,
    }
}

fn each<T>(value: &Value, name: &str, read: impl Fn(&Value) -> Option<T>) -> Vec<T> {
    match member(value, name) {
        Value::List(items) => items.iter().filter_map(read).collect(),
        _ => Vec::new(),
    }
}
