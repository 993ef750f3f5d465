package io.goodhart.warehouse.input;

import io.goodhart.rows.RunIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * By how much a person's level with one source changed on each day: rows of (source, person, day, amount), sorted by these, in; a row a day
 * with enough active days on both sides out.
 *
 * <p>A level is the mean amount of an active day, over the days of a side. Days are numbers, since 1970-01-01. A person's days with a source
 * are at most a history, and all that is held at a time.
 */
final class LevelMoves implements MapPartitionsFunction<Row, Row> {
    static final String DAY = "_candidate";
    static final String MOVE = "_move";

    private static final long serialVersionUID = 1L;
    private static final int SOURCE = 0;
    private static final int DATE = 2;
    private static final int AMOUNT = 3;

    private final int sideDays;
    private final int fewestActiveDays;

    LevelMoves(int sideDays, int fewestActiveDays) {
        this.sideDays = sideDays;
        this.fewestActiveDays = fewestActiveDays;
    }

    /** The shape of the rows: the logarithm of the level from the day on over that before it. */
    static StructType schema(String source) {
        return new StructType()
                .add(source, DataTypes.StringType)
                .add(DAY, DataTypes.IntegerType)
                .add(MOVE, DataTypes.DoubleType);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new RunIterator<>(rows, 2, this::moves);
    }

    private List<Row> moves(List<Row> days) {
        String source = days.get(0).getString(SOURCE);
        List<Row> moves = new ArrayList<>();
        int last = days.get(days.size() - 1).getInt(DATE);
        int from = 0; // the first day of the side before
        int middle = 0; // the first day of the side after
        int to = 0; // the first day beyond it
        long before = 0;
        long after = 0;
        for (int day = days.get(0).getInt(DATE) + 1; day <= last; day++) {
            for (; to < days.size() && days.get(to).getInt(DATE) < day + sideDays; to++) {
                after += days.get(to).getLong(AMOUNT);
            }
            for (; middle < days.size() && days.get(middle).getInt(DATE) < day; middle++) {
                after -= days.get(middle).getLong(AMOUNT);
                before += days.get(middle).getLong(AMOUNT);
            }
            for (; days.get(from).getInt(DATE) < day - sideDays; from++) {
                before -= days.get(from).getLong(AMOUNT);
            }
            if (middle - from >= fewestActiveDays && to - middle >= fewestActiveDays) {
                double level = (double) after / (to - middle);
                double earlierLevel = (double) before / (middle - from);
                moves.add(RowFactory.create(source, day, StrictMath.log(level) - StrictMath.log(earlierLevel)));
            }
        }
        return moves;
    }
}
