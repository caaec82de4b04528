//! What goes over the pipes between the program and its worker processes, in frames of plain bytes: the setup, then
//! batches of tasks one way, and one reply a task the other way.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::archive::{Held, Member, Opened};
use super::document::Outcome;
use super::name::{path_of, raw};
use crate::error::Error;
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

/// One thing to do: most often a document to extract.
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
    /// A file in an archive.
    Member(Member),
    /// No document: what an archive holds.
    Look {
        /// Where it is.
        path: PathBuf,
        /// Whether names that begin with a dot are taken too.
        hidden: bool,
    },
    /// No document: what the content of a file in an archive is known by.
    Hash(Member),
}

/// The reply to a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// What became of a document.
    Outcome(Outcome),
    /// What an archive holds.
    Opened(Opened),
    /// The SHA-256 of a file in an archive, if it could be read.
    Hash(Option<[u8; 32]>),
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
                put(out, &raw(path))?;
            }
            Task::Bytes(bytes) => {
                out.write_all(&[2])?;
                put(out, bytes)?;
            }
            Task::Member(member) => {
                out.write_all(&[3])?;
                put(out, &raw(&member.archive))?;
                put_member(out, member)?;
            }
            Task::Look { path, hidden } => {
                out.write_all(&[4 + u8::from(*hidden)])?;
                put(out, &raw(path))?;
            }
            Task::Hash(member) => {
                out.write_all(&[6])?;
                put(out, &raw(&member.archive))?;
                put_member(out, member)?;
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
            3 => Task::Member(take_member(source, path_of(&bytes).into())?),
            4 | 5 => Task::Look { path: path_of(&bytes), hidden: tag == 5 },
            6 => Task::Hash(take_member(source, path_of(&bytes).into())?),
            named => Task::File { path: path_of(&bytes), named: named == 1 },
        });
    }
    Ok(Some(tasks))
}

fn put_member(out: &mut impl Write, member: &Member) -> io::Result<()> {
    put(out, &raw(&member.path))?;
    number(out, member.size)?;
    out.write_all(&[u8::try_from(member.steps.len()).unwrap_or(u8::MAX)])?;
    member.steps.iter().try_for_each(|step| number(out, u64::from(*step)))
}

fn take_member(source: &mut impl Read, archive: Arc<Path>) -> io::Result<Member> {
    let (path, size) = (path_of(&take(source)?), read_number(source)?);
    let mut steps = Vec::new();
    for _ in 0..byte(source)? {
        steps.push(read_number(source)? as u32);
    }
    Ok(Member { path, archive, steps, size })
}

/// Writes the reply to one task.
///
/// # Errors
/// What writing gives.
pub fn write_reply(out: &mut impl Write, reply: &Reply) -> io::Result<()> {
    match reply {
        Reply::Outcome(outcome) => write_outcome(out, outcome)?,
        Reply::Opened(Opened::No) => out.write_all(&[2])?,
        Reply::Opened(Opened::Archive(held)) => {
            out.write_all(&[3])?;
            write_held(out, held)?;
        }
        Reply::Opened(Opened::Mail(held)) => {
            out.write_all(&[4])?;
            write_held(out, held)?;
        }
        Reply::Hash(None) => out.write_all(&[5])?,
        Reply::Hash(Some(hash)) => {
            out.write_all(&[6])?;
            out.write_all(hash)?;
        }
    }
    out.flush()
}

fn write_held(out: &mut impl Write, held: &[Held]) -> io::Result<()> {
    // All are of one file.
    let file =
        held.iter().find_map(|h| if let Held::Member(member) = h { Some(&*member.archive) } else { None });
    put(out, &file.map(raw).unwrap_or_default())?;
    number(out, held.len() as u64)?;
    for held in held {
        match held {
            Held::Member(member) => {
                out.write_all(&[0])?;
                put_member(out, member)?;
            }
            Held::Failed(path, error) => {
                let (tag, why) = match error {
                    Error::TooLarge(why) => (1, why.clone()),
                    Error::Damaged(why) => (2, why.clone()),
                    other => (2, other.to_string()),
                };
                out.write_all(&[tag])?;
                put(out, &raw(path))?;
                put(out, why.as_bytes())?;
            }
            Held::Hidden(path) => {
                out.write_all(&[3])?;
                put(out, &raw(path))?;
            }
        }
    }
    Ok(())
}

fn read_held(source: &mut impl Read) -> io::Result<Vec<Held>> {
    let archive: Arc<Path> = path_of(&take(source)?).into();
    let mut held = Vec::new();
    for _ in 0..read_number(source)? {
        held.push(match byte(source)? {
            0 => Held::Member(take_member(source, Arc::clone(&archive))?),
            1 => Held::Failed(path_of(&take(source)?), Error::TooLarge(text(source)?)),
            2 => Held::Failed(path_of(&take(source)?), Error::Damaged(text(source)?)),
            _ => Held::Hidden(path_of(&take(source)?)),
        });
    }
    Ok(held)
}

fn write_outcome(out: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
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
    Ok(())
}

/// Reads the reply to one task.
///
/// # Errors
/// What reading gives; the end of the pipe, when the worker died.
pub fn read_reply(source: &mut impl Read) -> io::Result<Reply> {
    Ok(match byte(source)? {
        0 => Reply::Outcome(Outcome::Passed(text(source)?)),
        1 => Reply::Outcome(read_entry(source)?),
        2 => Reply::Opened(Opened::No),
        3 => Reply::Opened(Opened::Archive(read_held(source)?)),
        4 => Reply::Opened(Opened::Mail(read_held(source)?)),
        5 => Reply::Hash(None),
        _ => {
            let mut hash = [0; 32];
            source.read_exact(&mut hash)?;
            Reply::Hash(Some(hash))
        }
    })
}

fn read_entry(source: &mut impl Read) -> io::Result<Outcome> {
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

    fn member() -> Member {
        Member {
            path: "a.zip!/b".into(),
            archive: Path::new("a.zip").into(),
            steps: vec![0, 70_000],
            size: 9,
        }
    }

    #[test]
    fn tasks_and_replies_come_back_as_they_went() {
        let tasks = [
            Task::File { path: "a/b.txt".into(), named: true },
            Task::Bytes("Số: 1".into()),
            Task::Member(member()),
            Task::Look { path: "a.zip".into(), hidden: true },
            Task::Hash(member()),
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
        let held = vec![
            Held::Member(member()),
            Held::Failed("a.zip!/c".into(), Error::TooLarge("limit".into())),
            Held::Failed("a.zip".into(), Error::Damaged("list".into())),
            Held::Hidden("a.zip!/.d".into()),
        ];
        for reply in [
            Reply::Outcome(entry),
            Reply::Outcome(Outcome::Passed(".jpg".into())),
            Reply::Opened(Opened::Archive(held)),
            Reply::Opened(Opened::Mail(vec![Held::Member(member())])),
            Reply::Hash(Some([7; 32])),
        ] {
            let mut pipe = Vec::new();
            write_reply(&mut pipe, &reply).unwrap();
            assert_eq!(read_reply(&mut pipe.as_slice()).unwrap(), reply);
            pipe.pop();
            assert!(read_reply(&mut pipe.as_slice()).is_err(), "a worker that died in the middle");
        }
    }
}
