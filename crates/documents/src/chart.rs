//! The success rate over several quarters, as bars against the target.
//!
//! Drawn as SVG and turned into pixels here, with the figures in the words of the domain: a chart library would print
//! its own rounded numbers, and 89.999 % must never read as 90 %.

use crate::DocumentError;
use fabu_domain::{
    language::Language,
    notifications::notice::{RateChart, RatePoint},
    subject::refusal::Text,
    subjects::release::kpi::Attainment,
};
use resvg::{tiny_skia, usvg};
use std::{fmt::Write as _, sync::OnceLock};

/// Noto Sans SC, reduced to GB2312; its licence lies beside it.
const FONT: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular-GB2312.ttf");
const FAMILY: &str = "Noto Sans SC";

/// The size at which it is shown, in pixels. The picture has twice as many, for sharp screens.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 280.0;
const SCALE: f32 = 2.0;
const PIXELS: (u32, u32) = (1200, 560);

/// The area of the bars.
const LEFT: f64 = 52.0;
const RIGHT: f64 = 588.0;
const TOP: f64 = 62.0;
const BOTTOM: f64 = 224.0;
/// The widest bar.
const BAR: f64 = 68.0;
/// A bar of this height has no room for its figure.
const SHORT: f64 = 30.0;

const PAPER: &str = "#ffffff";
const INK: &str = "#1f2328";
const MUTED: &str = "#57606a";
const GRID: &str = "#e6e9ed";
const TARGET: &str = "#9a6700";
const MET: &str = "#2f6db5";
const MISSED: &str = "#cf222e";

/// The picture as PNG, 1200 × 560 pixels, to be shown 600 wide. What it says is [`RateChart::alt`].
///
/// # Errors
/// When the picture cannot be drawn, which no data causes.
pub fn rate_chart(chart: &RateChart, language: Language) -> Result<Vec<u8>, DocumentError> {
    let options = usvg::Options { fontdb: fonts(), font_family: FAMILY.to_owned(), ..Default::default() };
    let broken = |error: &dyn std::fmt::Display| DocumentError::Picture(error.to_string());
    let tree = usvg::Tree::from_str(&svg(chart, language), &options).map_err(|error| broken(&error))?;
    let mut pixels = tiny_skia::Pixmap::new(PIXELS.0, PIXELS.1).ok_or_else(|| broken(&"no room for it"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| broken(&error))
}

fn fonts() -> std::sync::Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<std::sync::Arc<usvg::fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_source(usvg::fontdb::Source::Binary(std::sync::Arc::new(FONT)));
        fonts.set_sans_serif_family(FAMILY);
        std::sync::Arc::new(fonts)
    };
    std::sync::Arc::clone(FONTS.get_or_init(load))
}

/// The drawing. It holds numbers and fixed words only, nothing that a person typed.
fn svg(chart: &RateChart, language: Language) -> String {
    let say = |zh, en| Text::new(zh, en).in_language(language).to_owned();
    let mut out = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">"#);
    let _ = write!(out, r#"<rect width="100%" height="100%" fill="{PAPER}"/>"#);
    text(&mut out, (LEFT - 40.0, 26.0), "start", 15, INK, &say("发布成功率", "Success rate of releases"));
    legend(&mut out, &say("达标", "target met"), &say("未达标", "target missed"), &say("目标", "target"));
    for percent in [0, 20, 40, 60, 80, 100] {
        let y = height_of(f64::from(percent) / 100.0);
        line(&mut out, (LEFT, y), (RIGHT, y), GRID, "");
        text(&mut out, (LEFT - 8.0, y + 4.0), "end", 11, MUTED, &format!("{percent} %"));
    }
    if chart.points.is_empty() {
        text(
            &mut out,
            (f64::midpoint(LEFT, RIGHT), f64::midpoint(TOP, BOTTOM)),
            "middle",
            13,
            MUTED,
            &say("没有数据", "no data"),
        );
    }
    let band = (RIGHT - LEFT) / f64::from(u32::try_from(chart.points.len().max(1)).unwrap_or(u32::MAX));
    let mut left = LEFT;
    for point in &chart.points {
        bar(&mut out, point, (left, band), language);
        left += band;
    }
    out.push_str("</svg>");
    out
}

/// One quarter in its band: `(left, width)`.
fn bar(out: &mut String, point: &RatePoint, (left, band): (f64, f64), language: Language) {
    let (middle, width) = (left + band / 2.0, (band * 0.6).min(BAR));
    let colour = if point.rate.attains(point.target) == Attainment::Missed { MISSED } else { MET };
    let share = share(point.rate.successes(), point.rate.total());
    let (figure, top) = match (point.rate.percent(point.target), share) {
        (Some(figure), Some(share)) => (figure, height_of(share)),
        _ => (Text::new("无发布", "none").in_language(language).to_owned(), BOTTOM),
    };
    let _ = write!(
        out,
        r#"<rect x="{:.1}" y="{top:.1}" width="{width:.1}" height="{:.1}" fill="{colour}"/>"#,
        middle - width / 2.0,
        BOTTOM - top
    );
    if let Some(target) = share_of_target(point) {
        let y = height_of(target);
        line(out, (left, y), (left + band, y), TARGET, r#" stroke-dasharray="5 3" stroke-width="1.5""#);
    }
    // In the middle of the bar, where no target line runs; above a bar that is too short for it.
    let (y, ink) = if BOTTOM - top > SHORT { (f64::midpoint(top, BOTTOM) + 5.0, PAPER) } else { (top - 6.0, INK) };
    text(out, (middle, y), "middle", 13, ink, &figure);
    text(out, (middle, BOTTOM + 20.0), "middle", 12, INK, &point.quarter.to_string());
    let below = if point.rate.total() == 0 { String::new() } else { point.rate.to_string() };
    text(out, (middle, BOTTOM + 38.0), "middle", 11, MUTED, &below);
}

fn share_of_target(point: &RatePoint) -> Option<f64> {
    share(point.target.numerator(), point.target.denominator())
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

fn height_of(share: f64) -> f64 {
    BOTTOM - share * (BOTTOM - TOP)
}

fn legend(out: &mut String, met: &str, missed: &str, target: &str) {
    for (x, colour, name) in [(330.0, MET, met), (420.0, MISSED, missed)] {
        let _ = write!(out, r#"<rect x="{x}" y="17" width="11" height="11" fill="{colour}"/>"#);
        text(out, (x + 16.0, 27.0), "start", 11, MUTED, name);
    }
    line(out, (520.0, 22.5), (538.0, 22.5), TARGET, r#" stroke-dasharray="5 3" stroke-width="1.5""#);
    text(out, (543.0, 27.0), "start", 11, MUTED, target);
}

fn line(out: &mut String, from: (f64, f64), to: (f64, f64), colour: &str, more: &str) {
    let _ =
        write!(out, r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" stroke="{colour}"{more}/>"#, from.0, from.1, to.0, to.1);
}

fn text(out: &mut String, at: (f64, f64), anchor: &str, size: u32, colour: &str, words: &str) {
    let _ = write!(
        out,
        r#"<text x="{:.1}" y="{:.1}" text-anchor="{anchor}" font-family="{FAMILY}" font-size="{size}" fill="{colour}">{words}</text>"#,
        at.0, at.1
    );
}
