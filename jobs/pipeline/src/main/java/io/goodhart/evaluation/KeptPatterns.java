package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.goodhart.evaluation.EvaluationReport.KeptLine;
import io.goodhart.tables.SuspiciousUsage;
import io.goodhart.tables.Truth;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Whether gamers, who keep to a behaviour, keep their pattern's id from one published night to the next. */
final class KeptPatterns {
    private static final String BEFORE = "night_before";
    private static final String ID_BEFORE = "pattern_before";
    private static final String SEEN_BEFORE = "seen_before";
    private static final String KEPT = "kept";

    private KeptPatterns() {}

    /**
     * Counts over the nights up to {@code runDate}; empty where nobody was a finding on two that follow one another.
     *
     * @param truth labels, in the shape of {@link Truth}
     */
    static Optional<KeptLine> upTo(LocalDate runDate, Warehouse warehouse, Dataset<Row> truth) {
        Column night = SuspiciousUsage.RUN_DATE.col();
        Column person = SuspiciousUsage.PERSON_ID.col();
        Dataset<Row> nights = warehouse
                .read(UsageScores.CONTRACT)
                .where(UsageScores.RUN_DATE.col().leq(lit(runDate)))
                .select(night)
                .distinct()
                .withColumn(BEFORE, lag(night, 1).over(Window.orderBy(night)));
        Dataset<Row> gamers = truth.where(Labels.GAMES).select(Truth.PERSON_ID.col(), Truth.GAMING_FROM.col());
        WindowSpec byNight = Window.partitionBy(person).orderBy(night);
        Column isKept = SuspiciousUsage.PATTERN_ID.col().equalTo(col(ID_BEFORE)).cast("long");
        Row counts = warehouse
                .read(SuspiciousUsage.CONTRACT)
                .join(gamers, new String[] {Truth.PERSON_ID.name()})
                .where(Labels.hasBegunBy(night))
                .join(nights, new String[] {SuspiciousUsage.RUN_DATE.name()})
                .withColumn(SEEN_BEFORE, lag(night, 1).over(byNight))
                .withColumn(ID_BEFORE, lag(SuspiciousUsage.PATTERN_ID.col(), 1).over(byNight))
                .where(col(SEEN_BEFORE).equalTo(col(BEFORE)))
                .groupBy(person)
                .agg(
                        count(lit(1)).as("steps"),
                        sum(isKept).as("kept_steps"),
                        min(isKept).as(KEPT))
                .agg(
                        count(lit(1)),
                        coalesce(sum(col(KEPT)), lit(0L)),
                        coalesce(sum(col("steps")), lit(0L)),
                        coalesce(sum(col("kept_steps")), lit(0L)))
                .first();
        return counts.getLong(0) == 0
                ? Optional.empty()
                : Optional.of(new KeptLine(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3)));
    }
}
