//! Slips of the keyboard in a command line, told before anything is done: what an input method makes of dashes and quotes,
//! a long option behind one dash, formats with blanks between them.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use riskchart::export;

use super::options::{Command, FORMAT, Opt, Position, Takes};
use crate::cli::disk::near;
use crate::cli::terminal::message::{Message, message};

/// Dashes that are none of a command line's.
const DASHES: [char; 6] = ['—', '–', '－', '―', '−', '‐'];
/// Quotes that no command line takes away.
const QUOTES: [char; 6] = ['“', '”', '‘', '’', '「', '」'];

/// The arguments, with `help COMMAND` as it is meant.
///
/// # Errors
/// The first slip, with what to type instead.
pub(crate) fn looked_through(arguments: Vec<OsString>, commands: &[Command]) -> anyhow::Result<Vec<OsString>> {
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    if let [_, help, command] = words.as_slice()
        && help == "help"
    {
        return Ok(vec![arguments[0].clone(), OsString::from(command.as_ref()), OsString::from("--help")]);
    }
    if let [_, help] = words.as_slice()
        && help == "help"
    {
        return Ok(vec![arguments[0].clone(), OsString::from("--help")]);
    }
    if let [_, word] = words.as_slice()
        && let Some(meant) = asked(word)
    {
        return Ok(vec![arguments[0].clone(), OsString::from(meant)]);
    }
    let command = words.get(1).and_then(|name| commands.iter().find(|command| command.name == name.as_ref()));
    if let Some(word) = words.get(1).filter(|_| command.is_none()) {
        no_command(word).map_or(Ok(()), |slip| Err(slip.fault()))?;
    }
    // What is no path stands in quotes for nothing: new “取水许可”.
    let spoken = command.is_some_and(|command| matches!(command.name, "new" | "explain" | "list"));
    for (at, word) in words.iter().enumerate().skip(1) {
        let slip =
            dash(word).or_else(|| single_dash(word, command)).or_else(|| if spoken { None } else { quotes(word) });
        let slip = slip.or_else(|| chinese_option(word, command));
        if let Some(slip) = slip.or_else(|| second_format(&words, at, command)) {
            return Err(slip.fault());
        }
    }
    if spoken {
        return Ok(words.iter().map(|word| OsString::from(word.trim_matches(QUOTES))).collect());
    }
    Ok(arguments)
}

/// What a lone word asks for: help or the version, as other programs are asked.
fn asked(word: &str) -> Option<&'static str> {
    match word {
        "?" | "？" | "/?" | "-?" | "/h" | "帮助" => Some("--help"),
        "version" | "-v" | "版本" => Some("--version"),
        _ => None,
    }
}

/// A chart that is not there, in place of a command.
fn no_command(word: &str) -> Option<Message> {
    let path = word.ends_with(".toml") || word.contains(['/', '\\']);
    (path && !Path::new(word).exists()).then(|| {
        message!("没有这个文件或文件夹：{word}" | "no such file or folder: {word}")
            .hint_if(near::meant(Path::new(word)))
    })
}

/// --纸张
fn chinese_option(word: &str, command: Option<&Command>) -> Option<Message> {
    let typed = word.strip_prefix("--")?.split(['=', '＝']).next().filter(|typed| !typed.is_ascii())?;
    let named = || command.into_iter().flat_map(Command::all_options);
    let named = || named().filter(|option| matches!(option.place, Position::Named(_)));
    let takes = |option: &Opt| match option.takes {
        Takes::Value(value) | Takes::Values(value) | Takes::Path(value) | Takes::Paths(value) => value.zh,
        Takes::Nothing => "",
    };
    let meant = named().find(|option| option.help.zh.starts_with(typed));
    let meant = meant.or_else(|| named().find(|option| takes(option) == typed));
    let meant = meant.or_else(|| named().find(|option| option.help.zh.contains(typed)))?;
    let name = meant.name;
    Some(
        message!("没有“{word}”这个选项" | "there is no option `{word}`")
            .hint(message!("请写 --{name}" | "write --{name}")),
    )
}

/// ——paper
fn dash(word: &str) -> Option<Message> {
    let name = word.trim_start_matches(|c| DASHES.contains(&c) || c == '-');
    let typed = &word[..word.len() - name.len()];
    if !typed.contains(DASHES) || name.is_empty() {
        return None;
    }
    let right = if name.chars().count() == 1 { format!("-{name}") } else { format!("--{name}") };
    Some(
        message!("没有“{word}”这个选项" | "there is no option `{word}`")
            .hint(message!("选项前面用英文减号，请写 {right}" | "options begin with hyphens: write {right}")),
    )
}

/// -out
fn single_dash(word: &str, command: Option<&Command>) -> Option<Message> {
    let typed = word.strip_prefix('-').filter(|rest| !rest.starts_with('-') && rest.len() > 2)?;
    let name = typed.split('=').next().unwrap_or(typed);
    let mut long = command?.all_options().filter(|option| matches!(option.place, Position::Named(_)));
    long.find(|option| option.name == name)?;
    Some(
        message!("没有“{word}”这个选项" | "there is no option `{word}`")
            .hint(message!("请写两个减号：--{typed}" | "write two hyphens: --{typed}")),
    )
}

/// “我的图”
fn quotes(word: &str) -> Option<Message> {
    if !word.starts_with(QUOTES) && !word.ends_with(QUOTES) || Path::new(word).exists() {
        return None;
    }
    let bare = match word.strip_prefix('-') {
        // -o“图”
        Some(_) => word.replace(QUOTES, ""),
        None => word.trim_matches(QUOTES).to_owned(),
    };
    Some(message!("没有这个文件或文件夹：{word}" | "no such file or folder: {word}").hint(message!(
        "路径两边用英文引号或不用引号，请写 \"{bare}\"" | "put straight quotes around a path or none: \"{bare}\""
    )))
}

/// -f pdf png
fn second_format(words: &[Cow<'_, str>], at: usize, command: Option<&Command>) -> Option<Message> {
    let takes = command?.all_options().any(|option| option.name == FORMAT.name);
    let before = words.get(at.checked_sub(2)?)?;
    let is_format = |word: &str| word.split([',', '，', '、']).all(|part| export::format(part).is_some());
    let behind = *before == "-f" || before.trim_start_matches('-') == FORMAT.name;
    let (first, word) = (&words[at - 1], &words[at]);
    if !takes || !behind || !is_format(first) || !is_format(word) || Path::new(OsStr::new(word.as_ref())).exists() {
        return None;
    }
    Some(
        message!("“{word}”不是图，也不是文件夹" | "`{word}` is neither a chart nor a folder")
            .hint(message!("几种格式用逗号隔开：-f {first},{word}" | "put commas between formats: -f {first},{word}")),
    )
}

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;

    use super::*;
    use crate::cli::terminal::message::tell;

    fn hint(line: &[&str]) -> Option<String> {
        let arguments = ["riskchart"].iter().chain(line).map(OsString::from).collect();
        let fault = looked_through(arguments, crate::cli::commands::COMMANDS).err()?;
        tell(&fault, Lang::Zh).1
    }

    #[test]
    fn slips_are_told_with_what_to_type() {
        let cases: [(&[&str], Option<&str>); 13] = [
            (&["build", "——paper", "A4"], Some("选项前面用英文减号，请写 --paper")),
            (&["build", "—f", "pdf"], Some("选项前面用英文减号，请写 -f")),
            (&["build", "-out", "x"], Some("请写两个减号：--out")),
            (&["build", "“我的图”"], Some("路径两边用英文引号或不用引号，请写 \"我的图\"")),
            (&["build", "-f", "pdf", "png"], Some("几种格式用逗号隔开：-f pdf,png")),
            (&["build", "-f", "pdf", "charts"], None),
            (&["build", "-o", "out", "-f", "pdf,png"], None),
            (&["build", "-"], None),
            (&["help", "build"], None),
            (&["build", "-o“图”"], Some("路径两边用英文引号或不用引号，请写 \"-o图\"")),
            (&["build", "--纸张", "A4"], Some("请写 --paper")),
            (&["new", "“取水许可”"], None),
            (&["？"], None),
        ];
        for (line, expected) in cases {
            assert_eq!(hint(line).as_deref(), expected, "{line:?}");
        }
    }
}
