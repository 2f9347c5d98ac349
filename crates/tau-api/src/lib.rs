//! The product, whole: every command and every type that crosses to a host, declared once.
//!
//! Hosts (the desktop window, the command line, the test server) hold a [`Product`], pass
//! [`Product::call`] what the interface asks, and forward ticks. Nothing here knows Tauri or HTTP.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod commands;
pub mod endpoints;
mod error;
pub mod files;
mod host;
pub mod keys;
pub mod places;
mod product;
mod settings;
mod time;
pub mod types;
mod typescript;

pub use error::{ApiError, ErrorCode};
pub use host::{Clip, Host, SavesInto};
pub use places::Places;
pub use product::{Product, Ticks, table_runs_of_files, trait_set};
pub use tau_decoder::threads::start_again as settle_threads;
pub use typescript::typescript;
