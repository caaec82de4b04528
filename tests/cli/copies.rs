//! The same content under several paths is read once, and nobody can tell from the output.

use super::*;

/// A zip container of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A folder in which contents stand under several paths: sound ones, broken ones, some in archives.
fn archive() -> (tempfile::TempDir, Vec<&'static str>) {
    let other = REPORT.replace("14/BC", "15/BC"); // as large as the first
    let broken = b"%PDF-1.4 nothing";
    let inner = zipped(&[("trong.txt", REPORT.as_bytes()), ("ngoài.txt", b"5 ha.")]);
    let outer = zipped(&[("i.zip", &inner), ("z.txt", REPORT.as_bytes())]);
    let dir = folder(&[
        ("in/a.txt", REPORT.as_bytes()),
        ("in/b \"bản sao\".txt", REPORT.as_bytes()),
        ("in/c.txt", other.as_bytes()),
        ("in/d.pdf", broken),
        ("in/e/d (1).pdf", broken),
        ("in/e/a.txt", REPORT.as_bytes()),
        ("in/e/c.txt", other.as_bytes()),
        ("in/f.zip", &outer),
        ("in/g.md", REPORT.as_bytes()),
        ("in/h.txt", b""),
        ("in/i.txt", b""),
    ]);
    let copies = vec![
        "in/b \"bản sao\".txt",
        "in/e/a.txt",
        "in/e/c.txt",
        "in/e/d (1).pdf",
        "in/f.zip!/i.zip!/trong.txt",
        "in/f.zip!/z.txt",
        "in/g.md",
    ];
    (dir, copies)
}

/// The lines of each file alone.
fn alone(dir: &Path) -> String {
    let mut files: Vec<String> = Vec::new();
    for folder in ["in", "in/e"] {
        for entry in fs::read_dir(dir.join(folder)).unwrap().flatten().filter(|e| e.path().is_file()) {
            files.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
        }
    }
    files.sort();
    files.iter().map(|file| stdout(&run(dir, &["extract", file, "-q"]))).collect()
}

#[test]
fn a_copy_has_the_record_that_it_would_have_alone_and_takes_no_time() {
    let (dir, copies) = archive();
    let dir = dir.path();
    let expected = alone(dir);
    assert_eq!(expected.lines().count(), 13);
    for jobs in ["1", "3"] {
        assert_eq!(stdout(&run(dir, &["extract", "in", "-q", "-j", jobs])), expected, "--jobs {jobs}");
        let name = format!("{jobs}.jsonl");
        let output = run(dir, &["extract", "in", "-q", "-j", jobs, "-o", &name, "--report", "run.json"]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        assert_eq!(fs::read_to_string(dir.join(&name)).unwrap(), expected, "--jobs {jobs} -o");
        let told: Value = serde_json::from_slice(&fs::read(dir.join("run.json")).unwrap()).unwrap();
        let files = told["files"].as_array().unwrap();
        let took = |path: &str| files.iter().find(|f| f["path"] == path).unwrap()["seconds"].as_f64();
        assert!(copies.iter().all(|path| took(path) == Some(0.0)), "{told}");
    }
    // Also where error records go elsewhere, and as an array.
    run(dir, &["extract", "in", "-q", "-o", "r.jsonl", "--errors", "e.jsonl"]);
    let mut lines: Vec<String> = Vec::new();
    for name in ["r.jsonl", "e.jsonl"] {
        lines.extend(fs::read_to_string(dir.join(name)).unwrap().lines().map(str::to_owned));
    }
    let mut all: Vec<&str> = expected.lines().collect();
    all.sort_unstable();
    lines.sort_unstable();
    assert_eq!(lines, all);
    let pretty: Vec<Value> =
        serde_json::from_str(&stdout(&run(dir, &["extract", "in", "-q", "--pretty"]))).unwrap();
    let plain: Vec<Value> = expected.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(pretty, plain);
}

#[test]
fn copies_go_with_shares_and_with_going_on() {
    let (dir, _) = archive();
    let dir = dir.path();
    let expected = alone(dir);
    let mut shares: Vec<String> = Vec::new();
    for share in ["1/3", "2/3", "3/3"] {
        let own = stdout(&run(dir, &["extract", "in", "-q", "--shard", share]));
        shares.extend(own.lines().map(str::to_owned));
    }
    let mut all: Vec<&str> = expected.lines().collect();
    all.sort_unstable();
    shares.sort_unstable();
    assert_eq!(shares, all);
    // What is kept, what has changed to a copy, and what is no copy any more.
    run(dir, &["extract", "in", "-q", "-o", "o.jsonl"]);
    fs::write(dir.join("in/c.txt"), REPORT).unwrap();
    fs::write(dir.join("in/e/a.txt"), REPORT.replace("14/BC", "16/BC")).unwrap();
    fs::write(dir.join("in/j.txt"), REPORT).unwrap();
    for how in ["--resume", "--resume=hash"] {
        run(dir, &["extract", "in", "-q", "-o", "o.jsonl", how]);
        assert_eq!(fs::read_to_string(dir.join("o.jsonl")).unwrap(), alone(dir), "{how}");
    }
    let half: String = expected.lines().take(3).map(|l| format!("{l}\n")).collect();
    fs::write(dir.join("half.jsonl"), half).unwrap();
    let rest = stdout(&run(dir, &["extract", "in", "-q", "--done", "half.jsonl"]));
    let whole = alone(dir);
    assert!(rest.lines().all(|line| whole.contains(line)), "{rest}");
    assert_eq!(rest.lines().count(), 12);
}

#[test]
fn of_many_copies_unique_keeps_the_first() {
    let (dir, copies) = archive();
    let found = paths(&records(&run(dir.path(), &["extract", "in", "--unique", "-q"])));
    // Broken files have no content that could be the same.
    let kept = copies.iter().filter(|c| found.contains(&(**c).to_owned()));
    assert_eq!(kept.collect::<Vec<_>>(), [&"in/e/d (1).pdf"]);
    assert_eq!(found.len(), 13 - 6);
}

/// A ZIP whose list names the bytes of one member twenty times.
fn overlapping() -> Vec<u8> {
    let noise: String =
        (0..4000_u32).map(|n| char::from(33 + (n.wrapping_mul(2_654_435_761) >> 25) as u8 % 90)).collect();
    let whole = zipped(&[("a.txt", noise.as_bytes())]);
    let find = |sign: &[u8]| whole.windows(4).position(|w| w == sign).unwrap();
    let (at, end) = (find(b"PK\x01\x02"), find(b"PK\x05\x06"));
    let mut bytes = whole[..at].to_vec();
    for n in 0..20 {
        let mut entry = whole[at..end].to_vec();
        entry[46] = b'a' + n;
        bytes.extend(entry);
    }
    let mut tail = whole[end..].to_vec();
    tail[8..12].copy_from_slice(&[20, 0, 20, 0]);
    tail[12..16].copy_from_slice(&((bytes.len() - at) as u32).to_le_bytes());
    bytes.extend(tail);
    bytes
}

/// A sound archive whose list tells another size of its only member.
fn lying() -> Vec<u8> {
    let mut bytes = zipped(&[("a.txt", REPORT.as_bytes())]);
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[at + 24..at + 28].copy_from_slice(&9_u32.to_le_bytes());
    bytes
}

#[test]
fn hostile_archives_are_accounted_for_and_stop_nothing() {
    let mut deep = zipped(&[("a.txt", REPORT.as_bytes())]);
    (0..5).for_each(|_| deep = zipped(&[("i.zip", &deep)]));
    let bomb = zipped(&[("bomb.txt", &vec![b'0'; 20 << 20]), ("ok.txt", REPORT.as_bytes())]);
    let sound = zipped(&[("a.txt", REPORT.as_bytes()), (".b", b"5 ha"), ("c.jpg", b"\xFF\xD8\xFF\xE0")]);
    let mail = b"From: a\nTo: b\nDate: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\n\
                 12 ha.\n--m\nContent-Type: text/plain; name=k.txt\nContent-Disposition: attachment\n\n5 ha.\n--m--\n";
    let dir = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("bomb.zip", &bomb),
        ("cut.zip", &sound[..sound.len() - 9]),
        ("deep.zip", &deep),
        ("empty.zip", &zipped(&[])),
        ("lying.zip", &lying()),
        ("mail.eml", mail),
        ("overlapping.zip", &overlapping()),
        ("sound.zip", &sound),
        ("z.txt", REPORT.as_bytes()),
    ]);
    for jobs in ["1", "4"] {
        let output = run(dir.path(), &["extract", ".", "-j", jobs]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        let lines: Vec<(String, String)> = records(&output)
            .iter()
            .map(|r| (r["source"]["path"].as_str().unwrap()[2..].to_owned(), kind(r).to_owned()))
            .collect();
        let record = "baocao.record/2";
        let expected = [
            ("a.txt", record),
            ("bomb.zip!/bomb.txt", "too_large"),
            ("bomb.zip!/ok.txt", record),
            ("cut.zip", "damaged"),
            ("deep.zip!/i.zip!/i.zip!/i.zip", "too_large"),
            ("lying.zip!/a.txt", "damaged"),
            ("mail.eml", record),
            ("mail.eml!/k.txt", record),
            ("overlapping.zip", "too_large"),
            ("sound.zip!/a.txt", record),
            ("z.txt", record),
        ];
        let found: Vec<(&str, &str)> = lines.iter().map(|(p, k)| (p.as_str(), k.as_str())).collect();
        assert_eq!(found, expected);
        // Records and errors, and of sound.zip and empty.zip three that are passed over.
        let said = stderr(&output);
        assert!(
            said.contains("14 files: 6 documents, 5 errors, 3 files of other kinds passed over"),
            "{said}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_archive_that_its_worker_does_not_survive_is_an_error_record() {
    // A list of members that takes more memory than a worker may have, though it keeps to its limit.
    let mut list = Vec::new();
    for n in 0..1000_u32 {
        list.extend(b"PK\x01\x02\x14\0\x14\0");
        list.extend([0; 20]);
        list.extend(60_000_u16.to_le_bytes());
        list.extend([0; 16]);
        list.extend(format!("{n:060000}").bytes());
    }
    let mut wide = zipped(&[("a.txt", REPORT.as_bytes())]);
    wide.truncate(wide.windows(4).position(|w| w == b"PK\x01\x02").unwrap());
    let (start, size) = (wide.len() as u32, list.len() as u32);
    wide.extend(list);
    wide.extend(b"PK\x05\x06\0\0\0\0\xE8\x03\xE8\x03");
    wide.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    wide.extend([0, 0]);
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("t.zip", &wide), ("z.txt", REPORT.as_bytes())]);
    let output = run(dir.path(), &["extract", ".", "--memory", "150M"]);
    let found = records(&output);
    let kinds: Vec<&str> = found.iter().map(kind).collect();
    assert_eq!(
        (kinds.as_slice(), code(&output)),
        (["baocao.record/2", "out_of_memory", "baocao.record/2"].as_slice(), 1)
    );
}
