//! Dose and response: success over the level of a trait, and below it the level that was measured.

use serde::{Deserialize, Serialize};

use crate::{Bounds, Heading};

/// The chart's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseChart {
    /// Title and notes.
    pub heading: Heading,
    /// The traits that were run at one level or more.
    pub traits: Vec<ResponseSeries>,
}

/// A trait's line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseSeries {
    /// The trait's id.
    pub trait_id: String,
    /// Its name.
    pub name: String,
    /// Its colour index.
    pub color: usize,
    /// In the order of levels, the baseline at 0 first where there is one.
    pub points: Vec<ResponsePoint>,
    /// The slope over the tasks that have two levels or more; `None` with fewer than ten of them.
    pub slope: Option<ResponseSlope>,
}

/// Success at a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponsePoint {
    /// The condition behind it.
    pub condition_id: String,
    /// The slider, 0 (off) to 4 (extreme).
    pub level: f64,
    /// Success, 0 to 1; `None` when nothing was scored.
    pub rate: Option<f64>,
    /// Its 95 % interval; `None` below ten tasks.
    pub interval: Option<Bounds>,
    /// Tasks scored.
    pub tasks: usize,
    /// The level that a meter read from the customers' messages; `None` where nothing was metered.
    pub measured: Option<Measured>,
}

/// A level that was read, 0 to 4.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The mean.
    pub value: f64,
    /// Its 95 % interval; `None` where there are too few conversations.
    pub interval: Option<Bounds>,
}

/// Change of success for one step of the slider.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseSlope {
    /// As a rate per level; negative when success falls.
    pub per_level: f64,
    /// Its 95 % interval.
    pub interval: Option<Bounds>,
    /// Tasks behind it.
    pub tasks: usize,
}

// TODO: drawn next.
impl crate::spec::Chart for ResponseChart {
    fn draw(&self, _: &crate::Look) -> Result<crate::Drawing, crate::ChartError> {
        Err(crate::ChartError::Drawing("not drawn yet".to_owned()))
    }
    fn sentence(&self, _: crate::Language) -> String {
        String::new()
    }
    fn text(&self, _: crate::Language) -> Vec<String> {
        Vec::new()
    }
    fn table(&self, _: crate::Language) -> crate::DataTable {
        crate::DataTable::default()
    }
}
