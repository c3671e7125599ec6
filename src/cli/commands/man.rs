//! `riskchart man`: the manual page, laid out from the table of commands and options. One page tells all commands.

use std::fmt::Write as _;

use riskchart::diag::{Lang, Words};

use super::COMMANDS;
use crate::cli::arguments::help::label;
use crate::cli::arguments::options::{COMMON, Command, Invocation, Opt, Position, TOP};
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;

pub(crate) const COMMAND: Command = Command {
    name: "man",
    about: Words { zh: "写出手册页（man）", en: "write the manual page" },
    more: Words {
        zh: "例：riskchart man > ~/.local/share/man/man1/riskchart.1",
        en: "Example: riskchart man > ~/.local/share/man/man1/riskchart.1",
    },
    options: &[],
    run,
};

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    invocation.console.write(Stream::Out, page(invocation.console.lang))?;
    Ok(Status::Done)
}

/// The page in the macros of man(7).
fn page(lang: Lang) -> String {
    // No date: the page of one version is one text.
    let mut text = format!(".TH RISKCHART 1 \"\" \"riskchart {}\"\n", env!("CARGO_PKG_VERSION"));
    // Ragged lines without hyphens: stretched ones pull Chinese text apart.
    text.push_str(".ad l\n.nh\n");
    let about = message!("把 TOML 文件编成廉政风险防控图" | "compile TOML files to integrity-risk charts");
    section(&mut text, &message!("名称" | "NAME"), lang);
    line(&mut text, &format!("riskchart - {}", about.get(lang)));
    section(&mut text, &message!("用法" | "SYNOPSIS"), lang);
    let usage = message!("riskchart <命令> [选项]" | "riskchart <COMMAND> [OPTIONS]");
    line(&mut text, usage.get(lang));
    section(&mut text, &message!("命令" | "COMMANDS"), lang);
    for command in COMMANDS {
        entry(&mut text, command, lang);
    }
    section(&mut text, &message!("每个命令都有的选项" | "OPTIONS OF EVERY COMMAND"), lang);
    options(&mut text, COMMON, lang);
    section(&mut text, &message!("不带命令的选项" | "OPTIONS WITHOUT A COMMAND"), lang);
    options(&mut text, TOP, lang);
    section(&mut text, &message!("退出状态" | "EXIT STATUS"), lang);
    let statuses = [
        message!("0  全部完成" | "0  everything was done"),
        message!("1  图里有错" | "1  a chart has an error"),
        message!("2  命令写错、磁盘或程序出错" | "2  usage, disk or internal fault"),
    ];
    plain(&mut text, &statuses.map(|said| said.get(lang).to_owned()).join("\n"));
    text
}

fn entry(text: &mut String, command: &Command, lang: Lang) {
    let words = command.own_options().filter(|option| !matches!(option.place, Position::Named(_)));
    let words: String = words.map(|option| format!(" {}", label(option, lang))).collect();
    let _ = writeln!(text, ".SS {}", escaped(&format!("{}{words}", command.name)));
    line(text, command.about.get(lang));
    options(text, &command.own_options().collect::<Vec<_>>(), lang);
    if !command.more.get(lang).is_empty() {
        text.push_str(".PP\n");
        plain(text, command.more.get(lang));
    }
}

fn section(text: &mut String, title: &Message, lang: Lang) {
    let _ = writeln!(text, ".SH {}", escaped(title.get(lang)));
}

fn options(text: &mut String, options: &[&Opt], lang: Lang) {
    for option in options {
        text.push_str(".TP\n");
        line(text, &format!("\u{1}{}\u{2}", label(option, lang).trim_start()));
        line(text, option.help.get(lang));
    }
}

/// Lines that stay as they are.
fn plain(text: &mut String, lines: &str) {
    text.push_str(".nf\n");
    lines.lines().for_each(|one| line(text, one));
    text.push_str(".fi\n");
}

/// A line of text: U+0001 and U+0002 stand for the beginning and the end of bold type.
fn line(text: &mut String, line: &str) {
    // A dot or an apostrophe at the beginning would make a request of it.
    text.push_str(if line.starts_with(['.', '\'']) { "\\&" } else { "" });
    text.push_str(&escaped(line).replace('\u{1}', "\\fB").replace('\u{2}', "\\fR"));
    text.push('\n');
}

/// Text in which roff finds no escape, and whose hyphens can be copied as minus signs.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut text = String::new();
        line(&mut text, ".\\x --paper");
        assert_eq!(text, "\\&.\\ex \\-\\-paper\n");
    }

    #[test]
    fn the_page_has_every_command_and_option() {
        for lang in [Lang::Zh, Lang::En] {
            let page = page(lang);
            for command in COMMANDS {
                assert!(page.contains(&format!("\n.SS {}", command.name)), "{}", command.name);
                assert!(page.contains(&escaped(command.about.get(lang))), "{}", command.name);
                for option in command.all_options() {
                    assert!(page.contains(&escaped(option.help.get(lang))), "{} {}", command.name, option.name);
                }
            }
        }
    }
}
