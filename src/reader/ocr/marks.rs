//! Scans: marks of letters that recognition lost or mistook: "quyên hạn" is "quyền hạn", "vật liệu nỗ" is "vật liệu nổ".
//!
//! In: the words of a page. Out: the same words. Each syllable may be the one that was read, one with letters that
//! recognition held possible, or one of the same letters that is known beside a neighbour; of all, those are taken that
//! fit side by side best for what they cost. Names stay as they are, and so does everything that is no word of letters
//! alone. A word that is changed keeps its confidence: no figure hangs on it.

use super::pairs::{KNOWN, NUMBER};
use super::words::{Other, Page, Word};
use super::{blanks, capitals, lost, twins};
use crate::charset::letter::{self, Tone};
use crate::charset::syllable::is_syllable;
use crate::words::syllable::toned_key;

/// What it costs to take another syllable than the one read, and to change a second letter of it. The unit of all that
/// follows is what one per cent less confidence costs a letter.
const CHANGE: i32 = 30;
const SECOND: i32 = 40;
/// What a letter costs that recognition did not think of: another tone over the same hat, a hat, both.
const TONE: i32 = 100;
const HAT: i32 = 160;
const BOTH: i32 = 220;
/// What it costs to give a tone to a capital among capitals, where marks are small.
const CAPITAL: i32 = 100;
/// What it costs more where recognition thought of no other letter at all.
const SURE: i32 = 40;

/// What it costs to take another word for one with a capital, which may be a name; and how often that must stand beside a
/// neighbour among capitals.
const NAME: i32 = 40;
const NAMED: f32 = 64.0;

/// What a sentence ends with, or what a list begins behind.
const ENDS: [char; 4] = ['.', ':', '/', '!'];

/// A word taken apart.
#[derive(Debug)]
pub(super) struct Part {
    /// The letters without the marks of the sentence about them.
    pub(super) core: String,
    /// The key of the letters; `None` where the word is not of letters alone.
    pub(super) key: Option<u64>,
    /// How many characters stand before the letters.
    start: usize,
    /// Whether the word begins, and ends, with its letters.
    pub(super) open: (bool, bool),
}

impl Part {
    pub(super) fn of(word: &str) -> Self {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_word = core.chars().all(letter::is_letter);
        Self {
            core: core.to_owned(),
            key: toned_key(core).filter(|_| is_word).or(is_number(core).then_some(NUMBER)),
            start: word.chars().take_while(|c| !c.is_alphanumeric()).count(),
            open: (word.starts_with(core), word.ends_with(core)),
        }
    }

    /// Whether nothing parts two words.
    pub(super) fn hangs(pair: &[Self]) -> bool {
        matches!(pair, [a, b] if a.key.is_some() && b.key.is_some() && a.open.1 && b.open.0)
    }
}

/// Mends the marks of a page.
pub(super) fn mend(page: &mut Page) {
    page.lines.iter_mut().for_each(|line| {
        blanks::mend(line);
        list_mark(line);
    });
    let mut words: Vec<&mut Word> = page.lines.iter_mut().flatten().collect();
    words.iter_mut().for_each(|word| {
        plain_signs(&mut word.text);
        cubes(word);
        lost::undouble(word);
    });
    let parts: Vec<Part> = words.iter().map(|word| Part::of(&word.text)).collect();
    let mut from = 0;
    while let Some(rest) = parts.get(from..).filter(|rest| !rest.is_empty()) {
        let to = from + 1 + rest.windows(2).take_while(|pair| Part::hangs(pair)).count();
        let chain = parts.get(from..to).unwrap_or_default();
        let is_start = from.checked_sub(1).and_then(|i| words.get(i)).is_none_or(|w| w.text.ends_with(ENDS));
        let own = words.get_mut(from..to).unwrap_or_default();
        let mut candidates: Vec<Vec<Candidate>> =
            own.iter().enumerate().map(|(i, word)| candidates(chain, i, word, i == 0 && is_start)).collect();
        beside_others(&mut candidates, chain, own);
        for ((word, part), right) in own.iter_mut().zip(chain).zip(likeliest(&candidates)) {
            if right != part.core {
                if letter::fold_ascii(right) != letter::fold_ascii(&part.core) {
                    word.confidence = word.confidence.min(lost::GUESSED);
                }
                word.text = word.text.replacen(&part.core, right, 1);
            }
        }
        from = to;
    }
    twins::mend(&mut words);
    lost_signs(&mut words);
    capitals::mend(&mut words);
    lost::abbreviations(&mut words);
    stops(&mut words);
}

/// The mark of a list at the head of a line has a full stop: "1, Đại diện" is "1. Đại diện".
fn list_mark(line: &mut [Word]) {
    let [first, second, ..] = line else { return };
    let is_mark = |text: &str| {
        text.strip_suffix(',')
            .is_some_and(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
    };
    if is_mark(&first.text) && is_title(&second.text) {
        first.text.pop();
        first.text.push('.');
    }
}

/// The raised figure of a cubic metre is read for a letter: "36 mỶ/h".
fn cubes(word: &mut Word) {
    let rest = word.text.strip_prefix('m').and_then(|rest| rest.strip_prefix('\u{1ef6}'));
    if let Some(rest) = rest.filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
        word.text = format!("m³{rest}");
        word.confidence = word.confidence.min(lost::GUESSED);
    }
}

/// Signs between two words: "Hà Tiên ~ Kiên Lương" has a dash.
fn lost_signs(words: &mut [&mut Word]) {
    for i in 1..words.len() {
        let ends = |at: usize, of: fn(&str) -> Option<char>| words.get(at).and_then(|w| of(&w.text));
        let near = (ends(i - 1, |w| w.chars().next_back()), ends(i + 1, |w| w.chars().next()));
        let are_words = matches!(near, (Some(a), Some(b)) if letter::is_letter(a) && letter::is_letter(b));
        if let Some(word) = words.get_mut(i).filter(|w| are_words && w.text == "~") {
            word.text = "-".to_owned();
        }
    }
}

/// Full stops between two small words that often stand side by side are dust: "hoạt động hóa. chất".
fn stops(words: &mut [&mut Word]) {
    let small = |text: &str| {
        text.chars().all(|c| letter::is_letter(c) && !letter::is_upper(c)).then(|| toned_key(text))?
    };
    for i in 1..words.len() {
        let behind =
            words.get(i).map(|w| Part::of(&w.text)).filter(|p| p.open.0).and_then(|p| small(&p.core));
        let Some(word) = words.get_mut(i - 1) else { continue };
        let key = word.text.strip_suffix('.').filter(|text| text.chars().nth(1).is_some()).and_then(small);
        if key.zip(behind).is_some_and(|(a, b)| KNOWN.are_often_beside(a, b)) {
            word.text.pop();
        }
    }
}

/// What a word may be.
#[derive(Debug)]
struct Candidate {
    key: Option<u64>,
    text: String,
    /// What it costs by itself.
    cost: i32,
}

/// What one word of a chain may be, first what was read.
fn candidates(chain: &[Part], i: usize, word: &Word, is_start: bool) -> Vec<Candidate> {
    let others = word.others.as_slice();
    let Some(part) = chain.get(i) else { return Vec::new() };
    let near = |step: isize| i.checked_add_signed(step).and_then(|i| chain.get(i));
    let (before, behind) = (near(-1), near(1));
    let read: Vec<char> = part.core.chars().collect();
    let mut all = vec![Candidate { key: part.key, text: part.core.clone(), cost: 0 }];
    let is_name = is_title(&part.core) && [before, behind].iter().flatten().any(|p| is_title(&p.core));
    // Names stay as they are, but for what is no syllable, and for what recognition itself doubts.
    let is_odd_name = is_name && !is_syllable(&part.core);
    if part.key.is_none_or(|key| key == NUMBER)
        || read.len() < 2
        || is_name && !is_odd_name && others.is_empty()
    {
        return all;
    }
    let key = |part: Option<&Part>| part.and_then(|p| p.key);
    let is_often = |own: u64| {
        [(key(before), Some(own)), (Some(own), key(behind))]
            .into_iter()
            .any(|(a, b)| a.zip(b).is_some_and(|(a, b)| KNOWN.are_often_beside(a, b)))
    };
    let count = |own: Option<u64>| {
        let counts = [(key(before), own), (own, key(behind))];
        counts.into_iter().filter_map(|(a, b)| Some(KNOWN.count(a?, b?))).fold(0.0, f32::max)
    };
    if is_name && !is_odd_name {
        // One letter alone, where what was read is known beside neither neighbour.
        for other in others.iter().filter(|_| count(part.key) == 0.0) {
            let one = thought_of(&read, std::slice::from_ref(other), part.start);
            for (cost, text) in one.into_iter().filter(|(_, text)| count(toned_key(text)) >= NAMED) {
                let key = toned_key(&text);
                all.push(Candidate { key, text, cost: cost + CHANGE + NAME });
            }
        }
        return all;
    }
    let known = |text: String, cost: i32| {
        let key = toned_key(&text).filter(|key| KNOWN.holds(*key) && (!is_name || is_often(*key)))?;
        Some(Candidate { key: Some(key), text, cost: cost + CHANGE })
    };
    // The cheapest first: another way to the same syllable adds nothing.
    let mut thought = thought_of(&read, others, part.start);
    thought.sort();
    thought.into_iter().filter_map(|(cost, text)| known(text, cost)).for_each(|c| add(&mut all, c));
    let doubts = |at: usize| others.iter().any(|o| usize::from(o.at) == part.start + at);
    let letters = letter::fold_ascii(&part.core);
    let mut unthought: Vec<(i32, String)> = KNOWN
        .fitting(key(before), &letters, key(behind))
        .chain(part.key.into_iter().flat_map(|own| KNOWN.alike(own, &letters)))
        .map(|text| in_case(text, &part.core))
        .filter_map(|text| Some((distance(&read, &text, doubts)?, text)))
        .collect();
    unthought.sort();
    unthought.into_iter().filter_map(|(cost, text)| known(text, cost)).for_each(|c| add(&mut all, c));
    let doubtful = lost::Doubtful {
        before: key(before),
        part,
        behind: key(behind),
        confidence: word.confidence,
        is_alone: all.len() == 1,
        is_start,
    };
    let lost = lost::candidates(doubtful).into_iter();
    lost.filter_map(|(cost, text)| known(text, cost)).for_each(|c| add(&mut all, c));
    all
}

/// Adds a candidate; another way to a syllable that is there adds nothing.
fn add(all: &mut Vec<Candidate>, candidate: Candidate) {
    if all.iter().all(|known| known.key != candidate.key) {
        all.push(candidate);
    }
}

/// Adds what stands beside words that the neighbours may be: of "chuyên đôi sô" each must be another for the others to fit.
fn beside_others(all: &mut [Vec<Candidate>], chain: &[Part], words: &[&mut Word]) {
    let keys: Vec<Vec<u64>> =
        all.iter().map(|own| own.iter().skip(1).filter_map(|c| c.key).collect()).collect();
    for (i, ((own, part), word)) in all.iter_mut().zip(chain).zip(words).enumerate() {
        let read: Vec<char> = part.core.chars().collect();
        let near = |step: isize| i.checked_add_signed(step).and_then(|i| keys.get(i)).into_iter().flatten();
        // A name has no other candidates, nor has what is no word.
        if own.len() == 1 && is_title(&part.core)
            || part.key.is_none_or(|key| key == NUMBER)
            || read.len() < 2
        {
            continue;
        }
        let letters = letter::fold_ascii(&part.core);
        let doubts = |at: usize| word.others.iter().any(|o| usize::from(o.at) == part.start + at);
        let fitting = near(-1)
            .flat_map(|key| KNOWN.fitting(Some(*key), &letters, None))
            .chain(near(1).flat_map(|key| KNOWN.fitting(None, &letters, Some(*key))));
        let more: Vec<Candidate> = fitting
            .filter_map(|text| {
                let text = in_case(text, &part.core);
                let cost = distance(&read, &text, doubts)? + CHANGE;
                Some(Candidate { key: toned_key(&text), text, cost })
            })
            .collect();
        more.into_iter().for_each(|candidate| add(own, candidate));
    }
}

/// The words that one or two letters make which recognition held possible, with their cost.
fn thought_of(read: &[char], others: &[Other], start: usize) -> Vec<(i32, String)> {
    let with = |word: &[char], other: &Other| {
        let at = usize::from(other.at).checked_sub(start)?;
        let mut word = word.to_vec();
        let place = word.get_mut(at)?;
        *place =
            if letter::is_upper(*place) { letter::upper(other.letter) } else { letter::lower(other.letter) };
        Some(word)
    };
    let mut found = Vec::new();
    for (i, one) in others.iter().enumerate() {
        let Some(word) = with(read, one) else { continue };
        found.push((i32::from(one.lag), word.iter().collect()));
        for two in others.iter().skip(i + 1).filter(|two| two.at != one.at) {
            let cost = i32::from(one.lag) + i32::from(two.lag) + SECOND;
            found.extend(with(&word, two).map(|word| (cost, word.iter().collect())));
        }
    }
    found
}

/// What it costs to take a word of the same letters that recognition did not think of.
fn distance(read: &[char], text: &str, doubts: impl Fn(usize) -> bool) -> Option<i32> {
    let text: Vec<char> = text.chars().collect();
    let capitals = read.iter().all(|c| letter::is_upper(*c));
    let name = if !capitals && read.first().is_some_and(|c| letter::is_upper(*c)) { NAME } else { 0 };
    let one = |(at, (a, b)): (usize, (&char, &char))| {
        let (from, to) = (letter::letter(*a)?, letter::letter(*b)?);
        if (from.base, from.tone) == (to.base, to.tone) {
            return Some(0);
        }
        if capitals && from.base == to.base && from.tone == Tone::Level {
            return Some(CAPITAL);
        }
        let marks = match (from.base == to.base && !from.base.is_ascii(), from.tone == to.tone) {
            (true, _) => TONE,
            (_, true) => HAT,
            _ => BOTH,
        };
        Some(marks + if doubts(at) { 0 } else { SURE })
    };
    let marks =
        (text.len() == read.len()).then(|| read.iter().zip(&text).enumerate().map(one).sum::<Option<i32>>());
    Some(marks.flatten()? + name)
}

/// The words of a chain that fit best.
fn likeliest(chain: &[Vec<Candidate>]) -> Vec<&str> {
    // For each candidate of each word the least that the chain costs up to it, and which candidate stands before it.
    let mut best: Vec<Vec<(i32, usize)>> = Vec::new();
    for (i, word) in chain.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| Some((chain.get(i)?, best.get(i)?)));
        let way = |candidate: &Candidate| {
            let Some((candidates, costs)) = before else { return (KNOWN.cost(None, candidate.key), 0) };
            let pairs = candidates.iter().zip(costs).enumerate();
            pairs
                .map(|(j, (c, cost))| (cost.0 + KNOWN.cost(c.key, candidate.key), j))
                .min()
                .unwrap_or_default()
        };
        let row = word.iter().map(|candidate| {
            let (sum, from) = way(candidate);
            (sum + candidate.cost, from)
        });
        best.push(row.collect());
    }
    let last = best.last().into_iter().flatten().enumerate();
    let mut at = last.min_by_key(|(j, way)| (way.0, *j)).map_or(0, |(j, _)| j);
    let mut found = Vec::new();
    for (word, ways) in chain.iter().zip(&best).rev() {
        found.extend(word.get(at).map(|c| c.text.as_str()));
        at = ways.get(at).map_or(0, |way| way.1);
    }
    found.reverse();
    found
}

/// Signs that no administrative text holds, as what they are read for: "23⁄BB-VPHC", "v¡", "QÐ".
fn plain_signs(word: &mut String) {
    if word.contains('Ð') {
        *word = word.replace('Ð', "Đ");
    }
    if word.contains('⁄') {
        *word = word.replace('⁄', "/");
    }
    if word.contains("(@") && !word.contains(')') {
        *word = word.replace("(@", "@");
    }
    // The mark of minutes: "10h30°".
    let clock = word.split_once('h').filter(|(hour, _)| hour.ends_with(|c: char| c.is_ascii_digit()));
    if let Some((hour, rest)) = clock
        && let Some((minutes, behind)) = rest.split_once('°')
        && minutes.len() == 2
        && minutes.bytes().all(|b| b.is_ascii_digit())
    {
        *word = format!("{hour}h{minutes}’{behind}");
    }
    if word.contains('ø') && word.chars().nth(1).is_some() {
        *word = word.replace('ø', "g");
    }
    // List marks of Roman figures: "(ï¡)".
    if word.contains(['ï', '¡']) && word.chars().all(|c| matches!(c, 'ï' | '¡' | 'i' | 'v' | 'x' | '(' | ')'))
    {
        *word = word.replace(['ï', '¡'], "i");
    }
    if word.contains('¡')
        && word.chars().all(|c| c == '¡' || letter::is_letter(c))
        && word.chars().nth(1).is_some()
    {
        *word = word.replace('¡', "i");
    }
}

/// Digits, with the marks that stand between digits.
fn is_number(word: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    word.starts_with(digit)
        && word.trim_end_matches('%').ends_with(digit)
        && word.chars().all(|c| digit(c) || ".,/%".contains(c))
}

/// One capital and small letters behind it.
pub(super) fn is_title(word: &str) -> bool {
    word.starts_with(letter::is_upper) && word.chars().skip(1).any(|c| !letter::is_upper(c))
}

/// A small word in the case of another.
fn in_case(word: &str, like: &str) -> String {
    if is_title(like) {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    } else if like.chars().all(letter::is_upper) {
        word.to_uppercase()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Word;
    use super::*;

    fn mended(text: &str) -> String {
        let word = |text: &str| Word {
            left: 0.0,
            right: 1.0,
            top: 0.0,
            bottom: 1.0,
            confidence: 90,
            text: text.to_owned(),
            ..Word::default()
        };
        let lines = text.lines().map(|line| line.split(' ').map(word).collect()).collect();
        let mut page = Page { lines, ..Page::default() };
        mend(&mut page);
        let line = |words: &Vec<Word>| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        page.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn syllables_that_stand_beside_no_neighbour_get_their_marks() {
        for (read, right) in [
            ("nhiệm vụ, quyên hạn", "nhiệm vụ, quyền hạn"),
            ("(sửa đổi, bồ sung năm 2020);", "(sửa đổi, bổ sung năm 2020);"),
            ("QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:"),
            ("theo Quyêt định sô 128/QĐ-HC", "theo Quyết định số 128/QĐ-HC"),
            ("Hội đồng thâm\nđịnh quy hoạch", "Hội đồng thẩm\nđịnh quy hoạch"),
            ("Theo đè nghị của", "Theo đề nghị của"),
            ("xử phạt v¡ phạm số 23⁄BB-VPHC", "xử phạt vi phạm số 23/BB-VPHC"),
        ] {
            assert_eq!(mended(read), right);
        }
    }

    #[test]
    fn a_letter_that_recognition_held_possible_is_taken_where_it_fits() {
        let word = |text: &str, others: &[(u8, char, u8)]| Word {
            text: text.into(),
            others: others.iter().map(|&(at, letter, lag)| Other { at, letter, lag }).collect(),
            ..Word::default()
        };
        let mended = |words: Vec<Word>| {
            let mut page = Page { lines: vec![words], ..Page::default() };
            mend(&mut page);
            page.words().map(|w| w.text.clone()).collect::<Vec<_>>().join(" ")
        };
        // "sự có" stands side by side too, "kiện nỗ" never does.
        let cases = [("có", &[(1, 'ố', 10)][..], "sự cố hóa chất"), ("có", &[], "sự có hóa chất")];
        for (read, others, right) in cases {
            assert_eq!(
                mended(vec![word("sự", &[]), word(read, others), word("hóa", &[]), word("chất", &[])]),
                right
            );
        }
        // Neither "chuyên đổi" nor "chuyển đôi" is known: each word must be another for the other to fit.
        let both = vec![word("chuyên", &[(4, 'ể', 20)]), word("đôi", &[]), word("số", &[])];
        assert_eq!(mended(both), "chuyển đổi số");
        let two = vec![word("(đại", &[]), word("hoi", &[(1, 'ồ', 40), (1, 'ộ', 20)]), word("đảng)", &[])];
        assert_eq!(mended(two), "(đại hội đảng)");
    }

    #[test]
    fn capitals_between_small_words_and_dust_between_neighbours_go() {
        for (read, right) in [
            ("với các SỞ, ngành trong", "với các sở, ngành trong"),
            ("bình dân học vụ SỐ, bàn giao", "bình dân học vụ số, bàn giao"),
            ("hoạt động hóa. chất hằng năm", "hoạt động hóa chất hằng năm"),
            ("KT. CHU TỊCH", "KT. CHỦ TỊCH"),
            ("theo QÐ của", "theo QĐ của"),
            ("Hà Tiên ~ Kiên Lương", "Hà Tiên - Kiên Lương"),
            ("trồng rừng øỗ lớn", "trồng rừng gỗ lớn"),
            ("nghiệm thu; (ï¡) pháp luật", "nghiệm thu; (ii) pháp luật"),
            ("từ 10h00° đến", "từ 10h00’ đến"),
            ("2, Trong trường hợp", "2. Trong trường hợp"),
            ("lưu lượng 36 mỶ/h và", "lưu lượng 36 m³/h và"),
        ] {
            assert_eq!(mended(read), right);
        }
        for text in [
            "2, 3 và 4",
            "thể tích ~ 5 lít",
            "GIÁM ĐỐC SỞ",
            "theo quy định. Sở Công Thương",
            "Sở, ngành. các huyện",
            "XÃ VŨ SƠN",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn good_text_names_and_figures_stay() {
        for text in [
            "Căn cứ Nghị định số 17/2022/NĐ-CP của Chính phủ quy định xử phạt",
            "ông Nguyễn Quyên Hạn, bà Lê Bồ Sung",
            "đạt 15 hồ sơ, 12 thửa đất và 3 chợ",
            "a) b) I. 5% – 2,5 đ/kg",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
