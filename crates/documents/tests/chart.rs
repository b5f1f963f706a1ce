//! The picture of the success rate, looked at pixel by pixel.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

use fabu_documents::rate_chart;
use fabu_domain::{
    language::Language,
    notifications::notice::{RateChart, RatePoint},
    subjects::release::kpi::{Ratio, SuccessRate},
    time::quarter::Quarter,
};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

const RED: [u8; 3] = [0xcf, 0x22, 0x2e];
const BLUE: [u8; 3] = [0x2f, 0x6d, 0xb5];
/// The head with the legend, in pixels: it shows every colour.
const LEGEND: u32 = 70;

fn chart(rates: &[(u32, u32)]) -> RateChart {
    let point = |(number, (successes, total)): (u32, &(u32, u32))| RatePoint {
        quarter: Quarter::new(2026, number).unwrap(),
        rate: SuccessRate::new(*successes, *total).unwrap(),
        target: Ratio::percent(90),
    };
    RateChart { points: (1..).zip(rates).map(point).collect() }
}

fn drawn(chart: &RateChart, language: Language) -> Pixmap {
    Pixmap::decode_png(&rate_chart(chart, language).unwrap()).unwrap()
}

/// How many pixels below the legend have a colour.
fn count(picture: &Pixmap, colour: [u8; 3]) -> usize {
    let below = (LEGEND * picture.width()) as usize;
    let is = |pixel: &&PremultipliedColorU8| [pixel.red(), pixel.green(), pixel.blue()] == colour;
    picture.pixels()[below..].iter().filter(is).count()
}

#[test]
fn the_picture_is_twice_as_wide_as_it_is_shown() {
    let picture = drawn(&chart(&[(51, 54)]), Language::Chinese);
    assert_eq!((picture.width(), picture.height()), (1200, 560));
}

#[test]
fn a_missed_target_is_red_and_a_met_one_is_not() {
    let met = drawn(&chart(&[(9, 10)]), Language::Chinese);
    let missed = drawn(&chart(&[(8, 10)]), Language::Chinese);
    assert_eq!((count(&met, RED), count(&missed, BLUE)), (0, 0));
    assert!(count(&met, BLUE) > 10_000 && count(&missed, RED) > 10_000);
}

#[test]
fn the_height_of_a_bar_is_its_rate() {
    // A column of pixels near the left edge of the only bar, where no figure is written.
    let height = |rate| {
        let picture = drawn(&chart(&[rate]), Language::Chinese);
        let pixels = (LEGEND..picture.height()).filter_map(|y| picture.pixel(580, y));
        pixels.filter(|pixel| [pixel.red(), pixel.green(), pixel.blue()] == RED).count()
    };
    let (half, quarter) = (height((5, 10)), height((25, 100)));
    assert!(quarter > 50 && half.abs_diff(2 * quarter) <= 2, "{half} and {quarter} pixels");
}

#[test]
fn the_words_are_drawn_in_the_language_of_the_reader() {
    let chart = chart(&[(1, 1)]);
    assert_ne!(drawn(&chart, Language::Chinese).data(), drawn(&chart, Language::English).data());
}

#[test]
fn quarters_without_releases_and_charts_without_quarters_are_drawn() {
    assert_eq!(count(&drawn(&chart(&[(0, 0)]), Language::English), BLUE), 0);
    drawn(&RateChart { points: Vec::new() }, Language::English);
}
