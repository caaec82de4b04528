//! The outline, step by step: each line opens a part, goes on the one before, or belongs to a stretch without marks.

use std::ops::Range;

use super::heading::after_decoration;
use super::place::{Before, DEEPER, STYLES, rank as rank_of, slot};
use super::{Outline, Skip};
use crate::patterns::sections::{ARTICLE, CAPTION, SectionRules, UnitAt};
use crate::record::SectionKind;
use crate::structure::mark::{self, Mark, Path, Style};
use crate::words::lines::{Lines, trim};

/// Deepest nesting; further marks become siblings.
const MAX_DEPTH: usize = 24;

#[derive(Debug)]
pub(super) struct OpenPart {
    index: usize,
    rank: u8,
}

/// The walk over the lines of a text.
pub(super) struct Walk<'t> {
    pub(super) s: &'t str,
    pub(super) rules: &'t SectionRules,
    pub(super) out: Vec<Outline>,
    stack: Vec<OpenPart>,
    /// The last number accepted of every style.
    pub(super) last: [Option<Path>; STYLES],
    pub(super) previous: Option<Range<usize>>,
    previous_marked: bool,
    /// End of the last line with content.
    pub(super) end: usize,
}

impl<'t> Walk<'t> {
    pub(super) fn new(s: &'t str, rules: &'t SectionRules) -> Self {
        Self {
            s,
            rules,
            out: Vec::new(),
            stack: Vec::new(),
            last: [None; STYLES],
            previous: None,
            previous_marked: false,
            end: 0,
        }
    }

    pub(super) fn run(&mut self, skip: &[Skip]) {
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
    fn stretch(&mut self, kind: SectionKind, range: Range<usize>) {
        if kind != SectionKind::Table {
            self.close_to(if matches!(kind, SectionKind::Header | SectionKind::Title) { 0 } else { 2 });
        }
        if kind == SectionKind::Table
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
        kind: SectionKind,
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

    /// A list mark that was accepted.
    fn list(&mut self, mark: Mark, line: &Range<usize>) -> Option<usize> {
        let mut rank = rank_of(mark.style);
        // Under an article everything numbered is inside it.
        let in_article = self.stack.iter().any(|p| p.rank == ARTICLE);
        let kind = match mark.style {
            Style::Footnote => SectionKind::Footnote,
            Style::Decimal(1) if in_article => SectionKind::Clause,
            Style::Upper | Style::Roman | Style::Decimal(_) => SectionKind::Section,
            Style::Lower | Style::Paren => SectionKind::Point,
            Style::Star | Style::Dot | Style::Dash | Style::Plus => SectionKind::Bullet,
        };
        if in_article && matches!(mark.style, Style::Upper | Style::Roman) {
            rank = ARTICLE + 1;
        }
        let (heading, went_on) = if kind == SectionKind::Bullet || kind == SectionKind::Footnote {
            (None, None)
        } else {
            self.heading(mark.label.end, line, false, mark.style == Style::Roman)
        };
        self.open(kind, rank, Some(mark.label.clone()), heading, mark.label.start..line.end);
        if let Some(slot) = self.last.get_mut(slot(mark.style)) {
            *slot = Some(mark.path);
        }
        // Deeper lists begin anew.
        for &deeper in DEEPER.iter().filter(|&&d| rank_of(d) > rank && slot(d) != slot(mark.style)) {
            if let Some(last) = self.last.get_mut(slot(deeper)) {
                *last = None;
            }
        }
        went_on
    }

    /// A unit opened by a word: Chương, Điều, Phụ lục, Bảng.
    fn unit(&mut self, unit: UnitAt, line: &Range<usize>, blank: bool, bold: bool) -> Option<usize> {
        let wrapped = !blank && !bold && matches!(self.before(blank, false), Before::Joins | Before::Open);
        if wrapped && !unit.capitals {
            return None;
        }
        let rank = unit.rank;
        let own_line = Lines::from(self.s, unit.label.end).next().is_some_and(|r| r.is_empty());
        let head_line = if unit.label.end > line.end { unit.label.end..unit.label.end } else { line.clone() };
        let (heading, went_on) = self.heading(unit.label.end, &head_line, own_line, false);
        let (heading, went_on) =
            if unit.kind == SectionKind::Table && own_line { (None, None) } else { (heading, went_on) };
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
                matches!(o.kind, SectionKind::Appendix | SectionKind::Attachment)
                    && line.start.saturating_sub(o.range.start) < 600
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
        self.open(SectionKind::Attachment, 2, None, title, start..line.end);
        self.last = [None; STYLES];
    }
}
