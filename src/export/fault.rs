//! Why a scene can't be written.

use std::fmt::Display;

use crate::diag::Filling;

/// Why a scene can't be written in a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportFault {
    /// A bitmap of so many pixels is larger than readers of pictures take, or has none.
    BitmapSize {
        /// How wide it would be.
        across: u64,
        /// How high.
        down: u64,
        /// The most on a side.
        side: u64,
        /// The most in all, in millions.
        millions: u64,
    },
    /// Files are to be attached to a PDF/A-1, which holds none.
    FilesInArchive,
    /// The program is at fault: a library failed, or the scene contradicts itself. In English, for its developers.
    Internal(String),
}

impl ExportFault {
    /// A fault of the program, as whoever found it says it.
    pub(super) fn internal(why: impl Display) -> Self {
        Self::Internal(why.to_string())
    }

    /// A fault of the program, with what it came of.
    pub(super) fn of(self, what: &str) -> Self {
        match self {
            Self::Internal(why) => Self::Internal(format!("{what}: {why}")),
            other => other,
        }
    }

    /// The fault in words.
    pub fn in_words(&self) -> Filling {
        let (zh, en) = match self {
            Self::BitmapSize { across, down, side, millions } => (
                format!("图片 {across}×{down} 像素超出范围（每边 1–{side}，共 {millions} 百万）；请减小分辨率"),
                format!(
                    "a bitmap of {across}×{down} pixels is out of range (1–{side} a side, {millions} million in all); \
                     choose a lower resolution"
                ),
            ),
            Self::FilesInArchive => ("PDF/A-1 不能附带文件".to_owned(), "PDF/A-1 holds no files".to_owned()),
            Self::Internal(why) => (format!("程序内部出错（{why}）"), format!("internal fault ({why})")),
        };
        Filling::Both { zh, en }
    }
}

impl From<&str> for ExportFault {
    fn from(why: &str) -> Self {
        Self::internal(why)
    }
}
