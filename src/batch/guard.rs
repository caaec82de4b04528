//! Keeps one document's panic from ending the run: it becomes an [`Error::Internal`] with the place it happened.
//!
//! A stack overflow cannot be caught; depth is bounded in the readers, and workers get [`STACK_BYTES`] of stack.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use crate::error::Error;

/// Stack of a worker thread. Only what is used is ever committed.
pub const STACK_BYTES: usize = 16 << 20;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work`; a panic inside becomes an error, and nothing is printed.
///
/// # Errors
/// What `work` returns, or [`Error::Internal`] with the panic's message and place.
pub fn guarded<R>(work: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
    install_hook();
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    result.unwrap_or_else(|_| {
        let message = MESSAGE.take().unwrap_or_else(|| "panic without a message".into());
        Err(Error::Internal(message))
    })
}

/// Makes panics of guarded threads silent and keeps their message; all other threads panic as before.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                return default(info);
            }
            let payload = info.payload();
            let said = payload
                .downcast_ref::<&str>()
                .map(|s| (*s).to_owned())
                .or_else(|| payload.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            let place = info.location().map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
            MESSAGE.set(Some(format!("{said}{place}")));
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_that_names_the_place() {
        let result: Result<(), Error> = guarded(|| panic!("số {} lạ", 7));
        let error = result.unwrap_err();
        assert_eq!(error.code(), "internal");
        assert!(error.to_string().contains("số 7 lạ"), "{error}");
        assert!(error.to_string().contains("guard.rs:"), "{error}");
    }

    #[test]
    fn results_and_errors_pass_through() {
        assert_eq!(guarded(|| Ok(3)), Ok(3));
        assert_eq!(guarded::<()>(|| Err(Error::NotFound)), Err(Error::NotFound));
    }
}
