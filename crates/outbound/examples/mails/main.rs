//! `cargo xtask mails DIR`: every kind of mail in both languages, as files to be looked at (.html, .txt, .eml), and a
//! workbook. The people and releases are made up; layout, subjects and words around them are those that go out.

mod samples;
mod workbook;

use chrono::{DateTime, Utc};
use fabu_documents::rate_chart;
use fabu_domain::{
    directory::Language,
    notice::{Notice, NoticeKind},
};
use fabu_outbound::{
    House,
    mail::{Letter, Recipient, build},
    render,
};
use std::{error::Error, fs, path::Path};
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let now = samples::at(12, 1, 16, 0).ok_or("no such time")?;
    for kind in NoticeKind::ALL {
        let notice = samples::notice(*kind).ok_or("a sample is broken")?;
        for language in [Language::Chinese, Language::English] {
            write(folder, &notice, language, now)?;
        }
    }
    let report = samples::notice(NoticeKind::QuarterlyReport).and_then(|notice| notice.chart);
    let workbook = report.as_ref().and_then(workbook::workbook).ok_or("the sample of a workbook is broken")?;
    for language in [Language::Chinese, Language::English] {
        fs::write(folder.join(format!("quarterly_report.{language}.xlsx")), workbook.xlsx(language)?)?;
    }
    println!("wrote {} mails to {}", 2 * NoticeKind::ALL.len(), folder.display());
    Ok(())
}

fn write(folder: &Path, notice: &Notice, language: Language, now: DateTime<Utc>) -> Result<(), Box<dyn Error>> {
    let house = House {
        base_url: "https://fabu.example.cn".to_owned(),
        sender_name: "发布管理".to_owned(),
        sender_address: "fabu@example.cn".to_owned(),
        company: "示例信息技术有限公司".to_owned(),
    };
    let to = Recipient { name: "王芳".to_owned(), address: "wang.fang@example.cn".to_owned(), language };
    let picture = notice.chart.as_ref().map(|chart| rate_chart(chart, language)).transpose()?;
    let rendered = render(notice, language, &house, now)?;
    let letter =
        Letter { delivery: Uuid::nil(), attempt: 1, to: &to, notice, picture: picture.as_deref(), attachments: &[], now };
    let place = |ending: &str| folder.join(format!("{}.{language}.{ending}", notice.kind));
    fs::write(place("eml"), build(&house, &letter)?.bytes())?;
    fs::write(place("txt"), format!("{}\n\n{}", rendered.subject, rendered.text))?;
    let mut html = rendered.html;
    if let Some(picture) = picture {
        fs::write(place("png"), picture)?;
        // A browser opens no `cid:` address.
        html = html.replace("cid:success-rate", &format!("{}.{language}.png", notice.kind));
    }
    Ok(fs::write(place("html"), html)?)
}
