package io.goodhart.rows;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Events that are to be used, as rows that can travel from task to task: day, person and source, and behind them the wanted columns, a
 * text as itself and everything else as a long.
 */
public final class UsedRows {
    /** Where the wanted columns begin. */
    public static final int FIRST_WANTED = 3;

    /** Name of the column of the day, days since 1970. */
    public static final String DAY = "day";

    /** Name of the column of the person. */
    public static final String PERSON = "person";

    private UsedRows() {}

    /** Returns the shape of the rows. */
    public static StructType schema(List<EventColumn> wanted) {
        StructType schema = new StructType()
                .add(DAY, DataTypes.LongType)
                .add(PERSON, DataTypes.StringType)
                .add("source", DataTypes.StringType);
        for (EventColumn column : wanted) {
            schema = schema.add("wanted_" + column.name(), column.isText() ? DataTypes.StringType : DataTypes.LongType);
        }
        return schema;
    }

    /** Returns the events that are to be used, each row gone when the next is asked for. */
    public static Iterator<InternalRow> of(Events events, Texts texts, List<EventColumn> wanted) {
        UnsafeRowWriter writer = new UnsafeRowWriter(FIRST_WANTED + wanted.size());
        return new Iterator<>() {
            private int place;

            @Override
            public boolean hasNext() {
                return place < events.size();
            }

            @Override
            public InternalRow next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return row(writer, events, events.row(place++), texts, wanted);
            }
        };
    }

    private static InternalRow row(
            UnsafeRowWriter writer, Events events, int row, Texts texts, List<EventColumn> wanted) {
        Words words = events.words();
        writer.reset();
        writer.zeroOutNullBytes();
        writer.write(Events.DAY, words.get(row, Events.DAY));
        writer.write(Events.PERSON, texts.text((int) words.get(row, Events.PERSON)));
        writer.write(Events.SOURCE, texts.text((int) words.get(row, Events.SOURCE)));
        for (int i = 0; i < wanted.size(); i++) {
            int column = events.firstWanted() + i;
            if (words.isNull(row, column)) {
                writer.setNullAt(FIRST_WANTED + i);
            } else if (wanted.get(i).isText()) {
                writer.write(FIRST_WANTED + i, texts.text((int) words.get(row, column)));
            } else {
                writer.write(FIRST_WANTED + i, words.get(row, column));
            }
        }
        return writer.getRow();
    }

    /** Takes rows of this shape, all of which are to be used; {@code texts} learns the texts that it does not know. */
    public static Events load(Iterator<InternalRow> rows, List<EventColumn> wanted, Texts texts) {
        Words words = new Words(FIRST_WANTED + wanted.size());
        while (rows.hasNext()) {
            UnsafeRow row = (UnsafeRow) rows.next();
            int number = words.add(row);
            words.set(number, Events.PERSON, texts.codeOf(row.getUTF8String(Events.PERSON)));
            words.set(number, Events.SOURCE, texts.codeOf(row.getUTF8String(Events.SOURCE)));
            for (int i = 0; i < wanted.size(); i++) {
                int column = FIRST_WANTED + i;
                if (wanted.get(i).isText() && !row.isNullAt(column)) {
                    words.set(number, column, texts.codeOf(row.getUTF8String(column)));
                }
            }
        }
        return new Events(words, IntStream.range(0, words.size()).toArray(), FIRST_WANTED);
    }
}
