//! Measures the old encodings on folders of texts: the figures of `docs/encodings.md`.
//!
//! ```text
//! cargo run --release --example measure_encodings -- unicode DIR…    # false conversions of Unicode files
//! cargo run --release --example measure_encodings -- windows N DIR…  # detection on windows of N characters
//! cargo run --release --example measure_encodings -- letters DIR…    # letters kept by encoding and decoding
//! cargo run --release --example measure_encodings -- originals DIR TRANSCRIPTS  # real files
//! cargo run --release --example measure_encodings -- speed DIR…      # cost of the check on clean text
//! ```
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use unicode_normalization::UnicodeNormalization;

use baocao::internal::charset::{Charset, convert, convert_bytes, detect, encode};
use baocao::internal::reader::ReadOptions;
use baocao::internal::words::{RepairOptions, repair};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    match what.as_str() {
        "unicode" => unicode(files(args)),
        "windows" => windows(args.next().and_then(|n| n.parse().ok()).unwrap_or(200), texts(args)),
        "letters" => letters(texts(args)),
        "originals" => originals(&args.next().unwrap_or_default(), &args.next().unwrap_or_default()),
        "speed" => speed(texts(args)),
        _ => anyhow::bail!("say unicode, windows N, letters, originals or speed, then folders"),
    }
    Ok(())
}

fn files(roots: impl Iterator<Item = String>) -> Vec<PathBuf> {
    roots
        .flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name())
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(|e| e.into_path())
        .collect()
}

fn texts(roots: impl Iterator<Item = String>) -> Vec<String> {
    files(roots)
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"))
        .filter_map(|p| std::fs::read_to_string(p).ok())
        .map(|t| t.nfc().collect::<String>())
        // Web pages saved as text are mostly markup.
        .filter(|t| !t.to_ascii_lowercase().contains("<html"))
        .collect()
}

/// Every file that is valid UTF-8 must come out as it went in.
fn unicode(files: Vec<PathBuf>) {
    let (mut n, mut bytes, mut ascii, mut wrong) = (0usize, 0usize, 0usize, 0usize);
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        n += 1;
        bytes += text.len();
        ascii += usize::from(text.is_ascii());
        let c = convert(&text);
        if c.text != text {
            wrong += 1;
            println!("{}: {:?}, mixed {}", path.display(), c.charset, c.mixed);
            for (a, b) in text.lines().zip(c.text.lines()).filter(|(a, b)| a != b).take(3) {
                println!("    {}\n  > {}", cut(a), cut(b));
            }
        }
    }
    println!("{n} UTF-8 files ({ascii} of them ASCII), {bytes} bytes, {wrong} converted");
}

fn cut(line: &str) -> String {
    line.chars().take(110).collect()
}

/// Windows of `size` characters, in Unicode and re-encoded: is the encoding named?
fn windows(size: usize, texts: Vec<String>) {
    let mut unicode = (0usize, 0usize);
    for charset in Charset::ALL {
        let (mut right, mut all) = (0usize, 0usize);
        for text in &texts {
            // Runs of blanks are one: the columns of a form hold no text.
            let chars: Vec<char> = text.split_whitespace().flat_map(|w| w.chars().chain([' '])).collect();
            for window in chars.chunks_exact(size) {
                let window: String = window.iter().collect();
                if !window.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) {
                    continue;
                }
                if charset == Charset::Tcvn3 {
                    unicode.1 += 1;
                    unicode.0 += usize::from(detect(&window, None).is_none());
                }
                // Characters without a place (quotation marks, bullets) are left out, as a converter would do.
                let kept: String =
                    window.chars().filter(|c| encode(&c.to_string(), charset).is_some()).collect();
                let Some(bytes) = encode(&kept, charset) else { continue };
                let seen: String = bytes.iter().map(|&b| char::from(b)).collect();
                all += 1;
                if detect(&seen, None) == Some(charset) {
                    right += 1;
                } else if std::env::var_os("SHOW").is_some() {
                    println!("{charset:?} as {:?}: {seen:?}", detect(&seen, None));
                }
            }
        }
        println!("{:16} {right}/{all} = {:.5}", charset.name(), right as f64 / all.max(1) as f64);
    }
    println!(
        "{:16} {}/{} = {:.5}",
        "unicode",
        unicode.0,
        unicode.1,
        unicode.0 as f64 / unicode.1.max(1) as f64
    );
}

/// Whole texts, re-encoded line by line, converted: how many Vietnamese letters come back at their place?
fn letters(texts: Vec<String>) {
    for charset in Charset::ALL {
        let (mut same, mut all) = (0usize, 0usize);
        for text in &texts {
            let kept: String = text.chars().filter(|c| encode(&c.to_string(), charset).is_some()).collect();
            let Some(bytes) = encode(&kept, charset) else { continue };
            let decoded = match charset {
                Charset::Utf8AsCp1252 => {
                    convert(&bytes.iter().map(|&b| char::from(b)).collect::<String>()).text.into_owned()
                }
                _ => convert_bytes(&bytes).text.into_owned(),
            };
            for (a, b) in kept.lines().zip(decoded.lines()) {
                let (mut line, mut hit) = (0, 0);
                for (x, y) in a.chars().zip(b.chars()) {
                    line += usize::from(!x.is_ascii() && x.is_alphabetic());
                    hit += usize::from(!x.is_ascii() && x.is_alphabetic() && x == y);
                }
                if hit < line && std::env::var_os("SHOW").is_some() {
                    println!("{charset:?}\n    {}\n  > {}", cut(a), cut(b));
                }
                all += line;
                same += hit;
            }
        }
        println!("{:16} {same}/{all} = {:.6}", charset.name(), same as f64 / all.max(1) as f64);
    }
}

/// The cost of deciding that clean text is Unicode: the best of seven runs for each text, so that other work on the
/// machine counts little.
fn speed(texts: Vec<String>) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let measure = |what: &str, work: &dyn Fn(&str) -> bool| {
        let mut total = 0.0;
        let mut sink = 0;
        for text in &texts {
            let mut best = f64::MAX;
            for _ in 0..7 {
                let t = Instant::now();
                sink += usize::from(work(text));
                best = best.min(t.elapsed().as_secs_f64());
            }
            total += best;
        }
        println!("{what:12} {:.0} MB/s ({sink})", bytes as f64 / 1e6 / total);
    };
    println!("{} texts, {bytes} bytes", texts.len());
    measure("UTF-8 check", &|t| std::str::from_utf8(t.as_bytes()).is_ok());
    measure("charset", &|t| convert(t).charset.is_none());
    measure("quality", &|t| baocao::internal::charset::syllable::quality(t) > 0.5);
    measure("repair", &|t| repair(t, &RepairOptions::default()).is_identity());
}

/// Real files against transcripts of their text: the share of the transcript's words with Vietnamese letters that the
/// reading holds, weighted by letters; in any order and case, since tables and .VnTimeH change both.
///
/// PDF files are read as baocao reads them. Files that it does not read (.doc, .xls, .ppt, .rtf) are searched for runs
/// of text, which is enough to judge the decoding.
fn originals(folder: &str, transcripts: &str) {
    let mut sums: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for path in files([folder.to_owned()].into_iter()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((kind, rest)) = name.split_once("__") else { continue };
        let (stem, extension) = rest.rsplit_once('.').unwrap_or((rest, ""));
        let transcript = Path::new(transcripts).join(format!("{stem}.txt"));
        let (Ok(wanted), Ok(bytes)) = (std::fs::read_to_string(transcript), std::fs::read(&path)) else {
            continue;
        };
        let text = match baocao::internal::reader::read(&bytes, &ReadOptions::default()) {
            Ok(content) => content.text,
            Err(_) => convert(&runs(&bytes, extension)).text.into_owned(),
        };
        // Both repaired: transcripts of torn PDF text are torn as well.
        let options = RepairOptions::default();
        let (found, all) = shared(&repair(&text, &options).text, &repair(&wanted, &options).text);
        println!("{:.4} {found:6}/{all:6} {name}", found as f64 / all.max(1) as f64);
        let sum = sums.entry(format!("{kind} {extension}")).or_default();
        *sum = [sum[0] + found, sum[1] + all, sum[2] + 1];
    }
    for (kind, [found, all, files]) in sums {
        println!("{kind:12} {files} files: {found}/{all} = {:.5}", found as f64 / all.max(1) as f64);
    }
}

fn bag(text: &str) -> BTreeMap<String, usize> {
    let mut bag = BTreeMap::new();
    let text: String = text.nfc().collect();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_ascii()) {
        *bag.entry(baocao::internal::words::fold_key(word)).or_insert(0) += 1;
    }
    bag
}

fn shared(text: &str, wanted: &str) -> (usize, usize) {
    let has = bag(text);
    let (mut found, mut all) = (0, 0);
    for (word, n) in bag(wanted) {
        let letters = word.chars().count();
        found += letters * n.min(has.get(&word).copied().unwrap_or(0));
        all += letters * n;
    }
    (found, all)
}

/// Runs of text in a binary file: of bytes, and of UTF-16.
fn runs(bytes: &[u8], extension: &str) -> String {
    let mut out = String::new();
    let latin = |b: u8| char::from(b);
    if extension == "rtf" {
        let mut rest = bytes;
        while let Some((&b, tail)) = rest.split_first() {
            rest = tail;
            match b {
                b'\\' if rest.first() == Some(&b'\'') => {
                    let hex = rest.get(1..3).and_then(|h| std::str::from_utf8(h).ok());
                    out.extend(hex.and_then(|h| u8::from_str_radix(h, 16).ok()).map(latin));
                    rest = rest.get(3..).unwrap_or(&[]);
                }
                b'\\' => {
                    let word = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
                    let control = String::from_utf8_lossy(rest.get(..word).unwrap_or(&[])).into_owned();
                    rest = rest.get(word.max(1)..).unwrap_or(&[]);
                    if word > 0 && rest.first() == Some(&b' ') {
                        rest = rest.get(1..).unwrap_or(&[]);
                    }
                    out.push_str(match control.as_str() {
                        "par" | "line" | "cell" | "row" | "tab" => "\n",
                        _ => "",
                    });
                }
                b'{' | b'}' | b'\r' | b'\n' => {}
                _ => out.push(latin(b)),
            }
        }
        return out;
    }
    for run in bytes.split(|&b| b < 0x20 && !matches!(b, b'\t' | 0x07 | 0x0B)).filter(|r| r.len() >= 3) {
        out.extend(run.iter().map(|&b| latin(b)));
        out.push('\n');
    }
    for offset in [0, 1] {
        let units: Vec<u16> = bytes
            .get(offset..)
            .unwrap_or(&[])
            .chunks_exact(2)
            .map(|c| u16::from_le_bytes([c[0], c[1]]))
            .collect();
        for run in units.split(|u| !(0x20..0x2300).contains(u)).filter(|r| r.len() >= 3) {
            out.push_str(&String::from_utf16_lossy(run));
            out.push('\n');
        }
    }
    out
}
