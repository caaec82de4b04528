//! Looks over a page before it is tokenized: the tokenizer goes one call deeper with each quoted attribute of a tag, so
//! that a tag with tens of thousands of them would end the program. In come the page's bytes, out goes `too_large`.

use crate::error::Error;

/// Most attributes of one tag; real pages have some tens.
const TAG_ATTRIBUTES: usize = 1000;

/// Elements whose content is no markup, however much it looks like tags.
const RAW: [&[u8]; 4] = [b"script", b"style", b"textarea", b"title"];

/// Checks every tag.
///
/// # Errors
/// `too_large` beyond the limit `tag_attributes`.
pub(super) fn check(page: &[u8]) -> Result<(), Error> {
    let mut rest = page;
    let mut inside: Option<&[u8]> = None;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(raw) = inside {
            let end = rest.strip_prefix(b"/").and_then(|r| r.get(..raw.len()));
            if end.is_some_and(|name| name.eq_ignore_ascii_case(raw)) {
                inside = None;
            }
            continue;
        }
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest =
                memchr::memmem::find(comment, b"-->").and_then(|end| comment.get(end..)).unwrap_or_default();
            continue;
        }
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = rest.get(..name).unwrap_or_default();
        inside = RAW.into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
        let (length, attributes) = tag(rest);
        if attributes > TAG_ATTRIBUTES {
            return Err(Error::TooLarge(format!(
                "a tag of the page exceeds the limit tag_attributes of {TAG_ATTRIBUTES}"
            )));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(())
}

/// The length of a tag, and how many attributes it has; one more than the limit ends the search.
fn tag(bytes: &[u8]) -> (usize, usize) {
    let mut attributes = 0;
    let mut at = 0;
    let mut apart = false; // behind white space or a quoted value
    let mut value = false; // behind an equals sign
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'>' => break,
            b'"' | b'\'' if value => {
                let end = memchr::memchr(byte, bytes.get(at..).unwrap_or_default());
                at = end.map_or(bytes.len(), |end| at + end + 1);
                (apart, value) = (true, false);
            }
            b'=' => (apart, value) = (false, true),
            b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' | b'/' => apart = true,
            _ => {
                attributes += usize::from(apart && !value);
                (apart, value) = (false, false);
            }
        }
        if attributes > TAG_ATTRIBUTES {
            break;
        }
    }
    (at, attributes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_too_many_attributes_are_refused_wherever_they_stand() {
        for attribute in ["a=\"\" ", "a='>' ", "a = \"b\"", "a ", "a=\"x\""] {
            let page = format!("<html><p {}>5%</p>", attribute.repeat(1100));
            assert_eq!(check(page.as_bytes()).map_err(|e| e.code()), Err("too_large"), "{attribute}");
            assert!(check(format!("<p {}>", attribute.repeat(900)).as_bytes()).is_ok(), "{attribute}");
        }
    }

    #[test]
    fn scripts_comments_and_many_small_tags_are_not() {
        let code = "a=\"b\" ".repeat(2000);
        for page in [
            format!("<script>if (a<b) {{{code}}}</script><p a=1>"),
            format!("<!-- <p {code} --><p>"),
            "<p a=\"b\" c='d'>".repeat(2000),
            format!("5 < 6 {code}"),
        ] {
            assert!(check(page.as_bytes()).is_ok(), "{}", page.get(..40).unwrap_or_default());
        }
    }
}
