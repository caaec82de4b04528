//! Whether a mark stands in its place: by the number before it, the line before it and the word after it.

use std::ops::Range;

use super::walk::Walk;
use crate::structure::mark::{self, Mark, Path, Style};
use crate::words::lines::{is_capitals, is_space};

pub(super) const STYLES: usize = 15;

/// Row of a style in the memory of last numbers.
pub(super) fn slot(style: Style) -> usize {
    match style {
        Style::Footnote => 0,
        Style::Upper => 1,
        Style::Roman => 2,
        Style::Lower => 3,
        Style::Paren => 4,
        Style::Star => 5,
        Style::Dot => 6,
        Style::Dash => 7,
        Style::Plus => 8,
        Style::Decimal(d) => 8 + usize::from(d.clamp(1, 6)),
    }
}

/// Place in the usual order of nesting; what ranks lower (a greater number) stands inside.
pub(super) fn rank(style: Style) -> u8 {
    match style {
        Style::Footnote => 1,
        Style::Upper => 20,
        Style::Roman => 21,
        Style::Decimal(d) => 30 + d.min(6),
        Style::Lower => 40,
        Style::Paren => 42,
        Style::Star => 44,
        Style::Dot => 46,
        Style::Dash => 48,
        Style::Plus => 50,
    }
}

/// The styles whose numbering begins anew below a higher mark.
pub(super) const DEEPER: &[Style] = &[
    Style::Roman,
    Style::Decimal(1),
    Style::Decimal(2),
    Style::Decimal(3),
    Style::Decimal(4),
    Style::Decimal(5),
    Style::Lower,
    Style::Paren,
];

/// How the line before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing stands before, or a blank line.
    Blank,
    /// It ends with a full stop, colon, semicolon, comma or the like, or is a heading or list item itself.
    Closed,
    /// It is short: no wrapped line.
    Short,
    /// It ends in the middle of a sentence.
    Open,
    /// It ends with a word that a number belongs to.
    Joins,
}

impl Walk<'_> {
    /// "I." after "H." is a letter, after nothing a Roman one.
    pub(super) fn upper_or_roman(&self, mut mark: Mark) -> Mark {
        let written = self.s.get(mark.label.clone()).unwrap_or("");
        let letter = written.chars().next().filter(|_| written.len() == 2).and_then(mark::letter_value);
        if mark.style == Style::Roman
            && let Some(v) = letter
            && self.last_of(Style::Upper).is_some_and(|p| p.last() + 1 == v)
            && self.last_of(Style::Roman).is_none_or(|p| p.last() + 1 != mark.path.last())
            && mark.path.last() != 1
        {
            mark.style = Style::Upper;
            mark.path = Path::one(v);
        }
        mark
    }

    fn last_of(&self, style: Style) -> Option<Path> {
        self.last.get(slot(style)).copied().flatten()
    }

    pub(super) fn before(&self, blank: bool, marked: bool) -> Before {
        let Some(previous) = self.previous.clone().filter(|_| !blank) else { return Before::Blank };
        let text = self.s.get(previous).unwrap_or("").trim_end_matches(['*', '_', ' ']);
        match text.chars().next_back() {
            None => Before::Blank,
            Some('.' | ':' | ';' | '!' | '?' | '…' | '|' | ')' | ']' | '”' | '"') => Before::Closed,
            Some(_) if self.rules.joins(text) => Before::Joins,
            Some(',') => Before::Closed,
            Some(_) if marked => Before::Closed,
            Some(_) if text.chars().take(61).count() <= 60 => Before::Short,
            Some(_) => Before::Open,
        }
    }

    /// Whether a mark stands in its place: by the number before it, the line before it and the word after it.
    pub(super) fn accept(&self, mark: &Mark, before: Before, bold: bool, line: &Range<usize>) -> bool {
        let rest = self
            .s
            .get(mark.label.end..line.end)
            .unwrap_or("")
            .trim_start_matches(|c| is_space(c) || c == '*' || c == '_');
        let next = rest.chars().next();
        let upper = next.is_none_or(|c| {
            c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '(' | '[' | '\'') || c.is_ascii_digit()
        });
        let lower = next.is_some_and(char::is_lowercase);
        // "B. CHỈ TIÊU NĂM 2007" goes on no line in small letters.
        let above = || self.previous.clone().and_then(|p| self.s.get(p)).unwrap_or("");
        let shouts = before == Before::Open && is_capitals(rest) && !is_capitals(above());
        let wrapped = matches!(before, Before::Open | Before::Joins) && !shouts;
        let clear = matches!(before, Before::Blank | Before::Closed) || bold || shouts;
        match mark.style {
            Style::Dot => true,
            Style::Dash | Style::Plus | Style::Star => {
                let digit = next.is_some_and(|c| c.is_ascii_digit());
                let glued =
                    self.s.get(mark.label.end..).is_some_and(|r| r.starts_with(|c: char| !is_space(c)));
                !(before == Before::Joins
                    || wrapped && !bold
                    || before == Before::Short && (digit || lower || glued))
            }
            Style::Footnote => mark.path.last() <= 999 && before != Before::Joins && (clear || !wrapped),
            _ => {
                let n = mark.path.last();
                let last = self.last_of(mark.style);
                let step = match last {
                    _ if mark.path.prefix().is_empty() => last.map(|p| i32::from(n) - i32::from(p.last())),
                    Some(p) if p.prefix() == mark.path.prefix() => Some(i32::from(n) - i32::from(p.last())),
                    _ => None,
                };
                let goes_on = step == Some(1)
                    || mark.style == Style::Lower && last.is_some_and(|p| mark::letters_follow(p.last(), n));
                let begins = n == 1 && self.prefix_fits(mark);
                let near = step.is_some_and(|d| (2..=3).contains(&d));
                if before == Before::Joins || n > 300 && !goes_on {
                    return false;
                }
                if mark.open {
                    return upper && !wrapped && (goes_on || begins);
                }
                let strict = matches!(mark.style, Style::Upper | Style::Roman)
                    || mark.style == Style::Lower
                        && !self.s.get(mark.label.clone()).unwrap_or("").ends_with(')');
                if goes_on || begins {
                    let after_wrap = bold || !(lower || strict && begins);
                    let after_end = clear || !lower || mark.style == Style::Lower;
                    return if wrapped { after_wrap } else { after_end };
                }
                if strict && mark.style != Style::Roman {
                    return false;
                }
                if near {
                    return clear && (!lower || mark.style == Style::Lower);
                }
                // Anywhere in a sequence: the text may be an excerpt, or pages may be missing.
                clear && upper && next.is_some() && n <= 60
            }
        }
    }

    /// "1.1." opens below "1."; where no "1." was seen, a first number is taken as it is.
    fn prefix_fits(&self, mark: &Mark) -> bool {
        let Some((&parent, _)) = mark.path.prefix().split_last() else { return true };
        let Style::Decimal(depth) = mark.style else { return true };
        let above = self.last_of(Style::Decimal(depth.saturating_sub(1)));
        above.is_none_or(|p| p.last() == parent || p.last() + 1 == parent) || !mark.open
    }
}
