//! Messages to people and chat groups, and what people chose about them.

use chrono::{DateTime, Utc};
use fabu_app::{
    deliveries::{Delivery, DeliveryAttempt, DeliveryQuery as Wanted, ViewedDelivery},
    paging::PageRequest,
};
use fabu_domain::{
    ids::{DeliveryId, EventId, ReleaseId, RobotId, UserId},
    language::Language,
    notifications::{
        delivery::{AttemptOutcome, Channel, DeliveryState},
        notice::{NoticeGroup, NoticeKind},
        preferences::{GroupChoice, NotificationChoices, Pace, QuietHours},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// One message to one recipient.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// Identity; the mail's Message-ID begins with it.
    pub id: DeliveryId,
    /// The way it goes.
    pub channel: Channel,
    /// The person.
    #[schema(required)]
    pub recipient_id: Option<UserId>,
    /// The robot that speaks to a group.
    #[schema(required)]
    pub robot_id: Option<RobotId>,
    /// The address used; of a robot, its name.
    pub address: String,
    /// What kind of message.
    #[schema(required)]
    pub kind: Option<NoticeKind>,
    /// The release it is about.
    #[schema(required)]
    pub release_id: Option<ReleaseId>,
    /// The entry of the log that it tells of.
    #[schema(required)]
    pub event_id: Option<EventId>,
    /// The language of the recipient.
    pub language: Language,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next, or when the next digest takes it.
    #[schema(required)]
    pub next_at: Option<DateTime<Utc>>,
    /// When the recipient's server accepted it.
    #[schema(required)]
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    #[schema(required)]
    pub last_error: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<Delivery> for DeliveryView {
    fn from(d: Delivery) -> Self {
        Self {
            id: d.id,
            channel: d.channel,
            recipient_id: d.recipient_id.filter(|_| d.channel == Channel::Mail).map(UserId),
            robot_id: d.recipient_id.filter(|_| d.channel == Channel::Robot).map(RobotId),
            address: d.address,
            kind: d.kind.parse().ok(),
            release_id: d.release_id,
            event_id: d.event_id,
            language: d.language,
            state: d.state,
            attempts: d.attempts,
            next_at: d.next_at,
            sent_at: d.sent_at,
            last_error: d.last_error,
            created_at: d.created_at,
            version: d.version,
        }
    }
}

/// One try to send a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryAttemptView {
    /// 1 for the first.
    pub number: i32,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// How.
    pub outcome: AttemptOutcome,
    /// What the other side said.
    pub detail: String,
}

/// A message with its tries.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryDetailView {
    /// The message.
    #[serde(flatten)]
    pub delivery: DeliveryView,
    /// Its subject, in the language of the recipient.
    pub subject: String,
    /// Its first line: what is wanted.
    pub first_line: String,
    /// The tries, the first first.
    pub tries: Vec<DeliveryAttemptView>,
}

impl DeliveryDetailView {
    /// The message as it was sent, or as it would be sent now.
    #[must_use]
    pub fn new(viewed: ViewedDelivery, now: DateTime<Utc>) -> Self {
        let (notice, language) = (&viewed.notice, viewed.delivery.language);
        let subject = notice.subject(viewed.delivery.sent_at.unwrap_or(now)).in_language(language).to_owned();
        let first_line = notice.wanted.sentence().in_language(language).to_owned();
        let tries = viewed.attempts.into_iter().map(|DeliveryAttempt { number, at, outcome, detail }| DeliveryAttemptView {
            number,
            at,
            outcome,
            detail,
        });
        Self { tries: tries.collect(), subject, first_line, delivery: viewed.delivery.into() }
    }
}

/// A message as its reader gets it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryMailView {
    /// The subject.
    pub subject: String,
    /// The page, with its styles inside. Show it in a frame without scripts.
    pub html: String,
    /// The same in plain text.
    pub text: String,
    /// The whole mail as it goes over the wire (RFC 5322).
    pub eml: String,
}

/// Which deliveries are wanted.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// In this state.
    pub state: Option<DeliveryState>,
    /// That go this way.
    pub channel: Option<Channel>,
    /// To this person.
    pub recipient_id: Option<UserId>,
    /// By this robot.
    pub robot_id: Option<RobotId>,
    /// About this release.
    pub release_id: Option<ReleaseId>,
    /// Of this kind.
    pub kind: Option<NoticeKind>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

impl DeliveryQuery {
    /// The filter.
    #[must_use]
    pub fn wanted(&self) -> Wanted {
        let page = PageRequest { cursor: self.cursor.clone(), limit: self.limit };
        let Self { state, channel, recipient_id, robot_id, release_id, kind, .. } = self.clone();
        Wanted { state, channel, recipient_id, robot_id, release_id, kind, page }
    }
}

/// What a person chose for one family of messages.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupChoiceView {
    /// The family.
    pub group: NoticeGroup,
    /// False: no mail of this family, except what asks for a decision or for work.
    pub mail: bool,
    /// At once or in the daily digest; null: as usual for each kind.
    #[schema(required)]
    pub pace: Option<Pace>,
}

/// What a person chose about messages.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationsView {
    /// Every family.
    pub groups: Vec<GroupChoiceView>,
    /// The daily time without messages, company time; emergencies come all the same.
    #[schema(required)]
    pub quiet_hours: Option<QuietHours>,
    /// Rises with every change; the ETag is `"v<version>"`.
    pub version: i64,
}

impl From<(NotificationChoices, i64)> for NotificationsView {
    fn from((choices, version): (NotificationChoices, i64)) -> Self {
        let view = |group: &NoticeGroup| {
            let chosen = choices.groups.get(group);
            GroupChoiceView { group: *group, mail: chosen.is_none_or(|c| c.mail), pace: chosen.map(|c| c.pace) }
        };
        Self { groups: NoticeGroup::ALL.iter().map(view).collect(), quiet_hours: choices.quiet_hours, version }
    }
}

/// What a person chooses about messages.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "groups": { "progress": { "mail": true, "pace": "digest" } },
    "quiet_hours": { "from": "22:00:00", "until": "07:30:00" }
}))]
pub struct NotificationsRequest {
    /// Family by family; what is missing is as usual.
    pub groups: BTreeMap<NoticeGroup, GroupChoice>,
    /// The daily time without messages.
    pub quiet_hours: Option<QuietHours>,
}

impl NotificationsRequest {
    /// The choices.
    #[must_use]
    pub fn choices(&self) -> NotificationChoices {
        NotificationChoices { groups: self.groups.clone(), quiet_hours: self.quiet_hours }
    }
}
