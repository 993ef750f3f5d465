package io.goodhart.warehouse;

import io.goodhart.tables.TableContract;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Writes rows as files of a table, one a day, or one where the table has no days: from within a task, beside whatever else the task does,
 * so that one pass over events can fill more than one table; or on the driver, where the rows are few. Nobody sees the files until
 * they are committed.
 */
public final class TableFiles implements Serializable {
    private static final long serialVersionUID = 1;

    private final Table table;
    private final StructType schema;
    private final int day; // where a row holds its day; negative: the table has no days

    private TableFiles(Table table, StructType schema, int day) {
        this.table = table;
        this.schema = schema;
        this.day = day;
    }

    static TableFiles of(Table table, TableContract contract) {
        return new TableFiles(
                SerializableTable.copyOf(table),
                SparkSchemaUtil.convert(table.schema()),
                contract.partition().map(contract.columns()::indexOf).orElse(-1));
    }

    /** Returns the condition that holds for the rows of exactly these days. */
    static Expression ofDays(TableContract contract, Set<LocalDate> days) {
        Object[] epochDays = days.stream().map(day -> (int) day.toEpochDay()).toArray();
        return Expressions.in(contract.partition().orElseThrow().name(), epochDays);
    }

    /**
     * Makes the rows of these files those of the table that satisfy {@code condition}, which must be decided by whole files, in one commit.
     *
     * @throws org.apache.iceberg.exceptions.ValidationException if a file holds other rows; it is removed, as whenever the commit is known
     *     not to have happened
     */
    static void replace(Table table, List<Written> files, Expression condition) {
        OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(condition);
        List<DataFile> added =
                files.stream().flatMap(written -> written.files().stream()).toList();
        added.forEach(overwrite::addFile);
        if (!added.isEmpty()) {
            overwrite.validateAddedFilesMatchOverwriteFilter();
        }
        try {
            overwrite.commit();
        } catch (RuntimeException refused) {
            if (refused instanceof CleanableFailure) {
                added.forEach(file -> table.io().deleteFile(file.location()));
            }
            throw refused;
        }
    }

    /** Begins to write. */
    public Open open() {
        return new Open();
    }

    /** Writes a few rows, in the order of the contract's columns. */
    Written write(List<Row> rows) {
        // reads what Spark collects as well as java.time
        Function1<Object, Object> inner = CatalystTypeConverters.createToCatalystConverter(schema);
        try (Open open = open()) {
            rows.forEach(row -> open.write((InternalRow) inner.apply(row)));
            return open.finish();
        }
    }

    /** Files that a task has written. */
    public static final class Written implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<DataFile> files;

        private Written(List<DataFile> files) {
            this.files = files;
        }

        /** Returns no files. */
        public static Written nothing() {
            return new Written(List.of());
        }

        List<DataFile> files() {
            return files;
        }
    }

    /** What a task writes. Closing it before it is finished removes the files. */
    public final class Open implements Closeable {
        private final OutputFileFactory names;
        private final Map<Integer, DataWriter<InternalRow>> writers = new TreeMap<>();
        private final List<EncryptedOutputFile> files = new ArrayList<>();
        private int lastDay = Integer.MIN_VALUE;
        private DataWriter<InternalRow> last;
        private boolean isFinished;

        private Open() {
            TaskContext task = TaskContext.get(); // null on the driver
            this.names = OutputFileFactory.builderFor(
                            table, task == null ? 0 : task.partitionId(), task == null ? 0 : task.taskAttemptId())
                    .build();
        }

        /** Writes a row, in the order of the contract's columns. */
        public void write(InternalRow row) {
            int ofDay = day < 0 ? 0 : row.getInt(day);
            if (last == null || ofDay != lastDay) {
                lastDay = ofDay;
                last = writers.computeIfAbsent(ofDay, this::begin);
            }
            last.write(row);
        }

        /** Ends the files and returns them. */
        public Written finish() {
            List<DataFile> written = new ArrayList<>();
            for (DataWriter<InternalRow> writer : writers.values()) {
                closed(writer);
                written.add(writer.toDataFile());
            }
            isFinished = true;
            return new Written(written);
        }

        @Override
        public void close() {
            if (!isFinished) {
                writers.values().forEach(this::closed);
                files.forEach(file -> table.io().deleteFile(file.encryptingOutputFile()));
            }
        }

        private DataWriter<InternalRow> begin(int ofDay) {
            PartitionSpec spec = table.spec();
            PartitionData partition = null;
            if (spec.isPartitioned()) {
                partition = new PartitionData(spec.partitionType());
                partition.set(0, ofDay);
            }
            EncryptedOutputFile file = partition == null ? names.newOutputFile() : names.newOutputFile(spec, partition);
            files.add(file);
            try {
                return Parquet.writeData(file.encryptingOutputFile())
                        .forTable(table)
                        .createWriterFunc(type -> SparkParquetWriters.buildWriter(schema, type))
                        .withSpec(spec)
                        .withPartition(partition)
                        .build();
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }

        private void closed(DataWriter<InternalRow> writer) {
            try {
                writer.close();
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }
    }
}
