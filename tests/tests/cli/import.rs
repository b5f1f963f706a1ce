use crate::support::{Instance, Serving};
use chrono::{DateTime, Datelike, FixedOffset};
use encoding_rs::GB18030;
use fabu_testkit::Actor;
use flate2::{Compression, write::GzEncoder};
use std::{collections::BTreeMap, io::Write};

/// Real releases; see `tests/data/README.md`.
const SAMPLE: &str = include_str!("../../data/ledger-sample.csv");

const CHINESE: &str = "编号;标题;类型;系统;客户;结果;发布日期\n\
    FB-2024-001;核心系统补丁;一般;核心业务系统;示例银行;成功;2024/3/31 23:30\n\
    FB-2024-002;紧急修复;紧急;办公系统;示例银行;回退;2024年4月1日\n\
    FB-2024-003;部分上线;重大;办公系统;;部分;2024-04-02 08:00\n";

async fn kpi(admin: &Actor, quarter: &str) -> serde_json::Value {
    admin.get(&format!("/reports/kpi/{quarter}")).await.ok()
}

async fn served() -> (Instance, Serving, Actor) {
    let instance = Instance::empty();
    let server = instance.serve(&[]).await;
    let admin = instance.administrator(&server).await;
    (instance, server, admin)
}

/// Releases and successes by quarter, counted without a line of the program: eight hours ahead of UTC, three months each.
fn counted() -> BTreeMap<String, (u64, u64)> {
    let china = FixedOffset::east_opt(8 * 3600).unwrap();
    let mut quarters: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(SAMPLE.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|heading| heading == name).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let ended = DateTime::parse_from_rfc3339(&record[column("approved_at")]).unwrap().with_timezone(&china);
        let quarter = format!("{}Q{}", ended.year(), (ended.month() - 1) / 3 + 1);
        let (total, successes) = quarters.entry(quarter).or_default();
        *total += 1;
        *successes += u64::from(&record[column("outcome")] == "released");
    }
    quarters
}

#[tokio::test]
async fn real_history_counts_in_its_quarters_exactly_as_an_independent_count() {
    let (instance, server, admin) = served().await;
    let file = instance.file("ledger.csv", SAMPLE);
    let told = instance.run(&["import", "ledger", &file, "--as", "admin"]).await.ok();
    let expected = counted();
    let rows: u64 = expected.values().map(|(total, _)| total).sum();
    assert!(told.contains(&format!("{rows} releases imported, 0 were imported before")), "{told}");
    let quarters = admin.get("/reports/kpi").await.ok();
    let listed: Vec<&str> = quarters["items"].as_array().unwrap().iter().filter_map(|q| q["quarter"].as_str()).collect();
    assert_eq!(listed.len(), 24);
    let mut withdrawn = 0;
    for (quarter, (total, successes)) in &expected {
        assert!(listed.contains(&quarter.as_str()));
        let found = kpi(&admin, quarter).await;
        assert_eq!((found["total"].as_u64(), found["successes"].as_u64()), (Some(*total), Some(*successes)), "{quarter}");
        let rolled_back = found["by_verdict"].as_array().unwrap().iter().find(|v| v["verdict"] == "rolled_back");
        withdrawn += rolled_back.unwrap()["count"].as_u64().unwrap();
    }
    assert_eq!(withdrawn, 7);
    drop(server.stop("TERM").await.ok());
    let found = instance.run(&["verify"]).await.ok();
    assert!(found.contains(&format!("records: {rows} releases")) && found.contains(" 0 events wait"), "{found}");
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_a_second_run_adds_nothing() {
    let instance = Instance::migrated().await;
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(SAMPLE.as_bytes()).unwrap();
    let file = instance.file("ledger.csv.gz", packer.finish().unwrap());
    let told = instance.run(&["import", "ledger", &file, "--dry-run"]).await.ok();
    assert!(told.contains("368 releases would be imported (dry run, nothing was changed), 0 were imported before"), "{told}");
    assert!(told.contains("by outcome: rolled_back 7, successful 361") && told.contains("by kind: minor 368"), "{told}");
    let quarters: Vec<String> = counted().iter().map(|(quarter, (total, _))| format!("{quarter} {total}")).collect();
    assert!(told.contains(&format!("by quarter: {}", quarters.join(", "))), "{told}");
    assert!(instance.run(&["verify"]).await.ok().contains("records: 0 releases"));
    assert!(instance.run(&["import", "ledger", &file]).await.ok().contains("368 releases imported, 0 were imported before"));
    let told = instance.run(&["import", "ledger", &file]).await.ok();
    assert!(told.contains("0 releases imported, 368 were imported before, 0 differences"), "{told}");
    let found = instance.run(&["verify"]).await.ok();
    assert!(found.contains("log: 369 events") && found.contains("records: 368 releases"), "{found}");
}

#[tokio::test]
async fn a_row_that_says_something_else_is_reported_and_not_written_over() {
    let (instance, server, admin) = served().await;
    let ledger = |outcome: &str| format!("number,title,outcome,date\n1,one,{outcome},2024-03-05\n2,two,ok,2024-03-06\n");
    drop(instance.run(&["import", "ledger", &instance.file("a.csv", ledger("ok"))]).await.ok());
    let changed = ledger("failed") + "3,three,ok,2024-03-07\n";
    let told = instance.run(&["import", "ledger", &instance.file("b.csv", changed)]).await.ok();
    assert!(told.contains("row 2, 1, outcome: imported \"successful\", now \"failed\""), "{told}");
    assert!(told.contains("1 releases imported, 2 were imported before, 1 differences"), "{told}");
    let found = kpi(&admin, "2024Q1").await;
    assert_eq!((found["total"].as_u64(), found["successes"].as_u64()), (Some(3), Some(3)));
    drop(server.stop("TERM").await.ok());
}

/// What is over elsewhere is closed here too (5.10a, D20).
#[tokio::test]
async fn an_imported_release_is_shown_as_history_to_which_nothing_is_added() {
    let (instance, server, admin) = served().await;
    let text = "number,title,outcome,date,requested_at,note\nNo/7 a,one,回退,2024-03-05 10:00,2024-03-01,磁盘已满\n";
    drop(instance.run(&["import", "ledger", &instance.file("a.csv", text)]).await.ok());
    let listed = admin.get("/releases?imported=true&quarter=2024Q1&verdict=rolled_back").await.ok();
    assert_eq!(listed["items"][0]["number"], "HIST-No/7 a", "{listed}");
    let view = admin.get("/releases/HIST-No%2F7%20a").await.ok();
    assert_eq!((&view["title"], &view["stage"]["code"]), (&"one".into(), &"completed".into()), "{view}");
    assert_eq!(view["imported"]["number"], "No/7 a", "{view}");
    assert!(view.to_string().contains("磁盘已满"), "{view}");
    let allowed = view["actions"].as_array().unwrap().iter().filter(|action| action["allowed"] == true);
    assert_eq!(allowed.count(), 0, "{view}");
    let events = admin.get("/releases/HIST-No%2F7%20a/events").await.ok();
    assert_eq!(events["items"][0]["kind"], "release.imported", "{events}");
    drop(server.stop("TERM").await.ok());
}

#[tokio::test]
async fn a_chinese_ledger_in_gb18030_needs_no_mapping() {
    let (instance, server, admin) = served().await;
    let (bytes, _, _) = GB18030.encode(CHINESE);
    let told = instance.run(&["import", "ledger", &instance.file("发布台账.csv", &bytes)]).await.ok();
    assert!(told.contains("3 rows, gb18030") && told.contains("3 releases imported"), "{told}");
    let (first, second) = (kpi(&admin, "2024Q1").await, kpi(&admin, "2024Q2").await);
    assert_eq!((first["total"].as_u64(), first["successes"].as_u64()), (Some(1), Some(1)));
    assert_eq!((second["total"].as_u64(), second["successes"].as_u64()), (Some(2), Some(0)));
    let kinds = second["by_kind"].as_array().unwrap();
    let count = |kind: &str| kinds.iter().find(|k| k["kind"] == kind).and_then(|k| k["count"].as_u64());
    assert_eq!((count("emergency"), count("major")), (Some(1), Some(1)));
    drop(server.stop("TERM").await.ok());
}

#[tokio::test]
async fn another_ledger_is_read_by_a_mapping() {
    let instance = Instance::migrated().await;
    let file = instance.file("other.csv", "sys,ver,what,end,how,prio\nERP,1.2,Patch,2024-03-05,erledigt,P1\n");
    let refused = instance.run(&["import", "ledger", &file]).await.refused();
    assert!(refused.contains("number, title, outcome, finished_at") && refused.contains("--map"), "{refused}");
    let mapping = ["--map", "number={sys}-{ver}", "--map", "title=what", "--map", "finished_at=end", "--map", "outcome=how"];
    let command = [&["import", "ledger", &file], &mapping[..]].concat();
    let refused = instance.run(&command).await.refused();
    assert!(refused.contains("row 2, outcome (how): the outcome \"erledigt\" is not known"), "{refused}");
    let words = ["--map", "kind=prio", "--value", "outcome.erledigt=successful", "--value", "kind.P1=emergency"];
    let told = instance.run(&[&command[..], &words].concat()).await.ok();
    assert!(told.contains("1 releases imported"), "{told}");
    let wrong = instance.run(&[&command[..], &["--map", "colour=how"]].concat()).await.refused();
    assert!(wrong.contains("there is no field colour"), "{wrong}");
}

#[tokio::test]
async fn one_wrong_row_keeps_every_row_out_and_is_named_in_the_readers_language() {
    let instance = Instance::migrated().await;
    let text = "编号,标题,结果,完成时间\n1,一,成功,2024-03-05\n2,,也许,昨天\n1,再次,成功,2024-03-05\n";
    let file = instance.file("ledger.csv", text);
    let refused = instance.run(&["import", "ledger", &file]).await.refused();
    for part in [
        "4 errors; nothing was imported",
        "row 3, title (标题): must not be empty",
        "row 3, finished_at (完成时间): \"昨天\" is no date",
        "row 3, outcome (结果): the outcome \"也许\" is not known",
        "row 4, number (编号): the number \"1\" is in row 2 already",
    ] {
        assert!(refused.contains(part), "{part} in {refused}");
    }
    let refused = instance.run_in("zh_CN.UTF-8", &["import", "ledger", &file]).await.refused();
    assert!(refused.contains("4 处错误，未导入任何内容") && refused.contains("第 3 行，title (标题)：不能为空"), "{refused}");
    assert!(instance.run(&["verify"]).await.ok().contains("records: 0 releases"));
}

#[tokio::test]
async fn refuses_a_file_that_is_no_ledger_and_an_unknown_importer() {
    let instance = Instance::migrated().await;
    let refuse =
        async |name: &str, content: &[u8]| instance.run(&["import", "ledger", &instance.file(name, content)]).await.refused();
    assert!(refuse("book.xlsx", b"PK\x03\x04....").await.contains("save it as CSV"));
    assert!(refuse("empty.csv", b"").await.contains("no row below the header"));
    assert!(refuse("noise.csv", &[0xFF, 0x00, 0xC0, 0xFF]).await.contains("neither UTF-8 nor GB18030"));
    assert!(instance.run(&["import", "ledger", "missing.csv"]).await.refused().contains("cannot read missing.csv"));
    let file = instance.file("ledger.csv", CHINESE);
    let refused = instance.run(&["import", "ledger", &file, "--as", "nobody"]).await.refused();
    assert!(refused.contains("nobody has the login nobody"), "{refused}");
}

#[tokio::test]
async fn the_report_of_every_quarter_of_real_history_equals_an_independent_count() {
    let (instance, server, _) = served().await;
    drop(instance.run(&["import", "ledger", &instance.file("ledger.csv", SAMPLE), "--as", "admin"]).await.ok());
    let owner = instance.person(&server, "owner", "process_owner").await;
    let expected = counted();
    for (quarter, (total, successes)) in &expected {
        let report = owner.post("/reports/quarterly", serde_json::json!({ "quarter": quarter })).await.expect(201).json();
        let figures = &report["figures"];
        assert_eq!((figures["total"].as_u64(), figures["successes"].as_u64()), (Some(*total), Some(*successes)), "{quarter}");
        let missed = successes * 10 < total * 9;
        assert_eq!(figures["attainment"] == "missed", missed, "{quarter}");
        for earlier in figures["previous"].as_array().unwrap() {
            let counted = expected.get(earlier["quarter"].as_str().unwrap()).copied().unwrap_or_default();
            let said = (earlier["rate"]["denominator"].as_u64(), earlier["rate"]["numerator"].as_u64());
            assert_eq!(said, (Some(counted.0), Some(counted.1)), "{quarter}: {earlier}");
        }
    }
    assert_eq!(owner.get("/reports/quarterly?limit=100").await.ok()["items"].as_array().map(Vec::len), Some(24));
    drop(server.stop("TERM").await.ok());
}

/// A sheet as an office keeps it goes in with what is given up named, each row left out with its line (§12, real input).
#[tokio::test]
async fn an_office_sheet_is_imported_with_what_is_left_out_named() {
    let instance = Instance::migrated().await;
    let text = "2025年发布台账,,,\n编号,标题,结果,完成时间,类型\nA-1,一,成功,45721,非紧急\nA-2,二,取消,2025-3-6,一般\nA-3,三,回退,２０２５－３－７ 下午6:30\n合计,,2,,\n";
    let file = instance.file("sheet.csv", text);
    let refused = instance.run(&["import", "ledger", &file]).await.refused();
    assert!(
        refused.contains("3 errors") && refused.contains("--skip-totals") && refused.contains("--fill-short-rows"),
        "{refused}"
    );
    let options = ["--skip-totals", "--skip-cancelled", "--fill-short-rows"];
    let told = instance.run(&[&["import", "ledger", &file], &options[..]].concat()).await.ok();
    for part in
        ["row 1 left out", "row 4 left out", "row 5: missing cells", "row 6 left out", "2 releases imported", "by kind: minor 2"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    let other = instance.file("other.csv", "编号,标题,结果,完成时间\nａ－１,一,成功,45721\n");
    let told = instance.run(&["import", "ledger", &other]).await.ok();
    assert!(told.contains("0 releases imported, 1 were imported before"), "another spelling is the same release: {told}");
}

/// Addresses are made of data: whatever a ledger's number holds, its release is found by the API and its page by a reload.
#[tokio::test]
async fn a_release_with_any_number_is_found_by_its_address_also_after_a_reload() {
    let (instance, server, admin) = served().await;
    let numbers = ["No/7 a", "a#b", "a?b=c", "0.1.0", "x.json", "50%", "a%2Fb", "发布 1"];
    let rows: Vec<String> = numbers.iter().map(|number| format!("{number},t,ok,2024-03-05")).collect();
    let file = instance.file("a.csv", format!("number,title,outcome,date\n{}\n", rows.join("\n")));
    drop(instance.run(&["import", "ledger", &file]).await.ok());
    let pages = reqwest::Client::new();
    for number in numbers {
        let address = fabu_domain::address::release(&format!("HIST-{number}"));
        assert_eq!(admin.get(&address).await.ok()["imported"]["number"], *number, "{address}");
        let page = pages.get(format!("{}{address}", server.url)).send().await.unwrap();
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8", "{address}");
        assert_eq!(page.status().as_u16(), 200, "{address}");
    }
    let missing = pages.get(format!("{}/api/v1/nothing.json", server.url)).send().await.unwrap();
    assert_eq!(missing.status().as_u16(), 404);
    drop(server.stop("TERM").await.ok());
}
