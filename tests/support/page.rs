//! What stands on a page, by its role, for tests.

use riskchart::scene::{Group, Item, Page, Role};

/// The words at arrows, top to bottom.
pub(crate) fn words_at_arrows(page: &Page) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    page.walk(|item, groups| {
        if let Item::Group(Group { role: Role::BranchLabel, .. }) = item {
            words.push(String::new());
        }
        if let (Item::Text(run), Some(Group { role: Role::BranchLabel, .. })) = (item, groups.last()) {
            words.last_mut().expect("its group").push_str(&run.text);
        }
    });
    words
}
