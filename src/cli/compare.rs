//! `baocao compare RECORDS…`: the same indicator side by side, by place and period.

use std::io::{IsTerminal, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::patterns::catalogue::{Catalogue, assign::assign};
use crate::tables::compare::filter;
use crate::tables::compare::filter::Filter;
use crate::tables::compare::merge::merge;
use crate::tables::compare::pivot::{By, pivot};
use crate::tables::compare::row;
use crate::tables::compare::row::Row;
use crate::tables::compare::share::Shared;
use crate::tables::compare::{Copies, Document, sort, unmatched};
use crate::tables::csv::{BOM, Separated};
use crate::tables::{compared, compared_json, html, unmatched as unknown};
use anyhow::bail;
use clap::ValueEnum;

use super::output::Output;
use super::records::Records;
use super::{Outcome, say};

/// Puts the indicators of many documents side by side: one row per indicator, place, period and role
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    records: Records,
    /// Only these indicators, by their id in the catalogue (repeatable).
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    indicator: Vec<String>,
    /// Only these provinces, under their name of then or of today (repeatable).
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    province: Vec<String>,
    /// Only reports of this level (repeatable).
    #[arg(long, value_name = "LEVEL", value_parser = ["tỉnh", "huyện", "xã", "cả nước"], help_heading = "Filters")]
    level: Vec<String>,
    /// Only periods that touch this year, or years like 2020-2024 (repeatable).
    #[arg(long, value_name = "YEAR", value_parser = filter::years, help_heading = "Filters")]
    year: Vec<RangeInclusive<i32>>,
    /// Only values of this role (repeatable).
    #[arg(long, value_name = "ROLE", value_parser = ["actual", "target", "change", "gap", "norm"], help_heading = "Filters")]
    role: Vec<String>,
    /// Only indicators of this group of the catalogue (repeatable).
    #[arg(long, value_name = "GROUP", help_heading = "Filters")]
    group: Vec<String>,
    /// One column a province, or a year; a cell shows every value with its sources.
    #[arg(long, value_enum)]
    pivot: Option<Pivot>,
    /// Sums the counts of provinces that are one today; rates stay apart, under the name of today.
    #[arg(long)]
    merge: bool,
    /// Lists the names that the catalogue does not know, most frequent first.
    #[arg(long, conflicts_with_all = ["pivot", "merge"])]
    unmatched: bool,
    /// Writes of every record what comparing needs, as JSON Lines: `compare` over the parts of several machines is
    /// `compare` over all records.
    #[arg(long, conflicts_with_all = ["pivot", "merge", "unmatched", "format", "bom"])]
    partial: bool,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// For a spreadsheet (CSV): the byte order mark by which Excel knows UTF-8, and no text taken for a formula.
    #[arg(long)]
    bom: bool,
    /// Cuts the lines of a table at this width [default: the terminal's; 0 does not cut].
    #[arg(long, value_name = "COLUMNS")]
    width: Option<usize>,
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Pivot {
    Province,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Jsonl,
    Html,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let output = args.records.output(args.output.as_deref())?;
    let extractor = args.records.reading.extractor()?;
    let catalogue = &extractor.patterns().catalogue;
    let filter = args.filter(catalogue)?;
    // Records made with other patterns get the ids of these.
    let own_patterns = args.records.reading.has_patterns();
    let prepare = |mut document: Document| {
        if own_patterns {
            assign(catalogue, &document.metadata, &document.sections, &mut document.indicators);
        }
        document
    };
    if args.partial {
        let slim = |document: Document| {
            let mut document = prepare(document);
            document.slim();
            document.indicators.retain(|i| filter.takes_indicator(i.indicator.as_deref(), catalogue));
            document
        };
        return args.records.write_parts(&output, slim);
    }
    let outcome = if args.unmatched {
        let mut names = unmatched::Collector::default();
        let outcome = args.records.each(
            |d: Document| unmatched::names(&prepare(d)),
            |found| {
                names.add(found);
                Ok(())
            },
        )?;
        let names = names.finish();
        args.with_output(&output, |out| args.write_unmatched(&names, out))?;
        outcome
    } else {
        let mut rows: Vec<Row> = Vec::new();
        let mut shared = Shared::default();
        let mut apart = 0;
        // The same content under two paths counts once.
        let mut copies = Copies::default();
        let outcome = args.records.each(
            |d: Document| {
                let d = prepare(d);
                let mut found = row::rows(&d);
                found.rows.retain(|r| filter.takes(r, catalogue));
                (d.id, d.source.path, found)
            },
            |(id, path, found)| {
                if copies.is_first(&id, &path) {
                    apart += found.apart;
                    rows.extend(found.rows.into_iter().map(|r| shared.row(r)));
                }
                Ok(())
            },
        )?;
        copies.note(&mut rows);
        let copies = copies.count();
        if args.merge {
            rows = merge(rows, catalogue, &extractor.patterns().places);
        }
        sort(&mut rows, catalogue);
        if !args.records.quiet {
            say(&format!("{} values", rows.len()));
            if apart > 0 {
                say(&format!(
                    "{apart} more without a certain place or time, or norms, are left apart (export lists them)"
                ));
            }
            if copies > 0 {
                say(&format!("{copies} documents have the content of another and count once"));
            }
        }
        args.with_output(&output, |out| args.write(&rows, catalogue, out))?;
        outcome
    };
    Ok(outcome)
}

impl Args {
    fn filter(&self, catalogue: &Catalogue) -> anyhow::Result<Filter> {
        let filter = Filter {
            indicators: self.indicator.clone(),
            groups: self.group.clone(),
            provinces: self.province.clone(),
            levels: self.level.clone(),
            years: self.year.clone(),
            roles: self.role.clone(),
        };
        filter.checked(catalogue).map_err(|e| anyhow::anyhow!("--{e}"))
    }

    /// Opens the output, and writes the mark for Excel where it is wanted.
    fn with_output(
        &self,
        output: &Output,
        write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        output.write(|out| {
            if self.bom && self.format == Format::Csv {
                out.write_all(BOM)?;
            }
            write(out)
        })
    }

    /// The width of a table: as asked, else the terminal's, else as wide as it is.
    fn width(&self) -> Option<usize> {
        match self.width {
            Some(0) => None,
            Some(width) => Some(width.max(20)),
            None if self.output.is_none() && std::io::stdout().is_terminal() => {
                terminal_size::terminal_size().map(|(w, _)| usize::from(w.0).max(20))
            }
            None => None,
        }
    }

    fn write(&self, rows: &[Row], catalogue: &Catalogue, out: &mut dyn Write) -> anyhow::Result<()> {
        let Some(by) = self.pivot else {
            match self.format {
                Format::Table => compared::text(rows, catalogue, self.width(), out)?,
                Format::Csv => compared::csv(rows, catalogue, self.csv(), out)?,
                Format::Jsonl => compared_json::rows(rows, catalogue, out)?,
                Format::Html => out.write_all(&{
                    let mut page = Vec::new();
                    html::compare::page(rows, catalogue, &mut page)?;
                    page
                })?,
            }
            return Ok(());
        };
        let (by, other) = match by {
            Pivot::Province => (By::Province, "period"),
            Pivot::Year => (By::Year, "place"),
        };
        let matrix = pivot(rows, by, catalogue, self.merge);
        match self.format {
            Format::Table => compared::pivot_text(&matrix, catalogue, other, self.width(), out)?,
            Format::Csv => compared::pivot_csv(&matrix, catalogue, other, self.csv(), out)?,
            Format::Jsonl => compared_json::pivot(&matrix, catalogue, other, out)?,
            Format::Html => {
                bail!("--format html shows places and years side by side already; leave --pivot away")
            }
        }
        Ok(())
    }

    fn csv(&self) -> Separated {
        if self.bom { Separated::Sheet } else { Separated::Csv }
    }

    fn write_unmatched(&self, names: &[unmatched::Unmatched], out: &mut dyn Write) -> anyhow::Result<()> {
        let mut part = Vec::new();
        match self.format {
            Format::Table => {
                let mut text = String::new();
                unknown::text(names, self.width(), &mut text);
                out.write_all(text.as_bytes())?;
            }
            Format::Csv => unknown::csv(names, self.csv(), &mut part)?,
            Format::Jsonl => unknown::jsonl(names, &mut part)?,
            Format::Html => bail!("--unmatched goes with --format table, csv or jsonl"),
        }
        Ok(out.write_all(&part)?)
    }
}
