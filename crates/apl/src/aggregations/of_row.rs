//! Fields of the one row in which a value is smallest or largest, for `arg_min` and `arg_max`.

use super::{Part, Several};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::foremost;
use crate::kind::Kind;
use crate::syntax::Expression;
use crate::syntax::expression::Node;
use datafusion::functions::core::expr_fn::named_struct;
use datafusion::logical_expr::{Expr, lit};

/// The second argument of that row.
pub(super) fn value(binder: &mut Binder<'_, '_>, call: &Call, ascending: bool) -> Bound<Value> {
    if call.values.len() > 2 {
        let message = format!(
            "{} of several fields makes several fields: expected names inside it, as {}(value, name = field)",
            call.name, call.name
        );
        return Err(binder.error(&call.range, message));
    }
    let by = ordered(binder, call.argument(0).0, call.argument(0).1)?;
    let value = call.argument(1).0;
    let kind = value.kind.unwrap_or(Kind::Text);
    let first = foremost::row(by, conversion::to(kind, value), ascending);
    Ok(Value::new(binder.collect(first), kind))
}

/// All arguments of that row, the first being what decides.
pub(super) fn fields(
    binder: &mut Binder<'_, '_>,
    arguments: &[Expression],
    ascending: bool,
) -> Bound<Several> {
    let by = named(binder, &arguments[0])?;
    let decides = ordered(binder, by[0].1.clone(), &arguments[0].range)?;
    let mut found = by;
    for argument in &arguments[1..] {
        for (name, value) in named(binder, argument)? {
            let is_there = found
                .iter()
                .any(|earlier| earlier.0 == name && earlier.1.expr == value.expr);
            if !is_there {
                found.push((name, value));
            }
        }
    }
    let (mut row, mut parts) = (Vec::new(), Vec::new());
    for (place, (name, value)) in found.into_iter().enumerate() {
        let kind = value.kind.unwrap_or(Kind::Text);
        let inner = place.to_string();
        row.extend([lit(inner.as_str()), conversion::to(kind, value)]);
        parts.push(Part { inner, name, kind });
    }
    let first = foremost::row(decides, named_struct(row), ascending);
    Ok(Several {
        expr: binder.collect(first),
        unfolds: false,
        parts,
        order: Vec::new(),
    })
}

/// An argument with the name of its field: `*` is all of them.
pub(super) fn named(
    binder: &mut Binder<'_, '_>,
    argument: &Expression,
) -> Bound<Vec<(Option<String>, Value)>> {
    Ok(match &argument.node {
        Node::Star => {
            let field = |field: &crate::bind::scope::Field| {
                (
                    Some(field.name.clone()),
                    Value::new(field.expr(), field.kind),
                )
            };
            binder.scope.fields.iter().map(field).collect()
        }
        Node::Named { name, value } => vec![(Some(name.clone()), binder.bind(value)?)],
        _ => vec![(super::implied_name(argument), binder.bind(argument)?)],
    })
}

/// The same, of `*` without the fields that no row has a value in, unless there are no others.
pub(super) fn present(
    binder: &mut Binder<'_, '_>,
    argument: &Expression,
) -> Bound<Vec<(Option<String>, Value)>> {
    let mut found = named(binder, argument)?;
    if matches!(argument.node, Node::Star) {
        let is_present = |name: &Option<String>| {
            let field = name.as_deref().and_then(|name| binder.scope.get(name));
            !field.is_some_and(|field| binder.rows.is_absent(field))
        };
        if found.iter().any(|(name, _)| is_present(name)) {
            found.retain(|(name, _)| is_present(name));
        }
    }
    Ok(found)
}

/// What decides, which must have an order.
fn ordered(
    binder: &mut Binder<'_, '_>,
    value: Value,
    range: &std::ops::Range<usize>,
) -> Bound<Expr> {
    let kind = value.kind.unwrap_or(Kind::Text);
    if !kind.is_scalar() {
        let message = format!("expected a scalar, found {}", kind.spoken());
        return Err(binder.error(range, message));
    }
    Ok(conversion::to(kind, value))
}
