//! The date of a header: "ngày 19 tháng 3 năm 2018", "ngày 5/6/2019", with blanks for the pen.

use std::ops::Range;

use crate::patterns::header::HeadWords;
use crate::patterns::spelled::Spelled;
use crate::record;
use crate::words::lines::prefix_fold;

/// A header's date as read; what is left blank is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Day of the month.
    pub day: Option<u32>,
    /// Month.
    pub month: Option<u32>,
    /// Year.
    pub year: Option<i32>,
    /// From "ngày" to the year in the shadow.
    pub range: Range<usize>,
}

impl Day {
    /// The day, where day, month and year are there and such a day exists.
    pub fn whole(&self) -> Option<record::Day> {
        let (y, m, d) = (self.year?, self.month?, self.day?);
        record::Day::new(u16::try_from(y).ok()?, u8::try_from(m).ok()?, u8::try_from(d).ok()?)
    }

    /// All three are written, and yet no such day exists.
    pub fn impossible(&self) -> bool {
        self.day.is_some() && self.month.is_some() && self.year.is_some() && self.whole().is_none()
    }
}

/// "2025-08-11", as sites write the day on which a page was put out.
fn iso(s: &str, at: usize) -> Option<Day> {
    let text = s.get(at..at + 10).filter(|t| t.is_char_boundary(4) && t.is_char_boundary(7))?;
    let day: record::Day = text.parse().ok().filter(|_| text.as_bytes().get(4) == Some(&b'-'))?;
    let behind = s.get(at + 10..).and_then(|rest| rest.chars().next());
    let (year, month, of_month) = (i32::from(day.year()), day.month(), day.day());
    (year >= 1900 && !behind.is_some_and(|c| c.is_ascii_digit() || c == '-')).then(|| Day {
        day: Some(of_month.into()),
        month: Some(month.into()),
        year: Some(year),
        range: at..at + 10,
    })
}

/// Reads a date whose word "ngày" stands at byte `at`; the word itself may be missing (`Ngày ký: 5/6/2019`).
pub fn parse(s: &str, at: usize, word: usize, words: &HeadWords) -> Option<Day> {
    if let Some(day) = iso(s, at + word) {
        return Some(day);
    }
    let mut p = Reader { s, at: at + word };
    p.blanks();
    let day = p.digits(2);
    p.blanks();
    if let Some(d) = day
        && let Some(mark) = p.any(&['/', '-', '.'])
    {
        // "13//4/2022" is a slip of the pen.
        while p.any(&['/']).is_some() {}
        p.spaces();
        let month = p.digits(2)?;
        p.spaces();
        p.any(&[mark])?;
        while p.any(&['/']).is_some() {}
        p.spaces();
        let year = p.digits(4)?;
        // "23/12/19 10:32": two digits only with the hour of a page behind them.
        let year = if year < 100 && p.clock() { 2000 + year } else { year };
        if year < 1900 {
            return None;
        }
        return Some(Day {
            day: Some(d),
            month: Some(month),
            year: i32::try_from(year).ok(),
            range: at..p.at,
        });
    }
    if let Some(d) = day
        && let Some((n, len)) = words.english_months.iter().enumerate().find_map(|(n, w)| {
            // The whole word, or its first letters.
            p.rest()
                .strip_prefix(w)
                .map(|rest| (n, w.len() + rest.bytes().take_while(u8::is_ascii_lowercase).count()))
        })
    {
        p.at += len;
        p.blanks();
        let year = p.digits(4).filter(|y| (1900..2200).contains(y))?;
        let month = u32::try_from(n + 1).ok();
        return Some(Day { day: Some(d), month, year: i32::try_from(year).ok(), range: at..p.at });
    }
    // A day by hand that recognition (OCR) made signs of: "ngày/Ê tháng 10 năm 2012".
    let day = if words.month.iter().any(|w| p.scribble(w)) { None } else { day };
    p.one_of(&words.month)?;
    p.blanks();
    let month = p.digits(2);
    p.blanks();
    let mut end = p.at;
    let mut year = None;
    if p.one_of(&words.year).is_some() {
        end = p.at;
        p.blanks();
        if let Some(y) = p.digits(4) {
            year = i32::try_from(y).ok().filter(|y| (1900..2200).contains(y));
            end = p.at;
        }
    }
    Some(Day { day, month, year, range: at..end })
}

struct Reader<'s> {
    s: &'s str,
    at: usize,
}

impl Reader<'_> {
    /// Whether a time of day stands behind: " 10:32", " | 08:12".
    fn clock(&self) -> bool {
        let behind = self.rest().strip_prefix([' ', ',']).unwrap_or("");
        let behind = behind.trim_start_matches(['|', '-', ',']).trim_start_matches(' ');
        let Some((hour, minutes)) = behind.split_once(':') else { return false };
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        (1..=2).contains(&hour.len()) && digits(hour) && minutes.get(..2).is_some_and(digits)
    }

    fn rest(&self) -> &str {
        self.s.get(self.at..).unwrap_or("")
    }

    /// White space, dots and lines for the pen, at most eighty bytes and one line break.
    fn blanks(&mut self) {
        let mut lines = 0;
        let mut len = 0;
        for c in self.rest().chars() {
            lines += usize::from(c == '\n');
            if len > 80 || lines > 1 || !(c.is_whitespace() || matches!(c, '.' | '…' | '_' | '*' | ',')) {
                break;
            }
            len += c.len_utf8();
        }
        self.at += len;
    }

    /// Steps over a few signs before a word, of which one at least is no letter.
    fn scribble(&mut self, word: &str) -> bool {
        const MOST: usize = 6;
        let line = self.rest().lines().next().unwrap_or("");
        let Some(before) = line.find(word).and_then(|at| line.get(..at)) else { return false };
        let signs = before.trim();
        let is_scribble = !signs.is_empty()
            && signs.chars().count() <= MOST
            && !signs.contains(char::is_whitespace)
            && signs.contains(|c: char| !c.is_alphabetic());
        if is_scribble {
            self.at += before.len();
        }
        is_scribble
    }

    fn spaces(&mut self) {
        let len: usize =
            self.rest().chars().take(3).take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
        self.at += len;
    }

    fn digits(&mut self, most: usize) -> Option<u32> {
        let n = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        if n == 0 || n > most {
            return None;
        }
        let value = self.rest().get(..n)?.parse().ok()?;
        self.at += n;
        Some(value)
    }

    fn any(&mut self, marks: &[char]) -> Option<char> {
        let c = self.rest().chars().next().filter(|c| marks.contains(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn one_of(&mut self, words: &Spelled) -> Option<()> {
        let len = words.iter().find_map(|w| prefix_fold(self.rest(), w))?;
        self.at += len;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::header::HeaderRules;

    fn parse(s: &str, at: usize, word: usize) -> Option<Day> {
        let file: toml::Table = toml::from_str(HeaderRules::BUILTIN).unwrap();
        super::parse(s, at, word, &file["words"].clone().try_into().unwrap())
    }

    fn read(s: &str) -> (Option<String>, String) {
        let day = parse(s, 0, "ngày".len());
        (
            day.as_ref().and_then(Day::whole).map(|day| day.to_string()),
            day.map(|d| s.get(d.range).unwrap_or("?").to_owned()).unwrap_or_default(),
        )
    }

    #[test]
    fn a_feed_writes_its_month_in_english() {
        let day = |s: &str| parse(s, 0, 0).and_then(|d| d.whole()).map(|d| d.to_string());
        assert_eq!(day("10 Feb 2025 12:00").as_deref(), Some("2025-02-10"));
        assert_eq!(day("5 December 2019").as_deref(), Some("2019-12-05"));
        assert_eq!(day("10 Febr"), None);
    }

    #[test]
    fn dates_of_headers_are_read_in_every_form() {
        for (s, iso) in [
            ("ngày 19 tháng 3 năm 2018", "2018-03-19"),
            ("ngày 24\ntháng 11 năm 2025", "2025-11-24"),
            ("ngày  01 tháng  7 năm 2004", "2004-07-01"),
            ("ngày 18 tháng 11năm 2025", "2025-11-18"),
            ("ngày29tháng 01 năm 2026", "2026-01-29"),
            ("ngày 5/6/2019", "2019-06-05"),
            ("ngày 13//4/2022", "2022-04-13"),
            ("ngày 25 / 02 /2026", "2026-02-25"),
            ("ngày 12-4-2021", "2021-04-12"),
        ] {
            let (got, text) = read(s);
            assert_eq!(got.as_deref(), Some(iso), "{s}");
            assert_eq!(text, s);
        }
    }

    #[test]
    fn a_day_by_hand_that_is_no_number_leaves_month_and_year() {
        for text in ["ngày/Ê tháng 10 năm 2012", "ngày.Ÿ† tháng 10 năm 2012"] {
            let day = parse(text, 0, "ngày".len()).unwrap();
            assert_eq!((day.day, day.month, day.year), (None, Some(10), Some(2012)), "{text}");
        }
        assert_eq!(parse("ngày đầu tháng 10 năm 2012", 0, "ngày".len()), None);
    }

    #[test]
    fn blanks_are_left_open_and_impossible_days_are_none() {
        let day = parse("ngày     tháng 6 năm 2026", 0, 5);
        assert_eq!(day.map(|d| (d.day, d.month, d.year)), Some((None, Some(6), Some(2026))));
        assert_eq!(read("ngày … tháng … năm 20...").0, None);
        assert_eq!(read("ngày 31 tháng 2 năm 2020").0, None);
        assert_eq!(parse("ngày làm việc", 0, 5), None);
    }
}
