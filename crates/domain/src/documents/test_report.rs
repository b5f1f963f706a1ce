//! 发布测试报告: the test report (§5.4).

use super::types::content_types;
use crate::ids::{UnitId, UserId};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

crate::word_enum! {
    /// What is tested (5.4.1 to 5.4.6); the sixth item has three checks, each with its own conclusion.
    TestCategory {
        /// T1 技术操作.
        TechnicalOperation = "technical_operation" "技术操作" "technical operation",
        /// T2 功能.
        Function = "function" "功能" "function",
        /// T3 运营.
        Operation = "operation" "运营" "operation",
        /// T4 性能.
        Performance = "performance" "性能" "performance",
        /// T5 与基础设施其他部分的兼容性.
        Compatibility = "compatibility" "与基础设施其他部分的兼容性" "compatibility with other infrastructure",
        /// T6a 发布单元的安装顺序.
        InstallationOrder = "installation_order" "发布单元的安装顺序" "installation order of the units",
        /// T6b 回滚程序.
        RollbackProcedure = "rollback_procedure" "回滚程序" "rollback procedure",
        /// T6c 管理程序的变更.
        ManagementProcedures = "management_procedures" "管理程序的变更" "changes to management procedures",
    }
}

impl TestCategory {
    /// The short code on forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TechnicalOperation => "T1",
            Self::Function => "T2",
            Self::Operation => "T3",
            Self::Performance => "T4",
            Self::Compatibility => "T5",
            Self::InstallationOrder => "T6a",
            Self::RollbackProcedure => "T6b",
            Self::ManagementProcedures => "T6c",
        }
    }

    /// The clause.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::TechnicalOperation => "5.4.1",
            Self::Function => "5.4.2",
            Self::Operation => "5.4.3",
            Self::Performance => "5.4.4",
            Self::Compatibility => "5.4.5",
            Self::InstallationOrder | Self::RollbackProcedure | Self::ManagementProcedures => "5.4.6",
        }
    }
}

crate::word_enum! {
    /// What the tests of one category came to.
    TestConclusion {
        /// As expected.
        AsExpected = "as_expected" "与预期一致" "as expected",
        /// Not as expected.
        NotAsExpected = "not_as_expected" "与预期不一致" "not as expected",
        /// Not applicable: needs a reason and the consent of the release administrator.
        NotApplicable = "not_applicable" "不适用" "not applicable",
    }
}

crate::word_enum! {
    /// How bad a defect is.
    DefectLevel {
        /// The release cannot go out with it.
        Blocking = "blocking" "阻断" "blocking",
        /// It hurts, and there is a way around.
        Major = "major" "严重" "major",
        /// It can wait.
        Minor = "minor" "一般" "minor",
    }
}

crate::word_enum! {
    /// Where a defect stands.
    DefectState {
        /// Not fixed.
        Open = "open" "未解决" "open",
        /// Fixed and tested again.
        Fixed = "fixed" "已修复" "fixed",
        /// Known and accepted; not possible for a blocking defect.
        Accepted = "accepted" "已接受" "accepted",
    }
}

crate::word_enum! {
    /// The tester's verdict on the release (5.4c).
    TestVerdict {
        /// As expected: goes to the customer for acceptance.
        Pass = "pass" "通过" "pass",
        /// Not as expected: back to planning.
        Fail = "fail" "不通过" "fail",
    }
}

content_types! {
    /// The content of 发布测试报告.
    TestReport {
        /// How the test environment differs from the real one (5.4b).
        environment: Vec<EnvironmentItem>,
        /// One conclusion per category (5.4.1 to 5.4.6).
        categories: BTreeMap<TestCategory, CategoryResult>,
        /// The rehearsal of the rollback (RO1c).
        rollback_rehearsal: RollbackRehearsal,
        /// True: the release procedure works (RO1c).
        release_procedure_effective: Option<bool>,
        /// True: the rollback procedure works (RO1c).
        rollback_procedure_effective: Option<bool>,
        /// Defects found (5.4c).
        defects: Vec<Defect>,
        /// The exact units that were tested.
        tested_units: Vec<TestedUnit>,
        /// The verdict (5.4c).
        verdict: Option<TestVerdict>,
        /// The result in words.
        summary: String,
    }

    /// One item of the environment sheet.
    EnvironmentItem {
        /// What is compared: processor, memory, operating system, data volume.
        item: String,
        /// In production.
        production: String,
        /// In the test environment.
        test: String,
        /// The difference; "none" when there is none.
        difference: String,
        /// What that difference may hide.
        risk: String,
    }

    /// The conclusion of one category.
    CategoryResult {
        /// The conclusion.
        conclusion: Option<TestConclusion>,
        /// Why it is not applicable.
        reason: String,
        /// The release administrator who agrees that it is not applicable.
        consented_by: Option<UserId>,
        /// Remarks: measured values against expected ones, for example.
        remarks: String,
    }

    /// The rehearsal of the rollback.
    RollbackRehearsal {
        /// True when it was rehearsed.
        rehearsed: bool,
        /// When.
        at: Option<DateTime<Utc>>,
        /// How long it took, in minutes; the rollback of the real release is compared with it.
        duration_minutes: u32,
        /// What came of it.
        result: String,
        /// Why it was not rehearsed; shown in the quarterly report.
        exemption_reason: String,
    }

    /// A defect.
    Defect {
        /// Short name inside this table.
        key: String,
        /// What is wrong.
        title: String,
        /// How bad it is.
        level: Option<DefectLevel>,
        /// Where it stands.
        state: Option<DefectState>,
        /// Number in an outside system.
        reference: String,
    }

    /// A release unit as it was tested.
    TestedUnit {
        /// Identity.
        unit_id: Option<UnitId>,
        /// Name.
        name: String,
        /// Version.
        version: String,
        /// SHA-256 of the file, in lower-case hex.
        sha256: String,
    }
}
