//! The words of dates and periods: `patterns/dates.toml` as tables that the date grammar reads.
//!
//! Single words have one class each ("ngày", "tháng", "năm", "từ", "đến"); phrases stand before a year range
//! ("giai đoạn", "nhiệm kỳ") or tell what a date is for ("tính đến", "chậm nhất").

use serde::Deserialize;

use super::lists::word_lists;
use super::phrases::Phrases;
use super::rule::{Fragments, Makes, RuleEntry, RuleId, RuleSet};
use super::source::{PatternError, Sources};
use crate::words::token::{Kind, Token, hint};
use crate::words::vocab::{ByWord, Vocab};

/// What a single word does in a date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Class {
    /// Nothing.
    #[default]
    None,
    /// ngày
    Day,
    /// tháng
    Month,
    /// năm: also the numeral five; only a number of four digits after it makes a year.
    Year,
    /// quý
    Quarter,
    /// từ
    From,
    /// đến, tới
    To,
    /// hết: between đến and the date.
    Fill,
    /// đầu
    First,
    /// cuối
    Last,
    /// nửa
    Half,
    /// và, hoặc
    And,
    /// của: "6 tháng đầu của năm"
    Of,
    /// mỗi, từng: "mỗi năm 2000 lượt" is no year.
    Each,
    /// hàng, hằng: "20/11 hằng năm" is no single day.
    Every,
    /// học: "năm học"
    School,
    /// số: "Thông tư số 06/2021" is no month.
    Number,
    /// T in "T5/2016"
    ShortMonth,
    /// Q in "Q1/2024"
    ShortQuarter,
    /// mùng: before one of the first ten days.
    Early,
}

/// What the words before a year range make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// giai đoạn, thời kỳ: whole years.
    Period,
    /// nhiệm kỳ, niên khóa: whole years.
    Term,
    /// năm học: September to August.
    School,
    /// vụ Đông Xuân, niên vụ: its years.
    Season,
    /// các năm, trong năm: whole years.
    Years,
}

/// What a date is for, as the words before it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// tính đến: the state at that day.
    AsOf,
    /// trước, chậm nhất: the last day for something.
    Deadline,
    /// đến, đến hết: as of a past day, deadline of a later one.
    Until,
    /// Quốc khánh, dịp lễ: a day of every year.
    Holiday,
    /// chuẩn nghèo: the years in the name of a standard.
    Standard,
    /// từ, kể từ, vào: only makes day and month a date.
    Plain,
}

word_lists! {
    /// The words and rules of dates.
    #[derive(Debug)]
    pub struct DateWords {
        /// Before a year without "năm": so với, cùng kỳ, Tết Nguyên đán, Xuân Bính Ngọ.
        year_lead: backward,
        /// Behind a number of months: what was done in them ("9 tháng ước đạt").
        told: forward,
        /// Before "9 tháng": counted up from the start of the year.
        cumulative: backward,
        /// Before a number of months: how long something takes ("sau 6 tháng").
        allowed: backward,
        /// Before a day and month in brackets: "Hôm qua (7/6)".
        said_days: backward,
        /// Words that count months or weeks: "tuần 2 tháng 3".
        numbered: backward,
        /// What makes a date one of every year: "hằng năm", "định kỳ".
        recurring: forward,
        /// What ties a date to another year: "của năm sau", "cùng năm".
        relative: forward,
        /// Names of months that are also those of the moon's year: "tháng Giêng".
        lunar: forward,
        /// Before such a month, a day of the moon's year: "rằm".
        lunar_lead: backward,
        /// Behind the hour before a slash and a day: "13h/12/10".
        hour_marks: single,
        /// Parts of a day before its date: "chiều 17-10".
        day_parts: single,
        /// Words inside a time of day: "17 giờ 30 phút".
        clock: single,
    }
    beside {
        classes: ByWord<Class> = ByWord::default(),
        /// What stands before a range of years.
        pub heads: Phrases<Head> = Phrases::backward(),
        /// What stands before a date and says what it is for.
        pub cues: Phrases<Cue> = Phrases::backward(),
        /// What is counted: after "7/8" it makes a ratio; false for longer words that only begin so ("tỷ lệ").
        pub counted: Phrases<bool> = Phrases::forward(),
        /// Numbers of months in words: "sáu tháng đầu năm".
        pub numerals: Phrases<u8> = Phrases::backward(),
        /// Months and quarters in words or Roman numbers, behind their word: "tháng mười hai", "tháng III", "quý ba".
        pub ordinals: Phrases<u8> = Phrases::forward(),
        /// Quarters whose letter and number are one word: "QIV/2019", "Q.IV/2019".
        pub joined_quarters: Phrases<u8> = Phrases::backward(),
        /// The rules by their part in the grammar.
        pub rules: DateRules = rules,
    }
    given (rules: DateRules)
    read as_table Words {
        day: Vec<String>,
        month: Vec<String>,
        year: Vec<String>,
        quarter: Vec<String>,
        from: Vec<String>,
        to: Vec<String>,
        fill: Vec<String>,
        first: Vec<String>,
        last: Vec<String>,
        half: Vec<String>,
        and: Vec<String>,
        of: Vec<String>,
        each: Vec<String>,
        every: Vec<String>,
        school: Vec<String>,
        number: Vec<String>,
        short_month: Vec<String>,
        short_quarter: Vec<String>,
        early: Vec<String>,
        counted: Vec<String>,
        not_counted: Vec<String>,
        stems: Vec<String>,
        branches: Vec<String>,
        numerals: Vec<Vec<String>>,
        ordinals: Vec<Vec<String>>,
        joined_quarters: Vec<Vec<String>>,
        heads: Heads,
        cues: Cues,
    }
}

/// The rules that the date grammar names.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct DateRules {
    pub day: RuleId,
    pub day_words: RuleId,
    pub day_short: RuleId,
    pub day_alone: RuleId,
    pub month: RuleId,
    pub month_short: RuleId,
    pub blank: RuleId,
    pub quarter: RuleId,
    pub half: RuleId,
    pub months: RuleId,
    pub months_alone: RuleId,
    pub year: RuleId,
    pub year_list: RuleId,
    pub year_head: RuleId,
    pub year_cue: RuleId,
    pub years: RuleId,
    pub years_bare: RuleId,
    pub school_year: RuleId,
    pub season: RuleId,
    pub interval: RuleId,
    pub impossible: RuleId,
    pub recurring: RuleId,
    pub holiday: RuleId,
    pub no_year: RuleId,
}

impl DateWords {
    /// The class of a token; [`Class::None`] for what is no word.
    #[inline]
    pub fn class(&self, token: &Token) -> Class {
        if token.kind != Kind::Word || token.word == 0 {
            return Class::None;
        }
        self.classes.get(token.word)
    }

    /// Reads `dates.toml`.
    ///
    /// # Errors
    /// A broken file, or a rule missing that the grammar needs.
    pub(super) fn load(
        sources: &Sources,
        vocab: &mut Vocab,
        rules: &mut RuleSet,
        fragments: &Fragments,
    ) -> Result<Self, PatternError> {
        let mut words = Vec::new();
        for file in sources.named("dates.toml") {
            let parsed = file.parse::<DatesFile>()?;
            rules.add(file, Makes::Date, parsed.rule, fragments)?;
            words.push(parsed.words);
        }
        let mut out = Self::empty(DateRules::find(rules)?);
        words.into_iter().for_each(|w| out.add(vocab, w));
        // What a date begins with, besides its number: `recognise::date::points`.
        let begins = |class| matches!(class, Class::Quarter | Class::Half | Class::Month);
        let words = out.classes.iter().filter(|(_, class)| begins(*class)).map(|(word, _)| word);
        vocab.hint_words(words, hint::DATE);
        Ok(out)
    }

    fn add(&mut self, vocab: &mut Vocab, words: Words) {
        self.add_all(vocab, &words);
        let classes = [
            (words.day, Class::Day),
            (words.month, Class::Month),
            (words.year, Class::Year),
            (words.quarter, Class::Quarter),
            (words.from, Class::From),
            (words.to, Class::To),
            (words.fill, Class::Fill),
            (words.first, Class::First),
            (words.last, Class::Last),
            (words.half, Class::Half),
            (words.and, Class::And),
            (words.of, Class::Of),
            (words.each, Class::Each),
            (words.every, Class::Every),
            (words.school, Class::School),
            (words.number, Class::Number),
            (words.short_month, Class::ShortMonth),
            (words.short_quarter, Class::ShortQuarter),
            (words.early, Class::Early),
        ];
        for (list, class) in classes {
            for word in list {
                self.classes.set(vocab.intern(&word), class);
            }
        }
        let heads = [
            (words.heads.period, Head::Period),
            (words.heads.term, Head::Term),
            (words.heads.school, Head::School),
            (words.heads.season, Head::Season),
            (words.heads.years, Head::Years),
        ];
        for (list, head) in heads {
            list.iter().for_each(|p| self.heads.add(vocab, p, head));
        }
        let cues = [
            (words.cues.plain, Cue::Plain),
            (words.cues.until, Cue::Until),
            (words.cues.as_of, Cue::AsOf),
            (words.cues.deadline, Cue::Deadline),
            (words.cues.holiday, Cue::Holiday),
            (words.cues.standard, Cue::Standard),
        ];
        for (list, cue) in cues {
            list.iter().for_each(|p| self.cues.add(vocab, p, cue));
        }
        words.counted.iter().for_each(|p| self.counted.add(vocab, p, true));
        words.not_counted.iter().for_each(|p| self.counted.add(vocab, p, false));
        for stem in &words.stems {
            for branch in &words.branches {
                self.year_lead.add(vocab, &format!("{stem} {branch}"), ());
            }
        }
        for (n, list) in words.numerals.iter().enumerate() {
            let value = u8::try_from(n + 1).unwrap_or(0);
            list.iter().for_each(|p| self.numerals.add(vocab, p, value));
            list.iter().for_each(|p| self.ordinals.add(vocab, p, value));
        }
        for (n, list) in words.ordinals.iter().enumerate() {
            let value = u8::try_from(n + 1).unwrap_or(0);
            list.iter().for_each(|p| self.ordinals.add(vocab, p, value));
        }
        for (n, list) in words.joined_quarters.iter().enumerate() {
            let value = u8::try_from(n + 1).unwrap_or(0);
            list.iter().for_each(|p| self.joined_quarters.add(vocab, p, value));
        }
    }
}

impl DateRules {
    fn find(rules: &RuleSet) -> Result<Self, PatternError> {
        let id = |name: &str| rules.id(&format!("date.{name}"));
        Ok(Self {
            day: id("day")?,
            day_words: id("day_words")?,
            day_short: id("day_short")?,
            day_alone: id("day_alone")?,
            month: id("month")?,
            month_short: id("month_short")?,
            blank: id("blank")?,
            quarter: id("quarter")?,
            half: id("half")?,
            months: id("months")?,
            months_alone: id("months_alone")?,
            year: id("year")?,
            year_list: id("year_list")?,
            year_head: id("year_head")?,
            year_cue: id("year_cue")?,
            years: id("years")?,
            years_bare: id("years_bare")?,
            school_year: id("school_year")?,
            season: id("season")?,
            interval: id("interval")?,
            impossible: id("impossible")?,
            recurring: id("recurring")?,
            holiday: id("holiday")?,
            no_year: id("no_year")?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatesFile {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Heads {
    period: Vec<String>,
    term: Vec<String>,
    school: Vec<String>,
    season: Vec<String>,
    years: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Cues {
    plain: Vec<String>,
    until: Vec<String>,
    as_of: Vec<String>,
    deadline: Vec<String>,
    holiday: Vec<String>,
    standard: Vec<String>,
}
