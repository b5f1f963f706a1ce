//! 发布方案: the release plan (§5.1) with its risk list (RO1b) and resources (RA6).

use super::{
    rollback::RollbackPlan,
    types::{Grade, PlannedResource, Table, Window, content_types},
};
use crate::ids::{ServiceObjectId, UserId};
use chrono::{DateTime, NaiveDate, Utc};

crate::word_enum! {
    /// What a backup holds (§5.1.2).
    BackupKind {
        /// History data (历史数据).
        Data = "data" "历史数据" "data",
        /// Configuration parameters (配置参数).
        Parameter = "parameter" "配置参数" "parameters",
        /// Application programs (应用程序).
        Program = "program" "应用程序" "programs",
        /// Anything else.
        Other = "other" "其他" "other",
    }
}

crate::word_enum! {
    /// The kinds of work left after deployment (§5.1.6).
    OtherWorkKind {
        /// Watching the system for a while.
        Watch = "watch" "上线观察" "watch",
        /// Removing what was only needed for the release.
        CleanUp = "clean_up" "清理" "clean-up",
        /// Training people.
        Training = "training" "培训" "training",
        /// Bringing documents up to date.
        Document = "document" "文档" "document",
        /// Anything else.
        Other = "other" "其他" "other",
    }
}

content_types! {
    /// The content of 发布方案.
    ReleasePlan {
        /// Why the release is made (§5.1.1).
        purpose: String,
        /// The scope of its impact, in words (§5.1.1).
        impact: String,
        /// Whom and what it touches, and when (§5.1.1).
        affected: Affected,
        /// Configuration items that get a new version (§3.4, §5.9).
        configuration_items: Vec<PlannedItem>,
        /// Backups: at least one row per affected service object (§5.1.2).
        backups: Vec<Backup>,
        /// Content and steps, with people and times (§5.1.3).
        steps: Vec<PlanStep>,
        /// The time in which all steps lie (§5.1.3).
        window: Window,
        /// How people are organised (§5.1.3).
        staffing: String,
        /// People, hours and equipment (RA6).
        resources: Vec<PlannedResource>,
        /// What to do when it fails (§5.1.4, §5.2).
        rollback: RollbackPlan,
        /// Problems that may come up, and their solutions (§5.1.5).
        problems: Vec<ExpectedProblem>,
        /// Work left after deployment; becomes tasks (§5.1.6).
        other_work: Table<OtherWork>,
        /// Risks and their control (RO1b).
        risks: Vec<Risk>,
        /// What the customer accepts against (5.4d).
        acceptance_criteria: Vec<AcceptanceCriterion>,
    }

    /// Whom and what a release touches.
    Affected {
        /// Objects under service.
        service_objects: Vec<ServiceObjectId>,
        /// The users concerned, in words.
        users: String,
        /// From when the impact is felt.
        from: Option<DateTime<Utc>>,
        /// Until when.
        until: Option<DateTime<Utc>>,
    }

    /// A configuration item that gets a new version.
    PlannedItem {
        /// Short name inside this table.
        key: String,
        /// Identifier in the configuration management database.
        identifier: String,
        /// Name.
        name: String,
        /// The version it will have.
        planned_version: String,
        /// Key of the phase that brings it, for a phased release.
        phase: String,
    }

    /// One backup, or the reason why none is needed.
    Backup {
        /// Short name inside this table.
        key: String,
        /// The object under service.
        service_object: Option<ServiceObjectId>,
        /// What is backed up.
        object: String,
        /// What kind of thing that is.
        kind: Option<BackupKind>,
        /// How.
        method: String,
        /// Where the copy lies.
        place: String,
        /// Who does it.
        responsible: Option<UserId>,
        /// When.
        at: Option<DateTime<Utc>>,
        /// How it is checked that it can be restored.
        restore_check: String,
        /// Why no backup is needed; then the other fields stay empty.
        not_needed_reason: String,
    }

    /// One step of the deployment.
    PlanStep {
        /// Short name inside this table.
        key: String,
        /// What is done.
        title: String,
        /// Names of the release units it installs.
        units: Vec<String>,
        /// Who does it.
        person: Option<UserId>,
        /// When it starts.
        start: Option<DateTime<Utc>>,
        /// How long it takes, in minutes.
        duration_minutes: u32,
        /// Keys of the steps that must be finished before.
        predecessors: Vec<String>,
        /// How one sees that it worked.
        check: String,
        /// Key of the phase it belongs to, for a phased release.
        phase: String,
    }

    /// A problem that may come up.
    ExpectedProblem {
        /// What one would see.
        phenomenon: String,
        /// What one would do.
        solution: String,
    }

    /// A piece of work left after deployment.
    OtherWork {
        /// Short name inside this table.
        key: String,
        /// What is to be done.
        title: String,
        /// By whom.
        assignee: Option<UserId>,
        /// By when.
        due: Option<NaiveDate>,
        /// What kind of work it is.
        kind: Option<OtherWorkKind>,
    }

    /// A risk (RO1b).
    Risk {
        /// Short name inside this table.
        key: String,
        /// What could go wrong, and from what cause.
        cause: String,
        /// How likely it is.
        probability: Option<Grade>,
        /// How bad it would be.
        impact: Option<Grade>,
        /// What follows; not lower than [`Grade::level`] gives.
        level: Option<Grade>,
        /// What is done about it.
        control: String,
        /// Who watches it.
        owner: Option<UserId>,
        /// What is left after the control.
        residual: Option<Grade>,
    }

    /// One criterion that the customer accepts against (5.4d).
    AcceptanceCriterion {
        /// Short name inside this table.
        key: String,
        /// The criterion.
        text: String,
    }
}

impl ReleasePlan {
    /// Risks that stay high in spite of their control: each needs acceptance by name before go-live (RO1b).
    pub fn high_residual_risks(&self) -> impl Iterator<Item = &Risk> {
        self.risks.iter().filter(|risk| risk.residual == Some(Grade::High))
    }
}
