//! Mails as files.

use crate::support::{mail, notice};
use fabu_outbound::mail::{FailureClass, FileMailer, Mailer};

#[tokio::test]
async fn a_repeat_replaces_the_file_and_leaves_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::Files(FileMailer { folder: folder.path().join("outbox") });
    let mail = mail(&notice("x"));
    mailer.check().await.unwrap();
    mailer.send(&mail).await.unwrap();
    mailer.send(&mail).await.unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path().join("outbox")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["00000000-0000-0000-0000-000000000007.eml"]);
    let kept = std::fs::read(folder.path().join("outbox").join(&names[0])).unwrap();
    assert_eq!(kept, mail.bytes());
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_worth_another_try() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mailer = Mailer::Files(FileMailer { folder: file.path().join("outbox") });
    assert_eq!(mailer.send(&mail(&notice("x"))).await.unwrap_err().class, FailureClass::Unreachable);
    assert!(mailer.check().await.is_err());
}
