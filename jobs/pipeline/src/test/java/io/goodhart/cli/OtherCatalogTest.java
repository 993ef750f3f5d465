package io.goodhart.cli;

import static io.goodhart.testing.Rows.person;
import static io.goodhart.testing.Rows.usageEvent;
import static org.assertj.core.api.Assertions.assertThat;

import io.goodhart.testing.Rows;
import io.goodhart.testing.TestInput;
import io.goodhart.testing.TestSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A catalog that the settings name instead of the embedded one. */
class OtherCatalogTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void session() {
        TestSession.spark();
    }

    @Test
    void aNightWritesWhereTheCatalogSaysAndNothingToTheWarehouseFolder() throws IOException {
        Path database = folder.resolve("catalogs.db");
        Path tables = folder.resolve("tables");
        Path config = Files.writeString(folder.resolve("goodhart.yaml"), """
                catalog:
                  type: jdbc
                  uri: jdbc:sqlite:%s
                  jdbc.schema-version: V1
                  warehouse: %s
                """.formatted(database, tables.toUri()));
        String input = TestInput.in(folder.resolve("input"))
                .add(usageEvent().by("p1"))
                .add(person("p1"))
                .root();

        assertThat(execute("nightly", config, "--input", input))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("1 people", "of your catalog");
        assertThat(execute("show", config, "--table", "usage_scores"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("1 of 1 rows");
        assertThat(database).exists();
        try (Stream<Path> files = Files.walk(tables)) {
            assertThat(files).anyMatch(file -> file.toString().endsWith(".parquet"));
        }
        assertThat(folder.resolve("warehouse")).doesNotExist();
    }

    @Test
    void theHadoopCatalogIsRefused() throws IOException {
        Path config = Files.writeString(folder.resolve("goodhart.yaml"), "catalog: {type: hadoop}\n");
        assertThat(execute("show", config, "--table", "usage_scores")).isEqualTo(2);
        assertThat(err.toString()).contains("the Hadoop catalog can lose a commit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{type: of_our_own}", "{type: glue}", "{type: jdbc}"})
    void aCatalogThatThereCannotBeIsAWrongSetting(String catalog) throws IOException {
        Path config = Files.writeString(folder.resolve("goodhart.yaml"), "catalog: " + catalog + "\n");
        assertThat(execute("show", config, "--table", "usage_scores"))
                .as(err.toString())
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("cannot open the catalog: ", "GOODHART_CLASSPATH")
                .doesNotContain("\tat ");
    }

    private int execute(String command, Path config, String... more) {
        return Goodhart.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(
                                Stream.of(
                                        command,
                                        "--date",
                                        Rows.DAY.toString(),
                                        "--config",
                                        config.toString(),
                                        "--warehouse",
                                        folder.resolve("warehouse").toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }
}
