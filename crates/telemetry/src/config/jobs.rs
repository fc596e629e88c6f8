//! How jobs appear in traces: `KIT_JOB_NAMES` (`celery` or `semconv`), `KIT_JOB_PARENT` (`auto`, `always`
//! or `link`) and `KIT_JOB_PARENT_AGE_MAX_MS`.

use super::reader::Reader;
use crate::jobs::{Names, Options, Parent};

const NAMES: [(&str, Names); 2] = [("celery", Names::Celery), ("semconv", Names::Semconv)];
const PARENTS: [(&str, Parent); 3] = [
    ("auto", Parent::Auto),
    ("always", Parent::Always),
    ("link", Parent::Link),
];

pub(super) fn from_env(env: &mut Reader<'_>) -> Options {
    let default = Options::default();
    Options {
        names: one_of(env, "KIT_JOB_NAMES", &NAMES).unwrap_or(default.names),
        parent: one_of(env, "KIT_JOB_PARENT", &PARENTS).unwrap_or(default.parent),
        parent_age_max: env
            .first_millis(&["KIT_JOB_PARENT_AGE_MAX_MS"])
            .unwrap_or(default.parent_age_max),
    }
}

/// The value that the variable names, in any case.
fn one_of<T: Copy>(env: &mut Reader<'_>, name: &str, known: &[(&str, T)]) -> Option<T> {
    let value = env.text(name)?;
    let found = known
        .iter()
        .find(|(word, _)| value.eq_ignore_ascii_case(word));
    if found.is_none() {
        env.warn(format!("{name}: {value:?} is not known; it is ignored"));
    }
    found.map(|(_, found)| *found)
}
