//! Who may act in a seat of a release, for oneself or as a deputy (D16, R0, principle 2).
//!
//! Permission, panels, tasks, work lists, messages and the actions shown to people all ask [`Facts::acting`]. A deputy is
//! checked as if he held the seat himself: segregation of duties by every role held and every act done, entitlement for the
//! customer on this day, authorship, and a role that has a say in releases at all.

use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, Capacity, Member},
        document::DocumentKind,
        task::{Task, TaskKind},
    },
    ids::UserId,
    people::role::Role,
    subject::refusal::{Code, Party, Text, Unmet},
    subjects::release::{
        ExceptionKind,
        facts::Facts,
        separation::{conflicts, has_implemented, works_as},
    },
    time::clock::company_day,
};

/// Where somebody acts.
#[derive(Debug, Clone, Copy)]
pub enum Seat<'a> {
    /// A role of the release's team.
    Team(Role),
    /// A role of the company.
    Company(Role),
    /// The author of a document.
    Author(DocumentKind, Role),
    /// A member of a panel.
    Member(&'a Approval, &'a Member),
    /// Whoever owes a task.
    Assignee(&'a Task),
    /// Whoever checks the evidence of a task.
    Verifier(&'a Task),
    /// Whoever may excuse a task or lift a condition.
    Waiver(&'a Task),
}

/// Why a person may not act in a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// The person is neither the holder nor a deputy of the holder on this day, or one of them is not active.
    NotArranged,
    /// The holder of the seat was granted its role no more.
    RoleLost(Role),
    /// The holder speaks for the department no more.
    NotHead,
    /// None of the person's roles has a say in this release.
    NoSay,
    /// Segregation of duties: the person also works in these roles.
    Separated(Vec<Text>),
    /// The person is not authorised for the customer on this day.
    NotEntitled,
    /// The person has written in what is decided.
    Author,
    /// The person took part in the deployment whose result is confirmed.
    Implementer,
    /// The person gives a voice in this panel already.
    SecondVoice,
    /// The person named must do it in person.
    Personal,
    /// The person would check their own work.
    OwnWork,
}

impl Facts<'_> {
    /// For whom `user` may act in the seat of `principal`: `None` as oneself, `Some(principal)` as a deputy (D16).
    ///
    /// # Errors
    /// The first rule of the seat that the person does not satisfy.
    pub fn acting(&self, user: UserId, principal: UserId, seat: Seat<'_>) -> Result<Option<UserId>, Bar> {
        if self.directory.active_user(principal).is_none() || self.directory.active_user(user).is_none() {
            return Err(Bar::NotArranged);
        }
        if user == principal {
            return self.holds_seat(principal, seat).map(|()| None);
        }
        if !self.directory.is_deputy(user, principal, self.now) {
            return Err(Bar::NotArranged);
        }
        self.holds_seat(principal, seat)?;
        self.fits_seat(user, principal, seat).map(|()| Some(principal))
    }

    /// Deputies of today who may act in the seat of a person.
    #[must_use]
    pub fn fit_deputies(&self, principal: UserId, seat: Seat<'_>) -> Vec<UserId> {
        let deputies = self.directory.deputies_of(principal, self.now);
        deputies.filter(|deputy| self.acting(*deputy, principal, seat).is_ok()).collect()
    }

    /// True when one of the person's roles has a say in this release: neither the administration of the system nor reading
    /// alone, nor the representation of another customer (D16). Without it nobody writes here at all: no comment, no file, no
    /// step (D20).
    #[must_use]
    pub fn has_say(&self, user: UserId) -> bool {
        let Some(person) = self.directory.active_user(user) else { return false };
        let in_team = self.dossier.team.iter().any(|a| a.user_id == user && a.until.is_none());
        let counts = |role: Role| match role {
            Role::CustomerRepresentative => in_team || self.represents_customer(user),
            role => role.has_say(),
        };
        person.roles.iter().any(counts)
    }

    /// True when the person may stand for the customer of the release on this day (5.4d).
    #[must_use]
    pub fn represents_customer(&self, user: UserId) -> bool {
        let day = company_day(self.now);
        self.dossier.release.customer_id.is_some_and(|customer| self.directory.represents(user, customer, day))
    }

    /// Whether the holder of a seat still holds what the seat rests on.
    fn holds_seat(&self, user: UserId, seat: Seat<'_>) -> Result<(), Bar> {
        let granted = |role: Role| if self.directory.holds(user, role) { Ok(()) } else { Err(Bar::RoleLost(role)) };
        match seat {
            Seat::Team(role) | Seat::Company(role) | Seat::Author(_, role) => granted(role),
            Seat::Member(approval, _) if self.is_author(user, approval) => Err(Bar::Author),
            Seat::Member(approval, member) => match member.capacity {
                Capacity::Role(Role::CustomerRepresentative) if !self.represents_customer(user) => Err(Bar::NotEntitled),
                Capacity::Role(role) => granted(role),
                Capacity::Department(id) => {
                    let department = self.directory.departments.get(&id);
                    let heads = department.is_some_and(|d| d.head == Some(user) || d.deputy_head == Some(user));
                    if heads { Ok(()) } else { Err(Bar::NotHead) }
                }
                Capacity::Stakeholder if approval.is_open() && !self.has_say(user) => Err(Bar::NoSay),
                Capacity::Stakeholder => Ok(()),
            },
            Seat::Verifier(task) if task.is_own_work_of(user) => Err(Bar::OwnWork),
            Seat::Assignee(_) | Seat::Verifier(_) | Seat::Waiver(_) => Ok(()),
        }
    }

    /// The rules of the seat, applied to a deputy.
    fn fits_seat(&self, user: UserId, principal: UserId, seat: Seat<'_>) -> Result<(), Bar> {
        if !self.has_say(user) || self.is_outsider_in(user, seat) {
            return Err(Bar::NoSay);
        }
        match seat {
            Seat::Team(role) => self.fits_role(user, role),
            Seat::Author(DocumentKind::ReleasePlan, role) => {
                let lifted = self.dossier.has_exception(ExceptionKind::TesterIsPlanAuthor);
                if !lifted && works_as(self.dossier, user, Role::ReleaseTester) {
                    return Err(Bar::Separated(vec![Role::ReleaseTester.into()]));
                }
                self.fits_role(user, role)
            }
            Seat::Author(_, role) => self.fits_role(user, role),
            // Exceptions are granted by somebody above the release: nobody of its team and no author of its plan.
            Seat::Company(Role::GeneralManager | Role::ProcessOwner) if self.is_controlled(user) => {
                Err(Bar::Separated(self.team_roles(user)))
            }
            // Change management confirms what the administrator groups (9.1a).
            Seat::Company(Role::ChangeManager) if self.wrote_plan(user) => {
                Err(Bar::Separated(vec![Role::ReleaseAdministrator.into()]))
            }
            Seat::Company(_) => Ok(()),
            Seat::Member(approval, member) => self.fits_panel(user, principal, approval, member),
            Seat::Assignee(task) if task.kind.is_personal() => Err(Bar::Personal),
            Seat::Assignee(task) if task.kind == TaskKind::OpinionRequest && self.wrote_plan(user) => Err(Bar::Author),
            Seat::Assignee(task) => self.roles_of(task.assignee).try_for_each(|role| self.fits_role(user, role)),
            Seat::Verifier(task) if task.is_own_work_of(user) => Err(Bar::OwnWork),
            Seat::Verifier(_) | Seat::Waiver(_) => self.roles_of(principal).try_for_each(|role| self.fits_role(user, role)),
        }
    }

    /// True when the person only represents the customer and the seat is not the customer's: nobody of the customer stands in
    /// for somebody of the company (D16, D21).
    fn is_outsider_in(&self, user: UserId, seat: Seat<'_>) -> bool {
        let customer = Role::CustomerRepresentative;
        let of_customer = match seat {
            Seat::Team(role) | Seat::Company(role) | Seat::Author(_, role) => role == customer,
            Seat::Member(_, member) => member.capacity == Capacity::Role(customer),
            Seat::Assignee(task) => self.directory.holds(task.assignee, customer),
            Seat::Verifier(_) | Seat::Waiver(_) => true,
        };
        !of_customer && !self.directory.acts_for_company(user)
    }

    fn fits_role(&self, user: UserId, role: Role) -> Result<(), Bar> {
        if role == Role::CustomerRepresentative && !self.represents_customer(user) {
            return Err(Bar::NotEntitled);
        }
        match conflicts(self.dossier, user, role) {
            conflicts if conflicts.is_empty() => Ok(()),
            conflicts => Err(Bar::Separated(conflicts)),
        }
    }

    fn fits_panel(&self, user: UserId, principal: UserId, approval: &Approval, member: &Member) -> Result<(), Bar> {
        let speaks = |m: &&Member| m.user_id == user || m.vote.as_ref().is_some_and(|v| v.by == user);
        if approval.members.iter().filter(|m| m.user_id != principal).any(|m| speaks(&m)) {
            return Err(Bar::SecondVoice);
        }
        if approval.kind == ApprovalKind::DeploymentConfirmation {
            if self.dossier.holder(Role::Implementer) == Some(user) || has_implemented(self.dossier, user) {
                return Err(Bar::Implementer);
            }
        } else if self.is_author(user, approval) {
            return Err(Bar::Author);
        }
        match member.capacity {
            Capacity::Role(role) => self.fits_role(user, role),
            Capacity::Department(_) | Capacity::Stakeholder => Ok(()),
        }
    }

    /// True when the person has written in what a panel decides; a confirmation judges a result, not a text.
    fn is_author(&self, user: UserId, approval: &Approval) -> bool {
        approval.kind != ApprovalKind::DeploymentConfirmation
            && self.dossier.contributors_of(approval.subject.document, approval.subject.revision).contains(&user)
    }

    /// True for whoever holds a role of the release or has written its plan: such a person is under its control, not above.
    #[must_use]
    pub fn is_controlled(&self, user: UserId) -> bool {
        !self.team_roles(user).is_empty() || self.wrote_plan(user)
    }

    fn wrote_plan(&self, user: UserId) -> bool {
        let plan = self.dossier.documents.get(&DocumentKind::ReleasePlan);
        plan.is_some_and(|d| d.contributors.contains(&user)) || self.holder(Role::ReleaseAdministrator) == Some(user)
    }

    fn roles_of(&self, user: UserId) -> impl Iterator<Item = Role> + '_ {
        Role::TEAM.into_iter().filter(move |role| self.holder(*role) == Some(user))
    }

    fn team_roles(&self, user: UserId) -> Vec<Text> {
        self.roles_of(user).map(Text::from).collect()
    }
}

impl Bar {
    /// The refusal that a person reads. None when the person has nothing to do with the seat.
    #[must_use]
    pub fn unmet(&self, facts: &Facts<'_>, user: UserId, principal: UserId) -> Option<Unmet> {
        let name = |code| Unmet::new(code).with_text("name", facts.names([user]));
        let other = user != principal;
        let unmet = match self {
            Self::NotArranged => return None,
            Self::Author => name(Code::Contributor),
            Self::OwnWork => name(Code::TaskSelfVerified),
            Self::SecondVoice => name(Code::OneVoteEach),
            Self::NotEntitled if !other => name(Code::NotRepresentative),
            Self::RoleLost(_) | Self::NotHead | Self::NoSay if !other => {
                let administrator = [facts.party(Role::ReleaseAdministrator)];
                return Some(name(Code::SeatLost).with_text("reason", self.text()).by(administrator));
            }
            _ => {
                let principal_name = facts.names([principal]);
                name(Code::DeputyUnfit).with_text("principal", principal_name).with_text("reason", self.text())
            }
        };
        Some(unmet.by([Party::User(principal)]))
    }

    /// The reason in words.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::NotArranged => Text::new("账号停用或当日没有代理安排", "inactive, or no deputy on this day"),
            Self::RoleLost(role) => {
                Text::new(format!("已不具有{}资格", role.zh()), format!("no longer granted the role {}", role.en()))
            }
            Self::NotHead => Text::new("已不是该部门负责人或副职", "no longer head or deputy head of the department"),
            Self::NoSay => Text::new("其角色在发布中没有决定权", "holds no role that has a say in this release"),
            Self::Separated(roles) => {
                let roles = Text::list(roles);
                let zh = format!("职责须分离：同时担任或承担过{}", roles.zh);
                Text::new(zh, format!("duties must be separated: also holds or has worked as {}", roles.en))
            }
            Self::NotEntitled => Text::new("当日无权代表该客户", "not authorised to represent the customer on this day"),
            Self::Author => Text::new("参与编写了待决定的内容", "has written in what is decided"),
            Self::Implementer => Text::new("参与了部署实施", "took part in the deployment"),
            Self::SecondVoice => Text::new("在该评审中已有一票", "has a voice on this panel already"),
            Self::Personal => Text::new("须由本人完成", "must be done in person"),
            Self::OwnWork => Text::new("不能核实自己的工作", "may not check their own work"),
        }
    }
}
