//! Every reason the procedure knows: one row each, in clause order.

use super::ReasonKind;
use crate::language::Language;

/// Declares the catalogue: code, clause, kind, Chinese text, English text.
macro_rules! catalogue {
    ($($variant:ident $code:literal $clause:literal $kind:ident $zh:literal $en:literal;)+) => {
        /// Every reason the procedure knows.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $en] $variant),+ }

        impl Code {
            /// Every code, in clause order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word for programs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The row of the requirements table (and so the clause) that it comes from.
            #[must_use]
            pub const fn clause(self) -> &'static str {
                match self { $(Self::$variant => $clause),+ }
            }

            /// Which of the three kinds it is.
            #[must_use]
            pub const fn kind(self) -> ReasonKind {
                match self { $(Self::$variant => ReasonKind::$kind),+ }
            }

            /// The text with `{name}` places.
            #[must_use]
            pub const fn template(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::Chinese) => $zh, (Self::$variant, Language::English) => $en),+
                }
            }
        }
    };
}

catalogue! {
    ChangeNone "change.none" "2a" Missing "没有变更：发布须由至少一项已批准的变更发起" "there is no change: a release starts from at least one approved change";
    ChangeOutOfScope "change.out_of_scope" "2a" Missing "变更{number}涉及的对象不在该客户的服务对象登记内" "change {number} concerns an object outside the register of serviced objects of this customer";
    ServiceObjectNone "service_object.none" "2b" Missing "至少须指定一个服务对象" "at least one service object must be named";
    ServiceObjectUnknown "service_object.unknown" "2b" Missing "服务对象{object}不在登记册中或不属于该客户" "service object {object} is not in the register or not of this customer";
    CustomerUnknown "customer.unknown" "2b" Missing "客户不存在或已停用" "the customer does not exist or is inactive";
    RoleMissing "team.role_missing" "R0" Missing "尚未指定{role}" "no {role} is named";
    RoleNotGranted "team.role_not_granted" "R0" Missing "{name}没有{role}资格或账号已停用" "{name} is inactive or was not granted the role {role}";
    NotRepresentative "team.not_representative" "5.4d" Missing "{name}在该日期无权代表该客户" "{name} is not authorised to represent this customer on this date";
    DutiesNotSeparated "team.duties_not_separated" "R0" Missing "职责未分离：{roles}不能由同一人（{name}）担任，除非总经理批准例外" "duties are not separated: {roles} must not be the same person ({name}) without an exception by the general manager";
    CustomerNotSeparated "team.customer_not_separated" "5.4d" Missing "{roles}不能由同一人（{name}）担任或办理：客户的意见须由客户自己作出" "{roles} must not be the same person ({name}): the customer speaks for itself";
    AlreadyHolder "team.already_holder" "R0" Missing "{name}已担任{role}" "{name} is the {role} already";
    SelfAppointed "team.self_appointed" "D16" NotPermitted "{name}不能任命自己担任{role}" "{name} may not appoint themselves {role}";
    ExceptionOwn "exception.own_release" "D19" NotPermitted "{name}在该发布中担任角色或编写了方案，不能为其批准例外" "{name} holds a role in this release or wrote its plan and grants no exception in it";
    ExceptionGrantor "exception.grantor" "D19" Missing "{name}为该发布批准过例外，不能再在其中担任角色" "{name} granted an exception in this release and cannot hold a role in it";
    RegisterOwnRelease "register.own_release" "D19" NotPermitted "{name}参与了未结束的发布{release}，不能办理决定由谁评审、验收或何时到期的登记，也不能管理其中人员的账号：请未参与该发布的人员办理" "{name} takes part in the open release {release} and changes neither the registers that decide who reviews or accepts it and by when, nor the accounts of its people: ask somebody outside the release";
    NotPermitted "role.not_permitted" "4" NotPermitted "这一步由{who}办理" "this step belongs to {who}";
    NoRole "role.none" "RX" NotPermitted "您还没有任何角色，请系统管理员分配" "you hold no role yet; the system administrator assigns one";
    Contributor "approval.contributor" "R0" NotPermitted "{name}参与编写了该修订版，不能对其作出决定" "{name} has written in this revision and may not decide on it";
    OneVoteEach "approval.one_vote_each" "R0" NotPermitted "{name}在该评审中已有一票，不能再代他人表决" "{name} has a voice on this panel already and may not answer for another member as well";
    DeputyUnfit "deputy.unfit" "D16" NotPermitted "{name}不能代{principal}办理：{reason}" "{name} may not act for {principal}: {reason}";
    SeatLost "approval.seat_lost" "5.3a" NotPermitted "{name}不能再办理：{reason}" "{name} can act no more: {reason}";
    ReauthenticationNeeded "approval.reauthentication_needed" "5.6b" NotPermitted "上线审批须在{minutes}分钟内重新输入密码" "a go-live decision needs the password entered again within {minutes} minutes before it";
    WrongStage "release.wrong_stage" "5" Missing "当前阶段为{stage}，此操作只能在{stages}进行" "the release is in stage {stage}; this can be done in {stages}";
    ReleaseClosed "release.closed" "5.10a" Missing "发布{stage}，记录已封存：不能再评论、上传附件或增加任务；确需补充的材料由发布管理员注明原因后登记为补充材料" "the release is {stage} and its record is closed: no comment, file or task is added; the release administrator can add an addendum with a reason";
    AddendumReason "attachment.addendum_reason" "5.10a" Missing "补充材料须写明原因" "say why the addendum comes after the release was closed";
    Suspended "release.suspended" "RO2" Waiting "发布已挂起：{reason}" "the release is suspended: {reason}";
    NotSuspended "release.not_suspended" "RO2" Missing "发布没有挂起" "the release is not suspended";
    EmergencyRoute "release.emergency_route" "D11" Missing "紧急发布走紧急审批，不召开方案评审" "an emergency release takes the emergency approval, not the plan review";
    NormalRoute "release.normal_route" "D11" Missing "只有紧急发布可走紧急审批" "only an emergency release takes the emergency approval";
    EmergencyUnfounded "release.emergency_unfounded" "D11" Waiting "变更{number}不是紧急变更：走紧急审批须由总经理批准例外并说明原因" "change {number} is no emergency change: the emergency route needs an exception by the general manager, with a reason";
    ChangeNotApproved "change.not_approved" "9.1b" Waiting "变更{number}未经批准（状态：{state}）" "change {number} is not approved (state: {state})";
    ChangeInRelease "change.in_release" "5.1" Missing "变更{number}已在发布{release}中" "change {number} is in release {release} already";
    ChangeNotHere "change.not_here" "9.1a" Missing "该变更不在此发布中" "the change is not in this release";
    ChangeLast "change.last" "2a" Missing "不能移除唯一的变更，请取消发布" "the only change cannot be taken out: cancel the release instead";
    GroupingUnconfirmed "change.grouping_unconfirmed" "9.1a" Waiting "多项变更合并发布须经变更管理确认" "change management must confirm that these changes form one release";
    GroupingConfirmed "change.grouping_confirmed" "9.1a" Missing "合并已确认或只有一项变更" "the release packaging is confirmed already, or there is only one change";
    DocumentIncomplete "document.incomplete" "5.1x" Missing "{document}不完整：{item}" "the {document} is incomplete: {item}";
    DocumentNoDraft "document.no_draft" "5.1x" Missing "{document}没有未提交的草稿" "the {document} has no draft to submit";
    DocumentNotSubmitted "document.not_submitted" "5.1x" Missing "{document}尚未提交" "the {document} is not submitted";
    DocumentDraftNewer "document.draft_newer" "5.1x" Missing "{document}有未提交的修改" "the {document} has changes that are not submitted";
    DocumentUnchanged "document.unchanged" "5.1x" Missing "{document}与上一修订版相同" "the {document} equals its last revision";
    DocumentReturned "document.returned" "5.3c" Missing "{document}第{revision}版已被退回，须提交新修订版" "revision {revision} of the {document} was returned: submit a new one";
    DepartmentNoReviewer "department.no_reviewer" "5.3a" Missing "部门{department}没有负责人或副职" "department {department} has no head and no deputy head";
    DepartmentNone "release.no_department" "5.3a" Missing "所涉服务对象没有登记相关部门，无人评审方案：请先在服务对象中登记" "no department is concerned by the service objects, so that nobody would review the plan: register the departments of the service objects first";
    DepartmentMissing "department.missing" "5.3a" Missing "相关部门{department}未在评审成员中" "department {department} is concerned and not on the panel";
    PanelEmpty "approval.panel_empty" "5.3a" Missing "评审成员为空，请至少指定一人" "nobody is asked: name at least one member of the panel";
    PanelMemberUnfit "approval.member_unfit" "5.3a" Missing "{name}不能参加：账号停用、重复、不具有该身份或其角色在发布中没有决定权" "{name} cannot sit on the panel: inactive, named twice, not what the seat says, or with no role that has a say";
    PanelRule "approval.rule_impossible" "5.3a" Missing "通过规则无法满足：人数或必选成员不在名单中" "the rule cannot be met: its number or a member who must agree is not on the panel";
    PanelSection "approval.section_unknown" "5.3a" Missing "文档没有章节{section}" "the document has no section {section}";
    DepartmentHeadReplaced "department.head_replaced" "5.3a" Missing "部门{department}的负责人{head}在岗，由{name}代为评审须经总经理或流程负责人批准例外" "the head of department {department}, {head}, is present: {name} reviews only with an exception by the general manager or the process owner";
    QuorumReduced "approval.quorum_reduced" "5.3a" Missing "程序规定全体成员通过；减少通过人数须经总经理或流程负责人批准例外" "the procedure asks all members to agree: fewer need an exception by the general manager or the process owner";
    ReviewSectionsReduced "approval.sections_reduced" "5.3a" Missing "{name}须评审程序规定的全部章节；减少须经总经理或流程负责人批准例外" "{name} must answer for all sections that the procedure names: less needs an exception by the general manager or the process owner";
    ReviewSectionsUncovered "approval.sections_uncovered" "5.3a" Missing "没有成员评审这些章节：{sections}" "no member answers for these sections: {sections}";
    MemberUnable "approval.member_unable" "5.3a" Waiting "{name}无法表决（{reason}），请由发布管理员更换评审成员" "{name} cannot answer ({reason}): the release administrator asks somebody else instead";
    MemberUnknown "approval.member_unknown" "5.3a" Missing "{name}不是该评审的成员" "{name} is not a member of this panel";
    MemberAble "approval.member_able" "5.3a" Missing "{name}可以表决或已表决，不能更换" "{name} can answer or has answered and is not replaced";
    MembersAble "approval.members_able" "5.3a" Missing "没有无法表决的评审成员" "no member of an open panel is unable to answer";
    SuccessorUnfit "approval.successor_unfit" "5.3a" Missing "{name}不能接替该席位：须为现任角色持有人、部门负责人或有权的客户代表" "{name} cannot take this seat: it goes to the present holder of the role, the head of the department or an authorised representative";
    PanelOwnerMissing "approval.owner_missing" "5.6a" Missing "上线审批须包括发布负责人" "the go-live approval must include the release owner";
    PanelAdministratorOnly "approval.administrator_only" "5.6a" Missing "发布管理员不能是唯一审批人" "the release administrator must not be the only approver";
    ApprovalUnknown "approval.unknown" "5.3b" Missing "没有该审批" "there is no such approval";
    VoteRepeated "approval.repeated" "5.3b" Missing "这一表决已经作出，内容相同" "this very answer has been given already";
    ApprovalAnswered "approval.answered" "5.3b" NotPermitted "{name}的表决已作出，只能由作出的人更改" "the answer of {name} is given; only the person who gave it may change it";
    ApprovalStale "approval.stale" "5.3c" Missing "审批内容已变化" "the content asked about has changed";
    ApprovalOpen "approval.open" "5.10b" Waiting "{approval}未结束，等待{who}" "the {approval} is open, waiting for {who}";
    ApprovalOutdated "approval.outdated" "3.3" Missing "{approval}通过之后，其所依据的变更、发布单元、配置项或文件发生了变化，须重新审批" "what the {approval} looked at (changes, units, configuration items, documents) has changed since: it must be approved again";
    ApprovalNotPassed "approval.not_passed" "5.6b" Waiting "{approval}未通过" "the {approval} has not passed";
    VoteCommentRequired "approval.comment_required" "5.3b" Missing "有条件通过或退回须写明意见" "say why when you return or set conditions";
    VoteConditionRequired "approval.condition_required" "5.3b" Missing "有条件通过须列出条件" "an agreement with conditions must list them";
    VoteConditionUnexpected "approval.condition_unexpected" "5.3b" Missing "只有有条件通过才能附条件" "only an agreement with conditions may list conditions";
    AssigneeUnfit "task.assignee_unfit" "R0" Missing "{name}不能承担任务：账号停用或其角色在发布中没有决定权" "{name} cannot take a task: inactive, or with no role that has a say in this release";
    TaskNamedByPlan "task.named_by_plan" "5.7d" Missing "任务「{task}」由上线计划指定{name}本人完成；换人须收回上线计划并修订值班表" "the go-live plan names {name} for the task \"{task}\": to change the person, take the plan back and revise its roster";
    OpinionOtherDepartment "opinion.other_department" "4.RA1" Missing "{name}不属于被征求意见的部门，或担任发布管理员，不能承办「{task}」" "{name} does not belong to the department asked, or administers the release, and cannot take \"{task}\"";
    OpinionNotOverdue "opinion.not_overdue" "4.RA1" Waiting "「{task}」到期并催办后，{time}起方可由发布管理员免除；此前由发布负责人免除" "\"{task}\" can be waived by the release administrator from {time}, after its due day and the reminders; before that by the release owner";
    TaskUnknown "task.unknown" "R0" Missing "没有该任务" "there is no such task";
    TaskNotOpen "task.not_open" "R0" Missing "任务「{task}」状态为{state}" "task \"{task}\" has the state \"{state}\"";
    TaskNotSubmitted "task.not_submitted" "5.7d" Waiting "任务「{task}」尚无待核实的完成说明" "task \"{task}\" has no evidence to verify yet";
    TaskNotWaivable "task.not_waivable" "5.7" Missing "任务「{task}」不允许免除" "task \"{task}\" cannot be waived";
    TaskNotAddable "task.not_addable" "R0" Missing "此类任务由系统生成" "tasks of this kind are opened by the system";
    TaskByDocument "task.by_document" "3.5" Missing "任务「{task}」须通过提交失败发布回顾完成" "task \"{task}\" is done by submitting the review of the failed release";
    TaskByRecord "task.by_record" "D18" Missing "任务「{task}」由相应的文件或审批本身完成（补办），不能以文字说明代替" "task \"{task}\" is done by the document or approval itself, made up afterwards; words do not replace it";
    ReviewNotNeeded "review.not_needed" "3.5" Missing "只有未成功的发布才需要回顾" "only a release that was not successful is reviewed";
    TaskOpen "task.open" "5.10b" Waiting "任务「{task}」未完成（{who}）" "task \"{task}\" is open ({who})";
    TaskSelfVerified "task.self_verified" "5.7d" NotPermitted "{name}不能核实自己完成的任务" "{name} may not verify their own work";
    ImplementerNotOnRoster "duty.implementer_not_on_roster" "5.7c" Missing "发布实施人员{name}不在上线计划的值班表中：须收回上线计划，在值班表中列入并确认职责" "the implementer {name} is not on the duty roster: take the go-live plan back, put the person on the roster and have the duty acknowledged";
    DutyNotAcknowledged "duty.not_acknowledged" "5.7d" Waiting "上线计划指定的{name}尚未本人完成「{duty}」并经他人核实" "{name}, whom the go-live plan names, has not met \"{duty}\" in person, verified by somebody else";
    OpinionNobodyToAsk "opinion.nobody_to_ask" "4.RA1" Missing "没有尚未征求意见的部门：涉及的部门均已征求，或服务对象未登记相关部门；可另列要征求的部门" "there is no department left to ask: those concerned were asked, or the service objects name none; name further departments";
    OpinionNone "opinion.none" "4.RA1" Missing "尚未征求相关部门意见" "the departments concerned were not asked for their opinion";
    UnitNone "unit.none" "3.1b" Missing "没有登记发布单元" "no release unit is registered";
    UnitUnknown "unit.unknown" "3.1b" Missing "没有该发布单元" "there is no such release unit";
    UnitDuplicate "unit.duplicate" "3.1b" Missing "发布单元{unit}已登记，请先撤下" "release unit {unit} is registered already: withdraw it first";
    UnitHashInvalid "unit.hash_invalid" "3.1b" Missing "SHA-256须为64位小写十六进制" "a SHA-256 has 64 lower-case hexadecimal digits";
    UnitOtherVersion "unit.other_version" "RT1" Missing "发布单元{unit}登记的是版本{version}及另一哈希，测试须针对登记版本" "release unit {unit} is registered as version {version} with another hash: test what is registered";
    UnitNotTested "unit.not_tested" "3.1b" Missing "发布单元{unit} {version}未经测试通过" "release unit {unit} {version} has no passed test";
    UnitNotPlanned "unit.not_planned" "3.1b" Missing "发布方案的步骤没有安装发布单元{unit}：请修订方案，或撤下该单元" "no step of the release plan installs the unit {unit}: revise the plan, or withdraw the unit";
    PlannedUnitMissing "unit.planned_missing" "3.1b" Missing "发布方案步骤安装的发布单元{unit}没有登记：请登记，或修订方案" "the unit {unit}, which a step of the release plan installs, is not registered: register it, or revise the plan";
    UnitNotDeployed "unit.not_listed" "3.1b" Missing "未核对发布单元{unit}" "release unit {unit} was not checked";
    UnitHashDiffers "unit.hash_differs" "3.1b" Missing "发布单元{unit}的哈希与测试版本不同" "the hash of release unit {unit} is not the tested one";
    UnitNotInLibrary "unit.not_in_library" "9.2a" Missing "发布单元{unit} {version}不在最终软件库中（未入库或已撤出），不能部署：请配置管理员或发布管理员先将该版本入库" "release unit {unit} {version} is not in the definitive media library (not checked in, or withdrawn) and cannot be deployed: the configuration administrator or the release administrator checks it in";
    UnitLibraryHashDiffers "unit.library_hash_differs" "3.1b" Missing "发布单元{unit} {version}登记的哈希是{registered}，最终软件库中的是{library}：只能部署测试、入库和审批的同一文件，请核对后更正介质，或撤下该单元、按库中介质重新登记并测试" "release unit {unit} {version} is registered with the hash {registered}, the definitive media library has {library}: only the file that was tested, checked in and approved is deployed; correct the medium, or withdraw the unit, register it from the library and test it again";
    ReturnVersionNotInLibrary "unit.return_version_not_in_library" "5.2.4" Missing "回退要用的{unit} {version}不在最终软件库中（未入库或已撤出）：请配置管理员或发布管理员将该版本入库，或在发布方案的回退方案中改用库中的版本" "{unit} {version}, which the rollback returns to, is not in the definitive media library (not checked in, or withdrawn): the configuration administrator or the release administrator checks it in, or the rollback plan names a version that is there";
    ReturnVersionUnknown "unit.return_version_unknown" "5.2.4" Missing "发布单元{unit}没有可回退的版本：请在发布方案的回退方案中写明回退到的版本，或撤下该单元，登记时填写上一版本，首次上线的填写理由" "the release unit {unit} has no version to return to: name it in the rollback plan, or withdraw the unit and register it with its previous version, or with the reason why it goes live for the first time";
    MediumDeployed "media_item.deployed" "9.2b" Missing "{medium}是未结束的发布{release}的发布单元，不能撤出，也不能改其名称、版本或哈希：请待该发布结束，或由其发布管理员先撤下该单元" "{medium} is a unit of the open release {release}: it is not withdrawn, and its name, version and hash stay, until that release has ended or its administrator has withdrawn the unit";
    MediumReturnedTo "media_item.returned_to" "9.2b" Missing "未结束的发布{release}回退时要用{medium}，不能撤出，也不能改其名称、版本或哈希：请待该发布结束，或由其发布管理员先修订回退方案" "the open release {release} returns to {medium} when it is rolled back: it is not withdrawn, and its name, version and hash stay, until that release has ended or its administrator has revised the rollback plan";
    TestCaseUnknown "test_case.unknown" "RT1" Missing "没有该测试用例" "there is no such test case";
    MeasurementMissing "test_run.measurement_missing" "5.4.4" Missing "性能测试「{case}」须填写预期值、实测值和单位" "the performance test \"{case}\" needs the expected value, the measured value and their unit";
    MeasurementNotMet "test_run.measurement_not_met" "5.4.4" Missing "性能测试「{case}」的实测值未达到预期值，不能记为通过" "the value measured in the performance test \"{case}\" does not meet the expected one: the run has not passed";
    TestReportContradicts "test_report.contradicts_runs" "5.4c" Missing "测试报告与测试记录不符：{item}" "the test report is not what the test runs say: {item}";
    TestReportBeforePlan "test_report.before_plan" "5.4c" Missing "测试报告提交于发布方案第{revision}版之前，请测试员对照新方案补测或确认后重新提交" "the test report was submitted before revision {revision} of the release plan: the tester tests what changed, or confirms that it still holds, and submits it again";
    TestReportFailed "test_report.failed" "5.4c" Missing "测试结论不是通过" "the test verdict is not a pass";
    ProcedureNotEffective "test_report.procedure_not_effective" "RO1c" Missing "测试报告未确认{what}有效" "the test report does not confirm that {what} is effective";
    RollbackNotRehearsed "rollback.not_rehearsed" "RO1c" Missing "回退未经演练，也没有豁免原因" "the rollback was not rehearsed and no exemption is given";
    RiskNone "risk.none" "RO1b" Missing "没有风险分析" "there is no risk analysis";
    RiskNotAccepted "risk.not_accepted" "RO1b" Waiting "高剩余风险「{risk}」未由发布负责人具名接受" "the high residual risk \"{risk}\" is not accepted by name by the release owner";
    RiskUnknown "risk.unknown" "RO1b" Missing "没有高剩余风险「{risk}」" "there is no high residual risk \"{risk}\"";
    AcceptanceOtherVersion "acceptance.other_version" "5.4d" Missing "验收所依据的测试报告不是{unit}的现有版本" "the test report that the customer accepts does not cover {unit} as it is registered";
    WindowNone "window.none" "5.5.4" Missing "没有上线时间窗口" "there is no go-live window";
    WindowPast "window.past" "5.5.4" Missing "上线窗口已过（{end}）" "the go-live window is over ({end})";
    WindowNotOpen "window.not_open" "5.8a" Missing "上线窗口{start}才开始" "the go-live window opens at {start}";
    WindowConflict "window.conflict" "5.5.4" Waiting "{conflict}：请发布管理员改到其他时间" "{conflict}: the release administrator chooses another window";
    WindowFrozen "window.frozen" "5.5.4" Waiting "{conflict}：请改到其他时间，或由封网期指定的负责人批准例外" "{conflict}: choose another window, or ask whom the freeze names for an exception";
    WindowReasonMissing "window.reason_missing" "5.5.4" Missing "{conflict}：请在上线计划的“逐项冲突的理由”中写明原因，或由发布负责人说明" "{conflict}: give the reason in the go-live plan (reason for each conflict), or the release owner accepts it";
    ConflictUnknown "conflict.unknown" "5.5.4" Missing "没有冲突“{conflict}”：可能已经消失，请刷新" "there is no conflict \"{conflict}\": it may be gone, look again";
    ConflictNeedsReason "conflict.needs_reason" "5.5.4" Missing "请写明理由" "say why";
    ConflictAuthority "conflict.authority" "5.5.4" Waiting "{conflict}：须由{who}处理" "{conflict}: this is for {who}";
    ConflictHard "conflict.hard" "5.5.4" Waiting "{conflict}：不能以理由放行，请发布管理员改到其他时间" "{conflict}: no reason lifts this, the release administrator chooses another window";
    BaselineMissing "configuration.baseline_missing" "5.2" Missing "配置项{item}没有部署前基线" "configuration item {item} has no baseline";
    BaselineOutdated "configuration.baseline_outdated" "5.2" Missing "配置项{item}在记录基线后已变为“{present}”：请重新记录基线" "configuration item {item} has become \"{present}\" since its baseline was taken: take it again";
    BaselineDiffers "configuration.baseline_differs" "5.2" Missing "配置项{item}在配置库中是“{present}”：不填即取配置库的内容；库中有误时先由配置管理员更正" "the configuration database says \"{present}\" of configuration item {item}: leave the state out to take that; if it is wrong, the configuration administrator corrects it first";
    ConfigurationNotRegistered "configuration.not_registered" "9.2c" Missing "配置项{item}未在配置库登记（或已退役、属于另一客户）：请从配置库中选择，或请配置管理员登记" "configuration item {item} is not registered (or retired, or of another customer): choose one, or ask the configuration administrator to register it";
    ConfigurationUnknown "configuration.unknown" "5.9" Missing "没有该配置项变更" "there is no such configuration change";
    ConfigurationDuplicate "configuration.duplicate" "5.9" Missing "配置项{item}已在清单中" "configuration item {item} is listed already";
    ConfigurationState "configuration.wrong_state" "5.9" Missing "配置项{item}状态为{state}" "configuration item {item} has the state \"{state}\"";
    ConfigurationPending "configuration.pending" "3.4" Waiting "配置项{item}尚未更新" "configuration item {item} is not updated";
    ConfigurationDiffers "configuration.differs" "5.2" Missing "配置项{item}应为“{expected}”，实际与之不同：请写明原因，或退回请求" "configuration item {item} is expected to be \"{expected}\" and is not: say why, or return the request";
    ConfigurationNotUpdated "configuration.not_updated" "5.9" Missing "配置项{item}仍是基线版本：尚未更新时退回请求，不再涉及时由配置管理员移除并说明" "configuration item {item} still has the version of its baseline: return the request, or drop the item with a reason when it is not concerned";
    ConfigurationNothing "configuration.nothing_to_send" "5.9" Missing "没有待发送的配置更新请求" "there is no configuration update to send";
    ConfigurationSelf "configuration.self_confirmed" "5.9" NotPermitted "{name}实施了部署，不能确认同一配置项" "{name} took part in the deployment and may not confirm its configuration items";
    StepUnknown "run_sheet.step_unknown" "5.8a" Missing "上线计划没有步骤{step}" "the plan has no step {step}";
    StepOtherPhase "run_sheet.other_phase" "5.5.2" Missing "步骤{step}属于阶段{phase}，前一阶段尚未确认" "step {step} belongs to phase {phase}; the phase before is not confirmed";
    StepPredecessor "run_sheet.predecessor_open" "5.8a" Missing "前置步骤{step}未完成" "the preceding step {step} is not done";
    StepDone "run_sheet.step_done" "5.8a" Missing "步骤{step}已完成；更正须指明原记录" "step {step} is done: a correction names the entry it corrects";
    StepOpen "run_sheet.step_open" "5.8a" Missing "步骤{step}未完成" "step {step} is not done";
    StepTimes "run_sheet.times" "3.2" Missing "完成时间不能早于开始时间，也不能晚于现在；开始不能早于部署开始" "a step ends after it begins, not in the future, and begins after deployment started";
    StepNoteRequired "run_sheet.note_required" "5.8a" Missing "偏离、失败、免做、更正以及窗口外执行或补记的步骤须写明原因" "say why when a step deviates, fails, is waived or corrected, or is done or recorded outside the window";
    StepOutsideWindow "run_sheet.outside_window" "D17" Missing "步骤{step}不在批准的上线窗口（{window}）内完成，不能判定为成功，可判定为部分成功或失败" "step {step} was not carried out inside the approved window ({window}): the verdict can be partial or failed, not successful";
    ConfirmationConditions "verdict.conditions_open" "10a" Missing "结果确认附有条件「{task}」：带条件的确认不是成功" "the result was confirmed on the condition \"{task}\": that is no success";
    PerformerUnfit "run_sheet.performer_unfit" "R0" Missing "{name}不能实施步骤：账号停用，或其角色须与实施分离（测试、客户、审计、系统管理）" "{name} cannot carry out a step: inactive, or in a role separated from it (test, customer, audit, system administration)";
    StepDeviationMissing "run_sheet.deviation_missing" "D17" Missing "步骤{step}被免做、更正或在窗口结束后补记，没有由未实施也未登记该步骤的人记录的偏离：请发布管理员或负责人先记录偏离并注明该步骤，或判定为部分成功或失败" "step {step} was left out, corrected or recorded after the window, and nobody who neither carried it out nor entered it has recorded a deviation that names it: the administrator or the owner records one first, or record another verdict";
    StepNotInstalled "run_sheet.not_installed" "D17" Missing "步骤{step}安装发布单元，但已免做，不能判定为成功" "step {step} installs release units and was left out, so the deployment is no success";
    EntryUnknown "run_sheet.entry_unknown" "3.2" Missing "没有编号{n}的记录可更正" "there is no entry {n} of this step to correct";
    PhaseUnknown "deployment.phase_unknown" "5.5.2" Missing "没有阶段{phase}，或未到该阶段" "there is no phase {phase}, or it is not its turn";
    PhaseNoneLeft "deployment.no_phase_left" "5.5.2" Missing "所有阶段均已完成" "all phases are completed";
    PhaseNotConfirmed "deployment.phase_not_confirmed" "5.8b" Waiting "阶段{phase}未经全部确认" "phase {phase} is not confirmed by everybody asked";
    PhaseOpen "deployment.phase_open" "5.8b" Missing "阶段{phase}未完成" "phase {phase} is not completed";
    RollingBack "deployment.rolling_back" "5.8c" Missing "正在回退" "the deployment is being rolled back";
    NotRollingBack "deployment.not_rolling_back" "5.8c" Missing "没有启动回退" "no rollback was started";
    RollbackGroupOpen "rollback.group_open" "5.2x" Missing "回退步骤「{group}」未完成" "rollback group \"{group}\" is not done";
    UnplannedFix "verdict.unplanned" "D8" Missing "步骤{step}有偏离或失败，不能判定为成功" "step {step} deviated or failed: the verdict cannot be successful";
    VerdictContradicts "verdict.contradicts_rollback" "D8" Missing "已回退的发布只能判定为已回退或失败" "a deployment that was rolled back is \"rolled back\" or \"failed\"";
    VerdictStands "verdict.stands" "D8" Missing "结论已作出；只有补办的记录否定它或有人提出异议时，才能改判为更低的结论" "the verdict is recorded; it is only lowered, when what was made up refutes it or somebody objects";
    VerdictRefuted "verdict.refuted" "5.4c" Missing "补办的测试未通过，或补办的评审、验收被退回，发布不能为成功：请先改判" "tests that were made up failed, or a review or an acceptance that was made up was returned, so the release is no success: record another verdict first";
    RollbackGroupLeftOut "rollback.group_left_out" "5.2x" Missing "回退方案中列有内容的「{group}」已免做，不能判定为已回退：请补做，或判定为失败" "the rollback plan has something in \"{group}\", which was left out, so the release is not rolled back: do it, or record the verdict \"failed\"";
    Objection "confirmation.objection" "5.10b" Waiting "{who}对阶段{phase}的结果有异议" "{who} objects to the result of phase {phase}";
    NoObjection "confirmation.no_objection" "5.8b" Missing "阶段{phase}没有异议" "there is no objection to phase {phase}";
    ArchiveMissing "archive.missing" "5.10a" Missing "归档缺少：{record}" "missing from the archive: {record}";
    QuarterRunning "report.quarter_running" "6" Missing "{quarter} 尚未结束，不能编制季度报告" "{quarter} is not over: its report cannot be drafted yet";
    ReportState "report.wrong_state" "6" Missing "报告当前状态为{state}，不能作此操作" "the report has the state \"{state}\"; this is not possible now";
    AssessmentMissing "report.assessment_missing" "7a" Missing "尚未填写程序执行情况评估" "the assessment of how the procedure was carried out is missing";
    ImprovementMissing "report.improvement_missing" "6" Missing "尚未填写改进内容" "the section on improvement is missing";
    GapCauseMissing "report.gap_cause_missing" "7a" Missing "未达到目标，尚未说明差距原因" "the target is missed, and the cause of the gap is not stated";
    GapWithoutMeasure "report.gap_without_measure" "7a" Missing "未达到目标，须至少提出一项改进措施" "the target is missed: at least one measure is needed";
    MeasureIncomplete "report.measure_incomplete" "7a" Missing "第{number}项措施须有内容、能办理的在职责任人和期限" "measure {number} needs a text, a due date and an active owner of the company who can carry it out";
    FailureUnreviewed "report.failure_unreviewed" "3.5" Waiting "发布{release}未成功且尚未完成回顾" "release {release} was not successful and has no review yet";
    FiguresChanged "report.figures_changed" "6" Missing "提交后统计发生变化（{releases}），须退回后重新提交" "the count has changed since it was sent ({releases}): return it and have it sent again";
    NothingToRestate "report.nothing_to_restate" "6" Missing "{quarter} 的统计与已批准的报告一致，无须重述" "the count of {quarter} equals the approved report: there is nothing to restate";
    ReportWithoutConditions "report.without_conditions" "6" Missing "季度报告只能批准或退回，不能附条件：请退回，并要求写成改进措施" "a quarterly report is approved or sent back, without conditions: send it back and ask for a measure";
    MeasureUnknown "report.measure_unknown" "7a" Missing "没有第{number}项措施或其已完成" "there is no measure {number}, or it is done";
    VersionState "procedure_version.wrong_state" "7b" Missing "程序{version}当前为“{state}”，不能作此操作：须先由审核人或总经理退回，或编制新版本" "version {version} of the procedure is {state}; this is not possible now: the reviewer or the general manager returns it, or a new version is written";
    VersionLabel "procedure_version.label_not_greater" "F2" Missing "版本号{version}须大于已有的最大版本号{last}，例如{next}" "the label {version} must be greater than the last one, {last}; take {next}, for example";
    VersionOpen "procedure_version.another_open" "7b" Waiting "程序{version}尚未实施：先完成或撤回它，再编制新版本" "version {version} of the procedure is not in force yet: finish or withdraw it before writing another";
    VersionDayPast "procedure_version.day_past" "F2" Missing "实施日期{day}已过：请改为今天或以后的日期" "the effective day, {day}, is over: set today or a later day";
    VersionDayMissed "procedure_version.day_missed" "F2" Missing "审批未在实施日期{day}之前完成：请退回，由编制人重新设定实施日期" "the effective day, {day}, passed before the approval was complete: return the version so that its author sets a new day";
    ReviewerUnfit "procedure_version.reviewer_unfit" "F1" Missing "{name}不能审核：账号停用或没有可以承担工作的角色，请另指定审核人" "{name} cannot review: inactive, or with no role in which somebody of the company acts; name another reviewer";
    SignatoryTwice "procedure_version.signatory_twice" "F1" Missing "编制、审核、批准须由三人分别完成：{name}不能同时{first}和{second}，请由另一人{other}" "author, reviewer and approver are three people: {name} cannot be both {first} and {second}; another person must be the {other}";
    VersionWithoutConditions "procedure_version.without_conditions" "7b" Missing "程序只能通过或退回，不能附条件：请退回，并写明须修改的内容" "a version of the procedure is approved or returned, without conditions: return it and say what must change";
    ArchiveOwed "archive.owed" "D18" Missing "紧急发布须补办{record}，不能以说明代替" "an emergency release owes the {record} itself: it cannot be waived";
    ObjectionAbove "confirmation.objection_above" "5.8b" NotPermitted "部署结果有人提出异议：结论为成功时须先改判，其他结论由未参与该发布的总经理或流程负责人决定可否不经确认而关闭" "somebody objects to the result: a success is lowered first; of any other verdict the general manager or the process owner, outside the release, decides whether it ends without the confirmation";
    ArchiveNotMissing "archive.not_missing" "5.10a" Missing "归档记录「{record}」不缺" "archive record \"{record}\" is not missing";
}
