//! The hosted voice: a service that plays a customer with traits, over the steer protocol.
//!
//! The protocol, as the package tau-trait (`envs/user.py`), Collinear's API pages and its SDK
//! `collinear` 1.0.26 (`clients/steering_client.py`, `simulate/payloads.py`) have it:
//!
//! | call | sends | answers |
//! |---|---|---|
//! | `GET /traits` | the key where there is one; none is needed | `{"traits": [names]}` or `[names]` |
//! | `POST /steer_bare` | `{trait_dict, messages, temperature, max_tokens, system_prompt}` | `{"response": text}` |
//! | `POST /steer_batch` | a list of `{trait_dict, user_characteristics, messages, temperature, max_tokens, seed}` | `{"responses": [text]}`, one for each |
//!
//! The key travels in the header `API-Key`. The simulated customer is the `assistant` of the messages,
//! which is also how a customer sees its own conversation here. 401 and 403 say that the key is wrong,
//! 422 that a trait or a level is unknown. Upstream's clients repeat nothing; here the calls share the
//! time-outs, retries and limits of all models ([`tau_llm::JsonApi`]).
//!
//! The service's levels are three and none of them is off ([`read_trait_dict`], [`wire_dict`]).
//!
//! The SDK mixes at most two traits. That is its own rule: the service takes any number, and so do we.

mod address;
mod client;
mod dict;
mod listing;
mod service;
mod voice;
mod wire;

pub use address::{SteerAddress, SteerForm};
pub use client::SteerClient;
pub use dict::{DictError, Numbers, ReadDict, level_of_word, read_trait_dict, wire_dict};
pub use listing::{Listings, UnknownTraits};
pub use service::{Ask, SteerService};
pub use voice::Hosted;
pub use wire::Characteristics;
