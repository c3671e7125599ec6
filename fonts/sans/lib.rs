//! The sans faces of riskchart, as they are compiled into it, with their licences. `README.md` says where they come from.

/// RC Hei, regular: Noto Sans SC, cut.
pub static HEI_REGULAR: [u8; include_bytes!("hei-regular.ttf").len()] = *include_bytes!("hei-regular.ttf");
/// RC Hei, bold: Noto Sans SC, cut.
pub static HEI_BOLD: [u8; include_bytes!("hei-bold.ttf").len()] = *include_bytes!("hei-bold.ttf");
/// RC Symbols: Noto Sans Symbols 2, cut.
pub static SYMBOLS: [u8; include_bytes!("symbols.ttf").len()] = *include_bytes!("symbols.ttf");

/// The licence of Noto Sans SC.
pub const NOTO_SANS_SC: &str = include_str!("OFL-NotoSansSC.txt");
/// The licence of Noto Sans Symbols 2.
pub const NOTO_SANS_SYMBOLS: &str = include_str!("OFL-NotoSansSymbols2.txt");
