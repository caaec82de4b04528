//! Stage 1: presentations (.pptx). The texts of the slides in their order, one page a slide, and their tables.

use quick_xml::events::BytesStart;

use super::flow::{Flow, Grid, GridCell, GridRow};
use super::office;
use super::package::Package;
use super::paragraph::{OldFonts, Paragraph, Run};
use super::xml::{Visit, attribute, walk};
use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut package = Package::zip(bytes, options.limits.stream_bytes)?;
    let number = |name: &str| -> Option<u32> {
        name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse().ok()
    };
    let mut slides: Vec<(u32, String)> =
        package.names().into_iter().filter_map(|name| Some((number(&name)?, name))).collect();
    slides.sort_unstable();
    if slides.len() > options.limits.pages {
        let limit = options.limits.pages;
        return Err(Error::TooLarge(format!("{} slides, limit pages is {limit}", slides.len())));
    }
    let mut flow = Flow::default();
    let mut fonts = OldFonts::default();
    for (_, name) in &slides {
        let mut slide = Slide { fonts: std::mem::take(&mut fonts), ..Slide::default() };
        // A broken slide as far as it goes.
        let _ = walk(&package.part(name)?.unwrap_or_default(), &mut slide);
        fonts = slide.fonts;
        flow.page_break();
        flow.append(slide.flow, 1);
        options.limits.check_text(&flow.text)?;
    }
    let charset = fonts.charset();
    let empty = "the slides show no text, or pictures only";
    office::content("pptx", (flow, charset), empty, package.warnings(), options)
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, b"ppt/slides/slide").is_some()
}

#[derive(Default)]
struct Slide {
    flow: Flow,
    table: Option<Grid>,
    cell: Option<GridCell>,
    paragraph: Option<Paragraph>,
    fonts: OldFonts,
    in_text: bool,
}

impl Visit for Slide {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match (name, &mut self.paragraph) {
            ("tbl", _) => self.table = Some(Grid::default()),
            ("tr", _) => self.table.iter_mut().for_each(|t| t.rows.push(GridRow::default())),
            ("tc", _) => {
                let is_covered = |name| attribute(element, name).is_some_and(|v| v == "1" || v == "true");
                let span = |name| attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or(1_usize);
                let covered = is_covered("hMerge") || is_covered("vMerge");
                let (columns, rows) = (span("gridSpan").clamp(1, 64), span("rowSpan").clamp(1, 1000));
                self.cell = (!covered).then(|| GridCell { columns, rows, ..GridCell::default() });
            }
            ("p", _) => self.paragraph = Some(Paragraph::open()),
            ("br", Some(paragraph)) => paragraph.line_break(false),
            ("rPr", Some(paragraph)) => {
                let raised =
                    attribute(element, "baseline").is_some_and(|b| b.parse::<i32>().is_ok_and(|b| b > 0));
                paragraph.run = Some(Run { superscript: raised, ..Run::default() });
            }
            ("latin", Some(Paragraph { run: Some(run), .. })) => run.font = attribute(element, "typeface"),
            ("t", _) => self.in_text = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => {
                let flow = self.cell.as_mut().map_or(&mut self.flow, |cell| &mut cell.flow);
                if let Some(paragraph) = self.paragraph.take() {
                    paragraph.write(None, None, &mut self.fonts, flow);
                }
            }
            "tc" => {
                let row = self.table.as_mut().and_then(|t| t.rows.last_mut());
                if let (Some(row), Some(cell)) = (row, self.cell.take()) {
                    row.cells.push(cell);
                }
            }
            "tbl" => {
                if let Some(table) = self.table.take() {
                    self.flow.append(table.finish(), 2);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.paragraph.iter_mut().for_each(|p| p.text(text));
        }
    }
}
