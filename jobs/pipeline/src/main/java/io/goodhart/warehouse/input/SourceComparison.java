package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.DayCounts;
import io.goodhart.tables.SourceHealth;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StructType;

/**
 * Compares each source's days with its own past: the rows of {@code source_health}.
 *
 * <p>Expected is the median of the same weekday in the four weeks before, as far as the source was known then; a day without rows counts
 * as 0. Verdicts, the first that applies: {@code missing} (nothing, though something was expected), {@code shift} (see
 * {@link SourceShifts}), {@code low} (under half of what was expected), {@code high} (over twice), {@code ok}. A day with nothing to
 * compare with is ok.
 */
public final class SourceComparison {
    /** How far back a day's expectation looks: counts must begin that much before the first day judged. */
    public static final int WEEKS_BEFORE = 4;

    /** The shape of the counts: one row a source and day. */
    public static final StructType COUNTS = new StructType()
            .add(SourceHealth.EVENT_DATE.name(), SourceHealth.EVENT_DATE.type())
            .add(SourceHealth.SOURCE.name(), SourceHealth.SOURCE.type())
            .add(SourceHealth.SEEN.name(), SourceHealth.SEEN.type())
            .add(DayCounts.DUPLICATE.name(), DayCounts.DUPLICATE.type())
            .add(DayCounts.UNMAPPED.name(), DayCounts.UNMAPPED.type());

    private static final String FIRST_SEEN = "_first_seen";
    private static final String EARLIER = "_earlier";

    private SourceComparison() {}

    /**
     * Returns the rows of {@code source_health} for the days from {@code first} to {@code last}.
     *
     * @param counts rows as of {@link EventRows#sourceCounts}, one a source and day, from four weeks before {@code first} on
     * @param personDays rows of {@code person_days} from a week before {@code first} to a week after {@code last}, as far as they are
     *     there: shifts are sought only among days that have a week on both sides
     */
    public static Dataset<Row> health(
            Dataset<Row> counts, Dataset<Row> personDays, LocalDate first, LocalDate last, String runId) {
        Column day = SourceHealth.EVENT_DATE.col();
        Column seen = SourceHealth.SEEN.col();
        Column duplicate = DayCounts.DUPLICATE.col();
        Column unmapped = DayCounts.UNMAPPED.col();
        Column all = seen.plus(duplicate);
        Dataset<Row> shifts = SourceShifts.among(personDays, first, last);

        return everyDay(counts, last)
                .withColumn(EARLIER, array_sort(array_compact(array(sameWeekdaysBefore()))))
                .withColumn(SourceHealth.EXPECTED.name(), medianOf(col(EARLIER)))
                .filter(day.between(lit(first), lit(last)))
                .join(shifts, key(), "left")
                .select(
                        day,
                        SourceHealth.SOURCE.col(),
                        seen,
                        SourceHealth.EXPECTED.col(),
                        share(duplicate, all).as(SourceHealth.DUPLICATE_SHARE.name()),
                        share(unmapped, seen).as(SourceHealth.UNMAPPED_SHARE.name()),
                        verdict().as(SourceHealth.VERDICT.name()),
                        lit(runId).as(SourceHealth.RUN_ID.name()));
    }

    /** Returns the counts that rows of {@code source_health} were made from: the past of {@link #health} in a later run. */
    public static Dataset<Row> countsOf(Dataset<Row> sourceHealth) {
        Column seen = SourceHealth.SEEN.col();
        Column duplicateShare = SourceHealth.DUPLICATE_SHARE.col();
        return sourceHealth.select(
                SourceHealth.EVENT_DATE.col(),
                SourceHealth.SOURCE.col(),
                seen,
                // One copy of every key is seen, so the share of the others is below 1.
                round(seen.multiply(duplicateShare).divide(lit(1).minus(duplicateShare)))
                        .cast("long")
                        .as(DayCounts.DUPLICATE.name()),
                round(seen.multiply(SourceHealth.UNMAPPED_SHARE.col()))
                        .cast("long")
                        .as(DayCounts.UNMAPPED.name()));
    }

    /** Fills in the days without rows, from the day on which the counts first hold the source. */
    private static Dataset<Row> everyDay(Dataset<Row> counts, LocalDate last) {
        Column day = SourceHealth.EVENT_DATE.col();
        Dataset<Row> calendar = counts.filter(day.leq(lit(last)))
                .groupBy(SourceHealth.SOURCE.col())
                .agg(min(day).as(FIRST_SEEN))
                .select(
                        SourceHealth.SOURCE.col(),
                        explode(sequence(col(FIRST_SEEN), lit(last))).as(SourceHealth.EVENT_DATE.name()));
        return calendar.join(counts, key(), "left").na().fill(0L, new String[] {
            SourceHealth.SEEN.name(), DayCounts.DUPLICATE.name(), DayCounts.UNMAPPED.name()
        });
    }

    private static Column[] sameWeekdaysBefore() {
        WindowSpec bySource = Window.partitionBy(SourceHealth.SOURCE.col()).orderBy(SourceHealth.EVENT_DATE.col());
        return IntStream.rangeClosed(1, WEEKS_BEFORE)
                .mapToObj(weeks -> lag(SourceHealth.SEEN.col(), 7 * weeks).over(bySource))
                .toArray(Column[]::new);
    }

    private static Column medianOf(Column sorted) {
        Column size = size(sorted);
        Column lower = floor(size.plus(1).divide(2)).cast("int");
        Column upper = floor(size.plus(2).divide(2)).cast("int");
        return when(
                size.gt(0),
                element_at(sorted, lower)
                        .plus(element_at(sorted, upper))
                        .cast("double")
                        .divide(2));
    }

    private static Column verdict() {
        Column seen = SourceHealth.SEEN.col();
        Column expected = SourceHealth.EXPECTED.col();
        return when(seen.equalTo(0).and(coalesce(expected.gt(0), lit(false))), lit("missing"))
                .when(coalesce(col(SourceShifts.SHIFTED), lit(false)), lit("shift"))
                .when(seen.lt(expected.divide(2)), lit("low"))
                .when(seen.gt(expected.multiply(2)), lit("high"))
                .otherwise(lit("ok"));
    }

    private static Column share(Column part, Column whole) {
        return when(whole.gt(0), part.divide(whole)).otherwise(lit(0.0));
    }

    private static String[] key() {
        return new String[] {SourceHealth.SOURCE.name(), SourceHealth.EVENT_DATE.name()};
    }
}
