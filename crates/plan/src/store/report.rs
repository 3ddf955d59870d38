//! The `plan_report` table: progress reports, appended and never changed.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, Set};

use super::{damaged, measurement};
use crate::code::InitiativeCode;
use crate::error::PlanError;
use crate::fiscal_year::FiscalYear;
use crate::progress::{ProgressReport, ProgressStatus};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "plan_report")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub initiative: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub fiscal_year: i16,
        pub as_of: String,
        pub status: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub issues: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub next: Option<String>,
        pub made_by: String,
        pub made_at: String,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The number that the next report on `initiative` gets.
pub(crate) async fn next_number(
    db: &impl ConnectionTrait,
    initiative: InitiativeCode,
) -> Result<u32, PlanError> {
    let last: Option<i64> = row::Entity::find()
        .select_only()
        .column(row::Column::Number)
        .filter(row::Column::Initiative.eq(initiative.to_string()))
        .order_by_desc(row::Column::Number)
        .into_tuple()
        .one(db)
        .await?;
    u32::try_from(last.unwrap_or(0) + 1).map_err(|error| damaged(&initiative, error))
}

/// Appends a report with its measurements.
pub(crate) async fn insert(db: &impl ConnectionTrait, report: &ProgressReport) -> Result<(), PlanError> {
    let row = row::ActiveModel {
        initiative: Set(report.initiative.to_string()),
        number: Set(report.number.into()),
        fiscal_year: Set(report.fiscal_year.year()),
        as_of: Set(report.as_of.to_string()),
        status: Set(report.status.as_str().to_owned()),
        text: Set(report.text.clone()),
        issues: Set(report.issues.clone()),
        next: Set(report.next.clone()),
        made_by: Set(report.by.clone()),
        made_at: Set(report.at.to_string()),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    measurement::insert(db, report).await
}

/// The reports on `initiative` in the order of arrival.
pub(crate) async fn of(
    db: &impl ConnectionTrait,
    initiative: InitiativeCode,
) -> Result<Vec<ProgressReport>, PlanError> {
    let rows = row::Entity::find()
        .filter(row::Column::Initiative.eq(initiative.to_string()))
        .order_by_asc(row::Column::Number)
        .all(db)
        .await?;
    let mut measured = BTreeMap::<u32, Vec<_>>::new();
    for (report, measurement) in measurement::of(db, initiative).await? {
        measured.entry(report).or_default().push(measurement);
    }
    let mut reports = rows.into_iter().map(ProgressReport::try_from).collect::<Result<Vec<_>, _>>()?;
    for report in &mut reports {
        report.measurements = measured.remove(&report.number).unwrap_or_default();
    }
    Ok(reports)
}

impl TryFrom<row::Model> for ProgressReport {
    type Error = PlanError;

    fn try_from(row: row::Model) -> Result<ProgressReport, PlanError> {
        let what = format!("{} report {}", row.initiative, row.number);
        let status = ProgressStatus::from_name(&row.status)
            .ok_or_else(|| damaged(&what, format_args!("no status {}", row.status)))?;
        Ok(ProgressReport {
            number: u32::try_from(row.number).map_err(|error| damaged(&what, error))?,
            initiative: row.initiative.parse().map_err(|error| damaged(&what, error))?,
            fiscal_year: FiscalYear::new(row.fiscal_year).map_err(|error| damaged(&what, error))?,
            as_of: row.as_of.parse().map_err(|error| damaged(&what, error))?,
            status,
            text: row.text,
            issues: row.issues,
            next: row.next,
            measurements: Vec::new(),
            by: row.made_by,
            at: row.made_at.parse().map_err(|error| damaged(&what, error))?,
        })
    }
}
