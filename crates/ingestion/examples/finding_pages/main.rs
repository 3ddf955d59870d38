//! Writes `docs/findings`: a page for each finding, each repair and each question, and their index.
//!
//! `cargo run -p ingestion --example finding_pages`. Pages of codes that are no more are for you to delete; a test
//! tells when the folder is not what this writes.

#![allow(clippy::panic, reason = "an example that does not hold is for its writer to mend")]

mod books;
mod examples;
mod pages;

use std::fs;
use std::io;

fn main() -> io::Result<()> {
    let folder = pages::folder();
    fs::create_dir_all(&folder)?;
    let pages = pages::all();
    for (name, text) in &pages {
        fs::write(folder.join(name), text)?;
    }
    println!("{} pages in {}", pages.len(), folder.display());
    Ok(())
}
