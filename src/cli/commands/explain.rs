//! `riskchart explain`: why a kind of problem is one, and how it looks with and without.

use riskchart::diag::{CODES, Code, CodeRow, Lang, Words};

use crate::cli::arguments::options::{Command, Invocation, Opt, Place, Takes};
use crate::cli::arguments::usage::did_you_mean;
use crate::cli::report::blanks;
use crate::cli::terminal::console::{Stream, severity_name};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;

const CODE: Opt = Opt::word(
    "code",
    Place::Needed,
    Takes::Value(Words { zh: "代号", en: "CODE" }),
    Words {
        zh: "报告里方括号中的代号，如 missing-glyph",
        en: "what stands in brackets in a report, e.g. missing-glyph",
    },
)
.of(words);

fn words() -> Vec<&'static str> {
    CODES.iter().map(|row| row.slug).collect()
}

pub(crate) const COMMAND: Command = Command {
    name: "explain",
    about: Words { zh: "解释报告里的一个问题代号", en: "explain a code of a report" },
    more: Words { zh: "例：riskchart explain missing-glyph", en: "Example: riskchart explain missing-glyph" },
    options: &[&[&CODE]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let written = invocation.value(&CODE).unwrap_or_default();
    let slug = written.trim_matches(['[', ']']).to_lowercase().replace('_', "-");
    let Some(code) = Code::from_slug(&slug) else {
        let hint = did_you_mean(&slug, CODES.iter().map(|row| row.slug), "codes");
        return Err(message!("没有“{written}”这个代号" | "there is no code `{written}`").hint(hint).fault());
    };
    invocation.console.page(Stream::Out, &page(code.row(), invocation.console.lang))?;
    Ok(Status::Done)
}

fn page(row: &CodeRow, lang: Lang) -> String {
    let severity = severity_name(row.severity);
    let (severity, message) = (severity.get(lang), blanks(row.message.get(lang)));
    let mut text = format!("{severity}[{}]: {message}\n\n{}\n", row.slug, row.why.get(lang));
    // A hint with a blank says nothing without a chart.
    for hint in row.hints.iter().map(|hint| hint.get(lang)).filter(|hint| !hint.contains('{')) {
        text += &format!("{hint}\n");
    }
    text += &example(&message!("有问题的写法：" | "With the problem:"), row.bad, lang);
    text += &example(&message!("正确的写法：" | "Without it:"), row.good, lang);
    text
}

fn example(title: &Message, text: &str, lang: Lang) -> String {
    if text.is_empty() {
        return String::new();
    }
    let lines: String = text.lines().map(|line| format!("    {line}\n")).collect();
    format!("\n{}\n{lines}", title.get(lang))
}
