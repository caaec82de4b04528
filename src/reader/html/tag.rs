//! What the elements of a web page do to its text.

use crate::patterns::pages::pages;

/// The elements that matter; all others are as if they were not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Starts and ends a line: div, li, dt …
    Block,
    /// Leaves an empty line around it: p, headings, lists.
    Paragraph,
    /// A list (ul, ol, menu).
    List,
    /// br and hr, which have no end.
    Break,
    /// White space counts.
    Pre,
    /// A table.
    Table,
    /// thead.
    TableHead,
    /// A row.
    Row,
    /// td.
    Cell,
    /// th.
    HeadingCell,
    /// Raised text.
    Superscript,
    /// A link.
    Link,
    /// A font of its own, which may tell an old encoding.
    Font,
    /// A formula's fraction: its first part stands over its second.
    Fraction,
    /// A power of a formula: its second part is raised.
    Power,
    /// A part of a formula.
    Math,
    /// Bold text.
    Bold,
    /// Is not shown: script, style, head …
    Unseen,
    /// Is no part of the document: nav, aside, footer.
    Boilerplate,
    /// Surely is the document: main, article.
    Document,
    /// An inline element that only matters when hidden or named as boilerplate.
    Inline,
}

impl Tag {
    /// The tag of a name in lower case.
    pub fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"blockquote" | b"dl" => Self::Paragraph,
            b"ul" | b"ol" => Self::List,
            b"div" | b"li" | b"dt" | b"dd" | b"section" | b"form" | b"fieldset" | b"figure"
            | b"figcaption" | b"address" | b"center" | b"caption" | b"header" | b"hgroup" | b"details"
            | b"summary" | b"tbody" | b"tfoot" => Self::Block,
            b"br" | b"hr" => Self::Break,
            b"pre" | b"xmp" | b"listing" => Self::Pre,
            b"table" => Self::Table,
            b"thead" => Self::TableHead,
            b"tr" => Self::Row,
            b"td" => Self::Cell,
            b"th" => Self::HeadingCell,
            b"sup" => Self::Superscript,
            b"a" => Self::Link,
            b"b" | b"strong" => Self::Bold,
            b"head" | b"title" | b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"iframe"
            | b"object" | b"xml" | b"select" | b"textarea" | b"button" | b"audio" | b"video" | b"canvas"
            | b"annotation" | b"annotation-xml" => Self::Unseen,
            b"nav" | b"aside" | b"footer" | b"menu" => Self::Boilerplate,
            b"main" | b"article" => Self::Document,
            b"font" | b"span" => Self::Font,
            b"i" | b"em" | b"u" | b"small" | b"label" => Self::Inline,
            b"mfrac" => Self::Fraction,
            b"msup" => Self::Power,
            b"mrow" | b"mn" | b"mi" | b"mo" | b"mtext" | b"msub" | b"msqrt" => Self::Math,
            _ => return None,
        })
    }

    /// How many line breaks stand around it.
    pub fn breaks(self) -> u8 {
        match self {
            Self::Paragraph | Self::List | Self::Pre | Self::Table => 2,
            Self::Block | Self::Boilerplate | Self::Document | Self::Row | Self::TableHead => 1,
            _ => 0,
        }
    }
}

/// Words in class, id or role that name navigation, banners and related links; those of Vietnamese sites are data.
const NAMES: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "megamenu",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "banner",
    "topbar",
    "related",
    "relate",
    "share",
    "social",
    "comment",
    "comments",
    "copyright",
    "pagination",
    "paging",
    "pager",
    "advert",
    "ads",
    "search",
    "login",
    "contentinfo",
    "complementary",
    "othernews",
];

/// Two neighbouring words that do, where one alone would say too little.
const PAIRS: &[(&str, &str)] = &[("other", "news")];

/// Whether the value of a class, id or role attribute names boilerplate. Words are parted by anything but letters and
/// by capitals (`mainMenu`); a name that says what the element merely has (`has-sidebar`) does not count.
pub fn names_boilerplate(value: &[u8]) -> bool {
    let (value, web) = (String::from_utf8_lossy(value), &pages().web);
    value.split_ascii_whitespace().any(|name| {
        let words = words(name);
        let negated = words.first().is_some_and(|w| ["has", "with", "no", "is", "not"].contains(&w.as_str()));
        let named = |w: &String| NAMES.contains(&w.as_str()) || web.names.contains(w);
        let paired = |(a, b): (&String, &String)| {
            PAIRS.contains(&(a.as_str(), b.as_str())) || web.pairs.iter().any(|[x, y]| x == a && y == b)
        };
        !negated && (words.iter().any(named) || words.iter().zip(words.iter().skip(1)).any(paired))
    })
}

fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && after_small) {
            words.push(String::new());
        }
        after_small = c.is_ascii_lowercase();
        if let (true, Some(word)) = (c.is_ascii_alphabetic(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// Whether a style attribute hides the element.
pub fn hides(style: &[u8]) -> bool {
    let style: Vec<u8> =
        style.iter().filter(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    let has = |what: &[u8]| memchr::memmem::find(&style, what).is_some();
    has(b"display:none") || has(b"visibility:hidden")
}

/// The font that a style attribute names first.
pub fn font(style: &[u8]) -> Option<String> {
    let style = String::from_utf8_lossy(style);
    let lower = style.to_ascii_lowercase();
    let at = lower.find("font-family")?;
    let (_, value) = style.get(at..)?.split_once(':')?;
    Some(first_font(value.split(';').next()?).to_owned())
}

/// The first name of a list of fonts.
pub fn first_font(list: &str) -> &str {
    let first = list.split(',').next().unwrap_or(list);
    first.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
}

/// Whether a style attribute raises the element.
pub fn raises(style: &[u8]) -> bool {
    let style: Vec<u8> =
        style.iter().filter(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    memchr::memmem::find(&style, b"vertical-align:super").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for name in ["main-menu", "mainMenu", "x tin-lien-quan", "footer_2", "news related", "TinKhac"] {
            assert!(names_boilerplate(name.as_bytes()), "{name}");
        }
        for name in ["content", "has-sidebar", "documentary", "tin-tuc", "unavailable", "navy-text"] {
            assert!(!names_boilerplate(name.as_bytes()), "{name}");
        }
    }
}
