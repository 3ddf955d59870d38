//! A progress report as it is handed in: whether it fits, and how it is kept.
//!
//! Which item it is about and who hands it in is the act's business ([`crate::reporting`]).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code::InitiativeCode;
use crate::fiscal_year::FiscalYear;
use crate::indicator::{Evidence, Measurement};
use crate::misfit::{self, Fault, Misfit};
use crate::plan::PlanPeriod;
use crate::progress::{ProgressReport, ProgressStatus};

/// A progress report as it is handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// The fiscal year it is about.
    pub fiscal_year: FiscalYear,
    /// The day it holds for, in that fiscal year and not in the future.
    pub as_of: Date,
    /// How it stands.
    pub status: ProgressStatus,
    /// What was done; at most 4,000 characters.
    pub text: String,
    /// What stands in the way; at most 4,000 characters.
    pub issues: Option<String>,
    /// What comes next; at most 4,000 characters.
    pub next: Option<String>,
    /// What was measured of the item's indicators.
    #[serde(default)]
    pub measurements: Vec<NewMeasurement>,
}

/// A measurement as it is handed in; the report says for which fiscal year and day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMeasurement {
    /// The indicator's number within the item.
    pub indicator: u16,
    /// In the indicator's unit.
    pub value: f64,
    /// What a reader should know about it; at most 1,000 characters.
    pub note: Option<String>,
    /// The data that proves it.
    pub evidence: Option<Evidence>,
}

impl NewReport {
    /// Whether it fits a plan of `period` and an item with the indicators numbered `indicators`, on the day `today`.
    ///
    /// # Errors
    /// The first [`Misfit`].
    pub(crate) fn check(&self, period: &PlanPeriod, indicators: &[u16], today: Date) -> Result<(), Misfit> {
        period.check_years("fiscal_year", [self.fiscal_year])?;
        if !self.fiscal_year.contains(self.as_of) {
            return Err(Misfit::at("as_of", Fault::OutsideYear { day: self.as_of, year: self.fiscal_year }));
        }
        if self.as_of > today {
            return Err(Misfit::at("as_of", Fault::InFuture(self.as_of)));
        }
        misfit::text("text", &self.text, 4_000)?;
        for (field, text) in [("issues", &self.issues), ("next", &self.next)] {
            text.iter().try_for_each(|text| misfit::text(field, text, 4_000))?;
        }
        for (place, measurement) in self.measurements.iter().enumerate() {
            measurement.check(&format!("measurements[{place}]"), indicators)?;
            let earlier = self.measurements.iter().take(place);
            if earlier.into_iter().any(|other| other.indicator == measurement.indicator) {
                let what = format!("indicator {}", measurement.indicator);
                return Err(Misfit::at("measurements", Fault::Doubled(what)));
            }
        }
        Ok(())
    }

    /// The report as it is kept.
    pub(crate) fn arrived(
        self,
        initiative: InitiativeCode,
        number: u32,
        by: &str,
        at: Timestamp,
    ) -> ProgressReport {
        let measurements = self.measurements.into_iter().map(|measurement| Measurement {
            indicator: measurement.indicator,
            fiscal_year: self.fiscal_year,
            value: measurement.value,
            as_of: self.as_of,
            note: measurement.note,
            evidence: measurement.evidence,
        });
        ProgressReport {
            number,
            initiative,
            fiscal_year: self.fiscal_year,
            as_of: self.as_of,
            status: self.status,
            text: self.text,
            issues: self.issues,
            next: self.next,
            measurements: measurements.collect(),
            by: by.to_owned(),
            at,
        }
    }
}

impl NewMeasurement {
    fn check(&self, field: &str, indicators: &[u16]) -> Result<(), Misfit> {
        if !indicators.contains(&self.indicator) {
            return Err(Misfit::at(format!("{field}.indicator"), Fault::NoSuchIndicator(self.indicator)));
        }
        if !self.value.is_finite() {
            return Err(Misfit::at(format!("{field}.value"), Fault::NotANumber));
        }
        self.note.iter().try_for_each(|note| misfit::text(format!("{field}.note"), note, 1_000))?;
        self.evidence
            .iter()
            .try_for_each(|evidence| misfit::text(format!("{field}.evidence.query"), &evidence.query, 1_000))
    }
}
