//! The product through its own door: commands as a host calls them, on shipped data, practice models
//! and loopback fakes.

mod charts;
mod diagnosis;
mod fidelity;
mod imports;
mod local_models;
mod models;
mod own_agent;
mod play;
mod play_tau2;
mod prompts;
mod recomputed;
mod runs;
mod steered;
mod support;
mod tau2;
mod tau2_runs;
mod traits;
mod voices;
