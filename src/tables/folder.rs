//! All tables into one folder, a file each, with a description of them beside: [`package`]. A file has its name when it
//! is whole.

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::flat::{Cell, TABLES, Table};
use super::package::{self, Resource};
use super::rows::TableSet;
use super::{MakeTable, TableWriter};
use crate::batch::name;

/// Size of the buffer before each file.
const BUFFER: usize = 1 << 16;

/// A folder of tables in the making.
pub struct Folder {
    dir: PathBuf,
    format: &'static str,
    tables: Vec<Open>,
}

/// A table that is being written.
struct Open {
    table: Table,
    rows: u64,
    file: NamedTempFile,
    writer: Box<dyn TableWriter>,
}

impl Folder {
    /// The tables of a form in a folder, which is made where there is none.
    ///
    /// # Errors
    /// A folder that cannot be written, and one that holds a data package of somebody else.
    pub fn create(dir: &Path, format: &'static str, make: MakeTable) -> io::Result<Self> {
        if fs::read_to_string(dir.join(package::FRICTIONLESS)).is_ok_and(|text| !package::is_own(&text)) {
            return Err(io::Error::other(format!(
                "it holds a {} that baocao did not write; name another folder",
                package::FRICTIONLESS
            )));
        }
        fs::create_dir_all(dir)?;
        let open = |(_, table): &(&str, Table)| -> io::Result<Open> {
            let file = temporary(dir)?;
            let out = BufWriter::with_capacity(BUFFER, file.reopen()?);
            let writer = make(*table, Box::new(out), false)?;
            Ok(Open { table: *table, rows: 0, file, writer })
        };
        let tables = TABLES.iter().map(open).collect::<io::Result<_>>()?;
        Ok(Self { dir: dir.to_path_buf(), format, tables })
    }
}

impl TableSet for Folder {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        let Some(open) = self.tables.iter_mut().find(|open| open.table == table) else { return Ok(()) };
        open.rows += 1;
        open.writer.row(cells)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let mut resources = Vec::new();
        let mut files = Vec::new();
        for Open { table, rows, file, writer } in self.tables {
            writer.finish()?;
            file.as_file().sync_all()?;
            let (bytes, sha256) = digest(file.path())?;
            resources.push(Resource { table, format: self.format, rows, bytes, sha256 });
            files.push((file, format!("{}.{}", table.name(), self.format)));
        }
        for (file_name, text) in [
            (package::FRICTIONLESS, package::frictionless(&resources)),
            (package::CROISSANT, package::croissant(&resources)),
        ] {
            let mut file = temporary(&self.dir)?;
            file.write_all(text.as_bytes())?;
            files.push((file, file_name.to_owned()));
        }
        for (file, file_name) in files {
            file.persist(self.dir.join(file_name)).map_err(|e| e.error)?;
        }
        Ok(())
    }
}

fn temporary(dir: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(name::TEMPORARY).suffix(name::PART);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask, as usual
    builder.tempfile_in(dir)
}

/// Length and SHA-256 of a file.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    let mut file = fs::File::open(path)?;
    let (mut hash, mut length, mut buffer) = (Sha256::new(), 0, vec![0; BUFFER]);
    loop {
        let got = file.read(&mut buffer)?;
        if got == 0 {
            break;
        }
        hash.update(buffer.get(..got).unwrap_or_default());
        length += got as u64;
    }
    Ok((length, hash.finalize().iter().map(|b| format!("{b:02x}")).collect()))
}
