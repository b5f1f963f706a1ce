//! Signing in: set-up, login, refresh, logout, passwords (RELIABILITY 4.7).

mod change_password;
mod create_administrator;
mod hashing;
mod limits;
mod log_in;
mod log_out;
mod password;
mod reauthenticate;
mod refresh_session;
mod session;

pub use change_password::PasswordChange;
pub(crate) use hashing::Hashing;

pub use create_administrator::{Administrator, is_set_up};
pub use log_in::Attempt;
pub use password::check_password;
pub use session::{RefreshToken, SignedIn};

pub(crate) use session::one_time_credentials;
