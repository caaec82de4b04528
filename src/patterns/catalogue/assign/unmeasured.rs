//! Figures that measure nothing of their own: thresholds of rules, columns without a heading, numbers of columns, the base
//! of the percentage before, and what belongs to a subject that no indicator counts.
//!
//! "5 phiên chợ có doanh thu 16 tỷ đồng, thu hút 12.000 lượt khách": the money and the visitors are those of the markets.

use super::case::Case;
use super::sentence::same_sentence;
use crate::patterns::catalogue::Entry;
use crate::record::Indicator;
use crate::record::quantity::{Kind, Role};

/// Most words of a name that says nothing without the subject of its clause: "thu hút lượt khách".
const OF_SUBJECT: usize = 4;

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

    /// Whether the figure belongs to what the one before counts, which is no indicator's; `goes_on` says that the one before
    /// belongs to such a subject itself.
    pub(super) fn is_of_another(&self, found: Option<&Entry>, goes_on: bool) -> bool {
        let item = self.item;
        let same = |p: &&_| item.table.is_none() && same_sentence(p, item);
        let Some(prior) = self.head.last().filter(same) else { return false };
        let since = self.around.since;
        let parted = since.contains([';', ':', '(']);
        let comma = since.contains(',');
        let counted = prior.kind == Kind::Count && prior.indicator.is_none() && !parted && !comma;
        // Without an indicator of its own the sum still says whose both are.
        let Some(entry) = found else { return counted && item.kind == Kind::Money };
        let bare = item.name.as_deref().is_none_or(|n| n.split(' ').count() <= OF_SUBJECT);
        let subject = prior.name.as_deref().unwrap_or_default();
        let same = goes_on && comma && !parted;
        bare && (same || counted && !self.catalogue.accounts_for(entry, subject, ""))
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
        row.is_some_and(|r| r.chars().filter(|c| c.is_alphabetic()).nth(1).is_some())
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
