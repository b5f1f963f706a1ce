//! Approvals: panels, votes, and what a member needs to see before answering.

use super::{
    Place, SubjectView,
    basis::{DecisionBasisView, RiskView, risks},
    optional,
    people::{Names, PersonView},
    tasks::TaskSummary,
};
use crate::dto::releases::people::Whom;
use crate::extract::parsed;
use chrono::{DateTime, NaiveDate, Utc};
use fabu_app::{
    paging::PageRequest,
    subjects::work::{ApprovalItem, ApprovalQuery as Wanted, ViewedApproval},
};
use fabu_domain::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState, Capacity, Condition, Decision, Member, Rule, Vote},
        document::{DocumentContent, DocumentKind, FieldChange},
        task::Task,
    },
    ids::{ApprovalId, UserId},
    subjects::release::{
        Dossier,
        command::Ballot,
        facts::Facts,
        panel::{member_notice, unable},
    },
    text::{Line, Note},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::{IntoParams, ToSchema};

/// An approval in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalSummary<'a> {
    /// Identity.
    pub id: ApprovalId,
    /// What is asked.
    pub kind: ApprovalKind,
    /// The kind's name in the reader's language.
    #[schema(value_type = String, example = "发布方案评审")]
    pub kind_name: Cow<'static, str>,
    /// The clause that asks for it.
    #[schema(example = "5.3")]
    pub clause: &'static str,
    /// Where it stands.
    pub state: ApprovalState,
    /// The document that is signed off.
    pub document: DocumentKind,
    /// Its revision.
    pub revision: u32,
    /// SHA-256 of that revision.
    pub sha256: &'a str,
    /// The phase, for a deployment confirmation.
    #[schema(required)]
    pub phase: Option<&'a str>,
    /// When the panel has agreed.
    pub rule: &'a Rule,
    /// Who is asked, with their answers.
    pub members: Vec<ApprovalMemberView<'a>>,
    /// Where the panel meets.
    pub place: &'a str,
    /// Who convened it.
    pub opened_by: PersonView<'a>,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// When answers are due.
    pub due_at: DateTime<Utc>,
    /// When it was decided or became void.
    #[schema(required)]
    pub decided_at: Option<DateTime<Utc>>,
    /// True when an emergency release made it up after its deployment (补办, D18); left out in lists across releases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrospective: Option<bool>,
    /// Why it is void.
    #[schema(required)]
    pub void_reason: Option<&'a str>,
    /// What If-Match wants; it changes with the state, not with a vote alone.
    #[schema(example = "\"v1\"")]
    pub etag: String,
}

impl<'a> ApprovalSummary<'a> {
    pub(super) fn new(names: &Names<'a>, approval: &'a Approval, facts: Option<&Facts<'_>>) -> Self {
        let kind_name = names.pick(approval.kind.zh(), approval.kind.en());
        Self {
            id: approval.id,
            kind: approval.kind,
            kind_name,
            clause: approval.kind.clause(),
            state: approval.state,
            document: approval.subject.document,
            revision: approval.subject.revision,
            sha256: &approval.subject.sha256,
            phase: approval.subject.phase.as_deref(),
            rule: &approval.rule,
            members: approval.members.iter().map(|m| ApprovalMemberView::new(names, approval, m, facts)).collect(),
            place: &approval.place,
            opened_by: names.person(approval.opened_by),
            opened_at: approval.opened_at,
            due_at: approval.due_at,
            decided_at: approval.decided_at,
            retrospective: facts.map(|facts| made_up(facts.dossier, approval)),
            void_reason: approval.void_reason.as_deref(),
            etag: crate::etag::of_version(approval.version()),
        }
    }
}

/// True when an emergency release made the approval up after its deployment.
fn made_up(dossier: &Dossier, approval: &Approval) -> bool {
    let owed = [ApprovalKind::PlanReview, ApprovalKind::PlanApproval, ApprovalKind::CustomerAcceptance];
    owed.contains(&approval.kind) && dossier.was_made_up(approval.opened_at)
}

/// A member of a panel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalMemberView<'a> {
    /// Who is asked.
    pub user: PersonView<'a>,
    /// As what.
    pub capacity: Capacity,
    /// The same in words of the reader's language: the department or role; null for another person concerned.
    #[schema(required, value_type = Option<String>)]
    pub capacity_name: Option<Cow<'a, str>>,
    /// The sections that the member answers for; empty means all.
    pub sections: &'a [String],
    /// The answer; null while it is awaited.
    #[schema(required)]
    pub vote: Option<VoteView<'a>>,
    /// True when the member can act no more and somebody else is to be asked (`replace_member`).
    pub unable: bool,
    /// What whoever asks must know: why the member cannot answer, that the member is away, which deputy may answer. Null when
    /// there is nothing to say, and in lists of several releases.
    #[schema(required)]
    pub notice: Option<String>,
}

impl<'a> ApprovalMemberView<'a> {
    fn new(names: &Names<'a>, approval: &Approval, member: &'a Member, facts: Option<&Facts<'_>>) -> Self {
        let capacity_name = match member.capacity {
            Capacity::Department(id) => Some(names.department(id)),
            Capacity::Role(role) => Some(names.role(role)),
            Capacity::Stakeholder if approval.kind == ApprovalKind::ProcedureApproval => Some(names.pick("审核", "reviewer")),
            Capacity::Stakeholder => None,
        };
        Self {
            user: names.person(member.user_id),
            capacity: member.capacity,
            capacity_name,
            sections: &member.sections,
            vote: member.vote.as_ref().map(|vote| VoteView::new(names, member.user_id, vote)),
            unable: facts.is_some_and(|facts| unable(facts, approval, member).is_some()),
            notice: facts.and_then(|facts| member_notice(facts, approval, member)).map(|text| names.text(text)),
        }
    }
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoteView<'a> {
    /// What was answered.
    pub decision: Decision,
    /// Why; empty for plain agreement.
    pub comment: &'a str,
    /// The conditions set; each becomes a task.
    pub conditions: &'a [Condition],
    /// Who really answered.
    pub by: PersonView<'a>,
    /// True when a deputy answered for the member.
    pub as_deputy: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// True when the password was entered again for it (5.6b).
    pub reauthenticated: bool,
    /// The earlier approval from which it was taken over, because all that it covered is unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<ApprovalId>,
}

impl<'a> VoteView<'a> {
    fn new(names: &Names<'a>, member: UserId, vote: &'a Vote) -> Self {
        Self {
            decision: vote.decision,
            comment: &vote.comment,
            conditions: &vote.conditions,
            by: names.person(vote.by),
            as_deputy: vote.by != member,
            at: vote.at,
            reauthenticated: vote.reauthenticated,
            carried_from: vote.carried_from,
        }
    }
}

/// A remark made after the decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemarkView<'a> {
    /// Who.
    pub by: PersonView<'a>,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: &'a str,
}

/// What has changed since a revision.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesSinceView {
    /// The revision that the reader answered last.
    pub revision: u32,
    /// Field by field.
    pub changes: Vec<FieldChange>,
}

/// An approval with what a member needs to see before answering.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalView<'a> {
    /// The release, or the number and the title of what else it is about.
    pub release: Place<'a>,
    /// What it is about.
    pub subject: SubjectView,
    /// The approval.
    #[serde(flatten)]
    pub approval: ApprovalSummary<'a>,
    /// Remarks made after the decision.
    pub remarks: Vec<RemarkView<'a>>,
    /// Exactly what is signed off.
    #[schema(required)]
    pub content: Option<&'a DocumentContent>,
    /// What has changed since the revision that the reader answered last; null when there was none.
    #[schema(required)]
    pub changes_since: Option<ChangesSinceView>,
    /// Conditions set by votes of this release that are not met yet (5.3b).
    pub open_conditions: Vec<TaskSummary<'a>>,
    /// What the decision rests on: criteria, tests, acceptance, differences from the release plan, last safe moment.
    pub basis: DecisionBasisView<'a>,
    /// The risks of the release plan.
    pub risks: Vec<RiskView<'a>>,
    /// Members for whom the reader may answer: the reader, or those the reader stands in for today.
    pub can_answer_for: Vec<PersonView<'a>>,
    /// True when an answer needs the password entered again shortly before (5.6b).
    pub reauthentication_needed: bool,
    /// The answers that can be given.
    pub decisions: &'static [Decision],
}

impl<'a> ApprovalView<'a> {
    /// An approval for a reader.
    #[must_use]
    pub fn new(names: &Names<'a>, viewed: &'a ViewedApproval) -> Self {
        let (approval, subject, context) = (&viewed.approval, viewed.about.subject(), viewed.context());
        let title = context.map(|context| context.dossier.release.title.as_str());
        let remark =
            |r: &'a fabu_domain::blocks::approval::Remark| RemarkView { by: names.person(r.by), at: r.at, text: &r.text };
        let changes = viewed.changes_since();
        let facts = context.map(|context| context.facts());
        let condition = |task: &'a Task| Some(TaskSummary::new(names, facts.as_ref()?, task));
        let dossier = context.map(|context| context.dossier.as_ref());
        Self {
            release: Place::of(names, &subject, title),
            subject: (&subject).into(),
            approval: ApprovalSummary::new(names, approval, facts.as_ref()),
            remarks: approval.remarks.iter().map(remark).collect(),
            content: viewed.content.as_ref(),
            changes_since: changes.map(|(revision, changes)| ChangesSinceView { revision, changes }),
            open_conditions: viewed.open_conditions().filter_map(condition).collect(),
            basis: dossier.map_or_else(DecisionBasisView::default, |dossier| {
                DecisionBasisView::new(names, dossier, viewed.content.as_ref())
            }),
            risks: dossier.map(|dossier| risks(names, dossier)).unwrap_or_default(),
            can_answer_for: viewed.can_answer_for.iter().map(|id| names.person(*id)).collect(),
            reauthentication_needed: approval.kind.needs_reauthentication(),
            decisions: approval.kind.decisions(),
        }
    }
}

/// An approval of a list, with what it is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApprovalItemView<'a> {
    /// The release, or the number and the title of what else it is about.
    pub release: Place<'a>,
    /// What it is about.
    pub subject: SubjectView,
    /// The approval.
    #[serde(flatten)]
    pub approval: ApprovalSummary<'a>,
}

impl<'a> ApprovalItemView<'a> {
    /// An approval of a list.
    #[must_use]
    pub fn new(names: &Names<'a>, item: &'a ApprovalItem) -> Self {
        let release = Place::of(names, &item.subject, item.title.as_deref());
        let subject = (&item.subject).into();
        Self { release, subject, approval: ApprovalSummary::new(names, &item.approval, None) }
    }
}

/// Which approvals are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ApprovalQuery {
    /// True: those that await an answer of the caller, or of somebody the caller stands in for; false: the others on whose
    /// panel they sit. Left out it is true, and with `opened_by` both.
    pub awaited: Option<bool>,
    /// Only those on whose panel this person sits, for whom the caller stands in today: an id, or `me` for the caller's own.
    #[serde(default, deserialize_with = "parsed")]
    #[param(value_type = Option<String>)]
    pub deputy_of: Option<Whom>,
    /// Those that this person convened, whoever sits on the panel: an id, or `me`.
    #[serde(default, deserialize_with = "parsed")]
    #[param(value_type = Option<String>, example = "me")]
    pub opened_by: Option<Whom>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl ApprovalQuery {
    /// The query of the use case.
    #[must_use]
    pub fn wanted(&self, caller: UserId) -> Wanted {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        let id = |whom: Whom| whom.id(caller);
        Wanted { awaited: self.awaited, of: self.deputy_of.map(id), opened_by: self.opened_by.map(id), page }
    }
}

/// A condition of a vote; it becomes a task.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionRequest {
    /// What must be done.
    pub text: Line,
    /// By whom; the release administrator when not said.
    pub assignee: Option<UserId>,
    /// Until when, if a day is set.
    pub due: Option<NaiveDate>,
}

/// An answer to a panel.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "decision": "pass_with_conditions", "comment": "同意，但须先备份", "conditions": [{ "text": "上线前完成全量备份" }] }))]
pub struct CastVoteRequest {
    /// The answer.
    pub decision: Decision,
    /// Why; required unless `pass` (5.3b).
    pub comment: Option<Note>,
    /// Conditions of `pass_with_conditions`.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub conditions: Vec<ConditionRequest>,
    /// The member for whom a deputy answers.
    pub on_behalf_of: Option<UserId>,
}

impl CastVoteRequest {
    /// The ballot.
    #[must_use]
    pub fn ballot(&self) -> Ballot {
        let condition = |c: &ConditionRequest| Condition { text: c.text.to_string(), assignee: c.assignee, due: c.due };
        Ballot {
            on_behalf_of: self.on_behalf_of,
            decision: self.decision,
            comment: optional(self.comment.as_ref()),
            conditions: self.conditions.iter().map(condition).collect(),
        }
    }
}
