//! Spans of time in brackets, and what they are told of: the subject before them, a number of years, what the title names.

use super::covered::Reading;
use crate::claim::date::Found as Date;
use crate::words::token::Gap;

/// Most words of a subject whose days stand in brackets.
const SUBJECT: usize = 14;
/// So many words before a bracket name what it gives the days of.
const NAMED: usize = 3;

impl Reading<'_, '_> {
    /// "Đợt tiêm phòng cúm gia cầm thứ nhất (từ 15-3 đến 30-4) đã khép lại …": words alone stand before the bracket in its line.
    pub(super) fn ends_subject(&self, date: &Date) -> bool {
        let start = self.text_start(date.tokens.start);
        let subject = start..date.tokens.start - 1;
        subject.len() <= SUBJECT && subject.into_iter().all(|i| self.work.is_word(i))
    }

    /// Where the line of a token begins, behind the newspaper's own mark: "(CMO) Mùa khô …".
    pub(super) fn text_start(&self, i: usize) -> usize {
        let start = self.line_start(i);
        if self.work.is(start, '(') && self.work.is(start + 2, ')') { start + 3 } else { start }
    }

    /// Whether a bracket holds a date and nothing else.
    pub(super) fn is_in_bracket(&self, date: &Date) -> bool {
        date.tokens.start > 0
            && self.work.is(date.tokens.start - 1, '(')
            && self.work.is(date.tokens.end, ')')
    }

    /// "… (01/7 - 30/9/2025), …": a bracket of its own, with a comma behind it.
    pub(super) fn is_set_in_bracket(&self, date: &Date) -> bool {
        self.is_in_bracket(date) && self.work.is(date.tokens.end + 1, ',')
    }

    /// "KẾT QUẢ 10 NĂM THỰC HIỆN (2011 - 2020)", "5 năm thực hiện Chương trình …, giai đoạn 2006 - 2010": a span ends its line, with as many
    /// years as that says.
    pub(super) fn is_years_of_heading(&self, date: &Date) -> bool {
        let end = date.tokens.end + usize::from(self.work.is(date.tokens.end, ')'));
        self.work.token(end).is_none_or(|t| t.gap >= Gap::Line) && self.says_years(date)
    }

    /// "Sau 3 năm thực hiện Đề án … (2019 - 2021), …": whether the line says before a span how many years it has.
    pub(super) fn says_years(&self, date: &Date) -> bool {
        let years = &self.work.patterns.frames.span_years;
        let count = u32::from(date.end.year() - date.start.year()) + 1;
        let says = |i: usize| {
            years.at(&self.work.tokens, i + 1).is_some() && self.work.word(i).parse::<u32>() == Ok(count)
        };
        (self.line_start(date.tokens.start)..date.tokens.start).any(says)
    }

    /// "… báo cáo kết quả triển khai Tháng hành động (từ 15/4/2019 đến 15/5/2019) như sau": a bracket behind what the title names.
    pub(super) fn is_named_in_title(&self, date: &Date, from: usize) -> bool {
        let first = date.tokens.start.saturating_sub(NAMED + 1);
        if !self.is_in_bracket(date) || first == 0 {
            return false;
        }
        let title = self.work.text.s().get(..from).unwrap_or_default().to_lowercase();
        let words: Vec<String> =
            (first..date.tokens.start - 1).map(|i| self.work.word(i).to_lowercase()).collect();
        title.contains(&words.join(" "))
    }
}
