//! What a statement names, and how much of it there is: a name of `WITH` is planned anew wherever it stands, so
//! that a few of them may mean a million tables.

use crate::limits::{PARTS_MAX, QUERIES_DEPTH_MAX};
use crate::{Found, place};
use apl::Diagnostic;
use datafusion::sql::sqlparser::ast::{
    DataType, Expr, Ident, ObjectName, ObjectNamePart, Query, Select, SelectItem, SetExpr, Spanned,
    TableAlias, TableFactor, Visit, Visitor,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

/// What a statement names.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// Datasets, and where they are named first.
    pub(crate) datasets: Vec<(String, Span)>,
    /// What may stand before the dot of a field: names and aliases of tables.
    pub(crate) tables: BTreeSet<String>,
    /// Names that the query gives to its fields.
    pub(crate) given: BTreeSet<String>,
}

/// How much there is behind a name of `WITH`.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    parts: usize,
    depth: usize,
}

struct Look<'t> {
    text: &'t str,
    shape: Shape,
    named: HashMap<String, Size>,
    size: Size,
    depth: usize,
}

/// Looks at a statement.
pub(crate) fn of(text: &str, query: &Query) -> Found<Shape> {
    let mut look = Look {
        text,
        shape: Shape::default(),
        named: HashMap::new(),
        size: Size::default(),
        depth: 0,
    };
    let mut rest = query.clone();
    if let Some(with) = rest.with.take() {
        if with.recursive {
            let range = 0..text.len();
            let message = "WITH RECURSIVE is not here: nothing bounds the rows that it makes";
            return Err(place::mistake(text, range, message));
        }
        for named in &with.cte_tables {
            look.size = Size::default();
            seen(named.query.visit(&mut look))?;
            let size = look.size;
            look.columns(&named.alias);
            look.named.insert(name_of(&named.alias.name), size);
        }
        look.size = Size::default();
    }
    seen(rest.visit(&mut look))?;
    Ok(look.shape)
}

fn seen(visited: ControlFlow<Diagnostic>) -> Found<()> {
    match visited {
        ControlFlow::Break(mistake) => Err(mistake),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// As the planner knows it.
pub(crate) fn name_of(name: &Ident) -> String {
    match name.quote_style {
        Some(_) => name.value.clone(),
        None => name.value.to_ascii_lowercase(),
    }
}

impl Look<'_> {
    fn refuse(&self, span: Span, message: impl Into<String>) -> ControlFlow<Diagnostic> {
        let range = place::range(self.text, span);
        ControlFlow::Break(place::mistake(self.text, range, message))
    }

    /// Where the first of these words stands.
    fn refuse_word(&self, words: &[&str], message: &str) -> ControlFlow<Diagnostic> {
        let found = words
            .iter()
            .find_map(|word| place::of_word(self.text, word));
        let range = found.unwrap_or(0..self.text.len());
        ControlFlow::Break(place::mistake(self.text, range, message))
    }

    /// Counts what comes in at this depth.
    fn spend(&mut self, more: Size) -> ControlFlow<Diagnostic> {
        self.size.parts = self.size.parts.saturating_add(more.parts);
        self.size.depth = self.size.depth.max(self.depth + more.depth);
        if self.size.parts > PARTS_MAX {
            let message = format!(
                "too many tables and SELECTs: expected at most {PARTS_MAX}, counting those of a name of WITH at \
                 each of its uses"
            );
            return self.refuse(Span::empty(), message);
        }
        if self.size.depth > QUERIES_DEPTH_MAX {
            let message = format!(
                "queries are nested too deeply: expected at most {QUERIES_DEPTH_MAX} levels, counting those of a \
                 name of WITH"
            );
            return self.refuse(Span::empty(), message);
        }
        ControlFlow::Continue(())
    }

    fn name(&mut self, alias: &TableAlias) {
        self.shape.tables.insert(name_of(&alias.name));
        self.columns(alias);
    }

    fn columns(&mut self, alias: &TableAlias) {
        let columns = alias.columns.iter().map(|column| name_of(&column.name));
        self.shape.given.extend(columns);
    }

    /// With an alias a table has no other name.
    fn table(&mut self, name: &ObjectName, alias: Option<&TableAlias>) -> ControlFlow<Diagnostic> {
        let [ObjectNamePart::Identifier(ident)] = name.0.as_slice() else {
            let span = name.0.first().map_or(Span::empty(), |part| match part {
                ObjectNamePart::Identifier(ident) => ident.span,
                ObjectNamePart::Function(_) => Span::empty(),
            });
            let message = "expected the name of a dataset; a dot in it is written in double quotes";
            return self.refuse(span, message);
        };
        let name = name_of(ident);
        match alias {
            Some(alias) => self.name(alias),
            None => {
                self.shape.tables.insert(name.clone());
            }
        }
        if let Some(size) = self.named.get(&name).copied() {
            let parts = size.parts.saturating_add(1);
            return self.spend(Size { parts, ..size });
        }
        if !self.shape.datasets.iter().any(|(known, _)| *known == name) {
            self.shape.datasets.push((name, ident.span));
        }
        self.spend(Size { parts: 1, depth: 0 })
    }
}

impl Visitor for Look<'_> {
    type Break = Diagnostic;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Diagnostic> {
        self.depth += 1;
        let is_strange = !query.locks.is_empty()
            || !query.pipe_operators.is_empty()
            || query.for_clause.is_some()
            || query.settings.is_some()
            || query.format_clause.is_some();
        if is_strange {
            let message = "expected the end of the query after LIMIT: FOR, SETTINGS, FORMAT and |> are not here";
            return self.refuse_word(&["for", "settings", "format"], message);
        }
        if let SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) =
            query.body.as_ref()
        {
            let words = ["insert", "update", "delete", "merge"];
            return self.refuse_word(&words, "SQL only reads here: expected SELECT");
        }
        if let Some(with) = &query.with {
            return self.refuse(
                with.with_token.0.span,
                "WITH stands at the start of the whole query: expected none in a query inside another",
            );
        }
        self.spend(Size::default())
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<Diagnostic> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Diagnostic> {
        if select.projection.is_empty() {
            return self.refuse(
                select.select_token.0.span,
                "expected the fields to show after SELECT, or *",
            );
        }
        if select.top.is_some() {
            return self.refuse_word(
                &["top"],
                "TOP is not here: expected LIMIT at the end of the query",
            );
        }
        if select.into.is_some() {
            return self.refuse_word(&["into"], "SQL only reads here: expected no INTO");
        }
        for item in &select.projection {
            if let SelectItem::ExprWithAlias { alias, .. } = item {
                self.shape.given.insert(name_of(alias));
            }
        }
        self.spend(Size { parts: 1, depth: 0 })
    }

    fn pre_visit_table_factor(&mut self, table: &TableFactor) -> ControlFlow<Diagnostic> {
        match table {
            TableFactor::Table {
                name,
                alias,
                args: None,
                version: None,
                sample: None,
                ..
            } => self.table(name, alias.as_ref()),
            TableFactor::Derived { alias, .. } | TableFactor::NestedJoin { alias, .. } => {
                alias.iter().for_each(|alias| self.name(alias));
                ControlFlow::Continue(())
            }
            TableFactor::Table { name, args, .. } => {
                let message = match args {
                    Some(_) => format!("{name}(…) is no table here: expected a dataset"),
                    None => format!(
                        "expected the dataset {name} alone: there are no samples and versions of it"
                    ),
                };
                self.refuse(name.span(), message)
            }
            _ => self.refuse(Span::empty(), "expected a dataset or a query after FROM"),
        }
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Diagnostic> {
        let written = match expr {
            Expr::Cast {
                data_type, array, ..
            } => Some((data_type, *array)),
            Expr::TypedString(typed) => Some((&typed.data_type, false)),
            _ => None,
        };
        if let Some((data_type, is_array)) = written
            && (is_array || matches!(data_type, DataType::Array(_) | DataType::Struct(..)))
        {
            // Nothing bounds the memory of one value: BIGINT[2147483647].
            let message =
                format!("expected a type of one value, such as BIGINT, found {data_type}");
            return self.refuse(expr.span(), message);
        }
        let what = match expr {
            Expr::Cube(_) => "CUBE",
            Expr::Rollup(_) => "ROLLUP",
            Expr::GroupingSets(_) => "GROUPING SETS",
            _ => return ControlFlow::Continue(()),
        };
        let message = format!("{what} is not here: expected fields to group by");
        self.refuse(expr.span(), message)
    }
}
