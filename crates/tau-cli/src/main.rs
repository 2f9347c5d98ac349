//! The command line of Tau-Trait Desktop.
fn main() {}
