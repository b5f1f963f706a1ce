//! Configuration items as a table: headings, cells, and how a row becomes an item (9.2c).

use crate::imports::{Cells, each_csv_row};
use fabu_domain::{
    identity::{folded, same},
    people::directory::Directory,
    subjects::registers::configuration_item::{
        Attribute, ConfigurationItem, ConfigurationItemStated, ItemEnvironment, ItemKind, ItemLifecycle, Relation, RelationKind,
    },
    text::{Code, Line, TextError},
};
use std::{collections::BTreeMap, str::FromStr, sync::LazyLock};

/// A field, its Chinese heading, its English heading, and other headings that mean it.
pub type Heading = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The columns: the field, its Chinese heading, its English heading, and other headings that mean it.
pub const HEADINGS: &[Heading] = &[
    ("number", "编号", "number", &["配置项编号", "ci", "id"]),
    ("name", "名称", "name", &["配置项名称"]),
    ("kind", "类型", "type", &["kind", "配置项类型"]),
    ("customer", "客户", "customer", &["客户名称"]),
    ("service_object", "服务对象", "service object", &["系统", "所属系统", "service_object"]),
    ("environment", "环境", "environment", &[]),
    ("owner", "负责人", "owner", &["责任人"]),
    ("item_version", "当前版本", "current version", &["版本", "version", "item_version"]),
    ("state", "状态", "state", &[]),
    ("source", "来源系统", "source system", &["source"]),
    ("external_id", "外部编号", "external id", &["external_id"]),
    ("runs_on", "运行于", "runs on", &["runs_on"]),
    ("part_of", "属于", "is part of", &["part_of"]),
    ("copy_of", "副本", "is a copy of", &["copy_of"]),
    ("uses", "使用", "uses", &[]),
    ("connects_to", "连接", "connects to", &["connects_to"]),
];

/// What begins the heading of an attribute.
const ATTRIBUTE: [&str; 2] = ["属性:", "attribute:"];

/// A table: its heading and its rows, each with the line in which it begins.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The cells of the heading.
    pub header: Vec<String>,
    /// The rows below it.
    pub rows: Vec<(u64, Cells)>,
}

impl Table {
    /// Of a heading and the rows below it, each with its line.
    #[must_use]
    pub fn new(header: Vec<String>, rows: Vec<(u64, Vec<String>)>) -> Self {
        Self { header, rows: rows.into_iter().map(|(line, cells)| (line, cells.iter().collect())).collect() }
    }
}

/// What is wrong in a table, with the line and the column where it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The line; the heading is line 1 of a file without titles.
    pub line: u64,
    /// The heading of the column.
    pub column: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// What is wrong with the rows that are not taken, row by row.
pub(super) type Errors = Vec<Vec<CellError>>;

/// The table of a CSV file: UTF-8, UTF-16 or GB18030; comma, semicolon or tab. `plain` takes off what a file has around a text.
///
/// # Errors
/// The file as a whole: why it cannot be read, in Chinese and English.
pub fn csv_table(bytes: &[u8], plain: fn(&str) -> &str) -> Result<Table, (String, String)> {
    let mut table = Table::default();
    each_csv_row(bytes, |(line, cells)| match table.header.is_empty() {
        true => table.header = cells,
        false => table.rows.push((line, cells.iter().map(|cell| plain(cell)).collect())),
    })?;
    Ok(table)
}

/// Where a column goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// To a field.
    Field(&'static str),
    /// To an attribute with this name.
    Attribute(String),
}

/// The meaning of every column of a heading.
///
/// # Errors
/// A heading that means nothing, one that stands twice, or a required one that is missing.
fn columns(header: &[String]) -> Result<Vec<Column>, CellError> {
    let wrong = |column: &str, zh: String, en: String| CellError { line: 1, column: column.to_owned(), zh, en };
    let mut found: Vec<Column> = Vec::new();
    for heading in header {
        let said = folded(heading);
        let is = |known: &Heading| {
            [known.0, known.1, known.2].into_iter().chain(known.3.iter().copied()).any(|word| folded(word) == said)
        };
        let attribute = ATTRIBUTE.iter().find_map(|begin| {
            let rest = heading.trim().replace('：', ":");
            rest.to_lowercase().starts_with(begin).then(|| rest[begin.len()..].trim().to_owned())
        });
        let column = match (HEADINGS.iter().find(|known| is(known)), attribute) {
            (Some(known), _) => Column::Field(known.0),
            (None, Some(name)) if !name.is_empty() => Column::Attribute(name),
            _ => {
                let known = |n: fn(&Heading) -> &'static str| HEADINGS.iter().map(n).collect::<Vec<_>>().join("、");
                let zh = format!("不认识表头“{heading}”；可用：{}、属性:名称", known(|h| h.1));
                let en = format!(
                    "the heading \"{heading}\" means nothing; use {}, attribute:NAME",
                    known(|h| h.2).replace('、', ", ")
                );
                return Err(wrong(heading, zh, en));
            }
        };
        if found.contains(&column) {
            return Err(wrong(heading, format!("表头“{heading}”重复"), format!("the heading \"{heading}\" stands twice")));
        }
        found.push(column);
    }
    for needed in ["number", "name", "kind", "environment", "state"] {
        if !found.contains(&Column::Field(needed)) {
            let label = HEADINGS.iter().find(|known| known.0 == needed).map_or(("", ""), |known| (known.1, known.2));
            return Err(wrong("", format!("缺少表头“{}”", label.0), format!("there is no column \"{}\"", label.1)));
        }
    }
    Ok(found)
}

/// A table with the meaning of its columns.
pub(super) struct Sheet {
    table: Table,
    pub columns: Vec<Column>,
}

impl Sheet {
    /// # Errors
    /// Those of the heading.
    pub fn new(table: Table) -> Result<Self, CellError> {
        let columns = columns(&table.header)?;
        Ok(Self { table, columns })
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.table.rows.len()
    }

    /// A row as an item, with its line; or everything that is wrong in it.
    pub fn item(&self, directory: &Directory, place: usize) -> Result<(u64, ConfigurationItemStated), Vec<CellError>> {
        let Some((line, cells)) = self.table.rows.get(place) else { return Err(Vec::new()) };
        let stated = item_of_row(directory, &self.table.header, &self.columns, *line, cells)?;
        Ok((*line, stated))
    }

    /// Line, number and relations of a row that is right by itself.
    pub fn relations(&self, place: usize) -> Option<(u64, &str, Vec<Relation>)> {
        static NOBODY: LazyLock<Directory> = LazyLock::new(Directory::default);
        let (line, cells) = self.table.rows.get(place)?;
        let mut row = Row {
            directory: &NOBODY,
            header: &self.table.header,
            columns: &self.columns,
            line: *line,
            cells,
            errors: Vec::new(),
        };
        let relations = row.relations();
        Some((*line, row.cell("number"), relations))
    }
}

/// A row as an item, or everything that is wrong in it.
fn item_of_row(
    directory: &Directory,
    header: &[String],
    columns: &[Column],
    line: u64,
    cells: &Cells,
) -> Result<ConfigurationItemStated, Vec<CellError>> {
    let mut row = Row { directory, header, columns, line, cells, errors: Vec::new() };
    let number = row.text("number", Code::parse);
    let name = row.text("name", Line::parse);
    let kind = row.word("kind", ItemKind::ALL, |word| (word.as_str(), word.zh(), word.en()));
    let environment = row.word("environment", ItemEnvironment::ALL, |word| (word.as_str(), word.zh(), word.en()));
    let state = row.word("state", ItemLifecycle::ALL, |word| (word.as_str(), word.zh(), word.en()));
    let customer_id = row.named("customer", |directory, said| {
        directory.customers.values().find(|customer| same(customer.name.as_str(), said)).map(|customer| customer.id)
    });
    let service_object_id = row.named("service_object", |directory, said| {
        let objects = directory.service_objects.values();
        let mut found = objects.filter(|object| same(object.code.as_str(), said) || same(object.name.as_str(), said));
        found.next().map(|object| object.id)
    });
    let owner = row.named("owner", |directory, said| {
        let people = directory.users.values().filter(|user| user.active);
        let mut found = people.filter(|user| same(&user.login, said) || same(user.name.as_str(), said));
        found.next().map(|user| user.id)
    });
    let item_version = row.optional("item_version", Code::parse);
    let source = row.optional("source", Line::parse);
    let external_id = row.optional("external_id", Code::parse);
    let relations = row.relations();
    let attributes = row.attributes();
    let (Some(number), Some(name), Some(kind), Some(environment), Some(state), true) =
        (number, name, kind, environment, state, row.errors.is_empty())
    else {
        return Err(row.errors);
    };
    Ok(ConfigurationItemStated {
        number,
        name,
        kind,
        customer_id,
        service_object_id,
        environment,
        owner,
        item_version,
        state,
        attributes,
        relations,
        source,
        external_id,
    })
}

struct Row<'a> {
    directory: &'a Directory,
    header: &'a [String],
    columns: &'a [Column],
    line: u64,
    cells: &'a Cells,
    errors: Vec<CellError>,
}

impl<'a> Row<'a> {
    fn place(&self, field: &'static str) -> Option<usize> {
        self.columns.iter().position(|column| *column == Column::Field(field))
    }

    fn cell(&self, field: &'static str) -> &'a str {
        self.place(field).and_then(|place| self.cells.get(place)).map_or("", str::trim)
    }

    fn wrong(&mut self, field: &'static str, zh: String, en: String) {
        let column = self.place(field).and_then(|place| self.header.get(place)).cloned().unwrap_or_else(|| field.to_owned());
        self.errors.push(CellError { line: self.line, column, zh, en });
    }

    fn text<T>(&mut self, field: &'static str, parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        match parse(self.cell(field)) {
            Ok(text) => Some(text),
            Err(error) => {
                self.wrong(field, error.zh(), error.to_string());
                None
            }
        }
    }

    fn optional<T>(&mut self, field: &'static str, parse: fn(&str) -> Result<T, TextError>) -> Option<T> {
        if self.cell(field).is_empty() { None } else { self.text(field, parse) }
    }

    fn word<T: Copy + FromStr>(
        &mut self,
        field: &'static str,
        all: &[T],
        called: fn(T) -> (&'static str, &'static str, &'static str),
    ) -> Option<T> {
        let said = folded(self.cell(field));
        let found = all.iter().copied().find(|word| {
            let (word, zh, en) = called(*word);
            [word, zh, en].into_iter().any(|known| folded(known) == said)
        });
        if found.is_none() {
            let known = |n: usize| {
                let texts: Vec<&str> = all.iter().map(|word| if n == 0 { called(*word).1 } else { called(*word).0 }).collect();
                texts.join("、")
            };
            let said = self.cell(field).to_owned();
            let (zh, en) =
                (format!("“{said}”应为：{}", known(0)), format!("\"{said}\" is none of {}", known(1).replace('、', ", ")));
            self.wrong(field, zh, en);
        }
        found
    }

    fn named<I>(&mut self, field: &'static str, find: fn(&Directory, &str) -> Option<I>) -> Option<I> {
        let said = self.cell(field);
        if said.is_empty() {
            return None;
        }
        let found = find(self.directory, said);
        if found.is_none() {
            self.wrong(field, format!("没有“{said}”"), format!("there is no \"{said}\""));
        }
        found
    }

    fn relations(&mut self) -> Vec<Relation> {
        let mut relations = Vec::new();
        for kind in RelationKind::ALL {
            let field = kind.as_str();
            for said in self.cell(field).split([';', '；', '\n', '、']).map(str::trim).filter(|said| !said.is_empty()) {
                match Code::parse(said) {
                    Ok(to) => relations.push(Relation { kind: *kind, to }),
                    Err(error) => self.wrong(field, error.zh(), error.to_string()),
                }
            }
        }
        relations
    }

    fn attributes(&mut self) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        for (place, column) in self.columns.iter().enumerate() {
            let (Column::Attribute(name), Some(value)) = (column, self.cells.get(place).map(str::trim)) else {
                continue;
            };
            if value.is_empty() {
                continue;
            }
            match (Line::parse(name), Line::parse(value)) {
                (Ok(name), Ok(value)) => attributes.push(Attribute { name, value }),
                (Err(error), _) | (_, Err(error)) => {
                    let column = self.header.get(place).cloned().unwrap_or_default();
                    self.errors.push(CellError { line: self.line, column, zh: error.zh(), en: error.to_string() });
                }
            }
        }
        attributes
    }
}

/// The cells of an item under the headings of [`HEADINGS`], and its attributes by name.
pub(super) fn row_of_item(
    directory: &Directory,
    item: &ConfigurationItem,
    chinese: bool,
) -> (Vec<String>, BTreeMap<String, String>) {
    let word = |zh: &str, en: &str| if chinese { zh.to_owned() } else { en.to_owned() };
    let related = |kind: RelationKind| {
        let to = item.relations.iter().filter(|relation| relation.kind == kind).map(|relation| relation.to.to_string());
        to.collect::<Vec<_>>().join("; ")
    };
    let text = |text: Option<&dyn ToString>| text.map(ToString::to_string).unwrap_or_default();
    let customer = item.customer_id.and_then(|id| directory.customers.get(&id)).map(|customer| customer.name.to_string());
    let object = item.service_object_id.and_then(|id| directory.service_objects.get(&id)).map(|object| object.code.to_string());
    let owner = item.owner.and_then(|id| directory.users.get(&id)).map(|user| user.login.clone());
    let mut cells = vec![
        item.number.to_string(),
        item.name.to_string(),
        word(item.kind.zh(), item.kind.en()),
        customer.unwrap_or_default(),
        object.unwrap_or_default(),
        word(item.environment.zh(), item.environment.en()),
        owner.unwrap_or_default(),
        text(item.item_version.as_ref().map(|v| v as &dyn ToString)),
        word(item.state.zh(), item.state.en()),
        text(item.source.as_ref().map(|v| v as &dyn ToString)),
        text(item.external_id.as_ref().map(|v| v as &dyn ToString)),
    ];
    cells.extend(RelationKind::ALL.iter().map(|kind| related(*kind)));
    let attributes = item.attributes.iter().map(|a| (a.name.to_string(), a.value.to_string())).collect();
    (cells, attributes)
}
