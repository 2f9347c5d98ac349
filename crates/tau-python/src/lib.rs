//! tau-python
