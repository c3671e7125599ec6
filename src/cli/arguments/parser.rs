//! Arguments parsed, as the tables of commands and options say.

use clap::builder::ValueParser;
use clap::{ArgAction, ValueHint};
use riskchart::diag::Lang;

use super::help;
use super::options::{Command, HELP, Opt, Position, TOP, Takes, VERSION};

/// The parser of these commands, speaking one language.
pub(crate) fn parser(commands: &[Command], lang: Lang) -> clap::Command {
    let mut parser = clap::Command::new("riskchart")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .override_help(help::program(commands, lang))
        .args(TOP.iter().map(|option| argument(option, lang)));
    for command in commands {
        parser = parser.subcommand(
            clap::Command::new(command.name)
                .about(command.about.get(lang))
                .disable_help_flag(true)
                .args_override_self(true)
                .override_help(help::command(command, lang))
                .args(command.all_options().map(|option| argument(option, lang))),
        );
    }
    parser
}

fn argument(option: &Opt, lang: Lang) -> clap::Arg {
    // Help is laid out elsewhere; scripts that complete show these words.
    let mut arg = clap::Arg::new(option.name).help(option.help.get(lang));
    match option.place {
        Position::Named(letter) => {
            arg = arg.long(option.name);
            if let Some(letter) = letter {
                arg = arg.short(letter);
            }
        }
        Position::Needed => arg = arg.required(true),
        Position::Rest => {}
    }
    // Build servers set variables they have no value for to nothing.
    let variable = option.has_variable.then(|| option.variable());
    if let Some(variable) = variable.filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        arg = arg.env(variable);
    }
    match option.takes {
        Takes::Nothing if option.name == HELP.name => arg.action(ArgAction::Help),
        Takes::Nothing if option.name == VERSION.name => arg.action(ArgAction::Version),
        Takes::Nothing => arg.action(ArgAction::SetTrue),
        Takes::Value(value) => arg.value_name(value.get(lang)).action(ArgAction::Set),
        Takes::Values(value) => arg.value_name(value.get(lang)).action(ArgAction::Append),
        Takes::Path(value) => path(arg, value.get(lang)).action(ArgAction::Set),
        Takes::Paths(value) => path(arg, value.get(lang)).action(ArgAction::Append),
    }
}

fn path(arg: clap::Arg, name: &'static str) -> clap::Arg {
    arg.value_name(name).value_parser(ValueParser::path_buf()).value_hint(ValueHint::AnyPath)
}
