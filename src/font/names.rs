//! Family names, compared as people write them.

use skrifa::raw::TableProvider;
use skrifa::raw::types::NameId;
use skrifa::{FontRef, MetadataProvider};

/// A name without what people vary: case, spaces, hyphens, underlines.
pub(super) fn fold(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{3000}'));
    kept.flat_map(char::to_lowercase).collect()
}

/// What a font file says of itself.
pub(super) struct FileNames {
    pub(super) family: String,
    pub(super) postscript: String,
    /// Family, full and PostScript names in every language, folded, sorted.
    pub(super) all: Vec<String>,
}

impl FileNames {
    pub(super) fn of(font: &FontRef<'_>) -> Self {
        let first = |id| font.localized_strings(id).english_or_first().map(|name| name.to_string());
        let family = first(NameId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| first(NameId::FAMILY_NAME)).unwrap_or_default();
        let postscript = first(NameId::POSTSCRIPT_NAME).unwrap_or_default();
        let ids = [NameId::FAMILY_NAME, NameId::FULL_NAME, NameId::POSTSCRIPT_NAME, NameId::TYPOGRAPHIC_FAMILY_NAME];
        let mut all: Vec<String> =
            ids.into_iter().flat_map(|id| font.localized_strings(id)).map(|name| fold(&name.to_string())).collect();
        all.retain(|name| !name.is_empty());
        all.sort();
        all.dedup();
        Self { family, postscript: printable(&postscript), all }
    }
}

/// ISO 32000-2, 7.3.5 lets a name hold any byte, yet many readers only ASCII letters, digits and hyphens.
fn printable(postscript: &str) -> String {
    let kept: String = postscript.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    if kept.is_empty() { "UserFont".to_owned() } else { kept }
}

/// Whether the file's OS/2 table (or, lacking it, `head`) says semibold or heavier.
pub(super) fn is_bold(font: &FontRef<'_>) -> bool {
    match font.os2() {
        Ok(os2) => os2.us_weight_class() >= 600,
        Err(_) => font.head().is_ok_and(|head| head.mac_style().bits() & 1 == 1),
    }
}
