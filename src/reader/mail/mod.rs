//! Stage 1: messages (.eml) and web pages saved as messages (MHTML, which Word and Excel save, too, often under the name .doc or
//! .xls). Out goes what a reader sees: the subject of a mail as the first line, then its text; of several forms of one text the web
//! page. Attachments are documents of their own: [`attachments`].

mod mime;

use self::mime::{Message, Part};
use super::flow::Flow;
use super::{Content, ReadOptions, html, plain};
use crate::error::Error;
use crate::record::TextSource;

/// Reads one document of this format.
///
/// # Errors
/// Text above the limit, no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let message = mime::parse(bytes);
    let mut whole = Content { format: if message.sent { "eml" } else { "mhtml" }, ..Content::default() };
    let mut flow = Flow::default();
    if message.sent {
        flow.run(&message.subject);
        flow.part(2);
    }
    let mut read = 0;
    for part in shown(&message) {
        let content = match content(part, options) {
            Ok(content) => content,
            Err(Error::NoText(_)) => continue,
            Err(error) => return Err(error),
        };
        // The sheets of a workbook are pages.
        if read > 0 {
            flow.page_break();
        }
        read += 1;
        whole.encoding = whole.encoding.or(content.encoding);
        whole.warnings.extend(content.warnings);
        flow.append(Flow::of(content.text, content.tables, content.marks), 1);
        options.limits.check_text(&flow.text)?;
    }
    if flow.text.trim().is_empty() {
        return Err(Error::NoText("the message has no text, only attachments or pictures".into()));
    }
    whole.pages = memchr::memchr_iter(0x0C, flow.text.as_bytes()).count() + 1;
    whole.text_source = TextSource::Plain;
    (whole.text, whole.tables, whole.marks) = (flow.text, flow.tables, flow.marks);
    Ok(whole)
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    mime::is_message(bytes)
}

/// The files that are attached to a message, in order: name and bytes.
pub fn attachments(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let message = mime::parse(bytes);
    if !message.sent {
        return Vec::new();
    }
    message
        .parts
        .into_iter()
        .filter(is_file)
        .enumerate()
        .map(|(i, part)| (part.name.unwrap_or_else(|| format!("{}", i + 1)), part.bytes))
        .collect()
}

fn is_file(part: &Part) -> bool {
    part.attached
        || part.name.is_some() && !part.kind.starts_with("text/") && !part.kind.starts_with("image/")
}

/// The parts that are shown: of an alternative only the web page if there is one.
fn shown(message: &Message) -> impl Iterator<Item = &Part> {
    let is_text = |p: &&Part| {
        !is_file(p) && matches!(p.kind.as_str(), "text/html" | "text/plain" | "application/xhtml+xml")
    };
    let is_alternative = |p: &Part| p.within.iter().any(|w| w == "alternative");
    let pages = message.parts.iter().filter(is_text).any(|p| p.kind != "text/plain" && is_alternative(p));
    message
        .parts
        .iter()
        .filter(is_text)
        .filter(move |p| !(pages && p.kind == "text/plain" && is_alternative(p)))
}

/// One part as a document; a character set that its head names holds unless the bytes speak against it.
fn content(part: &Part, options: &ReadOptions) -> Result<Content, Error> {
    let text = mime::decode(&part.bytes, part.charset.as_deref());
    match part.kind.as_str() {
        "text/plain" => plain::read(text.as_bytes(), options),
        _ => html::read(text.as_bytes(), options),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(message: &str) -> String {
        read(message.as_bytes(), &ReadOptions::default()).unwrap().text
    }

    #[test]
    fn a_web_page_saved_as_a_message_is_read_as_a_page() {
        let message = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n\
                       Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                       <html><body><p>45 h=E1=BB=99</p></body></html>\r\n--b\r\nContent-Type: image/png\r\n\
                       Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n";
        assert!(sniff(message.as_bytes()));
        assert_eq!(text(message), "45 hộ");
        assert!(attachments(message.as_bytes()).is_empty());
    }

    #[test]
    fn a_mail_is_its_subject_and_one_form_of_its_text() {
        let message = "From: a@b\nTo: c@d\nDate: x\nSubject: =?utf-8?B?QsOhbyBjw6Fv?=\nMIME-Version: 1.0\n\
                       Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: multipart/alternative; boundary=n\n\n\
                       --n\nContent-Type: text/plain\n\n5 ha\n--n\nContent-Type: text/html\n\n<p>5 ha</p>\n--n--\n\
                       --m\nContent-Type: application/pdf; name=\"x.pdf\"\nContent-Disposition: attachment\n\
                       Content-Transfer-Encoding: base64\n\nJVBERi0=\n--m--\n";
        assert_eq!(text(message), "Báo cáo\n\n5 ha");
        assert_eq!(attachments(message.as_bytes()), [("x.pdf".to_owned(), b"%PDF-".to_vec())]);
    }
}
