//! What a bare count takes from the counts around it: "trộm cắp tài sản 5 vụ, 7 đối tượng".

use smol_str::format_smolstr;

use crate::claim::indicator::{Found, Kind};
use crate::facts::link::{Linker, Place};
use crate::words::{lower_first, one_line};

impl Linker<'_, '_> {
    /// "6 trung tâm với tổng số 168.420 học sinh": what is counted with the words of the total.
    pub(super) fn with_total(&self, item: &mut Found) {
        let Some(unit) = item.unit.as_deref().filter(|u| u.contains(' ') && item.name.is_some()) else {
            return;
        };
        if let Some(total) = self.total_before(item).filter(|_| item.cell.is_none()) {
            item.name = Some(format_smolstr!("{} {unit}", one_line(self.work.words(total))));
        }
    }

    /// "Lũy kế xảy ra 96 vụ" below "Tai nạn giao thông: xảy ra 11 vụ": what only counts takes the name of what was counted so before.
    pub(super) fn not_bare(&self, item: &mut Found, place: &Place<'_>) {
        let bare = item.kind == Kind::Count
            && item.name.is_some()
            && item.name == item.unit
            && (self.is_one_of(item, &self.words.classifiers) || self.is_one_of(item, &self.words.generic));
        // "điểm đen dốc Cổng Trời đã xảy ra 6 vụ": where they happened is not what they are.
        let at = self.without_bound(item.tokens.start);
        let happened = self.clauses.occurs.before(&self.work.tokens, at).is_some();
        let bare = bare || happened && self.is_bare_case(item);
        let known = |p: &&Found| p.name.is_some() && p.name != item.unit;
        let named =
            [place.alike.filter(|p| p.unit == item.unit), place.counted].into_iter().flatten().find(known);
        if let Some(named) = named.filter(|_| bare && item.cell.is_none() && !self.counts_all(item)) {
            item.name.clone_from(&named.name);
            item.why.name = "name.previous";
        }
    }

    /// "6 vụ" whose name has none of it.
    fn is_bare_case(&self, item: &Found) -> bool {
        let unit = item.unit.as_deref().unwrap_or_default();
        let named = item.name.as_deref().is_some_and(|n| n.split(' ').any(|w| w.eq_ignore_ascii_case(unit)));
        item.kind == Kind::Count && self.clauses.cases.iter().any(|case| case == unit) && !named
    }

    /// "trộm cắp tài sản 5 vụ, 7 đối tượng": who stands behind the cases is who they are of.
    pub(super) fn of_cases(&self, item: &mut Found, place: &Place<'_>) {
        let is_one = |unit: Option<&str>, list: &[String]| unit.is_some_and(|u| list.iter().any(|w| w == u));
        let bare = item.kind == Kind::Count && item.cell.is_none() && item.name == item.unit;
        if !bare || !is_one(item.unit.as_deref(), &self.clauses.case_persons) {
            return;
        }
        let cases = place.previous.filter(|p| {
            let comma = self.work.is(p.tokens.end, ',') && p.tokens.end + 1 == item.tokens.start;
            p.kind == Kind::Count && comma && is_one(p.unit.as_deref(), &self.clauses.cases)
        });
        let Some((of, unit)) = cases.and_then(|p| p.name.as_deref()).zip(item.unit.as_deref()) else {
            return;
        };
        let case = |word: &&str| self.clauses.cases.iter().any(|c| c == word);
        let of = of.split(' ').filter(|w| !case(w)).collect::<Vec<_>>().join(" ");
        if !of.is_empty() {
            item.name = Some(format_smolstr!("{unit} {}", lower_first(&of)));
            item.why.name = "name.of_cases";
        }
    }
}
