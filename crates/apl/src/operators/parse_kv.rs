//! # parse-kv
//!
//! Fields out of a text of pairs, each called after its key; null where the text has no such key, or its value
//! is not of the type. Of a key that occurs twice the first is taken.
//!
//! ```apl
//! rows | parse-kv expression as (key:type, …) with (pair_delimiter=" ", kv_delimiter="=", quote="'")
//! ```
//!
//! Without `with`, pairs are parted by spaces, keys and values by `=`, and values may stand in `"`.
//!
//! ## Example
//!
//! ```apl
//! print line = 'level=warn n=3 msg="no room"' | parse-kv line as (msg:string, n:long) | project msg, n
//! ```
//!
//! | msg | n |
//! |---|---|
//! | no room | 3 |

use super::{Surroundings, extend, parse};
use crate::bind::{Bound, Pipeline, conversion};
use crate::kernels::pairs::{self, Form};
use crate::kind::Kind;
use crate::lexer::Shape;
use crate::limits::PARSED_FIELDS_MAX;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::Pairs;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let text = parser.expression()?;
    parser.expect_word("as")?;
    parser.expect_sign("(")?;
    let fields = parser.comma_separated(Parser::typed_name)?;
    parser.expect_sign(")")?;
    if fields.len() > PARSED_FIELDS_MAX {
        let message = format!("too many fields: expected at most {PARSED_FIELDS_MAX}");
        return Err(parser.refuse(&parser.range(), message));
    }
    let mut form = Form {
        between_pairs: " ".to_owned(),
        after_key: "=".to_owned(),
        quote: Some("\"".to_owned()),
    };
    if parser.take_word("with") {
        parser.expect_sign("(")?;
        parser.comma_separated(|parser| option(parser, &mut form))?;
        parser.expect_sign(")")?;
    }
    Ok(Operator::ParseKv(Pairs { text, fields, form }))
}

/// `pair_delimiter=" "` and its kin.
fn option(parser: &mut Parser<'_, '_>, form: &mut Form) -> Parsed<()> {
    parser.offer_words(&["pair_delimiter=", "kv_delimiter=", "quote="]);
    let range = parser.range();
    let Shape::Word(name) = parser.peek().clone() else {
        return Err(parser.expected("pair_delimiter, kv_delimiter or quote"));
    };
    parser.advance();
    parser.expect_sign("=")?;
    match name.as_str() {
        "pair_delimiter" | "kv_delimiter" | "quote" => {}
        "escape" | "greedy" | "regex" => {
            let message = format!("not supported yet: {name}; use parse kind=regex");
            return Err(parser.refuse(&range, message));
        }
        _ => {
            let message =
                format!("unknown option '{name}': expected pair_delimiter, kv_delimiter or quote");
            return Err(parser.refuse(&range, message));
        }
    }
    let value_range = parser.range();
    let value = parser.text("a string")?;
    if value.is_empty() {
        return Err(parser.refuse(&value_range, "expected a string that is not empty"));
    }
    match name.as_str() {
        "pair_delimiter" => form.between_pairs = value,
        "kv_delimiter" => form.after_key = value,
        _ => form.quote = Some(value),
    }
    Ok(())
}

pub(super) fn bind(
    pairs: &Pairs,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let text = around.binder(pipeline).text(&pairs.text)?;
    let text = match text.kind {
        Some(_) => text.expr,
        None => conversion::typed_null(Kind::Text),
    };
    let mut outputs = Vec::with_capacity(pairs.fields.len());
    for (place, (name, kind)) in pairs.fields.iter().enumerate() {
        if pairs.fields[..place]
            .iter()
            .any(|(earlier, _)| earlier == name)
        {
            return Err(around.error(format!("'{name}' is made twice: expected different names")));
        }
        let found = pairs::value(text.clone(), name, &pairs.form);
        let value = parse::typed(found, *kind);
        let source = &pairs.text.range;
        outputs.push(parse::parsed(name, value, *kind, source, pipeline, around)?);
    }
    extend::add(outputs, pipeline, around)
}
