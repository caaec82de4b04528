//! The closed words of a record: each set an enum with one definition of how its words are written, text at the border alone.

/// An enum whose variants are words of the contract: one definition of how each is written.
macro_rules! words {
    ($(#[$of_all:meta])* $name:ident { $($(#[$of_one:meta])* $variant:ident = $word:literal,)* }) => {
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        #[non_exhaustive]
        $(#[$of_all])*
        pub enum $name {
            $($(#[$of_one])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// As it is written in a record.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The one that is written so.
            pub fn of(name: &str) -> Option<Self> {
                match name {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

pub(super) use words;

words! {
    /// Where a text comes from.
    TextSource {
        /// The text layer of a born-digital document.
        TextLayer = "text-layer",
        /// A hidden layer left by optical character recognition.
        Ocr = "ocr",
        /// A plain text, HTML or word-processor file.
        #[default]
        Plain = "plain",
    }
}

words! {
    /// The part of a document that shows a field of the metadata.
    EvidenceBasis {
        /// The administrative head (thể thức đầu văn bản).
        #[default]
        Head = "head",
        /// The title of the document or of the web page.
        Title = "title",
        /// A heading.
        Heading = "heading",
        /// The running text.
        Body = "body",
        /// The signature or the list of recipients.
        Signature = "signature",
        /// A stamp.
        Stamp = "stamp",
    }
}

words! {
    /// Whose words gave a place or a period of an item.
    Basis {
        /// The clause, the row or the column itself.
        Text = "text",
        /// The lead-in of its list.
        List = "list",
        /// The heading of its section.
        Section = "section",
        /// The document.
        #[default]
        Document = "document",
        /// The year of issue, for want of a period.
        Issue = "issue",
    }
}

words! {
    /// Level of an administrative unit.
    Level {
        /// Cả nước.
        #[default]
        Country = "country",
        /// Tỉnh, thành phố trực thuộc trung ương.
        Province = "province",
        /// Huyện, quận, thị xã, thành phố thuộc tỉnh.
        District = "district",
        /// Xã, phường, thị trấn.
        Commune = "commune",
    }
}

words! {
    /// What a part of the outline is.
    SectionKind {
        /// Phần.
        #[default]
        Part = "part",
        /// Chương.
        Chapter = "chapter",
        /// Mục, or what `A.`, `I.`, `1.` opens.
        Section = "section",
        /// Điều.
        Article = "article",
        /// Khoản: `1.` under an article.
        Clause = "clause",
        /// Điểm: `a)`.
        Point = "point",
        /// A member of a list without numbers: `-`, `+`.
        Bullet = "bullet",
        /// Phụ lục.
        Appendix = "appendix",
        /// A document that is put into force by this one.
        Attachment = "attachment",
        /// A table, with its caption.
        Table = "table",
        /// A note at the foot of a page.
        Footnote = "footnote",
        /// The title of a web page.
        Title = "title",
        /// The administrative head.
        Header = "header",
        /// Signature and Nơi nhận.
        Closing = "closing",
        /// Menus, related links, feet of pages: not the document itself.
        Boilerplate = "boilerplate",
    }
}

words! {
    /// How a mention names its document.
    Form {
        /// By number and symbol, or a law by name and year.
        #[default]
        Full = "full",
        /// By type and number alone.
        Short = "short",
        /// As a member of a list that shares the symbol.
        List = "list",
    }
}

words! {
    /// What kind of time a date is.
    DateKind {
        /// One day.
        #[default]
        Day = "day",
        /// One month.
        Month = "month",
        /// One quarter.
        Quarter = "quarter",
        /// Half a year.
        Half = "half",
        /// One year.
        Year = "year",
        /// Anything with two ends: months of a year, a span of years, a school year, from … to ….
        Interval = "interval",
    }
}

words! {
    /// What a date is for.
    DateRole {
        /// The document's own date.
        Issue = "issue",
        /// The date of a document referred to, or of a standard.
        Reference = "reference",
        /// tính đến: the state at that day.
        AsOf = "as_of",
        /// trước, chậm nhất, đến (a day after the issue): something is due.
        Deadline = "deadline",
        /// The time that something covers.
        Period = "period",
        /// Any other day.
        #[default]
        Mention = "mention",
    }
}

words! {
    /// What a check looks at.
    CheckKind {
        /// A ratio and the percentage beside it.
        #[default]
        RatioPercentage = "ratio_percentage",
        /// A ratio and the percentage by which it exceeds the whole.
        RatioExcess = "ratio_excess",
        /// A share that exceeds its whole.
        PercentageRange = "percentage_range",
        /// A value, its target and the gap between them.
        TargetGap = "target_gap",
        /// A total and its parts, in the text.
        PartsTotal = "parts_total",
        /// A total and its parts, in a column of a table.
        TableTotal = "table_total",
        /// The year in a number and that of its date.
        ReferenceYear = "reference_year",
        /// One document with two dates.
        ReferenceDateConflict = "reference_date_conflict",
        /// One number that stands for two documents.
        ReferenceNumberReused = "reference_number_reused",
        /// A document that is younger than the one that cites it.
        ReferenceYounger = "reference_younger",
    }
}

words! {
    /// What a check found.
    Verdict {
        /// What is stated fits.
        #[default]
        Agrees = "agrees",
        /// What is stated does not fit.
        Disagrees = "disagrees",
    }
}
