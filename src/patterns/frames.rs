//! Stage 3: the words of frames, from `patterns/frames.toml`: how a text speaks of its own area and of its own day.

use serde::Deserialize;
use smol_str::SmolStr;

use super::phrases::Phrases;
use super::source::{PatternError, Sources};
use super::vocab::Vocab;
use crate::words::token::hint;

/// Whose area a text speaks of: "toàn huyện", "UBND tỉnh".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnLevel {
    /// tỉnh
    Province,
    /// thành phố: a province or a district
    City,
    /// huyện, quận, thị xã
    District,
    /// xã, phường, thị trấn
    Commune,
}

/// A word by which a text speaks of its own area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// The level it means.
    pub level: OwnLevel,
    /// It means the area itself, not one of its bodies.
    pub strong: bool,
}

/// What a time means that a text says only by where it stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// "9 tháng": the first months of the year.
    Months,
    /// "8 tháng đầu năm nay": the same, beyond doubt.
    FirstMonths,
    /// "6 tháng cuối năm": its last months.
    LastMonths,
    /// "nửa năm": its first half.
    FirstHalf,
    /// "quý cuối năm": its last quarter.
    LastQuarter,
    /// "năm nay"
    ThisYear,
    /// "năm qua": the year that has ended.
    PastYear,
    /// "10 năm trở lại đây": so many years up to the one of the text.
    PastYears,
    /// "đầu năm": its first day.
    Start,
    /// "đến cuối năm": the year until it ends.
    End,
    /// "từ đầu năm đến nay"
    SinceStart,
    /// "từ nay đến hết năm"
    RestOfYear,
    /// "năm tới": the year behind that of the text.
    NextYear,
    /// "năm ngoái": the year before that of the text.
    LastYear,
    /// "kế hoạch năm (5,3 triệu lượt)": the year of what stands in the bracket.
    Plan,
}

/// The words of frames.
#[derive(Debug, Clone)]
pub struct FrameWords {
    /// Words by which a text speaks of its own area.
    pub own: Phrases<Own>,
    /// The words that mean a whole area, folded.
    pub own_names: Vec<(OwnLevel, String)>,
    /// Kinds of places with a space on both sides, the smallest first: in the name of a body a name follows them.
    pub area_kinds: Vec<String>,
    /// What heads a column of names of communes, folded.
    pub commune_heads: Vec<String>,
    /// Words for the whole country.
    pub country: Phrases<()>,
    /// Words before those that only compare.
    pub compares: Phrases<()>,
    /// Words before a place that is named in passing.
    pub passing: Phrases<()>,
    /// Bodies that bear the name of their unit without its type word.
    pub seats: Phrases<()>,
    /// Words before the document that an annex belongs to.
    pub attached: Phrases<()>,
    /// The words for the whole country, folded.
    pub country_names: Vec<String>,
    /// Words before the far end of a plan.
    pub vision: Phrases<()>,
    /// Openings of a term of office.
    pub terms: Phrases<()>,
    /// Openings of paragraphs that name the ground of a document.
    pub grounds: Phrases<()>,
    /// Words before the year of a plan that results are measured by.
    pub plans: Phrases<()>,
    /// Words before the time to which something was handed on.
    pub carried: Phrases<()>,
    /// Words behind the time from which something was handed on.
    pub handed: Phrases<()>,
    /// Words behind the time from which is counted up to now.
    pub until_now: Phrases<()>,
    /// Words before the year that growth is reckoned from.
    pub versus: Phrases<()>,
    /// Words before the base of a comparison.
    pub base: Phrases<()>,
    /// Words that bring back the time of the document.
    pub returns: Phrases<()>,
    /// Words that bring back the month of the document.
    pub in_month: Phrases<()>,
    /// Words that bring back its quarter.
    pub in_quarter: Phrases<()>,
    /// Words for the whole year that was named.
    pub whole_year: Phrases<()>,
    /// Units of a multiple of what a year had.
    pub multiples: Phrases<()>,
    /// Bodies that bear the name of their unit, folded.
    pub local_bodies: Vec<String>,
    /// Codes of documents that rule, allow or order, and report on no time.
    pub acts: Vec<String>,
    /// Codes of documents that only bodies of the centre issue.
    pub central_types: Vec<String>,
    /// Before the time that the opening sentence of a paragraph speaks of: "về tình hình kinh tế - xã hội năm 1998."
    pub topics: Phrases<()>,
    /// Before a share of what a year had.
    pub equals: Phrases<()>,
    /// Words for the moment of writing.
    pub moments: Phrases<()>,
    /// Words before the day or month in which a thing came about.
    pub founded: Phrases<()>,
    /// Before an event with its date, which is no time of what follows: "sau cơn bão năm 2016".
    pub events: Phrases<()>,
    /// What may stand between a figure and its time.
    pub time_leads: Phrases<()>,
    /// Words before the base of a comparison that was at the beginning of the year.
    pub base_start: Phrases<()>,
    /// The same in the month before.
    pub base_month: Phrases<()>,
    /// Words by which figures go to several subjects in their order.
    pub in_turn: Phrases<()>,
    /// Words before the place that a title is about.
    pub sites: Phrases<()>,
    /// How minutes begin that say where they were taken.
    pub minutes: Phrases<()>,
    /// Before that place.
    pub minutes_at: Phrases<()>,
    /// Marks between the name of a page and that of its site.
    pub site_marks: Phrases<()>,
    /// Times that are said only by where a text stands in time.
    pub spoken: Phrases<Means>,
    /// Words behind such a time that make it none.
    pub spoken_not: Phrases<()>,
    /// "tháng" behind a number, backward.
    pub month_words: Phrases<()>,
    /// Words before "6 tháng" that tell how long something takes.
    pub lasts: Phrases<()>,
    /// Words before the day up to which is counted from the start of its year.
    pub since_start: Phrases<()>,
    /// Words before "đầu năm", "cuối năm" that make it no time of a figure.
    pub start_not: Phrases<()>,
    /// Words between "đầu năm" and its figure.
    pub start_leads: Phrases<()>,
    /// Before "từ đầu năm" where it only says since when nothing was higher.
    pub records: Phrases<()>,
    /// Meetings that plan for the term of office in their title.
    pub congresses: Phrases<()>,
    /// Before the year of the book that a text was taken from.
    pub yearbooks: Phrases<()>,
    /// Before a year from which on something is told, up to now.
    pub since: Phrases<()>,
    /// Before "năm qua" where it is one year.
    pub past_year_leads: Phrases<()>,
    /// Before "năm tới" where it is more than one year.
    pub next_year_not: Phrases<()>,
    /// Before "năm ngoái" where it is only compared with.
    pub last_year_not: Phrases<()>,
    /// What is given for a whole year: before "năm nay" of a text on a part of it.
    pub year_nouns: Phrases<()>,
    /// An earlier time that something is more or less than.
    pub past_refs: Phrases<()>,
    /// "nay" behind "8 tháng đầu năm".
    pub of_this: Phrases<()>,
    /// Before the unit that a paragraph is told of: "tại", "báo cáo của".
    pub place_leads: Phrases<()>,
    /// Before the unit to which a later sentence of a paragraph turns: "trong khi đó, ở".
    pub place_turns: Phrases<()>,
    /// Behind such a unit these make it one of several, or no subject.
    pub opener_not: Phrases<()>,
    /// Before a month up to whose end is counted: "đến hết".
    pub until_month: Phrases<()>,
    /// Meetings, whose month is not what they are told of: "phiên họp".
    pub meetings: Phrases<()>,
    /// Kinds of hamlets: "xóm", "thôn".
    pub hamlets: Phrases<()>,
    /// Papers and policies that years may be those of: "chính sách", "đề án".
    pub papers: Phrases<()>,
    /// Longer words that begin like those of the text's own area: "toàn xã hội".
    pub own_not: Phrases<()>,
    /// Before the day of one count: "tại thời điểm".
    pub own_moment: Phrases<()>,
    /// Before the first year of what goes on until now: "từ năm 2009 đến nay".
    pub starts_span: Phrases<()>,
    /// What only the country has: "Quốc hội", "tổng sản phẩm trong nước".
    pub of_country: Phrases<()>,
    /// Bodies of the country, whose meeting a town only holds: "tại Đà Nẵng, Bộ …".
    pub central_hosts: Phrases<()>,
    /// Words of what is told of each year of a span.
    pub yearly: Phrases<()>,
    /// Words that make a figure of several years one of each year.
    pub each_year: Phrases<()>,
    /// The same for a growth: "bình quân".
    pub mean_growth: Phrases<()>,
    /// Longer words that begin so: "bình quân đầu người".
    pub mean_growth_not: Phrases<()>,
    /// How the names of growths begin: "tốc độ tăng".
    pub growth_names: Vec<String>,
    /// What such a figure is told per.
    pub year_unit: SmolStr,
    /// The words of `mean_growth` and `mean_growth_not`, for headings.
    means: [Vec<String>; 2],
    /// Before the date of a base of comparison: "cùng kỳ năm 2018 là 5 tỷ".
    pub same_time: Phrases<()>,
    /// Between the time of a base of comparison and its figure: "chỉ đạt", "tăng".
    pub base_leads: Phrases<()>,
    /// Words that tell of a whole term of office without its years: "trong nhiệm kỳ".
    pub in_term: Phrases<()>,
    /// Before a year these mean only its beginning or end: "đầu năm 2026".
    pub year_ends: Phrases<()>,
    /// Behind a number these make a span of years: "trong 5 năm".
    pub span_years: Phrases<()>,
    /// What makes another thing of such a number: "mỗi 5 năm", "5 năm tới", "5 năm tuổi".
    pub no_span: Phrases<()>,
    /// Words that make another time of "trong năm": "trong năm học".
    pub other_year: Phrases<()>,
    /// Words of schools, whose figures may be those of a school year.
    pub school: Phrases<()>,
    /// Before the time of what the clause before is set against: "trong khi".
    pub whereas: Phrases<()>,
    /// Before the day that minutes were taken on.
    pub held: Phrases<()>,
    /// Before a time that is a part of what a text is about.
    pub parts: Phrases<()>,
    /// Before the bare name of a unit that a figure is told of.
    pub member_leads: Phrases<()>,
    /// Behind such a name what makes it a part of another one.
    pub member_not: Phrases<()>,
    /// Words that end like those before a place in passing: "môi trường".
    pub passing_not: Phrases<()>,
    /// Committees of the Party that bear the name of their district.
    pub district_seats: Phrases<()>,
    /// Before a larger unit whose average is told.
    pub averages: Phrases<()>,
    /// What begins the bare name of a body, a hamlet or a person.
    pub member_name_not: Phrases<()>,
    /// Behind the town that a news agency sent a text from.
    pub sent_from: Phrases<()>,
    /// Before the word for a unit: what a text is told of.
    pub told_on: Phrases<()>,
    /// Between "là" and the kind of a unit: "Lộc Ninh là một trong những huyện …".
    pub one_of: Phrases<()>,
    /// Before the year that a meeting looked back on: "tổng kết công tác năm 2023".
    pub sums_up: Phrases<()>,
    /// Type words that a list of communes begins with.
    pub member_kinds: Phrases<()>,
    /// Words of the present.
    pub present: Phrases<()>,
    /// Words before them that make them others: "thực" in "thực hiện có".
    pub present_not: Phrases<()>,
    /// The bare word for a commune or a district that takes up the one just told of: "đàn bò của xã".
    pub back_commune: Phrases<()>,
    /// The same of a district.
    pub back_district: Phrases<()>,
    /// Before such a word: it is one of several, or a level.
    pub back_not: Phrases<()>,
    /// Before the time that a sentence begins with.
    pub sentence_leads: Phrases<()>,
    /// Words for a time that was named right before: "khi đó".
    pub back_then: Phrases<()>,
    /// Openings of a sentence that divides what the one before told.
    pub divides: Phrases<()>,
    /// Words for a plan of the year at the beginning of a bracket.
    pub year_plans: Phrases<()>,
    /// Words for a plan.
    pub plan_words: Phrases<()>,
    /// Words at the end of one that was given: "giao".
    pub assigned: Phrases<()>,
    /// Before a year that is only a point of it: "giữa năm 1999".
    pub middles: Phrases<()>,
    /// Before the month in which a sentence says something happened.
    pub event_months: Phrases<()>,
    /// Words of what is remembered: "nhớ lại hồi đầu năm 2004".
    pub recalls: Phrases<()>,
    /// Before a year that another is measured by: "cả" in "gấp 3 lần cả năm 2020".
    pub wholly: Phrases<()>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    own: Vec<OwnEntry>,
    #[serde(default)]
    list: Vec<ListEntry>,
    #[serde(default)]
    spoken: Vec<SpokenEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpokenEntry {
    means: Means,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnEntry {
    level: OwnLevel,
    #[serde(default)]
    strong: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListEntry {
    id: toml::Spanned<String>,
    words: Vec<String>,
}

impl FrameWords {
    /// Name of the pattern file.
    pub const FILE: &str = "frames.toml";
    /// The embedded pattern file.
    pub const BUILTIN: &str = include_str!("../../patterns/frames.toml");

    /// Reads the words from all files named `frames.toml`; later files add words.
    ///
    /// # Errors
    /// A mistake in a file, with its place.
    pub fn load(sources: &Sources, vocab: &mut Vocab) -> Result<Self, PatternError> {
        let mut words = Self {
            own: Phrases::forward(),
            country: Phrases::forward(),
            compares: Phrases::backward(),
            passing: Phrases::backward(),
            seats: Phrases::backward(),
            attached: Phrases::forward(),
            country_names: Vec::new(),
            vision: Phrases::backward(),
            terms: Phrases::forward(),
            grounds: Phrases::forward(),
            plans: Phrases::backward(),
            carried: Phrases::backward(),
            handed: Phrases::forward(),
            until_now: Phrases::forward(),
            versus: Phrases::backward(),
            base: Phrases::backward(),
            returns: Phrases::forward(),
            in_month: Phrases::forward(),
            in_quarter: Phrases::forward(),
            whole_year: Phrases::forward(),
            multiples: Phrases::forward(),
            local_bodies: Vec::new(),
            acts: Vec::new(),
            central_types: Vec::new(),
            topics: Phrases::forward(),
            own_names: Vec::new(),
            commune_heads: Vec::new(),
            area_kinds: Vec::new(),
            equals: Phrases::backward(),
            moments: Phrases::forward(),
            founded: Phrases::backward(),
            events: Phrases::forward(),
            time_leads: Phrases::forward(),
            base_start: Phrases::backward(),
            base_month: Phrases::backward(),
            in_turn: Phrases::forward(),
            sites: Phrases::backward(),
            minutes: Phrases::forward(),
            minutes_at: Phrases::forward(),
            site_marks: Phrases::forward(),
            spoken: Phrases::forward(),
            spoken_not: Phrases::forward(),
            month_words: Phrases::backward(),
            lasts: Phrases::backward(),
            since_start: Phrases::backward(),
            start_not: Phrases::backward(),
            start_leads: Phrases::forward(),
            records: Phrases::backward(),
            congresses: Phrases::forward(),
            yearbooks: Phrases::backward(),
            since: Phrases::backward(),
            past_year_leads: Phrases::backward(),
            next_year_not: Phrases::backward(),
            last_year_not: Phrases::backward(),
            year_nouns: Phrases::forward(),
            past_refs: Phrases::forward(),
            wholly: Phrases::backward(),
            recalls: Phrases::forward(),
            back_then: Phrases::forward(),
            divides: Phrases::forward(),
            year_plans: Phrases::forward(),
            plan_words: Phrases::forward(),
            assigned: Phrases::backward(),
            middles: Phrases::backward(),
            event_months: Phrases::backward(),
            sentence_leads: Phrases::forward(),
            of_this: Phrases::forward(),
            present: Phrases::forward(),
            averages: Phrases::backward(),
            member_name_not: Phrases::forward(),
            sent_from: Phrases::forward(),
            told_on: Phrases::backward(),
            one_of: Phrases::forward(),
            sums_up: Phrases::forward(),
            member_kinds: Phrases::forward(),
            member_leads: Phrases::backward(),
            member_not: Phrases::forward(),
            passing_not: Phrases::backward(),
            district_seats: Phrases::forward(),
            parts: Phrases::backward(),
            present_not: Phrases::backward(),
            back_commune: Phrases::forward(),
            back_district: Phrases::forward(),
            back_not: Phrases::backward(),
            place_leads: Phrases::forward(),
            place_turns: Phrases::forward(),
            opener_not: Phrases::forward(),
            until_month: Phrases::backward(),
            meetings: Phrases::forward(),
            hamlets: Phrases::forward(),
            papers: Phrases::forward(),
            own_not: Phrases::forward(),
            own_moment: Phrases::backward(),
            starts_span: Phrases::backward(),
            of_country: Phrases::forward(),
            central_hosts: Phrases::forward(),
            yearly: Phrases::forward(),
            each_year: Phrases::forward(),
            mean_growth: Phrases::forward(),
            mean_growth_not: Phrases::forward(),
            growth_names: Vec::new(),
            year_unit: SmolStr::default(),
            means: Default::default(),
            same_time: Phrases::backward(),
            base_leads: Phrases::backward(),
            whereas: Phrases::backward(),
            school: Phrases::forward(),
            year_ends: Phrases::backward(),
            span_years: Phrases::forward(),
            no_span: Phrases::forward(),
            other_year: Phrases::forward(),
            in_term: Phrases::forward(),
            held: Phrases::forward(),
        };
        for source in sources.named(Self::FILE) {
            let file: File = source.parse()?;
            for entry in file.own {
                words.own_names.extend(entry.strong.iter().map(|w| (entry.level, w.to_lowercase())));
                for (list, strong) in [(entry.strong, true), (entry.weak, false)] {
                    for phrase in list {
                        words.own.add(vocab, &phrase, Own { level: entry.level, strong });
                    }
                }
            }
            for entry in file.spoken {
                entry.words.iter().for_each(|phrase| words.spoken.add(vocab, phrase, entry.means));
            }
            for entry in file.list {
                let at = entry.id.span().start;
                let id = entry.id.into_inner();
                if id == "country" {
                    words.country_names.extend(entry.words.iter().map(|w| w.to_lowercase()));
                }
                if id == "growth_names" {
                    words.growth_names.extend(entry.words.iter().map(|w| w.to_lowercase()));
                    continue;
                }
                let means = words.means.iter_mut().zip(["mean_growth", "mean_growth_not"]);
                for (list, _) in means.filter(|(_, name)| *name == id) {
                    list.extend(entry.words.iter().map(|w| w.to_lowercase()));
                }
                if id == "year_unit" {
                    words.year_unit = entry.words.into_iter().next().unwrap_or_default().into();
                    continue;
                }
                if id == "local_bodies" {
                    words.local_bodies.extend(entry.words.iter().map(|w| w.to_lowercase()));
                    continue;
                }
                if id == "commune_heads" {
                    words.commune_heads.extend(entry.words.iter().map(|w| w.to_lowercase()));
                    continue;
                }
                if id == "area_kinds" {
                    words.area_kinds.extend(entry.words.iter().map(|w| format!(" {w} ")));
                    continue;
                }
                if id == "acts" {
                    words.acts.extend(entry.words);
                    continue;
                }
                if id == "central_types" {
                    words.central_types.extend(entry.words);
                    continue;
                }
                let list = match id.as_str() {
                    "country" => &mut words.country,
                    "compares" => &mut words.compares,
                    "passing" => &mut words.passing,
                    "seats" => &mut words.seats,
                    "attached" => &mut words.attached,
                    "vision" => &mut words.vision,
                    "terms" => &mut words.terms,
                    "grounds" => &mut words.grounds,
                    "plans" => &mut words.plans,
                    "carried" => &mut words.carried,
                    "handed" => &mut words.handed,
                    "until_now" => &mut words.until_now,
                    "versus" => &mut words.versus,
                    "base" => &mut words.base,
                    "returns" => &mut words.returns,
                    "in_month" => &mut words.in_month,
                    "in_quarter" => &mut words.in_quarter,
                    "whole_year" => &mut words.whole_year,
                    "multiples" => &mut words.multiples,
                    "equals" => &mut words.equals,
                    "moments" => &mut words.moments,
                    "founded" => &mut words.founded,
                    "events" => &mut words.events,
                    "time_leads" => &mut words.time_leads,
                    "base_start" => &mut words.base_start,
                    "base_month" => &mut words.base_month,
                    "in_turn" => &mut words.in_turn,
                    "sites" => &mut words.sites,
                    "minutes" => &mut words.minutes,
                    "minutes_at" => &mut words.minutes_at,
                    "site_marks" => &mut words.site_marks,
                    "spoken_not" => &mut words.spoken_not,
                    "month_words" => &mut words.month_words,
                    "lasts" => &mut words.lasts,
                    "since_start" => &mut words.since_start,
                    "start_not" => &mut words.start_not,
                    "start_leads" => &mut words.start_leads,
                    "records" => &mut words.records,
                    "congresses" => &mut words.congresses,
                    "yearbooks" => &mut words.yearbooks,
                    "since" => &mut words.since,
                    "past_year_leads" => &mut words.past_year_leads,
                    "next_year_not" => &mut words.next_year_not,
                    "last_year_not" => &mut words.last_year_not,
                    "year_nouns" => &mut words.year_nouns,
                    "past_refs" => &mut words.past_refs,
                    "recalls" => &mut words.recalls,
                    "back_then" => &mut words.back_then,
                    "divides" => &mut words.divides,
                    "topics" => &mut words.topics,
                    "year_plans" => &mut words.year_plans,
                    "plan_words" => &mut words.plan_words,
                    "assigned" => &mut words.assigned,
                    "middles" => &mut words.middles,
                    "event_months" => &mut words.event_months,
                    "wholly" => &mut words.wholly,
                    "sentence_leads" => &mut words.sentence_leads,
                    "parts" => &mut words.parts,
                    "member_leads" => &mut words.member_leads,
                    "member_not" => &mut words.member_not,
                    "passing_not" => &mut words.passing_not,
                    "district_seats" => &mut words.district_seats,
                    "averages" => &mut words.averages,
                    "member_name_not" => &mut words.member_name_not,
                    "sent_from" => &mut words.sent_from,
                    "told_on" => &mut words.told_on,
                    "one_of" => &mut words.one_of,
                    "sums_up" => &mut words.sums_up,
                    "member_kinds" => &mut words.member_kinds,
                    "present" => &mut words.present,
                    "present_not" => &mut words.present_not,
                    "back_commune" => &mut words.back_commune,
                    "back_district" => &mut words.back_district,
                    "back_not" => &mut words.back_not,
                    "of_this" => &mut words.of_this,
                    "place_leads" => &mut words.place_leads,
                    "place_turns" => &mut words.place_turns,
                    "opener_not" => &mut words.opener_not,
                    "until_month" => &mut words.until_month,
                    "meetings" => &mut words.meetings,
                    "hamlets" => &mut words.hamlets,
                    "papers" => &mut words.papers,
                    "own_not" => &mut words.own_not,
                    "own_moment" => &mut words.own_moment,
                    "starts_span" => &mut words.starts_span,
                    "of_country" => &mut words.of_country,
                    "central_hosts" => &mut words.central_hosts,
                    "yearly" => &mut words.yearly,
                    "each_year" => &mut words.each_year,
                    "mean_growth" => &mut words.mean_growth,
                    "mean_growth_not" => &mut words.mean_growth_not,
                    "same_time" => &mut words.same_time,
                    "base_leads" => &mut words.base_leads,
                    "whereas" => &mut words.whereas,
                    "school" => &mut words.school,
                    "year_ends" => &mut words.year_ends,
                    "span_years" => &mut words.span_years,
                    "no_span" => &mut words.no_span,
                    "other_year" => &mut words.other_year,
                    "in_term" => &mut words.in_term,
                    "held" => &mut words.held,
                    _ => {
                        let hint = "compare the lists of the embedded frames.toml";
                        return Err(source.error(at, &format!("no list is called {id:?}"), hint));
                    }
                };
                entry.words.iter().for_each(|phrase| list.add(vocab, phrase, ()));
            }
        }
        words.spoken.give_hint(vocab, hint::DATE);
        Ok(words)
    }

    /// Whether a heading, in small letters, says that its figures are means over years: "tăng trưởng (bình quân)".
    pub fn says_mean(&self, heading: &str) -> bool {
        let [means, not] = &self.means;
        let has = |words: &[String]| words.iter().any(|w| heading.contains(w.as_str()));
        has(means) && !has(not)
    }
}
