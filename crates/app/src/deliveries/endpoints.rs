//! Endpoints that do not answer: a mail server that is down, the address of a robot that nobody reaches. What waits for one goes as
//! soon as it is found open again, not only when its next try would be due (RELIABILITY 2, row 9).

use crate::{App, AppError};
use fabu_domain::{
    ids::{DeliveryId, RobotId},
    notifications::delivery::{Channel, Queue},
    subjects::registers::robot::ChatRobot,
};
use fabu_store::Delivery;
use std::collections::BTreeMap;

/// The most messages that one look pulls forward; the next one takes the rest.
const AT_ONCE: i64 = 2000;

/// Where messages are handed over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// To the mail server.
    Mail,
    /// To the address of a robot.
    Robot(RobotId),
}

impl Endpoint {
    /// The endpoint of a message; none when a message to a group names no robot.
    #[must_use]
    pub(super) fn of(channel: Channel, recipient: Option<uuid::Uuid>) -> Option<Self> {
        match channel {
            Channel::Mail => Some(Self::Mail),
            Channel::Robot => recipient.map(RobotId).map(Self::Robot),
        }
    }

    /// The endpoint of a delivery.
    pub(super) fn of_delivery(delivery: &Delivery) -> Option<Self> {
        Self::of(delivery.channel, delivery.recipient_id)
    }

    /// Its name in the database.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Mail => "mail".to_owned(),
            Self::Robot(id) => format!("robot/{id}"),
        }
    }

    const fn queue(&self) -> Queue {
        match self {
            Self::Mail => Queue::Mail,
            Self::Robot(_) => Queue::Robots,
        }
    }
}

/// An endpoint that did not answer at the last try of what waits for it.
#[derive(Debug, Clone)]
pub struct ClosedEndpoint {
    /// Which.
    pub endpoint: Endpoint,
    /// The robot, if it is one that still exists.
    pub robot: Option<ChatRobot>,
    waiting: Vec<DeliveryId>,
}

impl App {
    /// The endpoints that do not answer and that something waits for.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn closed_endpoints(&self) -> Result<Vec<ClosedEndpoint>, AppError> {
        let now = self.clock.now();
        self.store
            .read(move |tx| {
                let mut of: BTreeMap<Endpoint, Vec<DeliveryId>> = BTreeMap::new();
                for barred in tx.barred_deliveries(now, AT_ONCE)? {
                    if let Some(endpoint) = Endpoint::of(barred.channel, barred.recipient_id) {
                        of.entry(endpoint).or_default().push(barred.id);
                    }
                }
                let mut closed = Vec::new();
                for (endpoint, waiting) in of {
                    let robot = match &endpoint {
                        Endpoint::Mail => None,
                        Endpoint::Robot(id) => tx.record::<ChatRobot>(*id)?,
                    };
                    closed.push(ClosedEndpoint { endpoint, robot, waiting });
                }
                Ok(closed)
            })
            .await
    }

    /// Makes what waits for an endpoint due now: it answers again. The number of messages.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn open_endpoint(&self, closed: ClosedEndpoint) -> Result<usize, AppError> {
        let app = self.clone();
        let ClosedEndpoint { endpoint, waiting, .. } = closed;
        self.store
            .write(move |tx| {
                tx.open_endpoint(&endpoint.name(), endpoint.queue(), &waiting, app.clock.now()).map_err(AppError::from)
            })
            .await
    }
}
