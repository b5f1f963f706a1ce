//! What the text of a version of the procedure lacks (F1, F2). What else stands against its submission,
//! [`crate::subjects::procedure_version`] says.

use crate::{
    blocks::document::missing::{Findings, Missing, MissingCode},
    people::directory::Directory,
    subjects::procedure_version::{ProcedureParameters, ProcedureText},
};

/// The most working days that anything may take.
const DAYS: u32 = 60;

impl ProcedureText {
    /// What stands between this text and its submission.
    #[must_use]
    pub fn lacking(&self, directory: &Directory) -> Vec<Missing> {
        let mut found = Findings::new(directory, Self::FIELDS);
        found.text("F2", "/change_note", &self.change_note);
        found.given("F2", "/effective_on", self.effective_on.is_some());
        found.rows("F1", "/chapters", self.chapters.len(), 1);
        for (index, chapter) in self.chapters.iter().enumerate() {
            found.text("F1", format!("/chapters/{index}/heading"), &chapter.heading);
            found.text("F1", format!("/chapters/{index}/text"), &chapter.text);
        }
        let ProcedureParameters {
            success_target_percent,
            report_due_working_days,
            configuration_update_working_days,
            emergency_make_up_working_days,
            opinion_due_working_days,
            opinion_grace_working_days,
            reminder_working_days,
            escalation_working_days,
            closure_grace_working_days,
            start_tolerance_minutes,
            reauthentication_minutes,
            retention_years,
        } = &self.parameters;
        let bounds = [
            ("10b", "success_target_percent", success_target_percent, (1, 100)),
            ("5.11", "report_due_working_days", report_due_working_days, (1, DAYS)),
            ("5.9", "configuration_update_working_days", configuration_update_working_days, (1, DAYS)),
            ("F1", "emergency_make_up_working_days", emergency_make_up_working_days, (1, DAYS)),
            ("4.RA1", "opinion_due_working_days", opinion_due_working_days, (1, DAYS)),
            ("4.RA1", "opinion_grace_working_days", opinion_grace_working_days, (1, DAYS)),
            ("5.6b", "reminder_working_days", reminder_working_days, (1, DAYS)),
            ("5.6b", "escalation_working_days", escalation_working_days, (1, DAYS)),
            ("5.10b", "closure_grace_working_days", closure_grace_working_days, (0, DAYS)),
            ("5.8a", "start_tolerance_minutes", start_tolerance_minutes, (0, 60)),
            ("5.6b", "reauthentication_minutes", reauthentication_minutes, (1, 60)),
            ("5.10a", "retention_years", retention_years, (3, 100)),
        ];
        for (clause, name, number, bounds) in bounds {
            found.number(clause, format!("/parameters/{name}"), *number, bounds);
        }
        // Who is told of it must have been reminded before.
        if escalation_working_days < reminder_working_days {
            let (zh, en) = ("升级期限不能短于提醒间隔", "an escalation cannot come before the reminder");
            let at = "/parameters/escalation_working_days";
            found.add("5.6b", at, MissingCode::WrongOrder, zh.to_owned(), en.to_owned());
        }
        for (index, document) in self.related.iter().enumerate() {
            found.text("11", format!("/related/{index}/name"), &document.name);
        }
        found.done()
    }
}
