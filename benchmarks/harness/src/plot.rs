//! Pictures of the figures, as SVG.

use std::path::Path;

use plotters::prelude::*;

use crate::plan;
use crate::results::{Compared, Curve};

const OURS: RGBColor = RGBColor(0xc8, 0x10, 0x2e);
const THEIRS: RGBColor = RGBColor(0x8a, 0x93, 0xa0);
const INK: RGBColor = RGBColor(0x33, 0x33, 0x33);
const BAR: u32 = 34;
const MARGINS: u32 = 76;

/// A bar for each contender: the median, and a line over the middle half of the runs.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn bars(compared: &Compared, path: &Path) -> Result<(), String> {
    draw_bars(compared, path).map_err(|error| format!("{}: {error}", path.display()))
}

fn draw_bars(compared: &Compared, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let rows = u32::try_from(compared.figures.len())?;
    let area = SVGBackend::new(path, (720, MARGINS + BAR * rows)).into_drawing_area();
    area.fill(&WHITE)?;
    let spreads: Vec<_> = compared.figures.iter().map(|figure| compared.time(figure)).collect();
    let (unit, scale) = unit(spreads.iter().map(|spread| spread.median).fold(0.0, f64::max));
    let widest = spreads.iter().map(|spread| spread.high * scale).fold(0.0, f64::max) * 1.12;
    let rows = i32::try_from(rows)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(&compared.title, ("sans-serif", 16).into_font().color(&INK))
        .margin(8)
        .x_label_area_size(34)
        .y_label_area_size(180)
        .build_cartesian_2d(0.0..widest, (0..rows - 1).into_segmented())?;
    let name = |at: &SegmentValue<i32>| match at {
        SegmentValue::CenterOf(row) => label(compared, rows - 1 - *row),
        _ => String::new(),
    };
    chart
        .configure_mesh()
        .disable_y_mesh()
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(0xe6, 0xe6, 0xe6))
        .x_desc(unit)
        .x_label_formatter(&|time| format!("{time}"))
        .y_labels(compared.figures.len())
        .y_label_formatter(&name)
        .label_style(("sans-serif", 13).into_font().color(&INK))
        .draw()?;
    for (row, spread) in (0..rows).rev().zip(&spreads) {
        let color = if row == rows - 1 { OURS } else { THEIRS };
        let (from, to) = (SegmentValue::Exact(row), SegmentValue::Exact(row + 1));
        let mut bar = Rectangle::new([(0.0, from), (spread.median * scale, to)], color.filled());
        bar.set_margin(5, 5, 0, 0);
        chart.draw_series([bar])?;
        let middle = SegmentValue::CenterOf(row);
        let ends = vec![(spread.low * scale, middle.clone()), (spread.high * scale, middle)];
        chart.draw_series([PathElement::new(ends, INK.stroke_width(2))])?;
    }
    area.present()?;
    Ok(())
}

fn label(compared: &Compared, row: i32) -> String {
    let figure = usize::try_from(row).ok().and_then(|row| compared.figures.get(row));
    figure.map(|figure| plan::label(&figure.contender).to_owned()).unwrap_or_default()
}

/// The unit in which the largest figure reads well, and how many of it a nanosecond is.
pub(crate) fn unit(nanoseconds: f64) -> (&'static str, f64) {
    match nanoseconds {
        ..1e4 => ("ns", 1.0),
        ..1e7 => ("µs", 1e-3),
        _ => ("ms", 1e-6),
    }
}

/// Cost over size, both axes logarithmic, with a line that rises as a linear cost does.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn curve(curve: &Curve, path: &Path) -> Result<(), String> {
    draw_curve(curve, path).map_err(|error| format!("{}: {error}", path.display()))
}

#[allow(clippy::cast_precision_loss)]
fn draw_curve(curve: &Curve, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let points: Vec<(f64, f64)> =
        curve.points.iter().filter(|point| point.0 > 0).map(|point| (point.0 as f64, point.1.median / 1e3)).collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Err("no points".into()) };
    let (lowest, highest) =
        points.iter().fold((f64::MAX, 0.0_f64), |(low, high), point| (low.min(point.1), high.max(point.1)));
    let area = SVGBackend::new(path, (720, 360)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(&curve.title, ("sans-serif", 16).into_font().color(&INK))
        .margin(12)
        .x_label_area_size(38)
        .y_label_area_size(64)
        .build_cartesian_2d((first.0..last.0).log_scale(), (lowest / 2.0..highest * 2.0).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(RGBColor(0xe6, 0xe6, 0xe6))
        .x_desc(&curve.axis)
        .x_label_formatter(&|size| format!("{size}"))
        .y_label_formatter(&|time| format!("{time}"))
        .y_desc("µs of the processor")
        .label_style(("sans-serif", 13).into_font().color(&INK))
        .draw()?;
    let linear =
        points.iter().map(|point| (point.0, last.1 * point.0 / last.0)).filter(|point| point.1 >= lowest / 2.0);
    chart.draw_series(DashedLineSeries::new(linear, 6, 4, THEIRS.stroke_width(1)))?;
    chart.draw_series(LineSeries::new(points.clone(), OURS.stroke_width(2)))?;
    chart.draw_series(points.iter().map(|point| Circle::new(*point, 3, OURS.filled())))?;
    area.present()?;
    Ok(())
}
