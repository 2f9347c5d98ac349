//! The texts that this product puts before models: shipped templates, and wordings that replace some
//! of them.
//!
//! A template is minijinja, strict: a variable that is not there is an error, never an empty place.
//! Templates may come from a person or from an imported release, so that rendering is bounded.

mod checking;
mod shipped;

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tau_traits::{Anchor, Trait};

use crate::customer::GREETING;
use crate::{AgentStrategy, CustomerStrategy};

pub use self::checking::{check, preview};
use self::shipped::PROMPTS;
pub use self::shipped::{PromptInfo, shipped_prompt, shipped_prompts};

/// The name of the wording that comes with the product.
pub const SHIPPED: &str = "shipped";

/// Longest template, in bytes.
pub const LONGEST: usize = 200_000;

/// Most steps that rendering may take; the longest shipped template takes about a hundred.
const FUEL: u64 = 200_000;

/// What is wrong with a prompt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PromptError {
    /// There is no such prompt.
    #[error("there is no prompt {id:?}")]
    Unknown {
        /// What was asked for.
        id: String,
    },
    /// The template cannot be used.
    #[error("the prompt {id:?} cannot be used: {problem}{}", at(*line))]
    Unusable {
        /// Which prompt.
        id: String,
        /// What is wrong.
        problem: String,
        /// The line of the template, from 1, where one can be named.
        line: Option<u32>,
    },
}

impl PromptError {
    fn unusable(id: &str, problem: impl Into<String>, line: Option<u32>) -> Self {
        PromptError::Unusable { id: id.to_owned(), problem: problem.into(), line }
    }

    fn of(id: &str, error: &minijinja::Error) -> Self {
        let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let line = error.line().and_then(|line| u32::try_from(line).ok());
        PromptError::unusable(id, what, line)
    }
}

fn at(line: Option<u32>) -> String {
    line.map(|line| format!(" (line {line})")).unwrap_or_default()
}

/// A set of templates that replace shipped ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// What a person calls it; [`SHIPPED`] for the shipped one.
    pub name: String,
    /// Ids of prompts -> templates. What is not here is as shipped.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

impl Default for Wording {
    fn default() -> Self {
        Wording::shipped()
    }
}

impl Wording {
    /// The wording that comes with the product.
    pub fn shipped() -> Self {
        Wording { name: SHIPPED.to_owned(), texts: BTreeMap::new() }
    }

    /// Whether nothing is replaced.
    pub fn is_shipped(&self) -> bool {
        self.texts.is_empty()
    }

    /// The template in use under an id; `None` for an id that neither this wording nor the product
    /// has.
    pub fn text(&self, id: &str) -> Option<&str> {
        self.texts.get(id).map(String::as_str).or_else(|| Some(shipped_prompt(id)?.text))
    }

    /// The prompt `id`, filled in.
    ///
    /// # Errors
    /// [`PromptError`] when there is no such prompt, or the template cannot be rendered.
    pub fn render(&self, id: &str, values: impl Serialize) -> Result<String, PromptError> {
        let text = self.text(id).ok_or_else(|| PromptError::Unknown { id: id.to_owned() })?;
        render(id, text, values)
    }

    /// The note that reminds a customer of its traits at each turn, in these words.
    pub fn anchor(&self) -> Anchor {
        Anchor::EachTurn(self.text("customer/anchor").unwrap_or_default().to_owned())
    }

    /// Whether every replaced prompt of agents and customers can be used. Ids of other rooms are
    /// theirs to check, with [`check`].
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self) -> Result<(), PromptError> {
        let ours = |id: &str| id.starts_with("agent/") || id.starts_with("customer/");
        for (id, text) in self.texts.iter().filter(|(id, _)| ours(id)) {
            let info =
                shipped_prompt(id).ok_or_else(|| PromptError::Unknown { id: id.to_owned() })?;
            check(info, text)?;
        }
        Ok(())
    }

    /// SHA-256, in hex, of all templates in use.
    pub fn hash(&self) -> String {
        let mut hash = TextHash::default();
        let replaced = self.texts.keys().map(String::as_str);
        let mut ids: Vec<&str> = PROMPTS.iter().map(|info| info.id).chain(replaced).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            hash.add(id);
            hash.add(self.text(id).unwrap_or_default());
        }
        hash.finish()
    }
}

/// Whether a template mentions a variable; `false` for what is no template.
pub fn mentions(text: &str, variable: &str) -> bool {
    environment()
        .template_from_str(text)
        .is_ok_and(|template| template.undeclared_variables(false).contains(variable))
}

/// A template filled in; `id` is for the error.
///
/// # Errors
/// [`PromptError::Unusable`].
pub fn render(id: &str, text: &str, values: impl Serialize) -> Result<String, PromptError> {
    environment().render_named_str(id, text, values).map_err(|error| PromptError::of(id, &error))
}

/// A text as a template that renders to exactly that text, whatever stands in it.
pub fn literal(text: &str) -> String {
    // The marks of the template language are the only thing that it would not leave alone, and the
    // last line's end, which it drops.
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '\n']) {
        out.push_str(&rest[..at]);
        let (mark, after) = rest[at..].split_at(1);
        let opens = mark == "{" && after.starts_with(['{', '%', '#']);
        let last = mark == "\n" && after.is_empty();
        match (opens, last) {
            (true, _) => out.push_str("{{ '{' }}"),
            (_, true) => out.push_str("{{ '\\n' }}"),
            _ => out.push_str(mark),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// SHA-256, in hex, of all texts that a run puts before its models, apart from policy, tools and
/// tasks, which are the domain's: part of what identifies a run. `displays` are the example
/// conversations of a few-shot agent, `traits` the definitions of the traits in use.
pub fn prompts_hash(
    wording: &Wording,
    agent: AgentStrategy,
    customer: CustomerStrategy,
    displays: &[String],
    traits: &[Trait],
) -> String {
    let mut hash = TextHash::default();
    hash.add(GREETING);
    let mut ids = vec![agent.prompt()];
    ids.extend(customer_prompts(customer));
    for id in ids {
        hash.add(id);
        hash.add(wording.text(id).unwrap_or_default());
    }
    if customer.is_prompted() {
        for each in traits {
            for level in &each.levels {
                hash.add(&level.prompt);
                hash.add(level.reminded());
            }
            each.must_not.iter().for_each(|rule| hash.add(rule));
        }
    }
    if agent == AgentStrategy::FewShot {
        displays.iter().for_each(|display| hash.add(display));
    }
    hash.finish()
}

/// The ids of the prompts that a customer of this kind reads.
pub fn customer_prompts(customer: CustomerStrategy) -> &'static [&'static str] {
    match customer {
        CustomerStrategy::TraitMix | CustomerStrategy::Local => &["customer/llm"],
        CustomerStrategy::Llm => &["customer/llm", "customer/traits", "customer/anchor"],
        CustomerStrategy::React => &["customer/react", "customer/traits", "customer/anchor"],
        CustomerStrategy::Verify => {
            &["customer/llm", "customer/traits", "customer/anchor", "customer/verify-check"]
        }
        CustomerStrategy::Reflection => &[
            "customer/llm",
            "customer/traits",
            "customer/anchor",
            "customer/verify-check",
            "customer/reflection-rewrite",
        ],
        CustomerStrategy::Human | CustomerStrategy::Practice => &[],
    }
}

fn environment() -> Environment<'static> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_fuel(Some(FUEL));
    templates
}

#[derive(Default)]
struct TextHash(Sha256);

impl TextHash {
    fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use tau_traits::TraitSet;

    #[test]
    fn every_shipped_prompt_passes_its_own_check() {
        for info in shipped_prompts() {
            check(info, info.text).unwrap();
        }
    }

    #[test]
    fn the_tool_calling_prompt_is_the_policy_to_the_letter() {
        for policy in ["Be kind.\n", "{{ not }} {% a %} template <&>\n\n", ""] {
            let text =
                Wording::shipped().render("agent/tool-calling", json!({"policy": policy})).unwrap();
            assert_eq!(text, policy);
        }
    }

    #[test]
    fn examples_are_numbered_after_the_policy() {
        let text = Wording::shipped()
            .render("agent/few-shot", json!({"policy": "P", "examples": ["a: b", "c"]}))
            .unwrap();
        assert_eq!(text, "P\n\nExample 1:\na: b\n\nExample 2:\nc");
    }

    #[test]
    fn a_template_that_cannot_work_is_refused_with_the_reason() {
        let customer = shipped_prompt("customer/llm").unwrap();
        for (text, reason) in [
            ("{{ instruction }} ###STOP### {{ name }}", "\"name\""),
            ("No task. ###STOP###", "does not use \"instruction\""),
            ("{{ instruction }}", "###STOP###"),
            ("{{ instruction ###STOP###", "line 1"),
            (
                "{{ instruction }} ###STOP### {% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
                "fuel",
            ),
        ] {
            let error = check(customer, text).unwrap_err().to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
        assert!(
            check(
                customer,
                "{{ instruction }} {% for t in traits %}{{ t }}{% endfor %} ###STOP###"
            )
            .is_ok()
        );
        let wording =
            Wording { name: "mine".into(), texts: [("agent/none".into(), String::new())].into() };
        assert_eq!(wording.check(), Err(PromptError::Unknown { id: "agent/none".into() }));
    }

    #[test]
    fn any_text_can_be_made_a_template_of_itself() {
        for text in [
            "plain",
            "{{ x }} {% y %} {# z #}",
            "{{{%{{#}}",
            "{",
            "ends in a line\n",
            "\n\n",
            "{\"name\": {\"a\": 1}}",
            "",
        ] {
            assert_eq!(render("t", &literal(text), json!({})).unwrap(), text, "{text:?}");
        }
    }

    #[test]
    fn a_runs_prompts_are_those_that_its_models_read() {
        let shipped = Wording::shipped();
        let hash = |wording: &Wording, agent| {
            prompts_hash(wording, agent, CustomerStrategy::Llm, &["d".to_owned()], &[])
        };
        let mut other = shipped.clone();
        other.texts.insert("agent/react".into(), "{{ policy }}{{ tools }}".into());
        let calling = AgentStrategy::ToolCalling;
        assert_eq!(hash(&shipped, calling), hash(&other, calling), "not read, not counted");
        assert_ne!(hash(&shipped, AgentStrategy::React), hash(&other, AgentStrategy::React));
        let more = |displays: &[String]| {
            prompts_hash(&shipped, AgentStrategy::FewShot, CustomerStrategy::Llm, displays, &[])
        };
        let told =
            |traits: &[Trait], customer| prompts_hash(&shipped, calling, customer, &[], traits);
        let impatient = [TraitSet::shipped().get("impatience").unwrap().clone()];
        assert_ne!(told(&impatient, CustomerStrategy::Llm), told(&[], CustomerStrategy::Llm));
        let steered = CustomerStrategy::TraitMix;
        assert_eq!(told(&impatient, steered), told(&[], steered), "not told, not counted");
        assert_ne!(more(&["a".into()]), more(&["b".into()]));
        assert_ne!(shipped.hash(), other.hash());
    }
}
