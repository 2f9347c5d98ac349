//! tau-runs
