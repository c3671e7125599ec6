//! Sentences in both languages, and faults of the world outside told in them.
//!
//! A fault is an [`anyhow::Error`] whose outermost message or context is a [`Message`]; what the operating system says
//! below it is retold by [`cause`].

use std::fmt;
use std::io::{self, ErrorKind};

use riskchart::ReadFault;
use riskchart::diag::Lang;

use super::visible::visible;

/// A sentence for the user in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    zh: String,
    en: String,
    hint: Option<Box<Message>>,
}

/// `message!("没有 {path}" | "no {path}")`: both texts are format strings over names in scope.
macro_rules! message {
    ($zh:literal | $en:literal $(,)?) => {
        $crate::cli::terminal::message::Message::new(format!($zh), format!($en))
    };
}
pub(crate) use message;

impl Message {
    /// A sentence in both languages.
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), hint: None }
    }

    /// Adds what to do.
    #[must_use]
    pub(crate) fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(Box::new(hint));
        self
    }

    /// Adds what to do, where anything is known.
    #[must_use]
    pub(crate) fn hint_if(self, hint: Option<Message>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// The sentence in one language.
    pub(crate) fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The fault that this sentence tells.
    pub(crate) fn fault(self) -> anyhow::Error {
        anyhow::Error::msg(self)
    }
}

/// For the library, which asks for files and tells why one can't be read.
impl From<Message> for ReadFault {
    fn from(message: Message) -> Self {
        Self { zh: message.zh, en: message.en }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh)
    }
}

/// A fault as lines of plain words: what could not be done and why, then what to do.
pub(crate) fn tell(fault: &anyhow::Error, lang: Lang) -> (String, Option<String>) {
    let Some(message) = fault.downcast_ref::<Message>() else {
        let internal = message!("程序内部出错：{fault:#}" | "internal fault: {fault:#}");
        return (visible(internal.get(lang)), None);
    };
    let mut line = message.get(lang).to_owned();
    if let Some(error) = fault.chain().find_map(|cause| cause.downcast_ref::<io::Error>()) {
        line.push_str(if lang == Lang::Zh { "：" } else { ": " });
        line.push_str(cause(error).get(lang));
    }
    (visible(&line), message.hint.as_ref().map(|hint| visible(hint.get(lang))))
}

/// What the operating system says, in plain words; its own where none are known.
pub(crate) fn cause(error: &io::Error) -> Message {
    // Sharing and lock violations of Windows, for which the standard library has no kind.
    let busy = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if busy => message!("正在被其他程序使用" | "another program is using it"),
        ErrorKind::NotFound => message!("没有这个文件或文件夹" | "no such file or folder"),
        ErrorKind::PermissionDenied => message!("没有权限" | "permission denied"),
        ErrorKind::AlreadyExists => message!("已有同名的文件" | "a file of that name exists"),
        ErrorKind::NotADirectory => {
            message!("路径中有一段不是文件夹" | "a part of the path is not a folder")
        }
        ErrorKind::IsADirectory => message!("这是一个文件夹" | "it is a folder"),
        ErrorKind::StorageFull => message!("磁盘已满" | "the disk is full"),
        ErrorKind::QuotaExceeded => message!("超出了磁盘配额" | "the disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => message!("磁盘是只读的" | "the disk is read-only"),
        ErrorKind::InvalidFilename => message!("文件名太长或不合法" | "the file name is too long or not allowed"),
        ErrorKind::FileTooLarge => message!("文件太大" | "the file is too large"),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            message!("正在被其他程序使用" | "another program is using it")
        }
        _ => message!("{error}" | "{error}"),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn a_fault_is_told_with_its_cause() {
        let path = "out/图.pdf";
        let failed: io::Result<()> = Err(io::Error::from(ErrorKind::StorageFull));
        let fault = failed.with_context(|| message!("不能写入 {path}" | "can't write {path}")).unwrap_err();
        assert_eq!(tell(&fault, Lang::Zh).0, "不能写入 out/图.pdf：磁盘已满");
        assert_eq!(tell(&fault, Lang::En).0, "can't write out/图.pdf: the disk is full");
    }

    #[test]
    fn escapes_do_not_pass() {
        let path = "\u{1b}[31m";
        let (line, _) = tell(&message!("没有 {path}" | "no {path}").fault(), Lang::Zh);
        assert_eq!(line, "没有 ␛[31m");
    }
}
