//! Stage 5, cells: the units that the note over a table gives to measures by name.
//!
//! "Đơn vị tính: diện tích: ha; năng suất: tạ/ha": the columns and rows of that name have it, unless a heading says
//! another.

use smol_str::SmolStr;

use super::Sheet;
use crate::facts::cells::unit::Unit;

impl Sheet<'_> {
    /// Gives the note's units to the headings without one.
    pub(super) fn find_units(&mut self) {
        let units = std::mem::take(&mut self.caption.units);
        if units.is_empty() {
            return;
        }
        for col in self.columns.iter_mut().filter(|c| c.unit.is_none()) {
            col.unit = col.path.iter().rev().find_map(|p| of(&units, &p.text));
        }
        for line in self.rows.iter_mut().filter(|l| l.unit.is_none() && l.said.unit.is_none()) {
            line.unit = of(&units, &line.said.text);
        }
    }
}

/// The unit of the longest name that a heading begins with.
fn of(units: &[(String, Unit)], heading: &SmolStr) -> Option<Unit> {
    let text = heading.to_lowercase();
    let begins =
        |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let named = units.iter().filter(|(name, _)| begins(name));
    named.max_by_key(|(name, _)| name.len()).map(|u| u.1.clone())
}
