//! The settings of mail and of chat robots.

use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use fabu_app::{App, settings::MailFrom};
use fabu_domain::notifications::robot_reach::RobotReach;
use fabu_worker::jobs::Context;
use std::{path::PathBuf, sync::Arc};

/// How messages go out.
#[derive(Args)]
pub struct MailOptions {
    /// The mail server: smtps://user:password@host, smtp+starttls://… or, without encryption, smtp://… [default: mails become
    /// files in `mail/` of the data directory]
    #[arg(long, env = "FABU_SMTP_URL", value_name = "URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// A file with the password for the mail server, instead of one in the URL
    #[arg(long, env = "FABU_SMTP_PASSWORD_FILE", value_name = "FILE", requires = "smtp_url")]
    smtp_password_file: Option<PathBuf>,
    /// Certificates (PEM) of the authority that signed the mail server's, when it is the company's own; beside the public ones
    #[arg(long, env = "FABU_SMTP_CA_FILE", value_name = "FILE", requires = "smtp_url")]
    smtp_ca_file: Option<PathBuf>,
    /// What chat robots may reach beside public addresses: a host, an address or a network such as 10.0.3.0/24, with http://
    /// before it also without TLS; may be given several times
    #[arg(long = "robot-allow", env = "FABU_ROBOT_ALLOW", value_name = "HOST", value_delimiter = ',')]
    robot_allow: Vec<String>,
    /// Where mails come from: fabu@example.com or "Name <fabu@example.com>" [default: 发布管理 <fabu@localhost>]
    #[arg(long, env = "FABU_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// The name of the company, in the foot of every mail
    #[arg(long, env = "FABU_COMPANY", value_name = "NAME")]
    company: Option<String>,
}

impl MailOptions {
    /// Sets where mails come from, and what robots may reach.
    ///
    /// # Errors
    /// When the sender is no address, or an entry for robots is none.
    pub fn apply(&self, app: &mut App) -> Result<()> {
        let mut from = MailFrom::default();
        if let Some(text) = &self.mail_from {
            (from.name, from.address) = sender(text)?;
        }
        if self.smtp_url.is_some() && self.mail_from.is_none() {
            bail!("a mail server needs a sender: name it with --mail-from");
        }
        from.company = self.company.clone().unwrap_or_default();
        let settings = Arc::make_mut(&mut app.settings);
        settings.mail_from = from;
        settings.robot_reach = RobotReach::parse(&self.robot_allow).map_err(|error| anyhow!("--robot-allow: {error}"))?;
        Ok(())
    }

    /// What the jobs of the background work with.
    ///
    /// # Errors
    /// When the mail server or its password cannot be read.
    pub fn context(&self, app: App) -> Result<Context> {
        let mut context = Context::new(app).context("cannot prepare the way to chat robots")?;
        if let Some(url) = &self.smtp_url {
            let read = |path: &PathBuf| {
                let text = std::fs::read_to_string(path);
                text.with_context(|| format!("cannot read the password for the mail server from {}", path.display()))
            };
            let password = self.smtp_password_file.as_ref().map(read).transpose()?;
            let password = password.map(|text| text.trim_end_matches(['\r', '\n']).to_owned());
            let authority = self.smtp_ca_file.as_ref().map(|path| {
                let read = std::fs::read(path);
                read.with_context(|| {
                    format!("cannot read the certificates of the mail server's authority from {}", path.display())
                })
            });
            let authority = authority.transpose()?;
            context.mailer = fabu_worker::mailer(url, password, authority).map_err(|error| anyhow!("--smtp-url: {error}"))?;
        }
        Ok(context)
    }
}

/// Name and address of `Name <address>` or of an address alone.
fn sender(text: &str) -> Result<(String, String)> {
    let usual = MailFrom::default().name;
    let (name, address) = match text.trim().strip_suffix('>').and_then(|rest| rest.split_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"').to_owned(), address.trim()),
        None => (usual.clone(), text.trim()),
    };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',');
    let whole = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
    if !whole || !address.chars().all(plain) || name.chars().any(char::is_control) {
        bail!("--mail-from: \"{text}\" is no mail address");
    }
    Ok((if name.is_empty() { usual } else { name }, address.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_sender_with_and_without_a_name() {
        let (name, address) = sender("\"IT 服务\" <it@example.cn>").unwrap();
        assert_eq!((name.as_str(), address.as_str()), ("IT 服务", "it@example.cn"));
        assert_eq!(sender("it@example.cn").unwrap().1, "it@example.cn");
        for wrong in ["it", "it@", "@example.cn", "a b@example.cn", "x <a@b> y", "a@b@c"] {
            assert!(sender(wrong).is_err(), "{wrong}");
        }
    }
}
