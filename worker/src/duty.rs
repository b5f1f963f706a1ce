//! A duty that is done over and over, and whether it failed last time.

/// An outage is one line in the log, not one a second.
pub(crate) struct Duty {
    name: &'static str,
    failing: bool,
}

impl Duty {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self { name, failing: false }
    }

    pub(crate) fn note(&mut self, result: Result<usize, fabu_app::AppError>) {
        match result {
            Err(error) if !self.failing => {
                self.failing = true;
                tracing::error!(%error, "the {} fails; it is tried again", self.name);
            }
            Err(_) => {}
            Ok(count) => {
                if std::mem::take(&mut self.failing) {
                    tracing::info!("the {} works again", self.name);
                }
                if count > 0 {
                    tracing::debug!(count, "{}", self.name);
                }
            }
        }
    }
}
