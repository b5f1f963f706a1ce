//! When a test report is complete (§5.4, RO1c, RT2).

use super::{
    steps::local,
    test_report::{CategoryResult, DefectLevel, DefectState, TestCategory, TestConclusion, TestReport, TestVerdict},
    test_results::{CaseResult, CaseStanding, conclusion_of},
};
use crate::blocks::document::missing::{DocumentContext, Findings, Missing, MissingCode};
use crate::people::role::Role;
use crate::subject::refusal::Text;
use chrono::{DateTime, Utc};

/// A case whose runs do not say "as expected" keeps its category from saying so.
fn not_passed(case: &CaseResult, clause: &'static str, at: &str, found: &mut Findings<'_>) {
    let title = &case.title;
    let (zh, en) = match case.standing {
        CaseStanding::Passed => return,
        CaseStanding::Failed => (
            format!("用例“{title}”最近一次执行未通过，该类别不能为与预期一致"),
            format!("the latest run of case \"{title}\" failed, so its category is not as expected"),
        ),
        CaseStanding::Open => (
            format!("用例“{title}”尚未在登记的版本上执行完成，该类别不能为与预期一致"),
            format!("case \"{title}\" was not run on what is registered, so its category is not yet as expected"),
        ),
    };
    found.add(clause, at, MissingCode::Contradiction, zh, en);
}

impl TestReport {
    /// What stands between this report and its submission.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        let mut found = Findings::new(ctx.directory, Self::FIELDS);
        self.check_environment(&mut found);
        let nothing = CategoryResult::default();
        for category in TestCategory::ALL {
            let result = self.categories.get(category).unwrap_or(&nothing);
            self.check_category(*category, result, ctx, &mut found);
        }
        self.check_rehearsal(ctx, &mut found);
        self.check_units(&mut found);
        self.check_defects(&mut found);
        found.given("5.4c", "/verdict", self.verdict.is_some());
        found.text("5.4c", "/summary", &self.summary);
        found.done()
    }

    fn passes(&self) -> bool {
        self.verdict == Some(TestVerdict::Pass)
    }

    fn check_environment(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.4b";
        found.rows(CLAUSE, "/environment", self.environment.len(), 1);
        for (index, row) in self.environment.iter().enumerate() {
            let at = format!("/environment/{index}");
            found.text(CLAUSE, format!("{at}/item"), &row.item);
            found.text(CLAUSE, format!("{at}/production"), &row.production);
            found.text(CLAUSE, format!("{at}/test"), &row.test);
            if row.production.trim() != row.test.trim() {
                found.text(CLAUSE, format!("{at}/difference"), &row.difference);
                found.text(CLAUSE, format!("{at}/risk"), &row.risk);
            }
        }
    }

    fn check_category(
        &self,
        category: TestCategory,
        result: &CategoryResult,
        ctx: &DocumentContext<'_>,
        found: &mut Findings<'_>,
    ) {
        let (clause, zh, en) = (category.clause(), category.zh(), category.en());
        let at = format!("/categories/{category}");
        let executed = ctx.executed_cases.get(&category).copied().unwrap_or(0);
        match result.conclusion {
            Some(TestConclusion::NotApplicable) => {
                found.reason(clause, format!("{at}/reason"), &result.reason);
                let consent = format!("{at}/consented_by");
                match result.consented_by {
                    None => found.given(clause, consent, false),
                    Some(user) if !ctx.directory.holds(user, Role::ReleaseAdministrator) => {
                        let who = ctx.directory.name(user);
                        let (zh, en) = (format!("{who}不是发布管理员"), format!("{who} is no release administrator"));
                        found.add(clause, consent, MissingCode::WrongRole, zh, en);
                    }
                    // Whoever receives the report consents by it, and nobody else can.
                    Some(user) if ctx.administrator.is_some_and(|administrator| administrator != user) => {
                        let who = ctx.directory.name(user);
                        let zh = format!("{who}不是本发布的发布管理员");
                        let en = format!("{who} is not the administrator of this release");
                        found.add(clause, consent, MissingCode::WrongRole, zh, en);
                    }
                    Some(_) => {}
                }
                if ctx.cases.iter().any(|case| case.category == category && case.was_run) {
                    let (zh, en) = (
                        format!("类别“{zh}”已执行过测试用例，不能为不适用"),
                        format!("cases of category \"{en}\" were run, so it cannot be called not applicable"),
                    );
                    found.add(clause, format!("{at}/conclusion"), MissingCode::Contradiction, zh, en);
                }
            }
            _ if executed == 0 => {
                let zh = format!("类别“{zh}”没有执行过的用例，也没有不适用的理由");
                let en = format!("category \"{en}\" has no executed case and no reason why it does not apply");
                found.add(clause, at, MissingCode::NotExecuted, zh, en);
            }
            None => {
                let (zh, en) = (format!("类别“{zh}”没有结论"), format!("category \"{en}\" has no conclusion"));
                found.add(clause, format!("{at}/conclusion"), MissingCode::Required, zh, en);
            }
            Some(TestConclusion::NotAsExpected) if self.passes() => {
                let (zh, en) = (
                    format!("类别“{zh}”与预期不一致，结论不能为通过"),
                    format!("category \"{en}\" is not as expected, so the verdict cannot be pass"),
                );
                found.add("5.4c", "/verdict", MissingCode::Contradiction, zh, en);
            }
            Some(TestConclusion::AsExpected) => {
                for case in ctx.cases.iter().filter(|case| case.category == category) {
                    not_passed(case, clause, &format!("{at}/conclusion"), found);
                }
            }
            Some(TestConclusion::NotAsExpected) => {}
        }
    }

    fn check_rehearsal(&self, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
        const CLAUSE: &str = "RO1c";
        const AT: &str = "/rollback_rehearsal";
        let rehearsal = &self.rollback_rehearsal;
        if rehearsal.rehearsed {
            found.given(CLAUSE, format!("{AT}/at"), rehearsal.at.is_some());
            if rehearsal.at.is_some_and(|at| at > ctx.now) {
                let (zh, en) = ("回退演练时间晚于现在".to_owned(), "the time of the rehearsal lies in the future".to_owned());
                found.add(CLAUSE, format!("{AT}/at"), MissingCode::WrongOrder, zh, en);
            }
            // To the minute: people enter no seconds.
            let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
            if let (Some(at), Some(planned)) = (rehearsal.at, ctx.rollback_planned)
                && minute(at) < minute(planned)
            {
                let planned = local(planned);
                let zh = format!("回退演练早于现行回退方案的提交时间（{planned}），须按现行方案演练");
                let en = format!(
                    "the rehearsal is older than the rollback plan in force, submitted at {planned}: rehearse the plan in force"
                );
                found.add(CLAUSE, format!("{AT}/at"), MissingCode::WrongOrder, zh, en);
            }
            let timed = rehearsal.duration_minutes > 0;
            found.given(CLAUSE, format!("{AT}/duration_minutes"), timed);
            found.text(CLAUSE, format!("{AT}/result"), &rehearsal.result);
        } else {
            found.reason(CLAUSE, format!("{AT}/exemption_reason"), &rehearsal.exemption_reason);
        }
        let verdicts = [
            ("/release_procedure_effective", self.release_procedure_effective),
            ("/rollback_procedure_effective", self.rollback_procedure_effective),
        ];
        for (at, effective) in verdicts {
            let excused = at == "/rollback_procedure_effective" && !rehearsal.rehearsed;
            found.given(CLAUSE, at, effective.is_some() || excused);
            if effective == Some(false) && self.passes() {
                let Text { zh, en } = found.called(at);
                let (zh, en) = (format!("{zh}：否，结论不能为通过"), format!("{en}: no, so the verdict cannot be pass"));
                found.add(CLAUSE, at, MissingCode::Contradiction, zh, en);
            }
        }
        self.check_effective(ctx, found);
        if self.rollback_procedure_effective == Some(true) && !rehearsal.rehearsed {
            let (zh, en) = (
                "回退未演练，不能认定回退程序有效".to_owned(),
                "the rollback was not rehearsed, so it cannot be called effective".to_owned(),
            );
            found.add(CLAUSE, "/rollback_procedure_effective", MissingCode::Contradiction, zh, en);
        }
    }

    /// A procedure is effective only when its own check of 5.4.6 says so by its runs.
    fn check_effective(&self, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
        let stated = |category| self.categories.get(&category).and_then(|result| result.conclusion);
        let rehearsed = conclusion_of(&ctx.cases, TestCategory::RollbackProcedure) == Some(TestConclusion::AsExpected)
            && stated(TestCategory::RollbackProcedure) == Some(TestConclusion::AsExpected);
        if self.rollback_procedure_effective == Some(true) && self.rollback_rehearsal.rehearsed && !rehearsed {
            let (zh, en) = (
                "回滚程序的测试不适用、未执行或未通过，不能认定回退程序有效".to_owned(),
                "the tests of the rollback procedure are not applicable, not run or not passed, so it cannot be called effective"
                    .to_owned(),
            );
            found.add("5.4.6", "/rollback_procedure_effective", MissingCode::Contradiction, zh, en);
        }
        let order = stated(TestCategory::InstallationOrder);
        if self.release_procedure_effective == Some(true) && order == Some(TestConclusion::NotAsExpected) {
            let (zh, en) = (
                "安装顺序的测试与预期不一致，不能认定发布程序有效".to_owned(),
                "the tests of the installation order are not as expected, so the release procedure cannot be called effective"
                    .to_owned(),
            );
            found.add("5.4.6", "/release_procedure_effective", MissingCode::Contradiction, zh, en);
        }
    }

    fn check_units(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "3.1b";
        found.rows(CLAUSE, "/tested_units", self.tested_units.len(), 1);
        for (index, unit) in self.tested_units.iter().enumerate() {
            let at = format!("/tested_units/{index}");
            found.text(CLAUSE, format!("{at}/name"), &unit.name);
            found.text(CLAUSE, format!("{at}/version"), &unit.version);
            let hash = unit.sha256.len() == 64 && unit.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            if !hash {
                let zh = "发布单元的 SHA-256 须为 64 位小写十六进制".to_owned();
                let en = "the SHA-256 of the unit needs 64 lower-case hex digits".to_owned();
                found.add(CLAUSE, format!("{at}/sha256"), MissingCode::Required, zh, en);
            }
        }
    }

    fn check_defects(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.4c";
        found.keys(CLAUSE, "/defects", self.defects.iter().map(|row| &row.key));
        for (index, defect) in self.defects.iter().enumerate() {
            let at = format!("/defects/{index}");
            found.text(CLAUSE, format!("{at}/title"), &defect.title);
            found.given(CLAUSE, format!("{at}/level"), defect.level.is_some());
            found.given(CLAUSE, format!("{at}/state"), defect.state.is_some());
            let blocking = defect.level == Some(DefectLevel::Blocking);
            if blocking && defect.state != Some(DefectState::Fixed) && self.passes() {
                let zh = format!("阻断性缺陷“{}”未修复，结论不能为通过", defect.title);
                let en = format!("the blocking defect \"{}\" is not fixed, so the verdict cannot be pass", defect.title);
                found.add(CLAUSE, "/verdict", MissingCode::Contradiction, zh, en);
            }
        }
    }
}
