package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Reads checked files of a table into the contract's shape.
 *
 * <p>Files with equal columns are read together, each group in its own types, and brought to the contract's types by casts: so one file may
 * hold int32 where the next holds int64, or lack an optional column, and no reader has to guess. A column that a file lacks is null.
 */
final class InputReader {
    /**
     * Beside the contract's columns, the name of the first column whose value cannot be held in the contract's type, such as NaN dollars;
     * null: none.
     */
    static final String UNFIT = "_unfit";

    private static final long NANOS_PER_MICRO = 1_000;

    private final SparkSession spark;
    private final String root;

    InputReader(SparkSession spark, String root) {
        this.spark = spark;
        this.root = root;
    }

    /** Returns the rows of the footers' files: the contract's columns, all nullable, and {@link #UNFIT}. */
    Dataset<Row> read(TableContract contract, List<FileFooter> footers) {
        Map<List<FileColumn>, List<String>> groups = footers.stream()
                // Nothing to read: Spark would still open it.
                .filter(footer -> footer.rows() > 0)
                .collect(Collectors.groupingBy(
                        FileFooter::columns,
                        LinkedHashMap::new,
                        Collectors.mapping(FileFooter::path, Collectors.toList())));
        return groups.entrySet().stream()
                .map(group -> read(contract, group.getKey(), group.getValue()))
                .reduce(Dataset::union)
                .orElseGet(() -> none(contract));
    }

    /**
     * Returns the same rows as {@link #read}, so that partition i holds all of day i and no other: one data set for each group of files
     * with equal columns, each with as many partitions as there are days.
     */
    List<Dataset<Row>> readByDay(
            TableContract contract, List<FileFooter> footers, List<LocalDate> days, Map<String, InputFile> files) {
        Map<List<FileColumn>, List<FileFooter>> groups = footers.stream()
                .filter(footer -> footer.rows() > 0)
                .collect(Collectors.groupingBy(FileFooter::columns, LinkedHashMap::new, Collectors.toList()));
        List<Dataset<Row>> read = new ArrayList<>();
        groups.forEach((columns, ofGroup) -> {
            Map<LocalDate, List<InputFile>> byDay = ofGroup.stream()
                    .map(footer -> files.get(footer.name()))
                    .collect(Collectors.groupingBy(file -> file.day().orElseThrow()));
            Dataset<Row> rows = DayScan.read(spark, contract, schema(contract, columns), days, byDay);
            read.add(rows.select(inContractShape(contract, columns)));
        });
        return read;
    }

    private StructType schema(TableContract contract, List<FileColumn> columns) {
        StructType schema = new StructType();
        for (FileColumn column : columns) {
            schema = schema.add(column.name(), DataType.fromDDL(isNanos(column) ? "bigint" : column.type()));
        }
        if (contract.partition().isPresent()) {
            schema = schema.add(
                    contract.partition().get().name(),
                    contract.partition().get().type());
        }
        if (columns.stream().anyMatch(InputReader::isNanos)) {
            // Spark refuses nanoseconds unless told to hand them over as numbers, and only the session can tell it.
            spark.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
        }
        return schema;
    }

    private Dataset<Row> read(TableContract contract, List<FileColumn> columns, List<String> paths) {
        Dataset<Row> rows = spark.read()
                .schema(schema(contract, columns))
                .option("basePath", root + "/" + contract.name())
                .option("mergeSchema", "false")
                .option("ignoreCorruptFiles", "false")
                .option("ignoreMissingFiles", "false")
                .option("datetimeRebaseMode", "CORRECTED")
                .option("int96RebaseMode", "CORRECTED")
                // These are names of files, also where one holds a bracket or a star.
                .option("__globPaths__", "false")
                // A flipped bit is an error and not another sum.
                .option("parquet.page.verify-checksum.enabled", "true")
                .parquet(paths.toArray(String[]::new));
        return rows.select(inContractShape(contract, columns));
    }

    private static Column[] inContractShape(TableContract contract, List<FileColumn> columns) {
        Map<String, FileColumn> byName = columns.stream().collect(Collectors.toMap(FileColumn::name, column -> column));
        List<Column> shaped = new ArrayList<>();
        Column unfit = lit(null).cast("string");
        for (ColumnSpec column : contract.columns()) {
            boolean inPath = contract.partition()
                    .map(partition -> partition.name().equals(column.name()))
                    .orElse(false);
            Optional<FileColumn> found = Optional.ofNullable(byName.get(column.name()));
            Column value = inPath
                    ? column.col()
                    : found.map(file -> inContractType(column, file))
                            .orElseGet(() -> lit(null).cast(column.type()));
            shaped.add(value.as(column.name()));
            if (found.map(file -> file.type().equals("double")).orElse(false)) {
                unfit = when(col(column.name()).isNotNull().and(value.isNull()), lit(column.name()))
                        .otherwise(unfit);
            }
        }
        shaped.add(unfit.as(UNFIT));
        return shaped.toArray(Column[]::new);
    }

    private static Column inContractType(ColumnSpec column, FileColumn file) {
        Column value = col(file.name());
        if (isNanos(file)) {
            // Floor, also before 1970: an event belongs to the microsecond in which it happened.
            Column towardsZero = call_function("div", value, lit(NANOS_PER_MICRO));
            return timestamp_micros(
                    towardsZero.minus(value.mod(NANOS_PER_MICRO).lt(0).cast("bigint")));
        }
        return file.type().equals(column.type().sql().toLowerCase(Locale.ROOT)) ? value : value.try_cast(column.type());
    }

    private Dataset<Row> none(TableContract contract) {
        return spark.createDataFrame(List.of(), contract.schema())
                .withColumn(UNFIT, lit(null).cast("string"));
    }

    private static boolean isNanos(FileColumn column) {
        return column.type().equals(FileColumn.NANOS);
    }
}
