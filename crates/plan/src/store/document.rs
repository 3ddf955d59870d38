//! The `plan_document` table: what the plan says, one JSON document per kind. It is read whole or not at all.

use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::{from_text, to_text};
use crate::error::PlanError;
use crate::pillar::PillarDeclaration;
use crate::plan::Facts;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_document")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(column_type = "Text")]
        pub body: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const FACTS: &str = "facts";
const PILLARS: &str = "pillars";

/// Whether a plan is on record.
pub(crate) async fn exists(db: &impl ConnectionTrait) -> Result<bool, PlanError> {
    Ok(row::Entity::find_by_id(FACTS.to_owned()).one(db).await?.is_some())
}

/// Puts the plan on record.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    facts: &Facts,
    pillars: &[PillarDeclaration],
) -> Result<(), PlanError> {
    let documents = [(FACTS, to_text(facts)?), (PILLARS, to_text(&pillars)?)];
    let rows = documents.map(|(kind, body)| row::ActiveModel { kind: Set(kind.to_owned()), body: Set(body) });
    row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// What the plan says, or [`PlanError::NoPlan`].
pub(crate) async fn facts(db: &impl ConnectionTrait) -> Result<Facts, PlanError> {
    find(db, FACTS).await
}

/// Its pillars with their 項目, or [`PlanError::NoPlan`].
pub(crate) async fn pillars(db: &impl ConnectionTrait) -> Result<Vec<PillarDeclaration>, PlanError> {
    find(db, PILLARS).await
}

async fn find<T: serde::de::DeserializeOwned>(db: &impl ConnectionTrait, kind: &str) -> Result<T, PlanError> {
    let document = row::Entity::find_by_id(kind.to_owned()).one(db).await?.ok_or(PlanError::NoPlan)?;
    from_text(&document.body, &kind)
}
