//! Words that say the document's own unit without its name: "toàn xã" in the words of a commune.

use std::ops::Range;

use super::Places;
use crate::claim::indicator::{Found, Role};
use crate::facts::frame::place;
use crate::patterns::frames::OwnLevel;
use crate::record::{Area, Level, Place};
use crate::words::token::Kind as TokenKind;

/// How many tokens of a sentence may hold the words for the text's own unit with which it begins.
const OPENS: usize = 4;
/// How far before its figure the document's own is said again, in tokens.
const AGAIN: usize = 8;

impl Places<'_, '_> {
    /// "toàn xã" in the words of a commune.
    pub(super) fn says_own(&self, item: &Found) -> bool {
        let scope = item.scope.as_deref().filter(|_| item.cell.is_none());
        let Some(scope) = scope.map(str::to_lowercase) else { return false };
        let level = self.own().map(|own| own.level);
        let of = |level: OwnLevel| match level {
            OwnLevel::Province => Some(Level::Province),
            OwnLevel::District => Some(Level::District),
            OwnLevel::Commune => Some(Level::Commune),
            OwnLevel::City => None,
        };
        let mut names = self.work.patterns.frames.own_names.iter();
        names.any(|(said, phrase)| of(*said) == level && *phrase == scope)
    }

    /// "Xã Tân Văn về đích, nâng số xã đạt chuẩn của huyện lên 5/18 xã": right before its figure a sentence on a smaller unit says
    /// the document's own again.
    pub(super) fn back_to_own(&self, n: usize, item: &Found) -> bool {
        let told = item.cell.is_none() && item.role == Role::Actual;
        let Some(own) = self.own().filter(|_| told) else { return false };
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        self.right_before(n, item, AGAIN).any(|i| {
            let compared =
                || words.averages.before(tokens, i).is_some() || words.versus.before(tokens, i).is_some();
            self.says_whole(own, i) && !compared()
        })
    }

    /// At most so many tokens right before an item, behind the figure before it and within its sentence.
    pub(super) fn right_before(&self, n: usize, item: &Found, most: usize) -> Range<usize> {
        let floor = self.before(n).last().map_or(0, |before| before.tokens.end);
        let floor = floor.max(self.work.token_at(item.sentence.start));
        item.tokens.start.saturating_sub(most).max(floor)..item.tokens.start
    }

    /// Whether the words at a token say the document's own place without its name: "toàn huyện".
    pub(super) fn says_whole(&self, own: &Place, i: usize) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let said = words.own.at(tokens, i);
        let strong = said.filter(|(_, said)| said.strong && words.own_not.at(tokens, i).is_none());
        let Some((n, said)) = strong else { return false };
        let named = self.work.token(i + n).is_some_and(|t| t.capital());
        let level = match said.level {
            OwnLevel::Province => own.level == Level::Province,
            OwnLevel::District => own.level == Level::District,
            OwnLevel::City => matches!(own.level, Level::Province | Level::District),
            OwnLevel::Commune => own.level == Level::Commune,
        };
        level && !named
    }

    /// Whether the first unit that the sentence of a figure names is the document's own, or it begins with words for that.
    pub(super) fn begins_with_own(&self, item: &Found) -> bool {
        let Some(own) = self.own().filter(|_| item.cell.is_none()) else { return false };
        let work = self.work;
        let start = work.token_at(item.sentence.start);
        // "Là xã thuộc vùng 3 của huyện Bảo Lạc, có 16 xóm".
        let named = item.scope.as_deref().is_some_and(|s| s.contains(char::is_uppercase));
        if named && (start..start + OPENS).any(|i| i < item.tokens.start && self.says_whole(own, i)) {
            return true;
        }
        let text = work.text.slice(work.bytes(start..item.tokens.start.max(start + 1)));
        // "Minh Thanh là xã vùng 2 của huyện Nguyên Bình, …", also behind a label.
        let name = match own.level {
            Level::Commune => own.commune.as_ref(),
            Level::District => own.district.as_ref(),
            _ => None,
        };
        let opens = |part: &str, name: &str| {
            part.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
        };
        let bare = |name: &Area| {
            let behind = text.split_once(':').is_some_and(|(_, rest)| opens(rest, &name.name));
            behind || opens(text, &name.name)
        };
        if named && name.is_some_and(bare) {
            return true;
        }
        let first = place::named(&work.patterns.places, text, self.day).into_iter().next();
        let same = |area: &Option<Area>, name: &Option<String>| {
            area.as_ref().map(|a| a.name.as_str()) == name.as_deref()
        };
        first.is_some_and(|(_, named)| {
            named.level() == own.level
                && match own.level {
                    Level::Commune => same(&own.commune, &named.commune),
                    Level::District => same(&own.district, &named.district),
                    _ => false,
                }
        })
    }

    /// Whether words name a unit, or say the text's own.
    pub(super) fn names_unit(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|i| {
            self.work.patterns.frames.own.at(&self.work.tokens, i).is_some()
                || self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.capital())
        })
    }
}
