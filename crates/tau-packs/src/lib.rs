//! tau-packs
