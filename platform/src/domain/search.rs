//! What a student types into the search box: free text in which "under 40", "beginner" and "taster" mean
//! more than their letters. Everything else is a word to find.

use super::Money;

/// Longer input is cut, not refused: the first words say what is wanted.
const WORDS_MAX: usize = 8;
const LEVELS: [&str; 3] = ["beginner", "intermediate", "advanced"];
/// Words that every sentence has and no lesson needs.
const FILLERS: [&str; 14] = [
    "a", "an", "and", "for", "from", "i", "in", "lesson", "lessons", "me", "of", "the", "to",
    "with",
];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Search {
    /// Lower case; a lesson has to have all of them, somewhere.
    pub(crate) words: Vec<String>,
    pub(crate) level: Option<&'static str>,
    pub(crate) price_max: Option<Money>,
}

/// Understands `text`; there is no wrong input, only input that finds nothing.
#[tracing::instrument(name = "parse search", skip_all, fields(search.words, search.has_price))]
pub(crate) fn parse(text: &str) -> Search {
    let mut search = Search::default();
    let lower = text.to_lowercase();
    let mut tokens = lower
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|token| token.trim_matches('.'))
        .filter(|token| !token.is_empty())
        .peekable();
    while let Some(token) = tokens.next() {
        let price = match token {
            "under" | "below" | "max" => tokens.peek().and_then(|next| price(next)),
            _ => None,
        };
        if price.is_some() {
            search.price_max = price;
            tokens.next();
        } else if let Some(level) = level(token) {
            search.level = Some(level);
        } else if !FILLERS.contains(&token) && search.words.len() < WORDS_MAX {
            search.words.push(token.to_owned());
        }
    }
    let span = tracing::Span::current();
    span.record(
        "search.words",
        i64::try_from(search.words.len()).unwrap_or(i64::MAX),
    );
    span.record("search.has_price", search.price_max.is_some());
    search
}

fn level(token: &str) -> Option<&'static str> {
    LEVELS
        .into_iter()
        .find(|level| token.strip_suffix('s').unwrap_or(token) == *level)
}

/// `40`, `39.90` or `39.9`, in whole currency.
fn price(token: &str) -> Option<Money> {
    let (whole, fraction) = token.split_once('.').unwrap_or((token, ""));
    let cents = match fraction.len() {
        0 => 0,
        1 => fraction.parse::<i64>().ok()? * 10,
        2 => fraction.parse().ok()?,
        _ => return None,
    };
    let whole: i64 = whole.parse().ok()?;
    Some(Money::cents(whole.checked_mul(100)?.checked_add(cents)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str], level: Option<&'static str>, price_cents: Option<i64>) {
        let words = words.iter().map(|w| (*w).to_owned()).collect();
        assert_eq!(
            parse(text),
            Search {
                words,
                level,
                price_max: price_cents.map(Money::cents)
            },
            "{text:?}"
        );
    }

    #[test]
    fn understands_what_students_type() {
        check("", &[], None, None);
        check("Piano!", &["piano"], None, None);
        check(
            "a piano lesson for beginners",
            &["piano"],
            Some("beginner"),
            None,
        );
        check("music under 40", &["music"], None, Some(4_000));
        check(
            "yoga below 39.9, intermediate",
            &["yoga"],
            Some("intermediate"),
            Some(3_990),
        );
        check("under the stars", &["under", "stars"], None, None);
        check("under", &["under"], None, None);
        check(
            "100% 'quoted' _like_",
            &["100", "quoted", "like"],
            None,
            None,
        );
        check(
            "under 99999999999999999999",
            &["under", "99999999999999999999"],
            None,
            None,
        );
        check(
            "1 2 3 4 5 6 7 8 9 10",
            &["1", "2", "3", "4", "5", "6", "7", "8"],
            None,
            None,
        );
    }
}
