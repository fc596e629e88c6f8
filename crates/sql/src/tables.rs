//! Datasets as tables: the rows and fields that APL sees.

use crate::limits::ATTRIBUTES_MAX;
use crate::shape::Shape;
use crate::{Found, mistake, place};
use apl::for_sql::{self, Names};
use apl::{Context, Datasets, Diagnostic};
use datafusion::catalog::TableProvider;
use datafusion::datasource::{ViewTable, provider_as_source};
use datafusion::logical_expr::TableSource;
use datafusion::sql::sqlparser::tokenizer::Span;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

/// A dataset that the query names.
pub(crate) struct Opened {
    pub(crate) name: String,
    span: Span,
    table: Arc<dyn TableProvider>,
    /// All there are, without the attributes that have no column of their own.
    pub(crate) fields: BTreeSet<String>,
}

/// Tables by their names, as the planner asks for them.
pub(crate) type Sources = HashMap<String, Arc<dyn TableSource>>;

/// Opens every dataset that a query names, each once.
pub(crate) fn open(text: &str, shape: &Shape, datasets: &dyn Datasets) -> Found<Vec<Opened>> {
    let open = |(name, span): &(String, Span)| {
        let table = datasets.table(name).ok_or_else(|| {
            let known = datasets.names();
            let near = for_sql::nearest(name, known.iter().map(String::as_str));
            let message = format!("unknown dataset '{name}': {}", for_sql::there_are(&known));
            let range = place::range(text, *span);
            Diagnostic::new(
                text,
                range,
                message,
                near.map(|near| mistake::quoted(&near)),
            )
        })?;
        let schema = table.schema();
        let fields = schema.fields().iter().map(|field| field.name().clone());
        Ok(Opened {
            name: name.clone(),
            span: *span,
            fields: fields.collect(),
            table,
        })
    };
    shape.datasets.iter().map(open).collect()
}

/// The tables in which names mean what they mean in APL.
pub(crate) fn sources(
    text: &str,
    opened: &[Opened],
    names: &Names,
    context: &Context,
) -> Found<Sources> {
    let is_field = |name: &&String| opened.iter().any(|table| table.fields.contains(*name));
    let attributes = names.read.iter().filter(|name| !is_field(name)).count();
    if attributes > ATTRIBUTES_MAX {
        let message = format!(
            "too many names that are no fields of the datasets: expected at most {ATTRIBUTES_MAX}"
        );
        return Err(place::mistake(text, 0..text.len(), message));
    }
    let source = |opened: &Opened| {
        let table = Arc::clone(&opened.table);
        let rows = for_sql::rows(&opened.name, table, names, context).map_err(|error| {
            let range = place::range(text, opened.span);
            let message = format!(
                "could not read dataset {}: {}",
                opened.name,
                error.strip_backtrace()
            );
            place::mistake(text, range, message)
        })?;
        let view = ViewTable::new(rows, None);
        Ok((opened.name.clone(), provider_as_source(Arc::new(view))))
    };
    opened.iter().map(source).collect()
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
