package io.goodhart.benchmarks.landing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Writes a history of requests in the contract's types, straight into Parquet: a file a day, two days at a time, the same for the same
 * settings on any machine. Its people are no company: they make load, not patterns. {@code simulate} makes those.
 */
final class HistoryWriter {
    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final String[] MODELS = {"opus", "sonnet", "haiku", "gpt", "gemini", "o-mini"};
    private static final String[] SOURCES = {"claude_code", "cursor", "litellm"};
    private static final String[] SURFACES = {"cli", "ide", "agent"};
    private static final String[] INITIATORS = {"human", "human", "human", "agent", "schedule"};
    private static final String[] ZONES = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo"};

    private static final MessageType USAGE = MessageTypeParser.parseMessageType("""
            message usage_events {
              required binary event_id (STRING);
              required int64 event_time (TIMESTAMP(MICROS,true));
              optional binary person_id (STRING);
              required binary source (STRING);
              optional binary surface (STRING);
              required binary model (STRING);
              optional binary session_id (STRING);
              optional binary initiator (STRING);
              optional int32 requests;
              required int64 input_tokens;
              optional int64 cache_read_tokens;
              optional int64 cache_write_tokens;
              required int64 output_tokens;
              optional int64 cost_usd (DECIMAL(18,6));
              optional int64 prompt_fingerprint;
              optional int32 prompt_chars;
              optional int32 lines_suggested;
              optional int32 lines_accepted;
              optional binary status (STRING);
              optional binary credential_id (STRING);
              optional binary repo_id (STRING);
              optional binary task_key (STRING);
            }
            """);
    private static final MessageType PEOPLE = MessageTypeParser.parseMessageType("""
            message people {
              required binary person_id (STRING);
              required binary role (STRING);
              required binary team_id (STRING);
              required binary org_id (STRING);
              optional binary timezone (STRING);
            }
            """);

    private final HistorySettings settings;
    private final Path root;

    HistoryWriter(HistorySettings settings, Path root) {
        this.settings = settings;
        this.root = root;
    }

    /** Returns the first day. */
    static LocalDate first() {
        return FIRST;
    }

    /** Returns the last day. */
    static LocalDate last(HistorySettings settings) {
        return FIRST.plusDays(settings.days() - 1L);
    }

    /** Writes the history, unless it is there already. */
    void write() throws IOException {
        Path done = root.resolve("_DONE");
        if (Files.exists(done)) {
            return;
        }
        writePeople();
        IntStream.range(0, settings.days()).parallel().forEach(this::writeDay);
        Files.createFile(done);
    }

    private void writePeople() throws IOException {
        Path folder = Files.createDirectories(root.resolve("people"));
        try (ParquetWriter<Integer> writer = new Builder<Integer>(
                        folder.resolve("people.parquet"), PEOPLE, (rows, id) -> {
                            rows.text(0, person(id));
                            rows.text(1, "engineer");
                            rows.text(2, "team-" + id / 10);
                            rows.text(3, "org-" + id / 500);
                            rows.text(4, ZONES[id % ZONES.length]);
                        })
                .build()) {
            for (int id = 0; id < settings.people(); id++) {
                writer.write(id);
            }
        }
    }

    private void writeDay(int day) {
        long rows = settings.events() * (day + 1) / settings.days() - settings.events() * day / settings.days();
        LocalDate date = FIRST.plusDays(day);
        try {
            Path folder = Files.createDirectories(root.resolve("usage_events").resolve("event_date=" + date));
            Requests requests = new Requests(settings, day, date);
            try (ParquetWriter<Long> writer =
                    new Builder<Long>(folder.resolve("part-0.parquet"), USAGE, requests::write).build()) {
                for (long row = 0; row < rows; row++) {
                    writer.write(row);
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static String person(int id) {
        return "person-" + Integer.toHexString(0x1000000 + id * 7919 % 0xFFFFFF);
    }

    /** The requests of a day, one after another in time. */
    private static final class Requests {
        private static final long MICROS_PER_DAY = 86_400_000_000L;

        private final HistorySettings settings;
        private final SplittableRandom random;
        private final long midnight;
        private final long step;
        private final int day;
        private final Binary[] people;
        private long kept = -1;

        Requests(HistorySettings settings, int day, LocalDate date) {
            this.settings = settings;
            this.random = new SplittableRandom(settings.seed() * 1_000_003 + day);
            this.midnight = date.toEpochDay() * MICROS_PER_DAY;
            this.step = MICROS_PER_DAY / (settings.events() / settings.days() + 2);
            this.day = day;
            this.people = new Binary[settings.people()];
        }

        void write(Rows rows, long row) {
            boolean isCopy = settings.isDirty() && kept >= 0 && random.nextInt(50) == 0;
            long number = isCopy ? kept : row;
            kept = row;
            // all that makes a request comes of its number, so that its copy is the same
            SplittableRandom own =
                    new SplittableRandom(settings.seed() ^ ((long) day << 40 | number) * 0x9E3779B97F4A7C15L);
            int person = own.nextDouble() < settings.hotShare() ? 0 : own.nextInt(settings.people());
            long input = 200 + (long) Math.exp(own.nextDouble() * 10);
            long output = 20 + own.nextInt(2_000);
            int task = own.nextInt(4);
            rows.text(0, "req-" + day + "-" + Long.toHexString(number * 0x9E3779B97F4A7C15L));
            rows.number(1, midnight + number * step + own.nextLong(step));
            if (!settings.isDirty() || own.nextInt(100) != 0) {
                rows.binary(2, ofPerson(person));
            }
            rows.text(3, SOURCES[person % SOURCES.length]);
            rows.text(4, SURFACES[own.nextInt(SURFACES.length)]);
            rows.text(5, MODELS[own.nextInt(MODELS.length)]);
            rows.text(6, "s-" + person + "-" + day + "-" + own.nextInt(3));
            rows.text(7, INITIATORS[own.nextInt(INITIATORS.length)]);
            rows.integer(8, 1);
            rows.number(9, settings.isDirty() && own.nextInt(200) == 0 ? -1 : input);
            rows.number(10, own.nextInt(20_000));
            rows.number(11, own.nextInt(2_000));
            rows.number(12, output);
            rows.number(13, input * 3 + output * 15);
            rows.number(14, own.nextInt(10) == 0 ? person * 31L : own.nextLong());
            rows.integer(15, 50 + own.nextInt(4_000));
            rows.integer(16, own.nextInt(80));
            rows.integer(17, own.nextInt(40));
            rows.text(18, own.nextInt(40) == 0 ? "error" : "ok");
            rows.text(19, "key-" + person);
            rows.text(20, "repo-" + person % 400);
            rows.text(21, "T-" + person % 5_000 + "-" + task);
        }

        private Binary ofPerson(int id) {
            if (people[id] == null) {
                people[id] = Binary.fromConstantByteArray(person(id).getBytes(StandardCharsets.UTF_8));
            }
            return people[id];
        }
    }

    /** Writes one record. */
    private interface RecordOf<T> {
        void write(Rows rows, T record);
    }

    /** The columns of one record, by number. */
    private static final class Rows {
        private final MessageType schema;
        private final RecordConsumer consumer;

        Rows(MessageType schema, RecordConsumer consumer) {
            this.schema = schema;
            this.consumer = consumer;
        }

        void text(int column, String value) {
            binary(column, Binary.fromString(value));
        }

        void binary(int column, Binary value) {
            String name = schema.getFieldName(column);
            consumer.startField(name, column);
            consumer.addBinary(value);
            consumer.endField(name, column);
        }

        void number(int column, long value) {
            String name = schema.getFieldName(column);
            consumer.startField(name, column);
            consumer.addLong(value);
            consumer.endField(name, column);
        }

        void integer(int column, int value) {
            String name = schema.getFieldName(column);
            consumer.startField(name, column);
            consumer.addInteger(value);
            consumer.endField(name, column);
        }
    }

    private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
        private final MessageType schema;
        private final RecordOf<T> record;

        Builder(Path file, MessageType schema, RecordOf<T> record) {
            super(new org.apache.hadoop.fs.Path(file.toUri()));
            this.schema = schema;
            this.record = record;
            withCompressionCodec(CompressionCodecName.ZSTD);
            withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
        }

        @Override
        protected Builder<T> self() {
            return this;
        }

        @Override
        protected WriteSupport<T> getWriteSupport(Configuration configuration) {
            return new WriteSupport<>() {
                private Rows rows;
                private RecordConsumer records;

                @Override
                public WriteContext init(Configuration ignored) {
                    return new WriteContext(schema, Map.of());
                }

                @Override
                public void prepareForWrite(RecordConsumer consumer) {
                    records = consumer;
                    rows = new Rows(schema, consumer);
                }

                @Override
                public void write(T value) {
                    records.startMessage();
                    record.write(rows, value);
                    records.endMessage();
                }
            };
        }
    }
}
