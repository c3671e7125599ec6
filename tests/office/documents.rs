//! Small documents of this project beside what they mean: `NAME.EXT` and `NAME.toml`, the charts one below the other.

use std::fs;
use std::path::{Path, PathBuf};

use riskchart::input::Keys;
use riskchart::office::import;
use riskchart::office::text::{Shared, toml};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office/documents");
    let entries = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let mut all: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension != "toml")).collect();
    all.sort();
    all
}

#[test]
fn documents_mean_what_stands_beside_them() {
    assert!(documents().len() >= 10);
    let mut wrong = Vec::new();
    for path in documents() {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let found = match import(&fs::read(&path).expect("a document"), &stem) {
            Ok(imported) => {
                let charts = imported.charts.iter().map(|draft| toml(draft, Keys::Zh, &Shared::default()));
                charts.collect::<Vec<_>>().join("\n# ----\n\n")
            }
            Err(refused) => format!("# 读不了：{}\n", refused.code.row().slug),
        };
        let expected = path.with_extension("toml");
        // Set it to write down what is read now; look at it before it is kept.
        if std::env::var_os("RISKCHART_BLESS").is_some() {
            fs::write(&expected, &found).expect("written");
        }
        let text = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
        if text != found {
            wrong.push(format!("{} means\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
