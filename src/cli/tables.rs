//! All tables as the output: a folder of files, or one database file that has its name when it is whole.

use std::fs;
use std::path::{Path, PathBuf};

use crate::batch::name::{self, harmless};
use crate::tables::folder::Folder;
use crate::tables::rows::TableSet;
use crate::tables::{FORMATS, Kind};
use anyhow::{Context, bail};
use clap::builder::PossibleValuesParser;

use super::output::{Output, Sources};

/// The names of the forms that satisfy a condition, as the command line takes them.
pub fn names(takes: impl Fn(&Kind) -> bool) -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().filter(|f| takes(&f.1)).map(|f| f.0))
}

/// Where all tables go.
pub struct Tables {
    set: Box<dyn TableSet>,
    /// A file in the making, and what it becomes.
    file: Option<(tempfile::TempPath, Output, PathBuf)>,
    shown: String,
}

impl Tables {
    /// Opens the tables of a form.
    ///
    /// # Errors
    /// A folder or file that cannot be written, or is an input.
    pub fn open(
        (format, kind): (&'static str, Kind),
        path: Option<&Path>,
        sources: Sources<'_>,
    ) -> anyhow::Result<Self> {
        let Some(path) = path else {
            bail!("all tables as {format} go into a {}; name it with -o", place(&kind));
        };
        let shown = harmless(&path.display().to_string());
        let cannot = || format!("cannot write {shown}");
        let (set, file): (Box<dyn TableSet>, _) = match kind {
            Kind::Table(make) => {
                if fs::metadata(path).is_ok_and(|m| !m.is_dir()) {
                    bail!("{shown} is a file; the tables go into a folder");
                }
                (Box::new(Folder::create(path, format, make).with_context(cannot)?), None)
            }
            Kind::Set(make) => {
                let output = Output::new(Some(path), sources)?.unless_document(sources)?;
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
                let mut builder = tempfile::Builder::new();
                builder.prefix(name::TEMPORARY).suffix(name::PART);
                #[cfg(unix)]
                builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask
                let file = builder.tempfile_in(folder.unwrap_or(Path::new("."))).with_context(cannot)?;
                let file = file.into_temp_path();
                let set = make(&file).with_context(cannot)?;
                (set, Some((file, output, path.to_path_buf())))
            }
            Kind::Entries(_) | Kind::Sheet(_) => bail!("{format} does not hold all tables"),
        };
        Ok(Self { set, file, shown })
    }

    /// Takes the rows.
    pub fn set(&mut self) -> &mut dyn TableSet {
        self.set.as_mut()
    }

    /// Puts everything into its place.
    ///
    /// # Errors
    /// What writing gives.
    pub fn finish(self) -> anyhow::Result<()> {
        let cannot = || format!("cannot write {}", self.shown);
        self.set.finish().with_context(cannot)?;
        if let Some((file, output, path)) = self.file {
            let path = fs::canonicalize(&path).unwrap_or(path); // a link is written through
            output.replace(&file, &path).with_context(cannot)?;
            let _ = file.keep(); // it has another name now, or was copied
        }
        Ok(())
    }
}

fn place(kind: &Kind) -> &'static str {
    if matches!(kind, Kind::Set(_)) { "file" } else { "folder" }
}
