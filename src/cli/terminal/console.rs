//! The terminal: two streams, a language, and whether colour is wanted.
//!
//! Everything is UTF-8. To a Windows console the standard library writes UTF-16, whatever its code page.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use riskchart::diag::{Lang, Severity};

use super::message::{Message, message, tell};
use super::visible::fold;

/// How many problems of one file, or faults of one run, are shown.
pub(crate) const SHOWN: usize = 20;

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Color {
    /// On terminals, or where `CLICOLOR_FORCE` is set; never where `NO_COLOR` is.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Every choice by its name.
    pub(crate) const ALL: [(&'static str, Self); 3] =
        [("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

/// What the user sees.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    /// The language of every word.
    pub(crate) lang: Lang,
    /// When to use colour.
    pub(crate) color: Color,
    /// Whether the summary is left out.
    pub(crate) quiet: bool,
}

impl Console {
    /// Writes a text to a stream.
    ///
    /// A reader that has closed the stream (`| head`) has seen enough: that is no fault.
    ///
    /// # Errors
    /// The stream can't be written.
    pub(crate) fn write(&self, stream: Stream, bytes: impl AsRef<[u8]>) -> anyhow::Result<()> {
        let bytes = bytes.as_ref();
        let written = match stream {
            Stream::Out => {
                let mut out = io::stdout().lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
            Stream::Err => io::stderr().lock().write_all(bytes),
        };
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(anyhow::Error::new(error).context(message!("不能写入标准输出" | "can't write to standard output")))
            }
            _ => Ok(()),
        }
    }

    /// Writes a text for reading, its lines folded where a terminal is narrower.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub(crate) fn page(&self, stream: Stream, text: &str) -> anyhow::Result<()> {
        let folded = Self::is_terminal(stream).then(|| fold(text, self.width(stream)));
        self.write(stream, folded.as_deref().unwrap_or(text))
    }

    /// Writes a line to standard output.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub(crate) fn line(&self, message: &Message) -> anyhow::Result<()> {
        self.write(Stream::Out, format!("{}\n", message.get(self.lang)))
    }

    /// Tells faults on standard error, each sentence once.
    pub(crate) fn faults(&self, faults: &[anyhow::Error]) {
        let mut told: Vec<(String, Option<String>)> = Vec::new();
        for fault in faults {
            let lines = tell(fault, self.lang);
            if !told.contains(&lines) {
                told.push(lines);
            }
        }
        let mut text = String::new();
        let more = told.len().saturating_sub(SHOWN);
        for (line, hint) in told.iter().take(SHOWN) {
            text += &self.titled(severity_name(Severity::Error).get(self.lang), RED, line);
            if let Some(hint) = hint {
                text += &self.titled(hint_name().get(self.lang), CYAN, hint);
            }
        }
        if more > 0 {
            text += message!("另有 {more} 处" | "{more} more").get(self.lang);
            text.push('\n');
        }
        // Where even this stream fails, nobody is left to be told.
        let _ = self.write(Stream::Err, text);
    }

    fn titled(&self, title: &str, style: &str, line: &str) -> String {
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        if self.colored(Stream::Err) {
            format!("{style}{title}{RESET}{colon}{line}\n")
        } else {
            format!("{title}{colon}{line}\n")
        }
    }

    /// Whether a stream goes to a terminal.
    pub(crate) fn is_terminal(stream: Stream) -> bool {
        match stream {
            Stream::Out => io::stdout().is_terminal(),
            Stream::Err => io::stderr().is_terminal(),
        }
    }

    /// Whether texts for this stream are coloured (<https://no-color.org>, <https://bixense.com/clicolors>).
    pub(crate) fn colored(&self, stream: Stream) -> bool {
        let terminal = Self::is_terminal(stream);
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
                let wanted = forced || (terminal && set("TERM").is_none_or(|term| term != "dumb"));
                set("NO_COLOR").is_none() && wanted && understands_color()
            }
        }
    }

    /// How many columns listings may take: `COLUMNS`, else those of the terminal; in a file what is easily read.
    pub(crate) fn width(&self, stream: Stream) -> usize {
        let named = std::env::var("COLUMNS").ok().and_then(|value| value.parse().ok());
        // A shell that doesn't know says 0.
        let named = named.filter(|columns| *columns > 0);
        let columns = named.or_else(|| {
            let size = match stream {
                Stream::Out => terminal_size::terminal_size_of(io::stdout()),
                Stream::Err => terminal_size::terminal_size_of(io::stderr()),
            };
            size.map(|(width, _)| usize::from(width.0))
        });
        columns.unwrap_or(120).clamp(40, 240)
    }
}

/// Whether terminals obey escapes: Windows consoles do once they are asked to, from Windows 10 on.
fn understands_color() -> bool {
    #[cfg(windows)]
    let understands = anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
    #[cfg(not(windows))]
    let understands = true;
    understands
}

const RED: &str = "\x1b[1;31m";
const CYAN: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// What problems of a severity are called.
pub(crate) fn severity_name(severity: Severity) -> Message {
    match severity {
        Severity::Error => message!("错误" | "error"),
        Severity::Warning => message!("警告" | "warning"),
        Severity::Note => message!("提示" | "note"),
    }
}

/// What advice is called.
pub(crate) fn hint_name() -> Message {
    message!("建议" | "help")
}
