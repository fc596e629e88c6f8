//! The names of spans and routes. A program has a few dozen routes and serves them a million times, so each is written
//! once and kept for the life of the process.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use opentelemetry::Value;

use crate::span::METHODS;

/// Routes that are kept. A program that makes up more of them at run time gets them written anew each time.
const ROUTES_MAX: usize = 4096;

/// `/lessons/{id}` → `GET /lessons/{id}`, for each method in the order of `METHODS`; the last is for the unknown ones.
type Names = [HashMap<&'static str, &'static str>; METHODS.len() + 1];

static NAMES: LazyLock<RwLock<Names>> = LazyLock::new(RwLock::default);

/// What a request to a known route is called.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) span: Cow<'static, str>,
    pub(super) route: Value,
}

/// The name of `verb route`, and the route as a value.
pub(super) fn named(verb: &'static str, route: &str) -> Named {
    let at = METHODS.iter().position(|method| *method == verb);
    let at = at.unwrap_or(METHODS.len());
    known(at, route).unwrap_or_else(|| new(at, verb, route))
}

fn known(at: usize, route: &str) -> Option<Named> {
    let names = NAMES.read().unwrap_or_else(PoisonError::into_inner);
    let (route, name) = names[at].get_key_value(route)?;
    Some(Named {
        span: (*name).into(),
        route: (*route).into(),
    })
}

fn new(at: usize, verb: &'static str, route: &str) -> Named {
    let name = format!("{verb} {route}");
    let mut names = NAMES.write().unwrap_or_else(PoisonError::into_inner);
    if names[at].len() >= ROUTES_MAX {
        return Named {
            span: name.into(),
            route: route.to_owned().into(),
        };
    }
    let route: &'static str = route.to_owned().leak();
    let name: &'static str = names[at].entry(route).or_insert_with(|| name.leak());
    Named {
        span: name.into(),
        route: route.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{ROUTES_MAX, named};

    #[test]
    fn a_route_is_written_once_and_there_is_an_end_to_it() {
        let first = named("GET", "/lessons/{id}");
        assert_eq!(first.span, "GET /lessons/{id}");
        assert_eq!(first.route.as_str(), "/lessons/{id}");
        for n in 0..ROUTES_MAX + 2 {
            let route = format!("/made/up/{n}");
            let name = named("TRACE", &route);
            assert_eq!(name.span, format!("TRACE {route}"));
            assert_eq!(name.route.as_str(), route);
        }
        assert_eq!(named("GET", "/lessons/{id}").span, first.span);
    }
}
