//! Why a font file can't be used.

use crate::diag::Words;

/// Why a font file can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FontFault {
    /// It is no font file.
    NoFont,
    /// It is one, and damaged.
    Damaged,
    /// It is a collection of no fonts.
    Empty,
    /// It has no outlines.
    NoOutlines,
    /// It draws no character.
    NoCharacters,
    /// There are as many fonts as there may be.
    TooMany,
}

impl FontFault {
    /// The fault in words.
    pub fn in_words(self) -> Words {
        let (zh, en) = match self {
            Self::NoFont => ("不是 TrueType 字体文件", "it is no TrueType or OpenType font"),
            Self::Damaged => ("字体文件已损坏", "the font file is damaged"),
            Self::Empty => ("字体文件中没有字体", "the file holds no font"),
            Self::NoOutlines => ("字体没有轮廓", "the font has no outlines"),
            Self::NoCharacters => ("字体没有可用的字符", "the font draws no character"),
            Self::TooMany => ("字体太多，最多 256 个", "there are too many fonts; the limit is 256"),
        };
        Words { zh, en }
    }
}

#[cfg(test)]
mod tests {
    use super::super::MOST_FACES;
    use super::*;

    #[test]
    fn the_limit_is_told_as_it_is() {
        let Words { zh, en } = FontFault::TooMany.in_words();
        assert!([zh, en].iter().all(|words| words.contains(&MOST_FACES.to_string())));
    }
}
