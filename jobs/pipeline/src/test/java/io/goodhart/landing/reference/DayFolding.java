package io.goodhart.landing.reference;

import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Runs a {@link DayFold} over events: one exchange that brings a person's day together, a sort within, and one row a day out.
 *
 * <p>Whatever the partitioning, a fold sees the same events in the same order, so its row is the same to the last bit.
 */
final class DayFolding implements MapPartitionsFunction<Row, Row> {
    /** What a fold's rows are kept apart by. The clock depends on the person alone. */
    static final List<ColumnSpec> KEY =
            List.of(PersonDays.EVENT_DATE, PersonDays.PERSON_ID, PersonDays.SOURCE, PersonDays.TIMEZONE);

    private final DayFold fold;

    private DayFolding(DayFold fold) {
        this.fold = fold;
    }

    /**
     * Folds {@code events}.
     *
     * @param events rows with {@link #KEY}, the columns that {@code fold} reads and those of {@code order}
     * @param order what events of a day are sorted by; must tell any two events of a key apart, or they must be alike
     */
    static Dataset<Row> fold(Dataset<Row> events, DayFold fold, Column... order) {
        Column[] key = cols(KEY);
        Column[] sorted = Stream.concat(Stream.of(key), Stream.of(order)).toArray(Column[]::new);
        Column[] read = cols(Stream.concat(KEY.stream(), fold.reads().stream()).toList());
        return events.repartition(key)
                .sortWithinPartitions(sorted)
                .select(read)
                .mapPartitions(new DayFolding(fold), Encoders.row(schema(fold)));
    }

    @Override
    public Iterator<Row> call(Iterator<Row> events) {
        return new Iterator<>() {
            private Row pending = events.hasNext() ? events.next() : null;

            @Override
            public boolean hasNext() {
                return pending != null;
            }

            @Override
            public Row next() {
                if (pending == null) {
                    throw new NoSuchElementException();
                }
                Row first = pending;
                fold.begin();
                do {
                    fold.add(pending);
                    pending = events.hasNext() ? events.next() : null;
                } while (pending != null && sameKey(first, pending));
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < KEY.size(); i++) {
                    values.add(first.get(i));
                }
                values.addAll(java.util.Arrays.asList(fold.finish()));
                return RowFactory.create(values.toArray());
            }
        };
    }

    private static boolean sameKey(Row left, Row right) {
        for (int i = 0; i < KEY.size(); i++) {
            if (!left.get(i).equals(right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static StructType schema(DayFold fold) {
        List<ColumnSpec> columns =
                Stream.concat(KEY.stream(), fold.fills().stream()).toList();
        return new StructType(columns.stream()
                .map(column -> new StructField(
                        column.name(), column.type(), column.holdsNull(), org.apache.spark.sql.types.Metadata.empty()))
                .toArray(StructField[]::new));
    }

    private static Column[] cols(List<ColumnSpec> columns) {
        return columns.stream().map(ColumnSpec::col).toArray(Column[]::new);
    }
}
