//! `*` in names and values: any text, also none. `\` takes the meaning from the character after it.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    /// As it was written.
    pub(super) text: String,
    symbols: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    Any,
    One(char),
}

impl Glob {
    pub(super) fn new(text: &str) -> Self {
        let mut symbols = Vec::new();
        let mut rest = text.chars();
        while let Some(next) = rest.next() {
            symbols.push(match next {
                '*' => Symbol::Any,
                '\\' => Symbol::One(rest.next().unwrap_or('\\')),
                plain => Symbol::One(plain),
            });
        }
        Self {
            text: text.to_owned(),
            symbols,
        }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut symbol, mut at) = (0, 0);
        // The last star and how much it has swallowed: only it needs to be tried again.
        let mut star: Option<(usize, usize)> = None;
        while at < text.len() {
            match self.symbols.get(symbol) {
                Some(Symbol::Any) => {
                    star = Some((symbol, at));
                    symbol += 1;
                    continue;
                }
                Some(Symbol::One(wanted)) if *wanted == text[at] => {
                    symbol += 1;
                    at += 1;
                    continue;
                }
                _ => {}
            }
            let Some((back, swallowed)) = star else {
                return false;
            };
            star = Some((back, swallowed + 1));
            symbol = back + 1;
            at = swallowed + 1;
        }
        self.symbols[symbol..]
            .iter()
            .all(|left| *left == Symbol::Any)
    }
}
