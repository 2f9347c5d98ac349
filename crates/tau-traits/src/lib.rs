//! tau-traits
