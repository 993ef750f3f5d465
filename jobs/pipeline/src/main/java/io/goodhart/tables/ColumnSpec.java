package io.goodhart.tables;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * One column of a table: the only place where its name is written down.
 *
 * @param name the column's name
 * @param type its Spark type
 * @param presence whether the files must have it and the rows must hold it
 * @param meaning what it says, with unit and what null means
 * @param rules what a value must satisfy; a row that breaks one is rejected, or loses the value where {@code presence} is OPTIONAL and
 *     the column an enumeration
 */
public record ColumnSpec(String name, DataType type, Presence presence, String meaning, List<Rule> rules) {
    /** Money, in US dollars. */
    public static final DecimalType MONEY = DataTypes.createDecimalType(18, 6);

    /** More tokens than one row can honestly hold. */
    public static final long MOST_TOKENS = 1_000_000_000L;

    /** More US dollars than one row can honestly cost. */
    public static final long MOST_USD = 1_000_000L;

    /** Whether files must have the column and rows must hold a value. */
    public enum Presence {
        /** The column is in every file and never null. */
        REQUIRED,
        /** The column is in every file; a row may hold null. */
        NULLABLE,
        /** The whole column may be missing from the files, or hold null. */
        OPTIONAL
    }

    public ColumnSpec {
        rules = List.copyOf(rules);
    }

    static ColumnSpec required(String name, DataType type, String meaning) {
        return new ColumnSpec(name, type, Presence.REQUIRED, meaning, List.of(Rule.notNull()));
    }

    static ColumnSpec nullable(String name, DataType type, String meaning) {
        return new ColumnSpec(name, type, Presence.NULLABLE, meaning, List.of());
    }

    static ColumnSpec optional(String name, DataType type, String meaning) {
        return new ColumnSpec(name, type, Presence.OPTIONAL, meaning, List.of());
    }

    /** Returns this column with one rule more. */
    ColumnSpec must(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return new ColumnSpec(name, type, presence, meaning, more);
    }

    /** Returns the column as an expression. */
    public Column col() {
        return functions.col(name);
    }

    /** Returns the column of the data set aliased {@code alias}. */
    public Column of(String alias) {
        return functions.col(alias + "." + name);
    }

    /** Returns whether rows may hold null. */
    public boolean holdsNull() {
        return presence != Presence.REQUIRED;
    }

    /** Returns whether the column may be missing from the files. */
    public boolean mayBeMissing() {
        return presence == Presence.OPTIONAL;
    }

    StructField field() {
        return new StructField(
                name,
                type,
                holdsNull(),
                new MetadataBuilder().putString("comment", meaning).build());
    }
}
