//! A pillar as the API shows it: the number of items it declares beside the number on record.

use catalog::iri::Iris;
use serde::Serialize;
use utoipa::ToSchema;

use ::plan::{HeadingOnRecord, Note, Pillar};

use super::links;

/// 柱: one of the plan's halves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pillar)]
pub struct PillarView {
    /// Its letter.
    #[schema(example = "A")]
    pub code: String,
    /// Its title.
    #[schema(example = "「市民サービスの利便性向上」実現のための取組事項")]
    pub title: String,
    /// How many individual items the plan says there are over all its 項目.
    #[schema(example = 9)]
    pub declared_items: u32,
    /// That number, as written.
    #[schema(example = "Ａ－①～⑤…９項目")]
    pub declared_text: String,
    /// How many individual items are on record and in force.
    #[schema(example = 0)]
    pub items_on_record: u32,
    /// How the two numbers stand to each other.
    #[schema(
        example = "個別の取組事項は9項目と示されていますが、題名が公開されていないため、記録は0項目です。"
    )]
    pub difference: String,
    /// Its 項目 in the plan's order.
    pub initiatives: Vec<HeadingView>,
    /// This JSON.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/pillars/A")]
    pub url: String,
    /// Its 項目 and the individual items under them, with their state.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/initiatives?pillar=A")]
    pub initiatives_url: String,
}

/// 項目: a heading of a pillar, under which individual items stand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PillarHeading)]
pub struct HeadingView {
    /// Its code.
    #[schema(example = "A-5")]
    pub code: String,
    /// Its number as the plan prints it.
    #[schema(example = "⑤")]
    pub mark: String,
    /// Its title.
    #[schema(example = "オープンデータの推進")]
    pub title: String,
    /// The marks of its notes, which the plan's `notes` hold.
    #[schema(example = json!(["※１"]))]
    pub notes: Vec<String>,
    /// How many individual items are on record and in force under it.
    #[schema(example = 0)]
    pub items_on_record: u32,
    /// Its IRI, which is also its page.
    #[schema(example = "http://127.0.0.1:8080/plan/initiatives/A-5")]
    pub url: String,
    /// Its JSON.
    #[schema(example = "http://127.0.0.1:8080/api/v1/plan/initiatives/A-5")]
    pub api_url: String,
}

/// 注: what the plan says in a note below its list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanNote)]
pub struct NoteView {
    /// Its mark.
    #[schema(example = "※２")]
    pub mark: String,
    /// The codes of the initiatives that carry the mark.
    #[schema(example = json!(["A-3"]))]
    pub on: Vec<String>,
    /// The note, in the city's words.
    #[schema(example = "令和６年度末完了予定")]
    pub text: String,
    /// What follows from it, in our words.
    pub remark: Option<String>,
}

impl PillarView {
    /// `pillar`, with addresses under `iris`.
    pub fn new(pillar: &Pillar, iris: &Iris) -> PillarView {
        PillarView {
            code: pillar.code.to_string(),
            title: pillar.title.clone(),
            declared_items: pillar.declared_items,
            declared_text: pillar.declared_text.clone(),
            items_on_record: pillar.items_on_record,
            difference: pillar.difference.clone(),
            initiatives: pillar.initiatives.iter().map(|heading| HeadingView::new(heading, iris)).collect(),
            url: links::api(iris, &format!("/pillars/{}", pillar.code)),
            initiatives_url: links::api(iris, &format!("/initiatives?pillar={}", pillar.code)),
        }
    }
}

impl HeadingView {
    fn new(heading: &HeadingOnRecord, iris: &Iris) -> HeadingView {
        let code = heading.code.to_string();
        HeadingView {
            mark: heading.mark.clone(),
            title: heading.title.clone(),
            notes: heading.notes.clone(),
            items_on_record: heading.items_on_record,
            url: iris.initiative(&code),
            api_url: links::api_initiative(iris, heading.code),
            code,
        }
    }
}

impl From<&Note> for NoteView {
    fn from(note: &Note) -> NoteView {
        NoteView {
            mark: note.mark.clone(),
            on: note.on.iter().map(ToString::to_string).collect(),
            text: note.text.clone(),
            remark: note.remark.clone(),
        }
    }
}
