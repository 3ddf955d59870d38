//! The cities of this suite keep everything in their data folder, as the program does when nothing else is said:
//! SQLite, and files in a folder.

use std::path::Path;

/// Whether everything is kept in the data folder.
pub const IN_FOLDER: bool = true;

/// The settings with which the program finds what it keeps for the data folder `data`.
pub fn settings(_data: &Path) -> Vec<(&'static str, String)> {
    Vec::new()
}
