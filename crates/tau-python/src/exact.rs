//! Python's texts of plain values, for rooms that keep values of their own.

/// Appends `repr(float)`: the shortest digits that read back as the same float.
pub fn push_float(out: &mut String, number: f64) {
    crate::text::push_float(out, number);
}

/// Appends `repr(str)`.
pub fn push_str_repr(out: &mut String, text: &str) {
    crate::text::push_str_repr(out, text);
}

/// Appends a string as `json.dumps` writes it: in quotes, everything outside ASCII escaped.
pub fn push_json_string(out: &mut String, text: &str) {
    crate::json::push_string(out, text, true);
}

/// `round(number, digits)`, correctly rounded on the exact binary value. What Python refuses as too
/// large to represent stays as it is.
pub fn round(number: f64, digits: i64) -> f64 {
    crate::number::round_float(number, digits).unwrap_or(number)
}
