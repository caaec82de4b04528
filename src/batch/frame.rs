//! What goes over the pipes between the program and its worker processes, in frames of plain bytes: the setup, then
//! batches of tasks one way, and one reply a task the other way.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::document::Outcome;
use crate::extract::Options;
use crate::record::ErrorBody;

/// Longest field of a frame: a document on standard input, a record.
const LONGEST: u64 = 8 << 30;

/// What a worker is told at its start.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setup {
    /// How documents are read; the password goes this way and on no command line.
    pub options: Options,
    /// The user's folder of pattern files.
    pub patterns: Option<PathBuf>,
    /// Name of the output format.
    pub format: String,
    /// Whether it is indented.
    pub pretty: bool,
    /// How many pages all workers recognise at once (OCR), and the folder over which they agree.
    pub gate: Option<(usize, PathBuf)>,
}

/// One document to extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// A file; `named` if the user named it rather than a folder above it.
    File {
        /// Where it is.
        path: PathBuf,
        /// Whether the user named it.
        named: bool,
    },
    /// The bytes of standard input.
    Bytes(Vec<u8>),
    /// The bytes of a file in an archive.
    Member {
        /// Its path.
        path: PathBuf,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// Writes a setup.
///
/// # Errors
/// What writing gives.
pub fn write_setup(out: &mut impl Write, setup: &Setup) -> io::Result<()> {
    put(out, &serde_json::to_vec(setup)?)?;
    out.flush()
}

/// Reads a setup.
///
/// # Errors
/// What reading gives, and a broken frame.
pub fn read_setup(source: &mut impl Read) -> io::Result<Setup> {
    Ok(serde_json::from_slice(&take(source)?)?)
}

/// Writes a batch of tasks.
///
/// # Errors
/// What writing gives.
pub fn write_tasks<'t>(
    out: &mut impl Write,
    tasks: impl ExactSizeIterator<Item = &'t Task>,
) -> io::Result<()> {
    number(out, tasks.len() as u64)?;
    for task in tasks {
        match task {
            Task::File { path, named } => {
                out.write_all(&[u8::from(*named)])?;
                put(out, &super::name::raw(path))?;
            }
            Task::Bytes(bytes) => {
                out.write_all(&[2])?;
                put(out, bytes)?;
            }
            Task::Member { path, bytes } => {
                out.write_all(&[3])?;
                put(out, &super::name::raw(path))?;
                put(out, bytes)?;
            }
        }
    }
    out.flush()
}

/// Reads a batch of tasks; `None` where the pipe ends before it.
///
/// # Errors
/// What reading gives.
pub fn read_tasks(source: &mut impl Read) -> io::Result<Option<Vec<Task>>> {
    let count = match read_number(source) {
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        count => count?,
    };
    let mut tasks = Vec::new();
    for _ in 0..count {
        let tag = byte(source)?;
        let bytes = take(source)?;
        tasks.push(match tag {
            2 => Task::Bytes(bytes),
            3 => Task::Member { path: super::name::path_of(&bytes), bytes: take(source)? },
            named => Task::File { path: super::name::path_of(&bytes), named: named == 1 },
        });
    }
    Ok(Some(tasks))
}

/// Writes the reply to one task.
///
/// # Errors
/// What writing gives.
pub fn write_reply(out: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    match outcome {
        Outcome::Passed(what) => {
            out.write_all(&[0])?;
            put(out, what.as_bytes())?;
        }
        Outcome::Kept(_) => return Err(io::ErrorKind::InvalidInput.into()), // no worker keeps anything
        Outcome::Entry { encoded, id, items, bytes, scan, error, .. } => {
            out.write_all(&[1, u8::from(*scan), u8::from(error.is_some())])?;
            number(out, id.unwrap_or(0))?;
            number(out, *items)?;
            number(out, *bytes)?;
            if let Some(error) = error {
                put(out, error.code.as_bytes())?;
                put(out, error.message.as_bytes())?;
            }
            put(out, encoded)?;
        }
    }
    out.flush()
}

/// Reads the reply to one task.
///
/// # Errors
/// What reading gives; the end of the pipe, when the worker died.
pub fn read_reply(source: &mut impl Read) -> io::Result<Outcome> {
    if byte(source)? == 0 {
        return Ok(Outcome::Passed(text(source)?));
    }
    let (scan, failed) = (byte(source)? == 1, byte(source)? == 1);
    let id = Some(read_number(source)?).filter(|id| *id != 0);
    let (items, bytes) = (read_number(source)?, read_number(source)?);
    let error = if failed { Some(ErrorBody { code: text(source)?, message: text(source)? }) } else { None };
    Ok(Outcome::Entry { encoded: take(source)?, id, items, bytes, scan, error, took: Duration::ZERO })
}

/// Writes one field.
///
/// # Errors
/// What writing gives.
pub fn put(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    number(out, bytes.len() as u64)?;
    out.write_all(bytes)
}

/// Reads one field; memory grows with what comes, not with what is announced.
///
/// # Errors
/// What reading gives.
pub fn take(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = read_number(source)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(1 << 20)).unwrap_or(0));
    source.take(length.min(LONGEST)).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn text(source: &mut impl Read) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&take(source)?).into_owned())
}

fn number(out: &mut impl Write, n: u64) -> io::Result<()> {
    out.write_all(&n.to_le_bytes())
}

fn read_number(source: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    source.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn byte(source: &mut impl Read) -> io::Result<u8> {
    let mut bytes = [0; 1];
    source.read_exact(&mut bytes)?;
    let [byte] = bytes;
    Ok(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_and_replies_come_back_as_they_went() {
        let tasks = [
            Task::File { path: "a/b.txt".into(), named: true },
            Task::Bytes("Số: 1".into()),
            Task::Member { path: "a.zip!/b".into(), bytes: vec![0, 1] },
        ];
        let mut pipe = Vec::new();
        write_tasks(&mut pipe, tasks.iter()).unwrap();
        let mut source = pipe.as_slice();
        assert_eq!(read_tasks(&mut source).unwrap(), Some(tasks.to_vec()));
        assert_eq!(read_tasks(&mut source).unwrap(), None, "the end");
        let error = Some(ErrorBody { code: "damaged".into(), message: "câu".into() });
        let entry = Outcome::Entry {
            encoded: b"{}\n".to_vec(),
            id: Some(7),
            items: 3,
            bytes: 4,
            scan: true,
            error,
            took: Duration::ZERO,
        };
        for outcome in [entry, Outcome::Passed(".jpg".into())] {
            let mut pipe = Vec::new();
            write_reply(&mut pipe, &outcome).unwrap();
            assert_eq!(read_reply(&mut pipe.as_slice()).unwrap(), outcome);
            pipe.pop();
            assert!(read_reply(&mut pipe.as_slice()).is_err(), "a worker that died in the middle");
        }
    }
}
