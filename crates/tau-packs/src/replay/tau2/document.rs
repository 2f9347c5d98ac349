//! Recordings that are one document: which kind it is, the initial state, the text that is hashed, counts.

use tau_toolkits::{Ids, Map, Toolkit, Value, sha256};

use super::{Place, RecordingKind, Replay, Wrong, shown, text};

/// What a document holds, told by its members; `None` where it is none that is known.
pub(super) fn kind(document: &Map) -> Option<RecordingKind> {
    let has = |name: &str| document.contains_key(name);
    let objects = || document.values().all(|value| value.as_dict().is_some());
    if has("task_id") || has("steps") {
        // The only line of a file of lines.
        return None;
    }
    Some(if has("probes") {
        RecordingKind::OddCalls
    } else if has("agent_hash") && has("policy") {
        RecordingKind::Initial
    } else if has("agent_tools_description") {
        RecordingKind::Tools
    } else if has("float_repr") || has("trial_seeds") {
        RecordingKind::SmallPrint
    } else if has("judge_user_prompt_repr") {
        RecordingKind::Texts
    } else if document.keys().any(|name| name.starts_with("tau2.")) {
        RecordingKind::Models
    } else if objects() && document.values().all(|value| number(value, "actions").is_some()) {
        RecordingKind::Counts
    } else if !document.is_empty() && document.values().all(is_table) {
        RecordingKind::Preimage
    } else {
        return None;
    })
}

/// Whether a value can be a part of a database.
fn is_table(value: &Value) -> bool {
    matches!(value, Value::Dict(_) | Value::List(_))
}

fn number(value: &Value, name: &str) -> Option<i128> {
    match value.as_dict()?.get(name)? {
        Value::Int(number) => Some(*number),
        _ => None,
    }
}

/// Where there is another release's domain under the same name.
const COUNTS: &str = "counts of tasks and actions that another release has otherwise";

/// What a machine took.
const SECONDS: &str = "times and sizes of the recording itself";

impl Replay<'_> {
    /// Holds a document against what is here.
    pub(super) fn document(
        &mut self,
        kind: RecordingKind,
        document: &Map,
        whole: &str,
    ) -> Wrong<()> {
        if kind != RecordingKind::OddCalls {
            self.tally.records = 1;
        }
        match kind {
            RecordingKind::OddCalls => match document.get("probes") {
                Some(Value::List(probes)) => self.probes(probes),
                _ => Err("probes is not a list".to_owned()),
            },
            RecordingKind::Initial => self.initial(document),
            RecordingKind::Preimage => self.preimage(document, whole),
            RecordingKind::Tools => self.tools(document),
            RecordingKind::Models => self.models(document),
            RecordingKind::SmallPrint => self.small_print(document),
            RecordingKind::Texts => self.texts(document),
            RecordingKind::Counts => self.counts(document),
            RecordingKind::Tasks | RecordingKind::Walks => Err("not a document".to_owned()),
        }
    }

    fn initial(&mut self, document: &Map) -> Wrong<()> {
        let place = Place::of("initial state");
        let environment = self.fresh()?;
        let (agent, user) = (document.get("agent_hash"), document.get("user_hash"));
        self.hashes(&environment, agent, user, &place, "hash");
        let sides = [
            ("agent_preimage_chars", Some(self.domain.agent().preimage())),
            ("user_preimage_chars", self.domain.user().map(Toolkit::preimage)),
        ];
        for (name, ours) in sides {
            if let Some(Value::Int(expected)) = document.get(name) {
                let ours = ours.map(|text| text.chars().count().to_string());
                let expected = expected.to_string();
                self.tally.compare(
                    "sizes",
                    &place,
                    name_of(name),
                    &expected,
                    &shown(ours.as_deref()),
                );
            }
        }
        let policy = self.definition.policy.clone();
        if let Some(recorded) = document.get("policy") {
            self.fingerprint("policies", &place, "policy", recorded, &policy)?;
        }
        match (document.get("policy_solo"), self.definition.solo_policy.clone()) {
            (Some(Value::Str(refused)), _) => {
                let ours = match self.domain.solo_environment(&Ids::seeded(0)) {
                    Ok(_) => "there is one".to_owned(),
                    Err(raised) => format!("{:?}: {raised}", raised.kind),
                };
                self.tally.compare("policies", &place, "policy alone", refused, &ours);
            }
            (Some(recorded @ Value::Dict(_)), Some(ours)) => {
                self.fingerprint("policies", &place, "policy alone", recorded, &ours)?;
            }
            (Some(Value::Dict(_)), None) => {
                self.tally.compare("policies", &place, "policy alone", "a policy", "none");
            }
            _ => {}
        }
        Ok(())
    }

    /// Compares a text with the SHA-256 and the length that were recorded of it.
    pub(super) fn fingerprint(
        &mut self,
        name: &'static str,
        place: &Place<'_>,
        what: &'static str,
        recorded: &Value,
        ours: &str,
    ) -> Wrong<()> {
        let recorded = recorded.as_dict().ok_or("a fingerprint is not an object")?;
        let expected = text(recorded, "sha256").ok_or("a fingerprint has no sha256")?;
        self.tally.compare(name, place, what, expected, &sha256(ours));
        Ok(())
    }

    /// The text that is hashed, of the side whose data has its parts.
    fn preimage(&mut self, document: &Map, whole: &str) -> Wrong<()> {
        let sides = [Some(self.domain.agent()), self.domain.user()];
        let ours = sides.into_iter().flatten().map(Toolkit::preimage).find(|preimage| {
            let read = Value::read_json(preimage);
            let keys = |map: &Map| map.keys().cloned().collect::<Vec<_>>();
            read.is_ok_and(|read| read.as_dict().map(keys) == Some(keys(document)))
        });
        let ours = ours.ok_or_else(|| {
            let parts: Vec<&str> = document.keys().map(|name| &**name).collect();
            format!("neither side of this domain has data of these parts: {}", parts.join(", "))
        })?;
        let same = ours == whole;
        self.tally.count("hashed texts", same);
        if !same {
            let at = ours.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| {
                let (from, to) = (at.saturating_sub(40), (at + 80).min(text.len()));
                String::from_utf8_lossy(&text.as_bytes()[from.min(to)..to]).into_owned()
            };
            let place = format!("byte {at}");
            let place = Place::of(&place);
            self.tally.differs(&place, None, "hashed text", &around(whole), &around(&ours));
        }
        Ok(())
    }

    fn counts(&mut self, document: &Map) -> Wrong<()> {
        for (name, counted) in document {
            let definition = (self.release)(name)?;
            let actions: usize = definition.tasks.iter().map(|task| task.actions().len()).sum();
            let place = Place::of(name);
            for (what, ours) in [("tasks", definition.tasks.len()), ("actions", actions)] {
                let Some(expected) = number(counted, what) else { continue };
                if self.elsewhere() && expected != ours as i128 {
                    self.tally.allow(COUNTS);
                    continue;
                }
                let what = if what == "tasks" { "tasks" } else { "actions" };
                let expected = expected.to_string();
                self.tally.compare("counts", &place, what, &expected, &ours.to_string());
            }
            for what in ["seconds", "bytes"] {
                if counted.as_dict().is_some_and(|counted| counted.contains_key(what)) {
                    self.tally.allow(SECONDS);
                }
            }
        }
        Ok(())
    }
}

fn name_of(name: &str) -> &'static str {
    if name.starts_with("agent") {
        "size of the agent's side"
    } else {
        "size of the customer's side"
    }
}
