//! The one table of errors that are no refusal of the procedure: code, HTTP status, Chinese and English text.
//!
//! Refusals of the procedure have their own catalogue, with clauses: `fabu_domain::subject::refusal`.

use fabu_domain::{language::Language, subject::refusal::Text};

/// Values that fill the `{name}` places of a fault's text.
pub type Params = Vec<(&'static str, Text)>;

/// Declares the table.
macro_rules! table {
    ($($variant:ident $code:literal $status:literal $zh:literal $en:literal;)+) => {
        /// One kind of error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault { $(#[doc = $en] $variant),+ }

        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable word for programs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The HTTP status that it is answered with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// The text with `{name}` places.
            #[must_use]
            pub const fn template(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::Chinese) => $zh, (Self::$variant, Language::English) => $en),+
                }
            }
        }
    };
}

table! {
    QueryUnknown "query.unknown_parameter" 400 "未知的查询参数：{name}；可用：{allowed}" "unknown query parameter {name}; allowed: {allowed}";
    QueryInvalid "query.invalid" 400 "查询参数 {name} 的值无效：{reason}" "the query parameter {name} has an invalid value: {reason}";
    CursorInvalid "query.cursor" 400 "cursor 不属于此列表" "the cursor does not belong to this list";
    BodyMalformed "body.malformed" 400 "请求正文不是有效的 JSON：{reason}" "the request body is not valid JSON: {reason}";
    BodyIncomplete "body.incomplete" 400 "请求正文未完整送达" "the request body did not arrive completely";
    HeaderInvalid "header.invalid" 400 "请求头 {name} 无效：{reason}" "the header {name} is invalid: {reason}";
    RequestInvalid "request.invalid" 400 "请求无效" "the request is invalid";
    TokenMissing "token.missing" 401 "请先登录" "sign in first";
    TokenInvalid "token.invalid" 401 "登录凭证无效" "the access token is not valid";
    TokenExpired "token.expired" 401 "登录已过期" "the access token has expired";
    SessionEnded "session.ended" 401 "会话已结束，请重新登录" "the session has ended; sign in again";
    LoginFailed "login.failed" 401 "用户名或密码不正确" "the login or the password is wrong";
    ReauthenticationRequired "login.reauthentication_required" 403 "此操作需要在十分钟内重新输入密码" "this needs your password again, entered within the last ten minutes";
    PasswordChangeRequired "password.change_required" 403 "请先修改一次性密码" "change the one-time password first";
    CrossSite "request.cross_site" 403 "拒绝跨站请求" "a request from another site is refused";
    Forbidden "request.forbidden" 403 "没有权限" "not permitted";
    NotFound "resource.not_found" 404 "未找到该记录或地址" "there is no such record or address";
    MethodNotAllowed "request.method_not_allowed" 405 "此地址不支持该方法" "this address does not support the method";
    RequestTimeout "request.timeout" 408 "请求正文送达过慢" "the request body arrived too slowly";
    Refused "procedure.refused" 409 "条件未满足，不能进行此操作" "not possible yet: conditions of the procedure are not met";
    Conflict "resource.conflict" 409 "与现有记录冲突" "in conflict with an existing record";
    LoginTaken "user.login_taken" 409 "登录名已被使用：{login}" "the login is taken: {login}";
    NameTaken "resource.name_taken" 409 "名称已被使用：{name}" "the name is taken: {name}";
    CodeTaken "resource.code_taken" 409 "编号已被使用：{code}" "the code is taken: {code}";
    SetupToken "setup.token_wrong" 403 "初始设置令牌不对：请使用服务启动时打印的链接或令牌" "the set-up token is wrong: use the link or the token that the server printed at its start";
    SetupDone "setup.already_done" 409 "系统已完成初始设置" "the instance has already been set up";
    LastAdministrator "user.last_administrator" 409 "至少须保留一名在职的系统管理员" "at least one active system administrator must remain";
    DeputySelf "deputy.self_appointed" 403 "不能任命自己为他人的代理人" "nobody appoints themselves deputy of somebody else";
    DeputyOverlap "deputy.overlap" 409 "与已有代理安排重叠" "overlaps another deputy arrangement";
    ItemInUse "configuration_item.in_use" 409 "发布{release}尚未结束，涉及该配置项：结束后或从该发布中移除后再退役" "release {release} is open and changes this item: retire it when that is over or no longer names it";
    ItemKeptElsewhere "configuration_item.kept_elsewhere" 409 "该配置项由“{source}”维护：请在来源系统中修改后同步；如不再由其维护，先清空来源系统和外部编号" "\"{source}\" is the master of this item: change it there and synchronise, or clear source system and external id first";
    ServiceObjectInUse "service_object.in_use" 409 "已有变更涉及该服务对象，不能改属其他客户：请停用它，并为另一客户新建" "changes concern this service object, so it stays with its customer: retire it and add one for the other customer";
    ChangeNumberTaken "change.number_taken" 409 "变更编号 {number} 已登记且内容不同" "the change number {number} is registered with other content";
    ChangeApproved "change.approved" 409 "变更已批准，不能再作此修改" "the change is approved; this is no longer possible";
    ChangeWithdrawn "change.withdrawn" 409 "变更已撤回" "the change is withdrawn";
    DeliveryUnderWay "delivery.under_way" 409 "该消息仍在发送中" "the message is still under way";
    DeliveryNoAddress "delivery.no_address" 409 "收件人没有邮箱地址" "the recipient has no mail address";
    RobotGone "delivery.robot_gone" 409 "机器人已删除或已停用" "the robot was deleted or is silent";
    ScheduleNothingToSend "schedule.nothing_to_send" 409 "该安排目前没有可发送的内容" "this arrangement has nothing to send at present";
    ScheduleJustSent "schedule.just_sent" 409 "该安排在这一分钟内已发送过" "this schedule was already sent within this minute";
    JobNotDead "job.not_dead" 409 "只有已放弃的任务才能重新排队" "only a job that was given up can be queued again";
    ChangeInRelease "change.in_release" 409 "变更已归入发布：先查看撤回的影响，再说明从发布中一并撤回（from_release）；部署开始后不能撤回" "the change belongs to a release: look at what its withdrawal voids, then say that it is taken out of the release as well (from_release); once deployment has begun it stays";
    Stale "resource.stale" 412 "记录已被他人修改，请刷新后重试" "somebody else changed the record; reload and try again";
    TooManyFiles "release.too_many_files" 409 "一个发布最多 {max} 个附件" "a release has at most {max} files";
    ReportExists "report.exists" 409 "{quarter} 的季度报告已存在" "the report of {quarter} exists already";
    BodyTooLarge "body.too_large" 413 "请求正文超过 {limit} 字节" "the request body is larger than {limit} bytes";
    ReleaseQuota "attachment.release_quota" 413 "该发布的附件已占 {used} MiB，上限 {limit} MiB，放不下此文件（{size} MiB）" "the files of this release take {used} of {limit} MiB: no room for this one ({size} MiB)";
    PersonQuota "attachment.person_quota" 413 "您上传的附件已占 {used} MiB，上限 {limit} MiB，放不下此文件（{size} MiB）；请联系系统管理员" "the files that you uploaded take {used} of {limit} MiB: no room for this one ({size} MiB); ask the system administrator";
    MediaType "body.media_type" 415 "请求正文须为 application/json" "the request body must be application/json without content encoding";
    FormType "body.form_type" 415 "请求正文须为 multipart/form-data" "the request body must be multipart/form-data";
    Invalid "request.invalid_fields" 422 "有字段无效" "some fields are not valid";
    KeyReused "idempotency.key_reused" 422 "该 Idempotency-Key 已用于另一请求" "the Idempotency-Key was used for another request";
    FieldUnknown "field.unknown" 422 "未知字段" "unknown field";
    FieldMissing "field.missing" 422 "缺少此字段" "the field is missing";
    FieldFixed "field.fixed" 422 "登记后不能修改，其他记录引用它：请将本记录停用或退役，另行登记" "it stays as it was registered, for other records refer to it: retire this record and register another";
    FieldDuplicate "field.duplicate" 422 "字段重复" "the field is given twice";
    FieldType "field.wrong_type" 422 "类型不正确：{reason}" "wrong type: {reason}";
    FieldInvalid "field.invalid" 422 "值无效：{reason}" "invalid value: {reason}";
    FieldEmpty "field.empty" 422 "不能为空" "must not be empty";
    FieldTooLong "field.too_long" 422 "{reason}" "{reason}";
    FieldControl "field.control_character" 422 "不能包含控制字符" "must not contain control characters";
    FieldTooManyRows "field.too_many_rows" 422 "{reason}" "{reason}";
    FieldTooDeep "field.too_deep" 422 "{reason}" "{reason}";
    FieldUnknownId "field.unknown_reference" 422 "所指记录不存在或已停用" "the record it names does not exist or is no longer active";
    CalendarFormat "calendar.format" 422 "不是 iCalendar（.ics）文件" "not an iCalendar (.ics) file";
    CalendarDates "calendar.dates" 422 "第 {line} 行的事件日期缺失或无效" "line {line}: the event has no dates, or impossible ones";
    CalendarZone "calendar.zone" 422 "第 {line} 行的事件使用了未知时区“{zone}”：请改为 Asia/Shanghai 等时区名称，或改为全天日期" "line {line}: the zone \"{zone}\" of the event is not known: write a name such as Asia/Shanghai, or whole days";
    CalendarUnfinished "calendar.unfinished" 422 "第 {line} 行开始的事件没有结束，文件不完整：请重新导出" "line {line}: the event that begins here has no end, the file is incomplete: export it again";
    CalendarName "calendar.name" 422 "第 {line} 行的事件没有可用的名称" "line {line}: the event has no name that can be kept";
    CalendarUnclear "calendar.unclear" 422 "第 {line} 行：无法判断“{name}”是休息日还是上班日，请在 decisions 中说明" "line {line}: \"{name}\" does not say whether the day is off or worked: decide it in decisions";
    CalendarContradiction "calendar.contradiction" 422 "第 {line} 行：{date} 与第 {other} 行的说法不同" "line {line}: {date} is said otherwise in line {other}";
    FieldPast "field.past" 422 "该日期已过" "the day is over";
    FieldDates "field.dates" 422 "结束日期早于开始日期" "the end lies before the start";
    TooManyMediaFiles "media_item.too_many_files" 409 "一个介质最多 {max} 个文件：请为新版本另行入库" "a medium has at most {max} files: check the next version in as a medium of its own";
    FileTypeRefused "file.type_refused" 422 "{reason}" "{reason}";
    SbomRefused "sbom.refused" 422 "不能作为物料清单读取：{reason}。请导出 CycloneDX 1.4 至 1.6 或 SPDX 2.2、2.3 的 JSON 文件" "it cannot be read as a bill of materials: {reason}. Export CycloneDX 1.4 to 1.6 or SPDX 2.2 or 2.3 as JSON";
    SbomDiffers "sbom.hash_differs" 422 "物料清单 {place} 处的 SHA-256 是 {named}，介质登记的是 {medium}（9.2a）：请上传该介质自己的物料清单，或由介质的保管人核对登记的校验值" "at {place} the bill of materials names the SHA-256 {named}, the medium has {medium} (9.2a): upload the one of this medium, or have its custodian check the hash";
    FileSizeRefused "file.size_refused" 422 "文件不能为空，也不能超过 {max} MiB" "a file must not be empty or larger than {max} MiB";
    LoginFormat "user.login_format" 422 "登录名须为 2 至 64 个小写字母、数字、点、横线或下划线，以字母或数字开头" "a login has 2 to 64 lower-case letters, digits, dots, hyphens or underscores and starts with a letter or digit";
    EmailFormat "user.email_format" 422 "邮箱地址无效" "not a mail address";
    PhoneFormat "user.phone_format" 422 "电话号码无效" "not a telephone number";
    PasswordLength "password.length" 422 "密码须为 12 至 128 个字符" "a password has 12 to 128 characters";
    PasswordWeak "password.weak" 422 "密码过于容易猜到" "the password is too easy to guess";
    PasswordContext "password.context" 422 "密码不能包含登录名或产品名称" "the password must not contain the login or the product's name";
    PasswordWrong "password.wrong" 422 "当前密码不正确" "the current password is wrong";
    InternalReason "representative.internal_reason" 422 "内部人员代表客户须说明理由" "an internal person who stands for a customer needs a reason";
    VersionRequired "request.version_required" 428 "缺少 If-Match：请附上所读记录的 ETag" "If-Match is missing: send the ETag of the record you read";
    TooManyAttempts "login.too_many_attempts" 429 "尝试次数过多，请在 {seconds} 秒后再试" "too many attempts; try again in {seconds} seconds";
    TooManyRequests "request.too_many" 429 "同一账号最多同时进行 {max} 个此类请求，请等待其中一些完成" "an account may have {max} such requests under way at once; wait until some have ended";
    TooMuchUnderWay "request.too_much_under_way" 429 "此账号同时发送的数据过多，请等待其中一些完成" "this account is sending too much at once; wait until some of it has arrived";
    TooManyConnections "request.too_many_connections" 429 "同一地址最多可建立 {max} 个连接" "an address may have {max} connections at once";
    TooManyStreams "stream.too_many" 429 "同一账号最多可同时打开 {max} 个事件流，请先关闭一些" "an account may have {max} event streams open at once; close some of them";
    Internal "server.internal" 500 "服务器内部错误" "internal error";
    Busy "server.busy" 503 "服务繁忙，请稍后再试" "too much is under way at once; try again shortly";
    OutcomeUnknown "outcome.unknown" 503 "保存时数据库连接中断，无法确定更改是否已写入：请先查看记录，或用同一 Idempotency-Key 重发请求" "the connection to the database broke while the change was being saved; it may have been written or not: look at the record, or repeat the request with the same Idempotency-Key";
    Unavailable "server.unavailable" 503 "服务暂时不可用，请稍后再试" "temporarily not available; try again";
    InstanceQuota "attachment.instance_quota" 507 "系统中的附件已占 {used} MiB，上限 {limit} MiB，放不下此文件（{size} MiB）；请联系系统管理员" "the files of the system take {used} of {limit} MiB: no room for this one ({size} MiB); ask the system administrator";
    NoSpace "server.no_space" 507 "存储空间不足" "no storage space left";
}

impl Fault {
    /// The text for a reader, with its places filled.
    #[must_use]
    pub fn text(self, language: Language, params: &Params) -> String {
        let template = self.template(language).to_owned();
        params.iter().fold(template, |text, (name, value)| text.replace(&format!("{{{name}}}"), value.in_language(language)))
    }
}
