package io.goodhart.simulation;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.ExitCode;
import io.goodhart.failures.Failure;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationTest {
    private static final LocalDate UNTIL = LocalDate.of(2026, 5, 31);
    private static final SimulationSettings SMALL = SimulationSettings.of(40, 16, UNTIL, 11);

    private static SparkSession spark;
    private static SimulationReport report;

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeUpASmallCompany() {
        spark = TestSession.spark();
        report = Simulation.of(SMALL).write(spark, at("a"));
    }

    @Test
    void theSameSettingsGiveTheSameBytesWhateverTheParallelism() {
        Simulation.of(SMALL).write(spark, at("alone"), 1);

        assertThat(digests("alone")).isNotEmpty().isEqualTo(digests("a"));
    }

    @Test
    void anotherSeedGivesOtherPeople() {
        Simulation.of(SimulationSettings.of(40, 16, UNTIL, 12)).write(spark, at("other"));

        assertThat(read("a", "people")
                        .join(read("other", "people"), "person_id")
                        .count())
                .isZero();
    }

    @Test
    void everyRowObeysTheContract() {
        assertThat(report.rows())
                .containsKeys("usage_events", "productivity_events", "agent_actions", "people", "model_prices");
        for (TableContract table : Tables.ALL) {
            if (!report.rows().containsKey(table.name())) {
                continue;
            }
            Dataset<Row> rows = read("a", table.name());
            assertThat(rows.columns())
                    .containsExactlyInAnyOrder(
                            table.columns().stream().map(ColumnSpec::name).toArray(String[]::new));
            assertThat(rows.count()).isEqualTo(report.rows().get(table.name())).isPositive();
            Map<String, Column> breaches = new TreeMap<>();
            for (ColumnSpec column : table.columns()) {
                assertThat(rows.schema().apply(column.name()).dataType())
                        .as(table.name() + "." + column.name())
                        .isEqualTo(column.type());
                column.rules()
                        .forEach(rule ->
                                breaches.put(column.name() + " " + rule.name(), count_if(rule.brokenBy(column.col()))));
            }
            Row broken = rows.agg(count(lit(1)), breaches.values().toArray(Column[]::new))
                    .first();
            int position = 1;
            for (String rule : breaches.keySet()) {
                assertThat(broken.getLong(position++))
                        .as(table.name() + "." + rule)
                        .isZero();
            }
        }
    }

    @Test
    void thereIsOneFileATableAndDayAndEveryDayHasOne() throws IOException {

        for (LocalDate day = SMALL.from(); !day.isAfter(UNTIL); day = day.plusDays(1)) {
            try (Stream<Path> files = Files.list(folder.resolve("a/usage_events/event_date=" + day))) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly("part-0.parquet");
            }
        }
        try (Stream<Path> days = Files.list(folder.resolve("a/usage_events"))) {
            assertThat(days).hasSize(SMALL.days());
        }
        try (Stream<Path> all = Files.walk(folder.resolve("a"))) {
            assertThat(all.filter(Files::isRegularFile))
                    .allMatch(file -> file.toString().endsWith(".parquet"));
        }
    }

    @Test
    void recordsArriveTwiceAndAccountsGoUnmappedAboutAsOftenAsInTheCatalogue() {
        Simulation.of(SimulationSettings.of(120, 16, UNTIL, 5)).write(spark, at("larger"));
        Dataset<Row> usage = read("larger", "usage_events");

        double all = usage.count();
        double unmapped = usage.filter("person_id is null").count();
        double distinct = usage.select("source", "event_id").distinct().count();

        assertThat(all / distinct).isBetween(1.02, 1.06);
        assertThat(unmapped / all).isBetween(0.002, 0.08);
    }

    @Test
    void truthNamesEveryPersonOnceAndPricesOnlyGaming() {
        Dataset<Row> truth = spark.read().parquet(at("a/truth.parquet"));

        assertThat(truth.count()).isEqualTo(SMALL.people());
        assertThat(truth.join(read("a", "people"), "person_id").count()).isEqualTo(SMALL.people());
        assertThat(truth.filter("gaming_from is not null").count()).isEqualTo(report.gamers());
        assertThat(truth.filter("gaming_from is null and (wasted_tokens <> 0 or wasted_usd <> 0)")
                        .count())
                .isZero();
        assertThat(truth.filter("gaming_from is null and truth <> '' and truth not like '~%'")
                        .count())
                .isZero();
    }

    @Test
    void whatIsLeftOutIsNotThereAndTheOthersStandIn() {
        List<Behaviour> leftOut = List.of(Behaviour.RUNAWAY_LOOP, Behaviour.COLLUSIVE_RING);
        var settings = new SimulationSettings(400, 2, UNTIL, 11, 1, 0.1, leftOut);
        Casting casting = new Casting(settings);

        List<Behaviour> shown = Stream.iterate(0, position -> position + 1)
                .limit(400)
                .map(casting::gaming)
                .filter(gaming -> gaming != null)
                .map(Gaming::behaviour)
                .toList();

        assertThat(shown).hasSize(40).doesNotContainAnyElementsOf(leftOut);
        assertThat(shown)
                .containsAll(Behaviour.ALL.stream()
                        .filter(one -> !leftOut.contains(one))
                        .toList());
    }

    @Test
    void lessVolumeLeavesTheHonestRowsAsTheyAre() {
        Simulation.of(new SimulationSettings(40, 16, UNTIL, 11, 0.25, SimulationSettings.GAMING_SHARE, List.of()))
                .write(spark, at("quarter"));
        String honest = "person_id in (select person_id from parquet.`" + at("a/truth.parquet")
                + "` where gaming_from is null)";

        assertThat(read("a", "usage_events")
                        .filter(honest)
                        .exceptAll(read("quarter", "usage_events"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void oneDayOfOnePersonIsACompanyToo() {
        SimulationReport alone =
                Simulation.of(SimulationSettings.of(1, 1, UNTIL, 1)).write(spark, at("one"));

        assertThat(alone.rows()).containsEntry("people", 1L);
        assertThat(folder.resolve("one/truth.parquet")).exists();
    }

    @Test
    void theLeapDayIsADayLikeAnyOther() {
        Simulation.of(SimulationSettings.of(30, 3, LocalDate.of(2028, 3, 1), 1)).write(spark, at("leap"));

        assertThat(folder.resolve("leap/usage_events/event_date=2028-02-29/part-0.parquet"))
                .exists();
    }

    @Test
    void aFolderThatHoldsFilesIsRefused() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> Simulation.of(SMALL).write(spark, at("mine")))
                .isInstanceOf(Failure.InvalidSettings.class)
                .hasMessageContaining("the folder holds files already")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(ExitCode.ARGUMENTS);
    }

    @Test
    void allProblemsOfTheSettingsAreToldAtOnce() {
        assertThatThrownBy(() -> new SimulationSettings(0, 0, UNTIL, 1, -1, 0.9, List.of()))
                .isInstanceOf(Failure.InvalidSettings.class)
                .hasMessageContaining("people is 0")
                .hasMessageContaining("days is 0")
                .hasMessageContaining("volume is -1.0")
                .hasMessageContaining("gaming-share is 0.9");
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static Dataset<Row> read(String company, String table) {
        return spark.read().parquet(at(company + "/" + table));
    }

    private static Map<String, String> digests(String company) {
        try (Stream<Path> files = Files.walk(folder.resolve(company))) {
            Map<String, String> digests = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                digests.put(
                        folder.resolve(company).relativize(file).toString(),
                        HexFormat.of().formatHex(digest));
            }
            return digests;
        } catch (IOException | NoSuchAlgorithmException failed) {
            throw new AssertionError(failed);
        }
    }
}
