//! What a function takes, and how an argument becomes it. A null fits everywhere; a dynamic value is read as
//! what is wanted.

use super::Call;
use crate::bind::{Binder, Bound, conversion};
use crate::kernels::{json, regex};
use crate::kind::Kind;
use datafusion::logical_expr::Expr;

/// What a function takes in one place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Takes {
    /// Any scalar, as its text.
    Text,
    Integer,
    /// Any number; its fraction falls away.
    Number,
    /// Any number, or a text that holds one.
    Float,
    Array,
    Map,
    Datetime,
    Timespan,
    /// Any value, as JSON.
    Any,
    /// A regular expression, which is a constant.
    Pattern,
    /// One of these words, which is a constant.
    Word(&'static [&'static str]),
}

impl Takes {
    pub(super) fn bind(
        self,
        binder: &mut Binder<'_, '_>,
        call: &Call,
        place: usize,
    ) -> Bound<Expr> {
        let (value, range) = call.argument(place);
        let Some(kind) = value.kind else {
            return Ok(conversion::typed_null(self.kind()));
        };
        match self {
            Self::Any => return Ok(json::argument(value)),
            Self::Array | Self::Map if self.fits(kind) => return Ok(value.expr),
            Self::Pattern => match value.constant_text().map(regex::compile) {
                Some(Some(_)) => return Ok(value.expr),
                Some(None) => {
                    let message =
                        "this is not a regular expression (RE2 syntax), or it is too large";
                    return Err(binder.error(range, message));
                }
                None => {}
            },
            Self::Word(words) => {
                if let Some(word) = value.constant_text() {
                    if words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                        return Ok(value.expr);
                    }
                    let message = format!("expected one of {}, found '{word}'", words.join(", "));
                    return Err(binder.error(range, message));
                }
            }
            _ if self.fits(kind) => return Ok(conversion::to(self.kind(), value)),
            _ => {}
        }
        let message = format!("expected {}, found {}", self.spoken(), kind.spoken());
        Err(binder.error(range, message))
    }

    fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Text => kind.is_groupable(),
            Self::Integer => matches!(kind, Kind::Integer | Kind::Dynamic),
            Self::Float | Self::Number => matches!(
                kind,
                Kind::Integer | Kind::Float | Kind::Text | Kind::Dynamic
            ),
            Self::Array => matches!(kind, Kind::Array | Kind::Dynamic),
            Self::Map => matches!(kind, Kind::Map | Kind::Bag | Kind::Dynamic),
            Self::Datetime => matches!(
                kind,
                Kind::Datetime | Kind::Integer | Kind::Text | Kind::Dynamic
            ),
            Self::Timespan => matches!(
                kind,
                Kind::Timespan | Kind::Integer | Kind::Text | Kind::Dynamic
            ),
            Self::Any => true,
            Self::Pattern | Self::Word(_) => false,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Text | Self::Pattern | Self::Word(_) => Kind::Text,
            Self::Integer | Self::Number => Kind::Integer,
            Self::Float => Kind::Float,
            Self::Array => Kind::Array,
            Self::Map => Kind::Bag,
            Self::Any => Kind::Dynamic,
            Self::Datetime => Kind::Datetime,
            Self::Timespan => Kind::Timespan,
        }
    }

    fn spoken(self) -> String {
        match self {
            Self::Float | Self::Number => "a number".to_owned(),
            Self::Pattern => "a regular expression as a string literal".to_owned(),
            Self::Word(words) => format!("one of {} as a string literal", words.join(", ")),
            other => other.kind().spoken().to_owned(),
        }
    }
}
