//! Who acts is no part of what is counted or paid: "Sở Tài chính ứng 750 triệu đồng sơn kẻ vạch" measures "ứng sơn kẻ vạch".

use smol_str::{SmolStr, format_smolstr};

use crate::claim::indicator::{Found, Kind};
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

/// Most words of who acts.
const AGENT: usize = 12;
/// Most words of what a sum was for.
const PURPOSE: usize = 8;
/// Most words of a verb that says nothing without it: "đã dành".
const VERB: usize = 3;

impl Linker<'_, '_> {
    /// Takes who acts off a name, and gives a sum with a bare verb what it was for.
    pub(super) fn without_agent(&self, item: &mut Found, place: &Place<'_>) {
        let acts = matches!(item.kind, Kind::Count | Kind::Money | Kind::Measure) && item.cell.is_none();
        let before =
            item.why.name == "name.before" || item.why.name == "name.own" || item.why.name.is_empty();
        let Some(name) = item.name.as_deref().filter(|_| acts && before) else { return };
        // "xã dịch đã xuất hiện" are so many communes.
        let own = |unit: &str| name.strip_prefix(unit).is_some_and(|rest| rest.starts_with(' '));
        if item.unit.as_deref().is_some_and(own) {
            return;
        }
        let Some(act) = self.act_of(name) else { return };
        let sum = item.kind == Kind::Money && act.split(' ').count() <= VERB;
        let purpose = if sum { self.purpose(item, place) } else { None };
        let unit = item.unit.as_deref().filter(|u| item.kind == Kind::Count && !act.contains(*u));
        // "tỉnh hỗ trợ": a verb alone says less than who and what.
        if item.kind != Kind::Count && purpose.is_none() && act.split(' ').count() <= VERB {
            return;
        }
        item.name = Some(match (purpose, unit) {
            (Some(purpose), _) => format_smolstr!("{act} {purpose}"),
            (None, Some(unit)) => format_smolstr!("{act} {unit}"),
            (None, None) => SmolStr::new(act),
        });
        item.why.name = "name.act";
    }

    /// What was done, of a name that begins with who did it.
    fn act_of<'n>(&self, name: &'n str) -> Option<&'n str> {
        let small = name.to_lowercase();
        let leads = |lead: &String| small.strip_prefix(lead.as_str()).is_some_and(|r| r.starts_with(' '));
        if small.len() != name.len() || !self.clauses.agents.iter().any(leads) {
            return None;
        }
        let begins = |at: usize, word: &String| {
            let rest = small.get(at..).unwrap_or_default();
            rest.strip_prefix(word.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' '))
        };
        let starts = memchr::memchr_iter(b' ', small.as_bytes()).map(|at| at + 1).take(AGENT);
        let found = starts.into_iter().find_map(|at| {
            let done = self.clauses.agent_done.iter().find(|w| begins(at, w)).map(|w| at + w.len() + 1);
            done.or_else(|| self.clauses.agent_acts.iter().any(|w| begins(at, w)).then_some(at))
        })?;
        name.get(found..).filter(|act| !act.is_empty())
    }

    /// What a sum was for: "để mua sắm thiết bị", "sơn kẻ vạch".
    fn purpose(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let mut start = item.tokens.end;
        let lead = self.clauses.purposes.at(&self.work.tokens, start).map_or(0, |(n, ())| n);
        start += lead;
        let word = |&i: &usize| self.work.is_word(i) && !self.in_date(i);
        let end = start + (start..place.limit.min(start + PURPOSE)).take_while(word).count();
        let known = lead > 0 || self.clauses.agent_acts.iter().any(|w| *w == self.work.word(start));
        (known && end > start + 1).then(|| SmolStr::new(one_line(self.work.words(start..end))))
    }
}
