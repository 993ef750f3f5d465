package io.goodhart.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.esotericsoftware.kryo.io.Output;
import io.goodhart.rows.InnerRows;
import io.goodhart.tables.ColumnSpec;
import io.goodhart.tables.PersonDays;
import java.io.Serializable;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * All that windows are cut from, the rows of a person side by side after one exchange: what is known of the person, then the days in
 * order, of each what it has in common with other people's and a row a source. They are packed, for all of them cross the exchange and
 * wait there for whoever cuts windows next.
 *
 * <p>A row is a person, a day (null: the row is of the person's facts), a source (null: of what the day has in common with others') and
 * what is packed.
 */
final class PersonRows {
    static final int PERSON = 0;
    static final int DATE = 1;
    static final int SOURCE = 2;
    static final int PACKED = 3;

    private static final int SMALLEST_BUFFER = 1024;
    private static final int NO_LIMIT = -1;
    private static final String SOURCE_NAME = PersonDays.SOURCE.name();
    private static final StructType SCHEMA = new StructType(new StructField[] {
        DataTypes.createStructField(PersonDays.PERSON_ID.name(), DataTypes.StringType, false),
        DataTypes.createStructField(PersonDays.EVENT_DATE.name(), DataTypes.DateType, true),
        DataTypes.createStructField(SOURCE_NAME, DataTypes.StringType, true),
        DataTypes.createStructField("packed", DataTypes.BinaryType, false)
    });

    private PersonRows() {}

    /**
     * Returns the rows, sorted by person, date and source; a task holds all rows of its people.
     *
     * @param personDays the landing, whole weeks from their Monday on
     * @param people rows of {@code people}
     * @param absences rows of {@code absences}
     * @param premiumModels the models of the dearest class
     */
    static JavaRDD<InternalRow> of(
            Dataset<Row> personDays, Dataset<Row> people, Dataset<Row> absences, Set<String> premiumModels) {
        Set<UTF8String> premium =
                premiumModels.stream().map(UTF8String::fromString).collect(Collectors.toUnmodifiableSet());
        Dataset<Row> rows = packed(days(personDays), (row, output) -> PackedDay.pack(row, PACKED, premium, output))
                .unionAll(packed(amongColleagues(personDays), PersonRows::packCounts))
                .unionAll(packed(
                        PackedFacts.of(people, absences), (row, output) -> PackedFacts.pack(row, PACKED, output)));
        return InnerRows.of(rows.repartition(PersonDays.PERSON_ID.col())
                .sortWithinPartitions(
                        PersonDays.PERSON_ID.col(), PersonDays.EVENT_DATE.col(), PersonDays.SOURCE.col()));
    }

    private static Dataset<Row> days(Dataset<Row> personDays) {
        return personDays.select(Stream.concat(
                        Stream.of(PersonDays.PERSON_ID, PersonDays.EVENT_DATE, PersonDays.SOURCE),
                        PackedDay.READS.stream())
                .map(ColumnSpec::col)
                .toArray(Column[]::new));
    }

    private static Dataset<Row> amongColleagues(Dataset<Row> personDays) {
        return SharedPrompts.of(personDays)
                .unionByName(ReciprocalMerges.of(personDays), true)
                .select(
                        PersonDays.PERSON_ID.col(),
                        PersonDays.EVENT_DATE.col(),
                        lit(null).cast(DataTypes.StringType).as(SOURCE_NAME),
                        coalesce(col(SharedPrompts.COUNT), lit(0L)),
                        coalesce(col(ReciprocalMerges.COUNT), lit(0L)));
    }

    private static void packCounts(InternalRow row, Output output) {
        output.writeVarLong(row.getLong(PACKED), true);
        output.writeVarLong(row.getLong(PACKED + 1), true);
    }

    /** Packs what stands behind the first three columns of a row. */
    interface Packing extends Serializable {
        void pack(InternalRow row, Output output);
    }

    private static Dataset<Row> packed(Dataset<Row> rows, Packing packing) {
        JavaRDD<InternalRow> packed = InnerRows.of(rows).mapPartitions(part -> {
            Output output = new Output(SMALLEST_BUFFER, NO_LIMIT);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(part, Spliterator.ORDERED), false)
                    .map(row -> packed(row, packing, output))
                    .iterator();
        });
        return InnerRows.dataset(rows.sparkSession(), packed.rdd(), SCHEMA);
    }

    static InternalRow packed(InternalRow row, Packing packing, Output output) {
        output.clear();
        packing.pack(row, output);
        return new GenericInternalRow(new Object[] {
            row.getUTF8String(PERSON),
            row.isNullAt(DATE) ? null : (Integer) row.getInt(DATE),
            row.getUTF8String(SOURCE),
            output.toBytes()
        });
    }
}
