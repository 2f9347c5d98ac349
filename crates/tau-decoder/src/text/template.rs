//! Chat templates: Jinja programs in the model file that lay a conversation out as a prompt.
//!
//! They are written against `transformers`' way of running them (`chat_template_utils.py`):
//! blocks trimmed, Python's string methods, a function to refuse. They come from strangers, so
//! their steps are counted. No clock is offered; templates that know the date fall back to a fixed
//! one, and the same conversation gives the same prompt tomorrow.

use minijinja::{Environment, Error, ErrorKind, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::DecoderError;

/// Steps of the template's program; a long conversation takes some thousand.
const FUEL: u64 = 2_000_000;
const NAME: &str = "chat";

/// A template that compiles.
#[derive(Debug)]
pub(super) struct Template {
    environment: Environment<'static>,
    pub sha256: String,
    start: String,
    end: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Message {
    role: String,
    content: String,
}

impl Template {
    /// `start` and `end` are the texts of the model's first and last token.
    pub fn read(source: &str, start: &str, end: &str) -> Result<Template, DecoderError> {
        let mut environment = Environment::new();
        environment.set_trim_blocks(true);
        environment.set_lstrip_blocks(true);
        environment.set_fuel(Some(FUEL));
        environment
            .set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_function("raise_exception", |why: String| -> Result<String, Error> {
            Err(Error::new(ErrorKind::InvalidOperation, why))
        });
        environment
            .add_template_owned(NAME, source.to_owned())
            .map_err(|e| DecoderError::Template(e.to_string()))?;
        Ok(Template {
            environment,
            sha256: hex::encode(Sha256::digest(source.as_bytes())),
            start: start.to_owned(),
            end: end.to_owned(),
        })
    }

    /// The prompt of (role, content). Where the template refuses the system's message or drops it,
    /// that message goes before the first user's, and neighbours of one role become one.
    pub fn render(
        &self,
        messages: &[(&str, String)],
        add_generation_prompt: bool,
    ) -> Result<String, DecoderError> {
        let messages: Vec<Message> = messages
            .iter()
            .map(|(role, content)| Message { role: (*role).to_owned(), content: content.clone() })
            .collect();
        let first = self.run(&messages, add_generation_prompt);
        let kept = |prompt: &String| {
            let system = messages.iter().find(|m| m.role == "system");
            system.is_none_or(|m| prompt.contains(m.content.trim()))
        };
        let why = match first {
            Ok(prompt) if kept(&prompt) => return Ok(prompt),
            Ok(_) => "it drops the system's message".to_owned(),
            Err(e) => e.to_string(),
        };
        let folded = folded(&messages);
        match self.run(&folded, add_generation_prompt) {
            Ok(prompt) if folded != messages => Ok(prompt),
            _ => Err(DecoderError::Template(why)),
        }
    }

    fn run(&self, messages: &[Message], add_generation_prompt: bool) -> Result<String, Error> {
        self.environment.get_template(NAME)?.render(context! {
            messages,
            add_generation_prompt,
            bos_token => self.start,
            eos_token => self.end,
            // Customers do not think aloud.
            enable_thinking => false,
        })
    }
}

/// The conversation without a system role and with turns that alternate.
fn folded(messages: &[Message]) -> Vec<Message> {
    let mut out: Vec<Message> = Vec::new();
    for message in messages {
        let role = if message.role == "system" { "user" } else { message.role.as_str() };
        match out.last_mut() {
            Some(last) if last.role == role => {
                last.content = format!("{}\n\n{}", last.content, message.content);
            }
            _ => out.push(Message { role: role.to_owned(), content: message.content.clone() }),
        }
    }
    out
}
