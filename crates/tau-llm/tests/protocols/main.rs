//! Every provider's protocol against a loopback fake: what is sent, and what is made of its answers.
//! Requests and answers are in the shapes of the providers' public documentation.
#![allow(clippy::unwrap_used)]

mod anthropic;
mod azure;
mod bedrock;
mod chat_completions;
mod gemini;
mod must_call;
mod outside;
mod responses;
mod support;
mod vertex;
