//! Where a document belongs: province, district and commune, by what issuer, place, title, signature and text say.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::scan::Scan;
use super::{Header, forth};
use crate::patterns::header::HeaderRules;
use crate::patterns::place::{Basis, Located, Places};
use crate::structure::section::SectionRules;

/// How much of the running text is looked at for the province when head and foot name none.
const BODY: usize = 60_000;

impl Header {
    /// Province, district and commune from issuer, place, header, signature, text.
    pub(super) fn locate(
        &mut self,
        s: &str,
        scan: &Scan,
        rules: &HeaderRules,
        places: &Places,
        sections: &SectionRules,
    ) {
        let date = self.reading_date(scan);
        let m = &self.metadata;
        let issuer = m.issuer.clone().unwrap_or_default();
        let parent = m.issuer_parent.clone().unwrap_or_default();
        let bodies = format!("{issuer}\n, {parent}");
        let mut evidence: Vec<(Basis, &str)> = vec![(Basis::Issuer, bodies.as_str())];
        // Documents of the centre belong to no province, though they are given in Hà Nội; and so it is said of a
        // document without a readable issuer.
        let by_symbol = || issuer.is_empty() && m.symbol.as_deref().is_some_and(|s| rules.is_central(s));
        let central = rules.central.opens(&issuer) || rules.central.opens(&parent) || by_symbol();
        self.central = central;
        let m = &self.metadata;
        let place = m.place.clone().unwrap_or_default();
        let capital = places.province_named(&place, None).is_some_and(|p| rules.words.capital.has(&p.name));
        if !central && (!capital || !issuer.is_empty()) {
            evidence.push((Basis::Place, place.as_str()));
        }
        let addressed = m.addressees.join("\n, ");
        let of = |range: &Option<Range<usize>>| range.clone().and_then(|r| s.get(r)).unwrap_or("");
        if !central {
            evidence.push((Basis::Header, of(&self.subject_range)));
            evidence.push((Basis::Header, addressed.as_str()));
            evidence.push((Basis::Signature, of(&self.frame.closing)));
        }
        let mut located = places.locate(&evidence, date.as_deref());
        if located.province.is_none() && !central {
            // Related links of a web page speak of other places.
            let (top, tail) = sections.boilerplate(s);
            let end = tail.map_or(s.len(), |t| t.start);
            let start = top.map_or(0, |t| t.end);
            let body = s.get(start..forth(s, start, BODY).min(end)).unwrap_or("");
            located.province = places.locate(&[(Basis::Text, body)], date.as_deref()).province;
        }
        let Located { province, district, commune } = located;
        self.metadata.province = province;
        self.metadata.district = district;
        self.metadata.commune = commune;
    }

    /// The day at which names are read: the date of issue, or what of it is written.
    fn reading_date(&self, scan: &Scan) -> Option<SmolStr> {
        if let Some(date) = self.metadata.issue_date {
            return Some(date.iso());
        }
        if let Some((_, _, day)) = &scan.date
            && let Some(year) = day.year
        {
            return match day.month {
                Some(month) => Some(format_smolstr!("{year:04}-{month:02}-15")),
                // Provinces were merged in the middle of 2025: the year alone says nothing there.
                None => (year != 2025).then(|| format_smolstr!("{year:04}-06-30")),
            };
        }
        let year = self.number_year?;
        (year != 2025).then(|| format_smolstr!("{year}-06-30"))
    }
}
