//! The repository's own commands: `cargo xtask run | test | tidy | bench | pack | types`.
//!
//! Each does all it needs on a machine with Rust and Node and nothing else: missing system packages
//! are installed, the interface is built, then cargo runs once over the whole workspace.

mod bench;
mod pack;
mod run;
mod shell;
mod system;
mod test;
mod tidy;
mod ui;
mod upstream;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask run     build everything and open the app (without a display: the sample run and a report)
cargo xtask test    everything that continuous integration checks
cargo xtask tidy    the order of the rooms, generated types, the words of the repository
cargo xtask bench   env [--json]: our environments against upstream's Python, in the same run
cargo xtask pack    mobile: compose the tasks of our own dual-control pack anew
cargo xtask types   write the interface's types anew after a change to crates/tau-api";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.first().map(String::as_str) {
        Some("run") => run::run(),
        Some("test") => test::test(),
        Some("tidy") => tidy::tidy(),
        Some("bench") => bench::bench(&arguments[1..]),
        Some("pack") => pack::pack(&arguments[1..]),
        Some("types") => ui::write_types(),
        _ => {
            println!("{HELP}");
            return if arguments.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}
