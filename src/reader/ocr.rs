//! Scans: text by optical character recognition, with the tools of the machine (`pdftoppm` and `tesseract` with the
//! language `vie`). In comes a PDF without text, out go its pages as read, laid out by the places of their words. Only on request (`--ocr`): recognition costs
//! about two seconds a page and its figures want a look.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::pdf::Recognised;
use super::{Content, ReadOptions};
use crate::error::Error;
use crate::record::{TextSource, Warning};

/// Resolution of the raster, in dots per inch: at 200 Tesseract loses the hooks of Vietnamese letters.
const DPI: u16 = 300;
/// Longest time for one page.
const PAGE_TIME: Duration = Duration::from_secs(120);
/// How often a running tool is looked at.
const POLL: Duration = Duration::from_millis(10);

/// Reads a scanned PDF.
///
/// # Errors
/// A missing tool, pages above the limit, a tool that fails or runs too long, pages without any text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let dir = tempfile::tempdir()?;
    let pdf = dir.path().join("scan.pdf");
    std::fs::write(&pdf, bytes)?;
    let mut recognised = Recognised::default();
    let mut pages = 0;
    while let Some(image) = raster(&pdf, pages + 1, options.password.as_deref())? {
        if pages == options.limits.pages {
            return Err(Error::TooLarge(format!(
                "more pages than the limit pages, {}",
                options.limits.pages
            )));
        }
        pages += 1;
        recognised.page(&recognise(&image)?, f32::from(DPI));
        std::fs::remove_file(&image)?;
    }
    let (text, tables, marks) = recognised.finish();
    if text.trim().is_empty() {
        return Err(Error::NoText("it is scanned, and recognition (OCR) found no letters either".into()));
    }
    Ok(Content {
        format: "pdf",
        text,
        pages,
        text_source: TextSource::Ocr,
        tables,
        marks,
        warnings: vec![Warning {
            code: "ocr".into(),
            message:
                "the text was read from the picture of the pages (OCR); compare figures with the original"
                    .into(),
        }],
        ..Content::default()
    })
}

/// The picture of one page; `None` beyond the last.
fn raster(pdf: &Path, page: usize, password: Option<&str>) -> Result<Option<std::path::PathBuf>, Error> {
    let target = pdf.with_file_name(format!("page-{page}"));
    let number = page.to_string();
    let mut command = Command::new("pdftoppm");
    let dpi = DPI.to_string();
    command.args(["-r", &dpi, "-gray", "-png", "-singlefile", "-f", &number, "-l", &number]);
    if let Some(password) = password {
        command.args(["-upw", password]);
    }
    command.arg(pdf).arg(&target);
    let done = run("pdftoppm", "poppler-utils", &mut command);
    let image = target.with_extension("png");
    match done {
        Ok(_) if image.exists() => Ok(Some(image)),
        Ok(_) => Ok(None),
        // Beyond the last page pdftoppm fails ("wrong page range").
        Err(Error::Damaged(_)) if page > 1 => Ok(None),
        Err(error) => Err(error),
    }
}

/// The words of one picture with their places, as a table.
fn recognise(image: &Path) -> Result<String, Error> {
    let mut command = Command::new("tesseract");
    // One thread a page: documents run side by side already.
    command.arg(image).args(["stdout", "-l", "vie", "tsv"]).env("OMP_THREAD_LIMIT", "1");
    let out = run("tesseract", "tesseract-ocr and tesseract-ocr-vie", &mut command)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Runs a tool, bounded in time, and returns what it prints.
fn run(tool: &str, package: &str, command: &mut Command) -> Result<Vec<u8>, Error> {
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = spawned.map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Error::Unsupported(format!(
            "a scan; --ocr needs {tool}, which is not on this machine (install {package})"
        )),
        _ => Error::Io(format!("{tool}: {e}")),
    })?;
    let pipe = child.stdout.take();
    let reader = std::thread::spawn(move || {
        let mut out = Vec::new();
        if let Some(mut pipe) = pipe {
            // What was read before a failure is all there is; the exit code tells of the failure.
            let _ = pipe.read_to_end(&mut out);
        }
        out
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > PAGE_TIME {
            child.kill()?;
            child.wait()?;
            return Err(Error::Timeout(format!(
                "{tool} worked longer than {} s on a page",
                PAGE_TIME.as_secs()
            )));
        }
        std::thread::sleep(POLL);
    };
    let out = reader.join().unwrap_or_default();
    if status.success() { Ok(out) } else { Err(Error::Damaged(format!("{tool} could not read a page"))) }
}
