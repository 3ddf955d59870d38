//! Reads `datasets/plan`: seven TOML files become the plan's [`Facts`], its pillars and its items.
//!
//! A slip is told with its file, line and column; what contradicts something else, in [`checks`]. Putting it all
//! into the database is [`crate::load`]'s business.

mod checks;

use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::comparison::Comparison;
use crate::error::PlanError;
use crate::legal::{ComprehensivePlan, LegalBasis, Position};
use crate::meeting::{Meeting, Milestone};
use crate::new_item::NewItem;
use crate::pillar::{Note, PillarDeclaration};
use crate::plan::{Facts, Outline};
use crate::predecessor::{Crossing, Predecessor};
use crate::promotion::{ImprovementReport, Promotion};

/// What `datasets/plan` holds.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFolder {
    /// What the plan says.
    pub facts: Facts,
    /// Its pillars with their 項目.
    pub pillars: Vec<PillarDeclaration>,
    /// The individual items whose titles are public, in their order.
    pub items: Vec<NewItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LegalFile {
    position: Position,
    #[serde(rename = "legal_basis")]
    legal_bases: Vec<LegalBasis>,
    comprehensive_plan: ComprehensivePlan,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PredecessorFile {
    predecessor: Predecessor,
    crossing: Vec<Crossing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PillarsFile {
    pillar: Vec<PillarDeclaration>,
    #[serde(default)]
    note: Vec<Note>,
    #[serde(default)]
    item: Vec<NewItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PromotionFile {
    promotion: Promotion,
    #[serde(default)]
    improvement_report: Vec<ImprovementReport>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeetingsFile {
    meeting: Vec<Meeting>,
    milestone: Vec<Milestone>,
}

impl PlanFolder {
    /// Reads the folder `dir` and checks that its files agree with each other.
    ///
    /// # Errors
    /// [`PlanError::BadData`] names the file and the place of the first slip.
    pub fn read(dir: &Path) -> Result<PlanFolder, PlanError> {
        let outline: Outline = read_file(dir, "plan.toml")?;
        let legal: LegalFile = read_file(dir, "legal.toml")?;
        let before: PredecessorFile = read_file(dir, "predecessor.toml")?;
        let pillars: PillarsFile = read_file(dir, "pillars.toml")?;
        let promotion: PromotionFile = read_file(dir, "promotion.toml")?;
        let meetings: MeetingsFile = read_file(dir, "meetings.toml")?;
        let comparison: Comparison = read_file(dir, "comparison.toml")?;

        let folder = PlanFolder {
            facts: Facts {
                outline,
                position: legal.position,
                legal_bases: legal.legal_bases,
                comprehensive_plan: legal.comprehensive_plan,
                predecessor: before.predecessor,
                crosswalk: before.crossing,
                notes: pillars.note,
                promotion: promotion.promotion,
                improvement_reports: promotion.improvement_report,
                meetings: meetings.meeting,
                timeline: meetings.milestone,
                comparison,
            },
            pillars: pillars.pillar,
            items: pillars.item,
        };
        match checks::contradiction(&folder) {
            None => Ok(folder),
            Some((file, why)) => Err(bad(dir, file, why)),
        }
    }
}

fn bad(dir: &Path, file: &str, why: String) -> PlanError {
    PlanError::BadData { path: dir.join(file).display().to_string(), why }
}

fn read_file<T: DeserializeOwned>(dir: &Path, file: &str) -> Result<T, PlanError> {
    let text = std::fs::read_to_string(dir.join(file)).map_err(|error| bad(dir, file, error.to_string()))?;
    toml::from_str(&text).map_err(|error: toml::de::Error| {
        let place = error.span().map(|span| place(&text, span)).unwrap_or_default();
        bad(dir, file, format!("{place}{}", error.message()))
    })
}

/// `line 3, column 7: `, counted from 1 in characters.
fn place(text: &str, span: Range<usize>) -> String {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    format!("line {line}, column {column}: ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../datasets/plan")
    }

    /// What comes of the plan that we ship when in its `file` some words read otherwise.
    #[track_caller]
    fn with(file: &str, edits: &[(&str, &str)]) -> Result<PlanFolder, PlanError> {
        let dir = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(shipped()).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
        }
        let mut text = std::fs::read_to_string(dir.path().join(file)).unwrap();
        for (from, to) in edits {
            assert!(text.contains(from), "{file} has no {from:?}");
            text = text.replacen(from, to, 1);
        }
        std::fs::write(dir.path().join(file), text).unwrap();
        PlanFolder::read(dir.path())
    }

    #[track_caller]
    fn says(file: &str, from: &str, to: &str, expected: &str) {
        match with(file, &[(from, to)]) {
            Err(PlanError::BadData { path, why }) => {
                assert!(path.ends_with(file), "{path}");
                assert!(why.contains(expected), "{why}");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_plan_we_ship_reads() {
        let folder = PlanFolder::read(&shipped()).unwrap();
        assert_eq!(folder.pillars.len(), 2);
        assert_eq!(folder.items, []);
    }

    #[test]
    fn an_unknown_word_is_told_with_line_and_column() {
        says(
            "pillars.toml",
            "declared_items",
            "declared_itmes",
            "line 6, column 1: unknown field `declared_itmes`",
        );
    }

    #[test]
    fn a_slip_in_a_value_is_told_with_its_place() {
        says(
            "plan.toml",
            "last = 2027",
            "last = \"令和９年\"",
            "`令和９年` is no fiscal year: write 令和7年度 or 2025",
        );
        says("plan.toml", "last = 2027", "last = ", "line ");
    }

    #[test]
    fn a_missing_file_is_named() {
        let nowhere = tempfile::tempdir().unwrap();
        let error = PlanFolder::read(nowhere.path()).unwrap_err().to_string();
        assert!(error.contains("plan.toml"), "{error}");
    }

    #[test]
    fn an_item_is_written_as_the_readme_shows() {
        let readme = std::fs::read_to_string(shipped().join("README.md")).unwrap();
        let (_, example) = readme.split_once("```toml").unwrap();
        let (example, _) = example.split_once("```").unwrap();
        let folder = with("pillars.toml", &[("[[note]]", &format!("{example}\n[[note]]"))]).unwrap();
        let item = folder.items.first().unwrap();
        assert_eq!(
            (item.code.to_string(), item.stages.len(), item.indicators.len()),
            ("A-1-1".to_owned(), 1, 1)
        );
    }

    #[test]
    fn a_plan_may_be_extended_from_where_it_ended() {
        let longer = [("last = 2027", "last = 2028"), ("years = 3", "years = 4")];
        let extended = |from: i16| {
            let what = format!("{{ kind = \"extended\", from = {from}, to = 2028 }}");
            let change = format!("[[change]]\non = \"2027-10-01\"\nwhat = {what}\n[[source]]");
            with("plan.toml", &[longer.as_slice(), &[("[[source]]", &change)]].concat())
        };
        let outline = extended(2027).unwrap().facts.outline;
        assert_eq!((outline.first_made_to().year(), outline.period.last.year()), (2027, 2028));
        let error = extended(2028).unwrap_err().to_string();
        assert!(error.contains("it cannot be extended from 2028 to 2028"), "{error}");
    }

    #[test]
    fn files_that_contradict_each_other_are_refused() {
        says("plan.toml", "years = 3", "years = 4", "2025 to 2027 are 3 years, not 4");
        says(
            "pillars.toml",
            "\"A-2\"\ntitle",
            "\"A-6\"\ntitle",
            "the 項目 after 1 others is `A-6`: it should be `A-2`",
        );
        says(
            "pillars.toml",
            "on = [\"A-3\"]",
            "on = [\"A-7\"]",
            "the note ※２ stands on `A-7`, which is not in the plan",
        );
        says("predecessor.toml", "initiative = \"A-4\"", "initiative = \"C-4\"", "`C-4` is not in the plan");
        says(
            "predecessor.toml",
            "extended_years = 2",
            "extended_years = 1",
            "2025 and 1 years more are not 2027",
        );
        says(
            "meetings.toml",
            "held_on = \"2024-06-04\"",
            "held_on = \"2024-03-04\"",
            "is not in fiscal year 2024",
        );
        says("comparison.toml", "villages = 1", "villages = 2", "the rows hold 36 municipalities, not 35");
    }
}
