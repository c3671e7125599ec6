//! The program without a command: folders or charts dropped on it, and on Windows a double-click.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::options::{Command, OUT};
use crate::cli::terminal::console::{Console, Stream};
use crate::cli::terminal::message::message;
use crate::cli::terminal::visible::visible_path;

/// The arguments as they are meant: folders and charts alone are built, their posters go to `out` in the folder of the
/// first; nothing at all, in a folder window, builds the folder.
pub(crate) fn meant(arguments: Vec<OsString>, commands: &[Command]) -> Vec<OsString> {
    let (program, dropped) = arguments.split_at(arguments.len().min(1));
    let more = if dropped.is_empty() { by_explorer().then(Vec::new) } else { posters_of(dropped, commands) };
    match more {
        Some(more) => program.iter().cloned().chain(["build".into()]).chain(more).collect(),
        None => arguments,
    }
}

/// What `build` is told to make of what was dropped; `None` where some of it is a word or nothing to build.
fn posters_of(dropped: &[OsString], commands: &[Command]) -> Option<Vec<OsString>> {
    let folders = dropped.iter().map(|thing| folder_of(Path::new(thing)).filter(|_| !is_spoken(thing, commands)));
    let folders: Option<Vec<&Path>> = folders.collect();
    let out = folders?.first()?.join("out");
    Some(dropped.iter().cloned().chain([format!("--{}", OUT.name).into(), out.into()]).collect())
}

/// What is wrong with things that are there but were dropped in vain; `None` for words.
pub(crate) fn unfit(arguments: &[OsString], commands: &[Command]) -> Option<anyhow::Error> {
    let things = arguments.get(1..).unwrap_or_default();
    if things.iter().any(|thing| is_spoken(thing, commands) || !Path::new(thing).exists()) {
        return None;
    }
    let unfit = things.iter().find(|thing| folder_of(Path::new(thing)).is_none())?;
    let shown = visible_path(Path::new(unfit));
    let hint = message!(
        "图的文件名以 .toml 结尾；用记事本另存时，“保存类型”选“所有文件”"
            | "the names of charts end in .toml; in Notepad, save as type `All files`"
    );
    Some(
        message!("{shown} 不是图（.toml 文件），也不是文件夹" | "{shown} is neither a chart (.toml file) nor a folder")
            .hint(hint)
            .fault(),
    )
}

/// Keeps a window that closes with the program open until it is read. Who is `lost`, having given nothing to build, is told
/// how to.
pub(crate) fn wait(console: &Console, lost: bool) {
    if by_explorer() {
        if lost {
            let line = message!(
                "把放图的文件夹或图的文件拖到程序上，就会生成海报"
                    | "drop a folder of charts, or charts, on the program to make posters"
            );
            let _ = console.write(Stream::Err, format!("\n{}\n", line.get(console.lang)));
        }
        let line = message!("按回车键关闭窗口" | "press Enter to close the window");
        // A window that is gone needs no waiting.
        let _ = console.write(Stream::Err, format!("\n{}\n", line.get(console.lang)));
        let _ = io::stdin().read_line(&mut String::new());
    }
}

/// Whether a word is an option or a command, whatever lies on the disk under its name.
fn is_spoken(word: &OsStr, commands: &[Command]) -> bool {
    let word = word.to_string_lossy();
    word.starts_with('-') || commands.iter().any(|command| command.name == word)
}

/// The folder that a dropped thing is or stands in; `None` where it is neither a folder nor a chart.
fn folder_of(path: &Path) -> Option<&Path> {
    match path.metadata() {
        Ok(kind) if kind.is_dir() => Some(path),
        Ok(_) if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml")) => path.parent(),
        _ => None,
    }
}

/// Whether a folder window started the program: it then has a console of its own, which closes with it.
fn by_explorer() -> bool {
    cfg!(windows) && io::stdin().is_terminal() && has_no_shell(|name| std::env::var(name).ok())
}

/// Whether no shell has left its marks in the environment: cmd exports `PROMPT`, Unix shells `SHLVL`, and PowerShell puts
/// the user's own modules before those of the system. The system itself would have to be asked through unsafe code.
fn has_no_shell(variable: impl Fn(&str) -> Option<String>) -> bool {
    let home = variable("USERPROFILE").filter(|home| !home.is_empty());
    let modules = variable("PSModulePath").unwrap_or_default();
    let of_user = home.is_some_and(|home| modules.to_lowercase().contains(&home.to_lowercase()));
    !of_user && ["PROMPT", "SHLVL", "TERM"].iter().all(|name| variable(name).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_are_known_by_what_they_export() {
        let system = r"C:\Windows\system32\WindowsPowerShell\v1.0\Modules";
        let set = |set: &[(&str, &str)]| {
            let set: Vec<_> = [("USERPROFILE", r"C:\Users\li")].iter().chain(set).copied().collect();
            has_no_shell(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert!(set(&[]) && set(&[("PSModulePath", system), ("WT_SESSION", "1")]));
        let powershell = format!(r"c:\users\LI\Documents\WindowsPowerShell\Modules;{system}");
        assert!(!set(&[("PSModulePath", &powershell)]));
        assert!(!set(&[("PROMPT", "$P$G")]) && !set(&[("SHLVL", "1")]));
    }
}
