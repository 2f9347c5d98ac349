//! Which voices there are: the id of one, and what a person reads of it.

use crate::endpoints::PRACTICE;
use crate::types::{CustomerChoice, CustomerStrategy, VoiceKind};

/// Id of the endpoint behind which models of this computer stand.
pub(crate) const LOCAL: &str = "local";

/// The id of a voice: strategy, endpoint and model, which holds no other choice of its maker.
pub(super) fn voice_id(choice: &CustomerChoice) -> String {
    let strategy = tau_sim::CustomerStrategy::from(choice.strategy).name();
    format!("{strategy}:{}:{}", choice.endpoint, choice.model)
}

/// The voice of an id.
pub(super) fn read_voice(id: &str) -> Option<CustomerChoice> {
    let mut parts = id.splitn(3, ':');
    let strategy: tau_sim::CustomerStrategy = parts.next()?.parse().ok()?;
    let (endpoint, model) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    Some(choice(strategy.into(), endpoint, model))
}

/// A run's customer with this voice.
pub(super) fn choice(
    strategy: CustomerStrategy,
    endpoint: String,
    model: String,
) -> CustomerChoice {
    let reanchor = tau_sim::CustomerStrategy::from(strategy).is_prompted();
    CustomerChoice { strategy, endpoint, model, reanchor }
}

/// The practice customer.
pub(super) fn practice() -> CustomerChoice {
    choice(CustomerStrategy::Practice, PRACTICE.to_owned(), String::new())
}

/// How traits reach a voice; `None` for a person.
pub(super) fn kind(strategy: CustomerStrategy) -> Option<VoiceKind> {
    match strategy {
        CustomerStrategy::Practice => Some(VoiceKind::Practice),
        CustomerStrategy::TraitMix => Some(VoiceKind::Hosted),
        CustomerStrategy::Local => Some(VoiceKind::Local),
        CustomerStrategy::Human => None,
        CustomerStrategy::Llm
        | CustomerStrategy::React
        | CustomerStrategy::Verify
        | CustomerStrategy::Reflection => Some(VoiceKind::Prompted),
    }
}

/// One voice under one id: what is left out in a choice is filled in.
pub(super) fn settled(mut choice: CustomerChoice) -> CustomerChoice {
    choice.model = choice.model.trim().to_owned();
    match choice.strategy {
        CustomerStrategy::Practice => practice(),
        CustomerStrategy::Local => CustomerChoice { endpoint: LOCAL.to_owned(), ..choice },
        CustomerStrategy::TraitMix => CustomerChoice { model: String::new(), ..choice },
        _ => choice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_back_to_its_voice_whatever_the_model_is_called() {
        for (strategy, endpoint, model) in [
            (CustomerStrategy::Llm, "openai", "gpt-4o"),
            (CustomerStrategy::Llm, "house", "org/model:7b:q4"),
            (CustomerStrategy::TraitMix, "steer", ""),
            (CustomerStrategy::Local, LOCAL, "a model.gguf"),
        ] {
            let one = choice(strategy, endpoint.into(), model.into());
            assert_eq!(read_voice(&voice_id(&one)), Some(one));
        }
        assert_eq!(read_voice("nobody:a:b"), None);
        assert_eq!(read_voice("llm"), None);
    }

    #[test]
    fn the_practice_customer_is_one_voice() {
        let other = choice(CustomerStrategy::Practice, "x".into(), "y".into());
        assert_eq!(voice_id(&settled(other)), voice_id(&practice()));
    }
}
