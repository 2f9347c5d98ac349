//! The models, field by field, against what upstream's classes say of themselves: those of the databases, and
//! those of tasks and rewards that a result file is written from.

use tau_toolkits::grading::Basis;
use tau_toolkits::schema::{Class, EnumClass, Extra, Kind};
use tau_toolkits::{Map, Task, Value, airline, message_dump, mock, python, retail, telecom};

use super::{Place, Replay, Wrong, list, text};

/// Models of parts that are not taken over, or are told about elsewhere.
const OTHERS: &str = "models of results, to which exported files are held elsewhere, and of voice";

impl Replay<'_> {
    pub(super) fn models(&mut self, document: &Map) -> Wrong<()> {
        let mut known = Vec::new();
        for (module, database) in [
            ("mock.data_model", &mock::DATABASE),
            ("mock.user_data_model", &mock::USER_DATABASE),
            ("airline.data_model", &airline::models::DATABASE),
            ("retail.data_model", &retail::models::DATABASE),
            ("telecom.data_model", &telecom::model::AGENT_DB),
            ("telecom.user_data_model", &telecom::device::USER_DB),
        ] {
            let module = format!("tau2.domains.{module}");
            // Upstream before 1.0 has no customer's data in the mock domain.
            let Some(Value::Dict(recorded)) = document.get(&*module) else { continue };
            self.database(recorded, database)?;
            known.push(module);
        }
        if let Some(Value::Dict(recorded)) = document.get("tau2.data_model.tasks") {
            self.written(recorded)?;
            known.push("tau2.data_model.tasks".to_owned());
        }
        if let Some(Value::Dict(recorded)) = document.get("tau2.data_model.message") {
            self.messages(recorded)?;
            known.push("tau2.data_model.message".to_owned());
        }
        for (module, models) in document {
            if known.iter().any(|known| **known == **module) {
                continue;
            }
            for _ in models.as_dict().into_iter().flat_map(Map::keys) {
                self.tally.allow(OTHERS);
            }
        }
        Ok(())
    }

    fn database(&mut self, recorded: &Map, database: &'static Class) -> Wrong<()> {
        let mut open = vec![database];
        let mut seen: Vec<&Class> = Vec::new();
        while let Some(class) = open.pop() {
            if seen.iter().any(|other| std::ptr::eq(*other, class)) {
                continue;
            }
            seen.push(class);
            let model = recorded.get(class.name).and_then(Value::as_dict);
            let model = model.ok_or_else(|| format!("there is no model {}", class.name))?;
            let extra = match class.extra {
                Extra::Ignore => "ignore",
                Extra::Forbid => "forbid",
            };
            let place = Place::of(class.name);
            // pydantic's own default is not always written.
            let theirs = text(model, "extra").unwrap_or("ignore");
            self.tally.compare("models", &place, "unknown keys", theirs, extra);
            let theirs = list(model, "fields");
            let (all, ours) = (theirs.len().to_string(), class.fields.len().to_string());
            self.tally.compare("models", &place, "number of fields", &all, &ours);
            for (theirs, ours) in theirs.iter().zip(class.fields) {
                let theirs = theirs.as_dict().ok_or("a field is not an object")?;
                let default = text(theirs, "default").unwrap_or_default();
                let default = default.strip_prefix("<factory> ").unwrap_or(default);
                let expected = format!(
                    "{}: {} = {}",
                    text(theirs, "name").unwrap_or_default(),
                    words_for_members(&python_type(text(theirs, "type").unwrap_or_default())),
                    words_for_members(default),
                );
                let mut named = Vec::new();
                let own = ours.default.value().map(|value| python::repr_of(&value));
                let kind = type_text(&ours.kind, &mut named);
                let own = own.as_deref().unwrap_or("<required>");
                let ours_told = format!("{}: {kind} = {own}", ours.name);
                self.tally.compare("fields", &place, "field", &expected, &ours_told);
                open.extend(named);
                for class in enums(&ours.kind) {
                    self.members(recorded, class.name, class.members)?;
                }
            }
        }
        Ok(())
    }

    fn members(&mut self, recorded: &Map, name: &str, ours: &[(&str, &str)]) -> Wrong<()> {
        let members = recorded.get(name).and_then(Value::as_dict);
        let members = members.and_then(|model| model.get("enum")?.as_dict());
        let members = members.ok_or_else(|| format!("there is no enumeration {name}"))?;
        let told = |(name, word): (&str, &str)| format!("{name}={word}");
        let theirs: Vec<String> = members
            .iter()
            .map(|(name, word)| told((name, word.as_str().unwrap_or_default())))
            .collect();
        let ours: Vec<String> = ours.iter().copied().map(told).collect();
        let (expected, ours) = (theirs.join(" "), ours.join(" "));
        self.tally.compare("models", &Place::of(name), "members", &expected, &ours);
        Ok(())
    }

    fn messages(&mut self, recorded: &Map) -> Wrong<()> {
        for (model, class) in recorded {
            let given = match &**model {
                "SystemMessage" => r#"{"role": "system"}"#,
                "UserMessage" => r#"{"role": "user"}"#,
                "AssistantMessage" => r#"{"role": "assistant"}"#,
                "ToolMessage" => r#"{"role": "tool"}"#,
                "ToolCall" => r#"{"role": "user", "tool_calls": [{}]}"#,
                other if UNWRITTEN.contains(&other) => {
                    self.tally.allow(OTHERS);
                    continue;
                }
                other => return Err(format!("there is no message {other}")),
            };
            let given = Value::read_json(given)?;
            let dumped = given.as_dict().map(|given| message_dump(given, self.domain.profile()));
            let dumped = dumped.unwrap_or(Value::None);
            let of = |name: &str| dumped.as_dict().and_then(|object| object.get(name)).cloned();
            let dumped = match of("tool_calls") {
                Some(Value::List(calls)) => calls.first().cloned().unwrap_or(Value::None),
                _ => dumped,
            };
            let ours: Vec<&str> =
                dumped.as_dict().into_iter().flat_map(Map::keys).map(|name| &**name).collect();
            let class = class.as_dict().ok_or("a model is not an object")?;
            let (expected, ours) = (names(class), ours.join(" "));
            self.tally.compare("models", &Place::of(model), "fields", &expected, &ours);
        }
        Ok(())
    }

    /// Tasks as they are written into result files: the fields of each model, in order.
    fn written(&mut self, recorded: &Map) -> Wrong<()> {
        let profile = self.domain.profile();
        let task = Task::read(&Value::read_json(WHOLE_TASK)?).map_err(|e| e.to_string())?;
        let task = task.dump(profile);
        for (model, path) in PARTS {
            let Some(Value::Dict(class)) = recorded.get(*model) else {
                // Before 1.0 nothing is said of a task's faults.
                continue;
            };
            let expected = names(class);
            let part = path.iter().try_fold(&task, |value, step| match value {
                Value::List(items) => items.first(),
                value => value.as_dict()?.get(*step),
            });
            let ours = part.and_then(Value::as_dict);
            let ours = ours.into_iter().flat_map(Map::keys).map(|name| &**name);
            let ours = ours.collect::<Vec<_>>().join(" ");
            self.tally.compare("models", &Place::of(model), "fields", &expected, &ours);
        }
        let bases = Basis::ALL.map(|basis| (basis.word(), basis.word()));
        self.members(recorded, "RewardType", &bases)
    }
}

/// The names of a recorded model's fields, but for those that are never written.
fn names(class: &Map) -> String {
    let fields = list(class, "fields").iter().filter_map(Value::as_dict);
    let written = fields.filter(|field| !matches!(field.get("exclude"), Some(Value::Bool(true))));
    let names = written.filter_map(|field| text(field, "name"));
    names.collect::<Vec<_>>().join(" ")
}

/// Messages as they are written into result files. Those that only pass between upstream's own parts, or that
/// belong to voice, are not written.
const UNWRITTEN: [&str; 4] =
    ["ParticipantMessageBase", "MultiToolMessage", "TurnTakingAction", "Tick"];

/// A task with everything that one can have.
const WHOLE_TASK: &str = r#"{"id": "t", "description": {}, "user_scenario": {"instructions": {"domain": "",
    "reason_for_call": "", "task_instructions": ""}}, "initial_state": {"initialization_data": {"agent_data": {}},
    "initialization_actions": [{"env_type": "user", "func_name": "f", "arguments": {}}]},
    "evaluation_criteria": {"actions": [{"action_id": "a", "name": "f", "arguments": {}}],
    "env_assertions": [{"env_type": "user", "func_name": "f", "arguments": {}}]},
    "issues": [{"id": "1", "title": "t"}]}"#;

/// Where the models of `data_model/tasks.py` stand in such a task; a step into a list is to its first item.
const PARTS: &[(&str, &[&str])] = &[
    ("Task", &[]),
    ("Description", &["description"]),
    ("UserScenario", &["user_scenario"]),
    ("StructuredUserInstructions", &["user_scenario", "instructions"]),
    ("InitialState", &["initial_state"]),
    ("InitializationData", &["initial_state", "initialization_data"]),
    ("EnvFunctionCall", &["initial_state", "initialization_actions", "0"]),
    ("EvaluationCriteria", &["evaluation_criteria"]),
    ("Action", &["evaluation_criteria", "actions", "0"]),
    ("EnvAssertion", &["evaluation_criteria", "env_assertions", "0"]),
    ("TaskIssue", &["issues", "0"]),
];

/// Where upstream keys a dict by an enumeration, our keys are its words.
fn words_for_members(text: &str) -> String {
    let technologies = telecom::device::NETWORK_TECHNOLOGY.members;
    let mut text = text.to_owned();
    for (name, word) in technologies {
        let member = format!("<NetworkTechnology.{name}: '{word}'>:");
        text = text.replace(&member, &format!("'{word}':"));
    }
    let words: Vec<String> = technologies.iter().map(|(_, word)| format!("'{word}'")).collect();
    text.replace("dict[NetworkTechnology,", &format!("dict[Literal[{}],", words.join(", ")))
}

/// A recorded type without modules and with one spelling of containers.
fn python_type(text: &str) -> String {
    let text = text.strip_prefix("<class '").or(text.strip_prefix("<enum '")).unwrap_or(text);
    let text = text.strip_suffix("'>").unwrap_or(text);
    let text = text.replace("List[", "list[").replace("Dict[", "dict[");
    let mut plain = String::new();
    for part in text.split_inclusive(['[', ']', ',', ' ', '\'']) {
        plain.push_str(
            part.strip_prefix("tau2.").map_or(part, |name| name.rsplit('.').next().unwrap_or(name)),
        );
    }
    plain
}

/// Our type in the same words, and the models it names.
fn type_text(kind: &Kind, named: &mut Vec<&'static Class>) -> String {
    let literal = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        format!("Literal[{}]", words.join(", "))
    };
    match kind {
        Kind::Any => "Any".into(),
        Kind::Str => "str".into(),
        Kind::Int => "int".into(),
        Kind::Float => "float".into(),
        Kind::Bool => "bool".into(),
        Kind::Literal(words) => literal(words),
        Kind::Optional(inner) => format!("Optional[{}]", type_text(inner, named)),
        Kind::List(inner) => format!("list[{}]", type_text(inner, named)),
        Kind::Dict(inner) => format!("dict[str, {}]", type_text(inner, named)),
        Kind::Keyed(words, inner) => {
            format!("dict[{}, {}]", literal(words), type_text(inner, named))
        }
        Kind::Model(class) => {
            named.push(class);
            class.name.into()
        }
        Kind::Union(classes) => {
            named.extend(*classes);
            let names: Vec<&str> = classes.iter().map(|class| class.name).collect();
            format!("Union[{}]", names.join(", "))
        }
        Kind::Enum(class) => class.name.into(),
        Kind::Date => "datetime.date".into(),
        Kind::DateTime => "datetime.datetime".into(),
    }
}

/// The enumerations that a type names.
fn enums(kind: &Kind) -> Vec<&'static EnumClass> {
    match kind {
        Kind::Enum(class) => vec![class],
        Kind::Optional(inner) | Kind::List(inner) | Kind::Dict(inner) | Kind::Keyed(_, inner) => {
            enums(inner)
        }
        _ => Vec::new(),
    }
}
