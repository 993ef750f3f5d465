package io.goodhart.jobs;

import io.goodhart.features.PackedWeeks;
import io.goodhart.tables.PersonWeeks;
import io.goodhart.warehouse.TableFiles;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/** What a task does with packed weeks: writes them to files, one week after the other, so that only one is held. */
final class WeekFiles implements FlatMapFunction<Iterator<InternalRow>, TableFiles.Written> {
    private static final long serialVersionUID = 1;
    private static final int WEEK = PackedWeeks.SCHEMA.fieldIndex(PersonWeeks.WEEK.name());
    private static final int PERSON = PackedWeeks.SCHEMA.fieldIndex(PersonWeeks.PERSON_ID.name());
    private static final int PACKED = PackedWeeks.SCHEMA.fieldIndex(PersonWeeks.PACKED.name());

    private final TableFiles files;
    private final Map<Integer, Long> madeFrom;

    /** @param madeFrom what each week is made from, by its Monday in days since 1970 */
    WeekFiles(TableFiles files, Map<Integer, Long> madeFrom) {
        this.files = files;
        this.madeFrom = Map.copyOf(madeFrom);
    }

    @Override
    public Iterator<TableFiles.Written> call(Iterator<InternalRow> weeks) {
        List<TableFiles.Written> written = new ArrayList<>();
        InternalRow pending = weeks.hasNext() ? weeks.next() : null;
        while (pending != null) {
            int week = pending.getInt(WEEK);
            try (TableFiles.Open open = files.open()) {
                while (pending != null && pending.getInt(WEEK) == week) {
                    open.write(new GenericInternalRow(new Object[] {
                        week, pending.getUTF8String(PERSON), madeFrom.get(week), pending.getBinary(PACKED)
                    }));
                    pending = weeks.hasNext() ? weeks.next() : null;
                }
                written.add(open.finish());
            }
        }
        return written.iterator();
    }
}
