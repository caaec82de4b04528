//! Figures that say only where and when: in "tỷ lệ hộ nghèo của huyện Ba Bể còn 12%, Na Rì 8%, cuối năm 2020 là 6%" all
//! three are one indicator. What stands between two figures must be names, numbers and words of the list `plain`.

use super::find::Query;
use super::phrase::{PLAIN, kind_bit};
use super::words::Word;
use super::{Basis, Catalogue, Entry};
use crate::record::Indicator;
use crate::record::quantity::{Kind, Role};

/// How many items back the figure is looked for whose indicator is carried on.
const BACK: usize = 4;
/// Most characters between two sentences that follow one another.
const NEXT_SENTENCE: usize = 4;
/// Most words between two figures of one indicator.
const MOST_WORDS: usize = 16;
/// Most words of a part of a body's name: "Giao thông vận tải".
const BODY: usize = 4;

/// Words of a text, and which of them say where or when at most.
pub(super) struct Plain {
    pub words: Vec<Word>,
    pub covered: Vec<bool>,
    /// Whether one of them is a name.
    pub named: bool,
}

impl Plain {
    /// Whether nothing else is said.
    pub(super) fn all(&self) -> bool {
        self.covered.iter().all(|c| *c)
    }
}

impl Catalogue {
    /// Tells the words of a text that say where or when at most from the others. The text begins a sentence where
    /// `opens`: a capital there makes no name.
    pub(super) fn plain(&self, text: &str, opens: bool) -> Plain {
        let mut plain = Plain { words: Vec::new(), covered: Vec::new(), named: false };
        let tokens: Vec<(usize, &str)> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|t| !t.is_empty())
            .map(|t| (t.as_ptr() as usize - text.as_ptr() as usize, t))
            .collect();
        let capital = |t: &str| {
            let mut letters = t.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
        };
        let mut body = 0;
        for (i, (at, token)) in tokens.iter().enumerate() {
            let before = text.get(..*at).unwrap_or("").trim_end();
            let first = if before.is_empty() { opens } else { before.ends_with(['.', ':', '-', '+', '•']) };
            let next = tokens.get(i + 1).is_some_and(|(_, t)| capital(t));
            // "Sở Tư pháp": a capital begins each part of a body's name, small letters may follow.
            body = match capital(token) {
                true if body > 0 || self.derive.is_body(&plain.words) => BODY,
                _ => usize::saturating_sub(body, 1),
            };
            let name = capital(token) && (!first || next) || body > 0;
            let number = token.starts_with(|c: char| c.is_ascii_digit());
            let words = self.folder.read(token);
            plain.named |= name;
            plain.covered.extend(words.iter().map(|_| name || number));
            plain.words.extend(words);
        }
        self.cover(PLAIN, &mut plain);
        plain
    }

    /// Covers the words that are of a list.
    pub(super) fn cover(&self, list: u8, plain: &mut Plain) {
        let Plain { words, covered, .. } = plain;
        self.phrasings.trie.scan(words, |fragment, start, end| {
            let says = self.phrasings.fragments.get(fragment as usize).is_some_and(|f| f.words & list != 0);
            if says && let Some(run) = covered.get_mut(start..end) {
                run.fill(true);
            }
        });
    }

    /// The indicator of a figure before, where nothing between the two says that another thing is measured.
    pub(super) fn carried(
        &self,
        q: &Query<'_>,
        item: &Indicator,
        before: &[Indicator],
        since: &str,
        after: &str,
    ) -> Option<&Entry> {
        if item.table.is_some() || matches!(q.kind, Kind::Rank | Kind::Score) || self.says_plan(after) {
            return None;
        }
        let sentence = item.sentence.as_ref()?;
        let aims = |role: Role| matches!(role, Role::Actual | Role::Target);
        let alike = |p: &&Indicator| {
            p.kind == item.kind
                && p.unit == item.unit
                && p.per == item.per
                && (item.role != Role::Change || p.direction == item.direction)
                && (p.role == item.role || aims(p.role) && aims(item.role))
        };
        let plain_text = |p: &&Indicator| p.table.is_none();
        let since_end = |p: &&Indicator, gap: usize| {
            p.sentence
                .as_ref()
                .is_some_and(|s| s.span[1] + gap > sentence.span[0] && s.span[0] <= sentence.span[0])
        };
        // "…, tăng 5%" is the growth of what stands right before.
        let back = if item.role == Role::Change { 1 } else { BACK };
        let near = |gap| {
            let items =
                before.iter().rev().take(back).take_while(move |p| since_end(p, gap) && plain_text(p));
            items.filter(alike).take(2)
        };
        let within: Vec<&Indicator> = near(0).collect();
        // "Dẫn đầu là huyện Diễn Châu 91,6%.": the first figure of the next sentence, said of another place.
        let first = || before.last().is_some_and(|p| !since_end(&p, 0));
        let others = within.is_empty() && item.role != Role::Change && first();
        let found = if others { near(NEXT_SENTENCE).collect() } else { within };
        let from = *found.first()?;
        // Two that are told apart: which of them is meant nobody knows.
        if from.indicator.is_none() || found.iter().any(|p| p.indicator != from.indicator) {
            return None;
        }
        // "nông nghiệp - công nghiệp là 46% - 25%": another name measures another thing.
        let renamed = item.name.as_deref().filter(|n| from.name.as_deref() != Some(n));
        if renamed.is_some_and(|n| !self.plain(n, false).all()) {
            return None;
        }
        let entry = self.get(from.indicator.as_deref()?)?;
        let between = self.plain(since, others);
        if others && !between.named
            || between.words.len() > MOST_WORDS
            || !between.all()
            || !self.plain(after, false).all()
        {
            return None;
        }
        let index = self.by_id.get(&entry.id).copied()?;
        // Past other figures only to another place: "76 vụ, chết 34 người, Hoằng Hóa 51 vụ".
        if !between.named && before.last().is_none_or(|p| p.span != from.span) {
            return None;
        }
        let free = entry.basis != Basis::Plan && !self.calls(&between.words, kind_bit(q.kind), index);
        free.then_some(entry)
    }
}
