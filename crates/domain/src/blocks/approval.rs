//! Approvals: a panel asked to sign off exact content. A vote, the rule and the outcome are three things.

use crate::{
    blocks::document::DocumentKind,
    ids::{ApprovalId, DepartmentId, UserId},
    people::role::Role,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::word_enum! {
    /// What a panel is asked.
    ApprovalKind {
        /// Departments review the release plan (§5.3).
        PlanReview = "plan_review" "发布方案评审" "plan review",
        /// The release owner approves the release plan (§4 RO1a).
        PlanApproval = "plan_approval" "发布方案审批" "plan approval",
        /// The customer accepts what was tested (§5.4).
        CustomerAcceptance = "customer_acceptance" "客户验收" "customer acceptance",
        /// The go-live plan is approved (§5.6); in an emergency, the release plan (D11).
        GoLiveApproval = "go_live_approval" "上线审批" "go-live approval",
        /// Stakeholders confirm the result of a deployment phase (§5.8).
        DeploymentConfirmation = "deployment_confirmation" "部署结果确认" "deployment confirmation",
        /// The release owner approves the release report (§5.11).
        ReportApproval = "report_approval" "发布报告审批" "report approval",
        /// The general manager approves the report of a quarter (3.5, 6).
        QuarterlyReportApproval = "quarterly_report_approval" "季度报告审批" "approval of the quarterly report",
        /// A reviewer and the general manager sign a version of the procedure (F1, 7).
        ProcedureApproval = "procedure_approval" "程序审批" "approval of the procedure",
    }
}

impl ApprovalKind {
    /// The clause that asks for it.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::PlanReview => "5.3",
            Self::PlanApproval => "4.RO1a",
            Self::CustomerAcceptance => "5.4d",
            Self::GoLiveApproval => "5.6",
            Self::DeploymentConfirmation => "5.8b",
            Self::ReportApproval => "5.11",
            Self::QuarterlyReportApproval => "6",
            Self::ProcedureApproval => "7b",
        }
    }

    /// True when a vote needs the password entered again shortly before (5.6b).
    #[must_use]
    pub const fn needs_reauthentication(self) -> bool {
        matches!(self, Self::GoLiveApproval | Self::QuarterlyReportApproval | Self::ProcedureApproval)
    }

    /// The answers that can be given: what the general manager signs is approved or returned, without conditions.
    #[must_use]
    pub const fn decisions(self) -> &'static [Decision] {
        match self.company_role() {
            Some(_) => &[Decision::Pass, Decision::Return],
            None => &[Decision::Pass, Decision::PassWithConditions, Decision::Return],
        }
    }

    /// The role of the company that decides, whoever holds it when it is answered; none: only who is named does.
    #[must_use]
    pub const fn company_role(self) -> Option<Role> {
        match self {
            Self::QuarterlyReportApproval | Self::ProcedureApproval => Some(Role::GeneralManager),
            _ => None,
        }
    }
}

crate::word_enum! {
    /// A member's answer (5.3b).
    Decision {
        /// Agrees.
        Pass = "pass" "通过" "pass",
        /// Agrees if the conditions are met; each becomes a task.
        PassWithConditions = "pass_with_conditions" "有条件通过" "pass with conditions",
        /// Sends it back; for a confirmation: objects.
        Return = "return" "退回" "return",
    }
}

crate::word_enum! {
    /// Where an approval stands.
    ApprovalState {
        /// Votes are awaited.
        Open = "open" "待表决" "open",
        /// The rule is met.
        Passed = "passed" "已通过" "passed",
        /// Sent back.
        Returned = "returned" "已退回" "returned",
        /// The content it covered has changed, or the step was recalled.
        Void = "void" "已失效" "void",
    }
}

crate::word_enum! {
    /// How many members must agree.
    Quorum {
        /// Every member (the default).
        All = "all" "全体同意" "all members",
        /// At least `count` members.
        AtLeast = "at_least" "达到人数" "a number of members",
    }
}

/// When a panel has agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// All members or a number of them.
    pub quorum: Quorum,
    /// The number, for `at_least`.
    #[serde(default)]
    pub count: Option<u32>,
    /// Members without whose agreement nothing passes.
    #[serde(default)]
    pub must_include: Vec<UserId>,
}

impl Default for Rule {
    fn default() -> Self {
        Self { quorum: Quorum::All, count: None, must_include: Vec::new() }
    }
}

/// In what capacity a member sits on a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Capacity {
    /// Speaks for a department (§5.3).
    Department(DepartmentId),
    /// Holds this role of the release.
    Role(Role),
    /// Another person concerned.
    Stakeholder,
}

/// A condition of a vote; it becomes a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What must be done.
    pub text: String,
    /// By whom; the release administrator when not said.
    #[serde(default)]
    pub assignee: Option<UserId>,
    /// Until when, if a day is set.
    #[serde(default)]
    pub due: Option<NaiveDate>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// What was answered.
    pub decision: Decision,
    /// Why; required unless `pass`.
    pub comment: String,
    /// Conditions of `pass_with_conditions`.
    pub conditions: Vec<Condition>,
    /// Who really answered: the member or a deputy.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// True when the password was entered again for it.
    pub reauthenticated: bool,
    /// The earlier approval from which it was taken over, because all that it covered is unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<ApprovalId>,
}

/// A member of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who is asked.
    pub user_id: UserId,
    /// As what.
    pub capacity: Capacity,
    /// The sections of the document that the member answers for; empty means all.
    pub sections: Vec<String>,
    /// The answer, once given.
    pub vote: Option<Vote>,
}

impl Member {
    /// A member who answers for the whole content and has not yet.
    #[must_use]
    pub const fn new(user_id: UserId, capacity: Capacity) -> Self {
        Self { user_id, capacity, sections: Vec::new(), vote: None }
    }
}

/// What exactly is signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedContent {
    /// The document; for a deployment confirmation the go-live plan that was carried out.
    pub document: DocumentKind,
    /// Its revision.
    pub revision: u32,
    /// SHA-256 of the revision's canonical content.
    pub sha256: String,
    /// SHA-256 of each of its sections.
    pub sections: BTreeMap<String, String>,
    /// The phase, for a deployment confirmation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
}

/// A remark made after the decision (a late vote is kept as such).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
}

/// A panel and its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Identity.
    pub id: ApprovalId,
    /// What is asked.
    pub kind: ApprovalKind,
    /// What is signed off.
    pub subject: SignedContent,
    /// When the panel has agreed.
    pub rule: Rule,
    /// Who is asked.
    pub members: Vec<Member>,
    /// Where it stands.
    pub state: ApprovalState,
    /// Where the panel meets, or that it answers online (5.3c).
    pub place: String,
    /// Who convened it.
    pub opened_by: UserId,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// When answers are due.
    pub due_at: DateTime<Utc>,
    /// When it was decided or voided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it is void.
    pub void_reason: Option<String>,
    /// Late remarks.
    pub remarks: Vec<Remark>,
}

/// What the votes amount to under a rule. An empty panel is never [`ApprovalState::Passed`].
#[must_use]
pub fn outcome(rule: &Rule, members: &[Member]) -> ApprovalState {
    let returned = |m: &&Member| m.vote.as_ref().is_some_and(|v| v.decision == Decision::Return);
    let agreed = |m: &&Member| m.vote.as_ref().is_some_and(|v| v.decision != Decision::Return);
    let needed = match rule.quorum {
        Quorum::All => members.len(),
        Quorum::AtLeast => rule.count.map_or(members.len(), |n| n as usize).clamp(1, members.len().max(1)),
    };
    let must = |m: &&Member| rule.must_include.contains(&m.user_id);
    let possible = members.len() - members.iter().filter(returned).count();
    if members.is_empty() {
        ApprovalState::Open
    } else if members.iter().filter(must).any(|m| returned(&m)) || possible < needed {
        ApprovalState::Returned
    } else if members.iter().filter(agreed).count() >= needed && members.iter().filter(must).all(|m| agreed(&m)) {
        ApprovalState::Passed
    } else {
        ApprovalState::Open
    }
}

impl Approval {
    /// Changes when what is asked changes: with the state, never with a vote alone. A new revision makes a new approval.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.state as i64 + 1
    }

    /// True while votes are awaited.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == ApprovalState::Open
    }

    /// Members who have not answered.
    pub fn awaited(&self) -> impl Iterator<Item = UserId> + '_ {
        self.members.iter().filter(|m| m.vote.is_none()).map(|m| m.user_id)
    }

    /// Moves the seat of a member to another person. Nobody sits twice and nobody speaks twice: a seat that the successor has
    /// already is merged into it, and what the successor answered for others is asked again.
    pub fn replace_member(&mut self, member: UserId, successor: UserId) {
        let own = self.members.iter().position(|m| m.user_id == successor).map(|n| self.members.remove(n));
        for other in &mut self.members {
            if other.user_id == member {
                other.user_id = successor;
                other.vote = own.as_ref().filter(|own| own.sections == other.sections).and_then(|own| own.vote.clone());
            } else if other.vote.as_ref().is_some_and(|vote| vote.by == successor) {
                other.vote = None;
            }
        }
        self.rule.must_include.retain(|id| *id != successor || own.is_some());
        self.rule.must_include.iter_mut().filter(|id| **id == member).for_each(|id| *id = successor);
        self.rule.must_include.dedup();
    }

    /// The vote of a member of an earlier panel that still holds for `subject`: given by agreement, and every section it
    /// covered is unchanged (principle 4).
    #[must_use]
    pub fn carried_vote(&self, user_id: UserId, sections: &[String], subject: &SignedContent) -> Option<Vote> {
        let member = self.members.iter().find(|m| m.user_id == user_id && m.sections == sections)?;
        let vote = member.vote.as_ref().filter(|v| v.decision != Decision::Return)?;
        let covered = |name: &&String| sections.is_empty() || sections.contains(name);
        let unchanged = |name: &String| self.subject.sections.get(name) == subject.sections.get(name);
        let same_phase = self.subject.phase == subject.phase && self.subject.document == subject.document;
        (same_phase && self.subject.sections.keys().chain(subject.sections.keys()).filter(covered).all(unchanged))
            .then(|| Vote { carried_from: Some(vote.carried_from.unwrap_or(self.id)), ..vote.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn member(n: u128, decision: Option<Decision>) -> Member {
        let user_id = UserId(Uuid::from_u128(n));
        let vote = decision.map(|decision| Vote {
            decision,
            comment: String::new(),
            conditions: vec![],
            by: user_id,
            at: DateTime::UNIX_EPOCH,
            reauthenticated: false,
            carried_from: None,
        });
        Member { vote, ..Member::new(user_id, Capacity::Stakeholder) }
    }
    fn at_least(count: u32, must: &[u128]) -> Rule {
        let must_include = must.iter().map(|n| UserId(Uuid::from_u128(*n))).collect();
        Rule { quorum: Quorum::AtLeast, count: Some(count), must_include }
    }
    use Decision::{Pass, PassWithConditions, Return};

    #[test]
    fn an_empty_panel_never_passes() {
        assert_eq!(outcome(&Rule::default(), &[]), ApprovalState::Open);
        assert_eq!(outcome(&at_least(0, &[]), &[]), ApprovalState::Open);
        assert_eq!(outcome(&at_least(0, &[]), &[member(1, None)]), ApprovalState::Open);
    }

    #[test]
    fn all_means_all_and_one_return_decides() {
        let rule = Rule::default();
        assert_eq!(outcome(&rule, &[member(1, Some(Pass)), member(2, None)]), ApprovalState::Open);
        assert_eq!(outcome(&rule, &[member(1, Some(Pass)), member(2, Some(PassWithConditions))]), ApprovalState::Passed);
        assert_eq!(outcome(&rule, &[member(1, None), member(2, Some(Return))]), ApprovalState::Returned);
    }

    #[test]
    fn a_number_of_members_with_one_who_must_agree() {
        let rule = at_least(2, &[3]);
        let (a, b) = (member(1, Some(Pass)), member(2, Some(Pass)));
        assert_eq!(outcome(&rule, &[a.clone(), b.clone(), member(3, None)]), ApprovalState::Open);
        assert_eq!(outcome(&rule, &[a.clone(), b.clone(), member(3, Some(Return))]), ApprovalState::Returned);
        assert_eq!(outcome(&rule, &[a.clone(), member(2, Some(Return)), member(3, Some(Pass))]), ApprovalState::Passed);
        assert_eq!(outcome(&at_least(2, &[]), &[a, member(2, Some(Return)), member(3, Some(Return))]), ApprovalState::Returned);
    }
}
