//! What every rule has in common: an id, a sentence about it, examples it must match and counter-examples it must not.
//!
//! A rule either names a production of the grammar (its words come from the same file) or, as a trap, brings its own
//! surface form: phrases before or after a numeral, or a regular expression.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::source::{PatternError, SourceFile, Sources};

/// The kind of thing a rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Makes {
    /// A mention of another document.
    Reference,
    /// A date or period.
    Date,
    /// A measured quantity.
    Indicator,
    /// Nothing: a numeral that is no quantity, with the reason.
    Trap,
    /// A field of the document's own header or foot.
    Header,
}

impl Makes {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Date => "date",
            Self::Indicator => "indicator",
            Self::Trap => "trap",
            Self::Header => "header",
        }
    }
}

/// Number of a rule in its set; what items carry until they are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u16);

/// A rule as a pattern file writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    /// Unique name: `date.day`.
    pub id: String,
    /// One sentence on what it matches.
    #[serde(default)]
    pub about: String,
    /// Takes the rule out of service.
    #[serde(default)]
    pub disabled: bool,
    /// Texts with the expected match in ⟦ ⟧.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which the rule must claim nothing.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    /// Phrases that stand directly before the numeral.
    #[serde(default)]
    pub before: Vec<String>,
    /// Phrases that stand directly after the numeral.
    #[serde(default)]
    pub after: Vec<String>,
    /// Phrases after the numeral that call the rule off.
    #[serde(default)]
    pub unless_after: Vec<String>,
    /// Longer phrases before the numeral that call the rule off: "thời điểm" is no "điểm".
    #[serde(default)]
    pub unless_before: Vec<String>,
    /// Only where no noun follows the numeral: punctuation, a small word, the end of the line.
    #[serde(default)]
    pub alone: bool,
    /// Also claims the numerals of a list that begins here ("khoản 4, 5 và 6").
    #[serde(default)]
    pub list: bool,
    /// A regular expression; `{name}` stands for a fragment of `fragments.toml`.
    #[serde(default)]
    pub regex: Option<String>,
    /// Words (or marks) of which one must stand in the match; the expression is tried around them only. Case and the
    /// spaces between them make no difference, but one with a capital asks for a capital.
    #[serde(default)]
    pub anchors: Vec<String>,
    /// The expression begins at the numeral. An anchor that begins with a digit begins the numeral, any other follows
    /// it, perhaps after a space.
    #[serde(default)]
    pub at_numeral: bool,
    /// Comes from the layout of a page, which no example of text can show; the tests of the readers cover it.
    #[serde(default)]
    pub layout: bool,
    /// Tried before references and dates instead of after them.
    #[serde(default)]
    pub first: bool,
}

/// A rule in service.
#[derive(Debug, Clone)]
pub struct Rule {
    /// As written.
    pub entry: RuleEntry,
    /// What it makes.
    pub makes: Makes,
    /// The file it comes from.
    pub file: String,
    /// Its expression.
    pub regex: Option<Expression>,
}

/// A regular expression that is compiled when it is first tried: a document needs few of them.
#[derive(Debug, Clone)]
pub struct Expression {
    source: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Expression {
    /// An expression with all its fragments put in.
    fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The compiled expression; none where it is broken, which the check of the patterns tells.
    pub fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| compile(&self.source).ok()).as_ref()
    }

    /// Whether it compiles.
    ///
    /// # Errors
    /// What is wrong with it.
    fn check(&self) -> Result<(), String> {
        compile(&self.source).map(|_| ())
    }
}

fn compile(source: &str) -> Result<Regex, String> {
    // Digits are 0 to 9, as those of tokens: the digits of all scripts would be compiled anew for every `\d`.
    let plain = if source.contains(r"\\") { source.to_owned() } else { source.replace(r"\d", "[0-9]") };
    regex::RegexBuilder::new(&plain).size_limit(4 << 20).build().map_err(|e| e.to_string())
}

/// All rules, in the order of their files.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
}

impl RuleSet {
    /// Adds the rules of one file; a known id replaces the older rule.
    ///
    /// # Errors
    /// A rule without examples, a bad expression, an unknown fragment.
    pub fn add(
        &mut self,
        file: &SourceFile,
        makes: Makes,
        entries: Vec<RuleEntry>,
        fragments: &Fragments,
    ) -> Result<(), PatternError> {
        for entry in entries {
            let id = format!("\"{}\"", entry.id);
            let at = || file.text.find(&id).unwrap_or(0);
            if !(entry.disabled || entry.layout)
                && (entry.examples.is_empty() || entry.counter_examples.is_empty())
            {
                return Err(file.error(
                    at(),
                    &format!("rule {} has no examples or no counter_examples", entry.id),
                    "give it at least one text it must match (the match in ⟦ ⟧) and one it must not",
                ));
            }
            let own_form = entry.regex.is_some() || !entry.before.is_empty() || !entry.after.is_empty();
            if own_form && makes != Makes::Trap {
                return Err(file.error(
                    at(),
                    &format!("rule {} names a form of its own, which only traps may", entry.id),
                    "the grammar of references, dates and indicators takes its words from the tables of this file",
                ));
            }
            let regex = entry.regex.as_ref().map(|r| fragments.put_into(&anchored(r, entry.at_numeral)));
            if let Some(regex) = regex.as_ref().filter(|_| !file.is_checked()) {
                regex.check().map_err(|message| {
                    file.error(
                        at(),
                        &format!("rule {}: {message}", entry.id),
                        "mend the expression in `regex`",
                    )
                })?;
            }
            if regex.is_some() && entry.anchors.is_empty() {
                return Err(file.error(
                    at(),
                    &format!("rule {} has a regex but no anchors", entry.id),
                    "name the literals of which one stands in every match, so that the rule costs nothing elsewhere",
                ));
            }
            let rule = Rule { entry, makes, file: file.shown.clone(), regex };
            match self.rules.iter_mut().find(|r| r.entry.id == rule.entry.id) {
                Some(old) => *old = rule,
                None => self.rules.push(rule),
            }
        }
        Ok(())
    }

    /// The number of the rule of that id.
    ///
    /// # Errors
    /// The grammar names a production that no pattern file describes.
    pub fn id(&self, id: &str) -> Result<RuleId, PatternError> {
        let found = self.rules.iter().position(|r| r.entry.id == id);
        found.and_then(|n| u16::try_from(n).ok()).map(RuleId).ok_or_else(|| PatternError {
            file: "patterns".into(),
            line: 1,
            column: 1,
            message: format!("no rule has the id {id}, which the grammar needs"),
            hint: "restore the block of that id; `disabled = true` switches a rule off".into(),
        })
    }

    /// The rule of a number.
    pub fn get(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0 as usize)
    }

    /// Whether a rule is in service.
    #[inline]
    pub fn on(&self, id: RuleId) -> bool {
        self.get(id).is_some_and(|r| !r.entry.disabled)
    }

    /// The id of a rule as text.
    pub fn name(&self, id: RuleId) -> &str {
        self.get(id).map_or("", |r| &r.entry.id)
    }

    /// All rules with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().filter_map(|(n, r)| Some((RuleId(u16::try_from(n).ok()?), r)))
    }
}

/// An expression that begins at the numeral is anchored there.
fn anchored(source: &str, at_numeral: bool) -> String {
    if at_numeral { format!("^(?:{source})") } else { source.to_string() }
}

/// Named pieces of regular expressions, shared by all rules.
#[derive(Debug, Clone, Default)]
pub struct Fragments(Vec<(String, String)>);

/// One fragment as `fragments.toml` writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FragmentEntry {
    /// Name, used as `{name}`.
    pub id: String,
    /// Its expression.
    pub regex: String,
    /// Texts it must match whole.
    pub examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FragmentFile {
    #[serde(default)]
    fragment: Vec<FragmentEntry>,
}

impl Fragments {
    /// Reads `fragments.toml`.
    ///
    /// # Errors
    /// A fragment that does not compile or does not match its examples.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut out = Self::default();
        for file in sources.named("fragments.toml") {
            for entry in file.parse::<FragmentFile>()?.fragment {
                if !file.is_checked() {
                    out.check(file, &entry)?;
                }
                let source = format!("(?:{})", out.expand(&entry.regex));
                out.0.retain(|(name, _)| *name != entry.id);
                out.0.push((entry.id, source));
            }
        }
        Ok(out)
    }

    /// Whether a fragment matches its examples.
    fn check(&self, file: &SourceFile, entry: &FragmentEntry) -> Result<(), PatternError> {
        let at = file.text.find(&format!("\"{}\"", entry.id)).unwrap_or(0);
        let whole = compile(&self.expand(&format!("^(?:{})$", entry.regex)))
            .map_err(|m| file.error(at, &m, "mend the expression of this fragment"))?;
        match entry.examples.iter().find(|e| !whole.is_match(e)) {
            None => Ok(()),
            Some(bad) => Err(file.error(
                at,
                &format!("fragment {} does not match its example {bad:?}", entry.id),
                "mend the expression or the example",
            )),
        }
    }

    fn expand(&self, source: &str) -> String {
        self.0.iter().fold(source.to_string(), |s, (name, regex)| s.replace(&format!("{{{name}}}"), regex))
    }

    /// An expression with its fragments put in.
    fn put_into(&self, source: &str) -> Expression {
        Expression::new(self.expand(source))
    }
}
