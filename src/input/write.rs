//! TOML written: keys in either language, quoted as every TOML tool wants them, texts, lists, comments.

use super::keys::TableId;

/// The language of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// 中文.
    Zh,
    /// English.
    En,
}

/// A TOML text being written.
#[derive(Clone, Debug)]
pub struct Writer {
    keys: Keys,
    text: String,
}

impl Writer {
    /// An empty text.
    pub fn new(keys: Keys) -> Self {
        Self { keys, text: String::new() }
    }

    /// The language of its keys.
    pub fn keys(&self) -> Keys {
        self.keys
    }

    /// The text.
    pub fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless the text begins.
    pub fn blank(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A comment; line ends in it become blanks, so that nothing of it is read.
    pub fn comment(&mut self, words: &str) {
        let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.text += &format!("# {words}\n");
    }

    /// A key by its English name, as it is written: the table knows its Chinese one.
    fn key(&self, table: TableId, name: &str) -> String {
        match (self.keys, table.key(name)) {
            (Keys::Zh, Some(row)) => quoted(row.zh),
            _ => name.to_owned(),
        }
    }

    /// The header of a table within tables: `[["环节"."风险"]]` where `many`.
    pub fn header(&mut self, path: &[(TableId, &str)], many: bool) {
        let names: Vec<String> = path.iter().map(|(table, name)| self.key(*table, name)).collect();
        let (open, close) = if many { ("[[", "]]") } else { ("[", "]") };
        self.text += &format!("{open}{}{close}\n", names.join("."));
    }

    /// A key and a value in TOML.
    pub fn raw(&mut self, table: TableId, name: &str, value: &str) {
        self.text += &format!("{} = {value}\n", self.key(table, name));
    }

    /// A key and a text; nothing where the text is empty.
    pub fn string(&mut self, table: TableId, name: &str, text: &str) {
        if !text.is_empty() {
            self.raw(table, name, &quoted(text));
        }
    }

    /// A key and a list, one entry a line where there are several; nothing where it is empty.
    pub fn strings(&mut self, table: TableId, name: &str, texts: &[String]) {
        match texts {
            [] => {}
            [text] => self.raw(table, name, &format!("[{}]", quoted(text))),
            texts => {
                let lines: String = texts.iter().map(|text| format!("    {},\n", quoted(text))).collect();
                self.raw(table, name, &format!("[\n{lines}]"));
            }
        }
    }

    /// A label and its text, in a table whose keys are the user's.
    pub fn labelled(&mut self, label: &str, text: &str) {
        self.text += &format!("{} = {}\n", quoted(label), quoted(text));
    }
}

/// A TOML basic string (TOML 1.0, “String”).
pub fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
