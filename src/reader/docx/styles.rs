//! The style sheet, as far as it decides what is read: fonts (which tell old encodings) and list numbers.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::xml::{Visit, attribute, val, walk};
use super::numbering::ListRef;

/// How many styles may be based on one another.
const DEEPEST: usize = 16;

/// All styles by their ids.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    styles: BTreeMap<String, Style>,
    /// The paragraph style of paragraphs that name none.
    default: Option<String>,
    /// The font of the document where no style says otherwise.
    font: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Style {
    based_on: Option<String>,
    font: Option<String>,
    list: ListRef,
}

impl Styles {
    /// Reads `styles.xml`; a broken one as far as it goes.
    pub fn read(xml: &str) -> Self {
        let mut reader = Reading::default();
        let _ = walk(xml, &mut reader);
        reader.styles
    }

    /// The font of a style, or of the document.
    pub fn font<'s>(&'s self, style: Option<&str>) -> Option<&'s str> {
        self.chain(style).find_map(|s| s.font.as_deref()).or(self.font.as_deref())
    }

    /// The list that paragraphs of a style are items of.
    pub fn list(&self, style: Option<&str>) -> ListRef {
        let mut list = ListRef::default();
        for style in self.chain(style) {
            list.id = list.id.take().or_else(|| style.list.id.clone());
            list.level = list.level.or(style.list.level);
        }
        list
    }

    /// A style and those it is based on.
    fn chain<'s>(&'s self, style: Option<&str>) -> impl Iterator<Item = &'s Style> + use<'s> {
        let first = style.or(self.default.as_deref()).and_then(|id| self.styles.get(id));
        std::iter::successors(first, |s| s.based_on.as_ref().and_then(|id| self.styles.get(id))).take(DEEPEST)
    }
}

#[derive(Default)]
struct Reading {
    styles: Styles,
    id: Option<String>,
}

impl Visit for Reading {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "style" {
            let id = attribute(element, "styleId").unwrap_or_default();
            let is_default = matches!(attribute(element, "default").as_deref(), Some("1" | "true"));
            if is_default && attribute(element, "type").as_deref() == Some("paragraph") {
                self.styles.default = Some(id.clone());
            }
            self.styles.styles.insert(id.clone(), Style::default());
            self.id = Some(id);
            return;
        }
        let style = self.id.as_ref().and_then(|id| self.styles.styles.get_mut(id));
        match (name, style) {
            ("rFonts", None) => self.styles.font = font(element),
            ("rFonts", Some(style)) => style.font = font(element),
            ("basedOn", Some(style)) => style.based_on = val(element),
            ("numId", Some(style)) => style.list.id = val(element),
            ("ilvl", Some(style)) => style.list.level = val(element).and_then(|l| l.parse().ok()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "style" {
            self.id = None;
        }
    }

    fn text(&mut self, _: &str) {}
}

/// The font that an `rFonts` element names.
pub fn font(element: &BytesStart<'_>) -> Option<String> {
    attribute(element, "ascii").or_else(|| attribute(element, "hAnsi"))
}
