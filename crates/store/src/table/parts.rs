//! What a table is made of, and what of it a scan reads: for who explains a query.

use super::Table;
use datafusion::catalog::TableProvider;
use datafusion::datasource::physical_plan::ParquetSource;
use datafusion::datasource::physical_plan::parquet::ParquetRowSelection;
use datafusion::datasource::source::DataSourceExec;
use datafusion::physical_plan::ExecutionPlan;
use std::collections::BTreeSet;

/// Data files and buffered rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub files: usize,
    pub file_rows: u64,
    /// Rows that no file has yet.
    pub buffered_rows: u64,
}

/// What a table is made of; `None` when it is none of ours.
pub fn parts(table: &dyn TableProvider) -> Option<Parts> {
    let table = table.downcast_ref::<Table>()?;
    let entries = table.entries.iter();
    Some(Parts {
        files: table.files().count(),
        file_rows: table.files().map(|(file, _)| file.rows).sum(),
        buffered_rows: entries.map(|entry| entry.batch.num_rows() as u64).sum(),
    })
}

/// How many data files a scan reads, and of how many of them no more than some rows that the files' own indexes name.
pub fn files_read(scan: &dyn ExecutionPlan) -> (usize, usize) {
    let (mut all, mut in_part) = (BTreeSet::new(), BTreeSet::new());
    visit(scan, &mut all, &mut in_part);
    (all.len(), in_part.len())
}

fn visit(scan: &dyn ExecutionPlan, all: &mut BTreeSet<String>, in_part: &mut BTreeSet<String>) {
    let source = scan
        .downcast_ref::<DataSourceExec>()
        .and_then(DataSourceExec::downcast_to_file_source::<ParquetSource>);
    let groups = source.iter().flat_map(|(config, _)| &config.file_groups);
    for file in groups.flat_map(|group| group.iter()) {
        let path = file.object_meta.location.to_string();
        if file.extensions.get::<ParquetRowSelection>().is_some() {
            in_part.insert(path.clone());
        }
        all.insert(path);
    }
    for child in scan.children() {
        visit(child.as_ref(), all, in_part);
    }
}
