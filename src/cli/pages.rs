//! `compare --pages DIR`: the page of every document that a comparison stands on, as `view` writes it, named by the id of
//! its record. A document that is not there any more, or has other content by now, gets no page and no link.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;

use super::say;
use super::text::bytes_of;
use crate::Extractor;
use crate::batch::guarded;
use crate::tables::compare::row::Row;
use crate::tables::html::view;

/// The pages that were written.
#[derive(Debug, Default)]
pub struct Pages {
    /// From the folder of the output to that of the pages, with a slash at its end.
    folder: String,
    written: BTreeSet<String>,
}

impl Pages {
    /// What links to the page of a record; empty where there is none.
    pub fn link(&self, record: &str) -> String {
        if self.written.contains(record) { format!("{}{record}.html", self.folder) } else { String::new() }
    }
}

/// Writes a page for every document of the rows.
///
/// # Errors
/// A folder that does not lie beside the output, or cannot be written.
pub fn write(rows: &[Row], dir: &Path, output: &Path, extractor: &Extractor) -> anyhow::Result<Pages> {
    let folder = from(output, dir)?;
    std::fs::create_dir_all(dir).with_context(|| format!("--pages {}", dir.display()))?;
    let mut documents: BTreeMap<&str, &str> = BTreeMap::new();
    for origin in rows.iter().flat_map(|r| &r.sources).map(|s| &s.origin) {
        documents.entry(&origin.record).or_insert(&origin.path);
    }
    let documents: Vec<(&str, &str)> = documents.into_iter().collect();
    let made = documents.par_iter().map(|(record, path)| {
        let Some(page) = page(record, path, extractor) else { return Ok(None) };
        let file = dir.join(format!("{record}.html"));
        std::fs::write(&file, page).with_context(|| file.display().to_string())?;
        Ok(Some((*record).to_owned()))
    });
    let made: Vec<Option<String>> = made.collect::<anyhow::Result<_>>()?;
    let written: BTreeSet<String> = made.into_iter().flatten().collect();
    let missing = documents.len() - written.len();
    if missing > 0 {
        say(&format!(
            "{missing} documents could not be read again where their records name them: no page for them"
        ));
    }
    Ok(Pages { folder, written })
}

/// The page of a document that still has the content of its record.
fn page(record: &str, path: &str, extractor: &Extractor) -> Option<Vec<u8>> {
    let limit = extractor.options().read.limits.file_bytes;
    let done = guarded(|| {
        let bytes = bytes_of(Path::new(path), limit)?;
        let content = extractor.read(&bytes)?;
        Ok((extractor.extract(path, &bytes)?, content))
    });
    let (made, content) = done.ok().filter(|(made, _)| made.id == record)?;
    let mut out = Vec::new();
    view::page(&content, &made, extractor.patterns(), &mut out).ok()?;
    Some(out)
}

/// The way from the folder of the output to that of the pages.
fn from(output: &Path, dir: &Path) -> anyhow::Result<String> {
    let base: PathBuf = output.parent().map(Path::to_path_buf).unwrap_or_default();
    let base = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base };
    let plain = |p: &Path| p.components().filter(|c| *c != std::path::Component::CurDir).collect::<PathBuf>();
    let Ok(way) = plain(dir).strip_prefix(plain(&base)).map(Path::to_path_buf) else {
        bail!(
            "--pages {}: the folder must lie in that of the output, so that both can be sent on together",
            dir.display()
        );
    };
    let parts: Vec<String> = way.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(parts.iter().map(|p| format!("{p}/")).collect())
}
