//! tau-report
