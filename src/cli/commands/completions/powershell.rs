//! The script for PowerShell: commands, options, and the words that both take.
//!
//! It is ASCII alone. Windows PowerShell 5.1 reads what a program writes, and a profile, in the system's code page, so Han
//! is written as escapes that the script itself undoes. It begins with no `using`, so that it can follow other lines of a
//! profile.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use riskchart::diag::Lang;

use crate::cli::arguments::options::{Opt, Position, TOP, Takes};
use crate::cli::commands::COMMANDS;

/// What comes before the tables.
const HEAD: &str = "\
Register-ArgumentCompleter -Native -CommandName riskchart -ScriptBlock {
    param($word, $ast, $cursor)
";

/// What comes after them. Where nothing is offered, PowerShell offers files.
const TAIL: &str = r#"
    # The words before the one that is completed; the command among them.
    $before = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursor } |
        ForEach-Object { $_.Extent.Text })
    $command = "$($before | Where-Object { $commands.Contains($_) } | Select-Object -First 1)"
    $option = "$($before | Select-Object -Last 1)"
    $head = ''
    if ($word -match '^(--[a-z-]+)=') {
        $option = $Matches[1]
        $head = $Matches[0]
    }
    # Of several values with commas between them the last is completed.
    $head += $word.Substring($head.Length) -replace '[^,]*$'
    $rest = $word.Substring($head.Length)
    $offer = {
        param($text, $help, $kind)
        $text = [regex]::Unescape($text)
        if ($text.StartsWith($rest, [System.StringComparison]::OrdinalIgnoreCase)) {
            $help = [regex]::Unescape($help)
            [System.Management.Automation.CompletionResult]::new($head + $text, $text, $kind, $help)
        }
    }
    if ($option.StartsWith('-') -and $values.ContainsKey($option)) {
        $values[$option] | ForEach-Object { & $offer $_ $_ 'ParameterValue' }
    } elseif ($word.StartsWith('-')) {
        $options[$command].GetEnumerator() | ForEach-Object { & $offer $_.Key $_.Value 'ParameterName' }
    } elseif ($command -eq '') {
        $commands.GetEnumerator() | ForEach-Object { & $offer $_.Key $_.Value 'ParameterValue' }
    } elseif ($values.ContainsKey($command)) {
        $values[$command] | ForEach-Object { & $offer $_ $_ 'ParameterValue' }
    }
}
"#;

/// The whole script.
pub(super) fn script(lang: Lang) -> String {
    let mut text = HEAD.to_owned();
    let about = COMMANDS.iter().map(|command| (command.name.to_owned(), command.about.get(lang)));
    let _ = writeln!(text, "    $commands = {}", table(about, 4));
    text.push_str("    $options = @{\n");
    let own = COMMANDS.iter().map(|command| (command.name, command.all_options().collect()));
    for (command, options) in std::iter::once(("", TOP.to_vec())).chain(own) {
        let helps =
            named(&options).flat_map(|option| spellings(option).map(|spelling| (spelling, option.help.get(lang))));
        let _ = writeln!(text, "        '{command}' = {}", table(helps, 8));
    }
    text.push_str("    }\n    $values = @{\n");
    for (before, words) in values() {
        let words: Vec<String> = words.into_iter().map(quoted).collect();
        let _ = writeln!(text, "        '{before}' = @({})", words.join(", "));
    }
    text.push_str("    }\n");
    text + TAIL
}

/// What may follow a command or an option that takes something: no words, where it is a path or free. An option that
/// takes other words after other commands has those of all.
fn values() -> Vec<(String, Vec<&'static str>)> {
    let mut values = Vec::new();
    for command in COMMANDS {
        let places = command.own_options().filter(|option| !matches!(option.place, Position::Named(_)));
        let places = places.map(|option| (command.name.to_owned(), (option.words)()));
        values.extend(places.filter(|(_, words)| !words.is_empty()));
        let options = command.all_options().collect::<Vec<_>>();
        let taking = named(&options).filter(|option| option.takes != Takes::Nothing);
        values.extend(taking.flat_map(|option| spellings(option).map(|spelling| (spelling, (option.words)()))));
    }
    let mut known: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for (before, words) in values {
        let all = known.entry(before).or_default();
        all.extend(words.into_iter().filter(|word| !all.contains(word)).collect::<Vec<_>>());
    }
    known.into_iter().collect()
}

fn named<'a>(options: &'a [&'a Opt]) -> impl Iterator<Item = &'a Opt> {
    options.iter().copied().filter(|option| matches!(option.place, Position::Named(_)))
}

/// How an option may be typed: by its letter, by its name.
fn spellings(option: &Opt) -> impl Iterator<Item = String> {
    let letter = if let Position::Named(Some(letter)) = option.place { Some(format!("-{letter}")) } else { None };
    letter.into_iter().chain([format!("--{}", option.name)])
}

/// An ordered table of texts, that stands so many columns from the left.
fn table<'a>(rows: impl Iterator<Item = (String, &'a str)>, indent: usize) -> String {
    let mut text = "[ordered]@{\n".to_owned();
    for (key, value) in rows {
        let _ = writeln!(text, "{:indent$}    '{key}' = {}", "", quoted(value));
    }
    text + &format!("{:indent$}}}", "")
}

/// A text as a string of PowerShell in which `[regex]::Unescape` finds it again.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        match c {
            '\'' => quoted.push_str("''"),
            '\\' => quoted.push_str(r"\\"),
            ' '..='~' => quoted.push(c),
            _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| _ = write!(quoted, "\\u{unit:04x}")),
        }
    }
    quoted + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_passes_through_any_code_page() {
        assert_eq!(quoted(r"大A'\𠮷"), r"'\u5927A''\\\ud842\udfb7'");
        for lang in [Lang::Zh, Lang::En] {
            assert!(script(lang).is_ascii());
        }
    }

    #[test]
    fn what_is_offered_needs_no_quotes() {
        for (before, words) in values() {
            for word in words {
                let plain = |c: char| c.is_alphanumeric() || c == '-';
                assert!(word.chars().all(plain), "{before} {word}");
            }
        }
    }

    /// Tables of PowerShell take capitals and small letters for one.
    #[test]
    fn no_key_is_there_twice() {
        let mut keys: Vec<String> = values().into_iter().map(|(before, _)| before.to_lowercase()).collect();
        keys.dedup();
        assert_eq!(keys.len(), values().len());
        for command in COMMANDS {
            let options: Vec<&Opt> = command.all_options().collect();
            let mut keys: Vec<String> = named(&options).flat_map(spellings).map(|key| key.to_lowercase()).collect();
            let all = keys.len();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), all, "{}", command.name);
        }
    }

    #[test]
    fn options_that_take_something_and_commands_are_known() {
        let values = values();
        let of = |before: &str| values.iter().find(|(known, _)| known == before).map(|(_, words)| words.as_slice());
        assert_eq!(of("--color"), Some(["auto", "always", "never"].as_slice()));
        assert_eq!((of("-f"), of("--out")), (of("--format"), Some([].as_slice())));
        assert_eq!(of("--tile"), of("--paper"));
        assert!(of("list").is_some_and(|words| words.contains(&"papers")) && of("build").is_none());
        assert_eq!(of("--strict"), None, "it takes nothing");
    }
}
