//! `baocao export RECORDS… --what tables`: the tables of the documents themselves, a file each.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};

use super::Outcome;
use super::records::Records;
use crate::batch::name::harmless;
use crate::record::Record;
use crate::tables::csv::{BOM, Separated};
use crate::tables::flat::Cell;
use crate::tables::sheets;

/// Writes every table of the records: into a folder, a file each, or one under the other.
///
/// # Errors
/// Another form than CSV or TSV, and an output that cannot be written.
pub fn write(
    records: &Records,
    output: Option<&Path>,
    (format, bom): (&str, bool),
) -> anyhow::Result<Outcome> {
    let Some(form) = Separated::named(format, bom) else {
        bail!("tables of documents have columns of their own: --format csv or tsv");
    };
    let made = |record: Record| -> std::io::Result<Vec<Made>> {
        sheets::of(&record).iter().map(|sheet| Made::new(&record, sheet, form)).collect()
    };
    let Some(dir) = output else {
        return records.output(None)?.write(|out| {
            let mut out = BufWriter::with_capacity(1 << 16, out);
            if form == Separated::Sheet {
                out.write_all(BOM)?;
            }
            let outcome = records.each(made, |tables| {
                tables?
                    .iter()
                    .try_for_each(|t| out.write_all(&t.title).and_then(|()| out.write_all(&t.bytes)))
            })?;
            out.flush()?;
            Ok(outcome)
        });
    };
    let shown = dir.display().to_string();
    fs::create_dir_all(dir)
        .with_context(|| format!("cannot make the folder {shown}; of tables -o names one"))?;
    let extension = if form == Separated::Tsv { "tsv" } else { "csv" };
    let mut written = 0_u64;
    let outcome = records.each(made, |tables| {
        for table in tables? {
            let path = dir.join(format!("{}.{extension}", table.name));
            let part = dir.join(format!("{}.part", table.name));
            let mark: &[u8] = if form == Separated::Sheet { BOM } else { b"" };
            fs::write(&part, [mark, &table.bytes].concat())?;
            fs::rename(&part, &path)?;
            written += 1;
        }
        Ok(())
    })?;
    if !records.quiet {
        super::say(&format!("{written} tables in {}", harmless(&shown)));
    }
    Ok(outcome)
}

/// One table, written.
struct Made {
    /// Name of its file without the extension.
    name: String,
    /// What stands before it where several are written one after the other.
    title: Vec<u8>,
    bytes: Vec<u8>,
}

impl Made {
    fn new(record: &Record, sheet: &sheets::Sheet<'_>, form: Separated) -> std::io::Result<Self> {
        let (mut title, mut bytes) = (Vec::new(), Vec::new());
        let number = Cell::Made(sheet.number.to_string());
        let caption = sheet.caption.map_or(Cell::Null, Cell::Text);
        form.rows(
            [vec![Cell::Text("# table"), Cell::Text(&record.source.path), number, caption]],
            &mut title,
        )?;
        form.rows(std::iter::once(sheet.head()).chain(sheet.rows()), &mut bytes)?;
        let name = format!("{}-{}-t{}", stem(&record.source.path), record.id, sheet.number);
        Ok(Self { name, title, bytes })
    }
}

/// The name of a file without its extension, of letters, digits and hyphens only.
fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let stem: String = stem.chars().take(60).map(plain).collect();
    if stem.is_empty() { "table".into() } else { stem }
}
