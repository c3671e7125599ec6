//! `riskchart licenses`: under what terms the program, its fonts and the crates in it are used.

use riskchart::diag::Words;

use crate::cli::arguments::options::{Command, Invocation};
use crate::cli::terminal::console::Stream;
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;

pub(crate) const COMMAND: Command = Command {
    name: "licenses",
    about: Words {
        zh: "列出程序、字体和所用各库的许可",
        en: "list the licences of the program, its fonts and its crates",
    },
    more: Words {
        zh: "把程序交给别人时附上这份清单：riskchart licenses > 许可.txt",
        en: "Hand the list on with the program: riskchart licenses > licences.txt",
    },
    options: &[],
    run,
};

/// The crates, each with its licence and whose it is, and the texts of the rarer licences. A test holds it to Cargo.lock.
const CRATES: &str = include_str!("licenses.txt");
const MIT: &str = include_str!("../../../LICENSE-MIT");
const APACHE: &str = include_str!("../../../LICENSE-APACHE");
/// The fonts' licences, each with its fonts.
const FONTS: &[(&str, &str)] = &[
    ("RC Hei（Noto Sans SC）", riskchart_fonts_sans::NOTO_SANS_SC),
    ("RC Song（Noto Serif SC）", riskchart_fonts_serif::NOTO_SERIF_SC),
    ("RC Kai（霞鹜文楷）", riskchart_fonts_serif::LXGW_WENKAI),
    ("RC Symbols（Noto Sans Symbols 2）", riskchart_fonts_sans::NOTO_SANS_SYMBOLS),
];

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let lang = console.lang;
    let title = |text: &str| format!("{text}\n{}\n\n", "=".repeat(60));
    let mut text = title("riskchart");
    text += message!(
        "MIT 或 Apache-2.0，任选其一；全文在最后\n\n" | "MIT or Apache-2.0, as you choose; their texts are last\n\n"
    )
    .get(lang);
    text += &title(message!("内嵌字体" | "Embedded fonts").get(lang));
    for (fonts, licence) in FONTS {
        text += &format!("{fonts}\n\n{}\n\n", licence.trim());
    }
    text += &title(message!("程序里的库" | "Crates in the program").get(lang));
    text += &format!("{}\n\n", CRATES.trim());
    for (name, licence) in [("MIT", MIT), ("Apache-2.0", APACHE)] {
        text += &title(name);
        text += &format!("{}\n\n", licence.trim());
    }
    console.page(Stream::Out, &text)?;
    Ok(Status::Done)
}
