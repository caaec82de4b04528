//! Days of the Gregorian calendar: valid or not there at all, ordered, written as ISO 8601.
//!
//! "31/02/2020" is no [`Day`]; nothing is ever moved to a neighbouring day, and no clock is read.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
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
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = year >= 1000 && year <= 9999 && day >= 1 && day <= days_in_month(year, month);
        if valid { Some(Self { year, month, day }) } else { None }
    }

    /// The first day of a month, if there is such a month.
    pub fn first_of(year: u16, month: u8) -> Option<Self> {
        Self::new(year, month, 1)
    }

    /// The last day of a month, if there is such a month.
    pub fn last_of(year: u16, month: u8) -> Option<Self> {
        Self::new(year, month, days_in_month(year, month))
    }

    /// The first and the last day of a year, if there is such a year.
    pub(crate) fn days_of_year(year: u16) -> Option<(Self, Self)> {
        Some((Self::first_of(year, 1)?, Self::last_of(year, 12)?))
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

    /// Whether a year begins with it.
    pub fn is_first_of_year(self) -> bool {
        self.month == 1 && self.day == 1
    }

    /// Whether a year ends with it.
    pub fn is_last_of_year(self) -> bool {
        self.month == 12 && self.day == 31
    }

    /// Its number, counted from 1970-01-01.
    pub fn number(self) -> i32 {
        let (month, day) = (i32::from(self.month), i32::from(self.day));
        // Years begin in March here, so that the leap day is the last one.
        let year = i32::from(self.year) - i32::from(month <= 2);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - FROM_1970
    }

    /// The day of a number that counts from 1970-01-01, where its year has four digits.
    pub fn from_number(number: i32) -> Option<Self> {
        // Years begin in March here, too; an era has 400 of them.
        let days = i64::from(number) + i64::from(FROM_1970);
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (year, month) = (year + era * 400, if month < 10 { month + 3 } else { month - 9 });
        let year = u16::try_from(if month <= 2 { year + 1 } else { year }).ok()?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// As ISO 8601 writes it: `2016-03-22`.
    pub fn iso(self) -> SmolStr {
        SmolStr::new(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }

    fn digits(self) -> [u8; 10] {
        let digit = |n: u16, unit: u16| b'0' + (n / unit % 10) as u8;
        let (y, m, d) = (self.year, u16::from(self.month), u16::from(self.day));
        [
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
        ]
    }
}

/// The first of March of the year 0, counted back from 1970-01-01.
const FROM_1970: i32 = 719_468;

/// Number of days of a month; 0 where there is no such month.
pub const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

/// The day that computers count from, for want of another.
impl Default for Day {
    fn default() -> Self {
        Self { year: 1970, month: 1, day: 1 }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let iso = SmolStr::deserialize(deserializer)?;
        iso.parse().map_err(|()| de::Error::custom(format_args!("{iso:?} is no day of the form 2024-03-05")))
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// A day that may be absent; what is no day, as people may write into a record, counts as absent.
///
/// # Errors
/// What is no text.
pub fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    Ok(Option::<SmolStr>::deserialize(deserializer)?.and_then(|iso| iso.parse().ok()))
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

    #[test]
    fn days_are_counted_from_1970_and_back() {
        let cases = [("1970-01-01", 0), ("1970-03-01", 59), ("2000-02-29", 11_016), ("1945-09-02", -8887)];
        for (iso, number) in cases {
            let day: Day = iso.parse().unwrap();
            assert_eq!((day.number(), Day::from_number(number)), (number, Some(day)), "{iso}");
        }
        assert_eq!((Day::from_number(i32::MAX), Day::from_number(i32::MIN)), (None, None));
    }

    #[test]
    fn what_is_no_day_is_an_error_or_absent_where_it_may_be() {
        #[derive(Deserialize)]
        struct Received {
            #[serde(default, deserialize_with = "lenient")]
            date: Option<Day>,
        }
        let error = serde_json::from_str::<Day>("\"2021-02-31\"").unwrap_err().to_string();
        assert!(error.contains("\"2021-02-31\" is no day"), "{error}");
        let date = |json: &str| serde_json::from_str::<Received>(json).unwrap().date;
        assert_eq!(date(r#"{"date":"2021-02-28"}"#), Day::new(2021, 2, 28));
        for odd in [r#"{"date":"2021-02-31"}"#, r#"{"date":"2021-02"}"#, r#"{"date":null}"#, "{}"] {
            assert_eq!(date(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn a_day_written_and_read_again_is_the_same_day(y in 1000u16..=9999, m in 0u8..=14, d in 0u8..=33) {
            if let Some(day) = Day::new(y, m, d) {
                prop_assert_eq!(Day::from_number(day.number()), Some(day));
                prop_assert_eq!(serde_json::to_string(&day).unwrap(), format!("\"{}\"", day.iso()));
                prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
                prop_assert!(Day::first_of(y, m) <= Some(day) && Some(day) <= Day::last_of(y, m));
            }
        }
    }
}
