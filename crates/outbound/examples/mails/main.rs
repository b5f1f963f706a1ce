//! `cargo xtask mails DIR`: every kind of mail in both languages, as files to be looked at (.html, .txt, .eml), and the
//! workbook of a quarter. What releases and reports send comes out of the code that sends it, played with the people of the
//! example company; for the other kinds there is a made-up sample, with the layout, subjects and words that go out.

mod accounts;
mod quarter;
mod samples;
mod stories;

use chrono::{DateTime, NaiveDate, Utc};
use fabu_documents::enclosures;
use fabu_domain::{
    language::Language,
    notifications::{
        digest::{DigestFacts, LateRelease, digest},
        notice::{Notice, NoticeKind},
    },
    people::directory::Directory,
    subjects::{quarterly_report::QuarterlyReport, release::overdue::FlagKind},
};
use fabu_outbound::{
    SenderIdentity,
    mail::{MailContent, Recipient, build},
    render,
};
use fabu_scenario::{Cast, cast::CASTS, company};
use std::{collections::BTreeMap, error::Error, fs, path::Path};
use stories::Told;
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let (directory, cast) = (company::directory()?, Cast::of(&CASTS[0]));
    let mut told = stories::told_by_releases()?;
    let reports = quarter::reports(&directory, cast.owner, cast.general_manager)?;
    told.extend(reports.told);
    told.extend(accounts::told(&directory, samples::at(12, 1, 16, 0).ok_or("no such time")?));
    told.push(a_digest(&directory, &told, &cast).ok_or("nothing to tell in a digest")?);
    let revisions = [reports.signed, reports.restated];
    // Of each kind one for each headline.
    let mut mails: BTreeMap<NoticeKind, Vec<Told>> = BTreeMap::new();
    for (notice, at) in told {
        let of_kind = mails.entry(notice.kind).or_default();
        if !of_kind.iter().any(|(known, _)| known.headline == notice.headline) {
            of_kind.push((notice, at));
        }
    }
    mails.insert(NoticeKind::Test, vec![(samples::test(), samples::at(12, 1, 16, 0).ok_or("no such time")?)]);
    // A bundle is said to groups only; every other kind is told by somebody, or it is none.
    if let Some(kind) = NoticeKind::ALL.iter().find(|kind| **kind != NoticeKind::Bundle && !mails.contains_key(kind)) {
        return Err(format!("nobody is told of {kind}").into());
    }
    let mut count = 0;
    for (n, (notice, at)) in mails.values().flat_map(|of_kind| (1..).zip(of_kind)) {
        for language in [Language::Chinese, Language::English] {
            let name = if n == 1 { notice.kind.to_string() } else { format!("{}-{n}", notice.kind) };
            write(&folder.join(format!("{name}.{language}")), notice, language, *at, &revisions, &directory)?;
            count += 1;
        }
    }
    println!("wrote {count} mails to {}", folder.display());
    Ok(())
}

/// The digest of the release owner who chose to have everything in it.
fn a_digest(directory: &Directory, told: &[Told], cast: &Cast) -> Option<Told> {
    let name = directory.name(cast.owner);
    let mine = told.iter().filter(|(notice, _)| {
        matches!(&notice.wanted, fabu_domain::notifications::notice::Wanted::Act { who, .. } if *who == name)
            || notice.kind == NoticeKind::Closed
    });
    let held: Vec<Notice> = mine.map(|(notice, _)| notice.clone()).take(9).collect();
    let late = [LateRelease {
        number: "REL-2026-0003".to_owned(),
        title: "柜面系统与网上营业厅接口改造及历史数据迁移（第二批）".to_owned(),
        kind: FlagKind::Closure,
        due_at: samples::at(11, 27, 18, 0)?,
        people: vec![cast.owner],
    }];
    let facts = DigestFacts { day: NaiveDate::from_ymd_opt(2026, 12, 1)?, late: &late, missing_year: Some(2027), directory };
    Some((digest(&facts, cast.owner, &held)?, samples::at(12, 1, 8, 40)?))
}

fn write(
    place: &Path,
    notice: &Notice,
    language: Language,
    now: DateTime<Utc>,
    reports: &[QuarterlyReport],
    directory: &Directory,
) -> Result<(), Box<dyn Error>> {
    let sender = SenderIdentity {
        base_url: "https://fabu.example.cn".to_owned(),
        sender_name: "发布管理".to_owned(),
        sender_address: "fabu@example.cn".to_owned(),
        company: "示例信息技术有限公司".to_owned(),
    };
    let to = Recipient { name: "王芳".to_owned(), address: "wang.fang@example.cn".to_owned(), language };
    let made = enclosures(notice, reports, directory, language)?;
    let letter = MailContent {
        delivery: Uuid::nil(),
        attempt: 1,
        to: &to,
        notice: &made.notice,
        picture: made.picture.as_deref(),
        files: &made.files,
        now,
    };
    let file = |ending: &str| format!("{}.{ending}", place.display());
    fs::write(file("eml"), build(&sender, &letter)?.bytes())?;
    let rendered = render(&made.notice, language, &sender, now)?;
    fs::write(file("txt"), format!("{}\n\n{}", rendered.subject, rendered.text))?;
    let rendered = match &made.picture {
        Some(png) => rendered.with_picture(png),
        None => rendered,
    };
    for workbook in &made.files {
        fs::write(file("xlsx"), &workbook.bytes)?;
    }
    Ok(fs::write(file("html"), rendered.html)?)
}
