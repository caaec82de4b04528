//! List numbers. Word does not store "1.", "a)" or "Điều 2." of automatic lists as text; they are counted here.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::xml::{Visit, attribute, val, walk};

/// Word knows nine levels.
const LEVELS: usize = 9;

/// Which list a paragraph is an item of, and how deep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListRef {
    /// The list; `0` says that it is none.
    pub id: Option<String>,
    /// The level, from 0.
    pub level: Option<usize>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Clone, Default)]
pub struct Numbering {
    /// The definition that each list uses, with its own starts.
    lists: BTreeMap<String, List>,
    definitions: BTreeMap<String, [Level; LEVELS]>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
}

#[derive(Debug, Clone, Default)]
struct List {
    definition: String,
    starts: [Option<u32>; LEVELS],
    /// Whether its own starts were already used.
    begun: bool,
}

/// One level of a definition.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// The kind of number, as OOXML names it: `decimal`, `upperRoman`, `bullet` …
    pub format: String,
    /// The pattern: `%1.%2.`.
    pub text: String,
    /// The first number.
    pub start: Option<u32>,
}

impl Numbering {
    /// Reads `numbering.xml`; a broken one as far as it goes.
    pub fn read(xml: &str) -> Self {
        let mut reader = Reading::default();
        let _ = walk(xml, &mut reader);
        reader.numbering
    }

    /// Adds a definition; levels beyond the ninth are left out.
    pub fn define(&mut self, id: String, levels: Vec<Level>) {
        let mut all: [Level; LEVELS] = Default::default();
        all.iter_mut().zip(levels).for_each(|(place, level)| *place = level);
        self.definitions.insert(id, all);
    }

    /// Adds a list that uses a definition, with its own starts.
    pub fn add(&mut self, id: String, definition: String, starts: &[(usize, u32)]) {
        let mut list = List { definition, ..List::default() };
        for (level, start) in starts {
            list.starts.get_mut(*level).into_iter().for_each(|place| *place = Some(*start));
        }
        self.lists.insert(id, list);
    }

    /// Counts the next item of a list and gives its number as Word shows it.
    pub fn next(&mut self, list: &ListRef) -> Option<String> {
        let id = list.id.as_ref().filter(|id| *id != "0")?;
        let level = list.level.unwrap_or(0).min(LEVELS - 1);
        let list = self.lists.get_mut(id)?;
        let definition = self.definitions.get(&list.definition)?;
        let counters = self.counters.entry(list.definition.clone()).or_default();
        if !list.begun {
            list.begun = true;
            for (counter, start) in counters.iter_mut().zip(list.starts) {
                *counter = start.map(|s| s.saturating_sub(1)).or(*counter);
            }
        }
        for (at, (counter, definition)) in counters.iter_mut().zip(definition).enumerate() {
            let start = definition.start.unwrap_or(1);
            match at {
                _ if at > level => *counter = None,
                _ if at == level => *counter = Some(counter.map_or(start, |n| n.saturating_add(1))),
                _ => *counter = Some(counter.unwrap_or(start)),
            }
        }
        let shown = definition.get(level)?;
        match shown.format.as_str() {
            "none" => None,
            // Bullets are set in symbol fonts, whose codes mean nothing elsewhere.
            "bullet" => {
                let known = shown.text.chars().all(|c| !('\u{E000}'..='\u{F8FF}').contains(&c) && c != 'o');
                Some(if known && !shown.text.is_empty() { shown.text.clone() } else { "•".to_owned() })
            }
            _ => Some(fill(&shown.text, definition, counters)),
        }
        .filter(|number| !number.trim().is_empty())
    }
}

/// Puts the counters into a pattern like `%1.%2.`.
fn fill(pattern: &str, levels: &[Level; LEVELS], counters: &[Option<u32>; LEVELS]) -> String {
    let mut out = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next().filter(|_| out.len() <= super::body::LIST_NUMBER) {
        let level = chars.peek().and_then(|d| d.to_digit(10)).filter(|_| c == '%');
        match level.and_then(|d| usize::try_from(d).ok()?.checked_sub(1)) {
            Some(at) => {
                chars.next();
                let n = counters.get(at).copied().flatten().unwrap_or(1);
                out.push_str(&format_number(n, levels.get(at).map_or("decimal", |l| l.format.as_str())));
            }
            None => out.push(c),
        }
    }
    out
}

fn format_number(n: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(n).to_lowercase(),
        "upperLetter" => letters(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        "decimalZero" => format!("{n:02}"),
        _ => n.to_string(),
    }
}

/// A, B … Z, AA, BB, as Word counts.
fn letters(n: u32) -> String {
    let Some(n) = n.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + (n % 26) as u8);
    std::iter::repeat_n(letter, (n / 26 + 1).min(8) as usize).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 3999 {
        return n.to_string();
    }
    let mut rest = n;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[derive(Default)]
struct Reading {
    numbering: Numbering,
    definition: Option<String>,
    list: Option<String>,
    level: usize,
}

impl Visit for Reading {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "abstractNum" => {
                let id = attribute(element, "abstractNumId").unwrap_or_default();
                self.numbering.definitions.insert(id.clone(), Default::default());
                self.definition = Some(id);
            }
            "num" => {
                let id = attribute(element, "numId").unwrap_or_default();
                self.numbering.lists.insert(id.clone(), List::default());
                self.list = Some(id);
            }
            "lvl" | "lvlOverride" => {
                self.level = attribute(element, "ilvl").and_then(|l| l.parse().ok()).unwrap_or(0);
            }
            "abstractNumId" => {
                if let (Some(list), Some(id)) = (self.list(), val(element)) {
                    list.definition = id;
                }
            }
            "startOverride" => {
                let (level, start) = (self.level, val(element).and_then(|s| s.parse().ok()));
                if let Some(slot) = self.list().and_then(|list| list.starts.get_mut(level)) {
                    *slot = start;
                }
            }
            "start" => self.set(|level| level.start = val(element).and_then(|s| s.parse().ok())),
            "numFmt" => self.set(|level| level.format = val(element).unwrap_or_default()),
            "lvlText" => self.set(|level| level.text = val(element).unwrap_or_default()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "abstractNum" => self.definition = None,
            "num" => self.list = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}

impl Reading {
    fn list(&mut self) -> Option<&mut List> {
        self.numbering.lists.get_mut(self.list.as_ref()?)
    }

    /// Changes the level being read, if it belongs to a definition.
    fn set(&mut self, change: impl FnOnce(&mut Level)) {
        let level = self.definition.as_ref().and_then(|id| self.numbering.definitions.get_mut(id));
        if let Some(level) = level.and_then(|levels| levels.get_mut(self.level)) {
            change(level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="7">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
        <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="7"/>
          <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"#;

    #[test]
    fn items_are_counted_as_word_shows_them() {
        let mut numbering = Numbering::read(XML);
        let mut next = |id: &str, level| numbering.next(&ListRef { id: Some(id.into()), level: Some(level) });
        let shown: Vec<Option<String>> =
            [("3", 0), ("3", 1), ("3", 1), ("3", 2), ("3", 0), ("3", 1), ("4", 0), ("0", 0), ("9", 0)]
                .map(|(id, level)| next(id, level))
                .into();
        let expected = ["I.", "I.1)", "I.2)", "•", "II.", "II.1)", "I."];
        assert_eq!(shown.iter().flatten().map(String::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn letters_and_roman_numerals_follow_word() {
        assert_eq!([1, 26, 27, 53].map(letters), ["A", "Z", "AA", "AAA"]);
        assert_eq!([4, 9, 14, 40, 1994].map(roman), ["IV", "IX", "XIV", "XL", "MCMXCIV"]);
    }
}
