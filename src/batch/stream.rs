//! Records back in: JSON Lines, as `extract` wrote them, mapped in parallel and consumed in order. What `compare`,
//! `graph` and `export` read from; one bad line never stops them.
//!
//! ```text
//! bytes ─ whole lines ─> chunk ─ rayon: parse and map each line ─> results in the order of the lines
//! ```
//! Memory holds one chunk and its results, three at most where reading, mapping and consuming go on side by side, however
//! long the stream is.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::marker::PhantomData;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::whole::{self, Piece, Whole};
use crate::record::{ERROR_SCHEMA, ErrorRecord, RECORD_SCHEMA, RECORD_SCHEMA_1};

/// What a line is read as. What owns all that it holds is read as JSON; what needs little of a line reads that little out
/// of it.
pub trait FromLine: Sized {
    /// Reads a line.
    ///
    /// # Errors
    /// A line of another form.
    fn from_line(line: &str) -> serde_json::Result<Self>;

    /// What makes lines of a folder of tables; none where tables do not hold what this is made of.
    fn of_tables() -> Option<OfTables> {
        None
    }
}

/// Writes the lines of a folder of tables.
pub type OfTables = fn(&Path, &mut dyn Write) -> io::Result<()>;

impl<T: DeserializeOwned> FromLine for T {
    fn from_line(line: &str) -> serde_json::Result<Self> {
        serde_json::from_str(line)
    }
}

/// Bytes of one chunk: enough lines to keep all cores busy, little enough to forget.
const CHUNK: usize = 8 << 20;

/// What one line was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line<T> {
    /// A record, mapped.
    Record(T),
    /// The error record of a file that could not be read, as it was; mapped too only where that was asked for.
    Error(Option<T>, Box<ErrorRecord>),
    /// No record; the sentence says why.
    Bad(String),
}

/// What was in a stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records.
    pub records: u64,
    /// Error records.
    pub errors: u64,
    /// Lines that are no records.
    pub bad: u64,
}

/// Takes bytes in any portions and gives every line, mapped, to a consumer in order.
pub struct Lines<T, M, C> {
    whole: Whole,
    mapping: Mapping<T, M>,
    giving: Giving<C>,
}

/// What is made of lines.
struct Mapping<T, M> {
    map: M,
    /// Whether error records are mapped too.
    errors: bool,
    of: PhantomData<fn() -> T>,
}

/// Who gets what was made, with its number and counted.
struct Giving<C> {
    consume: C,
    line: u64,
    counts: Counts,
}

/// What was made of some lines, in order; nothing of an empty one.
type Mapped<R> = Vec<Option<Line<R>>>;

impl<T, R, M, C> Lines<T, M, C>
where
    T: FromLine,
    R: Send,
    M: Fn(T) -> R + Sync,
    C: FnMut(u64, Line<R>) -> io::Result<()>,
{
    /// A stream of records of the shape `T` (any part of [`crate::Record`]): `map` runs in parallel, `consume` gets
    /// its results with the number of the line, in order.
    pub fn new(map: M, consume: C) -> Self {
        Self {
            whole: Whole::default(),
            mapping: Mapping { map, errors: false, of: PhantomData },
            giving: Giving { consume, line: 0, counts: Counts::default() },
        }
    }

    /// Maps error records like records.
    pub fn with_errors(mut self) -> Self {
        self.mapping.errors = true;
        self
    }

    /// Reads a source to its end.
    ///
    /// # Errors
    /// What reading and the consumer give.
    pub fn read(&mut self, mut source: impl Read) -> io::Result<()> {
        self.giving.line = 0;
        loop {
            let got = (&mut source).take(CHUNK as u64).read_to_end(self.whole.pending())?;
            if got == 0 {
                return self.end();
            }
            self.whole_lines()?;
        }
    }

    /// As [`Self::read`], with the next chunk mapped and the one behind it read while the results of one are consumed.
    /// The source may not wait for ever: a file.
    ///
    /// # Errors
    /// What reading and the consumer give.
    pub fn read_ahead(&mut self, source: impl Read + Send) -> io::Result<()> {
        let Self { whole, mapping, giving } = self;
        giving.line = 0;
        let mapping = mapping.shared();
        std::thread::scope(|scope| {
            let (give, chunks) = sync_channel(1);
            let (give_back, used) = sync_channel(2);
            scope.spawn(move || chunks_of(source, &used, &give));
            let (give, results) = sync_channel::<io::Result<Mapped<R>>>(0);
            scope.spawn(move || {
                for chunk in chunks {
                    let mapped = chunk.map(|chunk| {
                        let (piece, lines) = whole.add(&chunk);
                        let mut mapped = mapping.piece(piece, whole.longest);
                        mapped.extend(mapping.lines(lines));
                        let _ = give_back.try_send(chunk); // nobody may want it
                        mapped
                    });
                    if give.send(mapped).is_err() {
                        return;
                    }
                }
                let rest = whole.rest();
                let _ = give.send(Ok(mapping.piece(rest, whole.longest))); // nobody may ask for more
            });
            results.into_iter().try_for_each(|mapped| giving.give(mapped?))
        })
    }

    /// Maps what is left: the last line may have no end.
    ///
    /// # Errors
    /// What the consumer gives.
    pub fn end(&mut self) -> io::Result<()> {
        self.whole_lines()?;
        let rest = self.whole.rest();
        self.piece(rest)
    }

    /// What was read so far.
    pub fn counts(&self) -> Counts {
        self.giving.counts
    }

    /// Maps the lines that are whole.
    fn whole_lines(&mut self) -> io::Result<()> {
        let piece = self.whole.cut();
        self.piece(piece)
    }

    fn piece(&mut self, piece: Option<Piece>) -> io::Result<()> {
        self.giving.give(self.mapping.shared().piece(piece, self.whole.longest))
    }
}

/// Reads a source to its end, chunk by chunk, into buffers that were used before.
fn chunks_of(mut source: impl Read, used: &Receiver<Vec<u8>>, give: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut chunk = used.try_recv().unwrap_or_default();
        chunk.clear();
        chunk.reserve_exact(CHUNK);
        let got = (&mut source).take(CHUNK as u64).read_to_end(&mut chunk);
        let last = !matches!(got, Ok(1..));
        // An end, or nobody who asks for more.
        if matches!(got, Ok(0)) || give.send(got.map(|_| chunk)).is_err() || last {
            return;
        }
    }
}

impl<T, M> Mapping<T, M> {
    /// The same for several threads, which share the function alone.
    fn shared(&self) -> Mapping<T, &M> {
        Mapping { map: &self.map, errors: self.errors, of: PhantomData }
    }
}

impl<T: FromLine, M> Mapping<T, &M> {
    fn piece<R: Send>(&self, piece: Option<Piece>, longest: usize) -> Mapped<R>
    where
        M: Fn(T) -> R + Sync,
    {
        match piece {
            Some(Piece::Lines(bytes)) => self.lines(&bytes),
            Some(Piece::TooLong) => vec![Some(Line::Bad(format!("it is longer than {longest} bytes")))],
            None => Vec::new(),
        }
    }

    fn lines<R: Send>(&self, bytes: &[u8]) -> Mapped<R>
    where
        M: Fn(T) -> R + Sync,
    {
        let lines: Vec<&[u8]> = whole::lines(bytes).map(record_of).collect();
        let (map, errors) = (self.map, self.errors);
        lines.par_iter().map(|l| (!l.is_empty()).then(|| parse(l, errors, map))).collect()
    }
}

impl<C> Giving<C> {
    fn give<R>(&mut self, mapped: Mapped<R>) -> io::Result<()>
    where
        C: FnMut(u64, Line<R>) -> io::Result<()>,
    {
        for line in mapped {
            self.line += 1;
            let Some(line) = line else { continue };
            match &line {
                Line::Record(_) => self.counts.records += 1,
                Line::Error(..) => self.counts.errors += 1,
                Line::Bad(_) => self.counts.bad += 1,
            }
            (self.consume)(self.line, line)?;
        }
        Ok(())
    }
}

/// Lets a batch write its JSON Lines straight into the stream.
impl<T, R, M, C> Write for Lines<T, M, C>
where
    T: FromLine,
    R: Send,
    M: Fn(T) -> R + Sync,
    C: FnMut(u64, Line<R>) -> io::Result<()>,
{
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.whole.pending().extend_from_slice(bytes);
        if self.whole.pending().len() >= CHUNK {
            self.whole_lines()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The record of a line: also of a line of our JSON array, which ends in a comma.
fn record_of(line: &[u8]) -> &[u8] {
    let line = line.trim_ascii();
    let line = line.strip_suffix(b",").unwrap_or(line);
    if matches!(line, b"[" | b"]") { b"" } else { line }
}

/// One line as an entry of any of our schemas: a record or an error record; none where the line holds none.
///
/// # Errors
/// A sentence that says why it is no entry.
pub fn entry(line: &[u8]) -> Result<Option<Value>, String> {
    let line = record_of(line);
    if line.is_empty() {
        return Ok(None);
    }
    let entry: Value = serde_json::from_slice(line).map_err(|e| format!("it is no record: {e}"))?;
    match entry.get("schema").and_then(Value::as_str) {
        Some(RECORD_SCHEMA | RECORD_SCHEMA_1 | ERROR_SCHEMA) => Ok(Some(entry)),
        Some(other) => Err(format!("it is not of {RECORD_SCHEMA}, but of {other:?}")),
        None => Err("it is no record: it names no schema".to_owned()),
    }
}

#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    schema: Cow<'a, str>,
}

fn parse<T: FromLine, R>(line: &[u8], errors: bool, map: &(impl Fn(T) -> R + Sync)) -> Line<R> {
    let Ok(line) = simdutf8::basic::from_utf8(line) else {
        return Line::Bad("it is no record: it is not UTF-8".to_owned());
    };
    let record = || Box::new(serde_json::from_str(line).unwrap_or_default());
    let error = || match errors.then(|| T::from_line(line)) {
        None => Line::Error(None, record()),
        Some(Ok(error)) => Line::Error(Some(map(error)), record()),
        Some(Err(e)) => Line::Bad(format!("it is no error record: {e}")),
    };
    // Our own lines begin with their schema; only strangers are looked at twice.
    let starts = |schema: &str| {
        let rest = line.strip_prefix("{\"schema\":\"").unwrap_or("");
        rest.strip_prefix(schema).is_some_and(|r| r.starts_with('"'))
    };
    if starts(ERROR_SCHEMA) {
        return error();
    }
    if !starts(RECORD_SCHEMA) && !starts(RECORD_SCHEMA_1) {
        match serde_json::from_str::<Head<'_>>(line) {
            Ok(head) if head.schema == ERROR_SCHEMA => return error(),
            Ok(head) if head.schema == RECORD_SCHEMA || head.schema == RECORD_SCHEMA_1 => {}
            Ok(head) => return Line::Bad(format!("it is not of {RECORD_SCHEMA}, but of {:?}", head.schema)),
            Err(e) => return Line::Bad(format!("it is no record: {e}")),
        }
    }
    match T::from_line(line) {
        Ok(record) => Line::Record(map(record)),
        Err(e) => Line::Bad(format!("it is no record: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Id {
        id: String,
    }

    type Seen = Vec<(u64, Line<String>)>;

    fn read(text: &str) -> (Seen, Counts) {
        read_by(text, false)
    }

    fn read_by(text: &str, ahead: bool) -> (Seen, Counts) {
        let mut seen = Vec::new();
        let mut lines = Lines::new(
            |r: Id| r.id,
            |n, line| {
                seen.push((n, line));
                Ok(())
            },
        );
        let source = text.as_bytes();
        if ahead {
            lines.read_ahead(source).unwrap()
        } else {
            lines.read(source).unwrap()
        }
        let counts = lines.counts();
        drop(lines);
        (seen, counts)
    }

    fn record(id: &str) -> String {
        format!("{{\"schema\":\"baocao.record/1\",\"id\":\"{id}\",\"other\":[1,{{}}]}}")
    }

    #[test]
    fn records_come_in_order_and_bad_lines_are_named_by_number() {
        let text = format!(
            "{}\n\n{{\"id\":1}}\n{{\"schema\":\"baocao.error/1\"}}\nnonsense\n{}",
            record("a"),
            record("b")
        );
        let (seen, counts) = read(&text);
        assert_eq!(counts, Counts { records: 2, errors: 1, bad: 2 });
        let numbers: Vec<u64> = seen.iter().map(|(n, _)| *n).collect();
        assert_eq!(numbers, [1, 3, 4, 5, 6]);
        assert_eq!(seen.first().map(|s| &s.1), Some(&Line::Record("a".into())));
        assert_eq!(seen.last().map(|s| &s.1), Some(&Line::Record("b".into())));
    }

    #[test]
    fn a_line_that_never_ends_is_given_up_and_the_next_ones_are_read() {
        let mut seen = Vec::new();
        let mut lines = Lines::new(
            |r: Id| r.id,
            |n, line| {
                seen.push((n, line));
                Ok(())
            },
        );
        lines.whole.longest = 100_000;
        lines.write_all(format!("{}\n", record("a")).as_bytes()).unwrap();
        for _ in 0..3 {
            lines.write_all(&vec![b'x'; CHUNK]).unwrap();
        }
        lines.write_all(format!("\n{}\n", record("b")).as_bytes()).unwrap();
        lines.end().unwrap();
        assert_eq!(lines.counts(), Counts { records: 2, errors: 0, bad: 1 });
        drop(lines);
        let numbers: Vec<u64> = seen.iter().map(|(n, _)| *n).collect();
        assert_eq!(numbers, [1, 2, 3], "{seen:?}");
        assert!(matches!(seen.get(1), Some((2, Line::Bad(_)))));
    }

    #[test]
    fn a_json_array_of_records_reads_like_json_lines() {
        let (seen, counts) = read(&format!("[\n{},\n{}\n]\n", record("a"), record("b")));
        assert_eq!((seen.len(), counts.records), (2, 2));
    }

    #[test]
    fn lines_are_whole_however_the_bytes_arrive() {
        let text: String = (0..500).map(|i| record(&i.to_string()) + "\n").collect();
        let mut ids = Vec::new();
        let mut lines = Lines::new(
            |r: Id| r.id,
            |_, line| {
                if let Line::Record(id) = line {
                    ids.push(id);
                }
                Ok(())
            },
        );
        for piece in text.as_bytes().chunks(17) {
            lines.write_all(piece).unwrap();
        }
        lines.end().unwrap();
        drop(lines);
        assert_eq!(ids, (0..500).map(|i| i.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn a_file_is_read_ahead_like_any_source() {
        let long = "x".repeat(CHUNK / 3);
        let text: String = (0..9).map(|i| format!("{}\n\n{long}\n", record(&i.to_string()))).collect();
        let text = text + &record("last");
        let read = |ahead| read_by(&text, ahead);
        let (seen, counts) = read(true);
        assert_eq!(counts, Counts { records: 10, errors: 0, bad: 9 });
        assert_eq!(seen.last(), Some(&(28, Line::Record("last".into()))));
        assert_eq!((seen, counts), read(false));
    }

    #[test]
    fn what_fails_ends_the_reading_ahead() {
        struct Broken(usize);
        impl Read for Broken {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                self.0 -= 1;
                if self.0 == 0 {
                    return Err(io::Error::other("broken"));
                }
                into.fill(b'\n');
                Ok(into.len())
            }
        }
        let mut lines = Lines::new(|r: Id| r.id, |_, _| Ok(()));
        assert!(lines.read_ahead(Broken(9)).is_err());
        let text = format!("{}\n", record("a")).repeat(CHUNK / 20);
        let mut lines = Lines::new(|r: Id| r.id, |_, _| Err(io::Error::other("full")));
        assert!(lines.read_ahead(text.as_bytes()).is_err());
        assert_eq!(lines.counts().records, 1);
    }
}
