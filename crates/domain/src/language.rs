//! The languages in which people read.

crate::word_enum! {
    /// The language in which a person reads.
    Language {
        /// Chinese (mainland).
        Chinese = "zh-CN" "中文" "Chinese",
        /// English.
        English = "en" "英文" "English",
    }
}
