//! Looks into archives, in a worker process of its own that is started when the first one is met: whatever an archive does to
//! its reader, the run goes on, and the archive gets an error record.

use std::path::Path;
use std::time::Duration;

use super::archive::{Member, Opened};
use super::frame::{Reply, Task};
use super::hand::{Hand, Silence, Workers};
use crate::error::Error;

/// Asks a worker process of its own.
pub struct Looker {
    workers: Workers,
    timeout: Option<Duration>,
    hand: Option<Hand>,
}

impl Looker {
    /// Asks workers of this kind, which have so much time for one answer.
    pub fn new(workers: &Workers, timeout: Option<Duration>) -> Self {
        Self { workers: workers.clone(), timeout, hand: None }
    }

    /// What an archive holds.
    ///
    /// # Errors
    /// What its worker died of, twice.
    pub(super) fn open(&mut self, path: &Path, hidden: bool) -> Result<Opened, Error> {
        match self.ask(&Task::Look { path: path.into(), hidden })? {
            Reply::Opened(opened) => Ok(opened),
            Reply::Outcome(_) | Reply::Hash(_) => Ok(Opened::No),
        }
    }

    /// What the content of a file in an archive is known by, if it can be read.
    pub(super) fn hash(&mut self, member: &Member) -> Option<[u8; 32]> {
        match self.ask(&Task::Hash(member.clone())) {
            Ok(Reply::Hash(hash)) => hash,
            _ => None,
        }
    }

    /// Asks, and once more if the worker dies: the answer depends on nothing that was asked before.
    fn ask(&mut self, task: &Task) -> Result<Reply, Error> {
        self.once(task).or_else(|error| match error {
            Error::Timeout(_) => Err(error),
            _ => self.once(task),
        })
    }

    fn once(&mut self, task: &Task) -> Result<Reply, Error> {
        let mut hand = match self.hand.take() {
            Some(hand) => hand,
            None => Hand::start_patiently(&self.workers)?,
        };
        hand.give(std::iter::once(task));
        let reply = hand.reply(self.timeout, || false);
        let reply = reply.map_err(|silence| match silence {
            Silence::Late => Error::Timeout("looking into this archive took too long, see --timeout".into()),
            Silence::Died(error) => error,
        })?;
        self.hand = Some(hand);
        Ok(reply)
    }
}
