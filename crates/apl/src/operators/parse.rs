//! # parse
//!
//! Fields out of a text, by what stands between them: literals, fields with an optional type, and `*` for any
//! text. The text starts with the first of them, unless that is `*`; the last field takes the rest. A field of
//! type string, bool, datetime or timespan ends at the next literal; a number ends by itself.
//!
//! `kind=simple`, the default: all fields or, if the text or a type does not fit, nulls. `kind=regex`: the same,
//! and the literals are regular expressions. `kind=relaxed`: a field whose type does not fit is null by itself.
//!
//! ```apl
//! rows | parse [kind=simple|regex|relaxed] expression with [*] "literal" field[:type] "literal" … [*]
//! ```
//!
//! ## Example
//!
//! ```apl
//! print line = "user 17 took 120ms" | parse line with * "user " user:long " took " took:timespan
//! | project user, took
//! ```
//!
//! | user | took |
//! |---|---|
//! | 17 | 120ms |

use super::{Surroundings, extend};
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline, Value, conversion, weight};
use crate::kernels::{captured, json, regex};
use crate::kind::Kind;
use crate::lexer::Shape;
use crate::limits::PARSED_FIELDS_MAX;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::{Piece, Pieces, PiecesKind};
use datafusion::logical_expr::{Expr, when};
use std::ops::Range;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    read(parser, false)
}

/// Reads `parse`, or `parse-where`, after its word.
pub(super) fn read(parser: &mut Parser<'_, '_>, is_filter: bool) -> Parsed<Operator> {
    let mut kind = PiecesKind::Simple;
    parser.offer_words(&["kind="]);
    if *parser.peek_at(1) == Shape::Sign("=") {
        parser.expect_word("kind")?;
        parser.expect_sign("=")?;
        parser.offer_words(&["simple", "regex", "relaxed"]);
        kind = match parser.peek() {
            Shape::Word(word) if word == "simple" => PiecesKind::Simple,
            Shape::Word(word) if word == "regex" => PiecesKind::Regex,
            Shape::Word(word) if word == "relaxed" => PiecesKind::Relaxed,
            _ => return Err(parser.expected("simple, regex or relaxed")),
        };
        parser.advance();
    }
    let text = parser.expression()?;
    parser.expect_word("with")?;
    let mut pieces = Vec::new();
    let mut fields = 0;
    loop {
        let range = parser.range();
        let Some(piece) = piece(parser)? else {
            break;
        };
        fields += usize::from(matches!(piece, Piece::Field(..)));
        if fields > PARSED_FIELDS_MAX {
            let message = format!("too many fields: expected at most {PARSED_FIELDS_MAX}");
            return Err(parser.refuse(&parser.range(), message));
        }
        check_end(pieces.last(), &piece, &range, parser)?;
        pieces.push(piece);
    }
    if fields == 0 {
        return Err(parser.expected("a string, '*' or a field"));
    }
    Ok(Operator::Parse(Pieces {
        text,
        kind,
        pieces,
        is_filter,
    }))
}

fn piece(parser: &mut Parser<'_, '_>) -> Parsed<Option<Piece>> {
    let range = parser.range();
    Ok(match parser.peek().clone() {
        Shape::Sign("*") => {
            parser.advance();
            Some(Piece::Skipped)
        }
        Shape::Text(text) => {
            parser.advance();
            Some(Piece::Literal(text, range))
        }
        Shape::Word(_) | Shape::Sign("[") => {
            let name = parser.name()?;
            let kind = match parser.take_sign(":") {
                true => parser.kind()?,
                false => Kind::Text,
            };
            Some(Piece::Field(name, kind))
        }
        _ => None,
    })
}

/// Reports a field that has no end.
fn check_end(
    before: Option<&Piece>,
    next: &Piece,
    range: &Range<usize>,
    parser: &mut Parser<'_, '_>,
) -> Parsed<()> {
    match (before, next) {
        (Some(Piece::Field(name, kind)), Piece::Skipped | Piece::Field(..))
            if !kind.is_number() =>
        {
            let message =
                format!("expected a string after the field '{name}', to know where it ends");
            Err(parser.refuse(range, message))
        }
        _ => Ok(()),
    }
}

pub(super) fn bind(
    parse: &Pieces,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let text = around.binder(pipeline).text(&parse.text)?;
    let text = match text.kind {
        Some(_) => text.expr,
        None => conversion::typed_null(Kind::Text),
    };
    let regex = compiled(parse, around)?;
    let is_strict = parse.kind != PiecesKind::Relaxed;
    let mut outputs: Vec<Output> = Vec::new();
    for piece in &parse.pieces {
        let Piece::Field(name, kind) = piece else {
            continue;
        };
        if outputs.iter().any(|earlier| earlier.name == *name) {
            return Err(around.error(format!("'{name}' is made twice: expected different names")));
        }
        let part = captured::group(text.clone(), &regex, outputs.len() + 1);
        let value = typed(part, *kind);
        outputs.push(parsed(
            name,
            value,
            *kind,
            &parse.text.range,
            pipeline,
            around,
        )?);
    }
    let typed: Vec<String> = outputs
        .iter()
        .filter(|output| is_strict && output.kind != Kind::Text)
        .map(|output| output.name.clone())
        .collect();
    let names: Vec<String> = outputs.iter().map(|output| output.name.clone()).collect();
    if parse.is_filter {
        let is_match = captured::is_match(text, &regex);
        pipeline.filter(is_match, around.report, &around.range)?;
    }
    extend::add(outputs, pipeline, around)?;
    if typed.is_empty() {
        return Ok(());
    }
    let all_fit = typed
        .iter()
        .filter_map(|name| pipeline.scope.get(name))
        .map(|field| field.expr().is_not_null())
        .reduce(Expr::and);
    let Some(all_fit) = all_fit else {
        return Ok(());
    };
    if parse.is_filter {
        return pipeline.filter(all_fit, around.report, &around.range);
    }
    only_where(&all_fit, &names, pipeline, around)
}

/// The fields `names` become null where `condition` is not true.
fn only_where(
    condition: &Expr,
    names: &[String],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut outputs = Vec::with_capacity(names.len());
    for field in pipeline
        .scope
        .fields
        .iter()
        .filter(|field| names.contains(&field.name))
    {
        let mut output = Output::kept(field);
        let choice = when(condition.clone(), field.expr()).end();
        output.expr =
            choice.map_err(|error| around.error(format!("could not plan this: {error}")))?;
        output.weight = weight::of(&output.expr, &pipeline.scope);
        let reads = weight::reads(&output.expr, &pipeline.scope);
        weight::check(reads, around.report, &around.range)?;
        outputs.push(output);
    }
    extend::add(outputs, pipeline, around)
}

/// A part of a text as a value.
pub(super) fn typed(part: Expr, kind: Kind) -> Expr {
    match kind {
        Kind::Dynamic => json::parsed(part).expr,
        _ => conversion::to(kind, Value::new(part, Kind::Text)),
    }
}

/// A field made of a part of a text.
pub(super) fn parsed(
    name: &str,
    expr: Expr,
    kind: Kind,
    source: &Range<usize>,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Output> {
    let reads = weight::reads(&expr, &pipeline.scope);
    weight::check(reads, around.report, source)?;
    Ok(Output {
        name: name.to_owned(),
        weight: weight::of(&expr, &pipeline.scope),
        expr,
        kind,
        made: true,
        aggregation: None,
    })
}

/// The pieces as a regular expression with a group for each field.
fn compiled(parse: &Pieces, around: &mut Surroundings<'_, '_>) -> Bound<::regex::Regex> {
    let mut pattern = String::from("(?s)");
    if !matches!(parse.pieces.first(), Some(Piece::Skipped)) {
        pattern.push('^');
    }
    for (place, piece) in parse.pieces.iter().enumerate() {
        let next = parse.pieces.get(place + 1);
        match piece {
            Piece::Skipped => pattern.push_str(".*?"),
            Piece::Literal(text, range) if parse.kind == PiecesKind::Regex => {
                pattern.push_str(&own_groups_off(text, range, around)?);
            }
            Piece::Literal(text, _) => pattern.push_str(&::regex::escape(text)),
            Piece::Field(_, kind) => pattern.push_str(group(*kind, next, parse.kind)),
        }
    }
    regex::compile(&pattern).ok_or_else(|| around.error("this makes too large a pattern"))
}

/// What a field may hold.
fn group(kind: Kind, next: Option<&Piece>, parse: PiecesKind) -> &'static str {
    let ends_by_itself = parse != PiecesKind::Relaxed || !matches!(next, Some(Piece::Literal(..)));
    match (kind, next) {
        (Kind::Integer, _) if ends_by_itself => r"([-+]?\d+)",
        (Kind::Float, _) if ends_by_itself => r"([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)",
        (_, None) => "(.*)",
        _ => "(.*?)",
    }
}

/// A regular expression of the query, whose groups capture nothing.
fn own_groups_off(
    text: &str,
    range: &Range<usize>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<String> {
    let message =
        "expected a regular expression (RE2 syntax) without capturing groups; write (?:…)";
    match regex::compile(text) {
        Some(own) if own.captures_len() == 1 => Ok(format!("(?:{text})")),
        _ => Err(around.report.error(range, message)),
    }
}
