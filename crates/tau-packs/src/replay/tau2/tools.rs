//! The tools of both sides: which there are, in which order, what they do and take, and what models are told of
//! them.

use serde_json::json;
use tau_domain::ToolSpec;
use tau_toolkits::{Map, Tool, Toolkit, Value, json_dumps};

use super::{Place, Replay, Wrong, list, text};

/// Tools of another release.
const UNTOLD: &str = "descriptions of tools that this release does not have";

impl Replay<'_> {
    pub(super) fn tools(&mut self, document: &Map) -> Wrong<()> {
        let definition = self.definition;
        let agent = (Some(self.domain.agent().tools()), Some(definition.agent_tools.clone()));
        let user = (self.domain.user().map(Toolkit::tools), definition.user_tools.clone());
        for (side, (has, told)) in [("agent", agent), ("user", user)] {
            let recorded = list(document, side);
            let has = has.unwrap_or_default();
            self.names(side, recorded, &has);
            for (tool, recorded) in has.iter().zip(recorded) {
                let recorded = recorded.as_dict().ok_or("a tool is not an object")?;
                self.tool(tool, told.as_deref().unwrap_or_default(), recorded)?;
            }
            let all = has.iter().all(|tool| known(told.as_deref(), tool.name).is_some());
            if let Some(recorded) = document.get(&*format!("{side}_tools_description")) {
                if all {
                    let listed = listed(told.as_deref().unwrap_or_default());
                    let place = Place::of(side);
                    self.fingerprint("descriptions", &place, "list of tools", recorded, &listed)?;
                } else {
                    self.tally.allow(UNTOLD);
                }
            }
        }
        if let (Some(recorded), Some(done)) = (document.get("solo_done"), &definition.done) {
            let (expected, ours) = (json_dumps(recorded), schema(done)?);
            let place = Place::of(&done.name);
            self.tally.compare("descriptions", &place, "what a model reads", &expected, &ours);
        }
        Ok(())
    }

    fn names(&mut self, side: &str, recorded: &[Value], has: &[Tool]) {
        let names = recorded.iter().filter_map(|tool| text(tool.as_dict()?, "name"));
        let expected = names.collect::<Vec<_>>().join(", ");
        let ours = has.iter().map(|tool| tool.name).collect::<Vec<_>>().join(", ");
        self.tally.compare("tools", &Place::of(side), "tools in their order", &expected, &ours);
    }

    fn tool(&mut self, tool: &Tool, told: &[ToolSpec], recorded: &Map) -> Wrong<()> {
        let place = Place::of(tool.name);
        let kind = text(recorded, "type").ok_or("a tool has no type")?;
        self.tally.compare("tools", &place, "kind", kind, tool.kind.word());
        // Not recorded where upstream does not have it.
        if let Some(Value::Bool(mutates)) = recorded.get("mutates_state") {
            let (expected, ours) = (mutates.to_string(), tool.kind.mutates().to_string());
            self.tally.compare("tools", &place, "whether it changes the state", &expected, &ours);
        }
        let signature = text(recorded, "python_signature").ok_or("a tool has no signature")?;
        let takes = tool.parameters.iter().map(|parameter| parameter.name);
        let expected = parameters(signature).join(", ");
        let ours = takes.collect::<Vec<_>>().join(", ");
        self.tally.compare("tools", &place, "parameters", &expected, &ours);
        let optional = signature.matches(" = ").count().to_string();
        let ours = tool.parameters.iter().filter(|each| each.default.value().is_some()).count();
        self.tally.compare("tools", &place, "optional parameters", &optional, &ours.to_string());
        match known(Some(told), tool.name) {
            None if self.elsewhere() => self.tally.allow(UNTOLD),
            told => {
                let ours = told.map(schema).transpose()?.unwrap_or_default();
                let expected = recorded.get("openai_schema").map(json_dumps).unwrap_or_default();
                self.tally.compare("descriptions", &place, "what a model reads", &expected, &ours);
            }
        }
        Ok(())
    }
}

fn known<'t>(told: Option<&'t [ToolSpec]>, name: &str) -> Option<&'t ToolSpec> {
    told.unwrap_or_default().iter().find(|tool| tool.name == name)
}

/// A tool as it is sent to a model; the order of keys is part of what is read.
fn schema(tool: &ToolSpec) -> Wrong<String> {
    let sent = json!({
        "type": "function",
        "function": {
            "name": tool.name, "description": tool.description, "parameters": tool.parameters,
        },
    });
    Value::read_json(&sent.to_string()).map(|sent| json_dumps(&sent))
}

/// The list of tools that upstream puts into texts: by name, with the first part of what is said of each.
fn listed(tools: &[ToolSpec]) -> String {
    let mut tools: Vec<&ToolSpec> = tools.iter().collect();
    tools.sort_by(|a, b| a.name.cmp(&b.name));
    let first = |said: &str| said.split("\n\n").next().unwrap_or_default().to_owned();
    let line = |(at, tool): (usize, &&ToolSpec)| {
        format!("{}. {}\n{}", at + 1, tool.name, first(&tool.description))
    };
    tools.iter().enumerate().map(line).collect::<Vec<_>>().join("\n\n")
}

/// The names of the parameters in a signature, as Python's `inspect` writes it.
fn parameters(signature: &str) -> Vec<&str> {
    let inner = signature.strip_prefix('(').unwrap_or(signature);
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, letter) in inner.char_indices() {
        match letter {
            '[' | '(' | '{' => depth += 1,
            ')' if depth == 0 => {
                parts.push(&inner[from..at]);
                break;
            }
            ']' | ')' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    let name = |part: &'_ str| part.split(':').next().map(str::len).unwrap_or_default();
    parts
        .into_iter()
        .map(|part| part[..name(part)].trim())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn the_parameters_of_a_signature_are_found_whatever_their_types() {
        let signature = "(a: str, b: List[Union[str, dict]] = None, c: Literal['x)', 'y'] = 'x') -> Dict[str, int]";
        assert_eq!(parameters("() -> str"), Vec::<&str>::new());
        assert_eq!(parameters("(a: str, b: Dict[str, int]) -> str"), ["a", "b"]);
        assert_eq!(parameters(signature)[..2], ["a", "b"]);
    }
}
