//! The definitive media library (9.2a, 9.2b, 5.2.4): every version of software or hardware that may be deployed or gone back to.

use super::{Rules, register};
use crate::{
    ids::UserId,
    subjects::registers::sight::Visible,
    text::{Code, Line},
};

crate::ids::id_types! {
    /// A version of software or hardware in the definitive media library.
    MediaItemId,
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
        /// Its size in bytes, if it is a file.
        size: Option<u64> = "大小（字节）" "size in bytes" [schema(maximum = 9_007_199_254_740_991_u64)];
        /// The licence that it is used under.
        licence: Option<Line> = "许可" "licence";
        /// Where it comes from: vendor, repository, commit.
        source: Line = "来源" "source" hint "厂商、代码库或提交" "vendor, repository or commit";
        /// Who looks after it.
        custodian: UserId = "保管人" "custodian";
        /// Where it is kept: a path, an address or a shelf.
        place: Line = "存放位置" "place" hint "路径、地址或柜架号" "a path, an address or a shelf";
        /// False: withdrawn.
        active: bool = "启用" "active" hint "撤出的介质不再用于部署" "a withdrawn item is not deployed any more"
            [serde(default = "crate::subjects::registers::yes")];
    }
    retires by active;
    finds q in name item_version source place sha256;
    filters {
        /// Of this kind only.
        kind: MediaKind;
        /// Looked after by this person.
        custodian: UserId;
    }
    example {
        "name": "core-settlement", "item_version": "2.4.1", "kind": "application",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "size": 48_211_907, "licence": "商业许可",
        "source": "git.example.com/core/settlement@v2.4.1", "custodian": "0192f3c1-7b1e-7000-8000-000000000001",
        "place": "/media/core/settlement-2.4.1.tar.gz", "active": true
    }
}

impl Rules for MediaItem {
    fn position(&self) -> String {
        format!("{} {}", self.name, self.item_version)
    }
}

impl Visible for MediaItem {}
