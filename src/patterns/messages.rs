//! What the program says to people, in Vietnamese: `messages.toml`, by the English sentence.
//!
//! The English sentence stands in the code, as in other tools for translation; a sentence that the file does not hold is
//! said in English. Records know no language: these words reach stderr and help texts alone.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The embedded file.
pub(super) const BUILTIN: &str = include_str!("../../patterns/messages.toml");
/// How deep a sentence may stand in another: "error: cannot write x: permission denied" is three.
const DEPTH: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// English sentence to Vietnamese sentence; `{1}`, `{2}` … are what varies, `{#1}` a number.
    sentences: BTreeMap<String, String>,
}

/// The sentences of one language.
#[derive(Debug, Default)]
pub struct Messages {
    exact: FxHashMap<String, String>,
    /// Those with holes, the most words first: the particular sentence before the general one.
    templates: Vec<Template>,
}

/// A sentence with holes.
#[derive(Debug)]
struct Template {
    /// What stands before, between and behind the holes.
    parts: Vec<String>,
    holes: Vec<Hole>,
    to: String,
}

/// What varies in a sentence.
#[derive(Debug)]
struct Hole {
    /// As it stands in the sentences, with its braces.
    mark: String,
    /// Whether a number alone fills it.
    is_number: bool,
}

impl Hole {
    /// A hole, if that stands between the braces.
    fn new(inside: &str) -> Option<Self> {
        let number = inside.strip_prefix('#').unwrap_or(inside);
        number.parse::<usize>().ok()?;
        Some(Self { mark: format!("{{{inside}}}"), is_number: inside != number })
    }

    fn takes(&self, text: &str) -> bool {
        let is_digit = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        !text.is_empty() && (!self.is_number || text.chars().all(is_digit))
    }
}

impl Messages {
    /// The Vietnamese sentences.
    ///
    /// # Errors
    /// None in a tested build.
    pub fn vietnamese() -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(BUILTIN)?;
        let mut messages = Self::default();
        for (from, to) in file.sentences {
            match Template::new(&from, &to) {
                Some(template) => messages.templates.push(template),
                None => {
                    messages.exact.insert(from, to);
                }
            }
        }
        messages.templates.sort_by_key(|t| std::cmp::Reverse(t.parts.iter().map(String::len).sum::<usize>()));
        Ok(messages)
    }

    /// The text in the other language, line by line; what is not known stays as it is.
    pub fn told(&self, text: &str) -> String {
        let lines = text.split('\n').map(|line| {
            let body = line.trim_start();
            let indent = line.get(..line.len() - body.len()).unwrap_or_default();
            format!("{indent}{}", self.sentence(body, DEPTH).unwrap_or_else(|| body.to_owned()))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn sentence(&self, text: &str, depth: usize) -> Option<String> {
        if let Some(to) = self.exact.get(text) {
            return Some(to.clone());
        }
        // The full stop of a sentence among others is no part of it.
        if let Some(to) = text.strip_suffix('.').and_then(|text| self.exact.get(text)) {
            return Some(format!("{to}."));
        }
        let depth = depth.checked_sub(1)?;
        self.templates.iter().find_map(|template| {
            let found = template.matched(text)?;
            let told =
                found.iter().map(|part| self.sentence(part, depth).unwrap_or_else(|| (*part).to_owned()));
            Some(template.filled(&told.collect::<Vec<_>>()))
        })
    }
}

impl Template {
    /// A template, if the sentence has holes.
    fn new(from: &str, to: &str) -> Option<Self> {
        let mut parts = vec![String::new()];
        let mut holes = Vec::new();
        let mut rest = from;
        while let Some((before, behind)) = rest.split_once('{') {
            let Some((number, behind)) = behind.split_once('}') else { break };
            let Some(hole) = Hole::new(number) else { break };
            parts.last_mut()?.push_str(before);
            holes.push(hole);
            parts.push(String::new());
            rest = behind;
        }
        parts.last_mut()?.push_str(rest);
        (!holes.is_empty()).then(|| Self { parts, holes, to: to.to_owned() })
    }

    /// What fills the holes in a text of this form.
    fn matched<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, rest) = self.parts.split_first()?;
        let (last, middle) = rest.split_last()?;
        let mut text = text.strip_prefix(first.as_str())?.strip_suffix(last.as_str())?;
        let mut found = Vec::with_capacity(self.holes.len());
        for part in middle {
            let (before, behind) = text.split_once(part.as_str())?;
            found.push(before);
            text = behind;
        }
        found.push(text);
        self.holes.iter().zip(&found).all(|(hole, text)| hole.takes(text)).then_some(found)
    }

    fn filled(&self, told: &[String]) -> String {
        let mut out = self.to.clone();
        for (hole, text) in self.holes.iter().zip(told) {
            out = out.replace(&hole.mark, text);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(sentences: &[(&str, &str)]) -> Messages {
        let mut messages = Messages::default();
        for (from, to) in sentences {
            match Template::new(from, to) {
                Some(template) => messages.templates.push(template),
                None => {
                    messages.exact.insert((*from).to_owned(), (*to).to_owned());
                }
            }
        }
        messages
    }

    #[test]
    fn a_sentence_in_a_sentence_is_told_too_and_the_unknown_stays() {
        let m = messages(&[
            ("error: {1}", "lỗi: {1}"),
            ("cannot write {1}: {2}", "không ghi được {1}: {2}"),
            ("it is a folder", "đó là thư mục"),
        ]);
        assert_eq!(
            m.told("error: cannot write a b: it is a folder"),
            "lỗi: không ghi được a b: đó là thư mục"
        );
        assert_eq!(m.told("error: cannot write x: odd"), "lỗi: không ghi được x: odd");
        assert_eq!(m.told("unheard of"), "unheard of");
        assert_eq!(m.told("it is a folder."), "đó là thư mục.");
        assert_eq!(m.told("error: x\n  it is a folder"), "lỗi: x\n  đó là thư mục");
        let m = messages(&[("{#1} files", "{#1} tệp")]);
        assert_eq!(
            (m.told("1.200 files").as_str(), m.told("PDF files").as_str()),
            ("1.200 tệp", "PDF files")
        );
    }

    #[test]
    fn holes_may_change_places_and_are_never_empty() {
        let m = messages(&[("{1} of {2}", "{2}: {1}")]);
        assert_eq!(m.told("3 of 5"), "5: 3");
        assert_eq!(m.told(" of 5"), " of 5");
    }

    #[test]
    fn the_embedded_file_loads_and_each_hole_is_filled() {
        let file: File = toml::from_str(BUILTIN).unwrap();
        for (from, to) in &file.sentences {
            let holes = |text: &str| {
                let all = (1..9).flat_map(|n| [format!("{{{n}}}"), format!("{{#{n}}}")]);
                all.filter(|hole| text.contains(hole)).collect::<Vec<_>>()
            };
            assert_eq!(holes(from), holes(to), "{from}");
            let words = from.split(['{', '}']).step_by(2).any(|part| part.contains(char::is_alphabetic));
            assert!(from != to || !words, "{from} is not translated");
        }
        assert!(Messages::vietnamese().is_ok());
    }
}
