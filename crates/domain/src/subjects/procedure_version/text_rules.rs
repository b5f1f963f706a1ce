//! What the text of a version of the procedure lacks (F1, F2). What else stands against its submission,
//! [`crate::subjects::procedure_version`] says.

use crate::blocks::document::missing::{Findings, Missing};
use crate::{people::directory::Directory, subjects::procedure_version::ProcedureText};

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
        found.done()
    }
}
