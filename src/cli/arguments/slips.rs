//! Slips of the keyboard in a command line, told before anything is done: what an input method makes of dashes and quotes,
//! a long option behind one dash, formats with blanks between them.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use riskchart::export;

use super::options::{Command, FORMAT, Place};
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
    let command = words.get(1).and_then(|name| commands.iter().find(|command| command.name == name.as_ref()));
    for (at, word) in words.iter().enumerate().skip(1) {
        let slip = dash(word).or_else(|| single_dash(word, command)).or_else(|| quotes(word));
        if let Some(slip) = slip.or_else(|| second_format(&words, at, command)) {
            return Err(slip.fault());
        }
    }
    Ok(arguments)
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
    let mut long = command?.all_options().filter(|option| matches!(option.place, Place::Named(_)));
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
    let bare = word.trim_matches(QUOTES);
    Some(message!("没有这个文件或文件夹：{word}" | "no such file or folder: {word}").hint(message!(
        "路径两边用英文引号或不用引号，请写 \"{bare}\"" | "put straight quotes around a path or none: \"{bare}\""
    )))
}

/// -f pdf png
fn second_format(words: &[std::borrow::Cow<'_, str>], at: usize, command: Option<&Command>) -> Option<Message> {
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
        let cases: [(&[&str], Option<&str>); 9] = [
            (&["build", "——paper", "A4"], Some("选项前面用英文减号，请写 --paper")),
            (&["build", "—f", "pdf"], Some("选项前面用英文减号，请写 -f")),
            (&["build", "-out", "x"], Some("请写两个减号：--out")),
            (&["build", "“我的图”"], Some("路径两边用英文引号或不用引号，请写 \"我的图\"")),
            (&["build", "-f", "pdf", "png"], Some("几种格式用逗号隔开：-f pdf,png")),
            (&["build", "-f", "pdf", "charts"], None),
            (&["build", "-o", "out", "-f", "pdf,png"], None),
            (&["build", "-"], None),
            (&["help", "build"], None),
        ];
        for (line, expected) in cases {
            assert_eq!(hint(line).as_deref(), expected, "{line:?}");
        }
    }
}
