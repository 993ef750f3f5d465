package io.goodhart.landing;

import static io.goodhart.testing.Rows.agentAction;
import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageDay;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.jobs.LandedDays;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestWarehouse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LandingTest {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static final String UNICODE = "人-ß\uD83D\uDE00";

    private static final List<TestRow> COMPANY = company(new Random(1));

    @TempDir
    static Path folder;

    private static List<Row> days;
    private static List<String> companyDays;

    @BeforeAll
    static void land() {
        days = landed(cases(), UnaryOperator.identity()).collectAsList();
        companyDays = sorted(landed(COMPANY, events -> events.coalesce(1)).collectAsList());
    }

    @Test
    void noEventsMakeNoDays() {
        assertThat(landed(List.of(), UnaryOperator.identity()).isEmpty()).isTrue();
    }

    @Test
    void rowsHaveTheShapeOfTheContract() {
        Dataset<Row> none = new Landing(Timezones.of(Rows.none(People.CONTRACT)), Rows.none(ModelPrices.CONTRACT))
                .personDays(
                        Rows.none(UsageEvents.CONTRACT),
                        Rows.none(UsageDaily.CONTRACT),
                        Rows.none(ProductivityEvents.CONTRACT),
                        Rows.none(AgentActions.CONTRACT));

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.columns())
                .containsExactly(PersonDays.CONTRACT.columns().stream()
                        .map(ColumnSpec::name)
                        .toArray(String[]::new));
        PersonDays.CONTRACT
                .columns()
                .forEach(column -> assertThat(none.schema().apply(column.name()).dataType())
                        .as(column.name())
                        .isEqualTo(column.type()));
    }

    @Test
    void aRowIsAPersonsUtcDayWithASource() {
        assertThat(days.stream()
                        .filter(day -> List.of("day1", "day2").contains(value(day, PersonDays.PERSON_ID)))
                        .map(day -> value(day, PersonDays.EVENT_DATE) + " " + value(day, PersonDays.PERSON_ID) + " "
                                + value(day, PersonDays.SOURCE) + " " + value(day, PersonDays.REQUESTS)))
                .containsExactlyInAnyOrder(
                        "2026-05-04 day1 claude_code 2",
                        "2026-05-05 day1 claude_code 1",
                        "2026-05-04 day1 cursor 1",
                        "2026-05-04 day2 claude_code 1");
    }

    @Test
    void requestsOutcomesAndActionsOfOneSourceShareARow() {
        Row day = only("joined");

        assertThat(value(day, PersonDays.REQUESTS)).isEqualTo(1L);
        assertThat(value(day, PersonDays.COMMITS)).isEqualTo(1L);
        assertThat(value(day, PersonDays.ACTIONS)).isEqualTo(1L);
    }

    @Test
    void aFamilyThatTheSourceDoesNotReportIsNull() {
        assertThat(value(only("day2"), PersonDays.COMMITS)).isNull();
        assertThat(value(only("day2"), PersonDays.ACTIONS)).isNull();
        assertThat(value(only("output"), PersonDays.REQUESTS)).isNull();
        assertThat(value(only("output"), PersonDays.ACTIVE_HOURS)).isNull();
        assertThat(value(only("output"), PersonDays.MERGED)).isEqualTo(0L);
    }

    @ParameterizedTest
    @CsvSource({"kolkata, Asia/Kolkata, 3", "untold, UTC, 22", "nobody, UTC, 22"})
    void hoursAreCountedOnTheClockOfPeopleAndInUtcWhereItIsNotTold(String person, String timezone, int hour) {
        Row day = only(person);

        assertThat(value(day, PersonDays.ACTIVE_HOURS)).isEqualTo(1L << hour);
        assertThat(value(day, PersonDays.TIMEZONE)).isEqualTo(timezone);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-30, ",
        "2026-05-01, 7.350000",
        "2026-05-05, 7.350000",
        "2026-05-06, 14.700000",
        "2026-05-07, 3.000000",
        "2026-05-08, 0.000000",
        "2026-05-09, ",
    })
    void whatWasBilledCountsAndElseTheListPriceOfTheDay(String date, BigDecimal costOrNull) {
        Row day = days.stream()
                .filter(row -> value(row, PersonDays.PERSON_ID).equals("priced"))
                .filter(row -> value(row, PersonDays.EVENT_DATE).toString().equals(date))
                .findFirst()
                .orElseThrow();

        assertThat(value(day, PersonDays.COST_USD)).isEqualTo(costOrNull);
    }

    @Test
    void aDayWithBilledListedAndUnknownCostsIsTheSumOfTheKnown() {
        assertThat(value(only("partly"), PersonDays.COST_USD)).isEqualTo(usd("2"));
    }

    @Test
    void aHundredRequestsOfATokenAreNotRoundedAwayOneByOne() {
        assertThat(value(only("cheap"), PersonDays.COST_USD)).isEqualTo(usd("0.0001"));
    }

    @Test
    void aDayOfAToolWithoutRequestsIsTheSumOfItsModels() {
        Row day = only("daily");

        assertThat(value(day, PersonDays.REQUESTS)).isEqualTo(3L);
        assertThat(value(day, PersonDays.SESSIONS)).isEqualTo(2L);
        assertThat(value(day, PersonDays.TOTAL_TOKENS)).isEqualTo(330L);
        assertThat(value(day, PersonDays.CACHE_READ_TOKENS)).isNull();
        assertThat(value(day, PersonDays.LINES_SUGGESTED)).isEqualTo(0L);
        assertThat(value(day, PersonDays.LINES_ACCEPTED)).isNull();
        assertThat(value(day, PersonDays.COST_USD)).isEqualTo(usd("1"));
        assertThat(value(day, PersonDays.ACTIVE_HOURS)).isNull();
        assertThat(day.<Row>getList(day.fieldIndex(PersonDays.MODELS.name())).stream()
                        .map(use -> use.getString(0) + " " + use.getLong(1) + " " + use.getLong(3) + " " + use.get(4))
                        .toList())
                .containsExactly("a 0 220 null", "b 3 110 1.000000");
    }

    @Test
    void sideEffectsAreCountedByRiskAndApproval() {
        Row day = only("agent");

        assertThat(value(day, PersonDays.ACTIONS)).isEqualTo(4L);
        assertThat(value(day, PersonDays.UNAPPROVED_ACTIONS)).isEqualTo(2L);
        assertThat(value(day, PersonDays.RISKY_ACTIONS)).isEqualTo(2L);
        assertThat(value(day, PersonDays.UNAPPROVED_RISKY_ACTIONS)).isEqualTo(1L);
        assertThat(value(day, PersonDays.FAILED_ACTIONS)).isEqualTo(1L);
        assertThat(value(day, PersonDays.ROLLED_BACK_ACTIONS)).isEqualTo(1L);
    }

    @Test
    void whatAnActionCameToIsNullWhereNobodyTells() {
        Row day = only("watched");

        assertThat(value(day, PersonDays.FAILED_ACTIONS)).isNull();
        assertThat(value(day, PersonDays.ROLLED_BACK_ACTIONS)).isNull();
        assertThat(value(day, PersonDays.UNAPPROVED_ACTIONS)).isEqualTo(0L);
    }

    @Test
    void idsMayBeInAnyScript() {
        Row day = only(UNICODE);

        assertThat(value(day, PersonDays.SOURCE)).isEqualTo("ツール");
        assertThat(value(day, PersonDays.TIMEZONE)).isEqualTo("Asia/Kathmandu");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void neitherTheOrderNorThePartitionsOfEventsMatter(long seed) {
        Random random = new Random(seed);
        List<TestRow> rows = new ArrayList<>(COMPANY);
        Collections.shuffle(rows, random);
        Dataset<Row> shuffled = landed(rows, events -> events.repartition(1 + random.nextInt(9)));

        assertThat(sorted(shuffled.collectAsList()))
                .as("seed %s", seed)
                .isEqualTo(companyDays)
                .isNotEmpty();
    }

    /** Three people's days with all kinds of events, many of them at the same instant. */
    private static List<TestRow> company(Random random) {
        List<TestRow> rows = new ArrayList<>(List.of(
                person("p1").with(People.TIMEZONE, "Asia/Kolkata"),
                person("p2").with(People.TIMEZONE, "Europe/Berlin"),
                price("opus", "2026-01-01", "3.333333", "0.3", "3.75", "15")));
        for (int i = 0; i < 150; i++) {
            String at = Instant.parse("2026-05-04T22:00:00Z")
                    .plusSeconds(60L * random.nextInt(240))
                    .toString();
            String by = "p" + (1 + random.nextInt(3));
            rows.add(usageEvent()
                    .by(by)
                    .at(at)
                    .with(UsageEvents.MODEL, random.nextBoolean() ? "opus" : "m" + random.nextInt(4))
                    .with(UsageEvents.SESSION_ID, "s" + random.nextInt(4))
                    .with(UsageEvents.CREDENTIAL_ID, "k" + random.nextInt(2))
                    .with(UsageEvents.INPUT_TOKENS, (long) random.nextInt(40_000))
                    .with(UsageEvents.COST_USD, random.nextBoolean() ? null : usd("0." + random.nextInt(99_999)))
                    .with(UsageEvents.PROMPT_FINGERPRINT, (long) random.nextInt(50)));
            rows.add(outcome()
                    .by(by)
                    .at(at)
                    .with(ProductivityEvents.KIND, ProductivityEvents.KINDS.get(random.nextInt(9)))
                    .with(ProductivityEvents.SUBJECT_ID, "pr" + random.nextInt(9))
                    .with(ProductivityEvents.LINES_ADDED, random.nextInt(20)));
            rows.add(action(AgentActions.ACTIONS.get(random.nextInt(12)), random.nextBoolean() ? "none" : "human_after")
                    .by(by)
                    .at(at));
        }
        return rows;
    }

    /** One landing of all cases, each of a person of its own. */
    private static List<TestRow> cases() {
        TestRow million = usageEvent()
                .by("priced")
                .with(UsageEvents.MODEL, "opus")
                .with(UsageEvents.INPUT_TOKENS, 1_000_000L)
                .with(UsageEvents.CACHE_READ_TOKENS, 1_000_000L)
                .with(UsageEvents.CACHE_WRITE_TOKENS, 1_000_000L)
                .with(UsageEvents.OUTPUT_TOKENS, 1_000_000L);
        List<TestRow> rows = new ArrayList<>(List.of(
                usageEvent().by("day1"),
                usageEvent().by("day1").at("2026-05-04T23:59:59.999999Z"),
                usageEvent().by("day1").at("2026-05-05T00:00:00Z"),
                usageEvent().by("day1").from("cursor"),
                usageEvent().by("day2"),
                usageEvent().by("joined"),
                outcome().by("joined").from("claude_code"),
                agentAction().by("joined"),
                outcome().by("output"),
                person("kolkata").with(People.TIMEZONE, "Asia/Kolkata"),
                person("untold").with(People.TIMEZONE, null),
                usageEvent().by("kolkata").at("2026-05-04T22:00:00Z"),
                usageEvent().by("untold").at("2026-05-04T22:00:00Z"),
                usageEvent().by("nobody").at("2026-05-04T22:00:00Z"),
                price("opus", "2026-05-01", "1", "0.1", "1.25", "5"),
                price("opus", "2026-05-06", "2", "0.2", "2.5", "10"),
                million.on("2026-04-30"),
                million.on("2026-05-01"),
                million.on("2026-05-05"),
                million.on("2026-05-06"),
                million.on("2026-05-07").with(UsageEvents.COST_USD, usd("3")),
                million.on("2026-05-08").with(UsageEvents.COST_USD, usd("0")),
                million.on("2026-05-09").with(UsageEvents.MODEL, "unlisted"),
                usageEvent().by("partly").with(UsageEvents.COST_USD, usd("1")),
                usageEvent()
                        .by("partly")
                        .with(UsageEvents.MODEL, "opus")
                        .with(UsageEvents.INPUT_TOKENS, 1_000_000L)
                        .with(UsageEvents.OUTPUT_TOKENS, 0L),
                usageEvent().by("partly").with(UsageEvents.MODEL, "unlisted"),
                usageDay()
                        .by("daily")
                        .with(UsageDaily.MODEL, "b")
                        .with(UsageDaily.REQUESTS, 3)
                        .with(UsageDaily.COST_USD, usd("1")),
                usageDay()
                        .by("daily")
                        .with(UsageDaily.MODEL, "a")
                        .with(UsageDaily.SURFACE, "ide")
                        .with(UsageDaily.SESSIONS, 2)
                        .with(UsageDaily.LINES_SUGGESTED, 0),
                usageDay().by("daily").with(UsageDaily.MODEL, "a").with(UsageDaily.SURFACE, "chat"),
                action("deploy", "none").by("agent").with(AgentActions.SUCCEEDED, false),
                action("delete", "human_before").by("agent").with(AgentActions.SUCCEEDED, true),
                action("shell", "none").by("agent").with(AgentActions.ROLLED_BACK, true),
                action("push", "human_after").by("agent").with(AgentActions.ROLLED_BACK, false),
                action("shell", "human_before").by("watched"),
                person(UNICODE).with(People.TIMEZONE, "Asia/Kathmandu"),
                usageEvent().by(UNICODE).from("ツール").with(UsageEvents.MODEL, "модель")));
        for (int i = 0; i < 100; i++) {
            rows.add(usageEvent()
                    .by("cheap")
                    .with(UsageEvents.MODEL, "opus")
                    .with(UsageEvents.INPUT_TOKENS, 1L)
                    .with(UsageEvents.OUTPUT_TOKENS, 0L));
        }
        return rows;
    }

    private static Row only(String person) {
        List<Row> ofPerson = days.stream()
                .filter(day -> value(day, PersonDays.PERSON_ID).equals(person))
                .toList();
        assertThat(ofPerson).hasSize(1);
        return ofPerson.get(0);
    }

    private static List<String> sorted(List<Row> days) {
        return days.stream().map(Row::toString).sorted().toList();
    }

    private static Dataset<Row> landed(List<TestRow> rows, UnaryOperator<Dataset<Row>> laidOut) {
        Path place = folder.resolve("landing-" + PLACES.incrementAndGet());
        TestInput input = TestInput.in(place.resolve("input")).add(person("somebody"));
        rows.stream().collect(Collectors.groupingBy(TestRow::contract)).forEach((contract, ofTable) -> {
            Dataset<Row> events = Rows.dataset(ofTable);
            input.add(contract, contract.partition().isPresent() ? laidOut.apply(events) : events);
        });
        return LandedDays.of(input, TestWarehouse.in(place.resolve("warehouse")));
    }

    private static Object value(Row day, ColumnSpec column) {
        return day.getAs(column.name());
    }

    private static TestRow action(String action, String approval) {
        return agentAction().with(AgentActions.ACTION, action).with(AgentActions.APPROVAL, approval);
    }

    private static TestRow price(
            String model, String from, String input, String cacheRead, String cacheWrite, String output) {
        return Rows.of(ModelPrices.CONTRACT)
                .with(ModelPrices.MODEL, model)
                .with(ModelPrices.VALID_FROM, from)
                .with(ModelPrices.USD_PER_MILLION_INPUT, usd(input))
                .with(ModelPrices.USD_PER_MILLION_CACHE_READ, usd(cacheRead))
                .with(ModelPrices.USD_PER_MILLION_CACHE_WRITE, usd(cacheWrite))
                .with(ModelPrices.USD_PER_MILLION_OUTPUT, usd(output));
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).setScale(6);
    }
}
