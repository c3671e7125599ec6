//! The serif and written faces of riskchart, as they are compiled into it, with their licences. `README.md` says where they
//! come from.

/// RC Song, regular: Noto Serif SC, cut.
pub static SONG_REGULAR: [u8; include_bytes!("song-regular.ttf").len()] = *include_bytes!("song-regular.ttf");
/// RC Song, bold: Noto Serif SC, cut.
pub static SONG_BOLD: [u8; include_bytes!("song-bold.ttf").len()] = *include_bytes!("song-bold.ttf");
/// RC Kai: LXGW WenKai, cut.
pub static KAI_REGULAR: [u8; include_bytes!("kai-regular.ttf").len()] = *include_bytes!("kai-regular.ttf");

/// The licence of Noto Serif SC.
pub const NOTO_SERIF_SC: &str = include_str!("OFL-NotoSerifSC.txt");
/// The licence of LXGW WenKai.
pub const LXGW_WENKAI: &str = include_str!("OFL-LXGWWenKai.txt");
