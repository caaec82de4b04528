//! Marks in a text: spans in, escaped HTML out. Taking the tags away and the escapes back gives the text, byte for byte
//! but for characters that a browser would obey or hide, which are shown as such;
//! tags always nest: a mark that crosses the end of another is cut there.

use super::visible::shown;

/// A span to mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    /// Class of the element.
    pub class: &'static str,
    /// Id of the element.
    pub id: String,
    /// Number of the item, for the page's script.
    pub item: usize,
}

/// A place to jump to, of no width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Byte offset.
    pub at: usize,
    /// Id of the element.
    pub id: String,
}

/// Writes `text[from..to]` with its marks. Marks and anchors must be sorted by their start, wider marks first; those
/// that begin before `from` are left out.
pub fn write(text: &str, from: usize, to: usize, marks: &[Mark], anchors: &[Anchor], out: &mut String) {
    let first = marks.partition_point(|m| m.start < from);
    let mut marks = marks.get(first..).unwrap_or(&[]).iter().peekable();
    let first = anchors.partition_point(|a| a.at < from);
    let mut anchors = anchors.get(first..).unwrap_or(&[]).iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut at = from;
    loop {
        let next_open = marks.peek().map(|m| m.start).filter(|s| *s < to);
        let next_anchor = anchors.peek().map(|a| a.at).filter(|s| *s < to);
        let next_close = open.last().copied();
        let Some(next) = [next_open, next_anchor, next_close].into_iter().flatten().min() else { break };
        escape(text.get(at..next).unwrap_or(""), out);
        at = next;
        if next_close == Some(next) {
            open.pop();
            out.push_str("</span>");
        } else if next_anchor == Some(next) {
            if let Some(anchor) = anchors.next() {
                out.push_str("<a id=\"");
                escape(&anchor.id, out);
                out.push_str("\"></a>");
            }
        } else if let Some(mark) = marks.next() {
            let end = mark.end.min(open.last().copied().unwrap_or(to)).min(to);
            if end > mark.start && text.is_char_boundary(mark.start) && text.is_char_boundary(end) {
                let first = if mark.end == end { "" } else { " cut" };
                out.push_str(&format!("<span class=\"m {}{first}\" id=\"", mark.class));
                escape(&mark.id, out);
                out.push_str(&format!("\" data-i=\"{}\" tabindex=\"0\">", mark.item));
                open.push(end);
            }
        }
    }
    escape(text.get(at..to).unwrap_or(""), out);
}

/// Escapes text for HTML; what a browser would obey or hide is shown as such.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars().map(shown) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unmark(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    fn nests(html: &str) -> bool {
        let mut depth = 0_i32;
        for tag in html.split('<').skip(1) {
            depth += if tag.starts_with("span") {
                1
            } else if tag.starts_with("/span") {
                -1
            } else {
                0
            };
            if depth < 0 {
                return false;
            }
        }
        depth == 0
    }

    proptest! {
        #[test]
        fn removing_the_marks_gives_the_text_back_and_tags_nest(
            text in "[a-zđế<>&\" \n]{0,60}",
            spans in prop::collection::vec((0usize..60, 1usize..20), 0..12),
            cut in 0usize..60,
        ) {
            let ends: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let at = |n: usize| ends.get(n.min(ends.len() - 1)).copied().unwrap_or(0);
            let mut marks: Vec<Mark> = spans
                .iter()
                .map(|(s, l)| Mark { start: at(*s), end: at(s + l), class: "ref", id: format!("i{s}"), item: *s })
                .collect();
            marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
            let mut anchors: Vec<Anchor> = spans.iter().map(|(s, _)| Anchor { at: at(*s), id: format!("s{s}") }).collect();
            anchors.sort_by_key(|a| a.at);
            let middle = at(cut);
            let mut html = String::new();
            write(&text, 0, middle, &marks, &anchors, &mut html);
            prop_assert!(nests(&html), "{html}");
            write(&text, middle, text.len(), &marks, &anchors, &mut html);
            prop_assert!(nests(&html), "{html}");
            prop_assert_eq!(unmark(&html), text);
        }
    }

    #[test]
    fn a_date_inside_a_reference_stands_inside_its_mark() {
        let text = "số 5/QĐ ngày 1/2/2020 <nháp>";
        let reference = Mark { start: 0, end: 25, class: "ref", id: "a".into(), item: 0 };
        let date = Mark { start: 18, end: 25, class: "date", id: "b".into(), item: 1 };
        let mut html = String::new();
        write(text, 0, text.len(), &[reference, date], &[], &mut html);
        assert!(html.contains("</span></span>"), "{html}");
        assert!(html.ends_with("&lt;nháp&gt;"), "{html}");
    }
}
