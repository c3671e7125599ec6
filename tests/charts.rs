//! The charts shipped with the program.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

use std::path::Path;

use riskchart::diag::{Lang, Report, Severity};
use riskchart::model::Chart;
use riskchart::{Entry, Host, ReadFault, input, model};

struct Disk;

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadFault> {
        Ok(std::fs::read(path)?)
    }
}

fn shipped() -> Vec<(String, Chart, Report)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("charts");
    let project = folder.join("riskchart.toml").display().to_string();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("charts/")
        .map(|file| file.expect("an entry").path().display().to_string())
        .filter(|path| path.ends_with(".toml") && *path != project)
        .collect();
    names.sort();
    let read = |chart: String| {
        let entry = Entry { chart: chart.clone(), project: Some(project.clone()) };
        let mut report = Report::default();
        let tree = input::read(&Disk, &entry, &mut report);
        let built = tree.and_then(|tree| model::check(tree, &mut report));
        let words: Vec<_> = report.diagnostics.iter().map(|d| d.message(Lang::Zh)).collect();
        (chart.clone(), built.unwrap_or_else(|| panic!("{chart}: {words:?}")), report)
    };
    names.into_iter().map(read).collect()
}

#[test]
fn all_seven_are_valid_and_share_the_project_s_defaults() {
    let charts = shipped();
    assert_eq!(charts.len(), 7);
    for (name, chart, report) in &charts {
        assert!(report.diagnostics.iter().all(|d| d.severity != Severity::Error), "{name}");
        assert_eq!(chart.unit.as_ref().map(|t| t.value.as_str()), Some("长治高新区财政管理运营部"), "{name}");
        assert_eq!(chart.title.value, "行政职权廉政风险防控图", "{name}");
        let phones: Vec<_> = chart.phones.iter().map(|p| (p.label.value.as_str(), p.number.value.as_str())).collect();
        assert_eq!(phones, [("监管电话", ""), ("服务电话", "")], "{name}");
    }
    let stages: Vec<_> = charts.iter().map(|(_, chart, _)| chart.stages.len()).collect();
    assert_eq!(stages, [7, 5, 7, 6, 6, 6, 9]);
}

#[test]
fn warnings_are_what_the_source_contains() {
    let told = shipped().into_iter().flat_map(|(name, _, report)| {
        let name = Path::new(&name).file_name().unwrap_or_default().to_string_lossy()[..2].to_owned();
        let warnings: Vec<_> = report.diagnostics.into_iter().filter(|d| d.severity == Severity::Warning).collect();
        warnings.into_iter().map(move |d| format!("{name} {}", d.message(Lang::Zh)))
    });
    // Square brackets in the powers' names, one slip and one old form, all kept as the source has them.
    let brackets = |name: &str| format!("{name} 汉字之间用了半角“[ ]”");
    let old = "07 “台帐”常写作“台账”".to_owned();
    let expected = [
        brackets("02"),
        "02 “巡视舞弊”常写作“徇私舞弊”".to_owned(),
        brackets("03"),
        brackets("04"),
        brackets("05"),
        brackets("06"),
        brackets("07"),
        old.clone(),
        old,
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn beside_each_other_they_have_one_gap_and_one_copy() {
    let charts = shipped();
    let name = |path: &str| Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let names: Vec<_> = charts.iter().map(|(path, ..)| name(path)).collect();
    let named: Vec<_> = names.iter().zip(&charts).map(|(name, (_, chart, _))| (name.as_str(), chart)).collect();
    let told = model::compare(&named, true);
    let told: Vec<_> =
        told.iter().map(|(at, told)| format!("{} {}", &names[*at][..2], told.message(Lang::Zh))).collect();
    let gap = "编号不连续：“其他权力三”之后是“其他权力五”，没有“其他权力四”";
    assert_eq!(told, ["06 环节、风险和措施与 04-其他权力三.toml 逐字相同".to_owned(), format!("05 {gap}")]);
    // The charts say so themselves.
    let comments = |at: usize| std::fs::read_to_string(&charts[at].0).expect("readable");
    assert!(comments(4).contains("# 原文没有“其他权力四”") && comments(5).contains("# 内容与“其他权力三”逐字相同"));
}

#[test]
fn charts_and_examples_are_toml_that_other_readers_take() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["charts", "examples"].map(|folder| std::fs::read_dir(root.join(folder)).expect("a folder"));
    let paths = folders.into_iter().flatten().map(|file| file.expect("an entry").path());
    let files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect();
    assert!(files.len() > 20, "{files:?}");
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a chart");
        // Keys that are not quoted are of ASCII letters in TOML 1.0.
        assert!(toml::de::DeTable::parse(&text).is_ok(), "{}", path.display());
    }
}
