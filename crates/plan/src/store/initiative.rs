//! The `plan_initiative` table: the individual items. The 項目 they stand under belong to the plan's documents.

use jiff::Timestamp;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

use super::{damaged, from_text, to_text};
use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::initiative::{Change, Item, YearStage, dropped_on};
use crate::new_item::NewItem;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_initiative")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub parent: String,
        #[sea_orm(column_type = "Text")]
        pub title: String,
        pub origin: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub overview: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub current_issues: Option<String>,
        pub lead: String,
        #[sea_orm(column_type = "Text")]
        pub others: String,
        #[sea_orm(column_type = "Text")]
        pub stages: String,
        #[sea_orm(column_type = "Text")]
        pub bpr: String,
        #[sea_orm(column_type = "Text")]
        pub ebpm: String,
        #[sea_orm(column_type = "Text")]
        pub history: String,
        pub recorded_by: String,
        pub recorded_at: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An item as it is kept; its indicators stand in their own table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeptItem {
    pub(crate) code: InitiativeCode,
    pub(crate) title: String,
    pub(crate) item: Item,
}

/// Puts an item on record; its indicators are [`super::indicator`]'s business.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    item: &NewItem,
    parent: InitiativeCode,
    by: &str,
    at: Timestamp,
) -> Result<(), PlanError> {
    let row = row::ActiveModel {
        code: Set(item.code.to_string()),
        parent: Set(parent.to_string()),
        title: Set(item.title.clone()),
        origin: Set(to_text(&item.origin)?),
        overview: Set(item.overview.clone()),
        current_issues: Set(item.current_issues.clone()),
        lead: Set(item.lead.to_string()),
        others: Set(to_text(&item.others)?),
        stages: Set(to_text(&item.stages)?),
        bpr: Set(to_text(&item.bpr)?),
        ebpm: Set(to_text(&item.ebpm)?),
        history: Set(to_text(&item.history)?),
        recorded_by: Set(by.to_owned()),
        recorded_at: Set(at.to_string()),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// All items, those out of force included, in the order of their codes.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<KeptItem>, PlanError> {
    let rows = row::Entity::find().order_by_asc(row::Column::Code).all(db).await?;
    let mut items = rows.into_iter().map(KeptItem::try_from).collect::<Result<Vec<_>, _>>()?;
    items.sort_by_key(|kept| kept.code); // A-2 before A-10, which text does not know
    Ok(items)
}

/// The item `code`, or [`PlanError::NoSuchInitiative`].
pub(crate) async fn find(db: &impl ConnectionTrait, code: InitiativeCode) -> Result<KeptItem, PlanError> {
    let row = row::Entity::find_by_id(code.to_string()).one(db).await?;
    row.ok_or(PlanError::NoSuchInitiative(code))?.try_into()
}

/// The codes of the items under `parent`, those out of force included.
pub(crate) async fn codes_under(
    db: &impl ConnectionTrait,
    parent: InitiativeCode,
) -> Result<Vec<InitiativeCode>, PlanError> {
    let rows = row::Entity::find().filter(row::Column::Parent.eq(parent.to_string())).all(db).await?;
    rows.into_iter().map(|row| row.code.parse().map_err(|error| damaged(&row.code, error))).collect()
}

impl TryFrom<row::Model> for KeptItem {
    type Error = PlanError;

    fn try_from(row: row::Model) -> Result<KeptItem, PlanError> {
        let code = &row.code;
        let mut stages: Vec<YearStage> = from_text(&row.stages, code)?;
        stages.sort_by_key(|stage| stage.fiscal_year);
        let mut history: Vec<Change> = from_text(&row.history, code)?;
        history.sort_by_key(|change| change.on);
        let item = Item {
            origin: from_text(&row.origin, code)?,
            in_force: dropped_on(&history).is_none(),
            overview: row.overview,
            current_issues: row.current_issues,
            lead: row.lead.parse().map_err(|error| damaged(code, error))?,
            others: from_text(&row.others, code)?,
            stages,
            indicators: Vec::new(),
            bpr: from_text(&row.bpr, code)?,
            ebpm: from_text(&row.ebpm, code)?,
            history,
            recorded_by: row.recorded_by,
            recorded_at: row.recorded_at.parse().map_err(|error| damaged(code, error))?,
        };
        let code = row.code.parse().map_err(|error| damaged(&row.code, error))?;
        Ok(KeptItem { code, title: row.title, item })
    }
}
