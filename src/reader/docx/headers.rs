//! Which header the first page of a Word document has.

use quick_xml::events::BytesStart;

use super::super::xml::{Visit, attribute, is_on, walk};

/// The relation of the header that only the first page shows; `None` if there is none.
pub fn first_page(document: &str) -> Option<String> {
    // The properties of a section stand at its end; a document without such a header need not be walked.
    memchr::memmem::find(document.as_bytes(), b"headerReference")?;
    let mut sections = Sections::default();
    let _ = walk(document, &mut sections);
    sections.found
}

#[derive(Default)]
struct Sections {
    header: Option<String>,
    title: bool,
    done: bool,
    found: Option<String>,
}

impl Visit for Sections {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "headerReference" if attribute(element, "type").as_deref() == Some("first") => {
                self.header = attribute(element, "id");
            }
            "titlePg" => self.title = is_on(element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "sectPr" && !std::mem::replace(&mut self.done, true) && self.title {
            self.found = self.header.take();
        }
    }

    fn text(&mut self, _: &str) {}
}
