//! tau-sim
