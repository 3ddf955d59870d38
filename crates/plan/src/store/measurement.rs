//! The `plan_measurement` table: what a progress report measured. It comes and stays with its report.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

use super::{damaged, from_text, to_text};
use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::fiscal_year::FiscalYear;
use crate::indicator::{Evidence, Measurement};
use crate::progress::ProgressReport;

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_measurement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub initiative: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub report: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub indicator: i32,
        pub fiscal_year: i16,
        pub value: f64,
        pub as_of: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub note: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub evidence: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps the measurements of `report`.
pub(crate) async fn insert(db: &impl ConnectionTrait, report: &ProgressReport) -> Result<(), PlanError> {
    for measurement in &report.measurements {
        let row = row::ActiveModel {
            initiative: Set(report.initiative.to_string()),
            report: Set(report.number.into()),
            indicator: Set(measurement.indicator.into()),
            fiscal_year: Set(measurement.fiscal_year.year()),
            value: Set(measurement.value),
            as_of: Set(measurement.as_of.to_string()),
            note: Set(measurement.note.clone()),
            evidence: Set(to_text(&measurement.evidence)?),
        };
        row::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// All measurements of `initiative`, each with the number of its report.
pub(crate) async fn of(
    db: &impl ConnectionTrait,
    initiative: InitiativeCode,
) -> Result<Vec<(u32, Measurement)>, PlanError> {
    let rows = row::Entity::find()
        .filter(row::Column::Initiative.eq(initiative.to_string()))
        .order_by_asc(row::Column::Report)
        .order_by_asc(row::Column::Indicator)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// What proves any measurement, with the initiative it was made of: each once.
pub(crate) async fn evidence(
    db: &impl ConnectionTrait,
) -> Result<Vec<(InitiativeCode, Option<Evidence>)>, PlanError> {
    let rows: Vec<(String, String)> = row::Entity::find()
        .select_only()
        .columns([row::Column::Initiative, row::Column::Evidence])
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(initiative, evidence)| {
            let code = initiative.parse().map_err(|error| damaged(&initiative, error))?;
            Ok((code, from_text(&evidence, &initiative)?))
        })
        .collect()
}

fn read(row: row::Model) -> Result<(u32, Measurement), PlanError> {
    let what = format!("{} report {} indicator {}", row.initiative, row.report, row.indicator);
    let measurement = Measurement {
        indicator: u16::try_from(row.indicator).map_err(|error| damaged(&what, error))?,
        fiscal_year: FiscalYear::new(row.fiscal_year).map_err(|error| damaged(&what, error))?,
        value: row.value,
        as_of: row.as_of.parse().map_err(|error| damaged(&what, error))?,
        note: row.note,
        evidence: from_text(&row.evidence, &what)?,
    };
    let report = u32::try_from(row.report).map_err(|error| damaged(&what, error))?;
    Ok((report, measurement))
}
