package io.goodhart.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.goodhart.failures.Failure;
import io.goodhart.notebooks.Notebook.Prose;
import io.goodhart.notebooks.Notebook.Query;
import io.goodhart.testing.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookTest {
    private static final String SOURCE = """
            -- Databricks notebook source
            -- MAGIC %md
            -- MAGIC # Title
            -- MAGIC Some *prose* and <b>no markup</b>.

            -- COMMAND ----------

            CREATE WIDGET TEXT run_date DEFAULT '2026-05-31'

            -- COMMAND ----------

            SELECT date(:run_date) AS run_date, 1234567 AS total_tokens, cast(12.345 AS decimal(18,6)) AS wasted_usd,
              array('first', 'second') AS why, cast(null AS string) AS team, 0.123456D AS share,
              array(named_struct('feature', 'night_share', 'weight', 0.5D)) AS signature;

            -- COMMAND ----------

            SELECT 1 AS nobody WHERE false
            """;

    @Test
    void aNotebookIsProseQueriesAndParameters() {
        Notebook notebook = Notebook.parse("a.sql", SOURCE);

        assertThat(notebook.defaults()).containsExactly(Map.entry("run_date", "2026-05-31"));
        assertThat(notebook.cells()).hasSize(3);
        assertThat(notebook.cells().get(0)).isEqualTo(new Prose("# Title\nSome *prose* and <b>no markup</b>."));
        assertThat(((Query) notebook.cells().get(1)).sql())
                .startsWith("SELECT date")
                .doesNotEndWith(";");
    }

    @Test
    void overAScratchAreaNoTableOfProductionIsNamedHoweverItIsWritten() {
        Notebook notebook = Notebook.parse("a.sql", """
                -- Databricks notebook source
                SELECT * FROM goodhart.restricted.usage_scores JOIN `goodhart`.`open`.`runs` JOIN Goodhart . Open.runs
                  JOIN other.goodhart.open.runs JOIN not_goodhart.open.runs JOIN goodhart.open_house.runs
                """);

        assertThat(((Query) notebook.over("trial").cells().get(0)).sql()).isEqualTo("""
                SELECT * FROM goodhart.trial_restricted.usage_scores JOIN `goodhart`.`trial_open`.`runs` JOIN Goodhart . trial_Open.runs
                  JOIN other.goodhart.open.runs JOIN not_goodhart.open.runs JOIN goodhart.open_house.runs""");
    }

    @Test
    void whatIsNotANotebookIsRefused() {
        assertThatThrownBy(() -> Notebook.parse("a.sql", "SELECT 1"))
                .isInstanceOf(Failure.InvalidSettings.class)
                .hasMessageContaining("a.sql is not a notebook in source form");
    }

    @Test
    void aPageShowsValuesAsAPersonReadsThem() {
        String page = page(Map.of());

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Title</h1>", "<em>prose</em>", "&lt;b&gt;no markup&lt;/b&gt;")
                .contains("<td class=\"number short\">1,234,567</td>", "<td class=\"number short\">12.34</td>")
                .contains("<th class=\"number\">wasted US$</th>", "<li>first</li><li>second</li>")
                .contains("<td class=\"number short\">0.123</td>", "feature: night_share; weight: 0.5")
                .contains("<span class=\"none\">–</span>", "Nothing.")
                .contains("2026-05-31")
                .doesNotContain("<script", "http://", "https://");
    }

    @Test
    void aParameterStandsOverItsDefault() {
        assertThat(page(Map.of("run_date", "2026-04-30")))
                .contains("2026-04-30")
                .doesNotContain("2026-05-31");
    }

    @Test
    void theSameTablesGiveTheSamePage(@TempDir Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("a_b.sql"), SOURCE);

        NotebookExport.refresh(TestSession.spark(), source, NotebookExport.besides(source), Optional.empty(), Map.of());
        String once = Files.readString(folder.resolve("a_b.html"));
        NotebookExport.refresh(TestSession.spark(), source, NotebookExport.besides(source), Optional.empty(), Map.of());

        assertThat(Files.readString(folder.resolve("a_b.html")))
                .isEqualTo(once)
                .contains("<title>A b, run date 2026-05-31");
    }

    private static String page(Map<String, String> parameters) {
        return NotebookPage.render(TestSession.spark(), "A page", Notebook.parse("a.sql", SOURCE), parameters);
    }
}
