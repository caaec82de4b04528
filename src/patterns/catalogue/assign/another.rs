//! Figures that belong to a subject of another kind.
//!
//! "5 phiên chợ có doanh thu 16 tỷ đồng, thu hút 12.000 lượt khách": the money and the visitors are those of the markets.

use super::case::Case;
use super::same_sentence;
use crate::patterns::catalogue::Entry;
use crate::record::quantity::Kind;

/// Most words of a name that says nothing without the subject of its clause: "thu hút lượt khách".
const OF_SUBJECT: usize = 4;

impl Case<'_> {
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
