package io.goodhart.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.failures.ExitCode;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestRow;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.Lease;
import io.goodhart.warehouse.Publication;
import io.goodhart.warehouse.RunRecord;
import io.goodhart.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GoodhartTest {
    private static final LocalDate DAY = LocalDate.parse("2026-05-31");

    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void publish() {
        TestSession.spark();
        try (SparkSessions.Opened session =
                SparkSessions.open(Settings.defaults(), warehouse().toString(), Optional.empty())) {
            Warehouse warehouse = Warehouse.open(session.spark(), IcebergCatalog.NAME, Optional.empty());
            RunRecord run = RunRecord.begin(DAY, Instant.now(), "test", Map.of());
            try (Lease lease = warehouse.lease(run, Duration.ofSeconds(60))) {
                Publication night = warehouse.publication(lease);
                night.stage(SuspiciousUsage.CONTRACT, in(session.spark(), findings()));
                night.publish(run);
            }
            warehouse
                    .fewRows()
                    .replaceDays(
                            PersonDays.CONTRACT,
                            Rows.dataset(Rows.of(PersonDays.CONTRACT)).collectAsList(),
                            Set.of(Rows.DAY));
        }
    }

    static Stream<String> commands() {
        return Stream.concat(Stream.of(""), Goodhart.commandLine().getSubcommands().keySet().stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithTheExitCodes(String command) {
        String[] arguments =
                Stream.of(command, "--help").filter(word -> !word.isEmpty()).toArray(String[]::new);

        assertThat(execute(arguments)).isZero();
        assertThat(out.toString()).contains("Usage: goodhart " + command).contains("another run holds the date");
    }

    @Test
    void everyWrongArgumentIsToldAtOnce() {
        assertThat(execute("show", "--tabel", "x", "--date", "2026-02-30")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'2026-02-30' is not a date of the calendar, as YYYY-MM-DD")
                .contains("Missing required option: '--table=T'")
                .contains("--tabel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-5-31", "31.05.2026", "2026-13-01", "2026-05-31T00:00:00", "20260531", "yesterday"})
    void aDateIsOneOfTheCalendar(String text) {
        assertThat(execute("show", "--table", "usage_scores", "--date", text)).isEqualTo(ExitCode.ARGUMENTS.code());
        assertThat(err.toString()).contains("'" + text + "' is not a date of the calendar, as YYYY-MM-DD");
    }

    @Test
    void noCommandAndNoSuchCommandAreWrongArguments() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("nigthly")).isEqualTo(2);
    }

    @Test
    void settingsShowsWhatIsSetAndWhatIsDefault() {
        assertThat(execute("settings", "--set", "trees=50")).isZero();
        assertThat(out.toString()).containsPattern("trees +\\| 50 +\\| 150 ");
        assertThat(execute("settings", "--set", "trees=0", "--set", "branches=3"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("trees: must be").contains("branches: no such setting");
    }

    @Test
    void showPrintsTheDatesRowsUpToTheLimit() {
        assertThat(show("suspicious_usage", "2026-05-31", "--limit", "1")).isZero();
        assertThat(out.toString())
                .contains("person-a")
                .doesNotContain("person-b")
                .contains("1 of 2 rows");
        assertThat(show("suspicious_usage", "2026-05-31", "--limit", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--limit -1: must be 0 or more");
    }

    @Test
    void showKnowsTablesKeptByEventDateAndTheRuns() {
        assertThat(show("person_days", Rows.DAY.toString())).isZero();
        assertThat(show("runs", "2026-05-31")).isZero();
        assertThat(out.toString()).contains("1 of 1 rows").contains("published");
    }

    @Test
    void aDateThatNobodyPublishedIsWorthARetry() {
        assertThat(show("suspicious_usage", "2026-06-01")).isEqualTo(ExitCode.INPUT_NOT_THERE.code());
        assertThat(err.toString())
                .contains("no suspicious_usage for 2026-06-01: no run of that date has been published");
    }

    @Test
    void aTableOrWarehouseThatIsNotThereIsAWrongArgument() {
        assertThat(show("usage_events", "2026-05-31")).isEqualTo(2);
        assertThat(err.toString())
                .contains("no table usage_events in the warehouse")
                .contains("usage_scores");
        Path nowhere = folder.resolve("nowhere");
        assertThat(execute("show", "--table", "runs", "--date", "2026-05-31", "--warehouse", nowhere.toString()))
                .isEqualTo(2);
        assertThat(nowhere).doesNotExist();
        assertThat(show("suspicious_usage", "2026-05-31", "--into", "never_made"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no warehouse at --into never_made");
    }

    @Test
    void exportWritesOneFileThatOthersCanRead() throws IOException {
        Path parquet = export("findings.parquet");
        assertThat(TestSession.spark().read().parquet(parquet.toString()).count())
                .isEqualTo(2);
        assertThat(TestSession.spark().read().parquet(parquet.toString()).columns())
                .containsExactly(SuspiciousUsage.CONTRACT.schema().fieldNames());

        List<String> csv = Files.readAllLines(export("findings.csv"));
        assertThat(csv).hasSize(3);
        assertThat(csv.get(0)).startsWith("run_date,person_id,");
        assertThat(csv.get(1)).startsWith("2026-05-31,person-a,").contains("\"[{\"\"feature\"\":");

        List<String> lines = Files.readAllLines(export("findings.jsonl"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("{\"run_date\":\"2026-05-31\",\"person_id\":\"person-a\"");

        try (Stream<Path> left = Files.list(parquet.getParent())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("findings.parquet", "findings.csv", "findings.jsonl");
        }
        assertThat(out.toString()).doesNotContain("person-a");
    }

    @Test
    void exportRefusesWhatItCannotWrite() {
        assertThat(execute(exportTo(folder.resolve("findings.xlsx")))).isEqualTo(2);
        assertThat(err.toString()).contains("must end with .parquet, .csv or .jsonl");
        assertThat(execute(exportTo(folder.resolve("no/such/folder/findings.csv"))))
                .isEqualTo(7);
        assertThat(err.toString()).contains("findings.csv: there is no folder " + folder.resolve("no/such/folder"));
    }

    @Test
    void aSimulatedCompanyPassesTheCheckOfTheInput() {
        String company = folder.resolve("company").toString();

        assertThat(execute("simulate", "--to", company, "--people", "12", "--days", "5", "--until", "2026-05-29"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("12 people").contains("usage_events");
        assertThat(execute("check", "--input", company, "--date", "2026-05-29"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("2026-05-25").doesNotContain("person_id");
    }

    @Test
    void checkLeavesWithWhatWouldStopARun() {
        assertThat(execute("check", "--input", folder.resolve("no-input").toString(), "--date", "2026-05-29"))
                .isEqualTo(4);
        assertThat(err.toString()).contains("no input at");
        assertThat(execute(
                        "simulate",
                        "--to",
                        folder.resolve("odd").toString(),
                        "--until",
                        "2026-05-31",
                        "--people",
                        "0",
                        "--leave-out",
                        "coffee"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("coffee");
    }

    @Test
    void whatCannotBeUsedIsToldWithoutAStackTrace() {
        assertThat(execute("check", "--input", "", "--date", "2026-05-29")).isEqualTo(2);
        assertThat(err.toString()).contains("--input '': cannot be a path: ");
        assertThat(execute("check", "--date", "2026-05-29", "--set", "spark.spark.sql.shuffle.partitions=many"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("cannot start Spark: ", "spark.sql.shuffle.partitions");
        assertThat(execute("simulate", "--to", "/proc/company", "--until", "2026-05-31"))
                .isEqualTo(7);
        assertThat(err.toString())
                .contains("cannot write a company to /proc/company: the folder cannot be made")
                .doesNotContain("\tat ");
    }

    private Path export(String name) throws IOException {
        Path file = Files.createDirectories(folder.resolve("Zoë's exports")).resolve(name);
        assertThat(execute(exportTo(file))).as(err.toString()).isZero();
        return file;
    }

    private static String[] exportTo(Path file) {
        return new String[] {
            "export",
            "--table",
            "suspicious_usage",
            "--date",
            "2026-05-31",
            "--warehouse",
            warehouse().toString(),
            "--to",
            file.toString()
        };
    }

    private int show(String table, String date, String... more) {
        return execute(Stream.concat(
                        Stream.of(
                                "show",
                                "--table",
                                table,
                                "--date",
                                date,
                                "--warehouse",
                                warehouse().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine goodhart = Goodhart.commandLine();
        goodhart.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return goodhart.execute(arguments);
    }

    private static Path warehouse() {
        return folder.resolve("warehouse");
    }

    private static Dataset<Row> findings() {
        return Rows.dataset(finding("person-b"), finding("person-a"));
    }

    private static TestRow finding(String person) {
        return Rows.of(SuspiciousUsage.CONTRACT)
                .with(SuspiciousUsage.RUN_DATE, DAY)
                .with(
                        SuspiciousUsage.REASONS,
                        List.of(RowFactory.create("night_share", 0.5, 0.1, null, "HIGH", 1.0, "at night")))
                .by(person);
    }

    private static Dataset<Row> in(SparkSession spark, Dataset<Row> rows) {
        return spark.createDataFrame(rows.collectAsList(), rows.schema());
    }
}
