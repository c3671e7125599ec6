//! The `riskchart` program.

fn main() {}
