//! Customers whose messages are checked before they are sent (upstream `VerifyUserSimulationEnv`,
//! `ReflectionUserSimulationEnv`).
//!
//! The same model writes and checks, in a conversation of its own; an answer that holds the word
//! `true` in any case lets a message through. What differs from upstream:
//! - the transcript that is checked names the sides rightly; upstream's calls the agent's lines the
//!   customer's, because in the customer's own history the agent is the user;
//! - a verifying customer remembers what it said although no draft passed; upstream's forgets it;
//! - a rewritten message is sent when it passes, as upstream's prompt promises. Upstream's code hands
//!   it to the customer's model as if the agent had said it, and sends what the model replies.

use minijinja::context;
use tau_domain::{Draft, Message, Reading, Role};
use tau_llm::{ModelError, ModelErrorKind};

use super::{Bill, ModelCustomer, Said, Words};
use crate::action::stripped;

/// Drafts of a verifying customer; the last is sent in any case.
const ATTEMPTS: usize = 3;

/// The heading of a rewritten message.
const RESPONSE: &str = "Response:";

impl ModelCustomer {
    /// Up to [`ATTEMPTS`] drafts, until one passes the check.
    pub(super) async fn verified(
        &self,
        history: Vec<Message>,
        bill: &mut Bill,
    ) -> Result<Words, ModelError> {
        let mut drafts = Vec::new();
        let mut draft = Said { text: String::new(), steering: None };
        for _ in 0..ATTEMPTS {
            draft = self.say(history.clone(), bill).await?;
            match self.check(&history, &draft.text, bill).await? {
                None => break,
                Some(verdict) => drafts.push(Draft { text: draft.text.clone(), verdict }),
            }
        }
        Ok(Said::with(draft.text, reading(drafts), draft.steering))
    }

    /// A draft; when it does not pass, a rewriting; when that does not pass either, the draft.
    pub(super) async fn reflected(
        &self,
        history: Vec<Message>,
        bill: &mut Bill,
    ) -> Result<Words, ModelError> {
        let Said { text: draft, steering } = self.say(history.clone(), bill).await?;
        let Some(verdict) = self.check(&history, &draft, bill).await? else {
            return Ok(Said::with(draft, None, steering));
        };
        let mut drafts = vec![Draft { text: draft.clone(), verdict }];
        let answer = self.judge("customer/reflection-rewrite", &history, &draft, bill).await?;
        let rewritten = answer.rsplit_once(RESPONSE).map(|(_, text)| stripped(text).to_owned());
        match rewritten.filter(|text| !text.is_empty()) {
            // Upstream raises here; a slip of the simulation is not the agent's failure.
            None => drafts.push(Draft {
                text: answer,
                verdict: format!("The rewriting has no \"{RESPONSE}\"."),
            }),
            Some(rewritten) => match self.check(&history, &rewritten, bill).await? {
                None => return Ok((rewritten, reading(drafts))),
                Some(verdict) => drafts.push(Draft { text: rewritten, verdict }),
            },
        }
        Ok(Said::with(draft, reading(drafts), steering))
    }

    /// `None` when the message may be sent, else the answer of the check.
    async fn check(
        &self,
        history: &[Message],
        response: &str,
        bill: &mut Bill,
    ) -> Result<Option<String>, ModelError> {
        let answer = self.judge("customer/verify-check", history, response, bill).await?;
        let passes = answer.to_lowercase().contains("true");
        Ok((!passes).then(|| stripped(&answer).to_owned()))
    }

    async fn judge(
        &self,
        id: &str,
        history: &[Message],
        response: &str,
        bill: &mut Bill,
    ) -> Result<String, ModelError> {
        let transcript = transcript(history);
        let prompt = self
            .wording
            .render(id, context! { transcript, response })
            .map_err(|error| ModelError::new(ModelErrorKind::BadRequest, error.to_string()))?;
        self.ask(vec![Message::text(Role::User, prompt)], bill).await
    }
}

fn reading(drafts: Vec<Draft>) -> Option<Reading> {
    (!drafts.is_empty()).then(|| Reading { drafts, ..Reading::default() })
}

/// The customer's history as text.
fn transcript(history: &[Message]) -> String {
    let lines: Vec<String> = history
        .iter()
        .map(|message| {
            let side = match message.role {
                Role::System => "System",
                Role::Assistant => "Customer",
                Role::User | Role::Tool => "Agent",
            };
            format!("{side}: {}", message.content.as_deref().unwrap_or_default())
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::testing::ScriptedModel;
    use crate::{Customer, CustomerReply, CustomerStrategy, Wording};
    use tau_domain::Task;
    use tau_traits::Unsteered;

    fn task() -> Task {
        serde_json::from_str(r#"{"id": "1", "user_id": "u", "instruction": "You are Ann."}"#)
            .unwrap()
    }

    async fn reply(
        strategy: CustomerStrategy,
        script: &[&str],
    ) -> (CustomerReply, Arc<ScriptedModel>) {
        let model = Arc::new(ScriptedModel::saying(script.iter().copied()));
        let customer = ModelCustomer::new(
            strategy,
            Box::new(Unsteered::new(Box::new(model.clone()))),
            &task(),
            &Wording::shipped(),
        )
        .unwrap();
        let said = [Message::text(Role::User, "Hello"), Message::text(Role::Assistant, "Yes?")];
        (customer.reply(&said).await.unwrap(), model)
    }

    fn drafts(reply: &CustomerReply) -> Vec<(&str, &str)> {
        let reading = reply.reading.as_ref();
        let drafts = reading.map(|reading| reading.drafts.as_slice()).unwrap_or_default();
        drafts.iter().map(|draft| (draft.text.as_str(), draft.verdict.as_str())).collect()
    }

    #[tokio::test]
    async fn a_draft_that_passes_is_sent_at_once() {
        let (reply, model) = reply(CustomerStrategy::Verify, &["Refund it.", "TRUE."]).await;
        assert_eq!((reply.text.as_str(), drafts(&reply)), ("Refund it.", vec![]));
        assert_eq!(reply.usage.input_tokens, 20, "both replies are counted");
        let asked = model.asked();
        assert_eq!(asked[0].messages.len(), 4);
        let check = asked[1].messages[0].content.as_deref().unwrap();
        assert_eq!(asked[1].messages.len(), 1);
        assert!(
            check
                .contains("\nAgent: Hi! How can I help you today?\nCustomer: Hello\nAgent: Yes?\n"),
            "{check}"
        );
        assert!(check.contains("\nRefund it.\n"), "{check}");
    }

    #[tokio::test]
    async fn after_three_drafts_the_last_is_sent_and_all_are_kept() {
        let script = ["a", "false", "b", "No", "c", "false"];
        let (reply, _) = reply(CustomerStrategy::Verify, &script).await;
        assert_eq!(reply.text, "c");
        assert_eq!(drafts(&reply), [("a", "false"), ("b", "No"), ("c", "false")]);
    }

    #[tokio::test]
    async fn a_draft_that_was_turned_down_is_rewritten_and_checked_again() {
        let rewriting = "Reflection:\nToo long.\n\nResponse:\nRefund it, please.\n";
        let script = ["a", "false", rewriting, "true"];
        let (reply, model) = reply(CustomerStrategy::Reflection, &script).await;
        assert_eq!(reply.text, "Refund it, please.");
        assert_eq!(drafts(&reply), [("a", "false")]);
        let second = model.asked()[3].messages[0].content.clone().unwrap();
        assert!(second.contains("\nRefund it, please.\n"), "{second}");
    }

    #[tokio::test]
    async fn a_rewriting_that_does_not_pass_or_cannot_be_read_leaves_the_draft() {
        let (first, _) =
            reply(CustomerStrategy::Reflection, &["a", "false", "Response: b", "false"]).await;
        assert_eq!(
            (first.text.as_str(), drafts(&first)),
            ("a", vec![("a", "false"), ("b", "false")])
        );
        let (second, _) = reply(CustomerStrategy::Reflection, &["a", "false", "Sorry."]).await;
        assert_eq!(second.text, "a");
        assert_eq!(drafts(&second)[1].0, "Sorry.");
    }
}
