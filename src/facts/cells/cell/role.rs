//! Stage 5, cells: what a figure of a table is to its report, and which side says so.
//!
//! "TH 2023" over it tells what was reached, a year to come what is aimed at, "Danh mục dự án kêu gọi đầu tư" a plan.

use super::CellReader;
use crate::claim::indicator::{Kind, Role};
use crate::facts::cells::sheet::{Col, Line};
use crate::facts::cells::when::When;
use crate::patterns::tables::says;
use crate::structure::table::RowKind;

/// A role and the side that gave it.
type Given = (Role, &'static str);

impl CellReader<'_, '_, '_> {
    /// The role of a figure: as its column says, as growth of its row, else by time, row, caption and document.
    pub(super) fn role(&self, line: &Line, col: &Col, when: Option<&When>, kind: Kind) -> Given {
        let later = when.zip(self.context.year).is_some_and(|(w, year)| i32::from(w.end.year()) > year);
        let grows = self.grows(line, kind);
        let rules = self.only_rules();
        let told = |r: &Role| *r != Role::Norm && !((later || rules) && *r == Role::Actual);
        match col.role.filter(told) {
            Some(Role::Actual) if grows => (Role::Change, "cell.column"),
            Some(role) => (role, "cell.column"),
            // A growth of a year to come is aimed at.
            None if later => (Role::Target, "cell.time"),
            None if grows => (Role::Change, "cell.row"),
            None => self.untold_role(line, col, when),
        }
    }

    /// The role of a figure whose column does not tell it.
    fn untold_role(&self, line: &Line, col: &Col, when: Option<&When>) -> Given {
        let words = self.scan.words;
        let past = when.zip(self.context.date).is_some_and(|(w, date)| w.end.iso().as_str() <= date);
        let is_plan = |l: &Line| l.said.has(says::TARGET) && l.said.own == 0;
        let planned = is_plan(line) || self.sheet.above(line).any(is_plan);
        let norm =
            col.role == Some(Role::Norm) || (line.said.first | self.sheet.caption.says) & says::NORM != 0;
        match () {
            () if self.sheet.caption.calls => (Role::Target, "cell.caption"),
            () if planned => (Role::Target, "cell.row"),
            () if norm => (Role::Norm, "cell.heading"),
            () if self.only_rules() => (Role::Norm, "document"),
            () if past => (Role::Actual, "cell.time"),
            () if self.is_of(&words.plan_types) => (Role::Target, "document"),
            () if self.is_of(&words.norm_types) => (Role::Norm, "document"),
            () => (Role::Actual, "document"),
        }
    }

    /// Whether a row tells of growth. Below "Tốc độ tăng giá trị sản xuất" shares grow; what is in dollars or tonnes has a
    /// measure of its own.
    fn grows(&self, line: &Line, kind: Kind) -> bool {
        let mut sections = self.sheet.above(line).filter(|l| l.kind == RowKind::Section);
        line.said.first & says::CHANGE != 0
            || kind == Kind::Percentage && sections.any(|l| l.said.first & says::CHANGE != 0)
    }

    /// A document that only rules tells no results.
    fn only_rules(&self) -> bool {
        let words = self.scan.words;
        self.is_of(&words.norm_types) && !self.is_of(&words.norm_with_results)
    }

    /// Whether the document is of one of some types.
    fn is_of(&self, types: &[String]) -> bool {
        self.context.doc_type.is_some_and(|code| types.iter().any(|t| t == code))
    }
}
