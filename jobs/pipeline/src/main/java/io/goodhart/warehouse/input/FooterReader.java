package io.goodhart.warehouse.input;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the footers of files, spread over the executors, and holds each against its table's contract. */
final class FooterReader {
    private final SparkSession spark;

    FooterReader(SparkSession spark) {
        this.spark = spark;
    }

    /** Returns the footers of the files, in their order. */
    List<FileFooter> read(List<InputFile> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        return spark.createDataset(files.stream().map(Errand::text).toList(), Encoders.STRING())
                .map(
                        (MapFunction<String, FileFooter>) text -> read(Errand.of(text), hadoop.value()),
                        // Java's own serialisation: records do not survive Kryo, should the session use it.
                        Encoders.javaSerialization(FileFooter.class))
                .collectAsList();
    }

    /** One footer to read. It travels as text; the contract holds functions, so its name travels instead: the first part of the file's. */
    private record Errand(String name, String path) {
        private static final String BETWEEN = "\n";

        static String text(InputFile file) {
            return file.name() + BETWEEN + file.path();
        }

        static Errand of(String text) {
            String[] parts = text.split(BETWEEN, 2);
            return new Errand(parts[0], parts[1]);
        }

        String table() {
            return name.substring(0, name.indexOf('/'));
        }
    }

    private static FileFooter read(Errand errand, Configuration hadoop) {
        // Without options of its own a reader parses Hadoop's files of settings, once a footer.
        ParquetReadOptions options = HadoopReadOptions.builder(hadoop).build();
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new Path(errand.path()), hadoop), options)) {
            return compare(
                    errand,
                    InputTables.named(errand.table()),
                    reader.getRecordCount(),
                    reader.getFileMetaData().getSchema());
        } catch (IOException | RuntimeException e) {
            String problem = errand.name() + ": cannot be read as Parquet: " + ReadFailures.innermost(e);
            return new FileFooter(
                    errand.table(), errand.name(), errand.path(), 0, List.of(), List.of(), List.of(problem));
        }
    }

    private static FileFooter compare(Errand errand, TableContract contract, long rows, MessageType schema) {
        List<FileColumn> columns = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (ColumnSpec column : contract.fileColumns()) {
            String where = errand.name() + ": column " + column.name() + ": expected "
                    + ParquetTypes.taken(column.type()) + ", found ";
            List<Type> namesakes = schema.getFields().stream()
                    .filter(field -> field.getName().equalsIgnoreCase(column.name()))
                    .toList();
            Optional<Type> field = namesakes.stream()
                    .filter(type -> type.getName().equals(column.name()))
                    .findFirst();
            if (field.isPresent() && namesakes.size() > 1) {
                // Spark matches names whatever their case and could not tell them apart.
                problems.add(where + "it " + namesakes.size() + " times, in upper and lower case");
            } else if (field.isPresent()) {
                Optional<String> type = ParquetTypes.readAs(column.type(), field.get());
                type.ifPresentOrElse(
                        found -> columns.add(new FileColumn(column.name(), found)),
                        () -> problems.add(where + ParquetTypes.found(field.get())));
            } else if (!column.mayBeMissing()) {
                problems.add(where + "no such column"
                        + (namesakes.isEmpty() ? "" : " but " + namesakes.get(0).getName()));
            }
        }
        return new FileFooter(
                errand.table(), errand.name(), errand.path(), rows, columns, extraColumns(contract, schema), problems);
    }

    private static List<String> extraColumns(TableContract contract, MessageType schema) {
        List<String> known =
                contract.fileColumns().stream().map(ColumnSpec::name).toList();
        return schema.getFields().stream()
                .map(Type::getName)
                .flatMap(name -> known.contains(name) ? Stream.empty() : Stream.of(name))
                .toList();
    }
}
