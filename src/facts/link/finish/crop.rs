//! The crop of a yield: "Diện tích lúa 15.210 ha, năng suất 45 tạ/ha".

use smol_str::{SmolStr, format_smolstr};

use super::{is_among, stands_at};
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::name::MEMBER_WORDS;
use crate::facts::link::{Linker, Place};
use crate::words::{lower_first, one_line};

/// Most words of a crop that names an area.
const CROP: usize = 3;

impl Linker<'_, '_> {
    /// "Diện tích lúa 15.210 ha, năng suất 45 tạ/ha": how a crop did, with the crop that the figure before or the label names.
    pub(super) fn with_crop(&self, item: &mut Found, place: &Place<'_>) {
        let bare = |n: &&str| item.cell.is_none() && is_among(&self.clauses.bare_heads, n);
        let Some(name) = item.name.as_deref().filter(bare).map(SmolStr::new) else { return };
        let before =
            [place.told, place.previous].into_iter().flatten().filter(|p| p.sentence == item.sentence);
        let behind_head = |p: &Found| self.crop_behind_head(p.name.as_deref()?);
        let told = before.filter_map(|p| self.crop_of_area(p, place).or_else(|| behind_head(p))).next();
        let label = || {
            let label = self.label(place, item)?;
            let short = label.split(' ').count() <= MEMBER_WORDS && self.crop_behind_head(&label).is_none();
            short.then(|| lower_first(&label).into())
        };
        if let Some(crop) = told.or_else(label).filter(|c: &SmolStr| !name.contains(c.as_str())) {
            item.name = Some(format_smolstr!("{name} {crop}"));
            item.why.name = "name.crop";
        }
    }

    /// "Diện tích lúa": the few words behind the head of a name that say of which crop it is.
    fn crop_behind_head(&self, of: &str) -> Option<SmolStr> {
        let low = of.to_lowercase();
        let heads = self.clauses.bare_heads.iter().filter(|h| low.starts_with(h.as_str()));
        let head = heads.map(String::len).max()?;
        let rest = of.get(head..).filter(|_| low.len() == of.len())?;
        let stop = |w: &str| self.clauses.behind_heads.iter().any(|s| s == w);
        let says = rest.split_whitespace().next().is_some_and(|w| !stop(w));
        let words = rest.split_whitespace().count();
        (rest.starts_with(' ') && says && (1..=MEMBER_WORDS).contains(&words))
            .then(|| SmolStr::new(rest.trim()))
    }

    /// "lúa xuân 7.520 ha, năng suất 47,5 tạ/ha": an area without a head is named by its crop.
    fn crop_of_area(&self, area: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = |u: &str| self.clauses.crop_units.iter().any(|c| c == u);
        let measured = area.kind == Kind::Measure && area.unit.as_deref().is_some_and(unit);
        let low = area.name.as_deref().filter(|_| measured)?.to_lowercase();
        // "Lúa chiêm xuân đã thu hoạch xong 10.180 ha", "gieo cấy lúa 12.000 ha".
        let words: Vec<&str> = low.split(' ').collect();
        if let Some(n) = self.act_at(&words, 0) {
            let object = words.get(n..).unwrap_or_default().join(" ");
            return if self.is_crop(&object) { Some(object.into()) } else { self.crop_of_sentence(place) };
        }
        let end = (0..words.len()).find(|&at| self.act_at(&words, at).is_some()).unwrap_or(words.len());
        let headed = self.clauses.bare_heads.iter().any(|h| low.starts_with(h.as_str()));
        let crop = words.get(..end).filter(|_| !headed && end <= CROP)?;
        Some(crop.join(" ").into())
    }

    /// How many words say what was done with a crop: "đã thu hoạch xong".
    fn act_at(&self, words: &[&str], at: usize) -> Option<usize> {
        let acts = self.clauses.crop_ends.iter().filter(|e| stands_at(words, at, e));
        acts.map(|e| e.split(' ').count()).max()
    }

    /// "Lúa đông xuân 2024 - 2025 đã thu hoạch dứt điểm 9.105 ha": the words that the sentence begins with.
    fn crop_of_sentence(&self, place: &Place<'_>) -> Option<SmolStr> {
        let start = self.past_mark(place.sentence.start, place.first);
        let word = |i: &usize| self.work.is_word(*i);
        let end = (start..place.first).take(CROP + 1).find(|i| !word(i))?;
        let number = self.work.is_number(end);
        let crop = lower_first(&one_line(self.work.words(start..end)));
        (number && self.is_crop(&crop)).then(|| SmolStr::new(crop))
    }

    /// Whether a few words name a crop: "lúa đông xuân".
    fn is_crop(&self, words: &str) -> bool {
        let begins =
            |c: &String| words.strip_prefix(c.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(' '));
        (1..=CROP).contains(&words.split(' ').count()) && self.clauses.crops.iter().any(begins)
    }
}
