//! Golden scenes: what is drawn where, as text to be read.
//!
//! A change of layout shows here line by line. `RISKCHART_BLESS=1 cargo test --test scenes` writes the new dumps; read
//! the difference before committing it.

#![allow(clippy::disallowed_methods, reason = "the dumps are files of this project")]

#[allow(dead_code)]
#[path = "support/disk.rs"]
mod disk;

use std::path::Path;

use disk::{Asked, charts, compiled, stem, told};

/// The charts whose scenes are held: one plain, one with branches, one of several pages.
const HELD: [(&str, &str); 4] =
    [("charts", "01-行政检查"), ("examples", "分支与退回"), ("examples", "跨行的框"), ("examples", "长流程")];

#[test]
fn scenes_are_as_they_were_read() {
    let bless = std::env::var_os("RISKCHART_BLESS").is_some();
    for (folder, name) in HELD {
        let path = charts(folder).into_iter().find(|path| stem(path) == name).expect("the chart");
        let (scene, _) = compiled(&path, &Asked::default()).unwrap_or_else(|report| panic!("{}", told(&report)));
        let now = riskchart::scene::dump(&scene);
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenes").join(format!("{name}.txt"));
        if bless {
            std::fs::write(&golden, &now).expect("write");
            continue;
        }
        let held = std::fs::read_to_string(&golden).unwrap_or_default();
        let first = held.lines().zip(now.lines()).enumerate().find(|(_, (a, b))| a != b);
        if let Some((line, (a, b))) = first {
            panic!("{name}, line {}:\n- {a}\n+ {b}\nRISKCHART_BLESS=1 writes the new scene", line + 1);
        }
        assert_eq!(held.lines().count(), now.lines().count(), "{name}: RISKCHART_BLESS=1 writes the new scene");
    }
}
