//! The kinds of message: what each is called in the subject and how it may travel.

crate::word_enum! {
    /// The families in which a person chooses channels.
    NoticeGroup {
        /// Something to decide, or what was decided.
        Approvals = "approvals" "审批" "approvals",
        /// Something to do.
        Tasks = "tasks" "任务" "tasks",
        /// What happens around a deployment.
        Deployment = "deployment" "上线" "deployment",
        /// How a release moves on.
        Progress = "progress" "进展" "progress",
        /// What is late.
        Overdue = "overdue" "逾期" "overdue",
        /// Figures and digests.
        Reports = "reports" "报告" "reports",
        /// The safety of the account: rights, passwords, deputies.
        Account = "account" "账号安全" "account safety",
    }
}

crate::word_enum! {
    /// The providers of the chat groups to which a robot can speak.
    RobotKind {
        /// 企业微信.
        WeCom = "wecom" "企业微信" "WeCom",
        /// 钉钉.
        DingTalk = "dingtalk" "钉钉" "DingTalk",
        /// 飞书.
        Feishu = "feishu" "飞书" "Feishu",
    }
}

crate::word_enum! {
    /// What a message asks of its reader.
    Asks {
        /// A decision: approve, return, confirm.
        Decision = "decision",
        /// Work.
        Work = "work",
        /// Nothing: it informs.
        Nothing = "nothing",
    }
}

crate::word_enum! {
    /// How soon a message must be there.
    Urgency {
        /// At once, also in quiet hours.
        Emergency = "emergency",
        /// At once, but not in quiet hours.
        Prompt = "prompt",
        /// In the daily digest, unless the person wants it at once.
        Routine = "routine",
    }
}

crate::word_enum! {
    /// Who may be sent a kind of message.
    Reach {
        /// The people concerned alone: it is about one person, or about no release.
        People = "people",
        /// Chat groups as well: a step of a release.
        Groups = "groups",
    }
}

/// How a kind of message may travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindRule {
    /// Its family.
    pub group: NoticeGroup,
    /// What it asks.
    pub asks: Asks,
    /// How soon it must be there.
    pub urgency: Urgency,
    /// Who may be sent it.
    pub reach: Reach,
}

/// Declares the kinds with their rules.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $word:literal $zh:literal $en:literal $group:ident $asks:ident $urgency:ident $reach:ident;)+) => {
        crate::word_enum! {
            /// Every kind of message that people get.
            NoticeKind { $($(#[doc = $doc])* $variant = $word $zh $en),+ }
        }

        impl NoticeKind {
            /// How it may travel.
            #[must_use]
            pub const fn rule(self) -> KindRule {
                match self {
                    $(Self::$variant => KindRule {
                        group: NoticeGroup::$group,
                        asks: Asks::$asks,
                        urgency: Urgency::$urgency,
                        reach: Reach::$reach,
                    }),+
                }
            }
        }
    };
}

kinds! {
    /// A panel member is asked to decide (5.3, 5.4, 5.6, 5.8, 5.11).
    ApprovalRequested = "approval_requested" "待审批" "approval needed" Approvals Decision Prompt Groups;
    /// What a panel decided.
    ApprovalDecided = "approval_decided" "审批通过" "approved" Approvals Nothing Prompt Groups;
    /// A document was sent back; a new revision is wanted (5.3c).
    Returned = "returned" "已退回" "returned" Approvals Work Prompt Groups;
    /// A panel no longer needs an answer: its content changed or the step was recalled.
    ApprovalVoid = "approval_void" "审批作废" "approval void" Approvals Nothing Prompt Groups;
    /// A task came to a person.
    TaskAssigned = "task_assigned" "新任务" "new task" Tasks Work Prompt Groups;
    /// The evidence of a task was sent back.
    TaskReturned = "task_returned" "任务退回" "task returned" Tasks Work Prompt Groups;
    /// The evidence of a task waits to be verified.
    TaskSubmitted = "task_submitted" "待核实" "to verify" Tasks Decision Prompt Groups;
    /// A task was taken from a person: excused, cancelled, or given to somebody else.
    TaskWithdrawn = "task_withdrawn" "任务撤销" "task withdrawn" Tasks Nothing Routine Groups;
    /// A person was named in the team of a release (R0).
    RoleAssigned = "role_assigned" "角色指派" "role assigned" Tasks Nothing Prompt People;
    /// An answer or a work is open for too long (section 13).
    Reminder = "reminder" "催办" "reminder" Overdue Work Routine People;
    /// Nobody answered the reminder: the next in line hears of it.
    Escalation = "escalation" "升级" "escalation" Overdue Work Prompt People;
    /// Something new stands against the window of an approved release (5.5.4).
    ConflictFound = "conflict_found" "上线时间冲突" "window conflict" Deployment Work Prompt Groups;
    /// A deployment phase did not end well: decide on rollback (5.2).
    DeploymentFailed = "deployment_failed" "部署失败" "deployment failed" Deployment Decision Emergency Groups;
    /// A rollback has begun: everybody concerned is notified at once (RA7).
    RollbackStarted = "rollback_started" "回退已启动" "rollback started" Deployment Nothing Emergency Groups;
    /// The release was returned to the initial state (5.2.5).
    RolledBack = "rolled_back" "已回退" "rolled back" Deployment Nothing Emergency Groups;
    /// A deployment got its verdict (5.8).
    Verdict = "verdict" "发布结论" "verdict" Deployment Nothing Prompt Groups;
    /// Work on a release was suspended (RO2).
    Suspended = "suspended" "已挂起" "suspended" Progress Nothing Prompt Groups;
    /// Work on a release goes on.
    Resumed = "resumed" "已恢复" "resumed" Progress Nothing Prompt Groups;
    /// A release was given up.
    Cancelled = "cancelled" "已取消" "cancelled" Progress Nothing Prompt Groups;
    /// A release was closed (5.10).
    Closed = "closed" "已关闭" "closed" Progress Nothing Routine Groups;
    /// The configuration administrator is asked to update the database (5.9).
    ConfigurationRequested = "configuration_requested" "配置更新" "configuration update" Tasks Work Prompt Groups;
    /// The configuration administrator sent an update request back (5.9).
    ConfigurationReturned = "configuration_returned" "配置更新退回" "configuration update returned" Tasks Work Prompt Groups;
    /// A release with a verdict is not closed in time (5.10).
    ClosureOverdue = "closure_overdue" "逾期未关闭" "closure overdue" Overdue Work Prompt Groups;
    /// A release report is outstanding (5.11).
    ReportOverdue = "report_overdue" "发布报告逾期" "release report overdue" Overdue Work Prompt Groups;
    /// A medium of the library is not the file that was checked in, or is gone (9.2a).
    MediumDiffers = "medium_differs" "介质不一致" "medium differs" Tasks Work Emergency People;
    /// A release without success is to be reviewed (3.5).
    FailedReleaseReview = "failed_release_review" "失败回顾" "failed-release review" Tasks Work Prompt Groups;
    /// A quarterly report was drafted and waits for analysis and measures (§6).
    QuarterlyReportDraft = "quarterly_report_draft" "季度报告待分析" "quarterly report to complete" Reports Work Prompt People;
    /// A quarterly report waits for approval (§6).
    QuarterlyReportApproval = "quarterly_report_approval" "季度报告待批准" "quarterly report to approve" Approvals Decision Prompt People;
    /// An approved quarterly report (§6).
    QuarterlyReport = "quarterly_report" "季度报告" "quarterly report" Reports Nothing Prompt People;
    /// A figure of an approved quarter was restated (§6).
    Restatement = "restatement" "季度报告更正" "restatement" Reports Nothing Prompt People;
    /// An improvement was opened or is due (§7, §8).
    Improvement = "improvement" "改进事项" "improvement" Tasks Work Prompt People;
    /// What is open and what happened, once a day.
    Digest = "digest" "每日摘要" "daily digest" Reports Nothing Routine People;
    /// Many messages to a group at once, in one.
    Bundle = "bundle" "消息汇总" "several messages" Reports Nothing Prompt People;
    /// The roles of the reader changed.
    RolesChanged = "roles_changed" "角色变更" "roles changed" Account Nothing Emergency People;
    /// Somebody became a system administrator.
    AdministratorAppointed = "administrator_appointed" "新系统管理员" "new system administrator" Account Nothing Emergency People;
    /// An administrator reset the reader's password.
    PasswordReset = "password_reset" "密码重置" "password reset" Account Nothing Emergency People;
    /// A deputy arrangement of the reader was made or ended (D16).
    DeputyArranged = "deputy_arranged" "代理安排" "deputy arrangement" Account Nothing Emergency People;
    /// A chat robot was added, changed or deleted.
    RobotChanged = "robot_changed" "群机器人变更" "chat robot changed" Account Nothing Emergency People;
    /// A report schedule names the reader.
    ReportScheduleChanged = "report_schedule_changed" "报告订阅" "report schedule" Account Nothing Emergency People;
    /// Somebody tries the channel.
    Test = "test" "测试" "test" Reports Nothing Emergency People;
}

impl NoticeKind {
    /// True when a person may do without it. What asks for a decision or for work may change its channel, not vanish;
    /// neither may the digest, which holds what the person wants once a day, what was asked for to try the channel, nor what
    /// happens to the person's own account.
    #[must_use]
    pub const fn can_be_switched_off(self) -> bool {
        let rule = self.rule();
        matches!(rule.asks, Asks::Nothing)
            && !matches!(rule.group, NoticeGroup::Account)
            && !matches!(self, Self::Digest | Self::Test)
    }

    /// True for the summary, which carries the way to the settings in its headers.
    #[must_use]
    pub const fn is_digest(self) -> bool {
        matches!(self, Self::Digest)
    }
}
