//! Runs from beginning to end, with a scripted player.

mod asking;
mod kill;
mod models;
mod scheduling;
mod support;
