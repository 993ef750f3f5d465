package io.goodhart.warehouse;

import io.goodhart.tables.TableContract;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the rows of a table's days from within a task, beside whatever else the task does, so that one pass over events can fill more
 * than one table. Nobody sees the files until {@link Warehouse#replaceDays(TableContract, List, java.util.Set)} commits them.
 */
public final class DayFiles implements Serializable {
    private static final long serialVersionUID = 1;

    private final Table table;
    private final StructType schema;
    private final int day;

    private DayFiles(Table table, StructType schema, int day) {
        this.table = table;
        this.schema = schema;
        this.day = day;
    }

    static DayFiles of(Table table, TableContract contract) {
        return new DayFiles(
                SerializableTable.copyOf(table),
                SparkSchemaUtil.convert(table.schema()),
                contract.columns().indexOf(contract.partition().orElseThrow()));
    }

    /** Begins to write. To be called in a task. */
    public Open open() {
        return new Open();
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
            TaskContext task = TaskContext.get();
            this.names = OutputFileFactory.builderFor(table, task.partitionId(), task.taskAttemptId())
                    .build();
        }

        /** Writes a row, in the order of the contract's columns. */
        public void write(InternalRow row) {
            int ofDay = row.getInt(day);
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
            PartitionData partition = new PartitionData(spec.partitionType());
            partition.set(0, ofDay);
            EncryptedOutputFile file = names.newOutputFile(spec, partition);
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
