//! tau-api
