//! 上线计划: the go-live plan (§5.5).

use super::rollback::RollbackGroup;
use crate::blocks::document::types::{PlannedResource, Table, Window, content_types};
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
        schedule: Table<Milestone> = "日程安排" "schedule",
        /// People and equipment (5.5.1).
        resources: Table<PlannedResource> = "资源" "resources",
        /// What is bought (5.5.1).
        procurement: Table<Procurement> = "采购" "procurement",
        /// What is stored where (5.5.1).
        storage: Table<Storage> = "存储" "storage",
        /// All at once or in phases (5.5.2).
        way: Option<GoLiveWay> = "上线方式" "way of going live",
        /// The phases, when phased: two or more (5.5.2).
        phases: Vec<Phase> = "上线阶段" "phases" when way "phased",
        /// When configuration items of a full release go live; those of a phased one stand in its phases (5.5.2, 5.7f).
        configuration_items: Vec<PhaseItem> = "配置项上线日期" "when configuration items go live" when way "full",
        /// What the customer is told (5.5.3).
        communication: Communication = "与客户的沟通" "communication with the customer",
        /// When the release goes live (5.5.4).
        window: Window = "上线时间" "go-live window",
        /// Why the window is kept in spite of a soft conflict (5.5.4).
        conflict_reason: String as LongText = "存在冲突仍保留此时间的理由" "why the window is kept in spite of a conflict",
        /// The same for each conflict by itself (5.5.4).
        #[serde(skip_serializing_if = "Vec::is_empty")]
        conflict_reasons: Vec<ConflictReason> = "逐项冲突的理由" "reason for each conflict",
        /// Who works (5.5.5).
        roster: Vec<Duty> = "值守安排" "duty roster",
        /// The detailed flow, by the minute (5.5.6).
        run_steps: Vec<RunStep> = "执行流程" "run sheet",
        /// The detailed rollback (5.5.7).
        rollback_steps: Vec<RollbackStep> = "回退步骤" "rollback steps",
    }

    /// Why the window is kept in spite of one conflict (5.5.4).
    ConflictReason {
        /// The key of the conflict.
        conflict: String = "冲突" "conflict",
        /// Why.
        reason: String as LongText = "理由" "reason",
    }

    /// A date of the schedule.
    Milestone {
        /// What is reached.
        title: String = "事项" "milestone",
        /// From when.
        start: Option<DateTime<Utc>> = "开始" "start",
        /// By when.
        end: Option<DateTime<Utc>> = "结束" "end",
        /// Who answers for it.
        responsible: Option<UserId> = "责任人" "responsible",
    }

    /// Something to buy.
    Procurement {
        /// What.
        item: String = "物品" "item",
        /// How much.
        quantity: String = "数量" "quantity",
        /// From whom.
        supplier: String = "供应商" "supplier",
        /// By when.
        due: Option<NaiveDate> = "到货日期" "due",
    }

    /// Something to store: media, hardware, backups.
    Storage {
        /// What.
        item: String = "内容" "item",
        /// Where.
        place: String = "位置" "place",
        /// Space or other needs.
        requirement: String = "要求" "requirement",
    }

    /// A phase.
    Phase {
        /// Short name inside this table; steps refer to it.
        key: String as Key = "标识" "key",
        /// Name.
        name: String = "阶段名称" "name",
        /// What and whom it covers.
        scope: String = "范围" "scope",
        /// Place in the sequence, from 1.
        order: u32 = "顺序" "order",
        /// What must be true before the next one starts.
        pass_criterion: String as LongText = "进入下一阶段的标准" "pass criterion",
        /// Configuration items that go live with it, each with its date.
        configuration_items: Vec<PhaseItem> = "本阶段上线的配置项" "configuration items of this phase",
    }

    /// When a configuration item goes live (5.7f).
    PhaseItem {
        /// Key in the plan's table of configuration items.
        key: String as Reference(PlanItems) = "方案中的配置项" "item of the release plan",
        /// Name.
        name: String = "名称" "name",
        /// The planned day, company time.
        planned_date: Option<NaiveDate> = "计划上线日期" "planned day",
    }

    /// What the customer is told (5.5.3).
    Communication {
        /// From when business feels it.
        impact_from: Option<DateTime<Utc>> = "影响开始" "impact from",
        /// Until when.
        impact_until: Option<DateTime<Utc>> = "影响结束" "impact until",
        /// The functions concerned.
        affected_functions: String as LongText = "受影响的业务功能" "functions affected",
        /// The text of the message.
        message: String as LongText = "通知内容" "message",
        /// Who gets it: people or groups, with an address.
        recipients: Vec<String> = "接收人" "recipients",
        /// When it is sent.
        send_at: Option<DateTime<Utc>> = "发送时间" "when it is sent",
    }

    /// One person's duty (5.5.5).
    Duty {
        /// Who.
        person: Option<UserId> = "人员" "person",
        /// What they do.
        duty: String = "职责" "duty",
        /// Where they can be reached.
        phone: String = "电话" "phone",
        /// Who steps in.
        deputy: Option<UserId> = "代理人" "deputy",
        /// True: leads the operation.
        command: bool = "现场指挥" "leads the operation",
        /// True: talks to customers, so must know plan and effect (5.7b).
        customer_contact: bool = "负责与客户沟通" "talks to customers",
        /// True: supports users, so must be trained (5.7a).
        support: bool = "服务支持" "supports users",
    }

    /// One step of the run sheet (5.5.6).
    RunStep {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// What is done.
        title: String = "步骤内容" "what is done",
        /// Key of the phase it belongs to, for a phased release.
        phase: String as Reference(Phases) = "所属阶段" "phase",
        /// Who does it.
        person: Option<UserId> = "责任人" "responsible",
        /// When it starts, to the minute.
        planned_start: Option<DateTime<Utc>> = "计划开始" "planned start",
        /// How long it takes, in minutes.
        duration_minutes: u32 as Minutes = "时长" "duration",
        /// Keys of the steps that must be finished before.
        predecessors: Vec<String> as References(RunSteps) = "前置步骤" "after the steps",
        /// Names of the release units it installs.
        units: Vec<String> as UnitNames = "安装的发布单元" "release units installed",
        /// How one sees that it worked.
        check: String = "检查方法" "check",
    }

    /// One step of the rollback sheet (5.5.7).
    RollbackStep {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// Which of the five steps of §5.2 it belongs to.
        group: Option<RollbackGroup> = "回退步骤分组" "group of 5.2",
        /// What is done.
        title: String = "步骤内容" "what is done",
        /// Who does it.
        person: Option<UserId> = "责任人" "responsible",
        /// How long it takes, in minutes.
        duration_minutes: u32 as Minutes = "时长" "duration",
    }
}
