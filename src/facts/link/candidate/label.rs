//! The label before a colon that opens a sentence: "Thanh toán không dùng tiền mặt: 40 lượt, số tiền 2 tỷ đồng".

use std::ops::Range;

use smol_str::SmolStr;

use super::Source;
use super::list::Candidates;
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::around::Around;
use crate::facts::link::{Linker, Place};
use crate::words::token::{Gap, Kind as TokenKind};
use crate::words::{lower_first, one_line};

/// Most tokens of a label that names the figures of its sentence.
const LABEL_WORDS: usize = 12;

impl Linker<'_, '_> {
    /// The label of the sentence, with the noun of a count or the word for a sum, and alone.
    pub(super) fn add_labels(&self, around: &Around<'_>, out: &mut Candidates<'_>) {
        let Some(label) = self.label(around.place, around.item) else { return };
        if let Some(noun) = self.noun_of_label(around, &label) {
            out.add_made(Some(format!("{noun} {}", lower_first(&label))), Source::Labelled);
        }
        out.add_name(Some(label), Source::Label);
    }

    /// The noun of a count, or the word for a sum, that a label lacks.
    fn noun_of_label(&self, around: &Around<'_>, label: &str) -> Option<SmolStr> {
        let (item, place) = (around.item, around.place);
        let unit = item.unit.as_deref().filter(|_| !self.multiplies(item));
        let noun = match unit.filter(|_| matches!(item.kind, Kind::Count | Kind::Ratio)) {
            Some(noun) => (!label.to_lowercase().contains(noun)).then(|| SmolStr::new(noun)),
            None => self.sum_before(around),
        }?;
        // "an toàn giao thông: xảy ra 45 vụ, chết 12 người": words of its own behind another figure say more than the label.
        let own = place.previous.is_some() && around.substance.0 > 0;
        // "làm 4 người chết" behind another figure: its noun says who they are.
        let caused = item.tokens.start.checked_sub(1).is_some_and(|i| self.has(&self.clauses.light, i));
        let said = caused && noun.contains(' ') && place.previous.is_some();
        // "Cháy nổ: xảy ra 04 vụ cháy".
        let last = noun.rsplit(' ').next().filter(|_| noun.contains(' '));
        let again = last.is_some() && last == label.split(' ').next().map(str::to_lowercase).as_deref();
        (!own && !said && !again).then_some(noun)
    }

    /// What stands before the colon that opens the sentence of a figure, where words of its own stand behind it.
    pub(in crate::facts::link) fn label(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let colon = opening.clone().find(|&i| self.work.is(i, ':'))?;
        let start = self.past_mark(opening.start, colon);
        let start = (start..colon).find(|&i| self.may_begin(i))?;
        let label = start..colon;
        let plain = !label.clone().any(|i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is(',') || t.is(';'))
        });
        // "- Tiêu chí trường học: có 03/04 trường đạt chuẩn": a field, not what is measured.
        let field = self.names_field(label.start, item);
        let short =
            !field && label.len() <= LABEL_WORDS && colon + 1 < item.tokens.start || place.previous.is_some();
        (plain && short && self.is_whole(&label) && self.substance(&label).0 > 0)
            .then(|| one_line(self.work.words(label)))
    }

    /// Whether a label that begins at a token only names a field; "Tiêu chí bình quân/xã: 16 tiêu chí" counts them.
    pub(in crate::facts::link) fn names_field(&self, start: usize, item: &Found) -> bool {
        self.clauses.fields.at(&self.work.tokens, start).is_some_and(|(n, ())| {
            let field = one_line(self.work.words(start..start + n)).to_lowercase();
            item.unit.as_deref().is_none_or(|unit| !unit.starts_with(&field))
        })
    }

    /// Whether a line begins with a label, a colon and the figure; a place, a part or a time is no such label.
    pub(super) fn opens_with_label(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(colon) = self.without_bound(item.tokens.start).checked_sub(1) else { return false };
        let opens = self.work.token(place.sentence.start).is_some_and(|t| t.gap >= Gap::Line)
            && self.work.is(colon, ':');
        let label = self.past_mark(place.sentence.start, colon)..colon;
        opens
            && self.is_measured(&label)
            && !label.clone().any(|i| self.in_date(i))
            && self.clauses.parts.at(&self.work.tokens, label.start).is_none()
    }

    /// Whether a sentence begins with a short phrase and the bracket that a figure stands in.
    pub(super) fn opens_with_bracket(&self, item: &Found, place: &Place<'_>) -> bool {
        let bracket = self.brackets.around(item.tokens.start).map(|b| b.start);
        let Some(open) = bracket.filter(|&open| open > place.sentence.start) else { return false };
        self.is_measured(&(self.past_mark(place.sentence.start, open)..open))
    }

    /// Whether a few words, and nothing else, say what is measured: no place, and nothing hollow.
    fn is_measured(&self, phrase: &Range<usize>) -> bool {
        (1..=LABEL_WORDS).contains(&phrase.len())
            && phrase.clone().all(|i| self.work.is_word(i))
            && self.scope_at(phrase.start).is_none()
            && !self.is_hollow(phrase, true)
    }

    /// The words of a bare sum right before its number: "số tiền".
    fn sum_before(&self, around: &Around<'_>) -> Option<SmolStr> {
        let own = around.own.start..around.item.tokens.start;
        let text = one_line(self.work.words(own)).to_lowercase();
        self.clauses.bare_sums.contains(&text).then(|| SmolStr::new(text))
    }
}
