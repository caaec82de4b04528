//! The time a quantity is about: a date in its sentence, in the line that leads in, or in its section's heading; for a
//! cell, in the heading of its column.

use std::ops::Range;

use super::{Linker, Place, tokens_of};
use crate::claim::indicator::{DateAt, Found, Kind, Reach, Role};
use crate::facts::frame::item::{founded, months, of_event, returned};
use crate::record::Basis;
use crate::words::token::{Gap, Kind as TokenKind, Token};

/// How far behind a quantity a date of its clause may stand, in tokens.
const DATE_REACH: usize = 20;
/// How far before "tầm nhìn" the nearer time stands.
const NEARER: usize = 3;
/// How far before a date the number of its figure ends: "40,83% năm 2018".
const FIGURE: usize = 3;
/// Most tokens of a number.
const NUMBER: usize = 6;
/// How far behind a comma or bracket.
const AFTER_MARK: usize = 5;
/// How far before the time of a ground its line begins, in tokens.
const GROUND: usize = 60;
/// Fewest tokens of a span of days: "01/7 - 30/9".
const SPAN: usize = 7;
/// How far before a date its sentence begins with what is compared with, in tokens.
const COMPARED: usize = 10;
/// Most words before a rank: "xếp hạng".
const RANK: usize = 2;
/// How far before its figure "bình quân mỗi năm" stands, in tokens.
const YEARLY: usize = 8;
/// Months of a year.
const YEAR: i32 = 12;

impl Linker<'_, '_> {
    /// Index of the date in the context, whose words it is, and the rule that took it.
    pub(super) fn period(&self, item: &Found, place: &Place<'_>) -> Option<(usize, Basis, &'static str)> {
        if self.is_of_now(item) {
            return None;
        }
        let byte = self.work.bytes(item.tokens.clone()).start;
        // "Hiện nay còn 25 cụm" under a heading of years to come: not told of those.
        let of_now = || self.of_now(place.sentence.start..item.tokens.start);
        let to_come = |n: &usize| {
            let date = self.context.dates.get(*n);
            date.zip(self.context.year).is_some_and(|(d, year)| d.years.1 > year)
        };
        let ahead = |n: &usize| {
            let date = self.context.dates.get(*n);
            date.zip(self.context.written).is_some_and(|(d, day)| d.start > day)
        };
        let from_heading = || {
            let date = self.headings_at(byte).find_map(|h| self.last_date(tokens_of(h)));
            date.filter(|n| !((to_come(n) || ahead(n)) && of_now()))
        };
        let in_text = self.period_in(item, place).map(|(date, rule)| (date, Basis::Text, rule));
        // "giảm từ 15,8% năm 2010 còn 9,5% năm 2015, bình quân mỗi năm giảm 1,26%": told of the years of the heading.
        let years = |n: usize| self.context.dates.get(n).is_some_and(|d| d.years.0 < d.years.1);
        let in_text = in_text.filter(|&(n, _, rule)| {
            let before = rule == "period.before" && !years(n) && self.says_yearly(item);
            !(before && from_heading().is_some_and(years))
        });
        let in_lead = || {
            let event = |n: &usize, lead: &Range<usize>| {
                self.context.dates.get(*n).is_some_and(|d| of_event(self.work, &d.tokens, lead.start))
            };
            let told = |n: &usize, lead: &Range<usize>| !event(n, lead) && !self.of_ground(*n);
            let dated = |lead: Range<usize>| {
                let of_own = || self.date_of_title(lead.clone()).filter(|&n| self.is_of(n));
                self.last_date(lead.clone()).or_else(of_own).filter(|n| told(n, &lead))
            };
            let lead = self.lead_in(place).and_then(dated);
            let title = || self.title_over(place).and_then(|title| self.date_of_title(title));
            // "Tiến độ thực hiện 19 tiêu chí đến 31/12/2015": a line over a list that ends with its time.
            let ended = || {
                let line = self.line_over(place)?;
                let date = self.last_date(line.clone())?;
                self.context.dates.get(date).filter(|d| d.tokens.end == line.end).map(|_| date)
            };
            lead.or_else(title).or_else(ended).filter(|n| !(ahead(n) && of_now()))
        };
        // "56,9 triệu đồng năm 2013 (tương đương 2.686 USD/người)": the same told again has the same time.
        let again = || {
            let bracket = self.brackets.around(item.tokens.start)?;
            let said = self.clauses.said_again.at(&self.work.tokens, bracket.start + 1).is_some();
            let told = place.previous.filter(|p| said && p.tokens.end == bracket.start)?;
            told.period.map(|date| (date, told.period_basis, "period.said_again"))
        };
        in_text
            .or_else(again)
            .or_else(|| in_lead().map(|date| (date, Basis::List, "period.lead")))
            .or_else(|| from_heading().map(|date| (date, Basis::Section, "period.heading")))
    }

    /// The date right behind the quantity or right before its bracket; else the last one before it in its sentence, else
    /// the first one after it in its clause.
    pub(super) fn period_in(&self, item: &Found, place: &Place<'_>) -> Option<(usize, &'static str)> {
        let open = |n: &usize| {
            self.context.dates.get(*n).is_some_and(|d| {
                let between = d.tokens.end..item.tokens.start;
                self.reaches(d.reach, between.clone())
                    && !self.of_moment(&d.tokens, &between)
                    && (!self.closed(between.clone()) || self.spells_out(d) || self.dates_clause(d, place))
                    && !founded(self.work, &d.tokens)
                    && !self.is_handed_on(&d.tokens, &between)
                    && !self.is_beside(d, &between)
                    && !self.labels_member(&d.tokens, &between)
                    && !returned(self.work, months(d.start, d.end), between)
            })
        };
        let before = || {
            let last = self.dates_in(place.sentence.start..item.tokens.start).filter(open).last();
            last.filter(|&n| !self.of_start(item, n))
        };
        let behind =
            || self.dates_in(item.tokens.end..place.limit).next().filter(|&n| self.goes_with(item, place, n));
        let rules: [(&'static str, &dyn Fn() -> Option<usize>); 5] = [
            ("period.right_behind", &|| self.right_behind(item, place)),
            ("period.bracket", &|| self.bracketed(item, place)),
            ("period.before", &before),
            ("period.behind", &behind),
            ("period.shared", &|| self.shared_behind(item, place)),
        ];
        rules.iter().find_map(|(rule, date)| date().map(|n| (n, *rule)))
    }

    /// "và khoảng 42% năm 2004", "100% vào năm 2026": nothing stands between but what leads to a time.
    fn right_behind(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        let end = item.tokens.end;
        let lead = self.work.patterns.frames.time_leads.at(&self.work.tokens, end).map_or(0, |(n, ())| n);
        // "cao hơn mức 790 tỷ đồng của năm 2006": though the date tells what is compared with, it is that of this figure.
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < end);
        let date = dates.get(next).filter(|d| d.tokens.start < place.limit.min(end + lead + 1))?;
        let compared = lead == 0 && self.compared(date.tokens.start);
        let near = date.tokens.start == end || date.tokens.start == end + lead;
        (item.cell.is_none() && near && !date.event && !date.in_reference && !compared).then_some(next)
    }

    /// "2.538 căn và 1.104 căn trong quý II/2023": the time right behind the next one is that of both.
    fn shared_behind(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        let next =
            place.next.filter(|n| n.unit == item.unit && n.kind == item.kind && item.cell.is_none())?;
        let between = item.tokens.end..next.tokens.start;
        let joined = between.len() == 1
            && between.clone().all(|i| self.work.token(i).is_some_and(|t| self.clauses.joins.has(t)));
        let end = next.tokens.end;
        let lead = self.work.patterns.frames.time_leads.at(&self.work.tokens, end).map_or(0, |(n, ())| n);
        let date = self.dates_in(end..place.sentence.end.min(end + lead + 1)).next()?;
        joined.then_some(date)
    }

    /// "cao hơn 4,7% so với năm 2019 (91,6%)", "rơi 26 bậc so với năm 2011 (62,57 điểm, hạng 17)": what had been then.
    fn bracketed(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        let open = self.brackets.around(item.tokens.start).filter(|b| b.start < item.tokens.start)?.start;
        let like = |p: &Found| p.unit == item.unit && p.kind == item.kind;
        let value = || {
            // "(hạng 50, đạt 74,06%)": a rank first, too.
            let ranked = |n: &usize| {
                let said = self.words.rank_before.before(&self.work.tokens, open + 1 + n);
                said.is_some_and(|(length, ())| length == *n)
            };
            let rank = (1..=RANK).find(ranked).unwrap_or(0);
            let figure = self.work.is_number(open + 1 + rank);
            figure
                && (matches!(item.role, Role::Actual) || item.kind == Kind::Rank)
                && self.dates_in(open..item.tokens.start).next().is_none()
        };
        let alike = open + 1 == item.tokens.start && place.previous.is_some_and(like) || value();
        let dates = self.context.dates;
        let n = dates.partition_point(|d| d.tokens.end <= open).checked_sub(1)?;
        let date = dates.get(n).filter(|d| d.tokens.end == open && !d.in_reference && !d.event)?;
        (alike && self.words.compared.before(&self.work.tokens, date.tokens.start).is_some()).then_some(n)
    }

    /// Whether a figure is one of each of several years: "bình quân mỗi năm giảm 1,26%".
    fn says_yearly(&self, item: &Found) -> bool {
        let near = item.tokens.start.saturating_sub(YEARLY)..item.tokens.start;
        let yearly = &self.work.patterns.frames.yearly;
        near.into_iter().any(|i| yearly.at(&self.work.tokens, i).is_some())
    }

    /// "giảm từ 16,27% xuống còn 11,45%": whether the first of two figures is where the change to the second began.
    pub(super) fn changes_to(&self, first: &Found, last: &Found) -> bool {
        let between = first.tokens.end..last.tokens.start;
        let word = |t: &Token| t.kind == TokenKind::Word;
        // "từ 2 đến 3 công chức" is a range.
        let alike = first.kind == last.kind
            && first.unit == last.unit
            && first.cell.is_none()
            && first.range.is_none();
        let from = first.tokens.start.checked_sub(1).and_then(|i| self.work.token(i));
        alike
            && between.len() <= DATE_REACH
            && from.is_some_and(|t| self.clauses.from.has(t))
            && between.clone().any(|i| {
                self.work
                    .token(i)
                    .is_some_and(|t| self.clauses.arrives.has(t) && !self.clauses.reaches_to.has(t))
            })
            && between.clone().all(|i| {
                self.in_date(i)
                    || self.brackets.around(i).is_some_and(|b| b.start >= between.start)
                    || self.work.token(i).is_some_and(|t| word(t) || t.is('(') || t.is(')'))
            })
    }

    /// "từ 50 triệu đồng đến dưới 200 triệu đồng": whether two amounts are the ends of a span, of which the words before them tell.
    pub(super) fn reaches_to(&self, first: &Found, last: &Found) -> bool {
        let between = first.tokens.end..last.tokens.start;
        let amounts = first.kind == last.kind && matches!(first.kind, Kind::Money | Kind::Measure);
        let from = first.tokens.start.checked_sub(1).and_then(|i| self.work.token(i));
        let joint = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.reaches_to.has(t));
        amounts
            && first.unit == last.unit
            && from.is_some_and(|t| self.clauses.from.has(t))
            && (1..=NEARER).contains(&between.len())
            && joint(between.start)
    }

    /// "giảm từ 1,95% năm 1995 xuống còn 1,82%, giảm 0,13%": the date is that of where it began, and of nothing behind.
    fn of_start(&self, item: &Found, date: usize) -> bool {
        let Some(date) = self.context.dates.get(date).map(|d| &d.tokens) else { return false };
        let number = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Number);
        // The figure right before the date, and what stands before that.
        let low = date.start.saturating_sub(FIGURE);
        let Some(last) = (low..date.start).rev().find(number) else { return false };
        let mut first = last;
        while first > 0
            && last - first < NUMBER
            && self
                .work
                .token(first - 1)
                .is_some_and(|t| t.kind == TokenKind::Number || t.is(',') || t.is('.'))
        {
            first -= 1;
        }
        // "từ hạng 8 năm 2017 lên hạng 4"
        first -= usize::from(first > 0 && self.work.patterns.particles.class.has(self.work.word(first - 1)));
        let from = first.checked_sub(1).and_then(|i| self.work.token(i));
        from.is_some_and(|t| self.clauses.from.has(t))
            && (date.end..item.tokens.start)
                .any(|i| self.work.token(i).is_some_and(|t| self.clauses.arrives.has(t)))
    }

    /// "còn 7,2%, năm 2011 là 9,6%; nhiều nhất là Phường 14 với 33 vụ": an earlier year told for comparison ends with its member.
    fn is_beside(&self, date: &DateAt, between: &Range<usize>) -> bool {
        let earlier = self.context.year.is_some_and(|year| date.years.1 < year);
        // "…, cuối năm 2011 là 9,6%".
        let moment = self.work.patterns.frames.year_ends.before(&self.work.tokens, date.tokens.start);
        let start = date.tokens.start - moment.map_or(0, |(n, ())| n);
        let comma = start.checked_sub(1).is_some_and(|i| self.work.is(i, ','));
        let beside = start.checked_sub(2).is_some_and(|i| self.work.is(i, '%') || self.is_counted(i));
        let figure = (date.tokens.end..date.tokens.end + FIGURE).any(|i| self.work.is_number(i));
        let parted = between.clone().any(|i| self.work.is(i, ';'));
        parted && earlier && comma && beside && figure
    }

    /// Whether a unit ends at a token, with its number right before it: "33 vụ".
    fn is_counted(&self, last: usize) -> bool {
        (1..=FIGURE).any(|n| last.checked_sub(n).is_some_and(|i| self.work.is_number(i)))
    }

    /// "59 hồ sơ tồn tháng 4 chuyển sang; đã giải quyết 651": the time of what was handed on.
    fn is_handed_on(&self, date: &Range<usize>, between: &Range<usize>) -> bool {
        let parted = |i: usize| self.work.is(i, ';') || self.work.is(i, ',');
        between.clone().any(parted)
            && self.work.patterns.frames.handed.at(&self.work.tokens, date.end).is_some()
    }

    /// Whether a date behind a quantity tells its time: in the same clause, or right after a comma or in brackets.
    fn goes_with(&self, item: &Found, place: &Place<'_>, date: usize) -> bool {
        let Some(date) = self.context.dates.get(date) else { return false };
        let (from, to) = (item.tokens.end, date.tokens.start);
        // "2,3 triệu lượt (năm 2015: 2,1 triệu lượt)": the date is that of the other one.
        if self.brackets.around(to).is_some_and(|b| b.start >= from && self.tells(b)) {
            return false;
        }
        // "28,6 tỷ đồng, trong đó năm 2018: 8,2 tỷ đồng": of the part.
        if (from..to).any(|i| self.clauses.parts.at(&self.work.tokens, i).is_some()) {
            return false;
        }
        // "213.600 lượt xe, nhiều nhất là xe chở vải vào tháng 6": of those that were most.
        if (from..to).any(|i| self.clauses.most_of.at(&self.work.tokens, i).is_some()) {
            return false;
        }
        // "chỉ 4,41% do đợt lũ cuối tháng 7": the time of what caused it.
        if (from..to).any(|i| self.clauses.causes.at(&self.work.tokens, i).is_some()) {
            return false;
        }
        let mark = (from..to).rev().find(|&i| {
            self.work.token(i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':') || t.is('(') || t.is(')'))
        });
        match mark {
            None => to - from <= DATE_REACH,
            Some(mark) if self.work.token(mark).is_some_and(|t| t.is(',')) && self.of_next(place, date) => {
                false
            }
            Some(mark) if self.work.token(mark).is_some_and(|t| t.is(',') || t.is('(') || t.is(')')) => {
                to - mark <= AFTER_MARK && mark - from <= DATE_REACH
            }
            Some(_) => false,
        }
    }

    /// "năm 2019: 9,7 tỷ đồng, năm 2020: 10,7 tỷ đồng; ngân sách tỉnh 10 tỷ đồng": a time before a colon within a list is of its own
    /// member, and not of what a semicolon parts from it.
    fn labels_member(&self, date: &Range<usize>, between: &Range<usize>) -> bool {
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let cue = |n: usize| {
            let at = date.start.checked_sub(n);
            at.and_then(|i| self.clauses.parts.at(&self.work.tokens, i)).is_some_and(|(len, ())| len == n)
        };
        let listed = date.start.checked_sub(1).is_some_and(|i| is(i, ',') || is(i, ';')) || (1..=3).any(cue);
        listed && is(date.end, ':') && between.clone().any(|i| is(i, ';'))
    }

    /// Whether a bracket holds a figure beside its times.
    pub(super) fn tells(&self, bracket: Range<usize>) -> bool {
        let number = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        bracket.into_iter().any(|i| number(i) && !self.in_date(i))
    }

    /// "Sau ba tháng (01/7 - 30/9/2025), …": a bracket that is nothing but a span of days says of which time its sentence is.
    fn spells_out(&self, date: &DateAt) -> bool {
        let bracket = self.brackets.around(date.tokens.start);
        let alone = bracket.is_some_and(|b| b.end == date.tokens.end && b.start + 1 == date.tokens.start);
        // Two days at least: neither "(T4/2025)" nor "(quý I/2025)".
        let leads = self.work.token(date.tokens.end + 1).is_some_and(|t| t.kind == TokenKind::Word);
        let span = date.tokens.len() >= SPAN && date.start.month() != date.end.month();
        alone
            && date.start < date.end
            && (span || leads)
            && months(date.start, date.end).is_some_and(|n| n < YEAR)
            && date.years.0 == date.years.1
    }

    /// "Khi bước vào thực hiện chương trình (năm 1991), toàn tỉnh còn …": the bracket dates the clause that opens the sentence.
    fn dates_clause(&self, date: &DateAt, place: &Place<'_>) -> bool {
        let (from, to) = (date.tokens.start, date.tokens.end);
        let alone = from.checked_sub(1).is_some_and(|i| self.work.is(i, '(')) && self.work.is(to, ')');
        let figure = |i: usize| self.work.is_number(i);
        alone
            && self.work.is(to + 1, ',')
            && from - place.sentence.start <= DATE_REACH
            && !(place.sentence.start..from).any(figure)
    }

    /// "vượt 15% kế hoạch, trong khi cả năm 2022 chỉ là 3.206 tỷ": of two clauses the date is that of its own.
    fn of_next(&self, place: &Place<'_>, date: &DateAt) -> bool {
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let end = date.tokens.end;
        place.next.is_some_and(|n| n.tokens.start >= end && (end..n.tokens.start).all(word))
    }

    /// "Thực hiện Kế hoạch giai đoạn 2009 - 2010, năm qua … kết quả như sau:": the time of the plan that was carried out.
    fn of_ground(&self, date: usize) -> bool {
        let Some(date) = self.context.dates.get(date).filter(|d| d.years.0 < d.years.1) else { return false };
        let low = date.tokens.start.saturating_sub(GROUND);
        let stops = |i: &usize| {
            self.work.token(*i).is_some_and(|t| t.gap >= Gap::Line)
                || i.checked_sub(1).is_some_and(|b| self.work.token(b).is_some_and(|t| t.is(',')))
        };
        let begin = (low..=date.tokens.start).rev().find(stops);
        let goes_on = self.work.token(date.tokens.end).is_some_and(|t| t.is(','));
        goes_on && begin.is_some_and(|i| self.work.patterns.frames.grounds.at(&self.work.tokens, i).is_some())
    }

    /// Whether words say that something is told of the present: "hiện nay", "đến nay".
    fn of_now(&self, tokens: Range<usize>) -> bool {
        let frames = &self.work.patterns.frames;
        let present = |i: usize| {
            let not = frames.present_not.before(&self.work.tokens, i).is_some();
            frames.present.at(&self.work.tokens, i).is_some() && !not
        };
        tokens.into_iter().any(|i| self.words.until_now.at(&self.work.tokens, i).is_some() || present(i))
    }

    /// Dates that say when something is: not those of other documents, not those of a comparison.
    fn dates_in(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        let dates = self.context.dates;
        let from = dates.partition_point(|d| d.tokens.start < tokens.start);
        let end = tokens.end;
        (from..dates.len())
            .take_while(move |&n| dates.get(n).is_some_and(|d| d.tokens.start < end))
            .filter(move |&n| dates.get(n).is_some_and(|d| !d.in_reference && !self.compared(d.tokens.start)))
    }

    /// Whether what a date tells of may stand behind these tokens.
    fn reaches(&self, reach: Reach, between: Range<usize>) -> bool {
        let comma = |i: usize| {
            let plain = self.work.token(i + 1).is_some_and(|t| t.gap != Gap::Glued);
            plain && self.work.token(i).is_some_and(|t| t.is(',') || t.is(';'))
        };
        match reach {
            Reach::Sentence => true,
            Reach::Clause => !between.into_iter().any(comma),
            Reach::Next => between.len() <= 1,
        }
    }

    /// "tổng đàn lợn tại thời điểm 1/4/2016 là 794 nghìn con; sản lượng thịt ước 77 nghìn tấn": the moment of one count is
    /// not that of the next clause.
    fn of_moment(&self, date: &Range<usize>, between: &Range<usize>) -> bool {
        let own = self.work.patterns.frames.own_moment.before(&self.work.tokens, date.start);
        let inside = own.is_some_and(|(n, ())| {
            let before = (date.start - n).checked_sub(1).and_then(|i| self.work.token(i));
            before.is_some_and(|t| t.kind == TokenKind::Word)
        });
        // "Kết quả điều tra thời điểm 1/4/1998: đàn heo …; đàn bò …" is that of all.
        inside
            && !self.work.is(date.end, ':')
            && between.clone().any(|i| self.work.token(i).is_some_and(|t| t.is(';')))
    }

    /// "83,4% (tháng 3/2025: 80%), tốc độ đạt 167 Mbps": a bracket that has closed says nothing of what a comma parts from
    /// it; "(từ 01/01 đến 31/5/2017): 12 hồ sơ" does.
    fn closed(&self, between: Range<usize>) -> bool {
        let mut open = 0usize;
        let mut closed = false;
        for token in between.filter_map(|i| self.work.token(i)) {
            if token.is('(') {
                open += 1;
            } else if token.is(')') {
                closed |= open == 0;
                open = open.saturating_sub(1);
            } else if closed && (token.is(',') || token.is(';') || token.is('.')) {
                return true;
            }
        }
        false
    }

    /// The last date of a heading or lead-in that says when all below it was: no day on which something was done, nothing
    /// in a bracket that has closed.
    fn last_date(&self, tokens: Range<usize>) -> Option<usize> {
        let end = tokens.end;
        let plans = &self.work.patterns.frames.plan_heads;
        let planned = |d: &DateAt| {
            let near = d.tokens.start.saturating_sub(NEARER).max(tokens.start)..d.tokens.start;
            near.into_iter().any(|i| plans.at(&self.work.tokens, i).is_some())
        };
        let told = |n: &usize| {
            self.context.dates.get(*n).is_some_and(|d| {
                let aside = self
                    .brackets
                    .around(d.tokens.start)
                    .is_some_and(|b| b.end < end && b.start > tokens.start);
                !d.event && !aside
            })
        };
        // "tình hình quý I và nhiệm vụ quý II năm 2009 …, cụ thể như sau:" tells what was, first.
        let first = self.dates_in(tokens.clone()).find(told)?;
        let behind = |n: &usize| *n == first || self.context.dates.get(*n).is_some_and(|d| !planned(d));
        self.dates_in(tokens.clone()).filter(told).filter(behind).last()
    }

    /// "Chỉ tiêu của nhiệm kỳ 2020-2025" over a list: nothing is compared there.
    fn date_of_title(&self, title: Range<usize>) -> Option<usize> {
        self.last_date(title.clone()).or_else(|| {
            let dates = self.context.dates;
            let last = dates.partition_point(|d| d.tokens.start < title.end).checked_sub(1)?;
            let own = |d: &&DateAt| !d.in_reference && !d.event && d.tokens.start >= title.start;
            dates.get(last).filter(own).map(|_| last)
        })
    }

    /// "thống nhất các chỉ tiêu chủ yếu của năm 2023:": whether a date stands right behind "của".
    fn is_of(&self, date: usize) -> bool {
        let start = self.context.dates.get(date).map_or(0, |d| d.tokens.start);
        let of = &self.work.patterns.particles.of;
        start.checked_sub(1).is_some_and(|i| of.has(self.work.word(i)))
    }

    /// "so với năm 2021", "cùng kỳ năm 2021", "bằng 106% năm 2021".
    fn compared(&self, start: usize) -> bool {
        self.words.compared.before(&self.work.tokens, start).is_some()
            || self.is_far_end(start)
            || self.equalled(start)
            || self.compared_with(start)
    }

    /// "So với kỳ nghỉ Tết Tân Mão 2011, …": the sentence begins with what is compared with.
    fn compared_with(&self, start: usize) -> bool {
        let begins = |i: usize| {
            self.work.token(i).is_none_or(|t| t.gap >= Gap::Line)
                || i.checked_sub(1).is_none_or(|b| self.work.token(b).is_some_and(|t| t.is('.')))
        };
        let near = (start.saturating_sub(COMPARED)..start).rev().take_while(|&i| self.work.is_word(i));
        let first = near.last().unwrap_or(start);
        let versus = self.work.patterns.frames.compared_first.at(&self.work.tokens, first);
        versus.is_some() && begins(first)
    }

    /// "bằng 106% năm 2021", "gấp 1,4 lần năm 2021": the share is one of what that year had.
    pub(super) fn equalled(&self, start: usize) -> bool {
        let frames = &self.work.patterns.frames;
        let shares = |i: usize| {
            self.work.token(i).is_some_and(|t| t.is('%'))
                || frames.multiples.at(&self.work.tokens, i).is_some()
        };
        // "gấp 3,2 lần cả năm 2020".
        let start = start - frames.wholly.before(&self.work.tokens, start).map_or(0, |(n, ())| n);
        let Some(percent) = start.checked_sub(1).filter(|&i| shares(i)) else { return false };
        let of_number = |i: usize| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is(',') || t.is('.'))
        };
        let mut number = percent;
        while number > 0 && percent - number < NUMBER && of_number(number - 1) {
            number -= 1;
        }
        // "gấp gần ba lần năm 2001".
        let spelled = self.work.patterns.dates.numerals.before(&self.work.tokens, percent);
        if let Some((n, _)) = spelled.filter(|_| number == percent) {
            number = percent - n;
        }
        number < percent && frames.equals.before(&self.work.tokens, number).is_some()
    }

    /// "đến năm 2030, tầm nhìn đến năm 2045": the nearer time says when.
    fn is_far_end(&self, start: usize) -> bool {
        let vision = self.work.patterns.frames.vision.before(&self.work.tokens, start);
        vision.is_some_and(|(n, ())| {
            let from = start - n;
            // "2. Tầm nhìn đến năm 2045:" says when.
            let marked = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Punct);
            let opens =
                from == 0 || self.work.token(from).is_some_and(|t| t.gap >= Gap::Line) || marked(from - 1);
            !opens || self.context.dates.iter().any(|d| d.tokens.end <= from && from - d.tokens.end <= NEARER)
        })
    }

    /// Whether a token belongs to a date.
    pub(super) fn in_date(&self, token: usize) -> bool {
        self.dated.has(token as u32)
    }
}
