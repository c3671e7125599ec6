//! `riskchart list`: what can be chosen, drawn from the tables.

use riskchart::diag::{CODES, Lang, Words};
use riskchart::export::FORMATS;
use riskchart::font::{Face, FontBook};
use riskchart::input::keys::{KEYS, KeyRow, TableId};
use riskchart::input::{MAX_CHARACTERS, MAX_FILE, MAX_ITEMS, MAX_STAGES, MAX_TEXT, nearest};
use riskchart::model::STANDARD_LEVELS;
use riskchart::paper::PAPERS;
use riskchart::theme::{THEMES, Theme};

use super::COMMANDS;
use super::new::KINDS;
use crate::cli::arguments::options::{Command, Invocation, Opt, Position, Takes};
use crate::cli::arguments::settings::Settings;
use crate::cli::disk::walk;
use crate::cli::report::blanks;
use crate::cli::terminal::console::{Stream, severity_name};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::{columns, pad};
use crate::cli::work::rules::RuleBook;
use crate::cli::work::wanted::Wanted;

const WHAT: Opt = Opt::word("what", Position::Needed, Takes::Value(Words { zh: "什么", en: "WHAT" }), Words {
        zh: "keys 键名、papers 纸张、formats 格式、levels 风险等级、fonts 字体、codes 问题代号、themes 主题、kinds 职权类别、limits 上限、commands 命令",
        en: "keys, papers, formats, levels, fonts, codes, themes, kinds of power, limits or commands",
    }).of(words);

fn words() -> Vec<&'static str> {
    names().collect()
}

pub(crate) const COMMAND: Command = Command {
    name: "list",
    about: Words { zh: "列出可选的纸张、格式、字体等", en: "list papers, formats, fonts and so on" },
    more: Words { zh: "例：riskchart list papers", en: "Example: riskchart list papers" },
    options: &[&[&WHAT]],
    run,
};

/// The rows of a list, in columns.
type Rows = Vec<Vec<String>>;

/// A list's name, and what makes its rows.
type List = (&'static str, fn(Lang) -> anyhow::Result<Rows>);

/// Every list.
const LISTS: &[List] = &[
    ("keys", keys),
    ("papers", papers),
    ("formats", formats),
    ("levels", levels),
    ("fonts", fonts),
    ("codes", codes),
    ("themes", themes),
    ("kinds", kinds),
    ("limits", limits),
    ("commands", commands),
];

/// What can be listed.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|(name, _)| *name)
}

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let asked = invocation.value(&WHAT).unwrap_or_default();
    let Some((_, rows)) = LISTS.iter().find(|(name, _)| *name == asked) else {
        let names: Vec<&str> = names().collect();
        let (zh, en) = (names.join("、"), names.join(", "));
        let hint = match nearest(asked, names) {
            Some(name) => message!("是否指 {name}？" | "did you mean {name}?"),
            None => message!("可以列出 {zh}" | "there are {en}"),
        };
        return Err(message!("没有“{asked}”这种列表" | "there is no list `{asked}`").hint(hint).fault());
    };
    invocation.console.page(Stream::Out, &table(&rows(invocation.console.lang)?))?;
    Ok(Status::Done)
}

/// Every key with both its names, what may be written, and under which header it stands.
fn keys(lang: Lang) -> anyhow::Result<Rows> {
    let row = |row: &KeyRow| {
        vec![
            place(row.table).get(lang).to_owned(),
            row.zh.to_owned(),
            row.name.to_owned(),
            row.kind.expected().get(lang).to_owned(),
        ]
    };
    Ok(KEYS.iter().map(row).collect())
}

/// Where the keys of a table stand.
pub(crate) fn place(table: TableId) -> Words {
    let own = match table {
        TableId::Chart => Words { zh: "图的开头", en: "top of a chart" },
        TableId::Project => Words { zh: "riskchart.toml", en: "riskchart.toml" },
        TableId::Link => Words { zh: "下一步 { }", en: "next { }" },
        _ => Words { zh: "", en: "" },
    };
    table.header().unwrap_or(own)
}

/// How much a chart may hold.
fn limits(lang: Lang) -> anyhow::Result<Rows> {
    let row = |what: Message, most: String| vec![what.get(lang).to_owned(), most];
    Ok(vec![
        row(message!("一张图的环节" | "stages of a chart"), MAX_STAGES.to_string()),
        row(message!("一个框的条目" | "entries of a box"), MAX_ITEMS.to_string()),
        row(message!("一段文字的字数" | "characters of a text"), MAX_TEXT.to_string()),
        row(message!("一张图的字数" | "characters of a chart"), MAX_CHARACTERS.to_string()),
        row(message!("一个文件的大小" | "size of a file"), format!("{} MiB", MAX_FILE >> 20)),
    ])
}

fn papers(_: Lang) -> anyhow::Result<Rows> {
    Ok(PAPERS
        .iter()
        .map(|row| vec![row.name.to_owned(), format!("{}×{} mm", row.width_mm, row.height_mm), row.source.to_owned()])
        .collect())
}

fn formats(lang: Lang) -> anyhow::Result<Rows> {
    Ok(FORMATS.iter().map(|row| vec![row.name.to_owned(), row.purpose.get(lang).to_owned()]).collect())
}

/// The scale of charts that define none, worst first.
fn levels(_: Lang) -> anyhow::Result<Rows> {
    Ok(STANDARD_LEVELS.iter().map(|name| vec![(*name).to_owned()]).collect())
}

/// The embedded faces, and those that the project file of the charts here adds.
fn fonts(lang: Lang) -> anyhow::Result<Rows> {
    let embedded = FontBook::embedded();
    let found = walk::find(&[])?;
    let settings = Settings::default();
    let rules = RuleBook::new(&found, &settings, &Wanted::default())?;
    let book = rules.first().map_or(&embedded, |rules| &rules.options.fonts);
    let count = embedded.faces().count();
    let row = |(at, (_, face)): (usize, (_, &Face))| {
        let whence = if at < count { message!("内嵌" | "embedded") } else { message!("自己的" | "your own") };
        vec![face.family().to_owned(), face.postscript_name().to_owned(), whence.get(lang).to_owned()]
    };
    Ok(book.faces().enumerate().map(row).collect())
}

fn codes(lang: Lang) -> anyhow::Result<Rows> {
    let row = |row: &riskchart::diag::CodeRow| {
        let severity = severity_name(row.severity);
        vec![row.slug.to_owned(), severity.get(lang).to_owned(), blanks(row.message.get(lang))]
    };
    Ok(CODES.iter().map(row).collect())
}

fn themes(lang: Lang) -> anyhow::Result<Rows> {
    let row = |theme: &Theme| {
        let [zh, en] = theme.purpose;
        let purpose = Words { zh, en };
        vec![theme.name.to_owned(), theme.chinese.to_owned(), purpose.get(lang).to_owned()]
    };
    Ok(THEMES.iter().map(row).collect())
}

/// The kinds of power and the stages that `new` gives each.
fn kinds(_: Lang) -> anyhow::Result<Rows> {
    Ok(KINDS.iter().map(|kind| vec![kind.name.to_owned(), kind.stages.join(" → ")]).collect())
}

fn commands(lang: Lang) -> anyhow::Result<Rows> {
    Ok(COMMANDS.iter().map(|command| vec![command.name.to_owned(), command.about.get(lang).to_owned()]).collect())
}

/// Rows as lines, their columns below each other; the last column is as long as it is.
fn table(rows: &Rows) -> String {
    let width =
        |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| columns(cell)).max().unwrap_or_default();
    let line = |row: &Vec<String>| {
        let last = row.len().saturating_sub(1);
        let cells = row
            .iter()
            .enumerate()
            .map(|(at, cell)| if at == last { cell.clone() } else { pad(cell, width(at)) + "  " });
        cells.collect::<String>() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_list() {
        for (name, _) in LISTS {
            assert!(WHAT.help.zh.contains(name) && WHAT.help.en.contains(name), "{name}");
        }
    }

    #[test]
    fn columns_stand_below_each_other() {
        let rows = vec![vec!["A3".into(), "x".into()], vec!["大度4开".into(), "长".into()]];
        assert_eq!(table(&rows), "A3       x\n大度4开  长\n");
    }
}
