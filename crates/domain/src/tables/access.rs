//! Operations outside releases by role: what is open, and whether to one's own or to everything in sight. The tests of the
//! API try every cell.

use super::table;
use crate::{
    people::role::Role,
    subject::operation::{Operation, Reach},
};

const NOTE: &str = "<!-- Generated from crates/domain/src/subject/operation.rs by `cargo xtask tables`. Do not edit. -->\n\n";

pub(super) fn access() -> String {
    let mut page = format!("{NOTE}# 角色与权限 Roles and access\n\n");
    page.push_str("● 有权知晓的全部 everything in sight; ○ 仅本人的 one's own. ");
    page.push_str(
        "客户代表只知晓当日所代表客户的记录 A customer representative knows of the customers represented on that day alone.\n\n",
    );
    let columns: Vec<Option<Role>> = std::iter::once(None).chain(Role::ALL.iter().copied().map(Some)).collect();
    let name = |role: &Option<Role>| role.map_or("无角色 no role".to_owned(), |role| format!("{} {}", role.zh(), role.en()));
    let names: Vec<String> = columns.iter().map(name).collect();
    let head: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    let mark = |reach: Reach| match reach {
        Reach::Nothing => "",
        Reach::Own => "○",
        Reach::All => "●",
    };
    let row = |operation: &Operation| {
        let cells = columns.iter().map(|role| mark(operation.reach(*role)).to_owned());
        std::iter::once(format!("`{}`", operation.as_str())).chain(cells).collect()
    };
    table(&mut page, &head, Operation::ALL.iter().map(row));
    page
}
