//! Asking a model for a message that something can be done with.

use std::future::Future;

use tau_domain::{Message, Usage};
use tau_llm::{ChatReply, ModelError};
use tau_toolkits::Requestor;
use tokio_util::sync::CancellationToken;

use super::entry::toolkit_call;
use super::{Entry, Failure, Speaker};
use crate::customer::Bill;

/// How often a model is asked for one message. Upstream of 0.2 asks three times more when a reply is
/// empty; other upstreams start the whole conversation over, as often.
pub(super) const ATTEMPTS: u32 = 4;

/// Asks until `read` can use the reply, at most [`ATTEMPTS`] times. What all replies cost is in the bill.
pub(super) async fn useful<T, F>(
    whose: Speaker,
    cancel: &CancellationToken,
    mut ask: impl FnMut() -> F,
    read: impl Fn(Message) -> Result<T, String>,
) -> Result<(T, Bill), Failure>
where
    F: Future<Output = Result<ChatReply, ModelError>>,
{
    let mut bill = Bill::default();
    let mut why = String::new();
    for _ in 0..ATTEMPTS {
        let reply = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(Failure::Cancelled),
            reply = ask() => reply,
        };
        let reply = reply.map_err(|error| Failure::Model { whose, error })?;
        bill.add(&reply);
        match read(reply.message) {
            Ok(read) => return Ok((read, bill)),
            Err(useless) => why = useless,
        }
    }
    Err(Failure::Useless { whose, why, attempts: ATTEMPTS })
}

/// A message of one of the two sides: it says something or calls tools, with arguments that can be read.
pub(super) fn participant(requestor: Requestor, mut message: Message) -> Result<Entry, String> {
    for call in &mut message.tool_calls {
        toolkit_call(call, requestor).map_err(|error| error.to_string())?;
        if call.arguments.trim().is_empty() {
            call.arguments = "{}".to_owned();
        }
    }
    let entry = Entry::said(requestor, message);
    if entry.has_text() || entry.is_tool_call() {
        return Ok(entry);
    }
    Err("it neither says anything nor calls a tool".into())
}

impl Entry {
    /// The same with what it cost.
    pub(super) fn costing(mut self, bill: Bill) -> Entry {
        let Bill { usage, cost_usd, .. } = bill;
        self.usage = (usage != Usage::default()).then_some(usage);
        self.cost_usd = cost_usd;
        self
    }
}
