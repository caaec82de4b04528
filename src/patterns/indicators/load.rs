//! Stage 3, indicators: from the shapes of the files to compiled words and rules.

use rust_decimal::Decimal;

use super::file::{IndicatorFile, UnitEntry, UnitFile};
use super::{IndicatorRules, Indicators, NumeralWord, Unit, UnitKind, Words};
use crate::patterns::phrases::Phrases;
use crate::patterns::rule::{Fragments, Makes, RuleSet};
use crate::patterns::source::{PatternError, Sources};
use crate::words::token::hint;
use crate::words::vocab::Vocab;

/// Adds phrases of one value.
pub(super) fn fill<T: Clone>(to: &mut Phrases<T>, vocab: &mut Vocab, phrases: &[String], value: T) {
    for phrase in phrases {
        to.add(vocab, phrase, value.clone());
    }
}

impl Indicators {
    /// Reads `indicators.toml` and `lexicon/units.toml`.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn load(
        sources: &Sources,
        vocab: &mut Vocab,
        rules: &mut RuleSet,
        fragments: &Fragments,
    ) -> Result<Self, PatternError> {
        let mut words = Vec::new();
        for file in sources.named("indicators.toml") {
            let parsed: IndicatorFile = file.parse()?;
            rules.add(file, Makes::Indicator, parsed.rule, fragments)?;
            words.push(parsed.words);
        }
        let ids = ids(rules)?;
        let mut out = Self::empty(ids);
        for w in &words {
            out.take(w, vocab);
        }
        out.give_hints(vocab);
        for file in sources.named("lexicon/units.toml") {
            let parsed: UnitFile = file.parse()?;
            for scale in &parsed.scale {
                fill(&mut out.scales, vocab, &scale.words, Decimal::from(scale.factor));
            }
            let strict: Vec<&str> =
                parsed.count.iter().filter(|e| e.strict).flat_map(|e| &e.forms).map(String::as_str).collect();
            for (entries, kind) in [
                (&parsed.count, UnitKind::Count),
                (&parsed.percent, UnitKind::Percent),
                (&parsed.permille, UnitKind::PerMille),
                (&parsed.money, UnitKind::Money),
                (&parsed.measure, UnitKind::Measure),
                (&parsed.score, UnitKind::Score),
                (&parsed.duration, UnitKind::Duration),
            ] {
                for entry in entries {
                    let kind = match kind {
                        UnitKind::Count if entry.strict => UnitKind::StrictCount,
                        UnitKind::Measure if entry.power => UnitKind::Length,
                        kind => kind,
                    };
                    out.unit_forms(entry, kind, vocab, &strict);
                }
            }
            for entry in &parsed.none {
                let id = entry.rule.as_deref().unwrap_or("indicator.none.bare");
                out.unit_forms(entry, UnitKind::None(rules.id(id)?), vocab, &[]);
            }
        }
        Ok(out)
    }

    /// Adds the words of one file.
    fn take(&mut self, w: &Words, vocab: &mut Vocab) {
        self.add_all(vocab, w);
        w.bound_before.add(&mut self.bound_before, vocab);
        w.bound_after.add(&mut self.bound_after, vocab);
        w.role_before.add(&mut self.role_before, vocab);
        w.role_after.add(&mut self.role_after, vocab);
        for (phrases, role, _) in w.role_governs.groups() {
            fill(&mut self.role_governs, vocab, phrases, role);
        }
        for (phrases, role, _) in w.role_headings.groups() {
            fill(&mut self.role_headings, vocab, phrases, role);
        }
        for (value, (digit, late)) in (1u8..).zip(w.digits.iter().zip(&w.late_digits)) {
            self.numeral_words(digit, NumeralWord::Digit(value), vocab);
            self.numeral_words(late, NumeralWord::Late(value), vocab);
        }
        for (place, words) in (1u8..).zip(&w.firsts) {
            self.firsts.extend(words.iter().map(|word| (vocab.intern(word), place)));
        }
        self.numeral_words(&w.ten, NumeralWord::Ten, vocab);
        self.numeral_words(&w.tens, NumeralWord::Tens, vocab);
        self.numeral_words(&w.odd, NumeralWord::Odd, vocab);
        self.numeral_words(&w.half, NumeralWord::Half, vocab);
        self.numeral_words(&w.comma, NumeralWord::Comma, vocab);
    }

    /// Tells the vocabulary which words may begin what is looked for.
    fn give_hints(&mut self, vocab: &mut Vocab) {
        let begins = |n: Option<NumeralWord>| matches!(n, Some(NumeralWord::Digit(_) | NumeralWord::Ten));
        let digits = self.numerals.iter().filter(|(_, n)| begins(*n)).map(|(word, _)| word);
        vocab.hint_words(digits.chain(self.firsts.iter().map(|f| f.0)), hint::WRITTEN);
        for phrases in [
            &mut self.scope_fixed,
            &mut self.scope_kinds,
            &mut self.scope_bodies,
            &mut self.scope_things,
            &mut self.scope_never,
        ] {
            phrases.give_hint(vocab, hint::SCOPE);
        }
        for phrases in [&mut self.role_governs, &mut self.role_headings] {
            phrases.give_hint(vocab, hint::ROLE);
        }
        self.role_neutral.give_hint(vocab, hint::ROLE);
        self.name_heads.give_hint(vocab, hint::HEAD);
        vocab.hint_marks(".?!…|", hint::SENTENCE);
        vocab.hint_marks(";", hint::SCOPE);
        vocab.hint_marks("(", hint::ROLE);
    }

    fn numeral_words(&mut self, words: &[String], value: NumeralWord, vocab: &mut Vocab) {
        for word in words {
            self.numerals.set(vocab.intern(word), Some(value));
        }
    }

    fn unit_forms(&mut self, entry: &UnitEntry, kind: UnitKind, vocab: &mut Vocab, strict: &[&str]) {
        for form in &entry.forms {
            // A noun stays strict where another list repeats it.
            if kind == UnitKind::Count && strict.contains(&form.as_str()) {
                continue;
            }
            let name = match (&entry.unit, kind) {
                (_, UnitKind::Percent) => "%",
                (_, UnitKind::PerMille) => "‰",
                (Some(unit), _) => unit,
                (None, _) => form,
            };
            // Neighbouring forms of one unit share it.
            let same = self
                .unit_list
                .last()
                .is_some_and(|u| *u.name == *name && u.kind == kind && entry.unit.is_some());
            if !same || entry.factor.is_some() {
                let factor = Decimal::from(entry.factor.unwrap_or(1));
                self.unit_list.push(Unit { kind, name: name.into(), factor });
            }
            if let Some(n) = self.unit_list.len().checked_sub(1).and_then(|n| u16::try_from(n).ok()) {
                self.units.add(vocab, form, n);
                if entry.before.contains(form) {
                    self.currencies.add(vocab, form, n);
                }
            }
        }
    }
}

fn ids(rules: &RuleSet) -> Result<IndicatorRules, PatternError> {
    let id = |name: &str| rules.id(&format!("indicator.{name}"));
    Ok(IndicatorRules {
        percent: id("percent")?,
        per_mille: id("per_mille")?,
        ratio: id("ratio")?,
        rate: id("rate")?,
        several: id("several")?,
        money: id("money")?,
        measure: id("measure")?,
        score: id("score")?,
        index: id("index")?,
        rank: id("rank")?,
        noun: id("noun")?,
        open: id("open")?,
        head: id("head")?,
        part: id("part")?,
        words: id("words")?,
        duration: id("duration")?,
        range: id("range")?,
        series: id("series")?,
        cell: id("cell")?,
        none_bare: id("none.bare")?,
        none_year: id("none.year")?,
        none_label: id("none.label")?,
        none_glued: id("none.glued")?,
        none_years: id("none.years")?,
        none_age: id("none.age")?,
        none_time: id("none.time")?,
        none_trivial: id("none.trivial")?,
        none_long: id("none.long")?,
        none_grouping: id("none.grouping")?,
        none_fraction: id("none.fraction")?,
        none_row: id("none.row")?,
    })
}
