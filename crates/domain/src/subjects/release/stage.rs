//! The stages of a release and the words that classify it.

crate::word_enum! {
    /// Where a release stands in the procedure (§5).
    Stage {
        /// §5.1, §5.2: the release plan with its rollback plan is being made.
        Planning = "planning" "制定发布方案" "planning",
        /// §5.3: departments review the plan, then the release owner approves it (§4 RO1a).
        PlanReview = "plan_review" "发布方案评审" "plan review",
        /// §5.4: the tester tests and reports.
        Testing = "testing" "测试" "testing",
        /// §5.4: the customer accepts what was tested.
        Acceptance = "acceptance" "客户验收" "acceptance",
        /// §5.5: the go-live plan is being made.
        GoLivePlanning = "go_live_planning" "上线规划" "go-live planning",
        /// §5.6: the go-live plan is being approved.
        GoLiveApproval = "go_live_approval" "上线审批" "go-live approval",
        /// §5.7: people are told, trained and have confirmed their duty; preparation ends.
        Readiness = "readiness" "沟通和培训" "readiness",
        /// §5.8: deployment, phase by phase, with confirmation, or rollback.
        Deployment = "deployment" "分发和部署" "deployment",
        /// §5.9: the configuration management database is being updated.
        ConfigurationUpdate = "configuration_update" "更新配置库" "configuration update",
        /// §5.10: material is archived, the implementer closes.
        Closure = "closure" "发布关闭" "closure",
        /// §5.10 done, §5.11 outstanding: the release report is outstanding.
        Closed = "closed" "发布报告" "report",
        /// §5.11 done.
        Completed = "completed" "已完成" "completed",
        /// Given up before deployment started.
        Cancelled = "cancelled" "已取消" "cancelled",
    }
}

impl Stage {
    /// Every stage in which work goes on.
    pub const ACTIVE: [Self; 11] = [
        Self::Planning,
        Self::PlanReview,
        Self::Testing,
        Self::Acceptance,
        Self::GoLivePlanning,
        Self::GoLiveApproval,
        Self::Readiness,
        Self::Deployment,
        Self::ConfigurationUpdate,
        Self::Closure,
        Self::Closed,
    ];
    /// Every stage in which the record of the release is open: nothing is added to it once the release is closed (5.10a).
    pub const OPEN: [Self; 10] = [
        Self::Planning,
        Self::PlanReview,
        Self::Testing,
        Self::Acceptance,
        Self::GoLivePlanning,
        Self::GoLiveApproval,
        Self::Readiness,
        Self::Deployment,
        Self::ConfigurationUpdate,
        Self::Closure,
    ];
    /// Every stage before deployment starts.
    pub const BEFORE_DEPLOYMENT: [Self; 7] = [
        Self::Planning,
        Self::PlanReview,
        Self::Testing,
        Self::Acceptance,
        Self::GoLivePlanning,
        Self::GoLiveApproval,
        Self::Readiness,
    ];

    /// True when nothing more can happen to the release.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled)
    }

    /// True once the record of a release is closed: what comes later is a marked addendum (5.10a, D20).
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Completed | Self::Cancelled)
    }
}

crate::word_enum! {
    /// What a stage ends with. A handler says which of these has happened; where that leads, [`crate::subjects::release::procedure::STAGES`] says.
    Exit {
        /// The departments are asked to review the plan (5.3).
        ReviewConvened = "review_convened" "召集评审" "review convened",
        /// The emergency approval is asked for (D11).
        EmergencyConvened = "emergency_convened" "召集紧急审批" "emergency approval convened",
        /// The plan is approved (4 RO1a).
        PlanApproved = "plan_approved" "方案批准" "plan approved",
        /// The plan goes back to its authors: returned, taken back, or regrouped.
        PlanReturned = "plan_returned" "方案退回" "plan returned",
        /// The test report is received (5.4c).
        Tested = "tested" "测试通过" "tests passed",
        /// The tests failed: another round begins with the plan (5.4).
        TestFailed = "test_failed" "测试未通过" "tests failed",
        /// The customer has accepted (5.4d).
        Accepted = "accepted" "客户验收通过" "accepted",
        /// The go-live approval is asked for (5.6).
        GoLiveConvened = "go_live_convened" "召集上线审批" "go-live approval convened",
        /// Going live is approved (5.6).
        GoLiveApproved = "go_live_approved" "批准上线" "go-live approved",
        /// The go-live plan goes back to its authors, or what was approved has changed (5.6b, 3.3).
        GoLivePlanReturned = "go_live_plan_returned" "上线计划退回" "go-live plan returned",
        /// Deployment has started (5.8).
        DeploymentStarted = "deployment_started" "开始部署" "deployment started",
        /// The verdict stands, and configuration items are to be updated (5.9).
        UpdateOwed = "update_owed" "结果已判定，待更新配置库" "verdict recorded, update owed",
        /// The verdict stands, and no configuration item is to be updated.
        NothingToUpdate = "nothing_to_update" "结果已判定，无需更新配置库" "verdict recorded, nothing to update",
        /// Every configuration item is confirmed or dropped (5.9).
        Updated = "updated" "配置库已更新" "configuration updated",
        /// The record is closed (5.10b).
        Closed = "closed" "关闭" "closed",
        /// The closed record is opened again (5.10b).
        Reopened = "reopened" "重新打开" "reopened",
        /// The release report is approved (5.11).
        Reported = "reported" "发布报告批准" "report approved",
        /// The release is given up (RO2).
        Cancelled = "cancelled" "取消" "cancelled",
    }
}

crate::word_enum! {
    /// Whether work on a release goes on.
    ReleaseStatus {
        /// It does.
        Active = "active" "进行中" "active",
        /// It rests until it is resumed (RO2).
        Suspended = "suspended" "已挂起" "suspended",
        /// The release report is approved.
        Completed = "completed" "已完成" "completed",
        /// It was given up before deployment.
        Cancelled = "cancelled" "已取消" "cancelled",
    }
}

impl ReleaseStatus {
    /// The status that follows from stage and suspension.
    #[must_use]
    pub const fn of(stage: Stage, suspended: bool) -> Self {
        match stage {
            Stage::Completed => Self::Completed,
            Stage::Cancelled => Self::Cancelled,
            _ if suspended => Self::Suspended,
            _ => Self::Active,
        }
    }
}

crate::word_enum! {
    /// How a deployment ended (§5.8, D8).
    Verdict {
        /// Deployed within plan, confirmed by all parties, not rolled back, no unplanned fix.
        Successful = "successful" "成功" "successful",
        /// Returned to the initial state.
        RolledBack = "rolled_back" "已回退" "rolled back",
        /// Neither deployed nor returned as planned.
        Failed = "failed" "失败" "failed",
        /// Deployed in part, or with an unplanned fix.
        Partial = "partial" "部分成功" "partial",
    }
}

crate::word_enum! {
    /// The weight of a release (5.11.3); an emergency takes the short route of D11.
    ReleaseKind {
        /// 重大.
        Major = "major" "重大" "major",
        /// 一般.
        Minor = "minor" "一般" "minor",
        /// 紧急 (D11).
        Emergency = "emergency" "紧急" "emergency",
    }
}

crate::word_enum! {
    /// What a release carries (5.11.3).
    ReleaseScope {
        /// All components of the system.
        Full = "full" "全量发布" "full release",
        /// Only what changed.
        Delta = "delta" "增量发布" "delta release",
        /// Several releases bundled.
        Package = "package" "包发布" "package release",
    }
}

crate::word_enum! {
    /// What is released (5.11.3).
    ReleaseMedium {
        /// Software components only.
        Software = "software" "软件" "software",
        /// Hardware components only.
        Hardware = "hardware" "硬件" "hardware",
        /// Both.
        Both = "both" "软件和硬件" "software and hardware",
    }
}
