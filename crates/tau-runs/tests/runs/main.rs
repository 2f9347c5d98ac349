//! Runs from beginning to end, with a scripted player.

mod asking;
mod kill;
mod scheduling;
mod support;
