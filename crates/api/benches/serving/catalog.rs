//! A folder that a catalog of many small datasets is loaded from: what comes with the program, and made-up ones beside it.

use std::fs;
use std::path::Path;

use super::Outcome;

/// The datasets that come with the program.
pub const LOADED: u32 = 7;

/// Writes it into `to`.
pub fn write(to: &Path, datasets: u32) -> Outcome<()> {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets");
    copy(&from, to)?;
    for number in 1..=datasets {
        let folder = to.join(format!("table-{number:05}"));
        fs::create_dir_all(&folder)?;
        fs::write(
            folder.join("dataset.toml"),
            format!(
                "department = \"mihon\"\ntitle = \"【見本】架空の表{number}\"\n\
                 description = \"速さを測るための架空の表です。実在の施設や数値ではありません。番号は{number}です。\"\n\
                 keywords = [\"見本\", \"架空\", \"表{number}\"]\ntheme = \"government\"\nfrequency = \"annual\"\nlicence = \"CC-BY-4.0\"\n"
            ),
        )?;
        fs::write(folder.join("data.csv"), format!("番号,名称\r\n{number},見本{number}\r\n"))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
