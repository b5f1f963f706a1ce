//! The words of jobs and deliveries: where a job stands, where a message stands, and by which way it goes.

crate::word_enum! {
    /// The workers that take a job. Each queue has its own number of jobs at a time, so that slow work of one kind
    /// never holds up another.
    Queue {
        /// Making the messages that events ask for.
        Events = "events",
        /// Short work in the database: telling people, reminding, flagging, clearing away.
        General = "general",
        /// Mail: at most four connections to the mail server.
        Mail = "mail",
        /// Messages to the robots of chat groups, which limit how many they take.
        Robots = "robots",
        /// Reports: documents and figures over many releases.
        Reports = "reports",
    }
}

crate::word_enum! {
    /// Where a background job stands.
    JobStatus {
        /// Waits for its time or for a free worker.
        Pending = "pending",
        /// A worker has it.
        Running = "running",
        /// Done.
        Done = "done",
        /// Given up after its last try, or after three workers went away while they did nothing else.
        Dead = "dead",
    }
}

crate::word_enum! {
    /// The way a message goes.
    Channel {
        /// By mail, to one person.
        Mail = "mail",
        /// By the robot of a chat group.
        Robot = "robot",
    }
}

crate::word_enum! {
    /// Where a message to one recipient stands.
    DeliveryState {
        /// To be sent, now or at the next try.
        Pending = "pending",
        /// Accepted by the recipient's server.
        Sent = "sent",
        /// Given up: no try within two days was accepted.
        Failed = "failed",
        /// Not tried again: it was refused for good, has no address, or cannot be built.
        Parked = "parked",
        /// Kept for the recipient's next digest.
        Held = "held",
        /// Went out as a part of another: a digest, or a bundle for a group.
        Merged = "merged",
    }
}

crate::word_enum! {
    /// How one try to send a message ended.
    AttemptOutcome {
        /// The server accepted it.
        Accepted = "accepted",
        /// It may succeed later: a temporary refusal.
        Deferred = "deferred",
        /// Nothing got through: no connection, or a server that takes nothing at present.
        Unreachable = "unreachable",
        /// Refused for good.
        Refused = "refused",
        /// The message cannot be built.
        Unbuildable = "unbuildable",
    }
}
