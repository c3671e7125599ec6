//! What is asked about a document, and why one can't be read: a small document for each.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use riskchart::diag::{Code, Diagnostic, Lang};
use riskchart::office::import;
use rust_xlsxwriter::{Formula, Workbook};
use zip::write::SimpleFileOptions;

/// The kinds of what is told of a document, each with its words filled.
fn told(document: &[u8]) -> Vec<Code> {
    let said = match import(document, "文档") {
        Err(refused) => vec![refused],
        Ok(imported) => {
            let doubts = imported.charts.iter().flat_map(|chart| chart.all_doubts()).cloned();
            imported.notices.iter().cloned().chain(doubts).collect()
        }
    };
    let code = |problem: &Diagnostic| {
        for lang in [Lang::Zh, Lang::En] {
            let blanks =
                problem.code.row().message.get(lang).split('{').skip(1).filter_map(|part| part.split('}').next());
            for name in blanks {
                assert!(problem.values.iter().any(|(key, _)| *key == name), "{problem:?}: {name}");
            }
        }
        problem.code
    };
    said.iter().map(code).collect()
}

/// A zip of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("a zip").into_inner()
}

const RELATIONS: &str = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
<Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' \
Target='word/document.xml'/></Relationships>";

/// A document of Word with this in its body.
fn word(body: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
         xmlns:v='urn:schemas-microsoft-com:vml'><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("_rels/.rels", RELATIONS.as_bytes()), ("word/document.xml", document.as_bytes())])
}

/// A chart as it is drawn in Word, with more boxes: left, top, width and height in pt, and the words.
fn drawn(more: &[([i32; 4], &str)], lines: &[[i32; 4]]) -> Vec<u8> {
    let usual = [
        ([60, 100, 120, 30], "工作流程"),
        ([240, 100, 180, 30], "风险点等级及表现形式"),
        ([460, 100, 180, 30], "防控措施及责任人"),
        ([60, 150, 120, 40], "受理"),
        ([60, 290, 120, 40], "审查"),
        ([60, 430, 120, 40], "决定"),
    ];
    let mut body = "<w:p><w:r><w:t>行政职权廉政风险防控图（检查）</w:t></w:r></w:p><w:p>".to_owned();
    for ([left, top, width, height], words) in usual.iter().chain(more) {
        let _ = write!(
            body,
            "<w:r><w:pict><v:rect style='position:absolute;left:{left}pt;top:{top}pt;width:{width}pt;height:{height}pt;\
             mso-position-horizontal-relative:page;mso-position-vertical-relative:page'>\
             <v:textbox><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect>\
             </w:pict></w:r>"
        );
    }
    for [x0, y0, x1, y1] in lines {
        let _ = write!(
            body,
            "<w:r><w:pict><v:line style='position:absolute;mso-position-horizontal-relative:page;\
             mso-position-vertical-relative:page' from='{x0}pt,{y0}pt' to='{x1}pt,{y1}pt'>\
             <v:stroke endarrow='block'/></v:line></w:pict></w:r>"
        );
    }
    word(&(body + "</w:p>"))
}

const RISK: &str = "风险等级：中 表现形式：1.拖延。2.刁难。";

/// Boxes of flow and risk that leave nothing to ask.
fn sound() -> Vec<([i32; 4], &'static str)> {
    vec![([240, 150, 180, 40], RISK), ([240, 290, 180, 40], RISK), ([240, 430, 180, 40], RISK)]
}

#[test]
fn a_drawing_that_is_plain_is_not_asked_about() {
    assert_eq!(told(&drawn(&sound(), &[[120, 190, 120, 290], [120, 330, 120, 430]])), []);
}

#[test]
fn boxes_that_stand_nowhere_in_particular_are_asked_about() {
    let mut between = sound();
    between.push(([460, 222, 180, 36], "1.限时办结。责任人：科长"));
    assert_eq!(told(&drawn(&between, &[])), [Code::ImportUnplaced]);
    let mut tall = sound();
    tall.push(([460, 150, 180, 180], "1.限时办结。责任人：科长"));
    assert_eq!(told(&drawn(&tall, &[])), [Code::ImportSpan]);
}

#[test]
fn lines_and_words_that_lead_nowhere_are_asked_about() {
    assert_eq!(told(&drawn(&sound(), &[[60, 310, 8, 310]])), [Code::ImportArrow]);
    let mut labels = sound();
    labels.extend([([124, 220, 24, 14], "是"), ([124, 240, 24, 14], "否")]);
    assert_eq!(told(&drawn(&labels, &[[120, 190, 120, 290]])), [Code::ImportLeftover], "one line, two answers");
}

#[test]
fn small_boxes_around_a_drawing_are_none_of_its_boxes() {
    let mut around = sound();
    around.extend([
        ([60, 600, 300, 20], "注：本图自发布之日起施行。"),
        ([60, 630, 300, 20], "举报邮箱：jb@x.gov.cn"),
        ([400, 600, 120, 20], "2024年5月印"),
        ([400, 630, 120, 20], "某某县水利局制"),
        ([400, 70, 120, 20], "■高 ■中 ■低"),
    ]);
    let document = drawn(&around, &[[120, 190, 120, 290], [120, 330, 120, 430]]);
    assert_eq!(told(&document), []);
    let chart = &import(&document, "文档").expect("a chart").charts[0];
    assert_eq!((chart.stages.len(), chart.notes.len(), chart.phones.len()), (3, 1, 1));
    assert_eq!((chart.unit.as_str(), chart.date.as_str()), ("某某县水利局", "2024年5月"));
    assert!(chart.stages.iter().all(|stage| stage.risks.len() == 1 && stage.measures.is_empty()));
}

/// A table of Word with these rows.
fn table(rows: &[&[&str]]) -> String {
    let cell =
        |text: &&str| format!("<w:tc>{}</w:tc>", if text.starts_with('<') { (*text).into() } else { para(text) });
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn para(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn tables_within_tables_are_read() {
    let inner = |item: &str, level: &str| table(&[&["表现形式", "等级"], &[item, level]]);
    let (first, second) = (inner("拖延。", "高"), inner("超期。", "中"));
    let whole = table(&[
        &["工作流程", "廉政风险", "防控措施", "责任人"],
        &["受理", &first, "公示。", "窗口"],
        &["决定", &second, "集体研究。", "局长"],
    ]);
    let framed = table(&[&[&(para("取水许可廉政风险防控图") + &whole)]]);
    for body in [para("取水许可廉政风险防控图") + &whole, framed] {
        let charts = import(&word(&body), "文档").expect("a chart").charts;
        let risks: Vec<_> = charts[0].stages.iter().flat_map(|stage| &stage.risks).collect();
        assert_eq!((charts.len(), risks.len(), charts[0].power.as_str()), (1, 2, "取水许可"));
        assert_eq!((risks[0].level.as_str(), &risks[0].items[..]), ("高", &["拖延。".to_owned()][..]));
    }
}

#[test]
fn a_table_without_a_power_is_asked_about() {
    let rows: [&[&str]; 2] = [&["环节", "风险表现", "等级", "防控措施"], &["受理", "拖延。", "高", "公示。"]];
    for line in ["某某县水利局", "某某县水利局廉政风险防控表"] {
        assert_eq!(told(&word(&(para(line) + &table(&rows)))), [Code::ImportNoPower], "{line}");
    }
    assert_eq!(told(&word(&(para("一、取水许可") + &para("实施依据：《水法》") + &table(&rows)))), []);
}

const HEADER: &str = "职权,环节,表现形式,风险等级,防控措施,责任人\n";

#[test]
fn cells_that_leave_something_open_are_asked_about() {
    let register = |rows: &str| told(format!("{HEADER}{rows}").as_bytes());
    assert_eq!(register("检查,立案,无方案。,中,组长审批。,科长\n"), []);
    assert_eq!(register("检查,立案,无方案。,,组长审批。,科长\n"), [Code::ImportLevel]);
    assert_eq!(register("检查,立案,无方案。,高或中,组长审批。,科长\n"), [Code::ImportLevelUnclear]);
    let scale = "检查,立案,无方案。,较大,审批。,科长\n,决定,越权。,一般,审批。,科长\n";
    assert_eq!(register(scale), [Code::ImportScale]);
    let twice = "检查,立案,拖。,中,限时。,科长\n许可,受理,拖。,中,限时。,科长\n检查,决定,拖。,中,限时。,科长\n";
    assert_eq!(register(twice), [Code::ImportTwice]);
    let nameless = HEADER.replace("职权,", "") + "立案,无方案。,中,审批。,科长\n";
    assert_eq!(told(nameless.as_bytes()), [Code::ImportNoPower]);
    let rows: String = (0..=200).map(|at| format!("检查,环节{at}号,拖。,中,限时。,科长\n")).collect();
    assert_eq!(register(&rows), [Code::ImportTruncated]);
    let unknown = HEADER.trim().to_owned() + ",可能后果,备注,序号,序号\n检查,立案,拖。,中,限时。,科长,诫勉,,1,1\n";
    assert_eq!(
        told(unknown.as_bytes()),
        [Code::ImportColumn],
        "one with something below, not the empty nor the counted"
    );
    let headless = HEADER.to_owned() + "检查,立案,拖。,中,限时。,科长,旁注\n";
    assert_eq!(told(headless.as_bytes()), [Code::ImportColumn]);
}

/// A register of two rows as a workbook, the second with this stage; with something done to its sheet, and
/// one more that is hidden where `hides` says so.
fn workbook(stage: &str, hides: bool, change: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let second = format!("检查,{stage},越权。,中,审批。,科长");
    for (row, line) in [HEADER.trim(), "检查,立案,拖延。,中,限时。,科长", &second].iter().enumerate() {
        for (column, text) in line.split(',').enumerate() {
            sheet.write_string(row as u32, column as u16, text).expect("a cell");
        }
    }
    change(sheet);
    book.add_worksheet().set_name("旧稿").expect("a name").set_hidden(hides);
    book.save_to_buffer().expect("a workbook")
}

/// A zip with some words of its parts of XML put otherwise.
fn rewritten(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let name = part.name().expect("a name").into_owned();
        parts.push((name, text.replace(from, to)));
    }
    zipped(&parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
}

#[test]
fn what_workbooks_hide_or_leave_empty_is_asked_about() {
    assert_eq!(told(&workbook("决定", false, |_| ())), []);
    assert_eq!(told(&workbook("", false, |_| ())), [Code::ImportEmptyCell]);
    assert_eq!(told(&workbook("决定", true, |_| ())), [Code::ImportHidden]);
    let formula = workbook("决定", false, |sheet| {
        sheet.write_formula(2, 2, Formula::new("=C2").set_result("无值")).expect("a cell");
    });
    assert_eq!(told(&formula), [], "Excel stored what came out");
    let empty = rewritten(&formula, "<v>无值</v>", "");
    assert_eq!(told(&empty), [Code::ImportFormula]);
    let wrong = workbook("决定", false, |sheet| {
        sheet.write_formula(2, 2, Formula::new("=C2").set_result("#REF!")).expect("a cell");
    });
    assert_eq!(told(&wrong), [Code::ImportFormula]);
}

#[test]
fn documents_that_cannot_be_read_say_why() {
    assert_eq!(told(b"PK\x03\x04 and no more"), [Code::DocumentDamaged]);
    let utf16 = |name: &str| name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let compound = |stream: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.resize(512, 0);
        bytes.extend(utf16(stream));
        bytes.resize(1024, 0);
        bytes
    };
    assert_eq!(told(&compound("EncryptedPackage")), [Code::DocumentEncrypted]);
    assert_eq!(told(&compound("WordDocument")), [Code::DocumentOld]);
    assert_eq!(told(b"%PDF-1.7"), [Code::DocumentKind]);
    assert_eq!(told(&word("<!DOCTYPE x>")), [Code::DocumentUnsafe]);
    let zeros = vec![b' '; (32 << 20) + 1];
    let large = zipped(&[("_rels/.rels", RELATIONS.as_bytes()), ("word/document.xml", &zeros)]);
    assert_eq!(told(&large), [Code::DocumentTooLarge]);
    let scan = word("<w:p><w:r><w:pict><v:image style='width:400pt;height:600pt'/></w:pict></w:r></w:p>");
    assert_eq!(told(&scan), [Code::DocumentPictures]);
    assert_eq!(told("姓名,电话\n甲,1\n".as_bytes()), [Code::DocumentNoChart]);
}
