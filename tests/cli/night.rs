//! A night run ends well, whatever was on the disk: workers that die or are late, stops, and going on after them.

use std::process::Child;
use std::time::{Duration, Instant};

use super::*;

/// A report that differs from the others by its number.
fn report(n: usize) -> String {
    REPORT.replace("14/BC-UBND", &format!("{n}/BC-UBND"))
}

/// A folder `in` with that many reports.
fn reports(count: usize) -> tempfile::TempDir {
    let dir = folder(&[("in/000.txt", report(0).as_bytes())]);
    for n in 1..count {
        fs::write(dir.path().join(format!("in/{n:03}.txt")), report(n)).unwrap();
    }
    dir
}

/// What a run without a stop gives.
fn whole(dir: &Path) -> Vec<u8> {
    run(dir, &["extract", "-q", "in"]).stdout
}

fn wait_for(what: &str, mut until: impl FnMut() -> bool) {
    let start = Instant::now();
    while !until() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(unix)]
fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &pid.to_string()]).status().unwrap().success());
}

/// Begins a run over `in` that hangs at a pipe called `in/{at}.txt`, and waits until what is before it is written.
#[cfg(unix)]
fn hanging(dir: &Path, at: &str, lines: usize, more: &[&str]) -> Child {
    let pipe = dir.join(format!("in/{at}.txt"));
    fs::remove_file(&pipe).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let named = format!("in/{at}.txt");
    let args = [&["extract", "in", &named, "-o", "out.jsonl", "-j", "1", "-q"], more].concat();
    let child = baocao(dir, &args).stderr(Stdio::null()).spawn().unwrap();
    // Behind its first line the journal has one for each line of the part.
    let journal = dir.join("out.jsonl.journal");
    let written = || fs::read(&journal).map_or(0, |b| b.iter().filter(|b| **b == b'\n').count());
    wait_for("the journal", || written() > lines);
    child
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_goes_on_and_gives_what_a_whole_run_gives() {
    let dir = reports(40);
    let expected = whole(dir.path());
    let mut child = hanging(dir.path(), "030", 10, &[]);
    child.kill().unwrap();
    child.wait().unwrap();
    fs::remove_file(dir.path().join("in/030.txt")).unwrap();
    fs::write(dir.path().join("in/030.txt"), report(30)).unwrap();
    let forgotten = run(dir.path(), &["extract", "in", "-o", "out.jsonl"]);
    assert_eq!(code(&forgotten), 2, "the part is not lost by forgetting the option");
    assert!(stderr(&forgotten).contains("--resume"), "{}", stderr(&forgotten));
    let output = run(dir.path(), &["extract", "in", "-o", "out.jsonl", "--resume"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).contains("kept from before"), "{}", stderr(&output));
    assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), expected);
    let mut names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["in", "out.jsonl"], "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn what_changed_or_came_since_a_stop_is_done_and_stands_at_its_place() {
    let dir = reports(30);
    let mut child = hanging(dir.path(), "029", 20, &[]);
    child.kill().unwrap();
    child.wait().unwrap();
    let path = |name: &str| dir.path().join("in").join(name);
    fs::remove_file(path("029.txt")).unwrap();
    fs::remove_file(path("007.txt")).unwrap();
    fs::write(path("005.txt"), report(500) + "thêm 3 hồ sơ\n").unwrap();
    fs::write(path("003b.txt"), report(1003)).unwrap();
    let output = run(dir.path(), &["extract", "-q", "in", "-o", "out.jsonl", "--resume"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), whole(dir.path()));
}

#[cfg(target_os = "linux")]
#[test]
fn signals_finish_the_document_in_hand_and_say_how_to_go_on() {
    for (name, expected) in [("TERM", 143), ("INT", 130)] {
        let dir = reports(12);
        let mut child = hanging(dir.path(), "009", 5, &["--timeout", "4"]);
        signal(child.id(), name);
        assert_eq!(child.wait().unwrap().code(), Some(expected), "SIG{name}");
        assert!(!dir.path().join("out.jsonl").exists());
        fs::remove_file(dir.path().join("in/009.txt")).unwrap();
        fs::write(dir.path().join("in/009.txt"), report(9)).unwrap();
        let output =
            run(dir.path(), &["extract", "-q", "in", "-o", "out.jsonl", "--resume", "--retry-failed"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), whole(dir.path()));
    }
}

#[test]
fn a_finished_output_is_gone_on_with_by_content_and_error_records_are_done_again_on_request() {
    let dir = reports(6);
    let bad = dir.path().join("in/002.txt");
    fs::write(&bad, "").unwrap();
    assert_eq!(code(&run(dir.path(), &["extract", "-q", "in", "-o", "out.jsonl"])), 1);
    fs::write(dir.path().join("in/004.txt"), report(44)).unwrap();
    let resume = |more: &[&str]| {
        let output = run(dir.path(), &[&["extract", "in", "-o", "out.jsonl", "--resume"], more].concat());
        assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), whole(dir.path()));
        (code(&output), stderr(&output))
    };
    let (code, said) = resume(&[]);
    assert!(code == 1 && said.contains("5 kept from before"), "{said}");
    let (code, said) = resume(&["--retry-failed"]);
    assert!(code == 1 && said.contains("5 kept from before"), "{said}");
}

#[test]
fn what_went_to_standard_output_is_gone_on_with_by_naming_it() {
    let dir = reports(8);
    let all = whole(dir.path());
    let lines: Vec<&[u8]> = all.split_inclusive(|b| *b == b'\n').collect();
    fs::write(dir.path().join("before.jsonl"), lines[..3].concat()).unwrap();
    let rest = run(dir.path(), &["extract", "-q", "in", "--done", "before.jsonl"]);
    assert_eq!((code(&rest), rest.stdout), (0, lines[3..].concat()));
}

#[test]
fn resume_is_refused_where_it_cannot_hold_what_it_says() {
    let dir = reports(2);
    for args in [
        &["extract", "in", "--resume"][..],
        &["extract", "in", "-o", "o.json", "--format", "json", "--resume"],
        &["extract", "in", "-o", "o.jsonl", "--retry-failed"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
    }
    fs::write(dir.path().join("o.jsonl"), "{\"schema\":\"baocao.record/2\",\"generator\":{\"version\":\"0.0.1\",\"patterns\":\"x\"},\"source\":{\"path\":\"a\"}}\n").unwrap();
    let output = run(dir.path(), &["extract", "in", "-o", "o.jsonl", "--resume"]);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
    assert!(stderr(&output).contains("another version"), "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_takes_too_much_memory_is_an_error_record_and_the_others_are_not() {
    let dir = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("m.txt", "5% ".repeat(150_000).as_bytes()),
        ("z.txt", REPORT.as_bytes()),
    ]);
    let output = run(dir.path(), &["extract", ".", "--memory", "150M"]);
    let kinds: Vec<String> = records(&output).iter().map(|r| kind(r).to_owned()).collect();
    assert_eq!((kinds[1].as_str(), code(&output)), ("out_of_memory", 1), "{kinds:?}");
    assert!(kinds[0].starts_with("baocao.record/") && kinds[2].starts_with("baocao.record/"), "{kinds:?}");
}

/// The children of a process.
#[cfg(target_os = "linux")]
fn children(parent: u32) -> Vec<u32> {
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let fields = stat.rsplit_once(')').map_or("", |s| s.1);
        if fields.split_whitespace().nth(1) == Some(&parent.to_string()) {
            all.push(pid);
        }
    }
    all
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_whose_worker_dies_is_tried_once_more_and_then_given_up_alone() {
    let dir = reports(9);
    let mut child = hanging(dir.path(), "004", 3, &[]);
    let mut killed: Vec<u32> = Vec::new();
    for _ in 0..2 {
        wait_for("a fresh worker at the pipe", || {
            let workers = children(child.id());
            let fresh = workers.iter().find(|w| !killed.contains(w)).copied();
            // It hangs once it has read everything before: give it a moment to come there.
            fresh.is_some_and(|w| {
                std::thread::sleep(Duration::from_millis(1500));
                signal(w, "ABRT");
                killed.push(w);
                true
            })
        });
    }
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let out = fs::read_to_string(dir.path().join("out.jsonl")).unwrap();
    let records: Vec<Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let failed: Vec<(usize, &str)> =
        records.iter().map(kind).enumerate().filter(|k| !k.1.starts_with("baocao.record/")).collect();
    assert_eq!((records.len(), failed), (9, vec![(4, "crashed")]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_program_leaves_no_worker_behind() {
    let dir = reports(6);
    let mut child = hanging(dir.path(), "004", 3, &[]);
    let workers = children(child.id());
    assert!(!workers.is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    let lives = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        !stat.is_empty() && !stat.contains(") Z ")
    };
    wait_for("the end of the workers", || !workers.iter().any(lives));
}

#[test]
fn progress_for_programs_is_json_on_stderr() {
    let dir = reports(3);
    let output = run(dir.path(), &["extract", "in", "--progress", "json", "-q"]);
    let said = stderr(&output);
    let last: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    let figures = ["files", "total", "documents", "errors"].map(|k| last[k].as_u64().unwrap());
    assert_eq!((figures, last["done"].as_bool()), ([3, 3, 3, 0], Some(true)), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_password_stands_on_no_command_line_of_a_worker() {
    let dir = reports(6);
    let mut child = hanging(dir.path(), "004", 3, &["--password", "bí mật 1"]);
    for worker in children(child.id()) {
        let line = fs::read(format!("/proc/{worker}/cmdline")).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&line).contains("mật"), "{line:?}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
