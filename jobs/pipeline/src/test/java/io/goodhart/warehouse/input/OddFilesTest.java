package io.goodhart.warehouse.input;

import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.apache.spark.sql.functions.unix_micros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.OffContract;
import io.goodhart.failures.Failure.PoorData;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools write them, and files that broke. */
class OddFilesTest {
    private static final Set<LocalDate> DAYS = Set.of(Rows.DAY);
    private static final long NOON_NANOS = OddParquet.NOON_MICROS * 1_000 + 789;

    @TempDir
    Path folder;

    private TestInput input;
    private Path day;

    @BeforeEach
    void people() throws IOException {
        input = TestInput.in(folder).add(person("p1"));
        day = Files.createDirectories(input.folder(UsageEvents.CONTRACT, Rows.DAY.toString()));
    }

    @Test
    void everyFormThatTheContractTakesIsReadTrue() {
        write("plain", OddParquet.usage("plain"));
        write("int32", OddParquet.usage("int32").column("required int32 input_tokens", 100));
        write("int16", OddParquet.usage("int16").column("required int32 input_tokens (INTEGER(16,true))", 100));
        write("int8", OddParquet.usage("int8").column("optional int32 requests (INTEGER(8,true))", 2));
        write(
                "millis",
                OddParquet.usage("millis")
                        .column("required int64 event_time (TIMESTAMP(MILLIS,true))", OddParquet.NOON_MICROS / 1_000));
        write(
                "nanos",
                OddParquet.usage("nanos").column("required int64 event_time (TIMESTAMP(NANOS,true))", NOON_NANOS));
        write("int96", OddParquet.usage("int96").column("required int96 event_time", int96(NOON_NANOS)));
        write("double", OddParquet.usage("double").column("optional double cost_usd", 0.1234565));
        write("cents", OddParquet.usage("cents").column("optional int32 cost_usd (DECIMAL(9,2))", 150));
        write("whole", OddParquet.usage("whole").column("optional int64 cost_usd (DECIMAL(18,6))", 1L));
        write("enum", OddParquet.usage("enum").column("optional binary surface (ENUM)", "ide"));
        write("extra", OddParquet.usage("extra").column("optional binary colour (STRING)", "red"));
        write("case", OddParquet.usage("case").column("optional binary SURFACE (STRING)", "ide"));

        CheckedInput checked = check();
        try (EventRows rows = checked.events(UsageEvents.CONTRACT, DAYS, 0)) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 13, 0, 0, 0, 13, 0));
            assertThat(checked.extraColumns(UsageEvents.CONTRACT)).containsExactly("SURFACE", "colour");
            assertThat(told(rows, "int32")).isEqualTo("100 null 1777896000123456 null null");
            assertThat(told(rows, "int16")).isEqualTo("100 null 1777896000123456 null null");
            assertThat(told(rows, "int8")).isEqualTo("100 2 1777896000123456 null null");
            assertThat(told(rows, "millis")).isEqualTo("100 null 1777896000123000 null null");
            assertThat(told(rows, "nanos")).isEqualTo("100 null 1777896000123456 null null");
            assertThat(told(rows, "int96")).isEqualTo("100 null 1777896000123456 null null");
            assertThat(told(rows, "double")).isEqualTo("100 null 1777896000123456 0.123457 null");
            assertThat(told(rows, "cents")).isEqualTo("100 null 1777896000123456 1.500000 null");
            assertThat(told(rows, "whole")).isEqualTo("100 null 1777896000123456 0.000001 null");
            assertThat(told(rows, "enum")).isEqualTo("100 null 1777896000123456 null ide");
            assertThat(told(rows, "case")).isEqualTo("100 null 1777896000123456 null null");
        }
    }

    @Test
    void everyOtherFormIsRefusedNamingFileColumnExpectedAndFound() {
        write("a", OddParquet.usage("a").column("required int64 input_tokens (INTEGER(64,false))", 1L));
        write("b", OddParquet.usage("b").column("required int32 input_tokens (INTEGER(32,false))", 1));
        write("c", OddParquet.usage("c").column("required int64 event_time (TIMESTAMP(MICROS,false))", 1L));
        write("d", OddParquet.usage("d").column("required int64 event_time", 1L));
        write("e", OddParquet.usage("e").column("optional int64 requests", 1L));
        write("f", OddParquet.usage("f").column("required double output_tokens", 1.0));
        write("g", OddParquet.usage("g").column("required binary model", "m1"));
        write("h", OddParquet.usage("h").column("optional float cost_usd", 1f));
        write("i", OddParquet.usage("i").column("optional int64 cost_usd (DECIMAL(18,8))", 1L));
        write("j", OddParquet.usage("j").column("repeated binary source (STRING)", "cursor"));
        write("k", OddParquet.usage("k").without("model"));
        write("l", OddParquet.usage("l").without("person_id").column("optional binary Person_ID (STRING)", "p1"));
        write("m", OddParquet.usage("m").column("optional binary MODEL (STRING)", "m1"));
        write("n", OddParquet.usage("n"));

        String file = "usage_events/event_date=2026-05-04/%s.parquet: column ";
        assertThatThrownBy(this::check)
                .isInstanceOf(OffContract.class)
                .hasMessageContainingAll(
                        file.formatted("a")
                                + "input_tokens: expected int64 or narrower, signed, found int64 (unsigned 64-bit)",
                        file.formatted("b")
                                + "input_tokens: expected int64 or narrower, signed, found int32 (unsigned 32-bit)",
                        file.formatted("c") + "event_time: expected timestamp adjusted to UTC (millis, micros or nanos)"
                                + " or int96, found int64 (timestamp not adjusted to UTC)",
                        file.formatted("d") + "event_time",
                        file.formatted("e") + "requests: expected int32 or narrower, signed, found int64",
                        file.formatted("f") + "output_tokens",
                        file.formatted("g") + "model: expected string, found binary",
                        file.formatted("h") + "cost_usd: expected decimal(18,6) or smaller, or double, found float",
                        file.formatted("i") + "cost_usd",
                        file.formatted("j") + "source: expected string, found repeated binary",
                        file.formatted("k") + "model: expected string, found no such column",
                        file.formatted("l") + "person_id: expected string, found no such column but Person_ID",
                        file.formatted("m") + "model: expected string, found it 2 times, in upper and lower case")
                .hasMessageNotContaining("n.parquet")
                .extracting(failure -> ((OffContract) failure).exitCode().code())
                .isEqualTo(5);
    }

    @Test
    void filesThatAreNotParquetAreNamed() throws IOException {
        Path whole = write("whole", OddParquet.usage("e1"), 1_000);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(day.resolve("half.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(day.resolve("nothing.parquet"), new byte[0]);
        Files.writeString(day.resolve("text.parquet"), "event_id,event_time\n1,2\n");

        assertThatThrownBy(this::check)
                .isInstanceOf(OffContract.class)
                .hasMessageContainingAll(
                        "event_date=2026-05-04/half.parquet: cannot be read as Parquet",
                        "event_date=2026-05-04/nothing.parquet: cannot be read as Parquet",
                        "event_date=2026-05-04/text.parquet: cannot be read as Parquet")
                .hasMessageNotContaining("whole.parquet");
    }

    @Test
    void ofManyProblemsTheFirstAreNamedAndTheRestCounted() throws IOException {
        for (int i = 10; i < 35; i++) {
            Files.write(day.resolve(i + ".parquet"), new byte[0]);
        }

        assertThatThrownBy(this::check)
                .hasMessageContaining("/29.parquet")
                .hasMessageNotContaining("/30.parquet")
                .hasMessageContaining("and 5 more");
    }

    @Test
    void aFlippedByteIsAnErrorThatNamesTheFile() throws IOException {
        Path file = write("flipped", OddParquet.usage("e1"), 1_000);
        byte[] bytes = Files.readAllBytes(file);
        int value = indexOf(bytes, "cursor".getBytes(StandardCharsets.UTF_8));
        bytes[value] ^= 1;
        rewrite(file, bytes);

        CheckedInput checked = check();
        assertThatThrownBy(() -> checked.events(UsageEvents.CONTRACT, DAYS, 1))
                .isInstanceOf(OffContract.class)
                .hasMessageContaining("event_date=2026-05-04/flipped.parquet: cannot be read to its end")
                .hasMessageContaining("CRC");
    }

    @Test
    void aFileThatVanishesIsAnErrorThatNamesIt() throws IOException {
        Path file = write("gone", OddParquet.usage("e1"));
        CheckedInput checked = check();
        Files.delete(file);

        assertThatThrownBy(() -> checked.events(UsageEvents.CONTRACT, DAYS, 1))
                .isInstanceOf(OffContract.class)
                .hasMessageContaining("gone.parquet");
    }

    @Test
    void rowsThatComeWhileTheyAreReadDoNotReconcile() throws IOException {
        Path file = write("late", OddParquet.usage("e1"), 1);
        CheckedInput checked = check();
        Files.delete(file);
        write("late", OddParquet.usage("e1"), 3);

        assertThatThrownBy(() -> checked.events(UsageEvents.CONTRACT, DAYS, 1))
                .isInstanceOf(PoorData.class)
                .hasMessageContaining("usage_events of 2026-05-04: 1 rows in the footers, but 0 rejected"
                        + " + 0 out of window + 2 duplicate + 0 unmapped + 1 used");
    }

    @Test
    void aFileMayBeCalledAnything() {
        write("part [1] {a,b}*? 100% é", OddParquet.usage("e1"));

        try (EventRows rows = check().events(UsageEvents.CONTRACT, DAYS, 0)) {
            assertThat(rows.used().count()).isEqualTo(1);
        }
    }

    @Test
    void moneyThatIsNoNumberIsRejected() {
        write("nan", OddParquet.usage("nan").column("optional double cost_usd", Double.NaN));
        write("much", OddParquet.usage("much").column("optional double cost_usd", 1e13));

        try (EventRows rows = check().events(UsageEvents.CONTRACT, DAYS, 1)) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 2, 2, 0, 0, 0, 0));
            assertThat(rows.rejects("run-1").select(Rejects.RULE.col()).distinct().collectAsList().stream()
                            .map(row -> row.getString(0)))
                    .containsExactly("cost_usd.fits");
        }
    }

    @Test
    void aFileWithoutRowsIsADayWithoutRows() {
        write("empty", OddParquet.usage("none"), 0);

        try (EventRows rows = check().events(UsageEvents.CONTRACT, DAYS, 0)) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 0, 0, 0, 0, 0, 0));
            assertThat(rows.used().count()).isZero();
        }
    }

    @Test
    void idsMayBeInAnyScriptAndADayALeapDay() {
        input.add(usageEvent().by("Ωμέγα-雪-🦊").at("2028-02-29T23:59:59Z"));
        Set<LocalDate> leapDay = Set.of(LocalDate.parse("2028-02-29"));

        try (EventRows rows = Input.open(TestSession.spark(), input.root(), LocalDate.parse("2028-03-01"))
                .check(leapDay)
                .events(UsageEvents.CONTRACT, leapDay, 0)) {
            assertThat(rows.used().select(UsageEvents.PERSON_ID.col()).first().getString(0))
                    .isEqualTo("Ωμέγα-雪-🦊");
        }
    }

    @Test
    void aFileReplacedBesideAnOldChecksumIsToldAsThat() throws IOException {
        Path file = write("a", OddParquet.usage("a"));
        byte[] other = Files.readAllBytes(write("b", OddParquet.usage("another")));
        Files.write(file, other);

        assertThatThrownBy(this::check)
                .isInstanceOf(OffContract.class)
                .hasMessageContaining("a.parquet: cannot be read")
                .hasMessageContaining("remove the .crc");
    }

    private CheckedInput check() {
        return Input.open(TestSession.spark(), input.root(), Rows.DAY).check(DAYS);
    }

    private Path write(String name, OddParquet rows) {
        return write(name, rows, 1);
    }

    private Path write(String name, OddParquet rows, int times) {
        return rows.write(day.resolve(name + ".parquet"), times);
    }

    /** Writes bytes without the checksum file that Hadoop's local file system keeps: an object store has none either. */
    private static void rewrite(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    }

    private static String told(EventRows rows, String eventId) {
        Row row = rows.used()
                .filter(UsageEvents.EVENT_ID.col().equalTo(eventId))
                .select(
                        UsageEvents.INPUT_TOKENS.col(),
                        UsageEvents.REQUESTS.col(),
                        unix_micros(UsageEvents.EVENT_TIME.col()),
                        UsageEvents.COST_USD.col(),
                        UsageEvents.SURFACE.col())
                .first();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.get(i) instanceof BigDecimal money ? money.toPlainString() : String.valueOf(row.get(i)));
        }
        return String.join(" ", values);
    }

    private static Binary int96(long nanos) {
        long nanosOfDay = Math.floorMod(nanos, 86_400_000_000_000L);
        int julianDay = (int) (Math.floorDiv(nanos, 86_400_000_000_000L) + 2_440_588);
        return Binary.fromConstantByteArray(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanosOfDay)
                .putInt(julianDay)
                .array());
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int start = 0; start <= bytes.length - wanted.length; start++) {
            if (Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        throw new AssertionError("not in the file");
    }
}
