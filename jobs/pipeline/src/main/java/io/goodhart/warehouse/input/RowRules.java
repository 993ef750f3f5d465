package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.Rule;
import io.goodhart.tables.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Holds every row against the rules of its contract's columns, in the order of the columns: the first that it breaks is its fate. */
final class RowRules {
    /** The first broken rule, as column.rule; null: none. */
    static final String BROKEN = "_rule";

    /** How many values of optional enumerations are unknown and were made null; 0 in a row that breaks a rule. */
    static final String UNKNOWN_VALUES = "_unknown_values";

    private static final String ONE_OF = "one_of";
    private static final String FITS = "fits";

    private RowRules() {}

    /** Returns the rows in the contract's columns, values made null where the contract says so, with the two labels. */
    static Dataset<Row> label(TableContract contract, Dataset<Row> rows) {
        List<Column> kept = new ArrayList<>();
        List<Column> broken = new ArrayList<>();
        Column unknown = lit(0);
        for (ColumnSpec column : contract.columns()) {
            Column value = withoutBlankPerson(column);
            for (Rule rule : column.rules()) {
                if (losesTheValue(column, rule)) {
                    unknown = unknown.plus(rule.brokenBy(column.col()).cast("int"));
                    value = when(rule.brokenBy(column.col()), lit(null)).otherwise(value);
                } else {
                    broken.add(when(rule.brokenBy(column.col()), lit(column.name() + "." + rule.name())));
                }
            }
            kept.add(value.as(column.name()));
        }
        Column unfit = col(InputReader.UNFIT);
        broken.add(when(unfit.isNotNull(), concat(unfit, lit("." + FITS))));
        Column firstBroken = coalesce(broken.toArray(Column[]::new));
        kept.add(firstBroken.as(BROKEN));
        kept.add(when(firstBroken.isNull(), unknown).otherwise(lit(0)).as(UNKNOWN_VALUES));
        return rows.select(kept.toArray(Column[]::new));
    }

    /** Returns an expression that is true where a pseudonym of the table looks like an e-mail address. */
    static Column looksLikeAddress(ColumnSpec pseudonym) {
        Column id = pseudonym.col();
        // The plain search first: it costs next to nothing, and hardly any id passes it.
        return coalesce(id.contains("@").and(id.rlike("\\S@\\S+\\.\\S")), lit(false));
    }

    private static boolean losesTheValue(ColumnSpec column, Rule rule) {
        return column.mayBeMissing() && rule.name().equals(ONE_OF);
    }

    /** Where a person may be null, a blank id is nobody's id. */
    private static Column withoutBlankPerson(ColumnSpec column) {
        return column.presence() == ColumnSpec.Presence.NULLABLE
                ? when(Rule.isBlank(column.col()), lit(null)).otherwise(column.col())
                : column.col();
    }
}
