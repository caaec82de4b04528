//! A share of the files, for a run on more than one machine: which one a file belongs to tells a hash of its path, so that
//! every machine knows without asking, and the shares together are the whole.

use std::str::FromStr;

use super::walk::Found;

/// Share `index` of `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    index: u64,
    count: u64,
}

impl Shard {
    /// Whether it has this thing. An archive is in one share with all that is in it.
    pub fn takes(self, found: &Found) -> bool {
        let shown = found.shown();
        let path = shown.split_once("!/").map_or(shown.as_str(), |(archive, _)| archive);
        hash(path.as_bytes()) % self.count == self.index - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((index, count)) if 1 <= index && index <= count => Ok(Self { index, count }),
            _ => Err("a share is I/N, with I from 1 to N: 2/8".into()),
        }
    }
}

/// FNV-1a, its bits mixed once more: the lowest ones alone would follow the last letters.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (fnv ^ (fnv >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Found {
        Found::File { path: path.into(), named: false }
    }

    #[test]
    fn every_file_is_in_one_share_and_the_shares_are_about_as_large() {
        let shares: Vec<Shard> = (1..=4).map(|i| format!("{i}/4").parse().unwrap()).collect();
        let mut sizes = [0; 4];
        for n in 0..4000 {
            let found = file(&format!("in/{n:04}.txt"));
            let of: Vec<usize> = (0..4).filter(|i| shares[*i].takes(&found)).collect();
            assert_eq!(of.len(), 1);
            sizes[of[0]] += 1;
        }
        assert!(sizes.iter().all(|n| (900..1100).contains(n)), "{sizes:?}");
    }

    #[test]
    fn an_archive_stays_whole() {
        let shares: Vec<Shard> = (1..=7).map(|i| format!("{i}/7").parse().unwrap()).collect();
        for n in 0..50 {
            let own = |path: &str| shares.iter().position(|s| s.takes(&file(path)));
            assert_eq!(own("a.zip"), own(&format!("a.zip!/{n}.txt")));
        }
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in ["0/4", "5/4", "1", "a/b", "-1/3", "1/0"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
