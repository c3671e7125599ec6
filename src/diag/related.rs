//! What is said of the other places that belong to a problem.

use super::Words;

/// Of two of a name, the first.
pub const FIRST_DEFINED: Words = Words { zh: "先在这里定义", en: "first defined here" };
/// Of two that say the same thing, the first.
pub const FIRST_WRITTEN: Words = Words { zh: "先写在这里", en: "first written here" };
/// Of two uses, the first.
pub const FIRST_USED: Words = Words { zh: "先用在这里", en: "first used here" };
/// A further use.
pub const USED_TOO: Words = Words { zh: "这里也用了", en: "used here too" };
/// Where a host is said to have a host itself.
pub const BESIDE_ANOTHER: Words = Words { zh: "它的旁支写在这里", en: "it stands beside another here" };
/// The box that has a cell which another claims.
pub const CELL_TAKEN: Words = Words { zh: "这一格已被这个框占用", en: "the cell is taken by this box" };
