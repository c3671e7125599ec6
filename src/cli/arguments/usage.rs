//! What is wrong with a command line, in the user's language: clap's findings retold.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use riskchart::input::nearest;

use super::options::Command;
use crate::cli::terminal::message::{Message, message};

/// The fault that clap found.
pub(crate) fn retell(error: &clap::Error, command: Option<&Command>) -> anyhow::Error {
    let example = command.filter(|_| error.kind() == ErrorKind::MissingRequiredArgument).and_then(example);
    sentence(error).hint_if(example.or_else(|| suggestion(error))).fault()
}

/// The first example of a command's help.
fn example(command: &Command) -> Option<Message> {
    let line = |words: &str, mark: &str| words.split_once(mark)?.1.lines().next().map(|line| line.trim().to_owned());
    let (zh, en) = (line(command.more.zh, "例：")?, line(command.more.en, "Example: ")?);
    Some(message!("例：{zh}" | "example: {en}"))
}

fn sentence(error: &clap::Error) -> Message {
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let command = context(error, ContextKind::InvalidSubcommand);
    match error.kind() {
        ErrorKind::InvalidSubcommand => message!("没有“{command}”这个命令" | "there is no command `{command}`"),
        ErrorKind::UnknownArgument => message!("没有“{arg}”这个选项" | "there is no option `{arg}`"),
        ErrorKind::MissingSubcommand => message!("请给出一个命令" | "a command is missing"),
        ErrorKind::MissingRequiredArgument => message!("缺少 {arg}" | "{arg} is missing"),
        ErrorKind::InvalidUtf8 => message!("选项里有不能识别的字符" | "an option holds characters that can't be read"),
        ErrorKind::InvalidValue if value.is_empty() => {
            message!("选项 {arg} 后面缺少值" | "option {arg} lacks its value")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues if !arg.is_empty() => {
            message!("选项 {arg} 不能带值“{value}”" | "option {arg} takes no value `{value}`")
        }
        _ => {
            let detail = error.to_string();
            let detail = detail.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
            message!("不能理解这条命令：{detail}" | "{detail}")
        }
    }
}

fn suggestion(error: &clap::Error) -> Option<Message> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let nearest = kinds.iter().map(|kind| context(error, *kind)).find(|found| !found.is_empty());
    match (nearest, error.kind()) {
        (Some(nearest), _) => Some(message!("是否指 {nearest}？" | "did you mean {nearest}?")),
        (None, ErrorKind::InvalidSubcommand | ErrorKind::MissingSubcommand) => {
            Some(message!("riskchart --help 列出全部命令" | "riskchart --help lists all commands"))
        }
        (None, _) => Some(message!("用 --help 查看这个命令的选项" | "--help lists the options of the command")),
    }
}

/// What clap knows of one kind, the first where it knows several.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.first().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// “Did you mean”, where a known name is near, else where to find them all.
pub(crate) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>, list: &str) -> Message {
    match nearest(written, known) {
        Some(name) => message!(
            "是否指 {name}？riskchart list {list} 列出全部"
                | "did you mean {name}? riskchart list {list} lists them all"
        ),
        None => message!("riskchart list {list} 列出全部" | "riskchart list {list} lists them all"),
    }
}
