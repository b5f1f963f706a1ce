//! What can be wrong with a ledger: with the file as a whole, or with one row of it.

use super::Field;
use fabu_domain::{directory::Language, text::TextError};

/// The most rows whose errors are kept.
pub const MOST_ERRORS: usize = 100;

/// Why a ledger cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerError {
    /// A spreadsheet or another archive.
    Spreadsheet,
    /// Neither UTF-8 nor UTF-16 nor GB18030.
    NoText,
    /// The gzip file is broken.
    Packed(String),
    /// Unpacked, it is too large.
    TooLarge {
        /// The most bytes.
        most: u64,
    },
    /// There is no row below the header.
    NoRows,
    /// The mapping names a column that the header does not have.
    UnknownColumn {
        /// The column.
        column: String,
        /// The header.
        known: Vec<String>,
    },
    /// A template with a brace that is not closed.
    Template(String),
    /// Required fields for which no column was found.
    Unmapped {
        /// The fields.
        fields: Vec<Field>,
        /// The header.
        header: Vec<String>,
    },
    /// Rows with errors; nothing was imported.
    Rows {
        /// The first ones, in order of rows.
        errors: Vec<RowError>,
        /// How many there are in all.
        total: usize,
    },
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line of the file in which the row begins; the header is line 1.
    pub row: u64,
    /// Where the value comes from: a heading or a template.
    pub column: String,
    /// What is wrong.
    pub fault: RowFault,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowFault {
    /// A required value is missing.
    Empty,
    /// The value is no date.
    NoDate(String),
    /// The release would have ended in the future.
    Future(String),
    /// The word is not known as an outcome.
    UnknownOutcome(String),
    /// The text is too long or holds control characters.
    Text(TextError),
    /// An earlier row has the same number.
    Repeated {
        /// The number.
        number: String,
        /// The earlier row.
        first: u64,
    },
    /// The row has more or fewer cells than the header.
    Cells {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
}

impl LedgerError {
    /// What is wrong and what to do, for a reader; errors of rows are told one by one by [`RowError::text`].
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let zh = language == Language::Chinese;
        match self {
            Self::Spreadsheet if zh => "这是电子表格或压缩包，不是 CSV：请另存为 CSV".to_owned(),
            Self::Spreadsheet => "this is a spreadsheet or an archive: save it as CSV".to_owned(),
            Self::NoText if zh => "文件既不是 UTF-8 也不是 GB18030 文本：请另存为 UTF-8 编码的 CSV".to_owned(),
            Self::NoText => "the file is neither UTF-8 nor GB18030 text: save it as CSV in UTF-8".to_owned(),
            Self::Packed(why) if zh => format!("gzip 文件已损坏：{why}"),
            Self::Packed(why) => format!("the gzip file is broken: {why}"),
            Self::TooLarge { most } if zh => format!("解压后超过 {} MiB：请拆分文件", most / 1024 / 1024),
            Self::TooLarge { most } => format!("unpacked it is larger than {} MiB: split it", most / 1024 / 1024),
            Self::NoRows if zh => "表头之下没有数据行".to_owned(),
            Self::NoRows => "there is no row below the header".to_owned(),
            Self::UnknownColumn { column, known } if zh => format!("没有名为“{column}”的列；现有列：{}", known.join("、")),
            Self::UnknownColumn { column, known } => format!("there is no column \"{column}\"; there are {}", known.join(", ")),
            Self::Template(text) if zh => format!("模板“{text}”中的 {{ 未闭合"),
            Self::Template(text) => format!("a brace of the template \"{text}\" is not closed"),
            Self::Unmapped { fields, header } => {
                let fields: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
                match zh {
                    true => {
                        format!("找不到字段 {} 的列：请用 --map 字段=列名 指定；现有列：{}", fields.join("、"), header.join("、"))
                    }
                    false => format!(
                        "no column is recognised for {}: say --map FIELD=COLUMN; the columns are {}",
                        fields.join(", "),
                        header.join(", ")
                    ),
                }
            }
            Self::Rows { total, .. } if zh => format!("{total} 处错误，未导入任何内容"),
            Self::Rows { total, .. } => format!("{total} errors; nothing was imported"),
        }
    }
}

impl RowError {
    /// The row, the column, what is wrong and what to do, for a reader.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::Chinese => format!("第 {} 行，{}：{}", self.row, self.column, self.fault.zh()),
            Language::English => format!("row {}, {}: {}", self.row, self.column, self.fault.en()),
        }
    }
}

impl RowFault {
    fn zh(&self) -> String {
        match self {
            Self::Empty => "不能为空，请补全".to_owned(),
            Self::NoDate(text) => format!("“{text}”不是日期，请写成 2024-03-05、2024/3/5 18:30、2024年3月5日或带时区的 ISO 8601"),
            Self::Future(text) => format!("“{text}”在将来，只能导入已结束的发布"),
            Self::UnknownOutcome(word) => {
                format!("不认识的结果“{word}”，请用 --value 'outcome.{word}=successful|rolled_back|failed|partial' 说明")
            }
            Self::Text(TextError::TooLong { max, actual }) => format!("最多 {max} 个字符，现有 {actual} 个，请缩短"),
            Self::Text(error) => format!("{error}"),
            Self::Repeated { number, first } => format!("编号“{number}”已出现在第 {first} 行，请去掉其中一行"),
            Self::Cells { expected, found } => format!("有 {found} 个单元格，表头有 {expected} 个：请检查引号和分隔符"),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Empty => "must not be empty: fill it in".to_owned(),
            Self::NoDate(text) => {
                format!("\"{text}\" is no date: write 2024-03-05, 2024/3/5 18:30, 2024年3月5日, or ISO 8601 with its offset")
            }
            Self::Future(text) => format!("\"{text}\" lies in the future: only releases that have ended can be imported"),
            Self::UnknownOutcome(word) => {
                format!("the outcome \"{word}\" is not known: say --value 'outcome.{word}=successful|rolled_back|failed|partial'")
            }
            Self::Text(error) => format!("{error}: shorten or clean it"),
            Self::Repeated { number, first } => {
                format!("the number \"{number}\" is in row {first} already: take one of them out")
            }
            Self::Cells { expected, found } => {
                format!("{found} cells, but the header has {expected}: look at the quotes and the separator")
            }
        }
    }
}
