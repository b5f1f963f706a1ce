//! A notice as subject, HTML and plain text. One layout, both languages.

use crate::{
    SenderIdentity,
    view::{PICTURE_ID, View},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use fabu_domain::{language::Language, notifications::notice::Notice};
use minijinja::{
    AutoEscape, Environment, UndefinedBehavior,
    syntax::SyntaxConfig,
    value::{Serde, Value},
};
use mrml::prelude::render::RenderOptions;
use std::sync::LazyLock;

const HTML: &str = "mail.mjml";
const TEXT: &str = "mail.txt";

/// A message that is ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The page: tables of 600 pixels with their styles inside.
    pub html: String,
    /// The same in plain text.
    pub text: String,
}

impl Rendered {
    /// The page with its picture inside, for a browser, which opens no `cid:` address.
    #[must_use]
    pub fn with_picture(self, png: &[u8]) -> Self {
        let inside = format!("data:image/png;base64,{}", BASE64_STANDARD.encode(png));
        Self { html: self.html.replace(&format!("cid:{PICTURE_ID}"), &inside), ..self }
    }
}

/// Why a message could not be drawn: a defect of the templates, which no data causes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be drawn: {0}")]
pub struct RenderError(String);

impl RenderError {
    fn new(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

static TEMPLATES: LazyLock<Result<Environment<'static>, RenderError>> = LazyLock::new(|| {
    let mut templates = Environment::empty();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.map_err(RenderError::new)?);
    templates.add_filter("join", minijinja::filters::join);
    templates.set_auto_escape_callback(|name| if name == HTML { AutoEscape::Html } else { AutoEscape::None });
    templates.set_formatter(|out, state, value| match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) => out.write_str(&escape(text)).map_err(Into::into),
        _ => minijinja::escape_formatter(out, state, value),
    });
    templates.add_template(HTML, include_str!("../templates/mail.mjml")).map_err(RenderError::new)?;
    templates.add_template(TEXT, include_str!("../templates/mail.txt")).map_err(RenderError::new)?;
    Ok(templates)
});

/// Text as it stands between tags or in an attribute. Slashes stay, unlike in the escaping of the template engine: some
/// mail filters do not find the address in a link without them.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Draws `notice` for a reader at the moment `now`. The page shows the notice's chart as the inline picture `success-rate`.
///
/// # Errors
/// [`RenderError`] when a template is broken.
pub fn render(notice: &Notice, language: Language, sender: &SenderIdentity, now: DateTime<Utc>) -> Result<Rendered, RenderError> {
    let templates = TEMPLATES.as_ref().map_err(Clone::clone)?;
    let view = View::new(notice, language, sender, now);
    let values = Value::from(Serde(&view));
    let draw = |name| {
        let drawn = templates.get_template(name).and_then(|template| template.render(values.clone()));
        drawn.map_err(RenderError::new)
    };
    let page = mrml::parse(draw(HTML)?).map_err(RenderError::new)?;
    let html = page.element.render(&RenderOptions::default()).map_err(RenderError::new)?;
    Ok(Rendered { text: draw(TEXT)?, html, subject: view.subject })
}
