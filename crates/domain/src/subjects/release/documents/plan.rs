//! 发布方案: the release plan (§5.1) with its risk list (RO1b) and resources (RA6).

use super::rollback::RollbackPlan;
use crate::blocks::document::types::{Grade, PlannedResource, Table, Window, content_types};
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
        purpose: String as LongText = "发布目的" "purpose",
        /// The scope of its impact, in words (§5.1.1).
        impact: String as LongText = "影响范围" "scope of impact",
        /// Whom and what it touches, and when (§5.1.1).
        affected: Affected = "受影响的对象和时间" "what is affected, and when",
        /// Configuration items that get a new version (§3.4, §5.9).
        configuration_items: Vec<PlannedItem> = "要更新的配置项" "configuration items to update",
        /// Backups: at least one row per affected service object (§5.1.2).
        backups: Vec<Backup> = "备份" "backups",
        /// The time in which all steps lie (§5.1.3).
        window: Window = "发布窗口" "window",
        /// Content and steps, with people and times (§5.1.3).
        steps: Vec<PlanStep> = "执行步骤" "steps",
        /// How people are organised (§5.1.3).
        staffing: String as LongText = "人员组织" "how people are organised",
        /// People, hours and equipment (RA6).
        resources: Vec<PlannedResource> = "资源计划" "planned resources",
        /// What to do when it fails (§5.1.4, §5.2).
        rollback: RollbackPlan = "回退方案（5.2）" "rollback plan (5.2)",
        /// Problems that may come up, and their solutions (§5.1.5).
        problems: Vec<ExpectedProblem> = "可能出现的问题" "possible problems",
        /// Work left after deployment; becomes tasks (§5.1.6).
        other_work: Table<OtherWork> = "部署后的工作" "work after deployment",
        /// Risks and their control (RO1b).
        risks: Vec<Risk> = "风险" "risks",
        /// What the customer accepts against (5.4d).
        acceptance_criteria: Vec<AcceptanceCriterion> = "验收标准" "acceptance criteria",
    }

    /// Whom and what a release touches.
    Affected {
        /// Objects under service.
        service_objects: Vec<ServiceObjectId> = "服务对象" "service objects",
        /// The users concerned, in words.
        users: String = "受影响的用户" "users affected",
        /// From when the impact is felt.
        from: Option<DateTime<Utc>> = "影响开始" "impact from",
        /// Until when.
        until: Option<DateTime<Utc>> = "影响结束" "impact until",
    }

    /// A configuration item that gets a new version.
    PlannedItem {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// Identifier in the configuration management database.
        identifier: String as ItemNumber = "配置项编号" "identifier",
        /// Name.
        name: String = "名称" "name",
        /// The version it will have.
        planned_version: String = "计划版本" "planned version",
        /// Key of the phase that brings it, for a phased release.
        phase: String = "所属阶段" "phase",
    }

    /// One backup, or the reason why none is needed.
    Backup {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// The object under service.
        service_object: Option<ServiceObjectId> = "所属系统" "system",
        /// What is backed up.
        object: String = "备份对象" "what is backed up",
        /// What kind of thing that is.
        kind: Option<BackupKind> = "备份类型" "kind",
        /// How.
        method: String = "备份方法" "method",
        /// Where the copy lies.
        place: String = "备份位置" "place",
        /// Who does it.
        responsible: Option<UserId> = "责任人" "responsible",
        /// When.
        at: Option<DateTime<Utc>> = "备份时间" "when",
        /// How it is checked that it can be restored.
        restore_check: String = "恢复验证方法" "restore check",
        /// Why no backup is needed; then the other fields stay empty.
        not_needed_reason: String = "不需要备份的理由（填写后其他栏可留空）" "why no backup is needed (then the rest may stay empty)",
    }

    /// One step of the deployment.
    PlanStep {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// What is done.
        title: String = "步骤内容" "what is done",
        /// Who does it.
        person: Option<UserId> = "责任人" "responsible",
        /// When it starts.
        start: Option<DateTime<Utc>> = "开始时间" "start",
        /// How long it takes, in minutes.
        duration_minutes: u32 as Minutes = "时长" "duration",
        /// Keys of the steps that must be finished before.
        predecessors: Vec<String> as References(Steps) = "前置步骤" "after the steps",
        /// Names of the release units it installs.
        units: Vec<String> as UnitNames = "安装的发布单元" "release units installed",
        /// How one sees that it worked.
        check: String = "检查方法" "check",
        /// Key of the phase it belongs to, for a phased release.
        phase: String = "所属阶段" "phase",
    }

    /// A problem that may come up.
    ExpectedProblem {
        /// What one would see.
        phenomenon: String as LongText = "现象" "what one would see",
        /// What one would do.
        solution: String as LongText = "解决方案" "what one would do",
    }

    /// A piece of work left after deployment.
    OtherWork {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// What is to be done.
        title: String = "工作内容" "what is to be done",
        /// By whom.
        assignee: Option<UserId> = "责任人" "responsible",
        /// By when.
        due: Option<NaiveDate> = "期限" "due",
        /// What kind of work it is.
        kind: Option<OtherWorkKind> = "种类" "kind",
    }

    /// A risk (RO1b).
    Risk {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// What could go wrong, and from what cause.
        cause: String as LongText = "风险及起因" "risk and its cause",
        /// How likely it is.
        probability: Option<Grade> = "可能性" "probability",
        /// How bad it would be.
        impact: Option<Grade> = "影响程度" "impact",
        /// What follows; not lower than [`Grade::level`] gives.
        level: Option<Grade> = "风险等级" "level",
        /// What is done about it.
        control: String as LongText = "控制措施" "control",
        /// Who watches it.
        owner: Option<UserId> = "负责人" "owner",
        /// What is left after the control.
        residual: Option<Grade> = "残余风险" "residual risk",
    }

    /// One criterion that the customer accepts against (5.4d).
    AcceptanceCriterion {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// The criterion.
        text: String as LongText = "标准" "criterion",
    }
}

impl ReleasePlan {
    /// Risks that stay high in spite of their control: each needs acceptance by name before go-live (RO1b).
    pub fn high_residual_risks(&self) -> impl Iterator<Item = &Risk> {
        self.risks.iter().filter(|risk| risk.residual == Some(Grade::High))
    }
}
