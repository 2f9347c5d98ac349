//! The product, whole: every command and every type that crosses to a host, declared once.
//!
//! Hosts (the desktop window, the command line, the test server) hold a [`Product`], pass
//! [`Product::call`] what the interface asks, and forward ticks. Nothing here knows Tauri or HTTP.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod commands;
mod error;
pub mod types;
mod typescript;

pub use error::{ApiError, ErrorCode};
pub use typescript::typescript;
