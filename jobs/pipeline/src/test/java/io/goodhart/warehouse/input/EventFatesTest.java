package io.goodhart.warehouse.input;

import static io.goodhart.testing.Rows.agentAction;
import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageDay;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFatesTest {
    @TempDir
    Path folder;

    @Test
    void aRowThatBreaksARuleIsRejectedUnderItsName() {
        assertRejected(
                broken(usageEvent(), UsageEvents.EVENT_ID, null, "event_id.not_null"),
                broken(usageEvent(), UsageEvents.EVENT_ID, " ", "event_id.not_blank"),
                broken(usageEvent(), UsageEvents.EVENT_ID, " \t\n", "event_id.not_blank"),
                broken(usageEvent(), UsageEvents.EVENT_TIME, null, "event_time.not_null"),
                broken(usageEvent(), UsageEvents.EVENT_TIME, "2026-05-03T23:59:59.999999Z", "event_time.within_day"),
                broken(usageEvent(), UsageEvents.EVENT_TIME, "2026-05-05T00:00:00Z", "event_time.within_day"),
                broken(usageEvent(), UsageEvents.SOURCE, "", "source.not_blank"),
                broken(usageEvent(), UsageEvents.MODEL, null, "model.not_null"),
                broken(usageEvent(), UsageEvents.REQUESTS, -1, "requests.between"),
                broken(usageEvent(), UsageEvents.INPUT_TOKENS, null, "input_tokens.not_null"),
                broken(usageEvent(), UsageEvents.INPUT_TOKENS, -1L, "input_tokens.between"),
                broken(usageEvent(), UsageEvents.INPUT_TOKENS, 1_000_000_001L, "input_tokens.between"),
                broken(usageEvent(), UsageEvents.CACHE_READ_TOKENS, -1L, "cache_read_tokens.between"),
                // As large as can be: adding it up would overflow.
                broken(usageEvent(), UsageEvents.OUTPUT_TOKENS, Long.MAX_VALUE, "output_tokens.between"),
                broken(usageEvent(), UsageEvents.COST_USD, new BigDecimal("-0.000001"), "cost_usd.between"),
                broken(usageEvent(), UsageEvents.COST_USD, new BigDecimal("1000000.000001"), "cost_usd.between"),
                broken(usageEvent(), UsageEvents.LINES_ACCEPTED, -1, "lines_accepted.not_negative"));
    }

    @Test
    void soIsOneOfADailyTool() {
        assertRejected(
                broken(usageDay(), UsageDaily.SESSIONS, -1, "sessions.not_negative"),
                broken(usageDay(), UsageDaily.MODEL, " ", "model.not_blank"));
    }

    @Test
    void soIsAnOutcome() {
        assertRejected(
                broken(outcome(), ProductivityEvents.KIND, "coffee", "kind.one_of"),
                broken(outcome(), ProductivityEvents.KIND, null, "kind.not_null"));
    }

    @Test
    void soIsAnAction() {
        assertRejected(broken(agentAction(), AgentActions.APPROVAL, "HUMAN_BEFORE", "approval.one_of"));
    }

    @Test
    void theEdgesOfTheRulesAreSound() {
        TestRow first = usageEvent().at("2026-05-04T00:00:00Z").with(UsageEvents.INPUT_TOKENS, 0L);
        TestRow last = usageEvent().at("2026-05-04T23:59:59.999999Z").with(UsageEvents.INPUT_TOKENS, 1_000_000_000L);

        try (EventRows rows = read(first, last)) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 2, 0, 0, 0, 2, 0));
            assertThat(rows.used().schema().fieldNames())
                    .isEqualTo(UsageEvents.CONTRACT.schema().fieldNames());
        }
    }

    @Test
    void ofTheBrokenRulesTheFirstInTheContractIsNamed() {
        TestRow broken = usageEvent()
                .with(UsageEvents.OUTPUT_TOKENS, -1L)
                .with(UsageEvents.INPUT_TOKENS, -7L)
                .with(UsageEvents.PROMPT_FINGERPRINT, 77L);

        try (EventRows rows = read(broken, usageEvent())) {
            Row reject = rows.rejects("run-1").first();
            assertThat(reject.getString(2)).isEqualTo("input_tokens.between");
            assertThat(reject.getString(3)).isEqualTo("claude_code/" + broken.value(UsageEvents.EVENT_ID));
            assertThat(reject.getJavaMap(4))
                    .containsEntry("input_tokens", -7L)
                    .containsEntry("prompt_chars", null)
                    .doesNotContainKey("prompt_fingerprint");
            assertThat(rows.rejects("run-1").schema().fieldNames())
                    .isEqualTo(Rejects.CONTRACT.schema().fieldNames());
        }
    }

    @Test
    void anUnknownValueOfAnOptionalEnumerationBecomesNullAndIsCounted() {
        TestRow odd = usageEvent()
                .with(UsageEvents.SURFACE, "hologram")
                .with(UsageEvents.STATUS, "OK")
                .with(UsageEvents.INITIATOR, "human");

        try (EventRows rows = read(odd)) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 1, 0, 0, 0, 1, 2));
            Row used = rows.used()
                    .select(UsageEvents.SURFACE.col(), UsageEvents.STATUS.col(), UsageEvents.INITIATOR.col())
                    .first();
            assertThat(used.isNullAt(0)).isTrue();
            assertThat(used.isNullAt(1)).isTrue();
            assertThat(used.getString(2)).isEqualTo("human");
        }
    }

    @Test
    void aBlankPersonIsNobody() {
        try (EventRows rows = read(
                usageEvent().by("  "),
                usageEvent().by("\t"),
                usageEvent().by(null),
                usageEvent().by("\tp1"))) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 4, 0, 0, 3, 1, 0));
        }
    }

    @Test
    void ofOneKeyTheRowWithTheMostTokensStays() {
        TestRow small = usageEvent();
        TestRow large = small.with(UsageEvents.CACHE_READ_TOKENS, 1L).by(null);

        try (EventRows rows = read(small, large)) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 2, 0, 1, 1, 0, 0));
        }
    }

    @Test
    void thenTheOneWithAPerson() {
        TestRow nobody = outcome().by(null);

        try (EventRows rows = read(nobody, nobody.by("p1"), nobody.by(" "))) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 3, 0, 2, 0, 1, 0));
        }
    }

    @Test
    void aRejectedRowIsNobodysDuplicate() {
        TestRow sound = usageEvent();

        try (EventRows rows = read(sound, sound.with(UsageEvents.INPUT_TOKENS, 2_000_000_000L))) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 2, 1, 0, 0, 1, 0));
        }
    }

    @Test
    void theSameKeyOnAnotherDayOrOfAnotherSourceIsAnotherRow() {
        TestRow event = usageEvent();

        try (EventRows rows = read(event, event.on("2026-05-05"), event.from("cursor"))) {
            assertThat(rows.dayCounts())
                    .containsExactly(
                            new DayCount(Rows.DAY, 2, 0, 0, 0, 2, 0),
                            new DayCount(Rows.DAY.plusDays(1), 1, 0, 0, 0, 1, 0));
        }
    }

    @Test
    void ofADailyToolTheKeyIsPersonSurfaceAndModel() {
        TestRow day = usageDay();

        try (EventRows rows = read(
                day,
                day.with(UsageDaily.INPUT_TOKENS, 5L),
                day.with(UsageDaily.SURFACE, "ide"),
                day.by("p2"),
                // Two accounts that nobody has mapped are not each other's copy, however alike.
                day.by(null),
                day.by(null))) {
            assertThat(rows.dayCounts()).containsExactly(new DayCount(Rows.DAY, 6, 0, 1, 2, 3, 0));
        }
    }

    @Test
    void aKeyThatComesAThousandTimesStaysOnce() {
        TestRow hot = usageEvent();
        List<TestRow> rows = new ArrayList<>(Collections.nCopies(1_000, hot));
        rows.add(usageEvent());

        try (EventRows read = read(rows.toArray(TestRow[]::new))) {
            assertThat(read.dayCounts()).containsExactly(new DayCount(Rows.DAY, 1_001, 0, 999, 0, 2, 0));
        }
    }

    /** The law of duplicates, each of 200 seeds on a day of its own, against the plainest way to say it. */
    @Test
    void noOrderOfRowsChangesAFate() {
        List<TestRow> rows = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            rows.addAll(copies(new Random(seed), Rows.DAY.plusDays(seed)));
        }
        List<TestRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(1));

        List<Row> labelled = labelled(Rows.dataset(rows));

        assertThat(labelled(Rows.dataset(shuffled).repartition(7))).isEqualTo(labelled);
        Map<List<Object>, List<TestRow>> byKey = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.value(UsageEvents.EVENT_DATE), row.value(UsageEvents.EVENT_ID))));
        Map<List<Object>, Row> kept = labelled.stream()
                .filter(row -> !row.getAs(Fates.FATE).equals(Fates.DUPLICATE))
                .collect(Collectors.toMap(
                        row -> List.of(row.getDate(row.fieldIndex("event_date")).toLocalDate(), row.getAs("event_id")),
                        row -> row));
        assertThat(kept.keySet()).isEqualTo(byKey.keySet());
        byKey.forEach((key, sameKey) -> {
            long most = sameKey.stream()
                    .mapToLong(EventFatesTest::inputTokens)
                    .max()
                    .orElseThrow();
            boolean anyPerson = sameKey.stream()
                    .anyMatch(row -> inputTokens(row) == most && row.value(UsageEvents.PERSON_ID) != null);
            assertThat(kept.get(key).<Long>getAs("input_tokens")).as("%s", key).isEqualTo(most);
            assertThat(kept.get(key).<String>getAs(Fates.FATE))
                    .as("%s", key)
                    .isEqualTo(anyPerson ? Fates.USED : Fates.UNMAPPED);
        });
    }

    @Test
    void noOrderOfFilesChangesAFate() {
        List<TestRow> rows = copies(new Random(7), Rows.DAY);
        List<TestRow> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(8));

        List<String> once = fates(TestInput.in(folder.resolve("once")).add(rows));
        List<String> again = fates(TestInput.in(folder.resolve("again"))
                .add(UsageEvents.CONTRACT, Rows.dataset(shuffled).repartition(5)));

        assertThat(again).isEqualTo(once);
    }

    /** Rows and copies of them that differ, of which some tie in tokens and person, so that only hash and values decide. */
    private static List<TestRow> copies(Random random, LocalDate day) {
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            TestRow event = usageEvent().on(day.toString());
            rows.add(event);
            IntStream.range(0, random.nextInt(4))
                    .forEach(copy -> rows.add(event.with(UsageEvents.INPUT_TOKENS, 99L + random.nextInt(3))
                            .by(random.nextBoolean() ? "p1" : null)
                            .with(
                                    // Nulls leave a hash as it is: these two collide.
                                    random.nextBoolean() ? UsageEvents.LINES_SUGGESTED : UsageEvents.LINES_ACCEPTED,
                                    random.nextInt(2))));
        }
        return rows;
    }

    private static List<Row> labelled(Dataset<Row> rows) {
        Dataset<Row> read =
                rows.withColumn(InputReader.UNFIT, functions.lit(null).cast("string"));
        Dataset<Row> labelled = Fates.label(UsageEvents.CONTRACT, RowRules.label(UsageEvents.CONTRACT, read));
        return labelled.collectAsList().stream()
                .sorted(Comparator.comparing(Row::toString))
                .toList();
    }

    private static long inputTokens(TestRow row) {
        return (Long) row.value(UsageEvents.INPUT_TOKENS);
    }

    @Test
    void countsAreInTheShapeOfTheirTable() {
        TestInput input = TestInput.in(folder)
                .add(person("p1"), usageEvent(), usageEvent().by(null));
        Input listed = Input.open(TestSession.spark(), input.root(), Rows.DAY);
        try (EventRows rows = listed.check(Set.of(Rows.DAY)).inspect(UsageEvents.CONTRACT, Set.of(Rows.DAY))) {
            Row count = rows.counts("run-1").first();

            assertThat(rows.counts("run-1").schema()).isEqualTo(DayCounts.CONTRACT.schema());
            assertThat(count.<Object>getAs(DayCounts.UNMAPPED.name())).isEqualTo(1L);
            assertThat(count.<Object>getAs(DayCounts.USED.name())).isEqualTo(1L);
            assertThat(count.<Object>getAs(DayCounts.FINGERPRINT.name()))
                    .isEqualTo(listed.fingerprints(UsageEvents.CONTRACT).get(Rows.DAY));
            Row source = rows.sourceCounts().first();
            assertThat(source.getString(1)).isEqualTo("claude_code");
            assertThat(source.getLong(2)).isEqualTo(2);
        }
    }

    private EventRows read(TestRow... rows) {
        return read(TestInput.in(folder).add(rows));
    }

    private static EventRows read(TestInput input) {
        input.add(person("p1"));
        Input listed = Input.open(TestSession.spark(), input.root(), LocalDate.parse("2026-12-31"));
        TableContract table = listed.days(UsageEvents.CONTRACT).isEmpty()
                ? Stream.of(UsageDaily.CONTRACT, ProductivityEvents.CONTRACT, AgentActions.CONTRACT)
                        .filter(listed::holds)
                        .findFirst()
                        .orElseThrow()
                : UsageEvents.CONTRACT;
        return listed.check(listed.days()).inspect(table, listed.days());
    }

    private static List<String> fates(TestInput input) {
        try (EventRows rows = read(input)) {
            return rows.labelled().collectAsList().stream()
                    .map(Row::toString)
                    .sorted()
                    .toList();
        }
    }

    private void assertRejected(Broken... broken) {
        List<TestRow> rows = Stream.of(broken).map(Broken::row).toList();
        try (EventRows read = read(rows.toArray(TestRow[]::new))) {
            assertThat(read.dayCounts())
                    .containsExactly(new DayCount(Rows.DAY, broken.length, broken.length, 0, 0, 0, 0));
            assertThat(read.rejects("run-1").select(Rejects.RULE.col()).collectAsList().stream()
                            .map(rule -> rule.getString(0)))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(broken).map(Broken::rule).toList());
        }
    }

    private static Broken broken(TestRow row, ColumnSpec column, Object value, String rule) {
        return new Broken(row.with(column, value).with(dateOf(row), Rows.DAY), rule);
    }

    private static ColumnSpec dateOf(TestRow row) {
        return row.contract().partition().orElseThrow();
    }

    private record Broken(TestRow row, String rule) {}
}
