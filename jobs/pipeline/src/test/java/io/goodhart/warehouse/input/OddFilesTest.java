package io.goodhart.warehouse.input;

import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure.OffContract;
import io.goodhart.failures.Failure.PoorData;
import io.goodhart.jobs.LandedDays;
import io.goodhart.jobs.LandingStep;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools write them, and files that broke: what a night's landing makes of them, and {@code check}. */
class OddFilesTest {
    private static final NavigableSet<LocalDate> DAYS = new TreeSet<>(List.of(Rows.DAY));
    private static final LocalDate EMPTY_DAY = Rows.DAY.minusDays(1);
    private static final LocalDate LEAP_DAY = LocalDate.parse("2028-02-29");
    private static final String ODD_NAME = "part [1] {a,b}*? 100% é";
    private static final String ODD_PERSON = "Ωμέγα-雪-🦊";

    /** The last of the day: rounded up it would be the next day's. */
    private static final long LAST_NANOS = Rows.DAY.plusDays(1).toEpochDay() * OddParquet.NANOS_A_DAY - 1;

    /** So that each test is about its files: of these, any number may be broken inside. */
    private static final double ANY_SHARE = 1;

    @TempDir
    private static Path shared;

    private static Warehouse warehouse;
    private static CheckedInput odd;
    private static List<Row> personDays;
    private static List<String> dayCounts;
    private static List<String> brokenRules;

    @TempDir
    private Path folder;

    private TestInput input;
    private Path day;

    @BeforeAll
    static void landFilesOfAllForms() throws IOException {
        TestInput input = TestInput.in(shared.resolve("input"))
                .add(person("p1"), usageEvent().by(ODD_PERSON).at(LEAP_DAY + "T23:59:59Z"));
        Path day = dayFolder(input, Rows.DAY);
        Stream.of(
                        OddParquet.usage("plain"),
                        OddParquet.usage("int32").column("required int32 input_tokens", 32),
                        OddParquet.usage("int16").column("required int32 input_tokens (INTEGER(16,true))", 16),
                        OddParquet.usage("int8").column("optional int32 requests (INTEGER(8,true))", 2),
                        OddParquet.usage("millis")
                                .column("required int64 event_time (TIMESTAMP(MILLIS,true))", LAST_NANOS / 1_000_000),
                        OddParquet.usage("nanos")
                                .column("required int64 event_time (TIMESTAMP(NANOS,true))", LAST_NANOS),
                        OddParquet.usage("int96").column("required int96 event_time", int96(LAST_NANOS)),
                        OddParquet.usage("double").column("optional double cost_usd", 0.1234565),
                        OddParquet.usage("cents").column("optional int32 cost_usd (DECIMAL(9,2))", 150),
                        OddParquet.usage("whole").column("optional int64 cost_usd (DECIMAL(18,6))", 1L),
                        OddParquet.usage("enum").column("required binary model (ENUM)", "m2"),
                        OddParquet.usage("extra").column("optional binary colour (STRING)", "red"),
                        OddParquet.usage("case").column("optional binary STATUS (STRING)", "error"),
                        OddParquet.usage(ODD_NAME),
                        OddParquet.usage("nan").column("optional double cost_usd", Double.NaN),
                        OddParquet.usage("much").column("optional double cost_usd", 1e13))
                .forEach(form -> form.writeInto(day, 1));
        OddParquet.usage("none").writeInto(dayFolder(input, EMPTY_DAY), 0);

        Input listed = Input.open(TestSession.spark(), input.root(), LEAP_DAY);
        odd = listed.check(listed.days());
        warehouse = TestWarehouse.in(shared.resolve("warehouse"));
        personDays = LandedDays.of(listed, warehouse, listed.days(), ANY_SHARE).collectAsList();
        dayCounts = warehouse
                .read(DayCounts.CONTRACT)
                .orderBy(DayCounts.EVENT_DATE.col())
                .select(DayCounts.CONTRACT.cols())
                .drop(DayCounts.TABLE.name(), DayCounts.FINGERPRINT.name(), DayCounts.RUN_ID.name())
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
        brokenRules = warehouse.read(Rejects.CONTRACT).select(Rejects.RULE.col()).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @BeforeEach
    void people() throws IOException {
        input = TestInput.in(folder).add(person("p1"));
        day = dayFolder(input, Rows.DAY);
    }

    @Test
    void everyFormThatTheContractTakesIsReadTrue() {
        assertThat(landed("plain")).isEqualTo("requests 1, tokens 100, hour 12, USD null, failed null, model m1");
        assertThat(landed("int32")).isEqualTo("requests 1, tokens 32, hour 12, USD null, failed null, model m1");
        assertThat(landed("int16")).isEqualTo("requests 1, tokens 16, hour 12, USD null, failed null, model m1");
        assertThat(landed("int8")).isEqualTo("requests 2, tokens 100, hour 12, USD null, failed null, model m1");
        assertThat(landed("millis")).isEqualTo("requests 1, tokens 100, hour 23, USD null, failed null, model m1");
        assertThat(landed("nanos")).isEqualTo("requests 1, tokens 100, hour 23, USD null, failed null, model m1");
        assertThat(landed("int96")).isEqualTo("requests 1, tokens 100, hour 23, USD null, failed null, model m1");
        assertThat(landed("double")).isEqualTo("requests 1, tokens 100, hour 12, USD 0.123457, failed null, model m1");
        assertThat(landed("cents")).isEqualTo("requests 1, tokens 100, hour 12, USD 1.500000, failed null, model m1");
        assertThat(landed("whole")).isEqualTo("requests 1, tokens 100, hour 12, USD 0.000001, failed null, model m1");
        assertThat(landed("enum")).isEqualTo("requests 1, tokens 100, hour 12, USD null, failed null, model m2");
        assertThat(landed("extra")).isEqualTo("requests 1, tokens 100, hour 12, USD null, failed null, model m1");
        assertThat(landed("case")).isEqualTo("requests 1, tokens 100, hour 12, USD null, failed null, model m1");
        assertThat(odd.extraColumns(UsageEvents.CONTRACT)).containsExactly("STATUS", "colour");
    }

    @Test
    void checkCountsWhatALandingCounts() {
        Set<LocalDate> days = Set.of(EMPTY_DAY, Rows.DAY, LEAP_DAY);
        try (EventRows rows = odd.inspect(UsageEvents.CONTRACT, days)) {
            assertThat(rows.dayCounts())
                    .containsExactly(
                            new DayCount(EMPTY_DAY, 0, 0, 0, 0, 0, 0),
                            new DayCount(Rows.DAY, 16, 2, 0, 0, 14, 0),
                            new DayCount(LEAP_DAY, 1, 0, 0, 0, 1, 0));
        }
        assertThat(dayCounts)
                .containsExactly(
                        "[" + EMPTY_DAY + ",0,0,0,0,0,0,0]",
                        "[" + Rows.DAY + ",16,2,0,0,0,14,0]",
                        "[" + LEAP_DAY + ",1,0,0,0,0,1,0]");
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
        for (ThrowingCallable reading : readings(checked)) {
            assertThatThrownBy(reading)
                    .isInstanceOf(OffContract.class)
                    .hasMessageContaining("event_date=2026-05-04/flipped.parquet: cannot be read to its end")
                    .hasMessageContaining("CRC");
        }
    }

    @Test
    void aFileThatVanishesIsAnErrorThatNamesIt() throws IOException {
        Path file = write("gone", OddParquet.usage("e1"));
        CheckedInput checked = check();
        Files.delete(file);

        for (ThrowingCallable reading : readings(checked)) {
            assertThatThrownBy(reading).isInstanceOf(OffContract.class).hasMessageContaining("gone.parquet");
        }
    }

    @Test
    void rowsThatComeWhileTheyAreReadDoNotReconcile() throws IOException {
        Path file = write("late", OddParquet.usage("e1"), 1);
        CheckedInput checked = check();
        Files.delete(file);
        write("late", OddParquet.usage("e1"), 3);

        assertThatThrownBy(() -> land(checked))
                .isInstanceOf(PoorData.class)
                .hasMessageContaining("usage_events of 2026-05-04: 1 rows in the footers, but 0 rejected"
                        + " + 0 out of window + 2 duplicate + 0 unmapped + 1 used");
    }

    @Test
    void aFileMayBeCalledAnything() {
        assertThat(landed(ODD_NAME)).startsWith("requests 1, tokens 100,");
    }

    @Test
    void moneyThatIsNoNumberIsRejected() {
        assertThat(brokenRules).containsExactly("cost_usd.fits", "cost_usd.fits");
    }

    @Test
    void aFileWithoutRowsIsADayWithoutRows() {
        assertThat(dayCounts).startsWith("[" + EMPTY_DAY + ",0,0,0,0,0,0,0]");
        assertThat(personDays)
                .extracting(row -> row.getAs(PersonDays.EVENT_DATE.name()).toString())
                .containsOnly(Rows.DAY.toString(), LEAP_DAY.toString());
    }

    @Test
    void idsMayBeInAnyScriptAndADayALeapDay() {
        assertThat(landed(ODD_PERSON)).startsWith("requests 1, tokens 100, hour 23,");
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

    /** All that reads rows of events: a night's landing and {@code check}, each in its own way. */
    private static List<ThrowingCallable> readings(CheckedInput checked) {
        return List.of(() -> land(checked), () -> checked.inspect(UsageEvents.CONTRACT, DAYS));
    }

    private static void land(CheckedInput checked) {
        LandingStep.of(TestSession.spark(), warehouse, checked, ANY_SHARE, "run-1")
                .rebuild(DAYS);
    }

    private static Path dayFolder(TestInput input, LocalDate day) throws IOException {
        return Files.createDirectories(input.folder(UsageEvents.CONTRACT, day.toString()));
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

    /** Returns what is known of the only day of a person, who made all their requests in one hour with one model. */
    private static String landed(String personId) {
        List<Row> theirs = personDays.stream()
                .filter(row -> row.getAs(PersonDays.PERSON_ID.name()).equals(personId))
                .toList();
        assertThat(theirs).as(personId).hasSize(1);
        Row row = theirs.get(0);
        return "requests %s, tokens %s, hour %s, USD %s, failed %s, model %s"
                .formatted(
                        row.getAs(PersonDays.REQUESTS.name()),
                        row.getAs(PersonDays.INPUT_TOKENS.name()),
                        Long.numberOfTrailingZeros(row.getAs(PersonDays.ACTIVE_HOURS.name())),
                        row.getAs(PersonDays.COST_USD.name()),
                        row.getAs(PersonDays.FAILED_REQUESTS.name()),
                        row.<Row>getList(row.fieldIndex(PersonDays.MODELS.name()))
                                .get(0)
                                .getString(0));
    }

    private static Binary int96(long nanos) {
        long nanosOfDay = Math.floorMod(nanos, OddParquet.NANOS_A_DAY);
        int julianDay = (int) (Math.floorDiv(nanos, OddParquet.NANOS_A_DAY) + 2_440_588);
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
