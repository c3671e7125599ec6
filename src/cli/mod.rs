//! The command line: one file a command, and what the commands share.
//!
//! | file | holds |
//! |---|---|
//! | [`options`] | the tables of commands and options; [`help`] and [`usage`] speak from them |
//! | [`build`], [`check`], [`fix`], [`fmt`], [`init`], [`new`], [`list`], [`explain`] | the commands |
//! | [`watch`] | `build` on every save, and a page of all charts |
//! | [`schema`], [`completions`], [`man`] | commands that write what other programs read |
//! | [`dropped`] | what is meant where no command is given |
//! | [`settings`] | options as typed values |
//! | [`walk`], [`names`], [`project`] | which charts there are, what their posters are called, which settings hold |
//! | [`host`], [`write`], [`rewrite`] | the disk, in and out; the user's own files written anew |
//! | [`work`], [`progress`] | charts compiled in parallel, each on its own, and how far they are |
//! | [`beside`] | charts of a folder compared |
//! | [`posters`] | pictures painted, cut, written and bound |
//! | [`report`], [`diff`] | problems told in five styles; texts compared |
//! | [`console`], [`said`], [`locale`], [`visible`], [`status`] | streams, sentences, languages, safe text, exit statuses |

mod beside;
mod build;
mod check;
mod completions;
mod console;
mod diff;
mod dropped;
mod explain;
mod fix;
mod fmt;
mod help;
mod host;
mod init;
mod list;
mod locale;
mod man;
mod names;
mod new;
mod options;
mod posters;
mod progress;
mod project;
mod report;
mod rewrite;
mod said;
mod schema;
mod settings;
mod status;
mod summary;
mod usage;
mod visible;
mod walk;
mod watch;
mod work;
mod write;

use std::ffi::OsString;

use clap::error::ErrorKind;

use console::{Color, Console, Stream};
use options::{COLOR, COMMANDS, Invocation, LANG, QUIET};
use said::said;
use status::Status;

/// Runs the program with these arguments, the program's own name first.
pub(crate) fn run(arguments: impl IntoIterator<Item = OsString>) -> Status {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let bare = arguments.len() < 2;
    let arguments = dropped::meant(arguments);
    let lang = locale::language(&arguments, |name| std::env::var(name).ok());
    let mut console = Console { lang, color: Color::Auto, quiet: false };
    work::silence_panics();
    let ran = work::guard(|| dispatch(&arguments, &mut console));
    let ran = ran.unwrap_or_else(|fault| Err(said!("程序内部出错：{fault}" | "internal fault: {fault}").fault()));
    let status = ran.unwrap_or_else(|fault| {
        console.faults(&[fault]);
        Status::Fault
    });
    dropped::wait(&console, bare && status == Status::Fault);
    status
}

fn dispatch(arguments: &[OsString], console: &mut Console) -> anyhow::Result<Status> {
    let matches = match options::parser(console.lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            return dropped::unfit(arguments).map_or_else(|| misunderstood(&error, console), Err);
        }
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Err(said!("请给出一个命令" | "a command is missing").fault());
    };
    let invocation = Invocation { matches, console };
    let color = settings::color(invocation.value(&COLOR))?;
    settings::known_language(invocation.value(&LANG))?;
    let quiet = invocation.flag(&QUIET);
    *console = Console { lang: console.lang, color, quiet };
    let command = COMMANDS.iter().find(|command| command.name == name);
    let command = command.ok_or_else(|| said!("没有“{name}”这个命令" | "there is no command `{name}`").fault())?;
    (command.run)(&Invocation { matches, console })
}

/// Help and version, which were asked for, and what is wrong with the arguments.
fn misunderstood(error: &clap::Error, console: &Console) -> anyhow::Result<Status> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            console.page(Stream::Out, &error.render().to_string())?;
            Ok(Status::Done)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            console.page(Stream::Err, &help::program(console.lang))?;
            Ok(Status::Fault)
        }
        _ => Err(usage::retell(error)),
    }
}
