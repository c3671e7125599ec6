//! The table of every kind of problem. Each room's rows stand in a file of their own under `codes/`.
//!
//! Chinese hints and examples write Chinese names without quotes, `[[环节]]`: the reader takes them so without a word.
//! What the program writes into files quotes them, `[["环节"]]`, for editors and other tools that read plain TOML.

#[macro_use]
mod reading;
#[macro_use]
mod syntax;
#[macro_use]
mod format;
#[macro_use]
mod lint;
#[macro_use]
mod folder;
#[macro_use]
mod layout;
#[macro_use]
mod office;
#[macro_use]
mod program;

use super::{CodeRow, Severity, Words};

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $slug:literal $severity:ident {
        message: $mzh:literal | $men:literal,
        hints: [$($hzh:literal | $hen:literal),* $(,)?],
        why: $wzh:literal | $wen:literal,
        bad: $bad:literal,
        good: $good:literal $(,)?
    })*) => {
        /// A kind of problem. Its words are in its row of [`CODES`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $men] $code,)*
        }

        /// Every kind of problem, in the order of [`Code`].
        pub const CODES: &[CodeRow] = &[$(CodeRow {
            code: Code::$code,
            slug: $slug,
            severity: Severity::$severity,
            message: Words { zh: $mzh, en: $men },
            hints: &[$(Words { zh: $hzh, en: $hen }),*],
            why: Words { zh: $wzh, en: $wen },
            bad: $bad,
            good: $good,
        }),*];
    };
}

// Each macro hands its rows on to the next one named; `codes!` receives them all.
reading_codes! { syntax_codes format_codes lint_codes folder_codes layout_codes office_codes program_codes codes }

impl Code {
    /// The row of the table that holds its words.
    pub fn row(self) -> &'static CodeRow {
        &CODES[self as usize]
    }

    /// The code of a name such as `unknown-key`.
    pub fn from_slug(slug: &str) -> Option<Self> {
        CODES.iter().find(|row| row.slug == slug).map(|row| row.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(words: &str) -> Vec<&str> {
        let mut names: Vec<_> = words.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn names_are_unique_kebab_case() {
        for (at, row) in CODES.iter().enumerate() {
            assert_eq!(row.code as usize, at);
            assert_eq!(Code::from_slug(row.slug), Some(row.code), "{} is used twice", row.slug);
            assert!(row.slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", row.slug);
        }
    }

    #[test]
    fn both_languages_have_the_same_blanks() {
        for row in CODES {
            for words in std::iter::once(&row.message).chain(row.hints) {
                assert_eq!(blanks(words.zh), blanks(words.en), "{}: {} / {}", row.slug, words.zh, words.en);
                assert!(!words.zh.is_empty() && !words.en.is_empty(), "{}", row.slug);
            }
            assert!(!row.why.zh.is_empty() && !row.why.en.is_empty(), "{} doesn't say why", row.slug);
            assert_eq!(row.bad.is_empty(), row.good.is_empty(), "{} has half an example", row.slug);
        }
    }
}
