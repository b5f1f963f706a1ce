//! What is offered and what is decided are the same: an offer is kept, and what is not offered is refused.

use fabu_domain::{
    blocks::document::DocumentKind,
    subject::refusal::{Code, Refusal},
    subjects::release::{
        command::{Command, CommandName},
        decide::{Action, available},
        facts::Actor,
    },
};
use fabu_scenario::World;

/// What was offered before a command was given.
pub struct Agreement {
    offer: Option<Action>,
    /// True when the command answers a panel that is over: kept as a remark, never offered.
    late_vote: bool,
}

fn document_of(command: &Command) -> Option<DocumentKind> {
    match command {
        Command::SaveDraft { document, .. } | Command::SubmitDocument { document, .. } => Some(*document),
        _ => None,
    }
}

impl Agreement {
    pub fn before(world: &World, actor: &Actor, command: &Command) -> Self {
        let offers = available(&world.facts(), actor);
        let document = document_of(command);
        let offer = offers.into_iter().find(|a| a.name == command.name() && a.document == document);
        let late_vote = match command {
            Command::CastVote { approval_id, .. } => world.dossier.approval(*approval_id).is_some_and(|a| !a.is_open()),
            _ => false,
        };
        Self { offer, late_vote }
    }

    pub fn check(&self, world: &World, command: &Command, result: Result<(), &Refusal>) -> Result<(), String> {
        let stage = world.dossier.release.stage;
        match (&self.offer, result) {
            (None, Ok(())) => Err(format!("accepted in {stage}, where it is not known")),
            (Some(offer), Ok(())) if !offer.blocked_by.is_empty() && !self.late_vote => {
                Err(format!("accepted although blocked by {:?}", offer.blocked_by))
            }
            (Some(offer), Err(refusal)) if offer.blocked_by.is_empty() => self.kept(command, refusal),
            _ => Ok(()),
        }
    }

    /// An offered command may lack something of its own, but neither permission nor stage.
    fn kept(&self, command: &Command, refusal: &Refusal) -> Result<(), String> {
        let names_a_target = matches!(
            command.name(),
            CommandName::CastVote
                | CommandName::AssignRole
                | CommandName::GrantException
                | CommandName::ExcuseArchiveRecord
                | CommandName::CompleteTask
                | CommandName::VerifyTask
                | CommandName::ReturnTask
                | CommandName::WaiveTask
        );
        let broken = |code: &Code| match code {
            Code::NotPermitted => !names_a_target,
            Code::WrongStage | Code::Suspended | Code::NotSuspended => true,
            _ => false,
        };
        match refusal.unmet().iter().map(|u| u.code).find(broken) {
            Some(code) => Err(format!("offered, yet refused for {code:?}: {refusal}")),
            None => Ok(()),
        }
    }
}
