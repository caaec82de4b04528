//! Two numbers about a slash: "36/36 xã", "5.817,196 tỷ đồng/5.937,440 tỷ đồng", "60,5/61,5 điểm",
//! "109 bé trai/100 bé gái"; three and more are as many counts.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::amount::{Amount, follows};
use super::unit::one_line;
use super::{Found, Kind, Outcome, Scan};
use crate::patterns::indicators::UnitKind;
use crate::words::token::{Case, Gap, Kind as TokenKind};

/// Most words between a ratio and its share: "đạt tỷ lệ".
const SHARE_WORDS: usize = 3;
/// Most numbers that one cell joins with slashes.
const MOST_IN_A_CELL: usize = 6;

impl Scan<'_, '_> {
    /// What an amount with a slash and another number after it is; none where there is no such slash.
    pub(super) fn ratio(&self, first: &Amount) -> Option<Outcome> {
        match self.over(first.end) {
            Some(second) => Some(self.bare_ratio(first, &second)),
            None => self.among(first).or_else(|| self.unit_ratio(first)),
        }
    }

    /// "chỉ có 2 trong 6 chỉ tiêu", "2 trên tổng số 6 xã": so many of so many; "một trong hai" is a condition.
    fn among(&self, first: &Amount) -> Option<Outcome> {
        let within = self.work.patterns.particles.within.has(self.work.word(first.end));
        let of_all = self.work.patterns.particles.over.has(self.work.word(first.end))
            && self.work.patterns.particles.total.has(self.work.word(first.end + 1));
        if !within && !of_all || !first.whole() || first.scaled() || first.yearlike() {
            return None;
        }
        let words = &self.work.patterns.particles;
        let (one, two) = (self.work.word(first.end + 1), self.work.word(first.end + 2));
        let skip = match (words.total.has(one), words.number.has(one), words.number.has(two)) {
            (true, _, true) => 3,
            (true, ..) | (_, true, _) => 2,
            _ => 1,
        };
        let numeral = self.numeral_at(first.end + skip)?;
        let second = self
            .amount(numeral)
            .ok()
            .filter(|s| s.whole() && s.value >= first.value && s.value > Decimal::from(3))?;
        let unit = self.unit_after(second.end).filter(|u| u.kind == UnitKind::StrictCount)?;
        let near = (first.end..=numeral.first).all(|i| self.token(i).is_some_and(follows));
        let text = self.noun_text(second.end, unit.end);
        near.then(|| Outcome::Items(vec![self.pair(first, &second, unit.end, Some(text))]))
    }

    /// The amount after a slash at a token.
    fn over(&self, slash: usize) -> Option<Amount> {
        if !self.is(slash, '/')
            || !self.token(slash).is_some_and(|t| matches!(t.gap, Gap::Glued | Gap::Space))
        {
            return None;
        }
        let numeral = self.numeral_at(slash + 1).filter(|_| self.token(slash + 1).is_some_and(follows))?;
        self.amount(numeral).ok()
    }

    fn bare_ratio(&self, first: &Amount, second: &Amount) -> Outcome {
        let rules = &self.words.rules;
        let refuse = Outcome::Nothing(rules.none_fraction);
        if let Some(third) = self.over(second.end) {
            return self.several(vec![*first, *second, third]);
        }
        let unit = self.unit_after(second.end);
        if let Some(unit) = unit {
            match unit.kind {
                UnitKind::Score if first.base <= second.base => {
                    let mut found = Found::new(first.start..unit.end, Kind::Score, rules.score);
                    found.value = Some(first.value);
                    found.denominator = Some(second.value);
                    found.unit = Some(SmolStr::new(&unit.unit.name));
                    return Outcome::Items(vec![found]);
                }
                UnitKind::Percent | UnitKind::PerMille => return refuse,
                UnitKind::None(reason) => return Outcome::Nothing(reason),
                _ => {}
            }
        }
        let noun = unit
            .map(|u| u.end)
            .or_else(|| self.article_noun(second.end))
            .or_else(|| self.open_noun(second.end));
        // "quá 1/2 (một phần hai) thành viên"
        let in_words = (second.digits_end..second.end)
            .any(|i| self.work.patterns.particles.fraction.has(self.work.word(i)));
        if in_words || self.idiom(first, second, unit.map(|u| u.kind)) {
            return refuse;
        }
        // "ngày 10/12 họp; 25/12 chốt số liệu": more than twice the whole, before a word that no lexicon counts.
        let day = first.plain && first.value <= Decimal::from(31) && second.value <= Decimal::from(12);
        if unit.is_none() && day && first.value >= second.value * Decimal::TWO {
            return refuse;
        }
        let Some(end) = noun else {
            return if self.stands_alone(first, second) || self.as_share(first, second) {
                Outcome::Items(vec![self.pair(first, second, second.end, None)])
            } else {
                refuse
            };
        };
        // "106 triệu/108 triệu hộ": two scales keep both values whole, unless the scale is part of the unit.
        let counted = matches!(unit.map(|u| u.kind), Some(UnitKind::Count | UnitKind::StrictCount) | None);
        let whole = counted && first.scaled() && second.scaled();
        let scale = second.end > second.digits_end && second.scaled() && !whole;
        let text = match unit.map(|u| u.kind) {
            Some(UnitKind::Count | UnitKind::StrictCount | UnitKind::Duration) | None if !scale => {
                self.noun_text(self.article(second.end), end)
            }
            Some(UnitKind::Measure | UnitKind::Length) if !scale => {
                let at = unit.map(|u| (SmolStr::new(&u.unit.name), u.power));
                at.map(|(n, p)| p.map_or(n.clone(), |p| SmolStr::from(format!("{n}{p}")))).unwrap_or_default()
            }
            // "triệu đồng": the scale stays with the unit, the two numbers as written.
            _ => one_line(self.work.words(second.digits_end..end)).to_lowercase().into(),
        };
        let mut found = self.pair(first, second, end, Some(text));
        if whole {
            (found.numerator, found.denominator) = (Some(first.value), Some(second.value));
        }
        Outcome::Items(vec![found])
    }

    /// "36/36 các xã": an article before the noun.
    fn article(&self, at: usize) -> usize {
        let article = self.work.patterns.particles.article.has(self.work.word(at))
            && self.token(at).is_some_and(follows);
        at + usize::from(article)
    }

    fn article_noun(&self, at: usize) -> Option<usize> {
        let after = self.article(at);
        if after == at {
            return None;
        }
        match self.unit_after(after) {
            Some(unit) if matches!(unit.kind, UnitKind::Count | UnitKind::StrictCount) => Some(unit.end),
            Some(_) => None,
            None => self.open_noun(after),
        }
    }

    fn pair(&self, first: &Amount, second: &Amount, end: usize, unit: Option<SmolStr>) -> Found {
        let mut found = Found::new(first.start..end, Kind::Ratio, self.words.rules.ratio);
        // Two scales keep both values whole; one scale is part of the unit.
        let both = first.scaled() && second.scaled() && first.scale != second.scale;
        found.numerator = Some(if both { first.value } else { first.base });
        found.denominator = Some(if both { second.value } else { second.base });
        found.unit = unit;
        found.ambiguous =
            first.ambiguous && first.other.is_none() || second.ambiguous && second.other.is_none();
        if let Some((per, after)) = self.per(end) {
            found.per = Some(per);
            found.tokens.end = after;
        }
        found
    }

    /// "2/3 tổng số đại biểu", "1/2 thời gian": a share in words of fractions.
    fn idiom(&self, first: &Amount, second: &Amount, unit: Option<UnitKind>) -> bool {
        let small = first.plain && second.plain && !first.padded && second.value <= Decimal::from(5);
        small
            && first.value < second.value
            && !matches!(
                unit,
                Some(UnitKind::StrictCount | UnitKind::Measure | UnitKind::Length | UnitKind::Money)
            )
    }

    /// A ratio without a noun: its numbers cannot be a day and a month, and the words about it speak of a share.
    fn stands_alone(&self, first: &Amount, second: &Amount) -> bool {
        let date = first.plain
            && second.plain
            && first.value <= Decimal::from(31)
            && second.value <= Decimal::from(12);
        let before = first.start.checked_sub(1).and_then(|i| self.token(i));
        let opened = before
            .is_some_and(|t| t.is('(') || t.is(':') || t.is('=') || t.is('|') || self.words.glue.has(t));
        // "trên chuẩn 24/31 = 77,4%", "duy trì sĩ số 386/388 (…": the share said, or a part of a whole too large for a date.
        let said =
            self.is(second.end, '=') && self.any_numeral(second.end + 1).is_some_and(|n| self.is(n.end, '%'));
        let part = before.is_some_and(|t| {
            let roll =
                before_word(self, first.start, 2).is_some_and(|w| self.work.patterns.particles.roll.has(&w));
            t.kind == TokenKind::Word
                && t.case == Case::Lower
                && (roll || !self.words.labels.has(t) && !self.words.labels_weak.has(t))
        }) && first.value <= second.value
            && second.value > Decimal::from(31)
            && first.value >= Decimal::TEN
            && first.value * Decimal::TWO >= second.value;
        let opened = opened || said || part;
        let equals = self.is(second.end, '=')
            || part && (self.is(second.end, '(') || self.is(second.end, ';'))
            || self.is(second.end, ')')
            || self.is(second.end, ',');
        !date
            && opened
            && (equals || self.token(second.end).is_none_or(|t| !follows(t) || t.kind == TokenKind::Punct))
    }

    /// "tốt nghiệp 115/116, đạt 99,14%": the share behind it is that of the two numbers.
    fn as_share(&self, first: &Amount, second: &Amount) -> bool {
        let mut at = second.end;
        at += usize::from(self.is(at, ',') || self.is(at, '('));
        for _ in 0..SHARE_WORDS {
            let word = self.work.patterns.particles.share.has(self.work.word(at));
            at += usize::from(word);
        }
        let share = self.any_numeral(at).and_then(|n| self.amount(n).ok());
        let Some(share) = share.filter(|s| at > second.end && self.is(s.end, '%')) else { return false };
        let exact = first.value.checked_mul(Decimal::ONE_HUNDRED).and_then(|v| v.checked_div(second.value));
        exact.is_some_and(|e| (e - share.value).abs() < Decimal::ONE)
    }

    /// "1.700/2.912/3.141": as many counts, with the noun after the last.
    fn several(&self, mut amounts: Vec<Amount>) -> Outcome {
        let rules = &self.words.rules;
        // A longer chain is no cell; reading all of it again from each of its numbers would take quadratic time.
        while amounts.len() <= MOST_IN_A_CELL {
            match amounts.last().and_then(|a| self.over(a.end)) {
                Some(next) => amounts.push(next),
                None => break,
            }
        }
        if amounts.len() > MOST_IN_A_CELL {
            return Outcome::Nothing(rules.none_fraction);
        }
        let end = amounts.last().map_or(0, |a| a.end);
        let noun = self
            .unit_after(end)
            .filter(|u| matches!(u.kind, UnitKind::Count | UnitKind::StrictCount))
            .map(|u| u.end)
            .or_else(|| self.open_noun(end));
        let Some(noun) = noun else { return Outcome::Nothing(rules.none_fraction) };
        let last = amounts.len() - 1;
        let items = amounts.iter().enumerate().map(|(n, amount)| {
            let mut found = self.count(amount, end, noun, rules.several);
            if n < last {
                found.tokens = amount.start..amount.end;
                found.per = None;
            }
            found
        });
        Outcome::Items(items.collect())
    }

    /// "23 ca sinh/1.000 phụ nữ", "560 tỷ đồng/690 tỷ đồng": a unit, a slash, another number and its unit.
    fn unit_ratio(&self, first: &Amount) -> Option<Outcome> {
        let unit = self.unit_after(first.end);
        let noun = match unit {
            Some(unit) if matches!(unit.kind, UnitKind::None(_) | UnitKind::Percent | UnitKind::Duration) => {
                return None;
            }
            Some(unit) => unit.end,
            None if self.is(first.end, '/') => return None,
            None if first.scaled() && self.is(first.end, '/') => first.end,
            None => self.open_noun(first.end).or_else(|| first.scaled().then_some(first.end))?,
        };
        // The noun of a rate may be longer than the lexicon's: "107 trẻ sơ sinh trai/100 trẻ sơ sinh gái".
        let mut slash = noun;
        while slash < noun + 3 && self.token(slash).is_some_and(|t| self.continues(t)) {
            slash += 1;
        }
        let second = self.over(slash)?;
        let after = self.unit_after(second.end);
        let end = after
            .filter(|u| !matches!(u.kind, UnitKind::None(_) | UnitKind::Percent))
            .map(|u| u.end)
            .or_else(|| self.open_noun(second.end))?;
        let same = match (unit, after) {
            (Some(a), Some(b)) => {
                a.kind == b.kind && matches!(a.kind, UnitKind::Money | UnitKind::Measure | UnitKind::Length)
            }
            _ => false,
        };
        // Only what is counted makes a rate; of measures and scores it is the unit that is a rate.
        if !same && unit.is_some_and(|u| !matches!(u.kind, UnitKind::Count | UnitKind::StrictCount)) {
            return None;
        }
        let duration = after.is_some_and(|u| u.kind == UnitKind::Duration);
        if duration || (!same && unit.is_some_and(|u| matches!(u.kind, UnitKind::Money))) {
            // "45 kg/6 tháng": a rate of one quantity.
            return None;
        }
        // "36 xã/36 xã" is a ratio; "4.215 hộ/13.876 khẩu" are two counts, "111 bé trai/100 bé gái" a rate.
        let alike = after.is_some_and(|b| unit.is_some_and(|a| a.unit.name == b.unit.name));
        let one = second.value == Decimal::ONE && after.is_none();
        if !same && !alike && (one || !per_base(first, &second)) {
            let mut two = self.count(first, first.end, noun, self.words.rules.noun);
            two.tokens = first.start..slash;
            two.per = None;
            let other = self.with_unit(&second).or_else(|| self.open_count(&second))?;
            return Some(Outcome::Items(vec![two, other]));
        }
        let same = same || alike;
        let mut found = self.pair(first, &second, end, None);
        found.unit = Some(if same {
            one_line(self.work.words(second.digits_end..end)).to_lowercase().into()
        } else {
            self.noun_text(first.end, noun)
        });
        if !same {
            found.rule = self.words.rules.rate;
            found.numerator = Some(first.value);
            found.denominator = Some(second.value);
            found.per = Some(one_line(self.work.words(slash + 1..end)));
        }
        Some(Outcome::Items(vec![found]))
    }
}

/// The word some tokens before one, in lower case.
fn before_word(scan: &Scan<'_, '_>, at: usize, back: usize) -> Option<String> {
    at.checked_sub(back).map(|i| scan.work.word(i).to_lowercase())
}

/// "15 bác sĩ/10.000 dân" is a rate; "7 vụ/9 đối tượng" counts both. A rate is for one, a hundred, a thousand ….
fn per_base(first: &Amount, second: &Amount) -> bool {
    if second.padded || !second.plain && !second.whole() {
        return false;
    }
    let round = per_so_many(second.base) && (second.base != Decimal::TEN || second.scaled());
    round || !first.whole()
}

/// Whether something is told for each so many: 1, 10, 100, 1.000 …
pub(super) fn per_so_many(value: Decimal) -> bool {
    let mut power = Decimal::ONE;
    while power < value {
        let Some(next) = power.checked_mul(Decimal::TEN) else { return false };
        power = next;
    }
    power == value
}
