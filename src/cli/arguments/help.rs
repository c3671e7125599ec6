//! Help, laid out from the table of commands and options.

use riskchart::diag::Lang;

use super::options::{Command, Opt, Position, TOP, Takes};
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::{columns, pad};

/// The help of the program, which has these commands.
pub(crate) fn program(commands: &[Command], lang: Lang) -> String {
    let about = message!(
        "riskchart：把一个个职权的 TOML 文件编成可打印的廉政风险防控图"
            | "riskchart compiles TOML files, one per administrative power, to printable 廉政风险防控图"
    );
    let usage = message!("用法：riskchart <命令> [选项]" | "Usage: riskchart <COMMAND> [OPTIONS]");
    let head = message!("命令：" | "Commands:");
    let more = message!("每个命令的选项：riskchart <命令> --help" | "Options of a command: riskchart <COMMAND> --help");
    let rows = commands.iter().map(|command| (command.name.to_owned(), command.about.get(lang))).collect();
    let (about, usage, head, more) = (about.get(lang), usage.get(lang), head.get(lang), more.get(lang));
    let mut text = format!("{about}\n\n{usage}\n\n{head}\n{}", table(rows));
    text += &options(TOP.iter().copied(), lang);
    text + &format!("\n{more}\n")
}

/// The help of one command.
pub(crate) fn command(command: &Command, lang: Lang) -> String {
    let all = || command.all_options();
    let words = all().filter(|option| !matches!(option.place, Position::Named(_)));
    let words: String = words.map(|option| format!(" {}", label(option, lang))).collect();
    let (name, about, more) = (command.name, command.about.get(lang), command.more.get(lang));
    let usage = message!("用法：riskchart {name}{words} [选项]" | "Usage: riskchart {name}{words} [OPTIONS]");
    let mut text = format!("{about}\n\n{}\n", usage.get(lang));
    let rows: Vec<_> = all()
        .filter(|option| !matches!(option.place, Position::Named(_)))
        .map(|option| (label(option, lang), option.help.get(lang)))
        .collect();
    if !rows.is_empty() {
        text += &format!("\n{}", table(rows));
    }
    text += &options(all().filter(|option| matches!(option.place, Position::Named(_))), lang);
    if !more.is_empty() {
        text += &format!("\n{more}\n");
    }
    text
}

fn options<'a>(options: impl Iterator<Item = &'a Opt>, lang: Lang) -> String {
    let head = message!("选项：" | "Options:");
    format!(
        "\n{}\n{}",
        head.get(lang),
        table(options.map(|option| (label(option, lang), option.help.get(lang))).collect())
    )
}

/// How an option is typed, e.g. `-o, --out <文件夹>`.
pub(crate) fn label(option: &Opt, lang: Lang) -> String {
    let value = match option.takes {
        Takes::Nothing => String::new(),
        Takes::Value(words) | Takes::Values(words) | Takes::Path(words) | Takes::Paths(words) => {
            words.get(lang).to_owned()
        }
    };
    match option.place {
        Position::Needed => format!("<{value}>"),
        Position::Rest => format!("[{value}]…"),
        Position::Named(letter) => {
            let letter = letter.map_or_else(|| "    ".to_owned(), |letter| format!("-{letter}, "));
            let value = if value.is_empty() { value } else { format!(" <{value}>") };
            format!("{letter}--{}{value}", option.name)
        }
    }
}

fn table(rows: Vec<(String, &str)>) -> String {
    let width = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or_default();
    rows.iter().map(|(name, words)| format!("  {}  {words}\n", pad(name, width))).collect()
}
