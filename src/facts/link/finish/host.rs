//! What was received, whoever received it: "thành phố Hạ Long đón 4,86 triệu lượt khách".

use smol_str::{SmolStr, format_smolstr};

use super::is_among;
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::rank;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

/// Most words of "đón và phục vụ".
const RECEIVES: usize = 4;

impl Linker<'_, '_> {
    /// "riêng quý III tỉnh đón 248 nghìn lượt khách", "Hà Nội đón 1,6 triệu lượt khách": what was received, whatever the sentence
    /// began with, where the receiver is a place.
    pub(in crate::facts::link) fn received(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|u| u.contains(' ') && item.kind == Kind::Count)?;
        let at = self.without_bound(item.tokens.start);
        let own = self.own_start(item.tokens.start, place);
        let words = (1..=RECEIVES).filter(|n| at >= own + n);
        let (n, verb) = words
            .map(|n| (n, one_line(self.work.words(at - n..at))))
            .filter(|(_, verb)| is_among(&self.clauses.receives, verb))
            .last()?;
        let verb = verb.to_lowercase();
        let comma = (own..at - n).rev().find(|&i| self.work.is(i, ','));
        let mut host = comma.map_or(own, |i| i + 1)..at - n;
        // "riêng quý III tỉnh": when, and of which part.
        while host.start < host.end && (self.in_date(host.start) || self.part_word(host.start)) {
            host.start += 1;
        }
        let said = one_line(self.work.words(host.clone()));
        let is_host = said.is_empty()
            || self.clauses.hosts.iter().any(|h| *h == said.to_lowercase())
            || host.len() > 1 && rank::is_proper(&said)
            || self.is_hollow(&host, true);
        (is_host && item.cell.is_none()).then(|| format_smolstr!("{verb} {unit}"))
    }

    fn part_word(&self, i: usize) -> bool {
        self.clauses.subject_leads.at(&self.work.tokens, i).is_some()
            || self.work.patterns.frames.member_leads.before(&self.work.tokens, i + 1).is_some()
    }

    /// "thành phố Hạ Long đón 4,86 triệu lượt khách": who received them is no part of what is counted.
    pub(super) fn without_host(&self, item: &mut Found) {
        let Some((name, unit)) = item.name.as_deref().zip(item.unit.as_deref()) else { return };
        if item.kind != Kind::Count || item.cell.is_some() || !unit.contains(' ') {
            return;
        }
        let ends =
            |v: &&String| name.strip_suffix(v.as_str()).is_some_and(|r| r.is_empty() || r.ends_with(' '));
        // "Du lịch biển đón 4,6 triệu lượt khách" says which.
        let hosted = |v: &&String| {
            let host = name.strip_suffix(v.as_str()).unwrap_or_default().trim_end().to_lowercase();
            host.is_empty() || self.clauses.hosts.iter().any(|h| host.starts_with(h.as_str()))
        };
        let verb = self.clauses.receives.iter().filter(ends).max_by_key(|v| v.len()).filter(hosted);
        if let Some(verb) = verb {
            item.name = Some(format_smolstr!("{verb} {unit}"));
        }
    }
}
