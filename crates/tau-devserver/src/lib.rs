//! tau-devserver
