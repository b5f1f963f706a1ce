//! The success rate over several quarters, as a picture and as words.

use super::times;
use crate::{
    subject::refusal::Text,
    subjects::release::kpi::{Attainment, Ratio, SuccessRate},
    time::quarter::Quarter,
};
use serde::{Deserialize, Serialize};

/// Quarters in ascending order; the last is the one that the message is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateChart {
    /// The quarters.
    pub points: Vec<RatePoint>,
}

/// One quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatePoint {
    /// Which.
    pub quarter: Quarter,
    /// What was counted.
    pub rate: SuccessRate,
    /// The target valid in it.
    pub target: Ratio,
}

impl RatePoint {
    /// The figure in words: `51/54 = 94.44 %，目标不低于 90 %，达标`.
    #[must_use]
    pub fn words(&self) -> Text {
        let (figure, target) = (self.rate.text(self.target), self.target);
        match self.rate.attains(target) {
            Attainment::Met => {
                Text::new(format!("{figure}，目标不低于 {target}，达标"), format!("{figure}, target at least {target}, met"))
            }
            Attainment::Missed => {
                Text::new(format!("{figure}，目标不低于 {target}，未达标"), format!("{figure}, target at least {target}, missed"))
            }
            Attainment::NotApplicable => Text::new("无计入的发布，不评价", "no release counted, not rated"),
        }
    }
}

impl RateChart {
    /// What the picture shows, for readers who do not see it.
    #[must_use]
    pub fn alt(&self) -> Text {
        let Some((last, before)) = self.points.split_last() else {
            return Text::new("没有数据", "no data");
        };
        let (name, words) = (times::quarter(last.quarter), last.words());
        let mut alt = Text::new(
            format!("{}发布成功率 {}", name.zh, words.zh),
            format!("Success rate of releases in {}: {}", name.en, words.en),
        );
        if !before.is_empty() {
            let earlier: Vec<Text> = before
                .iter()
                .map(|point| {
                    let rate = match point.rate.percent(point.target) {
                        Some(percent) => Text::same(percent),
                        None => Text::new("无", "none"),
                    };
                    Text::new(format!("{} {}", point.quarter, rate.zh), format!("{} {}", point.quarter, rate.en))
                })
                .collect();
            let earlier = Text::list(&earlier);
            alt.zh.push_str(&format!("；此前：{}", earlier.zh));
            alt.en.push_str(&format!("; before: {}", earlier.en));
        }
        alt
    }
}
