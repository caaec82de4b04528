//! Stage 3, indicators: from the shapes of the files to compiled words and rules.

use rust_decimal::Decimal;

use super::file::{IndicatorFile, UnitEntry, UnitFile, Words};
use super::{IndicatorRules, Indicators, NumeralWord, Unit, UnitKind};
use crate::patterns::phrases::Phrases;
use crate::patterns::rule::{Fragments, Makes, RuleSet};
use crate::patterns::source::{PatternError, Sources};
use crate::words::token::hint;
use crate::words::vocab::{ByWord, Vocab, WordSet};

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
        out.sets(&words, vocab);
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

    fn empty(rules: IndicatorRules) -> Self {
        Self {
            scales: Phrases::forward(),
            not_scale: WordSet::default(),
            units: Phrases::forward(),
            currencies: Phrases::backward(),
            rate_bases: Phrases::forward(),
            rate_leads: Phrases::backward(),
            age_names: Phrases::forward(),
            copies_before: Phrases::backward(),
            copies: Phrases::forward(),
            states: Phrases::forward(),
            minus: Phrases::backward(),
            minus_words: Phrases::backward(),
            thousand_marks: WordSet::default(),
            unit_list: Vec::new(),
            numerals: ByWord::default(),
            stop: WordSet::default(),
            ends: WordSet::default(),
            labels: WordSet::default(),
            labels_weak: WordSet::default(),
            glue: WordSet::default(),
            bound_before: Phrases::backward(),
            bound_after: Phrases::forward(),
            role_before: Phrases::backward(),
            role_after: Phrases::forward(),
            role_governs: Phrases::forward(),
            rank_before: Phrases::backward(),
            rank_of: Phrases::forward(),
            index_names: Phrases::forward(),
            restated: Phrases::backward(),
            in_turn: Phrases::backward(),
            weak_heads: Phrases::forward(),
            score_heads: Phrases::forward(),
            firsts: Vec::new(),
            single: WordSet::default(),
            range: Phrases::forward(),
            duration_before: Phrases::backward(),
            trivial_after: Phrases::forward(),
            head_count: Phrases::forward(),
            money_names: Phrases::forward(),
            compared: Phrases::backward(),
            classifiers: Phrases::forward(),
            generic: Phrases::forward(),
            no_name: Phrases::forward(),
            role_neutral: Phrases::forward(),
            areas: WordSet::default(),
            openers: WordSet::default(),
            joined: Phrases::forward(),
            name_verbs: WordSet::default(),
            role_headings: Phrases::forward(),
            name_heads: Phrases::forward(),
            name_tail: Phrases::backward(),
            name_keep: Phrases::backward(),
            double_heads: Phrases::backward(),
            compounds: Phrases::forward(),
            among: Phrases::forward(),
            spots: WordSet::default(),
            lead_keep: Phrases::forward(),
            dangling: WordSet::default(),
            name_lead: Phrases::forward(),
            share_of: Phrases::forward(),
            scope_fixed: Phrases::forward(),
            scope_things: Phrases::forward(),
            scope_kinds: Phrases::forward(),
            scope_never: Phrases::forward(),
            name_whole: Phrases::forward(),
            scope_bodies: Phrases::forward(),
            body_words: Phrases::forward(),
            until_now: Phrases::forward(),
            columns_none: Phrases::forward(),
            unit_notes: Phrases::forward(),
            plan_types: Vec::new(),
            norm_types: Vec::new(),
            norm_with_results: Vec::new(),
            norm_with_aims: Vec::new(),
            rules,
        }
    }

    /// Adds the phrases of one file.
    fn take(&mut self, w: &Words, vocab: &mut Vocab) {
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
        for (to, phrases) in [
            (&mut self.rank_before, &w.rank_before),
            (&mut self.rate_bases, &w.rate_bases),
            (&mut self.rate_leads, &w.rate_leads),
            (&mut self.age_names, &w.age_names),
            (&mut self.copies_before, &w.copies_before),
            (&mut self.copies, &w.copies),
            (&mut self.states, &w.states),
            (&mut self.minus, &w.minus),
            (&mut self.minus_words, &w.minus_words),
            (&mut self.rank_of, &w.rank_of),
            (&mut self.index_names, &w.index_names),
            (&mut self.restated, &w.restated),
            (&mut self.in_turn, &w.in_turn),
            (&mut self.weak_heads, &w.weak_heads),
            (&mut self.score_heads, &w.score_heads),
            (&mut self.range, &w.range),
            (&mut self.duration_before, &w.duration_before),
            (&mut self.trivial_after, &w.trivial_after),
            (&mut self.head_count, &w.head_count),
            (&mut self.money_names, &w.money_names),
            (&mut self.compared, &w.compared),
            (&mut self.classifiers, &w.classifiers),
            (&mut self.generic, &w.generic),
            (&mut self.no_name, &w.no_name),
            (&mut self.role_neutral, &w.role_neutral),
            (&mut self.name_heads, &w.name_heads),
            (&mut self.name_tail, &w.name_tail),
            (&mut self.lead_keep, &w.lead_keep),
            (&mut self.name_keep, &w.name_keep),
            (&mut self.double_heads, &w.double_heads),
            (&mut self.compounds, &w.compounds),
            (&mut self.among, &w.among),
            (&mut self.name_lead, &w.name_lead),
            (&mut self.joined, &w.joined),
            (&mut self.share_of, &w.share_of),
            (&mut self.scope_fixed, &w.scope_fixed),
            (&mut self.scope_things, &w.scope_things),
            (&mut self.scope_kinds, &w.scope_kinds),
            (&mut self.scope_never, &w.scope_never),
            (&mut self.name_whole, &w.name_whole),
            (&mut self.scope_bodies, &w.scope_bodies),
            (&mut self.body_words, &w.body_words),
            (&mut self.until_now, &w.until_now),
            (&mut self.columns_none, &w.columns_none),
            (&mut self.unit_notes, &w.unit_notes),
        ] {
            fill(to, vocab, phrases, ());
        }
        self.plan_types.extend(w.plan_types.iter().cloned());
        self.norm_types.extend(w.norm_types.iter().cloned());
        self.norm_with_results.extend(w.norm_with_results.iter().cloned());
        self.norm_with_aims.extend(w.norm_with_aims.iter().cloned());
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

    /// Makes the sets of single words out of all files.
    fn sets(&mut self, files: &[Words], vocab: &mut Vocab) {
        let mut set = |pick: fn(&Words) -> &Vec<String>| {
            let all: Vec<String> = files.iter().flat_map(|w| pick(w).iter().cloned()).collect();
            vocab.set(&all)
        };
        self.not_scale = set(|w| &w.not_scale);
        self.stop = set(|w| &w.stop);
        self.ends = set(|w| &w.ends);
        self.dangling = set(|w| &w.dangling);
        self.openers = set(|w| &w.openers);
        self.areas = set(|w| &w.areas);
        self.name_verbs = set(|w| &w.name_verbs);
        self.labels = set(|w| &w.labels);
        self.labels_weak = set(|w| &w.labels_weak);
        self.glue = set(|w| &w.glue);
        self.single = set(|w| &w.single);
        self.thousand_marks = set(|w| &w.thousand_marks);
        self.spots = set(|w| &w.spots);
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
