//! Stage 2: list marks at the start of a line: `II.`, `1.1.`, `a)`, `(2)`, `[3]`, `-`, `+`.
//!
//! Pure grammar: what could be a mark. Whether it is one depends on the neighbours and is decided in `section`.

use std::ops::Range;

use crate::words::fold::Chars;
pub use crate::words::numerals::{letter_value, letters_follow, roman_value};

/// What a mark looks like. The order is the usual order of nesting in Vietnamese documents, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `[1]`, the body of a footnote.
    Footnote,
    /// `A.`
    Upper,
    /// `I.`
    Roman,
    /// `1.` (depth 1), `1.1.` (depth 2) …
    Decimal(u8),
    /// `a)`
    Lower,
    /// `(1)`, `1)`
    Paren,
    /// `*`
    Star,
    /// `•`, `▪` and the bullets of symbol fonts.
    Dot,
    /// `-`
    Dash,
    /// `+`
    Plus,
}

/// What could be a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it looks like.
    pub style: Style,
    /// Its number: `1.2.` is `[1, 2]`; `c)` is `[3]`; empty for bullets.
    pub path: Path,
    /// The mark as written, with its full stop or bracket.
    pub label: Range<usize>,
    /// True for a decimal without its closing full stop: `1.1 Vị trí`.
    pub open: bool,
}

/// Up to five levels of numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Path {
    parts: [u16; 5],
    len: u8,
}

impl Path {
    /// A path of one number.
    pub fn one(n: u16) -> Self {
        Self { parts: [n, 0, 0, 0, 0], len: 1 }
    }

    fn push(&mut self, n: u16) -> bool {
        match self.parts.get_mut(usize::from(self.len)) {
            Some(slot) => {
                *slot = n;
                self.len += 1;
                true
            }
            None => false,
        }
    }

    /// The numbers.
    pub fn parts(&self) -> &[u16] {
        self.parts.get(..usize::from(self.len)).unwrap_or(&[])
    }

    /// The last number, 0 for bullets.
    pub fn last(&self) -> u16 {
        self.parts().last().copied().unwrap_or(0)
    }

    /// All but the last number.
    pub fn prefix(&self) -> &[u16] {
        self.parts().split_last().map_or(&[], |(_, p)| p)
    }
}

/// The mark that could stand at byte `at` of `s`, on the line that ends at `end`.
pub fn parse(s: &str, at: usize, end: usize) -> Option<Mark> {
    let line = s.get(at..end)?;
    let mut chars = line.chars();
    let first = chars.next()?;
    let bullet =
        |style| Some(Mark { style, path: Path::default(), label: at..at + first.len_utf8(), open: false });
    match first {
        '0'..='9' | '(' | '[' => number(line, at),
        '-' | '–' | '—' | '+' => {
            let next = chars.next()?;
            let ok = next.is_whitespace() || next.is_uppercase() || next == '*';
            let style = if first == '+' { Style::Plus } else { Style::Dash };
            if ok && line.chars().any(char::is_alphanumeric) { bullet(style) } else { None }
        }
        '*' => {
            let mut rest = chars.skip_while(|c| c.is_whitespace());
            let spaced = line.get(1..).is_some_and(|r| r.starts_with(char::is_whitespace));
            if spaced && rest.next().is_some_and(|c| c.is_alphanumeric() || c == '*') {
                bullet(Style::Star)
            } else {
                None
            }
        }
        '•' | '▪' | '■' | '○' | '●' | '◦' | '➢' | '➤' | '✓' | '❖' | '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}'
        | '\u{f0fc}' => bullet(Style::Dot),
        c if Chars::get().info(c).is_alphabetic() => letter(line, at, c),
        _ => None,
    }
}

/// `1.`, `1.1.`, `1)`, `1/`, `1-`, `(1)`, `[1]`.
fn number(line: &str, at: usize) -> Option<Mark> {
    let b = line.as_bytes();
    let close = match b.first()? {
        b'(' => Some(b')'),
        b'[' => Some(b']'),
        _ => None,
    };
    let mut i = usize::from(close.is_some());
    let mut path = Path::default();
    loop {
        let digits = b.get(i..)?.iter().take_while(|c| c.is_ascii_digit()).count();
        // "1.234 hồ sơ" is a quantity, "1.014392.H13" a code, "12.5.2017" a date: no level has so many digits.
        if digits == 0 || digits > if path.len == 0 { 3 } else { 2 } {
            return None;
        }
        let n: u16 = line.get(i..i + digits)?.parse().ok()?;
        if n == 0 || !path.push(n) {
            return None;
        }
        i += digits;
        let dotted = b.get(i) == Some(&b'.') && b.get(i + 1).is_some_and(u8::is_ascii_digit);
        if close.is_some() || !dotted {
            break;
        }
        i += 1;
    }
    if let Some(close) = close {
        if b.get(i) != Some(&close) || path.len != 1 {
            return None;
        }
        i += 1;
        if matches!(b.get(i), Some(b'.' | b':')) {
            i += 1;
        }
        let style = if close == b']' { Style::Footnote } else { Style::Paren };
        return Some(Mark { style, path, label: at..at + i, open: false });
    }
    let depth = path.len;
    let after = |i: usize| line.get(i..).and_then(|r| r.chars().next());
    let (style, i, open) = match (b.get(i), after(i + 1)) {
        (Some(b'.'), next) => {
            // "1./", "1.)" and "1.-" are one mark.
            let extra = usize::from(matches!(next, Some(')' | '/')));
            (Style::Decimal(depth), i + 1 + extra, false)
        }
        (Some(b')'), _) => (if depth == 1 { Style::Paren } else { Style::Decimal(depth) }, i + 1, false),
        (Some(b'/' | b'-'), Some(c)) if depth == 1 && c.is_whitespace() => (Style::Decimal(1), i + 1, false),
        (Some(b' '), Some(c)) if depth > 1 && c.is_uppercase() => (Style::Decimal(depth), i, true),
        _ => return None,
    };
    let next = after(i);
    let clear =
        next.is_none_or(|c| c.is_whitespace() || c.is_uppercase() || matches!(c, '*' | '“' | '"' | '_'));
    clear.then_some(Mark { style, path, label: at..at + i, open })
}

/// `I.`, `A.`, `a)`, `đ)`, `II.1.`.
fn letter(line: &str, at: usize, first: char) -> Option<Mark> {
    let chars = Chars::get();
    let letters = line.chars().take(8).take_while(|&c| chars.info(c).is_alphabetic());
    let len = letters.map(char::len_utf8).sum::<usize>();
    let run = line.get(..len)?;
    let b = line.as_bytes();
    let sep = *b.get(len)?;
    if !matches!(sep, b'.' | b')' | b'/' | b'-' | b' ') {
        return None;
    }
    let after = line.get(len + 1..).and_then(|r| r.chars().next());
    let spaced = after.is_none_or(char::is_whitespace);
    if let Some(v) = roman_value(run) {
        // "II.1." and "II.1.2": a decimal below a Roman numeral.
        if sep == b'.' && after.is_some_and(|c| c.is_ascii_digit()) {
            let mut inner = number(line.get(len + 1..)?, at + len + 1)?;
            if let Style::Decimal(d) = inner.style {
                let mut path = Path::one(v);
                inner.path.parts().iter().all(|&n| path.push(n)).then_some(())?;
                inner.path = path;
                inner.style = Style::Decimal(d + 1);
                inner.label.start = at;
                return Some(inner);
            }
            return None;
        }
        let upper_glued = sep == b'.' && after.is_some_and(char::is_uppercase);
        let dashed =
            sep == b' ' && line.get(len..).is_some_and(|r| r.starts_with(" - ") || r.starts_with(" – "));
        if sep != b' ' && (spaced || upper_glued || after == Some('*')) {
            return Some(Mark {
                style: Style::Roman,
                path: Path::one(v),
                label: at..at + len + 1,
                open: false,
            });
        }
        if dashed {
            return Some(Mark { style: Style::Roman, path: Path::one(v), label: at..at + len, open: false });
        }
        return None;
    }
    if len != first.len_utf8() || sep == b' ' {
        return None;
    }
    let path = Path::one(letter_value(first)?);
    let label = at..at + len + 1;
    if first.is_uppercase() {
        return (spaced && sep != b')').then_some(Mark { style: Style::Upper, path, label, open: false });
    }
    let ok = match sep {
        b')' => true,
        b'.' | b'/' => spaced,
        _ => false,
    };
    ok.then_some(Mark { style: Style::Lower, path, label, open: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<(Style, &str)> {
        parse(line, 0, line.len()).map(|m| (m.style, line.get(m.label).unwrap_or("?")))
    }

    #[test]
    fn every_form_of_mark_is_read_with_its_exact_label() {
        for (line, style, want) in [
            ("1. Kết quả", Style::Decimal(1), "1."),
            ("1.2. Kết quả", Style::Decimal(2), "1.2."),
            ("1.2.Kết quả", Style::Decimal(2), "1.2."),
            ("3.1 Tồn tại", Style::Decimal(2), "3.1"),
            ("2/ Kinh phí", Style::Decimal(1), "2/"),
            ("4- Đề nghị", Style::Decimal(1), "4-"),
            ("II. KẾT QUẢ", Style::Roman, "II."),
            ("IV/ Kiến nghị", Style::Roman, "IV/"),
            ("III - PHƯƠNG HƯỚNG", Style::Roman, "III"),
            ("II.1. Thu ngân sách", Style::Decimal(2), "II.1."),
            ("B. NHIỆM VỤ", Style::Upper, "B."),
            ("a) Sở Nội vụ", Style::Lower, "a)"),
            ("đ) Kho bạc", Style::Lower, "đ)"),
            ("(3) Thu phí", Style::Paren, "(3)"),
            ("3) Thu phí", Style::Paren, "3)"),
            ("[12] Công văn", Style::Footnote, "[12]"),
            ("- Chủ trì", Style::Dash, "-"),
            ("+ Tham mưu", Style::Plus, "+"),
            ("• Tham mưu", Style::Dot, "•"),
            ("* Đánh giá chung", Style::Star, "*"),
        ] {
            assert_eq!(label(line), Some((style, want)), "{line}");
        }
    }

    #[test]
    fn quantities_dates_codes_and_rules_are_no_marks() {
        for line in [
            "1.234 hồ sơ",
            "12.5% kế hoạch",
            "12.5.2017",
            "1.004392.H56",
            "24.3773.8668",
            "-----",
            "-5%",
            "12 xã",
            "*Nơi nhận:*",
            "2/3 diện tích",
            "0. Không",
            "10,5 ha",
            "15/4/2015 họp",
            "3.5 triệu",
            "TP. Huế",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }
}
