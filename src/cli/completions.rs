//! `baocao completions SHELL`: a completion script for the shell.

use super::{Outcome, command, print};

/// Prints a completion script for a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell.
    shell: clap_complete::Shell,
}

/// Runs the subcommand.
///
/// # Errors
/// A stdout that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "baocao", &mut script);
    print(&script)
}
