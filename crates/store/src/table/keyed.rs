//! Texts of data files as keys of their dictionaries: who groups by a text then looks at each text once for
//! a part of a file, and at a number for each row.

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::parquet::{
    ParquetRowSelection, apply_file_schema_type_coercions,
};
use datafusion::datasource::physical_plan::{
    FileGroup, FileSource, ParquetFileReaderFactory, ParquetSource,
};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::projection::ProjectionExpr;
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_expr_adapter::BatchAdapterFactory;
use datafusion::physical_plan::coop::make_cooperative;
use datafusion::physical_plan::execution_plan::{
    Boundedness, EmissionType, ReplaceChildrenOptions, SchedulingType,
};
use datafusion::physical_plan::metrics::{BaselineMetrics, ExecutionPlanMetricsSet, MetricsSet};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties,
};
use futures::{Stream, StreamExt, TryStreamExt, stream};
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::arrow::async_reader::AsyncFileReader;
use parquet::arrow::{ParquetRecordBatchStreamBuilder, ProjectionMask};
use parquet::file::metadata::RowGroupMetaData;
use std::fmt;
use std::sync::Arc;

/// The same rows, where texts in `columns` of the output are dictionaries; `None` when `plan` is not a scan
/// of data files that reads all their rows.
///
/// # Errors
/// What DataFusion finds wrong with its own plan.
pub fn by_keys(
    plan: &Arc<dyn ExecutionPlan>,
    columns: &[usize],
) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    let Some((config, source)) = plan
        .downcast_ref::<DataSourceExec>()
        .and_then(DataSourceExec::downcast_to_file_source::<ParquetSource>)
    else {
        return Ok(None);
    };
    let is_whole = |file: &PartitionedFile| file.extensions.get::<ParquetRowSelection>().is_none();
    // A field that was renamed on its way into the scan is not found under its new name.
    let is_column = |field: &ProjectionExpr| {
        let column = field.expr.downcast_ref::<Column>();
        column.is_some_and(|column| column.name() == field.alias)
    };
    let is_plain = source.filter().is_none()
        && config.limit.is_none()
        && source
            .projection()
            .is_none_or(|them| them.iter().all(is_column))
        && config
            .file_groups
            .iter()
            .all(|group| group.iter().all(is_whole));
    let Some(factory) = source.parquet_file_reader_factory().filter(|_| is_plain) else {
        return Ok(None);
    };
    let schema = Arc::new(with_keys(&plan.schema(), columns));
    Ok(Some(Arc::new(KeyedScan {
        properties: Arc::new(properties(&schema, config.file_groups.len())),
        files: config.file_groups.clone(),
        factory: Arc::clone(factory),
        schema,
        metrics: ExecutionPlanMetricsSet::new(),
    })))
}

fn with_keys(schema: &Schema, columns: &[usize]) -> Schema {
    let field = |(index, field): (usize, &Arc<Field>)| match columns.contains(&index) {
        true => Arc::new(field.as_ref().clone().with_data_type(keys())),
        false => Arc::clone(field),
    };
    let fields: Vec<_> = schema.fields().iter().enumerate().map(field).collect();
    Schema::new(fields)
}

/// As the Parquet reader makes them.
fn keys() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

fn properties(schema: &SchemaRef, partitions: usize) -> PlanProperties {
    PlanProperties::new(
        EquivalenceProperties::new(Arc::clone(schema)),
        Partitioning::UnknownPartitioning(partitions),
        EmissionType::Incremental,
        Boundedness::Bounded,
    )
    .with_scheduling_type(SchedulingType::Cooperative)
}

/// Keys are small: so many batches at a time cost less and still fit into the cache of a core.
const BATCHES: usize = 4;

/// A scan of whole data files.
#[derive(Debug)]
struct KeyedScan {
    files: Vec<FileGroup>,
    factory: Arc<dyn ParquetFileReaderFactory>,
    /// The columns that are read, by their names.
    schema: SchemaRef,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

/// One file of a scan.
struct Opening {
    reader: Box<dyn AsyncFileReader>,
    file: PartitionedFile,
    schema: SchemaRef,
    batch_rows: usize,
}

impl Opening {
    async fn batches(mut self) -> Result<impl Stream<Item = Result<RecordBatch>>> {
        let footer = self.reader.get_metadata(None).await?;
        let as_written = ArrowReaderMetadata::try_new(footer, ArrowReaderOptions::new())?;
        let wanted = self.as_wanted(as_written.schema());
        let metadata = ArrowReaderMetadata::try_new(
            Arc::clone(as_written.metadata()),
            ArrowReaderOptions::new().with_schema(Arc::new(wanted)),
        )?;
        let groups = metadata.metadata().row_groups().iter().enumerate();
        let groups = groups
            .filter(|(_, group)| self.has(group))
            .map(|(number, _)| number)
            .collect();
        let roots = metadata.schema().fields().iter().enumerate();
        let roots = roots
            .filter(|(_, field)| self.schema.index_of(field.name()).is_ok())
            .map(|(root, _)| root);
        let mask = ProjectionMask::roots(metadata.parquet_schema(), roots);
        let batches = ParquetRecordBatchStreamBuilder::new_with_metadata(self.reader, metadata)
            .with_row_groups(groups)
            .with_projection(mask)
            .with_batch_size(self.batch_rows)
            .build()?;
        let adapter = BatchAdapterFactory::new(self.schema).make_adapter(batches.schema())?;
        Ok(batches.map(move |batch| adapter.adapt_batch(&batch?)))
    }

    /// The file's schema, with the types of the scan where the reader can make them at once.
    fn as_wanted(&self, file: &SchemaRef) -> Schema {
        let coerced = apply_file_schema_type_coercions(&self.schema, file);
        let keyed: Vec<usize> = file
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| matches!(field.data_type(), DataType::Utf8 | DataType::Utf8View))
            .filter(|(_, field)| {
                let asked = self.schema.field_with_name(field.name());
                asked.is_ok_and(|asked| asked.data_type() == &keys())
            })
            .map(|(index, _)| index)
            .collect();
        with_keys(coerced.as_ref().unwrap_or(file), &keyed)
    }

    /// Whether a row group is of this part of the file: a group is where its first byte is.
    fn has(&self, group: &RowGroupMetaData) -> bool {
        let first = group.column(0);
        let start = first
            .dictionary_page_offset()
            .unwrap_or_else(|| first.data_page_offset());
        let range = self.file.range.as_ref();
        range.is_none_or(|range| (range.start..range.end).contains(&start))
    }
}

impl DisplayAs for KeyedScan {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.schema.fields().iter().map(|it| it.name()).collect();
        write!(f, "KeyedScan: {} groups, {names:?}", self.files.len())
    }
}

impl ExecutionPlan for KeyedScan {
    fn name(&self) -> &'static str {
        "KeyedScan"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        _: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn with_new_children(
        self: Arc<Self>,
        _: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let open = |file: &PartitionedFile| {
            let reader =
                self.factory
                    .create_reader(partition, file.clone(), None, &self.metrics)?;
            Ok(Opening {
                reader,
                file: file.clone(),
                schema: Arc::clone(&self.schema),
                batch_rows: BATCHES * context.session_config().batch_size(),
            })
        };
        let files: Result<Vec<_>> = self.files[partition].iter().map(open).collect();
        let rows = BaselineMetrics::new(&self.metrics, partition);
        let batches = stream::iter(files?)
            .then(Opening::batches)
            .try_flatten()
            .inspect_ok(move |batch| rows.record_output(batch.num_rows()));
        Ok(make_cooperative(Box::pin(RecordBatchStreamAdapter::new(
            Arc::clone(&self.schema),
            batches,
        ))))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }
}
