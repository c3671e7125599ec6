//! The command line. A room uses only rooms above it in this list:
//!
//! | room | holds |
//! |---|---|
//! | [`terminal`] | streams, sentences, languages, safe text, exit statuses |
//! | [`report`] | problems told in five styles |
//! | [`disk`] | charts found and read, posters written |
//! | [`arguments`] | the table of options; what the user asks for |
//! | [`work`] | charts compiled in parallel, each on its own, and made to posters |
//! | [`commands`] | one file a command |

mod arguments;
mod commands;
mod disk;
mod report;
mod terminal;
mod work;

use std::ffi::OsString;

use clap::error::ErrorKind;

use arguments::options::{COLOR, Invocation, LANG, QUIET};
use arguments::parser::parser;
use arguments::{dragged, help, settings, slips, usage};
use commands::COMMANDS;
use terminal::console::{Color, Console, Stream};
use terminal::locale;
use terminal::message::message;
use terminal::status::Status;

/// Runs the program with these arguments, the program's own name first.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> Status {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let bare = arguments.len() < 2;
    let arguments = dragged::meant(arguments, COMMANDS);
    let lang = locale::language(&arguments, |name| std::env::var(name).ok());
    let mut console = Console { lang, color: Color::Auto, quiet: false };
    work::silence_panics();
    let ran = work::guard(|| {
        let arguments = slips::looked_through(arguments, COMMANDS)?;
        dispatch(&arguments, &mut console)
    });
    let ran = ran.unwrap_or_else(|fault| Err(message!("程序内部出错：{fault}" | "internal fault: {fault}").fault()));
    let status = ran.unwrap_or_else(|fault| {
        console.faults(&[fault]);
        Status::Fault
    });
    dragged::wait(&console, bare && status == Status::Fault);
    status
}

fn dispatch(arguments: &[OsString], console: &mut Console) -> anyhow::Result<Status> {
    let matches = match parser(COMMANDS, console.lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let told = || misunderstood(&error, arguments, console);
            return dragged::unfit(arguments, COMMANDS).map_or_else(told, Err);
        }
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Err(message!("请给出一个命令" | "a command is missing").fault());
    };
    let invocation = Invocation { matches, console };
    let color = settings::chosen(&invocation, &COLOR, &Color::ALL)?.unwrap_or_default();
    settings::known_language(invocation.value(&LANG))?;
    let quiet = invocation.flag(&QUIET);
    *console = Console { lang: console.lang, color, quiet };
    let command = COMMANDS.iter().find(|command| command.name == name);
    let command = command.ok_or_else(|| message!("没有“{name}”这个命令" | "there is no command `{name}`").fault())?;
    (command.run)(&Invocation { matches, console })
}

/// Help and version, which were asked for, and what is wrong with the arguments.
fn misunderstood(error: &clap::Error, arguments: &[OsString], console: &Console) -> anyhow::Result<Status> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            console.page(Stream::Out, &error.render().to_string())?;
            Ok(Status::Done)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console.page(Stream::Err, &help::program(COMMANDS, console.lang))?;
            Ok(Status::Fault)
        }
        _ => {
            let named = |command: &&arguments::options::Command| {
                arguments.iter().any(|argument| argument.as_os_str() == command.name)
            };
            Err(usage::retell(error, COMMANDS.iter().find(named)))
        }
    }
}
