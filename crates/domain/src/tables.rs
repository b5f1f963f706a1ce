//! The tables of [`crate::subjects::release::procedure`] as pages: stage by command, and role by action. They are generated, committed and
//! compared, so that a change of the procedure is read as a change of these pages.

mod access;

use crate::{
    blocks::{document::DocumentKind, task::TASK_RULES},
    people::role::Role,
    subject::{
        operation::{Grant, Operation},
        refusal::Text,
    },
    subjects::release::{
        command::CommandName,
        gate::Gate,
        procedure::{COMMANDS, CommandRule, DOCUMENTS, STAGES, StageRule, Who},
        stage::Stage,
    },
};

/// Every generated page: file name and text.
#[must_use]
pub fn generate() -> Vec<(&'static str, String)> {
    vec![("lifecycle.md", lifecycle()), ("policy.md", policy()), ("access.md", access::access())]
}

const NOTE: &str =
    "<!-- Generated from crates/domain/src/subjects/release/procedure.rs by `cargo xtask tables`. Do not edit. -->\n\n";

/// A table of Markdown.
fn table(page: &mut String, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let line =
        |cells: &[String]| format!("| {} |\n", cells.iter().map(|c| c.replace('|', "\\|")).collect::<Vec<_>>().join(" | "));
    page.push_str(&line(&head.iter().map(ToString::to_string).collect::<Vec<_>>()));
    page.push_str(&format!("|{}\n", " --- |".repeat(head.len())));
    rows.into_iter().for_each(|row| page.push_str(&line(&row)));
    page.push('\n');
}

fn both(text: &Text) -> String {
    format!("{} {}", text.zh, text.en)
}

fn list<T>(items: impl IntoIterator<Item = T>, name: impl Fn(T) -> String) -> String {
    let names: Vec<String> = items.into_iter().map(name).collect();
    if names.is_empty() { "–".to_owned() } else { names.join("<br>") }
}

fn lifecycle() -> String {
    let mut page = format!("{NOTE}# 阶段与操作 Stages and commands\n\n## 阶段 Stages\n\n");
    let head = ["阶段 stage", "条款 clause", "文档 documents", "审批 approvals", "任务 tasks", "出口 exits"];
    table(&mut page, &head, STAGES.iter().map(stage_row));
    page.push('\n');
    page.push_str("## 操作 Commands\n\n");
    let head = ["操作 command", "条款 clause", "办理人 who", "条件 gates"];
    table(&mut page, &head, COMMANDS.iter().map(command_row));
    page.push_str("## 文档 Documents\n\n");
    let head = ["文档 document", "条款 clause", "编写 author", "阶段 stages", "提交条件 gates"];
    let row = |rule: &crate::subjects::release::procedure::DocumentRule| {
        let stages = list(rule.stages, |s| format!("`{s}`"));
        let gates = list(rule.gates, |g| both(&gate(*g)));
        vec![both(&rule.kind.text()), rule.clause.to_owned(), rule.author.zh().to_owned(), stages, gates]
    };
    table(&mut page, &head, DOCUMENTS.iter().map(row));
    page.push_str("## 任务 Tasks\n\n");
    let head = ["任务 task", "条款 clause", "未完成时阻止 stops", "核实 verifies", "可免除 may waive", "可手工增加 by hand"];
    let author = Text::new("表决人", "author of the vote");
    let row = |rule: &crate::blocks::task::TaskRule| {
        let role = |role: Option<Role>| role.map_or_else(|| "–".to_owned(), |r| r.zh().to_owned());
        let by_hand = if rule.can_be_added { "●" } else { "" };
        let name = both(&rule.kind.text());
        vec![
            name,
            rule.clause.to_owned(),
            both(&rule.blocks.text()),
            if rule.kind == crate::blocks::task::TaskKind::Condition { both(&author) } else { role(rule.verifier) },
            if rule.kind == crate::blocks::task::TaskKind::Condition { both(&author) } else { role(rule.waivable_by) },
            by_hand.to_owned(),
        ]
    };
    table(&mut page, &head, TASK_RULES.iter().map(row));
    page.push_str("## 阶段 × 操作 Stage × command\n\n");
    let stages: Vec<String> = Stage::ALL.iter().map(|s| format!("{} {}", s.zh(), s.en())).collect();
    let head: Vec<&str> = std::iter::once("").chain(stages.iter().map(String::as_str)).collect();
    let row = |rule: &CommandRule| {
        let mark = |stage: &Stage| if known_in(rule, *stage) { "●" } else { "" };
        std::iter::once(format!("`{}`", rule.name)).chain(Stage::ALL.iter().map(|s| mark(s).to_owned())).collect()
    };
    table(&mut page, &head, COMMANDS.iter().map(row));
    page
}

/// Documents are written in the stages of their own rows.
fn known_in(rule: &CommandRule, stage: Stage) -> bool {
    match rule.name {
        CommandName::SaveDraft | CommandName::SubmitDocument => DOCUMENTS.iter().any(|d| d.stages.contains(&stage)),
        _ => rule.stages.contains(&stage),
    }
}

fn stage_row(rule: &StageRule) -> Vec<String> {
    vec![
        format!("`{}` {}", rule.stage, rule.stage.zh()),
        rule.clause.to_owned(),
        list(rule.documents, |d| d.zh().to_owned()),
        list(rule.approvals, |a| a.zh().to_owned()),
        list(rule.tasks, |t| t.zh().to_owned()),
        list(rule.exits, |(exit, commands, to)| {
            let commands: Vec<String> = commands.iter().map(|command| format!("`{command}`")).collect();
            format!("{} → `{to}`（{}）", both(&exit.text()), commands.join("、"))
        }),
    ]
}

fn command_row(rule: &CommandRule) -> Vec<String> {
    vec![
        format!("`{}` {} {}", rule.name, rule.zh, rule.en),
        rule.clause.to_owned(),
        list(rule.who, |w| both(&who(*w))),
        list(rule.gates, |g| both(&gate(*g))),
    ]
}

fn policy() -> String {
    let mut page = format!("{NOTE}# 角色与操作 Roles and actions\n\n## 发布内 Inside a release\n\n");
    page.push_str("● 本人或其代理人 the holder or a deputy. 编写人、成员、任务 rows depend on the document, panel or task.\n\n");
    let mut columns: Vec<Who> = Role::TEAM.iter().map(|r| Who::Team(*r)).collect();
    columns.extend([Who::Company(Role::ChangeManager), Who::Company(Role::GeneralManager), Who::Company(Role::ProcessOwner)]);
    columns.extend([Who::Author, Who::PanelMember, Who::Assignee, Who::Verifier, Who::Waiver, Who::Reader]);
    let names: Vec<String> = columns.iter().map(|w| both(&who(*w))).collect();
    let head: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    let row = |rule: &CommandRule| {
        let mark = |w: &Who| if rule.who.contains(w) { "●" } else { "" };
        std::iter::once(format!("`{}` {}", rule.name, rule.zh)).chain(columns.iter().map(|w| mark(w).to_owned())).collect()
    };
    table(&mut page, &head, COMMANDS.iter().map(row));
    page.push_str("## 发布外 Outside a release\n\n");
    let head = ["操作 operation", "谁 who"];
    let row = |operation: &Operation| vec![format!("`{}`", operation.as_str()), grant(operation.grant())];
    table(&mut page, &head, Operation::ALL.iter().map(row));
    page
}

fn grant(grant: Grant) -> String {
    let roles = |roles: &[Role]| list(roles, |r| both(&(*r).into()));
    match grant {
        Grant::SignedIn => "所有已登录的人 everybody signed in".to_owned(),
        Grant::Everybody => "有任一角色的人 everybody with a role".to_owned(),
        Grant::Roles(some) => roles(some),
        Grant::OwnOr(some) => format!("本人 one's own<br>{}", roles(some)),
    }
}

fn who(who: Who) -> Text {
    match who {
        Who::Team(role) => role.into(),
        Who::Company(role) => Text::new(format!("{}（公司）", role.zh()), format!("{} of the company", role.en())),
        Who::Author => Text::new("编写人", "author"),
        Who::PanelMember => Text::new("评审成员", "panel member"),
        Who::Assignee => Text::new("任务责任人", "assignee"),
        Who::Verifier => Text::new("任务核实人", "verifier"),
        Who::Waiver => Text::new("可免除任务的人", "who may waive it"),
        Who::Reader => Text::new("可查看且有职责的人", "every reader who has a say"),
    }
}

fn gate(gate: Gate) -> Text {
    let parts = |zh: &str, text: Text, en: &str| Text::new(format!("{}{zh}", text.zh), format!("{}{en}", text.en));
    match gate {
        Gate::Submitted(kind) => submitted(kind),
        Gate::SignedOff(kind) => parts("已通过", kind.text(), " passed"),
        Gate::TasksDone(step) => parts("前的任务已完成", step.text(), ": tasks before it done"),
        Gate::NormalRoute => Text::new("正常发布", "normal route"),
        Gate::EmergencyRoute => Text::new("紧急发布", "emergency route"),
        Gate::TeamComplete => Text::new("六个角色均已指定", "team complete"),
        Gate::DutiesSeparated => Text::new("职责分离", "duties separated"),
        Gate::ChangesApproved => Text::new("变更均已批准", "changes approved"),
        Gate::GroupingOpen => Text::new("合并待确认", "release packaging not yet confirmed"),
        Gate::GroupingConfirmed => Text::new("合并已确认", "release packaging confirmed"),
        Gate::OpinionsAsked => Text::new("已征求意见", "opinions asked"),
        Gate::DepartmentsHaveReviewers => Text::new("相关部门有评审人", "departments have reviewers"),
        Gate::UnitsRegistered => Text::new("已登记发布单元", "units registered"),
        Gate::UnitsTested => Text::new("发布单元测试通过", "units tested"),
        Gate::TestedOrEmergency => Text::new("已测试验收（紧急发布后补）", "tested and accepted (an emergency makes it up)"),
        Gate::UnitsInLibrary => Text::new(
            "发布单元均已入库且哈希一致（紧急发布后补）",
            "units in the media library, hashes equal (an emergency makes it up)",
        ),
        Gate::RollbackInLibrary => Text::new("回退版本均在最终软件库", "versions to return to in the media library"),
        Gate::LibraryMadeUp => Text::new("紧急发布的单元已补办入库", "units of an emergency checked in since"),
        Gate::TestPassed => Text::new("测试结论通过", "test verdict pass"),
        Gate::RepresentativeEntitled => Text::new("客户代表有授权", "representative authorised"),
        Gate::AcceptedVersion => Text::new("测试报告覆盖现有版本", "report covers the registered versions"),
        Gate::RisksAccepted => Text::new("风险已分析并接受", "risks analysed and accepted"),
        Gate::RollbackRehearsed => Text::new("回退已演练、程序有效", "rollback rehearsed, procedures effective"),
        Gate::WindowAhead => Text::new("窗口未过", "window not over"),
        Gate::WindowOpen => Text::new("在窗口内", "inside the window"),
        Gate::NoConflict => Text::new("窗口无冲突，或已说明理由", "no conflict of the window, or a reason given"),
        Gate::DutiesAcknowledged => Text::new("上线计划指定的人员已本人确认职责", "duties met by the people whom the plan names"),
        Gate::BaselinesTaken => Text::new("配置基线已记录", "baselines taken"),
        Gate::RollingBack => Text::new("正在回退", "rolling back"),
        Gate::NotRollingBack => Text::new("未在回退", "not rolling back"),
        Gate::PhaseDone => Text::new("当前阶段的步骤均已完成", "steps of the phase done"),
        Gate::NotSuccessful => Text::new("结论不是成功", "not successful"),
        Gate::MemberUnable => Text::new("有评审成员无法表决", "a panel member can act no more"),
        Gate::VerdictOpen => Text::new("结论未作出，或被补办的测试否定", "no verdict yet, or refuted by made-up tests"),
        Gate::VerdictHolds => Text::new("补办的测试没有否定结论", "verdict not refuted by made-up tests"),
        Gate::UnitsPlanned => Text::new("登记的发布单元与方案步骤一致", "units as the steps of the plan"),
        Gate::NoOpenApproval => Text::new("无未结束审批", "no open approval"),
        Gate::NoObjection => Text::new("无异议", "no objection"),
        Gate::ConfigurationConfirmed => Text::new("配置项均已更新", "configuration updated"),
        Gate::EmergencyFounded => {
            Text::new("紧急变更，或总经理批准的例外", "emergency change, or an exception by the general manager")
        }
        Gate::ReportAfterPlan => Text::new("测试报告不早于现行发布方案", "test report no older than the plan"),
        Gate::TestsAsReported => Text::new("测试报告与测试记录一致", "test report as the test runs say"),
        Gate::SuccessAllowed => Text::new("事实允许判定为成功", "the facts allow success"),
        Gate::ArchiveComplete => Text::new("归档完整", "archive complete"),
    }
}

fn submitted(kind: DocumentKind) -> Text {
    let Text { zh, en } = kind.text();
    Text::new(format!("{zh}已提交"), format!("{en} submitted"))
}
