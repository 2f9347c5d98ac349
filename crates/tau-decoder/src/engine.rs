//! Many conversations on one model: one thread owns the decoder and works through the jobs of all
//! callers in one batch.
//!
//! Reading weights is what costs on a processor, and a batch reads them once for all its lanes.
//! Jobs join and leave between two steps (continuous batching; Yu et al., "Orca", OSDI 2022); a
//! prompt is read in pieces between the steps of those that already write, so that a long prompt
//! does not stop everybody.
//!
//! A job's result does not depend on who shares the batch, nor on what was kept from before: lanes
//! keep only positions that no push has touched, in whole pieces.

mod shelf;
#[cfg(test)]
mod tests;
mod work;

use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};

use tokio::sync::oneshot;

use self::work::{Limits, Work};
use crate::{Captured, Decoder, DecoderError, ModelInfo, Options, Sampling, Text};

/// How to run an engine.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// How to open the model.
    pub model: Options,
    /// Replies that are written at once, at most; further jobs wait.
    pub lanes: usize,
    /// Bytes that the lanes' keys and values may take together. One job is always let in.
    pub cache_bytes: usize,
}

impl Default for EngineOptions {
    fn default() -> EngineOptions {
        EngineOptions { model: Options::default(), lanes: 8, cache_bytes: 2 << 30 }
    }
}

/// One reply to be written.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The conversation so far as (role, content); the reply is the next `assistant` message.
    pub messages: Vec<(String, String)>,
    /// Vectors to add after blocks, as (layer, vector). They are added from the prompt's last
    /// token on, so that what was said before is read as it is.
    pub push: Vec<(usize, Vec<f32>)>,
    /// How to draw.
    pub sampling: Sampling,
    /// The reply ends after so many tokens at the latest, or where the model's context ends.
    pub max_tokens: usize,
    /// Texts that end the reply; they are not part of it.
    pub stop: Vec<String>,
    /// Whether the residual stream of the reply is wanted.
    pub capture: bool,
}

/// Why a reply ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// The model ended its turn.
    End,
    /// One of the job's stop texts appeared.
    Stop,
    /// The limit of tokens or the end of the context was reached.
    Length,
}

/// A written reply.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// The text as the model wrote it, blanks at both ends included.
    pub text: String,
    /// Tokens of the reply, the one that ended it not counted.
    pub tokens: Vec<u32>,
    /// Tokens of the prompt.
    pub prompt_tokens: usize,
    /// Of those, how many were still known from an earlier job.
    pub prompt_kept: usize,
    /// Why it ended.
    pub finish: Finish,
    /// The residual stream over the reply's tokens that were read back: all of them, but for the
    /// last of a reply that was cut off. `None` when it was not asked for.
    pub hidden: Option<Captured>,
}

/// Work on the model between two steps.
type Call = Box<dyn FnOnce(&Decoder, &Text) + Send>;

/// What the engine's thread is asked to do.
enum Order {
    Write(Box<Job>, oneshot::Sender<Result<Generated, DecoderError>>),
    Call(Call),
    /// A fault of the thread's own, for tests.
    #[cfg(test)]
    Break,
}

/// A running model. Dropping the last handle ends its thread and frees the memory.
#[derive(Debug)]
pub struct Engine {
    orders: Sender<Order>,
    info: ModelInfo,
    text: Arc<Text>,
    /// Why the thread ended, once it has.
    end: Arc<OnceLock<String>>,
}

impl Engine {
    /// Opens a model and starts its thread. Takes as long as reading the file: call it where
    /// blocking is allowed.
    ///
    /// # Errors
    /// As [`Decoder::open`] and [`Text::open`], or when the system gives no thread.
    pub fn start(path: &Path, options: &EngineOptions) -> Result<Arc<Engine>, DecoderError> {
        let text = Arc::new(Text::open(path)?);
        let decoder = Decoder::open(path, &options.model)?;
        if text.vocabulary() > decoder.info().vocabulary {
            return Err(DecoderError::Unsupported(format!(
                "its tokenizer has {} tokens and its table {}.",
                text.vocabulary(),
                decoder.info().vocabulary
            )));
        }
        let info = decoder.info().clone();
        let (orders, inbox) = channel();
        let end = Arc::new(OnceLock::new());
        let limits = Limits { lanes: options.lanes.max(1), bytes: options.cache_bytes };
        let mut work = Work::new(decoder, text.clone(), limits, inbox);
        let told = end.clone();
        std::thread::Builder::new()
            .name("tau-decoder".to_owned())
            .spawn(move || {
                let run = std::panic::AssertUnwindSafe(|| work.run());
                if let Err(panic) = std::panic::catch_unwind(run) {
                    let _ = told.set(reason(panic.as_ref()));
                }
                // Only now do waiting callers hear that nobody will answer: the reason is there.
                drop(work);
            })
            .map_err(|e| DecoderError::Stopped(e.to_string()))?;
        Ok(Arc::new(Engine { orders, info, text, end }))
    }

    /// Facts about the model.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The model's tokenizer and template.
    pub fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// Writes a reply. Dropping the future takes the job back.
    ///
    /// # Errors
    /// When the prompt does not fit the context or the template, a push does not fit the model,
    /// computing failed, or the thread has ended.
    pub async fn generate(&self, job: Job) -> Result<Generated, DecoderError> {
        let (answer, wait) = oneshot::channel();
        let order = Order::Write(Box::new(job), answer);
        self.orders.send(order).map_err(|_| self.stopped())?;
        wait.await.unwrap_or_else(|_| Err(self.stopped()))
    }

    /// Runs something on the model between two steps: scores, readings. Conversations wait
    /// meanwhile, so long work is better cut into several calls.
    ///
    /// # Errors
    /// When the call panicked (the engine goes on) or the thread has ended.
    pub async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Decoder, &Text) -> T + Send + 'static,
    ) -> Result<T, DecoderError> {
        let (answer, wait) = oneshot::channel();
        let order = Order::Call(Box::new(move |decoder, text| {
            // Nobody may be waiting any more.
            if !answer.is_closed() {
                let _ = answer.send(work(decoder, text));
            }
        }));
        self.orders.send(order).map_err(|_| self.stopped())?;
        wait.await.map_err(|_| self.stopped())
    }

    #[cfg(test)]
    fn break_down(&self) {
        let _ = self.orders.send(Order::Break);
    }

    fn stopped(&self) -> DecoderError {
        let why = self.end.get().map_or("its work ended without an answer", String::as_str);
        DecoderError::Stopped(why.to_owned())
    }
}

/// What a panic said.
fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "its thread panicked".to_owned())
}
