//! Stage 3, indicators: the words of `indicators.toml` and the units of `lexicon/units.toml`, compiled.
//!
//! Code holds the grammar (number, scale, unit, noun), these files the vocabulary.

mod file;
mod load;

use rust_decimal::Decimal;

use super::lists::word_lists;
use super::phrases::Phrases;
use super::rule::RuleId;
use crate::record::quantity::{Bound, Direction, Role};
use crate::words::vocab::ByWord;
use file::{BoundWords, RoleWords};
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

word_lists! {
    /// Words and rules of the indicator grammar.
    #[derive(Debug)]
    pub struct Indicators {
        /// Words that make "tỷ" the beginning of another word: tỷ lệ.
        not_scale: single,
        /// What a rate is told for: dân, trẻ đẻ sống.
        rate_bases: forward,
        /// Before the number that a rate is told for: tính trên, bình quân.
        rate_leads: backward,
        /// Ages that are measured: tuổi thọ.
        age_names: forward,
        /// Before a number of copies: lập thành.
        copies_before: backward,
        /// Copies of a paper: bản.
        copies: forward,
        /// What the parts of a count do: đang hoạt động.
        states: forward,
        /// What was done with what its sentence counts, right before a number without a noun.
        done_before: backward,
        /// Marks of minus: -, −, –, ▼.
        minus: backward,
        /// Words of minus: âm.
        minus_words: backward,
        /// Letters that make thousands of đồng: 50k.
        thousand_marks: single,
        /// Medals of the better kinds, behind whose numbers bronze is counted and no money.
        medals: single,
        /// Words that never begin a counted noun: verbs, prepositions, conjunctions.
        stop: single,
        /// Words that end a noun phrase once it has begun.
        ends: single,
        /// Nouns that a number after them labels: Nhóm 1, quận 3.
        labels: single,
        /// Nouns that a number labels only where nothing countable follows it.
        labels_weak: single,
        /// Words that excuse a number glued to them: "khoảng7".
        glue: single,
        /// What stands before a rank.
        rank_before: backward,
        /// What stands between a rank and the number of those ranked.
        rank_of: forward,
        /// What stands before an index without a unit: chỉ số … đạt 0,6383.
        index_names: forward,
        /// Headings of columns that hold points: Điểm chuẩn, Điểm tối đa.
        score_heads: forward,
        /// Heads that name nothing when they stand alone behind a name: bình quân.
        weak_heads: forward,
        /// Words after which a number in words tells an amount again: "bằng chữ".
        restated: backward,
        /// Before a list of figures that answer to members named before: lần lượt, tương ứng.
        in_turn: backward,
        /// Words after which even "một" counts: chết một người.
        single: single,
        /// Words between the two ends of a range.
        range: forward,
        /// What stands before a span of time that is a norm or a result.
        duration_before: backward,
        /// Idle words after a count that measures nothing: "2 nội dung sau".
        trivial_after: forward,
        /// Words of a quantity's head before a colon: tổng số, số lượng.
        head_count: forward,
        /// Before a date: it is compared with, not told of.
        compared: backward,
        /// Units that count without saying what: con, vụ, lượt.
        classifiers: forward,
        /// People and things that need the phrase before them: người, trường hợp.
        generic: forward,
        /// What begins a comparison, never a name.
        no_name: forward,
        /// Names of programmes that hold role words: Chương trình mục tiêu quốc gia.
        role_neutral: forward,
        /// Bare kinds of area: tỉnh, huyện.
        areas: single,
        /// Words after which a head begins a name: với, và.
        openers: single,
        /// Compounds with a comma inside: xuất, nhập khẩu.
        joined: forward,
        /// Verbs that begin a clause before a count: ban hành, tổ chức.
        name_verbs: single,
        /// Words that speak of money: kinh phí, vốn, thu nhập.
        money_names: forward,
        /// Words that begin the name of a quantity: tỷ lệ, tổng, số, chỉ số.
        name_heads: forward,
        /// Words stripped from the right of a name: đạt, là, khoảng.
        name_tail: backward,
        /// Names whose last word would be stripped: doanh thu, tổng trị giá.
        name_keep: backward,
        /// Heads that a head follows: tốc độ tăng (giá trị sản xuất).
        double_heads: backward,
        /// Words that end no noun phrase where these hold them: lâu năm, trực thuộc.
        compounds: forward,
        /// Nouns before which "trên" says where, not how many: trên 5 lĩnh vực.
        among: forward,
        /// Before "3 điểm": places, no points of a score.
        spots: single,
        /// Compounds that begin with a word of the lead and are kept: hiện trạng.
        lead_keep: forward,
        /// Words that end no name: "cuộc kiểm tra đối với".
        dangling: single,
        /// Words stripped from the left of a name: và, trong đó.
        name_lead: forward,
        /// After a share: what it is a share of, not what is measured ("so với", "kế hoạch").
        share_of: forward,
        /// Scopes as they stand: toàn tỉnh, cả nước.
        scope_fixed: forward,
        /// Things that a proper name follows: zones, plants, markets.
        scope_things: forward,
        /// Kinds of area that a name follows: huyện, xã.
        scope_kinds: forward,
        /// What looks like a scope and is none: toàn xã hội, nông thôn mới.
        scope_never: forward,
        /// Compounds that begin with a word of `ends` and belong to a noun phrase: trung tâm, bảo hiểm.
        name_whole: forward,
        /// Kinds of body that a name follows: sở, công ty.
        scope_bodies: forward,
        /// Compounds in names of bodies, of which the first syllable alone is a capital: Tài chính.
        body_words: forward,
        /// What a sentence of the present says: hiện nay, đến nay.
        until_now: forward,
        /// Column headings that hold no quantity: STT, Ghi chú.
        columns_none: forward,
        /// What stands before the unit in a table's note or heading.
        unit_notes: forward,
        /// Document types whose quantities are targets unless they say otherwise.
        plan_types: texts,
        /// Document types whose quantities are norms unless they say otherwise.
        norm_types: texts,
        /// Norms that also tell of results: resolutions with their report, decisions that approve a plan.
        norm_with_results: texts,
        /// Norms that tell of no results, but whose headings may name aims: resolutions of a council that rule.
        norm_with_aims: texts,
    }
    beside {
        /// Scale words: nghìn, triệu, tỷ.
        pub scales: Phrases<Decimal> = Phrases::forward(),
        /// Units, by what stands after the number.
        pub units: Phrases<u16> = Phrases::forward(),
        /// Currencies that stand before the amount: USD 12,5 triệu.
        pub currencies: Phrases<u16> = Phrases::backward(),
        /// The units themselves.
        pub unit_list: Vec<Unit> = Vec::new(),
        /// What a word is in a number written out.
        pub numerals: ByWord<Option<NumeralWord>> = ByWord::default(),
        /// Bounds before a number.
        pub bound_before: Phrases<Bound> = Phrases::backward(),
        /// Bounds after a quantity.
        pub bound_after: Phrases<Bound> = Phrases::forward(),
        /// Role words before a quantity.
        pub role_before: Phrases<RoleWord> = Phrases::backward(),
        /// Role words after a quantity.
        pub role_after: Phrases<RoleWord> = Phrases::forward(),
        /// Words anywhere before a quantity in its sentence, its lead-in or its heading that make it a target or norm.
        pub role_governs: Phrases<Role> = Phrases::forward(),
        /// Places in words that no number names: nhất, nhì.
        pub firsts: Vec<(u32, u8)> = Vec::new(),
        /// Role words of headings and columns: dự toán, thực hiện.
        pub role_headings: Phrases<Role> = Phrases::forward(),
        /// The productions.
        pub rules: IndicatorRules = rules,
    }
    given (rules: IndicatorRules)
    read as_table Words {
        digits: Vec<Vec<String>>,
        late_digits: Vec<Vec<String>>,
        ten: Vec<String>,
        tens: Vec<String>,
        odd: Vec<String>,
        half: Vec<String>,
        comma: Vec<String>,
        bound_before: BoundWords,
        bound_after: BoundWords,
        role_before: RoleWords,
        role_after: RoleWords,
        role_governs: RoleWords,
        firsts: Vec<Vec<String>>,
        role_headings: RoleWords,
    }
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
