//! Charts → document → charts: the same, but for what the report names.

use std::path::Path;

use riskchart::diag::Lang;
use riskchart::model::Chart;
use riskchart::office::write::{document, formats, lost};
use riskchart::{Entry, read};

use super::disk::{Disk, charts};
use super::random::{self, Dice};
use super::{assert_same, chart, read_back};

/// What is drawn and stands in no document.
const DRAWN: &[&str] = &["徽标", "二维码", "用语", "等级颜色", "等级标记", "版面"];
/// Formats that hold all the rest.
const WHOLE: &[&str] = &["xlsx", "docx"];

fn of_disk(path: &Path) -> Chart {
    let project = path.with_file_name("riskchart.toml");
    let entry = Entry {
        chart: path.to_string_lossy().into_owned(),
        project: project.exists().then(|| project.to_string_lossy().into_owned()),
    };
    read(&Disk, &entry).0.expect("a chart")
}

fn written(charts: &[Chart], format: &str) -> Vec<u8> {
    document(charts, format).expect("a known format").expect("a document")
}

fn named(charts: &[Chart], bytes: &[u8]) -> Vec<&'static str> {
    lost(charts, bytes).iter().flat_map(|lost| lost.keys.iter().map(|words| words.get(Lang::Zh))).collect()
}

#[test]
fn every_chart_and_example_comes_back_from_excel_and_word() {
    for path in charts("charts").into_iter().chain(charts("examples")) {
        let own = [of_disk(&path)];
        for format in WHOLE {
            let bytes = written(&own, format);
            let back = read_back(&bytes);
            assert_eq!(back.len(), 1, "{format} of {path:?}");
            assert_same(&own[0], &back[0]);
            let beyond: Vec<_> = named(&own, &bytes).into_iter().filter(|key| !DRAWN.contains(key)).collect();
            assert!(beyond.is_empty(), "{format} of {path:?} lacks {beyond:?}");
        }
    }
}

#[test]
fn a_folder_of_charts_comes_back_from_one_file() {
    let own: Vec<Chart> = charts("charts").iter().map(|path| of_disk(path)).collect();
    for format in WHOLE {
        let bytes = written(&own, format);
        let back = read_back(&bytes);
        assert_eq!(back.len(), own.len(), "{format}");
        own.iter().zip(&back).for_each(|(own, back)| assert_same(own, back));
        assert!(lost(&own, &bytes).is_empty(), "{format}");
    }
    for format in ["csv", "md"] {
        let bytes = written(&own, format);
        assert_eq!(read_back(&bytes).len(), own.len(), "{format}");
        let lost = lost(&own, &bytes);
        let keys: Vec<_> = lost.iter().flat_map(|lost| lost.keys.iter().map(|words| words.get(Lang::Zh))).collect();
        assert_eq!(keys, ["电话"; 7], "{format} has no place for telephones, and says so of each chart");
    }
}

#[test]
fn random_charts_come_back_from_excel_and_word() {
    let mut dice = Dice(0x5eed_0f0f_f1ce_0001);
    for round in 0..300 {
        let text = random::chart(&mut dice);
        let own = [chart(&text)];
        for format in WHOLE {
            let bytes = written(&own, format);
            let back = read_back(&bytes);
            assert_eq!(back.len(), 1, "{format}:\n{text}");
            assert_same(&own[0], &back[0]);
            // The report reads the document once more.
            if round % 10 == 0 {
                assert!(lost(&own, &bytes).is_empty(), "{format}:\n{text}\n{:?}", lost(&own, &bytes));
            }
        }
    }
}

#[test]
fn what_a_format_has_no_place_for_is_named() {
    let own = [chart(
        "职权 = \"行政检查\"\n副标题 = \"甲\"\n[[环节]]\n名称 = \"立案\"\n标识 = \"a\"\n[环节.措施]\n防控措施 = [\"乙\\n丙\"]\n至 = \"办结\"\n\
         [[环节]]\n名称 = \"办结\"\n",
    )];
    let named = |format: &str| named(&own, &written(&own, format));
    assert_eq!(named("csv"), ["副标题", "环节标识", "强制换行", "措施的“至”"]);
    assert_eq!(named("docx"), ["环节标识", "强制换行"]);
}

#[test]
fn the_same_charts_give_the_same_bytes() {
    let own: Vec<Chart> = charts("charts").iter().map(|path| of_disk(path)).collect();
    for format in formats() {
        assert!(written(&own, format) == written(&own, format), "{format}");
    }
}
