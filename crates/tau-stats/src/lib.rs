//! tau-stats
