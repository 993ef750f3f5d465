package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.goodhart.failures.Messages;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Truth;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The labels of a company whose gaming is known, in the shape of {@link Truth}. */
public final class TruthFile {
    private static final String ROWS = "rows_of_person";

    private TruthFile() {}

    /**
     * Reads labels from a Parquet file or folder; optional columns that it lacks are null.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings if {@code file} is not a path
     * @throws io.goodhart.failures.Failure.InputNotThere if there is no such file
     * @throws io.goodhart.failures.Failure.OffContract if it is not Parquet, lacks a column that labels must have, or holds a person twice
     */
    public static Dataset<Row> read(SparkSession spark, String file) {
        try {
            Path path = new Path(file);
            if (!path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
                throw Messages.noTruth(file);
            }
        } catch (IllegalArgumentException notAPath) {
            throw Messages.notAPath("--truth", file, notAPath);
        } catch (IOException unreadable) {
            throw Messages.unreadableInput(file, unreadable);
        }
        Dataset<Row> rows = ReadFailures.translate(
                () -> spark.read().option("__globPaths__", "false").parquet(file));
        Set<String> there = Arrays.stream(rows.columns()).collect(Collectors.toSet());
        List<String> missing = Truth.CONTRACT.columns().stream()
                .filter(column -> !column.mayBeMissing() && !there.contains(column.name()))
                .map(column -> file + ": column " + column.name() + ": no such column")
                .toList();
        if (!missing.isEmpty()) {
            throw Messages.offContract(missing);
        }
        Dataset<Row> labels = rows.select(Truth.CONTRACT.columns().stream()
                .map(column -> typed(column, there.contains(column.name())))
                .toArray(Column[]::new));
        requireOneRowAPerson(file, labels);
        return labels;
    }

    /** A second row would count its person twice wherever labels are joined. */
    private static void requireOneRowAPerson(String file, Dataset<Row> labels) {
        long several =
                ReadFailures.translate(() -> labels.where(Truth.PERSON_ID.col().isNotNull())
                        .groupBy(Truth.PERSON_ID.col())
                        .agg(count(lit(1)).as(ROWS))
                        .where(col(ROWS).gt(1))
                        .count());
        if (several > 0) {
            throw Messages.offContract(List.of(String.format(
                    Locale.ROOT,
                    "%s: column %s: %,d people have more than one row, and each row would count. Keep one row a person",
                    file,
                    Truth.PERSON_ID.name(),
                    several)));
        }
    }

    private static Column typed(ColumnSpec column, boolean isThere) {
        Column value = isThere ? column.col() : lit(null);
        return value.cast(column.type()).as(column.name());
    }
}
