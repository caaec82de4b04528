//! Stage 2: the outline. In: a [`Text`] with its tables and marks, and the words of `patterns/sections.toml`.
//! Out: the parts of the document in reading order, nested by their shadow ranges: Phần, Chương, Mục, Điều, `I.`,
//! `1.1.`, `a)`, `-`, `+`, Phụ lục, tables, and what is not the document itself (menus, related links, page feet).
//!
//! Every line start is looked at once. A mark counts only in its place: "1." opens a list, "2." goes on from "1.", and
//! a wrapped line that happens to begin with "2016. " does neither.

use std::ops::Range;

use super::Text;
use super::lines::{Lines, is_space, next_line, trim};
use super::mark::{self, Mark, Path, Style};
pub use super::section_rules::SectionRules;
use crate::input::MarkKind;

/// One part of the outline; ranges are byte ranges of the shadow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// `part`, `chapter`, `section`, `article`, `clause`, `point`, `bullet`, `appendix`, `attachment`, `table`,
    /// `footnote`, `header`, `closing` or `boilerplate`.
    pub kind: &'static str,
    /// Depth, from 1.
    pub level: u32,
    /// The mark as written: `II.`, `1.1.`, `a)`, `Điều 5.`, `-`.
    pub label: Option<Range<usize>>,
    /// The heading without its mark; only where what follows the mark reads as a heading.
    pub heading: Option<Range<usize>>,
    /// Index of the enclosing part.
    pub parent: Option<usize>,
    /// All of it, with the parts inside.
    pub range: Range<usize>,
}

/// Where head and foot of the document stand, as the header's reader found them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// From quốc hiệu to the title (trích yếu).
    pub header: Option<Range<usize>>,
    /// Signature and Nơi nhận.
    pub closing: Option<Range<usize>>,
}

/// Longest heading in bytes; what is longer is running text.
const MAX_HEADING: usize = 400;
/// Deepest nesting; further marks become siblings.
const MAX_DEPTH: usize = 24;

/// The outline of a text, in reading order; ranges of children lie inside those of their parents.
pub fn outline(text: &Text<'_>, rules: &SectionRules, frame: &Frame) -> Vec<Outline> {
    let mut walk = Walk {
        s: text.s(),
        rules,
        out: Vec::new(),
        stack: Vec::new(),
        last: [None; STYLES],
        previous: None,
        previous_marked: false,
        end: 0,
    };
    let mut skip = skips(text, frame, rules);
    skip.sort_by_key(|s| (s.range.start, s.range.end));
    walk.run(&skip);
    walk.out
}

/// A stretch whose lines are not looked at for marks.
#[derive(Debug)]
struct Skip {
    range: Range<usize>,
    kind: &'static str,
}

fn skips(text: &Text<'_>, frame: &Frame, rules: &SectionRules) -> Vec<Skip> {
    let s = text.s();
    let mut skip: Vec<Skip> = Vec::new();
    let mut add = |range: Option<Range<usize>>, kind| {
        if let Some(range) = range.filter(|r| !r.is_empty()) {
            skip.push(Skip { range, kind });
        }
    };
    add(frame.header.clone(), "header");
    add(frame.closing.clone(), "closing");
    for table in &text.tables {
        let cells = || table.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.range.is_empty());
        let start = cells().map(|c| c.range.start).min();
        let end = cells().map(|c| c.range.end).max();
        add(start.zip(end).map(|(a, b)| a..b), "table");
    }
    let mut marked = false;
    for mark in text.marks.iter().filter(|m| m.kind == MarkKind::Boilerplate) {
        marked = true;
        add(Some(trim(s, mark.range.clone())), "boilerplate");
    }
    if !marked {
        let (top, tail) = rules.boilerplate(s);
        add(top, "boilerplate");
        add(tail, "boilerplate");
    }
    skip
}

const STYLES: usize = 15;

/// Row of a style in the memory of last numbers.
fn slot(style: Style) -> usize {
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
fn rank(style: Style) -> u8 {
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

/// How the line before ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
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

#[derive(Debug)]
struct OpenPart {
    index: usize,
    rank: u8,
}

struct Walk<'t> {
    s: &'t str,
    rules: &'t SectionRules,
    out: Vec<Outline>,
    stack: Vec<OpenPart>,
    /// The last number accepted of every style.
    last: [Option<Path>; STYLES],
    previous: Option<Range<usize>>,
    previous_marked: bool,
    /// End of the last line with content.
    end: usize,
}

impl Walk<'_> {
    fn run(&mut self, skip: &[Skip]) {
        let mut skip = skip.iter().peekable();
        let mut lines = Lines::from(self.s, 0);
        let mut blank = true;
        while let Some(line) = lines.next() {
            // A lone bar is the border of a table cell.
            if line.is_empty() || line.len() == 1 && self.s.get(line.clone()) == Some("|") {
                blank = true;
                continue;
            }
            // A stretch that holds no marks: one part, then on after it. Overlapping stretches are taken once.
            while skip.peek().is_some_and(|k| k.range.end <= line.start) {
                skip.next();
            }
            if let Some(k) = skip.peek()
                && k.range.start < line.end
            {
                // A caption opened the table's part already.
                self.stretch(k.kind, k.range.clone());
                self.end = k.range.end;
                let rest = Lines::from(self.s, k.range.end);
                lines = rest;
                blank = true;
                self.previous = None;
                continue;
            }
            let went_on = self.line(&line, blank);
            blank = false;
            self.end = self.end.max(line.end);
            self.previous = Some(line);
            if let Some(at) = went_on {
                self.end = self.end.max(at);
                lines = Lines::from(self.s, at);
            }
        }
        self.close_to(0);
    }

    /// A table, the head, the foot or boilerplate.
    fn stretch(&mut self, kind: &'static str, range: Range<usize>) {
        if kind != "table" {
            self.close_to(if kind == "header" { 0 } else { 2 });
        }
        if kind == "table"
            && let Some(top) = self.stack.last()
            && top.rank == CAPTION
            && let Some(part) = self.out.get_mut(top.index)
        {
            part.range.end = range.end;
            self.stack.pop();
            return;
        }
        let parent = self.stack.last().map(|p| p.index);
        let level = self.level();
        self.out.push(Outline { kind, level, label: None, heading: None, parent, range });
    }

    fn level(&self) -> u32 {
        u32::try_from(self.stack.len() + 1).unwrap_or(u32::MAX)
    }

    /// Closes every open part that ranks at or below `rank`.
    fn close_to(&mut self, rank: u8) {
        while let Some(top) = self.stack.last() {
            if top.rank < rank && self.stack.len() < MAX_DEPTH {
                break;
            }
            let end = self.end;
            if let Some(part) = self.out.get_mut(top.index) {
                part.range.end = part.range.end.max(end);
            }
            self.stack.pop();
        }
    }

    fn open(
        &mut self,
        kind: &'static str,
        rank: u8,
        label: Option<Range<usize>>,
        heading: Option<Range<usize>>,
        range: Range<usize>,
    ) {
        self.close_to(rank);
        let parent = self.stack.last().map(|p| p.index);
        let level = self.level();
        self.stack.push(OpenPart { index: self.out.len(), rank });
        self.out.push(Outline { kind, level, label, heading, parent, range });
    }

    /// One line with content. Gives the offset to go on from where the part's head took more than this line.
    fn line(&mut self, line: &Range<usize>, blank: bool) -> Option<usize> {
        let marked = std::mem::replace(&mut self.previous_marked, false);
        let (at, bold) = after_decoration(self.s, line);
        let first = *self.s.as_bytes().get(at)?;
        // Most lines begin with a letter that opens no unit and are done here.
        if first.is_ascii_alphabetic() || first >= 0xc0 {
            if let Some(unit) = self.rules.unit_at(self.s, at, line.end) {
                return self.unit(unit, line, blank, bold);
            }
            let next = self.s.as_bytes().get(at + 1..at + 6).unwrap_or(&[]);
            if first.is_ascii_lowercase()
                && !next.starts_with(b".")
                && !next.starts_with(b")")
                && !next.starts_with(b"/")
                || !next.iter().any(|b| matches!(b, b'.' | b')' | b'/' | b'-'))
            {
                return None;
            }
        }
        if first == b'(' && self.rules.is_attached(self.s.get(at..line.end).unwrap_or("")) {
            self.attachment(line);
            return None;
        }
        let mark = mark::parse(self.s, at, line.end)?;
        let mark = self.upper_or_roman(mark);
        let before = self.before(blank, marked);
        if !self.accept(&mark, before, bold, line) {
            return None;
        }
        self.previous_marked = true;
        self.list(mark, line)
    }

    /// "I." after "H." is a letter, after nothing a Roman one.
    fn upper_or_roman(&self, mut mark: Mark) -> Mark {
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

    fn before(&self, blank: bool, marked: bool) -> Before {
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
    fn accept(&self, mark: &Mark, before: Before, bold: bool, line: &Range<usize>) -> bool {
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
        let wrapped = matches!(before, Before::Open | Before::Joins);
        let clear = matches!(before, Before::Blank | Before::Closed) || bold;
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

    /// A list mark that was accepted.
    fn list(&mut self, mark: Mark, line: &Range<usize>) -> Option<usize> {
        let mut rank = rank(mark.style);
        // Under an article everything numbered is inside it.
        let in_article = self.stack.iter().any(|p| p.rank == ARTICLE);
        let kind = match mark.style {
            Style::Footnote => "footnote",
            Style::Decimal(1) if in_article => "clause",
            Style::Upper | Style::Roman | Style::Decimal(_) => "section",
            Style::Lower | Style::Paren => "point",
            Style::Star | Style::Dot | Style::Dash | Style::Plus => "bullet",
        };
        if in_article && matches!(mark.style, Style::Upper | Style::Roman) {
            rank = ARTICLE + 1;
        }
        let (heading, went_on) = if kind == "bullet" || kind == "footnote" {
            (None, None)
        } else {
            self.heading(mark.label.end, line, false)
        };
        self.open(kind, rank, Some(mark.label.clone()), heading, mark.label.start..line.end);
        if let Some(slot) = self.last.get_mut(slot(mark.style)) {
            *slot = Some(mark.path);
        }
        // Deeper lists begin anew.
        for (style, last) in self.last.iter_mut().enumerate() {
            if style != slot(mark.style) && DEEPER.iter().any(|&d| slot(d) == style && self::rank(d) > rank) {
                *last = None;
            }
        }
        went_on
    }

    /// A unit opened by a word: Chương, Điều, Phụ lục, Bảng.
    fn unit(
        &mut self,
        unit: super::section_rules::UnitAt,
        line: &Range<usize>,
        blank: bool,
        bold: bool,
    ) -> Option<usize> {
        let wrapped = !blank && !bold && matches!(self.before(blank, false), Before::Joins | Before::Open);
        if wrapped && !unit.capitals {
            return None;
        }
        let rank = unit.rank;
        let own_line = Lines::from(self.s, unit.label.end).next().is_some_and(|r| r.is_empty());
        let head_line = if unit.label.end > line.end { unit.label.end..unit.label.end } else { line.clone() };
        let (heading, went_on) = self.heading(unit.label.end, &head_line, own_line);
        let (heading, went_on) =
            if unit.kind == "table" && own_line { (None, None) } else { (heading, went_on) };
        self.previous_marked = true;
        let end = line.end.max(unit.label.end);
        self.open(unit.kind, rank, Some(unit.label.clone()), heading, unit.label.start..end);
        if rank != CAPTION {
            self.last = [None; STYLES];
        }
        went_on.or_else(|| (unit.label.end > line.end).then_some(unit.label.end))
    }

    /// "(Ban hành kèm theo …)": the titles in capitals just before open an attached document.
    fn attachment(&mut self, line: &Range<usize>) {
        // An appendix has just opened: the line belongs to its head.
        let in_head = self.stack.last().is_some_and(|p| {
            self.out.get(p.index).is_some_and(|o| {
                matches!(o.kind, "appendix" | "attachment") && line.start.saturating_sub(o.range.start) < 600
            })
        });
        if in_head || self.end == 0 {
            return;
        }
        let title = self.title_before(line.start);
        let start = title.as_ref().map_or(line.start, |t| t.start);
        // Parts that the title lines opened by mistake would reach into this one.
        self.end = trim(self.s, 0..start).end;
        while self.out.last().is_some_and(|o| o.range.start >= start) {
            let gone = self.out.len() - 1;
            self.out.pop();
            self.stack.retain(|p| p.index != gone);
        }
        self.open("attachment", 2, None, title, start..line.end);
        self.last = [None; STYLES];
    }

    /// Up to eight lines without marks before `at`, from the last line in capitals that opens the block.
    fn title_before(&self, at: usize) -> Option<Range<usize>> {
        let from = at.saturating_sub(900);
        let from = (from..at).find(|&i| self.s.is_char_boundary(i))?;
        let mut first: Option<Range<usize>> = None;
        let mut last_end = None;
        let block: Vec<Range<usize>> =
            Lines::from(self.s, from).take_while(|l| l.start < at).filter(|l| !l.is_empty()).collect();
        for line in block.iter().rev().take(8) {
            let text = self.s.get(line.clone()).unwrap_or("");
            if !is_capitals(text) {
                break;
            }
            last_end.get_or_insert(line.end);
            first = Some(line.start..line.end);
        }
        let start = after_decoration(self.s, &first?).0;
        let range = start..last_end?;
        let bare = self.s.get(range.clone())?.trim_end_matches(['*', '_', ' ', '#']);
        (!bare.is_empty() && bare.len() <= MAX_HEADING).then(|| start..start + bare.len())
    }

    /// The heading after a mark: the rest of the line with its continuation, where that reads as a heading.
    ///
    /// `next`: the mark stands alone and its heading may be on the following lines.
    fn heading(&self, from: usize, line: &Range<usize>, next: bool) -> (Option<Range<usize>>, Option<usize>) {
        let mut range = bare(self.s, from..line.end.max(from));
        let mut open_bold =
            self.s.get(line.start..line.end).is_some_and(|l| l.matches("**").count() % 2 == 1);
        if range.is_empty() {
            let found = next_line(self.s, line.end.max(from)).map(|(l, _)| l);
            let Some(l) = found else { return (None, None) };
            let (at, bold) = after_decoration(self.s, &l);
            let title = self.s.get(at..l.end).is_some_and(|t| is_capitals(t) || bold || !next);
            if !title
                || mark::parse(self.s, at, l.end).is_some()
                || self.rules.unit_at(self.s, at, l.end).is_some()
            {
                return (None, None);
            }
            open_bold = self.s.get(l.clone()).is_some_and(|t| t.matches("**").count() % 2 == 1);
            range = bare(self.s, at..l.end);
        }
        let capitals = self.s.get(range.clone()).is_some_and(is_capitals);
        let mut end = range.end;
        for _ in 0..4 {
            // The line's end, past marks of emphasis.
            let eol = Lines::from(self.s, end).next().map_or(end, |r| r.end.max(end));
            let Some((l, blank)) = next_line(self.s, (eol + 1).min(self.s.len())) else { break };
            let text = self.s.get(l.clone()).unwrap_or("");
            let (at, _) = after_decoration(self.s, &l);
            let continues = open_bold
                || self.s.get(at..).is_some_and(|t| t.starts_with(char::is_lowercase))
                    && !closes(self.s, end)
                || capitals && is_capitals(text) && next_is_heading(self.s, at, l.end);
            if blank && !(open_bold && text.len() < 200) || !continues || text.starts_with('|') {
                break;
            }
            if mark::parse(self.s, at, l.end).is_some() {
                break;
            }
            if text.matches("**").count() % 2 == 1 {
                open_bold = false;
            }
            end = l.end;
            if end - range.start > MAX_HEADING {
                return (None, None);
            }
        }
        let range = bare(self.s, range.start..end);
        let text = self.s.get(range.clone()).unwrap_or("");
        // A heading is short, closes no sentence and holds none.
        let sentence = text.ends_with(['.', ';', ',']) && !is_capitals(text)
            || text.contains(". ") && !is_capitals(text);
        let range = if text.ends_with([':', '.']) { bare(self.s, range.start..range.end - 1) } else { range };
        if range.is_empty() || range.len() > MAX_HEADING || sentence {
            return (None, None);
        }
        let went_on = (end > line.end).then_some(end);
        (Some(range), went_on)
    }
}

/// Rank of an article, below chapters and above numbered clauses.
pub(super) const ARTICLE: u8 = 18;
/// Rank of a table's caption: inside everything.
pub(super) const CAPTION: u8 = 60;

/// The styles whose numbering begins anew below a higher mark.
const DEEPER: &[Style] = &[
    Style::Roman,
    Style::Decimal(1),
    Style::Decimal(2),
    Style::Decimal(3),
    Style::Decimal(4),
    Style::Decimal(5),
    Style::Lower,
    Style::Paren,
];

/// Where the line's own text begins, past Markdown marks (`**`, `##`, `>`), and whether it is set off by them.
fn after_decoration(s: &str, line: &Range<usize>) -> (usize, bool) {
    let b = s.as_bytes();
    let mut at = line.start;
    let first = b.get(at).copied().unwrap_or(0);
    if !matches!(first, b'*' | b'_' | b'#' | b'>' | b'\\') {
        return (at, false);
    }
    // "* Đánh giá" is a list mark, "*Đánh giá*" is emphasis.
    if first == b'*'
        && b.get(at + 1).is_some_and(u8::is_ascii_whitespace)
        && b.get(at + 2).is_some_and(|c| *c != b'*')
    {
        return (at, false);
    }
    while at < line.end
        && b.get(at).is_some_and(|c| matches!(c, b'*' | b'_' | b'#' | b'>' | b'\\' | b' ' | b'\t'))
    {
        at += 1;
    }
    let marks = s.get(line.start..at).unwrap_or("");
    (at, marks.contains("**") || marks.contains('#'))
}

/// The range without white space, marks of emphasis and the colon or dash before a heading.
fn bare(s: &str, range: Range<usize>) -> Range<usize> {
    let piece = s.get(range.clone()).unwrap_or("");
    let front = piece.trim_start_matches(|c| is_space(c) || matches!(c, '*' | '_' | ':' | '-' | '–'));
    let start = range.start + (piece.len() - front.len());
    let back = front.trim_end_matches(|c| is_space(c) || matches!(c, '*' | '_'));
    start..start + back.len()
}

/// Whether the character before `end` closes a sentence.
fn closes(s: &str, end: usize) -> bool {
    s.get(..end).is_some_and(|t| t.trim_end_matches('*').ends_with(['.', ';', ':', '!', '?']))
}

/// Whether a line in capitals can go on a heading in capitals: it is none of the marks itself.
fn next_is_heading(s: &str, at: usize, end: usize) -> bool {
    mark::parse(s, at, end).is_none()
}

/// Whether all letters are capitals, and there are at least three.
pub fn is_capitals(s: &str) -> bool {
    let mut letters = 0;
    for c in s.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 3
}

#[cfg(test)]
mod tests;
