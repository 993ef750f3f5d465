package io.goodhart.testing;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** An input folder as collectors leave it: a folder a table, the day in the path and not in the file. */
public final class TestInput {
    private final Path root;

    private TestInput(Path root) {
        this.root = root;
    }

    /** Returns the input under {@code root}, which need not exist yet. */
    public static TestInput in(Path root) {
        return new TestInput(root);
    }

    /** Adds rows, of any tables, as one file a table and day beside those already there. */
    public TestInput add(TestRow... rows) {
        return add(Arrays.asList(rows));
    }

    /** Adds rows, of any tables, as one file a table and day beside those already there. */
    public TestInput add(List<TestRow> rows) {
        rows.stream()
                .collect(Collectors.groupingBy(TestRow::contract))
                .forEach((contract, ofTable) ->
                        add(contract, Rows.dataset(ofTable).coalesce(1)));
        return this;
    }

    /** Adds a data set: one file a partition of it and day. Columns may be missing, retyped or unknown to the contract. */
    public TestInput add(TableContract contract, Dataset<Row> rows) {
        String[] partition = contract.partition().map(ColumnSpec::name).stream().toArray(String[]::new);
        rows.write()
                .mode(SaveMode.Append)
                .partitionBy(partition)
                .parquet(root.resolve(contract.name()).toString());
        return this;
    }

    /** Adds rows without some of the columns. */
    public TestInput addWithout(ColumnSpec column, TestRow... rows) {
        return add(rows[0].contract(), Rows.dataset(rows).drop(column.name()).coalesce(1));
    }

    /** Returns the root, as a user writes it. */
    public String root() {
        return root.toString();
    }

    /** Returns a table's folder. */
    public Path folder(TableContract contract) {
        return root.resolve(contract.name());
    }

    /** Returns the folder of a table's day such as {@code 2026-05-04}. */
    public Path folder(TableContract contract, String day) {
        return folder(contract).resolve(contract.partition().orElseThrow().name() + "=" + day);
    }

    /** Returns the Parquet files below a folder, sorted. */
    public static List<Path> files(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
