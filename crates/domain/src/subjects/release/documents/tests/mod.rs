//! One complete example of each document, and what is refused when a part of it is taken away.

mod contents;
mod go_live;
mod plan;
mod report;

use super::{
    GoLivePlan, ReleasePlan, ReleaseReport, TestCategory, TestReport,
    go_live::{Communication, ConflictReason, Duty, GoLiveWay},
    plan::*,
    report::{Count, ReportFigures, ReportedProblem},
    rollback::*,
    test_report::*,
    test_results::{CaseResult, CaseStanding},
};
use crate::blocks::document::{
    DocumentContent, DocumentContext, MissingCode,
    types::{Grade, PlannedResource, ResourceKind, Table, Window},
};
use crate::{
    ids::{CustomerId, DeputyId, ServiceObjectId, UserId},
    language::Language,
    people::{
        directory::{Deputy, Directory, ServiceObject, User},
        role::Role,
    },
    subjects::registers::{
        Register,
        configuration_item::{ConfigurationItem, ConfigurationItemId},
    },
    text::{Code, Line},
    time::quarter::Quarter,
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Everything a rule may look at, owned.
struct World {
    directory: Directory,
    objects: Vec<ServiceObjectId>,
    plan: ReleasePlan,
    items: Vec<ConfigurationItem>,
}

fn user_id(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn object_id() -> ServiceObjectId {
    ServiceObjectId(Uuid::from_u128(100))
}

/// Friday 2026-11-27 22:00 in China plus so many minutes: the window opens at 0 and closes at 240.
fn at(minutes: i64) -> DateTime<Utc> {
    "2026-11-27T14:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn item(number: &str) -> ConfigurationItem {
    let stated = serde_json::json!({
        "number": number, "name": "应用", "kind": "software", "environment": "production", "state": "live", "item_version": "1.0"
    });
    ConfigurationItem::of(ConfigurationItemId(Uuid::from_u128(500)), 1, &serde_json::from_value(stated).unwrap(), None)
}

fn world() -> World {
    let mut directory = Directory::default();
    for (n, role, active) in [
        (1, Role::ReleaseAdministrator, true),
        (2, Role::Implementer, true),
        (3, Role::SupportStaff, true),
        (4, Role::Implementer, false),
        (5, Role::Auditor, true),
        (6, Role::CustomerRepresentative, true),
    ] {
        let user = User {
            id: user_id(n),
            login: format!("u{n}"),
            name: Line::parse(&format!("张三{n}")).unwrap(),
            email: None,
            phone: None,
            department_id: None,
            position: None,
            roles: [role].into_iter().collect(),
            language: Language::Chinese,
            active,
            session_version: 1,
            version: 1,
        };
        directory.users.insert(user.id, user);
    }
    let object = ServiceObject {
        id: object_id(),
        code: Code::parse("OA").unwrap(),
        name: Line::parse("办公系统").unwrap(),
        customer_id: CustomerId(Uuid::from_u128(200)),
        departments: vec![],
        active: true,
        version: 1,
    };
    directory.service_objects.insert(object.id, object);
    World { directory, objects: vec![object_id()], plan: plan(), items: vec![item("CI-17")] }
}

impl World {
    fn context(&self) -> DocumentContext<'_> {
        let mut context = DocumentContext::new(&self.directory, &self.objects, at(-600));
        context.executed_cases = TestCategory::ALL.iter().map(|category| (*category, 2)).collect();
        context.cases = TestCategory::ALL.iter().map(|category| case_of(*category, CaseStanding::Passed)).collect();
        context.release_plan = Some(&self.plan);
        context.items = &self.items;
        context
    }

    /// `u{n}` is away on the day of the window.
    fn away(mut self, n: u128) -> Self {
        let day = "2026-11-27".parse().unwrap();
        let id = DeputyId(Uuid::from_u128(300));
        self.directory.deputies.push(Deputy {
            id,
            principal: user_id(n),
            deputy: user_id(1),
            from: day,
            until: day,
            absent: true,
            version: 1,
        });
        self
    }
}

/// A case of a category with its standing.
fn case_of(category: TestCategory, standing: CaseStanding) -> CaseResult {
    let id = crate::ids::TestCaseId(Uuid::from_u128(category as u128));
    CaseResult { id, category, title: format!("用例{category}"), standing, was_run: standing != CaseStanding::Open }
}

/// What the content lacks, as clause, pointer and code.
fn lacks(content: impl Into<DocumentContent>, context: &DocumentContext<'_>) -> Vec<(&'static str, String, MissingCode)> {
    let missing = content.into().missing(context);
    assert!(missing.iter().all(|m| !m.zh.is_empty() && !m.en.is_empty()));
    missing.into_iter().map(|m| (m.clause, m.pointer, m.code)).collect()
}

fn window() -> Window {
    Window { start: Some(at(0)), end: Some(at(240)) }
}

fn step(key: &str, start: i64, duration_minutes: u32, predecessors: &[&str]) -> PlanStep {
    PlanStep {
        key: text(key),
        title: format!("步骤{key}"),
        person: Some(user_id(2)),
        start: Some(at(start)),
        duration_minutes,
        predecessors: predecessors.iter().map(|key| text(key)).collect(),
        check: text("返回码为0"),
        ..PlanStep::default()
    }
}

fn plan() -> ReleasePlan {
    let item = |key: &str| RollbackItem {
        key: text(key),
        object: text("存储过程 p_pay"),
        action: text("恢复备份"),
        person: Some(user_id(2)),
        duration_minutes: 20,
    };
    ReleasePlan {
        purpose: text("修复审批超时"),
        impact: text("办公系统停用四小时"),
        affected: Affected {
            service_objects: vec![object_id()],
            users: text("全体员工"),
            from: Some(at(0)),
            until: Some(at(240)),
        },
        configuration_items: vec![PlannedItem {
            key: text("c1"),
            identifier: text("CI-17"),
            planned_version: text("2.4.1"),
            ..PlannedItem::default()
        }],
        backups: vec![Backup {
            key: text("b1"),
            service_object: Some(object_id()),
            object: text("oa 数据库"),
            kind: Some(BackupKind::Data),
            method: text("全量导出"),
            place: text("备份服务器"),
            responsible: Some(user_id(2)),
            at: Some(at(-60)),
            restore_check: text("在测试库恢复"),
            not_needed_reason: String::new(),
        }],
        steps: vec![step("s1", 0, 30, &[]), step("s2", 30, 60, &["s1"])],
        window: window(),
        staffing: text("两人一组"),
        resources: vec![PlannedResource {
            name: text("李四"),
            kind: Some(ResourceKind::People),
            planned_minutes: 240,
            ..PlannedResource::default()
        }],
        rollback: RollbackPlan {
            criteria: text("冒烟测试失败"),
            decider: Some(user_id(1)),
            systems: vec![RollbackSystem {
                service_object: Some(object_id()),
                system: text("办公系统"),
                time_point: Some(at(-60)),
            }],
            latest_safe_start: Some(at(160)),
            data_objects: Table::of(vec![item("d1")]),
            configuration_data: Table::not_applicable("没有改配置"),
            applications: Table::of(vec![RollbackApplication {
                key: text("a1"),
                unit: text("oa.war"),
                target_version: text("2.4.0"),
                action: text("重新部署"),
                person: Some(user_id(2)),
                duration_minutes: 30,
            }]),
            notifications: Table::of(vec![RollbackContact {
                key: text("n1"),
                system: text("门户"),
                contact: text("王五"),
                channel: text("电话"),
            }]),
        },
        problems: vec![ExpectedProblem { phenomenon: text("端口被占用"), solution: text("停旧进程") }],
        other_work: Table::of(vec![OtherWork {
            key: text("w1"),
            title: text("观察三天"),
            assignee: Some(user_id(3)),
            due: "2026-12-02".parse().ok(),
            kind: Some(OtherWorkKind::Watch),
        }]),
        risks: vec![Risk {
            key: text("r1"),
            cause: text("数据库迁移失败"),
            probability: Some(Grade::Low),
            impact: Some(Grade::High),
            level: Some(Grade::Medium),
            control: text("先演练"),
            owner: Some(user_id(1)),
            residual: Some(Grade::Low),
        }],
        acceptance_criteria: vec![AcceptanceCriterion { key: text("k1"), text: text("审批在3秒内打开") }],
    }
}

fn test_report() -> TestReport {
    let result = CategoryResult { conclusion: Some(TestConclusion::AsExpected), ..CategoryResult::default() };
    TestReport {
        environment: vec![EnvironmentItem {
            item: text("内存"),
            production: text("32G"),
            test: text("16G"),
            difference: text("一半"),
            risk: text("性能偏低"),
        }],
        categories: TestCategory::ALL.iter().map(|category| (*category, result.clone())).collect(),
        rollback_rehearsal: RollbackRehearsal {
            rehearsed: true,
            at: Some(at(-2000)),
            duration_minutes: 45,
            result: text("恢复到基线"),
            exemption_reason: String::new(),
        },
        release_procedure_effective: Some(true),
        rollback_procedure_effective: Some(true),
        defects: vec![Defect {
            key: text("f1"),
            title: text("提示错字"),
            level: Some(DefectLevel::Minor),
            state: Some(DefectState::Accepted),
            reference: String::new(),
        }],
        tested_units: vec![TestedUnit { unit_id: None, name: text("oa.war"), version: text("2.4.1"), sha256: "0a".repeat(32) }],
        verdict: Some(TestVerdict::Pass),
        summary: text("与预期一致"),
    }
}

fn go_live() -> GoLivePlan {
    let duty = |n, command, customer_contact, support| Duty {
        person: Some(user_id(n)),
        duty: text("现场"),
        phone: text("13800000000"),
        deputy: Some(user_id(n % 3 + 1)),
        command,
        customer_contact,
        support,
    };
    let mut plan = GoLivePlan::prefill(&plan());
    plan.conflict_reasons = vec![ConflictReason { conflict: text("same_object/REL-1"), reason: text("同一团队") }];
    plan.procurement = Table::not_applicable("不采购");
    plan.storage = Table::not_applicable("不存储");
    plan.way = Some(GoLiveWay::Full);
    plan.communication = Communication {
        message: text("周五晚停用"),
        recipients: vec![text("客户服务台 desk@example.com")],
        send_at: Some(at(-1440)),
        ..plan.communication
    };
    plan.roster = vec![duty(1, true, true, false), duty(2, false, false, false), duty(3, false, false, true)];
    for step in &mut plan.rollback_steps {
        step.person = step.person.or(Some(user_id(2)));
        step.duration_minutes = step.duration_minutes.max(5);
    }
    plan
}

fn report() -> ReleaseReport {
    ReleaseReport {
        problems: Table::of(vec![ReportedProblem {
            phenomenon: text("启动慢"),
            cause: text("缓存冷"),
            solution: text("预热"),
            lesson: text("步骤中加预热"),
        }]),
        figures: Some(ReportFigures {
            quarter: Quarter::new(2026, 4),
            releases_in_quarter_to_date: 10,
            by_kind: vec![Count { key: text("minor"), count: 10 }],
            successes: 9,
            rate: text("9/10 = 90.00 %"),
            rule: text("D8"),
            ..ReportFigures::default()
        }),
        knowledge_and_training: text("已培训两场"),
        resource_deviation: text("无偏差"),
        watch_result: text("三天无事件"),
        conclusion: text("成功"),
    }
}
