//! The diagnosis by a model: two judgements of one failure, as tau-bench and tau-trait make them
//! (`auto_error_identification.py`), with prompts of our own.

mod answer;
mod batch;
mod prompts;

pub(crate) use answer::object;

use std::sync::Arc;

use tau_domain::{Message, Role, Usage};
use tau_llm::{ChatModel, ChatReply, ChatRequest, ModelError};
use tau_sim::Wording;
use tau_sim::prompts::PromptError;

pub use batch::{Batch, BatchReport, Cases, judge_all};
pub use prompts::{AUTHOR_PROMPT, Case, KIND_PROMPT, diagnosis_prompts};

use crate::turns::turns;
use crate::{Diagnosis, Source};
use prompts::Texts;

/// Times that a question is asked: once, and once more after an unreadable answer.
const ASKED: usize = 2;

/// Why a failure has no verdict. It says nothing about the conversation.
#[derive(Clone, Debug, thiserror::Error)]
pub enum JudgeError {
    /// The model could not be asked.
    #[error("{0}")]
    Model(ModelError),
    /// The model answered twice in a form that cannot be read.
    #[error("The judging model's answer could not be read: {problem}.")]
    Unreadable {
        /// What is wrong with the last answer.
        problem: String,
        /// The last answer, cut to 2,000 characters.
        answer: String,
    },
    /// The conversation could not be read.
    #[error("{0}")]
    Case(String),
    /// The verdict could not be stored.
    #[error("{0}")]
    Store(String),
    /// A prompt cannot be used.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// Somebody stopped it.
    #[error("Stopped.")]
    Cancelled,
}

impl JudgeError {
    /// Whether every further question would fail too, until a person does something.
    pub fn stops_all(&self) -> bool {
        match self {
            JudgeError::Model(error) => error.kind.pauses_provider(),
            JudgeError::Prompt(_) | JudgeError::Store(_) => true,
            JudgeError::Unreadable { .. } | JudgeError::Case(_) | JudgeError::Cancelled => false,
        }
    }
}

/// What a verdict took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// Tokens.
    pub usage: Usage,
    /// US dollars; `None` when prices are not known.
    pub cost_usd: Option<f64>,
}

impl Spent {
    fn add(&mut self, reply: &ChatReply) {
        self.usage.input_tokens += reply.usage.input_tokens;
        self.usage.output_tokens += reply.usage.output_tokens;
        if let Some(cost) = reply.cost_usd {
            *self.cost_usd.get_or_insert(0.0) += cost;
        }
    }

    fn join(&mut self, other: &Spent) {
        self.usage.input_tokens += other.usage.input_tokens;
        self.usage.output_tokens += other.usage.output_tokens;
        if let Some(cost) = other.cost_usd {
            *self.cost_usd.get_or_insert(0.0) += cost;
        }
    }
}

/// A model that judges failures.
pub struct Judge {
    model: Arc<dyn ChatModel>,
    texts: Texts,
}

impl Judge {
    /// A judge with the prompts of `wording`; where it has none of its own, with the shipped ones.
    ///
    /// # Errors
    /// When a prompt cannot be used.
    pub fn new(model: Arc<dyn ChatModel>, wording: &Wording) -> Result<Judge, PromptError> {
        Ok(Judge { model, texts: Texts::of(wording)? })
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        self.model.name()
    }

    /// SHA-256, in hex, of the prompts in use.
    pub fn prompts_hash(&self) -> String {
        self.texts.hash()
    }

    /// Judges one failure. What it took is counted in `spent`, also when it fails.
    ///
    /// # Errors
    /// When the model could not be asked or did not answer as asked.
    pub async fn judge(&self, case: &Case, spent: &mut Spent) -> Result<Diagnosis, JudgeError> {
        let model = self.model.as_ref();
        let count = turns(&case.trajectory.messages).len() as u32;
        let first =
            ask(model, self.texts.author(case)?, spent, |text| answer::author(text, count)).await?;
        let question = self.texts.kind(case, first.author, &first.description)?;
        let second = ask(model, question, spent, answer::kind).await?;
        Ok(Diagnosis {
            author: first.author,
            kind: second.kind,
            description: first.description,
            kind_description: second.description,
            first_turn: first.first_turn,
            tags: first.tags,
            severity: Some(first.severity),
            source: Source::Model,
        })
    }
}

/// Asks once, and once more after an unreadable answer. What it took is counted in `spent`.
pub(crate) async fn ask<T>(
    model: &dyn ChatModel,
    question: String,
    spent: &mut Spent,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, JudgeError> {
    let mut request = ChatRequest {
        messages: vec![Message::text(Role::User, question)],
        temperature: Some(0.0),
        ..ChatRequest::default()
    };
    let mut last = JudgeError::Cancelled;
    for _ in 0..ASKED {
        let reply = model.chat(&request).await.map_err(JudgeError::Model)?;
        spent.add(&reply);
        let text = reply.message.content.clone().unwrap_or_default();
        let problem = match read(&text) {
            Ok(answer) => return Ok(answer),
            Err(problem) => problem,
        };
        request.messages.push(Message::text(Role::Assistant, text.clone()));
        request.messages.push(Message::text(
            Role::User,
            format!(
                "That answer cannot be read: {problem}. Answer again, with the JSON object alone."
            ),
        ));
        last = JudgeError::Unreadable { problem, answer: text.chars().take(2_000).collect() };
    }
    Err(last)
}
