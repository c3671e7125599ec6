//! The end of a line: marks typed by habit, comments after `#` and after what begins them in other kinds of files.

use super::Mistake;
use super::lexer::Lexer;
use super::marks::is_blank;
use super::recover::begins_statement;
use crate::diag::Code;

impl Lexer<'_> {
    /// What may follow a value or a header on its line: marks typed by habit, a comment.
    pub(super) fn end_of_line(&mut self, is_habit: impl Fn(char) -> bool) {
        self.skip_blank();
        if self.line_ends_soon() && begins_statement(self.rest(), false) {
            // 风险等级 = "高" 表现形式 = […]: what follows is read as if on a line of its own.
            self.recover(self.at()..self.at(), "\n", Mistake { code: Code::ExtraText, at: self.at() });
            return;
        }
        let tail = self.rest().split('\n').next().unwrap_or_default();
        let marks = tail.len() - tail.trim_start_matches(is_habit).len();
        let after = tail[marks..].trim_start_matches(is_blank);
        if marks > 0 && (after.is_empty() || after.starts_with(['#', '＃'])) {
            let end = self.at() + marks;
            self.change(self.at()..end, "", Code::StrayMark);
            self.go_to(end);
            self.skip_blank();
        }
        self.skip_comment();
        self.skip_line();
    }

    /// Whether the line at hand is one that somebody wrote: a longer one is not worth taking apart.
    fn line_ends_soon(&self) -> bool {
        const LONG: usize = 1000;
        self.rest().len() < LONG || self.rest().as_bytes()[..LONG].contains(&b'\n')
    }

    /// Skips a comment; a full-width number sign begins one too.
    pub(super) fn skip_comment(&mut self) {
        let start = self.at();
        match self.peek() {
            Some(_) if self.comment_mark().is_some() => {
                self.go_to(self.at() + self.comment_mark().unwrap_or_default());
                self.change(start..self.at(), "#", Code::CommentMark);
                self.skip_line();
            }
            Some('#') => self.skip_line(),
            Some(c @ '＃') => {
                self.take_as(c, '#');
                self.skip_line();
            }
            _ => {}
        }
    }

    /// The length of a mark that begins a comment elsewhere, `//` or `--` or `；`; a line drawn with marks is one whole.
    pub(super) fn comment_mark(&self) -> Option<usize> {
        const MARKS: [&str; 8] = ["//", "／／", "--", "——", "/*", "<!--", ";", "；"];
        let window = self.part(self.at()..self.at() + 240);
        let line = window.split('\n').next().unwrap_or_default().trim_end();
        let drawn = line.chars().count() > 2 && line.chars().all(|c| "-=*_~·…—─－＝".contains(c));
        let mark = MARKS.iter().find(|mark| line.starts_with(**mark)).map(|mark| mark.len());
        mark.map(|length| length + line[length..].bytes().take_while(|b| b"/;".contains(b)).count())
            .or_else(|| drawn.then(|| line.chars().next().map_or(0, char::len_utf8)))
    }

    /// Goes to the end of the line, before its LF.
    pub(super) fn skip_line(&mut self) {
        self.go_to(self.at() + self.rest().find('\n').unwrap_or(self.rest().len()));
    }
}
