//! A night run in small: thousands of files, half of them broken in thirty ways, the run killed again and again and
//! gone on with; at the end nothing may be lost, doubled or different.
//!
//! `cargo run --release --example soak -- PROGRAM [FILES] [KILLS] [MORE…]` prints the figures and fails if one is wrong.
//! `MORE` are files that are copied between the others (hostile inputs).
//!
//! `… -- PROGRAM late [COUNT]` is a run over so many documents that never come to an end in time, half of them pipes that nobody
//! writes to and half texts that are too long, each behind a sound one: what they cost the sound ones, and how much memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a tool may panic"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Ways to be broken, each with the error code it must give; those beyond the list are sound.
const BROKEN: [(&str, &str); 30] = [
    ("empty.txt", "no_text"),
    ("blank.txt", "no_text"),
    ("junk.txt", "unsupported"),
    ("cut.docx", "damaged"),
    ("broken.docx", "damaged"),
    ("zip-no-word.docx", "unsupported"),
    ("cut.pdf", "damaged"),
    ("no-pages.pdf", "damaged"),
    ("header-only.pdf", "damaged"),
    ("gone.txt", "not_found"),
    ("picture.pdf", "unsupported"),
    ("attributes.html", "too_large"),
    ("no-text.html", "no_text"),
    ("program.txt", "unsupported"),
    ("half.docx", "damaged"),
    ("nul.md", "unsupported"),
    ("mark-only.txt", "no_text"),
    ("cut.doc", "damaged"),
    ("no-word.doc", "unsupported"),
    ("slides.ppt", "unsupported"),
    ("locked.docx", "encrypted"),
    ("locked.pdf", "encrypted"),
    ("empty.rtf", "no_text"),
    ("no-sheets.xlsx", "no_text"),
    ("no-content.odt", "unsupported"),
    ("no-slides.pptx", "unsupported"),
    ("hollow.docx", "no_text"),
    ("picture.docx", "unsupported"),
    ("scan.pdf", "no_text"),
    ("no-paragraph.htm", "no_text"),
];

/// Kinds of sound files.
const SOUND: usize = 30;

/// A sequence of numbers that a seed determines.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }
}

fn report(n: usize) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nXÃ THANH LÂM\n\nSố: {n}/BC-UBND\nThanh Lâm, ngày 05 tháng 3 năm 2021\n\nBÁO CÁO\nKết quả giảm \
         nghèo năm 2020\n\nThực hiện Kế hoạch số 35/KH-UBND ngày 12/02/2020, xã có {} hộ thoát nghèo, đạt {},{}%.\n",
        n % 997 + 1,
        n % 90 + 1,
        n % 10
    )
}

/// The bytes of a file of a sound kind.
fn sound(kind: usize, n: usize) -> (&'static str, Vec<u8>) {
    let text = report(n);
    match kind {
        0 => ("htm", format!("<html><body><p>{}</p></body></html>", text.replace('\n', "<br>")).into_bytes()),
        1 => ("md", format!("# Báo cáo\n\n{text}").into_bytes()),
        2 => ("txt", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        3 => ("txt", format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()),
        4 => ("txt", text.repeat(40).into_bytes()),
        5 => ("docx", docx(&text)),
        _ => ("txt", text.into_bytes()),
    }
}

fn docx(text: &str) -> Vec<u8> {
    let body: String = text.lines().map(|l| format!("<w:p><w:r><w:t>{l}</w:t></w:r></w:p>")).collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zip_of(&[("word/document.xml", &document)])
}

/// A zip container of these files.
fn zip_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An OLE container with one stream.
fn ole_of(stream: &str) -> Vec<u8> {
    let mut ole = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    ole.create_stream(stream).unwrap().write_all(&[7; 600]).unwrap();
    ole.flush().unwrap();
    ole.into_inner().into_inner()
}

/// A PDF of these objects, numbered from 1, the first of which is the catalogue.
fn pdf_of(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let (at, size) = (out.len(), objects.len() + 1);
    out.push_str(&format!("{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF\n"));
    out.into_bytes()
}

/// One page that shows a picture and no letter.
fn scanned() -> Vec<u8> {
    pdf_of(
        &[
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>",
            "<</Length 29>>\nstream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\nx\nendstream",
        ],
        "",
    )
}

/// A PDF that asks for a password that nobody gave.
fn locked() -> Vec<u8> {
    let (key, id) = ("5a".repeat(32), "3b".repeat(16));
    let trailer =
        format!("/ID[<{id}><{id}>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{key}>/U<{key}>>>");
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";
    pdf_of(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page], &trailer)
}

/// The bytes of a broken file; `None` is a link that leads nowhere.
fn broken(name: &str, n: usize) -> Option<Vec<u8>> {
    Some(match name {
        "empty.txt" => Vec::new(),
        "blank.txt" => b" \n\n\t".to_vec(),
        "junk.txt" => {
            (0..3000u32).map(|i| ((i + n as u32).wrapping_mul(2_654_435_761) >> 24) as u8).collect()
        }
        "cut.docx" => b"PK\x03\x04\x14\x00\x06".to_vec(),
        "broken.docx" => b"PK\x03\x04 broken word/".to_vec(),
        "zip-no-word.docx" => zip_of(&[("a.txt", "")]),
        "cut.pdf" => {
            b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages".to_vec()
        }
        "no-pages.pdf" => b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>".to_vec(),
        "header-only.pdf" => b"%PDF-1.4 nothing".to_vec(),
        "gone.txt" => return None,
        "picture.pdf" => b"\xFF\xD8\xFF\xE0 JFIF and no PDF".to_vec(),
        "attributes.html" => format!("<html><body><p {}>5%</p>", "a=\"\" ".repeat(60_000)).into_bytes(),
        "no-text.html" => b"<html><body><script>1</script></body></html>".to_vec(),
        "program.txt" => b"\x7FELF\x02\x01\x01\0\0\0\0".to_vec(),
        "half.docx" => {
            let whole = docx(&report(n));
            whole[..whole.len() / 2].to_vec()
        }
        "mark-only.txt" => vec![0xFF, 0xFE],
        "cut.doc" => ole_of("WordDocument")[..700].to_vec(),
        "no-word.doc" => ole_of("WordDocument"),
        "slides.ppt" => ole_of("PowerPoint Document"),
        "locked.docx" => ole_of("EncryptedPackage"),
        "locked.pdf" => locked(),
        "empty.rtf" => b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}}".to_vec(),
        "no-sheets.xlsx" => zip_of(&[
            ("[Content_Types].xml", "<Types/>"),
            ("xl/workbook.xml", "<workbook><sheets/></workbook>"),
        ]),
        "no-content.odt" => zip_of(&[("mimetype", "application/vnd.oasis.opendocument.text")]),
        "no-slides.pptx" => zip_of(&[("ppt/presentation.xml", "<p:presentation xmlns:p=\"p\"/>")]),
        "hollow.docx" => docx("\n\n"),
        "picture.docx" => b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".to_vec(),
        "scan.pdf" => scanned(),
        "no-paragraph.htm" => {
            b"<!doctype html><html><head><style>p{}</style></head><body> </body></html>".to_vec()
        }
        _ => vec![0, 1, 2, 3, 0, 0, 0, 1, 2, 3],
    })
}

/// Makes the files and gives the number of broken ones by code.
fn make(dir: &Path, files: usize, more: &[String]) -> BTreeMap<&'static str, usize> {
    let mut made = BTreeMap::new();
    for n in 0..files {
        let folder = dir.join(format!("{:03}", n / 200));
        fs::create_dir_all(&folder).unwrap();
        let kind = n * 7 % (SOUND + BROKEN.len()); // 7 and 60 have no divisor in common: every kind has its turn
        match BROKEN.get(kind) {
            Some((name, code)) => {
                let path = folder.join(format!("{n:06}-{name}"));
                match broken(name, n) {
                    Some(bytes) => fs::write(path, bytes).unwrap(),
                    #[cfg(unix)]
                    None => std::os::unix::fs::symlink("nowhere", path).unwrap(),
                    #[cfg(not(unix))]
                    None => fs::write(path, b"").unwrap(),
                }
                *made.entry(*code).or_default() += 1;
            }
            None => {
                let (extension, bytes) = sound(kind - BROKEN.len(), n);
                fs::write(folder.join(format!("{n:06}-sound.{extension}")), bytes).unwrap();
            }
        }
    }
    for (n, file) in more.iter().enumerate() {
        let name = Path::new(file).file_name().unwrap().to_string_lossy().into_owned();
        let folder = dir.join(format!("{:03}", n * 7 % (files / 200).max(1)));
        fs::copy(file, folder.join(format!("999999-hostile-{name}"))).unwrap();
    }
    made
}

/// Largest memory of a process and its descendants while it runs, in kB, and how it ended.
fn watch(mut child: std::process::Child, limit: Option<Duration>, signal: &str) -> (u64, ExitStatus) {
    let start = Instant::now();
    let mut peak = 0;
    let mut asked = false;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return (peak, status);
        }
        peak = peak.max(tree(child.id()));
        if !asked && limit.is_some_and(|limit| start.elapsed() > limit) {
            asked = true;
            let _ = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Resident memory of a process and its descendants, in kB.
fn tree(root: u32) -> u64 {
    let mut of: BTreeMap<u32, (u32, u64)> = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let Ok(status) = fs::read_to_string(entry.path().join("status")) else { continue };
        let field = |name: &str| {
            let line = status.lines().find_map(|l| l.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        of.insert(pid, (field("PPid:").unwrap_or(0) as u32, field("VmRSS:").unwrap_or(0)));
    }
    let is_below = |mut pid: u32| {
        for _ in 0..8 {
            if pid == root {
                return true;
            }
            pid = of.get(&pid).map_or(0, |p| p.0);
        }
        false
    };
    of.iter().filter(|(pid, _)| is_below(**pid)).map(|(_, (_, rss))| rss).sum()
}

/// Most memory of a worker in [`late`], in MB.
const LATE_MEMORY: u64 = 1024;

/// Documents that are late between sound ones.
fn late(program: &str, count: usize) {
    let work = tempfile::tempdir().unwrap();
    let long = report(0).repeat(12_000); // some 6 MB
    let mut list = String::new();
    for n in 0..count {
        let (sound, late) = (format!("{n:06}-a.txt"), format!("{n:06}-b.txt"));
        fs::write(work.path().join(&sound), report(n) + &format!("Lần {n}.\n")).unwrap();
        let path = work.path().join(&late);
        if n % 2 == 0 {
            assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        } else {
            fs::write(path, format!("{long}Lần {n}.\n")).unwrap();
        }
        list.push_str(&format!("{sound}\n{late}\n"));
    }
    fs::write(work.path().join("list"), list).unwrap();
    let began = Instant::now();
    let child = Command::new(program)
        .current_dir(work.path())
        .args(["extract", "--files-from", "list", "-q", "-j", "4", "--timeout", "2", "-o", "out.jsonl"])
        .args(["--report", "run.json", &format!("--memory={LATE_MEMORY}M")])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (peak, status) = watch(child, None, "");
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(work.path().join("run.json")).unwrap()).unwrap();
    let (mut sound, mut slowest, mut codes) = (0, 0.0_f64, BTreeMap::<String, usize>::new());
    for file in run["files"].as_array().unwrap() {
        match file["error"]["code"].as_str() {
            Some(code) => *codes.entry(code.to_owned()).or_default() += 1,
            None => {
                sound += usize::from(file["path"].as_str().unwrap().ends_with("-a.txt"));
                slowest = slowest.max(file["seconds"].as_f64().unwrap());
            }
        }
    }
    println!(
        "{count} late among {count} sound, 4 workers of {LATE_MEMORY} MB, --timeout 2: {:.0} s, {status}; {sound} sound read, the \
         slowest document read {slowest:.1} s; errors {codes:?}; peak of the process tree {} MB",
        began.elapsed().as_secs_f64(),
        peak / 1000
    );
    assert!(sound == count && peak / 1000 <= 4 * LATE_MEMORY, "wrong");
}

fn main() {
    let mut args = std::env::args().skip(1);
    let program = args.next().expect("the program");
    let mut args = args.peekable();
    if args.next_if(|arg| arg == "late").is_some() {
        return late(&program, args.next().map_or(1000, |n| n.parse().unwrap()));
    }
    let files: usize = args.next().map_or(20_000, |n| n.parse().unwrap());
    let kills: usize = args.next().map_or(10, |n| n.parse().unwrap());
    let more: Vec<String> = args.collect();
    let work = tempfile::tempdir().unwrap();
    let input = work.path().join("in");
    let made = make(&input, files, &more);
    let out = work.path().join("out.jsonl");
    let start = |out: &PathBuf, more: &[&str]| {
        let mut command = Command::new(&program);
        command
            .current_dir(work.path())
            .args(["extract", "in", "-q", "--timeout", "20", "-o"])
            .arg(out)
            .args(more);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    // Once in one go: what the interrupted run must give.
    let reference = work.path().join("reference.jsonl");
    let began = Instant::now();
    let (peak, status) = watch(start(&reference, &[]), None, "");
    let once = began.elapsed();
    let mut wrong = Vec::new();
    if status.code() != Some(1) {
        wrong.push(format!("the run in one go ended with {status}"));
    }
    println!("one go: {:.1} s, peak of the process tree {} MB", once.as_secs_f64(), peak / 1000);
    let mut random = Random(files as u64 + 17);
    for n in 0..kills {
        let signal = ["KILL", "TERM", "INT"][n % 3];
        let after = Duration::from_millis(random.below(2 * once.as_millis() as u64 / kills as u64) + 50);
        let (_, status) = watch(start(&out, &["--resume"]), Some(after), signal);
        let expected = match signal {
            "KILL" => None,
            "TERM" => Some(143),
            _ => Some(130),
        };
        // A run may be done before its signal comes.
        if status.code() != expected && status.code() != Some(1) {
            wrong.push(format!("after {signal} the run ended with {status}"));
        }
    }
    let (_, status) = watch(start(&out, &["--resume"]), None, "");
    if status.code() != Some(1) {
        wrong.push(format!("the last run ended with {status}"));
    }
    let expected = fs::read_to_string(&reference).unwrap();
    let found = fs::read_to_string(&out).unwrap_or_default();
    let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
    expected.lines().for_each(|l| *lines.entry(l).or_default() += 1);
    found.lines().for_each(|l| *lines.entry(l).or_default() -= 1);
    let lost: i64 = lines.values().filter(|n| **n > 0).sum();
    let doubled: i64 = -lines.values().filter(|n| **n < 0).sum::<i64>();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for line in found.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let path = value["source"]["path"].as_str().unwrap();
        let code = value["error"]["code"].as_str();
        let name = path.rsplit_once('/').and_then(|(_, name)| name.split_once('-')).unwrap().1;
        if name.starts_with("hostile-") {
            continue; // what must become of it, others test
        }
        let expected = BROKEN.iter().find(|(broken, _)| *broken == name).map(|(_, code)| *code);
        if code != expected {
            wrong.push(format!("{path}: {code:?} instead of {expected:?}"));
        }
        if let Some(code) = code {
            *codes.entry(code.to_owned()).or_default() += 1;
        }
    }
    println!(
        "{} lines, lost {lost}, doubled {doubled}, same bytes: {}",
        found.lines().count(),
        expected == found
    );
    println!("broken made {made:?}\nerror records {codes:?}");
    let same = made.iter().map(|(c, n)| (*c, *n)).eq(codes.iter().map(|(c, n)| (c.as_str(), *n)));
    if !same || expected != found || found.lines().count() != files + more.len() {
        wrong.push("the output is not what it should be".into());
    }
    if !wrong.is_empty() {
        wrong.truncate(40);
        println!("WRONG: {wrong:#?}");
        std::process::exit(1);
    }
    println!("nothing lost, nothing doubled");
}
