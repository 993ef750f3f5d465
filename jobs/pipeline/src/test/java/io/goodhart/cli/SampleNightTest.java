package io.goodhart.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.stream.Stream;
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

    @TempDir
    private static Path folder;

    private static String printed;

    @BeforeAll
    static void publish() {
        TestSession.spark();
        printed = run("nightly", "--date", DATE, "--input", SAMPLES.toString(), "--warehouse", warehouse());
    }

    @Test
    void findingsOfTheSampleAreTheExpectedOnes() throws IOException {
        List<String> findings = rows("suspicious_usage", warehouse());
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
    void whatIsPrintedNamesPatternsAndNobody() throws IOException {
        assertThat(printed).contains("pattern", "people", "wasted USD", "Tables: ");
        for (String finding : rows("suspicious_usage", warehouse())) {
            assertThat(printed)
                    .doesNotContain(JSON.readTree(finding).get("person_id").asText());
        }
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
        List<List<String>> before =
                OF_A_NIGHT.stream().map(table -> rows(table, warehouse())).toList();
        String again = run("nightly", "--date", DATE, "--input", SAMPLES.toString(), "--warehouse", warehouse());
        assertThat(again).contains("days new or changed: 0");
        assertThat(OF_A_NIGHT.stream().map(table -> rows(table, warehouse())).toList())
                .isEqualTo(before);
    }

    @Test
    void neitherShuffledAndSplitFilesNorPlansThatAreNotCompiledChangeAPublishedRow() {
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
                "spark.spark.sql.codegen.factoryMode=NO_CODEGEN");
        for (String table : OF_A_NIGHT) {
            assertThat(rows(table, other)).as(table).isEqualTo(rows(table, warehouse()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage_events", "productivity_events", "agent_actions"})
    void everyRowInTheFootersIsAccountedFor(String table) throws IOException {
        List<String> counts = new ArrayList<>();
        for (String day : List.of("2026-05-04", "2026-05-20", DATE)) {
            counts.addAll(rows("day_counts", warehouse(), day));
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

    private static List<String> rows(String table, String warehouse) {
        return rows(table, warehouse, DATE);
    }

    /** Returns the rows as JSON without run ids, numbers to six decimals, sorted. */
    private static List<String> rows(String table, String warehouse, String date) {
        try {
            Path file = Files.createTempFile(folder, table, ".jsonl");
            Files.delete(file);
            run("export", "--table", table, "--date", date, "--warehouse", warehouse, "--to", file.toString());
            return Files.readAllLines(file).stream()
                    .map(SampleNightTest::comparable)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

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
