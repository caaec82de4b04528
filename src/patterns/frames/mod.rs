//! Stage 3: the words of frames, from `patterns/frames.toml`: how a text speaks of its own area and of its own day.
//!
//! "Trong 9 tháng, toàn huyện trồng 120 ha": nine months of the year of the text, the district that it is of.

mod load;
mod meaning;

use smol_str::SmolStr;

use super::lists::word_lists;
use super::phrases::Phrases;
pub use meaning::{Means, Own, OwnLevel};

word_lists! {
    /// The words of frames.
    #[derive(Debug, Clone)]
    pub struct FrameWords {
        // Of whom a text tells.
        /// Words for the whole country.
        country: forward,
        /// What only the country has: "Quốc hội", "tổng sản phẩm trong nước".
        of_country: forward,
        /// Bodies of the country, whose meeting a town only holds: "tại Đà Nẵng, Bộ …".
        central_hosts: forward,
        /// At the beginning of a sentence: who came to a meeting.
        attends: forward,
        /// Before the time to come of a text that tells what was: "nhiệm vụ quý II".
        plan_heads: forward,
        /// Before the span of days whose figures a text holds: "số liệu từ 01/01/2014 đến 30/6/2023".
        data_leads: backward,
        /// The same before one day: "số liệu tính tại thời điểm 0 giờ ngày 01/4/2019".
        data_moments: backward,
        /// Before the colon of a line that only tells the days a text reports on: "Thời gian thực hiện".
        days_labels: backward,
        /// A first line that begins so names a newspaper or a site, and is no title.
        mastheads: forward,
        /// What a newspaper of the Party says of itself: "Cơ quan của Đảng bộ tỉnh Cà Mau".
        organs: forward,
        /// A province or a body of it without a name: "Bộ đội Biên phòng tỉnh".
        of_province: forward,
        /// Verbs and nouns of meetings, which a place may only hold.
        gathers: forward,
        /// At the beginning of a sentence: the day of the page, "sáng nay".
        today: forward,
        /// Meetings that look back: what is told there is of no one day.
        reviews: forward,
        /// Before a year that is not over, of which only what is to come is told.
        expects: backward,
        /// How a paragraph begins that goes on with the one before it.
        goes_on: forward,
        /// Verbs of visits, whose days say nothing of the figures told there.
        visits: forward,
        /// Before a month from which something went on.
        from_month: backward,
        /// Behind a unit that was one formerly.
        former: forward,
        /// Before a unit in a title: who came from there, "đoàn công tác".
        guests: forward,
        /// Between the two these say where he came.
        guests_not: forward,
        /// Regions of several provinces: "các tỉnh miền núi phía Bắc".
        regions: forward,
        /// Bodies of a province, whose meeting a town only holds.
        province_hosts: forward,
        /// Codes of documents that only bodies of the centre issue.
        central_types: texts,
        /// Longer words that begin like those of the text's own area: "toàn xã hội".
        own_not: forward,
        /// Bodies that bear the name of their unit without its type word.
        seats: backward,
        /// Committees of the Party that bear the name of their district.
        district_seats: forward,
        /// Before the unit that a paragraph is told of: "tại", "báo cáo của".
        place_leads: forward,
        /// Before the unit to which a later sentence of a paragraph turns: "trong khi đó, ở".
        place_turns: forward,
        /// Behind such a unit these make it one of several, or no subject.
        opener_not: forward,
        /// Before the word for a unit: what a text is told of.
        told_on: backward,
        /// Between "là" and the kind of a unit: "Lộc Ninh là một trong những huyện …".
        one_of: forward,
        /// Words before a place that is named in passing.
        passing: backward,
        /// Words that end like those before a place in passing: "môi trường".
        passing_not: backward,
        /// Words before those that only compare.
        compares: backward,
        /// Before a larger unit whose average is told.
        averages: backward,
        /// Kinds of hamlets: "xóm", "thôn".
        hamlets: forward,
        /// Words before the place that a title is about.
        sites: backward,
        /// Marks between the name of a page and that of its site.
        site_marks: forward,
        /// Behind the town that a news agency sent a text from.
        sent_from: forward,
        /// Words by which figures go to several subjects in their order.
        in_turn: forward,
        /// Before the bare name of a unit that a figure is told of.
        member_leads: backward,
        /// Behind such a name what makes it a part of another one.
        member_not: forward,
        /// What begins the bare name of a body, a hamlet or a person.
        member_name_not: forward,
        /// Type words that a list of communes begins with.
        member_kinds: forward,
        /// The bare word for a commune or a district that takes up the one just told of: "đàn bò của xã".
        back_commune: forward,
        /// The same of a district.
        back_district: forward,
        /// Before such a word: it is one of several, or a level.
        back_not: backward,

        // Which document it is.
        /// Words before the document that an annex belongs to.
        attached: forward,
        /// Openings of paragraphs that name the ground of a document.
        grounds: forward,
        /// Codes of documents that rule, allow or order, and report on no time.
        acts: texts,
        /// Papers and policies that years may be those of: "chính sách", "đề án".
        papers: forward,
        /// How minutes begin that say where they were taken.
        minutes: forward,
        /// Before that place.
        minutes_at: forward,
        /// Before the day that minutes were taken on.
        held: forward,
        /// Meetings, whose month is not what they are told of: "phiên họp".
        meetings: forward,
        /// Meetings that plan for the term of office in their title.
        congresses: forward,
        /// Before the year of the book that a text was taken from.
        yearbooks: backward,

        // Of when a text and its parts tell.
        /// Before the time that the opening sentence of a paragraph speaks of: "về tình hình kinh tế - xã hội năm 1998."
        topics: forward,
        /// Openings of a term of office.
        terms: forward,
        /// Words that tell of a whole term of office without its years: "trong nhiệm kỳ".
        in_term: forward,
        /// Words before the far end of a plan.
        vision: backward,
        /// Words before the time to which something was handed on.
        carried: backward,
        /// Words behind the time from which something was handed on.
        handed: forward,
        /// Words behind the time from which is counted up to now.
        until_now: forward,
        /// Before a month up to whose end is counted: "đến hết".
        until_month: backward,
        /// Before a year from which on something is told, up to now.
        since: backward,
        /// Words before the day up to which is counted from the start of its year.
        since_start: backward,
        /// The same of a month.
        since_month: backward,
        /// Where a term or a span of years begins.
        first_years: forward,
        /// What ends the telling of it.
        later_years: forward,
        /// What all the years of a plan cost.
        costs: forward,
        /// Before the first year of what goes on until now: "từ năm 2009 đến nay".
        starts_span: backward,
        /// Words for the moment of writing.
        moments: forward,
        /// Before the day of one count: "tại thời điểm".
        own_moment: backward,
        /// Before the year that a meeting looked back on: "tổng kết công tác năm 2023".
        sums_up: forward,
        /// Words that bring back the time of the document.
        returns: forward,
        /// Words that bring back the month of the document.
        in_month: forward,
        /// Words that bring back its quarter.
        in_quarter: forward,
        /// Words for the whole year that was named.
        whole_year: forward,
        /// Before the time that a sentence begins with.
        sentence_leads: forward,
        /// Words for a time that was named right before: "khi đó".
        back_then: forward,
        /// Openings of a sentence that divides what the one before told.
        divides: forward,
        /// What may stand between a figure and its time.
        time_leads: forward,
        /// A stretch of days that has a name: "kỳ nghỉ (30/8 - 2/9)".
        stays: backward,
        /// What a sentence begins with that compares: "So với kỳ nghỉ Tết năm 2011, …".
        compared_first: forward,
        /// Words of the present.
        present: forward,
        /// Words before them that make them others: "thực" in "thực hiện có".
        present_not: backward,
        /// "tháng" behind a number, backward.
        month_words: backward,
        /// "nay" behind "8 tháng đầu năm".
        of_this: forward,
        /// Words behind a time of `spoken` that make it none.
        spoken_not: forward,
        /// Words before "6 tháng" that tell how long something takes.
        lasts: backward,
        /// Words between "đầu năm" and its figure.
        start_leads: forward,
        /// Words before "đầu năm", "cuối năm" that make it no time of a figure.
        start_not: backward,
        /// Before "từ đầu năm" where it only says since when nothing was higher.
        records: backward,
        /// Before "năm qua" where it is one year.
        past_year_leads: backward,
        /// Before "năm ngoái" where it is only compared with.
        last_year_not: backward,
        /// Before "năm tới" where it is more than one year.
        next_year_not: backward,
        /// Words that make another time of "trong năm": "trong năm học".
        other_year: forward,
        /// Words of schools, whose figures may be those of a school year.
        school: forward,
        /// What is given for a whole year: before "năm nay" of a text on a part of it.
        year_nouns: forward,
        /// Before a year these mean only its beginning or end: "đầu năm 2026".
        year_ends: backward,
        /// Behind a number these say how long something took: "9 ngày nghỉ".
        lasting: forward,
        /// Behind a number these make a span of years: "trong 5 năm".
        span_years: forward,
        /// What makes another thing of such a number: "mỗi 5 năm", "5 năm tới", "5 năm tuổi".
        no_span: forward,
        /// Before a time that is a part of what a text is about.
        parts: backward,
        /// Before a year that is only a point of it: "giữa năm 1999".
        middles: backward,

        // What happened then is not what a figure tells.
        /// Words before the day or month in which a thing came about.
        founded: backward,
        /// Before an event with its date, which is no time of what follows: "sau cơn bão năm 2016".
        events: forward,
        /// Before the month in which a sentence says something happened.
        event_months: backward,
        /// Words of what is remembered: "nhớ lại hồi đầu năm 2004".
        recalls: forward,

        // What a figure is compared with.
        /// Words before the year that growth is reckoned from.
        versus: backward,
        /// Words before the base of a comparison.
        base: backward,
        /// Between the time of a base of comparison and its figure: "chỉ đạt", "tăng".
        base_leads: backward,
        /// Words before the base of a comparison that was at the beginning of the year.
        base_start: backward,
        /// The same in the month before.
        base_month: backward,
        /// Before the date of a base of comparison: "cùng kỳ năm 2018 là 5 tỷ".
        same_time: backward,
        /// An earlier time that something is more or less than.
        past_refs: forward,
        /// Before the time of what the clause before is set against: "trong khi".
        whereas: backward,
        /// Before a share of what a year had.
        equals: backward,
        /// Units of a multiple of what a year had.
        multiples: forward,
        /// Before a year that another is measured by: "cả" in "gấp 3 lần cả năm 2020".
        wholly: backward,
        /// Words before the year of a plan that results are measured by.
        plans: backward,
        /// Words for a plan of the year at the beginning of a bracket.
        year_plans: forward,
        /// Words for a plan.
        plan_words: forward,
        /// Words at the end of one that was given: "giao".
        assigned: backward,

        // A figure for each of several years.
        /// Words of what is told of each year of a span.
        yearly: forward,
        /// Words that make a figure of several years one of each year.
        each_year: forward,
        /// The same for a growth: "bình quân".
        mean_growth: forward,
        /// Longer words that begin so: "bình quân đầu người".
        mean_growth_not: forward,
    }
    beside {
        /// Words by which a text speaks of its own area.
        pub own: Phrases<Own> = Phrases::forward(),
        /// The words that mean a whole area, folded.
        pub own_names: Vec<(OwnLevel, String)> = Vec::new(),
        /// Kinds of places with a space on both sides, the smallest first: in the name of a body a name follows them.
        pub area_kinds: Vec<String> = Vec::new(),
        /// What heads a column of names of communes, folded.
        pub commune_heads: Vec<String> = Vec::new(),
        /// The words for the whole country, folded.
        pub country_names: Vec<String> = Vec::new(),
        /// Bodies that bear the name of their unit, folded.
        pub local_bodies: Vec<String> = Vec::new(),
        /// Times that are said only by where a text stands in time.
        pub spoken: Phrases<Means> = Phrases::forward(),
        /// How the names of growths begin: "tốc độ tăng".
        pub growth_names: Vec<String> = Vec::new(),
        /// What a figure of each year is told per.
        pub year_unit: SmolStr = SmolStr::default(),
        /// The words of `mean_growth` and `mean_growth_not`, for headings.
        means: [Vec<String>; 2] = Default::default(),
    }
    read by_id
}

impl FrameWords {
    /// Name of the pattern file.
    pub const FILE: &str = "frames.toml";
    /// The embedded pattern file.
    pub const BUILTIN: &str = include_str!("../../../patterns/frames.toml");

    /// Whether a heading, in small letters, says that its figures are means over years: "tăng trưởng (bình quân)".
    pub fn says_mean(&self, heading: &str) -> bool {
        let [means, not] = &self.means;
        let has = |words: &[String]| words.iter().any(|w| heading.contains(w.as_str()));
        has(means) && !has(not)
    }
}
