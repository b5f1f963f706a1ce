//! What can be wrong with a ledger: with the file as a whole, or with one row of it.

use super::Field;
use fabu_domain::{language::Language, text::TextError};

/// What to do about a quotation mark.
const QUOTES_ZH: &str = "：请把引号写成两个并给单元格加引号，或用 --literal-quotes 当作普通字符";
const QUOTES_EN: &str = ": double it and quote the cell, or say --literal-quotes to take it as a character";

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
    /// Columns with one heading: cells of the earlier ones would be lost.
    RepeatedHeading {
        /// The heading.
        heading: String,
        /// The columns that have it, from 1.
        columns: Vec<usize>,
    },
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
    /// 24:00 of the last day of a quarter.
    QuarterEdge(String),
    /// The release would have ended in the future.
    Future(String),
    /// The word is not known as an outcome.
    UnknownOutcome(String),
    /// The word is not known as a weight.
    UnknownKind(String),
    /// A row of totals.
    Total(String),
    /// The release was cancelled before it began.
    Cancelled(String),
    /// One cell of the row is filled and no other.
    Remark(String),
    /// A quotation mark that cannot be read.
    Quote(QuoteFault),
    /// A number that a spreadsheet has rounded: `2.02503E+10`.
    Rounded(String),
    /// A character that has a meaning only in the fonts of one office.
    Private(char),
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
            Self::RepeatedHeading { heading, columns } => {
                let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
                match zh {
                    true => format!("第 {} 列的表头都是“{heading}”：请改名，使每列不同", columns.join("、")),
                    false => format!(
                        "columns {} are all called \"{heading}\": rename them, so that none is lost",
                        columns.join(" and ")
                    ),
                }
            }
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
            Self::NoDate(text) => {
                format!(
                    "“{text}”不是日期，请写成 2024-03-05、2024/3/5 18:30、2024年3月5日 下午6:30、20240305 或带时区的 ISO 8601"
                )
            }
            Self::QuarterEdge(text) => format!("“{text}”可算入两个季度，请写成当日 23:59 或次日 0:00"),
            Self::Future(text) => format!("“{text}”在将来，只能导入已结束的发布"),
            Self::UnknownOutcome(word) => {
                format!("不认识的结果“{word}”，请用 --value 'outcome.{word}=successful|rolled_back|failed|partial' 说明")
            }
            Self::UnknownKind(word) => {
                format!("不认识的类型“{word}”，请用 --value 'kind.{word}=emergency|major|minor' 说明，或用 --other-kinds minor")
            }
            Self::Total(text) => format!("“{text}”像是合计行，请删去或用 --skip-totals 略过"),
            Self::Cancelled(word) => {
                format!("“{word}”：实施前取消的不计为发布，请用 --skip-cancelled 略过，或用 --value 'outcome.{word}=failed' 说明")
            }
            Self::Remark(text) => format!("这一行只有“{text}”，请删去或用 --skip-remarks 略过"),
            Self::Quote(QuoteFault::Unclosed) => format!("单元格开头的引号没有结束{QUOTES_ZH}"),
            Self::Quote(QuoteFault::Stray) => format!("单元格开头的引号在中途结束{QUOTES_ZH}"),
            Self::Quote(QuoteFault::TakesRows) => format!("单元格开头的引号会吞掉后面的行{QUOTES_ZH}"),
            Self::Rounded(text) => format!("“{text}”已被电子表格舍入，请把该列设为文本格式后重新导出"),
            Self::Private(c) => format!(
                "含有自造字 U+{:04X}，换一台电脑就无法辨认，请改为标准汉字，或用 --keep-private-characters 保留",
                u32::from(*c)
            ),
            Self::Text(error) => error.zh(),
            Self::Repeated { number, first } => format!("编号“{number}”已出现在第 {first} 行，请去掉其中一行"),
            Self::Cells { expected, found } => format!(
                "有 {found} 个单元格，表头有 {expected} 个：请检查引号和分隔符，行尾缺少的单元格可用 --fill-short-rows 补空"
            ),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Empty => "must not be empty: fill it in".to_owned(),
            Self::NoDate(text) => {
                format!(
                    "\"{text}\" is no date: write 2024-03-05, 2024/3/5 18:30, 2024年3月5日 下午6:30, 20240305, or ISO 8601 with its offset"
                )
            }
            Self::QuarterEdge(text) => {
                format!("\"{text}\" belongs to two quarters: write 23:59 of the day or 0:00 of the next")
            }
            Self::Future(text) => format!("\"{text}\" lies in the future: only releases that have ended can be imported"),
            Self::UnknownOutcome(word) => {
                format!("the outcome \"{word}\" is not known: say --value 'outcome.{word}=successful|rolled_back|failed|partial'")
            }
            Self::UnknownKind(word) => {
                format!(
                    "the kind \"{word}\" is not known: say --value 'kind.{word}=emergency|major|minor', or --other-kinds minor"
                )
            }
            Self::Total(text) => format!("\"{text}\" looks like a row of totals: take it out, or say --skip-totals"),
            Self::Cancelled(word) => format!(
                "\"{word}\": cancelled before it began is no release: say --skip-cancelled, or --value 'outcome.{word}=failed'"
            ),
            Self::Remark(text) => format!("only \"{text}\" stands in this row: take it out, or say --skip-remarks"),
            Self::Quote(QuoteFault::Unclosed) => format!("the quotation mark at the start of a cell is not closed{QUOTES_EN}"),
            Self::Quote(QuoteFault::Stray) => format!("the quotation mark at the start of a cell ends inside it{QUOTES_EN}"),
            Self::Quote(QuoteFault::TakesRows) => {
                format!("the quotation mark at the start of a cell takes in the rows below{QUOTES_EN}")
            }
            Self::Rounded(text) => {
                format!("a spreadsheet has rounded \"{text}\": make the column text and export it again")
            }
            Self::Private(c) => format!(
                "holds the private character U+{:04X}, which another computer cannot show: write it anew, or say \
                 --keep-private-characters",
                u32::from(*c)
            ),
            Self::Text(error) => format!("{error}: shorten or clean it"),
            Self::Repeated { number, first } => {
                format!("the number \"{number}\" is in row {first} already: take one of them out")
            }
            Self::Cells { expected, found } => {
                format!(
                    "{found} cells, but the header has {expected}: look at the quotes and the separator; --fill-short-rows takes missing cells at the end as empty"
                )
            }
        }
    }
}

/// Why a quotation mark at the start of a cell cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFault {
    /// The cell never ends.
    Unclosed,
    /// Something follows the mark that would end the cell.
    Stray,
    /// The cell would end right after a separator, lines below: it takes in whole rows.
    TakesRows,
}
