//! The journal beside a partial output: one line an entry, in the order of the part.
//!
//! `size TAB time of change TAB length of the line TAB e or - TAB path`, bytes of the path that would break the line as
//! `%XX`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use super::super::name;
use super::super::sink::FileId;

/// How the first line begins; the rest of it names the options of the run.
const HEAD: &str = "baocao.journal/1 ";

/// One entry of the part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Bytes of the path.
    pub path: Vec<u8>,
    /// Size and time of change of the file.
    pub stat: Option<(u64, u128)>,
    /// Length of its line.
    pub length: u64,
    /// Whether it is an error record.
    pub failed: bool,
}

/// A journal being written.
#[derive(Debug)]
pub(super) struct Journal(BufWriter<File>);

impl Journal {
    /// Begins a journal with what is done already. The one of an earlier run stays until the new one is whole: a run that
    /// is killed in between has lost nothing.
    pub(super) fn create<'e>(
        path: &Path,
        options: &str,
        done: impl IntoIterator<Item = &'e Entry>,
    ) -> io::Result<Self> {
        let mut new = path.as_os_str().to_owned();
        new.push(".new");
        let mut journal = Self(BufWriter::new(File::create(&new)?));
        writeln!(journal.0, "{HEAD}{options}")?;
        done.into_iter().try_for_each(|entry| journal.entry(entry))?;
        journal.flush()?;
        fs::rename(&new, path)?;
        Ok(journal)
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, file: &FileId, length: u64, failed: bool) -> io::Result<()> {
        self.entry(&Entry { path: name::raw(&file.path), stat: file.stat, length, failed })
    }

    /// Adds an entry as it was read.
    pub(super) fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let (size, time) =
            entry.stat.map_or(("-".into(), "-".into()), |(s, t)| (s.to_string(), t.to_string()));
        let mut path = String::with_capacity(entry.path.len());
        for &byte in &entry.path {
            match byte {
                b' '..=b'~' if byte != b'%' => path.push(char::from(byte)),
                _ => write!(path, "%{byte:02X}").unwrap_or_default(),
            }
        }
        let failed = if entry.failed { "e" } else { "-" };
        writeln!(self.0, "{size}\t{time}\t{}\t{failed}\t{path}", entry.length)
    }

    /// Hands everything to the system.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Reads a journal back: the options of its run, and its whole entries.
pub(super) fn read(path: &Path) -> io::Result<(String, Vec<Entry>)> {
    let mut source = BufReader::new(File::open(path)?);
    let mut line = String::new();
    source.read_line(&mut line)?;
    let options = line.strip_suffix('\n').and_then(|l| l.strip_prefix(HEAD)).unwrap_or_default().to_owned();
    let mut entries = Vec::new();
    loop {
        line.clear();
        source.read_line(&mut line)?;
        // The last line may be cut; what is not in the journal is done again.
        let Some(entry) = line.strip_suffix('\n').and_then(parse) else { return Ok((options, entries)) };
        entries.push(entry);
    }
}

fn parse(line: &str) -> Option<Entry> {
    let mut fields = line.splitn(5, '\t');
    let (size, time) = (fields.next()?, fields.next()?);
    let stat = size.parse().ok().zip(time.parse().ok());
    let length = fields.next()?.parse().ok()?;
    let failed = fields.next()? == "e";
    let mut path = Vec::new();
    let mut bytes = fields.next()?.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            path.push(byte);
            continue;
        }
        let digit = |b: u8| char::from(b).to_digit(16);
        path.push((digit(bytes.next()?)? * 16 + digit(bytes.next()?)?) as u8);
    }
    Some(Entry { path, stat, length, failed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_whatever_their_names_are_and_a_cut_line_is_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let entry =
            |path: &[u8], stat| Entry { path: path.to_vec(), stat, length: 7, failed: stat.is_none() };
        let all = [entry(b"a\tb\n%\xB8o.txt", Some((12, 34))), entry("báo cáo.txt".as_bytes(), None)];
        let mut journal = Journal::create(&path, "x y", &all[..1]).unwrap();
        journal.entry(&all[1]).unwrap();
        journal.flush().unwrap();
        assert_eq!(read(&path).unwrap(), ("x y".into(), all.to_vec()));
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() - 3]).unwrap();
        assert_eq!(read(&path).unwrap().1, all[..1]);
    }

    #[test]
    fn a_journal_stays_until_the_next_one_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let entry = Entry { path: b"a".to_vec(), stat: None, length: 7, failed: false };
        drop(Journal::create(&path, "x", [&entry]).unwrap());
        // The next one cannot be written.
        fs::create_dir(dir.path().join("j.new")).unwrap();
        assert!(Journal::create(&path, "x", []).is_err());
        assert_eq!(read(&path).unwrap(), ("x".into(), vec![entry]));
    }
}
