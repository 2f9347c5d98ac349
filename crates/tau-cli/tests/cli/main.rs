//! The command line as a person uses it: the program itself, against servers on loopback.

mod recorded;
mod running;
mod servers;
mod shelf;
