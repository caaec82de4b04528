//! From the words of a call to typed arguments; a wrong call is told what is wrong and what to do.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::speech::{self, told};
use super::{Cli, version};
use crate::batch::name::harmless;

/// Parses the arguments.
///
/// # Errors
/// The exit code, once help or version were shown or it was said what is wrong.
pub fn parse(args: &[OsString]) -> Result<Cli, u8> {
    let mut command = speech::dressed(Cli::command()).color(color(args));
    let parsed =
        command.try_get_matches_from_mut(args).and_then(|mut found| Cli::from_arg_matches_mut(&mut found));
    parsed.map_err(|error| answer(&error, args))
}

/// What `--color` says, wherever it stands: help and errors have colours, too.
fn color(args: &[OsString]) -> clap::ColorChoice {
    let mut args = args.iter().map(|a| a.to_string_lossy());
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--color") {
            Some("") => args.next().map(|v| v.into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        match value.as_deref() {
            Some("always") => return clap::ColorChoice::Always,
            Some("never") => return clap::ColorChoice::Never,
            _ => {}
        }
    }
    clap::ColorChoice::Auto
}

fn answer(error: &clap::Error, args: &[OsString]) -> u8 {
    match error.kind() {
        ErrorKind::DisplayVersion => {
            let is_long = args.iter().any(|a| a == "--version");
            let _ = io::stdout().write_all(version::text(is_long).as_bytes());
            return 0;
        }
        ErrorKind::DisplayHelp => {
            show(error);
            return 0;
        }
        _ => show(error),
    }
    for hint in hints(error, args) {
        let _ = writeln!(io::stderr(), "  {}", told(&format!("hint: {hint}")));
    }
    2
}

/// Prints help or the error; clap knows English alone, so that in another language its lines are told one by one.
fn show(error: &clap::Error) {
    if !speech::is_foreign() {
        let _ = error.print(); // should stderr be closed, nobody wants to know
        return;
    }
    let text = told(&error.render().to_string()).into_owned();
    let _ = if error.use_stderr() {
        io::stderr().write_all(text.as_bytes())
    } else {
        io::stdout().write_all(text.as_bytes())
    };
}

/// What to do, where clap does not say it.
fn hints(error: &clap::Error, args: &[OsString]) -> Vec<String> {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => of_word(&context(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => of_option(&arg).into_iter().map(str::to_owned).collect(),
        ErrorKind::InvalidValue
            if arg.starts_with("--format") && is_table(&value) && args.iter().any(|a| a == "compare") =>
        {
            vec!["for a spreadsheet: --format csv --bom -o compare.csv".into()]
        }
        ErrorKind::InvalidValue if arg.starts_with("--format") && is_table(&value) => vec![
            "tables are made from records: baocao extract FOLDER -o records.jsonl, then baocao export records.jsonl --what indicators".into(),
        ],
        _ => Vec::new(),
    }
}

/// A word where a subcommand is expected is often a document.
fn of_word(word: &str) -> Vec<String> {
    if Path::new(word).exists() {
        return vec![format!("to read documents: baocao extract {}", harmless(word))];
    }
    if word.contains(['.', '/', '\\']) {
        return vec![format!(
            "there is no file {} either; documents are read by baocao extract FILE",
            harmless(word)
        )];
    }
    Vec::new()
}

/// Options of other programs, and what does the same here.
fn of_option(option: &str) -> Option<&'static str> {
    Some(match option {
        "-r" | "-R" | "--recursive" => "folders are always read with all folders in them",
        "--csv" | "--excel" | "--xlsx" => {
            "tables are made from records: baocao export records.jsonl --what indicators"
        }
        "--json" => "JSON is what extract writes anyway: -o records.jsonl, or --pretty for the eye",
        "--threads" | "--workers" | "--parallel" => "the number of documents worked on at once is --jobs N",
        "--out" | "--output-dir" | "--outdir" => "all records go into one file: -o records.jsonl",
        "--language" | "--locale" => "the language of messages is --lang vi or --lang en",
        _ => return None,
    })
}

fn is_table(value: &str) -> bool {
    ["xls", "xlsx", "excel", "sqlite", "parquet"].contains(&value.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::messages::Messages;

    /// Each text of a command's help, with the name of what it explains.
    fn texts(command: &clap::Command, path: &str, out: &mut Vec<(String, String)>) {
        let mut add = |name: String, text: Option<&clap::builder::StyledStr>| {
            let lines = text.map(ToString::to_string).unwrap_or_default();
            out.extend(lines.lines().filter(|l| !l.is_empty()).map(|l| (name.clone(), l.to_owned())));
        };
        add(path.to_owned(), command.get_about());
        add(path.to_owned(), command.get_after_help());
        for arg in command.get_arguments().filter(|a| !a.is_hide_set() && a.get_id() != "help") {
            add(format!("{path} {}", arg.get_id()), arg.get_help());
            add(format!("{path} {}", arg.get_id()), arg.get_long_help());
        }
        for sub in command.get_subcommands().filter(|s| !s.is_hide_set()) {
            texts(sub, &format!("{path} {}", sub.get_name()), out);
        }
    }

    #[test]
    fn every_text_of_the_help_has_its_vietnamese_sentence() {
        let messages = Messages::vietnamese().unwrap();
        let mut found = Vec::new();
        texts(&Cli::command(), "baocao", &mut found);
        assert!(found.len() > 80, "{} texts", found.len());
        let missing: Vec<_> = found.iter().filter(|(_, text)| messages.told(text) == *text).collect();
        assert!(missing.is_empty(), "patterns/messages.toml lacks {missing:#?}");
    }

    #[test]
    fn options_of_other_programs_are_answered() {
        for option in ["-r", "--csv", "--json", "--threads"] {
            assert!(of_option(option).is_some(), "{option}");
        }
        assert!(of_option("--ocr").is_none());
        assert!(of_word("no-such-file.pdf").first().unwrap().contains("no file"));
        assert!(of_word("extrct").is_empty());
    }
}
