//! Names of places inside a short text: an issuer's name, a header line, some running text.

use std::cell::Cell;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::gazetteer::Places;
use super::key::{Key, Syllable, syllables};
use crate::words::fold::Chars;
use crate::words::lines::is_capitals;
use crate::words::seen::Seen;

/// The type word before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// tỉnh
    Province,
    /// thành phố, TP.
    City,
    /// huyện, quận, thị xã
    District,
    /// xã, phường, thị trấn, đặc khu
    Commune,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// Entries of the gazetteer with that name, at the date.
    Province(Vec<usize>),
    /// A name that districts have.
    District(String),
    /// A commune's name as written, in title case.
    Commune(String),
}

/// A place named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where the name stands, without its type word.
    pub range: Range<usize>,
    /// What it stands for.
    pub unit: Unit,
    /// The type word before it.
    pub kind: Option<Kind>,
}

#[derive(Debug)]
struct Token {
    range: Range<usize>,
    key: Key,
    /// Something other than space, dash or full stop stands before it.
    breaks: bool,
    /// Ends of lines before it.
    lines: u8,
    capital: bool,
}

impl Places {
    /// The places named in a text, in order, each once.
    pub fn mentions(&self, s: &str, date: Option<&str>) -> Vec<Mention> {
        let tokens = tokens(s);
        let mut out = Vec::new();
        let mut i = 0;
        while i < tokens.len() {
            let (kind, after) = kind_at(&self.type_words, &tokens, i);
            if kind.is_none()
                && let Some(n) = self.region(&tokens, i)
            {
                i += n;
                continue;
            }
            let cooperative = |i: usize| tokens.get(i).is_some_and(|t| self.not_communes.contains(&t.key));
            let next = match kind {
                Some(Kind::Commune) if i > 0 && cooperative(i - 1) => None,
                Some(_) if ends_sentence(s, &tokens, after) => None,
                Some(kind) => self.typed(s, &tokens, after, kind, date).or_else(|| {
                    let named = self.past_adjective(&tokens, after)?;
                    if ends_sentence(s, &tokens, named) {
                        return None;
                    }
                    // "các huyện vùng cao Bắc Kạn": the districts of that province.
                    let typed = self.typed(s, &tokens, named, kind, date)?;
                    let province = |(mention, end): &(Mention, usize)| {
                        *end == typed.1 && matches!(mention.unit, Unit::Province(_))
                    };
                    let of = if kind == Kind::District { self.untyped(&tokens, named, date) } else { None };
                    of.filter(province).or(Some(typed))
                }),
                None => self.untyped(&tokens, i, date),
            };
            match next {
                Some((mention, end)) => {
                    out.push(mention);
                    i = end;
                }
                None => i += 1,
            }
        }
        out
    }

    /// Whether the first place that a text names may stand at its beginning, with no more than two words before the name: a
    /// word of a type stands among the first, or the first begins names. For those who ask only for such a place.
    pub fn may_begin(&self, s: &str) -> bool {
        let chars = Chars::get();
        let mut kept = Kept::take();
        let (mut at, mut words, mut inside) = (0, 0, false);
        while let Some(c) = s.get(at..).and_then(|rest| rest.chars().next()) {
            let info = chars.info(c);
            let blank = c.is_whitespace();
            let first = words == 0;
            words += usize::from(!blank && !inside);
            if words > OPENING {
                return false;
            }
            inside = !blank;
            if !info.is_alphanumeric() {
                at += c.len_utf8();
                continue;
            }
            let (end, key) = kept.syllable_at(s, at);
            if self.type_words.contains_key(&key) || first && info.is_upper() && self.longest(key) > 0 {
                return true;
            }
            at = end;
        }
        false
    }

    /// How many syllables the region has that begins here and is no unit: 3 of "Đồng Tháp Mười".
    fn region(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let first = tokens.get(at).filter(|t| t.capital)?;
        (2..=self.longest(first.key))
            .rev()
            .find(|&n| joined(tokens, at, n).is_some_and(|(key, ..)| self.regions.contains(&key)))
    }

    /// How many of two words stand between the word of a type and a name: 2 of "miền núi", 1 of "nghèo Mường".
    pub fn adjective(&self, first: &str, second: &str) -> usize {
        let key = |word: &str| syllables(word).next();
        key(first).map_or(0, |first| self.adjective_of(first, key(second)))
    }

    fn adjective_of(&self, first: Key, second: Option<Key>) -> usize {
        if second.is_some() && self.adjectives.contains(&(first, second)) {
            return 2;
        }
        usize::from(self.adjectives.contains(&(first, None)))
    }

    /// Past what stands between the word of a type and the name: "huyện miền núi Khánh Vĩnh".
    fn past_adjective(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let first = tokens.get(at).filter(|t| !t.breaks && !t.capital)?;
        let second = tokens.get(at + 1).filter(|t| !t.breaks)?;
        Some(self.adjective_of(first.key, Some(second.key))).filter(|n| *n > 0).map(|n| at + n)
    }

    /// The name of a district that a phrase is, by its type word and capitals alone: one that no list has.
    pub fn written_district(&self, phrase: &str) -> Option<String> {
        let tokens = tokens(phrase);
        let (kind, at) = kind_at(&self.type_words, &tokens, 0);
        let (name, _, end) = self.commune(phrase, &tokens, at).filter(|_| kind == Some(Kind::District))?;
        (end == tokens.len()).then_some(name)
    }

    /// A name after its type word.
    fn typed(
        &self,
        s: &str,
        tokens: &[Token],
        at: usize,
        kind: Kind,
        date: Option<&str>,
    ) -> Option<(Mention, usize)> {
        let at_name = tokens.get(at).filter(|t| !t.breaks)?;
        if kind == Kind::Commune {
            let (name, range, end) = self.commune(s, tokens, at)?;
            // "phường 6": the type word belongs to the name.
            let numbered = name.bytes().all(|b| b.is_ascii_digit());
            let whole = at.checked_sub(1).filter(|_| numbered).and_then(|word| joined(tokens, word, 2));
            let range = whole.map_or(range, |(_, whole, _)| whole);
            let name = if numbered { title_case(s.get(range.clone())?) } else { name };
            return Some((Mention { range, unit: Unit::Commune(name), kind: Some(kind) }, end));
        }
        // "quận 10": the type word belongs to the name.
        if kind == Kind::District
            && at_name.range.len() <= 2
            && s.get(at_name.range.clone()).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
        {
            let (key, range, end) = joined(tokens, at.checked_sub(1)?, 2)?;
            let name = self.is_district(key)?.to_owned();
            return Some((Mention { range, unit: Unit::District(name), kind: Some(kind) }, end));
        }
        for n in (1..=self.longest(at_name.key)).rev() {
            let Some((key, range, end)) = joined(tokens, at, n) else { continue };
            let province = self.units_at(key, date);
            let district = self.is_district(key);
            let unit = match kind {
                Kind::Province => province.map(Unit::Province),
                // "thành phố Cao Bằng" is a district of Cao Bằng, "thành phố Cần Thơ" a province.
                Kind::City => match (province, district) {
                    (Some(units), _) if self.is_city(&units) => Some(Unit::Province(units)),
                    (_, Some(name)) => Some(Unit::District(name.to_owned())),
                    (Some(units), None) => Some(Unit::Province(units)),
                    _ => None,
                },
                Kind::District => district.map(|name| Unit::District(name.to_owned())),
                Kind::Commune => None,
            };
            // Lower case is taken after "tỉnh", and of a centrally run city, only: texts whose capitals are lost.
            let central =
                matches!(&unit, Some(Unit::Province(units)) if kind == Kind::City && self.is_city(units));
            let written = at_name.capital || (kind == Kind::Province || central) && n > 1;
            if let Some(unit) = unit.filter(|_| written) {
                return Some((Mention { range, unit, kind: Some(kind) }, end));
            }
        }
        None
    }

    /// A name that stands without a type word: "Sở Công Thương Lào Cai".
    fn untyped(&self, tokens: &[Token], at: usize, date: Option<&str>) -> Option<(Mention, usize)> {
        let first = tokens.get(at).filter(|t| t.capital)?;
        for n in (1..=self.longest(first.key)).rev() {
            let Some((key, range, end)) = joined(tokens, at, n) else { continue };
            if !tokens.get(at..end)?.iter().all(|t| t.capital) {
                continue;
            }
            // "Huế" and "HCM" are names of one syllable; "Sài" is none.
            if let Some(units) = self.units_at(key, date) {
                return Some((Mention { range, unit: Unit::Province(units), kind: None }, end));
            }
            if (n > 1 || self.is_joined(key))
                && let Some(name) = self.is_district(key)
            {
                return Some((Mention { range, unit: Unit::District(name.to_owned()), kind: None }, end));
            }
        }
        None
    }

    /// A commune's name: the words with capitals after its type word, at most five, up to the next type word.
    fn commune(&self, s: &str, tokens: &[Token], at: usize) -> Option<(String, Range<usize>, usize)> {
        // "Tin xã, thị trấn / Xã Đại Đồng": the next type word is no name.
        if kind_at(&self.type_words, tokens, at).0.is_some() {
            return None;
        }
        // "Văn phòng HĐND và UBND xã", and below an empty line "Chiều ngày …".
        if tokens.get(at).is_some_and(|t| t.lines > 1) {
            return None;
        }
        // "hợp tác xã / - Tổng số": what a mark begins on the next line is no name.
        let between =
            at.checked_sub(1).and_then(|b| s.get(tokens.get(b)?.range.end..tokens.get(at)?.range.start));
        if between.is_some_and(|b| b.contains('\n') && b.contains(['-', '–', '+', '*', '•'])) {
            return None;
        }
        let mut end = at;
        // "XÃ GIA HỘI ĐỒNG" may go on with a body; "xã Gia Hội" is a name.
        let capitals = |t: &Token| s.get(t.range.clone()).is_some_and(is_capitals);
        let ends = |t: &Token| self.ends_communes.contains(&(t.key, None)) && capitals(t);
        // "XÃ QUẾ SƠN TRUNG", "XÃ VĨNH HỘI   Độc lập": where no body goes on it is the name's own word.
        let goes_on = |t: &Token, next: &Token| {
            capitals(next) && s.get(t.range.end..next.range.start).is_some_and(|gap| gap == " ")
        };
        let stops = |t: &Token, next: Option<&Token>| {
            next.is_some_and(|next| {
                let two = self.ends_communes.contains(&(t.key, Some(next.key))) && capitals(t);
                two || ends(t) && goes_on(t, next)
            })
        };
        // "UBND XÃ CƯ KBÔ / BÁO CÁO": a name breaks within its first two words only, and never over an empty line.
        let ends_line = |t: &Token, taken: usize| t.lines > 1 || t.lines == 1 && taken > 1;
        // What stands between a token and the one before it in the name.
        let gap = |end: usize, t: &Token| {
            let before = end.checked_sub(1).filter(|_| end > at).and_then(|i| tokens.get(i));
            before.and_then(|b| s.get(b.range.end..t.range.start)).unwrap_or("")
        };
        // "Xã Long Hưng - Trang tin huyện …": a dash between blanks ends it.
        let dashed = |gap: &str| gap.contains(['-', '–']) && gap.starts_with(' ') && gap.ends_with(' ');
        // "UBND xã Ia Mơ. Cùng đi có …": a full stop ends it.
        let stopped = |gap: &str| gap.starts_with(". ");
        // "thị trấn Ea T'ling", "xã Đắk D'rông": an apostrophe ties what follows to its word.
        let tied = |gap: &str| gap.strip_prefix(APOSTROPHES) == Some("");
        // "XÃ CẨM QUANG NĂM 2018": in capitals a time may follow.
        let year = |end: usize| {
            let digits =
                |t: &Token| s.get(t.range.clone()).is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
            end > at
                && tokens.get(end).is_some_and(|t| self.times.contains(&t.key))
                && tokens
                    .get(end + 1)
                    .is_some_and(|next| !next.breaks && next.range.len() == 4 && digits(next))
        };
        while let Some(t) = tokens.get(end)
            && end - at < 5
            && !year(end)
            && (tied(gap(end, t))
                || t.capital
                    && !(end > at
                        && (t.breaks
                            || kind_at(&self.type_words, tokens, end).0.is_some()
                            || stops(t, tokens.get(end + 1))
                            || dashed(gap(end, t))
                            || stopped(gap(end, t))
                            || ends_line(t, end - at))))
        {
            end += 1;
        }
        // "xã A Lưới 1", "phường 5": a short number belongs to the name where nothing follows that it could count.
        if let Some(t) = tokens.get(end)
            && !((t.breaks || t.lines > 0) && end > at)
            && t.range.len() <= 2
            && s.get(t.range.clone()).is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
            && tokens.get(end + 1).is_none_or(|next| {
                // "PHƯỜNG 14 - QUẬN GÒ VẤP".
                next.breaks || next.lines > 0 || kind_at(&self.type_words, tokens, end + 1).0.is_some()
            })
        {
            end += 1;
        }
        end = self.before_person(tokens, at, end);
        let run = tokens.get(at..end).filter(|r| match r {
            // "XÃ TRUNG CHÍNH", but "XÃ HỘI CHỦ NGHĨA".
            [first, second, ..] if ends(first) => {
                self.begins_communes.contains(&(first.key, None))
                    && !self.begins_bodies.contains(&(first.key, Some(second.key)))
            }
            [first, ..] => !ends(first),
            [] => false,
        })?;
        let range = run.first()?.range.start..run.last()?.range.end;
        let written = s.get(range.clone())?;
        let name = if is_capitals(written) {
            title_case(written)
        } else {
            written.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Some((name, range, end))
    }

    /// Where the name of a commune ends that the name of who leads it may follow.
    fn before_person(&self, tokens: &[Token], at: usize, end: usize) -> usize {
        const OFFICE: usize = 12;
        let capitals = tokens.get(at..end + 1).or(tokens.get(at..end)).unwrap_or_default().iter().enumerate();
        let capitals = capitals.take_while(|(i, t)| t.capital && (*i == 0 || !t.breaks));
        let keys: Vec<Key> = capitals.map(|(_, t)| t.key).collect();
        let held = || {
            let before = at.saturating_sub(OFFICE)..at;
            let mut words =
                before.filter_map(|i| Some((tokens.get(i)?.key, tokens.get(i + 1).map(|t| t.key))));
            words.any(|(one, two)| self.offices.contains(&(one, None)) || self.offices.contains(&(one, two)))
        };
        let before = self.person(&keys, held);
        if before < keys.len() { end.min(at + before) } else { end }
    }

    /// How many words with capitals stand before the name of a person: 2 of "Tân Quang Hoàng Văn Thuyết", none of "Giàng A Sùng",
    /// all where there is none. Communes bear the names of a few.
    fn person(&self, keys: &[Key], held: impl FnOnce() -> bool) -> usize {
        let has = |set: &FxHashSet<Key>, i: usize| keys.get(i).is_some_and(|k| set.contains(k));
        let is = |i: &usize| has(&self.families, *i) && has(&self.middles, i + 1) && i + 2 < keys.len();
        match (0..keys.len()).find(|i| *i != 1 && is(i)) {
            None => keys.len(),
            Some(0) => {
                let whole = keys.iter().fold(Key::default(), |key, k| key.then(*k));
                let person = !self.named_after.contains(&whole) && (has(&self.middles_only, 1) || held());
                if person { 0 } else { keys.len() }
            }
            Some(n) => n,
        }
    }

    /// The same of words of a text; `likely` where a person is more likely than a unit that begins so.
    pub fn words_before_person<'w>(&self, words: impl Iterator<Item = &'w str>, likely: bool) -> usize {
        let keys: Vec<Key> = words.flat_map(|w| syllables(w).next()).collect();
        let whole = keys.iter().fold(Key::default(), |key, k| key.then(*k));
        let known = self.is_district(whole).is_some() || self.units_at(whole, None).is_some();
        self.person(&keys, || likely && !known)
    }
}

/// Marks inside a syllable of names of the Central Highlands.
const APOSTROPHES: [char; 4] = ['\'', '’', '‘', 'ʼ'];
/// Among so many words the word of a type stands whose name has no more than two words before it: "quận 10" is all name.
const OPENING: usize = 3;

thread_local! {
    /// The words that this thread has seen, with their keys: one report says them as the next.
    static KEPT: Cell<Option<Seen<Key>>> = const { Cell::new(None) };
}

/// Those words, for as long as a text is read.
struct Kept(Option<Seen<Key>>);

impl Kept {
    fn take() -> Self {
        Self(Some(KEPT.take().unwrap_or_else(|| Seen::new(usize::MAX, Key::default()))))
    }

    /// The end and the key of the word that begins at a byte.
    #[inline]
    fn syllable_at(&mut self, s: &str, start: usize) -> (usize, Key) {
        let digit = |b: &u8| b.is_ascii_digit();
        let place = self.0.as_mut().and_then(|seen| seen.place_anywhere(s.as_bytes(), start));
        let Some(mut place) = place.filter(|p| !s.as_bytes().get(p.end).is_some_and(digit)) else {
            return syllable_at(s, start);
        };
        if let Some(key) = place.known() {
            return (place.end, key);
        }
        let (end, key) = syllable_at(s, start);
        if end == place.end {
            place.remember(key);
        }
        (end, key)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        KEPT.set(self.0.take());
    }
}

/// The words of a text with what stands between them.
fn tokens(s: &str) -> Vec<Token> {
    let chars = Chars::get();
    let mut kept = Kept::take();
    let mut out: Vec<Token> = Vec::with_capacity(s.len() / 5);
    let (mut breaks, mut lines) = (false, 0u8);
    let mut start = 0;
    while let Some(c) = s.get(start..).and_then(|rest| rest.chars().next()) {
        let info = chars.info(c);
        if !info.is_alphanumeric() {
            lines = lines.saturating_add(u8::from(c == '\n'));
            // "Cư M'gar": an apostrophe within a word parts nothing.
            let tied = APOSTROPHES.contains(&c) && out.last().is_some_and(|t| t.range.end == start);
            breaks |= !(tied || info.is_space() || matches!(c, '-' | '–' | '.' | '*' | '_'));
            start += c.len_utf8();
            continue;
        }
        let (end, key) = kept.syllable_at(s, start);
        out.push(Token { range: start..end, key, breaks, lines, capital: info.is_upper() });
        (breaks, lines) = (false, 0);
        start = end;
    }
    out
}

/// The end and the key of the word that begins at a byte.
fn syllable_at(s: &str, start: usize) -> (usize, Key) {
    let chars = Chars::get();
    let mut syllable = Syllable::default();
    let mut end = start;
    let word = s.get(start..).unwrap_or("").chars().take_while(|&c| chars.info(c).is_alphanumeric());
    for c in word {
        syllable.push(chars.folded(c));
        end += c.len_utf8();
    }
    (end.max(start + 1), syllable.key())
}

/// Whether a full stop parts a token from the word before it, which is no abbreviation: "12 xã. Còn lại", not "TP. Vinh".
fn ends_sentence(s: &str, tokens: &[Token], at: usize) -> bool {
    let Some((before, next)) = at.checked_sub(1).and_then(|b| Some((tokens.get(b)?, tokens.get(at)?))) else {
        return false;
    };
    let between = s.get(before.range.end..next.range.start).unwrap_or("");
    between.contains('.') && !s.get(before.range.clone()).is_some_and(str::is_ascii)
}

/// The types that a first word may open, each with the key of its second word.
pub type TypeWords = FxHashMap<Key, Vec<(Option<Key>, Kind)>>;

/// The type word at `i` and the token after it.
fn kind_at(types: &TypeWords, tokens: &[Token], i: usize) -> (Option<Kind>, usize) {
    let types = tokens.get(i).and_then(|t| types.get(&t.key));
    for (second, kind) in types.into_iter().flatten() {
        match second {
            None => return (Some(*kind), i + 1),
            Some(key) if tokens.get(i + 1).is_some_and(|t| !t.breaks && t.key == *key) => {
                return (Some(*kind), i + 2);
            }
            Some(_) => {}
        }
    }
    (None, i)
}

/// The key of `n` tokens from `at`, without a break between them.
fn joined(tokens: &[Token], at: usize, n: usize) -> Option<(Key, Range<usize>, usize)> {
    let run = tokens.get(at..at + n)?;
    if run.iter().skip(1).any(|t| t.breaks) {
        return None;
    }
    let key = run.iter().fold(Key::default(), |key, t| key.then(t.key));
    Some((key, run.first()?.range.start..run.last()?.range.end, at + n))
}

/// Every word with a capital, the rest small, single spaces: "LÀO CAI" is "Lào Cai".
pub fn title_case(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut start = true;
    for word in s.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if start {
                out.extend(c.to_uppercase());
            } else {
                out.extend(c.to_lowercase());
            }
            start = !c.is_alphanumeric();
        }
        start = true;
    }
    out
}
