//! What the label before a colon gives to a name: "Tỷ lệ trẻ ra lớp: nhà trẻ 32%, mẫu giáo 99%".

use smol_str::{SmolStr, format_smolstr};

use super::NEAR_MARK;
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::name::MEMBER_WORDS;
use crate::facts::link::{Linker, Place};
use crate::words::token::Token;
use crate::words::{lower_first, one_line};

/// Most tokens of a label that lists.
const LISTED: usize = 28;

impl Linker<'_, '_> {
    /// "Phân phối điện, khí đốt, hơi nước và điều hòa không khí: giảm 3,21%": a label that lists is named whole.
    pub(super) fn whole_label(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let low = item.tokens.start.saturating_sub(NEAR_MARK).max(place.sentence.start)..item.tokens.start;
        let Some(colon) = low.rev().find(|&i| self.work.is(i, ':')) else { return };
        let joined = name.split(' ').count();
        let tokens = colon.saturating_sub(joined + 1)..colon;
        let lists = tokens.into_iter().any(|i| self.work.patterns.particles.and_with.has(self.work.word(i)));
        let start = self.past_mark(place.sentence.start, colon);
        let start = (start..colon).find(|&i| self.may_begin(i)).unwrap_or(colon);
        if !lists
            || start >= colon
            || colon - start > LISTED
            || (start..colon).any(|i| self.work.is_number(i))
        {
            return;
        }
        let label = one_line(self.work.words(start..colon));
        let said = label.to_lowercase();
        let before = said.strip_suffix(name.to_lowercase().as_str()).map(str::trim_end);
        let goes_on = before.is_some_and(|b| b.ends_with([',', ';']));
        if goes_on {
            (item.name, item.why.name) = (Some(label), "name.label");
        }
    }

    /// "- Án hình sự: thụ lý 42 vụ, giải quyết 40 vụ": what was done, with the label of what it was done with.
    pub(super) fn with_label(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let Some(label) = self.label(place, item) else { return };
        let low = name.to_lowercase();
        // "Việc làm: giải quyết 21.300 lao động": what was counted may stand behind the verb.
        let verb = item.unit.as_deref().and_then(|u| low.strip_suffix(u)).map_or(low.as_str(), str::trim_end);
        let act = self.clauses.label_acts.iter().any(|a| a == verb);
        let verb = name.get(..verb.len()).unwrap_or(name);
        if act && !label.to_lowercase().contains(&low) {
            item.name = Some(format_smolstr!("{verb} {}", lower_first(&label)));
            item.why.name = "name.label";
        }
    }

    /// "Tỷ lệ trẻ ra lớp: nhà trẻ 32%, mẫu giáo 99%": each member of a list stands under its label.
    pub(in crate::facts::link) fn member_of_label(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let label = match place.previous {
            Some(p) if p.unit == item.unit && p.kind == item.kind && p.cell.is_none() => {
                p.name.as_deref()?.split_once(": ").map(|(label, _)| SmolStr::new(label))
            }
            Some(_) => None,
            None => self.label_of_list(item, place),
        }?;
        let start = self.own_start(item.tokens.start, place);
        let colon = (start..item.tokens.start).rev().find(|&i| self.work.is(i, ':'));
        let start = colon.map_or(start, |c| c + 1);
        let end = self.without_joints(start, item.tokens.start);
        let verb = |t: &Token| self.words.name_verbs.has(t) || self.words.stop.has(t);
        let own = start..end;
        let short = (1..=MEMBER_WORDS).contains(&own.len()) && !self.work.token(start).is_some_and(verb);
        let member = short
            && own.clone().all(|i| self.work.is_word(i))
            && !self.headed(&own)
            && !self.is_hollow(&own, true);
        member.then(|| format_smolstr!("{label}: {}", one_line(self.work.words(own))))
    }

    /// The label before the colon that a list of shares begins behind: "Tỷ lệ học sinh lên lớp: tiểu học 99%, …".
    fn label_of_list(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let next = place.next.filter(|n| n.kind == item.kind && n.unit == item.unit)?;
        let comma = self.is_any(item.tokens.end, [',', ';']);
        let listed = comma && next.tokens.start < place.sentence.end && item.kind == Kind::Percentage;
        let label = self.label(place, item).filter(|_| listed && item.cell.is_none())?;
        let start = self.past_mark(place.sentence.start, item.tokens.start);
        let first = (start..item.tokens.start).find(|&i| self.work.is_word(i))?;
        self.words.name_heads.at(&self.work.tokens, first).map(|_| label)
    }
}
