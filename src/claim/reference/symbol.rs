//! Number and symbol (số, ký hiệu): `1806/QĐ-UBND`, `16/2017/QĐ-UBND`, `57-NQ/TW`, `80/2015/QH13`, `150/STTTT`.
//!
//! Breaks and spaces may stand beside the joints; a joint with space on both sides joins only an unfinished symbol,
//! since " - " also parts sentences.

use std::borrow::Cow;
use std::ops::Range;

use crate::claim::Work;
use crate::patterns::references::Code;
use crate::words::token::{Case, Gap, Kind, Token};

/// Longest number of a document, in digits; longer groups are accounts or amounts.
const MAX_DIGITS: usize = 6;
/// Most dots that a number is filled in on.
const MAX_FILL: usize = 40;
/// Most components of a symbol.
const MAX_PARTS: usize = 9;

/// A number and symbol as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its tokens, from the number to the last component.
    pub tokens: Range<usize>,
    /// Canonical form without spaces.
    pub id: String,
    /// The number: `36a`.
    pub number: String,
    /// The year inside.
    pub year: Option<i32>,
    /// What follows number and year: `QĐ-UBND`.
    pub symbol: String,
    /// Index of the document type that the symbol names.
    pub doc_type: Option<usize>,
    /// A law's or assembly's symbol (`QH13`, `UBTVQH14`).
    pub assembly: bool,
    /// How sure the shape alone is.
    pub trust: Trust,
}

/// How much of a symbol is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Shaped like one; needs a type word or "số" before it.
    Shape,
    /// Names a known type or body.
    Known,
}

/// The number part: digits, perhaps dotted, perhaps with a plain letter or đ.
pub struct Number<'a> {
    /// As written.
    pub text: &'a str,
    /// One past its last token.
    pub end: usize,
}

/// Reads the number part that begins at token `at`.
pub fn number<'a>(work: &Work<'a>, at: usize) -> Option<Number<'a>> {
    let first = work.token(at)?;
    if first.kind != Kind::Number || first.bytes() > MAX_DIGITS || inside_number(work, at) {
        return None;
    }
    let mut end = at + 1;
    if let (Some(dot), Some(more), Some(after)) = (work.token(end), work.token(end + 1), work.token(end + 2))
        && dot.is('.')
        && dot.gap == Gap::Glued
        && more.kind == Kind::Number
        && more.gap == Gap::Glued
        && more.bytes() <= 2
        && (after.is('/')
            || (after.is('.') && work.token(end + 3).is_some_and(|t| year_of(work, end + 3, t).is_some())))
    {
        end += 2;
    }
    if let Some(letter) = work.token(end)
        && letter.kind == Kind::Word
        && letter.gap == Gap::Glued
        && letter.bytes() <= 2
        && letter.case == Case::Lower
        && matches!(work.word(end).as_bytes(), [b'a'..=b'z'] | [0xC4, 0x91])
    {
        end += 1;
    }
    // Its tokens are glued to one another.
    Some(Number { text: work.words(at..end), end })
}

/// Whether the number token continues something to its left: a decimal, a date, another symbol.
fn inside_number(work: &Work, at: usize) -> bool {
    let (Some(before), Some(token)) = (at.checked_sub(1).and_then(|b| work.token(b)), work.token(at)) else {
        return false;
    };
    if token.gap != Gap::Glued {
        return false;
    }
    match before.kind {
        Kind::Punct => {
            let digits = at >= 2
                && work.token(at - 2).is_some_and(|t| t.kind == Kind::Number)
                && before.gap == Gap::Glued;
            digits && matches!(char::from_u32(before.word), Some('.' | ',' | '/' | '-'))
        }
        Kind::Word => before.case == Case::Upper && before.bytes() <= 2,
        Kind::Number => true,
    }
}

/// Reads the number and symbol that begin at token `at`.
pub fn read(work: &Work, at: usize) -> Option<Symbol> {
    let number = number(work, at)?;
    let mut pos = number.end;
    let mut year = None;
    let filled = over_fill(work, pos);
    let mut joint = joint(work, filled).or_else(|| spaced(work, pos))?;
    let torn;
    let mut numbered = (number.text, None, "");
    if let Some(token) = work.token(joint.end)
        && token.kind == Kind::Number
    {
        let (value, end) = match torn_year(work, joint.end) {
            Some(torn) => torn,
            None => (year_of(work, joint.end, token)?, joint.end + 1),
        };
        year = Some(value);
        torn = if end > joint.end + 1 { value.to_string() } else { String::new() };
        let text = if torn.is_empty() { work.word(joint.end) } else { &torn };
        numbered = (number.text, Some(joint.mark), text);
        pos = end;
        match self::joint(work, pos) {
            Some(next) if work.token(next.end).is_some_and(|t| t.kind == Kind::Word) => joint = next,
            _ => {
                let tokens = at..pos;
                return (joint.mark == '/' && joint.tight).then(|| Symbol {
                    tokens,
                    id: written(numbered, None, ""),
                    number: number.text.to_owned(),
                    year,
                    symbol: String::new(),
                    doc_type: None,
                    assembly: false,
                    trust: Trust::Shape,
                });
            }
        }
    }
    let parts = parts(work, joint, year.is_some())?;
    if joint_is_weak(&parts, year) || compares(work, at, joint.end, &parts) {
        return None;
    }
    Some(Symbol {
        tokens: at..parts.end,
        id: written(numbered, Some(parts.lead), &parts.text),
        number: number.text.to_owned(),
        year,
        doc_type: parts.doc_type,
        assembly: parts.assembly,
        trust: if parts.known { Trust::Known } else { Trust::Shape },
        symbol: parts.text,
    })
}

/// "KH 2018/ƯTH 2017": the head of a column that compares plan and result.
fn compares(work: &Work, at: usize, mark: usize, parts: &Parts) -> bool {
    let year = work.token(at).is_some_and(|t| year_of(work, at, t).is_some());
    year && parts.count == 1
        && work.token(mark).is_some_and(|t| work.patterns.references.results.has(t))
        && work.token(parts.end).is_none_or(|t| t.kind != Kind::Punct || !t.is('-'))
}

/// A number, perhaps with its year, and what follows it.
fn written(
    (number, year_mark, year): (&str, Option<char>, &str),
    lead: Option<char>,
    symbol: &str,
) -> String {
    let mut id = String::with_capacity(number.len() + year.len() + symbol.len() + 2);
    id.push_str(number);
    id.extend(year_mark);
    id.push_str(year);
    id.extend(lead);
    id.push_str(symbol);
    id
}

/// A hyphen right after the number asks for the Party's style (`57-NQ/TW`) or an old one (`77-CP`, `1141-TC/QĐ/CĐKT`).
fn joint_is_weak(parts: &Parts, year: Option<i32>) -> bool {
    match parts.lead {
        '/' => false,
        // "07.TT/BB-VPHC": a point before the unit that wrote it, then the type.
        '.' => year.is_none() && !(parts.doc_type.is_some() && parts.text.contains('/')),
        _ => year.is_none() && !parts.text.contains('/') && !(parts.known && parts.count == 1),
    }
}

/// A mark that joins two components, with the index of the token after it.
#[derive(Debug, Clone, Copy)]
struct Joint {
    mark: char,
    end: usize,
    /// No space on either side.
    tight: bool,
    /// Space on both sides.
    loose: bool,
}

fn joint(work: &Work, pos: usize) -> Option<Joint> {
    let token = work.token(pos)?;
    let mark = if is_dash(token) { '-' } else { ['/', '.'].into_iter().find(|&c| token.is(c))? };
    if token.gap > Gap::Line || token.gap == Gap::Tab {
        return None;
    }
    let mut end = pos + 1;
    while mark == '/' && work.token(end).is_some_and(|t| t.is('/') && t.gap == Gap::Glued) {
        end += 1;
    }
    let next = work.token(end)?;
    if next.gap > Gap::Line || next.gap == Gap::Tab {
        return None;
    }
    let before = token.gap != Gap::Glued;
    let after = next.gap != Gap::Glued;
    if mark == '.' && after {
        return None;
    }
    Some(Joint { mark, end, tight: !before && !after, loose: before && after })
}

/// A hyphen, or a dash that a word processor made of one.
fn is_dash(token: &Token) -> bool {
    token.is('-') || token.is('–') || token.is('—') || token.is('‐') || token.is('‑') || token.is('−')
}

/// Past the dots that a number was filled in on: "số …05…./2006/QĐ-UBND".
fn over_fill(work: &Work, pos: usize) -> usize {
    let dots = |i: usize| work.token(i).is_some_and(|t| (t.is('…') || t.is('.')) && t.gap <= Gap::Space);
    let end = (pos..pos + MAX_FILL).find(|&i| !dots(i)).unwrap_or(pos);
    let filled = end > pos + 1 || work.token(pos).is_some_and(|t| t.is('…'));
    if filled && work.token(end).is_some_and(|t| t.is('/')) { end } else { pos }
}

/// Before 1997 ministries also wrote a space after the number: "60 TC/CĐKT" is 60-TC/CĐKT.
fn spaced(work: &Work, pos: usize) -> Option<Joint> {
    let capitals = |at: usize, gap: Gap| {
        work.token(at)
            .is_some_and(|t| t.kind == Kind::Word && t.case == Case::Upper && t.gap == gap && t.bytes() >= 2)
    };
    if !capitals(pos, Gap::Space) {
        return None;
    }
    let slash = work.token(pos + 1).is_some_and(|t| t.is('/') && t.gap == Gap::Glued);
    let several = slash && capitals(pos + 2, Gap::Glued);
    // "Thông tư số 04 TTLB ngày 12/2/1996"
    let code = work.patterns.references.code(work.word(pos)).is_some_and(|c| c.doc_type.is_some());
    let dated = code && work.patterns.particles.day.has_folded(work.word(pos + 1));
    (several || dated).then_some(Joint { mark: '-', end: pos, tight: true, loose: false })
}

/// "29/200 3/CT-TTg": a year that a blank tears, with its end; the slash behind it leaves no doubt.
fn torn_year(work: &Work, at: usize) -> Option<(i32, usize)> {
    let (first, second) = (work.token(at)?, work.token(at + 1)?);
    let torn = second.kind == Kind::Number
        && second.gap == Gap::Space
        && first.bytes() + second.bytes() == 4
        && work.token(at + 2).is_some_and(|t| t.is('/') && t.gap == Gap::Glued);
    if !torn {
        return None;
    }
    let year: i32 = format!("{}{}", work.word(at), work.word(at + 1)).parse().ok()?;
    (1945..2100).contains(&year).then_some((year, at + 2))
}

/// The year that a number token is, 1900 to 2099.
fn year_of(work: &Work, at: usize, token: &Token) -> Option<i32> {
    if token.kind != Kind::Number || token.bytes() != 4 {
        return None;
    }
    work.word(at).parse().ok().filter(|y| (1900..2100).contains(y))
}

struct Parts {
    /// The mark before the first component.
    lead: char,
    text: String,
    end: usize,
    count: usize,
    doc_type: Option<usize>,
    assembly: bool,
    known: bool,
}

/// Reads the components after a joint.
fn parts(work: &Work, first: Joint, has_year: bool) -> Option<Parts> {
    let mut out = Parts {
        lead: first.mark,
        text: String::new(),
        end: first.end,
        count: 0,
        doc_type: None,
        assembly: false,
        known: false,
    };
    let words = &work.patterns.references;
    let mut joint = first;
    let mut last_is_type = false;
    while let Some(component) = component(work, joint.end) {
        let code = words.code(&component.text);
        if !fits(&component, code, joint, out.count, last_is_type, has_year)
            && !loosely_joined(work, &component, code, joint, &out)
        {
            break;
        }
        if out.count > 0 {
            // "QĐ.UB" was the typewriter's QĐ-UB.
            let hyphen = joint.mark == '.' && code.is_some() && last_is_type;
            out.text.push(if hyphen { '-' } else { joint.mark });
        }
        last_is_type = code.is_some_and(|c| c.doc_type.is_some()) && out.count < 2;
        if let Some(code) = code {
            // "1141-TC/QĐ/CĐKT" has its type second, but the unit of "6402/BNN-TT" is no Thông tư.
            if out.doc_type.is_none() && (out.count == 0 || out.count == 1 && joint.mark == '/') {
                out.doc_type = code.doc_type;
            }
            out.known = true;
            out.assembly |= matches!(&*code.canonical, "QH" | "UBTVQH") && component.digits;
        }
        let unknown_first = code.is_none() && out.count == 0;
        match unknown_first.then(|| words.respelled(&component.text)).flatten() {
            Some((canonical, doc_type)) => {
                out.text.push_str(&canonical);
                out.doc_type = Some(doc_type);
                out.known = true;
            }
            None => spell(&mut out.text, &component, code),
        }
        out.end = component.end;
        out.count += 1;
        if out.count == MAX_PARTS {
            break;
        }
        match self::joint(work, out.end) {
            Some(next) => joint = next,
            None => break,
        }
    }
    (out.count > 0).then_some(out)
}

/// Adds the canonical spelling of a component: the code with its diacritics and case, digits kept.
fn spell(out: &mut String, component: &Component, code: Option<&Code>) {
    match code {
        Some(code) => {
            let letters = component.text.trim_end_matches(|c: char| c.is_ascii_digit());
            out.push_str(&code.canonical);
            out.push_str(component.text.get(letters.len()..).unwrap_or(""));
        }
        None => out.extend(component.text.chars().map(|c| if matches!(c, 'Ð' | 'Ɖ') { 'Đ' } else { c })),
    }
}

/// Whether a component may stand after this joint.
fn fits(
    c: &Component,
    code: Option<&Code>,
    joint: Joint,
    count: usize,
    last_is_type: bool,
    has_year: bool,
) -> bool {
    let capitals = c.case == Case::Upper && (c.letters >= 2 || c.digits);
    let known = code.is_some();
    if joint.tight {
        return match joint.mark {
            '.' => {
                let roman = count > 0 && c.text.len() <= 4 && c.text.chars().all(|c| "IVX".contains(c));
                c.case != Case::Lower && (known || (capitals && (last_is_type || count == 0)) || roman)
            }
            _ if count == 0 => {
                capitals
                    || (known && (c.case != Case::Lower || c.letters >= 2))
                    || (has_year && c.case == Case::Mixed)
                    || (c.case == Case::Mixed && c.letters <= 6)
                    || (known && c.case == Case::Title)
            }
            _ => c.case != Case::Lower || known,
        };
    }
    if joint.loose && joint.mark != '/' {
        return last_is_type && (capitals || known && c.case != Case::Lower);
    }
    if count == 0 {
        return known && c.case != Case::Lower;
    }
    capitals || (known && c.case != Case::Lower)
}

/// "05 - CT/TW", "88/TTg - KTN": blanks about the hyphen, where what follows can be no word of the sentence.
fn loosely_joined(work: &Work, c: &Component, code: Option<&Code>, joint: Joint, before: &Parts) -> bool {
    if !joint.loose || joint.mark != '-' {
        return false;
    }
    match before.count {
        // The Party's way: number, type, and a slash with the body that wrote it.
        0 => {
            code.is_some_and(|c| c.doc_type.is_some())
                && work.token(c.end).is_some_and(|t| t.is('/') && t.gap == Gap::Glued)
        }
        // A body and its unit; of a heading in capitals another word follows.
        1 => {
            let alone = work.token(c.end).is_none_or(|t| t.case != Case::Upper || t.kind != Kind::Word);
            before.known && before.doc_type.is_none() && c.case == Case::Upper && c.letters <= 5 && alone
        }
        _ => false,
    }
}

struct Component<'a> {
    text: Cow<'a, str>,
    end: usize,
    case: Case,
    letters: usize,
    digits: bool,
}

/// One component: a word with glued digits and ampersands (`QH13`, `BGD&ĐT`, `CN2`).
fn component<'a>(work: &Work<'a>, at: usize) -> Option<Component<'a>> {
    let token = work.token(at)?;
    if token.kind != Kind::Word {
        return None;
    }
    let mut word = work.word(at);
    let mut case = token.case;
    // "QĐ-TTgcủa": the word after the symbol, run into it.
    for more in &work.patterns.references.run_in {
        let code = word.strip_suffix(more.as_str()).filter(|c| work.patterns.references.code(c).is_some());
        if let Some(code) = code {
            (word, case) = (code, Case::Mixed);
            break;
        }
    }
    let mut text = Cow::Borrowed(word);
    let mut letters = text.chars().count();
    let mut end = at + 1;
    let mut digits = false;
    while let Some(next) = work.token(end) {
        // A raised number is the mark of a note: "30/NQ-CP¹".
        let mark = next.kind == Kind::Number && crate::claim::note::raised(work, end).is_some();
        if next.kind == Kind::Number && next.gap == Gap::Glued && next.bytes() <= 3 && !digits && !mark {
            text.to_mut().push_str(work.word(end));
            digits = true;
            end += 1;
        } else if next.is('&')
            && next.gap <= Gap::Space
            && work
                .token(end + 1)
                .is_some_and(|t| t.kind == Kind::Word && t.gap <= Gap::Space && t.case == Case::Upper)
            && (next.gap == Gap::Glued || work.token(end + 1).is_some_and(|t| t.gap == Gap::Glued))
        {
            text.to_mut().push('&');
            text.to_mut().push_str(work.word(end + 1));
            letters += work.word(end + 1).chars().count();
            if case == Case::Title {
                case = Case::Mixed;
            }
            end += 2;
        } else {
            break;
        }
    }
    Some(Component { text, end, case, letters, digits })
}
