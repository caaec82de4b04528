//! Bounds what the tokenizer reads: it goes one call deeper with each quoted attribute of a tag, so that a tag with tens of
//! thousands of them would end the program. The page is handed on piece by piece, and the tokenizer itself tells by what it asks
//! for where it is: nobody else knows what is a comment or a script in a broken page. Beyond the limit its reading ends.

use std::convert::Infallible;
use std::fmt;

use html5gum::{Readable, Reader};

/// Most quoted attributes of one tag; real pages have some tens.
const TAG_ATTRIBUTES: usize = 200;

/// A tag has more attributes than the limit `tag_attributes`.
#[derive(Debug)]
pub(super) struct Exceeded;

impl fmt::Display for Exceeded {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "a tag of the page exceeds the limit tag_attributes of {TAG_ATTRIBUTES}")
    }
}

impl std::error::Error for Exceeded {}

/// A page as the tokenizer reads it.
#[derive(Debug)]
pub(super) struct Bounded<'p> {
    page: <&'p str as Readable<'p>>::Reader,
    /// Quoted values since there was text.
    quoted: usize,
}

impl<'p> Bounded<'p> {
    /// A page from its beginning.
    pub fn new(page: &'p str) -> Self {
        Self { page: page.to_reader(), quoted: 0 }
    }
}

fn whole<T>(read: Result<T, Infallible>) -> T {
    match read {
        Ok(read) => read,
        Err(never) => match never {},
    }
}

impl Reader for Bounded<'_> {
    type Error = Exceeded;

    fn read_byte(&mut self) -> Result<Option<u8>, Exceeded> {
        Ok(whole(self.page.read_byte()))
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Exceeded> {
        Ok(whole(self.page.try_read_string(text, case_sensitive)))
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Exceeded> {
        let read = whole(self.page.read_until(needle, buffer));
        // A quoted value ends with its quote alone, text with a tag alone; names of attributes end with either.
        match (needle.contains(&b'"'), needle.contains(&b'<')) {
            (true, false) if read == Some(b"\"") => {
                self.quoted += 1;
                if self.quoted > TAG_ATTRIBUTES {
                    return Err(Exceeded);
                }
            }
            (false, true) => self.quoted = 0,
            _ => {}
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use crate::reader::{ReadOptions, read};

    fn code(page: &str) -> Result<(), &'static str> {
        read(page.as_bytes(), &ReadOptions::default()).map(drop).map_err(|e| e.code())
    }

    #[test]
    fn tags_of_too_many_quoted_attributes_are_refused_wherever_they_stand() {
        for before in [
            "<p ",
            "</p ",
            "<p a=/\"><p ",
            "<p a==\"><p ",
            "<p =\"><p ",
            "<!--><p ",
            "<!---><p ",
            "<!-- --!><p ",
            "<!--!><script>--><p ",
            "<script-x><p ",
            "<script></script-x <!-- </script><p ",
            "<svg><title/></title><p ",
        ] {
            let page = |n| format!("<html>5%{before}{}>5%</p>", "a=\"\" ".repeat(n));
            assert_eq!(code(&page(60_000)), Err("too_large"), "{before}");
            assert_eq!(code(&page(150)), Ok(()), "{before}");
        }
    }

    #[test]
    fn scripts_comments_other_attributes_and_many_small_tags_are_not() {
        let code_of_script = "a=\"b\" ".repeat(2000);
        for page in [
            format!("<script>if (a<b) {{{code_of_script}}}</script><p a=1>5%"),
            format!("<!-- <p {code_of_script} --><p>5%"),
            format!("<p>5%{}", "<p a=\"b\" c='d'>".repeat(2000)),
            format!("<p>5 < 6 {code_of_script}"),
            format!("<p {}>5%", "a='>' b=c d e = \"f\"".repeat(150)),
        ] {
            assert_eq!(code(&format!("<html>{page}")), Ok(()), "{}", page.get(..40).unwrap_or_default());
        }
    }
}
