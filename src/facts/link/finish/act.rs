//! What was done with what is counted: "đang triển khai 418 dự án", "trồng mới 5.000 ha rừng".

use smol_str::{SmolStr, format_smolstr};

use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

/// Most words of a name that takes what was done before it.
const SHORT: usize = 7;
/// Most words of a verb: "thu hút".
const VERB: usize = 2;
/// Most words of what stands behind an area: "rừng sản xuất".
const OBJECT: usize = 3;

/// Most words before a bare act: "mới".
const LEAD: usize = 1;
/// Most words that open the clause of the next figure: "làm chết".
const OPENER: usize = 3;

impl Linker<'_, '_> {
    /// "đang triển khai 418 dự án", "số hóa 100% hồ sơ": what was done with what is counted tells it from the others.
    pub(super) fn with_act(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.clone().filter(|_| item.role != Role::Change) else { return };
        let at = self.without_bound(item.tokens.start);
        let Some((n, ())) = self.clauses.acts.before(&self.work.tokens, at) else { return };
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio);
        let mut at_noun = item.tokens.end;
        while self.clauses.before_nouns.at(&self.work.tokens, at_noun).is_some() {
            at_noun += 1;
        }
        let noun = match item.unit.as_deref() {
            Some(unit) if counts => unit.into(),
            _ if matches!(item.kind, Kind::Percentage | Kind::Measure) => {
                SmolStr::new(self.work.word(at_noun))
            }
            _ => return,
        };
        let act = one_line(self.work.words(at - n..at)).to_lowercase();
        // "lấp đầy 60% diện tích đất": a bare act says nothing without what it was done to.
        let low = name.to_lowercase();
        // "mới đáp ứng 60% nhu cầu": a word before the act adds nothing.
        let bare = low.strip_suffix(act.as_str()).is_some_and(|rest| rest.split_whitespace().count() <= LEAD);
        let shares = item.kind == Kind::Percentage && !noun.is_empty() && bare;
        if let Some(object) = shares.then(|| self.least_behind(item, place, at_noun)).flatten() {
            let act = name.get(name.len().saturating_sub(act.len())..).unwrap_or(&act);
            item.name = Some(format_smolstr!("{act} {object}"));
            item.why.name = "name.object";
            return;
        }
        let short = name.split(' ').count() <= SHORT;
        if !noun.is_empty() && short && name.starts_with(noun.as_str()) && !name.to_lowercase().contains(&act)
        {
            item.name = Some(format_smolstr!("{act} {name}"));
        }
    }

    /// Where the noun behind a number may end first.
    fn least_end(&self, item: &Found, place: &Place<'_>, noun: usize) -> Option<usize> {
        self.ends_behind(&self.around(item, place), noun).into_iter().min()
    }

    /// The least that the noun behind a number says: "cơ sở thực phẩm".
    fn least_behind(&self, item: &Found, place: &Place<'_>, noun: usize) -> Option<SmolStr> {
        let end = self.least_end(item, place, noun)?;
        let sum = self.clauses.brought_sums.before(&self.work.tokens, end).is_some();
        (end > noun && !sum).then(|| one_line(self.work.words(noun..end)))
    }

    /// "Kiểm tra 45 cơ sở thực phẩm", "sửa chữa 3 tuyến kênh": a count named by its verb and unit, with the rest of its noun.
    pub(super) fn with_whole_noun(&self, item: &mut Found, place: &Place<'_>) {
        let Some((name, unit)) = item.name.as_deref().zip(item.unit.as_deref()) else { return };
        let verb =
            name.strip_suffix(unit).and_then(|v| v.strip_suffix(' ')).filter(|_| item.kind == Kind::Count);
        let Some(verb) = verb else { return };
        let at = self.without_bound(item.tokens.start);
        let start = at.checked_sub(verb.split(' ').count());
        let stands = |s: &usize| one_line(self.work.words(*s..at)).eq_ignore_ascii_case(verb);
        if start.filter(stands).is_none() {
            return;
        }
        if let Some(noun) =
            self.least_behind(item, place, self.noun_start(item)).filter(|n| n.len() > unit.len())
        {
            item.name = Some(format_smolstr!("{verb} {noun}"));
        }
    }

    /// "trồng mới 5.000 ha rừng": a bare act before an area, with what stands behind it.
    pub(super) fn with_object(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.kind == Kind::Measure) else { return };
        let at = self.without_bound(item.tokens.start);
        let Some((n, ())) = self.clauses.area_acts.before(&self.work.tokens, at) else { return };
        let act = one_line(self.work.words(at - n..at));
        let noun = item.tokens.end;
        let end = self.least_end(item, place, noun);
        let Some(object) = end.filter(|end| (1..=OBJECT).contains(&end.saturating_sub(noun))) else { return };
        let object = one_line(self.work.words(noun..object));
        // "Vụ xuân gieo cấy 312 ha lúa".
        let said = name.strip_suffix(act.as_str()).filter(|rest| rest.ends_with(' '));
        if let Some(rest) = said {
            item.name = Some(format_smolstr!("{rest}{act} {object}"));
            item.why.name = "name.object";
        } else if act.eq_ignore_ascii_case(name) || object == name {
            item.name = Some(format_smolstr!("{act} {object}"));
            item.why.name = "name.object";
        }
    }

    /// "thu hút 131.000 lượt khách": a bare verb before a count, with what is counted.
    pub(super) fn with_counted(&self, item: &mut Found, place: &Place<'_>) {
        let Some((name, unit)) = item.name.as_deref().zip(item.unit.as_deref()) else { return };
        if item.kind != Kind::Count || !unit.contains(' ') {
            return;
        }
        let at = self.without_bound(item.tokens.start);
        let words = name.split(' ').count();
        let Some(start) = at.checked_sub(words).filter(|_| words <= VERB) else { return };
        let verb = self.has(&self.words.name_verbs, start);
        let bare = verb && one_line(self.work.words(start..at)).eq_ignore_ascii_case(name);
        if bare && !name.contains(unit) {
            let noun = self.noun_start(item);
            let end = self.least_end(item, place, noun);
            let noun = noun..end.unwrap_or(item.tokens.end);
            item.name = Some(format_smolstr!("{name} {}", one_line(self.work.words(noun))));
        }
    }

    /// "3 vụ tai nạn lao động làm 4 người chết": a name goes without the verb that leads to the next figure.
    pub(super) fn without_verb(&self, item: &mut Found, place: &Place<'_>) {
        let next = place.next.filter(|n| n.tokens.start <= place.sentence.end && item.cell.is_none());
        let Some(next) = next else { return };
        let Some(n) = self.leading_verb(item, next) else { return };
        let verb = self.work.words(next.tokens.start - n..next.tokens.start);
        let name = item.name.as_deref().and_then(|n| n.strip_suffix(verb)).map(str::trim_end);
        if let Some(name) = name.filter(|n| !n.is_empty()) {
            item.name = Some(SmolStr::new(name));
        }
    }

    /// How many tokens right before the next figure are a verb that leads to it.
    fn leading_verb(&self, item: &Found, next: &Found) -> Option<usize> {
        let end = next.tokens.start;
        let light = |at: usize| self.has(&self.clauses.light, at) && !self.splits(at);
        // "37 đoạn đê dài 18,45 km".
        let measured = || {
            let (n, _) = self.clauses.measured.before(&self.work.tokens, end)?;
            (next.kind == Kind::Measure && !self.splits(end - n)).then_some(n)
        };
        // "12 vụ tai nạn giao thông làm chết 5 người".
        let opens = |n: &usize| {
            let opener = end.checked_sub(*n).and_then(|at| self.clauses.openers.at(&self.work.tokens, at));
            opener.is_some_and(|(length, ())| length == *n)
        };
        let opener = || (2..=OPENER).find(|n| item.kind == Kind::Count && opens(n));
        if end.checked_sub(1).is_some_and(light) { Some(1) } else { measured().or_else(opener) }
    }
}
