//! The names of everything that can happen, as the log calls it, in both languages: for lists and filters of the log.

use crate::{subject::refusal::Text, subjects::registers::all::REGISTERS};

/// The table: the kind of an entry, Chinese, English.
#[rustfmt::skip]
const KINDS: &[(&str, &str, &str)] = &[
    // A release as a whole.
    ("release.created", "创建发布", "release created"),
    ("release.imported", "导入发布", "release imported"),
    ("release.stage_changed", "进入新阶段", "stage changed"),
    ("release.window_set", "确定上线窗口", "window set"),
    ("release.suspended", "挂起发布", "release suspended"),
    ("release.resumed", "恢复发布", "release resumed"),
    ("release.cancelled", "取消发布", "release cancelled"),
    ("release.verdict_recorded", "判定发布结果", "verdict recorded"),
    ("release.closed", "关闭发布", "release closed"),
    ("release.reopened", "重新打开发布", "release reopened"),
    ("release.completed", "发布完成", "release completed"),
    ("release.commented", "评论", "comment"),
    ("release.closure_overdue", "逾期未关闭", "closure overdue"),
    ("release.closure_overdue_cleared", "解除逾期未关闭标记", "closure no longer overdue"),
    ("release.report_overdue", "发布报告逾期", "release report overdue"),
    ("release.report_overdue_cleared", "解除发布报告逾期标记", "release report no longer overdue"),
    // Its team and its changes.
    ("release.role_assigned", "指定角色", "role assigned"),
    ("release.role_vacated", "免去角色", "role vacated"),
    ("release.exception_granted", "批准例外", "exception granted"),
    ("release.risk_accepted", "接受风险", "risk accepted"),
    ("release.change_added", "加入变更", "change added"),
    ("release.service_objects_added", "增加服务对象", "service objects added"),
    ("release.change_removed", "移除变更", "change taken out"),
    ("release.grouping_confirmed", "确认合并发布", "grouping confirmed"),
    // Documents, approvals, tasks.
    ("document.draft_saved", "保存草稿", "draft saved"),
    ("document.submitted", "提交文件", "document submitted"),
    ("approval.opened", "发起审批", "approval opened"),
    ("approval.vote_cast", "表决", "vote cast"),
    ("approval.member_added", "增加审批人", "panel member added"),
    ("approval.member_replaced", "更换评审成员", "panel member replaced"),
    ("approval.remark_added", "补充意见", "remark added"),
    ("approval.decided", "审批结束", "approval decided"),
    ("task.opened", "新任务", "task opened"),
    ("task.submitted", "提交任务证据", "task submitted"),
    ("task.done", "任务完成", "task done"),
    ("task.returned", "任务退回", "task returned"),
    ("task.waived", "免除任务", "task excused"),
    ("task.reassigned", "转交任务", "task reassigned"),
    ("task.cancelled", "任务作废", "task cancelled"),
    // Test.
    ("unit.registered", "登记发布单元", "release unit registered"),
    ("unit.withdrawn", "撤下发布单元", "release unit withdrawn"),
    ("test_case.added", "增加测试用例", "test case added"),
    ("test_run.recorded", "记录测试", "test run recorded"),
    ("test_report.received", "接收测试报告", "test report received"),
    ("release.test_round_raised", "进入下一轮测试", "next test round"),
    // Deployment, configuration, archive.
    ("deployment.started", "开始部署", "deployment started"),
    ("deployment.phase_completed", "完成部署阶段", "phase completed"),
    ("deployment.rollback_started", "启动回退", "rollback started"),
    ("run_sheet.entry_recorded", "记录部署步骤", "run sheet entry"),
    ("configuration_change.planned", "增加配置项", "configuration item planned"),
    ("configuration_change.dropped", "移除配置项", "configuration item dropped"),
    ("configuration_change.baselined", "记录配置基线", "baseline recorded"),
    ("configuration_change.drafted", "生成配置更新请求", "configuration request drafted"),
    ("configuration_change.requested", "通知更新配置库", "configuration update requested"),
    ("configuration_change.returned", "退回配置更新请求", "configuration request returned"),
    ("configuration_change.confirmed", "确认配置已更新", "configuration update confirmed"),
    ("archive.record_excused", "说明不适用的归档记录", "archive record excused"),
    ("attachment.added", "上传附件", "file added"),
    ("attachment.addendum_added", "登记补充材料", "addendum added"),
    // Changes taken over.
    ("change.registered", "登记变更", "change registered"),
    ("change.updated", "更正变更", "change corrected"),
    ("change.approved", "变更已批准", "change approved"),
    ("change.withdrawn", "撤回变更", "change withdrawn"),
    // Reports.
    ("quarterly_report.drafted", "生成季度报告草稿", "quarterly report drafted"),
    ("quarterly_report.assessed", "填写季度报告分析", "quarterly report assessed"),
    ("quarterly_report.submitted", "提交季度报告", "quarterly report submitted"),
    ("quarterly_report.approved", "批准季度报告", "quarterly report approved"),
    ("quarterly_report.returned", "退回季度报告", "quarterly report returned"),
    ("quarterly_report.restated", "更正季度报告", "quarterly report restated"),
    ("quarterly_report.measure_done", "完成改进措施", "measure completed"),
    ("report_schedule.sent", "定期发送报告", "scheduled report sent"),
    ("reminder.raised", "催办", "reminder raised"),
    // Registers.
    ("user.created", "新增人员", "person added"),
    ("user.updated", "修改人员", "person changed"),
    ("user.roles_changed", "修改角色授权", "roles changed"),
    ("user.password_changed", "修改密码", "password changed"),
    ("user.password_reset", "重置密码", "password reset"),
    ("user.notifications_changed", "修改通知设置", "notification settings changed"),
    ("calendar.year_replaced", "更新工作日历", "working calendar replaced"),
    ("robot.test_sent", "测试群机器人", "chat robot tested"),
    ("log.records_adopted", "记录纳入日志", "records taken over by the log"),
    ("log.records_migrated", "升级改写记录", "records rewritten by an upgrade"),
    ("ledger.imported", "导入发布台账", "ledger imported"),
    // Sessions, messages, background work.
    ("session.opened", "登录", "signed in"),
    ("session.closed", "退出登录", "signed out"),
    ("session.reauthenticated", "再次验证密码", "password entered again"),
    ("session.refused", "登录被拒", "sign-in refused"),
    ("session.reuse_detected", "发现凭证重复使用", "reuse of a session detected"),
    ("attempt.refused", "操作被拒", "attempt refused"),
    ("delivery.test_sent", "发送测试邮件", "test mail sent"),
    ("delivery.resent", "重新发送消息", "message sent again"),
    ("job.given_up", "后台任务已放弃", "background job given up"),
    ("job.requeued", "后台任务重新排队", "background job queued again"),
    ("instance.example_begun", "开始生成示例数据", "example begun"),
    ("instance.example_completed", "示例数据已生成", "example completed"),
    ("instance.files_folder_marked", "文件目录已登记", "folder of files marked"),
];

/// A kind of entry with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventKind {
    /// The word in the log.
    pub kind: &'static str,
    /// What people call it.
    pub name: Text,
}

/// Every kind of entry, in the order of the procedure; what a register logs is declared with it.
pub fn event_kinds() -> impl Iterator<Item = EventKind> {
    let written = REGISTERS.iter().flat_map(|register| register.commands().map(|command| (command.event, command.name)));
    let others = KINDS.iter().map(|(kind, zh, en)| (*kind, (*zh, *en)));
    others.chain(written).map(|(kind, (zh, en))| EventKind { kind, name: Text::new(zh, en) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        notifications::step_mail::STEP_MAILS,
        subjects::{
            event::{ConfigurationAction, TaskAction},
            release::overdue::FlagKind,
        },
    };

    #[test]
    fn each_kind_is_named_once_and_in_both_languages() {
        for (n, (kind, zh, en)) in KINDS.iter().enumerate() {
            assert!(KINDS[..n].iter().all(|(other, ..)| other != kind), "{kind} twice");
            assert!(kind.split_once('.').is_some() && !zh.is_ascii() && en.is_ascii() && !en.is_empty(), "{kind}");
        }
    }

    #[test]
    fn what_other_tables_speak_of_is_named() {
        let actions = TaskAction::ALL.iter().map(|action| format!("task.{action}"));
        let configuration = ConfigurationAction::ALL.iter().map(|action| format!("configuration_change.{action}"));
        let flags = FlagKind::ALL.iter().flat_map(|flag| [flag.raised_event(), flag.cleared_event()]).map(str::to_owned);
        let told = STEP_MAILS.iter().map(|row| row.event.to_owned());
        for kind in actions.chain(configuration).chain(flags).chain(told) {
            assert!(KINDS.iter().any(|(known, ..)| *known == kind), "{kind} has no name");
        }
    }
}
