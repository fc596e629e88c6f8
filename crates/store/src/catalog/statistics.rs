//! The bounds of columns in the catalog: of a file, and of a whole table.

use super::commit::Commit;
use super::database::query;
use crate::bounds::{Bounds, Value};
use model::span::ColumnType;

/// A column whose bounds are written.
pub(super) struct Column {
    pub(super) table: i64,
    pub(super) id: i64,
    pub(super) kind: ColumnType,
}

impl Column {
    fn encode(&self, value: Option<&Value>) -> Option<String> {
        value.map(|value| value.encode(self.kind))
    }

    fn decode(&self, text: Option<&str>) -> Option<Value> {
        text.and_then(|text| Value::decode(self.kind, text))
    }
}

impl Commit {
    pub(super) async fn add_file_bounds(
        &mut self,
        file: i64,
        column: &Column,
        bounds: &Bounds,
        rows: u64,
        bytes: u64,
    ) -> Result<(), sqlx::Error> {
        let nulls = bounds.nulls.unwrap_or(0);
        query(
            "INSERT INTO ducklake_file_column_stats (data_file_id, table_id, column_id, column_size_bytes,
                 value_count, null_count, min_value, max_value)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(file)
        .bind(column.table)
        .bind(column.id)
        .bind(bytes as i64)
        .bind((rows - nulls) as i64)
        .bind(nulls as i64)
        .bind(column.encode(bounds.min.as_ref()))
        .bind(column.encode(bounds.max.as_ref()))
        .execute(&mut self.transaction)
        .await?;
        Ok(())
    }

    /// Widens the table's bounds by a file's. An unknown end stays unknown: a reader may skip the whole
    /// table by these.
    pub(super) async fn widen_table_bounds(
        &mut self,
        column: &Column,
        bounds: &Bounds,
        rows: u64,
    ) -> Result<(), sqlx::Error> {
        let known: Option<(bool, Option<String>, Option<String>)> = query(
            "SELECT contains_null, min_value, max_value FROM ducklake_table_column_stats
             WHERE table_id = ? AND column_id = ?",
        )
        .bind(column.table)
        .bind(column.id)
        .optional(&mut self.transaction)
        .await?;
        let nulls = bounds.nulls.unwrap_or(0);
        let (had_null, min, max) = match &known {
            None => (false, bounds.min.clone(), bounds.max.clone()),
            // A file of nulls says nothing about the values.
            Some((had_null, min, max)) if nulls == rows => (
                *had_null,
                column.decode(min.as_deref()),
                column.decode(max.as_deref()),
            ),
            Some((had_null, min, max)) => (
                *had_null,
                column
                    .decode(min.as_deref())
                    .zip(bounds.min.clone())
                    .map(|(a, b)| a.min(b)),
                column
                    .decode(max.as_deref())
                    .zip(bounds.max.clone())
                    .map(|(a, b)| a.max(b)),
            ),
        };
        let statement = match known {
            None => {
                "INSERT INTO ducklake_table_column_stats
                     (contains_null, min_value, max_value, table_id, column_id) VALUES (?, ?, ?, ?, ?)"
            }
            Some(_) => {
                "UPDATE ducklake_table_column_stats SET contains_null = ?, min_value = ?, max_value = ?
                 WHERE table_id = ? AND column_id = ?"
            }
        };
        query(statement)
            .bind(had_null || nulls > 0)
            .bind(column.encode(min.as_ref()))
            .bind(column.encode(max.as_ref()))
            .bind(column.table)
            .bind(column.id)
            .execute(&mut self.transaction)
            .await?;
        Ok(())
    }
}
