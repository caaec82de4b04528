//! Where data goes: standard output, or a file that is written whole or not at all. An output that would replace what
//! the user gave to read is refused before anything is done (`baocao extract -o *.docx *.pdf`).

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::batch::name::{Identity, harmless, is_own};
use crate::batch::{Found, Input, Walk, is_passed_over};
use crate::reader::kind;
use anyhow::{Context, bail};

use super::open::is_stdout_closed;

/// Size of the buffers before files and pipes.
const BUFFER: usize = 1 << 16;

/// An output that may be written.
#[derive(Debug)]
pub struct Output {
    path: Option<PathBuf>,
}

/// What the program reads, none of which may be written over.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// Documents, folders and files of records.
    pub inputs: &'a [Input],
    /// Whether hidden files are read too.
    pub hidden: bool,
    /// Other files: lists, journals.
    pub others: &'a [&'a Path],
}

impl Output {
    /// Checks an output against what is read; nothing is opened yet.
    ///
    /// # Errors
    /// An output that is an input, a folder, or a file without permission to write; a closed standard output.
    pub fn new(path: Option<&Path>, sources: Sources<'_>) -> anyhow::Result<Self> {
        match path {
            None if is_stdout_closed() => bail!("the standard output is not open; name a file with -o"),
            None => refuse_input(&stdout_file(), "the standard output", sources)?,
            Some(path) => {
                let shown = harmless(&path.display().to_string());
                refuse_input(&Identity::of(path), &shown, sources)?;
                refuse_unwritable(path).with_context(|| format!("cannot write {shown}"))?;
            }
        }
        Ok(Self { path: path.map(Path::to_path_buf) })
    }

    /// No file at all: nothing will be written.
    pub fn none() -> Self {
        Self { path: None }
    }

    /// Refuses a file that holds a document, though none of the inputs: of `-o *.docx` the shell makes `-o` and the
    /// first document.
    ///
    /// # Errors
    /// Such a file.
    pub fn unless_document(self, sources: Sources<'_>) -> anyhow::Result<Self> {
        let Some(path) = self.path.as_deref().filter(|p| p.is_file()) else { return Ok(self) };
        let mut head = Vec::new();
        fs::File::open(path)
            .and_then(|f| f.take(kind::HEAD as u64).read_to_end(&mut head))
            .unwrap_or_default();
        let extension = |p: &Path| p.extension().map(|e| e.to_string_lossy().to_lowercase());
        let named = sources.inputs.iter().filter_map(|i| if let Input::Path(p) = i { Some(p) } else { None });
        let same_kind = |p: &Path| {
            crate::batch::promises_document(p) && named.clone().any(|n| extension(n) == extension(p))
        };
        let is_document = head.starts_with(b"%PDF-") || kind::is_office(&head) || kind::is_picture(&head);
        if is_document || (!head.is_empty() && !is_own(&head) && same_kind(path)) {
            let shown = harmless(&path.display().to_string());
            bail!(
                "{shown} holds a document that baocao did not write; remove it first, or write to another name"
            );
        }
        Ok(self)
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The file, if it is a regular one or will be.
    pub fn file(&self) -> Option<&Path> {
        self.path().filter(|path| !path.exists() || path.is_file())
    }

    /// Puts a finished file into its place, under the mode and owner of the one it replaces.
    ///
    /// # Errors
    /// What the system gives.
    pub fn replace(&self, file: &Path, path: &Path) -> io::Result<()> {
        replace(file, path)
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// What opening, the writer and finishing give.
    pub fn write<T>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        self.write_if(write, |_| true)
    }

    /// The same, but a file is left as it was where the result says that it is not whole.
    ///
    /// # Errors
    /// What opening, the writer and finishing give.
    pub fn write_if<T>(
        &self,
        write: impl FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<T>,
        is_whole: impl FnOnce(&T) -> bool,
    ) -> anyhow::Result<T> {
        let Some(path) = &self.path else {
            let mut out = BufWriter::with_capacity(BUFFER, io::stdout());
            let result = write(&mut out)?;
            out.flush().context("writing to the standard output")?;
            return Ok(result);
        };
        let cannot = || format!("cannot write {}", harmless(&path.display().to_string()));
        let mut target = Target::open(path).with_context(cannot)?;
        let result = write(target.writer()).with_context(cannot)?;
        if is_whole(&result) {
            target.finish().with_context(cannot)?;
        }
        Ok(result)
    }
}

/// Refuses an output that is one of the files to be read.
fn refuse_input(output: &Option<Identity>, shown: &str, sources: Sources<'_>) -> anyhow::Result<()> {
    let Some(output) = output else { return Ok(()) };
    let is_output = |path: &Path| Identity::of(path).as_ref() == Some(output);
    let others = sources.others.iter().any(|p| is_output(p));
    let read = |found: Found| match found {
        Found::File { path, named } => is_output(&path) && (named || !is_passed_over(&path)),
        _ => false,
    };
    if others || Walk::new(sources.inputs, sources.hidden).any(read) {
        bail!("{shown} is one of the inputs, and would be lost; write to another name");
    }
    Ok(())
}

/// The file behind the standard output, if there is one.
#[cfg(unix)]
fn stdout_file() -> Option<Identity> {
    Identity::of(Path::new("/dev/stdout"))
}

#[cfg(not(unix))]
fn stdout_file() -> Option<Identity> {
    None
}

/// Refuses a folder, and a file that may not be written: replacing it would not ask.
fn refuse_unwritable(path: &Path) -> anyhow::Result<()> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => bail!("it is a folder"),
        Ok(meta) if meta.is_file() => {
            if meta.permissions().readonly() {
                bail!("permission denied: the file is protected against writing");
            }
            fs::OpenOptions::new().write(true).open(path)?;
        }
        Err(_) => refuse_without_folder(path)?,
        _ => {}
    }
    Ok(())
}

fn refuse_without_folder(path: &Path) -> anyhow::Result<()> {
    let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty() && !p.exists()) else {
        return Ok(());
    };
    let shown = harmless(&folder.display().to_string());
    bail!("the folder {shown} does not exist\n  hint: make it first: mkdir -p {shown}")
}

/// The output file. A regular file is written beside its final place and renamed at the end, so that it is never
/// half written; a device or pipe is written directly.
enum Target {
    Beside { file: BufWriter<tempfile::NamedTempFile>, path: PathBuf },
    Direct(BufWriter<fs::File>),
}

impl Target {
    fn open(path: &Path) -> anyhow::Result<Self> {
        // A link is written through, not replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        if fs::metadata(&path).is_ok_and(|m| !m.is_file()) {
            return Ok(Self::Direct(BufWriter::new(fs::OpenOptions::new().write(true).open(&path)?)));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(crate::batch::name::TEMPORARY).suffix(crate::batch::name::PART);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask, as usual
        let file = BufWriter::with_capacity(BUFFER, builder.tempfile_in(folder)?);
        Ok(Self::Beside { file, path })
    }

    fn writer(&mut self) -> &mut (dyn Write + Send) {
        match self {
            Self::Beside { file, .. } => file,
            Self::Direct(file) => file,
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Direct(mut file) => file.flush(),
            Self::Beside { file, path } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                let file = file.into_temp_path();
                replace(&file, &path)?;
                let _ = file.keep(); // it has another name now, or was copied
                Ok(())
            }
        }
    }
}

/// Puts a finished file into its place, under the mode and owner of the one it replaces.
fn replace(file: &Path, path: &Path) -> io::Result<()> {
    if let Ok(before) = fs::metadata(path)
        && !take_over(file, &before)
    {
        // The owner cannot be given to a new file: the old one is written anew instead.
        let mut target = fs::OpenOptions::new().write(true).truncate(true).open(path)?;
        io::copy(&mut fs::File::open(file)?, &mut target)?;
        target.sync_all()?;
        return fs::remove_file(file);
    }
    fs::rename(file, path)
}

/// Gives a file the mode and the owner of another; whether that could be done.
fn take_over(path: &Path, of: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = fs::metadata(path).is_ok_and(|m| (m.uid(), m.gid()) == (of.uid(), of.gid()));
        if !own && std::os::unix::fs::chown(path, Some(of.uid()), Some(of.gid())).is_err() {
            return false;
        }
    }
    fs::set_permissions(path, of.permissions()).is_ok()
}
