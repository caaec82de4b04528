//! The same content under several paths counts once; the other paths are kept with its sources.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::row::{Origin, Row};

/// The paths of every content, of which the first counts.
#[derive(Debug, Default)]
pub struct Copies(BTreeMap<String, Vec<String>>);

impl Copies {
    /// Whether a content is new; its path is remembered. A record without an id is always new.
    pub fn is_first(&mut self, id: &str, path: &str) -> bool {
        let paths = self.0.entry(id.to_owned()).or_default();
        paths.push(path.to_owned());
        paths.len() == 1 || id.is_empty()
    }

    /// How many documents had the content of an earlier one.
    pub fn count(&self) -> usize {
        self.0.iter().filter(|(id, _)| !id.is_empty()).map(|(_, paths)| paths.len() - 1).sum()
    }

    /// Writes the other paths into the sources of the rows.
    pub fn note(&self, rows: &mut [Row]) {
        let mut noted: BTreeMap<&str, Arc<Origin>> = BTreeMap::new();
        for source in rows.iter_mut().flat_map(|r| &mut r.sources) {
            let Some((id, paths)) = self.0.get_key_value(&source.origin.record) else { continue };
            if let (Some(copies @ [_, ..]), false) = (paths.get(1..), id.is_empty()) {
                let with_copies =
                    || Arc::new(Origin { copies: copies.to_vec(), ..Origin::clone(&source.origin) });
                source.origin = Arc::clone(noted.entry(id).or_insert_with(with_copies));
            }
        }
    }
}
