//! Numbers of bytes with a unit: `8.36 MB`.

/// By power; `KiB` and its kin are read as well.
const UNITS: [&str; 7] = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

/// `None` when there is no such unit.
pub(super) fn format(bytes: f64, digits: usize, unit: &str, base: Option<i64>) -> Option<String> {
    let base = step(base)?;
    let power = match unit {
        "" => {
            let fits = |power: &i32| bytes.abs() >= base.powi(*power);
            (1..UNITS.len() as i32).rev().find(fits).unwrap_or(0)
        }
        unit => power(unit)?,
    };
    let name = match unit {
        "" => UNITS[usize::try_from(power).ok()?],
        unit => unit,
    };
    Some(format!("{:.digits$} {name}", bytes / base.powi(power)))
}

pub(super) fn parse(text: &str, base: Option<i64>) -> Option<i64> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let power = match unit.trim() {
        "" => 0,
        unit => power(unit)?,
    };
    crate::kernels::json::whole(number.parse::<f64>().ok()? * step(base)?.powi(power))
}

fn step(base: Option<i64>) -> Option<f64> {
    match base.unwrap_or(2) {
        2 => Some(1024.0),
        10 => Some(1000.0),
        _ => None,
    }
}

fn power(unit: &str) -> Option<i32> {
    let unit = unit.to_ascii_uppercase();
    if unit == "B" || unit == "BYTE" {
        return Some(0);
    }
    let unit = unit.replace("IB", "B");
    let place = UNITS
        .iter()
        .position(|known| known.to_ascii_uppercase() == unit)?;
    i32::try_from(place).ok()
}
