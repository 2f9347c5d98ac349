//! Texts that belong to no task: instructions, frames of prompts, guidelines, policies, what a judge is shown.

use tau_toolkits::grading::judge;
use tau_toolkits::{Map, PlanWording, Profile, Task, Turn, Value, Wording, sha256};

use super::{Place, Replay, Wrong};
use crate::import::is_known_wording;

/// Where the recording holds a text of something that this product does otherwise.
const OTHERS: &str = "texts of upstream's own chat on the command line, which is not taken over";

/// Whose name it is, is the person's choice.
const JUDGES: &str = "names of judging models, which here a person chooses";

impl Replay<'_> {
    /// The words as the recording's upstream has them: the release's own, with the guidelines of 1.0 for a
    /// recording of that one, and the other way round. They differ by two line ends.
    pub(super) fn wording(&self) -> &Wording {
        let own = &self.definition.wording;
        let newest = |profile: Profile| profile >= Profile::V1_0;
        if newest(self.domain.profile()) == newest(self.definition.profile) {
            return own;
        }
        self.newer.get_or_init(|| {
            let user = moved_line_end("user", &own.user);
            let user_tools = own.user_tools.as_ref().map(|text| moved_line_end("user_tools", text));
            Wording { user, user_tools, ..own.clone() }
        })
    }

    pub(super) fn texts(&mut self, document: &Map) -> Wrong<()> {
        for (name, recorded) in document {
            match &**name {
                "iface" => self.tally.allow(OTHERS),
                "judge" => {
                    self.tally.allow(JUDGES);
                    let Value::List(parts) = recorded else {
                        return Err("what is recorded of the judge is no list".to_owned());
                    };
                    let ours = self.definition.wording.judge.clone();
                    self.brief(name, parts.last().unwrap_or(&Value::None), ours);
                }
                "judge_user_prompt_repr" => {
                    let expected = recorded.as_str().unwrap_or_default();
                    self.tally.compare("texts", &Place::of(name), "text", expected, &shown());
                }
                _ => {
                    if let Value::Str(refusal) = recorded {
                        let ours = self.refusal(name)?;
                        self.tally.compare("texts", &Place::of(name), "refusal", refusal, &ours);
                    } else {
                        let ours = self.text(name)?;
                        self.brief(name, recorded, ours);
                    }
                }
            }
        }
        Ok(())
    }

    fn brief(&mut self, name: &str, recorded: &Value, ours: Option<String>) {
        let expected = match recorded {
            Value::List(pair) => match pair.as_slice() {
                [Value::Str(short), Value::Int(length)] => format!("{short}, {length} letters"),
                _ => "unreadable".to_owned(),
            },
            _ => "unreadable".to_owned(),
        };
        let ours = ours.map_or("none".to_owned(), |ours| {
            format!("{}, {} letters", &sha256(&ours)[..16], ours.chars().count())
        });
        self.tally.compare("texts", &Place::of(name), "text", &expected, &ours);
    }

    fn refusal(&self, name: &str) -> Wrong<String> {
        let Some(domain) = name.strip_prefix("policy_solo.") else {
            return Err(format!("{name} is not known here"));
        };
        let domain = (self.release)(domain)?;
        Ok(match domain.domain.solo_environment(&tau_toolkits::Ids::seeded(0)) {
            Ok(_) => "none".to_owned(),
            Err(raised) => raised.to_string(),
        })
    }

    fn text(&self, name: &str) -> Wrong<Option<String>> {
        let wording = self.wording();
        if let Some(domain) = name.strip_prefix("policy.") {
            return Ok(Some((self.release)(domain)?.policy.clone()));
        }
        if let Some(domain) = name.strip_prefix("policy_solo.") {
            return Ok((self.release)(domain)?.solo_policy.clone());
        }
        let stop = self.definition.done.as_ref().map_or("done", |done| &done.name);
        let unnamed = |text: &String| text.replace(&format!("`{stop}`"), "`{stop_function_name}`");
        let frames = frames(self.domain.profile());
        Ok(match name {
            "agent.AGENT_INSTRUCTION" => Some(wording.agent.clone()),
            "agent.AGENT_GT_INSTRUCTION" => wording.plan.as_ref().map(|p| p.instruction.clone()),
            "agent.AGENT_SOLO_INSTRUCTION" => wording.solo.as_ref().map(unnamed),
            "agent.SYSTEM_PROMPT" => frames.agent,
            "agent.SYSTEM_PROMPT_GT" => frames.plan,
            "agent.SYSTEM_PROMPT_SOLO" => frames.solo,
            "user.SYSTEM_PROMPT" => frames.user,
            "guidelines" => Some(wording.user.clone()),
            "guidelines_tools" => wording.user_tools.clone(),
            other => return Err(format!("{other} is not known here")),
        })
    }
}

/// The frames that prompts are put into, with upstream's names in the holes.
struct Frames {
    agent: Option<String>,
    plan: Option<String>,
    solo: Option<String>,
    user: Option<String>,
}

fn frames(profile: Profile) -> Frames {
    const INSTRUCTION: &str = "{agent_instruction}";
    const POLICY: &str = "{domain_policy}";
    let guidelines = match profile {
        Profile::V1_0 => "{global_user_sim_guidelines_with_persona}",
        _ => "{global_user_sim_guidelines}",
    };
    let plan = PlanWording { instruction: INSTRUCTION.to_owned(), ..PlanWording::default() };
    let wording = Wording {
        agent: INSTRUCTION.to_owned(),
        solo: Some(INSTRUCTION.to_owned()),
        plan: Some(plan),
        user: guidelines.to_owned(),
        ..Wording::default()
    };
    let task = r#"{"id": "", "user_scenario": {"instructions": ""}, "ticket": "{ticket}"}"#;
    let task = Value::read_json(task).ok().and_then(|task| Task::read(&task).ok());
    let plan = task.as_ref().and_then(|task| wording.plan_prompt(POLICY, task));
    // A plan without steps leaves their line empty.
    let steps = |text: String| text.replace("steps>\n\n<", "steps>\n{resolution_steps}\n<");
    Frames {
        agent: Some(wording.agent_prompt(POLICY)),
        plan: plan.map(steps),
        solo: task.as_ref().and_then(|task| wording.solo_prompt(POLICY, task)),
        user: Some(wording.user_prompt(false, "{instructions}")),
    }
}

/// What a judge is shown of the conversation that was recorded.
fn shown() -> String {
    let said = |by_user: bool, content: Option<&str>| Turn::Said {
        by_user,
        content: content.map(str::to_owned),
        calls: None,
    };
    let turns = [
        said(true, Some("U")),
        said(false, None),
        Turn::Answer { id: String::new(), content: Some("T".to_owned()) },
    ];
    judge::shown(&["A 'q' a".to_owned(), "B \"w\"".to_owned()], &turns)
}

/// Guidelines of one upstream as the other has them: 1.0 ends them with a line end and has one less between two
/// of their parts. The text itself where that is none of the known ones.
fn moved_line_end(name: &str, text: &str) -> String {
    let ends = text.match_indices('\n').map(|(at, _)| at);
    let moved = |at: usize| match text.strip_suffix('\n') {
        Some(body) => format!("{}\n{}", &body[..at.min(body.len())], &body[at.min(body.len())..]),
        None => format!("{}{}\n", &text[..at], &text[at + 1..]),
    };
    let known = |text: &String| is_known_wording(name, text);
    ends.map(moved).find(known).unwrap_or_else(|| text.to_owned())
}
