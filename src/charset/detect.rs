//! The judge: which encoding makes Vietnamese syllables out of a text. Unicode is the answer unless another one
//! explains clearly more words.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use super::Charset;
use super::decode::{Case, decode, undo_nfkc};
use super::table::{Code, byte_of, table};
use crate::charset::syllable::is_syllable;

/// How many words of a text are Vietnamese syllables under each reading.
#[derive(Debug, Clone, Default)]
pub(super) struct Votes {
    /// Words with at least one ASCII letter and one other character; only these tell encodings apart.
    pub words: usize,
    /// Of these, syllables as they stand.
    pub unicode: usize,
    /// Of these, syllables when decoded, in the order of [`Charset::ALL`].
    pub decoded: [usize; Charset::ALL.len()],
    /// Up to three different words that each reading explains, so that no word proves anything by repetition.
    different: [[u64; 3]; Charset::ALL.len()],
    /// Words of ASCII letters only, two or more.
    pub plain: usize,
    /// Of these, possible syllables.
    pub plain_good: usize,
    /// Characters outside ASCII in words that do not count (single letters, signs).
    pub loose: usize,
}

impl Votes {
    /// Counts one line, or any other stretch of text.
    pub(super) fn count(&mut self, text: &str) {
        let mended = undo_nfkc(text);
        for word in words(mended.as_deref().unwrap_or(text)) {
            self.word(word);
        }
    }

    /// Counts one word, with the quotation marks at its edges.
    fn word(&mut self, whole: &str) {
        let word = whole.trim_matches(is_edge);
        let bytes = match Kind::of(word) {
            Kind::Plain => {
                self.plain += usize::from(word.len() > 1);
                self.plain_good += usize::from(word.len() > 1 && is_syllable(word));
                return;
            }
            Kind::Loose { bytes } => {
                self.loose += usize::from(bytes);
                return;
            }
            Kind::Telling { bytes } => bytes,
        };
        self.words += 1;
        let good = is_syllable(word);
        self.unicode += usize::from(good);
        let before = self.decoded;
        if !bytes {
            // A letter without a byte, such as ế: no old encoding wrote this word.
            return;
        }
        let hash = FxBuildHasher.hash_one(word) | 1;
        for (i, charset) in Charset::ALL.into_iter().enumerate() {
            // Where quotation marks hold letters ("Sá»‘" is "Số"), the edges belong to the word.
            let readings = [whole, word];
            let readings = if whole == word { readings.get(1..) } else { readings.get(..) }.unwrap_or(&[]);
            let read = |&&w: &&&str| {
                let decoded = decode(w, charset, Case::AsWritten);
                explains(charset, w, &decoded) && is_syllable(&decoded)
            };
            if let Some(&word) = readings.iter().find(read) {
                let decoded = decode(word, charset, Case::AsWritten);
                if let Some(n) = self.decoded.get_mut(i) {
                    *n += 1;
                }
                if let Some(different) = self.different.get_mut(i).filter(|_| decoded != word) {
                    remember(different, hash);
                }
            }
        }
        // Abbreviations ("Q§-UB", "H§ND") are no syllables under any reading and tell nothing.
        if !good && self.decoded == before && !word.contains(|c: char| c.is_ascii_lowercase()) {
            self.words -= 1;
            self.loose += 1;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.unicode += other.unicode;
        self.plain += other.plain;
        self.plain_good += other.plain_good;
        self.loose += other.loose;
        for (a, b) in self.decoded.iter_mut().zip(other.decoded) {
            *a += b;
        }
        for (a, b) in self.different.iter_mut().zip(other.different) {
            b.into_iter().filter(|&h| h != 0).for_each(|h| remember(a, h));
        }
    }

    pub(super) fn of(&self, charset: Charset) -> usize {
        Charset::ALL
            .iter()
            .position(|&c| c == charset)
            .and_then(|i| self.decoded.get(i))
            .copied()
            .unwrap_or(0)
    }

    /// The reading with the most syllables and their number; the earlier in [`Charset::ALL`] wins a tie.
    pub(super) fn best(&self) -> (Charset, usize) {
        let mut best = (Charset::Tcvn3, 0);
        for (charset, &n) in Charset::ALL.into_iter().zip(&self.decoded) {
            if n > best.1 {
                best = (charset, n);
            }
        }
        best
    }

    /// True if the reading (`None`: Unicode) explains at least two words more than any other.
    pub(super) fn is_clear(&self, reading: Option<Charset>) -> bool {
        let n = reading.map_or(self.unicode, |c| self.of(c));
        let others = Charset::ALL.into_iter().filter(|&c| Some(c) != reading).map(|c| self.of(c));
        let unicode = reading.map(|_| self.unicode);
        others.chain(unicode).all(|other| n >= other + 2)
    }

    /// The encoding that a font's name says, where the stretch does not speak against it.
    fn likely(&self, hinted: Charset) -> Option<Charset> {
        let n = self.of(hinted);
        let likely = n > self.unicode && n * 2 >= self.words;
        let untold = self.words == 0 && self.loose > 0;
        (likely || untold).then_some(hinted)
    }

    /// The encoding that this stretch proves by itself.
    ///
    /// Three different words at least, seven words in ten of them syllables when decoded, clearly more than as they stand; and the
    /// plain words must not speak of another language.
    pub(super) fn proven(&self) -> Option<Charset> {
        let (charset, n) = self.best();
        let i = Charset::ALL.iter().position(|&c| c == charset)?;
        let several = self.different.get(i)?.iter().all(|&h| h != 0);
        let clear = several && n * 10 >= self.words * 7 && (n - self.unicode.min(n)) * 10 >= self.words * 3;
        let vietnamese = (self.plain_good + n) * 10 >= (self.plain + self.words) * 5;
        (clear && vietnamese).then_some(charset)
    }
}

/// What a word can tell.
enum Kind {
    /// ASCII letters only, or nothing at all.
    Plain,
    /// A sign, a unit, or too long a word; perhaps all of it characters that stand for bytes.
    Loose { bytes: bool },
    /// ASCII letters and others; perhaps all of these stand for bytes.
    Telling { bytes: bool },
}

impl Kind {
    fn of(word: &str) -> Self {
        let (mut ascii, mut other, mut bytes) = (0usize, 0usize, true);
        for c in word.chars() {
            if c.is_ascii_alphabetic() {
                ascii += 1;
            } else {
                other += 1;
                bytes = bytes && (byte_of(c).is_some() || stands_for_byte(c));
            }
        }
        match () {
            () if other == 0 => Self::Plain,
            () if ascii == 0 || ascii + other > 24 || is_unit(word) => Self::Loose { bytes },
            () => Self::Telling { bytes },
        }
    }
}

/// The most that [`Votes`] could find, without decoding anything: Unicode text with a sign or two is told by it.
#[derive(Debug, Default)]
pub(super) struct Bound {
    words: usize,
    bytes: usize,
}

impl Bound {
    /// Counts one line.
    pub(super) fn of(line: &str) -> Self {
        let mut bound = Self::default();
        let mended = undo_nfkc(line);
        for word in words(mended.as_deref().unwrap_or(line)) {
            if let Kind::Telling { bytes } = Kind::of(word.trim_matches(is_edge)) {
                bound.words += 1;
                bound.bytes += usize::from(bytes);
            }
        }
        bound
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.bytes += other.bytes;
    }

    /// Whether [`Votes::proven`] is possible: three words at least, and seven in ten.
    pub(super) fn may_prove(&self) -> bool {
        self.bytes >= 3 && self.bytes * 10 >= self.words * 7
    }
}

/// Puts a hash into the first free place, if it is new.
fn remember(places: &mut [u64; 3], hash: u64) {
    if let Some(place) = places.iter_mut().find(|h| **h == 0 || **h == hash) {
        *place = hash;
    }
}

/// Units and signs that Unicode text writes with Latin-1 characters: "m²", "km³", "°C".
fn is_unit(word: &str) -> bool {
    word.strip_suffix(['²', '³']).is_some_and(|w| matches!(w, "m" | "km" | "cm" | "dm" | "mm" | "hm" | "M"))
        || word.starts_with('°')
        || word == "µm"
}

/// True if the reading gave a meaning to every character above ASCII. Windows-1258 shares letters with Latin-1.
fn explains(charset: Charset, word: &str, decoded: &str) -> bool {
    let left = |c: char| {
        let code = byte_of(c).zip(table(charset)).map(|(b, t)| t.code(b));
        !c.is_ascii() && matches!(code, Some(Code::Other) | None) && decoded.contains(c)
    };
    charset == Charset::Windows1258 || !word.chars().any(left)
}

/// Words as the old encodings see them: ASCII letters, everything above ASCII but the blank of 0xA0, and the control
/// codes that VISCII, VPS and VN1 use; quotation marks at the edges included.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| match c {
        '\0'..='\x7F' => !(c.is_ascii_alphabetic() || is_control_letter(c)),
        '\u{A0}' => true,
        _ => false,
    })
    .filter(|w| !w.is_empty())
}

/// Punctuation of Windows-1252 and other signs at the edges of a word.
fn is_edge(c: char) -> bool {
    // The same as bytes, too: 0x82 to 0x85 and 0x91 to 0x97 are quotation marks, dashes, an ellipsis.
    matches!(
        c,
        '\u{82}' | '\u{84}' | '\u{85}' | '\u{8B}' | '\u{91}'..='\u{97}' | '\u{9B}' | '€' | '™' | '«' | '»'
    ) || ('\u{2010}'..='\u{2063}').contains(&c) && !stands_for_byte(c)
}

/// Control codes that hold letters in VISCII, VPS or VN1.
fn is_control_letter(c: char) -> bool {
    matches!(c, '\x01'..='\x06' | '\x10'..='\x17' | '\x19' | '\x1C'..='\x1E')
}

/// Characters that PDF makers and NFKC put for a byte of TCVN3.
fn stands_for_byte(c: char) -> bool {
    matches!(c, '\u{2212}' | '\u{2219}' | '\u{22C5}' | '\u{2010}' | '\u{2011}' | 'μ')
}

/// Which old encoding a text is in; `None` for Unicode, or where the text does not tell.
///
/// `hint` is what a font's name says. It lowers the proof that is asked for, but does not replace it: with a hint, one
/// word that decodes and more words that decode than that are good as they stand.
///
/// ```
/// use baocao::internal::charset::{Charset, detect};
/// assert_eq!(detect("B¸o c¸o t×nh h×nh thùc hiÖn nhiÖm vô", None), Some(Charset::Tcvn3));
/// assert_eq!(detect("Báo cáo tình hình thực hiện nhiệm vụ", None), None);
/// assert_eq!(detect("une fenêtre à côté de la forêt", None), None);
/// ```
pub fn detect(text: &str, hint: Option<Charset>) -> Option<Charset> {
    let votes = votes(text)?;
    votes.proven().or_else(|| votes.likely(hint?))
}

/// The same for a stretch of a document set in fonts made for `hint`, where `usual` is what such fonts mean elsewhere in the
/// document: it decides where the stretch reads well both ways ("cã" is "có" in TCVN3 and a syllable as it stands).
pub fn detect_in(text: &str, hint: Charset, usual: Option<Charset>) -> Option<Charset> {
    let votes = votes(text)?;
    let tie = || usual.filter(|&c| votes.of(c) >= votes.unicode && votes.of(c) * 2 >= votes.words);
    votes.proven().or_else(|| votes.likely(hint)).or_else(tie)
}

/// The same for a stretch whose font tells nothing, in a document whose text is mostly in an old encoding.
pub fn detect_beside(text: &str, usual: Option<Charset>) -> Option<Charset> {
    let votes = votes(text)?;
    votes
        .proven()
        .or_else(|| usual.filter(|&c| votes.of(c) > votes.unicode && votes.of(c) * 2 >= votes.words))
}

/// The votes of a text; `None` where nothing in it can tell.
fn votes(text: &str) -> Option<Votes> {
    if text.is_ascii() && !text.chars().any(is_control_letter) {
        return None;
    }
    let mut votes = Votes::default();
    votes.count(text);
    Some(votes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_unicode() {
        for text in [
            "Les élèves français étudient à l’école près de la forêt où naît la rivière; ça va être très drôle.",
            "Über die Größe der Häuser in München läßt sich früher wie später nichts Böses sagen.",
            "El niño comió una piña mañana según el señor Muñoz; ¿qué pasó después?",
            "Den blå ånden går på skøyter i Tromsø sammen med mødrene sine.",
            "A coração não está só: então amanhã você terá razões e opções.",
            "Temperature 20 °C ± 2 °C, area 5 m², price 30 €, § 5 © 2020 “quoted” – naïve café",
            "Žluťoučký kůň úpěl ďábelské ódy; zażółć gęślą jaźń; árvíztűrő tükörfúrógép",
        ] {
            assert_eq!(detect(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_font_that_claims_too_much_does_not_harm_unicode() {
        let text = "Báo cáo kết quả công tác năm";
        assert_eq!(detect(text, Some(Charset::Tcvn3)), None);
        assert_eq!(detect("xà và cã", Some(Charset::Tcvn3)), None);
        assert_eq!(detect("N¨m", Some(Charset::Tcvn3)), Some(Charset::Tcvn3));
    }
}
