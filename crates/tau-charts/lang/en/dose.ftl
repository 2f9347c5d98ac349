# dose
