//! Stage 3, indicators: the words of `indicators.toml` and the units of `lexicon/units.toml`, compiled.
//!
//! Code holds the grammar (number, scale, unit, noun), these files the vocabulary.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::rule::{Fragments, Makes, RuleEntry, RuleId, RuleSet};
use super::source::{PatternError, Sources};
use super::vocab::{Phrases, Vocab, WordSet};
use crate::recognise::indicator::{Bound, Direction, Role};

/// What a unit makes of the number before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// %, percentage points.
    Percent,
    /// ‰, a measure of its own.
    PerMille,
    /// A currency.
    Money,
    /// A physical unit.
    Measure,
    /// A length that a raised 2 or 3 makes an area or a volume.
    Length,
    /// Points of a score.
    Score,
    /// A counted noun.
    Count,
    /// A counted noun that also number words and capitals may count.
    StrictCount,
    /// A span of time.
    Duration,
    /// No quantity, for the reason that the rule names.
    None(RuleId),
}

/// One unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// What it makes.
    pub kind: UnitKind,
    /// Its usual form: `m2`, `VND`; of a counted noun the noun.
    pub name: Box<str>,
    /// What the number is multiplied by: 1000000 for "trđ".
    pub factor: Decimal,
}

/// What a word before or after a quantity says about its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleWord {
    /// The role.
    pub role: Role,
    /// Up or down, of a change.
    pub direction: Option<Direction>,
}

/// Ids of the productions.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each is described by its block in patterns/indicators.toml")]
pub struct IndicatorRules {
    pub percent: RuleId,
    pub per_mille: RuleId,
    pub ratio: RuleId,
    pub rate: RuleId,
    pub several: RuleId,
    pub money: RuleId,
    pub measure: RuleId,
    pub score: RuleId,
    pub index: RuleId,
    pub rank: RuleId,
    pub noun: RuleId,
    pub open: RuleId,
    pub head: RuleId,
    pub part: RuleId,
    pub words: RuleId,
    pub duration: RuleId,
    pub range: RuleId,
    pub cell: RuleId,
    pub none_bare: RuleId,
    pub none_year: RuleId,
    pub none_label: RuleId,
    pub none_glued: RuleId,
    pub none_years: RuleId,
    pub none_age: RuleId,
    pub none_time: RuleId,
    pub none_trivial: RuleId,
    pub none_long: RuleId,
    pub none_grouping: RuleId,
    pub none_fraction: RuleId,
    pub none_row: RuleId,
}

/// Words and rules of the indicator grammar.
#[derive(Debug)]
pub struct Indicators {
    /// Scale words: nghìn, triệu, tỷ.
    pub scales: Phrases<Decimal>,
    /// Words that make "tỷ" the beginning of another word: tỷ lệ.
    pub not_scale: WordSet,
    /// Units, by what stands after the number.
    pub units: Phrases<u16>,
    /// The units themselves.
    pub unit_list: Vec<Unit>,
    /// What a word is in a number written out.
    pub numerals: Vec<(u32, NumeralWord)>,
    /// Words that never begin a counted noun: verbs, prepositions, conjunctions.
    pub stop: WordSet,
    /// Words that end a noun phrase once it has begun.
    pub ends: WordSet,
    /// Nouns that a number after them labels: Nhóm 1, quận 3.
    pub labels: WordSet,
    /// Nouns that a number labels only where nothing countable follows it.
    pub labels_weak: WordSet,
    /// Words that excuse a number glued to them: "khoảng7".
    pub glue: WordSet,
    /// Bounds before a number.
    pub bound_before: Phrases<Bound>,
    /// Bounds after a quantity.
    pub bound_after: Phrases<Bound>,
    /// Role words before a quantity.
    pub role_before: Phrases<RoleWord>,
    /// Role words after a quantity.
    pub role_after: Phrases<RoleWord>,
    /// Words anywhere before a quantity in its sentence, its lead-in or its heading that make it a target or norm.
    pub role_governs: Phrases<Role>,
    /// What stands before a rank.
    pub rank_before: Phrases<()>,
    /// What stands between a rank and the number of those ranked.
    pub rank_of: Phrases<()>,
    /// What stands before an index without a unit: chỉ số … đạt 0,6383.
    pub index_names: Phrases<()>,
    /// Words between the two ends of a range.
    pub range: Phrases<()>,
    /// What stands before a span of time that is a norm or a result.
    pub duration_before: Phrases<()>,
    /// Idle words after a count that measures nothing: "2 nội dung sau".
    pub trivial_after: Phrases<()>,
    /// Words of a quantity's head before a colon: tổng số, số lượng.
    pub head_count: Phrases<()>,
    /// Before a date: it is compared with, not told of.
    pub compared: Phrases<()>,
    /// Units that count without saying what: con, vụ, lượt.
    pub classifiers: Phrases<()>,
    /// People and things that need the phrase before them: người, trường hợp.
    pub generic: Phrases<()>,
    /// What begins a comparison, never a name.
    pub no_name: Phrases<()>,
    /// Names of programmes that hold role words: Chương trình mục tiêu quốc gia.
    pub role_neutral: Phrases<()>,
    /// Bare kinds of area: tỉnh, huyện.
    pub areas: WordSet,
    /// Words after which a head begins a name: với, và.
    pub openers: WordSet,
    /// Verbs that begin a clause before a count: ban hành, tổ chức.
    pub name_verbs: WordSet,
    /// Role words of headings and columns: dự toán, thực hiện.
    pub role_headings: Phrases<Role>,
    /// Words that speak of money: kinh phí, vốn, thu nhập.
    pub money_names: Phrases<()>,
    /// Words that begin the name of a quantity: tỷ lệ, tổng, số, chỉ số.
    pub name_heads: Phrases<()>,
    /// Words stripped from the right of a name: đạt, là, khoảng.
    pub name_tail: Phrases<()>,
    /// Words stripped from the left of a name: và, trong đó.
    pub name_lead: Phrases<()>,
    /// After a share: what it is a share of, not what is measured ("so với", "kế hoạch").
    pub share_of: Phrases<()>,
    /// Scopes as they stand: toàn tỉnh, cả nước.
    pub scope_fixed: Phrases<()>,
    /// Kinds of area that a name follows: huyện, xã.
    pub scope_kinds: Phrases<()>,
    /// Column headings that hold no quantity: STT, Ghi chú.
    pub columns_none: Phrases<()>,
    /// What stands before the unit in a table's note or heading.
    pub unit_notes: Phrases<()>,
    /// Document types whose quantities are targets unless they say otherwise.
    pub plan_types: Vec<String>,
    /// Document types whose quantities are norms unless they say otherwise.
    pub norm_types: Vec<String>,
    /// The productions.
    pub rules: IndicatorRules,
}

/// What a word is in a number written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumeralWord {
    /// một … chín.
    Digit(u8),
    /// mốt, tư, lăm: only after mươi, mười, linh.
    Late(u8),
    /// mười.
    Ten,
    /// mươi.
    Tens,
    /// linh, lẻ.
    Odd,
    /// rưỡi.
    Half,
    /// phẩy.
    Comma,
}

impl Indicators {
    /// What a token is in a number written out.
    pub fn numeral(&self, word: u32) -> Option<NumeralWord> {
        let at = self.numerals.binary_search_by_key(&word, |n| n.0).ok()?;
        self.numerals.get(at).map(|n| n.1)
    }

    /// The unit of a number in the trie.
    pub fn unit(&self, n: u16) -> Option<&Unit> {
        self.unit_list.get(n as usize)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    #[serde(default)]
    scale: Vec<ScaleEntry>,
    #[serde(default)]
    percent: Vec<UnitEntry>,
    #[serde(default)]
    permille: Vec<UnitEntry>,
    #[serde(default)]
    money: Vec<UnitEntry>,
    #[serde(default)]
    measure: Vec<UnitEntry>,
    #[serde(default)]
    score: Vec<UnitEntry>,
    #[serde(default)]
    duration: Vec<UnitEntry>,
    #[serde(default)]
    none: Vec<UnitEntry>,
    #[serde(default)]
    count: Vec<UnitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleEntry {
    factor: u64,
    words: Vec<String>,
}

/// One unit as `units.toml` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    #[serde(default)]
    unit: Option<String>,
    #[serde(default, rename = "dimension")]
    _dimension: Option<String>,
    #[serde(default)]
    factor: Option<u64>,
    #[serde(default)]
    power: bool,
    #[serde(default)]
    strict: bool,
    #[serde(default)]
    rule: Option<String>,
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorFile {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

/// The `[words]` of `indicators.toml`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Words {
    digits: Vec<Vec<String>>,
    late_digits: Vec<Vec<String>>,
    ten: Vec<String>,
    tens: Vec<String>,
    odd: Vec<String>,
    half: Vec<String>,
    comma: Vec<String>,
    not_scale: Vec<String>,
    stop: Vec<String>,
    ends: Vec<String>,
    labels: Vec<String>,
    labels_weak: Vec<String>,
    glue: Vec<String>,
    bound_before: BoundWords,
    bound_after: BoundWords,
    role_before: RoleWords,
    role_after: RoleWords,
    role_governs: RoleWords,
    rank_before: Vec<String>,
    rank_of: Vec<String>,
    index_names: Vec<String>,
    range: Vec<String>,
    duration_before: Vec<String>,
    trivial_after: Vec<String>,
    head_count: Vec<String>,
    money_names: Vec<String>,
    compared: Vec<String>,
    classifiers: Vec<String>,
    generic: Vec<String>,
    no_name: Vec<String>,
    role_neutral: Vec<String>,
    areas: Vec<String>,
    openers: Vec<String>,
    name_verbs: Vec<String>,
    role_headings: RoleWords,
    name_heads: Vec<String>,
    name_tail: Vec<String>,
    name_lead: Vec<String>,
    share_of: Vec<String>,
    scope_fixed: Vec<String>,
    scope_kinds: Vec<String>,
    columns_none: Vec<String>,
    unit_notes: Vec<String>,
    plan_types: Vec<String>,
    norm_types: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct BoundWords {
    exact: Vec<String>,
    about: Vec<String>,
    at_least: Vec<String>,
    more_than: Vec<String>,
    at_most: Vec<String>,
    less_than: Vec<String>,
}

impl BoundWords {
    fn add(&self, to: &mut Phrases<Bound>, vocab: &mut Vocab) {
        let groups = [
            (&self.exact, Bound::Exact),
            (&self.about, Bound::About),
            (&self.at_least, Bound::AtLeast),
            (&self.more_than, Bound::MoreThan),
            (&self.at_most, Bound::AtMost),
            (&self.less_than, Bound::LessThan),
        ];
        for (phrases, bound) in groups {
            fill(to, vocab, phrases, bound);
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RoleWords {
    actual: Vec<String>,
    target: Vec<String>,
    norm: Vec<String>,
    gap: Vec<String>,
    gap_up: Vec<String>,
    gap_down: Vec<String>,
    change: Vec<String>,
    up: Vec<String>,
    down: Vec<String>,
}

impl RoleWords {
    fn groups(&self) -> [(&Vec<String>, Role, Option<Direction>); 9] {
        [
            (&self.actual, Role::Actual, None),
            (&self.target, Role::Target, None),
            (&self.norm, Role::Norm, None),
            (&self.gap, Role::Gap, None),
            (&self.gap_up, Role::Gap, Some(Direction::Up)),
            (&self.gap_down, Role::Gap, Some(Direction::Down)),
            (&self.change, Role::Change, None),
            (&self.up, Role::Change, Some(Direction::Up)),
            (&self.down, Role::Change, Some(Direction::Down)),
        ]
    }

    fn add(&self, to: &mut Phrases<RoleWord>, vocab: &mut Vocab) {
        for (phrases, role, direction) in self.groups() {
            fill(to, vocab, phrases, RoleWord { role, direction });
        }
    }
}

fn fill<T: Clone>(to: &mut Phrases<T>, vocab: &mut Vocab, phrases: &[String], value: T) {
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
            unit_list: Vec::new(),
            numerals: Vec::new(),
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
            name_verbs: WordSet::default(),
            role_headings: Phrases::forward(),
            name_heads: Phrases::forward(),
            name_tail: Phrases::backward(),
            name_lead: Phrases::forward(),
            share_of: Phrases::forward(),
            scope_fixed: Phrases::forward(),
            scope_kinds: Phrases::forward(),
            columns_none: Phrases::forward(),
            unit_notes: Phrases::forward(),
            plan_types: Vec::new(),
            norm_types: Vec::new(),
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
            (&mut self.rank_of, &w.rank_of),
            (&mut self.index_names, &w.index_names),
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
            (&mut self.name_lead, &w.name_lead),
            (&mut self.share_of, &w.share_of),
            (&mut self.scope_fixed, &w.scope_fixed),
            (&mut self.scope_kinds, &w.scope_kinds),
            (&mut self.columns_none, &w.columns_none),
            (&mut self.unit_notes, &w.unit_notes),
        ] {
            fill(to, vocab, phrases, ());
        }
        self.plan_types.extend(w.plan_types.iter().cloned());
        self.norm_types.extend(w.norm_types.iter().cloned());
        for (value, (digit, late)) in (1u8..).zip(w.digits.iter().zip(&w.late_digits)) {
            self.numeral_words(digit, NumeralWord::Digit(value), vocab);
            self.numeral_words(late, NumeralWord::Late(value), vocab);
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
        self.openers = set(|w| &w.openers);
        self.areas = set(|w| &w.areas);
        self.name_verbs = set(|w| &w.name_verbs);
        self.labels = set(|w| &w.labels);
        self.labels_weak = set(|w| &w.labels_weak);
        self.glue = set(|w| &w.glue);
        self.numerals.sort_unstable_by_key(|n| n.0);
    }

    fn numeral_words(&mut self, words: &[String], value: NumeralWord, vocab: &mut Vocab) {
        for word in words {
            let id = vocab.intern(word);
            self.numerals.retain(|n| n.0 != id);
            self.numerals.push((id, value));
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
