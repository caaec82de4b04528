//! Stage 5, cells: the name of what a cell measures, and whose it is.
//!
//! A name is what one would say, at most about twelve words: "Diện tích lúa" of "Huyện Lập Thạch", never all headings of
//! a table strung together.

use smol_str::{SmolStr, format_smolstr};

use super::sheet::{Naming, Sheet};
use crate::patterns::tables::says;
use crate::structure::table::{Mark, RowKind};

/// Most words of a name.
const WORDS: usize = 12;
/// A part of the row above with more words of its own names itself.
const CHILD_WORDS: usize = 4;

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The headings of a column as one name: outer before inner while that is short enough.
pub(super) fn join(parts: &[&SmolStr], headed: bool) -> Option<SmolStr> {
    let mut said: Vec<&SmolStr> = Vec::new();
    for part in parts {
        if !said.iter().any(|s| s.to_lowercase() == part.to_lowercase()) {
            said.push(part);
        }
    }
    let mut name: SmolStr = (*said.last()?).clone();
    for outer in said.iter().rev().skip(1) {
        if name.to_lowercase().starts_with(&outer.to_lowercase()) {
            continue;
        }
        if words(&name) + words(outer) > WORDS {
            // "Định mức" over the long name of a law: the outer one measures.
            if headed {
                let short = words(&name) <= 2;
                name = if short { format_smolstr!("{outer} {name}") } else { (*outer).clone() };
            }
            break;
        }
        name = format_smolstr!("{outer} {name}");
    }
    Some(name)
}

/// Two pieces of a name, if they are short enough together.
pub(super) fn both(outer: &SmolStr, inner: &SmolStr) -> SmolStr {
    if outer.is_empty() || inner.is_empty() {
        return if inner.is_empty() { outer.clone() } else { inner.clone() };
    }
    let (whole, part) = (outer.to_lowercase(), inner.to_lowercase());
    match () {
        () if whole.contains(&part) => outer.clone(),
        // "Thu nội địa" under "Thu ngân sách": a name that says what it is a part of.
        () if words(inner) > 1 && whole.split_whitespace().next() == part.split_whitespace().next() => {
            inner.clone()
        }
        () if part.starts_with(&whole) => inner.clone(),
        () if words(outer) + words(inner) > WORDS => outer.clone(),
        () => format_smolstr!("{outer} {inner}"),
    }
}

/// A part's name with that of its whole, which goes without its brackets where both are too long; the part is never left out.
fn child_of(whole: &SmolStr, part: &SmolStr) -> SmolStr {
    let name = both(whole, part);
    if name != *whole || part.is_empty() || whole.to_lowercase().contains(&part.to_lowercase()) {
        return name;
    }
    let mut plain = String::with_capacity(whole.len());
    let mut depth = 0usize;
    for c in whole.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain: Vec<&str> = plain.split_whitespace().collect();
    format_smolstr!("{} {part}", plain.join(" "))
}

impl Sheet<'_> {
    /// What stands over the whole table: the corner, the section, the caption.
    fn measure(&self, row: usize) -> Option<SmolStr> {
        let line = self.rows.get(row)?;
        let section = self.above(line).find(|l| l.kind == RowKind::Section && l.said.head);
        section
            .map(|l| l.said.name.clone())
            .or_else(|| self.corner_measure().cloned())
            .or_else(|| self.caption.measure.clone())
    }

    /// The name that a row gives: its label, completed by the row above where it is a part of that.
    fn row_name(&self, row: usize) -> Option<SmolStr> {
        let line = self.rows.get(row)?;
        let label = Some(&line.said.name)
            .filter(|n| !n.is_empty())
            .or(Some(&line.said.text))
            .filter(|n| !n.is_empty())?;
        if line.said.total() || line.said.only_unit {
            return self.measure(row).or_else(|| Some(label.clone()));
        }
        let mark = self.table.marks.get(row).copied().unwrap_or_default();
        let child = line.said.part || matches!(mark, Mark::Dash | Mark::Plus);
        let weak = line.said.has(says::WEAK) && line.said.own == 0;
        let above = self.above(line).find(|l| !l.said.text.is_empty());
        let part = |l: &&super::sheet::Line| {
            let short = line.said.own <= CHILD_WORDS || same_unit(l, line);
            weak || (child && short || line.said.own <= 2) && !line.said.head
        };
        if let Some(above) = above.filter(part) {
            let measures = above.said.head || above.group || above.kind != RowKind::Section || child || weak;
            if measures && !above.said.total() && above.said.place.is_none() {
                return Some(child_of(&above.said.name, label));
            }
        }
        if weak {
            return Some(self.measure(row).map_or_else(|| label.clone(), |m| both(&m, label)));
        }
        Some(label.clone())
    }

    /// "Lúa", "Ngô" under a caption "Diện tích gieo trồng": the caption completes what the column names.
    pub(super) fn completes(&self, row: usize, col: &super::sheet::Col) -> bool {
        let short = |m: &SmolStr| words(m) + col.name.as_deref().map_or(0, words) <= WORDS;
        self.naming == Naming::Columns
            && col.strong
            && !col.path.iter().any(|p| p.head)
            && col.unit.is_none()
            && col.counts.is_none()
            && self.measure(row).is_some_and(|m| short(&m))
    }

    /// What the cell of a row and column measures.
    pub(super) fn name(&self, row: usize, column: usize) -> Option<SmolStr> {
        let (line, col) = (self.rows.get(row)?, self.columns.get(column)?);
        let named = match self.naming {
            Naming::Rows => {
                let name = self.row_name(row);
                // "Lúa" under "Diện tích" and "Sản lượng": both sides name.
                match (&name, &col.name) {
                    (Some(name), Some(own)) if col.strong && !col.compares && !line.said.head => {
                        Some(both(own, name))
                    }
                    (None, Some(own)) => Some(own.clone()),
                    _ => name,
                }
            }
            Naming::Caption if line.said.head || line.said.unit.is_some() && !line.said.only_unit => {
                self.row_name(row)
            }
            Naming::Caption => {
                let measure = self.measure(row);
                let place = self.bodies
                    || line.said.place.is_some()
                    || line.said.body
                    || line.said.total()
                    || line.said.text.is_empty();
                match measure {
                    Some(measure) if place || self.corner_measure().is_some() => Some(measure),
                    Some(measure) => Some(both(&measure, &line.said.name)),
                    None if place => self.caption.title.clone().or_else(|| col.name.clone()),
                    None => self.row_name(row),
                }
            }
            Naming::Columns if col.strong => match self.measure(row) {
                Some(measure) if self.completes(row, col) => {
                    Some(both(&measure, &col.name.clone().unwrap_or_default()))
                }
                _ => col.name.clone(),
            },
            Naming::Columns => {
                let weak = col.name.clone().unwrap_or_default();
                match self.measure(row) {
                    Some(measure) => Some(both(&measure, &weak)),
                    None if line.said.head => self.row_name(row),
                    None if !weak.is_empty() => Some(weak),
                    None => {
                        let over = col.path.last().map(|p| p.text.clone()).filter(|t| !t.is_empty());
                        self.caption.title.clone().or(over).or_else(|| self.row_name(row))
                    }
                }
            }
        };
        named
            .filter(|n| !n.is_empty())
            .or_else(|| col.path.last().map(|p| p.text.clone()).filter(|t| !t.is_empty()))
            .or_else(|| self.row_name(row))
    }

    /// Whose figure the cell of a row and column is.
    pub(super) fn scope(&self, row: usize, column: usize) -> Option<SmolStr> {
        let (line, col) = (self.rows.get(row)?, self.columns.get(column)?);
        let label = Some(&line.said.text).filter(|t| !t.is_empty() && !line.said.total());
        let time = line.said.when.is_some() && line.said.own == 0;
        let whose = line.said.place.is_some() || line.said.body;
        // "Tỉnh" beside "Trung ương" under "Kế hoạch (triệu đồng)" is a level, under "Số lượng" what is counted.
        let unit = line.said.only_unit && col.unit.is_none();
        let of_row = match self.naming {
            Naming::Columns => label.filter(|_| !time && !unit),
            Naming::Caption if line.said.head && !whose => None,
            Naming::Caption => label.filter(|_| !time && !unit),
            Naming::Rows => label.filter(|_| whose),
        };
        let above = || {
            let whose = |l: &&super::sheet::Line| l.said.place.is_some() || l.said.body;
            self.above(line).find(whose).map(|l| &l.said.text)
        };
        // "Trong đó: - Trung ương": whose part it is.
        let part = of_row.filter(|_| line.said.part && !line.said.name.is_empty()).map(|_| &line.said.name);
        part.or(of_row).or(col.scope.as_ref()).or_else(above).map(short)
    }
}

/// Whether two rows are measured in the same unit.
fn same_unit(a: &super::sheet::Line, b: &super::sheet::Line) -> bool {
    let name = |l: &super::sheet::Line| l.unit.as_ref().map(|u| (u.name.clone(), u.factor));
    name(a) == name(b)
}

/// A label without its explanation in brackets.
fn short(text: &SmolStr) -> SmolStr {
    match text.find(" (") {
        Some(at) if words(text) > WORDS => SmolStr::new(text.get(..at).unwrap_or(text)),
        _ => text.clone(),
    }
}
