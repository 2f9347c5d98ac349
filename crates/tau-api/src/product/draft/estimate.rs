//! What a draft would cost and how long it would take, before any data.

use tau_llm::{Price, Prices};

use super::plan::READING_PAUSE_MS;
use crate::endpoints::PRACTICE;
use crate::types::{CostEstimate, CustomerStrategy, Endpoint, RunDraft};

/// Turns of the agent in a short and in a long conversation, for estimates before any data.
const SHORT_CONVERSATION: f64 = 8.0;
const LONG_CONVERSATION: f64 = 20.0;
/// Letters per token in English, the usual rule of thumb.
const LETTERS_PER_TOKEN: f64 = 4.0;
/// Tokens that a turn adds to what is read again at the next one (question, tool result, answer).
const TOKENS_PER_TURN: f64 = 250.0;
/// Tokens that a model writes per turn.
const TOKENS_WRITTEN: f64 = 80.0;
/// Seconds that a real model takes per reply.
const SECONDS_PER_REPLY: f64 = 3.0;
/// Seconds that a conversation of the practice models takes.
const PRACTICE_SECONDS: f64 = 0.05;
/// Replies of both practice models in a conversation, about.
const PRACTICE_REPLIES: f64 = 16.0;
/// Tokens of a simulated customer's instruction, about.
const CUSTOMER_PROMPT: f64 = 600.0;

/// What models cost where they are asked.
pub(super) struct Rates<'a> {
    pub(super) prices: &'a Prices,
    pub(super) endpoints: &'a [Endpoint],
}

impl Rates<'_> {
    fn find(&self, endpoint: &str, model: &str) -> Option<Price> {
        let endpoint = self.endpoints.iter().find(|known| known.id == endpoint);
        self.prices.find_at(endpoint.map_or("", |endpoint| &endpoint.base_url), model)
    }
}

/// Cost of the conversations: every turn reads policy, tools and everything said before once more.
pub(super) fn cost(
    draft: &RunDraft,
    conversations: u32,
    policy_letters: usize,
    rates: &Rates<'_>,
) -> CostEstimate {
    let practice_agent = draft.agent.endpoint == PRACTICE;
    let local_customer = draft.customer.strategy == CustomerStrategy::Local;
    let practice_customer = draft.customer.strategy == CustomerStrategy::Practice;
    if practice_agent && local_customer {
        return CostEstimate {
            free: true,
            low: None,
            high: None,
            sentence: "Free: nobody is asked outside this computer.".into(),
        };
    }
    if practice_agent && practice_customer {
        return CostEstimate {
            free: true,
            low: None,
            high: None,
            sentence: "Free: practice models only.".into(),
        };
    }
    let per_conversation = |turns: f64| -> Option<f64> {
        let mut dollars = 0.0;
        if !practice_agent {
            let price = rates.find(&draft.agent.endpoint, &draft.agent.model)?;
            let read =
                turns * (policy_letters as f64 / LETTERS_PER_TOKEN + turns / 2.0 * TOKENS_PER_TURN);
            dollars += (read * price.input + turns * TOKENS_WRITTEN * price.output) / 1e6;
        }
        if !practice_customer && !local_customer {
            // The customer speaks at about every second turn; the others are tool calls.
            let price = rates.find(&draft.customer.endpoint, &draft.customer.model)?;
            let turns = turns / 2.0;
            let read = turns * (CUSTOMER_PROMPT + turns / 2.0 * TOKENS_PER_TURN);
            dollars += (read * price.input + turns * TOKENS_WRITTEN * price.output) / 1e6;
        }
        Some(dollars * f64::from(conversations))
    };
    let (low, high) = (per_conversation(SHORT_CONVERSATION), per_conversation(LONG_CONVERSATION));
    let sentence = match (low, high) {
        (Some(low), Some(high)) => {
            let as_of = &rates.prices.as_of;
            format!("About ${low:.2} to ${high:.2}, by the providers' prices of {as_of}.")
        }
        _ => "The price of this model is not known here. Your provider's page has it.".into(),
    };
    CostEstimate { free: false, low, high, sentence }
}

pub(super) fn seconds(draft: &RunDraft, conversations: u32) -> f64 {
    let practice =
        draft.agent.endpoint == PRACTICE && draft.customer.strategy == CustomerStrategy::Practice;
    let one = if practice {
        let pause = if draft.unhurried { f64::from(READING_PAUSE_MS) / 1000.0 } else { 0.0 };
        PRACTICE_SECONDS + PRACTICE_REPLIES * pause
    } else {
        SECONDS_PER_REPLY * (SHORT_CONVERSATION + LONG_CONVERSATION) / 2.0
    };
    one * f64::from(conversations) / f64::from(draft.max_concurrency.max(1))
}
