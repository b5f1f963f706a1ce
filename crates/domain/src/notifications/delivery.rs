//! The words of jobs and deliveries: where a job stands, where a message stands, and by which way it goes.

crate::word_enum! {
    /// The workers that take a job. Each queue has its own number of jobs at a time, so that slow work of one kind
    /// never holds up another.
    Queue {
        /// Making the messages that events ask for.
        Events = "events" "事件" "events",
        /// Short work in the database: telling people, reminding, flagging, clearing away.
        General = "general" "一般" "general",
        /// Mail: at most four connections to the mail server.
        Mail = "mail" "邮件" "mail",
        /// Messages to the robots of chat groups, which limit how many they take.
        Robots = "robots" "群机器人" "chat robots",
        /// Reports: documents and figures over many releases.
        Reports = "reports" "报告" "reports",
    }
}

crate::word_enum! {
    /// Where a background job stands.
    JobStatus {
        /// Waits for its time or for a free worker.
        Pending = "pending" "等待" "waiting",
        /// A worker has it.
        Running = "running" "执行中" "running",
        /// Done.
        Done = "done" "完成" "done",
        /// Given up after its last try, or after three workers went away while they did nothing else.
        Dead = "dead" "已放弃" "given up",
    }
}

crate::word_enum! {
    /// The way a message goes.
    Channel {
        /// By mail, to one person.
        Mail = "mail" "邮件" "mail",
        /// By the robot of a chat group.
        Robot = "robot" "群机器人" "chat robot",
    }
}

crate::word_enum! {
    /// Where a message to one recipient stands.
    DeliveryState {
        /// To be sent, now or at the next try.
        Pending = "pending" "待发送" "pending",
        /// Accepted by the recipient's server.
        Sent = "sent" "已发送" "sent",
        /// Given up: no try within two days was accepted.
        Failed = "failed" "发送失败" "failed",
        /// Not tried again: it was refused for good, has no address, or cannot be built.
        Parked = "parked" "已搁置" "parked",
        /// Kept for the recipient's next digest.
        Held = "held" "待并入摘要" "held for the digest",
        /// Went out as a part of another: a digest, or a bundle for a group.
        Merged = "merged" "已合并发送" "sent with others",
    }
}

crate::word_enum! {
    /// How one try to send a message ended.
    AttemptOutcome {
        /// The server accepted it.
        Accepted = "accepted" "已接受" "accepted",
        /// It may succeed later: a temporary refusal.
        Deferred = "deferred" "暂未接受" "deferred",
        /// Nothing got through: no connection, or a server that takes nothing at present.
        Unreachable = "unreachable" "无法连接" "not reached",
        /// Refused for good.
        Refused = "refused" "被拒绝" "refused",
        /// The message cannot be built.
        Unbuildable = "unbuildable" "无法生成" "cannot be built",
    }
}
