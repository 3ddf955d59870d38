//! The `plan_change` table: one row, one counter that moves with every change of the plan's records.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};

use crate::error::PlanError;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i32,
        pub number: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table's name, by which one sees whether a database has the plan's tables.
pub(super) const TABLE: &str = "plan_change";

/// How often the records have changed.
pub(crate) async fn current(db: &impl ConnectionTrait) -> Result<u64, PlanError> {
    let row = row::Entity::find().one(db).await?.ok_or(PlanError::NoPlan)?;
    Ok(row.number.unsigned_abs())
}

/// Moves the counter; the row stays locked until the transaction ends.
pub(super) async fn advance(db: &impl ConnectionTrait) -> Result<(), PlanError> {
    let next = Expr::col(row::Column::Number).add(1);
    row::Entity::update_many().col_expr(row::Column::Number, next).exec(db).await?;
    Ok(())
}
