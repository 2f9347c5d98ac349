//! Calendar days and times without zone, as far as the models hold them.

use std::fmt;

/// `datetime.date`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

/// `datetime.datetime` without zone
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub struct DateTime {
    pub date: Date,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub microsecond: u32,
}

impl Date {
    /// A day of the calendar; `None` where there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let known = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_of(year, month);
        known.then_some(Date { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Date::new(
            digits(&bytes[..4])? as u16,
            digits(&bytes[5..7])? as u8,
            digits(&bytes[8..])? as u8,
        )
    }

    /// Midnight of this day.
    pub fn midnight(self) -> DateTime {
        DateTime { date: self, hour: 0, minute: 0, second: 0, microsecond: 0 }
    }
}

impl DateTime {
    /// Reads `YYYY-MM-DD`, optionally followed by `T` or a blank and `HH:MM[:SS[.ffffff]]`.
    pub fn parse(text: &str) -> Option<DateTime> {
        let date = Date::parse(text.get(..10)?)?;
        let rest = &text[10..];
        if rest.is_empty() {
            return Some(date.midnight());
        }
        let clock = rest.strip_prefix(['T', 't', ' ', '_'])?;
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
        let mut parts = whole.split(':').map(|part| {
            (part.len() == 2).then(|| digits(part.as_bytes())).flatten().map(|number| number as u8)
        });
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = match parts.next() {
            Some(second) => second?,
            None => 0,
        };
        if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 || fraction.len() > 6 {
            return None;
        }
        let microsecond =
            if fraction.is_empty() { 0 } else { digits(format!("{fraction:0<6}").as_bytes())? };
        Some(DateTime { date, hour, minute, second, microsecond })
    }

    /// `isoformat()`: with a `T`.
    pub fn iso(&self) -> String {
        self.text('T')
    }

    fn text(&self, between: char) -> String {
        let DateTime { date, hour, minute, second, microsecond } = self;
        let fraction = if *microsecond == 0 { String::new() } else { format!(".{microsecond:06}") };
        format!("{date}{between}{hour:02}:{minute:02}:{second:02}{fraction}")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for DateTime {
    /// `str(datetime)`: with a blank.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(' '))
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    let all = bytes.iter().all(u8::is_ascii_digit);
    if !all { None } else { std::str::from_utf8(bytes).ok()?.parse().ok() }
}

/// How many days a month has.
pub fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
