//! Text to a statement. The text is measured first: the parser has a limit on its depth, but a chain of operators
//! costs no depth to parse, and all of it to look at or to throw away.

use crate::limits::{DEPTH_MAX, LITERAL_BYTES_MAX, OPERATORS_MAX, SIGNS_MAX, TEXT_BYTES_MAX};
use crate::{Found, place};
use apl::Diagnostic;
use apl::for_sql::nearest;
use datafusion::sql::sqlparser::ast::Query;
use datafusion::sql::sqlparser::dialect::GenericDialect;
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{
    Location, Span, Token, TokenWithSpan, Tokenizer, TokenizerError,
};

const DIALECT: GenericDialect = GenericDialect {};

/// The words and signs of a text.
pub(crate) fn tokens(text: &str) -> Result<Vec<TokenWithSpan>, TokenizerError> {
    Tokenizer::new(&DIALECT, text).tokenize_with_location()
}

/// Reads the one query of a text.
pub(crate) fn read(text: &str) -> Found<Query> {
    let all = 0..text.len();
    if text.len() > TEXT_BYTES_MAX {
        let message = format!(
            "the query is too long: expected at most {} KiB",
            TEXT_BYTES_MAX >> 10
        );
        return Err(place::mistake(text, all, message));
    }
    let tokens = tokens(text).map_err(|error| {
        let message = spoken(&error.message);
        place::mistake(text, place::word(text, error.location), message)
    })?;
    measure(text, &tokens)?;
    let mut parser = Parser::new(&DIALECT).with_tokens_with_locations(tokens);
    check_beginning(text, &parser)?;
    let query = parser
        .parse_query()
        .map_err(|error| of_parser(text, &error))?;
    while parser.consume_token(&Token::SemiColon) {}
    let rest = parser.peek_token();
    match rest.token {
        Token::EOF => Ok(*query),
        token => Err(of_rest(text, &parser, &token, rest.span)),
    }
}

/// What there is of a text.
#[derive(Debug, Default)]
struct Measure {
    depth: usize,
    /// `NOT NOT NOT`, `- - -`.
    prefixes: usize,
    operators: usize,
    signs: usize,
}

/// What the parser would recurse into, and what would be a long chain.
fn measure(text: &str, tokens: &[TokenWithSpan]) -> Found<()> {
    let mut seen = Measure::default();
    for TokenWithSpan { token, span } in tokens {
        seen.add(token);
        let message = if seen.depth + seen.prefixes > DEPTH_MAX {
            format!("this is nested too deeply: expected at most {DEPTH_MAX} levels")
        } else if seen.operators > OPERATORS_MAX {
            format!(
                "too many operators and keywords: expected at most {OPERATORS_MAX}; a list is written x IN (…)"
            )
        } else if seen.signs > SIGNS_MAX {
            format!("too many operators: expected at most {SIGNS_MAX} such as + and ||")
        } else if literal_bytes(token) > LITERAL_BYTES_MAX {
            let most = LITERAL_BYTES_MAX >> 10;
            format!("this text is too long: expected at most {most} KiB")
        } else {
            continue;
        };
        return Err(place::mistake(text, place::range(text, *span), message));
    }
    Ok(())
}

impl Measure {
    fn add(&mut self, token: &Token) {
        let prefixes = std::mem::take(&mut self.prefixes);
        match token {
            Token::Whitespace(_) => self.prefixes = prefixes,
            Token::Comma | Token::Period | Token::Number(..) | Token::SingleQuotedString(_) => {}
            Token::RParen | Token::RBracket => self.depth = self.depth.saturating_sub(1),
            Token::LParen => self.depth += 1,
            Token::LBracket => {
                self.depth += 1;
                self.operators += 1;
            }
            Token::Word(word) => {
                match word.keyword {
                    Keyword::NoKeyword => return,
                    Keyword::NOT => self.prefixes = prefixes + 1,
                    Keyword::CASE => self.depth += 1,
                    Keyword::END => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                self.operators += 1;
            }
            Token::Eq | Token::Neq | Token::Lt | Token::LtEq | Token::Gt | Token::GtEq => {
                self.operators += 1;
            }
            _ => {
                self.operators += 1;
                self.signs += 1;
                self.prefixes = prefixes + 1;
            }
        }
    }
}

fn literal_bytes(token: &Token) -> usize {
    match token {
        Token::SingleQuotedString(literal) => literal.len(),
        _ => 0,
    }
}

/// Only questions are read further.
fn check_beginning(text: &str, parser: &Parser<'_>) -> Found<()> {
    let first = parser.peek_token_ref();
    let message = match &first.token {
        Token::EOF => "the query is empty: expected one such as SELECT * FROM traces LIMIT 10",
        Token::LParen => return Ok(()),
        Token::Word(word) => match word.keyword {
            Keyword::SELECT | Keyword::WITH | Keyword::VALUES => return Ok(()),
            Keyword::EXPLAIN => {
                "expected SELECT; a plan is asked for by POST /api/v1/explain, or throughline query --explain"
            }
            Keyword::SHOW | Keyword::DESCRIBE | Keyword::DESC => {
                "expected SELECT; the datasets are listed by GET /v1/datasets, their fields by \
                 GET /v2/datasets/NAME/fields"
            }
            _ if text.contains('|') => {
                "expected SELECT or WITH; a query with | is APL: ask without --sql, or by POST /v1/datasets/_apl"
            }
            _ => "expected SELECT or WITH: SQL only reads here",
        },
        Token::Pipe => {
            "expected SELECT; a query that starts with | is APL: ask without --sql, or by POST /v1/datasets/_apl"
        }
        _ => "expected SELECT or WITH",
    };
    let range = place::range(text, first.span);
    Err(place::mistake(text, range, message))
}

fn of_parser(text: &str, error: &ParserError) -> Diagnostic {
    let message = match error {
        ParserError::RecursionLimitExceeded => {
            let message = "this is nested too deeply: expected fewer levels";
            return place::mistake(text, 0..text.len(), message);
        }
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
    };
    let (message, at) = located(message);
    let at = at.unwrap_or(Location::new(0, 0));
    let mut message = spoken(message);
    if message.ends_with("found -") {
        message.push_str("; a name with a dash is written in double quotes");
    }
    place::mistake(text, place::word(text, at), message)
}

/// Words of which one may be misspelt before something that cannot stand after a field or a table.
const CLAUSES: [&str; 8] = [
    "from", "where", "group", "having", "order", "limit", "join", "union",
];

/// What stands behind the end of the query.
fn of_rest(text: &str, parser: &Parser<'_>, token: &Token, span: Span) -> Diagnostic {
    let at = parser.index();
    let before = (0..at).rev().map(|place| parser.token_at(place));
    let mut before = before.filter(|token| !matches!(token.token, Token::Whitespace(_)));
    let misspelt = before.next().and_then(|before| match &before.token {
        Token::Word(word) if word.keyword == Keyword::NoKeyword => {
            let near = nearest(&word.value.to_ascii_lowercase(), CLAUSES)?;
            Some((before.span, word.value.clone(), near.to_ascii_uppercase()))
        }
        _ => None,
    });
    if let Some((span, word, near)) = misspelt {
        let message = format!("'{word}' is read as a name here, and {token} cannot come after it");
        return Diagnostic::new(text, place::range(text, span), message, Some(near));
    }
    let advice = match token {
        Token::Minus => "; a name with a dash is written in double quotes",
        Token::Pipe => "; a query with | is APL: ask without --sql, or by POST /v1/datasets/_apl",
        Token::Word(word) => match word.keyword {
            Keyword::GROUP => "; groups are written GROUP BY",
            Keyword::ORDER => "; an order is written ORDER BY",
            _ => "; a second statement is not read",
        },
        _ => "",
    };
    let message = format!("expected the end of the query, found {token}{advice}");
    place::mistake(text, place::range(text, span), message)
}

/// `Expected: x, found: y at Line: 1, Column: 8`, without the place.
fn located(message: &str) -> (&str, Option<Location>) {
    let found = message.rsplit_once(" at Line: ").and_then(|(said, place)| {
        let (line, column) = place.split_once(", Column: ")?;
        let place = Location::new(line.parse().ok()?, column.trim().parse().ok()?);
        Some((said, Some(place)))
    });
    found.unwrap_or((message, None))
}

/// In the words of this house.
pub(crate) fn spoken(message: &str) -> String {
    let message = message
        .replace("Expected: ", "expected ")
        .replace(", found: EOF", ", found the end of the query")
        .replace(", found: ", ", found ");
    let first = message.lines().next().unwrap_or_default();
    let mut letters = first.chars();
    let head = letters.next();
    let is_word = letters
        .clone()
        .next()
        .is_none_or(|second| !second.is_uppercase());
    match head {
        Some(letter) if is_word => letter.to_lowercase().chain(letters).collect(),
        Some(_) => first.to_owned(),
        None => "could not understand this query".to_owned(),
    }
}
