//! The steps of a report: who is asked, what an answer brings about, what becomes of its measures.

use super::*;

/// 3.5: every general manager who has not written in the report is asked; the first answer decides.
#[test]
fn a_report_is_signed_off_by_the_general_manager_and_sent_back_with_a_reason() {
    let submitted = report(count(&successes(3)), ReportState::Submitted);
    let asked: Vec<UserId> = submitted.approvals[0].awaited().collect();
    assert_eq!((asked, submitted.approvals[0].state), (vec![MANAGER], ApprovalState::Open));
    let (directory, parameters) = (directory(), Parameters::default());
    let vote = |by, ballot: &Ballot| {
        let mut step = Step::new(&directory, &parameters, now(), by, submitted.clone());
        let taken = step.vote(submitted.figures.clone(), ballot, None);
        (codes(taken), step.record)
    };
    assert_eq!(vote(OWNER, &ballot(Decision::Return, "补充")).0, [Code::NotPermitted]);
    assert_eq!(vote(MANAGER, &ballot(Decision::Return, " ")).0, [Code::VoteCommentRequired]);
    assert_eq!(vote(MANAGER, &ballot(Decision::PassWithConditions, "补充")).0, [Code::ReportWithoutConditions]);
    let (none, returned) = vote(MANAGER, &ballot(Decision::Return, "补充原因"));
    let mark = returned.returned().unwrap();
    assert_eq!((none, returned.state(), mark.by, mark.reason.as_str()), (vec![], ReportState::Draft, MANAGER, "补充原因"));
    let again = in_state(returned, ReportState::Approved);
    assert_eq!(
        (again.approvals.len(), again.state(), again.approved().map(|mark| mark.by)),
        (2, ReportState::Approved, Some(MANAGER))
    );
}

/// 7a: what a restated report sets out anew does not start from the beginning, and is not owed twice.
#[test]
fn measures_of_a_restated_report_keep_what_is_done_and_end_what_was_open() {
    let signed = report(count(&successes(3)), ReportState::Approved);
    let task = signed.tasks[0].id;
    let done = after(signed.clone(), OWNER, |step| step.complete(task, "演练记录"));
    let restated = |signed: &QuarterlyReport| {
        let next = signed.restated(ReportId(Uuid::from_u128(10)), count(&successes(4)), "补录", now(), Some(OWNER));
        let figures = next.figures.clone();
        let next = in_state(next, ReportState::Submitted);
        after(next, MANAGER, |step| step.vote(figures.clone(), &ballot(Decision::Pass, ""), Some(signed)))
    };
    assert_eq!(restated(&done).tasks[0].evidence.as_ref().map(|evidence| evidence.text.as_str()), Some("演练记录"));
    assert!(restated(&signed).tasks[0].is_open());
    let ended = after(signed, MANAGER, |step| {
        step.withdraw_measures();
        Ok(())
    });
    assert_eq!(ended.open_measures().count(), 0);
}

/// 7a: a measure whose owner has left goes to somebody else; by those who write reports or decide on them.
#[test]
fn a_measure_is_handed_over_by_whoever_answers_for_the_report() {
    let signed = report(count(&successes(3)), ReportState::Approved);
    let (directory, parameters, task) = (directory(), Parameters::default(), signed.tasks[0].id);
    let hand = |by, to| {
        let mut step = Step::new(&directory, &parameters, now(), by, signed.clone());
        let taken = step.reassign(task, to, "离职");
        (codes(taken), step.record.tasks[0].assignee)
    };
    assert_eq!(hand(MANAGER, MANAGER), (vec![], MANAGER));
    assert_eq!(hand(MANAGER, UserId(Uuid::from_u128(77))), (vec![Code::AssigneeUnfit], OWNER));
}
