package io.goodhart.cli;

import static io.goodhart.testing.Rows.agentAction;
import static io.goodhart.testing.Rows.outcome;
import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.features.FeatureSet;
import io.goodhart.session.IcebergCatalog;
import io.goodhart.session.Settings;
import io.goodhart.session.SparkSessions;
import io.goodhart.tables.Models;
import io.goodhart.tables.People;
import io.goodhart.tables.PersonDays;
import io.goodhart.tables.PolicyEvents;
import io.goodhart.tables.UsageEvents;
import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import io.goodhart.warehouse.Lease;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a night ends on input that is small, missing or broken. */
class NightlyExitCodesIT {
    private static final String DATE = "2026-05-04";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void session() {
        TestSession.spark();
    }

    @Test
    void aFirstDayIsPublishedWithNobodyJudgedAndColumnsThatNobodyReadsAreCounted() {
        TestInput input = TestInput.in(folder.resolve("input"))
                .add(usageEvent().by("p1"), usageEvent().by("pérsonne-二"))
                .add(outcome().by("p1"))
                .add(agentAction().by("p1"))
                .add(Rows.of(PolicyEvents.CONTRACT).with(PolicyEvents.SCOPE, "everyone"))
                .add(People.CONTRACT, Rows.dataset(person("p1")).withColumn("shoe_size", lit(43)));
        assertThat(nightly(input.root())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("too little history", "2 people, 0 judged, 0 unusual")
                .contains("policy_events: 1 of 1 rows break a rule and are left out: scope.one_of (1)");
        assertThat(shown("usage_scores")).contains("too_little_history");
        assertThat(run("export", "--table", "runs", "--date", DATE, "--warehouse", warehouse(), "--to", file()))
                .isZero();
        assertThat(folder.resolve("scores.jsonl"))
                .content()
                .contains("\"published\"", "\"people.extra_columns\":1", "\"policy_events.rejected\":1");
        out.getBuffer().setLength(0);
        assertThat(run("check", "--date", DATE, "--input", input.root())).isZero();
        assertThat(out.toString()).contains("people: columns that nobody reads: shoe_size");
    }

    @Test
    void aNightWithoutAnyOutputIsPublishedWithNobodyJudgedAndSaysWhy() {
        TestInput input = TestInput.in(folder.resolve("input"))
                .add(person("p1"), usageEvent().on("2026-04-28"))
                .add(IntStream.range(0, 8)
                        .mapToObj(i -> usageEvent().by("p" + i))
                        .toList());
        List<String> learnsFromTheWindowItself = Stream.of(
                        "window_days=7",
                        "minimum_observed_days=1",
                        "baseline_days=0",
                        "training_gap_days=0",
                        "minimum_training_windows=2",
                        "trees=1")
                .flatMap(setting -> Stream.of("--set", setting))
                .toList();
        assertThat(nightly(input.root(), learnsFromTheWindowItself.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("no source reported any output", "8 people, 0 judged, 0 unusual");
        assertThat(shown("usage_scores")).contains("no_output_source");
    }

    @Test
    void aDateWithoutUsageIsExit4AndLeavesItsRun() {
        TestInput input =
                TestInput.in(folder.resolve("input")).add(usageEvent().by("p1")).add(person("p1"));
        assertThat(run("nightly", "--date", "2026-05-05", "--input", input.root(), "--warehouse", warehouse()))
                .isEqualTo(4);
        assertThat(err.toString()).contains("no usage for 2026-05-05");
        out.getBuffer().setLength(0);
        run("show", "--table", "runs", "--date", "2026-05-05", "--warehouse", warehouse());
        assertThat(out.toString()).contains("failed", "no usage for 2026-05-05");
    }

    @Test
    void negativeTokensAreExit3AndNothingIsPublished() {
        TestInput input = TestInput.in(folder.resolve("input"))
                .add(usageEvent().by("p1"), usageEvent().by("p2").with(UsageEvents.INPUT_TOKENS, -1L))
                .add(person("p1"));
        assertThat(nightly(input.root())).as(err.toString()).isEqualTo(3);
        assertThat(err.toString()).contains("usage_events", DATE, "max_rejected_share");
        assertThat(run("export", "--table", "usage_scores", "--date", DATE, "--warehouse", warehouse(), "--to", file()))
                .isEqualTo(4);
    }

    @Test
    void aFileCutInHalfIsExit5AndNamed() throws IOException {
        TestInput input =
                TestInput.in(folder.resolve("input")).add(usageEvent().by("p1")).add(person("p1"));
        Path whole = TestInput.files(input.folder(UsageEvents.CONTRACT, DATE)).get(0);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(whole, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(nightly(input.root())).as(err.toString()).isEqualTo(5);
        assertThat(err.toString()).contains(whole.getFileName().toString());
    }

    @Test
    void aMissingColumnIsExit5AndNamed() {
        TestInput input = TestInput.in(folder.resolve("input"))
                .addWithout(UsageEvents.OUTPUT_TOKENS, usageEvent().by("p1"))
                .add(person("p1"));
        assertThat(nightly(input.root())).as(err.toString()).isEqualTo(5);
        assertThat(err.toString()).contains("output_tokens");
    }

    @Test
    void anAddressAsPersonIsExit9AndNotPrinted() {
        TestInput input = TestInput.in(folder.resolve("input"))
                .add(usageEvent().by("ada@example.org"))
                .add(person("p1"));
        assertThat(nightly(input.root())).as(err.toString()).isEqualTo(9);
        assertThat(err.toString()).contains("e-mail").doesNotContain("ada@");
    }

    @Test
    void aDateThatAnotherRunHoldsIsExit6() {
        TestInput input =
                TestInput.in(folder.resolve("input")).add(usageEvent().by("p1")).add(person("p1"));
        try (SparkSessions.Opened session = SparkSessions.open(Settings.defaults(), warehouse(), Optional.empty())) {
            Warehouse held = Warehouse.open(session.spark(), IcebergCatalog.NAME, Optional.empty());
            RunRecord other = RunRecord.begin(LocalDate.parse(DATE), Instant.now(), "test", Map.of());
            try (Lease lease = held.lease(other, Duration.ofSeconds(120))) {
                assertThat(lease.date()).isEqualTo(LocalDate.parse(DATE));
                assertThat(nightly(input.root())).as(err.toString()).isEqualTo(6);
            }
        }
        assertThat(err.toString()).contains("another run holds " + DATE);
    }

    @Test
    void aWarehouseThatIsAFileIsExit7() throws IOException {
        TestInput input =
                TestInput.in(folder.resolve("input")).add(usageEvent().by("p1")).add(person("p1"));
        Path file = Files.createFile(folder.resolve("a-file"));
        assertThat(run("nightly", "--date", DATE, "--input", input.root(), "--warehouse", file.toString()))
                .isEqualTo(7);
    }

    @Test
    void aRecordedModelOfOtherFeaturesIsExit12AndTheDateStays() {
        publishedWith(List.of("a_feature_of_old"), Map.of("honest_scores", "10:300"));
        assertThat(nightly(small().root())).as(err.toString()).isEqualTo(12);
        assertThat(err.toString())
                .contains("model of-old does not fit", "--retrain")
                .doesNotContain("\tat ");
        assertThat(shown("runs")).contains("published").containsPattern("failed +\\| +12 ");
        assertThat(nightly(small().root(), "--retrain")).as(err.toString()).isZero();
    }

    @Test
    void aModelWhoseFilesAreGoneIsExit7() {
        publishedWith(FeatureSet.names(), Map.of("honest_scores", "10:300"));
        assertThat(nightly(small().root())).as(err.toString()).isEqualTo(7);
        assertThat(err.toString()).contains("cannot load model of-old").doesNotContain("\tat ");
    }

    @Test
    void aLandedDayWhoseFileIsGoneIsExit7ForANightAndForWhoLooks() throws IOException {
        try (SparkSessions.Opened session = SparkSessions.open(Settings.defaults(), warehouse(), Optional.empty())) {
            Warehouse.open(session.spark(), IcebergCatalog.NAME, Optional.empty())
                    .fewRows()
                    .replaceDays(
                            PersonDays.CONTRACT,
                            Rows.dataset(Rows.of(PersonDays.CONTRACT)).collectAsList(),
                            Set.of(Rows.DAY));
        }
        for (Path file : TestInput.files(folder.resolve("warehouse/restricted/person_days"))) {
            Files.delete(file);
        }
        assertThat(run("show", "--table", "person_days", "--date", DATE, "--warehouse", warehouse()))
                .isEqualTo(7);
        assertThat(err.toString()).contains("cannot read or write the warehouse: ", "/person_days/");
        assertThat(nightly(small().root())).isEqualTo(7);
        assertThat(err.toString())
                .contains("cannot finish the run for " + DATE + ": ")
                .doesNotContain("\tat ");
        assertThat(shown("runs")).containsPattern("failed +\\| +7 ").contains("cannot finish the run");
    }

    @Test
    void aFaultOfOursIsExit1WithItsStackTraceAndLeavesItsRun() {
        publishedWith(FeatureSet.names(), Map.of());
        assertThat(nightly(small().root())).as(err.toString()).isEqualTo(1);
        assertThat(err.toString()).contains("\tat io.goodhart.", "please report it");
        assertThat(shown("runs")).containsPattern("failed +\\| +1 ").contains("java.lang.NullPointerException");
    }

    @Test
    void aRunPastItsDeadlineIsExit8AndTheDateIsFreeAndAsItWas() {
        String input = small().root();
        assertThat(nightly(input, "--set", "deadline_seconds=1")).isEqualTo(8);
        assertThat(err.toString())
                .contains("the run for " + DATE + " was stopped", "deadline_seconds")
                .doesNotContain("\tat ");
        assertThat(shown("runs")).containsPattern("failed +\\| +8 ");
        assertThat(run("export", "--table", "usage_scores", "--date", DATE, "--warehouse", warehouse(), "--to", file()))
                .isEqualTo(4);
        assertThat(nightly(input)).as(err.toString()).isZero();
    }

    @Test
    void argumentsAndSettingsThatCannotBeAreToldTogetherAsExit2() throws IOException {
        Path config = Files.writeString(folder.resolve("goodhart.yaml"), "alert_budget: 2\nalert_budgget: 0.1\n");
        assertThat(run(
                        "nightly",
                        "--date",
                        "2026-02-30",
                        "--inptu",
                        "x",
                        "--config",
                        config.toString(),
                        "--set",
                        "trees=none"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'2026-02-30' is not a date", "--inptu")
                .contains("alert_budget: must be", "alert_budgget: no such setting", "trees: must be");
        assertThat(folder.resolve("warehouse")).doesNotExist();
    }

    private TestInput small() {
        return Files.exists(folder.resolve("input"))
                ? TestInput.in(folder.resolve("input"))
                : TestInput.in(folder.resolve("input"))
                        .add(usageEvent().by("p1"))
                        .add(person("p1"));
    }

    /** Leaves the date published, by a run that scored with a model of these features and this provenance, whose files are gone. */
    private void publishedWith(List<String> features, Map<String, String> provenance) {
        try (SparkSessions.Opened session = SparkSessions.open(Settings.defaults(), warehouse(), Optional.empty())) {
            Warehouse warehouse = Warehouse.open(session.spark(), IcebergCatalog.NAME, Optional.empty());
            warehouse.addModel(Rows.dataset(Rows.of(Models.CONTRACT)
                            .with(Models.MODEL_ID, "of-old")
                            .with(Models.FEATURES, features)
                            .with(Models.LOCATION, folder.resolve("gone").toString())
                            .with(Models.PROVENANCE, provenance))
                    .first());
            RunRecord run = RunRecord.begin(LocalDate.parse(DATE), Instant.now(), "test", Map.of())
                    .scoredBy(Optional.of("of-old"));
            try (Lease lease = warehouse.lease(run, Duration.ofSeconds(120))) {
                warehouse.publication(lease).publish(run);
            }
        }
    }

    private int nightly(String input, String... more) {
        // a handful of rows: eight tasks a stage would take most of the time
        List<String> arguments = new ArrayList<>(List.of("nightly", "--date", DATE, "--input", input));
        arguments.addAll(List.of("--warehouse", warehouse(), "--set", "spark.spark.sql.shuffle.partitions=1"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private String shown(String table) {
        out.getBuffer().setLength(0);
        assertThat(run("show", "--table", table, "--date", DATE, "--warehouse", warehouse()))
                .isZero();
        return out.toString();
    }

    private int run(String... arguments) {
        return Goodhart.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String warehouse() {
        return folder.resolve("warehouse").toString();
    }

    private String file() {
        return folder.resolve("scores.jsonl").toString();
    }
}
