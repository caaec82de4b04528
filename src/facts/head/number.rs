//! The document's own number and symbol (số, ký hiệu) after the word "Số": `350 /BC-VP`, `402-CV/VPĐU`, and blanks
//! left for the pen: `Số:        /BC-UBND`.

use std::ops::Range;

use crate::patterns::header::{HeaderRules, Title};

/// Number and symbol as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number alone; `None` where it is left blank.
    pub number: Option<String>,
    /// The symbol alone: `BC-VP`.
    pub symbol: Option<String>,
    /// Canonical number and symbol; only where both are there.
    pub id: Option<String>,
    /// The year that slashes set apart inside: 2017 of `16/2017/QĐ-UBND`.
    pub year: Option<u16>,
    /// Code of the type that the symbol names.
    pub type_code: Option<String>,
    /// Name of that type.
    pub type_name: Option<String>,
    /// From number to symbol in the shadow.
    pub range: Range<usize>,
    /// The symbol breaks off with a hyphen.
    pub cut: bool,
}

/// Reads number and symbol from byte `at`, just after "Số".
pub fn parse(s: &str, at: usize, rules: &HeaderRules) -> Option<Number> {
    let start =
        skip(s, at, |c| c.is_whitespace() || matches!(c, ':' | '.' | '…' | '_' | '*' | '\u{ad}'), 120)?;
    let (number, mut pos) = digits(s, start);
    if number.is_none() {
        pos = start + unreadable(s, start);
    } else {
        pos += leaders(s, pos);
    }
    let mut parts: Vec<(char, String)> = Vec::new();
    let mut cut = false;
    while let Some((mark, after)) =
        separator(s, pos).or_else(|| if parts.is_empty() && number.is_some() { spaced(s, pos) } else { None })
    {
        let (part, end) = component(s, after);
        if part.is_empty() {
            cut = matches!(mark, '-') && !parts.is_empty();
            break;
        }
        parts.push((mark, part));
        pos = end;
    }
    let first = parts.first()?;
    // "Số 12 - Hà Nội" is no symbol, nor is "Số: 5/7".
    if !parts.iter().any(|(_, p)| p.chars().any(char::is_alphabetic)) || first.0 == '.' {
        return None;
    }
    let year = parts.first().filter(|(_, p)| is_year(p)).map(|(_, p)| p.clone());
    let named: Vec<(char, String)> = parts.get(usize::from(year.is_some())..).unwrap_or(&[]).to_vec();
    let mut title: Option<&Title> = None;
    let mut symbol = String::new();
    for (i, (mark, part)) in named.iter().enumerate() {
        if i > 0 {
            symbol.push(*mark);
        }
        let spelled = match rules.symbol_type(part) {
            // 77/SCT-KH: after a body's code KH is a unit; 1141-TC/QĐ/CĐKT names its type second.
            Some((t, spelled)) if i == 0 || title.is_none() && i == 1 && *mark == '/' => {
                title = Some(t);
                spelled.to_owned()
            }
            _ => rules.code(part).map_or_else(|| part.clone(), str::to_owned),
        };
        symbol.push_str(&spelled);
    }
    let lead = named.first().map_or('/', |(m, _)| *m);
    let id = number.as_ref().filter(|_| !symbol.is_empty()).map(|n| match (&year, parts.first()) {
        (Some(y), Some((m, _))) => format!("{n}{m}{y}{lead}{symbol}"),
        _ => format!("{n}{lead}{symbol}"),
    });
    let apart = parts.first().is_some_and(|(mark, _)| *mark == '/') && lead == '/';
    Some(Number {
        year: year.filter(|_| apart && id.is_some()).and_then(|y| y.parse().ok()),
        number,
        symbol: (!symbol.is_empty()).then_some(symbol),
        id,
        type_code: title.map(|t| t.code.clone()),
        type_name: title.map(|t| t.name.clone()),
        range: start..pos,
        cut,
    })
}

fn skip(s: &str, at: usize, keep: impl Fn(char) -> bool, most: usize) -> Option<usize> {
    let rest = s.get(at..)?;
    let mut lines = 0;
    for (i, c) in rest.char_indices() {
        lines += usize::from(c == '\n');
        if i > most || lines > 1 {
            return None;
        }
        if !keep(c) {
            return Some(at + i);
        }
    }
    None
}

/// Most characters of the rest of a dotted line.
const LEADERS: usize = 60;

/// Length of what is left of the line that a number was written on: "3070./KH-UBND", "…245…/BC-SNV", "__12__ /QĐ-UBND".
fn leaders(s: &str, at: usize) -> usize {
    let rest = s.get(at..).unwrap_or("");
    let length: usize = rest
        .chars()
        .take(LEADERS)
        .take_while(|c| matches!(c, '.' | '…' | '_' | ' ' | '\u{a0}'))
        .map(char::len_utf8)
        .sum();
    let (line, behind) = (rest.get(..length).unwrap_or(""), rest.get(length..).unwrap_or(""));
    if behind.starts_with('/') && line.contains(['.', '…', '_']) { length } else { 0 }
}

/// Most letters of the unit that stands behind a number and a blank.
const LONGEST_UNIT: usize = 16;

/// Before 1997 a space stood after the number: "1462 TC/NSNN" is 1462-TC/NSNN.
fn spaced(s: &str, at: usize) -> Option<(char, usize)> {
    let rest = s.get(at..)?;
    let code = rest.trim_start_matches(' ');
    let blanks = rest.len() - code.len();
    let capitals = |s: &str| s.chars().take_while(|c| c.is_uppercase()).count();
    let slash = code.char_indices().take(LONGEST_UNIT).find(|(_, c)| *c == '/')?.0;
    let second = code.get(slash + 1..)?;
    let first = capitals(code);
    let whole = code.chars().nth(first) == Some('/');
    ((1..=2).contains(&blanks) && first >= 2 && whole && capitals(second) >= 2).then_some(('-', at + blanks))
}

/// Length of a short word in place of the digits that a scan could not read: "II /2026/QĐ-UBND".
fn unreadable(s: &str, at: usize) -> usize {
    let rest = s.get(at..).unwrap_or("");
    let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
    let slash = rest.get(len..).is_some_and(|r| r.trim_start_matches(' ').starts_with('/'));
    if slash && rest.get(..len).is_some_and(|w| w.chars().count() <= 4) { len } else { 0 }
}

/// `350`, `36a`, `66.7`: up to seven digits with a letter (a to h; others are misread digits) or a second part.
fn digits(s: &str, at: usize) -> (Option<String>, usize) {
    let b = s.as_bytes();
    let run = |from: usize| b.get(from..).map_or(0, |r| r.iter().take_while(|c| c.is_ascii_digit()).count());
    let n = run(at);
    if n == 0 || n > 7 {
        return (None, at);
    }
    let mut end = at + n;
    if b.get(end) == Some(&b'.') && (1..=3).contains(&run(end + 1)) {
        end += 1 + run(end + 1);
    } else if let Some(c) = s.get(end..).and_then(|r| r.chars().next()).filter(|c| matches!(c, 'a'..='h')) {
        end += c.len_utf8();
    }
    (s.get(at..end).map(str::to_owned), end)
}

/// A slash, hyphen or dot between components, with spaces around it.
fn separator(s: &str, at: usize) -> Option<(char, usize)> {
    let rest = s.get(at..)?;
    let mut chars = rest.char_indices().skip_while(|(i, c)| *i < 4 && matches!(c, ' ' | '\u{a0}' | '\t'));
    let (i, c) = chars.next()?;
    let mark = match c {
        '/' | '⁄' => '/',
        '-' | '–' | '\u{2011}' | '\u{2010}' | '\u{2212}' => '-',
        '.' if i == 0 => '.',
        _ => return None,
    };
    let after = at + i + c.len_utf8();
    let gap = s
        .get(after..)?
        .chars()
        .take(3)
        .take_while(|c| matches!(c, ' ' | '\u{a0}' | '\n'))
        .map(char::len_utf8)
        .sum::<usize>();
    Some((mark, after + gap))
}

/// One component: capitals, digits and &, with the few small letters that codes have (TTg, CTr, QĐi).
fn component(s: &str, at: usize) -> (String, usize) {
    let rest = s.get(at..).unwrap_or("");
    let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '&')).unwrap_or(rest.len());
    let word = rest.get(..len).unwrap_or("");
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    let ok = word.len() <= 40
        && (small == 0
            || word.chars().count() <= 7
                && small <= 3
                && word.chars().all(|c| !c.is_lowercase() || c.is_ascii()))
        && word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    // A title-case word of the language is no code.
    let prose = small > 0 && word.chars().skip(1).all(char::is_lowercase) && word.chars().count() > 2;
    if ok && !prose { (word.chars().map(latin).collect(), at + len) } else { (String::new(), at) }
}

/// Recognition (OCR) sometimes gives Cyrillic letters that look alike: "ВТС" for BTC.
fn latin(c: char) -> char {
    match c {
        'Ð' => 'Đ',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        _ => c,
    }
}

fn is_year(part: &str) -> bool {
    part.len() == 4
        && (part.starts_with("19") || part.starts_with("20"))
        && part.bytes().all(|b| b.is_ascii_digit())
}
