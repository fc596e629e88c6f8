//! `KIT_PRIVACY` and its kin, and the standard's limits on the length of values.

use crate::privacy::Rules;

use super::reader::{Reader, entries};

const SWITCH: &str = "KIT_PRIVACY";
/// The one for spans wins.
const LIMITS: [&str; 2] = [
    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
];

pub(super) fn from_env(env: &mut Reader) -> Rules {
    Rules {
        enabled: enabled(env),
        keys: list(env, "KIT_PRIVACY_KEYS").unwrap_or_default(),
        allowed_keys: list(env, "KIT_PRIVACY_ALLOW").unwrap_or_default(),
        only_keys: list(env, "KIT_PRIVACY_ONLY"),
        value_bytes_max: LIMITS.iter().find_map(|name| env.count(name)),
    }
}

/// On unless it is off by name: a slip of the pen must not open the gate.
fn enabled(env: &mut Reader) -> bool {
    let value = env.text(SWITCH).unwrap_or_default().to_ascii_lowercase();
    match value.as_str() {
        "" | "on" | "1" | "true" | "yes" | "y" => true,
        "off" | "0" | "false" | "no" | "n" => {
            env.warn(format!(
                "{SWITCH}: off; personal data and secrets are exported as they are"
            ));
            false
        }
        other => {
            env.warn(format!(
                "{SWITCH}: {other:?} is neither on nor off; on is used"
            ));
            true
        }
    }
}

fn list(env: &Reader, name: &str) -> Option<Vec<String>> {
    let text = env.text(name)?;
    Some(entries(&text).map(|(_, key)| key.to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> (Rules, usize) {
        let lookup = |name: &str| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let mut env = Reader::new(&lookup);
        (from_env(&mut env), env.into_warnings().len())
    }

    #[test]
    fn on_unless_turned_off_by_name() {
        for (value, enabled, warnings) in [
            ("", true, 0),
            ("on", true, 0),
            ("OFF", false, 1),
            ("false", false, 1),
            ("of", true, 1),
        ] {
            let (rules, warned) = read(&[(SWITCH, value)]);
            assert_eq!((rules.enabled, warned), (enabled, warnings), "{value:?}");
        }
        assert_eq!(read(&[]), (Rules::default(), 0));
    }

    #[test]
    fn lists_and_the_limit() {
        let (rules, warned) = read(&[
            ("KIT_PRIVACY_KEYS", "lesson.note, crm.*"),
            ("KIT_PRIVACY_ALLOW", "support.email"),
            ("KIT_PRIVACY_ONLY", "lesson.id,"),
            (LIMITS[0], "1024"),
            (LIMITS[1], "64"),
        ]);
        assert_eq!(rules.keys, ["lesson.note", "crm.*"]);
        assert_eq!(rules.allowed_keys, ["support.email"]);
        assert_eq!(rules.only_keys, Some(vec!["lesson.id".to_owned()]));
        assert_eq!((rules.value_bytes_max, warned), (Some(1024), 0));
        assert_eq!(read(&[(LIMITS[1], "64")]).0.value_bytes_max, Some(64));
    }
}
