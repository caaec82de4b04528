//! `baocao man [SUBCOMMAND]`: the manual page, in roff: `baocao man | man -l -`.

use anyhow::Context;

use super::{Outcome, command, print};

/// Prints the manual page (read it with `baocao man | man -l -`)
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The page of one subcommand.
    subcommand: Option<String>,
}

/// Runs the subcommand.
///
/// # Errors
/// An unknown subcommand, a stdout that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut whole = command();
    whole.build();
    let page = match &args.subcommand {
        None => whole,
        Some(name) => whole.find_subcommand(name).with_context(|| format!("no subcommand {name:?}"))?.clone(),
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    print(&roff)
}
