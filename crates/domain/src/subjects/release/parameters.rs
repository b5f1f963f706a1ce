//! The numbers that a version of the procedure sets (F1): due dates, target, retention.
//!
//! A release keeps the parameters of the version it is tied to; the shape of the procedure is code.

use crate::{
    subjects::release::kpi::Ratio,
    time::{clock::company_day, quarter::Quarter},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The parameters of one version of the procedure. The default is version V1.0 with the defaults D1 to D15.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// The version they belong to.
    pub procedure_version: String,
    /// The number of the procedure, with which the numbers of its records begin (F3).
    pub document_prefix: String,
    /// The share of releases that must succeed in a quarter (10b).
    pub success_target: Ratio,
    /// Working days from the result of the deployment to the release report (D6).
    pub report_due_working_days: u32,
    /// Working days for the update of the configuration management database (5.9).
    pub configuration_update_working_days: u32,
    /// Working days in which an emergency release makes up what it skipped (D11).
    pub emergency_make_up_working_days: u32,
    /// Working days for the answer to an opinion request (RA1).
    pub opinion_due_working_days: u32,
    /// Working days after the due day of an opinion request, with its reminders, before the administrator may excuse it (RA1, D19).
    #[serde(default = "one")]
    pub opinion_grace_working_days: u32,
    /// The sections of the release plan that every department reviews; empty: the whole plan (5.3a, D19).
    #[serde(default)]
    pub review_sections: Vec<String>,
    /// Working days after which an unanswered request is brought to mind again (5.6b).
    pub reminder_working_days: u32,
    /// Working days after which it is told to the next person up (5.6b).
    pub escalation_working_days: u32,
    /// Working days after which an unclosed release counts as overdue (5.10b).
    pub closure_grace_working_days: u32,
    /// Minutes by which a deployment may begin before the start of its window; not before by default (5.8a).
    pub start_tolerance_minutes: u32,
    /// Minutes for which a repeated sign-in counts as fresh for a go-live decision (5.6b).
    pub reauthentication_minutes: u32,
    /// Years for which records are kept at least (D14).
    pub retention_years: u32,
}

/// The grace of a version that was stored before it could be set.
const fn one() -> u32 {
    1
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            procedure_version: "V1.0".to_owned(),
            document_prefix: "YNTD-ITSS-0606".to_owned(),
            success_target: Ratio::percent(90),
            report_due_working_days: 5,
            configuration_update_working_days: 2,
            emergency_make_up_working_days: 3,
            opinion_due_working_days: 2,
            opinion_grace_working_days: one(),
            review_sections: Vec::new(),
            reminder_working_days: 1,
            escalation_working_days: 2,
            closure_grace_working_days: 3,
            start_tolerance_minutes: 0,
            reauthentication_minutes: 10,
            retention_years: 3,
        }
    }
}

/// The numbers of every signed version of the procedure, each from its day on: what releases, figures and due days follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Procedures(Vec<(NaiveDate, Parameters)>);

impl Procedures {
    /// Of these versions, in the order of their labels.
    #[must_use]
    pub const fn new(signed: Vec<(NaiveDate, Parameters)>) -> Self {
        Self(signed)
    }

    /// Those of the version in force on a day: the greatest of those whose day has come.
    #[must_use]
    pub fn in_force(&self, day: NaiveDate) -> &Parameters {
        self.0.iter().rfind(|(from, _)| *from <= day).map_or(&FIRST, |(_, parameters)| parameters)
    }

    /// Those of the version in force at an instant, company time.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> &Parameters {
        self.in_force(company_day(now))
    }

    /// Those of the version with this label, which a release follows.
    #[must_use]
    pub fn of(&self, label: &str) -> &Parameters {
        self.0.iter().map(|(_, parameters)| parameters).find(|known| known.procedure_version == label).unwrap_or(&FIRST)
    }

    /// The target of a quarter: that of the version in force when it began, so that nobody moves it during the quarter (10b).
    #[must_use]
    pub fn target_of(&self, quarter: Quarter) -> Ratio {
        self.at(quarter.start()).success_target
    }
}

/// The numbers of the first version: of what is older than it, too.
static FIRST: LazyLock<Parameters> = LazyLock::new(Parameters::default);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_1_has_the_values_of_the_procedure_and_survives_storage() {
        let parameters = Parameters::default();
        assert_eq!(parameters.success_target.to_string(), "90 %");
        assert_eq!((parameters.report_due_working_days, parameters.retention_years), (5, 3));
        let stored = serde_json::to_string(&parameters).unwrap();
        assert_eq!(serde_json::from_str::<Parameters>(&stored).unwrap(), parameters);
    }

    #[test]
    fn what_is_in_force_follows_from_the_days_and_a_quarter_keeps_its_target() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let version = |label: &str, target| Parameters {
            procedure_version: label.to_owned(),
            success_target: Ratio::percent(target),
            ..Parameters::default()
        };
        let procedures = Procedures::new(vec![
            (day("2025-01-07"), version("V1.0", 90)),
            (day("2026-05-04"), version("V1.1", 95)),
            (day("2026-05-11"), version("V1.2", 96)),
        ]);
        let label = |on: &str| procedures.in_force(day(on)).procedure_version.as_str();
        assert_eq!(
            ["2024-12-31", "2026-05-03", "2026-05-04", "2026-05-10", "2026-05-11"].map(label),
            ["V1.0", "V1.0", "V1.1", "V1.1", "V1.2"]
        );
        let target = |text: &str| procedures.target_of(text.parse().unwrap()).to_string();
        assert_eq!(["2026Q1", "2026Q2", "2026Q3"].map(target), ["90 %", "90 %", "96 %"]);
    }

    #[test]
    fn refuses_parameters_with_a_value_left_out_or_misspelt() {
        let mut value = serde_json::to_value(Parameters::default()).unwrap();
        value["report_due_days"] = 5.into();
        assert!(serde_json::from_value::<Parameters>(value.clone()).is_err());
        value.as_object_mut().unwrap().remove("report_due_days");
        value.as_object_mut().unwrap().remove("retention_years");
        assert!(serde_json::from_value::<Parameters>(value).is_err());
    }
}
