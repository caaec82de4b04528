//! Stage 3, clauses: the words of `clauses.toml`, compiled, and its examples.
//!
//! "… đạt 12 tỷ đồng, bằng 105% kế hoạch": `openers` holds "bằng", with which another clause begins behind the comma.

mod load;

use std::collections::BTreeMap;

use super::lists::word_lists;
pub use load::Example;

/// The file's name.
pub const FILE: &str = "clauses.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../../patterns/clauses.toml");

word_lists! {
    /// Words about clauses.
    #[derive(Debug)]
    pub struct ClauseWords {
        // Where a clause begins, and what it is told of.
        /// Behind a comma or bracket these begin another clause.
        openers: forward,
        /// Behind a comma, the place or part the rest is told of.
        locating: forward,
        /// Before the subject of a clause.
        subject_leads: backward,
        /// With these a predicate begins.
        predicates: single,
        /// With these the predicate of a passive begins.
        passives: single,
        /// Behind a comma these begin another thought: "hồ sơ quá hạn, đều thuộc …".
        comma_turns: forward,
        /// With these another thought begins: no name goes on over them.
        turns: forward,
        /// Before what something came of.
        causes: forward,
        /// With these somebody tells what follows.
        tells_that: forward,
        /// What opens a sentence with the source of its figures: "theo số liệu của Chi cục Thuế, …".
        sources: forward,
        /// How a clause begins that says who leads, or comes next, in what was told.
        who_leads: forward,
        /// Predicates that praise or blame and measure nothing: what a comma parts from such a clause is told of something else.
        idle: backward,
        /// A change said again in another unit.
        said_again: forward,

        // What is aimed at, ruled, ordered, or reached.
        /// A sentence with these aims.
        aims: forward,
        /// Right before a quantity: it is aimed at.
        aims_before: backward,
        /// Lines that begin so go on with what the line above aims at.
        aims_go_on: forward,
        /// Before a share, whose name stands behind it: "yêu cầu 100% cán bộ".
        asks: backward,
        /// A sentence with these tells of what is or was.
        results: forward,
        /// A word before what has been done.
        done: forward,
        /// Where only an aim has been set.
        not_done: forward,
        /// In a heading these name a topic of figures, not what is aimed at: "Các chỉ tiêu kinh tế".
        topics: forward,
        /// Before such a topic: who lays its aims down.
        lays_down: forward,
        /// In a title: the document aims.
        title_aims: forward,
        /// In the first sentences of a text without a head: it tells of a plan.
        lead_aims: forward,
        /// In a title: it tells results.
        title_results: forward,
        /// In the title of a decision: it lays down rules.
        title_rules: forward,
        /// In the title of a decision: it approves or allots.
        title_orders: forward,
        /// Verbs in the title of a decision that approves or allots.
        title_approves: forward,
        /// What opens an order to a body.
        orders: forward,
        /// Behind a body: it only orders or asks.
        commands: forward,
        /// How the name of a planned amount begins.
        plans: forward,
        /// Right before a figure that a plan has set.
        set_by: backward,
        /// In a bracket before the plan that was nearly reached: "gần đạt".
        plan_near: forward,
        /// Between a unit and what it did all the same: "cả nước vẫn tăng".
        still: single,
        /// Behind what is compared with, in a name: what the clause comes to.
        comes_to: texts,
        /// In a name: what follows is only compared with.
        compares: texts,
        /// Units of a kind whose values a list tells one by one: "các huyện".
        whose: forward,
        /// At the beginning of a bracket: who set a figure, "tỉnh giao".
        plan_given: forward,
        /// Behind an opening bracket: how things stand now, beside what is aimed at.
        now_in_bracket: forward,
        /// A rule holds when the figure is reached.
        conditions: forward,
        /// Before a condition: it has happened.
        past: backward,
        /// Words behind a condition.
        entails: single,
        /// Thresholds.
        limits: backward,

        // Places, bodies and things with names.
        /// The country and the world.
        countries: forward,
        /// Verbs behind them: what the country does.
        country_verbs: forward,
        /// What those did of whom a case is.
        offences: forward,
        /// Before a place from which a distance is told: "cách trung tâm huyện 17 km".
        far_from: backward,
        /// Before a scope: it is only compared with.
        compared_with: backward,
        /// Things with names of their own.
        named_kinds: forward,
        /// Before the proper name of a thing: a side.
        sides: single,
        /// Before what is measured of a thing: "KCN Phú Xuân có quy mô".
        owns: single,
        /// What a label before a colon begins with that is a scope.
        labels: forward,
        /// Areas that describe the noun right before them, and words before them that do not make them so.
        areas: forward,
        /// Before an area of which something is told: "ở", "khu vực".
        area_leads: backward,
        /// Kinds of units that lie in larger ones.
        hosted: forward,
        /// Between a unit and the larger one it lies in.
        lies_in: single,
        /// Says that something is one of a kind.
        is_a: single,
        /// Of several places these tell of one.
        leaders: forward,
        /// Between such a word and the place.
        copulas: single,
        /// In a long name these open the place at its end.
        places: texts,
        /// Behind such a place these still tell what is measured.
        tells: texts,
        /// How the noun of visits begins, before the people who come.
        visits: texts,
        /// What is done with visitors: "đón".
        receives: texts,
        /// How a place begins that receives them as a whole: "thành phố".
        hosts: texts,

        // How names begin and end, and what is none.
        /// No name begins with these.
        never_first: forward,
        /// No name behind a figure begins with these.
        never_behind: forward,
        /// No name ends with these.
        never_last: single,
        /// No name ends with these: words of a bound, of a reference, of a division.
        never_ends: backward,
        /// Compounds that no name begins or ends in the middle of.
        unsplit: forward,
        /// Words of two syllables that hold a unit and are none.
        undivided: forward,
        /// Words that bind the next one to them: no name begins behind them.
        binds: single,
        /// Verbs that add nothing to the noun they count.
        light: single,
        /// Verbs that end what is spoken of before them.
        told_verbs: single,
        /// What is done with what is counted.
        acts: backward,
        /// Acts that name a figure only together with the label of its line.
        label_acts: texts,
        /// What only compares, aims or counts and names nothing by itself.
        hollow: forward,
        /// Names that say nothing, in small letters: "tỷ lệ cao".
        hollow_names: texts,
        /// Words at the end of a name that belong to the time or the figure behind it.
        loose_ends: texts,
        /// Words that end like them.
        firm_ends: texts,
        /// Behind the time that cuts a name: it goes on.
        branches: forward,
        /// Behind the comma of a name: an example of what it is told of.
        example_leads: texts,
        /// In a name: who leads in it follows.
        leading: texts,
        /// How a label begins that only names a field.
        fields: forward,
        /// Nouns of measure that a label begins with.
        measures: forward,
        /// What the name of a rate begins with.
        rate_heads: forward,
        /// Right before a count these tell a rate by it.
        rate_told: backward,
        /// What the name of an index begins with.
        index_heads: forward,
        /// Behind a place in an order, before the name of what orders.
        index_behind: forward,
        /// What goes on with the name of an index behind a comma.
        index_goes_on: forward,

        // Lists, and what their members share.
        /// What opens a list whose members it measures.
        list_heads: forward,
        /// Behind such a head: it only says that the shares move.
        list_moves: texts,
        /// How a sentence begins whose members are of what it names first: "trong tổng số".
        of_those: forward,
        /// Before those that the figure behind is told of apart from the rest: "riêng 6 huyện nghèo".
        apart: backward,
        /// What a lead tells of as a whole, which is no part that its list is about.
        wholes: texts,
        /// How high what a list tells of is, behind its name: "tỷ lệ hộ nghèo cao: …".
        graded: backward,
        /// How high something is, at the end of what a list of the highest or lowest is of: "cao".
        degrees: single,
        /// Joins two members.
        joins: single,
        /// Bring in another figure of the same thing.
        brings: single,

        // Shares, wholes and parts.
        /// Between a whole and its parts.
        parts: forward,
        /// Between a share and its noun: "60% số xã".
        before_nouns: forward,
        /// Behind a share: what those are whose share it is.
        is: single,
        /// A share behind one is of what follows it.
        of_whole: backward,
        /// Who acts, at the beginning of a name: lực lượng, sở.
        agents: texts,
        /// Says that something was done, behind who did it: đã.
        agent_done: texts,
        /// What they do: ứng, dành.
        agent_acts: texts,
        /// Leads from a sum to what it was for: để.
        purposes: forward,
        /// Wholes right behind a share of what was just counted: dân số.
        shared_wholes: forward,
        /// The rate told before, told of again: tỷ lệ này.
        this_rate: forward,
        /// What those asked say: hài lòng.
        answers: forward,
        /// Before the unit that a share is of: "0,6% tổng số hộ".
        of_all: forward,
        /// Times and the like that a share may be of.
        of_bases: forward,
        /// Plans: a share of these measures what was spoken of before.
        of_plans: forward,
        /// What each of several has: "bình quân mỗi".
        of_each: forward,
        /// Verbs before a share of what follows them.
        takes_share: backward,
        /// Before the most that is given of what a share is of.
        ceilings: backward,
        /// Words for what has become of what a share is of.
        spent: forward,
        /// Between two figures of one thing: "12 tỷ đồng cho 40 hộ".
        shares_with: single,

        // Changes and ranges.
        /// Growth itself.
        growth: forward,
        /// What begins like growth and is a rate of its own: "tỷ lệ tăng dân số".
        growth_not: forward,
        /// Names of what a branch adds to the growth of all, which leave the branch out.
        contributions: texts,
        /// So much more than before: "thêm 32 tỷ đồng".
        adds: backward,
        /// Before a level that was passed: "vượt 38.000 tỷ đồng".
        passes: backward,
        /// Before a time and the figure: so much more than then.
        more_than: forward,
        /// So much less.
        less_than: forward,
        /// Before the lower end of a range.
        from: single,
        /// Words before where something has come to: "còn", "lên".
        arrives: single,
        /// Of these the words that the ends of a range have between them too: "từ 5% đến 10%".
        reaches_to: single,

        // Classes: those that reach a mark, are of a size, or are of an age.
        /// What opens the naming of a class.
        class_opens: forward,
        /// Words by which a class has a size.
        class_has: forward,
        /// Verbs between a count and the mark that those counted reach.
        class_verbs: forward,
        /// Units of such marks.
        class_units: forward,
        /// Between the label of a class and its count: "số xã đạt từ 16 tiêu chí là 23 xã".
        equates: backward,
        /// Sizes by which things are counted: "có chiều dài".
        class_sizes: forward,
        /// Kinds of what a word only counts: "đường sắt" of accidents.
        class_kinds: forward,
        /// The word of ages.
        age: forward,
        /// Between the numbers of ages.
        age_words: forward,
        /// Behind ages.
        age_ends: forward,

        // Sums, measures, cases and days.
        /// Sums that say nothing of what they are for.
        bare_sums: texts,
        /// The same for the size of what was counted: "diện tích".
        bare_sizes: texts,
        /// Sizes that name themselves where they stand alone behind a mark.
        lone_sizes: texts,
        /// Words for a sum that a count before it brings along: "dự án vốn 5 triệu USD".
        brought_sums: backward,
        /// Papers that give a value of their own.
        papers: forward,
        /// Units of mass and volume, behind which stands what is measured.
        masses: texts,
        /// What is done with such a measure: "mua 12 tấn gạo".
        mass_verbs: backward,
        /// Before a measure these say which way it was measured, no part of a name: "37 đoạn đê dài 18,45 km".
        measured: backward,
        /// What is held for people: a count of them is not of these.
        sessions: texts,
        /// What crimes and accidents are counted in, and those who are counted behind them.
        cases: texts,
        /// Those who are counted behind cases.
        case_persons: texts,
        /// Right before a count of cases: that they happened.
        occurs: backward,
        /// Nouns of time that name what a number of days limits.
        time_heads: forward,
        /// Before a number of days.
        time_leads: backward,
        /// Behind a figure: those of it that were most, whose time is no more than theirs.
        most_of: forward,
        /// Behind a number of days: from when they are counted.
        counted_from: forward,
        /// Behind what is done within some days: to whom it applies.
        act_ends: forward,
        /// Who acts within some days, around the name of a body.
        offices: forward,
        /// Between who acts within some days and what he does.
        obliges: forward,

        // Crops and stocks.
        /// How the name of a crop or stock begins.
        crops: texts,
        /// Heads that say how a crop or herd did and not which: "sản lượng".
        bare_heads: texts,
        /// Words behind such a head that tell a part of the crop, not which it is: "diện tích cho thu hoạch".
        behind_heads: texts,
        /// Units of what a crop without a head is told of: "lúa xuân 7.520 ha".
        crop_units: texts,
        /// Where the words of a crop end: "đã thu hoạch".
        crop_ends: texts,
        /// Acts before an area whose object stands behind it: "trồng mới 5.000 ha rừng".
        area_acts: backward,
    }
    beside {
        /// The words of `class_kinds` as text, in small letters.
        pub class_kind_names: Vec<String> = Vec::new(),
        /// The words of `age` as written.
        pub ages: Vec<String> = Vec::new(),
        /// The words of `time_heads` as written.
        pub time_names: Vec<String> = Vec::new(),
        /// The words of `tells_that` as written, with a space on both sides.
        pub tellers: Vec<String> = Vec::new(),
        /// Members of one kind, one of which stands for another in a name.
        pub siblings: Vec<Vec<String>> = Vec::new(),
        /// What a unit measures where no word says it.
        pub sizes: BTreeMap<String, String> = BTreeMap::new(),
        /// The examples of all files, with the file of each.
        pub examples: Vec<(String, Example)> = Vec::new(),
    }
    read as_table Words {
        siblings: Vec<Vec<String>>,
        sizes: BTreeMap<String, String>,
    }
}
