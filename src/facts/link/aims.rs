//! Stage 5, linking: what a sentence aims at, the sentences behind it aim at too. "Theo Kế hoạch, mạng phải vận hành liên
//! tục. 100% phòng có mạng LAN; 40% xã lắp đặt mạng." gives a target to both shares, until a sentence tells results
//! ("Đến nay đã …"), a heading comes, or a paragraph that does not go on with the list.
//!
//! Sentences go in, the role of each that has no words of its own comes out.

use std::ops::Range;

use crate::claim::Work;
use crate::claim::indicator::{Context, DateAt, Found, Role};
use crate::patterns::clauses::ClauseWords;
use crate::structure::sentence::Sentences;
use crate::words::token::{Gap, Kind};

/// So many lines may be the title, of so many tokens.
const TITLE_LINES: usize = 4;
const TITLE_TOKENS: usize = 60;
/// How far into a sentence the time that it opens with begins, in tokens.
const OPENS: usize = 3;

/// Which sentences aim by those before them, or by the title.
pub(super) struct Aims {
    /// By number of sentence; of those without figures nothing is said.
    sentences: Vec<bool>,
}

impl Aims {
    pub(super) fn of(work: &Work<'_>, sentences: &Sentences, context: &Context<'_>, found: &[Found]) -> Self {
        let clauses = &work.patterns.clauses;
        let tokens_of = |number| sentences.tokens(number, work.tokens.len());
        let heading = |start: usize| {
            let at = context.headings.binary_search_by_key(&start, |h| h.tokens.start);
            at.is_ok()
        };
        let cue = |number: usize| {
            let tokens = tokens_of(number);
            let next = found.partition_point(|f| f.tokens.start < tokens.start);
            let first = found.get(next).map_or(tokens.end, |f| f.tokens.start.min(tokens.end));
            // A cell tells nothing of the sentences behind it.
            let cell = work.token(tokens.start).is_some_and(|t| t.is('|'))
                || tokens.start > 0 && work.token(tokens.start - 1).is_some_and(|t| t.is('|'));
            if cell { None } else { cue(work, clauses, context, tokens.start..first) }
        };
        // "Cuối năm 2020 toàn huyện còn 2.468 hộ nghèo" below a title of 2021 that aims.
        let past = |number: usize| {
            let tokens = tokens_of(number);
            let first = context.dates.partition_point(|d| d.tokens.start < tokens.start);
            let opens = |d: &&DateAt| d.tokens.start <= tokens.start + OPENS && !d.in_reference;
            let date = context.dates.get(first).filter(opens);
            let over = date.is_some_and(|d| context.written.is_some_and(|day| d.end < day));
            over && cue(number) != Some(true)
        };
        // The title sets aims until a sentence tells results.
        let headless = context.doc_type.is_none();
        let mut title = headless
            && (title_aims(work, clauses, sentences, found) || lead_aims(work, clauses, sentences, found));
        let mut out = vec![false; sentences.len()];
        // What the sentences before this one aim at, and those behind it that were not asked yet: only figures ask.
        let (mut aiming, mut unasked) = (false, 0);
        let mut items = found.iter().map(|f| f.tokens.start).peekable();
        for (number, aims) in out.iter_mut().enumerate() {
            let tokens = tokens_of(number);
            let line = work.token(tokens.start).is_some_and(|t| t.gap >= Gap::Line);
            if heading(tokens.start) || line && !goes_on(work, tokens.start) {
                (aiming, unasked) = (false, number);
            }
            title = title && cue(number) != Some(false) && !past(number);
            if items.peek().is_some_and(|&at| at < tokens.end) {
                aiming = (unasked..number).rev().find_map(cue).unwrap_or(aiming);
                unasked = number;
                *aims = aiming || title && number > 0;
            }
            while items.next_if(|&at| at < tokens.end).is_some() {}
        }
        Self { sentences: out }
    }

    /// The role that the sentences before one, or the title, give it.
    pub(super) fn role(&self, sentence: usize) -> Option<Role> {
        let aims = self.sentences.get(sentence).copied().unwrap_or(false);
        aims.then_some(Role::Target)
    }
}

/// Whether a line goes on with a list of aims: it begins with a mark, a number or a bound.
fn goes_on(work: &Work<'_>, start: usize) -> bool {
    let words = &work.patterns.indicators;
    let number = |i: usize| work.token(i).is_some_and(|t| t.kind == Kind::Number);
    let bound =
        |i: usize| (1..4).any(|n| number(i + n) && words.bound_before.before(&work.tokens, i + n).is_some());
    work.token(start).is_some_and(|t| t.kind == Kind::Punct)
        || number(start)
        || bound(start)
        || work.patterns.clauses.aims_go_on.at(&work.tokens, start).is_some()
}

/// Whether a sentence aims (true) or tells results (false), by the first words before its figures that say so.
fn cue(work: &Work<'_>, clauses: &ClauseWords, context: &Context<'_>, tokens: Range<usize>) -> Option<bool> {
    // "Từ năm 2018 đến năm 2021, …" is one stretch of time, and aims at nothing.
    let within = |i: usize| {
        let next = context.dates.partition_point(|d| d.tokens.start < i);
        next.checked_sub(1).and_then(|n| context.dates.get(n)).is_some_and(|d| d.tokens.contains(&i))
    };
    tokens.into_iter().find_map(|i| {
        let aims = clauses.aims.at(&work.tokens, i).is_some() && !within(i);
        let neutral = aims && work.patterns.indicators.role_neutral.at(&work.tokens, i).is_some();
        let results = clauses.results.at(&work.tokens, i).is_some();
        if aims && !neutral { Some(true) } else { results.then_some(false) }
    })
}

/// "UBND tỉnh vừa ban hành kế hoạch chuyển đổi số năm 2025 …": whether one of the first sentences, before any figure, tells of a
/// plan that was laid down.
fn lead_aims(work: &Work<'_>, clauses: &ClauseWords, sentences: &Sentences, found: &[Found]) -> bool {
    let beginning = |n| {
        let own = sentences.tokens(n, work.tokens.len());
        own.start..own.end.min(own.start + TITLE_TOKENS)
    };
    // What stands behind figures is one topic of many.
    let figure = found.first().map_or(work.tokens.len(), |f| f.tokens.start);
    let first = (0..LEAD_SENTENCES.min(sentences.len())).map(beginning).take_while(|own| own.end <= figure);
    first.into_iter().any(|own| {
        // "Thực hiện Kế hoạch …" and what has been done tell results.
        let says = |i: usize| clauses.lead_aims.at(&work.tokens, i).is_some();
        let told = |i: usize| clauses.title_results.at(&work.tokens, i).is_some();
        own.clone().find(|&i| says(i)).is_some_and(|at| !(own.start..at).any(told))
    })
}

/// Among so many first sentences a plan is looked for.
const LEAD_SENTENCES: usize = 6;

/// Whether one of the first lines is a title that aims: no whole sentence, no figure in it, and it tells no results.
fn title_aims(work: &Work<'_>, clauses: &ClauseWords, sentences: &Sentences, found: &[Found]) -> bool {
    let figure = found.first().map_or(work.tokens.len(), |f| f.tokens.start);
    let lines = (0..TITLE_LINES).map(|n| sentences.tokens(n, work.tokens.len()));
    let mut told_above = false;
    lines.take_while(|line| line.end <= figure && line.start < line.end).any(|line| {
        let told = line.clone().any(|i| clauses.title_results.at(&work.tokens, i).is_some());
        // "TÌNH HÌNH … THÁNG 11" over "PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 12": results first.
        let above = std::mem::replace(&mut told_above, told);
        let stop = |i: usize| work.token(i).is_some_and(|t| t.is('.') || t.is(';') || t.is(':'));
        if line.end >= work.tokens.len() || stop(line.end - 1) {
            return false;
        }
        let mut line = line.start..line.end.min(line.start + TITLE_TOKENS);
        // "Tân Sơn và các chương trình mục tiêu quốc gia" aims at nothing.
        let neutral = |n: usize| {
            let words = &work.patterns.indicators.role_neutral;
            (line.start..=n).any(|i| words.at(&work.tokens, i).is_some_and(|(len, ())| i + len > n))
        };
        let aims = line.clone().any(|i| clauses.title_aims.at(&work.tokens, i).is_some() && !neutral(i));
        let told = line.any(|i| clauses.title_results.at(&work.tokens, i).is_some());
        aims && !told && !above
    })
}
