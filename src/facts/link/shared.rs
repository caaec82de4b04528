//! Stage 5, linking: what the members of a list share. "Cơ cấu kinh tế: dịch vụ 40%; công nghiệp, xây dựng 36%" measures shares
//! of sectors, "gồm: Hà Tây tăng 20%, Hải Phòng tăng 18%" what was spoken of before, each of its own place.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::rank::is_proper;
use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind, Role};
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind};

/// Most words of a member that takes the head of its list.
const MEMBER: usize = 8;

impl Linker<'_, '_> {
    /// Gives a member of a list the head that opens it: "Cơ cấu kinh tế công nghiệp, xây dựng".
    pub(super) fn take_head(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item
            .name
            .clone()
            .filter(|n| item.kind == Kind::Percentage && item.cell.is_none() && !n.is_empty())
        else {
            return;
        };
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let lead = || self.lead_in(place);
        let inner = || self.head_within(item, place);
        let head = inner().or_else(|| self.shared_head(opening));
        let Some(head) = head.or_else(|| lead().and_then(|l| self.shared_head(l))) else {
            return;
        };
        let (head_text, growth) = head;
        let fits = if growth {
            item.role == Role::Change || item.direction.is_some()
        } else {
            item.direction.is_none() || item.role == Role::Actual
        };
        let has = self.has_head(item, place);
        // "cơ cấu kinh tế chuyển dịch đúng hướng: nông, lâm nghiệp chiếm 21%": the head alone names no member.
        let low = name.to_lowercase();
        let rest = low.strip_prefix(head_text.to_lowercase().as_str());
        let idle = |r: &str| {
            r.starts_with(' ')
                && self.clauses.list_moves.iter().any(|m| r.trim_start().starts_with(m.as_str()))
        };
        if fits && rest.is_some_and(|r| r.is_empty() || idle(r)) {
            if let Some(member) = self.member_behind_colon(item, place) {
                item.name = Some(format_smolstr!("{head_text} {}", crate::words::lower_first(&member)));
                item.why.name = "name.list_head";
            }
            return;
        }
        if fits && !has && name.split_whitespace().count() <= MEMBER && !name.contains(head_text.as_str()) {
            item.name = Some(format_smolstr!("{head_text} {}", crate::words::lower_first(&name)));
            item.why.name = "name.list_head";
        }
    }

    /// The last head of a list that stands behind another figure of the sentence, with nothing but members since:
    /// "tăng 12%; cơ cấu: nông nghiệp 40%; …", "tỷ trọng nông nghiệp còn 21%, công nghiệp 33%".
    fn head_within(&self, item: &Found, place: &Place<'_>) -> Option<(SmolStr, bool)> {
        let tokens = &self.work.tokens;
        let behind = place.first.min(item.tokens.start)..item.tokens.start;
        let at = behind.clone().rev().find(|&i| self.clauses.list_heads.at(tokens, i).is_some())?;
        // The longest head that ends there: "cơ cấu kinh tế".
        let at = (behind.start..=at)
            .rev()
            .take_while(|&i| at - i <= 1)
            .filter(|&i| self.clauses.list_heads.at(tokens, i).is_some_and(|(n, ())| i + n > at))
            .last()?;
        let (n, ()) = self.clauses.list_heads.at(tokens, at)?;
        let since = at + n..item.tokens.start;
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let colon = since.clone().find(|&i| is(i, ':'));
        let first = since
            .clone()
            .find(|&i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number) && !self.in_date(i));
        let leads = colon.is_some_and(|c| first.is_none_or(|f| c < f));
        let parted = since.clone().any(|i| is(i, ';')) && !leads;
        let other = since.clone().any(|i| self.words.name_heads.at(tokens, i).is_some_and(|(n, ())| n > 1));
        (!parted && !other && first.is_some() || leads && !other)
            .then(|| self.shared_head(at..at + n))
            .flatten()
    }

    /// The words between the colon, or the comma, that a list begins behind and its first figure.
    fn member_behind_colon(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let last = |mark: char| (own..item.tokens.start).rev().find(|&i| self.work.is(i, mark));
        // "Cơ cấu kinh tế chuyển dịch tích cực, khu vực dịch vụ chiếm 64,6%".
        let start = last(':').or_else(|| last(','))? + 1;
        let end = self.without_joints(start, item.tokens.start);
        let word = |i: usize| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word || t.is(',') || t.is('-'))
        };
        ((1..=MEMBER).contains(&(end - start)) && (start..end).all(word))
            .then(|| one_line(self.work.words(start..end)))
    }

    /// The head of a list in a stretch, and whether it is of growth.
    fn shared_head(&self, tokens: Range<usize>) -> Option<(SmolStr, bool)> {
        tokens.clone().find_map(|i| {
            let (n, ()) = self.clauses.list_heads.at(&self.work.tokens, i)?;
            let growth = self.clauses.growth.at(&self.work.tokens, i).is_some();
            (i + n <= tokens.end).then(|| (one_line(self.work.words(i..i + n)), growth))
        })
    }

    /// Whether the words right before a quantity have a head of their own.
    fn has_head(&self, item: &Found, place: &Place<'_>) -> bool {
        let mark = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(';') || t.is(':') || t.is('.'));
        let low = item.tokens.start.saturating_sub(MEMBER * 3);
        let low = place.previous.map_or(low, |p| low.max(p.tokens.end));
        let start = (low..item.tokens.start).rev().find(mark).map_or(low, |i| i + 1);
        // "Cơ cấu kinh tế chuyển dịch tích cực, khu vực dịch vụ chiếm 64,6%": behind a comma a member has left the head.
        let comma = |&i: &usize| self.work.token(i).is_some_and(|t| t.is(','));
        let left = (start..item.tokens.start).rev().find(comma).filter(|_| self.is_share_of(item));
        (left.map_or(start, |c| c + 1)..item.tokens.start).any(|i| {
            self.words.name_heads.at(&self.work.tokens, i).is_some_and(|(n, ())| n > 1)
                || self.clauses.list_heads.at(&self.work.tokens, i).is_some()
        })
    }

    /// "gồm: Tp. Hồ Chí Minh tăng 16%": a proper name is of whom the figure is told, not what it measures.
    pub(super) fn told_of(&self, item: &mut Found, place: &Place<'_>) {
        let change = matches!(item.role, Role::Change | Role::Gap);
        let Some(name) = item.name.clone().filter(|n| item.cell.is_none() && change && is_proper(n)) else {
            return;
        };
        let known = self.is_title(place.sentence.start..item.tokens.start, &name);
        if !known {
            return;
        }
        let said = |f: Option<&Found>| f.and_then(|f| f.name.clone()).filter(|n| !is_proper(n));
        let opening = self.phrase(place.sentence.start, place.first).map(|r| one_line(self.work.words(r)));
        let shared = said(place.previous)
            .or_else(|| self.lead_name(place))
            .or_else(|| opening.filter(|o| !is_proper(o) && !o.contains(name.as_str())))
            .or_else(|| said(place.whole_earlier))
            .or_else(|| said(place.earlier));
        if let Some(shared) = shared {
            item.name = Some(shared);
            item.why.name = "name.list";
            if item.scope.is_none() {
                (item.scope, item.why.scope) = (Some(name), "scope.subject");
            }
        }
    }

    /// Whether a proper name stands in a stretch and is no abbreviation: "Hà Tây", not "GRDP".
    fn is_title(&self, tokens: Range<usize>, name: &str) -> bool {
        let titles = tokens
            .into_iter()
            .filter(|&i| {
                self.work
                    .token(i)
                    .is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title && t.bytes() > 2)
            })
            .filter(|&i| name.contains(self.work.word(i)));
        titles.count() >= 2
    }
}
