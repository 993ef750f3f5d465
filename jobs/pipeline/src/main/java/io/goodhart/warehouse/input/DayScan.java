package io.goodhart.warehouse.input;

import io.goodhart.rows.InnerRows;
import io.goodhart.tables.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.paths.SparkPath;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FileSourceOptions;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.FileScanRDD;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads files so that partition i holds the whole of day i and nothing else: what lets a day be folded, and its duplicates be found,
 * without an exchange. The only class that builds on Spark's inner scan; {@link InputReader} reads the same rows by the public way, wherever
 * they fall.
 */
final class DayScan {
    private static final Map<String, String> OPTIONS = Map.of(
            "datetimeRebaseMode",
            "CORRECTED",
            "int96RebaseMode",
            "CORRECTED",
            "ignoreCorruptFiles",
            "false",
            "ignoreMissingFiles",
            "false",
            // A flipped bit is an error and not another sum.
            "parquet.page.verify-checksum.enabled",
            "true",
            FileFormat.OPTION_RETURNING_BATCH(),
            "false");

    private DayScan() {}

    /**
     * Returns the rows of files of equal columns.
     *
     * @param schema the files' columns, and behind them the table's partition column
     * @param days the day of each partition
     * @param files the files of each partition
     */
    static Dataset<Row> read(
            SparkSession spark,
            TableContract contract,
            StructType schema,
            List<LocalDate> days,
            Map<LocalDate, List<InputFile>> files) {
        org.apache.spark.sql.classic.SparkSession inner = (org.apache.spark.sql.classic.SparkSession) spark;
        String partition = contract.partition().orElseThrow().name();
        StructType inFile = new StructType(java.util.Arrays.stream(schema.fields())
                .filter(field -> !field.name().equals(partition))
                .toArray(org.apache.spark.sql.types.StructField[]::new));
        StructType inPath = new StructType().add(schema.apply(partition));

        scala.collection.immutable.Map<String, String> options =
                scala.collection.immutable.Map.from(CollectionConverters.asScala(new HashMap<>(OPTIONS)));
        scala.Function1<PartitionedFile, scala.collection.Iterator<InternalRow>> reader = new ParquetFileFormat()
                .buildReaderWithPartitionValues(
                        spark,
                        schema,
                        inPath,
                        inFile,
                        CollectionConverters.asScala(List.<org.apache.spark.sql.sources.Filter>of())
                                .toSeq(),
                        options,
                        inner.sessionState().newHadoopConfWithOptions(options));
        List<FilePartition> partitions = new ArrayList<>();
        for (LocalDate day : days) {
            PartitionedFile[] ofDay = files.getOrDefault(day, List.of()).stream()
                    .map(file -> partitioned(file, day))
                    .toArray(PartitionedFile[]::new);
            partitions.add(new FilePartition(partitions.size(), ofDay));
        }
        RDD<InternalRow> rows = new FileScanRDD(
                spark,
                reader,
                CollectionConverters.asScala(partitions).toSeq(),
                schema,
                CollectionConverters.asScala(List.<org.apache.spark.sql.catalyst.expressions.AttributeReference>of())
                        .toSeq(),
                scala.collection.immutable.Map.from(
                        CollectionConverters.asScala(Map.<String, scala.Function1<PartitionedFile, Object>>of())),
                new FileSourceOptions(options));
        return InnerRows.dataset(spark, rows, schema);
    }

    private static PartitionedFile partitioned(InputFile file, LocalDate day) {
        return new PartitionedFile(
                new GenericInternalRow(new Object[] {(int) day.toEpochDay()}),
                SparkPath.fromPathString(file.path()),
                0,
                file.bytes(),
                new String[0],
                file.modified(),
                file.bytes(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(Map.<String, Object>of())));
    }
}
