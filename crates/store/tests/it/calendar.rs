//! The working calendar in the database.

use fabu_domain::time::working_time::WorkingCalendar;
use fabu_store::{StoreError, testing::TestDatabase};

#[tokio::test]
async fn a_new_database_has_the_arrangement_of_2026() {
    let db = TestDatabase::create().unwrap();
    let calendar = db.store().read(|tx| Ok::<_, StoreError>(tx.directory()?.calendar.clone())).await.unwrap();
    assert_eq!(calendar, WorkingCalendar::default());
}
