//! The stages of a release and the words that classify it.

crate::word_enum! {
    /// Where a release stands in the procedure (§5).
    Stage {
        /// §5.1, §5.2: the release plan with its rollback plan is being made.
        Planning = "planning",
        /// §5.3: departments review the plan, then the release owner approves it (§4 RO1a).
        PlanReview = "plan_review",
        /// §5.4: the tester tests and reports.
        Testing = "testing",
        /// §5.4: the customer accepts what was tested.
        Acceptance = "acceptance",
        /// §5.5: the go-live plan is being made.
        GoLivePlanning = "go_live_planning",
        /// §5.6: the go-live plan is being approved.
        GoLiveApproval = "go_live_approval",
        /// §5.7: people are told, trained and have confirmed their duty; preparation ends.
        Readiness = "readiness",
        /// §5.8: deployment, phase by phase, with confirmation, or rollback.
        Deployment = "deployment",
        /// §5.9: the configuration management database is being updated.
        ConfigurationUpdate = "configuration_update",
        /// §5.10: material is archived, the implementer closes.
        Closure = "closure",
        /// §5.10 done, §5.11 outstanding: the release report is owed.
        Closed = "closed",
        /// §5.11 done.
        Completed = "completed",
        /// Given up before deployment started.
        Cancelled = "cancelled",
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

    /// The procedure's word.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Planning => "制定发布方案",
            Self::PlanReview => "发布方案评审",
            Self::Testing => "测试",
            Self::Acceptance => "客户验收",
            Self::GoLivePlanning => "上线规划",
            Self::GoLiveApproval => "上线审批",
            Self::Readiness => "沟通和培训",
            Self::Deployment => "分发和部署",
            Self::ConfigurationUpdate => "更新配置库",
            Self::Closure => "发布关闭",
            Self::Closed => "已关闭（待发布报告）",
            Self::Completed => "已完成",
            Self::Cancelled => "已取消",
        }
    }

    /// The English name shown to people.
    #[must_use]
    pub fn en(self) -> String {
        self.as_str().replace('_', " ")
    }
}

crate::word_enum! {
    /// How a deployment ended (§5.8, D8).
    Verdict {
        /// Deployed within plan, confirmed by all parties, not rolled back, no unplanned fix.
        Successful = "successful",
        /// Returned to the initial state.
        RolledBack = "rolled_back",
        /// Neither deployed nor returned as planned.
        Failed = "failed",
        /// Deployed in part, or with an unplanned fix.
        Partial = "partial",
    }
}

crate::word_enum! {
    /// The weight of a release (5.11.3); an emergency takes the short route of D11.
    ReleaseKind {
        /// 重大.
        Major = "major",
        /// 一般.
        Minor = "minor",
        /// 紧急 (D11).
        Emergency = "emergency",
    }
}

crate::word_enum! {
    /// What a release carries (5.11.3).
    ReleaseScope {
        /// All components of the system.
        Full = "full",
        /// Only what changed.
        Delta = "delta",
        /// Several releases bundled.
        Package = "package",
    }
}

crate::word_enum! {
    /// What is released (5.11.3).
    ReleaseMedium {
        /// Software components only.
        Software = "software",
        /// Hardware components only.
        Hardware = "hardware",
        /// Both.
        Both = "both",
    }
}
