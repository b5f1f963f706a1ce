//! 发布测试报告 (§5.4) and its test cases.

use crate::{Cast, Theme};
use chrono::{DateTime, Utc};
use fabu_domain::subjects::release::{
    command::NewTestCase,
    documents::{
        TestCategory, TestReport,
        test_report::{
            CategoryResult, Defect, DefectLevel, DefectState, EnvironmentItem, RollbackRehearsal, TestConclusion, TestVerdict,
        },
    },
    records::{Bound, Measurement},
};
use std::collections::BTreeMap;

/// The category that the example reports call not applicable, with consent.
const NOT_APPLICABLE: TestCategory = TestCategory::ManagementProcedures;

/// One case for each category that applies.
#[must_use]
pub fn test_cases(theme: &Theme) -> Vec<NewTestCase> {
    let case = |category: &TestCategory| NewTestCase {
        category: *category,
        title: format!("{}：{}", theme.system, category.zh()),
        procedure: format!("按《{}测试用例》执行", category.zh()),
        expected: match category {
            TestCategory::Performance => "并发200用户时响应时间不超过2秒".to_owned(),
            _ => "结果与需求一致，日志无报错".to_owned(),
        },
    };
    TestCategory::ALL.iter().filter(|c| **c != NOT_APPLICABLE).map(case).collect()
}

/// What the run of a performance case measured.
#[must_use]
pub fn measurement(category: TestCategory) -> Option<Measurement> {
    let number = |text: &str| text.to_owned();
    (category == TestCategory::Performance).then(|| Measurement {
        expected: number("2"),
        measured: number("1.4"),
        unit: "秒".to_owned(),
        bound: Bound::AtMost,
    })
}

/// The complete report with the verdict pass, of tests that ended by `now`. The system fills in the tested units.
#[must_use]
pub fn test_report(cast: &Cast, theme: &Theme, now: DateTime<Utc>) -> TestReport {
    TestReport {
        environment: vec![
            environment("操作系统", "银河麒麟 V10 SP3", "银河麒麟 V10 SP3", "", ""),
            environment("内存", "128 GB", "64 GB", "测试环境内存减半", "高峰并发未完全验证"),
        ],
        categories: TestCategory::ALL.iter().map(|c| (*c, conclusion(cast, *c))).collect::<BTreeMap<_, _>>(),
        rollback_rehearsal: RollbackRehearsal {
            rehearsed: true,
            at: Some(now),
            duration_minutes: 35,
            result: "按回退方案执行，恢复到上一版本，业务正常".to_owned(),
            exemption_reason: String::new(),
        },
        release_procedure_effective: Some(true),
        rollback_procedure_effective: Some(true),
        defects: vec![Defect {
            key: "d1".to_owned(),
            title: "查询页面分页显示错位".to_owned(),
            level: Some(DefectLevel::Minor),
            state: Some(DefectState::Fixed),
            reference: "BUG-1024".to_owned(),
        }],
        tested_units: Vec::new(),
        verdict: Some(TestVerdict::Pass),
        summary: format!("{}测试完成，结果符合预期，建议提交客户验收。", theme.title),
    }
}

/// The same with the verdict fail: a blocking defect is open.
#[must_use]
pub fn failed_test_report(cast: &Cast, theme: &Theme, now: DateTime<Utc>) -> TestReport {
    let mut report = test_report(cast, theme, now);
    report.defects.push(Defect {
        key: "d2".to_owned(),
        title: "批量导入时数据丢失".to_owned(),
        level: Some(DefectLevel::Blocking),
        state: Some(DefectState::Open),
        reference: "BUG-1025".to_owned(),
    });
    report.verdict = Some(TestVerdict::Fail);
    report.summary = format!("{}测试发现阻断性缺陷，退回修改方案。", theme.title);
    report
}

fn environment(item: &str, production: &str, test: &str, difference: &str, risk: &str) -> EnvironmentItem {
    EnvironmentItem {
        item: item.to_owned(),
        production: production.to_owned(),
        test: test.to_owned(),
        difference: difference.to_owned(),
        risk: risk.to_owned(),
    }
}

fn conclusion(cast: &Cast, category: TestCategory) -> CategoryResult {
    if category == NOT_APPLICABLE {
        return CategoryResult {
            conclusion: Some(TestConclusion::NotApplicable),
            reason: "本次发布不改变管理程序".to_owned(),
            consented_by: Some(cast.administrator),
            remarks: String::new(),
        };
    }
    let remarks = if category == TestCategory::Performance { "实测1.4秒，预期不超过2秒" } else { "" };
    CategoryResult { conclusion: Some(TestConclusion::AsExpected), remarks: remarks.to_owned(), ..CategoryResult::default() }
}
