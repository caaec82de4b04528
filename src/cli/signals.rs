//! SIGINT and SIGTERM: the first asks the run to end after the documents in hand, the second ends it at once.

use crate::batch::Stop;

/// Notes signals in `stop` from now on.
///
/// # Errors
/// A system that does not allow it.
#[cfg(unix)]
pub fn watch(stop: &Stop) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&asked))?;
        flag::register(signal, Arc::clone(&asked))?;
        flag::register_usize(signal, stop.noted(), usize::try_from(signal).unwrap_or(0))?;
    }
    Ok(())
}

/// Elsewhere the system's own way stays.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn watch(_: &Stop) -> std::io::Result<()> {
    Ok(())
}
