//! One figure, and the ways to the indicator that it may be, the surest first.

use super::around::{Around, sentence_before};
use super::behind::past_name;
use crate::patterns::catalogue::topic::{self, Lead};
use crate::patterns::catalogue::{Catalogue, Entry, Query, Scratch};
use crate::patterns::labels::labels;
use crate::record::quantity::{Bound, Kind, Role};
use crate::record::{Basis, Indicator, Metadata, Section};

/// A figure with what is known of it.
pub(super) struct Case<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) metadata: &'c Metadata,
    pub(super) sections: &'c [Section],
    pub(super) item: &'c Indicator,
    /// The figures before it.
    pub(super) head: &'c [Indicator],
    /// The figure behind it.
    pub(super) next: Option<&'c Indicator>,
    pub(super) around: Around<'c>,
    pub(super) query: Query<'c>,
    /// It is what something adds to a whole.
    pub(super) contributes: bool,
}

/// What the catalogue is asked about a figure.
pub(super) fn query<'q>(item: &'q Indicator, around: &Around<'q>, year: Option<i32>) -> Query<'q> {
    let per = item.per.as_deref();
    Query {
        behind: around.behind,
        limit: !matches!(item.bound, Bound::Exact | Bound::About),
        below: matches!(item.bound, Bound::LessThan | Bound::AtMost),
        per: per.unwrap_or(""),
        yearly: item.kind == Kind::Percentage && per == Some(&labels().catalogue.year),
        kind: item.kind,
        unit: item.unit.as_deref(),
        role: item.role,
        name: item.name.as_deref().unwrap_or(""),
        named: item.table.is_some(),
        before: around.before,
        after: around.after,
        year,
    }
}

impl<'c> Case<'c> {
    /// The indicator that the figure is, but for what is set against others.
    pub(super) fn found(&self, scratch: &mut Scratch) -> Option<&'c Entry> {
        let found = if self.measures_nothing() { None } else { self.candidate(scratch) };
        let found = found.map(|e| self.turned(e)).or_else(|| self.contribution(scratch));
        found.filter(|e| self.fits(e))
    }

    /// The first indicator that one of the ways leads to.
    fn candidate(&self, scratch: &mut Scratch) -> Option<&'c Entry> {
        let (catalogue, item, around) = (self.catalogue, self.item, &self.around);
        let (head, after) = (self.head, around.after);
        catalogue
            .following(item, head, around.since, after)
            .or_else(|| catalogue.find(&self.query, scratch))
            .or_else(|| self.named(&row_path(item)?, scratch))
            .or_else(|| self.governed())
            .or_else(|| self.aimed_growth(scratch))
            .or_else(|| catalogue.of_value(item, head, after))
            .or_else(|| {
                let since = past_name(head.last(), around.since);
                catalogue.carried(&self.query, item, head, since, after)
            })
            .or_else(|| self.reckoned_by(scratch))
    }

    /// The indicator of the figure under another name.
    pub(super) fn named(&self, name: &str, scratch: &mut Scratch) -> Option<&'c Entry> {
        self.catalogue.find(&Query { name, ..self.query }, scratch)
    }

    /// "tổng điểm", "thứ hạng": of what, the words above say.
    fn governed(&self) -> Option<&'c Entry> {
        if is_of_a_thing(self.item) {
            return None;
        }
        let mut lead = self.lead();
        lead.above.splice(0..0, sentence_before(self.item, self.head.last()));
        self.catalogue.governed(&self.query, &lead)
    }

    /// "phấn đấu tăng 8%" aims at a growth.
    fn aimed_growth(&self, scratch: &mut Scratch) -> Option<&'c Entry> {
        let grows = self.item.direction.is_some() && self.item.role == Role::Target;
        let growth = Query { role: Role::Change, ..self.query };
        grows.then(|| self.catalogue.find(&growth, scratch)).flatten()
    }

    /// "8,5 bác sĩ/vạn dân", "thu nhập đạt 25 triệu đồng/người/năm": the unit says what it is reckoned by.
    fn reckoned_by(&self, scratch: &mut Scratch) -> Option<&'c Entry> {
        let per = self.item.per.as_deref()?;
        let head = match self.item.kind {
            Kind::Money => self.query.name,
            _ => self.item.unit.as_deref().filter(|_| per.contains(' '))?,
        };
        self.named(&format!("{head} {per}"), scratch)
    }

    /// What governs the figure: its sentence, its table, the headings above, the title.
    pub(super) fn lead(&self) -> Lead<'c> {
        topic::lead(self.item, self.sections, self.metadata, self.around.lead, self.around.rest)
    }
}

/// "Giá trị sản xuất các ngành" with "Nông, lâm nghiệp" below it: the headings of a row below one another, where the outer
/// one is the name; nothing where the inner one is a place.
fn row_path(item: &Indicator) -> Option<String> {
    let cell = item.table.as_ref().filter(|t| t.rows.len() > 1)?;
    let (name, row) = (item.name.as_deref()?, cell.rows.last()?);
    let of_place = item.place.as_ref().is_some_and(|p| p.basis == Basis::Text);
    let outer = cell.rows.iter().rev().skip(1).any(|r| r.contains(name) || name.contains(r.as_str()));
    (outer && !of_place && !name.contains(row.as_str())).then(|| format!("{name} {row}"))
}

/// Whether a cell's row is some thing that it tells of, and no place: the column alone does not say what is measured.
fn is_of_a_thing(item: &Indicator) -> bool {
    let titled = item.table.as_ref().is_some_and(|t| t.row.is_some());
    let said = item.table.as_ref().and_then(|t| t.row.as_deref()) == item.name.as_deref();
    titled && !said && item.place.as_ref().is_none_or(|p| p.basis != Basis::Text)
}
