//! The `catalog_token` table: its row, its queries, its way to [`TokenRecord`]. Of a secret only the hash is kept.

use ingestion::Sha256;
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::time;
use crate::error::CatalogError;
use crate::slug::Slug;
use crate::token::TokenRecord;
use crate::tokens::NewToken;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_token")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub hash: String,
        pub name: String,
        pub department: String,
        pub role: String,
        pub created_ms: i64,
        pub expires_ms: i64,
        pub revoked_ms: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

const TABLE: &str = "catalog_token";

impl TryFrom<row::Model> for TokenRecord {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<TokenRecord, CatalogError> {
        let unreadable = |why: &dyn std::fmt::Display| super::unreadable(TABLE, why);
        Ok(TokenRecord {
            id: row.id.unsigned_abs(),
            name: row.name,
            department: Slug::parse(&row.department).map_err(|error| unreadable(&error))?,
            role: row.role.parse().map_err(|error| unreadable(&error))?,
            created: time::from_ms(TABLE, row.created_ms)?,
            expires: time::from_ms(TABLE, row.expires_ms)?,
            revoked: row.revoked_ms.map(|ms| time::from_ms(TABLE, ms)).transpose()?,
        })
    }
}

/// All tokens, the first made first.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<TokenRecord>, CatalogError> {
    let rows = row::Entity::find().order_by_asc(row::Column::Id).all(db).await?;
    rows.into_iter().map(TokenRecord::try_from).collect()
}

/// The tokens of the person `name`.
pub(crate) async fn of(db: &impl ConnectionTrait, name: &str) -> Result<Vec<TokenRecord>, CatalogError> {
    let rows = row::Entity::find().filter(row::Column::Name.eq(name)).all(db).await?;
    rows.into_iter().map(TokenRecord::try_from).collect()
}

/// The token with this number, or [`CatalogError::NoSuchToken`].
pub(crate) async fn find(db: &impl ConnectionTrait, id: u64) -> Result<TokenRecord, CatalogError> {
    let missing = || CatalogError::NoSuchToken(id);
    let key = i64::try_from(id).map_err(|_| missing())?;
    row::Entity::find_by_id(key).one(db).await?.ok_or_else(missing)?.try_into()
}

/// The token whose secret has this hash.
pub(crate) async fn by_hash(
    db: &impl ConnectionTrait,
    hash: &Sha256,
) -> Result<Option<TokenRecord>, CatalogError> {
    let row = row::Entity::find().filter(row::Column::Hash.eq(hash.to_string())).one(db).await?;
    row.map(TokenRecord::try_from).transpose()
}

/// Keeps a new token.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    hash: &Sha256,
    new: &NewToken,
    created: Timestamp,
) -> Result<TokenRecord, CatalogError> {
    let row = row::ActiveModel {
        id: ActiveValue::NotSet,
        hash: ActiveValue::Set(hash.to_string()),
        name: ActiveValue::Set(new.name.as_str().to_owned()),
        department: ActiveValue::Set(new.department.to_string()),
        role: ActiveValue::Set(new.role.as_str().to_owned()),
        created_ms: ActiveValue::Set(time::to_ms(created)),
        expires_ms: ActiveValue::Set(time::to_ms(new.expires)),
        revoked_ms: ActiveValue::Set(None),
    };
    row.insert(db).await?.try_into()
}

/// Marks a token as revoked.
pub(crate) async fn revoke(db: &impl ConnectionTrait, id: u64, at: Timestamp) -> Result<(), CatalogError> {
    let key = i64::try_from(id).map_err(|_| CatalogError::NoSuchToken(id))?;
    row::Entity::update_many()
        .col_expr(row::Column::RevokedMs, time::to_ms(at).into())
        .filter(row::Column::Id.eq(key))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets the tokens of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
