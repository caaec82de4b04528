//! What can go wrong with one document: a few kinds, each with a stable code and one clear sentence.
//!
//! A document's error never ends a run: it becomes an error record in the output stream
//! (`{"schema":"baocao.error/1","error":{"code":"encrypted","message":"…"}}`).

/// Why a document could not be read. The code is part of the output contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path does not exist (any more).
    #[error("the file does not exist")]
    NotFound,
    /// The file or folder may not be read.
    #[error("the file may not be read: permission denied")]
    Permission,
    /// Reading failed for another reason.
    #[error("the file could not be read: {0}")]
    Io(String),
    /// No reader takes this kind of file.
    #[error("this kind of file is not supported: {0}")]
    Unsupported(String),
    /// A password is needed, or the given one is wrong.
    #[error("the document is encrypted: {0}")]
    Encrypted(String),
    /// The file is of a known kind but broken beyond repair.
    #[error("the document is damaged: {0}")]
    Damaged(String),
    /// The file holds no text that could be extracted.
    #[error("the document holds no text: {0}")]
    NoText(String),
    /// The same of pages that are pictures: recognition (OCR) may read them.
    #[error("the document holds no text: {0}")]
    Scanned(String),
    /// A named limit was exceeded.
    #[error("the document is too large: {0}")]
    TooLarge(String),
    /// The time limit for one document ran out.
    #[error("the time limit ran out: {0}")]
    Timeout(String),
    /// Reading it took more memory than a worker may have.
    #[error("the memory limit was exceeded: {0}")]
    OutOfMemory(String),
    /// Its worker process died, twice.
    #[error("reading it crashed: {0}")]
    Crashed(String),
    /// A defect in this program; please report it.
    #[error("an internal error stopped this document: {0}")]
    Internal(String),
}

impl Error {
    /// The stable code that stands in the error record.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Permission => "permission",
            Self::Io(_) => "io",
            Self::Unsupported(_) => "unsupported",
            Self::Encrypted(_) => "encrypted",
            Self::Damaged(_) => "damaged",
            Self::NoText(_) | Self::Scanned(_) => "no_text",
            Self::TooLarge(_) => "too_large",
            Self::Timeout(_) => "timeout",
            Self::OutOfMemory(_) => "out_of_memory",
            Self::Crashed(_) => "crashed",
            Self::Internal(_) => "internal",
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        match e.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            std::io::ErrorKind::PermissionDenied => Self::Permission,
            _ => Self::Io(e.to_string()),
        }
    }
}
