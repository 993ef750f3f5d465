package io.goodhart.landing;

import static io.goodhart.testing.Rows.agentAction;
import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageDay;
import static io.goodhart.testing.Rows.usageEvent;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.jobs.LandedDays;
import io.goodhart.landing.reference.ReferenceLanding;
import io.goodhart.tables.AgentActions;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.DayCounts;
import io.goodhart.tables.ModelPrices;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.ProductivityEvents;
import io.goodhart.tables.Rejects;
import io.goodhart.tables.SourceHealth;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.UsageDaily;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.testing.TestWarehouse;
import io.goodhart.warehouse.Warehouse;
import io.goodhart.warehouse.input.CheckedInput;
import io.goodhart.warehouse.input.EventRows;
import io.goodhart.warehouse.input.Input;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The landing against Spark SQL over the raw events, on dirty data: 50 seeds, each on a day of its own. */
class LandingReferenceTest {
    private static final int SEEDS = 50;

    /** Dirtier than any night would take. */
    private static final double ANY_SHARE = 1;

    @TempDir
    Path folder;

    @Test
    void daysCountsAndRejectsAreThoseOfThePlainWay() {
        List<TestRow> rows = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            rows.addAll(dirtyDay(new Random(seed), Rows.DAY.plusDays(seed)));
        }
        TestInput written = TestInput.in(folder.resolve("input"))
                .add(
                        person("p0").with(People.TIMEZONE, "Asia/Kolkata"),
                        // its clocks go forward and back among the days below
                        person("p1").with(People.TIMEZONE, "Africa/Casablanca"),
                        person("p2").with(People.TIMEZONE, "no/such/zone"),
                        price("m1", "2026-05-01", "3.333333"),
                        price("m1", "2026-05-20", "0.000001"),
                        price("m2", "2026-05-30", "75"));
        rows.stream()
                .collect(Collectors.groupingBy(TestRow::contract))
                .forEach((contract, ofTable) ->
                        written.add(contract, Rows.dataset(ofTable).repartition(3)));
        Input input = Input.open(TestSession.spark(), written.root(), Rows.DAY.plusDays(SEEDS));
        Warehouse warehouse = TestWarehouse.in(folder.resolve("warehouse"));

        Dataset<Row> landed = LandedDays.of(input, warehouse, input.days(), ANY_SHARE);

        CheckedInput checked = input.check(input.days());
        Map<TableContract, EventRows> plain = new HashMap<>();
        Landing.tables().forEach(table -> plain.put(table, checked.inspect(table, input.days())));
        Dataset<Row> expected = new ReferenceLanding(
                        checked.dimension(People.CONTRACT).rows(),
                        checked.dimension(ModelPrices.CONTRACT).rows())
                .personDays(
                        plain.get(UsageEvents.CONTRACT).used(),
                        plain.get(UsageDaily.CONTRACT).used(),
                        plain.get(ProductivityEvents.CONTRACT).used(),
                        plain.get(AgentActions.CONTRACT).used());
        Map<String, List<String>> expectedDays = byDay(expected, PersonDays.CONTRACT);
        Map<String, List<String>> landedDays = byDay(landed, PersonDays.CONTRACT);
        Dataset<Row> gathered = new Landing(
                        Timezones.of(checked.dimension(People.CONTRACT).rows()),
                        checked.dimension(ModelPrices.CONTRACT).rows())
                .personDays(
                        plain.get(UsageEvents.CONTRACT).used(),
                        plain.get(UsageDaily.CONTRACT).used(),
                        plain.get(ProductivityEvents.CONTRACT).used(),
                        plain.get(AgentActions.CONTRACT).used());
        assertThat(byDay(gathered, PersonDays.CONTRACT)).isEqualTo(expectedDays);
        for (int seed = 0; seed < SEEDS; seed++) {
            String day = Rows.DAY.plusDays(seed).toString();
            assertThat(landedDays.get(day))
                    .as("seed %s", seed)
                    .isEqualTo(expectedDays.get(day))
                    .isNotEmpty();
        }
        assertThat(landed.groupBy(PersonDays.CONTRACT.grain().stream()
                                .map(ColumnSpec::col)
                                .toArray(Column[]::new))
                        .count()
                        .where("count > 1")
                        .isEmpty())
                .as("one row a key, also of a source in both usage tables")
                .isTrue();
        Dataset<Row> counts = warehouse
                .read(DayCounts.CONTRACT)
                .withColumn(
                        DayCounts.FINGERPRINT.name(),
                        substring_index(DayCounts.FINGERPRINT.col(), "/", 1)); // what follows is of the prices
        assertThat(byDay(counts, DayCounts.CONTRACT))
                .isEqualTo(byDay(united(plain, rowsOf -> rowsOf.counts("run-1")), DayCounts.CONTRACT));
        assertThat(byDay(warehouse.read(Rejects.CONTRACT), Rejects.CONTRACT))
                .isEqualTo(byDay(united(plain, rowsOf -> rowsOf.rejects("run-1")), Rejects.CONTRACT))
                .isNotEmpty();
        plain.values().forEach(EventRows::close);
    }

    @Test
    void aDayThatNoTaskCouldHoldLandsTheSame() {
        NavigableSet<LocalDate> days = new TreeSet<>();
        List<TestRow> rows = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            LocalDate day = Rows.DAY.plusDays(seed);
            days.add(day);
            rows.addAll(dirtyDay(new Random(seed), day));
            // one person makes a third of all requests, at few different times
            for (int i = 0; i < 40; i++) {
                rows.add(request(new Random(1_000 + i), day).by("p3"));
            }
        }
        TestInput written = TestInput.in(folder.resolve("input"))
                .add(person("p0").with(People.TIMEZONE, "Asia/Kolkata"), price("m1", "2026-05-01", "3.333333"));
        rows.stream()
                .collect(Collectors.groupingBy(TestRow::contract))
                .forEach((contract, ofTable) ->
                        written.add(contract, Rows.dataset(ofTable).repartition(2)));
        Input input = Input.open(TestSession.spark(), written.root(), days.last());
        Warehouse whole = TestWarehouse.in(folder.resolve("whole"));
        Warehouse spread = TestWarehouse.in(folder.resolve("spread"));

        LandedDays.of(input, whole, days, ANY_SHARE);
        String bytes = TestSession.spark().conf().get("spark.sql.files.maxPartitionBytes");
        TestSession.spark().conf().set("spark.sql.files.maxPartitionBytes", "3000");
        try {
            LandedDays.spread(input, spread, days, ANY_SHARE, 160);
        } finally {
            TestSession.spark().conf().set("spark.sql.files.maxPartitionBytes", bytes);
        }

        for (TableContract table :
                List.of(PersonDays.CONTRACT, Rejects.CONTRACT, DayCounts.CONTRACT, SourceHealth.CONTRACT)) {
            assertThat(byDay(spread.read(table), table, table.columns()))
                    .as(table.name())
                    .isEqualTo(byDay(whole.read(table), table, table.columns()))
                    .hasSize(days.size());
        }
        assertThat(TestInput.files(folder.resolve("spread")).stream()
                        .filter(file -> file.toString().contains("person_days"))
                        .count())
                .as("files of the days that were spread")
                .isGreaterThan(days.size());
    }

    private static Dataset<Row> united(
            Map<TableContract, EventRows> tables, java.util.function.Function<EventRows, Dataset<Row>> part) {
        return tables.values().stream().map(part).reduce(Dataset::union).orElseThrow();
    }

    /** Returns rows as JSON, sorted, by day; but for the column that the reference does not know. */
    private static Map<String, List<String>> byDay(Dataset<Row> rows, TableContract contract) {
        return byDay(
                rows,
                contract,
                contract.columns().stream()
                        .filter(column -> column != PersonDays.MERGED_BY)
                        .toList());
    }

    private static Map<String, List<String>> byDay(
            Dataset<Row> rows, TableContract contract, List<ColumnSpec> columns) {
        ColumnSpec day = contract.partition().orElseThrow();
        Column[] shown = columns.stream().map(ColumnSpec::col).toArray(Column[]::new);
        return rows.select(day.col().cast("string"), to_json(struct(shown))).collectAsList().stream()
                .collect(Collectors.groupingBy(
                        row -> row.getString(0),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(row -> row.getString(1), Collectors.toList()),
                                list -> list.stream().sorted().toList())));
    }

    private static List<TestRow> dirtyDay(Random random, LocalDate day) {
        List<TestRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            TestRow event = request(random, day);
            rows.add(event);
            while (random.nextInt(4) == 0) {
                rows.add(copyOf(event, random));
            }
        }
        for (int i = 0; i < 15; i++) {
            TestRow event = result(random, day);
            rows.add(event);
            if (random.nextInt(5) == 0) {
                rows.add(event.by(someone(random)));
            }
            rows.add(agentAction()
                    .at(time(random, day))
                    .with(AgentActions.EVENT_DATE, day)
                    .by(someone(random))
                    .with(AgentActions.ACTION, AgentActions.ACTIONS.get(random.nextInt(12)))
                    .with(AgentActions.APPROVAL, oneOf(random, "none", "human_before", "maybe"))
                    .with(AgentActions.SUCCEEDED, oneOf(random, true, false, null))
                    .with(AgentActions.ROLLED_BACK, oneOf(random, true, false, null)));
            rows.add(usageDay()
                    .with(UsageDaily.EVENT_DATE, day)
                    .by(someone(random))
                    .from(oneOf(random, "copilot", "cursor"))
                    .with(UsageDaily.MODEL, "m" + random.nextInt(3))
                    .with(UsageDaily.SURFACE, oneOf(random, "ide", "chat", "hologram", null))
                    .with(UsageDaily.REQUESTS, oneOf(random, 3, 0, -1, null))
                    .with(UsageDaily.SESSIONS, oneOf(random, 2, null))
                    .with(UsageDaily.INPUT_TOKENS, oneOf(random, 1L, 700L, null))
                    .with(UsageDaily.OUTPUT_TOKENS, oneOf(random, 5L, null))
                    .with(UsageDaily.COST_USD, oneOf(random, new BigDecimal("0.123457"), null))
                    .with(UsageDaily.LINES_ACCEPTED, oneOf(random, 4, null)));
        }
        return rows;
    }

    private static TestRow request(Random random, LocalDate day) {
        return usageEvent()
                .at(time(random, day))
                .with(UsageEvents.EVENT_DATE, day)
                .by(someone(random))
                .from(oneOf(random, "claude_code", "cursor"))
                .with(UsageEvents.MODEL, oneOf(random, "m0", "m1", "m2", "m3", "m4", " "))
                .with(UsageEvents.SESSION_ID, oneOf(random, "s0", "s1", "s2", "s3", null))
                .with(UsageEvents.CREDENTIAL_ID, oneOf(random, "k0", "k1", null))
                .with(UsageEvents.INITIATOR, oneOf(random, "human", "agent", "schedule", "robot", null))
                .with(UsageEvents.STATUS, oneOf(random, "ok", "error", "refused", "OK", null))
                .with(UsageEvents.REQUESTS, oneOf(random, 1, 0, 7, null, -3))
                .with(UsageEvents.INPUT_TOKENS, oneOf(random, 0L, 900L, 25_000L, 1_000_000_000L, 1_000_000_001L))
                .with(UsageEvents.CACHE_READ_TOKENS, oneOf(random, 0L, 100L, null))
                .with(UsageEvents.CACHE_WRITE_TOKENS, oneOf(random, 3L, null))
                .with(UsageEvents.OUTPUT_TOKENS, oneOf(random, 0L, 50L, 5_000L))
                .with(
                        UsageEvents.COST_USD,
                        oneOf(random, new BigDecimal("0.000001"), new BigDecimal("999999.999999"), null, null))
                .with(UsageEvents.PROMPT_FINGERPRINT, oneOf(random, 1L, 2L, (long) random.nextInt(99), null))
                .with(UsageEvents.PROMPT_CHARS, oneOf(random, 5, null))
                .with(UsageEvents.LINES_SUGGESTED, oneOf(random, 5, 0, null))
                .with(UsageEvents.LINES_ACCEPTED, oneOf(random, 5, 0, null));
    }

    /** A copy that differs, or not, so that tokens, person, hash or the place of nulls decides. */
    private static TestRow copyOf(TestRow event, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> event;
            case 1 -> event.by(someone(random));
            case 2 -> event.with(UsageEvents.OUTPUT_TOKENS, (long) random.nextInt(100));
            case 3 -> event.with(UsageEvents.SESSION_ID, "s" + random.nextInt(9));
            default ->
                event.with(UsageEvents.PROMPT_CHARS, oneOf(random, 5, null))
                        .with(UsageEvents.LINES_SUGGESTED, oneOf(random, 5, null))
                        .with(UsageEvents.LINES_ACCEPTED, oneOf(random, 5, null));
        };
    }

    private static TestRow result(Random random, LocalDate day) {
        return outcome()
                .at(time(random, day))
                .with(ProductivityEvents.EVENT_DATE, day)
                .by(someone(random))
                .from(oneOf(random, "github", "cursor"))
                .with(
                        ProductivityEvents.KIND,
                        oneOf(random, "commit", "pull_request_opened", "pull_request_merged", "review", "coffee"))
                .with(ProductivityEvents.SUBJECT_ID, oneOf(random, "pr1", "pr2", null))
                .with(ProductivityEvents.LINES_ADDED, oneOf(random, 3, 40, null))
                .with(ProductivityEvents.LINES_DELETED, oneOf(random, 7, null))
                .with(ProductivityEvents.REVERTED, oneOf(random, true, false, null))
                .with(ProductivityEvents.SELF_MERGED, oneOf(random, true, false, null));
    }

    private static String someone(Random random) {
        return oneOf(random, "p0", "p1", "p2", "p3", " ", null);
    }

    /** Mostly whole minutes, so that many events share one; now and then outside the day. */
    private static String time(Random random, LocalDate day) {
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return switch (random.nextInt(20)) {
            case 0 -> midnight.minusSeconds(1).toString();
            case 1 -> midnight.plusNanos(1_000L * random.nextInt(1_000_000)).toString();
            default -> midnight.plusSeconds(420L * random.nextInt(205)).toString();
        };
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static TestRow price(String model, String from, String usd) {
        BigDecimal amount = new BigDecimal(usd).setScale(6);
        return Rows.of(ModelPrices.CONTRACT)
                .with(ModelPrices.MODEL, model)
                .with(ModelPrices.VALID_FROM, from)
                .with(ModelPrices.USD_PER_MILLION_INPUT, amount)
                .with(ModelPrices.USD_PER_MILLION_CACHE_READ, amount)
                .with(ModelPrices.USD_PER_MILLION_CACHE_WRITE, amount)
                .with(ModelPrices.USD_PER_MILLION_OUTPUT, amount);
    }
}
