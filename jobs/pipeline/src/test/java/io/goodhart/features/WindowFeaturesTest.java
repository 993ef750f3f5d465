package io.goodhart.features;

import static io.goodhart.testing.Rows.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.goodhart.tables.Absences;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Three engineers and two designers over twelve weeks; d1 came two weeks ago, d2 a day later. The models' tiers are listed. */
class WindowFeaturesTest {
    private static final LocalDate RUN_DATE = LocalDate.parse("2026-05-31");
    private static final FeatureSettings SETTINGS =
            new FeatureSettings(28, 56, 14, Map.of("pull_request_merged", 3.0, "commit", 1.0));
    private static final int SHARED = FeatureSet.names().indexOf("shared_prompt_share");
    private static final List<TestRow> DAYS = Stream.of("e1", "e2", "e3", "d1", "d2")
            .flatMap(id -> days(id, new Random(id.hashCode())).stream())
            .toList();
    private static final List<TestRow> ABSENCES = List.of(absence("e3", "2026-05-04", "2026-05-17", "leave"));
    private static final Map<String, Row> WINDOWS = windows(DAYS, 1);

    @Test
    void neitherTheOrderNorThePartitionsOfDaysMatter() {
        List<TestRow> shuffled = new ArrayList<>(DAYS);
        Collections.shuffle(shuffled, new Random(7));

        assertThat(text(windows(shuffled, 7))).isEqualTo(text(WINDOWS));
    }

    @Test
    void aPersonsRawFeaturesIgnoreEverybodyElsesButForSharedPrompts() {
        Row alone = windows(
                        DAYS.stream()
                                .filter(day -> day.value(PersonDays.PERSON_ID).equals("e1"))
                                .toList(),
                        2)
                .get("e1");
        Row among = WINDOWS.get("e1");

        for (int i = 0; i < FeatureSet.DIRECTED.size(); i++) {
            if (i != SHARED) {
                assertThat(entry(alone, i).get(1))
                        .as(FeatureSet.names().get(i))
                        .isEqualTo(entry(among, i).get(1));
                assertThat(entry(alone, i).get(3))
                        .as(FeatureSet.names().get(i))
                        .isEqualTo(entry(among, i).get(3));
            }
        }
        assertThat(entry(alone, SHARED).getDouble(1)).isZero();
        assertThat(entry(among, SHARED).getDouble(1)).isPositive();
    }

    @Test
    void everyFeatureIsThereOnceInTheOrderOfTheVector() {
        assertThat(WINDOWS).containsOnlyKeys("e1", "e2", "e3", "d1", "d2");
        assertThat(WINDOWS.values())
                .allSatisfy(window -> assertThat(window.<Row>getList(window.fieldIndex(PersonWindows.FEATURES.name())))
                        .extracting(entry -> entry.getString(0))
                        .containsExactlyElementsOf(FeatureSet.names()));
    }

    @Test
    void whoWasObservedForTooFewDaysIsNotJudgedAndIsNobodysPeer() {
        assertThat(WINDOWS.get("d2").<Integer>getAs(PersonWindows.OBSERVED_DAYS.name()))
                .isEqualTo(13);
        assertThat(WINDOWS.get("d2").<String>getAs(PersonWindows.INSUFFICIENT.name()))
                .isEqualTo(WindowFeatures.TOO_FEW_DAYS);
        assertThat(WINDOWS.get("d1").<Integer>getAs(PersonWindows.OBSERVED_DAYS.name()))
                .isEqualTo(14);
        assertThat(WINDOWS.get("d1").<String>getAs(PersonWindows.INSUFFICIENT.name()))
                .isNull();
        assertThat(entry(WINDOWS.get("d2"), 0).get(3)).as("own earlier weeks").isNull();
    }

    /** With c people of a role, the role weighs c / (c + 20); values are cut by less than half a per cent. */
    @Test
    void fewPeersAreShrunkToTheWholePopulation() {
        int nights = FeatureSet.names().indexOf("night_share");
        double engineers = median("e1", "e2", "e3", nights);
        double all = IntStream.of(0, 1, 2, 3)
                .mapToDouble(i -> entry(
                                WINDOWS.get(List.of("e1", "e2", "e3", "d1").get(i)), nights)
                        .getDouble(1))
                .sorted()
                .skip(1)
                .limit(2)
                .average()
                .orElseThrow();

        assertThat(entry(WINDOWS.get("e1"), nights).getDouble(2))
                .isCloseTo(3 / 23.0 * engineers + 20 / 23.0 * all, within(0.005 * all));
        double designer = entry(WINDOWS.get("d1"), nights).getDouble(1);
        assertThat(entry(WINDOWS.get("d1"), nights).getDouble(2))
                .isCloseTo(1 / 21.0 * designer + 20 / 21.0 * all, within(0.005 * all));
    }

    private static double median(String one, String two, String three, int feature) {
        return Stream.of(one, two, three)
                .map(id -> entry(WINDOWS.get(id), feature).getDouble(1))
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    private static Row entry(Row window, int feature) {
        return window.<Row>getList(window.fieldIndex(PersonWindows.FEATURES.name()))
                .get(feature);
    }

    private static List<String> text(Map<String, Row> windows) {
        return windows.values().stream().map(Row::toString).sorted().toList();
    }

    private static Map<String, Row> windows(List<TestRow> days, int partitions) {
        Dataset<Row> people = Rows.dataset(
                person("e1"),
                person("e2"),
                person("e3"),
                person("d1").with(People.ROLE, "designer").with(People.START_DATE, "2026-05-18"),
                person("d2").with(People.ROLE, "designer").with(People.START_DATE, "2026-05-19"));
        TestRow board = Rows.of(PolicyEvents.CONTRACT)
                .with(PolicyEvents.SCOPE, "company")
                .with(PolicyEvents.METRIC, "total_tokens")
                .with(PolicyEvents.PERIOD, "week")
                .with(PolicyEvents.SNAPSHOT_DAY, 5)
                .with(PolicyEvents.EFFECTIVE_FROM, "2026-01-01");
        TestRow price = Rows.of(ModelPrices.CONTRACT).with(ModelPrices.VALID_FROM, "2026-01-01");
        try (WindowFeatures features = new WindowFeatures(
                PackedWeeks.of(Rows.dataset(days).repartition(partitions)),
                people,
                Rows.dataset(ABSENCES),
                Rows.dataset(board),
                Rows.dataset(
                        price.with(ModelPrices.MODEL, "opus").with(ModelPrices.TIER, "premium"),
                        price.with(ModelPrices.MODEL, "haiku").with(ModelPrices.TIER, "small")),
                List.of(),
                RUN_DATE.minusDays(83),
                RUN_DATE,
                SETTINGS)) {
            return features.endingOn(List.of(RUN_DATE), true).collectAsList().stream()
                    .collect(Collectors.toMap(row -> row.getAs(PersonWindows.PERSON_ID.name()), row -> row));
        }
    }

    private static TestRow absence(String id, String from, String to, String kind) {
        return Rows.of(Absences.CONTRACT)
                .by(id)
                .with(Absences.FROM_DATE, from)
                .with(Absences.TO_DATE, to)
                .with(Absences.KIND, kind);
    }

    private static List<TestRow> days(String id, Random random) {
        LocalDate first = id.equals("d2") ? RUN_DATE.minusDays(2) : RUN_DATE.minusDays(83);
        return first.datesUntil(RUN_DATE.plusDays(1))
                .filter(date -> id.equals("d2") || random.nextInt(4) > 0)
                .map(date -> day(id, date.toString(), 20 + random.nextInt(30), random))
                .toList();
    }

    private static TestRow day(String id, String date, long requests, Random random) {
        return Days.day(date)
                .by(id)
                .with(PersonDays.REQUESTS, requests)
                .with(PersonDays.SESSIONS, 1L + random.nextInt(5))
                .with(PersonDays.INPUT_TOKENS, requests * random.nextInt(9_000))
                .with(PersonDays.OUTPUT_TOKENS, requests * random.nextInt(900))
                .with(PersonDays.TOTAL_TOKENS, requests * random.nextInt(10_000))
                .with(PersonDays.NIGHT_REQUESTS, (long) random.nextInt(20))
                .with(PersonDays.ACTIVE_HOURS, Days.hours(9, 12, 20 + random.nextInt(4), 15))
                .with(PersonDays.MINUTE_REQUESTS, Days.minutes(requests / 2, random.nextInt(60)))
                .with(PersonDays.MODELS, List.of(Days.use("haiku", requests / 2, 1), Days.use("opus", requests / 2, 3)))
                .with(PersonDays.PROMPT_SAMPLE_HASHES, List.of((long) random.nextInt(20), 100L + id.hashCode()))
                .with(PersonDays.COMMITS, (long) random.nextInt(3))
                .with(PersonDays.MERGED, (long) random.nextInt(2));
    }
}
