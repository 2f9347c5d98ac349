//! A conversation that broke off and is taken up again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use tau_llm::{ChatReply, JournalError, Journaled, ReplyJournal, SpeakerRole};
use tau_sim::tau2::{Failure, Played, Players, SimulatedCustomer};
use tau_sim::testing::{ScriptedModel, calling};
use tau_sim::{CancellationToken, Silent, Wording};
use tau_toolkits::Profile;
use tau_traits::Unsteered;

use crate::support::{PROFILES, STOP, Stage, lines, phone, says, two_faults};

#[derive(Default)]
struct Memory(Mutex<HashMap<(SpeakerRole, u32), ChatReply>>);

#[async_trait]
impl ReplyJournal for Memory {
    async fn recall(&self, role: SpeakerRole, seq: u32) -> Result<Option<ChatReply>, JournalError> {
        Ok(self.0.lock().unwrap().get(&(role, seq)).cloned())
    }

    async fn record(
        &self,
        role: SpeakerRole,
        seq: u32,
        reply: &ChatReply,
    ) -> Result<(), JournalError> {
        self.0.lock().unwrap().insert((role, seq), reply.clone());
        Ok(())
    }
}

/// Plays with what is in the journal, and these replies after it.
async fn play(
    profile: Profile,
    journal: &Arc<Memory>,
    agent: Vec<tau_domain::Message>,
    customer: Vec<tau_domain::Message>,
) -> Result<Played, Failure> {
    let stage = Stage::new(phone("telecom", profile), two_faults(), vec![], vec![]);
    let (definition, task) = (&stage.definition, &stage.task);
    let agent = Journaled::new(ScriptedModel::new(agent), journal.clone(), SpeakerRole::Agent);
    let customer = ScriptedModel::new(customer);
    let customer = Journaled::new(customer, journal.clone(), SpeakerRole::Customer);
    let voice = Box::new(Unsteered::new(Box::new(customer)));
    let customer = SimulatedCustomer::new(definition, task, voice, &Wording::shipped()).unwrap();
    let players = Players { agent: &agent, customer: Some(&customer), judge: None };
    let never = CancellationToken::new();
    tau_sim::tau2::play(definition, task, &stage.spec, players, &Silent, &never).await
}

#[tokio::test]
async fn a_conversation_that_is_taken_up_again_is_the_same_conversation() {
    let pay = r#"{"customer_id": "C1", "bill_id": "B1"}"#;
    let agent = || {
        vec![
            says("Is airplane mode on?"),
            says(""),
            calling(&[("send_payment_request", pay)]),
            says("Pay."),
        ]
    };
    let customer = || {
        vec![
            says("No service."),
            calling(&[("toggle_airplane_mode", "{}")]),
            says("It was."),
            calling(&[("make_payment", "{}")]),
            says(STOP),
        ]
    };
    for profile in PROFILES {
        let whole = play(profile, &Arc::default(), agent(), customer()).await.unwrap();
        // It breaks off after any number of replies; what is asked afterwards is only what was missing.
        for replies in 0..5 {
            let journal = Arc::default();
            let first = customer()[..replies].to_vec();
            let broken = play(profile, &journal, agent(), first).await;
            assert!(matches!(broken, Err(Failure::Model { .. })));
            let asked = |role| journal.0.lock().unwrap().keys().filter(|key| key.0 == role).count();
            let rest = agent()[asked(SpeakerRole::Agent)..].to_vec();
            let again =
                play(profile, &journal, rest, customer()[replies..].to_vec()).await.unwrap();
            assert_eq!(again.trajectory.entries, whole.trajectory.entries, "{profile:?} {replies}");
            assert_eq!(lines(&again.trajectory.entries).len(), 12);
            assert_eq!(again.grade.reward.reward, 1.0);
            assert_eq!(again.trajectory.agent_usage, whole.trajectory.agent_usage);
        }
    }
}
