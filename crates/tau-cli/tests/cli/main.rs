//! The command line as a person uses it: the program itself, against servers on loopback.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod bench;
mod charts;
mod diagnosing;
mod outside;
mod providers;
mod recorded;
mod regrading;
mod running;
mod servers;
mod shelf;
mod tables;
mod tau2;
mod tau2_runs;
mod traits;
mod viewing;
