//! 发布测试报告: the test report (§5.4).

use crate::blocks::document::types::content_types;
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
        environment: Vec<EnvironmentItem> = "环境对照" "environment sheet",
        /// One conclusion per category (5.4.1 to 5.4.6).
        categories: BTreeMap<TestCategory, CategoryResult> = "各类测试结论" "conclusions by category",
        /// The rehearsal of the rollback (RO1c).
        rollback_rehearsal: RollbackRehearsal = "回退演练" "rollback rehearsal",
        /// True: the release procedure works (RO1c).
        release_procedure_effective: Option<bool> as YesNo = "发布程序有效" "the release procedure works",
        /// True: the rollback procedure works (RO1c).
        rollback_procedure_effective: Option<bool> as YesNo = "回退程序有效" "the rollback procedure works",
        /// The exact units that were tested.
        tested_units: Vec<TestedUnit> = "被测发布单元" "tested units" by system,
        /// Defects found (5.4c).
        defects: Vec<Defect> = "缺陷" "defects",
        /// The verdict (5.4c).
        verdict: Option<TestVerdict> = "测试结论" "verdict",
        /// The result in words.
        summary: String as LongText = "结论说明" "summary",
    }

    /// One item of the environment sheet.
    EnvironmentItem {
        /// What is compared: processor, memory, operating system, data volume.
        item: String = "项目" "item",
        /// In production.
        production: String = "实际环境" "production",
        /// In the test environment.
        test: String = "测试环境" "test environment",
        /// The difference; "none" when there is none.
        difference: String = "差异" "difference",
        /// What that difference may hide.
        risk: String = "差异带来的风险" "risk of the difference",
    }

    /// The conclusion of one category.
    CategoryResult {
        /// The conclusion.
        conclusion: Option<TestConclusion> = "结论" "conclusion",
        /// Why it is not applicable.
        reason: String = "不适用的理由" "why not applicable" when conclusion "not_applicable",
        /// The release administrator who agrees that it is not applicable.
        consented_by: Option<UserId> = "同意人" "consented by" when conclusion "not_applicable",
        /// Remarks: measured values against expected ones, for example.
        remarks: String = "说明" "remarks",
    }

    /// The rehearsal of the rollback.
    RollbackRehearsal {
        /// True when it was rehearsed.
        rehearsed: bool = "已演练" "rehearsed",
        /// When.
        at: Option<DateTime<Utc>> = "演练时间" "when" when rehearsed true,
        /// How long it took, in minutes; the rollback of the real release is compared with it.
        duration_minutes: u32 as Minutes = "演练用时" "duration" when rehearsed true,
        /// What came of it.
        result: String as LongText = "演练结果" "result" when rehearsed true,
        /// Why it was not rehearsed; shown in the quarterly report.
        exemption_reason: String as LongText = "未演练的理由" "why it was not rehearsed" when rehearsed false,
    }

    /// A defect.
    Defect {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// What is wrong.
        title: String = "缺陷" "defect",
        /// How bad it is.
        level: Option<DefectLevel> = "级别" "level",
        /// Where it stands.
        state: Option<DefectState> = "状态" "state",
        /// Number in an outside system.
        reference: String = "外部编号" "outside reference",
    }

    /// A release unit as it was tested.
    TestedUnit {
        /// Identity.
        unit_id: Option<UnitId> = "已登记的发布单元" "registered unit",
        /// Name.
        name: String = "名称" "name",
        /// Version.
        version: String = "版本" "version",
        /// SHA-256 of the file, in lower-case hex.
        sha256: String = "SHA-256" "SHA-256",
    }
}
