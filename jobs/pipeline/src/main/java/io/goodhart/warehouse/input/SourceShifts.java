package io.goodhart.warehouse.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.goodhart.tables.PersonDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds the days on which a source changed for most people at once and for good, as when a vendor's client release counts differently.
 *
 * <p>A person's level on a side of a day is the mean, over their active days, of tokens (requests, where the tool tells no tokens) in the
 * seven days before it, or in the seven that begin with it; three active days a side are needed. The day is a shift when more than half of
 * at least {@value #FEWEST_PEOPLE} such people move the same way by more than a factor of {@value #FACTOR}. The days around a shift move
 * too: of those less than a week apart the one with the largest median movement stands.
 */
public final class SourceShifts {
    /** By how much a person's level must change. */
    static final double FACTOR = 1.5;

    /** Fewer people are not a source's habit. */
    static final int FEWEST_PEOPLE = 5;

    private static final int SIDE_DAYS = 7;
    private static final int RIVAL_DAYS = SIDE_DAYS - 1;
    private static final int FEWEST_ACTIVE_DAYS = 3;
    private static final String DAY = "_day";
    private static final String AMOUNT = "_amount";

    private SourceShifts() {}

    /**
     * How a source's people moved on a day.
     *
     * @param day days since 1970-01-01
     * @param people whose level is known on both sides
     * @param most how many of them moved the same way, by more than {@link #FACTOR}
     * @param size the median movement, a logarithm without its sign
     */
    private record Movement(String source, int day, long people, long most, double size) {
        static Movement of(Row row) {
            return new Movement(
                    row.getString(0),
                    row.getInt(1),
                    row.getLong(2),
                    Math.max(row.getLong(3), row.getLong(4)),
                    Math.abs(row.getDouble(5)));
        }

        boolean isOfMost() {
            return people >= FEWEST_PEOPLE && 2 * most > people;
        }

        boolean outdoes(Movement other) {
            return source.equals(other.source)
                    && Math.abs(day - other.day) <= RIVAL_DAYS
                    && (size > other.size || (size == other.size && day < other.day));
        }
    }

    /**
     * Returns by source the days of its shifts between {@code first} and {@code known}: of those days that have a week on both sides.
     *
     * @param personDays rows of {@code person_days}
     * @param landed the first day of the landing
     * @param known the last day that is looked at
     */
    public static Map<String, Set<LocalDate>> among(
            Dataset<Row> personDays, LocalDate landed, LocalDate first, LocalDate known) {
        LocalDate earliest = latest(first.minusDays(RIVAL_DAYS), landed.plusDays(SIDE_DAYS));
        LocalDate last = known.minusDays(SIDE_DAYS - 1L);
        Dataset<Row> needed =
                personDays.where(PersonDays.EVENT_DATE.col().between(lit(earliest.minusDays(SIDE_DAYS)), lit(known)));
        // as many as sources times days
        List<Movement> moved = movements(needed).collectAsList().stream()
                .map(Movement::of)
                .filter(Movement::isOfMost)
                .filter(movement -> movement.day() >= earliest.toEpochDay() && movement.day() <= last.toEpochDay())
                .toList();
        return moved.stream()
                .filter(movement -> moved.stream().noneMatch(rival -> rival.outdoes(movement)))
                .filter(movement -> movement.day() >= first.toEpochDay())
                .collect(Collectors.groupingBy(
                        Movement::source,
                        Collectors.mapping(movement -> LocalDate.ofEpochDay(movement.day()), Collectors.toSet())));
    }

    /** Returns the first day that may be a shift, or not be one, for what has changed on {@code day}. */
    public static LocalDate firstMovedBy(LocalDate day) {
        return day.minusDays(SIDE_DAYS - 1L + RIVAL_DAYS);
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static Dataset<Row> movements(Dataset<Row> personDays) {
        Column source = PersonDays.SOURCE.col();
        Column person = PersonDays.PERSON_ID.col();
        Column move = col(LevelMoves.MOVE);
        double step = Math.log(FACTOR);
        return personDays
                .select(
                        source,
                        person,
                        unix_date(PersonDays.EVENT_DATE.col()).as(DAY),
                        coalesce(PersonDays.TOTAL_TOKENS.col(), PersonDays.REQUESTS.col())
                                .as(AMOUNT))
                .filter(col(AMOUNT).gt(0))
                .repartition(source, person)
                .sortWithinPartitions(source, person, col(DAY))
                .mapPartitions(
                        new LevelMoves(SIDE_DAYS, FEWEST_ACTIVE_DAYS),
                        Encoders.row(LevelMoves.schema(PersonDays.SOURCE.name())))
                .groupBy(source, col(LevelMoves.DAY))
                .agg(
                        count(lit(1)),
                        count(when(move.gt(step), lit(1))),
                        count(when(move.lt(-step), lit(1))),
                        median(move));
    }
}
