//! The year that a figure is about, for indicators whose edition changes with the years.

use crate::record::quantity::Role;
use crate::record::{Day, Indicator, Metadata};

/// The years of a document.
pub(super) struct Years {
    /// The one that a figure without its own period is about.
    assessed: Option<i32>,
    /// The one in which it was issued.
    issued: Option<i32>,
}

impl Years {
    /// The years that a document's own data say.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let written = || metadata.issue_edtf.as_deref().and_then(year);
        Self { assessed: assessed(metadata), issued: metadata.issue_date.map(year_of).or_else(written) }
    }

    /// The year of an item. An aim for a later year is measured as the document knows it.
    pub(super) fn of_item(&self, item: &Indicator) -> Option<i32> {
        let own = item.period.as_ref().map(|p| year_of(p.start));
        let issued = self.issued.filter(|_| item.role == Role::Target);
        own.map(|y| issued.map_or(y, |i| y.min(i))).or(self.assessed)
    }
}

/// The reported year, else the one before the issue, since indices of a year come out in the next.
fn assessed(m: &Metadata) -> Option<i32> {
    let issued = || m.issue_date.map(|day| year_of(day) - 1);
    m.period.as_ref().map(|p| year_of(p.start)).or_else(issued)
}

fn year_of(day: Day) -> i32 {
    day.year().into()
}

fn year(iso: &str) -> Option<i32> {
    iso.get(..4)?.parse().ok()
}
