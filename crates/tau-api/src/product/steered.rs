//! Steer services: the right to use one, what it knows, whether it answers.

use std::sync::Arc;
use std::time::Instant;

use serde_json::{Map, Value};
use tau_domain::{Message, Role};
use tau_traits::hosted::{Ask, wire_dict};
use tau_traits::{Condition, HostedLevel, SteerService, TraitMix};

use super::Product;
use super::draft::Problems;
use crate::endpoints::StoredEndpoint;
use crate::types::{CustomerStrategy, EndpointKind, EndpointTest, RunDraft};

impl Product {
    /// The steer service at an endpoint, with its key.
    pub(crate) async fn steer_service(&self, endpoint: &StoredEndpoint) -> SteerService {
        let (_, key) = self.keys.find(&endpoint.account(), &endpoint.variables()).await;
        SteerService::new(&endpoint.address(), key, Arc::clone(&self.limits))
    }

    /// Lists a service's traits and has a customer say one line.
    pub(super) async fn test_steer(&self, endpoint: &StoredEndpoint) -> EndpointTest {
        let service = self.steer_service(endpoint).await;
        let traits = service.traits().await.unwrap_or_default();
        // One that does not list its traits is asked for one that all known services have.
        let name = traits.first().map_or("impatience", String::as_str);
        let dict = Map::from_iter([(name.to_owned(), Value::from(HostedLevel::Low.label()))]);
        let messages = [
            Message::text(Role::System, "You are a customer whose parcel is late."),
            Message::text(Role::User, tau_sim::GREETING),
        ];
        let start = Instant::now();
        let said = service.say(&Ask { max_tokens: 32, ..Ask::new(&dict, &messages) }).await;
        let milliseconds = u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX);
        let (ok, message) = match said {
            Ok(_) => (true, answered(service.name(), milliseconds, &traits)),
            Err(error) => (false, error.message),
        };
        EndpointTest { ok, message, milliseconds, models: Vec::new() }
    }

    /// Tells of the conditions that the draft's steer service does not know a trait of.
    pub(super) async fn steer_problems(
        &self,
        problems: &mut Problems,
        draft: &RunDraft,
        conditions: &[Condition],
    ) {
        if draft.customer.strategy != CustomerStrategy::TraitMix {
            return;
        }
        let Ok(endpoint) = self.endpoints.get(&draft.customer.endpoint) else { return };
        if endpoint.kind != EndpointKind::Steer {
            return;
        }
        let (service, set) = (self.steer_service(&endpoint).await, self.trait_set());
        for (index, asked) in draft.conditions.iter().enumerate() {
            let mix = TraitMix::new(asked.levels.clone()).ok();
            // What is no condition has its own problem.
            let found = conditions.iter().find(|one| Some(&one.mix) == mix.as_ref());
            let Some(condition) = found else { continue };
            let unknown = self.steered.check(&service, &wire_dict(condition, &set)).await;
            if let Err(unknown) = unknown {
                problems.add(&format!("conditions.{index}"), unknown.to_string());
            }
        }
    }
}

fn answered(name: &str, milliseconds: u32, traits: &[String]) -> String {
    let seconds = f64::from(milliseconds) / 1000.0;
    let knows = match traits {
        [] => "It does not list its traits.".to_owned(),
        traits => format!("It knows {}.", traits.join(", ")),
    };
    format!("{name} answered in {seconds:.1} s. {knows}")
}
