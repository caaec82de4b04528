//! Makes small PDF files for the tests of the PDF reader. Text is set in a font whose codes are UTF-16 units.
#![allow(dead_code, clippy::unwrap_used, reason = "test support; every test file uses a part of it")]

use baocao::internal::reader::{Content, ReadOptions, read};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// A document under construction.
pub struct Maker {
    pub doc: Document,
    pub pages: ObjectId,
    kids: Vec<Object>,
    /// The font `F1`: any character, half the size wide.
    pub font: ObjectId,
}

/// A string of the font `F1`.
pub fn hex(text: &str) -> String {
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<{units}>")
}

/// Shows `text` at a place; each character is half of `size` wide.
pub fn at(x: f32, y: f32, size: f32, text: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm {} Tj ET\n", hex(text))
}

impl Maker {
    pub fn new() -> Self {
        let mut doc = Document::with_version("1.7");
        let pages = doc.new_object_id();
        let to_unicode = doc.add_object(Stream::new(
            dictionary! {},
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0020> <FFFF> <0020> endbfrange"
                .to_vec(),
        ));
        let descendant = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Test", "DW" => 500,
        });
        let font = doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Test", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()], "ToUnicode" => to_unicode,
        });
        Self { doc, pages, kids: Vec::new(), font }
    }

    /// A simple font with `/WinAnsiEncoding`, every glyph half the size wide.
    pub fn simple_font(&mut self, name: &str) -> ObjectId {
        self.doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
            "FirstChar" => 0, "LastChar" => 255, "Widths" => vec![Object::Integer(500); 256],
        })
    }

    /// Adds a page with the font `F1` and whatever else `resources` holds.
    pub fn page_with(&mut self, content: impl Into<Vec<u8>>, resources: Dictionary) -> ObjectId {
        let content = self.doc.add_object(Stream::new(dictionary! {}, content.into()));
        self.page_of(content.into(), resources)
    }

    pub fn page_of(&mut self, content: Object, mut resources: Dictionary) -> ObjectId {
        let mut fonts = match resources.remove(b"Font") {
            Some(Object::Dictionary(fonts)) => fonts,
            _ => Dictionary::new(),
        };
        fonts.set("F1", self.font);
        resources.set("Font", fonts);
        let page = self.doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => self.pages, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        self.kids.push(page.into());
        page
    }

    pub fn page(&mut self, content: impl Into<Vec<u8>>) -> ObjectId {
        self.page_with(content, Dictionary::new())
    }

    /// An annotation with an appearance of its own, as signing software leaves it.
    pub fn stamp(&mut self, page: ObjectId, rect: [i64; 4], content: &str, more: Dictionary) {
        let form = self.doc.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), Object::Integer(rect[2] - rect[0]), Object::Integer(rect[3] - rect[1])],
                "Resources" => dictionary! { "Font" => dictionary! { "F1" => self.font } },
            },
            content.as_bytes().to_vec(),
        ));
        let mut annotation = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget",
            "Rect" => rect.map(Object::Integer).to_vec(),
            "AP" => dictionary! { "N" => form },
        };
        for (key, value) in more.iter() {
            annotation.set(key.clone(), value.clone());
        }
        let id = self.doc.add_object(annotation);
        let page = self.doc.get_object_mut(page).unwrap().as_dict_mut().unwrap();
        match page.get_mut(b"Annots") {
            Ok(Object::Array(items)) => items.push(id.into()),
            _ => page.set("Annots", vec![Object::Reference(id)]),
        }
    }

    /// Ties the page tree together.
    pub fn finish(mut self) -> Document {
        let count = self.kids.len() as i64;
        self.doc.objects.insert(
            self.pages,
            dictionary! { "Type" => "Pages", "Kids" => self.kids, "Count" => count }.into(),
        );
        let catalog = self.doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => self.pages });
        self.doc.trailer.set("Root", catalog);
        let id = Object::string_literal("0123456789abcdef");
        self.doc.trailer.set("ID", vec![id.clone(), id]);
        self.doc
    }

    pub fn bytes(self) -> Vec<u8> {
        save(self.finish())
    }

    pub fn read(self) -> Content {
        read(&self.bytes(), &ReadOptions::default()).unwrap()
    }
}

pub fn save(mut doc: Document) -> Vec<u8> {
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    out
}

/// The text of a file of one page with that content.
pub fn text_of(content: &str) -> String {
    let mut maker = Maker::new();
    maker.page(content);
    maker.read().text
}

/// The codes of all warnings.
pub fn codes(content: &Content) -> Vec<&str> {
    content.warnings.iter().map(|w| w.code.as_str()).collect()
}
