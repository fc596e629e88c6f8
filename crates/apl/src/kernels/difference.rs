//! How far two sets of rows are apart in one value: the shares of both sets that have it, and an effect size that
//! does not depend on how many rows there are.

/// How often something is in the selected rows and in the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) selected: i64,
    pub(crate) others: i64,
}

impl Pair {
    pub(crate) fn add(&mut self, more: Self) {
        self.selected += more.selected;
        self.others += more.others;
    }

    pub(crate) fn less(self, part: Self) -> Self {
        Self {
            selected: self.selected - part.selected,
            others: self.others - part.others,
        }
    }

    /// How far the rows that have a value are apart in it, `all` being those with it and those without. `None`
    /// when one of the sets is empty.
    pub(crate) fn difference(self, all: Self) -> Option<Difference> {
        if all.selected <= 0 || all.others <= 0 {
            return None;
        }
        let selected = self.selected as f64 / all.selected as f64;
        let others = self.others as f64 / all.others as f64;
        let both = (all.selected + all.others) as f64;
        Some(Difference {
            selected,
            others,
            effect: effect(selected, others),
            support: (self.selected + self.others) as f64 / both,
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Difference {
    /// The share of the selected rows, from 0 to 1.
    pub(crate) selected: f64,
    /// The share of the others.
    pub(crate) others: f64,
    /// See [`effect`].
    pub(crate) effect: f64,
    /// The share of all rows.
    pub(crate) support: f64,
}

/// Cohen's h of two shares, without its sign: the distance of the angles `2·asin(√share)`, from 0 (the same share)
/// to π (all and none). 0.2 is called small, 0.5 medium, 0.8 large. Unlike the plain difference it tells 0.1 % and
/// 2 % apart from 50 % and 52 %.
pub(crate) fn effect(one: f64, other: f64) -> f64 {
    let angle = |share: f64| 2.0 * share.clamp(0.0, 1.0).sqrt().asin();
    (angle(one) - angle(other)).abs()
}
