//! Character classes, after *Requirements for Chinese Text Layout* (CLREQ) 3.1 and GB/T 15834-2011 clause 5.1.

/// What a character does in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Han characters and everything else that stands alone in a square: kana, ①, ■, →.
    Han,
    /// Letters of Western scripts, and what stands inside their words.
    Letter,
    /// 0–9.
    Digit,
    /// Half-width . , : ; ! ? and closing ) ] } " '.
    LatinClose,
    /// Half-width ( [ { and opening " '.
    LatinOpen,
    /// ( [ { of full width, 《 “ ‘ and their like (CLREQ 开始夹注符号).
    Opening,
    /// Their counterparts (结束夹注符号).
    Closing,
    /// ， 、 ； ： (句内点号).
    Pause,
    /// 。 ． (句号).
    Stop,
    /// ？ ！.
    Exclaim,
    /// · (间隔号).
    Dot,
    /// - – — ～ (连接号), one character.
    Connector,
    /// —— (破折号), one cell of two ems.
    Dash,
    /// …… (省略号), one cell of two ems; a single … too.
    Ellipsis,
    /// / (分隔号).
    Slash,
    /// % ‰ ℃ °, ㎡: belong to the number before.
    Unit,
    /// ￥ $ № §: belong to the number after.
    Prefix,
    /// Blanks.
    Space,
}

impl Class {
    /// The class of a character by itself; `"` and `'` are taken as closing, see [`in_context`](Self::in_context).
    pub(super) fn of(c: char) -> Self {
        match c {
            '0'..='9' => Self::Digit,
            '“' | '‘' | '（' | '《' | '〈' | '【' | '〔' | '「' | '『' | '［' | '｛' | '〖' | '〘' | '〚' | '｟'
            | '〝' => Self::Opening,
            '”' | '’' | '）' | '》' | '〉' | '】' | '〕' | '」' | '』' | '］' | '｝' | '〗' | '〙' | '〛' | '｠'
            | '〞' | '〟' => Self::Closing,
            '，' | '、' | '；' | '：' => Self::Pause,
            '。' | '．' => Self::Stop,
            '？' | '！' | '‼' | '⁇' | '⁈' | '⁉' => Self::Exclaim,
            '·' | '・' | '‧' => Self::Dot,
            '-' | '‐' | '‑' | '–' | '—' | '～' | '~' | '―' | '－' | '〜' => Self::Connector,
            '…' | '⋯' => Self::Ellipsis,
            '/' | '／' => Self::Slash,
            '%' | '‰' | '％' | '℃' | '℉' | '°' | '′' | '″' | '\u{3380}'..='\u{33DF}' => Self::Unit,
            '￥' | '¥' | '$' | '＄' | '№' | '§' | '£' | '€' | '#' | '＃' => Self::Prefix,
            '(' | '[' | '{' => Self::LatinOpen,
            ')' | ']' | '}' | '.' | ',' | ':' | ';' | '!' | '?' | '"' | '\'' => Self::LatinClose,
            _ if is_blank(c) => Self::Space,
            '\u{A0}' | '\u{2007}' | '\u{202F}' => Self::Letter,
            _ if is_western(c) => Self::Letter,
            _ => Self::Han,
        }
    }

    /// The class of `c` between its neighbours: quotes belong to a Western word inside one, straight quotes open after
    /// a blank or an opening mark, and - . , : ; @ keep a word together where Western characters stand on both sides.
    pub(super) fn in_context(before: Option<char>, c: char, after: Option<char>) -> Self {
        let western = |c: Option<char>| c.is_some_and(|c| matches!(Self::of(c), Self::Letter | Self::Digit));
        match c {
            '’' | '\'' | '-' | '‐' | '‑' | '–' | '.' | ',' | ':' | '~' if western(before) && western(after) => {
                Self::Letter
            }
            '"' | '\''
                if before.is_none_or(|b| matches!(Self::of(b), Self::Space | Self::Opening | Self::LatinOpen)) =>
            {
                Self::LatinOpen
            }
            '#' if western(before) => Self::Letter,
            _ => Self::of(c),
        }
    }

    /// Part of a Western word or number.
    pub(super) fn is_western(self) -> bool {
        matches!(self, Self::Letter | Self::Digit)
    }

    /// May not begin a line, whatever stands before (GB/T 15834 5.1.1–5.1.3, 5.1.6, 5.1.7, 5.1.9); a dash neither (rule 34).
    pub(super) fn never_starts(self) -> bool {
        matches!(
            self,
            Self::Closing
                | Self::Pause
                | Self::Stop
                | Self::Exclaim
                | Self::Dot
                | Self::Connector
                | Self::Dash
                | Self::Slash
                | Self::LatinClose
                | Self::Space
        )
    }

    /// May not end a line, whatever stands after (5.1.3, 5.1.9).
    pub(super) fn never_ends(self) -> bool {
        matches!(self, Self::Opening | Self::LatinOpen | Self::Slash | Self::Prefix)
    }

    /// A mark of full width, half of whose square is blank.
    pub(super) fn is_full_mark(self) -> bool {
        matches!(self, Self::Opening | Self::Closing | Self::Pause | Self::Stop | Self::Exclaim)
    }

    /// Counts as a character when the characters of a last line are counted (孤字).
    pub(super) fn is_character(self) -> bool {
        matches!(self, Self::Han | Self::Letter | Self::Digit | Self::Unit | Self::Prefix)
    }

    /// Set beside Han characters without a blank: Chinese marks and Han characters themselves.
    pub(super) fn is_wide(self) -> bool {
        matches!(self, Self::Han | Self::Dash | Self::Ellipsis) || self.is_full_mark()
    }
}

/// Blanks at which a line may break; no-break spaces are not among them.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// Letters and signs of scripts set in words with blanks: Latin, Greek, Cyrillic, and the ASCII signs left over.
fn is_western(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{00A1}'..='\u{024F}' | '\u{0370}'..='\u{052F}' | '\u{1E00}'..='\u{1FFF}')
        && !matches!(c, '×' | '÷' | '±' | '®' | '©' | '¬' | '¶')
}

/// Characters that belong to the one before: combining marks, variation selectors, joiners, and what has no picture.
pub(super) fn extends(c: char) -> bool {
    is_invisible(c)
        || matches!(c,
            '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}' | '\u{FE20}'..='\u{FE2F}'
            | '\u{1F3FB}'..='\u{1F3FF}')
}

/// Characters that have no picture of their own: controls, joiners, direction and variation marks, soft hyphens.
pub(super) fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_gb15834() {
        for (text, start, end) in [
            ("。，、；：？！”’）》〉】〕」』", true, false),
            ("-–—～·", true, false),
            ("“‘（《〈【〔「『￥№§", false, true),
            ("/", true, true),
            ("国①〇々㊣→■", false, false),
        ] {
            for c in text.chars() {
                assert_eq!((Class::of(c).never_starts(), Class::of(c).never_ends()), (start, end), "{c}");
            }
        }
    }

    #[test]
    fn signs_inside_words_are_letters() {
        assert_eq!(Class::in_context(Some('A'), '-', Some('1')), Class::Letter);
        assert_eq!(Class::in_context(Some('1'), '.', Some('1')), Class::Letter);
        assert_eq!(Class::in_context(Some('京'), '-', Some('沪')), Class::Connector);
        assert_eq!(Class::in_context(Some('t'), '’', Some('s')), Class::Letter);
        assert_eq!(Class::in_context(Some('国'), '’', Some('s')), Class::Closing);
        assert_eq!(Class::in_context(None, '"', Some('a')), Class::LatinOpen);
        assert_eq!(Class::in_context(Some('a'), '"', None), Class::LatinClose);
    }
}
