//! 回退方案: the rollback plan (§5.2), a part of the release plan (§5.1.4).

use crate::blocks::document::types::{Table, content_types};
use crate::ids::{ServiceObjectId, UserId};
use chrono::{DateTime, Utc};

crate::word_enum! {
    /// The five steps of §5.2, in their order.
    RollbackGroup {
        /// 5.2.1: which systems go back, and to what time point.
        Systems = "systems" "回退的关联系统和回退时间点" "systems to roll back and time point",
        /// 5.2.2: stored procedures and other data objects.
        DataObjects = "data_objects" "存储过程等数据对象回退" "stored procedures and data objects",
        /// 5.2.3: configuration data.
        ConfigurationData = "configuration_data" "配置数据回退" "configuration data",
        /// 5.2.4: applications, interface programs, workflows.
        Applications = "applications" "应用程序、接口程序、工作流等版本回退" "applications, interfaces and workflows",
        /// 5.2.5: telling the systems around.
        Notifications = "notifications" "回退完成通知周边关联系统" "notice to neighbouring systems",
    }
}

impl RollbackGroup {
    /// The clause.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Systems => "5.2.1",
            Self::DataObjects => "5.2.2",
            Self::ConfigurationData => "5.2.3",
            Self::Applications => "5.2.4",
            Self::Notifications => "5.2.5",
        }
    }
}

content_types! {
    /// The rollback plan.
    RollbackPlan {
        /// When one rolls back instead of going on (§5.1.4).
        criteria: String as LongText = "回退判断标准" "when to roll back",
        /// Who decides (§5.1.4).
        decider: Option<UserId> = "回退决定人" "who decides",
        /// Systems that go back, and to what time point (5.2.1).
        systems: Vec<RollbackSystem> = "关联系统和回退时间点" "systems and time points",
        /// The last moment at which a rollback still ends inside the window (5.2.1).
        latest_safe_start: Option<DateTime<Utc>> = "回退最迟开始时间" "latest safe start of a rollback",
        /// Stored procedures and other data objects (5.2.2).
        data_objects: Table<RollbackItem> = "存储过程等数据对象" "stored procedures and data objects",
        /// Configuration data (5.2.3).
        configuration_data: Table<RollbackItem> = "配置数据" "configuration data",
        /// Applications, interface programs, workflows (5.2.4).
        applications: Table<RollbackApplication> = "应用程序、接口程序、工作流等版本" "applications, interfaces, workflows",
        /// Neighbouring systems to tell when it is done (5.2.5).
        notifications: Table<RollbackContact> = "通知周边关联系统" "neighbouring systems to tell",
    }

    /// A system that goes back.
    RollbackSystem {
        /// The object under service, when it is one.
        service_object: Option<ServiceObjectId> = "服务对象" "service object",
        /// Its name.
        system: String = "系统名称" "system",
        /// The time point whose state is restored.
        time_point: Option<DateTime<Utc>> = "回退时间点" "time point",
    }

    /// A data object or a piece of configuration that goes back.
    RollbackItem {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// What goes back.
        object: String = "对象" "object",
        /// How.
        action: String as LongText = "回退操作" "what is done",
        /// Who does it.
        person: Option<UserId> = "责任人" "responsible",
        /// How long it takes, in minutes; 0 = stated in the go-live plan.
        duration_minutes: u32 as Minutes = "时长" "duration",
    }

    /// An application that goes back to an earlier version.
    RollbackApplication {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// Name of the release unit.
        unit: String = "发布单元" "release unit",
        /// The version it goes back to, as the library names it.
        target_version: String = "回退到的版本" "version to return to",
        /// How.
        action: String as LongText = "回退操作" "what is done",
        /// Who does it.
        person: Option<UserId> = "责任人" "responsible",
        /// How long it takes, in minutes; 0 = stated in the go-live plan.
        duration_minutes: u32 as Minutes = "时长" "duration",
    }

    /// Whom to tell.
    RollbackContact {
        /// Short name inside this table.
        key: String as Key = "标识" "key",
        /// The neighbouring system.
        system: String = "系统" "system",
        /// The person or post to reach.
        contact: String = "联系人" "contact",
        /// How to reach them: telephone, mail, chat.
        channel: String = "联系方式" "channel",
    }
}
