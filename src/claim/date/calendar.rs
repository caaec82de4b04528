//! Days of the Gregorian calendar: valid or not there at all, ordered, written as ISO 8601.
//!
//! "31/02/2020" is no [`Day`]; nothing is ever moved to a neighbouring day, and no clock is read.

use std::fmt;
use std::str::FromStr;

use smol_str::SmolStr;

/// A valid day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, if the calendar has it and the year has four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = (1000..=9999).contains(&year) && day >= 1 && day <= days_in_month(year, month);
        valid.then_some(Self { year, month, day })
    }

    /// The first day of a month, if there is such a month.
    pub fn first_of(year: u16, month: u8) -> Option<Self> {
        Self::new(year, month, 1)
    }

    /// The last day of a month, if there is such a month.
    pub fn last_of(year: u16, month: u8) -> Option<Self> {
        Self::new(year, month, days_in_month(year, month))
    }

    /// Year, four digits.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }

    /// As ISO 8601 writes it: `2016-03-22`.
    pub fn iso(self) -> SmolStr {
        let digit = |n: u16, unit: u16| b'0' + (n / unit % 10) as u8;
        let (y, m, d) = (self.year, u16::from(self.month), u16::from(self.day));
        let date = [
            digit(y, 1000),
            digit(y, 100),
            digit(y, 10),
            digit(y, 1),
            b'-',
            digit(m, 10),
            digit(m, 1),
            b'-',
            digit(d, 10),
            digit(d, 1),
        ];
        SmolStr::new(std::str::from_utf8(&date).unwrap_or_default())
    }
}

/// Number of days of a month; 0 where there is no such month.
pub fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl FromStr for Day {
    type Err = ();

    /// Reads `2016-03-22`.
    fn from_str(iso: &str) -> Result<Self, ()> {
        let mut parts = iso.splitn(3, '-');
        let mut next = |digits: usize| {
            let part = parts.next().filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()));
            part.and_then(|p| p.parse::<u16>().ok()).ok_or(())
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        Self::new(year, month as u8, day as u8).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn february_knows_its_leap_years() {
        assert_eq!([1900, 2000, 2023, 2024].map(|y| days_in_month(y, 2)), [28, 29, 28, 29]);
    }

    #[test]
    fn days_that_do_not_exist_are_no_days() {
        for (y, m, d) in
            [(2020, 2, 31), (2019, 2, 29), (2020, 4, 31), (2020, 13, 1), (2020, 0, 1), (2020, 1, 0)]
        {
            assert_eq!(Day::new(y, m, d), None, "{d}/{m}/{y}");
        }
        for iso in ["2020-2-03", "2020-02-30", "2020-02", "", "x-y-z", "2020-02-03-04"] {
            assert_eq!(Day::from_str(iso), Err(()), "{iso}");
        }
    }

    proptest! {
        #[test]
        fn a_day_written_and_read_again_is_the_same_day(y in 1000u16..=9999, m in 0u8..=14, d in 0u8..=33) {
            if let Some(day) = Day::new(y, m, d) {
                prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
                prop_assert!(Day::first_of(y, m) <= Some(day) && Some(day) <= Day::last_of(y, m));
            }
        }
    }
}
