//! Scans: text by optical character recognition (OCR), with tools of the machine: `pdftoppm` makes the picture of a
//! page, `tesseract` with the language `vie` reads it.
//!
//! In: a document, the numbers of the pages that need it, the bounds. Out: the words of each page with their places and
//! how sure recognition is of them, and why pages are missing. Pages are read side by side; what is read is kept
//! though others fail or time runs out.

mod blanks;
mod cache_key;
mod capitals;
mod gate;
mod lost;
mod marks;
mod pairs;
pub(super) mod picture;
mod raster;
mod report;
mod second;
mod specks;
mod strips;
mod tool;
mod turned;
mod twins;
mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::cache::Cache;
pub use gate::Gate;
use raster::Gray;
pub(super) use report::Unread;
use tool::{Failure, PDFTOPPM, TESSERACT};
pub(super) use words::{Page, Word};

/// Resolution of the picture, in dots per inch: of 200, 225, 250, 275, 300 and 400 the one with the fewest errors.
const DPI: f32 = 250.0;
/// Most dots of a picture: an A3 page at full resolution has 12 million.
const MOST_DOTS: f32 = 40e6;
/// Most bytes of a table of words: a dense page has 100 kB.
const MOST_WORDS: usize = 64 << 20;
/// Points an inch.
const POINTS: f32 = 72.0;

/// Which pages are recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum Mode {
    /// None.
    #[default]
    Off,
    /// Those that have no text of their own: scans, also under a signature stamp or a garbage layer, and pages whose
    /// fonts do not say which characters they show.
    Auto,
    /// All, whatever text they have.
    Force,
}

/// How pages are recognised: which, and within what bounds.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Ocr {
    /// Which pages.
    pub mode: Mode,
    /// Longest time for one page.
    pub page_time: Duration,
    /// Longest time for all pages of one document; those that are read by then are kept.
    pub document_time: Option<Duration>,
    /// How many pages are recognised at once, over all documents that share the gate.
    #[serde(skip)]
    pub gate: Gate,
}

impl Default for Ocr {
    fn default() -> Self {
        Self {
            mode: Mode::Off,
            page_time: Duration::from_secs(120),
            document_time: None,
            gate: Gate::default(),
        }
    }
}

impl Ocr {
    /// What records say of it: nothing where it is off, else which pages, and the engine where it has read some.
    pub(crate) fn shown(&self, recognised: &[super::Recognised]) -> BTreeMap<String, String> {
        let mut shown = BTreeMap::new();
        if self.mode != Mode::Off {
            shown.insert("ocr".to_owned(), self.mode.name().to_owned());
        }
        if !recognised.is_empty() {
            shown.insert("ocr_engine".to_owned(), engine().to_owned());
        }
        shown
    }
}

impl Mode {
    /// Its name on the command line and in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Auto => "auto",
            Self::Force => "force",
        }
    }
}

/// The document whose pages are recognised.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    /// A PDF that opens without a password.
    Pdf(&'a [u8]),
    /// A picture file, of one or more pages.
    Picture(&'a [u8]),
}

/// A page to recognise: its number from 1 and its size in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) number: usize,
    pub(super) size: (f32, f32),
}

/// What came of the pages.
#[derive(Debug, Default)]
pub(super) struct Recognition {
    /// What was read, by page number.
    pub(super) pages: BTreeMap<usize, Page>,
    /// Why the others were not.
    pub(super) unread: BTreeMap<usize, Unread>,
}

/// Recognises pages of a document.
pub(super) fn recognise(
    source: Source<'_>,
    wanted: &[Wanted],
    options: &Ocr,
    cache: Option<&Cache>,
) -> Recognition {
    let deadline = options.document_time.and_then(|time| Instant::now().checked_add(time));
    let work = Work { source, options, deadline, kept: cache_key::Kept::new(cache, source) };
    let next = AtomicUsize::new(0);
    let (sender, results) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..options.gate.places().min(wanted.len()) {
            let (sender, work, next) = (sender.clone(), &work, &next);
            scope.spawn(move || {
                while let Some(page) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // The other end is gone only when nobody waits for the result any more.
                    let _ = sender.send((page.number, work.page(*page)));
                }
            });
        }
        drop(sender);
        let mut recognition = Recognition::default();
        for (number, result) in results {
            match result {
                Ok(mut page) => {
                    // After the cache, so that kept pages outlive new pairs.
                    specks::drop(&mut page);
                    marks::mend(&mut page);
                    recognition.pages.insert(number, page);
                }
                Err(why) => {
                    recognition.unread.insert(number, why);
                }
            }
        }
        recognition
    })
}

/// What all pages of a document share.
struct Work<'a> {
    source: Source<'a>,
    options: &'a Ocr,
    deadline: Option<Instant>,
    kept: cache_key::Kept<'a>,
}

impl Work<'_> {
    /// One page, kept or read anew.
    fn page(&self, wanted: Wanted) -> Result<Page, Unread> {
        if let Some(page) = self.kept.get(wanted) {
            return Ok(page);
        }
        let _place = self.options.gate.enter();
        let now = Instant::now();
        if self.deadline.is_some_and(|deadline| now >= deadline) {
            return Err(Unread::DocumentLate);
        }
        let page_end = now.checked_add(self.options.page_time);
        let end = [self.deadline, page_end].into_iter().flatten().min();
        let end = end.unwrap_or_else(|| now + Duration::from_secs(86_400));
        let page = self.read(wanted, end).map_err(|failure| match failure {
            Failure::Missing(tool) => Unread::Missing { tool: tool.name, package: tool.package },
            Failure::Failed(tool) => Unread::Failed(tool.name),
            Failure::Late if self.deadline == Some(end) => Unread::DocumentLate,
            Failure::Late => Unread::PageLate,
        })?;
        self.kept.put(wanted, &page);
        Ok(page)
    }

    fn read(&self, wanted: Wanted, end: Instant) -> Result<Page, Failure> {
        match self.source {
            Source::Pdf(bytes) => {
                let dpi = resolution(wanted.size);
                let gray = raster(bytes, wanted.number, dpi, 0, end)?;
                let size = (gray.width as f32, gray.height as f32);
                if gray.is_blank() {
                    return Ok(Page { width: size.0, height: size.1, dpi, ..Page::default() });
                }
                let page = first(&gray, dpi, end)?;
                let (gray, page) = upright(bytes, wanted.number, gray, page, end)?;
                again(&gray, page, end)
            }
            Source::Picture(bytes) => {
                let number = format!("tessedit_page_number={}", wanted.number - 1);
                let mut page = words(&["-c", &number], bytes, POINTS, end)?;
                // What a picture says of its resolution is often wrong: it is taken for a sheet of the common width.
                page.dpi = POINTS * page.width.max(1.0) / wanted.size.0;
                picture_upright(bytes, &number, page, end)
            }
        }
    }
}

/// The first look at the picture of a page.
fn first(gray: &Gray, dpi: f32, end: Instant) -> Result<Page, Failure> {
    words(&["--dpi", &(dpi as u32).to_string()], &gray.to_pgm(), dpi, end)
}

/// The picture and the words of a page that lies on its side or upside down, set upright; others as they are.
fn upright(pdf: &[u8], number: usize, gray: Gray, page: Page, end: Instant) -> Result<(Gray, Page), Failure> {
    for &turn in turned::turns(&page) {
        // Made anew: lines down the page are others when it stands upright.
        let look = raster(pdf, number, page.dpi, turn, end).and_then(|gray| {
            let page = first(&gray, page.dpi, end)?;
            Ok((gray, Page { turn, ..page }))
        });
        match look {
            Ok((gray, turned)) if turned::is_better(&page, &turned) => return Ok((gray, turned)),
            // What time allows decides on no reading.
            Err(Failure::Late) => return Err(Failure::Late),
            _ => {}
        }
    }
    Ok((gray, page))
}

/// The same for a picture file, which recognition itself can turn; its words stand as on the file.
fn picture_upright(picture: &[u8], number: &str, page: Page, end: Instant) -> Result<Page, Failure> {
    if turned::turns(&page).is_empty() {
        return Ok(page);
    }
    match words(&["-c", number, "--psm", "1"], picture, page.dpi, end) {
        Ok(look) => {
            let turn = turned::by_order(&look);
            let turned = look.turned(turn);
            Ok(if turned::is_better(&page, &turned) { turned } else { page })
        }
        Err(Failure::Late) => Err(Failure::Late),
        Err(_) => Ok(page),
    }
}

/// Dots an inch for a page of a size in points.
fn resolution((width, height): (f32, f32)) -> f32 {
    let dots = (width / POINTS * DPI) * (height / POINTS * DPI);
    (DPI * (MOST_DOTS / dots.max(1.0)).sqrt().min(1.0)).floor().max(20.0)
}

/// The picture of one page after quarter turns clockwise, ready for recognition.
fn raster(pdf: &[u8], number: usize, dpi: f32, turn: u8, end: Instant) -> Result<Gray, Failure> {
    let (number, dots) = (number.to_string(), (dpi as u32).to_string());
    let args = ["-q", "-r", &dots, "-cropbox", "-f", &number, "-l", &number, "-"];
    // Three bytes a dot, and some more for rounding.
    let picture = tool::run(PDFTOPPM, &args, pdf, end, MOST_DOTS as usize * 4)?;
    let mut gray = Gray::from_pnm(&picture).ok_or(Failure::Failed(PDFTOPPM))?.turned(turn);
    gray.wipe_lines(dpi as usize);
    gray.wipe_dust(dpi as usize);
    Ok(gray)
}

/// The page with what a second look says of its figures and of letters that the first passed over.
fn again(gray: &Gray, page: Page, end: Instant) -> Result<Page, Failure> {
    let Some(look) = second::Look::at(gray, &page) else { return Ok(page) };
    let dots = ((page.dpi * second::SCALE) as u32).to_string();
    // One block of lines.
    let args = ["--dpi", &dots, "--psm", "6"];
    // What the first look found stands though the second fails.
    Ok(match words(&args, &look.picture.to_pgm(), page.dpi, end) {
        Ok(second) => look.merge(page, second),
        Err(_) => page,
    })
}

/// The words of one picture, and the letters that recognition held possible.
fn words(args: &[&str], picture: &[u8], dpi: f32, end: Instant) -> Result<Page, Failure> {
    let args =
        [&["stdin", "stdout", "-l", "vie"], args, &["-c", "lstm_choice_mode=2", "tsv", "hocr"]].concat();
    let out = tool::run(TESSERACT, &args, picture, end, MOST_WORDS)?;
    Ok(Page::from_tsv(&String::from_utf8_lossy(&out), dpi))
}

/// The engine with its version and settings, as records name it; asked once.
pub(crate) fn engine() -> &'static str {
    static ENGINE: LazyLock<String> = LazyLock::new(|| {
        let end = Instant::now() + Duration::from_secs(20);
        let said = tool::run(TESSERACT, &["--version"], b"", end, 1 << 16).unwrap_or_default();
        let version = String::from_utf8_lossy(&said).lines().next().unwrap_or_default().trim().to_owned();
        format!("{} vie, {DPI} dpi", if version.is_empty() { TESSERACT.name } else { &version })
    });
    &ENGINE
}
