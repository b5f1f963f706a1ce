//! Rows of a ledger that are no releases: titles, headings again, totals, cancelled releases, remarks.

use fabu_domain::identity::folded;

/// A row that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutRow {
    /// The line of the file in which it begins.
    pub row: u64,
    /// Why.
    pub reason: WhyRowLeftOut,
    /// What stands in it, shortened.
    pub text: String,
}

/// Why a row is not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyRowLeftOut {
    /// It stands above the heading.
    Title,
    /// It is the heading again, as printed pages have it.
    Heading,
    /// It holds totals.
    Total,
    /// The release was cancelled before it began (D8).
    Cancelled,
    /// One cell of it is filled and no other.
    Remark,
}

impl WhyRowLeftOut {
    /// The words for a reader.
    #[must_use]
    pub const fn text(self, chinese: bool) -> &'static str {
        match (self, chinese) {
            (Self::Title, true) => "表头之上的标题行",
            (Self::Title, false) => "a title above the heading",
            (Self::Heading, true) => "重复的表头",
            (Self::Heading, false) => "the heading again",
            (Self::Total, true) => "合计行（--skip-totals）",
            (Self::Total, false) => "a row of totals (--skip-totals)",
            (Self::Cancelled, true) => "实施前已取消（--skip-cancelled）",
            (Self::Cancelled, false) => "cancelled before it began (--skip-cancelled)",
            (Self::Remark, true) => "只有一个单元格的备注行（--skip-remarks）",
            (Self::Remark, false) => "a remark in a single cell (--skip-remarks)",
        }
    }
}

impl LeftOutRow {
    pub(super) fn new<S: AsRef<str>>(row: u64, reason: WhyRowLeftOut, cells: &[S]) -> Self {
        Self { row, reason, text: shown(cells) }
    }
}

/// The longest text of a row that is shown, in characters.
const SHOWN: usize = 60;
/// What a row of totals begins with.
const TOTALS: [&str; 10] = ["合计", "总计", "共计", "小计", "累计", "总数", "grand total", "subtotal", "total", "sum"];

/// What stands in a row: its filled cells, shortened.
pub(super) fn shown<S: AsRef<str>>(cells: &[S]) -> String {
    let filled = cells.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty());
    let text = filled.collect::<Vec<_>>().join(" ").replace('\n', " ");
    if text.chars().count() <= SHOWN { text } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

/// True for a row whose first filled cell is a word of totals, perhaps with a number: `合 计`, `小计：12 项`, `Total`.
pub(super) fn is_total(cells: &[&str]) -> bool {
    let first = cells.iter().map(|cell| folded(cell)).find(|cell| !cell.is_empty()).unwrap_or_default();
    let spaced: String = first.split_whitespace().collect();
    let rest = TOTALS.iter().find_map(|word| first.strip_prefix(word).or_else(|| spaced.strip_prefix(word)));
    rest.is_some_and(|rest| rest.chars().all(|c| !c.is_alphabetic() || "项条个次笔".contains(c)))
}

/// True for a row of several cells of which one is filled.
pub(super) fn only_cell(cells: &[&str]) -> bool {
    cells.len() > 1 && cells.iter().filter(|cell| !cell.trim().is_empty()).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_totals_is_known_by_a_whole_word() {
        for first in ["合计", "合 计", "小计：12 项", "Total", "TOTAL: 7", "总计（2025）"] {
            assert!(is_total(&["", first, "3"]), "{first}");
        }
        for first in ["合计系统升级", "FB-1", "Totals page", "总计费系统", "3"] {
            assert!(!is_total(&[first, "合计"]), "{first}");
        }
    }

    #[test]
    fn a_remark_is_one_cell_of_several() {
        assert!(only_cell(&["制表人：张三", "", ""]) && !only_cell(&["x"]) && !only_cell(&["1", "a", ""]));
        assert_eq!(shown(&["长".repeat(80)]).chars().count(), 61);
    }
}
