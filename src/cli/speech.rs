//! The language in which the program speaks to people: help, messages and errors on stderr. Records have none.
//!
//! `--lang vi`, or a locale that begins with `vi` (LC_ALL, LC_MESSAGES, LANG in this order), makes it Vietnamese.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::sync::OnceLock;

use crate::patterns::messages::Messages;

/// The sentences of the chosen language; none for English.
static CHOSEN: OnceLock<Option<Messages>> = OnceLock::new();

/// Chooses the language by the arguments and the locale. Later calls change nothing.
pub fn choose(args: &[OsString]) {
    let is_vietnamese = asked(args).unwrap_or_else(|| {
        let set = |name| std::env::var_os(name).filter(|value: &OsString| !value.is_empty());
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).is_some_and(|value| is_vi(&value))
    });
    CHOSEN.get_or_init(|| if is_vietnamese { Messages::vietnamese().ok() } else { None });
}

/// What `--lang` says, wherever it stands: an error about the arguments is to be in that language, too.
fn asked(args: &[OsString]) -> Option<bool> {
    let args: Vec<Cow<'_, str>> = args.iter().map(|a| a.to_string_lossy()).collect();
    let behind = args.windows(2).find(|pair| pair.first().is_some_and(|flag| flag == "--lang"));
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let value = joined.or_else(|| behind.and_then(|pair| pair.get(1)).map(AsRef::as_ref))?;
    Some(is_vi(OsStr::new(value)))
}

fn is_vi(value: &OsStr) -> bool {
    value.to_string_lossy().to_ascii_lowercase().starts_with("vi")
}

/// A text in the chosen language.
pub fn told(text: &str) -> Cow<'_, str> {
    match CHOSEN.get().and_then(Option::as_ref) {
        Some(messages) => Cow::Owned(messages.told(text)),
        None => Cow::Borrowed(text),
    }
}

/// Whether the chosen language is not the one of the code.
pub fn is_foreign() -> bool {
    CHOSEN.get().is_some_and(Option::is_some)
}

/// The command with its help in the chosen language.
pub fn dressed(command: clap::Command) -> clap::Command {
    if is_foreign() { in_words(command, true) } else { command }
}

fn in_words(mut command: clap::Command, is_root: bool) -> clap::Command {
    let text = |styled: Option<&clap::builder::StyledStr>| styled.map(|s| told(&s.to_string()).into_owned());
    if let Some(about) = text(command.get_about()) {
        command = command.about(about);
    }
    if let Some(about) = text(command.get_long_about()) {
        command = command.long_about(about);
    }
    if let Some(after) = text(command.get_after_help()) {
        command = command.after_help(after);
    }
    if is_root {
        command = command.subcommand_help_heading(told("Commands").into_owned());
    }
    let usage = told("Usage:");
    let help = clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help);
    command = command
        .disable_help_flag(true)
        .arg(help.help(told("Print help (see more with '--help')").into_owned()))
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .mut_args(|arg| {
            let heading = match arg.get_help_heading() {
                Some(heading) => told(heading).into_owned(),
                None if arg.is_positional() => told("Arguments").into_owned(),
                None => told("Options").into_owned(),
            };
            let (short, long) = (text(arg.get_help()), text(arg.get_long_help()));
            let arg = arg.help_heading(heading);
            let arg = if let Some(short) = short { arg.help(short) } else { arg };
            if let Some(long) = long { arg.long_help(long) } else { arg }
        });
    command.mut_subcommands(|sub| in_words(sub, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_asked_for_anywhere_in_the_call() {
        let args = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(asked(&args("baocao extract --lang vi x")), Some(true));
        assert_eq!(asked(&args("baocao --lang=en extract")), Some(false));
        assert_eq!(asked(&args("baocao extract vi")), None);
    }
}
