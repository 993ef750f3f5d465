package io.goodhart.notebooks;

import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import io.goodhart.failures.Messages;
import io.goodhart.notebooks.Notebook.Cell;
import io.goodhart.notebooks.Notebook.Prose;
import io.goodhart.notebooks.Notebook.Query;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A notebook with its results, as one page without scripts or links to anywhere: the same tables give the same page, whenever it is
 * made.
 */
public final class NotebookPage {
    /** Rows of a result that the page shows; a longer result says so. */
    static final int MOST_ROWS = 500;

    /** Characters up to which a text stands on one line. */
    private static final int LONGEST_UNBROKEN = 24;

    private final SparkSession spark;
    private final Map<String, Object> parameters;

    private NotebookPage(SparkSession spark, Map<String, Object> parameters) {
        this.spark = spark;
        this.parameters = parameters;
    }

    /**
     * Runs the queries of {@code notebook} and returns the page.
     *
     * @param title what the browser's tab says
     * @param parameters by name; those not given have the notebook's defaults
     * @throws io.goodhart.failures.Failure.InvalidSettings where Spark refuses a query
     */
    public static String render(SparkSession spark, String title, Notebook notebook, Map<String, String> parameters) {
        Map<String, Object> all = new TreeMap<>(notebook.defaults());
        all.putAll(parameters);
        return new NotebookPage(spark, all).page(title, notebook);
    }

    private String page(String title, Notebook notebook) {
        String given = parameters.entrySet().stream()
                .map(entry -> CellText.heading(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                title(title + (given.isEmpty() ? "" : ", " + given)),
                                style(rawHtml(stylesheet()))),
                        body(main(p(given).withClass("given"), each(notebook.cells(), this::cell)))))
                + "\n";
    }

    private DomContent cell(Cell cell) {
        if (cell instanceof Prose prose) {
            String written = HtmlRenderer.builder()
                    .escapeHtml(true)
                    .build()
                    .render(Parser.builder().build().parse(prose.markdown()));
            return section(rawHtml(written)).withClass("prose");
        }
        String sql = ((Query) cell).sql();
        return section(result(sql), details(summary("query"), pre(code(sql)))).withClass("query");
    }

    private DomContent result(String sql) {
        Dataset<Row> answer = answer(sql);
        List<Row> rows = answer.limit(MOST_ROWS + 1).collectAsList();
        if (rows.isEmpty()) {
            return p("Nothing.").withClass("none");
        }
        StructField[] fields = answer.schema().fields();
        DomContent table = div(table(
                        thead(tr(each(
                                List.of(fields),
                                field -> th(CellText.heading(field.name())).withClass(kind(field))))),
                        tbody(each(rows.subList(0, Math.min(rows.size(), MOST_ROWS)), row -> line(row, fields)))))
                .withClass("scroll");
        return rows.size() > MOST_ROWS
                ? div(
                        table,
                        p("Only the first " + MOST_ROWS + " rows are shown.").withClass("none"))
                : table;
    }

    private Dataset<Row> answer(String sql) {
        try {
            return spark.sql(sql, parameters);
        } catch (Exception refused) { // Spark throws checked exceptions without declaring them
            if (refused instanceof AnalysisException) {
                throw Messages.queryRefused(sql, firstLine(refused));
            }
            throw refused;
        }
    }

    /** What follows is the query once more, or Spark's plan of it. */
    private static String firstLine(Exception refused) {
        return refused.getMessage().strip().lines().findFirst().orElse("");
    }

    private static DomContent line(Row row, StructField[] fields) {
        return tr(each(IntStream.range(0, fields.length).boxed().toList(), column -> {
            Object value = row.get(column);
            boolean isShort = !(value instanceof String words) || words.length() <= LONGEST_UNBROKEN;
            return td(CellText.of(value)).withClass(kind(fields[column]) + (isShort ? " short" : ""));
        }));
    }

    private static String kind(StructField field) {
        if (field.dataType() instanceof NumericType) {
            return "number";
        }
        return field.dataType() instanceof ArrayType ? "list" : "text";
    }

    private static String stylesheet() {
        try (InputStream resource = NotebookPage.class.getResourceAsStream("notebook.css")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
