//! Runs from beginning to end, with a scripted player.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod asking;
mod kill;
mod models;
mod reply_cache;
mod results;
mod scheduling;
mod steered;
mod strategies;
mod support;
mod tau2;
