package io.goodhart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.failures.ExitCode;
import io.goodhart.features.FeatureSet;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.PersonWindows;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.Truth;
import io.goodhart.tables.UsagePatterns;
import io.goodhart.tables.UsageScores;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.Lease;
import io.goodhart.warehouse.Publication;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The analyst's desk over two published nights: a runaway loop that goes on, one finding that is new, one that is gone. */
class DeskTest {
    private static final LocalDate THEN = LocalDate.parse("2026-05-30");
    private static final LocalDate NOW = LocalDate.parse("2026-05-31");
    private static final Row OF_ANOTHER_VERSION = RowFactory.create("feature_of_another_version", 9.0, 0.0, null, 9.0);

    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void publish() {
        TestSession.spark();
        try (SparkSessions.Opened session = open()) {
            Warehouse warehouse = Warehouse.open(session.spark(), IcebergCatalog.NAME, Optional.empty());
            publish(
                    session.spark(),
                    warehouse,
                    THEN,
                    List.of(finding(THEN, "calm", 1, "new"), finding(THEN, "loop", 2, "new")),
                    List.of(
                            person(THEN, "calm", 0.7, 0.001, 0.6),
                            person(THEN, "loop", 0.6, 0.002, 0.6),
                            person(THEN, "fresh", 0.4, 0.3, 0.02)));
            publish(
                    session.spark(),
                    warehouse,
                    NOW,
                    List.of(finding(NOW, "loop", 1, "ongoing"), finding(NOW, "fresh", 2, "new")),
                    List.of(
                            person(NOW, "calm", 0.4, 0.3, 0.02),
                            person(NOW, "loop", 0.6, 0.002, 0.6),
                            person(NOW, "fresh", 0.55, 0.004, 0.6),
                            person(NOW, "older", 0.4, 0.3, 0.6, OF_ANOTHER_VERSION),
                            new Person(
                                    scores(NOW, "short")
                                            .with(UsageScores.INSUFFICIENT, "too_few_days")
                                            .with(UsageScores.SCORE, null)
                                            .with(UsageScores.P_VALUE, null),
                                    window(NOW, "short", 0.02))));
        }
    }

    @Test
    void aFindingIsExplainedInFull() {
        assertThat(explain("loop")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Unusual: number 1 of 2 to look at. It says nothing of intent.")
                .contains("ongoing; strange since 2026-05-04", "finding-loop")
                .contains("Runaway loop (runaway_loop)", "An agent that never sleeps")
                .contains("0.6000 (p-value 0.002")
                .contains("1,000 tokens above what is normal; 12.50 US dollars (90 % interval: 10.00 to 20.00)")
                .contains("60 % of requests began at night", "+1.500", "-0.250")
                .contains("add up to 1.250 edges")
                .contains("What would clear it:", "timezone", "dispositions");
    }

    @Test
    void whoIsNoFindingIsToldWhy() {
        assertThat(explain("calm")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Not a finding: 30 % of honest windows are as strange as this one")
                .contains("nobody above a p-value of 0.00400 was reported")
                .doesNotContain("What would clear it");
        assertThat(explain("short")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("no verdict (too_few_days)");
    }

    @Test
    void featuresOfAnotherVersionArePassedOver() {
        assertThat(explain("older")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Not a finding", "60 % of requests began at night")
                .doesNotContain("feature_of_another_version");
    }

    @Test
    void anUnknownPersonIsAWrongArgument() {
        assertThat(explain("nobody")).isEqualTo(ExitCode.ARGUMENTS.code());
        assertThat(err.toString())
                .contains("no such person in the night of 2026-05-31")
                .doesNotContain("nobody\n");
    }

    @Test
    void anUnpublishedNightIsInputThatIsNotThere() {
        assertThat(execute("explain", "--person", "loop", "--date", "2026-06-01"))
                .isEqualTo(ExitCode.INPUT_NOT_THERE.code());
        assertThat(execute("compare", "--date", "2026-05-31", "--with", "2026-05-01"))
                .isEqualTo(ExitCode.INPUT_NOT_THERE.code());
        assertThat(err.toString()).contains("no suspicious_usage for 2026-05-01");
        assertThat(execute("notebook", "--date", "2026-06-01")).isEqualTo(ExitCode.INPUT_NOT_THERE.code());
        assertThat(err.toString()).contains("no usage_scores for 2026-06-01");
    }

    @Test
    void twoNightsDifferByWhoIsNewGoneAndMovedAndWhy() {
        assertThat(execute("compare", "--date", "2026-05-31", "--with", "2026-05-30"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("1 new, 1 gone, 0 suppressed, 0 open again, 1 moved");
        assertThat(line("new"))
                .contains("fresh", "0.400 -> 0.550", "at least 60 % of requests began at night (then: at least 2 %)");
        assertThat(line("gone"))
                .contains("calm", "0.700 -> 0.400", "at least 2 % of requests began at night (then: at least 60 %)");
        assertThat(line("moved")).contains("loop", "2 -> 1", "reported up to a p-value of");
    }

    @Test
    void aNightDiffersFromItselfByNothing() {
        assertThat(execute("compare", "--date", "2026-05-31", "--with", "2026-05-31"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("0 new, 0 gone, 0 suppressed, 0 open again, 0 moved");
    }

    @Test
    void aNotebookShowsTheAreaThatItIsRunOn(@TempDir Path pages) throws IOException {
        try (SparkSessions.Opened session = open()) {
            publish(
                    session.spark(),
                    Warehouse.open(session.spark(), IcebergCatalog.NAME, Optional.of("trial")),
                    NOW,
                    List.of(finding(NOW, "guest", 1, "new")),
                    List.of(person(NOW, "guest", 0.6, 0.002, 0.6)));
        }
        assertThat(page(pages, "SELECT person_id FROM goodhart.restricted.usage_scores"))
                .contains("loop")
                .doesNotContain("guest");
        assertThat(page(pages, "SELECT person_id FROM goodhart.restricted.usage_scores", "--into", "trial"))
                .contains("guest")
                .doesNotContain("loop");
    }

    @Test
    void aNotebookThatIsNotThereOrHoldsNoSqlIsAWrongArgument(@TempDir Path pages) throws IOException {
        assertThat(notebook(pages.resolve("none.sql"))).isEqualTo(ExitCode.ARGUMENTS.code());
        assertThat(err.toString()).contains("no notebook at " + pages.resolve("none.sql"));
        for (String sql : List.of("SELECT persn_id FROM goodhart.restricted.usage_scores", "SELECT 1 FORM nowhere x")) {
            err.getBuffer().setLength(0);
            assertThat(notebook(source(pages, sql))).as(err.toString()).isEqualTo(ExitCode.ARGUMENTS.code());
            assertThat(err.toString())
                    .contains("cannot run a query of the notebook: [", "It begins with `" + sql + "`")
                    .doesNotContain("\tat ");
        }
        assertThat(pages.resolve("page.html")).doesNotExist();
    }

    @Test
    void labelsThatAreNotParquetAreOffContract(@TempDir Path other) throws IOException {
        Path labels = Files.writeString(other.resolve("labels.csv"), "person_id,truth,gaming_from\nloop,,\n");
        assertThat(evaluate(labels)).as(err.toString()).isEqualTo(ExitCode.OFF_CONTRACT.code());
        assertThat(err.toString())
                .contains("labels.csv", "is not a Parquet file")
                .doesNotContain("\tat ");
    }

    @Test
    void labelsThatHoldAPersonTwiceAreOffContract(@TempDir Path other) {
        TestRow label = Rows.of(Truth.CONTRACT).by("loop");
        Path labels = other.resolve("labels");
        Rows.dataset(label, label.with(Truth.TRUTH, null), label.by("calm"))
                .write()
                .parquet(labels.toString());
        assertThat(evaluate(labels)).as(err.toString()).isEqualTo(ExitCode.OFF_CONTRACT.code());
        assertThat(err.toString())
                .contains(labels + ": column person_id: 1 people have more than one row", "Keep one row a person")
                .doesNotContain("loop", "\tat ");
    }

    @Test
    void tablesLieInTheWarehousesFolderWhateverItsName() throws IOException {
        assertThat(TestInput.files(warehouse())).isNotEmpty();
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(warehouse());
        }
    }

    /** Returns the page of a notebook of one query. */
    private String page(Path folder, String sql, String... more) throws IOException {
        assertThat(notebook(source(folder, sql), more)).as(err.toString()).isZero();
        return Files.readString(folder.resolve("page.html"));
    }

    private static Path source(Path folder, String sql) throws IOException {
        return Files.writeString(folder.resolve("page.sql"), "-- Databricks notebook source\n" + sql + "\n");
    }

    private int notebook(Path source, String... more) {
        return execute(Stream.concat(
                        Stream.of("notebook", "--date", NOW.toString(), "--notebook", source.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private String line(String kind) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(" " + kind + " "))
                .findFirst()
                .orElseThrow();
    }

    private int explain(String person) {
        return execute("explain", "--person", person, "--date", NOW.toString());
    }

    private int evaluate(Path labels) {
        return execute(
                "evaluate",
                "--date",
                NOW.toString(),
                "--input",
                labels.getParent().toString(),
                "--truth",
                labels.toString());
    }

    private int execute(String... arguments) {
        CommandLine goodhart = Goodhart.commandLine();
        goodhart.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return goodhart.execute(Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--warehouse", warehouse().toString()))
                .toArray(String[]::new));
    }

    private static SparkSessions.Opened open() {
        return SparkSessions.open(Settings.defaults(), warehouse().toString(), Optional.empty());
    }

    /** Its name is one that an address would write otherwise. */
    private static Path warehouse() {
        return folder.resolve("Zoë's warehouse");
    }

    private record Person(TestRow scores, TestRow window) {}

    private static void publish(
            SparkSession spark, Warehouse warehouse, LocalDate date, List<TestRow> findings, List<Person> people) {
        RunRecord run = RunRecord.begin(date, Instant.now(), "test", Map.of());
        try (Lease lease = warehouse.lease(run, Duration.ofSeconds(60))) {
            Publication night = warehouse.publication(lease);
            night.stage(
                    UsageScores.CONTRACT,
                    in(spark, people.stream().map(Person::scores).toList()));
            night.stage(
                    PersonWindows.CONTRACT,
                    in(spark, people.stream().map(Person::window).toList()));
            night.stage(SuspiciousUsage.CONTRACT, in(spark, findings));
            night.stage(
                    UsagePatterns.CONTRACT,
                    in(
                            spark,
                            List.of(Rows.of(UsagePatterns.CONTRACT)
                                    .with(UsagePatterns.RUN_DATE, date)
                                    .with(UsagePatterns.PATTERN_ID, "runaway_loop")
                                    .with(UsagePatterns.NAME, "Runaway loop")
                                    .with(UsagePatterns.DESCRIPTION, "An agent that never sleeps")
                                    .with(UsagePatterns.PEOPLE, 2L))));
            night.publish(run.scoredBy(Optional.of("model-1")));
        }
    }

    private static Person person(
            LocalDate date, String id, double score, double pValue, double nightShare, Row... moreFeatures) {
        return new Person(
                scores(date, id)
                        .with(UsageScores.SCORE, score)
                        .with(UsageScores.P_VALUE, pValue)
                        .with(UsageScores.FLAGGED, pValue < 0.01)
                        .with(UsageScores.MODEL_ID, "model-1"),
                window(date, id, nightShare, moreFeatures));
    }

    private static TestRow scores(LocalDate date, String id) {
        return Rows.of(UsageScores.CONTRACT).with(UsageScores.RUN_DATE, date).by(id);
    }

    private static TestRow window(LocalDate date, String id, double nightShare, Row... moreFeatures) {
        Stream<Row> known = FeatureSet.names().stream()
                .map(name -> name.equals("night_share")
                        ? RowFactory.create(name, nightShare, 0.02, 0.01, nightShare > 0.5 ? 3.0 : 0.0)
                        : RowFactory.create(name, 0.0, 0.0, null, 0.0));
        List<Row> features = Stream.concat(known, Stream.of(moreFeatures)).toList();
        return Rows.of(PersonWindows.CONTRACT)
                .with(PersonWindows.RUN_DATE, date)
                .with(PersonWindows.FEATURES, features)
                .by(id);
    }

    private static TestRow finding(LocalDate date, String id, int rank, String status) {
        return Rows.of(SuspiciousUsage.CONTRACT)
                .with(SuspiciousUsage.RUN_DATE, date)
                .with(UsageScores.SCORE, 0.6)
                .with(UsageScores.P_VALUE, 0.002)
                .with(UsageScores.MODEL_ID, "model-1")
                .with(SuspiciousUsage.RANK, rank)
                .with(SuspiciousUsage.STATUS, status)
                .with(SuspiciousUsage.FINDING_ID, "finding-" + id)
                .with(SuspiciousUsage.PATTERN_ID, "runaway_loop")
                .with(SuspiciousUsage.WASTED_TOKENS, 1_000L)
                .with(SuspiciousUsage.WASTED_USD, new BigDecimal("12.500000"))
                .with(SuspiciousUsage.WASTED_USD_LOW, new BigDecimal("10.000000"))
                .with(SuspiciousUsage.WASTED_USD_HIGH, new BigDecimal("20.000000"))
                .with(
                        SuspiciousUsage.REASONS,
                        List.of(
                                RowFactory.create(
                                        "night_share", 0.6, 0.02, 0.01, "high", 1.5, "60 % of requests began at night"),
                                RowFactory.create(
                                        "other", null, null, null, null, -0.25, "all other features together")))
                .by(id);
    }

    private static Dataset<Row> in(SparkSession spark, List<TestRow> rows) {
        Dataset<Row> dataset = Rows.dataset(rows);
        return spark.createDataFrame(dataset.collectAsList(), dataset.schema());
    }
}
