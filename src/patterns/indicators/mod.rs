//! Stage 3, indicators: the words of `indicators.toml` and the units of `lexicon/units.toml`, compiled.
//!
//! Code holds the grammar (number, scale, unit, noun), these files the vocabulary.

mod file;
mod load;

use rust_decimal::Decimal;

use super::phrases::Phrases;
use super::rule::RuleId;
use crate::record::quantity::{Bound, Direction, Role};
use crate::words::vocab::{ByWord, WordSet};
use load::fill;

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
    pub series: RuleId,
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
    /// Currencies that stand before the amount: USD 12,5 triệu.
    pub currencies: Phrases<u16>,
    /// What a rate is told for: dân, trẻ đẻ sống.
    pub rate_bases: Phrases<()>,
    /// Before the number that a rate is told for: tính trên, bình quân.
    pub rate_leads: Phrases<()>,
    /// Ages that are measured: tuổi thọ.
    pub age_names: Phrases<()>,
    /// Before a number of copies: lập thành.
    pub copies_before: Phrases<()>,
    /// Copies of a paper: bản.
    pub copies: Phrases<()>,
    /// What the parts of a count do: đang hoạt động.
    pub states: Phrases<()>,
    /// Marks of minus: -, −, –, ▼.
    pub minus: Phrases<()>,
    /// Words of minus: âm.
    pub minus_words: Phrases<()>,
    /// Letters that make thousands of đồng: 50k.
    pub thousand_marks: WordSet,
    /// The units themselves.
    pub unit_list: Vec<Unit>,
    /// What a word is in a number written out.
    pub numerals: ByWord<Option<NumeralWord>>,
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
    /// Headings of columns that hold points: Điểm chuẩn, Điểm tối đa.
    pub score_heads: Phrases<()>,
    /// Heads that name nothing when they stand alone behind a name: bình quân.
    pub weak_heads: Phrases<()>,
    /// Words after which a number in words tells an amount again: "bằng chữ".
    pub restated: Phrases<()>,
    /// Before a list of figures that answer to members named before: lần lượt, tương ứng.
    pub in_turn: Phrases<()>,
    /// Places in words that no number names: nhất, nhì.
    pub firsts: Vec<(u32, u8)>,
    /// Words after which even "một" counts: chết một người.
    pub single: WordSet,
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
    /// Compounds with a comma inside: xuất, nhập khẩu.
    pub joined: Phrases<()>,
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
    /// Names whose last word would be stripped: doanh thu, tổng trị giá.
    pub name_keep: Phrases<()>,
    /// Heads that a head follows: tốc độ tăng (giá trị sản xuất).
    pub double_heads: Phrases<()>,
    /// Words that end no noun phrase where these hold them: lâu năm, trực thuộc.
    pub compounds: Phrases<()>,
    /// Nouns before which "trên" says where, not how many: trên 5 lĩnh vực.
    pub among: Phrases<()>,
    /// Before "3 điểm": places, no points of a score.
    pub spots: WordSet,
    /// Compounds that begin with a word of the lead and are kept: hiện trạng.
    pub lead_keep: Phrases<()>,
    /// Words that end no name: "cuộc kiểm tra đối với".
    pub dangling: WordSet,
    /// Words stripped from the left of a name: và, trong đó.
    pub name_lead: Phrases<()>,
    /// After a share: what it is a share of, not what is measured ("so với", "kế hoạch").
    pub share_of: Phrases<()>,
    /// Scopes as they stand: toàn tỉnh, cả nước.
    pub scope_fixed: Phrases<()>,
    /// Things that a proper name follows: zones, plants, markets.
    pub scope_things: Phrases<()>,
    /// Kinds of area that a name follows: huyện, xã.
    pub scope_kinds: Phrases<()>,
    /// What looks like a scope and is none: toàn xã hội, nông thôn mới.
    pub scope_never: Phrases<()>,
    /// Compounds that begin with a word of `ends` and belong to a noun phrase: trung tâm, bảo hiểm.
    pub name_whole: Phrases<()>,
    /// Kinds of body that a name follows: sở, công ty.
    pub scope_bodies: Phrases<()>,
    /// Compounds in names of bodies, of which the first syllable alone is a capital: Tài chính.
    pub body_words: Phrases<()>,
    /// What a sentence of the present says: hiện nay, đến nay.
    pub until_now: Phrases<()>,
    /// Column headings that hold no quantity: STT, Ghi chú.
    pub columns_none: Phrases<()>,
    /// What stands before the unit in a table's note or heading.
    pub unit_notes: Phrases<()>,
    /// Document types whose quantities are targets unless they say otherwise.
    pub plan_types: Vec<String>,
    /// Document types whose quantities are norms unless they say otherwise.
    pub norm_types: Vec<String>,
    /// Norms that also tell of results: resolutions with their report, decisions that approve a plan.
    pub norm_with_results: Vec<String>,
    /// Norms that tell of no results, but whose headings may name aims: resolutions of a council that rule.
    pub norm_with_aims: Vec<String>,
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
        self.numerals.get(word)
    }

    /// The unit of a number in the trie.
    pub fn unit(&self, n: u16) -> Option<&Unit> {
        self.unit_list.get(n as usize)
    }
}
