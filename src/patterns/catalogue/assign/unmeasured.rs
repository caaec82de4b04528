//! Figures that measure nothing of their own: thresholds of rules, columns without a heading, numbers of columns, the base
//! of the percentage before.

use super::case::Case;
use crate::record::Indicator;
use crate::record::quantity::{Kind, Role};

impl Case<'_> {
    /// Whether no indicator is looked for.
    pub(super) fn measures_nothing(&self) -> bool {
        let (item, previous) = (self.item, self.head.last());
        let neighbours = [previous, self.next];
        // A threshold of a rule is no value of a place, and nobody knows what a column without a heading holds.
        item.role == Role::Norm
            || in_a_nameless_column(item, neighbours)
            || is_column_number(item, neighbours)
            // "từ 25,6% năm 2005 xuống 14,2%": a name that only says when is no base.
            || is_base_of_previous(item, previous, self.around.since)
                && !self.catalogue.plain(self.query.name, false).all()
    }
}

/// Whether an item stands in a row of several values, in a column that no heading names.
fn in_a_nameless_column(item: &Indicator, neighbours: [Option<&Indicator>; 2]) -> bool {
    let Some(cell) = item.table.as_ref().filter(|t| t.column.is_none()) else { return false };
    let same_row = |n: &Indicator| n.table.as_ref().is_some_and(|t| t.row == cell.row);
    neighbours.into_iter().flatten().any(same_row)
}

/// Whether an amount is only the number of its column, in the line of numbers below the headings: 1, 2, 3, 4.
fn is_column_number(item: &Indicator, neighbours: [Option<&Indicator>; 2]) -> bool {
    // A row with a heading of words is no line of numbers.
    let titled = |i: &Indicator| {
        let row = i.table.as_ref().and_then(|t| t.row.as_deref());
        row.is_some_and(|r| r.chars().filter(|c| c.is_alphabetic()).count() > 1)
    };
    let number = |i: &Indicator| i.text.parse::<i32>().ok().filter(|_| i.table.is_some() && !titled(i));
    let Some(n) = number(item).filter(|_| matches!(item.kind, Kind::Money | Kind::Measure)) else {
        return false;
    };
    let [before, after] = neighbours.map(|i| i.and_then(number));
    before == Some(n - 1) || after == Some(n + 1)
}

/// Whether the name only says what the percentage before was of: "chiếm 28% tổng kim ngạch xuất khẩu, tăng 14,3%" does
/// not say that exports grew. `since` is all that stands since the item before, in the same sentence.
fn is_base_of_previous(item: &Indicator, previous: Option<&Indicator>, since: &str) -> bool {
    let (Some(name), Some(previous), Some(sentence)) = (item.name.as_deref(), previous, &item.sentence)
    else {
        return false;
    };
    let together = previous.kind == Kind::Percentage && previous.span[1] > sentence.span[0];
    together && !name.is_empty() && since.trim_start_matches([' ', '\n', '\u{a0}']).starts_with(name)
}
