//! Sheets: a number as its format shows it, in the way of a Vietnamese desktop: decimal comma, groups parted by points, days before
//! months. 0.125 in `0.0%` is "12,5%", 38426 in any format of day, month and year is "15/03/2005".

/// How a cell's numbers are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Format {
    /// The format code, such as `#,##0.00;[Red](#,##0.00)`; empty where the number shows as it is.
    pub code: String,
}

/// Longest format code that is looked at.
const LONGEST: usize = 512;

impl Format {
    /// A built-in format by its number.
    pub fn builtin(id: u32) -> Self {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 | 5 | 6 => "#,##0",
            4 | 7 | 8 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14..=16 => "d/m/yyyy",
            17 => "m/yyyy",
            18 | 20 => "h:mm",
            19 | 21 => "h:mm:ss",
            22 => "d/m/yyyy h:mm",
            37 | 38 | 41 | 42 => "#,##0;(#,##0)",
            39 | 40 | 43 | 44 => "#,##0.00;(#,##0.00)",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss",
            48 => "##0.0E+0",
            49 => "@",
            _ => "",
        };
        Self { code: code.to_owned() }
    }

    /// A format by its code.
    pub fn new(code: &str) -> Self {
        Self { code: code.chars().take(LONGEST).collect() }
    }

    /// The number as it is shown; `since_1904` is the calendar of old Macintosh files.
    pub fn show(&self, value: f64, since_1904: bool) -> String {
        if !value.is_finite() {
            return String::new();
        }
        let (section, value) = self.section(value);
        let parts = Parts::of(section);
        match () {
            () if parts.is_general() => parts.around(&mark(&general(value))),
            () if parts.is_date() => parts.date(value, since_1904).unwrap_or_else(|| mark(&general(value))),
            () if parts.text_only() => parts.around(""),
            () => parts.number(value),
        }
    }

    /// The section for a value, and what is left to show: with a section of its own a negative number has no minus.
    fn section(&self, value: f64) -> (&str, f64) {
        let sections = split(&self.code);
        let at = |i: usize| sections.get(i).copied();
        match (sections.len(), at(1), at(2)) {
            (2.., Some(negative), _) if value < 0.0 => (negative, -value),
            (3.., _, Some(zero)) if value == 0.0 => (zero, value),
            _ => (at(0).unwrap_or(""), value),
        }
    }
}

/// The sections of a code, which semicolons part.
fn split(code: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            ';' if !quoted => {
                sections.extend(code.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.extend(code.get(start..));
    sections
}

/// A section taken apart.
#[derive(Debug, Default)]
struct Parts {
    before: String,
    behind: String,
    /// The placeholders of the number: `#,##0.00`.
    digits: String,
    percent: u32,
    exponent: bool,
    fraction: bool,
    general: bool,
    /// The letters of a date or time, in order: y, m, d, h, s.
    date: String,
    elapsed: bool,
}

impl Parts {
    fn of(section: &str) -> Self {
        let mut parts = Self::default();
        let mut chars = section.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    let quoted: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    parts.literal(&quoted);
                }
                '\\' => parts.literal(&chars.next().map(String::from).unwrap_or_default()),
                // As wide as the next character; filled with it.
                '_' => {
                    chars.next();
                    parts.literal(" ");
                }
                '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    parts.bracket(&inside);
                }
                'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => {
                    chars.next();
                    parts.exponent = true;
                    while matches!(chars.peek(), Some('0' | '#' | '?')) {
                        chars.next();
                    }
                }
                '0' | '#' | '?' => parts.digits.push(c),
                '.' | ',' if !parts.digits.is_empty() => parts.digits.push(c),
                '.' if matches!(chars.peek(), Some('0' | '#')) => parts.digits.push(c),
                '/' if !parts.digits.is_empty() && parts.date.is_empty() => parts.fraction = true,
                '%' => {
                    parts.percent += 1;
                    parts.literal("%");
                }
                'G' | 'g' => {
                    let rest: String = chars.clone().take(6).collect();
                    if rest.eq_ignore_ascii_case("eneral") {
                        chars.by_ref().take(6).for_each(|_| {});
                        parts.general = true;
                    }
                }
                'y' | 'm' | 'd' | 'h' | 's' | 'Y' | 'M' | 'D' | 'H' | 'S' => {
                    parts.date.push(c.to_ascii_lowercase());
                }
                'A' | 'a' | 'P' | 'p' if !parts.date.is_empty() => {}
                '@' => {}
                _ => parts.literal(&c.to_string()),
            }
        }
        parts
    }

    fn literal(&mut self, text: &str) {
        if self.digits.is_empty() && !self.general {
            self.before.push_str(text)
        } else {
            self.behind.push_str(text)
        }
    }

    /// `[$₫-42A]` shows its sign, `[h]` counts hours beyond a day; colours and conditions show nothing.
    fn bracket(&mut self, inside: &str) {
        if let Some(currency) = inside.strip_prefix('$') {
            let sign = currency.split('-').next().unwrap_or("").to_owned();
            self.literal(&sign);
        } else if inside.chars().all(|c| matches!(c, 'h' | 'm' | 's' | 'H' | 'M' | 'S')) && !inside.is_empty()
        {
            self.elapsed = true;
            self.date.extend(inside.chars().map(|c| c.to_ascii_lowercase()));
        }
    }

    fn is_general(&self) -> bool {
        self.general || self.digits.is_empty() && self.date.is_empty() && self.before.trim().is_empty()
    }

    fn is_date(&self) -> bool {
        !self.date.is_empty() && self.digits.chars().all(|c| matches!(c, '0' | '.'))
    }

    fn text_only(&self) -> bool {
        self.digits.is_empty()
    }

    fn around(&self, number: &str) -> String {
        format!("{}{number}{}", self.before, self.behind).trim().to_owned()
    }

    fn number(&self, value: f64) -> String {
        let scaled = (0..self.percent).fold(value, |v, _| v * 100.0);
        if self.exponent || self.fraction {
            return self.around(&mark(&general(scaled)));
        }
        let (whole, decimals) = self.digits.split_once('.').unwrap_or((&self.digits, ""));
        // Commas behind the last digit divide by a thousand each.
        let last = self.digits.trim_end_matches(',');
        let thousands = self.digits.len() - last.len();
        let scaled = (0..thousands.min(4)).fold(scaled, |v, _| v / 1000.0);
        let most = decimals.chars().filter(|c| matches!(c, '0' | '#' | '?')).count();
        let least = decimals.chars().filter(|c| *c == '0').count();
        let grouped = whole.trim_end_matches(',').contains(',');
        let rounded = round(scaled, most);
        let (minus, plain) = rounded.strip_prefix('-').map_or(("", rounded.as_str()), |p| ("-", p));
        let (digits, behind) = plain.split_once('.').unwrap_or((plain, ""));
        let kept = behind.trim_end_matches('0').len().max(least).min(behind.len());
        let behind = behind.get(..kept).unwrap_or("");
        let is_zero = digits.bytes().chain(behind.bytes()).all(|b| b == b'0');
        let minus = if is_zero { "" } else { minus };
        let zeros = whole.chars().filter(|c| *c == '0').count();
        let digits = if digits.len() < zeros { format!("{digits:0>zeros$}") } else { digits.to_owned() };
        let digits = if zeros == 0 && digits == "0" && !behind.is_empty() { "0".into() } else { digits };
        let digits = if grouped { group(&digits) } else { digits };
        let number = if behind.is_empty() { digits } else { format!("{digits}.{behind}") };
        // The minus stands before everything, the sign of a currency too.
        format!("{minus}{}", self.around(&mark(&number)))
    }

    /// A day, a time, or both; `None` where the number is no date.
    fn date(&self, value: f64, since_1904: bool) -> Option<String> {
        let has = |c: char| self.date.contains(c);
        let (minutes_too, seconds) = (has('h') || has('s'), has('s'));
        // The m of a time are minutes: behind hours or before seconds; one more run of m is the month.
        let runs =
            self.date.chars().fold((0, ' '), |(n, last), c| (n + usize::from(c == 'm' && last != 'm'), c)).0;
        let month = has('m') && (!minutes_too || runs > 1 || has('d') || has('y'));
        let day_number = value.floor();
        let mut out = String::new();
        if has('y') || has('d') || month {
            let (y, m, d) = civil(day_number, since_1904)?;
            out = match (has('d'), month, has('y')) {
                (true, true, true) => format!("{d:02}/{m:02}/{y}"),
                (false, true, true) => format!("{m:02}/{y}"),
                (true, true, false) => format!("{d:02}/{m:02}"),
                (false, true, false) => m.to_string(),
                (true, false, _) => d.to_string(),
                (false, false, _) => y.to_string(),
            };
        }
        if minutes_too {
            let total = ((if self.elapsed { value } else { value - day_number }) * 86_400.0).round();
            if !(0.0..1e9).contains(&total) {
                return None;
            }
            let total = total as u64;
            let (h, m, s) = (total / 3600, total / 60 % 60, total % 60);
            let h = if self.elapsed { h } else { h % 24 };
            let blank = if out.is_empty() { "" } else { " " };
            out = format!("{out}{blank}{h:02}:{m:02}");
            if seconds {
                out = format!("{out}:{s:02}");
            }
        }
        Some(out)
    }
}

/// The number with at most ten digits that count, as sheets show it without a format; whole numbers in full.
fn general(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let size = value.abs().log10().floor();
    if value.abs() >= 1e21 || value.abs() < 1e-12 {
        return format!("{value:E}");
    }
    let decimals = (9.0 - size).clamp(0.0, 20.0) as usize;
    let text = round(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Rounds half away from zero, by the fifteen digits that sheets keep.
fn round(value: f64, decimals: usize) -> String {
    let decimals = decimals.min(20);
    let kept: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    let exact = format!("{kept}");
    let (whole, behind) = exact.split_once('.').unwrap_or((&exact, ""));
    if behind.len() <= decimals {
        let zeros = decimals - behind.len();
        let point = if decimals > 0 { "." } else { "" };
        return format!("{whole}{point}{behind}{}", "0".repeat(zeros));
    }
    let up = behind.as_bytes().get(decimals).is_some_and(|b| *b >= b'5');
    let mut digits: Vec<u8> = whole.bytes().chain(behind.bytes().take(decimals)).collect();
    if up {
        let mut at = digits.len();
        while let Some(before) = at.checked_sub(1) {
            at = before;
            match digits.get_mut(at) {
                Some(d @ b'0'..=b'8') => {
                    *d += 1;
                    break;
                }
                Some(d @ b'9') => *d = b'0',
                // The sign: one more digit in front of the others.
                _ => {
                    digits.insert(at + 1, b'1');
                    break;
                }
            }
            if at == 0 {
                digits.insert(0, b'1');
                break;
            }
        }
    }
    if decimals > 0 {
        digits.insert(digits.len() - decimals, b'.');
    }
    digits.iter().map(|b| char::from(*b)).collect()
}

/// Commas between groups of three digits.
fn group(digits: &str) -> String {
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// From the English way of writing to the Vietnamese one. Where a decimal comma would stand before exactly three digits, like the
/// point of a thousand, one zero more tells them apart: 87.236 is "87,2360", since the sheet knows which it is and a reader of
/// the text would not.
pub fn mark(number: &str) -> String {
    let swap = |c| match c {
        '.' => ',',
        ',' => '.',
        c => c,
    };
    let marked: String = number.chars().map(swap).collect();
    let (whole, behind) = marked.split_once(',').unwrap_or((&marked, ""));
    let whole = whole.trim_start_matches('-');
    let digits = behind.bytes().all(|b| b.is_ascii_digit());
    let unclear = behind.len() == 3 && digits && whole.len() <= 3 && whole != "0";
    if unclear { format!("{marked}0") } else { marked }
}

/// Year, month and day of a day's number.
fn civil(day: f64, since_1904: bool) -> Option<(i64, i64, i64)> {
    if !(0.0..2_958_466.0).contains(&day) {
        return None;
    }
    let day = day as i64;
    // Sheets hold 1900 for a leap year: the days before its 60th are one later than they say.
    let since_1970 = match since_1904 {
        true => day - 24_107,
        false if day < 60 => day - 25_568,
        false => day - 25_569,
    };
    // Days from civil, the other way round (Howard Hinnant's algorithm).
    let z = since_1970 + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_their_formats_say() {
        for (code, value, shown) in [
            ("", 1250.0, "1250"),
            ("General", 0.125, "0,125"),
            ("General", 87.235_996_325_9, "87,23599633"),
            ("", 87.236, "87,2360"),
            ("", 17_469_747_308.0, "17469747308"),
            ("", -3.5, "-3,5"),
            ("0.0%", 0.125, "12,5%"),
            ("0.00%", 0.99775, "99,78%"),
            ("#,##0", 1_234_567.0, "1.234.567"),
            ("#,##0", 999.5, "1.000"),
            ("#,##0.00", -1234.5, "-1.234,50"),
            ("#,##0.00_);(#,##0.00)", -5.2, "(5,20)"),
            ("#,##0;[Red](#,##0)", 0.0, "0"),
            ("_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* \"-\"\\ _₫_-", 2500.0, "2.500"),
            ("_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-;_-* \"-\"\\ _₫_-", 0.0, "-"),
            ("#,##0\\ [$₫-42A]", 1500.0, "1.500 ₫"),
            ("0.0\" ha\"", 12.34, "12,3 ha"),
            ("000", 7.0, "007"),
            ("#,##0,", 1_234_567.0, "1.235"),
            ("0.0", -0.04, "0,0"),
            ("0", 2.5, "3"),
            ("0.00", 1.005, "1,01"),
        ] {
            assert_eq!(Format::new(code).show(value, false), shown, "{code} {value}");
        }
    }

    #[test]
    fn dates_show_day_before_month_whatever_their_order() {
        for (code, value, shown) in [
            ("m/d/yyyy", 38_426.0, "15/03/2005"),
            ("[$-42A]dd mmmm yyyy", 38_426.0, "15/03/2005"),
            ("mm/yyyy", 38_426.0, "03/2005"),
            ("d/m/yyyy h:mm", 38_426.5, "15/03/2005 12:00"),
            ("h:mm:ss", 0.25, "06:00:00"),
            ("[h]:mm", 1.5, "36:00"),
            ("yyyy", 1.0, "1900"),
            ("d/m/yyyy", 59.0, "28/02/1900"),
            ("d/m/yyyy", 61.0, "01/03/1900"),
        ] {
            assert_eq!(Format::new(code).show(value, false), shown, "{code} {value}");
        }
        assert_eq!(Format::builtin(14).show(0.0, true), "01/01/1904");
        assert_eq!(Format::builtin(14).show(1e9, false), "1000000000");
    }

    #[test]
    fn odd_codes_and_values_end() {
        for code in ["\"", "\\", "[", "_", "*", ";;;", "#,,,,,,,,", "0.0.0.0", "E+", "@", "0/0/0"] {
            for value in [0.0, -1.0, 1e300, 1e-300, f64::NAN, f64::INFINITY, 12.345] {
                let _ = Format::new(code).show(value, false);
            }
        }
    }
}
