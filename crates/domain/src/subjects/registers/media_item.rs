//! The definitive media library (9.2a, 9.2b, 5.2.4): every version of software or hardware that may be deployed or gone back to.

use super::{Rules, field, register};
use crate::{
    blocks::document::shape::{Entered, Field, Input},
    identity::folded,
    ids::UserId,
    subjects::registers::sight::Visible,
    text::{Code, Line},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use crate::ids::MediaItemId;

crate::ids::id_types! {
    /// A file that belongs to a medium.
    MediaFileId,
}

crate::word_enum! {
    /// What a medium holds.
    MediaKind {
        /// An application or its parts.
        Application = "application" "应用软件" "application",
        /// Data, scripts, migrations.
        Data = "data" "数据或脚本" "data or scripts",
        /// An operating system, a database, middleware.
        Platform = "platform" "系统软件" "platform software",
        /// Firmware or a device.
        Hardware = "hardware" "硬件或固件" "hardware or firmware",
        /// Manuals and other documents.
        Document = "document" "文档" "documents",
    }
}

crate::word_enum! {
    /// What the place of a medium is.
    PlaceKind {
        /// A file that the server may be able to read.
        Path = "path" "路径" "path",
        /// An address of the web.
        Url = "url" "网址" "URL",
        /// A place in a room: a shelf, a cabinet, a safe.
        Shelf = "shelf" "柜架" "shelf",
    }
}

crate::word_enum! {
    /// What a check of the library found at the place of a medium (9.2a).
    CheckOutcome {
        /// The file that was checked in.
        Same = "same" "一致" "as checked in",
        /// Another file.
        Differs = "differs" "不一致" "differs",
        /// No file any more.
        Missing = "missing" "文件不存在" "missing",
        /// A place that the checking machine does not reach.
        Unreachable = "unreachable" "不能到达" "not reached",
    }
}

/// The last check of a medium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MediaCheck {
    /// When.
    pub at: DateTime<Utc>,
    /// What was found.
    pub outcome: CheckOutcome,
}

impl Entered for MediaCheck {
    const INPUT: Input = {
        const FIELDS: &[Field] =
            &[field("outcome", "结果", "result", CheckOutcome::INPUT), field("at", "核对时间", "checked at", Input::Instant)];
        Input::Group(FIELDS)
    };
}

crate::word_enum! {
    /// How a bill of materials is written.
    SbomFormat {
        /// CycloneDX, as JSON.
        CycloneDx = "cyclonedx" "CycloneDX" "CycloneDX",
        /// SPDX, as JSON.
        Spdx = "spdx" "SPDX" "SPDX",
    }
}

impl PlaceKind {
    /// What a place is, by what it says: an address has `://`, a path begins like one or consists of parts without spaces, and
    /// everything else is a place in a room.
    #[must_use]
    pub fn of(place: &str) -> Self {
        let has_separator = place.contains(['/', '\\']);
        let is_one_word = place.chars().all(|c| c.is_ascii() && !c.is_whitespace());
        if place.contains("://") {
            Self::Url
        } else if is_absolute(place) || place.starts_with(['.', '~']) || (has_separator && is_one_word) {
            Self::Path
        } else {
            Self::Shelf
        }
    }
}

/// True for a path that begins at a root: `/srv`, `C:\\media`, `\\\\server\\share`.
fn is_absolute(path: &str) -> bool {
    let drive = path.as_bytes();
    let on_drive = drive.len() > 2 && drive[0].is_ascii_alphabetic() && drive[1] == b':' && matches!(drive[2], b'/' | b'\\');
    path.starts_with('/') || path.starts_with("\\\\") || on_drive
}

/// True for a place that a medium can be kept at: an absolute path without `..`, an `http` or `https` address with a host, or any
/// shelf.
#[must_use]
pub fn is_place(place: &str) -> bool {
    match PlaceKind::of(place) {
        PlaceKind::Path => is_absolute(place) && !place.split(['/', '\\']).any(|part| part == ".."),
        PlaceKind::Url => {
            let (scheme, rest) = place.split_once("://").unwrap_or_default();
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            is_web && !host.is_empty() && !place.contains(char::is_whitespace)
        }
        PlaceKind::Shelf => true,
    }
}

/// The version of an item that was checked in to the definitive media library last (9.2a).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct LibraryVersion {
    /// What the medium is called.
    pub name: Line,
    /// Its version.
    pub version: Code,
    /// When it was checked in.
    pub at: DateTime<Utc>,
}

impl Entered for LibraryVersion {
    const INPUT: Input = {
        const FIELDS: &[Field] = &[
            field("name", "介质", "medium", Input::Text),
            field("version", "版本", "version", Input::Text),
            field("at", "入库时间", "checked in at", Input::Instant),
        ];
        Input::Group(FIELDS)
    };
}

register! {
    /// A version of software or hardware in the definitive media library.
    MediaItem(MediaItemId), stated MediaItemStated as MediaItemRequest, asked MediaItemAsked, shown as MediaItemView;
    kind "media_item" "media-library" "介质" "media item" "最终软件库介质" "definitive media";
    about "可以部署或回退的每个版本的介质：来源、校验值、许可、保管人和存放位置（9.2）。"
        "Every version that may be deployed or gone back to: source, hash, licence, custodian and place (9.2).";
    reads ListMediaItems ViewMediaItem;
    create CreateMediaItem "media_item.created" "介质入库" "media item checked in";
    update UpdateMediaItem "media_item.updated" "修改介质" "media item changed";
    named name;
    unique name item_version;
    fields {
        /// What it is called; with the version unique.
        name: Line = "名称" "name";
        /// Its version.
        item_version: Code = "版本" "version";
        /// What it holds.
        kind: MediaKind = "种类" "kind";
        /// SHA-256 of the file or package, 64 hexadecimal digits.
        sha256: String = "SHA-256" "SHA-256" hint "文件或安装包的校验值，64 位十六进制" "hash of the file or package, 64 hexadecimal digits"
            [schema(min_length = 64, max_length = 64)];
        /// SM3 (GB/T 32905) of the same file, 64 hexadecimal digits.
        sm3: Option<String> = "SM3" "SM3" hint "同一文件的国密校验值（GB/T 32905），64 位十六进制，可不填" "hash of the same file by GB/T 32905, 64 hexadecimal digits, may be left out"
            [schema(min_length = 64, max_length = 64)];
        /// Its size in bytes, if it is a file.
        size: Option<u64> = "大小（字节）" "size in bytes" [schema(maximum = 9_007_199_254_740_991_u64)];
        /// The licence that it is used under.
        licence: Option<Line> = "许可" "licence";
        /// Where it comes from: vendor, repository, commit.
        source: Line = "来源" "source" hint "厂商、代码库或提交" "vendor, repository or commit";
        /// Who looks after it.
        custodian: UserId = "保管人" "custodian";
        /// Where it is kept: an absolute path, an address of the web or a shelf.
        place: Line = "存放位置" "place" hint "绝对路径、http(s) 网址或柜架号" "an absolute path, an http(s) address or a shelf";
        /// The number of the configuration item that it is a version of (9.2a). One that does not exist yet is registered as planned.
        configuration_item: Option<Code> = "配置项编号" "configuration item" hint "入库时同步到配置库；没有该编号时登记为计划中的配置项" "kept up to date by the check-in; a number that is new is registered as a planned item";
        /// False: withdrawn.
        active: bool = "启用" "active" hint "撤出的介质不再用于部署" "a withdrawn item is not deployed any more"
            [serde(default = "crate::subjects::registers::yes")];
    }
    follows {
        /// What the place is, by what it says; none for what was checked in before places had a kind.
        place_kind: Option<PlaceKind> = kind_of_place, "存放方式" "kind of place";
        /// What the last check of the library found; none when it was not checked as it is stated now.
        last_check: Option<MediaCheck> = check_before, "最近核对" "last check";
    }
    retires by active;
    finds q in name item_version source place sha256 configuration_item;
    filters {
        /// Of this kind only.
        kind: MediaKind;
        /// Looked after by this person.
        custodian: UserId;
        /// Versions of this configuration item only, by its number.
        configuration_item: Code;
    }
    example {
        "name": "core-settlement", "item_version": "2.4.1", "kind": "application",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "sm3": null, "size": 48_211_907, "licence": "商业许可",
        "source": "git.example.com/core/settlement@v2.4.1", "custodian": "0192f3c1-7b1e-7000-8000-000000000001",
        "place": "/media/core/settlement-2.4.1.tar.gz", "configuration_item": "CI-CBS-SETTLEMENT", "active": true
    }
}

fn kind_of_place(stated: &MediaItemStated, _: Option<&MediaItem>) -> Option<PlaceKind> {
    Some(PlaceKind::of(stated.place.as_str()))
}

fn check_before(stated: &MediaItemStated, before: Option<&MediaItem>) -> Option<MediaCheck> {
    let now = (&stated.sha256, &stated.sm3, &stated.size, &stated.place);
    let before = before.filter(|before| (&before.sha256, &before.sm3, &before.size, &before.place) == now);
    before.and_then(|before| before.last_check.clone())
}

impl MediaItem {
    /// True when both say the same file at the same place.
    #[must_use]
    pub fn is_same_file(&self, other: &Self) -> bool {
        (&self.sha256, &self.sm3, &self.size, &self.place) == (&other.sha256, &other.sm3, &other.size, &other.place)
    }
}

/// The name of the link under which media are found by the name that they share.
pub const NAMED: &str = "folded_name";

/// The name of the link under which media are found by their configuration item.
pub const OF_ITEM: &str = "item";

impl Rules for MediaItem {
    fn position(&self) -> String {
        format!("{} {}", self.name, self.item_version)
    }

    fn links(&self) -> Vec<(&'static str, String)> {
        let item = self.configuration_item.as_ref().map(|number| (OF_ITEM, folded(number.as_str())));
        item.into_iter().chain([(NAMED, folded(self.name.as_str()))]).collect()
    }
}

impl Visible for MediaItem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_what_it_says() {
        let paths = ["/media/a.tar.gz", "C:\\media\\a.msi", "D:/media", "\\\\nas\\media\\a.iso"];
        let addresses = ["https://nexus.example.com/a.tar.gz", "HTTP://10.0.0.5:8081/repository"];
        let shelves = ["柜 A3 第 2 层", "A3-02", "机房B/柜3", "3号库房 / 左侧"];
        for (places, kind) in [(&paths[..], PlaceKind::Path), (&addresses, PlaceKind::Url), (&shelves, PlaceKind::Shelf)] {
            for place in places {
                assert_eq!((PlaceKind::of(place), is_place(place)), (kind, true), "{place}");
            }
        }
    }

    #[test]
    fn a_relative_path_and_an_address_of_another_kind_are_no_places() {
        let paths = ["media/a.tar.gz", "./a", "../a", "~/a", "/media/../etc/passwd", "media\\a.msi"];
        let addresses = ["ftp://example.com/a", "https://", "https:///a", "file:///media/a", "https://example.com/a b"];
        for (places, kind) in [(&paths[..], PlaceKind::Path), (&addresses, PlaceKind::Url)] {
            for place in places {
                assert_eq!((PlaceKind::of(place), is_place(place)), (kind, false), "{place}");
            }
        }
    }
}
