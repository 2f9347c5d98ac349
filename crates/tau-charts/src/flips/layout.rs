//! Where the strips and their tasks stand, in pixels.

use super::{Fate, Flip, FlipRow, FlipStrip, words};
use crate::font::{Weight, ellipsise, width, wrap};
use crate::frame::{BODY, BODY_LINE, Frame, MARGIN, SMALL, SMALL_LINE};
use crate::{Hotspot, Language, Opens};

/// Height of the scale from 0 to 100 %.
const SCALE: f64 = 80.0;
/// Between the row's edge and the scale: above, room for the groups' names; below, for half a label.
const ABOVE: f64 = 30.0;
const BELOW: f64 = 16.0;
/// Between two groups.
const GAP: f64 = 18.0;
/// A task takes at most this much of the width.
const WIDEST_SLOT: f64 = 28.0;
/// Tasks that have less than this much share a place with neighbours of the same values.
const OWN_PLACE: f64 = 6.0;
/// From this width of a task on its ends are a ring and the condition's mark; below they are dashes.
const MARKED: f64 = 9.0;
/// Between the names and the scale stand the scale's labels.
const LABELS: f64 = 46.0;

/// The tasks of a group.
pub(super) struct Group {
    pub fate: Fate,
    /// Its name, where there is room for it above the tasks.
    pub name: Option<String>,
    pub left: f64,
    pub right: f64,
    /// Neighbours with the same values: the first, and how many they are.
    pub runs: Vec<(Flip, usize)>,
}

/// A condition's strip.
pub(super) struct Strip {
    pub color: usize,
    pub name: Vec<String>,
    /// What became of the tasks, in the order of the groups.
    pub counts: Vec<(Fate, String)>,
    /// Of tasks that could not be compared; of none at all.
    pub notes: Vec<String>,
    pub groups: Vec<Group>,
    /// Width of a task.
    pub slot: f64,
    pub top: f64,
    pub height: f64,
}

impl Strip {
    /// Whether a task's ends are a ring and a mark, or dashes.
    pub fn is_marked(&self) -> bool {
        self.slot >= MARKED
    }

    /// Pixel of a rate.
    pub fn y(&self, rate: f64) -> f64 {
        self.top + ABOVE + (1.0 - rate.clamp(0.0, 1.0)) * SCALE
    }

    /// Middle of the n-th task of a group.
    pub fn x(&self, group: &Group, place: usize) -> f64 {
        group.left + (place as f64 + 0.5) * self.slot
    }

    /// Middle of the groups' names.
    pub fn group_line(&self) -> f64 {
        self.top + 14.0
    }
}

/// The whole chart.
pub(super) struct Layout {
    pub height: u32,
    pub frame: Frame,
    pub strips: Vec<Strip>,
    pub head: Vec<String>,
    /// Words of the legend: the ring, and the condition's mark with its place.
    pub legend: [String; 2],
    pub second: (f64, f64),
    pub header_top: f64,
    /// Left and right of the scales.
    pub plot: (f64, f64),
    /// Labels of the scale.
    pub ticks: [(f64, String); 3],
    /// Where the strips end.
    pub bottom: f64,
}

impl Layout {
    pub fn of(chart: &FlipStrip, full: f64, language: Language) -> Layout {
        let names = (full * 0.22).clamp(104.0, 260.0);
        let plot = (MARGIN + names + LABELS, full - MARGIN);
        let frame = Frame::of(&chart.heading, &caption(chart, language), full);
        let header_top = frame.top();
        let room = full - 2.0 * MARGIN;
        let small = Weight::Regular;
        let head =
            wrap(&language.say("flips-axis", &[]), SMALL as f32, Weight::Bold, room as f32, 2);
        let legend = ["flips-baseline", "flips-condition"].map(|id| {
            ellipsise(&language.say(id, &[]), SMALL as f32, small, (room / 2.0 - 34.0) as f32)
        });
        let after = f64::from(width(&legend[0], SMALL as f32, small)) + 18.0 + 24.0;
        let legend_line = header_top + SMALL_LINE * (head.len() as f64 + 0.5);
        let mut top = header_top + SMALL_LINE * (head.len() as f64 + 1.0) + 8.0;
        let mut strips = Vec::new();
        for row in &chart.rows {
            let strip = strip(row, top, names, plot, language);
            top += strip.height;
            strips.push(strip);
        }
        let bottom = top + 4.0;
        Layout {
            height: frame.height(bottom),
            frame,
            strips,
            head,
            legend,
            second: (MARGIN + after, legend_line),
            header_top,
            plot,
            ticks: [0.0, 0.5, 1.0].map(|rate| (rate, language.percent(rate))),
            bottom,
        }
    }

    /// A place over each condition's name, and over each task or neighbours of the same values.
    pub fn hotspots(&self, chart: &FlipStrip, language: Language) -> Vec<Hotspot> {
        let mut spots = Vec::new();
        for (row, strip) in chart.rows.iter().zip(&self.strips) {
            let condition = Opens::condition(&row.condition_id);
            spots.push(Hotspot {
                opens: condition.clone(),
                label: words::row(row, language),
                x: MARGIN / 2.0,
                y: strip.top,
                width: self.plot.0 - LABELS - MARGIN / 2.0,
                height: strip.height,
            });
            for group in &strip.groups {
                let mut place = 0;
                for (flip, count) in &group.runs {
                    let many = vec![flip.clone(); *count];
                    let opens = match *count {
                        1 => Opens { task: Some(flip.task_id.clone()), ..condition.clone() },
                        _ => condition.clone(),
                    };
                    spots.push(Hotspot {
                        opens,
                        label: words::tasks(row, &many, language),
                        x: group.left + place as f64 * strip.slot,
                        y: strip.top + 2.0,
                        width: *count as f64 * strip.slot,
                        height: strip.height - 4.0,
                    });
                    place += count;
                }
            }
        }
        spots
    }
}

fn strip(row: &FlipRow, top: f64, names: f64, plot: (f64, f64), language: Language) -> Strip {
    let name = wrap(&language.named(&row.name), BODY as f32, Weight::Regular, names as f32, 2);
    let small = |text: &str| ellipsise(text, SMALL as f32, Weight::Regular, names as f32 - 16.0);
    let say = |id: &str, n: usize| small(&language.say(id, &[("n", n.into())]));
    let counts = match row.tasks.is_empty() {
        true => Vec::new(),
        false => Fate::ALL.map(|fate| (fate, say(words::count(fate), row.count(fate)))).to_vec(),
    };
    let mut notes = Vec::new();
    if row.tasks.is_empty() {
        notes.push(language.say("flips-no-task", &[]));
    }
    if row.fell_out > 0 {
        notes.push(language.say("flips-not-compared", &[("n", row.fell_out.into())]));
    }
    let notes: Vec<String> = notes
        .iter()
        .flat_map(|note| wrap(note, SMALL as f32, Weight::Regular, names as f32, 2))
        .collect();

    let present: Vec<Fate> = Fate::ALL.into_iter().filter(|fate| row.count(*fate) > 0).collect();
    let gaps = GAP * present.len().saturating_sub(1) as f64;
    let slot = match row.tasks.len() {
        0 => WIDEST_SLOT,
        tasks => ((plot.1 - plot.0 - gaps) / tasks as f64).min(WIDEST_SLOT),
    };
    let mut left = plot.0;
    let mut groups = Vec::new();
    for fate in present {
        let mut runs: Vec<(Flip, usize)> = Vec::new();
        for flip in row.tasks.iter().filter(|flip| Fate::of(flip) == fate) {
            match runs.last_mut() {
                Some((first, count)) if slot < OWN_PLACE && alike(first, flip) => *count += 1,
                _ => runs.push((flip.clone(), 1)),
            }
        }
        let right = left + row.count(fate) as f64 * slot;
        let name = language.say(words::group(fate), &[]);
        let long = f64::from(width(&name, SMALL as f32, Weight::Regular));
        // Half of the gap at either side belongs to the group.
        let name = (long <= right - left + GAP - 8.0).then_some(name);
        groups.push(Group { fate, name, left, right, runs });
        left = right + GAP;
    }
    let lines = name.len() as f64 * BODY_LINE + (counts.len() + notes.len()) as f64 * SMALL_LINE;
    let drawn = if groups.is_empty() { 0.0 } else { ABOVE + SCALE + BELOW };
    let height = (lines + 16.0).max(drawn);
    Strip { color: row.color, name, counts, notes, groups, slot, top, height }
}

fn alike(a: &Flip, b: &Flip) -> bool {
    (a.baseline - b.baseline).abs() < 1e-9 && (a.rate - b.rate).abs() < 1e-9
}

fn caption(chart: &FlipStrip, language: Language) -> Vec<String> {
    let tasks = || chart.rows.iter().map(|row| row.tasks.len()).filter(|tasks| *tasks > 0);
    match (tasks().min(), tasks().max()) {
        (Some(low), Some(high)) if low < high => {
            let args = [("low", low.into()), ("high", high.into())];
            vec![language.say("flips-caption-between", &args)]
        }
        (Some(tasks), _) => vec![language.say("flips-caption", &[("tasks", tasks.into())])],
        _ => vec![language.say("flips-nothing", &[])],
    }
}
