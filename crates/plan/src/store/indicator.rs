//! The `plan_indicator` table: what is measured of an item. What was measured is [`super::measurement`]'s.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, Set};

use super::{from_text, to_text};
use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::indicator::{Indicator, NewIndicator};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_indicator")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub initiative: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        #[sea_orm(column_type = "Text")]
        pub body: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Puts an item's indicators on record, numbered from 1 by their place.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    initiative: InitiativeCode,
    indicators: &[NewIndicator],
) -> Result<(), PlanError> {
    for (number, indicator) in (1..).zip(indicators) {
        let row = row::ActiveModel {
            initiative: Set(initiative.to_string()),
            number: Set(number),
            body: Set(to_text(indicator)?),
        };
        row::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The indicators of `initiative` in their order, before anything is measured.
pub(crate) async fn of(
    db: &impl ConnectionTrait,
    initiative: InitiativeCode,
) -> Result<Vec<Indicator>, PlanError> {
    let rows = row::Entity::find()
        .filter(row::Column::Initiative.eq(initiative.to_string()))
        .order_by_asc(row::Column::Number)
        .all(db)
        .await?;
    rows.into_iter().map(Indicator::try_from).collect()
}

impl TryFrom<row::Model> for Indicator {
    type Error = PlanError;

    fn try_from(row: row::Model) -> Result<Indicator, PlanError> {
        let what = format!("{} indicator {}", row.initiative, row.number);
        let number = u16::try_from(row.number).map_err(|error| super::damaged(&what, error))?;
        let indicator: NewIndicator = from_text(&row.body, &what)?;
        Ok(indicator.numbered(number))
    }
}
