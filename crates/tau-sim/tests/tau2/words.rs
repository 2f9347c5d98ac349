//! What models are told: upstream's prompts to the letter, and traits after them.

use std::sync::Arc;

use tau_domain::Role;
use tau_sim::testing::{ScriptedModel, calling};
use tau_sim::{Silent, Wording};
use tau_toolkits::Profile;
use tau_traits::{CustomerVoice, Prompted, TraitMix, TraitSet};

use crate::support::{PROFILES, STOP, Stage, phone, says, two_faults};

const PLAIN: &str = "You call somebody, phone in hand.\n\n<scenario>\nInstructions:\n\tYour phone has no service.\n</scenario>";

fn stage(profile: Profile) -> Stage {
    Stage::new(phone("telecom", profile), two_faults(), vec![says("Is it?")], vec![])
}

fn voice(model: &Arc<ScriptedModel>, mix: &[(&str, f64)]) -> Box<dyn CustomerVoice> {
    let mix = TraitMix::new(mix.iter().copied()).unwrap();
    let anchor = Wording::shipped().anchor();
    let model = Box::new(model.clone());
    Box::new(Prompted::new(model, &mix, TraitSet::shipped(), anchor).unwrap())
}

fn customer() -> Arc<ScriptedModel> {
    let calls = calling(&[("check_status_bar", "{}")]);
    Arc::new(ScriptedModel::new([says("No service."), calls, says(STOP)]))
}

#[tokio::test]
async fn a_customer_without_traits_is_told_what_upstream_tells_it_and_no_more() {
    for profile in PROFILES {
        let model = customer();
        stage(profile).play_with(Some(voice(&model, &[])), &Silent).await.unwrap();
        for request in model.asked() {
            assert_eq!(request.messages[0].content.as_deref(), Some(PLAIN));
            assert_ne!(request.messages.last().unwrap().role, Role::Assistant);
            assert_eq!(request.temperature, Some(0.0));
        }
        assert_eq!(model.asked()[0].messages.len(), 2);
    }
}

#[tokio::test]
async fn a_customer_with_traits_is_told_them_after_the_scenario_and_reminded_after_a_tool_too() {
    let impatient = TraitSet::shipped().get("impatience").unwrap().clone();
    for profile in PROFILES {
        let model = customer();
        let voice = voice(&model, &[("impatience", 3.0)]);
        stage(profile).play_with(Some(voice), &Silent).await.unwrap();
        let asked = model.asked();
        let system = asked[0].messages[0].content.clone().unwrap();
        let traits = system.strip_prefix(PLAIN).unwrap();
        assert!(traits.contains(&impatient.levels[3].prompt), "{traits}");
        for request in &asked {
            let last = request.messages.last().unwrap();
            assert_eq!(last.role, Role::User);
            let text = last.content.as_deref().unwrap();
            assert!(text.contains(impatient.levels[3].reminded()), "{text}");
            assert_eq!(request.tools.len(), 30);
        }
        // After a tool's answer the note is a message of its own, and it is in nobody's history.
        let answer = &asked[2].messages[asked[2].messages.len() - 2];
        assert_eq!(answer.role, Role::Tool);
        let told = asked[2].messages.iter().filter(|message| message.role == Role::User);
        let noted = told.filter(|message| message.content.as_deref().unwrap().contains("A note"));
        assert_eq!(noted.count(), 1);
    }
}

#[tokio::test]
async fn an_agent_is_told_its_instruction_and_the_policy() {
    for profile in PROFILES {
        let mut stage = stage(profile);
        stage.customer = Some(Arc::new(ScriptedModel::saying(["Hi.", STOP])));
        stage.spec.sampling_seed = Some(626_729);
        stage.play().await.unwrap();
        let request = &stage.agent_asked()[0];
        let system = "<instructions>\nHelp.\n</instructions>\n<policy>\nBe fair.\n</policy>";
        assert_eq!(request.messages[0].content.as_deref(), Some(system));
        assert_eq!(request.seed, Some(626_729));
    }
}

#[tokio::test]
async fn calls_that_a_model_writes_as_text_are_made_where_that_is_wanted() {
    for profile in PROFILES {
        let written = r#"{"name": "get_details_by_id", "parameters": {"id": "L1"}}"#;
        let mut stage = stage(profile);
        stage.agent = Arc::new(ScriptedModel::saying([written, "It is active."]));
        stage.customer = Some(Arc::new(ScriptedModel::saying(["Hi.", STOP])));
        stage.spec.text_tool_calls = true;
        let entries = stage.play().await.unwrap().trajectory.entries;
        assert_eq!(entries[2].message.tool_calls[0].arguments, r#"{"id": "L1"}"#);
        assert!(entries[3].message.content.as_deref().unwrap().contains("555-1"));
        assert_eq!(stage.customer_asked().len(), 2, "the customer heard nothing of it");
    }
}
