package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.goodhart.tables.Truth;
import org.apache.spark.sql.Column;

/** What rows of {@link Truth} say. */
final class Labels {
    /** Whether the person games at some time; null where nothing is said of them. */
    static final Column GAMES =
            Truth.TRUTH.col().notEqual("").and(not(Truth.TRUTH.col().startsWith(Truth.LOOK_ALIKE)));

    private Labels() {}

    /** Returns whether a gamer has begun by {@code day}. */
    static Column hasBegunBy(Column day) {
        return coalesce(Truth.GAMING_FROM.col().leq(day), lit(true));
    }
}
