//! Tells the program which commit it is built from (`baocao --version`): from git, or from what `cargo package` noted.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let commit = from_git().or_else(from_package).unwrap_or_default();
    println!("cargo:rustc-env=BAOCAO_COMMIT={commit}");
}

/// The commit and its day, if this is a checkout of the project itself.
fn from_git() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    // The file that grows with every commit; in a linked work tree git knows where it is.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]).filter(|log| Path::new(log).exists()) {
        println!("cargo:rerun-if-changed={log}");
    }
    git(&["log", "-1", "--format=%h %cs"])
}

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok().filter(|o| o.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The commit that `cargo package` wrote into the package.
fn from_package() -> Option<String> {
    let note = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let sha = note.split_once("\"sha1\":")?.1.split('"').nth(1)?;
    Some(sha.chars().take(9).collect())
}
