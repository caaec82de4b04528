//! Kept work: texts of documents and recognised pages in a folder (`--cache`), so that new patterns run over many
//! reports without reading them again.
//!
//! In: a key of everything that the work depends on. Out: what was kept under it, or nothing. An entry names its whole
//! key and the hash of its body; one that does not fit, is cut short or cannot be read is made anew, never trusted.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// First line of every entry; the number is that of the form of entries.
const MAGIC: &str = "baocao cache 1";

/// A folder of kept work.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Cache(PathBuf);

/// What a piece of work depends on, as one hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(String);

impl Key {
    /// From the parts, of which none can run into the next.
    pub(super) fn of(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        Self(hex(&hash.finalize()))
    }
}

impl Cache {
    /// Opens the folder, which is made if need be.
    ///
    /// # Errors
    /// A folder that cannot be made or written.
    pub fn open(dir: &Path) -> io::Result<Self> {
        fs::create_dir_all(dir)?;
        tempfile::NamedTempFile::new_in(dir)?;
        Ok(Self(dir.to_owned()))
    }

    /// What was kept, if it fits.
    pub(super) fn get<T: DeserializeOwned>(&self, key: &Key) -> Option<T> {
        let bytes = fs::read(self.path(key)).ok()?;
        let (head, body) = bytes.split_at_checked(head(key, "").len() + 64)?;
        let head = std::str::from_utf8(head).ok()?;
        (head == self::head(key, &hex(&Sha256::digest(body)))).then_some(())?;
        serde_json::from_slice(body).ok()
    }

    /// Keeps a piece of work. A full disk costs the entry, not the run.
    pub(super) fn put<T: Serialize>(&self, key: &Key, value: &T) {
        let _ = self.write(key, value);
    }

    fn write<T: Serialize>(&self, key: &Key, value: &T) -> io::Result<()> {
        let body = serde_json::to_vec(value)?;
        let path = self.path(key);
        let dir = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(dir)?;
        // Whole or not at all, also beside other programs that keep the same.
        let mut file = tempfile::NamedTempFile::new_in(dir)?;
        file.write_all(head(key, &hex(&Sha256::digest(&body))).as_bytes())?;
        file.write_all(&body)?;
        file.persist(path)?;
        Ok(())
    }

    fn path(&self, key: &Key) -> PathBuf {
        let (folder, name) = key.0.split_at_checked(2).unwrap_or(("", &key.0));
        self.0.join(folder).join(name)
    }
}

fn head(key: &Key, body: &str) -> String {
    format!("{MAGIC}\n{}\n{body}\n", key.0)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The program as it is: another build may read otherwise.
pub(super) fn program() -> &'static str {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| {
        let binary = std::env::current_exe().and_then(fs::read).unwrap_or_default();
        format!("{} {}", env!("CARGO_PKG_VERSION"), hex(&Sha256::digest(binary)))
    });
    &PROGRAM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_does_not_fit_is_not_trusted() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path()).unwrap();
        let (key, other) = (Key::of(&[b"a", b"bc"]), Key::of(&[b"ab", b"c"]));
        assert_ne!(key, other);
        assert_eq!(cache.get::<String>(&key), None);
        cache.put(&key, &"kế hoạch");
        assert_eq!(cache.get::<String>(&key).as_deref(), Some("kế hoạch"));
        assert_eq!(cache.get::<Vec<u8>>(&key), None, "another form");
        let path = cache.path(&key);
        let whole = fs::read(&path).unwrap();
        for cut in [0, 10, 100, whole.len() - 1] {
            fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(cache.get::<String>(&key), None, "cut at {cut}");
        }
        let changed: Vec<u8> = whole.iter().map(|&b| if b == b'h' { b'H' } else { b }).collect();
        fs::write(&path, changed).unwrap();
        assert_eq!(cache.get::<String>(&key), None, "a changed byte");
        fs::create_dir_all(cache.path(&other).parent().unwrap()).unwrap();
        fs::write(cache.path(&other), &whole).unwrap();
        assert_eq!(cache.get::<String>(&other), None, "the entry of another key");
    }
}
