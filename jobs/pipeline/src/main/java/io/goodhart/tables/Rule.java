package io.goodhart.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;

/**
 * What a value of a column must satisfy for its row to be used.
 *
 * @param name stable name, written to {@code rejects.rule}
 * @param meaning the rule in words, for {@code docs/tables.md}
 * @param broken given the column, an expression that is true where the rule is broken and false, never null, elsewhere
 */
public record Rule(String name, String meaning, Function<Column, Column> broken) {

    /** Returns the rule of a required column: the value is there. */
    static Rule notNull() {
        return new Rule("not_null", "not null", Column::isNull);
    }

    /** Returns an expression that is true where a text is there and holds nothing but white space, of ASCII. */
    public static Column isBlank(Column text) {
        // Hardly any text sorts before the first visible character, and only such a one is looked through.
        return text.isNotNull().and(text.lt("!")).and(org.apache.spark.sql.functions.not(text.rlike("\\S")));
    }

    /** Returns the rule of a key column: the text holds more than white space. Null breaks {@link #notNull}, not this. */
    static Rule notBlank() {
        return new Rule("not_blank", "not blank", Rule::isBlank);
    }

    /** Returns the rule that a number lies in [least, most]; null passes. */
    static Rule between(long least, long most) {
        return new Rule(
                "between",
                "from " + least + " to " + String.format("%,d", most),
                column -> column.isNotNull().and(column.lt(least).or(column.gt(most))));
    }

    /** Returns the rule that a number is not negative; null passes. */
    static Rule notNegative() {
        return new Rule(
                "not_negative", "0 or more", column -> column.isNotNull().and(column.lt(0)));
    }

    /** Returns the rule that a text is one of {@code values}; null passes. */
    static Rule oneOf(List<String> values) {
        return new Rule(
                "one_of",
                "one of " + String.join(", ", values),
                column -> column.isNotNull().and(org.apache.spark.sql.functions.not(column.isin(values.toArray()))));
    }

    /** Returns the rule that a text names whom a policy is for: {@code company}, {@code person}, {@code org:<id>} or {@code team:<id>}. */
    static Rule scope() {
        return new Rule(
                "one_of",
                "one of company, person, org:<id>, team:<id>",
                column -> column.isNotNull()
                        .and(org.apache.spark.sql.functions.not(
                                column.rlike("^(company|person|(org|team):.*\\S.*)$"))));
    }

    /** Returns the rule that a time lies within the UTC day of its partition. */
    static Rule withinDay(String dateColumn) {
        return new Rule(
                "within_day",
                "within the UTC day of " + dateColumn,
                column -> column.isNotNull()
                        .and(org.apache.spark.sql.functions.not(
                                org.apache.spark.sql.functions.to_date(column).equalTo(col(dateColumn)))));
    }

    /** Returns an expression that is true where {@code column} breaks this rule. */
    public Column brokenBy(Column column) {
        return org.apache.spark.sql.functions.coalesce(broken.apply(column), lit(false));
    }
}
