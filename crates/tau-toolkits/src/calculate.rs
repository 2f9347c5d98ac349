//! `calculate`, the tool that three domains share: arithmetic by Python's own rules.
