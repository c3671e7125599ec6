//! Problems found in charts: what is wrong, where, and what to type instead.
//!
//! [`CODES`] has one row for each kind of problem with its words in Chinese and English; everywhere else a problem is a
//! [`Code`], a place and the values that fill the row's blanks.

mod codes;
mod excuse;
pub mod related;

pub use codes::{CODES, Code};

use std::borrow::Cow;

use crate::source::{Sources, Span};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The chart isn't written.
    Error,
    /// The chart is written; something in it is probably not what was meant.
    Warning,
    /// Something the user may want to know.
    Note,
}

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

/// One text in both languages. `{name}` is a blank, filled from a diagnostic's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text in one language, blanks unfilled.
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// One kind of problem.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow {
    /// The kind.
    pub code: Code,
    /// Its name for the user, in kebab-case, stable between versions.
    pub slug: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: Words,
    /// What to do: each hint is shown where all its blanks have values.
    pub hints: &'static [Words],
    /// Why it is a problem, for `riskchart explain`.
    pub why: Words,
    /// A chart, or a part of one, that has the problem.
    pub bad: &'static str,
    /// The same without it.
    pub good: &'static str,
}

/// A problem at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// How bad: the code's own severity unless the user asked for another.
    pub severity: Severity,
    /// The place; `None` where it concerns no place in a file.
    pub span: Option<Span>,
    /// Values for the blanks of the code's words.
    pub values: Vec<(&'static str, Filling)>,
    /// Other places that belong to it, each with its words.
    pub related: Vec<(Span, Words)>,
    /// Replacements of the texts at spans that together mend it. They don't overlap.
    pub edits: Vec<(Span, String)>,
    /// For a note of how values were read: where each stands. It goes where errors refuse all of them.
    pub reads: Vec<Span>,
}

/// What fills a blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filling {
    /// The same in every language: what the user typed, a number, a name.
    Text(String),
    /// Words.
    Words(Words),
    /// A text in both languages, e.g. a place with a number in it.
    Both {
        /// 中文.
        zh: String,
        /// English.
        en: String,
    },
}

impl Filling {
    /// The filling in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Words(words) => words.get(lang),
            Self::Both { zh, en } => match lang {
                Lang::Zh => zh,
                Lang::En => en,
            },
        }
    }
}

impl Diagnostic {
    /// A problem of this kind at this place.
    pub fn new(code: Code, span: impl Into<Option<Span>>) -> Self {
        Self {
            code,
            severity: code.row().severity,
            span: span.into(),
            values: Vec::new(),
            related: Vec::new(),
            edits: Vec::new(),
            reads: Vec::new(),
        }
    }

    /// Fills the blank `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, Filling::Text(value.to_string())));
        self
    }

    /// Fills the blank `{name}` where there is a value; hints that lack theirs are not shown.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Fills the blank `{name}` with words.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, words: Words) -> Self {
        self.values.push((name, Filling::Words(words)));
        self
    }

    /// Fills the blank `{name}` with a text in both languages.
    #[must_use]
    pub fn with_both(mut self, name: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.values.push((name, Filling::Both { zh: zh.into(), en: en.into() }));
        self
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn related(mut self, span: Span, words: Words) -> Self {
        self.related.push((span, words));
        self
    }

    /// Adds a replacement that mends it, or a part of it.
    #[must_use]
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push((span, text.into()));
        self
    }

    /// What is wrong, in words.
    pub fn message(&self, lang: Lang) -> String {
        self.fill(self.code.row().message.get(lang), lang).0
    }

    /// Whether the message begins with the line, as the notes of the reader do.
    pub fn names_its_line(&self) -> bool {
        self.code.row().message.zh.starts_with("第 {line} 行")
    }

    /// What to do, in words: the code's hints whose blanks all have values.
    pub fn hints(&self, lang: Lang) -> Vec<String> {
        let filled = self.code.row().hints.iter().map(|hint| self.fill(hint.get(lang), lang));
        filled.filter(|(_, complete)| *complete).map(|(text, _)| text).collect()
    }

    /// The text with its blanks filled, and whether all were.
    fn fill(&self, words: &str, lang: Lang) -> (String, bool) {
        let mut text = String::with_capacity(words.len());
        let mut complete = true;
        let mut rest = words;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            match self.values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => text.push_str(&listed(value.get(lang), lang)),
                None => complete = false,
            }
            rest = tail;
        }
        text.push_str(rest);
        (text, complete)
    }
}

/// Numbers of lines as the language lists them: 10、11 and 10, 11.
fn listed(value: &str, lang: Lang) -> Cow<'_, str> {
    let numbers = value.starts_with(|c: char| c.is_ascii_digit())
        && value.contains('、')
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '、' | '…'));
    if numbers && lang == Lang::En { value.replace('、', ", ").into() } else { value.into() }
}

/// What a compilation read and found wrong.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The files that spans refer to.
    pub sources: Sources,
    /// The problems, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// What of the files was not understood.
    pub misread: Box<Misread>,
}

/// What reading did not understand and has told: what seems to be missing for that reason alone is not told again.
#[derive(Clone, Debug, Default)]
pub struct Misread {
    /// Keys that misspelt words were most likely meant to be, by their English and Chinese names.
    pub meant: Vec<[&'static str; 2]>,
    /// Keys of the file itself that stand below a header.
    pub below: Vec<[&'static str; 2]>,
    /// Headers that can't be read, each with the Chinese header that was meant where that is known.
    pub headers: Vec<(Span, Option<&'static str>)>,
    /// Lines of texts without an end, of which what was made is a guess.
    pub texts: Vec<Span>,
    /// Where another chart begins in the same file.
    pub another: Option<Span>,
}

impl Report {
    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Puts the problems in the order of their places; those without a place come last. A note of how values were read
    /// goes where errors say that none of them can stay.
    pub fn sort(&mut self) {
        let errors = self.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let refused: Vec<_> = errors.filter_map(|d| d.span).map(|span| (span.file, span.start)).collect();
        let stays = |span: &Span| !refused.contains(&(span.file, span.start));
        self.diagnostics.retain(|d| d.reads.is_empty() || d.reads.iter().any(stays));
        self.diagnostics.sort_by_key(|d| (d.span.is_none(), d.span, d.severity, d.code));
    }

    /// Takes out what was told, from the problem of this number on, of texts that were only guessed at.
    pub fn drop_guesses(&mut self, from: usize) {
        let texts = &self.misread.texts;
        let within = |span: Span| {
            texts.iter().any(|text| text.file == span.file && text.start <= span.start && span.start < text.end)
        };
        let found = self.diagnostics.split_off(from);
        self.diagnostics.extend(found.into_iter().filter(|problem| !problem.span.is_some_and(within)));
    }

    /// Takes out warnings of lines whose comments say that they are meant as they stand.
    pub fn excuse(&mut self) {
        let sources = &self.sources;
        self.diagnostics.retain(|problem| !excuse::is_excused(problem, sources));
    }
}
