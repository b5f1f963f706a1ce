//! What a row of a ledger tells, and under which headings.

use super::{
    LedgerError,
    words::{CANCELLED, KINDS, OUTCOMES, folded, known},
};
use fabu_domain::subjects::release::stage::{ReleaseKind, Verdict};
use std::collections::BTreeMap;

/// Declares the fields: variant, word, required, headings in order of preference, meaning.
macro_rules! fields {
    ($($variant:ident $word:literal $required:literal [$($heading:literal),*] $doc:literal;)+) => {
        /// A field of an imported release.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field { $(#[doc = $doc] $variant),+ }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word in a mapping.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// True when every row must have it.
            #[must_use]
            pub const fn is_required(self) -> bool {
                match self { $(Self::$variant => $required),+ }
            }

            /// The headings that are recognised without a mapping, the preferred one first.
            #[must_use]
            pub const fn headings(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($heading),*]),+ }
            }

            /// What it means.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc),+ }
            }
        }
    };
}

fields! {
    Number "number" true ["number", "release_number", "release_no", "no", "no.", "id", "发布编号", "发布单号", "编号", "单号", "工单号", "工单编号"]
        "the release's number in the ledger, unique";
    Title "title" true ["title", "name", "summary", "subject", "标题", "发布标题", "发布名称", "名称", "主题", "发布内容", "内容"]
        "its title";
    Outcome "outcome" true ["outcome", "result", "verdict", "发布结果", "结果", "发布结论", "结论", "部署结果", "是否成功"]
        "how it ended: successful, rolled_back, failed, partial, or a known word";
    FinishedAt "finished_at" true ["finished_at", "completed_at", "released_at", "deployed_at", "release_date", "date", "完成时间", "完成日期", "发布时间", "发布日期", "上线时间", "上线日期", "部署时间", "实施时间", "实施日期", "结束时间"]
        "when it ended: decides the quarter in which it counts, in China time";
    RequestedAt "requested_at" false ["requested_at", "created_at", "submitted_at", "申请时间", "申请日期", "提出时间", "创建时间", "登记时间", "登记日期"]
        "when it was asked for; without it, when it ended";
    Kind "kind" false ["kind", "type", "发布类型", "类型", "发布类别", "类别", "级别"]
        "its weight: emergency (紧急), major (重大), minor (一般, 非紧急, or empty), or a known word";
    System "system" false ["system", "component", "service", "application", "系统", "系统名称", "应用系统", "服务对象", "组件"]
        "the system released; a service object with this name or code is linked";
    Customer "customer" false ["customer", "client", "team", "客户", "客户名称", "使用单位", "单位", "甲方"]
        "for whom; a customer of the register with this name is linked";
    Note "note" false ["note", "notes", "remark", "comment", "备注", "说明"]
        "a remark, kept with the verdict";
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Field {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let known = || Self::ALL.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ");
        let found = Self::ALL.iter().find(|field| field.as_str() == text);
        found.copied().ok_or_else(|| format!("there is no field {text}; the fields are {}", known()))
    }
}

/// The headings of the release ledger of the OpenStack community, and what they mean together.
const OPENSTACK: &[(Field, &str)] = &[
    (Field::Number, "{deliverable}-{version}"),
    (Field::Title, "{deliverable} {version}: {change_title}"),
    (Field::Outcome, "{outcome}"),
    (Field::FinishedAt, "{approved_at}"),
    (Field::RequestedAt, "{requested_at}"),
    (Field::System, "{deliverable}"),
    (Field::Customer, "{team}"),
    (Field::Note, "withdrawn at {withdrawn_at}"),
];

/// What the operator says about a ledger.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Fields and where they come from: a heading, or a text with `{heading}` places.
    pub map: BTreeMap<Field, String>,
    /// Words of the ledger for outcomes.
    pub outcomes: BTreeMap<String, Verdict>,
    /// Words of the ledger for kinds.
    pub kinds: BTreeMap<String, ReleaseKind>,
    /// The weight of a word that nobody knows; without it such a word is an error.
    pub other_kinds: Option<ReleaseKind>,
    /// Which rows and signs the operator gives up.
    pub leniency: Leniency,
}

/// What the operator gives up, by name; without it each such row is an error.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leniency {
    /// Leave out rows of totals: 合计, 小计, total.
    pub skip_totals: bool,
    /// Leave out releases that were cancelled before they began.
    pub skip_cancelled: bool,
    /// Leave out rows in which one cell only is filled.
    pub skip_remarks: bool,
    /// Take the missing cells at the end of a short row as empty.
    pub fill_short_rows: bool,
    /// Take quotation marks as characters like any other.
    pub literal_quotes: bool,
    /// Keep characters that have a meaning only in the fonts of one office.
    pub keep_private_characters: bool,
}

/// The value that the operator gave this word.
fn told<V: Copy>(words: &BTreeMap<String, V>, word: &str) -> Option<V> {
    words.iter().find(|(known, _)| folded(known) == folded(word)).map(|(_, value)| *value)
}

impl Rules {
    /// The verdict that a word of the ledger stands for.
    #[must_use]
    pub fn outcome(&self, word: &str) -> Option<Verdict> {
        told(&self.outcomes, word).or_else(|| known(OUTCOMES, word))
    }

    /// The weight that a word of the ledger stands for; a whole word, so that 非紧急 is no 紧急.
    #[must_use]
    pub fn kind(&self, word: &str) -> Option<ReleaseKind> {
        match word.trim() {
            "" => Some(ReleaseKind::Minor),
            word => told(&self.kinds, word).or_else(|| known(KINDS, word)).or(self.other_kinds),
        }
    }

    /// True for the outcome of a release that was cancelled before it began.
    #[must_use]
    pub fn is_cancelled(&self, word: &str) -> bool {
        self.outcome(word).is_none() && CANCELLED.contains(&folded(word).as_str())
    }
}

/// A field's text, made from the cells of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// What the operator or the program wrote.
    pub(super) source: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Column(usize),
}

impl Template {
    /// A heading, or a text with `{heading}` places.
    fn parse(source: &str, header: &[String]) -> Result<Self, LedgerError> {
        let find = |heading: &str| {
            let unknown = || LedgerError::UnknownColumn { column: heading.to_owned(), known: header.to_vec() };
            header.iter().position(|column| folded(column) == folded(heading)).ok_or_else(unknown)
        };
        let mut parts = Vec::new();
        let mut rest = source;
        while let Some((text, more)) = rest.split_once('{') {
            let (heading, after) = more.split_once('}').ok_or_else(|| LedgerError::Template(source.to_owned()))?;
            parts.push(Part::Text(text.to_owned()));
            parts.push(Part::Column(find(heading)?));
            rest = after;
        }
        match parts.is_empty() {
            true => parts.push(Part::Column(find(source)?)),
            false => parts.push(Part::Text(rest.to_owned())),
        }
        Ok(Self { source: source.to_owned(), parts })
    }

    /// The text for a row; empty when all its cells are.
    pub(super) fn fill(&self, cells: &[&str]) -> String {
        let cell = |column: &usize| cells.get(*column).map_or("", |cell| cell.trim());
        let empty = self.parts.iter().all(|part| match part {
            Part::Column(column) => cell(column).is_empty(),
            Part::Text(_) => true,
        });
        if empty {
            return String::new();
        }
        let part = |part: &Part| match part {
            Part::Column(column) => cell(column).to_owned(),
            Part::Text(text) => text.clone(),
        };
        self.parts.iter().map(part).collect()
    }
}

/// Where each field comes from in this ledger: what the operator says, else what the headings say.
pub(super) fn resolve(rules: &Rules, header: &[String]) -> Result<BTreeMap<Field, Template>, LedgerError> {
    let is_openstack = OPENSTACK.iter().all(|(_, source)| Template::parse(source, header).is_ok());
    let mut found = BTreeMap::new();
    for field in Field::ALL {
        let known = OPENSTACK.iter().find(|(known, _)| known == field).map(|(_, source)| (*source).to_owned());
        let by_heading = || {
            let column = field.headings().iter().find_map(|heading| header.iter().find(|column| folded(column) == **heading));
            column.map(|column| format!("{{{column}}}"))
        };
        let told = rules.map.get(field).cloned();
        let source = told.or_else(|| if is_openstack { known } else { by_heading() });
        if let Some(source) = source {
            found.insert(*field, Template::parse(&source, header)?);
        }
    }
    let lacking: Vec<Field> = Field::ALL.iter().copied().filter(|f| f.is_required() && !found.contains_key(f)).collect();
    if !lacking.is_empty() {
        return Err(LedgerError::Unmapped { fields: lacking, header: header.to_vec() });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn recognises_a_chinese_ledger_and_prefers_the_first_heading() {
        let found = resolve(&Rules::default(), &header("发布日期,编号,标题,类型,系统,客户,结论,完成时间")).unwrap();
        let cells = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let fill = |field: Field| found[&field].fill(&cells);
        assert_eq!(fill(Field::FinishedAt), "h");
        assert_eq!((fill(Field::Number), fill(Field::Outcome), fill(Field::Kind)), ("b".into(), "g".into(), "d".into()));
        assert!(!found.contains_key(&Field::Note));
    }

    #[test]
    fn composes_a_field_and_leaves_it_empty_when_its_cells_are() {
        let rules = Rules { map: [(Field::Note, "by {who} at {when}".to_owned())].into(), ..Rules::default() };
        let found = resolve(&rules, &header("number,title,outcome,date,who,when")).unwrap();
        assert_eq!(found[&Field::Note].fill(&["", "", "", "", "anna", ""]), "by anna at ");
        assert_eq!(found[&Field::Note].fill(&["1", "t", "ok", "d", " ", ""]), "");
    }

    #[test]
    fn refuses_unknown_columns_broken_templates_and_missing_fields() {
        let with = |text: &str| {
            let rules = Rules { map: [(Field::Title, text.to_owned())].into(), ..Rules::default() };
            resolve(&rules, &header("number,title,outcome,date")).unwrap_err()
        };
        assert!(matches!(with("caption"), LedgerError::UnknownColumn { .. }));
        assert!(matches!(with("{title"), LedgerError::Template(_)));
        let missing = resolve(&Rules::default(), &header("number,date")).unwrap_err();
        assert!(matches!(missing, LedgerError::Unmapped { fields, .. } if fields == [Field::Title, Field::Outcome]));
    }

    #[test]
    fn knows_words_for_outcomes_and_kinds_and_learns_others() {
        let told = Rules {
            outcomes: [("erledigt".to_owned(), Verdict::Successful), ("released".to_owned(), Verdict::Partial)].into(),
            kinds: [("P1".to_owned(), ReleaseKind::Emergency)].into(),
            ..Rules::default()
        };
        let plain = Rules::default();
        assert_eq!((plain.outcome("Released"), plain.outcome(" 回退 ")), (Some(Verdict::Successful), Some(Verdict::RolledBack)));
        assert_eq!((plain.outcome("Rolled back"), plain.outcome("maybe")), (Some(Verdict::RolledBack), None));
        assert_eq!((told.outcome("Erledigt"), told.outcome("released")), (Some(Verdict::Successful), Some(Verdict::Partial)));
        assert_eq!((plain.kind("紧急发布"), plain.kind("library")), (Some(ReleaseKind::Emergency), None));
        assert_eq!((plain.kind("重大"), told.kind("ｐ1")), (Some(ReleaseKind::Major), Some(ReleaseKind::Emergency)));
    }

    #[test]
    fn a_weight_is_a_whole_word_and_an_unknown_one_is_not_guessed() {
        let plain = Rules::default();
        for word in ["非紧急", "非紧急发布", "Non-urgent", "非重大", "一般", ""] {
            assert_eq!(plain.kind(word), Some(ReleaseKind::Minor), "{word}");
        }
        for word in ["不紧急", "紧急程度低", "majority", "功能优化"] {
            assert_eq!(plain.kind(word), None, "{word}");
        }
        let other = Rules { other_kinds: Some(ReleaseKind::Minor), ..Rules::default() };
        assert_eq!((other.kind("功能优化"), other.kind("紧急")), (Some(ReleaseKind::Minor), Some(ReleaseKind::Emergency)));
    }

    #[test]
    fn a_cancelled_release_is_known_by_a_whole_word() {
        let plain = Rules::default();
        assert!(plain.is_cancelled("取消") && plain.is_cancelled(" Cancelled "));
        assert!(!plain.is_cancelled("未取消") && !plain.is_cancelled("成功"));
        let told = Rules { outcomes: [("取消".to_owned(), Verdict::Failed)].into(), ..Rules::default() };
        assert!(!told.is_cancelled("取消"), "the operator's word counts");
    }
}
