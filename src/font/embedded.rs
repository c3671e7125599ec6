//! The table of embedded faces. `fonts/README.md` says where they come from and how they are made.

/// A font file in the binary, with what its tables say, so that nothing has to be parsed to find it.
pub(super) struct Embedded {
    pub(super) file: &'static [u8],
    pub(super) family: &'static str,
    pub(super) postscript: &'static str,
    pub(super) bold: bool,
}

macro_rules! face {
    ($file:path, $family:literal, $postscript:literal, $bold:literal) => {
        Embedded { file: &$file, family: $family, postscript: $postscript, bold: $bold }
    };
}

/// In the order in which they are tried for a character that the wanted face lacks.
pub(super) static FACES: [Embedded; 6] = [
    face!(riskchart_fonts_sans::HEI_REGULAR, "RC Hei", "RCHei-Regular", false),
    face!(riskchart_fonts_sans::HEI_BOLD, "RC Hei", "RCHei-Bold", true),
    face!(riskchart_fonts_serif::SONG_REGULAR, "RC Song", "RCSong-Regular", false),
    face!(riskchart_fonts_serif::SONG_BOLD, "RC Song", "RCSong-Bold", true),
    face!(riskchart_fonts_serif::KAI_REGULAR, "RC Kai", "RCKai-Regular", false),
    face!(riskchart_fonts_sans::SYMBOLS, "RC Symbols", "RCSymbols-Regular", false),
];

/// Names, folded as [`fold`](super::names::fold) does, of each embedded family, and whether the name asks for bold.
const NAMES: [(&str, bool, &[&str]); 6] = [
    ("RC Hei", false, &["rchei", "hei", "黑体", "simhei", "heiti"]),
    ("RC Song", false, &["rcsong", "song", "宋体", "simsun", "songti"]),
    ("RC Kai", false, &["rckai", "kai", "楷体", "kaiti", "楷体gb2312", "kaitigb2312"]),
    ("RC Symbols", false, &["rcsymbols", "symbols"]),
    ("RC Kai", false, &["仿宋", "fangsong", "仿宋gb2312", "fangsonggb2312", "仿宋体"]),
    ("RC Song", true, &["小标宋", "xiaobiaosong", "小标宋体", "方正小标宋简体", "方正小标宋gbk", "fzxiaobiaosongb05s"]),
];

/// The family, by its Chinese name, that stands in for one of a folded name that no free font answers to.
pub(super) fn stand_in(folded: &str) -> Option<&'static str> {
    const STAND_INS: [(&str, &str); 2] = [("仿宋", "楷体"), ("小标宋", "宋体加粗")];
    let row = NAMES.iter().find(|(_, _, names)| names.contains(&folded))?;
    STAND_INS.iter().find(|(wanted, _)| row.2[0] == *wanted).map(|(_, used)| *used)
}

/// The embedded family that answers to a folded name, and whether the name asks for bold.
pub(super) fn family_called(folded: &str) -> Option<(&'static str, bool)> {
    let row = NAMES.iter().find(|(_, _, names)| names.contains(&folded))?;
    Some((row.0, row.1))
}
