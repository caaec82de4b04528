//! A whole text: judged line by line with the page as the tie-breaker, and decoded where a line is not Unicode.

use std::borrow::Cow;

use super::Charset;
use super::decode::{Case, decode};
use super::detect::{Bound, Votes};

/// A text after judgement and decoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted<'a> {
    /// The text; borrowed where nothing was decoded.
    pub text: Cow<'a, str>,
    /// The encoding of most of its words; `None` for Unicode.
    pub charset: Option<Charset>,
    /// True where lines of several encodings (Unicode included) stand in it.
    pub mixed: bool,
    /// Number of bytes that could be read in no way and stand as U+FFFD.
    pub unreadable: usize,
}

/// Judges and decodes text that is Unicode, or characters that stand for the bytes of an old encoding.
///
/// Clean Unicode costs one scan of the bytes.
///
/// ```
/// use baocao::internal::charset::{Charset, convert};
/// let c = convert("Uû ban nh©n d©n tØnh b¸o c¸o\nUBND tỉnh báo cáo");
/// assert_eq!(c.text, "Uỷ ban nhân dân tỉnh báo cáo\nUBND tỉnh báo cáo");
/// assert_eq!((c.charset, c.mixed), (Some(Charset::Tcvn3), true));
/// ```
pub fn convert(text: &str) -> Converted<'_> {
    let unicode = || Converted { text: Cow::Borrowed(text), charset: None, mixed: false, unreadable: 0 };
    // Signs such as "m²" stand in Unicode text, too: the lines with such characters decide whether to look closer.
    let suspicious =
        || blocks(text).flat_map(|block| block.split_inclusive('\n')).filter(|l| is_suspicious(l.as_bytes()));
    let mut bound = Bound::default();
    let possible = suspicious().any(|line| {
        let of_line = Bound::of(line);
        bound.add(&of_line);
        of_line.may_prove()
    });
    if !possible && !bound.may_prove() {
        return unicode();
    }
    let mut whole = Votes::default();
    let proven = suspicious().any(|line| {
        let mut votes = Votes::default();
        votes.count(line);
        whole.add(&votes);
        votes.proven().is_some()
    });
    if !proven && whole.proven().is_none() {
        return unicode();
    }
    let lines = text.split_inclusive('\n').map(|l| Line { text: Cow::Borrowed(l), bytes: None }).collect();
    convert_lines(lines).unwrap_or_else(unicode)
}

/// Judges and decodes bytes that are not valid UTF-8: lines in UTF-8 stay, the others are tried in every encoding.
pub fn convert_bytes(bytes: &[u8]) -> Converted<'static> {
    let lines: Vec<_> = bytes
        .split_inclusive(|&b| b == b'\n')
        .map(|line| match std::str::from_utf8(line) {
            Ok(text) if !text.chars().any(is_odd) => Line { text: Cow::Borrowed(text), bytes: None },
            _ => Line { text: Cow::Owned(line.iter().map(|&b| char::from(b)).collect()), bytes: Some(line) },
        })
        .collect();
    let lossy = || {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let unreadable = text.matches(char::REPLACEMENT_CHARACTER).count();
        Converted { text: Cow::Owned(text), charset: None, mixed: false, unreadable }
    };
    // Damaged UTF-8 is no old encoding: most characters above ASCII are whole there.
    let (whole, broken) = utf8_share(bytes);
    if whole >= 4 * broken {
        return lossy();
    }
    match convert_lines(lines) {
        Some(c) => Converted { text: Cow::Owned(c.text.into_owned()), ..c },
        None => lossy(),
    }
}

/// Decodes a whole file in a given encoding, without judging it: `--encoding tcvn3`.
///
/// Valid UTF-8 holds the characters that the bytes were taken for; anything else is the bytes themselves.
pub fn decode_as(bytes: &[u8], charset: Charset) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes.iter().map(|&b| char::from(b)).collect(),
    };
    text.split_inclusive('\n').map(|line| decode(line, charset, Case::Guess)).collect()
}

/// Letters of scripts and languages that such files do not hold: two bytes of an old encoding that happen to be UTF-8.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{180}'..='\u{2FF}' | '\u{370}'..='\u{1DFF}') && !matches!(c, 'Ơ' | 'ơ' | 'Ư' | 'ư')
}

/// One line, with its bytes where they are not UTF-8.
struct Line<'a> {
    text: Cow<'a, str>,
    bytes: Option<&'a [u8]>,
}

/// `None` where everything is Unicode.
fn convert_lines(lines: Vec<Line<'_>>) -> Option<Converted<'static>> {
    let votes: Vec<Votes> = lines
        .iter()
        .map(|line| {
            let mut votes = Votes::default();
            votes.count(&line.text);
            votes
        })
        .collect();
    let mut whole = Votes::default();
    votes.iter().for_each(|v| whole.add(v));
    // The encodings that the document, or a line of it, proves.
    let mut proven: Vec<Charset> = votes.iter().filter_map(Votes::proven).collect();
    proven.extend(whole.proven());
    proven.sort_unstable();
    proven.dedup();
    if proven.is_empty() {
        return None;
    }
    let mut tally = Tally::default();
    let mut decided: Vec<Option<Charset>> = Vec::with_capacity(lines.len());
    let mut page_start = 0;
    for (i, line) in lines.iter().enumerate() {
        if !(line.text.contains('\u{c}') || i + 1 == lines.len()) {
            continue;
        }
        // A page is whole: each line by itself first; ties go with the last clear line, then with the page.
        let page = page_start..i + 1;
        let mut prior = majority(votes.get(page.clone()).unwrap_or(&[]), &whole, &proven);
        for k in page {
            let (Some(v), Some(l)) = (votes.get(k), lines.get(k)) else { continue };
            let charset = decide(v, &proven, prior, l.bytes.is_some());
            if v.is_clear(charset) {
                prior = charset;
            }
            tally.add(charset, v);
            decided.push(charset);
        }
        page_start = i + 1;
    }
    let mut text = String::with_capacity(lines.iter().map(|l| l.text.len() + l.text.len() / 4).sum());
    let mut unreadable = 0;
    for (line, charset) in lines.iter().zip(decided) {
        match (charset, line.bytes) {
            (Some(charset), _) => text.push_str(&decode(&line.text, charset, Case::Guess)),
            (None, None) => text.push_str(&line.text),
            (None, Some(bytes)) => {
                let lossy = String::from_utf8_lossy(bytes);
                unreadable += lossy.matches(char::REPLACEMENT_CHARACTER).count();
                text.push_str(&lossy);
            }
        }
    }
    let (charset, mixed) = tally.result();
    Some(Converted { text: Cow::Owned(text), charset, mixed, unreadable })
}

/// The reading of most words on a page; of the document where the page does not tell.
fn majority(page: &[Votes], whole: &Votes, proven: &[Charset]) -> Option<Charset> {
    let mut sum = Votes::default();
    page.iter().for_each(|v| sum.add(v));
    let pick = |v: &Votes| {
        let best = proven.iter().copied().max_by_key(|&c| (v.of(c), std::cmp::Reverse(c)))?;
        (v.of(best) > v.unicode).then_some(best)
    };
    if sum.words > 0 { pick(&sum) } else { pick(whole) }
}

/// The reading of one line: the one with the most syllables; `prior` where that is a tie.
fn decide(v: &Votes, proven: &[Charset], prior: Option<Charset>, bytes: bool) -> Option<Charset> {
    if v.words == 0 && v.loose == 0 && !bytes {
        return None;
    }
    // A line of another language in an old document: no reading explains half of it, nor the page's a third.
    let (_, most) = v.best();
    let usual = prior.map_or(0, |c| v.of(c));
    if most * 2 < v.words && usual * 3 < v.words && !bytes {
        return None;
    }
    let top = proven.iter().map(|&c| v.of(c)).chain([v.unicode]).max().unwrap_or(0);
    let stands = |choice: Option<Charset>| choice.map_or(v.unicode, |c| v.of(c)) == top;
    if stands(prior) {
        return prior;
    }
    let best = proven.iter().copied().find(|&c| v.of(c) == top);
    // Unicode wins what is left of ties.
    if v.unicode == top && !bytes { None } else { best }
}

/// How many words stand in which encoding.
#[derive(Default)]
struct Tally {
    unicode: usize,
    decoded: [usize; Charset::ALL.len()],
}

impl Tally {
    fn add(&mut self, charset: Option<Charset>, v: &Votes) {
        match charset.and_then(|c| Charset::ALL.iter().position(|&x| x == c)) {
            Some(i) => {
                if let Some(n) = self.decoded.get_mut(i) {
                    *n += v.words;
                }
            }
            None => self.unicode += v.words,
        }
    }

    fn result(&self) -> (Option<Charset>, bool) {
        let best = self.decoded.iter().copied().max().unwrap_or(0);
        let charset = Charset::ALL.into_iter().zip(self.decoded).find(|x| x.1 == best).map(|x| x.0);
        let kinds = usize::from(self.unicode > 0) + self.decoded.iter().filter(|&&n| n > 0).count();
        (charset.filter(|_| best >= self.unicode && best > 0), kinds > 1)
    }
}

/// True if valid UTF-8 holds characters that Vietnamese text in Unicode has no use for but undecoded text is full of:
/// U+00A1-00BF, the letters of Latin-1 outside the Vietnamese alphabet, and control codes.
fn is_suspicious(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while rest.len() > 1 {
        // Pairs of neighbours, without branches, so that the compiler can use wide registers.
        let n = rest.len().min(BLOCK + 1);
        let (Some(first), Some(second)) = (rest.get(..n - 1), rest.get(1..n)) else { break };
        let mut found = 0u8;
        for (&a, &b) in first.iter().zip(second) {
            found |= foreign(a, b);
        }
        if found != 0 {
            return true;
        }
        rest = rest.get(n - 1..).unwrap_or(&[]);
    }
    false
}

/// So many pairs are looked at before the first answer.
const BLOCK: usize = 2048;

/// The suspicious blocks of whole lines: many lines at once are looked at faster than one by one.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.len().min(BLOCK);
        let end = memchr::memchr(b'\n', rest.as_bytes().get(from..)?).map_or(rest.len(), |n| from + n + 1);
        let (block, behind) = rest.split_at_checked(end).filter(|b| !b.0.is_empty())?;
        rest = behind;
        Some(block)
    })
    .filter(|block| is_suspicious(block.as_bytes()))
}

/// 1 for the two bytes of a foreign character of Latin-1.
#[inline(always)]
fn foreign(a: u8, b: u8) -> u8 {
    // C2 A1 to C2 BF; C3 with the letters that Vietnamese lacks, both cases.
    let low = b & !0x20;
    // À Á Â Ã, È É Ê, Ì Í, Ò Ó Ô Õ, Ù Ú, Ý
    let vietnamese = (low.wrapping_sub(0x80) <= 3)
        | (low.wrapping_sub(0x88) <= 2)
        | (low.wrapping_sub(0x8C) <= 1)
        | (low.wrapping_sub(0x92) <= 3)
        | (low.wrapping_sub(0x99) <= 1)
        | (low == 0x9D);
    u8::from(((a == 0xC2) & (b > 0xA0)) | ((a == 0xC3) & !vietnamese))
}

/// How many characters above ASCII are whole UTF-8, and how many bytes are none.
fn utf8_share(bytes: &[u8]) -> (usize, usize) {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    (whole, broken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::encode;
    use proptest::prelude::*;

    const TEXT: &str = "UBND tỉnh báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế - xã hội\n\
        Số: 12/BC-UB\nTổng sản lượng lương thực đạt 32.500 tấn, tăng 4,5 % so với cùng kỳ.\nMột số hạn chế\n";

    #[test]
    fn every_encoding_is_found_in_bytes_and_decoded() {
        for charset in Charset::ALL {
            let bytes = encode(TEXT, charset).expect("encodable");
            let seen = match String::from_utf8(bytes) {
                Ok(_) if charset == Charset::Utf8AsCp1252 => continue,
                Ok(text) => convert(&text).text.into_owned(),
                Err(e) => {
                    let c = convert_bytes(e.as_bytes());
                    assert_eq!((c.charset, c.mixed, c.unreadable), (Some(charset), false, 0), "{charset:?}");
                    c.text.into_owned()
                }
            };
            assert_eq!(seen, TEXT, "{charset:?}");
        }
    }

    #[test]
    fn lines_of_two_encodings_are_told_apart() {
        let mut bytes = encode(TEXT, Charset::Tcvn3).expect("encodable");
        bytes.extend(encode(TEXT, Charset::Vni).expect("encodable"));
        bytes.extend(TEXT.as_bytes());
        let c = convert_bytes(&bytes);
        assert_eq!(c.text, TEXT.repeat(3));
        assert!(c.mixed);
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_an_old_encoding() {
        let mut bytes = TEXT.repeat(4).into_bytes();
        bytes.remove(TEXT.find('ỉ').expect("is there"));
        let c = convert_bytes(&bytes);
        assert_eq!(c.charset, None);
        assert!(c.unreadable > 0);
    }

    #[test]
    fn double_encoding_is_undone() {
        let seen: String = TEXT.bytes().map(super::super::table::cp1252_char).collect();
        let c = convert(&seen);
        assert_eq!((c.text.as_ref(), c.charset), (TEXT, Some(Charset::Utf8AsCp1252)));
    }

    #[test]
    fn signs_in_unicode_text_change_nothing() {
        let text = format!("{TEXT}Nhiệt độ 25 °C ± 1, diện tích 5 km² · mục § 3 «trích» Tromsø, Größe\n");
        let c = convert(&text);
        assert!(matches!(c.text, Cow::Borrowed(_)) && c.charset.is_none());
    }

    proptest! {
        #[test]
        fn any_text_and_any_bytes_are_accepted(text in "\\PC{0,60}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = convert(&text);
            let _ = convert_bytes(&bytes);
        }

        #[test]
        fn unicode_vietnamese_is_never_changed(words in proptest::collection::vec("[a-zđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]{1,6}", 0..40)) {
            let text = words.join(" ");
            prop_assert_eq!(convert(&text).text, text.as_str());
        }
    }
}
