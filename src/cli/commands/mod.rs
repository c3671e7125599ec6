//! The commands: one file each, and a row of [`COMMANDS`].

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod export;
mod extract;
mod fix;
mod fmt;
mod import;
mod init;
mod licenses;
mod list;
mod man;
mod new;
mod schema;
mod watch;
mod which;

use crate::cli::arguments::options::Command;

/// Every command, in the order of help.
pub(crate) const COMMANDS: &[Command] = &[
    build::COMMAND,
    watch::COMMAND,
    check::COMMAND,
    diff::COMMAND,
    fix::COMMAND,
    fmt::COMMAND,
    init::COMMAND,
    new::COMMAND,
    import::COMMAND,
    export::COMMAND,
    extract::COMMAND,
    which::COMMAND,
    list::COMMAND,
    explain::COMMAND,
    schema::COMMAND,
    completions::COMMAND,
    man::COMMAND,
    licenses::COMMAND,
];

#[cfg(test)]
mod tests {
    use riskchart::diag::Lang;

    use super::*;
    use crate::cli::arguments::options::{COMMON, TOP};
    use crate::cli::arguments::parser::parser;

    #[test]
    fn the_parser_is_sound() {
        parser(COMMANDS, Lang::Zh).debug_assert();
        parser(COMMANDS, Lang::En).debug_assert();
    }

    #[test]
    fn every_row_has_words_in_both_languages() {
        let rows = COMMANDS.iter().flat_map(Command::own_options).chain(COMMON.iter().chain(TOP).copied());
        let words = rows.map(|option| option.help).chain(COMMANDS.iter().map(|command| command.about));
        for words in words {
            assert!(!words.zh.is_ascii(), "{}", words.en);
            assert!(!words.en.is_empty() && words.en != words.zh, "{}", words.zh);
        }
    }
}
