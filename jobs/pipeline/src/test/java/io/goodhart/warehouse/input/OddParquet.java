package io.goodhart.warehouse.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes usage events as other tools than Spark may: any physical type for any column. */
final class OddParquet {
    static final long NANOS_A_DAY = 86_400_000_000_000L;

    private static final long NOON_MICROS = 1_777_896_000_123_456L; // 2026-05-04T12:00:00.123456Z

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private OddParquet() {}

    /** Returns one ordinary request with the required columns, by a person of the same name. */
    static OddParquet usage(String eventId) {
        return new OddParquet()
                .column("required binary event_id (STRING)", eventId)
                .column("optional int64 event_time (TIMESTAMP(MICROS,true))", NOON_MICROS)
                .column("optional binary person_id (STRING)", eventId)
                .column("required binary source (STRING)", "cursor")
                .column("required binary model (STRING)", "m1")
                .column("required int64 input_tokens", 100L)
                .column("required int64 output_tokens", 10L);
    }

    /** Adds a column, or replaces the one of that name: its declaration in Parquet's words, and its value. */
    OddParquet column(String declaration, Object value) {
        String name = declaration.split(" ")[2];
        types.put(name, declaration);
        values.put(name, value);
        return this;
    }

    OddParquet without(String column) {
        types.remove(column);
        values.remove(column);
        return this;
    }

    /** Writes the row {@code times} times, as a file called like its event. */
    Path writeInto(Path folder, int times) {
        return write(folder.resolve(values.get("event_id") + ".parquet"), times);
    }

    /** Writes the row {@code times} times. */
    Path write(Path file, int times) {
        MessageType schema =
                MessageTypeParser.parseMessageType("message m { " + String.join("; ", types.values()) + "; }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(new Configuration())
                .withType(schema)
                .withWriteMode(ParquetFileWriter.Mode.CREATE)
                .build()) {
            for (int i = 0; i < times; i++) {
                writer.write(row(schema));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private Group row(MessageType schema) {
        Group row = new SimpleGroup(schema);
        values.forEach((name, value) -> {
            if (value instanceof String text) {
                row.append(name, text);
            } else if (value instanceof Long number) {
                row.append(name, number);
            } else if (value instanceof Integer number) {
                row.append(name, number);
            } else if (value instanceof Double number) {
                row.append(name, number);
            } else if (value instanceof Float number) {
                row.append(name, number);
            } else if (value instanceof Binary bytes) {
                row.append(name, bytes);
            }
        });
        return row;
    }
}
