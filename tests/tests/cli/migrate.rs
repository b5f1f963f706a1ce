use crate::support::Instance;

#[tokio::test]
async fn a_second_migration_has_nothing_to_do() {
    let instance = Instance::empty();
    let checked = instance.run(&["migrate", "--check"]).await;
    assert_eq!(checked.code, Some(1), "{}", checked.out);
    assert!(instance.run(&["migrate"]).await.ok().contains("migrations applied"));
    assert!(instance.run(&["migrate"]).await.ok().contains("up to date"));
    assert!(instance.run(&["migrate", "--check"]).await.ok().contains("0 migrations missing"));
}

#[tokio::test]
async fn refuses_a_database_of_a_newer_program() {
    let instance = Instance::migrated().await;
    instance.database().execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").unwrap();
    for command in [&["migrate"][..], &["serve", "--listen", "127.0.0.1:0"], &["user", "list"], &["verify"]] {
        let refused = instance.run(command).await.refused();
        assert!(refused.contains("9999") && refused.contains("newer program"), "{command:?}: {refused}");
    }
}

#[tokio::test]
async fn commands_ask_for_a_migration_first() {
    let instance = Instance::empty();
    let file = instance.file("ledger.csv", "number,title,outcome,date\n1,a,ok,2024-03-05\n");
    for command in [&["user", "list"][..], &["verify"], &["import", "ledger", &file]] {
        let refused = instance.run(command).await.refused();
        assert!(refused.contains("fabu migrate"), "{command:?}: {refused}");
    }
}

#[tokio::test]
async fn commands_make_no_database_by_mistake() {
    let instance = Instance::empty();
    let elsewhere = instance.data_dir().join("nowhere");
    let elsewhere = elsewhere.to_str().unwrap();
    let refused = instance.run(&["user", "list", "--data-dir", elsewhere, "--database", ""]).await.refused();
    assert!(refused.contains("there is no database") && refused.contains("--data-dir"), "{refused}");
    assert!(!std::path::Path::new(elsewhere).exists());
}
