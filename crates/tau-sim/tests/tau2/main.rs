//! Conversations in tau2's domains with scripted models: what upstream's specification says of each
//! profile, one by one, and upstream's own tasks against what its Python answered.
#![allow(clippy::unwrap_used)]

mod dual;
mod failures;
mod histories;
mod mobile;
mod practice;
mod recorded;
mod resuming;
mod solo;
mod support;
mod turns;
mod words;
