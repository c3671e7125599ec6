//! The files that posters are made of, to be attached to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use riskchart::Host as _;
use riskchart::export::source::Source;

use crate::cli::disk::host::canonical;
use crate::cli::disk::inputs::Inputs;
use crate::cli::disk::walk::{Found, STDIN_SHOWN};
use crate::cli::terminal::message::message;

/// What the chart of standard input is called among the attached files.
const OF_STDIN: &str = "图.toml";

/// The files that these pictures were made of, each once, in the order of their names: from the deepest folder that holds
/// them all, so that they can be laid out again and nothing is said of the disk they lay on.
///
/// # Errors
/// A file has changed since the picture was drawn.
pub(crate) fn sources<'i>(found: &Found, made_of: impl IntoIterator<Item = &'i Inputs>) -> anyhow::Result<Vec<Source>> {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for inputs in made_of {
        for name in inputs.names() {
            let read = found.host.read(name);
            if !inputs.hold(name, &read) {
                return Err(message!(
                    "{name} 在生成时又改了，没有附上" | "{name} was changed while it was drawn; it was not attached"
                )
                .hint(message!("请再生成一次" | "build it once more"))
                .fault());
            }
            let place = if name == STDIN_SHOWN { Path::new(".").join(OF_STDIN) } else { found.host.place(name) };
            // A folder that is one of standard input's, or was gone in this moment, is what it was called.
            let place = canonical(&place).unwrap_or(place);
            files.extend(read.ok().map(|bytes| (place, bytes)));
        }
    }
    let folder = files.keys().map(|file| file.parent().unwrap_or(file)).reduce(shared).map(Path::to_owned);
    let name = |file: &Path| {
        let below = folder.as_deref().and_then(|folder| file.strip_prefix(folder).ok()).unwrap_or(file);
        let parts = below.components().filter(|part| !matches!(part, std::path::Component::CurDir));
        parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
    };
    Ok(files.iter().map(|(file, bytes)| Source { name: name(file), bytes: bytes.clone() }).collect())
}

/// The deepest folder that both lie in.
fn shared<'p>(one: &'p Path, other: &'p Path) -> &'p Path {
    one.ancestors().find(|folder| other.starts_with(folder)).unwrap_or(one)
}
