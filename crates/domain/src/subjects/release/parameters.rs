//! The numbers that a version of the procedure sets (F1): due dates, target, retention.
//!
//! A release keeps the parameters of the version it is tied to; the shape of the procedure is code.

use crate::subjects::release::kpi::Ratio;
use serde::{Deserialize, Serialize};

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
    fn refuses_parameters_with_a_value_left_out_or_misspelt() {
        let mut value = serde_json::to_value(Parameters::default()).unwrap();
        value["report_due_days"] = 5.into();
        assert!(serde_json::from_value::<Parameters>(value.clone()).is_err());
        value.as_object_mut().unwrap().remove("report_due_days");
        value.as_object_mut().unwrap().remove("retention_years");
        assert!(serde_json::from_value::<Parameters>(value).is_err());
    }
}
