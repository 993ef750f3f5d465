package io.goodhart.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.goodhart.isolation.spark.IsolationForestModel;
import io.goodhart.notebooks.NotebookExport;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import io.goodhart.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The night of {@code data-samples}, through the command line, on a real warehouse. */
class SampleNightTest {
    private static final String DATE = "2026-05-31";
    private static final Path SAMPLES =
            Path.of("..", "..", "data-samples").toAbsolutePath().normalize();
    private static final Path GOLDEN = SAMPLES.resolve("expected").resolve("suspicious_usage.jsonl");
    private static final List<String> OF_A_NIGHT =
            List.of("usage_scores", "suspicious_usage", "usage_patterns", "person_windows");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader EXACT = JSON.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Pattern RUN_ID = Pattern.compile("\"run_id\":\"[^\"]+\"");
    private static final String SUPPRESSED = "suppressed";

    @TempDir
    private static Path folder;

    private static String printed;

    /** The lines of the tables as they were published first. */
    private static Map<String, List<String>> night;

    @BeforeAll
    static void publish() {
        TestSession.spark();
        printed = run("nightly", "--date", DATE, "--input", SAMPLES.toString(), "--warehouse", warehouse());
        night = night(warehouse());
    }

    @Test
    void findingsOfTheSampleAreTheExpectedOnes() throws IOException {
        List<String> findings = night.get("suspicious_usage").stream()
                .map(SampleNightTest::comparable)
                .sorted()
                .toList();
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, findings);
        }
        assertThat(findings).isNotEmpty();
        assertThat(findings)
                .as("run `mvn verify -Dgolden.write=true` when scores are meant to change")
                .isEqualTo(Files.readAllLines(GOLDEN));
    }

    @Test
    void whatIsPrintedNamesPatternsAndNobody() {
        assertThat(printed).contains("pattern", "people", "wasted USD", "Tables: ");
        for (JsonNode finding : rows("suspicious_usage")) {
            assertThat(printed).doesNotContain(finding.get("person_id").asText());
        }
    }

    @Test
    void whoIsFlaggedIsAFindingThatIsNotSuppressedAndIsToldTheSameInBothTables() {
        Map<String, JsonNode> findings = by("person_id", rows("suspicious_usage"));
        for (JsonNode person : rows("usage_scores")) {
            JsonNode findingOrNull = findings.remove(person.get("person_id").asText());
            assertThat(person.get("flagged").asBoolean()).isEqualTo(findingOrNull != null && isOpen(findingOrNull));
            if (findingOrNull != null) {
                person.fieldNames()
                        .forEachRemaining(column ->
                                assertThat(findingOrNull.get(column)).as(column).isEqualTo(person.get(column)));
            }
        }
        assertThat(findings).as("found and not scored").isEmpty();
    }

    @Test
    void aScoreAndAPValueStandInTheirRangesWhereThereIsAVerdictAndNowhereElse() {
        assertThat(rows("usage_scores")).isNotEmpty().allSatisfy(person -> {
            if (person.get("insufficient").isNull()) {
                assertThat(person.get("score").doubleValue()).isGreaterThan(0).isLessThan(1);
                assertThat(person.get("p_value").doubleValue()).isGreaterThan(0).isLessThanOrEqualTo(1);
            } else {
                assertThat(person.get("score").isNull()).isTrue();
                assertThat(person.get("p_value").isNull()).isTrue();
            }
        });
    }

    @Test
    void openFindingsAreRankedWithoutAGapByFallingScoreAndSuppressedOnesAreNot() {
        assertThat(rows("suspicious_usage"))
                .allMatch(finding -> finding.get("rank").isNull() != isOpen(finding));
        List<JsonNode> open = rows("suspicious_usage").stream()
                .filter(SampleNightTest::isOpen)
                .sorted(Comparator.comparingInt(finding -> finding.get("rank").intValue()))
                .toList();
        assertThat(open)
                .extracting(finding -> finding.get("rank").intValue())
                .isEqualTo(IntStream.rangeClosed(1, open.size()).boxed().toList());
        assertThat(open)
                .extracting(finding -> finding.get("score").doubleValue())
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void aPatternIsTheSumOfItsOpenFindings() {
        List<JsonNode> findings = rows("suspicious_usage");
        List<JsonNode> patterns = rows("usage_patterns");
        assertThat(by("pattern_id", patterns).keySet())
                .containsAll(findings.stream()
                        .map(finding -> finding.get("pattern_id").asText())
                        .toList());
        for (JsonNode pattern : patterns) {
            List<JsonNode> open = findings.stream()
                    .filter(SampleNightTest::isOpen)
                    .filter(finding -> finding.get("pattern_id").equals(pattern.get("pattern_id")))
                    .toList();
            assertThat(pattern.get("people").longValue()).isEqualTo(open.size());
            assertThat(pattern.get("new_people").longValue())
                    .isEqualTo(open.stream()
                            .filter(finding -> finding.get("status").asText().equals("new"))
                            .count());
            assertThat(pattern.get("total_tokens").longValue())
                    .isEqualTo(open.stream()
                            .mapToLong(finding -> finding.get("total_tokens").longValue())
                            .sum());
            assertThat(usdOrNull(pattern))
                    .usingComparator(Comparator.nullsFirst(BigDecimal::compareTo))
                    .isEqualTo(open.stream()
                            .map(SampleNightTest::usdOrNull)
                            .filter(Objects::nonNull)
                            .reduce(BigDecimal::add)
                            .orElse(null));
        }
    }

    @Test
    void everyRowOfTheDateIsOfTheRunThatIsPublished() {
        List<String> published = exported("runs", DATE, "--warehouse", warehouse()).stream()
                .map(SampleNightTest::row)
                .filter(run -> run.get("state").asText().equals("published"))
                .map(run -> run.get("run_id").asText())
                .toList();
        assertThat(runIds(night)).singleElement().satisfies(runId -> {
            assertThat(printed).contains("; run " + runId + ", model");
            assertThat(published).contains(runId);
        });
    }

    @Test
    void reasonsAddUpToWhatTheSavedForestSays() {
        Map<String, JsonNode> windows = by("person_id", rows("person_windows"));
        Map<String, IsolationForestModel> models = new HashMap<>();
        assertThat(rows("suspicious_usage")).allSatisfy(finding -> {
            IsolationForestModel model = models.computeIfAbsent(
                    finding.get("model_id").asText(), id -> IsolationForestModel.load(warehouse() + "/models/" + id));
            JsonNode window = windows.get(finding.get("person_id").asText());
            // the forest sees squared distances, computed as Spark does
            double[] evidence = entries(window.get("features"))
                    .mapToDouble(entry -> StrictMath.expm1(entry.get("directed").doubleValue()))
                    .map(distance -> distance * distance)
                    .toArray();
            assertThat(entries(finding.get("reasons"))
                            .mapToDouble(reason -> reason.get("contribution").doubleValue())
                            .sum())
                    .isCloseTo(model.expectedPathLength() - model.forest().meanPathLength(evidence), within(1e-9));
        });
    }

    /** Half the usual gap leaves enough training windows that know a past; elsewhere the first night would be before the sample's. */
    @Test
    void aNightHoldsPeopleAgainstTheirPastAndGoesOnFromTheNightsBeforeThoughOneHadNoRoomForThem() {
        Map<String, JsonNode> before = settled("2026-05-29", "alert_budget=0.05");
        Map<String, JsonNode> between = settled("2026-05-30", "alert_budget=0.005");
        Map<String, JsonNode> after = settled(DATE, "alert_budget=0.05");

        assertThat(after.values())
                .flatExtracting(finding -> entries(finding.get("reasons")).toList())
                .anyMatch(reason -> reason.get("own_baseline").isNumber());
        assertThat(before)
                .allSatisfy((person, finding) ->
                        assertThat(finding.get("status").asText()).isIn("new", SUPPRESSED));
        assertThat(after)
                .allSatisfy(
                        (person, finding) -> assertThat(finding.get("status").asText())
                                .isIn(
                                        before.containsKey(person) || between.containsKey(person) ? "ongoing" : "new",
                                        SUPPRESSED));
        assertThat(after.values())
                .anyMatch(finding -> finding.get("status").asText().equals("ongoing"));
        after.keySet().retainAll(before.keySet());
        assertThat(after).allSatisfy((person, finding) -> {
            assertThat(finding.get("finding_id")).isEqualTo(before.get(person).get("finding_id"));
            assertThat(finding.get("since")).isEqualTo(before.get(person).get("since"));
        });
        assertThat(after.keySet()).anyMatch(between::containsKey);
        after.keySet().removeAll(between.keySet());
        assertThat(after.values())
                .anyMatch(finding -> finding.get("status").asText().equals("ongoing"));
    }

    /** Runs a night of the area {@code settled}, and returns its findings by person. */
    private static Map<String, JsonNode> settled(String date, String setting) {
        run(
                "nightly",
                "--date",
                date,
                "--input",
                SAMPLES.toString(),
                "--warehouse",
                warehouse(),
                "--into",
                "settled",
                "--set",
                "training_gap_days=14",
                "--set",
                "trees=50",
                "--set",
                setting);
        return by(
                "person_id",
                exported("suspicious_usage", date, "--warehouse", warehouse(), "--into", "settled").stream()
                        .map(SampleNightTest::row)
                        .toList());
    }

    /** The pages tell what anybody sees who runs the notebooks on the sample: neither run nor time is on them. */
    @TestFactory
    Stream<DynamicTest> everyNotebookRunsAndItsCommittedPageIsTheSamples() throws IOException {
        List<Path> notebooks;
        try (Stream<Path> files = Files.list(SAMPLES.resolveSibling("notebooks-export"))) {
            notebooks = files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
        assertThat(notebooks).isNotEmpty();
        return notebooks.stream()
                .map(notebook ->
                        DynamicTest.dynamicTest(notebook.getFileName().toString(), () -> requireCurrentPage(notebook)));
    }

    private static void requireCurrentPage(Path notebook) throws IOException {
        Path committed = NotebookExport.besides(notebook);
        Path page = Boolean.getBoolean("docs.write") ? committed : folder.resolve(committed.getFileName());
        run(
                "notebook",
                "--date",
                DATE,
                "--warehouse",
                warehouse(),
                "--notebook",
                notebook.toString(),
                "--to",
                page.toString());
        assertThat(committed)
                .as(committed.getFileName() + " is stale: run `mvn verify -Ddocs.write=true`")
                .hasSameTextualContentAs(page);
    }

    @Test
    void rerunningTheDateChangesNothingButRunIds() {
        String again = run("nightly", "--date", DATE, "--input", SAMPLES.toString(), "--warehouse", warehouse());
        assertThat(again).contains("days new or changed: 0");
        Map<String, List<String>> rerun = night(warehouse());
        assertThat(runIds(rerun))
                .singleElement()
                .satisfies(runId -> assertThat(again).contains("; run " + runId + ", model"));
        requireFirstNight(rerun);
    }

    @Test
    void neitherShuffledAndSplitFilesNorCompiledPlansChangeAPublishedRow() {
        Path shuffled = folder.resolve("shuffled");
        Stream.concat(Tables.ofEvents().stream(), Tables.ofDimensions().stream())
                .filter(table -> Files.isDirectory(SAMPLES.resolve(table.name())))
                .forEach(table -> shuffle(table, shuffled));
        String other = folder.resolve("other").toString();
        run(
                "nightly",
                "--date",
                DATE,
                "--input",
                shuffled.toString(),
                "--warehouse",
                other,
                "--set",
                "spark.spark.sql.codegen.factoryMode=CODEGEN_ONLY");
        requireFirstNight(night(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage_events", "productivity_events", "agent_actions"})
    void everyRowInTheFootersIsAccountedFor(String table) throws IOException {
        List<String> counts = new ArrayList<>();
        for (String day : List.of("2026-05-04", "2026-05-20", DATE)) {
            counts.addAll(exported("day_counts", day, "--warehouse", warehouse()));
        }
        long checked = 0;
        for (String count : counts) {
            JsonNode row = JSON.readTree(count);
            if (row.get("table").asText().equals(table)) {
                long parts = Stream.of("rejected", "out_of_window", "duplicate", "unmapped", "used")
                        .mapToLong(part -> row.get(part).asLong())
                        .sum();
                assertThat(parts).isEqualTo(row.get("rows_in").asLong()).isPositive();
                checked++;
            }
        }
        assertThat(checked).isPositive();
    }

    private static String warehouse() {
        return folder.resolve("warehouse").toString();
    }

    /** Writes every day's rows in another order and as three files. */
    private static void shuffle(TableContract table, Path to) {
        Dataset<Row> rows =
                TestSession.spark().read().parquet(SAMPLES.resolve(table.name()).toString());
        Column anyOrder = hash(Stream.of(rows.columns()).map(name -> col(name)).toArray(Column[]::new));
        Path folder = to.resolve(table.name());
        if (table.partition().isPresent()) {
            String day = table.partition().get().name();
            rows.repartition(3, col(rows.columns()[0]))
                    .sortWithinPartitions(col(day), anyOrder)
                    .write()
                    .partitionBy(day)
                    .parquet(folder.toString());
        } else {
            rows.repartition(1).sortWithinPartitions(anyOrder).write().parquet(folder.toString());
        }
    }

    /** Returns the lines of the tables that hold a night. */
    private static Map<String, List<String>> night(String warehouse) {
        Map<String, List<String>> lines = new TreeMap<>();
        OF_A_NIGHT.forEach(table -> lines.put(table, exported(table, DATE, "--warehouse", warehouse)));
        return lines;
    }

    /** Returns the lines of a table and date, in the order of its key. */
    private static List<String> exported(String table, String date, String... where) {
        try {
            Path file = Files.createTempFile(folder, table, ".jsonl");
            run(Stream.concat(
                            Stream.of("export", "--table", table, "--date", date, "--to", file.toString()),
                            Stream.of(where))
                    .toArray(String[]::new));
            return Files.readAllLines(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Makes sure that a night says the same as the first, to the last bit. */
    private static void requireFirstNight(Map<String, List<String>> other) {
        for (String table : OF_A_NIGHT) {
            assertThat(withoutRunIds(other.get(table))).as(table).isEqualTo(withoutRunIds(night.get(table)));
        }
    }

    private static List<String> withoutRunIds(List<String> lines) {
        return lines.stream().map(line -> RUN_ID.matcher(line).replaceFirst("")).toList();
    }

    private static Set<String> runIds(Map<String, List<String>> lines) {
        return lines.values().stream()
                .flatMap(List::stream)
                .map(line -> row(line).get("run_id").asText())
                .collect(Collectors.toSet());
    }

    /** Returns the rows of a table of the first night. */
    private static List<JsonNode> rows(String table) {
        return night.get(table).stream().map(SampleNightTest::row).toList();
    }

    private static JsonNode row(String line) {
        try {
            return EXACT.readTree(line);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, JsonNode> by(String key, List<JsonNode> rows) {
        Map<String, JsonNode> byKey = new TreeMap<>();
        rows.forEach(row -> byKey.put(row.get(key).asText(), row));
        return byKey;
    }

    private static Stream<JsonNode> entries(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static boolean isOpen(JsonNode finding) {
        return !finding.get("status").asText().equals(SUPPRESSED);
    }

    private static BigDecimal usdOrNull(JsonNode row) {
        return row.get("wasted_usd").isNull() ? null : row.get("wasted_usd").decimalValue();
    }

    /** Returns a line without its run id, numbers to six decimals. */
    private static String comparable(String line) {
        try {
            ObjectNode row = (ObjectNode) JSON.readTree(line);
            row.remove("run_id");
            return JSON.writeValueAsString(rounded(row));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JsonNode rounded(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, rounded(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, rounded(array.get(i)));
            }
        } else if (node.isDouble()) {
            return DoubleNode.valueOf(BigDecimal.valueOf(node.doubleValue())
                    .setScale(6, RoundingMode.HALF_UP)
                    .doubleValue());
        }
        return node;
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Goodhart.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }
}
