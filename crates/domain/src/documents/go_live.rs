//! 上线计划: the go-live plan (§5.5).

use super::{
    rollback::RollbackGroup,
    types::{PlannedResource, Table, Window, content_types},
};
use crate::ids::UserId;
use chrono::{DateTime, NaiveDate, Utc};

crate::word_enum! {
    /// How the release goes live (5.5.2).
    GoLiveWay {
        /// All at once (全面上线).
        Full = "full" "全面上线" "all at once",
        /// In phases (分阶段上线).
        Phased = "phased" "分阶段上线" "in phases",
    }
}

content_types! {
    /// The content of 上线计划.
    GoLivePlan {
        /// Milestones (5.5.1).
        schedule: Table<Milestone>,
        /// People and equipment (5.5.1).
        resources: Table<PlannedResource>,
        /// What is bought (5.5.1).
        procurement: Table<Procurement>,
        /// What is stored where (5.5.1).
        storage: Table<Storage>,
        /// All at once or in phases (5.5.2).
        way: Option<GoLiveWay>,
        /// The phases, when phased: two or more (5.5.2).
        phases: Vec<Phase>,
        /// When configuration items of a full release go live; those of a phased one stand in its phases (5.5.2, 5.7f).
        configuration_items: Vec<PhaseItem>,
        /// What the customer is told (5.5.3).
        communication: Communication,
        /// When the release goes live (5.5.4).
        window: Window,
        /// Why the window is kept in spite of a soft conflict (5.5.4).
        conflict_reason: String,
        /// Who works (5.5.5).
        roster: Vec<Duty>,
        /// The detailed flow, by the minute (5.5.6).
        run_steps: Vec<RunStep>,
        /// The detailed rollback (5.5.7).
        rollback_steps: Vec<RollbackStep>,
    }

    /// A date of the schedule.
    Milestone {
        /// What is reached.
        title: String,
        /// From when.
        start: Option<DateTime<Utc>>,
        /// By when.
        end: Option<DateTime<Utc>>,
        /// Who answers for it.
        responsible: Option<UserId>,
    }

    /// Something to buy.
    Procurement {
        /// What.
        item: String,
        /// How much.
        quantity: String,
        /// From whom.
        supplier: String,
        /// By when.
        due: Option<NaiveDate>,
    }

    /// Something to store: media, hardware, backups.
    Storage {
        /// What.
        item: String,
        /// Where.
        place: String,
        /// Space or other needs.
        requirement: String,
    }

    /// A phase.
    Phase {
        /// Short name inside this table; steps refer to it.
        key: String,
        /// Name.
        name: String,
        /// What and whom it covers.
        scope: String,
        /// Place in the sequence, from 1.
        order: u32,
        /// What must be true before the next one starts.
        pass_criterion: String,
        /// Configuration items that go live with it, each with its date.
        configuration_items: Vec<PhaseItem>,
    }

    /// When a configuration item goes live (5.7f).
    PhaseItem {
        /// Key in the plan's table of configuration items.
        key: String,
        /// Name.
        name: String,
        /// The planned day, company time.
        planned_date: Option<NaiveDate>,
    }

    /// What the customer is told (5.5.3).
    Communication {
        /// From when business feels it.
        impact_from: Option<DateTime<Utc>>,
        /// Until when.
        impact_until: Option<DateTime<Utc>>,
        /// The functions concerned.
        affected_functions: String,
        /// The text of the message.
        message: String,
        /// Who gets it: people or groups, with an address.
        recipients: Vec<String>,
        /// When it is sent.
        send_at: Option<DateTime<Utc>>,
    }

    /// One person's duty (5.5.5).
    Duty {
        /// Who.
        person: Option<UserId>,
        /// What they do.
        duty: String,
        /// Where they can be reached.
        phone: String,
        /// Who steps in.
        deputy: Option<UserId>,
        /// True: leads the operation.
        command: bool,
        /// True: talks to customers, so must know plan and effect (5.7b).
        customer_contact: bool,
        /// True: supports users, so must be trained (5.7a).
        support: bool,
    }

    /// One step of the run sheet (5.5.6).
    RunStep {
        /// Short name inside this table.
        key: String,
        /// Key of the phase it belongs to, for a phased release.
        phase: String,
        /// What is done.
        title: String,
        /// Names of the release units it installs.
        units: Vec<String>,
        /// Who does it.
        person: Option<UserId>,
        /// When it starts, to the minute.
        planned_start: Option<DateTime<Utc>>,
        /// How long it takes, in minutes.
        duration_minutes: u32,
        /// Keys of the steps that must be finished before.
        predecessors: Vec<String>,
        /// How one sees that it worked.
        check: String,
    }

    /// One step of the rollback sheet (5.5.7).
    RollbackStep {
        /// Short name inside this table.
        key: String,
        /// Which of the five steps of §5.2 it belongs to.
        group: Option<RollbackGroup>,
        /// What is done.
        title: String,
        /// Who does it.
        person: Option<UserId>,
        /// How long it takes, in minutes.
        duration_minutes: u32,
    }
}
