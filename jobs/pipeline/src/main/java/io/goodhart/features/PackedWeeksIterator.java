package io.goodhart.features;

import com.esotericsoftware.kryo.io.Output;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Joins the sorted entries of a person's week into one row of {@link PackedWeeks#SCHEMA}. */
final class PackedWeeksIterator implements Iterator<InternalRow> {
    private static final int SMALLEST_BUFFER = 1024;
    private static final int NO_LIMIT = -1;

    private final Iterator<InternalRow> entries;
    private final Output packed = new Output(SMALLEST_BUFFER, NO_LIMIT);
    private InternalRow pending;

    PackedWeeksIterator(Iterator<InternalRow> entries) {
        this.entries = entries;
        advance();
    }

    @Override
    public boolean hasNext() {
        return pending != null;
    }

    @Override
    public InternalRow next() {
        if (pending == null) {
            throw new NoSuchElementException();
        }
        UTF8String person = pending.getUTF8String(PackedWeeks.PERSON).clone();
        int monday = monday();
        packed.clear();
        while (pending != null
                && monday() == monday
                && pending.getUTF8String(PackedWeeks.PERSON).equals(person)) {
            PackedWeek.append(pending.getBinary(PackedWeeks.PACKED), packed);
            advance();
        }
        return new GenericInternalRow(new Object[] {monday, person, packed.toBytes()});
    }

    private int monday() {
        return PackedWeek.monday(pending.getInt(PackedWeeks.DATE));
    }

    private void advance() {
        pending = entries.hasNext() ? entries.next() : null;
    }
}
