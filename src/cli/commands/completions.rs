//! `riskchart completions`: what shells complete, from the table of commands and the tables of what can be chosen.
//!
//! Three shells have their scripts from clap's generators; the one for PowerShell, which names options alone there, is
//! made in [`powershell`].

mod powershell;

use clap::builder::PossibleValuesParser;
use clap_complete::aot::{Shell, generate};
use riskchart::diag::{Lang, Words};
use riskchart::input::nearest;

use super::COMMANDS;
use crate::cli::arguments::options::{Command, Invocation, Opt, Position, TOP, Takes};
use crate::cli::arguments::parser::parser;
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;

const SHELL: Opt = Opt::word(
    "shell",
    Position::Needed,
    Takes::Value(Words { zh: "终端", en: "SHELL" }),
    Words { zh: "bash、zsh、fish、powershell", en: "bash, zsh, fish or powershell" },
)
.of(words);

fn words() -> Vec<&'static str> {
    SHELLS.iter().map(|(name, _)| *name).collect()
}

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
    options: &[&[&SHELL]],
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
    let mut parser = complete(parser(COMMANDS, lang), TOP);
    for command in COMMANDS {
        let options: Vec<&Opt> = command.all_options().collect();
        parser = parser.mut_subcommand(command.name, |parser| complete(parser, &options));
    }
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
        let own = command.own_options().filter(|option| !matches!(option.place, Position::Named(_)));
        for words in own.map(|option| (option.words)()).filter(|words| !words.is_empty()) {
            let (name, words) = (command.name, words.join(" "));
            lines +=
                &format!("complete -c riskchart -n \"__fish_riskchart_using_subcommand {name}\" -f -a \"{words}\"\n");
        }
    }
    lines
}

/// The options of a parser with the words they may take. The parser of real arguments takes more: words in Chinese, sizes of
/// paper.
fn complete(parser: clap::Command, options: &[&Opt]) -> clap::Command {
    parser.mut_args(|arg| {
        let words = options.iter().find(|option| arg.get_id() == option.name).map(|option| (option.words)());
        match words {
            Some(words) if !words.is_empty() => arg.value_parser(PossibleValuesParser::new(words)),
            _ => arg,
        }
    })
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
                for option in command.own_options().filter(|option| matches!(option.place, Position::Named(_))) {
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
