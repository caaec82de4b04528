//! The temporary folder of a run that recognises scans: locks of pages, and the temporary files of its workers.
//!
//! It goes with the run, however that ends: where a signal leaves the program no time to clean up, a small shell does,
//! which waits for the program's end of a pipe to close.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Waits until the pipe closes, then removes the folder; twice, since tools that die at that moment may still write.
#[cfg(unix)]
const SWEEP: &str =
    "trap '' HUP INT TERM; while read -r _; do :; done; rm -rf -- \"$0\" || { sleep 1; rm -rf -- \"$0\"; }";

/// The folder, which dropping removes.
#[derive(Debug)]
pub(super) struct Scratch {
    dir: TempDir,
    sweeper: Option<Child>,
}

impl Scratch {
    /// A new folder among the system's temporary files.
    ///
    /// # Errors
    /// What making it gives.
    pub(super) fn new() -> io::Result<Self> {
        let dir = tempfile::Builder::new().prefix("baocao-").tempdir()?;
        let sweeper = sweeper(dir.path());
        Ok(Self { dir, sweeper })
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(sweeper) = &mut self.sweeper {
            // Its pipe closes: it removes the folder, and ends.
            drop(sweeper.stdin.take());
            let _ = sweeper.wait();
        }
    }
}

/// The process that removes a folder when this one is gone; none where the system has no shell.
#[cfg(unix)]
fn sweeper(dir: &Path) -> Option<Child> {
    use std::os::unix::process::CommandExt;
    let mut command = Command::new("/bin/sh");
    command.args(["-c", SWEEP]).arg(dir);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // A group of its own: a signal to the program's group is not meant for it.
    command.process_group(0).spawn().ok()
}

#[cfg(not(unix))]
fn sweeper(_: &Path) -> Option<Child> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_folder_goes_with_the_run_and_with_a_program_that_is_killed() {
        let scratch = Scratch::new().unwrap();
        let path = scratch.path().to_owned();
        std::fs::create_dir(path.join("worker")).unwrap();
        drop(scratch);
        assert!(!path.exists());
        // What is left when the program is killed: the folder, and a pipe that closes.
        let folder = tempfile::tempdir().unwrap().keep();
        std::fs::write(folder.join("page-0"), b"").unwrap();
        let mut left = sweeper(&folder).unwrap();
        assert!(folder.exists());
        drop(left.stdin.take());
        assert!(left.wait().unwrap().success());
        assert!(!folder.exists());
    }
}
