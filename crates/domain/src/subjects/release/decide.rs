//! The one decision: may this be done, and what happens then.
//!
//! [`decide`] is pure and total. A refusal names all unmet gates, or the missing permission. [`available`] asks the same
//! questions for every command without giving one: the page draws its buttons from the answer and knows no rules.

mod approvals;
mod conditions;
mod configuration;
mod conflicts;
mod consequences;
mod deployment;
mod documents;
mod general;
mod members;
mod panels;
mod planning;
mod retrospective;
mod script;
mod tasks;
mod testing;
mod verdict;
mod who;

pub use documents::left_to_enter;
pub use planning::{NewRelease, open_release};
pub use script::Outcome;
pub use who::permit;

use crate::{
    blocks::document::DocumentKind,
    subject::refusal::{Code, Refusal, Text, Unmet},
    subjects::release::{
        command::{Command, CommandName},
        facts::{Actor, Facts},
        procedure::{COMMANDS, CommandRule, document_rule, rule},
        stage::Stage,
    },
};
use script::Script;

/// Decides about a command.
///
/// # Errors
/// The refusal with every reason, when it may not be done; nothing has changed then.
pub fn decide(facts: &Facts<'_>, actor: &Actor, command: &Command) -> Result<Outcome, Refusal> {
    let rule = rule(command.name());
    let document = document_of(command);
    let on_behalf_of = permit(facts, actor, rule, &who::Target::of(command)).map_err(Refusal::one)?;
    let mut reasons = unmet(facts, rule, document);
    if reasons.iter().any(|r| matches!(r.code, Code::WrongStage | Code::ReleaseClosed | Code::Suspended | Code::NotSuspended)) {
        return Err(Refusal::unless_empty(reasons).err().unwrap_or_else(|| Refusal::one(Code::WrongStage)));
    }
    let mut script = Script::new(facts, *actor, on_behalf_of);
    if let Err(refusal) = handle(&mut script, command) {
        reasons.extend(refusal.unmet().iter().filter(|r| !reasons.contains(r)).cloned().collect::<Vec<_>>());
    }
    Refusal::unless_empty(reasons)?;
    retrospective::settle(&mut script);
    Ok(script.finish())
}

/// A command as it stands now for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The command.
    pub name: CommandName,
    /// The document, for commands about one.
    pub document: Option<DocumentKind>,
    /// Everything in the way; empty means allowed.
    pub blocked_by: Vec<Unmet>,
}

/// Every command that the stage knows, with what is in its way for this person.
#[must_use]
pub fn available(facts: &Facts<'_>, actor: &Actor) -> Vec<Action> {
    COMMANDS.iter().flat_map(|rule| actions_of(facts, actor, rule)).collect()
}

fn actions_of(facts: &Facts<'_>, actor: &Actor, rule: &'static CommandRule) -> Vec<Action> {
    let is_document = matches!(rule.name, CommandName::SaveDraft | CommandName::SubmitDocument);
    let documents: Vec<Option<DocumentKind>> = if is_document {
        let begins = |kind: &DocumentKind| {
            let rule = document_rule(*kind);
            rule.is_open(facts.dossier) && rule.draft_gates.iter().all(|gate| gate.unmet(facts).is_empty())
        };
        DocumentKind::of_releases().filter(begins).map(Some).collect()
    } else if rule.is_open(facts.dossier) {
        vec![None]
    } else {
        Vec::new()
    };
    documents.into_iter().map(|document| look_at(facts, actor, rule, document)).collect()
}

/// One command as it stands now for one person, in any stage. `document` counts for commands about a document only.
#[must_use]
pub fn action(facts: &Facts<'_>, actor: &Actor, name: CommandName, document: DocumentKind) -> Action {
    let is_document = matches!(name, CommandName::SaveDraft | CommandName::SubmitDocument);
    look_at(facts, actor, rule(name), is_document.then_some(document))
}

fn look_at(facts: &Facts<'_>, actor: &Actor, rule: &'static CommandRule, document: Option<DocumentKind>) -> Action {
    let mut blocked_by: Vec<Unmet> = permit(facts, actor, rule, &who::Target::any(document)).err().into_iter().collect();
    blocked_by.extend(unmet(facts, rule, document));
    if rule.name == CommandName::SubmitDocument
        && let Some(document) = document.filter(|kind| document_rule(*kind).is_open(facts.dossier))
    {
        blocked_by.extend(documents::not_submittable(facts, document, documents::Figures::ToCome));
    }
    Action { name: rule.name, document, blocked_by }
}

fn document_of(command: &Command) -> Option<DocumentKind> {
    match command {
        Command::SaveDraft { document, .. } | Command::SubmitDocument { document, .. } => Some(*document),
        _ => None,
    }
}

/// The state of the release that is in the way: suspension, stage, gates.
fn unmet(facts: &Facts<'_>, rule: &CommandRule, document: Option<DocumentKind>) -> Vec<Unmet> {
    let release = &facts.dossier.release;
    let (stages, is_open, gates) = match document.map(document_rule) {
        Some(document) => {
            let gates = if rule.name == CommandName::SubmitDocument { document.gates } else { document.draft_gates };
            (document.stages, document.is_open(facts.dossier), gates)
        }
        None => (rule.stages, rule.is_open(facts.dossier), rule.gates),
    };
    let goes_on_while_suspended = matches!(
        rule.name,
        CommandName::ResumeRelease
            | CommandName::CancelRelease
            | CommandName::AddComment
            | CommandName::AttachFile
            | CommandName::AddAddendum
            | CommandName::AssignRole
            // Danger does not wait (RA7).
            | CommandName::StartRollback
            | CommandName::RecordRollback
    );
    let mut all = Vec::new();
    match &release.suspension {
        Some(mark) if !goes_on_while_suspended => {
            all.push(
                Unmet::new(Code::Suspended)
                    .with("reason", &mark.reason)
                    .by([facts.party(crate::people::role::Role::ReleaseOwner)]),
            );
        }
        None if rule.name == CommandName::ResumeRelease => all.push(Code::NotSuspended.into()),
        _ => {}
    }
    if !is_open && adds_to_the_record(rule.name) {
        let by = [facts.party(crate::people::role::Role::ReleaseAdministrator)];
        all.push(Unmet::new(Code::ReleaseClosed).with_text("stage", release.stage).by(by).at("files"));
        return all;
    }
    if !is_open {
        let names: Vec<Text> = stages.iter().copied().map(Stage::into).collect();
        all.push(Unmet::new(Code::WrongStage).with_text("stage", release.stage).with_text("stages", Text::list(&names)));
        return all;
    }
    all.extend(gates.iter().flat_map(|gate| gate.unmet(facts)));
    all
}

/// What only adds to the record of a release, whatever its stage.
fn adds_to_the_record(name: CommandName) -> bool {
    matches!(name, CommandName::AddComment | CommandName::AttachFile | CommandName::AddTask)
}

fn handle(script: &mut Script<'_>, command: &Command) -> Result<(), Refusal> {
    use Command as C;
    match command {
        C::SaveDraft { document, content } => documents::save_draft(script, *document, content),
        C::SubmitDocument { document, note, figures } => documents::submit(script, *document, note, figures.as_ref()),
        C::AssignRole { role, user_id, reason } => general::assign_role(script, *role, *user_id, reason),
        C::GrantException { kind, reason } => general::grant_exception(script, *kind, reason),
        C::AcceptRisk { risk, reason } => planning::accept_risk(script, risk, reason),
        C::AcceptConflict { conflict, reason } => conflicts::accept(script, conflict, reason),
        C::AddChange { change } => planning::add_change(script, change),
        C::RemoveChange { change_id, reason } => planning::remove_change(script, *change_id, reason),
        C::ConfirmGrouping => planning::confirm_grouping(script),
        C::RequestOpinions { departments, question } => planning::request_opinions(script, departments, question),
        C::ConvenePlanReview { convocation } => panels::convene_plan_review(script, convocation),
        C::ConveneGoLiveApproval { convocation } | C::ConveneEmergencyApproval { convocation } => {
            panels::convene_go_live(script, convocation)
        }
        C::CastVote { approval_id, ballot } => approvals::cast_vote(script, *approval_id, ballot),
        C::ReplaceMember { approval_id, member, successor, reason } => {
            members::replace_member(script, *approval_id, *member, *successor, reason)
        }
        C::ReviseReleasePlan { reason } => planning::revise_release_plan(script, reason),
        C::ReviseGoLivePlan { reason } => planning::revise_go_live_plan(script, reason),
        C::RegisterUnit { unit } => testing::register_unit(script, unit),
        C::WithdrawUnit { unit_id, reason } => testing::withdraw_unit(script, *unit_id, reason),
        C::AddTestCase { case } => testing::add_test_case(script, case),
        C::RecordTestRun { run } => testing::record_test_run(script, run),
        C::ReceiveTestReport => testing::receive_test_report(script),
        C::AddTask { task } => tasks::add(script, task),
        C::CompleteTask { task_id, text, attachments } => tasks::complete(script, *task_id, text, attachments),
        C::VerifyTask { task_id, remark } => tasks::verify(script, *task_id, remark),
        C::ReturnTask { task_id, reason } => tasks::give_back(script, *task_id, reason),
        C::WaiveTask { task_id, reason } => tasks::waive(script, *task_id, reason),
        C::ReassignTask { task_id, assignee, reason } => tasks::reassign(script, *task_id, *assignee, reason),
        C::PlanConfigurationChange { item, version, phase } => configuration::plan(script, item, version, phase.as_deref()),
        C::DropConfigurationChange { change_id, reason } => configuration::drop_item(script, *change_id, reason),
        C::RecordBaseline { change_id, state } => configuration::record_baseline(script, *change_id, state.as_ref()),
        C::SendConfigurationRequest { note } => configuration::send_request(script, note),
        C::ConfirmConfigurationChange { change_id, actual, library_reference, difference } => {
            configuration::confirm(script, *change_id, actual, library_reference.as_deref(), difference)
        }
        C::ReturnConfigurationChange { change_id, reason } => configuration::give_back(script, *change_id, reason),
        C::StartDeployment { units, note } => deployment::start(script, units, note),
        C::RecordStep { step, report } => deployment::record_step(script, step, report),
        C::CompletePhase { phase, stakeholders } => deployment::complete_phase(script, phase, stakeholders),
        C::RecordDeviation { step, note } => deployment::record_deviation(script, step.as_deref(), note),
        C::DecideToContinue { ground } => deployment::decide_to_continue(script, ground),
        C::StartRollback { ground } => deployment::start_rollback(script, ground),
        C::RecordRollback { group, report } => deployment::record_rollback(script, *group, report),
        C::ReconveneConfirmation { phase, note } => deployment::reconvene_confirmation(script, phase, note),
        C::RecordVerdict { verdict, reason } => verdict::record(script, *verdict, reason),
        C::ExcuseArchiveRecord { record, reason } => general::excuse_archive_record(script, record, reason),
        C::CloseRelease { note } => general::close(script, note),
        C::ReopenRelease { reason } => general::reopen(script, reason),
        C::SuspendRelease { reason } => general::suspend(script, reason),
        C::ResumeRelease { reason } => general::resume(script, reason),
        C::CancelRelease { reason } => general::cancel(script, reason),
        C::AttachFile { file } => general::attach_file(script, file),
        C::AddAddendum { file, reason } => general::add_addendum(script, file, reason),
        C::AddComment { text } => general::comment(script, text),
    }
}
