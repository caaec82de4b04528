//! Scans: a second look at what the first may have got wrong.
//!
//! In: the picture of a page and what the first look found. Some strips of it are cut out, set below each other and read
//! once more at another size. Out: the page with what both looks say: where they differ in a figure, the surer reading
//! stands, and is doubtful: figures read wrongly are rarely read wrongly twice in the same way.

use super::raster::Gray;
use super::specks;
use super::strips::{self, Kind, Strip, TALL, WIDE, is_garbled};
use super::words::{Other, Page, Word};
use crate::charset::letter;

/// Size of the second look, as a share of the first: another size gives other errors.
pub(super) const SCALE: f32 = 0.8;
/// White dots between two strips, and around them.
const GAP: usize = 20;
/// Highest confidence of a figure that the two looks read differently.
const DIFFERENT: u8 = 75;
/// How much less sure than the first a letter is that the second look reads as surely.
const LENT: u8 = 20;
/// Mean confidence that a line must reach which only the second look has seen.
const SEEN: u32 = 70;
/// From here on a word is well read.
const GOOD: u8 = 60;
/// What a number must reach that only the second look has seen.
const NUMBER_SEEN: u8 = 60;

/// The strips of a page, and the picture that shows them below each other.
#[derive(Debug)]
pub(super) struct Look {
    strips: Vec<Strip>,
    pub(super) picture: Gray,
}

impl Look {
    /// What to look at again; `None` where there is nothing.
    pub(super) fn at(gray: &Gray, page: &Page) -> Option<Self> {
        let strips = strips::of(gray, page);
        if strips.is_empty() {
            return None;
        }
        let height = strips.iter().map(|s| s.bottom - s.top + GAP).sum::<usize>() + GAP;
        let mut sheet = Gray::blank(gray.width, height);
        let mut top = GAP;
        for strip in &strips {
            sheet.paste(gray, (strip.left, strip.top), (strip.right, strip.bottom), (strip.left, top));
            top += strip.bottom - strip.top + GAP;
        }
        Some(Self { strips, picture: sheet.scaled(SCALE) })
    }

    /// Puts together what both looks say; `second` is what was read off the strips.
    pub(super) fn merge(&self, mut page: Page, second: Page) -> Page {
        // What was read off each strip, by its lines.
        let mut read: Vec<Vec<Vec<Word>>> = vec![Vec::new(); self.strips.len()];
        for line in second.lines {
            let mut last = None;
            for (word, strip) in line.into_iter().filter_map(|word| self.on_page(word)) {
                let Some(lines) = read.get_mut(strip) else { continue };
                if last.replace(strip) != Some(strip) {
                    lines.push(Vec::new());
                }
                lines.last_mut().into_iter().for_each(|line| line.push(word.clone()));
            }
        }
        for (strip, lines) in self.strips.iter().zip(read) {
            match strip.kind {
                Kind::Figures => {
                    for word in lines.iter().flatten() {
                        if word.has_digit() { compare(&mut page, word) } else { lend(&mut page, word) }
                    }
                }
                Kind::Garbled => replace(&mut page, strip, lines),
                Kind::Lost => {
                    let lines: Vec<_> =
                        lines.into_iter().filter(|line| line.len() >= 2 && is_seen(line)).collect();
                    let typical = specks::typical(&page);
                    if !lines.is_empty() {
                        let is_junk = |w: &Word| strip.holds(w) && is_garbled(w, typical);
                        page.lines.iter_mut().for_each(|line| line.retain(|w| !is_junk(w)));
                        page.lines.retain(|line| !line.is_empty());
                    }
                    page.lines.extend(lines);
                }
                Kind::Number => page.lines.extend(lines.into_iter().filter(|line| is_number(line))),
            }
        }
        page
    }

    /// A word of the strips where it stands on the page, and the number of its strip.
    fn on_page(&self, mut word: Word) -> Option<(Word, usize)> {
        for edge in [&mut word.left, &mut word.right, &mut word.top, &mut word.bottom] {
            *edge /= SCALE;
        }
        let middle = (word.top + word.bottom) / 2.0;
        let mut top = GAP;
        for (number, strip) in self.strips.iter().enumerate() {
            let bottom = top + strip.bottom - strip.top;
            if middle < (bottom + GAP / 2) as f32 {
                let shift = strip.top as f32 - top as f32;
                word.top += shift;
                word.bottom += shift;
                return Some((word, number));
            }
            top = bottom + GAP;
        }
        None
    }
}

/// Whether a line is surely one, though only the second look has seen it.
fn is_seen(line: &[Word]) -> bool {
    line.iter().map(|w| u32::from(w.confidence)).sum::<u32>() >= SEEN * line.len() as u32
}

/// Whether a line is a number alone.
fn is_number(line: &[Word]) -> bool {
    matches!(line, [word] if word.confidence >= NUMBER_SEEN && word.text.len() <= 3 && word.text.bytes().all(|b| b.is_ascii_digit()))
}

/// Puts what was read off a strip in the place of what the first look made of it, if it is surer of it.
fn replace(page: &mut Page, strip: &Strip, lines: Vec<Vec<Word>>) {
    let sure = |word: &Word| u32::from(word.confidence) * word.text.chars().count() as u32;
    let first: u32 = page.words().filter(|w| strip.holds(w)).map(sure).sum();
    let lines: Vec<Vec<Word>> = lines.into_iter().filter(|line| is_seen(line)).collect();
    let good = |word: &&Word| word.confidence >= GOOD;
    let (before, after) = (
        page.words().filter(|w| strip.holds(w)).filter(good).count(),
        lines.iter().flatten().filter(good).count(),
    );
    if lines.iter().flatten().map(sure).sum::<u32>() * 10 <= first * 11 || after < before {
        return;
    }
    let typical = specks::typical(page);
    let tall = TALL * typical;
    let own: Vec<Word> = page.words().filter(|w| strip.holds(w)).cloned().collect();
    let homes: Vec<Home> = page.lines.iter().map(|line| Home::of(line, strip)).collect();
    page.lines.iter_mut().for_each(|line| line.retain(|w| !strip.holds(w)));
    for mut line in lines {
        level(&mut line, &own, tall);
        // No other look has seen these figures.
        line.iter_mut().filter(|w| w.has_digit()).for_each(|w| w.confidence = w.confidence.min(DIFFERENT));
        put(page, &homes, line, WIDE * typical);
    }
    page.lines.retain(|line| !line.is_empty());
}

/// What a line of the first look loses to a strip, and how many words stand before that.
struct Home {
    words: Vec<Word>,
    at: usize,
}

impl Home {
    fn of(line: &[Word], strip: &Strip) -> Self {
        let words = line.iter().filter(|w| strip.holds(w)).cloned().collect();
        Self { words, at: line.iter().take_while(|w| !strip.holds(w)).count() }
    }

    /// How many of its words a line stands for.
    fn shared(&self, line: &[Word]) -> usize {
        self.words.iter().filter(|own| line.iter().any(|w| w.covers(own))).count()
    }
}

/// Puts a line of the second look where the first had it: on a slanted page a strip ends within a line, whose rest would
/// stand by itself. What stands a wide gap apart is another column.
fn put(page: &mut Page, homes: &[Home], line: Vec<Word>, wide: f32) {
    let home = homes.iter().zip(&mut page.lines).max_by_key(|(home, _)| home.shared(&line));
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    if let Some((home, rest)) = home.filter(|(home, rest)| home.shared(&line) > 0 && !rest.is_empty()) {
        let (before, behind) = (home.at.checked_sub(1).and_then(|at| rest.get(at)), rest.get(home.at));
        let fits = before.is_none_or(|w| w.left < first.left && w.right < first.right)
            && behind.is_none_or(|w| w.left > last.left && w.right > last.right);
        let is_near = before.is_some_and(|w| first.left - w.right < wide)
            || behind.is_some_and(|w| w.left - last.right < wide);
        if fits && is_near {
            rest.splice(home.at..home.at, line);
            return;
        }
    }
    page.lines.push(line);
}

/// Gives words of a strip their height: lines read as one block have boxes that reach into their neighbours. What the
/// first look says of the same place counts more, if it is no higher than a line.
fn level(line: &mut [Word], own: &[Word], tall: f32) {
    let mut edges: Vec<(f32, f32)> = Vec::new();
    for word in line.iter_mut().filter(|w| w.text.contains(char::is_alphanumeric)) {
        if let Some(own) = own.iter().find(|own| own.height() <= tall && own.covers(word)) {
            (word.top, word.bottom) = (own.top, own.bottom);
            edges.push((word.top, word.bottom));
        }
    }
    edges.sort_by(|a, b| a.1.total_cmp(&b.1));
    if let Some(&(top, bottom)) = edges.get(edges.len() / 2) {
        line.iter_mut().filter(|w| w.height() > tall).for_each(|w| (w.top, w.bottom) = (top, bottom));
    }
}

/// Tells the first look which other marks the second saw on the letters of a word: they are held possible.
fn lend(page: &mut Page, second: &Word) {
    let Some(first) = page.lines.iter_mut().flatten().find(|w| w.covers(second)) else { return };
    if first.text.chars().count() != second.text.chars().count() {
        return;
    }
    let lag = first.confidence.saturating_sub(second.confidence).saturating_add(LENT);
    let text = first.text.clone();
    for (at, (own, other)) in (0..).zip(text.chars().zip(second.text.chars())) {
        if own == other {
            continue;
        }
        if !letter::is_letter(own) || letter::ascii(own) != letter::ascii(other) {
            return;
        }
        match first.others.iter_mut().find(|o| (o.at, o.letter) == (at, other)) {
            Some(known) => known.lag = known.lag.min(lag),
            None => first.others.push(Other { at, letter: other, lag }),
        }
    }
}

/// Compares a figure of the second look with what the first read in its place.
fn compare(page: &mut Page, second: &Word) {
    let Some(line) = page.lines.iter_mut().find(|line| line.iter().any(|w| w.covers(second))) else { return };
    let (Some(from), Some(to)) =
        (line.iter().position(|w| w.covers(second)), line.iter().rposition(|w| w.covers(second)))
    else {
        return;
    };
    let Some(first) = line.get(from..=to) else { return };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let same = first.len() == 1 && first.iter().all(|w| digits(&w.text) == digits(&second.text));
    if same {
        return;
    }
    let sure = first.iter().map(|w| w.confidence).min().unwrap_or(0);
    // A second look that saw a part of the word only, or several words as one, is no other reading of it.
    let (left, right) = (first.first().map_or(0.0, |w| w.left), first.last().map_or(0.0, |w| w.right));
    let is_whole = (second.right - second.left) > 0.8 * (right - left);
    if is_whole && second.confidence > sure && first.len() <= 2 {
        let word = Word { confidence: second.confidence.min(DIFFERENT), ..second.clone() };
        line.splice(from..=to, [word]);
    } else if let Some(first) = line.get_mut(from..=to) {
        first.iter_mut().filter(|w| w.has_digit()).for_each(|w| w.confidence = w.confidence.min(DIFFERENT));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, width: f32, confidence: u8) -> Word {
        Word {
            left,
            right: left + width,
            top: 100.0,
            bottom: 140.0,
            confidence,
            text: text.into(),
            ..Word::default()
        }
    }

    fn page(words: Vec<Word>) -> Page {
        Page { width: 2000.0, height: 2800.0, dpi: 250.0, lines: vec![words], turn: 0 }
    }

    /// What stands after both looks: texts and confidences.
    fn both(first: Vec<Word>, second: &[Word]) -> Vec<(String, u8)> {
        let page = page(first);
        let look = Look::at(&Gray::blank(2000, 2800), &page).unwrap();
        let strip = look.strips[0];
        let shift = GAP as f32 - strip.top as f32;
        let moved = |w: &Word| Word {
            left: w.left * SCALE,
            right: w.right * SCALE,
            top: (w.top + shift) * SCALE,
            bottom: (w.bottom + shift) * SCALE,
            ..w.clone()
        };
        let second = Page { lines: vec![second.iter().map(moved).collect()], ..page.clone() };
        look.merge(page, second).words().map(|w| (w.text.clone(), w.confidence)).collect()
    }

    #[test]
    fn figures_that_both_looks_read_alike_stay_and_others_are_doubtful() {
        let first = || {
            vec![word("tháng", 100.0, 100.0, 96), word("2", 220.0, 20.0, 95), word("tăng", 260.0, 90.0, 90)]
        };
        let same = both(first(), &[word("2.", 221.0, 25.0, 60)]);
        assert_eq!(same[1], ("2".into(), 95));
        let less_sure = both(first(), &[word("9", 221.0, 19.0, 90)]);
        assert_eq!(less_sure[1], ("2".into(), DIFFERENT));
        let surer = both(first(), &[word("9", 221.0, 19.0, 97), word("lăng", 260.0, 90.0, 99)]);
        assert_eq!(surer[1..], [("9".into(), DIFFERENT), ("tăng".into(), 90)]);
    }

    #[test]
    fn marks_that_the_second_look_saw_are_held_possible() {
        let mut page = page(vec![word("nỗ", 100.0, 60.0, 96), word("12", 170.0, 30.0, 96)]);
        lend(&mut page, &word("nổ", 101.0, 59.0, 90));
        lend(&mut page, &word("13", 170.0, 30.0, 90));
        let first = &page.lines[0];
        assert_eq!(first[0].others, [Other { at: 1, letter: 'ổ', lag: 6 + LENT }]);
        assert_eq!(first[1].others, []);
    }

    #[test]
    fn a_line_that_the_first_look_could_make_nothing_of_is_as_the_second_reads_it() {
        let first =
            vec![word("Ti", 100.0, 60.0, 0), word("g", 164.0, 136.0, 0), word("ngoài", 1300.0, 90.0, 95)];
        let second = [word("Nơi", 100.0, 80.0, 90), word("nhận:", 190.0, 110.0, 92)];
        let after = [("ngoài".into(), 95), ("Nơi".into(), 90), ("nhận:".into(), 92)];
        assert_eq!(both(first.clone(), &second), after);
        let unsure = [word("Nơ1", 100.0, 80.0, 20)];
        assert_eq!(both(first, &unsure)[0], ("Ti".into(), 0));
    }

    #[test]
    fn a_part_of_a_line_that_was_read_again_stays_in_it() {
        let mut page = page(vec![
            word("Nội", 100.0, 80.0, 96),
            word("dg", 200.0, 90.0, 3),
            word("hội", 310.0, 80.0, 4),
            word("nghị", 410.0, 90.0, 96),
        ]);
        page.lines.push(vec![word("khác", 100.0, 90.0, 96)]);
        page.lines[1].iter_mut().for_each(|w| (w.top, w.bottom) = (160.0, 200.0));
        let strip = Strip { left: 195, right: 395, top: 90, bottom: 150, kind: Kind::Garbled };
        let texts = |page: &Page| -> Vec<String> {
            page.lines
                .iter()
                .map(|l| l.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "))
                .collect()
        };
        let second = vec![word("dung", 201.0, 90.0, 95), word("hội", 311.0, 80.0, 96)];
        replace(&mut page, &strip, vec![second]);
        assert_eq!(texts(&page), ["Nội dung hội nghị", "khác"]);
        // A line that stood in none of the first look is one by itself.
        put(&mut page, &[], vec![word("dưới", 100.0, 90.0, 95)], 90.0);
        assert_eq!(texts(&page).len(), 3);
    }

    #[test]
    fn words_that_reach_into_the_next_line_are_as_high_as_the_first_look_saw_them() {
        let at =
            |text: &str, left: f32, top: f32, bottom: f32| Word { top, bottom, ..word(text, left, 90.0, 90) };
        let own =
            [at("Chủ", 100.0, 100.0, 137.0), at("tịc", 200.0, 105.0, 133.0), at("Ti", 300.0, 60.0, 130.0)];
        let mut line =
            [at("Chủ", 100.0, 83.0, 166.0), at("tịch", 200.0, 103.0, 144.0), at("UBND", 300.0, 83.0, 166.0)];
        level(&mut line, &own, 60.0);
        assert_eq!(line.map(|w| (w.top, w.bottom)), [(100.0, 137.0), (105.0, 133.0), (100.0, 137.0)]);
    }

    #[test]
    fn a_date_torn_in_two_is_one_where_the_second_look_reads_it_whole() {
        let first = vec![word("30/1", 100.0, 80.0, 72), word("1/2012", 184.0, 116.0, 72)];
        let both = both(first, &[word("30/11/2012", 100.0, 200.0, 90)]);
        assert_eq!(both, [("30/11/2012".into(), DIFFERENT)]);
    }
}
