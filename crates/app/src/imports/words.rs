//! Words of ledgers that are known without being told: whole words, so that 非紧急 is no 紧急.

use fabu_domain::{
    identity,
    subjects::release::stage::{ReleaseKind, Verdict},
};

/// Words for outcomes that are known without being told.
pub(super) const OUTCOMES: &[(Verdict, &[&str])] = &[
    (
        Verdict::Successful,
        &["successful", "success", "succeeded", "released", "ok", "成功", "发布成功", "已成功", "完成", "已完成", "正常", "是"],
    ),
    (
        Verdict::RolledBack,
        &["rolled_back", "rollback", "withdrawn", "reverted", "回退", "已回退", "回滚", "已回滚", "撤回", "已撤回"],
    ),
    (Verdict::Failed, &["failed", "failure", "失败", "发布失败", "不成功", "否"]),
    (Verdict::Partial, &["partial", "partially_successful", "部分", "部分成功"]),
];

/// Words for weights that are known without being told.
pub(super) const KINDS: &[(ReleaseKind, &[&str])] = &[
    (
        ReleaseKind::Emergency,
        &[
            "emergency",
            "urgent",
            "hotfix",
            "紧急",
            "紧急发布",
            "紧急变更",
            "紧急上线",
            "紧急修复",
            "应急",
            "应急发布",
            "应急变更",
            "加急",
            "特急",
        ],
    ),
    (ReleaseKind::Major, &["major", "重大", "重大发布", "重大变更", "重大版本", "大版本"]),
    (
        ReleaseKind::Minor,
        &[
            "minor",
            "normal",
            "standard",
            "routine",
            "regular",
            "planned",
            "non_emergency",
            "non_urgent",
            "not_urgent",
            "一般",
            "一般发布",
            "一般变更",
            "普通",
            "普通发布",
            "普通变更",
            "常规",
            "常规发布",
            "常规变更",
            "标准",
            "标准发布",
            "标准变更",
            "正常",
            "正常发布",
            "正常变更",
            "日常",
            "日常发布",
            "例行",
            "例行发布",
            "次要",
            "小版本",
            "计划内",
            "非紧急",
            "非紧急发布",
            "非紧急变更",
            "非应急",
            "非重大",
        ],
    ),
];

/// Words of a release that was cancelled before it began: no release (D8).
pub(super) const CANCELLED: &[&str] = &[
    "cancelled",
    "canceled",
    "not_deployed",
    "取消",
    "已取消",
    "取消发布",
    "作废",
    "已作废",
    "未实施",
    "未发布",
    "未上线",
    "不发布",
];

/// Words without regard to case, width, spaces and hyphens.
pub(super) fn folded(word: &str) -> String {
    identity::folded(word).replace([' ', '-'], "_")
}

/// The value whose known words hold this one.
pub(super) fn known<V: Copy>(table: &[(V, &[&str])], word: &str) -> Option<V> {
    let word = folded(word);
    table.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(value, _)| *value)
}
