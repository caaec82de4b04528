//! Stage 4, numbers: the digits of a numeral to an exact decimal value.
//!
//! "1.234,5" is 1234.5, "96.05" is 96.05, "15.738" is 15738. The dot stands between thousands and the comma before
//! decimals (Luật Kế toán 2015, Điều 11) unless the text plainly uses them otherwise.

use rust_decimal::Decimal;

use super::Work;
use super::ledger::Numeral;

/// Most digits that a value may have: what a [`Decimal`] holds whatever the digits are.
const MAX_DIGITS: usize = 28;

/// A numeral read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The value.
    pub value: Decimal,
    /// True where the separators allow two readings.
    pub ambiguous: bool,
    /// The other reading of "27,397": 27397 against 27.397.
    pub other: Option<Decimal>,
}

/// Why digits are no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoNumber {
    /// More digits than an exact decimal holds.
    TooLong,
    /// Groups that no way of writing numbers has: "2.1.3".
    Grouping,
}

/// How a document writes its numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Convention {
    /// 1.234,5
    #[default]
    Vietnamese,
    /// 1,234.5: every numeral of the document that can be told apart is written so.
    English,
}

/// The convention of a document: English only where some numeral says so and none says otherwise.
pub fn convention(work: &Work<'_>) -> Convention {
    let mut english = false;
    for numeral in work.ledger.numerals() {
        if numeral.end - numeral.first < 3 || !work.ledger.free(numeral.first..numeral.end) {
            continue;
        }
        match telling(text_of(work, *numeral)) {
            Some(Convention::Vietnamese) => return Convention::Vietnamese,
            Some(Convention::English) => english = true,
            None => {}
        }
    }
    if english { Convention::English } else { Convention::Vietnamese }
}

/// What one numeral says for certain about the convention: "1.234.567" and "1.234,5" against "1,234,567" and
/// "1,234.5"; a decimal comma with one or two digits too.
fn telling(text: &str) -> Option<Convention> {
    let dots = text.matches('.').count();
    let commas = text.matches(',').count();
    let last = text.len() - text.rfind(['.', ',']).map_or(text.len(), |i| i + 1);
    match (dots, commas) {
        (0, 1) if last != 3 => Some(Convention::Vietnamese),
        (2.., 0 | 1) => Some(Convention::Vietnamese),
        (1, 1) if text.find('.') < text.find(',') => Some(Convention::Vietnamese),
        (0 | 1, 2..) => Some(Convention::English),
        (1, 1) => Some(Convention::English),
        _ => None,
    }
}

/// The digits and marks of a numeral as they stand in the shadow.
pub fn text_of<'a>(work: &Work<'a>, numeral: Numeral) -> &'a str {
    work.words(numeral.first..numeral.end)
}

/// Reads a numeral: digits with inner dots and commas.
///
/// # Errors
/// `NoNumber`, with the reason.
///
/// ```
/// # use baocao::internal::claim::{Convention, read};
/// let value = |s| read(s, Convention::Vietnamese).map(|r| r.value.to_string());
/// assert_eq!(value("1.234,5"), Ok("1234.5".to_string()));
/// assert_eq!(value("96.05"), Ok("96.05".to_string()));
/// ```
pub fn read(text: &str, convention: Convention) -> Result<Reading, NoNumber> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > MAX_DIGITS {
        return Err(NoNumber::TooLong);
    }
    let (thousands, decimal) = match convention {
        Convention::Vietnamese => ('.', ','),
        Convention::English => (',', '.'),
    };
    let Some(last) = text.rfind(['.', ',']) else {
        return Ok(sure(digits_of(text, 0)));
    };
    let (whole, tail) = (text.get(..last).unwrap_or(""), text.get(last + 1..).unwrap_or(""));
    let mark = text.get(last..).and_then(|s| s.chars().next()).unwrap_or('.');
    let marks = text.matches(['.', ',']).count();
    if marks == 1 {
        let groups = tail.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        let as_group = digits_of(text, 0);
        let as_decimal = digits_of(text, tail.len());
        return Ok(match (mark == thousands, groups) {
            // "15.738": thousands, as everybody reads it.
            (true, true) => sure(as_group),
            // "96.05", "0.125", "1234.567": a decimal mark of the other convention.
            (true, false) => sure(as_decimal),
            // "27,397 ha": decimal in prose, thousands in tables of foreign make.
            (false, true) => Reading { value: as_decimal, ambiguous: true, other: Some(as_group) },
            (false, false) => sure(as_decimal),
        });
    }
    let mixed = whole.contains(if mark == '.' { ',' } else { '.' });
    if mixed {
        // "3.346,9", "1,234.5": the last one is decimal, the others group thousands.
        let other = if mark == '.' { ',' } else { '.' };
        if whole.contains(mark) {
            return Err(NoNumber::Grouping);
        }
        let even = even_groups(whole, other);
        if !even && !loose_groups(whole, other) {
            return Err(NoNumber::Grouping);
        }
        let value = digits_of(text, tail.len());
        return Ok(Reading { value, ambiguous: !even || (mark != decimal && tail.len() == 3), other: None });
    }
    // "17.512.432.000": the same mark several times groups thousands.
    if even_groups(text, mark) {
        return Ok(sure(digits_of(text, 0)));
    }
    if loose_groups(text, mark) {
        // A slip of the pen: "5.378.7000.000". What it should have been cannot be known.
        return Ok(Reading { value: digits_of(text, 0), ambiguous: true, other: None });
    }
    Err(NoNumber::Grouping)
}

fn sure(value: Decimal) -> Reading {
    Reading { value, ambiguous: false, other: None }
}

/// One to three digits, then groups of exactly three.
fn even_groups(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|g| g.len() == 3)
}

/// At least three groups, each of three or four digits save the first: thousands written with a slip.
fn loose_groups(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or("");
    let (mut n, mut long) = (0, true);
    for group in groups {
        n += 1;
        long &= (3..=4).contains(&group.len());
    }
    n >= 2 && long && (1..=4).contains(&first.len()) && text.ends_with("000")
}

/// The digits of a numeral with `scale` of them after the decimal mark. At most [`MAX_DIGITS`] digits.
fn digits_of(text: &str, scale: usize) -> Decimal {
    let mut mantissa: i128 = 0;
    for digit in text.bytes().filter(u8::is_ascii_digit) {
        mantissa = mantissa * 10 + i128::from(digit - b'0');
    }
    // Neither can fail: 28 digits fit, and the scale is at most their number.
    Decimal::try_from_i128_with_scale(mantissa, scale as u32).map_or(Decimal::ZERO, |d| d.normalize())
}

/// A number in Vietnamese writing: 17.512.432.000 and 89,64.
pub fn vietnamese(d: Decimal) -> String {
    let plain = d.normalize().to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |p| ("−", p));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push('.');
        }
        out.push(c);
    }
    if !rest.is_empty() {
        out.push(',');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        read(text, Convention::Vietnamese).ok().map(|r| r.value.to_string())
    }

    #[test]
    fn each_spelling_has_its_value() {
        let table = [
            ("0", "0"),
            ("04", "4"),
            ("2788", "2788"),
            ("14124", "14124"),
            ("15.738", "15738"),
            ("1.234,5", "1234.5"),
            ("1730,76", "1730.76"),
            ("17.512.432.000", "17512432000"),
            ("96.05", "96.05"),
            ("9.6", "9.6"),
            ("46.8123", "46.8123"),
            ("0.125", "0.125"),
            ("0,1", "0.1"),
            ("58,813", "58.813"),
            ("15.942,496", "15942.496"),
            ("500,000,000", "500000000"),
            ("1,234.5", "1234.5"),
            ("7,50", "7.5"),
            ("9999999999999999999999999999", "9999999999999999999999999999"),
        ];
        let wrong: Vec<_> =
            table.iter().filter(|(text, want)| value(text).as_deref() != Some(want)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        assert_eq!(read("2.1.3", Convention::Vietnamese), Err(NoNumber::Grouping));
        assert_eq!(read("1.2,3.4", Convention::Vietnamese), Err(NoNumber::Grouping));
        assert_eq!(read(&"9".repeat(29), Convention::Vietnamese), Err(NoNumber::TooLong));
    }

    #[test]
    fn two_readings_are_marked() {
        let ambiguous = |s: &str| read(s, Convention::Vietnamese).map(|r| r.ambiguous);
        assert_eq!(ambiguous("27,397"), Ok(true));
        assert_eq!(ambiguous("0,397"), Ok(false));
        assert_eq!(ambiguous("27.397"), Ok(false));
        assert_eq!(ambiguous("12.345.6000.000"), Ok(true));
    }

    #[test]
    fn a_document_in_english_style_is_read_so() {
        let value = |s: &str| read(s, Convention::English).map(|r| r.value.to_string());
        assert_eq!(value("1,234"), Ok("1234".to_string()));
        assert_eq!(value("1,234.5"), Ok("1234.5".to_string()));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_the_vietnamese_way_reads_back(whole in 0u64..=9_999_999_999_999, cents in 0u32..100) {
            let mut text = String::new();
            let digits = whole.to_string();
            for (i, c) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i) % 3 == 0 {
                    text.push('.');
                }
                text.push(c);
            }
            let want = Decimal::from_i128_with_scale(i128::from(whole) * 100 + i128::from(cents), 2).normalize();
            let written = if cents == 0 { text } else { format!("{text},{cents:02}") };
            proptest::prop_assert_eq!(read(&written, Convention::Vietnamese).map(|r| r.value), Ok(want));
        }

        #[test]
        fn no_row_of_digits_and_marks_panics(text in "[0-9][0-9.,]{0,40}[0-9]") {
            let _ = read(&text, Convention::Vietnamese);
            let _ = read(&text, Convention::English);
        }
    }
}
