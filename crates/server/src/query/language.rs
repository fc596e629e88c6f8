//! The languages of queries. They share everything but the text: datasets, limits, plans, answers.

use apl::{Context, Datasets, Diagnostic, Plan};

/// What a query is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Apl,
    Sql,
}

impl Language {
    /// Compiles a query; a query with mistakes yields those found.
    pub(super) fn compile(
        self,
        text: &str,
        context: &Context,
        datasets: &dyn Datasets,
    ) -> Result<Plan, Vec<Diagnostic>> {
        match self {
            Self::Apl => apl::compile(text, context, datasets),
            Self::Sql => sql::compile(text, context, datasets).map_err(|mistake| vec![mistake]),
        }
    }
}
