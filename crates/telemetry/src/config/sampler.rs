//! `OTEL_TRACES_SAMPLER` and its argument. Every trace is recorded unless they say otherwise.

use opentelemetry_sdk::trace::Sampler;

use super::reader::Reader;

const NAME: &str = "OTEL_TRACES_SAMPLER";
const ARGUMENT: &str = "OTEL_TRACES_SAMPLER_ARG";

pub(super) fn from_env(env: &mut Reader) -> Sampler {
    let name = env
        .text(NAME)
        .unwrap_or_else(|| "parentbased_always_on".to_owned());
    let name = name.to_ascii_lowercase();
    let (parent_based, root) = match name.strip_prefix("parentbased_") {
        Some(root) => (true, root),
        None => (false, name.as_str()),
    };
    let root = match root {
        "always_on" => Sampler::AlwaysOn,
        "always_off" => Sampler::AlwaysOff,
        "traceidratio" => Sampler::TraceIdRatioBased(ratio(env)),
        _ => {
            env.warn(format!(
                "{NAME}: {name:?} is not supported; parentbased_always_on is used"
            ));
            return Sampler::ParentBased(Box::new(Sampler::AlwaysOn));
        }
    };
    if parent_based {
        Sampler::ParentBased(Box::new(root))
    } else {
        root
    }
}

fn ratio(env: &mut Reader) -> f64 {
    let Some(text) = env.text(ARGUMENT) else {
        return 1.0;
    };
    match text.parse() {
        Ok(ratio) if (0.0..=1.0).contains(&ratio) => ratio,
        _ => {
            env.warn(format!(
                "{ARGUMENT}: {text:?} is not a ratio from 0 to 1; 1 is used"
            ));
            1.0
        }
    }
}
