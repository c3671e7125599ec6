//! `riskchart completions`: what shells complete, from the table of commands and the tables of what can be chosen.
//!
//! Three shells have their scripts from clap's generators; the one for PowerShell, which names options alone there, is
//! made in [`powershell`].

mod powershell;

use clap::builder::PossibleValuesParser;
use clap_complete::aot::{Shell, generate};
use riskchart::diag::{CODES, Lang, Severity, Words};
use riskchart::export::{FORMATS, PdfStandard};
use riskchart::input::nearest;
use riskchart::paper::PAPERS;
use riskchart::theme::THEMES;

use super::COMMANDS;
use super::list;
use super::new::KINDS;
use crate::cli::arguments::options::{Command, Invocation, Opt, Place, Takes};
use crate::cli::arguments::parser::parser;
use crate::cli::report::Style;
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;

const SHELL: Opt = Opt {
    name: "shell",
    place: Place::Needed,
    takes: Takes::Value(Words { zh: "终端", en: "SHELL" }),
    help: Words { zh: "bash、zsh、fish、powershell", en: "bash, zsh, fish or powershell" },
};

pub(crate) const COMMAND: Command = Command {
    name: "completions",
    about: Words { zh: "写出命令行补全脚本", en: "write a completion script for a shell" },
    more: Words {
        zh: "例：riskchart completions bash > ~/.local/share/bash-completion/completions/riskchart\n    \
             riskchart completions zsh > ~/.zfunc/_riskchart\n    \
             riskchart completions fish > ~/.config/fish/completions/riskchart.fish\n    \
             riskchart completions powershell | Add-Content $PROFILE",
        en: "Example: riskchart completions bash > ~/.local/share/bash-completion/completions/riskchart\n         \
             riskchart completions zsh > ~/.zfunc/_riskchart\n         \
             riskchart completions fish > ~/.config/fish/completions/riskchart.fish\n         \
             riskchart completions powershell | Add-Content $PROFILE",
    },
    options: &[&SHELL],
    run,
};

/// The shells that scripts are made for.
const SHELLS: [(&str, Shell); 4] =
    [("bash", Shell::Bash), ("zsh", Shell::Zsh), ("fish", Shell::Fish), ("powershell", Shell::PowerShell)];

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let asked = invocation.value(&SHELL).unwrap_or_default().to_lowercase();
    let Some((_, shell)) = SHELLS.iter().find(|(name, _)| *name == asked) else {
        let names = SHELLS.map(|(name, _)| name);
        let (zh, en) = (names.join("、"), names.join(", "));
        let hint = match nearest(&asked, names) {
            Some(name) => message!("是否指 {name}？" | "did you mean {name}?"),
            None => message!("可以是 {zh}" | "it can be {en}"),
        };
        return Err(message!("没有 {asked} 的补全脚本" | "there is no script for {asked}").hint(hint).fault());
    };
    invocation.console.write(Stream::Out, script(*shell, invocation.console.lang))?;
    Ok(Status::Done)
}

fn script(shell: Shell, lang: Lang) -> Vec<u8> {
    if shell == Shell::PowerShell {
        return powershell::script(lang).into_bytes();
    }
    let mut parser = parser(COMMANDS, lang).mut_args(complete);
    parser = parser.mut_subcommands(|command| command.mut_args(complete));
    let mut script = Vec::new();
    generate(shell, &mut parser, "riskchart", &mut script);
    if shell == Shell::Fish {
        script.extend(words_of_commands().into_bytes());
    }
    script
}

/// What commands themselves take, which the generator for fish leaves out.
fn words_of_commands() -> String {
    let mut lines = String::new();
    for command in COMMANDS {
        let own = command.options.iter().filter(|option| !matches!(option.place, Place::Named(_)));
        for words in own.map(|option| words(option.name)).filter(|words| !words.is_empty()) {
            let (name, words) = (command.name, words.join(" "));
            lines +=
                &format!("complete -c riskchart -n \"__fish_riskchart_using_subcommand {name}\" -f -a \"{words}\"\n");
        }
    }
    lines
}

/// An option with the words it may take. The parser of real arguments takes more: words in Chinese, sizes of paper.
fn complete(arg: clap::Arg) -> clap::Arg {
    let words = words(arg.get_id().as_str());
    if words.is_empty() { arg } else { arg.value_parser(PossibleValuesParser::new(words)) }
}

fn words(option: &str) -> Vec<&'static str> {
    let allowed = || CODES.iter().filter(|row| row.severity != Severity::Error);
    match option {
        "format" => FORMATS.iter().map(|row| row.name).collect(),
        "paper" | "tile" => PAPERS.iter().map(|row| row.name).collect(),
        "orientation" => vec!["auto", "portrait", "landscape"],
        "theme" => THEMES.iter().map(|row| row.name).collect(),
        "pdf-standard" => PdfStandard::ALL.iter().map(|(name, _)| *name).collect(),
        "message-format" => Style::ALL.iter().map(|(name, _)| *name).collect(),
        "allow" => allowed().map(|row| row.slug).collect(),
        "code" => CODES.iter().map(|row| row.slug).collect(),
        "what" => list::names().collect(),
        "power" => KINDS.iter().map(|kind| kind.name).collect(),
        "shell" => SHELLS.iter().map(|(name, _)| *name).collect(),
        "lang" => vec!["zh", "en"],
        "color" => vec!["auto", "always", "never"],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_name_every_command_option_and_choice() {
        for (name, shell) in SHELLS {
            let script = String::from_utf8(script(shell, Lang::Zh)).expect("UTF-8");
            for command in COMMANDS {
                assert!(script.contains(command.name), "{name}: {}", command.name);
                for option in command.options.iter().filter(|option| matches!(option.place, Place::Named(_))) {
                    assert!(script.contains(option.name), "{name}: {} --{}", command.name, option.name);
                }
            }
            let han = if shell == Shell::PowerShell {
                [r"'\u5927\u5ea64\u5f00'", r"'\u884c\u653f\u88c1\u51b3'"]
            } else {
                ["大度4开", "行政裁决"]
            };
            let words = han.into_iter().chain(["sarif", "papers", "a-2a", "missing-glyph"]);
            words.for_each(|word| assert!(script.contains(word), "{name}: {word}"));
        }
    }
}
