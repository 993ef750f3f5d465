package io.goodhart.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import io.goodhart.failures.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A single file on this machine, whole or not there at all. Spark writes it, and so must run here. */
public enum ExportFormat {
    /** Types as in the table. */
    PARQUET("parquet", "parquet"),
    /** With a header; arrays, structs and maps as JSON. */
    CSV("csv", "csv"),
    /** One JSON object a line, nulls included. */
    JSONL("jsonl", "json");

    private final String ending;
    private final String writer;

    ExportFormat(String ending, String writer) {
        this.ending = ending;
        this.writer = writer;
    }

    /** Returns the format that the file's name asks for; empty: none of ours. */
    public static Optional<ExportFormat> of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.ending))
                .findFirst();
    }

    /**
     * Writes {@code rows} to {@code file}, over what stood there, and returns how many they are.
     *
     * @throws io.goodhart.failures.Failure.InvalidSettings if Spark runs on other machines: each would write its own disk
     */
    public long write(Dataset<Row> rows, Path file) {
        requireOneMachine(rows.sparkSession().sparkContext().master(), file);
        Path target = file.toAbsolutePath();
        if (!Files.isDirectory(target.getParent())) {
            throw Messages.noFolderFor(file.toString(), target.getParent().toString());
        }
        try {
            Path folder = Files.createTempDirectory(target.getParent(), ".export-");
            try {
                Dataset<Row> one = flat(rows).coalesce(1).cache();
                long count = one.count();
                StorageGuard.guard(
                        "cannot write " + file,
                        () -> one.write()
                                .format(writer)
                                .options(Map.of("header", "true", "ignoreNullFields", "false", "escape", "\""))
                                .mode("overwrite")
                                .save(new org.apache.hadoop.fs.Path(folder.toUri()).toString()));
                one.unpersist();
                Files.move(partIn(folder), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return count;
            } finally {
                delete(folder);
            }
        } catch (IOException refused) {
            throw Messages.cannotExport(file.toString(), refused);
        }
    }

    static void requireOneMachine(String master, Path file) {
        if (!master.startsWith("local")) {
            throw Messages.exportOnACluster(file.toString(), master);
        }
    }

    private Dataset<Row> flat(Dataset<Row> rows) {
        return this == CSV
                ? rows.select(Arrays.stream(rows.schema().fields())
                        .map(ExportFormat::flat)
                        .toArray(Column[]::new))
                : rows;
    }

    private static Column flat(StructField field) {
        DataType type = field.dataType();
        boolean isNested = type instanceof ArrayType || type instanceof StructType || type instanceof MapType;
        return isNested
                ? to_json(col(field.name()), Map.of("ignoreNullFields", "false"))
                        .as(field.name())
                : col(field.name());
    }

    private static Path partIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Spark wrote no file"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
            });
        }
    }
}
