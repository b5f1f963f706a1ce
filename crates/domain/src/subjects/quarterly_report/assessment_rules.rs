//! What an assessment lacks, whatever the figures of its quarter are (6, 7a). What a missed target asks for besides,
//! [`crate::subjects::quarterly_report::rules`] says.

use crate::blocks::document::missing::{Findings, Missing};
use crate::{people::directory::Directory, subjects::quarterly_report::Assessment};

impl Assessment {
    /// What stands between this assessment and its submission in any case.
    #[must_use]
    pub fn lacking(&self, directory: &Directory) -> Vec<Missing> {
        const CLAUSE: &str = "7a";
        let mut found = Findings::new(directory, Self::FIELDS);
        found.text(CLAUSE, "/execution", &self.execution);
        found.text("6", "/improvements", &self.improvements);
        for (index, measure) in self.measures.iter().enumerate() {
            let at = format!("/measures/{index}");
            found.text(CLAUSE, format!("{at}/text"), &measure.text);
            found.person(CLAUSE, format!("{at}/owner"), measure.owner, None);
            found.given(CLAUSE, format!("{at}/due"), measure.due.is_some());
        }
        found.done()
    }
}
