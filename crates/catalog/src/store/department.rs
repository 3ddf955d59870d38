//! The `catalog_department` table: its row, its queries, its way to and from [`Department`].

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ConnectionTrait, EntityTrait, QueryOrder};

use crate::department::Department;
use crate::error::CatalogError;
use crate::slug::Slug;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "catalog_department")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub slug: String,
        pub title: String,
        pub title_en: Option<String>,
        /// Its place in the city's own order, from 0.
        pub place: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl TryFrom<row::Model> for Department {
    type Error = CatalogError;

    fn try_from(row: row::Model) -> Result<Department, CatalogError> {
        let slug = Slug::parse(&row.slug).map_err(|error| super::unreadable("catalog_department", error))?;
        Ok(Department { slug, title: row.title, title_en: row.title_en })
    }
}

/// All departments, in the city's own order.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<Department>, CatalogError> {
    let rows = row::Entity::find().order_by_asc(row::Column::Place).order_by_asc(row::Column::Slug).all(db);
    rows.await?.into_iter().map(Department::try_from).collect()
}

/// The department named `slug`, or [`CatalogError::NoSuchDepartment`].
pub(crate) async fn find(db: &impl ConnectionTrait, slug: &Slug) -> Result<Department, CatalogError> {
    row::Entity::find_by_id(slug.as_str())
        .one(db)
        .await?
        .ok_or_else(|| CatalogError::NoSuchDepartment(slug.clone()))?
        .try_into()
}

/// Keeps `departments` in their order; one that is kept already gets its new title. None is removed, as datasets
/// may speak of it. Whether that changed anything.
pub(crate) async fn put(db: &impl ConnectionTrait, departments: &[Department]) -> Result<bool, CatalogError> {
    let before = all(db).await?;
    for (place, department) in departments.iter().enumerate() {
        let row = row::ActiveModel {
            slug: ActiveValue::Set(department.slug.to_string()),
            title: ActiveValue::Set(department.title.clone()),
            title_en: ActiveValue::Set(department.title_en.clone()),
            place: ActiveValue::Set(place as i64),
        };
        let replace = OnConflict::column(row::Column::Slug)
            .update_columns([row::Column::Title, row::Column::TitleEn, row::Column::Place])
            .to_owned();
        row::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    }
    Ok(all(db).await? != before)
}

/// Forgets the departments of a catalog whose making was cut short.
pub(super) async fn empty(db: &impl ConnectionTrait) -> Result<(), CatalogError> {
    row::Entity::delete_many().exec(db).await?;
    Ok(())
}
