//! The benchmark as a picture: a row an engine, a dot a figure, in four columns.
//! Its figures are those of `table`.

use super::results::Run;
use super::stats::{hits, percentile};

const ROW: f64 = 26.0;
const NAMES: f64 = 250.0;
const COLUMN: f64 = 190.0;
const GAP: f64 = 28.0;
const TOP: f64 = 86.0;
const OWN: [&str; 4] = ["cic", "dialler", "oxvo", "scopien"];

/// A column: its heading, its values by engine, and its scale.
struct Column {
    heading: [&'static str; 2],
    values: Vec<Option<f64>>,
    scale: Scale,
    /// How a value is written.
    write: fn(f64) -> String,
}

/// How a value becomes a place between 0 and 1.
#[derive(Clone, Copy)]
enum Scale {
    /// From 0 to this value.
    Linear(f64),
    /// Between these two values, each decade as wide as the next.
    Decades(f64, f64),
}

impl Scale {
    fn place(self, value: f64) -> f64 {
        let place = match self {
            Self::Linear(most) => value / most,
            Self::Decades(least, most) => (value / least).log10() / (most / least).log10(),
        };
        place.clamp(0.0, 1.0)
    }

    /// Values that get a line.
    fn ticks(self) -> Vec<f64> {
        match self {
            Self::Linear(most) => (0..=4).map(|n| most * f64::from(n) / 4.0).collect(),
            Self::Decades(least, most) => {
                std::iter::successors(Some(least), |value| Some(value * 10.0))
                    .take_while(|value| *value <= most * 1.001)
                    .collect()
            }
        }
    }

    /// Decades around some values.
    fn around(values: &[Option<f64>]) -> Self {
        let known = || values.iter().flatten().copied().filter(|value| *value > 0.0);
        let least = known().fold(f64::INFINITY, f64::min);
        let most = known().fold(0.0, f64::max);
        if most == 0.0 {
            return Self::Decades(1.0, 10.0);
        }
        let (low, high) = (least.log10().floor(), most.log10().ceil());
        Self::Decades(10_f64.powf(low), 10_f64.powf(high.max(low + 1.0)))
    }
}

/// The picture as SVG: light, without script, its text as text.
pub(crate) fn svg(run: &Run) -> String {
    let engines = &run.engines;
    let values = |of: &dyn Fn(&str) -> Option<f64>| engines.iter().map(|e| of(e)).collect();
    let at = |corpus| values(&|engine| Some(hits(&run.outcomes(engine, corpus), None)?.first));
    let p95 = values(&|engine| {
        let measured = run.of(engine, "1000").filter(|m| !m.keystrokes.is_empty())?;
        Some(percentile(&measured.keystrokes, 95.0))
    });
    let bytes =
        values(&|engine| Some(run.of(engine, "1000")?.index.1.filter(|b| *b > 0)? as f64 / 1024.0));
    let load: Vec<Option<f64>> = values(&|engine| {
        let measured = run.of(engine, "1000").filter(|m| !m.load.is_empty())?;
        Some(percentile(&measured.load, 50.0))
    });
    let percent = |value: f64| format!("{value:.0} %");
    let columns = [
        column(["right article first,", "four knowledge bases"], at(&OWN), Some(100.0), percent),
        column(["keystroke, 95th percentile,", "1,000 articles (ms)"], p95, None, number),
        column(["index in brotli,", "1,000 articles (KB)"], bytes, None, number),
        column(["bytes to first answer,", "1,000 articles (ms)"], load, None, number),
    ];
    draw(engines, &columns)
}

fn column(
    heading: [&'static str; 2],
    values: Vec<Option<f64>>,
    most: Option<f64>,
    write: fn(f64) -> String,
) -> Column {
    let scale = most.map_or_else(|| Scale::around(&values), Scale::Linear);
    Column { heading, values, scale, write }
}

fn number(value: f64) -> String {
    match value {
        v if v < 1.0 => format!("{v:.2}"),
        v if v < 10.0 => format!("{v:.1}"),
        v => format!("{v:.0}"),
    }
}

fn draw(engines: &[String], columns: &[Column]) -> String {
    let width = NAMES + columns.len() as f64 * (COLUMN + GAP);
    let bottom = TOP + engines.len() as f64 * ROW;
    let height = bottom + 34.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#1f2933\">\n\
         <title id=\"title\">Search engines compared: hits, keystroke time, index size, load time</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"12\" y=\"26\" font-size=\"16\" font-weight=\"600\">Search in the browser, all engines in one page</text>\n"
    );
    for (n, engine) in engines.iter().enumerate() {
        let y = TOP + (n as f64 + 0.5) * ROW;
        if n == 0 {
            let top = y - ROW / 2.0;
            out += &format!(
                "<rect x=\"4\" y=\"{top}\" width=\"{}\" height=\"{ROW}\" rx=\"4\" fill=\"#e8f0fe\"/>\n",
                width - 8.0
            );
        }
        let weight = if n == 0 { " font-weight=\"600\"" } else { "" };
        out += &format!("<text x=\"12\" y=\"{:.1}\"{weight}>{}</text>\n", y + 4.5, escaped(engine));
    }
    for (at, column) in columns.iter().enumerate() {
        let left = NAMES + at as f64 * (COLUMN + GAP);
        out += &axis(column, left, bottom);
        for (n, value) in column.values.iter().enumerate() {
            let y = TOP + (n as f64 + 0.5) * ROW;
            out += &dot(column, *value, left, y, n == 0);
        }
    }
    out + "</svg>\n"
}

/// Heading, lines and their values of a column.
fn axis(column: &Column, left: f64, bottom: f64) -> String {
    let mut out = String::new();
    for (line, text) in column.heading.iter().enumerate() {
        let y = 52.0 + line as f64 * 16.0;
        out += &format!("<text x=\"{left}\" y=\"{y}\" fill=\"#52606d\">{text}</text>\n");
    }
    for tick in column.scale.ticks() {
        let x = left + column.scale.place(tick) * COLUMN;
        let text = if tick < 1.0 { format!("{tick}") } else { format!("{tick:.0}") };
        out += &format!(
            "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{bottom}\" stroke=\"#d5dbe1\"/>\n\
             <text x=\"{x:.1}\" y=\"{:.1}\" font-size=\"11\" fill=\"#52606d\" text-anchor=\"middle\">{text}</text>\n",
            bottom + 16.0
        );
    }
    out
}

/// A dot with its value beside it, on the side where there is room.
fn dot(column: &Column, value: Option<f64>, left: f64, y: f64, ours: bool) -> String {
    let Some(value) = value else {
        return format!("<text x=\"{left}\" y=\"{:.1}\" fill=\"#7b8794\">–</text>\n", y + 4.5);
    };
    let place = column.scale.place(value);
    let x = left + place * COLUMN;
    let (colour, radius) = if ours { ("#1a56db", 6.0) } else { ("#7b8794", 5.0) };
    let (text, anchor) = if place > 0.6 { (x - 10.0, "end") } else { (x + 10.0, "start") };
    format!(
        "<circle cx=\"{x:.1}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\"/>\n\
         <text x=\"{text:.1}\" y=\"{:.1}\" font-size=\"12\" text-anchor=\"{anchor}\">{}</text>\n",
        y + 4.2,
        (column.write)(value)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_hold_all_values_between_their_ends() {
        let scale = Scale::around(&[Some(0.03), None, Some(420.0)]);
        assert!(scale.place(0.03) > 0.0 && scale.place(420.0) < 1.0);
        assert!((scale.place(1.0) - 0.4).abs() < 1e-9);
        assert_eq!(scale.ticks().len(), 6);
        assert_eq!(Scale::Linear(100.0).place(25.0), 0.25);
    }

    #[test]
    fn the_picture_has_a_row_an_engine_and_no_script() {
        let engines = ["Unstuck", "A & B"].map(str::to_owned).to_vec();
        let text = svg(&Run { engines, ..Run::default() });
        assert!(text.contains(">Unstuck</text>") && text.contains("A &amp; B"));
        assert!(text.starts_with("<svg") && text.ends_with("</svg>\n") && !text.contains("script"));
    }
}
