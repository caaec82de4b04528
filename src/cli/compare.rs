//! `baocao compare RECORDS…`: the same indicator side by side, by place and period.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::ops::RangeInclusive;
use std::path::PathBuf;

use crate::Extractor;
use crate::batch::stream::FromLine;
use crate::patterns::Patterns;
use crate::patterns::catalogue::{Catalogue, assign::assign};
use crate::tables::compare::copies::Copies;
use crate::tables::compare::document::{Document, Known};
use crate::tables::compare::filter::{self, Filter};
use crate::tables::compare::list::list;
use crate::tables::compare::merge::merge;
use crate::tables::compare::pivot::{By, pivot};
use crate::tables::compare::row::{Level, Row};
use crate::tables::compare::rows::{Apart, rows};
use crate::tables::compare::share::Shared;
use crate::tables::compare::{check, sort, suggest, unmatched};
use crate::tables::csv::{BOM, Separated};
use crate::tables::html::compare::Around;
use crate::tables::{compared, compared_json, html, unmatched as unknown};
use anyhow::bail;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use super::output::Output;
use super::progress::counted;
use super::records::Records;
use super::{Outcome, pages, say};

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
    #[arg(long, value_name = "LEVEL", value_parser = PossibleValuesParser::new(Level::names()), help_heading = "Filters")]
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
    /// Lists what there is to compare: every indicator with how many places, years, values and documents it has.
    #[arg(long, conflicts_with_all = ["pivot", "merge"])]
    list: bool,
    /// Lists the values that stand in no row, since place, time, role or number are not certain, each with the reason.
    #[arg(long, conflicts_with_all = ["pivot", "merge", "list"])]
    apart: bool,
    /// Lists the names that the catalogue does not know, those of most documents and places first.
    #[arg(long, conflicts_with_all = ["pivot", "merge", "list", "apart"])]
    unmatched: bool,
    /// Writes of every record what comparing needs, as JSON Lines: `compare` over the parts of several machines is
    /// `compare` over all records.
    #[arg(long, conflicts_with_all = ["pivot", "merge", "list", "apart", "unmatched", "format", "bom"])]
    partial: bool,
    /// Writes the page of every document (as `view` does) into this folder, which lies beside the output, and links to it.
    #[arg(long, value_name = "DIR", requires = "output")]
    pages: Option<PathBuf>,
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
    if args.pages.is_some() && args.format != Format::Html {
        bail!("--pages goes with --format html, whose values link to these pages");
    }
    let output = args.records.output(args.output.as_deref())?;
    let extractor = args.records.reading.extractor()?;
    let filter = args.filter(extractor.patterns())?;
    if args.unmatched {
        return unmatched(args, &output, &extractor, &filter);
    }
    if args.partial {
        let catalogue = &extractor.patterns().catalogue;
        let slim = |document: Document| {
            let mut document = prepare(args, catalogue, document);
            document.slim();
            document.indicators.retain(|i| filter.takes_indicator(i.indicator.as_deref(), catalogue));
            document
        };
        return args.records.write_parts(&output, slim);
    }
    // Records made with other patterns get the ids of these: then every indicator is read.
    let (mut found, outcome) = if args.records.reading.has_patterns() {
        Found::read::<Document>(args, &extractor, &filter)?
    } else {
        Found::read::<Known>(args, &extractor, &filter)?
    };
    found.finish(args, &extractor);
    if !args.records.quiet {
        found.tell(&filter);
    }
    args.with_output(&output, |out| args.write(&found, &extractor, out))?;
    Ok(outcome)
}

/// Gives the indicators the ids of the user's own patterns.
fn prepare(args: &Args, catalogue: &Catalogue, mut document: Document) -> Document {
    if args.records.reading.has_patterns() {
        assign(catalogue, &document.metadata, &document.sections, &mut document.indicators);
    }
    document
}

fn unmatched(
    args: &Args,
    output: &Output,
    extractor: &Extractor,
    filter: &Filter,
) -> anyhow::Result<Outcome> {
    let patterns = extractor.patterns();
    let mut names = unmatched::Collector::default();
    let outcome = args.records.each(
        |d: Document| unmatched::names(&prepare(args, &patterns.catalogue, d), filter, patterns),
        |found| {
            names.add(found);
            Ok(())
        },
    )?;
    let names = names.finish();
    args.with_output(output, |out| args.write_unmatched(&names, out))?;
    Ok(outcome)
}

/// What was read, and what of it is wanted.
#[derive(Default)]
struct Found {
    rows: Vec<Row>,
    apart: Vec<Row>,
    /// Documents with the content of another.
    copies: usize,
    /// Provinces, years and indicators that are there, wanted or not.
    provinces: BTreeSet<String>,
    years: BTreeSet<i32>,
    indicators: BTreeSet<String>,
}

impl Found {
    fn read<T: Into<Document> + FromLine>(
        args: &Args,
        extractor: &Extractor,
        filter: &Filter,
    ) -> anyhow::Result<(Self, Outcome)> {
        let patterns = extractor.patterns();
        let (mut found, mut shared) = (Self::default(), Shared::default());
        // The same content under two paths counts once.
        let mut copies = Copies::default();
        let outcome = args.records.each(
            |d: T| {
                let d = prepare(args, &patterns.catalogue, d.into());
                let (wanted, other): (Vec<Row>, Vec<Row>) =
                    rows(&d, patterns).into_iter().partition(|r| filter.takes(r, &patterns.catalogue));
                (d.id, d.path, wanted, other)
            },
            |(id, path, wanted, other)| {
                if copies.is_first(&id, &path) {
                    other.iter().for_each(|r| found.see(r));
                    for row in wanted {
                        let list = if row.doubt.is_some() { &mut found.apart } else { &mut found.rows };
                        list.push(shared.row(row));
                    }
                }
                Ok(())
            },
        )?;
        copies.note(&mut found.rows);
        copies.note(&mut found.apart);
        found.copies = copies.count();
        Ok((found, outcome))
    }

    /// Remembers what is there beside what is wanted.
    fn see(&mut self, row: &Row) {
        let new = |set: &BTreeSet<String>, name: &str| !set.contains(name);
        for name in [&row.place.province, &row.place.now].into_iter().flatten() {
            if new(&self.provinces, name) {
                self.provinces.insert(name.clone());
            }
        }
        self.years.extend(row.year());
        if new(&self.indicators, &row.indicator) {
            self.indicators.insert(row.indicator.clone());
        }
    }

    fn finish(&mut self, args: &Args, extractor: &Extractor) {
        let patterns = extractor.patterns();
        if args.merge {
            self.rows = merge(std::mem::take(&mut self.rows), &patterns.catalogue, &patterns.places);
        }
        sort(&mut self.rows, &patterns.catalogue);
        sort(&mut self.apart, &patterns.catalogue);
        check::check(&mut self.rows, &patterns.catalogue);
    }

    /// Says how much was found, what stands apart, and what may have been meant where nothing was found.
    fn tell(&self, filter: &Filter) {
        say(&counted(self.rows.len() as u64, "value"));
        let mut apart = Apart::default();
        self.apart.iter().filter_map(|r| r.doubt).for_each(|d| apart.add(d));
        if apart.total() > 0 {
            let (n, why) = (apart.total(), apart.by_reason());
            if n == 1 {
                say(&format!("1 more is not certain and stands apart ({why}); --apart lists it"));
            } else {
                say(&format!("{n} more are not certain and stand apart ({why}); --apart lists them"));
            }
        }
        let differ = self.rows.iter().filter(|r| !r.checks.is_empty()).count();
        if differ > 0 {
            say(&format!("{differ} values do not agree with others, see \"!\" (checks in csv and jsonl)"));
        }
        if self.copies > 0 {
            say(&format!("{} documents have the content of another and count once", self.copies));
        }
        if self.rows.is_empty() && self.apart.is_empty() {
            self.suggest(filter);
        }
    }

    fn suggest(&self, filter: &Filter) {
        if self.indicators.is_empty() {
            return say(
                "no document states an indicator of the catalogue; --unmatched lists what they count",
            );
        }
        say("nothing matches the filters");
        for wish in &filter.provinces {
            let names = suggest::like(wish, self.provinces.iter().map(String::as_str));
            let all = || self.provinces.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
            let known = if names.is_empty() { all() } else { names.join(", ") };
            say(&format!("--province {}: there are {known}", wish.trim()));
        }
        if let (false, Some(first), Some(last)) =
            (filter.years.is_empty(), self.years.first(), self.years.last())
        {
            say(&format!("--year: there are values of {first} to {last}"));
        }
        if !filter.indicators.is_empty() || !filter.groups.is_empty() {
            say(&format!("{} other indicators have values; --list names them", self.indicators.len()));
        }
    }
}

impl Args {
    fn filter(&self, patterns: &Patterns) -> anyhow::Result<Filter> {
        let filter = Filter {
            indicators: self.indicator.clone(),
            groups: self.group.clone(),
            provinces: self.province.clone(),
            levels: self.level.clone(),
            years: self.year.clone(),
            roles: self.role.clone(),
        };
        filter.checked(&patterns.catalogue, &patterns.places).map_err(|e| anyhow::anyhow!("--{e}"))
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

    fn write(&self, found: &Found, extractor: &Extractor, out: &mut dyn Write) -> anyhow::Result<()> {
        let catalogue = &extractor.patterns().catalogue;
        if self.list {
            return self.write_list(&found.rows, catalogue, out);
        }
        let rows = if self.apart { &found.apart } else { &found.rows };
        let Some(by) = self.pivot else {
            match self.format {
                Format::Table => compared::text(rows, catalogue, self.width(), out)?,
                Format::Csv => compared::csv(rows, catalogue, self.csv(), out)?,
                Format::Jsonl => compared_json::rows(rows, catalogue, out)?,
                Format::Html => self.write_page(found, extractor, out)?,
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

    fn write_page(&self, found: &Found, extractor: &Extractor, out: &mut dyn Write) -> anyhow::Result<()> {
        let pages = match (&self.pages, &self.output) {
            (Some(dir), Some(output)) => pages::write(&found.rows, dir, output, extractor)?,
            _ => pages::Pages::default(),
        };
        let around =
            Around { apart: &found.apart, copies: found.copies, pages: &|record| pages.link(record) };
        let mut page = Vec::new();
        html::compare::page(&found.rows, around, &extractor.patterns().catalogue, &mut page)?;
        Ok(out.write_all(&page)?)
    }

    fn write_list(&self, rows: &[Row], catalogue: &Catalogue, out: &mut dyn Write) -> anyhow::Result<()> {
        let listed = list(rows);
        let mut bytes = Vec::new();
        match self.format {
            Format::Table => {
                let mut text = String::new();
                compared::list(&listed, catalogue, self.width(), &mut text);
                bytes = text.into_bytes();
            }
            Format::Jsonl => compared_json::list(&listed, catalogue, &mut bytes)?,
            Format::Csv | Format::Html => bail!("--list goes with --format table or jsonl"),
        }
        Ok(out.write_all(&bytes)?)
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
