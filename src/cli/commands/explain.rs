//! `riskchart explain`: why a kind of problem is one, and how it looks with and without.

use riskchart::diag::{CODES, Code, CodeRow, Lang, Words};
use riskchart::input::keys::{Choice, KEYS, KeyRow, Kind};

use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::arguments::usage::did_you_mean;
use crate::cli::report::blanks;
use crate::cli::terminal::console::{Stream, severity_name};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;

const CODE: Opt = Opt::word(
    "code",
    Position::Needed,
    Takes::Value(Words { zh: "代号或键", en: "CODE or KEY" }),
    Words {
        zh: "报告里方括号中的代号，如 missing-glyph；或图里的一个键，如 风险等级",
        en: "what stands in brackets in a report, e.g. missing-glyph, or a key of charts, e.g. level",
    },
)
.of(words);

fn words() -> Vec<&'static str> {
    CODES.iter().map(|row| row.slug).collect()
}

pub(crate) const COMMAND: Command = Command {
    name: "explain",
    about: Words {
        zh: "解释报告里的一个问题代号，或图里的一个键",
        en: "explain a code of a report or a key of charts",
    },
    more: Words {
        zh: "例：riskchart explain missing-glyph\n    riskchart explain 风险等级",
        en: "Example: riskchart explain missing-glyph",
    },
    options: &[&[&CODE]],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let written = invocation.value(&CODE).unwrap_or_default();
    let slug = written.trim_matches(['[', ']']).to_lowercase().replace('_', "-");
    let Some(code) = Code::from_slug(&slug) else {
        let rows = keys(written);
        if !rows.is_empty() {
            let lang = invocation.console.lang;
            let pages: Vec<_> = rows.iter().map(|row| key_page(row, lang)).collect();
            invocation.console.page(Stream::Out, &pages.join("\n"))?;
            return Ok(Status::Done);
        }
        let hint = did_you_mean(&slug, CODES.iter().map(|row| row.slug), "codes");
        return Err(message!("没有“{written}”这个代号或键" | "there is no code or key `{written}`").hint(hint).fault());
    };
    invocation.console.page(Stream::Out, &page(code.row(), invocation.console.lang))?;
    Ok(Status::Done)
}

/// The rows of a key by either of its names, whichever tables it stands in.
fn keys(written: &str) -> Vec<&'static KeyRow> {
    let name = written.trim_matches(['"', '[', ']', '“', '”']);
    let last = name.rsplit('.').next().unwrap_or(name).trim_matches('"');
    KEYS.iter().filter(|row| row.name == last || row.zh == last).collect()
}

fn key_page(row: &KeyRow, lang: Lang) -> String {
    let (place, about, kind) = (super::list::place(row.table), row.about.get(lang), row.kind.expected());
    let (place, kind) = (place.get(lang), kind.get(lang));
    let head = match lang {
        Lang::Zh => format!("{}（{}）", row.zh, row.name),
        Lang::En => format!("{} ({})", row.name, row.zh),
    };
    let mut lines = vec![head, format!("    {about}")];
    lines.push(format!("    {}", message!("写在：{place}" | "stands in: {place}").get(lang)));
    lines.push(format!("    {}", message!("内容：{kind}" | "value: {kind}").get(lang)));
    let choices = match row.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => choices,
        _ => &[],
    };
    let word = |choice: &Choice| match (lang, choice.zh == choice.name) {
        (_, true) => choice.name.to_owned(),
        (Lang::Zh, false) => format!("{}（{}）", choice.zh, choice.name),
        (Lang::En, false) => format!("{} ({})", choice.name, choice.zh),
    };
    if !choices.is_empty() {
        let words = choices.iter().map(word).collect::<Vec<_>>().join(" ");
        lines.push(format!("    {}", message!("可以写：{words}" | "one of: {words}").get(lang)));
    }
    if row.required {
        lines.push(format!("    {}", message!("必须写" | "must be there").get(lang)));
    } else if !row.default.is_empty() {
        let default = row.default;
        lines.push(format!("    {}", message!("不写时：{default}" | "if left out: {default}").get(lang)));
    }
    lines.join("\n") + "\n"
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
