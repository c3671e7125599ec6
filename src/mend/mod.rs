//! Charts mended in memory: what the reader puts right, and what lints know how to put right, written into the texts.

use std::collections::BTreeMap;

use crate::diag::{CODES, Code, Report, Severity};
use crate::host::{Entry, Host, ReadFault};
use crate::input::keys::TableId;
use crate::input::{Edit, read, with_edits, with_repairs};
use crate::model::{Chart, Stage, check};

/// Times that a chart is looked through. One edit may bring another about, a chain of which is a few long.
const ROUNDS: usize = 200;

/// The kinds of problems whose edits change words, for [`Mender::new`] to leave unless somebody has looked at them.
pub fn for_judgement() -> Vec<Code> {
    CODES.iter().map(|row| row.code).filter(|code| code.is_for_judgement()).collect()
}

/// Files of a host, with those that were mended in their new text.
///
/// Edits of errors are guesses that the user has to make, so only those of warnings and notes are taken. None is taken
/// that would make an error or lead the flow elsewhere.
pub struct Mender<'h> {
    host: &'h dyn Host,
    /// Kinds of problems to leave as they are.
    left: Vec<Code>,
    texts: BTreeMap<String, String>,
}

impl Host for Mender<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        match self.texts.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.host.read(path),
        }
    }
}

impl<'h> Mender<'h> {
    /// Mends files of `host`; problems of the kinds `left` stay as they are.
    pub fn new(host: &'h dyn Host, left: Vec<Code>) -> Self {
        Self { host, left, texts: BTreeMap::new() }
    }

    /// The mended text of a file, with LF line ends; `None` where it was not mended or can't be read as TOML. It may be
    /// what it was before.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Mends a chart, and its project file where `project` says so. Tells what is left.
    pub fn mend(&mut self, entry: &Entry, project: bool) -> Report {
        let mut files = vec![(entry.chart.as_str(), TableId::Chart)];
        files.extend(entry.project.as_deref().filter(|_| project).map(|path| (path, TableId::Project)));
        self.write_repairs(entry, &files);
        for _ in 0..ROUNDS {
            let (chart, report) = look(self, entry);
            match self.improved(entry, &files, chart.as_ref(), &report) {
                Some(texts) => self.texts.extend(texts),
                None => return report,
            }
        }
        look(self, entry).1
    }

    fn write_repairs(&mut self, entry: &Entry, files: &[(&str, TableId)]) {
        let (_, report) = look(self, entry);
        for (path, root) in files {
            let typed = report.sources.files().iter().find(|file| file.name == *path);
            if let Some(new) = typed.and_then(|file| with_repairs(&file.text, *root)) {
                self.texts.insert((*path).to_owned(), new);
            }
        }
    }

    /// The new texts of files after as many edits as can be made at once; `None` where none is left to make.
    fn improved(
        &self,
        entry: &Entry,
        files: &[(&str, TableId)],
        chart: Option<&Chart>,
        report: &Report,
    ) -> Option<Vec<(String, String)>> {
        let groups = self.groups(files, report);
        let attempt = |groups: &[(usize, Vec<Edit>)]| {
            let texts = self.edited(files, groups)?;
            let trial = Mender { host: self, left: Vec::new(), texts: texts.iter().cloned().collect() };
            let (new, report) = look(&trial, entry);
            let sound = match (chart, new) {
                (Some(old), Some(new)) => same_flow(old, &new),
                (None, _) => true,
                (Some(_), None) => !report.has_errors(),
            };
            sound.then_some(texts)
        };
        attempt(&groups).or_else(|| groups.iter().find_map(|group| attempt(std::slice::from_ref(group))))
    }

    /// The edits of each problem, with the number of the file they belong to.
    fn groups(&self, files: &[(&str, TableId)], report: &Report) -> Vec<(usize, Vec<Edit>)> {
        let mut groups = Vec::new();
        let wanted = report.diagnostics.iter().filter(|problem| !self.left.contains(&problem.code));
        for problem in wanted.filter(|problem| problem.severity != Severity::Error) {
            let Some((first, _)) = problem.edits.first() else { continue };
            let name = &report.sources.file(first.file).name;
            let file = files.iter().position(|(path, _)| path == name);
            if let Some(file) = file.filter(|_| problem.edits.iter().all(|(span, _)| span.file == first.file)) {
                let edit =
                    |(span, new): &(crate::source::Span, String)| (span.start as usize..span.end as usize, new.clone());
                groups.push((file, problem.edits.iter().map(edit).collect()));
            }
        }
        groups
    }

    /// The texts that these edits change; `None` where they change none.
    fn edited(&self, files: &[(&str, TableId)], groups: &[(usize, Vec<Edit>)]) -> Option<Vec<(String, String)>> {
        let new = files.iter().enumerate().filter_map(|(at, (path, root))| {
            let text = self.texts.get(*path)?;
            let own: Vec<_> = groups.iter().filter(|(file, _)| *file == at).map(|(_, edits)| edits.clone()).collect();
            let new = with_edits(text, *root, &own);
            (new != *text).then(|| ((*path).to_owned(), new))
        });
        let new: Vec<_> = new.collect();
        (!new.is_empty()).then_some(new)
    }
}

fn look(host: &dyn Host, entry: &Entry) -> (Option<Chart>, Report) {
    let mut report = Report::default();
    let tree = read(host, entry, &mut report);
    let chart = tree.and_then(|tree| check(tree, &mut report));
    report.excuse();
    report.sort();
    (chart, report)
}

/// Whether two charts have the same stages in the same relations, whatever their words.
fn same_flow(a: &Chart, b: &Chart) -> bool {
    let relations = |chart: &Chart| {
        let stage = |stage: &Stage| {
            let next: Vec<_> = stage.next.iter().map(|link| link.to).collect();
            let risks: Vec<_> = stage.risks.iter().map(|risk| risk.through.as_ref().map(|last| last.value)).collect();
            let measures = stage.measures.iter().map(|measure| measure.through.as_ref().map(|last| last.value));
            (next, stage.beside.as_ref().map(|host| host.value), risks, measures.collect::<Vec<_>>())
        };
        chart.stages.iter().map(stage).collect::<Vec<_>>()
    };
    relations(a) == relations(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Memory(&'static [(&'static str, &'static str)]);

    impl Host for Memory {
        fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
            let found = self.0.iter().find(|(name, _)| *name == path);
            found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| ReadFault::new("不在", "not there"))
        }
    }

    fn mended(text: &'static str, left: &[Code]) -> String {
        let files: &'static [(&str, &str)] = Box::leak(Box::new([("a.toml", text)]));
        let memory = Memory(files);
        let mut mender = Mender::new(&memory, left.to_vec());
        mender.mend(&Entry { chart: "a.toml".to_owned(), project: None }, false);
        mender.text("a.toml").unwrap_or("unreadable").to_owned()
    }

    #[test]
    fn edits_that_bring_others_about_are_made_too() {
        let text = "power = \"检查\"\nnotes = [\"建立台帐。。。。\", \"1..按期(含节假日)办理,不得拖延\"]\n[[stage]]\nname = \"受理\"\n";
        let expected = "power = \"检查\"\nnotes = [\"建立台账。\", \"1..按期（含节假日）办理，不得拖延\"]\n[[stage]]\nname = \"受理\"\n";
        assert_eq!(mended(text, &[]), expected);
        assert_eq!(mended(text, &[Code::KnownSlip]), expected.replace("台账", "台帐"));
    }

    #[test]
    fn a_stage_and_what_names_it_change_together() {
        let text = "power = \"检查\"\n[[stage]]\nname = \"受理\"\nnext = [\"建立台帐\", { to = '建立台帐二' }]\n[[stage]]\nname = \"建立台帐\"\n\
                    [[stage]]\nname = \"建立台帐二\"\nbeside = \"建立台帐\"\n";
        assert_eq!(mended(text, &[]), text.replace('帐', "账"));
    }

    #[test]
    fn what_would_make_an_error_is_left() {
        // Both stages would have one name.
        let text = "power = \"检查：台帐\"\n[[stage]]\nname = \"建立台帐\"\n[[stage]]\nname = \"建立台账\"\n";
        assert_eq!(mended(text, &[]), text.replacen('帐', "账", 1));
    }

    #[test]
    fn errors_are_the_users_to_mend() {
        let text = "power = “检查”\n[[stage]]\nnmae = \"受理\"\n";
        assert_eq!(mended(text, &[]), "power = \"检查\"\n[[stage]]\nnmae = \"受理\"\n");
        assert_eq!(mended("power = “检查”\nx\n", &[]), "unreadable");
    }

    #[test]
    fn the_project_file_is_mended_where_it_may_be() {
        static FILES: &[(&str, &str)] = &[
            ("a.toml", "power = \"检查\"\n[[stage]]\nname = \"受理\"\n"),
            ("riskchart.toml", "[默认]\nunit ＝ \"财政财政局\"\n"),
        ];
        let entry = Entry { chart: "a.toml".to_owned(), project: Some("riskchart.toml".to_owned()) };
        let memory = Memory(FILES);
        let mut mender = Mender::new(&memory, Vec::new());
        let left = mender.mend(&entry, false);
        assert_eq!(mender.text("riskchart.toml"), None);
        assert_eq!(left.diagnostics.iter().filter(|problem| problem.code == Code::DoubledWord).count(), 1);
        mender.mend(&entry, true);
        assert_eq!(mender.text("riskchart.toml"), Some("[\"默认\"]\nunit = \"财政局\"\n"));
    }
}
