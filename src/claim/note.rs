//! Stage 4, marks of notes behind a figure or symbol: "1.250* hộ", "1.250[3] hộ", "320(1) tỷ đồng", "30/NQ-CP¹ ngày …".
//!
//! In comes the token behind a figure, out comes the token behind its marks. A raised number is no digit of the figure:
//! it is such a mark, or the power of ten ("10⁶ tấn").

use super::Work;
use super::ledger::Owner;
use crate::words::token::{Gap, Kind};

/// Most marks behind one figure.
const MOST: usize = 4;

/// One past the marks of notes that begin at a token; the token itself where there are none.
pub fn over(work: &Work<'_>, at: usize) -> usize {
    let mut end = at;
    for _ in 0..MOST {
        match mark(work, end) {
            Some(next) => end = next,
            None => break,
        }
    }
    end
}

/// One past the mark that stands at a token.
fn mark(work: &Work<'_>, at: usize) -> Option<usize> {
    let gap = work.token(at).map(|t| t.gap).filter(|gap| !matches!(gap, Gap::Tab | Gap::Para))?;
    // The number of a page may stand in the midst of a sentence, as a raised number may.
    let page = work.ledger.owner(at) == (Owner::Trap, work.patterns.traps.page_number);
    if let Some((_, end)) = raised(work, at).or(page.then_some((0, at + 1))) {
        return Some(end);
    }
    if gap == Gap::Line {
        return None;
    }
    if is_star(work, at) {
        return (gap == Gap::Glued).then_some(at + 1);
    }
    let close = match work.token(at)? {
        t if t.is('[') => ']',
        t if t.is('(') => ')',
        _ => return None,
    };
    // "(1)" set apart may be a figure of its own as soon as it has two digits.
    let most = if gap == Gap::Glued || close == ']' { 2 } else { 1 };
    let mut end = at + 1;
    if work.token(end).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::Glued && t.bytes() <= most) {
        end += 1;
    } else {
        while end < at + MOST && is_star(work, end) {
            end += 1;
        }
    }
    (end > at + 1 && work.token(end).is_some_and(|t| t.is(close) && t.gap == Gap::Glued)).then_some(end + 1)
}

fn is_star(work: &Work<'_>, at: usize) -> bool {
    work.token(at).is_some_and(|t| t.is('*') || t.is('†') || t.is('‡'))
}

/// The raised number at a token, as raised characters or as digits that the page sets raised: its value and its end.
pub fn raised(work: &Work<'_>, at: usize) -> Option<(u32, usize)> {
    let token = work.token(at)?;
    if token.kind == Kind::Number {
        let superscript = work.ledger.owner(at) == (Owner::Trap, work.patterns.traps.superscript);
        return (superscript && token.bytes() <= 2).then(|| work.word(at).parse().ok())?.map(|n| (n, at + 1));
    }
    let mut value = 0;
    let mut end = at;
    while end < at + MOST
        && let Some(digit) = work
            .token(end)
            .filter(|t| end == at || t.gap == Gap::Glued)
            .and_then(|t| if t.kind == Kind::Punct { raised_digit(char::from_u32(t.word)?) } else { None })
    {
        value = value * 10 + digit;
        end += 1;
    }
    (end > at && work.token(at)?.gap == Gap::Glued).then_some((value, end))
}

/// The digit that a raised character shows.
fn raised_digit(c: char) -> Option<u32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(c as u32 - '⁰' as u32),
        _ => None,
    }
}
