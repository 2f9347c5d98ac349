//! A task with its expected actions: answers and hashes along them, what the evaluator takes for expected, the
//! rewards of made-up conversations, and fingerprints of the prompts.

use tau_toolkits::grading::{Action, Assertion, Criteria, GradeError, GradedTask, RewardInfo};
use tau_toolkits::{FunctionCall, Map, Task, Value, json_dumps, sha256};

use super::task_text::{same_actions, task_text};
use super::{Place, Replay, Wrong, list, text};
use crate::tau2::{Script, play};

/// Another release's criteria for a task that this release has too.
const CRITERIA: &str = "tasks graded by the recording's criteria: this release's are others";

/// Another release's scenarios.
const SCENARIOS: &str = "scenarios, and prompts with them, that another release words otherwise";

/// Another release's expected actions.
const PLANS: &str = "plans of tasks of which another release expects other actions";

/// Another release's way to say it.
const SHOWN: &str = "texts of whole tasks that another release has otherwise";

/// Upstream's own text of a message says when it was made.
const MOMENTS: &str = "texts of whole tasks that hold the moment of the recording";

/// What hangs on the release's own criteria.
const SUITED: &str = "agents that a task suits, of tasks that another release has otherwise";

/// Another release's tasks.
const TASKS: &str =
    "tasks that this release does not have: their state is taken to be the initial one";

impl Replay<'_> {
    pub(super) fn task(&mut self, id: &str, record: &Map) -> Wrong<()> {
        let name = format!("task {id}");
        let whole = Place { record: &name, call: None };
        self.tally.records += 1;
        let task = self.definition.task(id);
        if task.is_none() {
            match self.elsewhere() {
                true => self.tally.allow(TASKS),
                false => return Err(format!("there is no task {id}")),
            }
        }
        let graded = task.map(|task| task.graded.clone()).unwrap_or_default();
        let mut environment = self.fresh()?;
        if let Err(error) = environment.set_state(&graded.initial, &graded.history) {
            self.tally.differs(&whole, None, "state", "a state", &error.to_string());
            return Ok(());
        }
        let mut gold = environment.clone();
        let get = |name: &str| record.get(name);
        self.hashes(&environment, get("init_agent_hash"), get("init_user_hash"), &whole, "hash");
        let mut raised = Vec::new();
        for (at, action) in list(record, "actions").iter().enumerate() {
            let place = Place { record: &name, call: Some(at) };
            let call = self.call(&mut environment, action, &place)?;
            let hash = |name: &str| action.as_dict().and_then(|action| action.get(name));
            self.hashes(&environment, hash("agent_hash"), hash("user_hash"), &place, "hash");
            let outcome = gold.make_tool_call(&call.name, call.requestor, &call.arguments);
            if let Err(error) = outcome {
                let (name, error) = (call.name.as_str().into(), format!("Error: {error}").into());
                raised.push(Value::dict([("name", name), ("error", error)]));
            }
        }
        let (agent, user) = (get("final_agent_hash"), get("final_user_hash"));
        self.hashes(&environment, agent, user, &whole, "final hash");
        let (agent, user) = (get("gold_agent_hash"), get("gold_user_hash"));
        self.hashes(&gold, agent, user, &whole, "gold hash");
        if let Some(recorded) = get("gold_errors") {
            let (expected, ours) = (json_dumps(recorded), json_dumps(&Value::list(raised)));
            self.tally.compare("gold errors", &whole, "gold errors", &expected, &ours);
        }
        for asked in list(record, "env_assertions") {
            let assertion = Assertion::read(asked).map_err(|e| e.to_string())?;
            let met = assertion_met(&mut environment, &assertion.call, assertion.wanted);
            let recorded = asked.as_dict().and_then(|asked| asked.get("met"));
            let same = matches!((met, recorded), (Some(met), Some(Value::Bool(r))) if met == *r);
            self.tally.count("assertions", same);
            if !same {
                let (expected, actual) = (format!("{recorded:?}"), format!("{met:?}"));
                self.tally.differs(&whole, None, "assertion", &expected, &actual);
            }
        }
        self.rewards(&graded, record, &whole)?;
        if let Some(task) = task {
            self.prompts(task, record, &whole);
        }
        Ok(())
    }

    /// The rewards of the made-up conversations, by the task's own criteria. Those of another release may
    /// be others: then the recording's are taken, and that is counted.
    fn rewards(&mut self, graded: &GradedTask, record: &Map, whole: &Place<'_>) -> Wrong<()> {
        let Some(Value::Dict(eval)) = record.get("eval") else { return Ok(()) };
        let Some(perfect) = eval.get("perfect") else { return Ok(()) };
        let profile = self.domain.profile();
        let greeting = &self.definition.wording.greeting;
        let dumped = |task: &GradedTask| {
            play(self.domain, task, greeting, Script::PERFECT)
                .map(|info| json_dumps(&info.dump(profile)))
                .unwrap_or_else(|error| error.to_string())
        };
        let expected = json_dumps(perfect);
        let mut task = graded.clone();
        let mut ours = dumped(&task);
        if ours != expected && self.elsewhere() {
            task.criteria = Some(recorded_criteria(record, perfect)?);
            ours = dumped(&task);
            self.tally.allow(CRITERIA);
        }
        self.tally.count("rewards", ours == expected);
        if ours != expected {
            self.tally.differs(whole, None, "reward", &expected, &ours);
        }
        let idle = Script { acts: false, says: true };
        let silent = Script { acts: true, says: false };
        for (name, script) in [("no_tools_said_all", idle), ("tools_said_nothing", silent)] {
            let Some(expected) = eval.get(name) else { continue };
            let info = play(self.domain, &task, greeting, script);
            let (same, shown) = match expected.as_dict().and_then(|map| text(map, "exception")) {
                Some(exception) => {
                    let raised = info.err().map(|error| error.to_string()).unwrap_or_default();
                    (!raised.is_empty() && exception.ends_with(&raised), raised)
                }
                None => {
                    let ours = summary(&info);
                    (ours == json_dumps(expected), ours)
                }
            };
            self.tally.count("rewards", same);
            if !same {
                self.tally.differs(whole, None, "reward in part", &json_dumps(expected), &shown);
            }
        }
        if let Some(Value::Bool(expected)) = record.get("no_tools_db_match") {
            let info = play(self.domain, &task, greeting, idle);
            let ours = info.ok().and_then(|info| info.db_check).map(|check| check.matches);
            self.tally.count("rewards", ours == Some(*expected));
            if ours != Some(*expected) {
                let (expected, ours) = (expected.to_string(), format!("{ours:?}"));
                self.tally.differs(whole, None, "state of doing nothing", &expected, &ours);
            }
        }
        if let Some(Value::Float(expected)) = record.get("comm_said_nothing") {
            let info = play(self.domain, &task, greeting, silent);
            let checks = info.ok().and_then(|info| info.communicate_checks).unwrap_or_default();
            let ours = if checks.iter().all(|check| check.met) { 1.0 } else { 0.0 };
            self.tally.count("rewards", ours == *expected);
            if ours != *expected {
                let (expected, ours) = (expected.to_string(), ours.to_string());
                self.tally.differs(whole, None, "reward of saying nothing", &expected, &ours);
            }
        }
        Ok(())
    }

    /// What models are told in this task, and what is said of the task itself.
    fn prompts(&mut self, task: &Task, record: &Map, whole: &Place<'_>) {
        let (definition, wording) = (self.definition, self.wording().clone());
        let has_tools = self.domain.user().is_some();
        let (policy, solo) = (&definition.policy, definition.solo_policy.as_ref());
        let scenario = task.scenario.to_string();
        let elsewhere = self.elsewhere();
        // What is known to differ between releases, and nothing else, may differ.
        let recorded = |name: &str| record.get(name).and_then(Value::as_dict);
        let differs = |name: &str, ours: &str| {
            recorded(name)
                .and_then(|of| text(of, "sha256"))
                .is_some_and(|hash| hash != sha256(ours))
        };
        let other_scenario = elsewhere && differs("user_scenario_str", &scenario);
        let other_actions = elsewhere && !same_actions(task, list(record, "actions"));
        let user = wording.user_prompt(has_tools, &scenario);
        let prompts = [
            ("agent_system_prompt", Some(wording.agent_prompt(policy)), None),
            ("gt_system_prompt", wording.plan_prompt(policy, task), other_actions.then_some(PLANS)),
            ("solo_system_prompt", solo.and_then(|policy| wording.solo_prompt(policy, task)), None),
            ("user_system_prompt", Some(user), other_scenario.then_some(SCENARIOS)),
            ("user_scenario_str", Some(scenario), other_scenario.then_some(SCENARIOS)),
        ];
        for (name, prompt, other) in prompts {
            let (Some(recorded), Some(prompt)) = (recorded(name), prompt) else { continue };
            let expected = format!("{name} {}", text(recorded, "sha256").unwrap_or_default());
            let ours = format!("{name} {}", sha256(&prompt));
            match other {
                Some(other) if ours != expected => self.tally.allow(other),
                _ => self.tally.compare("prompts", whole, "prompt", &expected, &ours),
            }
        }
        let facts = [
            ("gt_valid", task.has_plan()),
            ("solo_valid", solo.is_some() && task.fits_solo()),
            ("user_has_tools", has_tools),
        ];
        for (name, ours) in facts {
            let Some(Value::Bool(expected)) = record.get(name) else { continue };
            if other_actions && ours != *expected {
                self.tally.allow(SUITED);
                continue;
            }
            let (expected, ours) = (format!("{name} {expected}"), format!("{name} {ours}"));
            self.tally.compare("facts", whole, "fact", &expected, &ours);
        }
        let Some(recorded) = recorded("task_str") else { return };
        let expected = text(recorded, "sha256").unwrap_or_default();
        match task_text(task).map(|text| sha256(&text)) {
            None => self.tally.allow(MOMENTS),
            Some(ours) if elsewhere && ours != expected => self.tally.allow(SHOWN),
            Some(ours) => self.tally.compare("facts", whole, "text of the task", expected, &ours),
        }
    }
}

fn assertion_met(
    environment: &mut tau_toolkits::Environment,
    call: &FunctionCall,
    wanted: bool,
) -> Option<bool> {
    environment.assertion(call).ok().map(|holds| holds == wanted)
}

/// The criteria that a recorded reward speaks of.
fn recorded_criteria(record: &Map, perfect: &Value) -> Wrong<Criteria> {
    let perfect = perfect.as_dict().ok_or("a reward is not an object")?;
    let each = |name: &str, inner: &str| -> Option<Vec<Value>> {
        let Some(Value::List(checks)) = perfect.get(name) else { return None };
        checks.iter().map(|check| check.as_dict()?.get(inner).cloned()).collect()
    };
    let texts = |name: &str, inner: &str| -> Option<Vec<String>> {
        let all = each(name, inner)?;
        all.iter().map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let basis = record.get("reward_basis").cloned().unwrap_or(Value::None);
    let basis = Criteria::read(&Value::dict([("reward_basis", basis)]));
    let actions = each("action_checks", "action")
        .map(|all| all.iter().map(Action::read).collect::<Result<Vec<_>, _>>());
    let assertions = each("env_assertions", "env_assertion")
        .map(|all| all.iter().map(Assertion::read).collect::<Result<Vec<_>, _>>());
    Ok(Criteria {
        actions: actions.transpose().map_err(|e| e.to_string())?,
        env_assertions: assertions.transpose().map_err(|e| e.to_string())?,
        communicate_info: texts("communicate_checks", "info"),
        nl_assertions: texts("nl_assertions", "nl_assertion"),
        basis: basis.map_err(|e| e.to_string())?.basis,
    })
}

/// The part of a reward that recordings keep of the lesser conversations.
fn summary(info: &Result<RewardInfo, GradeError>) -> String {
    let info = match info {
        Ok(info) => info,
        Err(error) => return error.to_string(),
    };
    let all = |these: Vec<bool>| Value::list(these.into_iter().map(Value::Bool).collect());
    let factors = info.breakdown.iter().flatten();
    let factors = factors.map(|(basis, factor)| (basis.word(), Value::Float(*factor)));
    let db_check = info.db_check.map_or(Value::None, |check| {
        Value::dict([
            ("db_match", check.matches.into()),
            ("db_reward", Value::Float(if check.matches { 1.0 } else { 0.0 })),
        ])
    });
    json_dumps(&Value::dict([
        ("reward", info.reward.into()),
        ("reward_breakdown", Value::dict(factors)),
        ("db_check", db_check),
        (
            "action_matches",
            all(info.action_checks.iter().flatten().map(|check| check.matches).collect()),
        ),
        ("env_mets", all(info.env_assertions.iter().flatten().map(|check| check.met).collect())),
        (
            "comm_mets",
            all(info.communicate_checks.iter().flatten().map(|check| check.met).collect()),
        ),
    ]))
}
