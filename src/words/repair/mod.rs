//! Stage 2: the repairs. In comes the raw text, out goes its [`Shadow`]: "Kế hoạchsố 12/KH‑UBND" stands there as
//! "Kế hoạch số 12/KH-UBND", and every offset leads back.
//!
//! One file a repair. Each looks first whether there is anything to do; clean text costs one look at its bytes and one
//! at its words, and is borrowed. Repairs are made in the order of [`NAMES`].

mod characters;
mod data;
mod doubled_slash;
mod look_alike;
mod lost_space;
mod markdown;
mod nfc;
mod number_space;
mod ocr_digit;
pub mod ocr_symbol;
mod scan;
mod split_syllable;

use std::collections::BTreeSet;

use super::shadow::{Applied, Shadow};
use super::token::tokenize;
use super::tokens::Tokens;
use crate::record::content::Recognised;
use crate::words::vocab::Vocab;
pub use data::WORDS;
use ocr_symbol::Symbols;
pub use scan::Suspects;

/// The names of all repairs, in the order in which they are made.
pub const NAMES: [&str; 13] = [
    ocr_symbol::NAME,
    nfc::NAME,
    characters::SPACES,
    characters::HYPHENS,
    characters::MISNAMED,
    look_alike::NAME,
    markdown::NAME,
    split_syllable::NAME,
    ocr_digit::NAME,
    lost_space::NAME,
    characters::D_STROKE,
    doubled_slash::NAME,
    number_space::NAME,
];

/// Which repairs to make: all but the disabled ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RepairOptions {
    /// Names out of [`NAMES`]; others are ignored here (the command line refuses them).
    pub disabled: BTreeSet<String>,
}

impl RepairOptions {
    /// All repairs but those named.
    pub fn without<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self { disabled: names.into_iter().map(Into::into).collect() }
    }

    fn allows(&self, name: &str) -> bool {
        !self.disabled.contains(name)
    }
}

/// Repairs a text on a shadow copy.
///
/// ```
/// use baocao::internal::words::{RepairOptions, repair};
/// let shadow = repair("Kế hoạchsố 12/KH\u{2011}UBND, tỷ lệ 45\u{a0}%", &RepairOptions::default());
/// assert_eq!(shadow.text, "Kế hoạch số 12/KH-UBND, tỷ lệ 45 %");
/// let names: Vec<_> = shadow.repairs.iter().map(|r| r.name).collect();
/// assert_eq!(names, ["lost_space", "hyphens", "spaces"]);
/// ```
pub fn repair<'a>(raw: &'a str, options: &RepairOptions) -> Shadow<'a> {
    read(raw, options, &Vocab::default(), None).0
}

/// Repairs a text on a shadow copy, and gives the tokens of that; in the words that recognition (OCR) read also symbols.
pub fn read<'a>(
    raw: &'a str,
    options: &RepairOptions,
    vocab: &Vocab,
    recognised: Option<(&[Recognised], &Symbols)>,
) -> (Shadow<'a>, Tokens) {
    let mut shadow = Shadow::identity(raw);
    let on = |name, needed| needed && options.allows(name);
    if let Some((words, symbols)) = recognised.filter(|(words, _)| on(ocr_symbol::NAME, !words.is_empty())) {
        shadow.edit(ocr_symbol::NAME, |text, editor| ocr_symbol::ask(text, words, symbols, editor));
    }
    let found = scan::characters(&shadow.text);
    if on(nfc::NAME, found.marks) {
        shadow.edit(nfc::NAME, nfc::ask);
    }
    let (blanks, hyphens) = if found.general { characters::has_odd(&shadow.text) } else { (false, false) };
    if on(characters::SPACES, blanks) {
        shadow.edit(characters::SPACES, characters::spaces);
    }
    if on(characters::HYPHENS, hyphens) {
        shadow.edit(characters::HYPHENS, characters::hyphens);
    }
    if on(characters::MISNAMED, found.misnamed) {
        shadow.edit(characters::MISNAMED, characters::misnamed);
    }
    if on(look_alike::NAME, found.cyrillic) {
        shadow.edit(look_alike::NAME, look_alike::ask);
    }
    if on(markdown::NAME, found.stars) {
        shadow.edit(markdown::NAME, markdown::ask);
    }
    let mut words = Suspects::default();
    let mut tokens = tokenize(&shadow.text, vocab, &mut words);
    let mut damage = 0;
    if on(split_syllable::NAME, !words.pieces.is_empty()) {
        damage = shadow.edit(split_syllable::NAME, |text, editor| {
            split_syllable::ask(text, &words.pieces, editor);
        });
        if damage > 0 {
            // Joined syllables have moved the words that the first look found.
            words = Suspects::default();
            tokens = tokenize(&shadow.text, vocab, &mut words);
        }
    }
    // How many edits the tokens do not know of yet.
    let mut unread = 0;
    // Digits before seams: the one keeps all offsets.
    if on(ocr_digit::NAME, !words.digits.is_empty()) {
        unread += shadow.edit(ocr_digit::NAME, |text, editor| ocr_digit::ask(text, &words.digits, editor));
    }
    if on(lost_space::NAME, !words.long.is_empty()) {
        unread += shadow.edit(lost_space::NAME, |text, editor| lost_space::ask(text, &words.long, editor));
    }
    // The word must stand alone to be known for Vietnamese.
    if on(characters::D_STROKE, found.d_stroke) {
        unread += shadow.edit(characters::D_STROKE, characters::d_stroke);
    }
    if on(doubled_slash::NAME, true) {
        unread += shadow.edit(doubled_slash::NAME, doubled_slash::ask);
    }
    // Blanks inside numbers are certain only where the file also tears syllables apart.
    if on(number_space::NAME, damage >= number_space::DAMAGE) {
        unread += shadow.edit(number_space::NAME, number_space::ask);
    }
    if unread > 0 {
        tokens = tokenize(&shadow.text, vocab, &mut Suspects::default());
    }
    shadow.sort_log();
    (shadow, tokens)
}

/// The log for a record: repairs of single characters, of which a decomposed text has thousands, are one entry for each
/// line; the others stand one by one.
pub fn by_line<'r>(raw: &'r str, repairs: &'r [Applied]) -> impl Iterator<Item = Applied> + use<'r> {
    let one_by_one = [
        split_syllable::NAME,
        lost_space::NAME,
        ocr_digit::NAME,
        ocr_symbol::NAME,
        doubled_slash::NAME,
        number_space::NAME,
    ];
    let mut merged: Vec<Applied> = Vec::new();
    // The last entry of each name that merges.
    let mut last: Vec<(&'static str, usize)> = Vec::new();
    for repair in repairs {
        if one_by_one.contains(&repair.name) {
            merged.push(repair.clone());
            continue;
        }
        let known = last.iter().position(|(name, _)| *name == repair.name);
        let open = known.and_then(|k| last.get(k)).and_then(|&(_, i)| merged.get_mut(i));
        if let Some(entry) = open
            && raw.get(entry.range.end..repair.range.start).is_some_and(|gap| !gap.contains('\n'))
        {
            entry.range.end = entry.range.end.max(repair.range.end);
            continue;
        }
        if let Some(k) = known {
            last.swap_remove(k);
        }
        last.push((repair.name, merged.len()));
        merged.push(repair.clone());
    }
    merged.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;
    use unicode_normalization::UnicodeNormalization;

    pub(super) fn repaired(raw: &str) -> String {
        repair(raw, &RepairOptions::default()).text.into_owned()
    }

    #[test]
    fn clean_text_is_borrowed() {
        let raw = "BÁO CÁO\nKết quả thực hiện Kế hoạch số 15/KH-UBND ngày 02/3/2021: đạt 97,5% (45/46 xã).\n\
            a) Các đơn vị; b) Ủy ban nhân dân: “hoàn thành” 1.250 ha, 30 km.\n* Hạn chế: 2 * 3\n";
        let shadow = repair(raw, &RepairOptions::default());
        assert!(matches!(shadow.text, Cow::Borrowed(_)), "{:?}", shadow.repairs);
    }

    #[test]
    fn every_repair_can_be_switched_off() {
        let raw = "\u{412}\u{421}\u{422} Ke\u{302}\u{301}t qu\u{1ea3}\u{a0}\u{110}\u{2011}Ð\u{1ed9}i **m** Ch ỉ thị hoạchsố 2O15 13//4/2022";
        let all = repair(raw, &RepairOptions::default());
        for name in NAMES {
            let some = repair(raw, &RepairOptions::without([name]));
            assert!(some.repairs.iter().all(|r| r.name != name), "{name}");
            if all.repairs.iter().any(|r| r.name == name) {
                assert_ne!(all.text, some.text, "{name}");
            }
        }
        assert_eq!(repair(raw, &RepairOptions::without(NAMES)).text, raw);
    }

    #[test]
    fn the_log_of_a_record_names_a_line_once() {
        let raw = "1\u{a0}% và 2\u{a0}%\n3\u{a0}% hoạchsố";
        let shadow = repair(raw, &RepairOptions::default());
        let log: Vec<_> =
            by_line(raw, &shadow.repairs).map(|r| (r.name, raw.get(r.range).unwrap())).collect();
        assert_eq!(log, [("spaces", "\u{a0}% và 2\u{a0}"), ("spaces", "\u{a0}"), ("lost_space", "")]);
    }

    proptest! {
        #[test]
        fn any_text_is_repaired_with_a_sound_map(raw in "([ \n*/0-9.,%O|lI-]|[a-hĐđÐA-Fếạọ]|\u{301}|\u{302}|\u{323}|\u{a0}|\u{200b}|\u{2013}|ng|hoạchsố){0,60}") {
            let shadow = repair(&raw, &RepairOptions::default());
            let s = shadow.text.clone().into_owned();
            let mut last = 0;
            for (i, c) in s.char_indices() {
                let r = shadow.to_raw(i..i + c.len_utf8());
                prop_assert!(raw.get(r.clone()).is_some() && r.start >= last);
                last = r.start;
            }
            prop_assert!(shadow.repairs.iter().all(|r| raw.get(r.range.clone()).is_some()));
            prop_assert_eq!(raw.matches('\n').count(), s.matches('\n').count());
        }

        #[test]
        fn composed_and_decomposed_text_have_one_shadow(words in proptest::collection::vec("(Báo|cáo|Quyết|định|số|ĐIỀU|hòa|ngày|15/KH-UBND|tháng|được|97,5%)", 1..30)) {
            let nfc = words.join(" ");
            let nfd: String = nfc.nfd().collect();
            prop_assert_eq!(repaired(&nfc), repaired(&nfd));
        }

        #[test]
        fn repairing_twice_changes_nothing(raw in "(Báo |cáo |Ch ỉ |thị |dụ ng |hoạchsố |2O15 |13//4/2022 |Ðà |\u{a0}|\u{2013}|a\u{301}|, ){0,30}") {
            let once = repaired(&raw);
            prop_assert_eq!(repaired(&once), once);
        }
    }
}
