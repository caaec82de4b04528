//! Stage 3, clauses: the words of `clauses.toml`, compiled, and its examples.
//!
//! An example marks a figure of a sentence of its own and says what it means: name, scope, role, direction, bound.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::phrases::Phrases;
use super::source::{PatternError, Sources};
use crate::words::vocab::{Vocab, WordSet};

/// The file's name.
pub const FILE: &str = "clauses.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/clauses.toml");

/// A sentence and what one of its figures means; what is not given is not asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence, its figure in ⟦ ⟧.
    pub text: String,
    /// What is measured; "-" for nothing.
    pub name: Option<String>,
    /// Of which part or body.
    pub scope: Option<String>,
    /// As what.
    pub role: Option<String>,
    /// Up or down.
    pub direction: Option<String>,
    /// How exactly.
    pub bound: Option<String>,
    /// The figure, as written, whose part it is; "-" for none.
    pub part_of: Option<String>,
}

/// Words about clauses.
#[derive(Debug)]
pub struct ClauseWords {
    /// Behind a comma or bracket these begin another clause.
    pub openers: Phrases<()>,
    /// Behind a comma, the place or part the rest is told of.
    pub locating: Phrases<()>,
    /// The country and the world.
    pub countries: Phrases<()>,
    /// Verbs behind them: what the country does.
    pub country_verbs: Phrases<()>,
    /// What goes on with the name of an index behind a comma.
    pub index_goes_on: Phrases<()>,
    /// Before a scope: it is only compared with.
    pub compared_with: Phrases<()>,
    /// Things with names of their own.
    pub named_kinds: Phrases<()>,
    /// What a label before a colon begins with that is a scope.
    pub labels: Phrases<()>,
    /// Joins two members.
    pub joins: WordSet,
    /// Before the lower end of a range.
    pub from: WordSet,
    /// Words before where something has come to: "còn", "lên".
    pub arrives: WordSet,
    /// Of these the words that the ends of a range have between them too: "từ 5% đến 10%".
    pub reaches_to: WordSet,
    /// Between a unit and the larger one it lies in.
    pub lies_in: WordSet,
    /// Says that something is one of a kind.
    pub is_a: WordSet,
    /// Words behind a condition.
    pub entails: WordSet,
    /// With these a predicate begins.
    pub predicates: WordSet,
    /// No name ends with these.
    pub never_last: WordSet,
    /// What the name of a rate begins with.
    pub rate_heads: Phrases<()>,
    /// Behind a comma these begin another thought: "hồ sơ quá hạn, đều thuộc …".
    pub comma_turns: Phrases<()>,
    /// In a bracket before the plan that was nearly reached: "gần đạt".
    pub plan_near: Phrases<()>,
    /// Sizes by which things are counted: "có chiều dài".
    pub class_sizes: Phrases<()>,
    /// What each of several has: "bình quân mỗi".
    pub of_each: Phrases<()>,
    /// Right before a count these tell a rate by it.
    pub rate_told: Phrases<()>,
    /// Kinds of what a word only counts: "đường sắt" of accidents.
    pub class_kinds: Phrases<()>,
    /// The same as text, in small letters.
    pub class_kind_names: Vec<String>,
    /// What the name of an index begins with.
    pub index_heads: Phrases<()>,
    /// Behind a place in an order, before the name of what orders.
    pub index_behind: Phrases<()>,
    /// No name begins with these.
    pub never_first: Phrases<()>,
    /// In a heading these name a topic of figures, not what is aimed at: "Các chỉ tiêu kinh tế".
    pub topics: Phrases<()>,
    /// What opens a list whose members it measures.
    pub list_heads: Phrases<()>,
    /// The word of ages, as a phrase and as written.
    pub age: Phrases<()>,
    /// The word of ages.
    pub ages: Vec<String>,
    /// Between the numbers of ages.
    pub age_words: Phrases<()>,
    /// Behind ages.
    pub age_ends: Phrases<()>,
    /// Right before a quantity: it is aimed at.
    pub aims_before: Phrases<()>,
    /// Between a whole and its parts.
    pub parts: Phrases<()>,
    /// Between a share and its noun: "60% số xã".
    pub before_nouns: Phrases<()>,
    /// A change said again in another unit.
    pub said_again: Phrases<()>,
    /// Behind an opening bracket: how things stand now, beside what is aimed at.
    pub now_in_bracket: Phrases<()>,
    /// Kinds of units that lie in larger ones.
    pub hosted: Phrases<()>,
    /// Before what something came of.
    pub causes: Phrases<()>,
    /// Growth itself.
    pub growth: Phrases<()>,
    /// What begins like growth and is a rate of its own: "tỷ lệ tăng dân số".
    pub growth_not: Phrases<()>,
    /// A sentence with these aims.
    pub aims: Phrases<()>,
    /// A sentence with these tells of what is or was.
    pub results: Phrases<()>,
    /// In a title: the document aims.
    pub title_aims: Phrases<()>,
    /// In the first sentences of a text without a head: it tells of a plan.
    pub lead_aims: Phrases<()>,
    /// In a title: it tells results.
    pub title_results: Phrases<()>,
    /// In the title of a decision: it lays down rules.
    pub title_rules: Phrases<()>,
    /// In the title of a decision: it approves or allots.
    pub title_orders: Phrases<()>,
    /// Verbs in the title of a decision that approves or allots.
    pub title_approves: Phrases<()>,
    /// What opens an order to a body.
    pub orders: Phrases<()>,
    /// Before the subject of a clause.
    pub subject_leads: Phrases<()>,
    /// A rule holds when the figure is reached.
    pub conditions: Phrases<()>,
    /// A word before what has been done.
    pub done: Phrases<()>,
    /// How the name of a planned amount begins.
    pub plans: Phrases<()>,
    /// Areas that describe the noun right before them, and words before them that do not make them so.
    pub areas: Phrases<()>,
    /// Before an area of which something is told: "ở", "khu vực".
    pub area_leads: Phrases<()>,
    /// Verbs that add nothing to the noun they count.
    pub light: WordSet,
    /// Verbs that end what is spoken of before them.
    pub told_verbs: WordSet,
    /// How high something is, at the end of what a list of the highest or lowest is of: "cao".
    pub degrees: WordSet,
    /// Behind a share: what those are whose share it is.
    pub is: WordSet,
    /// How the noun of visits begins, before the people who come.
    pub visits: Vec<String>,
    /// What a lead tells of as a whole, which is no part that its list is about.
    pub wholes: Vec<String>,
    /// Verbs between a count and the mark that those counted reach.
    pub class_verbs: Phrases<()>,
    /// So much more than before: "thêm 32 tỷ đồng".
    pub adds: Phrases<()>,
    /// Sizes that name themselves where they stand alone behind a mark.
    pub lone_sizes: Vec<String>,
    /// Units of mass and volume, behind which stands what is measured.
    pub masses: Vec<String>,
    /// What is done with such a measure: "mua 12 tấn gạo".
    pub mass_verbs: Phrases<()>,
    /// Before a share, whose name stands behind it: "yêu cầu 100% cán bộ".
    pub asks: Phrases<()>,
    /// Words at the end of a name that belong to the time or the figure behind it.
    pub loose_ends: Vec<String>,
    /// Words that end like them.
    pub firm_ends: Vec<String>,
    /// Before a level that was passed: "vượt 38.000 tỷ đồng".
    pub passes: Phrases<()>,
    /// Lines that begin so go on with what the line above aims at.
    pub aims_go_on: Phrases<()>,
    /// Units of such marks.
    pub class_units: Phrases<()>,
    /// Between such a label and its count.
    pub equates: Phrases<()>,
    /// Words that bind the next one to them: no name begins behind them.
    pub binds: WordSet,
    /// With these the predicate of a passive begins.
    pub passives: WordSet,
    /// Acts that name a figure only together with the label of its line.
    pub label_acts: Vec<String>,
    /// What crimes and accidents are counted in, and those who are counted behind them.
    pub cases: Vec<String>,
    /// Those who are counted behind cases.
    pub case_persons: Vec<String>,
    /// Behind the time that cuts a name: it goes on.
    pub branches: Phrases<()>,
    /// Behind the comma of a name: an example of what it is told of.
    pub example_leads: Vec<String>,
    /// Names that say nothing, in small letters: "tỷ lệ cao".
    pub hollow_names: Vec<String>,
    /// Heads that say how a crop or herd did and not which: "sản lượng".
    pub bare_heads: Vec<String>,
    /// Words behind such a head that tell a part of the crop, not which it is: "diện tích cho thu hoạch".
    pub behind_heads: Vec<String>,
    /// Units of what a crop without a head is told of: "lúa xuân 7.520 ha".
    pub crop_units: Vec<String>,
    /// Where the words of a crop end: "đã thu hoạch".
    pub crop_ends: Vec<String>,
    /// How the name of a crop or stock begins.
    pub crops: Vec<String>,
    /// Acts before an area whose object stands behind it: "trồng mới 5.000 ha rừng".
    pub area_acts: Phrases<()>,
    /// How a sentence begins whose members are of what it names first: "trong tổng số".
    pub of_those: Phrases<()>,
    /// Before a measure these say which way it was measured, no part of a name: "37 đoạn đê dài 18,45 km".
    pub measured: Phrases<()>,
    /// Words for a sum that a count before it brings along: "dự án vốn 5 triệu USD".
    pub brought_sums: Phrases<()>,
    /// Before the unit that a share is of: "0,6% tổng số hộ".
    pub of_all: Phrases<()>,
    /// How a label begins that only names a field.
    pub fields: Phrases<()>,
    /// How a clause begins that says who leads, or comes next, in what was told.
    pub who_leads: Phrases<()>,
    /// Compounds that no name begins or ends in the middle of.
    pub unsplit: Phrases<()>,
    /// No name ends with these: words of a bound, of a reference, of a division.
    pub never_ends: Phrases<()>,
    /// Predicates that praise or blame and measure nothing: what a comma parts from such a clause is told of something else.
    pub idle: Phrases<()>,
    /// What opens a sentence with the source of its figures: "theo số liệu của Chi cục Thuế, …".
    pub sources: Phrases<()>,
    /// How high what a list tells of is, behind its name: "tỷ lệ hộ nghèo cao: …".
    pub graded: Phrases<()>,
    /// Before those that the figure behind is told of apart from the rest: "riêng 6 huyện nghèo".
    pub apart: Phrases<()>,
    /// Nouns of time that name what a number of days limits.
    pub time_heads: Phrases<()>,
    /// Before a number of days.
    pub time_leads: Phrases<()>,
    /// The first of those nouns as written.
    pub time_names: Vec<String>,
    /// Papers that give a value of their own.
    pub papers: Phrases<()>,
    /// Nouns of measure that a label begins with.
    pub measures: Phrases<()>,
    /// What is held for people: a count of them is not of these.
    pub sessions: Vec<String>,
    /// No name behind a figure begins with these.
    pub never_behind: Phrases<()>,
    /// Before the most that is given of what a share is of.
    pub ceilings: Phrases<()>,
    /// Verbs before a share of what follows them.
    pub takes_share: Phrases<()>,
    /// Words for what has become of it.
    pub spent: Phrases<()>,
    /// Where only an aim has been set.
    pub not_done: Phrases<()>,
    /// What opens the naming of a class.
    pub class_opens: Phrases<()>,
    /// Words by which a class has a size.
    pub class_has: Phrases<()>,
    /// Before a condition: it has happened.
    pub past: Phrases<()>,
    /// Behind a body: it only orders or asks.
    pub commands: Phrases<()>,
    /// Thresholds.
    pub limits: Phrases<()>,
    /// What only compares, aims or counts and names nothing by itself.
    pub hollow: Phrases<()>,
    /// Words of two syllables that hold a unit and are none.
    pub undivided: Phrases<()>,
    /// Of several places these tell of one.
    pub leaders: Phrases<()>,
    /// Between such a word and the place.
    pub copulas: WordSet,
    /// Bring in another figure of the same thing.
    pub brings: WordSet,
    /// With these another thought begins: no name goes on over them.
    pub turns: Phrases<()>,
    /// Plans: a share of these measures what was spoken of before.
    pub of_plans: Phrases<()>,
    /// With these somebody tells what follows.
    pub tells_that: Phrases<()>,
    /// The same words as they are written.
    pub tellers: Vec<String>,
    /// Times and the like that a share may be of.
    pub of_bases: Phrases<()>,
    /// Before a time and the figure: so much more than then.
    pub more_than: Phrases<()>,
    /// So much less.
    pub less_than: Phrases<()>,
    /// Right before a figure that a plan has set.
    pub set_by: Phrases<()>,
    /// Between two figures of one thing: "12 tỷ đồng cho 40 hộ".
    pub shares_with: WordSet,
    /// Before the proper name of a thing: a side.
    pub sides: WordSet,
    /// Before what is measured of a thing: "KCN Phú Xuân có quy mô".
    pub owns: WordSet,
    /// A share behind one is of what follows it.
    pub of_whole: Phrases<()>,
    /// What is done with what is counted.
    pub acts: Phrases<()>,
    /// In a long name these open the place at its end.
    pub places: Vec<String>,
    /// Behind such a place these still tell what is measured.
    pub tells: Vec<String>,
    /// Verbs that all counts of a list share.
    pub shared_verbs: Vec<String>,
    /// Sums that say nothing of what they are for.
    pub bare_sums: Vec<String>,
    /// The same for the size of what was counted: "diện tích".
    pub bare_sizes: Vec<String>,
    /// Names of what a branch adds to the growth of all, which leave the branch out.
    pub contributions: Vec<String>,
    /// What is done with visitors: "đón".
    pub receives: Vec<String>,
    /// How a place begins that receives them as a whole: "thành phố".
    pub hosts: Vec<String>,
    /// Members of one kind, one of which stands for another in a name.
    pub siblings: Vec<Vec<String>>,
    /// What a unit measures where no word says it.
    pub sizes: BTreeMap<String, String>,
    /// The examples of all files, with the file of each.
    pub examples: Vec<(String, Example)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    example: Vec<Example>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Words {
    openers: Vec<String>,
    locating: Vec<String>,
    countries: Vec<String>,
    #[serde(default)]
    country_verbs: Vec<String>,
    #[serde(default)]
    index_goes_on: Vec<String>,
    compared_with: Vec<String>,
    named_kinds: Vec<String>,
    labels: Vec<String>,
    joins: Vec<String>,
    from: Vec<String>,
    #[serde(default)]
    arrives: Vec<String>,
    reaches_to: Vec<String>,
    lies_in: Vec<String>,
    is_a: Vec<String>,
    #[serde(default)]
    entails: Vec<String>,
    predicates: Vec<String>,
    never_last: Vec<String>,
    rate_heads: Vec<String>,
    comma_turns: Vec<String>,
    plan_near: Vec<String>,
    class_sizes: Vec<String>,
    of_each: Vec<String>,
    rate_told: Vec<String>,
    class_kinds: Vec<String>,
    index_heads: Vec<String>,
    index_behind: Vec<String>,
    never_first: Vec<String>,
    topics: Vec<String>,
    list_heads: Vec<String>,
    age: Vec<String>,
    age_words: Vec<String>,
    age_ends: Vec<String>,
    aims_before: Vec<String>,
    parts: Vec<String>,
    before_nouns: Vec<String>,
    said_again: Vec<String>,
    now_in_bracket: Vec<String>,
    hosted: Vec<String>,
    causes: Vec<String>,
    growth: Vec<String>,
    growth_not: Vec<String>,
    aims: Vec<String>,
    results: Vec<String>,
    title_aims: Vec<String>,
    lead_aims: Vec<String>,
    title_results: Vec<String>,
    title_rules: Vec<String>,
    title_orders: Vec<String>,
    #[serde(default)]
    title_approves: Vec<String>,
    orders: Vec<String>,
    subject_leads: Vec<String>,
    conditions: Vec<String>,
    #[serde(default)]
    done: Vec<String>,
    plans: Vec<String>,
    areas: Vec<String>,
    area_leads: Vec<String>,
    light: Vec<String>,
    #[serde(default)]
    told_verbs: Vec<String>,
    degrees: Vec<String>,
    is: Vec<String>,
    sessions: Vec<String>,
    visits: Vec<String>,
    wholes: Vec<String>,
    class_verbs: Vec<String>,
    adds: Vec<String>,
    passes: Vec<String>,
    loose_ends: Vec<String>,
    firm_ends: Vec<String>,
    lone_sizes: Vec<String>,
    masses: Vec<String>,
    mass_verbs: Vec<String>,
    asks: Vec<String>,
    aims_go_on: Vec<String>,
    class_units: Vec<String>,
    equates: Vec<String>,
    fields: Vec<String>,
    papers: Vec<String>,
    measures: Vec<String>,
    time_heads: Vec<String>,
    time_leads: Vec<String>,
    unsplit: Vec<String>,
    never_ends: Vec<String>,
    idle: Vec<String>,
    sources: Vec<String>,
    graded: Vec<String>,
    apart: Vec<String>,
    who_leads: Vec<String>,
    binds: Vec<String>,
    passives: Vec<String>,
    label_acts: Vec<String>,
    cases: Vec<String>,
    case_persons: Vec<String>,
    branches: Vec<String>,
    example_leads: Vec<String>,
    hollow_names: Vec<String>,
    bare_heads: Vec<String>,
    crop_units: Vec<String>,
    crop_ends: Vec<String>,
    crops: Vec<String>,
    area_acts: Vec<String>,
    of_those: Vec<String>,
    measured: Vec<String>,
    behind_heads: Vec<String>,
    brought_sums: Vec<String>,
    of_all: Vec<String>,
    never_behind: Vec<String>,
    ceilings: Vec<String>,
    takes_share: Vec<String>,
    spent: Vec<String>,
    #[serde(default)]
    not_done: Vec<String>,
    #[serde(default)]
    class_opens: Vec<String>,
    #[serde(default)]
    class_has: Vec<String>,
    past: Vec<String>,
    commands: Vec<String>,
    limits: Vec<String>,
    hollow: Vec<String>,
    undivided: Vec<String>,
    leaders: Vec<String>,
    copulas: Vec<String>,
    brings: Vec<String>,
    turns: Vec<String>,
    shares_with: Vec<String>,
    of_plans: Vec<String>,
    of_bases: Vec<String>,
    tells_that: Vec<String>,
    more_than: Vec<String>,
    less_than: Vec<String>,
    set_by: Vec<String>,
    owns: Vec<String>,
    of_whole: Vec<String>,
    shared_verbs: Vec<String>,
    acts: Vec<String>,
    places: Vec<String>,
    tells: Vec<String>,
    sides: Vec<String>,
    bare_sums: Vec<String>,
    bare_sizes: Vec<String>,
    #[serde(default)]
    contributions: Vec<String>,
    receives: Vec<String>,
    hosts: Vec<String>,
    siblings: Vec<Vec<String>>,
    sizes: BTreeMap<String, String>,
}

impl ClauseWords {
    /// Reads `clauses.toml`.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn load(sources: &Sources, vocab: &mut Vocab) -> Result<Self, PatternError> {
        let mut out = Self {
            openers: Phrases::forward(),
            locating: Phrases::forward(),
            countries: Phrases::forward(),
            country_verbs: Phrases::forward(),
            index_goes_on: Phrases::forward(),
            compared_with: Phrases::backward(),
            named_kinds: Phrases::forward(),
            labels: Phrases::forward(),
            joins: WordSet::default(),
            from: WordSet::default(),
            arrives: WordSet::default(),
            reaches_to: WordSet::default(),
            lies_in: WordSet::default(),
            is_a: WordSet::default(),
            entails: WordSet::default(),
            predicates: WordSet::default(),
            never_last: WordSet::default(),
            rate_heads: Phrases::forward(),
            comma_turns: Phrases::forward(),
            plan_near: Phrases::forward(),
            class_sizes: Phrases::forward(),
            of_each: Phrases::forward(),
            rate_told: Phrases::backward(),
            class_kinds: Phrases::forward(),
            class_kind_names: Vec::new(),
            index_heads: Phrases::forward(),
            index_behind: Phrases::forward(),
            never_first: Phrases::forward(),
            topics: Phrases::forward(),
            list_heads: Phrases::forward(),
            age: Phrases::forward(),
            ages: Vec::new(),
            age_words: Phrases::forward(),
            age_ends: Phrases::forward(),
            aims_before: Phrases::backward(),
            parts: Phrases::forward(),
            before_nouns: Phrases::forward(),
            said_again: Phrases::forward(),
            now_in_bracket: Phrases::forward(),
            hosted: Phrases::forward(),
            causes: Phrases::forward(),
            growth: Phrases::forward(),
            growth_not: Phrases::forward(),
            aims: Phrases::forward(),
            results: Phrases::forward(),
            title_aims: Phrases::forward(),
            lead_aims: Phrases::forward(),
            title_results: Phrases::forward(),
            title_rules: Phrases::forward(),
            title_orders: Phrases::forward(),
            title_approves: Phrases::forward(),
            orders: Phrases::forward(),
            subject_leads: Phrases::backward(),
            conditions: Phrases::forward(),
            done: Phrases::forward(),
            plans: Phrases::forward(),
            areas: Phrases::forward(),
            area_leads: Phrases::backward(),
            never_behind: Phrases::forward(),
            ceilings: Phrases::backward(),
            takes_share: Phrases::backward(),
            spent: Phrases::forward(),
            not_done: Phrases::forward(),
            class_opens: Phrases::forward(),
            class_has: Phrases::forward(),
            past: Phrases::backward(),
            commands: Phrases::forward(),
            limits: Phrases::backward(),
            hollow: Phrases::forward(),
            undivided: Phrases::forward(),
            leaders: Phrases::forward(),
            copulas: WordSet::default(),
            brings: WordSet::default(),
            turns: Phrases::forward(),
            of_plans: Phrases::forward(),
            of_bases: Phrases::forward(),
            tells_that: Phrases::forward(),
            tellers: Vec::new(),
            more_than: Phrases::forward(),
            less_than: Phrases::forward(),
            set_by: Phrases::backward(),
            shares_with: WordSet::default(),
            owns: WordSet::default(),
            of_whole: Phrases::backward(),
            shared_verbs: Vec::new(),
            acts: Phrases::backward(),
            places: Vec::new(),
            tells: Vec::new(),
            sides: WordSet::default(),
            bare_sums: Vec::new(),
            bare_sizes: Vec::new(),
            contributions: Vec::new(),
            receives: Vec::new(),
            loose_ends: Vec::new(),
            firm_ends: Vec::new(),
            lone_sizes: Vec::new(),
            masses: Vec::new(),
            hosts: Vec::new(),
            siblings: Vec::new(),
            light: WordSet::default(),
            told_verbs: WordSet::default(),
            degrees: WordSet::default(),
            is: WordSet::default(),
            sessions: Vec::new(),
            binds: WordSet::default(),
            passives: WordSet::default(),
            label_acts: Vec::new(),
            cases: Vec::new(),
            case_persons: Vec::new(),
            branches: Phrases::forward(),
            example_leads: Vec::new(),
            hollow_names: Vec::new(),
            bare_heads: Vec::new(),
            behind_heads: Vec::new(),
            crop_units: Vec::new(),
            crop_ends: Vec::new(),
            crops: Vec::new(),
            area_acts: Phrases::backward(),
            of_those: Phrases::forward(),
            measured: Phrases::backward(),
            brought_sums: Phrases::backward(),
            of_all: Phrases::forward(),
            visits: Vec::new(),
            wholes: Vec::new(),
            class_verbs: Phrases::forward(),
            adds: Phrases::backward(),
            passes: Phrases::backward(),
            mass_verbs: Phrases::backward(),
            asks: Phrases::backward(),
            aims_go_on: Phrases::forward(),
            class_units: Phrases::forward(),
            equates: Phrases::backward(),
            fields: Phrases::forward(),
            who_leads: Phrases::forward(),
            papers: Phrases::forward(),
            measures: Phrases::forward(),
            time_heads: Phrases::forward(),
            time_leads: Phrases::backward(),
            time_names: Vec::new(),
            unsplit: Phrases::forward(),
            never_ends: Phrases::backward(),
            idle: Phrases::backward(),
            sources: Phrases::forward(),
            graded: Phrases::backward(),
            apart: Phrases::backward(),
            sizes: BTreeMap::new(),
            examples: Vec::new(),
        };
        let (mut joins, mut copulas) = (Vec::new(), Vec::new());
        let (mut brings, mut sides, mut owns) = (Vec::new(), Vec::new(), Vec::new());
        let mut shares_with = Vec::new();
        let (mut arrives, mut reaches_to, mut entails) = (Vec::new(), Vec::new(), Vec::new());
        let (mut lies_in, mut is_a) = (Vec::new(), Vec::new());
        let (mut from, mut predicates, mut never_last) = (Vec::new(), Vec::new(), Vec::new());
        let (mut light, mut degrees, mut is) = (Vec::new(), Vec::new(), Vec::new());
        let mut told_verbs = Vec::new();
        let (mut binds, mut passives) = (Vec::new(), Vec::new());
        for file in sources.named(FILE) {
            let parsed: File = file.parse()?;
            let words = parsed.words;
            out.ages.extend(words.age.iter().cloned());
            joins.extend(words.joins.iter().cloned());
            copulas.extend(words.copulas.iter().cloned());
            brings.extend(words.brings.iter().cloned());
            shares_with.extend(words.shares_with.iter().cloned());
            owns.extend(words.owns.iter().cloned());
            out.shared_verbs.extend(words.shared_verbs.iter().cloned());
            out.places.extend(words.places.iter().cloned());
            out.tells.extend(words.tells.iter().cloned());
            sides.extend(words.sides.iter().cloned());
            out.bare_sums.extend(words.bare_sums.iter().cloned());
            out.bare_sizes.extend(words.bare_sizes.iter().cloned());
            out.contributions.extend(words.contributions.iter().cloned());
            out.tellers.extend(words.tells_that.iter().map(|w| format!(" {w} ")));
            out.loose_ends.extend(words.loose_ends.iter().cloned());
            out.firm_ends.extend(words.firm_ends.iter().cloned());
            out.lone_sizes.extend(words.lone_sizes.iter().cloned());
            out.masses.extend(words.masses.iter().cloned());
            out.hosts.extend(words.hosts.iter().cloned());
            out.class_kind_names.extend(words.class_kinds.iter().map(|w| w.to_lowercase()));
            out.receives.extend(words.receives.iter().cloned());
            out.siblings.extend(words.siblings.iter().cloned());
            out.visits.extend(words.visits.iter().cloned());
            out.wholes.extend(words.wholes.iter().cloned());
            out.label_acts.extend(words.label_acts.iter().cloned());
            out.cases.extend(words.cases.iter().cloned());
            out.case_persons.extend(words.case_persons.iter().cloned());
            out.example_leads.extend(words.example_leads.iter().cloned());
            out.hollow_names.extend(words.hollow_names.iter().cloned());
            out.bare_heads.extend(words.bare_heads.iter().cloned());
            out.behind_heads.extend(words.behind_heads.iter().cloned());
            out.crop_units.extend(words.crop_units.iter().cloned());
            out.crop_ends.extend(words.crop_ends.iter().cloned());
            out.crops.extend(words.crops.iter().cloned());
            binds.extend(words.binds.iter().cloned());
            passives.extend(words.passives.iter().cloned());
            out.time_names.extend(words.time_heads.iter().cloned());
            out.sessions.extend(words.sessions.iter().cloned());
            light.extend(words.light.iter().cloned());
            told_verbs.extend(words.told_verbs.iter().cloned());
            degrees.extend(words.degrees.iter().cloned());
            is.extend(words.is.iter().cloned());
            out.sizes.extend(words.sizes.clone());
            from.extend(words.from.iter().cloned());
            arrives.extend(words.arrives.iter().cloned());
            reaches_to.extend(words.reaches_to.iter().cloned());
            lies_in.extend(words.lies_in.iter().cloned());
            is_a.extend(words.is_a.iter().cloned());
            entails.extend(words.entails.iter().cloned());
            predicates.extend(words.predicates.iter().cloned());
            never_last.extend(words.never_last.iter().cloned());
            for (to, phrases) in [
                (&mut out.openers, &words.openers),
                (&mut out.locating, &words.locating),
                (&mut out.countries, &words.countries),
                (&mut out.country_verbs, &words.country_verbs),
                (&mut out.index_goes_on, &words.index_goes_on),
                (&mut out.compared_with, &words.compared_with),
                (&mut out.named_kinds, &words.named_kinds),
                (&mut out.labels, &words.labels),
                (&mut out.rate_heads, &words.rate_heads),
                (&mut out.comma_turns, &words.comma_turns),
                (&mut out.plan_near, &words.plan_near),
                (&mut out.class_sizes, &words.class_sizes),
                (&mut out.of_each, &words.of_each),
                (&mut out.rate_told, &words.rate_told),
                (&mut out.class_kinds, &words.class_kinds),
                (&mut out.index_heads, &words.index_heads),
                (&mut out.index_behind, &words.index_behind),
                (&mut out.never_first, &words.never_first),
                (&mut out.topics, &words.topics),
                (&mut out.branches, &words.branches),
                (&mut out.list_heads, &words.list_heads),
                (&mut out.age, &words.age),
                (&mut out.age_words, &words.age_words),
                (&mut out.age_ends, &words.age_ends),
                (&mut out.aims_before, &words.aims_before),
                (&mut out.parts, &words.parts),
                (&mut out.before_nouns, &words.before_nouns),
                (&mut out.said_again, &words.said_again),
                (&mut out.now_in_bracket, &words.now_in_bracket),
                (&mut out.hosted, &words.hosted),
                (&mut out.causes, &words.causes),
                (&mut out.growth, &words.growth),
                (&mut out.growth_not, &words.growth_not),
                (&mut out.aims, &words.aims),
                (&mut out.results, &words.results),
                (&mut out.title_aims, &words.title_aims),
                (&mut out.lead_aims, &words.lead_aims),
                (&mut out.title_results, &words.title_results),
                (&mut out.title_rules, &words.title_rules),
                (&mut out.title_orders, &words.title_orders),
                (&mut out.title_approves, &words.title_approves),
                (&mut out.orders, &words.orders),
                (&mut out.subject_leads, &words.subject_leads),
                (&mut out.conditions, &words.conditions),
                (&mut out.done, &words.done),
                (&mut out.plans, &words.plans),
                (&mut out.areas, &words.areas),
                (&mut out.area_leads, &words.area_leads),
                (&mut out.class_verbs, &words.class_verbs),
                (&mut out.adds, &words.adds),
                (&mut out.passes, &words.passes),
                (&mut out.mass_verbs, &words.mass_verbs),
                (&mut out.asks, &words.asks),
                (&mut out.aims_go_on, &words.aims_go_on),
                (&mut out.class_units, &words.class_units),
                (&mut out.equates, &words.equates),
                (&mut out.fields, &words.fields),
                (&mut out.who_leads, &words.who_leads),
                (&mut out.papers, &words.papers),
                (&mut out.measures, &words.measures),
                (&mut out.time_heads, &words.time_heads),
                (&mut out.time_leads, &words.time_leads),
                (&mut out.unsplit, &words.unsplit),
                (&mut out.never_ends, &words.never_ends),
                (&mut out.idle, &words.idle),
                (&mut out.sources, &words.sources),
                (&mut out.graded, &words.graded),
                (&mut out.apart, &words.apart),
                (&mut out.brought_sums, &words.brought_sums),
                (&mut out.of_all, &words.of_all),
                (&mut out.never_behind, &words.never_behind),
                (&mut out.ceilings, &words.ceilings),
                (&mut out.takes_share, &words.takes_share),
                (&mut out.spent, &words.spent),
                (&mut out.measured, &words.measured),
                (&mut out.area_acts, &words.area_acts),
                (&mut out.of_those, &words.of_those),
                (&mut out.not_done, &words.not_done),
                (&mut out.class_opens, &words.class_opens),
                (&mut out.class_has, &words.class_has),
                (&mut out.past, &words.past),
                (&mut out.commands, &words.commands),
                (&mut out.limits, &words.limits),
                (&mut out.hollow, &words.hollow),
                (&mut out.undivided, &words.undivided),
                (&mut out.leaders, &words.leaders),
                (&mut out.turns, &words.turns),
                (&mut out.of_plans, &words.of_plans),
                (&mut out.of_bases, &words.of_bases),
                (&mut out.tells_that, &words.tells_that),
                (&mut out.more_than, &words.more_than),
                (&mut out.less_than, &words.less_than),
                (&mut out.set_by, &words.set_by),
                (&mut out.of_whole, &words.of_whole),
                (&mut out.acts, &words.acts),
            ] {
                for phrase in phrases {
                    to.add(vocab, phrase, ());
                }
            }
            out.examples.extend(parsed.example.into_iter().map(|e| (file.shown.clone(), e)));
        }
        out.joins = vocab.set(&joins);
        out.copulas = vocab.set(&copulas);
        out.brings = vocab.set(&brings);
        out.shares_with = vocab.set(&shares_with);
        out.owns = vocab.set(&owns);
        out.sides = vocab.set(&sides);
        out.from = vocab.set(&from);
        out.arrives = vocab.set(&arrives);
        out.reaches_to = vocab.set(&reaches_to);
        out.lies_in = vocab.set(&lies_in);
        out.is_a = vocab.set(&is_a);
        out.entails = vocab.set(&entails);
        out.predicates = vocab.set(&predicates);
        out.never_last = vocab.set(&never_last);
        out.light = vocab.set(&light);
        out.told_verbs = vocab.set(&told_verbs);
        out.degrees = vocab.set(&degrees);
        out.is = vocab.set(&is);
        out.binds = vocab.set(&binds);
        out.passives = vocab.set(&passives);
        Ok(out)
    }
}
