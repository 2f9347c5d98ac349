//! A task as upstream writes it into its results (`data_model/tasks.py`, `Task.model_dump`): all fields, in
//! the order of the models, what is not there as null.

use crate::grading::{Criteria, each, or_none};
use crate::history::Initial;
use crate::message_dump::message_dump;
use crate::task::{Description, Instructions, Task, UserScenario};
use crate::toolkit::Profile;
use crate::value::Value;

impl Task {
    /// The task as a results file of this upstream holds it.
    pub fn dump(&self, profile: Profile) -> Value {
        let texts = |texts: Option<&Vec<String>>| {
            each(texts.map(Vec::as_slice), |text: &String| text.as_str().into())
        };
        let mut entries = vec![
            ("id", self.id.as_str().into()),
            ("description", self.description.as_ref().map_or(Value::None, Description::dump)),
            ("user_scenario", self.scenario.dump()),
            ("ticket", or_none(self.ticket.as_deref())),
            ("initial_state", self.initial_state(profile)),
            (
                "evaluation_criteria",
                self.graded.criteria.as_ref().map_or(Value::None, Criteria::dump),
            ),
        ];
        if profile >= Profile::V1_0 {
            entries.push(("issues", each(self.issues.as_deref(), issue)));
            entries.push(("required_documents", texts(self.required_documents.as_ref())));
            entries.push(("user_tools", texts(self.user_tools.as_ref())));
        }
        Value::dict(entries)
    }

    fn initial_state(&self, profile: Profile) -> Value {
        if !self.has_initial_state {
            return Value::None;
        }
        let Initial { agent_data, user_data, actions } = &self.graded.initial;
        let or_null = |data: &Option<Value>| data.clone().unwrap_or(Value::None);
        let data = match (agent_data, user_data) {
            (None, None) => Value::None,
            _ => Value::dict([
                ("agent_data", or_null(agent_data)),
                ("user_data", or_null(user_data)),
            ]),
        };
        let action = |call: &crate::history::FunctionCall| {
            Value::dict([
                ("env_type", call.side.word().into()),
                ("func_name", call.name.as_str().into()),
                ("arguments", Value::Dict(call.arguments.clone())),
            ])
        };
        let messages = self.messages.iter().filter_map(Value::as_dict);
        let messages = messages.map(|message| message_dump(message, profile));
        let some = |values: Vec<Value>| match values.is_empty() {
            true => Value::None,
            false => Value::list(values),
        };
        Value::dict([
            ("initialization_data", data),
            ("initialization_actions", some(actions.iter().map(action).collect())),
            ("message_history", some(messages.collect())),
        ])
    }
}

/// A `TaskIssue`: its fields in their order, nothing else.
fn issue(issue: &Value) -> Value {
    const FIELDS: [&str; 10] = [
        "id",
        "title",
        "description",
        "status",
        "resolution",
        "created_at",
        "resolved_at",
        "author_email",
        "pr_link",
        "simulation_file",
    ];
    let of = |name: &'static str| {
        let given = issue.as_dict().and_then(|object| object.get(name)).cloned();
        let unsaid = if name == "status" { "open".into() } else { Value::None };
        (name, given.unwrap_or(unsaid))
    };
    Value::dict(FIELDS.map(of))
}

impl Description {
    fn dump(&self) -> Value {
        Value::dict([
            ("purpose", or_none(self.purpose.as_deref())),
            ("relevant_policies", or_none(self.relevant_policies.as_deref())),
            ("notes", or_none(self.notes.as_deref())),
        ])
    }
}

impl UserScenario {
    fn dump(&self) -> Value {
        let instructions = match &self.instructions {
            Instructions::Text(text) => text.as_str().into(),
            Instructions::Structured {
                domain,
                reason_for_call,
                known_info,
                unknown_info,
                task_instructions,
            } => Value::dict([
                ("domain", domain.as_str().into()),
                ("reason_for_call", reason_for_call.as_str().into()),
                ("known_info", or_none(known_info.as_deref())),
                ("unknown_info", or_none(unknown_info.as_deref())),
                ("task_instructions", task_instructions.as_str().into()),
            ]),
        };
        Value::dict([("persona", or_none(self.persona.as_deref())), ("instructions", instructions)])
    }
}

impl Criteria {
    fn dump(&self) -> Value {
        let texts = |texts: &Option<Vec<String>>| {
            each(texts.as_deref(), |text: &String| text.as_str().into())
        };
        Value::dict([
            ("actions", each(self.actions.as_deref(), |action| action.dump())),
            ("env_assertions", each(self.env_assertions.as_deref(), |each| each.dump())),
            ("communicate_info", texts(&self.communicate_info)),
            ("nl_assertions", texts(&self.nl_assertions)),
            ("reward_basis", Value::list(self.basis.iter().map(|b| b.word().into()).collect())),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{json_dumps, json_indented};

    #[test]
    fn a_task_is_written_with_every_field_and_reads_the_same_again() {
        let text = r#"{"id": "t", "description": {"purpose": "p"}, "user_scenario": {"persona": null,
            "instructions": {"domain": "d", "reason_for_call": "r", "task_instructions": "i"}},
            "initial_state": {"initialization_actions": [{"env_type": "user", "func_name": "f",
                "arguments": {"n": 5.0}}]},
            "evaluation_criteria": {"actions": [{"action_id": "a", "name": "look", "arguments": {}}],
                "env_assertions": [], "reward_basis": ["ENV_ASSERTION"]}}"#;
        let task = Task::read(&Value::read_json(text).unwrap()).unwrap();
        let dumped = task.dump(Profile::V1_0);
        let names: Vec<&str> = dumped.as_dict().unwrap().keys().map(|name| &**name).collect();
        assert_eq!(names.len(), 9);
        assert_eq!((names[0], names[8]), ("id", "user_tools"));
        assert_eq!(task.dump(Profile::V0_1_2).as_dict().unwrap().len(), 6);
        let written = json_dumps(&dumped);
        assert!(written.contains(r#""arguments": {"n": 5.0}"#), "{written}");
        assert!(written.contains(r#""env_assertions": [], "communicate_info": null"#), "{written}");
        let again = Task::read(&Value::read_json(&written).unwrap()).unwrap();
        assert_eq!(json_dumps(&again.dump(Profile::V1_0)), written);
    }

    #[test]
    fn what_is_said_of_a_task_s_faults_is_kept_since_1_0() {
        let text = r#"{"id": "t", "user_scenario": {"instructions": "i"}, "user_tools": [],
            "required_documents": ["d"], "annotations": {"by": "x"},
            "issues": [{"title": "Odd", "id": "1", "more": 5, "status": "resolved"}, {"id": "2", "title": "y"}]}"#;
        let task = Task::read(&Value::read_json(text).unwrap()).unwrap();
        let written = json_dumps(&task.dump(Profile::V1_0));
        let kept =
            r#""issues": [{"id": "1", "title": "Odd", "description": null, "status": "resolved","#;
        assert!(written.contains(kept), "{written}");
        assert!(
            written.contains(r#"{"id": "2", "title": "y", "description": null, "status": "open","#)
        );
        assert!(
            written.ends_with(r#""required_documents": ["d"], "user_tools": []}"#),
            "{written}"
        );
        let again = Task::read(&Value::read_json(&written).unwrap()).unwrap();
        assert_eq!(json_dumps(&again.dump(Profile::V1_0)), written);
        assert!(!json_dumps(&task.dump(Profile::V0_2)).contains("issues"));
    }

    #[test]
    fn a_document_is_indented_as_python_indents_it() {
        let value = Value::read_json(r#"{"a": [1, {"b": "\u00e9"}], "e": [], "o": {}}"#).unwrap();
        let expected = "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"\\u00e9\"\n    }\n  ],\n  \"e\": [],\n  \"o\": {}\n}";
        assert_eq!(json_indented(&value, 0), expected);
    }
}
