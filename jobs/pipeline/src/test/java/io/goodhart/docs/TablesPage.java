package io.goodhart.docs;

import static io.goodhart.docs.GeneratedPage.cell;
import static java.util.stream.Collectors.joining;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Rule;
import io.goodhart.tables.TableContract;
import io.goodhart.tables.Tables;
import java.util.Locale;

/** {@code docs/tables.md}: every table as its contract states it. */
final class TablesPage {
    private static final String HEAD = """
            # Tables

            Generated from the contracts in `io.goodhart.tables`; do not edit. `mvn verify -Ddocs.write=true` rewrites it.

            Input tables are Parquet under `--input`, one folder a table. The others are Iceberg tables in the warehouse: `restricted` ones
            show people, `open` ones do not. In a scratch area (`--into NAME`) the namespaces are `NAME_restricted` and `NAME_open`.

            Presence: *required* never holds null; *nullable* is in every file and may hold null; *optional* may be missing or hold null.
            A null says that the source cannot tell, 0 that it reported none, unless a table or a column below says more.
            """;

    private TablesPage() {}

    static String text() {
        return HEAD + Tables.ALL.stream().map(TablesPage::section).collect(joining());
    }

    private static String section(TableContract table) {
        return "\n## " + table.name() + "\n\n"
                + table.meaning() + ".\n\n"
                + "Version " + table.version() + ", " + room(table) + "; key "
                + table.grain().stream()
                        .map(column -> "`" + column.name() + "`")
                        .collect(joining(", "))
                + table.partition()
                        .map(column -> "; partitioned by `" + column.name() + "`")
                        .orElse("; not partitioned")
                + ".\n\n| column | type | presence | meaning | rule |\n|---|---|---|---|---|\n"
                + table.columns().stream().map(TablesPage::line).collect(joining());
    }

    private static String line(ColumnSpec column) {
        String rules = column.rules().stream()
                .map(Rule::meaning)
                .filter(meaning -> !meaning.equals("not null"))
                .collect(joining("; "));
        return "| " + column.name() + " | " + cell(column.type().sql().toLowerCase(Locale.ROOT)) + " | "
                + column.presence().name().toLowerCase(Locale.ROOT) + " | " + cell(column.meaning()) + " | "
                + cell(rules) + " |\n";
    }

    private static String room(TableContract table) {
        return switch (table.room()) {
            case INPUT -> "input";
            case RESTRICTED -> "namespace `restricted`";
            case OPEN -> "namespace `open`";
        };
    }
}
