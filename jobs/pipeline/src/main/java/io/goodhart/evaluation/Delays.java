package io.goodhart.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.goodhart.evaluation.EvaluationReport.DelayLine;
import io.goodhart.tables.Truth;
import io.goodhart.tables.UsageScores;
import io.goodhart.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How long gaming went on before a published night flagged it: read off the nights that the warehouse holds. */
final class Delays {
    private static final String FIRST_FLAGGED = "first_flagged";

    private Delays() {}

    /**
     * Returns a line for each behaviour that somebody began once nights were published; nothing where only one night is.
     *
     * @param truth labels, in the shape of {@link Truth}
     */
    static List<DelayLine> upTo(LocalDate runDate, Warehouse warehouse, Dataset<Row> truth) {
        Dataset<Row> nights = warehouse
                .read(UsageScores.CONTRACT)
                .where(UsageScores.RUN_DATE.col().leq(lit(runDate)));
        Row first = nights.agg(min(UsageScores.RUN_DATE.col()).cast("string")).first();
        if (first.isNullAt(0) || first.getString(0).equals(runDate.toString())) {
            return List.of();
        }
        Column said = Truth.TRUTH.col();
        Column begun = Truth.GAMING_FROM.col();
        Dataset<Row> gamers =
                truth.where(Labels.GAMES.and(begun.between(lit(LocalDate.parse(first.getString(0))), lit(runDate))));
        Dataset<Row> flagged = nights.where(UsageScores.FLAGGED.col())
                .join(gamers, new String[] {Truth.PERSON_ID.name()})
                .where(UsageScores.RUN_DATE.col().geq(begun))
                .groupBy(Truth.PERSON_ID.col())
                .agg(min(UsageScores.RUN_DATE.col()).as(FIRST_FLAGGED));
        Map<String, Long> people = new TreeMap<>();
        Map<String, List<Integer>> days = new TreeMap<>();
        gamers.join(flagged, new String[] {Truth.PERSON_ID.name()}, "left")
                .select(said, datediff(col(FIRST_FLAGGED), begun))
                .collectAsList()
                .forEach(row -> {
                    people.merge(row.getString(0), 1L, Long::sum);
                    List<Integer> ofBehaviour = days.computeIfAbsent(row.getString(0), absent -> new ArrayList<>());
                    if (!row.isNullAt(1)) {
                        ofBehaviour.add(row.getInt(1));
                    }
                });
        return people.entrySet().stream()
                .map(entry -> new DelayLine(entry.getKey(), entry.getValue(), days.get(entry.getKey())))
                .toList();
    }
}
