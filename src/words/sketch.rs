//! A sketch of a text by which nearly equal texts are known without them: the same report as Word file and as PDF, a
//! draft and what was signed.
//!
//! Every run of four words (folded, without punctuation, space and line breaks) has a hash; its first bits choose one
//! of 32 places, and each place keeps the least hash that falls on it. Of two texts that share a part of their runs, as
//! large a part of the places agrees (one permutation hashing, Li, Owen and Zhang 2012). The hashes are part of the
//! output: they stay the same within `baocao.record/2`.

use std::fmt::Write as _;

use super::fold::{Chars, WordHash};
use super::token::Kind;
use super::tokens::Tokens;

/// Places of a sketch.
pub const PLACES: usize = 32;
/// Words of a run.
const RUN: usize = 4;

/// What each place keeps, four hexadecimal digits in a record; 0 where nothing fell on it.
pub type Sketch = [u16; PLACES];

/// The sketch of a text whose letters are composed, as the shadow's are, from its tokens.
pub fn sketch(text: &str, tokens: &Tokens) -> String {
    let mut least = [u64::MAX; PLACES];
    let mut words = Words::default();
    hashes(text, tokens, |hash| {
        words.add(hash);
        if words.count >= RUN {
            words.put(&mut least);
        }
    });
    if words.count < RUN {
        words.put(&mut least); // of a text of fewer words the whole
    }
    least.iter().fold(String::with_capacity(PLACES * 4), |mut hex, least| {
        let kept = if *least == u64::MAX { 0 } else { (least & 0xffff).max(1) };
        let _ = write!(hex, "{kept:04x}"); // memory
        hex
    })
}

/// Hands out the hash of each word: a run of letters and digits. Most words are a token, whose hash is known.
fn hashes(text: &str, tokens: &Tokens, mut out: impl FnMut(u64)) {
    let mut past = 0;
    for (i, token) in tokens.iter().enumerate() {
        let (start, end) = (token.start as usize, token.end as usize);
        let known = tokens.hash(i);
        // Digits may go on a word that letters began.
        if known != 0 && start >= past && !text.as_bytes().get(end).is_some_and(u8::is_ascii_digit) {
            out(known);
            continue;
        }
        if token.kind == Kind::Punct && token.word < 0x80 {
            continue;
        }
        let mut at = past.max(start);
        while at < end {
            let Some((next, hash)) = hashed(text, at) else { break };
            hash.into_iter().for_each(&mut out);
            at = next;
        }
        past = at;
    }
}

/// The word that begins at a byte, or the one character that is none: where it ends, and the hash of a word. None at the end
/// of the text.
fn hashed(text: &str, start: usize) -> Option<(usize, Option<u64>)> {
    let chars = Chars::get();
    let mut word = WordHash::default();
    let mut end = start;
    for c in text.get(start..)?.chars() {
        if !chars.info(c).is_alphanumeric() {
            if end == start {
                return Some((end + c.len_utf8(), None));
            }
            break;
        }
        word.push(chars.folded(c));
        end += c.len_utf8();
    }
    (end > start).then(|| (end, Some(word.finish())))
}

/// The sketch of a text by itself.
#[cfg(test)]
pub(crate) fn of_text(text: &str) -> String {
    sketch(text, &super::token::tokenize(text, &Default::default(), &mut Default::default()))
}

/// The last words, each by its hash.
#[derive(Default)]
struct Words {
    last: [u64; RUN],
    count: usize,
}

impl Words {
    fn add(&mut self, hash: u64) {
        self.last.rotate_left(1);
        if let Some(last) = self.last.last_mut() {
            *last = hash;
        }
        self.count += 1;
    }

    /// Puts the last run into its place.
    fn put(&self, least: &mut [u64; PLACES]) {
        let hash = self.last.iter().fold(0, |hash, word| mixed(hash ^ word));
        // The upper five bits choose the place, the others are compared.
        if let Some(least) = least.get_mut((hash >> 59) as usize) {
            *least = (*least).min(hash & (u64::MAX >> 5));
        }
    }
}

/// The finaliser of SplitMix64.
fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

/// How much of two texts is the same, 0 to 1, by their sketches; `None` where there is too little of both to tell.
pub fn likeness(a: &Sketch, b: &Sketch) -> Option<f64> {
    let filled = a.iter().zip(b).filter(|(a, b)| **a != 0 || **b != 0).count();
    let same = a.iter().zip(b).filter(|(a, b)| a == b && **a != 0).count();
    (filled >= PLACES / 2).then(|| same as f64 / filled as f64)
}

/// A sketch as it stands in a record; `None` of anything else.
pub fn read(hex: &str) -> Option<Sketch> {
    let mut places = [0; PLACES];
    if hex.len() != PLACES * 4 {
        return None;
    }
    for (n, place) in places.iter_mut().enumerate() {
        *place = u16::from_str_radix(hex.get(n * 4..n * 4 + 4)?, 16).ok()?;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(n: usize) -> Vec<String> {
        (0..n)
            .map(|i| format!("Đoạn {i} có {} hộ thoát nghèo trong năm {}.", i * 37, 2000 + i % 25))
            .collect()
    }

    fn of(text: &str) -> Sketch {
        read(&of_text(text)).unwrap()
    }

    #[test]
    fn line_breaks_capitals_and_the_place_of_tones_change_nothing() {
        let a = text(60).join(" ") + " Toà án, UỶ BAN";
        let b = text(60).join("\n\n").to_uppercase() + " TÒA ÁN – ủy ban\n";
        assert_eq!(of_text(&a), of_text(&b));
    }

    #[test]
    fn likeness_is_about_the_share_of_common_runs() {
        let all = text(400);
        let whole = of(&all.join(" "));
        for kept in [380, 320, 200] {
            let part = of(&all[..kept].join(" "));
            let like = likeness(&whole, &part).unwrap();
            let share = kept as f64 / 400.0;
            assert!((like - share).abs() < 0.2, "{kept} of 400: {like}");
        }
        let other: Vec<String> =
            (0..300).map(|i| format!("Mục {i}: thu {} triệu đồng tiền thuê đất", i * 91)).collect();
        assert!(likeness(&whole, &of(&other.join(" "))).unwrap() < 0.2);
    }

    #[test]
    fn of_little_text_nothing_is_told() {
        assert_eq!(likeness(&of("Báo cáo"), &of("Báo cáo")), None);
        assert_eq!(of_text("Báo cáo"), of_text("BÁO  CÁO."));
        assert_ne!(of_text("Báo cáo"), of_text("Kế hoạch"));
    }

    /// The hashes of all words of a text, read character by character.
    fn plain(text: &str) -> Vec<u64> {
        let mut at = 0;
        let mut all = Vec::new();
        while let Some((end, hash)) = hashed(text, at) {
            assert!(end > at && text.is_char_boundary(end));
            all.extend(hash);
            at = end;
        }
        all
    }

    proptest! {
        #[test]
        fn words_are_hashed_alike_by_tokens_and_by_characters(
            text in "(Toà |UỶ |ủy|36a|a36 |×|÷2|xã×|tiê\u{301}ng|a\u{301}b|½|_|[a-cĐđếạọ0-9 ]|\u{301}|\u{a0}|\u{2013}|[\u{0}-\u{10ffff}]){0,60}",
        ) {
            // Twice: what was seen before is known by its bytes.
            for _ in 0..2 {
                let tokens = crate::words::token::tokenize(&text, &Default::default(), &mut Default::default());
                let mut all = Vec::new();
                hashes(&text, &tokens, |hash| all.push(hash));
                prop_assert_eq!(all, plain(&text));
            }
        }
    }

    /// Sketches stand in records that are kept: another hash would make old and new ones strangers.
    #[test]
    fn the_hash_stays_what_it_was() {
        assert_eq!(
            of_text("Toàn xã có 127 hộ thoát nghèo"),
            "0000000000000000efbf000000000000000000000000eba1aff600000000000000005dce00000000000000000000000000000000000000000000000000000000"
        );
    }
}
